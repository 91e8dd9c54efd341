//! Schema id in a record → whether data written with that schema can be read here, decided once per id.

use std::collections::BTreeMap;

use avro_registry::{ErrorKind, RegistryError, SchemaId, SchemaRegistry};
use avro_runtime::topic::Topic;
use avro_runtime::{SameSchema, SchemaMismatch};

/// So many ids are remembered. Topics have a handful; the bound is for those whose ids are forged.
const MOST: usize = 1000;

/// What was decided for the ids that were met.
#[derive(Default)]
pub(super) struct Writers {
    known: BTreeMap<SchemaId, Known>,
    /// Counts the uses, so that the id unused for longest can be found.
    clock: u64,
}

struct Known {
    decision: Result<(), SchemaMismatch>,
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

impl Writers {
    /// Decides whether data written with the schema of that id can be read as a value of the topic.
    ///
    /// That an id is unknown is not remembered: it may be registered a moment later.
    pub(super) async fn decide<T: Topic>(
        &mut self,
        id: SchemaId,
        registry: &dyn SchemaRegistry,
    ) -> Result<(), Refusal> {
        self.clock += 1;
        if let Some(decision) = self.recall(id) {
            return decision.map_err(Refusal::Other);
        }
        let text = registry.schema_by_id(id).await.map_err(refusal)?;
        let decision = SameSchema::<T::Value>::check(&text).map(drop);
        self.remember(id, decision.clone());
        decision.map_err(Refusal::Other)
    }

    fn recall(&mut self, id: SchemaId) -> Option<Result<(), SchemaMismatch>> {
        let known = self.known.get_mut(&id)?;
        known.used = self.clock;
        Some(known.decision.clone())
    }

    fn remember(&mut self, id: SchemaId, decision: Result<(), SchemaMismatch>) {
        if self.known.len() >= MOST {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.used);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                self.known.remove(&oldest);
            }
        }
        let used = self.clock;
        self.known.insert(id, Known { decision, used });
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
    use super::*;

    #[test]
    fn forged_ids_are_no_burden_and_push_out_no_id_in_use() {
        let mut writers = Writers::default();
        let used = SchemaId::new(0);
        writers.remember(used, Ok(()));
        for forged in 1..=2 * MOST as u32 {
            writers.clock += 1;
            writers.remember(SchemaId::new(forged), Ok(()));
            writers.clock += 1;
            assert!(writers.recall(used).is_some(), "after {forged}");
        }
        assert_eq!(writers.known.len(), MOST);
    }
}
