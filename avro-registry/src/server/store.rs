//! Schemas, subjects and versions: a state machine that knows no HTTP.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use avro_model::fingerprint;

use super::compile::{Compiled, Meaning};
use crate::{Guid, Reference, Registered, SchemaId, SchemaIds, Version};

/// How many schemas one schema may lead to, directly or not.
const MOST_REFERENCES: usize = 1000;

/// How many bytes the schemas that one schema leads to may have together.
const MOST_REFERENCED_BYTES: usize = 16 << 20;

/// All that the registry holds. Nothing is ever taken away.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// The schema with id *n* is at *n* − 1.
    schemas: Vec<Held>,
    ids: BTreeMap<Arc<Schema>, SchemaId>,
    guids: BTreeMap<Guid, SchemaId>,
    /// Version *n* of a subject is at *n* − 1.
    subjects: BTreeMap<String, Vec<SchemaId>>,
}

/// A schema as it is told from others: by its text without white space between tokens, and by what
/// it refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Schema {
    pub(super) text: Arc<str>,
    pub(super) references: Vec<Reference>,
}

#[derive(Debug)]
struct Held {
    schema: Arc<Schema>,
    meaning: Meaning,
}

/// Why the store says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No such subject.
    Subject(String),
    /// The subject has no such version.
    Version(Version),
    /// No schema has this id.
    Id(SchemaId),
    /// No schema has this GUID.
    Guid,
    /// The subject does not have this schema.
    NotUnder(String),
    /// It is no schema, and why.
    Invalid(String),
}

impl Schema {
    /// The schema of a version.
    pub(super) fn of(found: &Registered) -> Self {
        Self {
            text: Arc::clone(&found.schema),
            references: found.references.clone(),
        }
    }

    /// The MD5 of all that tells the schema from others. Of one without references that is what
    /// Confluent's registry takes as well.
    pub(super) fn guid(&self) -> Guid {
        let mut all = self.text.to_string();
        for Reference {
            name,
            subject,
            version,
        } in &self.references
        {
            all.push_str(&format!("{name}{subject}{version}"));
        }
        Guid::from_bytes(fingerprint::md5(&all))
    }
}

impl Store {
    /// What the schema is called; it becomes the subject's next version unless it is one already.
    pub(super) fn register(&mut self, subject: &str, compiled: Compiled) -> SchemaIds {
        if let Some(id) = self.known(subject, &compiled) {
            return self.ids(id);
        }
        let known = self.ids.get(&compiled.schema).copied();
        let id = known.unwrap_or_else(|| self.add(compiled));
        let versions = self.subjects.entry(subject.to_owned()).or_default();
        versions.push(id);
        self.ids(id)
    }

    /// The version that a schema is under a subject.
    pub(super) fn lookup(&self, subject: &str, compiled: &Compiled) -> Result<Registered, Refusal> {
        let versions = self.ids_under(subject)?;
        let id = self.known(subject, compiled);
        let index = id.and_then(|id| versions.iter().position(|version| *version == id));
        let index = index.ok_or_else(|| Refusal::NotUnder(subject.to_owned()))?;
        self.version(subject, Version::Number(number(index)))
    }

    /// The id of the version that a schema is under a subject.
    ///
    /// A schema that was sent with all that it refers to in place is the same as one of the subject's
    /// versions that refers to it, as for Confluent's registry: a client that holds the whole text has
    /// no other way to find that version.
    fn known(&self, subject: &str, compiled: &Compiled) -> Option<SchemaId> {
        let versions = self.subjects.get(subject)?;
        let id = self.ids.get(&compiled.schema);
        if let Some(id) = id.filter(|id| versions.contains(id)) {
            return Some(*id);
        }
        let is_twin =
            |held: &Held| !held.schema.references.is_empty() && held.meaning == compiled.meaning;
        let is_whole = compiled.schema.references.is_empty();
        let mut newest_first = versions.iter().rev().filter(|_| is_whole);
        newest_first
            .find(|id| self.held(**id).is_ok_and(is_twin))
            .copied()
    }

    fn ids(&self, id: SchemaId) -> SchemaIds {
        let guid = self.schema(id).ok().map(Schema::guid);
        SchemaIds::new(id).with_guid(guid)
    }

    /// The highest id that was given, if any was.
    pub(super) fn highest_id(&self) -> Option<SchemaId> {
        let last = self.schemas.len().checked_sub(1)?;
        Some(SchemaId::new(number(last)))
    }

    pub(super) fn schema(&self, id: SchemaId) -> Result<&Schema, Refusal> {
        Ok(&self.held(id)?.schema)
    }

