//! Random schemas, what becomes of them in a later version, and data for them.
//!
//! Everything comes out of one [`Rng`] and so out of one number: a case that fails is made again by
//! its seed.
//!
//! | module | what |
//! |---|---|
//! | [`model`] | a schema as this folder builds and changes it: named types in an arena |
//! | `schema` | a new [`Model`] |
//! | `mutate` | a later version of one |
//! | `repair` | what every change is followed by: the result is a schema again |
//! | `data` | a datum of a schema, and whether a datum is one |
//! | `json` | a datum as JSON |
//! | `text` | a [`Model`] as `.avsc`, in one of many ways to write it |
//! | `mistake` | a text that is no schema |
//!
//! What Java 1.12 gets wrong while it parses is not made: a default of a type that is defined further
//! down or is not complete yet, a reference that it takes for a type in the null namespace, and
//! `{"type": "Name"}` for a reference, which 1.12.2 refuses.
//!
//! Names, symbols, sizes and namespaces come from small stocks (`names`), so that two schemas that
//! have nothing to do with each other still meet.

mod data;
mod json;
mod mistake;
pub(crate) mod model;
mod mutate;
mod names;
mod repair;
mod rng;
mod schema;
mod text;

pub(crate) use data::Data;
pub(crate) use json::{datum_text, default_text};
pub(crate) use mistake::FAMILIES as MISTAKES;
pub(crate) use model::Model;
pub(crate) use rng::Rng;
pub(crate) use text::{Style, text};

/// A new schema.
pub(crate) fn schema(rng: &mut Rng) -> Model {
    schema::model(rng)
}

/// The text with a mistake in it, and what it is about and is; nothing if there is no place for it.
pub(crate) fn mistaken(
    text: &str,
    rng: &mut Rng,
) -> Option<(String, (&'static str, &'static str))> {
    mistake::make(text, rng)
}

/// An earlier version of this schema, whose data it reads for the most part.
pub(crate) fn earlier(model: &Model, rng: &mut Rng) -> Model {
    mutate::earlier(model, rng)
}

/// A later version of this schema; in so many of a hundred cases one that reads older data.
pub(crate) fn evolved(model: &Model, gentle: usize, rng: &mut Rng) -> Model {
    mutate::evolved(model, gentle, rng)
}

impl Model {
    /// Whether every type has a datum that ends.
    pub(crate) fn is_finite(&self) -> bool {
        Data::of(self).is_of_all()
    }

    /// Without the aliases that more than one type, or field of a record, answers to.
    pub(crate) fn without_clashing_aliases(mut self) -> Self {
        repair::clashing_aliases(&mut self);
        self
    }

    /// Without logical types.
    pub(crate) fn without_logical_types(mut self) -> Self {
        self.visit_mut(&mut |schema| {
            if let model::Schema::Primitive(_, logical) = schema {
                *logical = None;
            }
        });
        for named in &mut self.types {
            if let model::Definition::Fixed { logical, .. } = &mut named.definition {
                *logical = None;
            }
        }
        self
    }

    /// Without the types that nothing leads to any more, and whatever else takes it to be a schema.
    pub(crate) fn without_unreached(mut self) -> Self {
        repair::repair(&mut self, &mut Rng::new(0));
        self
    }
}

#[cfg(test)]
mod tests {
    use avro_model::identity;

    use super::{Model, Rng, Style, evolved, schema, text};
    use crate::schema::strict;

    fn models(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Model)> {
        seeds.flat_map(|seed| {
            let mut rng = Rng::new(seed);
            let old = schema(&mut rng);
            let new = evolved(&old, 50, &mut rng);
            [(seed, old), (seed, new)]
        })
    }

    #[test]
    fn a_seed_makes_the_same_schemas_always() {
        let texts = || models(0..20).map(|(seed, model)| text(&model, Style::Varied(seed)));
        assert!(texts().eq(texts()));
        let mut different: Vec<String> = texts().collect();
        different.sort();
        different.dedup();
        assert!(different.len() > 30, "{}", different.len());
    }

    #[test]
    fn every_schema_is_valid_and_the_same_however_it_is_written() {
        for (seed, model) in models(0..200) {
            let identity = |style| {
                let text = text(&model, style);
                let set = strict(&text).unwrap_or_else(|error| panic!("{seed}: {error}\n{text}"));
                identity::of(&set, &set.roots()[0].schema)
            };
            let plain = identity(Style::Plain);
            for style in 0..5 {
                assert_eq!(identity(Style::Varied(style)), plain, "{seed}");
            }
        }
    }
}
