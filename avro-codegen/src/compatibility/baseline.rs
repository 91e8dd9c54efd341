//! What schemas are compared with: the versions under each name, oldest first.

use std::collections::BTreeMap;

use avro_model::compat::{Side, Version, impact};
use avro_model::schema::{Root, SchemaKind, SchemaSet};
use avro_model::source::Span;

use crate::history::History;

/// The versions of every schema, by its name.
#[derive(Debug)]
pub(crate) struct Baseline<'a>(BTreeMap<&'a str, Vec<Deployed<'a>>>);

/// One version.
#[derive(Clone, Debug)]
pub(crate) struct Deployed<'a> {
    /// What findings call it: `version 2`.
    pub(crate) version: String,
    schema: Side<'a>,
    /// Where it has its name; of a schema without one, its beginning.
    pub(crate) place: Span,
}

impl<'a> Baseline<'a> {
    /// What is deployed.
    pub(crate) fn of_history(history: &'a History) -> Self {
        let versions = history.names().map(|name| {
            let versions = history.of(name).iter();
            let versions = versions.map(|version| {
                let root = version.root();
                Deployed::new(format!("version {}", version.number), root, &version.set)
            });
            (name, versions.collect())
        });
        Self(versions.collect())
    }

    /// The top-level schemas of a set, as the only version of each.
    pub(crate) fn of_set(set: &'a SchemaSet, version: &str) -> Self {
        let versions = set.roots().iter().map(|root| {
            let deployed = Deployed::new(format!("the version in {version}"), root, set);
            (impact::name(root, set), vec![deployed])
        });
        Self(versions.collect())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.0.keys().copied()
    }

    /// The versions under a name, oldest first.
    pub(crate) fn of(&self, name: &str) -> &[Deployed<'a>] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

impl<'a> Deployed<'a> {
    fn new(version: String, root: &'a Root, set: &'a SchemaSet) -> Self {
        Self {
            version,
            schema: Side::root(root, set),
            place: match root.schema.kind {
                SchemaKind::Named(id) => set[id].name_span,
                _ => Span::start_of(root.file),
            },
        }
    }

    /// The same for a comparison; `then` is the name that the schema had.
    pub(super) fn compared(&self, then: Option<&str>) -> Version<'a> {
        let version = &self.version;
        Version {
            name: match then {
                None => version.clone(),
                Some(former) => format!("{version} (then `{former}`)"),
            },
            schema: self.schema,
        }
    }
}