    fn held(&self, id: SchemaId) -> Result<&Held, Refusal> {
        let index = (id.get() as usize).checked_sub(1);
        index
            .and_then(|index| self.schemas.get(index))
            .ok_or(Refusal::Id(id))
    }

    pub(super) fn schema_by_guid(&self, guid: Guid) -> Result<&Schema, Refusal> {
        let id = self.guids.get(&guid).ok_or(Refusal::Guid)?;
        self.schema(*id)
    }

    /// In the order of their names.
    pub(super) fn subjects(&self) -> Vec<String> {
        self.subjects.keys().cloned().collect()
    }

    /// Ascending, from 1.
    pub(super) fn versions(&self, subject: &str) -> Result<Vec<u32>, Refusal> {
        Ok((0..self.ids_under(subject)?.len()).map(number).collect())
    }

    pub(super) fn version(&self, subject: &str, version: Version) -> Result<Registered, Refusal> {
        let ids = self.ids_under(subject)?;
        let number = match version {
            Version::Latest => number(ids.len().saturating_sub(1)),
            Version::Number(number) => number,
        };
        let index = (number as usize).checked_sub(1);
        let id = index
            .and_then(|index| ids.get(index))
            .ok_or(Refusal::Version(version))?;
        let schema = self.schema(*id)?;
        Ok(
            Registered::new(subject, *id, number, Arc::clone(&schema.text))
                .with_guid(Some(schema.guid()))
                .with_references(schema.references.clone()),
        )
    }

    /// Every subject and version that has this id.
    pub(super) fn places(&self, id: SchemaId) -> Result<Vec<(String, u32)>, Refusal> {
        self.schema(id)?;
        let places = self.subjects.iter().filter_map(|(subject, ids)| {
            let index = ids.iter().position(|other| *other == id)?;
            Some((subject.clone(), number(index)))
        });
        Ok(places.collect())
    }

    /// Refuses a subject that has no version.
    pub(super) fn expect_subject(&self, subject: &str) -> Result<(), Refusal> {
        self.ids_under(subject).map(|_| ())
    }

    fn ids_under(&self, subject: &str) -> Result<&[SchemaId], Refusal> {
        let ids = self.subjects.get(subject).map(Vec::as_slice);
        ids.ok_or_else(|| Refusal::Subject(subject.to_owned()))
    }

    fn add(&mut self, compiled: Compiled) -> SchemaId {
        let Compiled { schema, meaning } = compiled;
        let schema = Arc::new(schema);
        let held = Held {
            schema: Arc::clone(&schema),
            meaning,
        };
        self.schemas.push(held);
        let id = SchemaId::new(number(self.schemas.len() - 1));
        self.guids.insert(schema.guid(), id);
        self.ids.insert(schema, id);
        id
    }

    /// The texts that references lead to, directly or not, each behind what to call it.
    ///
    /// References are followed depth first, in the order in which they are listed, and of each name
    /// the first one counts, as for Confluent's registry: a graph may hold one name at two versions.
    pub(super) fn referenced(
        &self,
        references: &[Reference],
    ) -> Result<Vec<(String, Arc<str>)>, Refusal> {
        let mut names = BTreeSet::new();
        let mut places = BTreeSet::new();
        let mut texts = Vec::new();
        let mut bytes = 0;
        let mut rest: Vec<Reference> = references.iter().rev().cloned().collect();
        while let Some(reference) = rest.pop() {
            if !names.insert(reference.name.clone()) {
                continue;
            }
            let Registered {
                schema, references, ..
            } = self.referred(&reference)?;
            rest.extend(references.into_iter().rev());
            let Reference {
                subject, version, ..
            } = reference;
            if places.insert((subject.clone(), version)) {
                bytes += schema.len();
                texts.push((format!("{subject} version {version}"), schema));
            }
            if texts.len() > MOST_REFERENCES || bytes > MOST_REFERENCED_BYTES {
                let why = format!(
                    "it leads to more than {MOST_REFERENCES} other schemas, or to more than {} MiB of them",
                    MOST_REFERENCED_BYTES >> 20
                );
                return Err(Refusal::Invalid(why));
            }
        }
        Ok(texts)
    }

    fn referred(&self, reference: &Reference) -> Result<Registered, Refusal> {
        let Reference {
            name,
            subject,
            version,
        } = reference;
        let found = self.version(subject, Version::Number(*version));
        found.map_err(|_| {
            Refusal::Invalid(format!(
                "no schema reference found for subject `{subject}` and version {version}, which is \
                 to define `{name}`"
            ))
        })
    }
}

/// The number of what stands at this index; there are never 2³² of anything in memory.
fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
