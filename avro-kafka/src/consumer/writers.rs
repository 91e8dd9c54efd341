//! Schema id or GUID in a record → what reads data written with that schema, made once for each.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use avro_registry::{ErrorKind, RegistryError, SchemaIdentifier, SchemaRegistry};
use avro_runtime::ResolveError;
use avro_runtime::topic::Value;

use super::compiled::Compiled;
use super::unknown::UnknownIds;

/// So many ids are remembered. Topics have a handful; the bound is for those whose ids are forged.
const MOST: usize = 1000;

/// The highest id that a registry gives: it counts in 32 bits with a sign, while the framing has room for twice as many.
const HIGHEST_ID: u32 = i32::MAX as u32;

/// The readers for the ids that were met.
pub(super) struct Writers<V: Value> {
    known: BTreeMap<SchemaIdentifier, Known<V::Reader>>,
    unknown: UnknownIds,
    compiled: Compiled,
    /// Counts the uses, so that the id unused for longest can be found.
    clock: u64,
}

struct Known<R> {
    reader: Result<R, ResolveError>,
    used: u64,
}

/// Why data of a schema cannot be read.
#[derive(Debug)]
pub(super) enum Refusal {
    /// There is no such schema.
    Unknown(RegistryError),
    /// It is another than the reader's.
    Other(ResolveError),
    /// The registry did not say: nobody knows yet.
    Unanswered(RegistryError),
}

impl<V: Value> Writers<V> {
    /// No id has been met. That one is unknown is remembered for so long: it may be registered a moment later.
    pub(super) fn new(unknown: Duration, compiled: Compiled) -> Self {
        Self {
            known: BTreeMap::new(),
            unknown: UnknownIds::new(unknown),
            compiled,
            clock: 0,
        }
    }

    /// What reads data written with the schema of that id.
    pub(super) async fn reader(
        &mut self,
        id: SchemaIdentifier,
        registry: &dyn SchemaRegistry,
    ) -> Result<V::Reader, Refusal> {
        self.clock += 1;
        if let Some(reader) = self.recall(id) {
            return reader.map_err(Refusal::Other);
        }
        let text = match self.compiled.text(id) {
            Some(text) => text,
            None => self.ask(id, registry).await?,
        };
        let reader = V::reader(&text);
        self.remember(id, reader.clone());
        reader.map_err(Refusal::Other)
    }

    async fn ask(
        &mut self,
        id: SchemaIdentifier,
        registry: &dyn SchemaRegistry,
    ) -> Result<Arc<str>, Refusal> {
        if let SchemaIdentifier::Id(id) = id
            && id.get() > HIGHEST_ID
        {
            return Err(Refusal::Unknown(beyond_all_ids()));
        }
        if let Some(error) = self.unknown.recall(id) {
            return Err(Refusal::Unknown(error));
        }
        let refusal = match registry.schema(id).await {
            Ok(text) => {
                self.compiled.learn(registry).await;
                return Ok(text);
            }
            Err(error) => refusal(error),
        };
        if let Refusal::Unknown(error) = &refusal {
            self.unknown.remember(id, error.clone());
        }
        Err(refusal)
    }

    fn recall(&mut self, id: SchemaIdentifier) -> Option<Result<V::Reader, ResolveError>> {
        let known = self.known.get_mut(&id)?;
        known.used = self.clock;
        Some(known.reader.clone())
    }

    fn remember(&mut self, id: SchemaIdentifier, reader: Result<V::Reader, ResolveError>) {
        if self.known.len() >= MOST {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.used);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                self.known.remove(&oldest);
            }
        }
        let used = self.clock;
        self.known.insert(id, Known { reader, used });
    }
}

/// Whether an answer is about the record's id, or about the registry and this client of it.
///
/// What a registry says of a schema is about the id, so that no id that a sender makes up can hold up the consumer. A refusal
/// without one of its codes comes from a wrong base URL or something before the registry: taken for the record's fault, it
/// would set a whole topic aside.
pub(super) fn refusal(error: RegistryError) -> Refusal {
    let about_the_client = matches!(
        error.kind(),
        ErrorKind::Unauthorized
            | ErrorKind::Configuration
            | ErrorKind::Malformed
            | ErrorKind::Rejected
            | ErrorKind::TooLarge
    );
    if about_the_client || error.is_retriable() {
        Refusal::Unanswered(error)
    } else {
        Refusal::Unknown(error)
    }
}

fn beyond_all_ids() -> RegistryError {
    let message = format!("ids end at {HIGHEST_ID}, so the registry was not asked");
    RegistryError::new(ErrorKind::SchemaNotFound, message)
}

#[cfg(test)]
mod tests {
    use avro_registry::SchemaId;
    use avro_runtime::AvroSchema;

    use super::*;
    use crate::RawRecord;

    #[test]
    fn forged_ids_are_no_burden_and_push_out_no_id_in_use() {
        let mut writers = Writers::<RawRecord>::new(Duration::ZERO, Compiled::default());
        let reader = RawRecord::reader(RawRecord::SCHEMA);
        let used = SchemaId::new(0).into();
        writers.remember(used, reader.clone());
        for forged in 1..=2 * MOST as u32 {
            writers.clock += 1;
            writers.remember(SchemaId::new(forged).into(), reader.clone());
            writers.clock += 1;
            assert!(writers.recall(used).is_some(), "after {forged}");
        }
        assert_eq!(writers.known.len(), MOST);
    }
}
