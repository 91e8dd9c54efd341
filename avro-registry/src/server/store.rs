//! Schemas, subjects and versions: a state machine that knows no HTTP.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use avro_model::fingerprint;

use crate::{Guid, Reference, Registered, SchemaId, SchemaIds, Version, text};

/// All that the registry holds. Nothing is ever taken away.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// The schema with id *n* is at *n* − 1.
    schemas: Vec<Arc<Schema>>,
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
    pub(super) fn register(&mut self, subject: &str, schema: Schema) -> Result<SchemaIds, Refusal> {
        let schema = self.checked(schema)?;
        let guid = schema.guid();
        let id = self
            .ids
            .get(&schema)
            .copied()
            .unwrap_or_else(|| self.add(schema));
        let versions = self.subjects.entry(subject.to_owned()).or_default();
        if !versions.contains(&id) {
            versions.push(id);
        }
        Ok(SchemaIds::new(id).with_guid(Some(guid)))
    }

    /// The version that a schema is under a subject.
    pub(super) fn lookup(&self, subject: &str, schema: Schema) -> Result<Registered, Refusal> {
        let versions = self.ids_under(subject)?;
        let schema = self.checked(schema)?;
        let id = self.ids.get(&schema);
        let index = id.and_then(|id| versions.iter().position(|version| version == id));
        let index = index.ok_or_else(|| Refusal::NotUnder(subject.to_owned()))?;
        self.version(subject, Version::Number(number(index)))
    }

    pub(super) fn schema(&self, id: SchemaId) -> Result<&Schema, Refusal> {
        let index = (id.get() as usize).checked_sub(1);
        index
            .and_then(|index| self.schemas.get(index))
            .map(Arc::as_ref)
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

    fn ids_under(&self, subject: &str) -> Result<&[SchemaId], Refusal> {
        let ids = self.subjects.get(subject).map(Vec::as_slice);
        ids.ok_or_else(|| Refusal::Subject(subject.to_owned()))
    }

    fn add(&mut self, schema: Schema) -> SchemaId {
        let schema = Arc::new(schema);
        self.schemas.push(Arc::clone(&schema));
        let id = SchemaId::new(number(self.schemas.len() - 1));
        self.guids.insert(schema.guid(), id);
        self.ids.insert(schema, id);
        id
    }

    /// The schema with its text minified, if it is one together with what it refers to.
    fn checked(&self, schema: Schema) -> Result<Schema, Refusal> {
        let referenced = self.referenced(&schema.references)?;
        let text = text::minified(&schema.text, &referenced).map_err(Refusal::Invalid)?;
        Ok(Schema {
            text: text.into(),
            references: schema.references,
        })
    }

    /// The texts that references lead to, directly or not, each once.
    fn referenced(&self, references: &[Reference]) -> Result<Vec<(String, String)>, Refusal> {
        let mut seen = BTreeSet::new();
        let mut texts = Vec::new();
        let mut missing = references.to_vec();
        while let Some(Reference {
            name,
            subject,
            version,
        }) = missing.pop()
        {
            let found = self
                .version(&subject, Version::Number(version))
                .map_err(|_| {
                    let what = format!(
                        "no schema reference found for subject `{subject}` and version {version}"
                    );
                    Refusal::Invalid(format!("{what}, which is to define `{name}`"))
                })?;
            if seen.insert((subject.clone(), version)) {
                texts.push((
                    format!("{subject} version {version}"),
                    found.schema.to_string(),
                ));
                missing.extend(found.references);
            }
        }
        Ok(texts)
    }
}

/// The number of what stands at this index; there are never 2³² of anything in memory.
fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
