//! A schema with references → one self-contained text.

use std::collections::BTreeSet;
use std::sync::Arc;

use schema_registry_converter::schema_registry_common::RegisteredSchema;

use super::subject::Subject;
use super::{HttpRegistry, answer};
use crate::{ErrorKind, RegistryError, Version, text};

/// Far more than anybody has, so that a registry at fault does not keep a consumer busy for ever.
const MOST_REFERENCES: usize = 1000;

impl HttpRegistry {
    /// Fetches what the schema refers to, and what that refers to, each once.
    pub(super) async fn put_references_in_place(
        &self,
        schema: RegisteredSchema,
        request: &str,
    ) -> Result<Arc<str>, RegistryError> {
        let failed =
            |why: String| RegistryError::of_request(ErrorKind::BadReferences, why, request);
        let mut seen = BTreeSet::new();
        let mut texts = Vec::new();
        let mut missing = schema.references;
        while let Some(reference) = missing.pop() {
            let (subject, version) = (reference.subject, reference.version);
            if !seen.insert((subject.clone(), version)) {
                continue;
            }
            if seen.len() > MOST_REFERENCES {
                return Err(failed(format!(
                    "it leads to more than {MOST_REFERENCES} schemas"
                )));
            }
            let asked = Version::Number(version);
            let found = self.fetch_version(&Subject::new(&subject)?, asked).await?;
            answer::expect_avro(&found, request)?;
            texts.push((format!("{subject} version {version}"), found.schema));
            missing.extend(found.references);
        }
        text::self_contained(&schema.schema, &texts)
            .map(Into::into)
            .map_err(failed)
    }
}
