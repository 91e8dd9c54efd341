//! Schema id in a record → what reads data written with that schema, made once per id.

use std::collections::BTreeMap;

use avro_registry::{ErrorKind, RegistryError, SchemaId, SchemaRegistry};
use avro_runtime::SchemaMismatch;
use avro_runtime::topic::Value;

/// So many ids are remembered. Topics have a handful; the bound is for those whose ids are forged.
const MOST: usize = 1000;

/// The readers for the ids that were met.
pub(super) struct Writers<V: Value> {
    known: BTreeMap<SchemaId, Known<V::Reader>>,
    /// Counts the uses, so that the id unused for longest can be found.
    clock: u64,
}

struct Known<R> {
    reader: Result<R, SchemaMismatch>,
    used: u64,
}

/// Why data of a schema cannot be read.
#[derive(Debug)]
pub(super) enum Refusal {
    /// There is no such schema.
    Unknown(RegistryError),
    /// It is another than the reader's.
    Other(SchemaMismatch),
    /// The registry did not say: nobody knows yet.
    Unanswered(RegistryError),
}

impl<V: Value> Default for Writers<V> {
    fn default() -> Self {
        Self {
            known: BTreeMap::new(),
            clock: 0,
        }
    }
}

impl<V: Value> Writers<V> {
    /// What reads data written with the schema of that id.
    ///
    /// That an id is unknown is not remembered: it may be registered a moment later.
    pub(super) async fn reader(
        &mut self,
        id: SchemaId,
        registry: &dyn SchemaRegistry,
    ) -> Result<V::Reader, Refusal> {
        self.clock += 1;
        if let Some(reader) = self.recall(id) {
            return reader.map_err(Refusal::Other);
        }
        let text = registry.schema_by_id(id).await.map_err(refusal)?;
        let reader = V::reader(&text);
        self.remember(id, reader.clone());
        reader.map_err(Refusal::Other)
    }

    fn recall(&mut self, id: SchemaId) -> Option<Result<V::Reader, SchemaMismatch>> {
        let known = self.known.get_mut(&id)?;
        known.used = self.clock;
        Some(known.reader.clone())
    }

    fn remember(&mut self, id: SchemaId, reader: Result<V::Reader, SchemaMismatch>) {
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

/// Whether an answer of the registry is about the record's id, or about the registry.
fn refusal(error: RegistryError) -> Refusal {
    match error.kind() {
        ErrorKind::SchemaNotFound | ErrorKind::NotAvro | ErrorKind::BadReferences => {
            Refusal::Unknown(error)
        }
        _ => Refusal::Unanswered(error),
    }
}

#[cfg(test)]
mod tests {
    use avro_runtime::AvroSchema;

    use super::*;
    use crate::RawRecord;

    #[test]
    fn forged_ids_are_no_burden_and_push_out_no_id_in_use() {
        let mut writers = Writers::<RawRecord>::default();
        let reader = RawRecord::reader(RawRecord::SCHEMA);
        let used = SchemaId::new(0);
        writers.remember(used, reader.clone());
        for forged in 1..=2 * MOST as u32 {
            writers.clock += 1;
            writers.remember(SchemaId::new(forged), reader.clone());
            writers.clock += 1;
            assert!(writers.recall(used).is_some(), "after {forged}");
        }
        assert_eq!(writers.known.len(), MOST);
    }
}
