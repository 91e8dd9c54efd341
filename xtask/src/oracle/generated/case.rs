//! A seed → a schema that a type is generated from, and the schemas of those who write for it.

use crate::oracle::random::model::{Definition, Field, Name, Named, Schema};
use crate::oracle::random::{self, Model, Rng, Style, text};
use crate::oracle::reference::Types;

/// The namespace and the name of every schema's root, by which the program finds its type.
pub(super) const ROOT: (&str, &str) = ("oracle", "Root");

/// A schema to generate, and schemas of data to be read with it.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) seed: u64,
    pub(super) reader: Model,
    /// Itself, three versions before it, and the version after it.
    pub(super) writers: [Model; 5],
    pub(super) types: Types,
}

impl Subject {
    /// The subject of a seed; nothing if a type of one of its schemas has no datum.
    pub(super) fn of(seed: u64) -> Option<Self> {
        const TYPES: [Types; 4] = [Types::Raw, Types::Chrono, Types::Jiff, Types::Time];
        let mut rng = Rng::new(seed);
        let evolved = |model: &Model, gentle, rng: &mut Rng| {
            rooted(random::evolved(model, gentle, rng)).without_clashing_aliases()
        };
        let before = rooted(random::schema(&mut rng)).without_clashing_aliases();
        let reader = evolved(&before, 100, &mut rng);
        let earlier = |model: &Model, rng: &mut Rng| {
            rooted(random::earlier(model, rng)).without_clashing_aliases()
        };
        let writers = [
            reader.clone(),
            before,
            earlier(&reader, &mut rng),
            earlier(&reader, &mut rng),
            evolved(&reader, 70, &mut rng),
        ];
        // The reader is among the writers.
        let is_finite = writers.iter().all(Model::is_finite);
        is_finite.then_some(Self {
            seed,
            reader,
            writers,
            types: TYPES[(seed % 4) as usize],
        })
    }

    /// The text of its schema.
    pub(super) fn text(&self) -> String {
        text(&self.reader, Style::Plain)
    }
}

/// The model with a record of the one name as its root: its own, or one around it.
fn rooted(mut model: Model) -> Model {
    let name = Name {
        namespace: ROOT.0,
        short: ROOT.1.to_owned(),
    };
    match model.root {
        Schema::Named(index) if !model.types[index].fields().is_empty() => {
            let root = &mut model.types[index];
            if root.name != name {
                let old = std::mem::replace(&mut root.name, name);
                root.aliases.push(old);
            }
        }
        _ => {
            for other in model.types.iter_mut().filter(|other| other.name == name) {
                other.name.short.push_str("Before");
            }
            let schema = std::mem::replace(&mut model.root, Schema::Named(model.types.len()));
            let field = Field {
                name: "root".to_owned(),
                aliases: Vec::new(),
                doc: None,
                schema,
                default: None,
                order: None,
            };
            model.types.push(Named {
                name,
                aliases: Vec::new(),
                doc: None,
                definition: Definition::Record {
                    fields: vec![field],
                    is_error: false,
                },
            });
        }
    }
    model.without_unreached()
}
