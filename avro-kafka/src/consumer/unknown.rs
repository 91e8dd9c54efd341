//! Schema ids that the registry does not know, remembered for a moment.

use std::collections::BTreeMap;
use std::time::Duration;

use avro_registry::{RegistryError, SchemaIdentifier};
use tokio::time::Instant;

/// So many are remembered: ids that are forged can be any number.
const MOST: usize = 1000;

/// What the registry said about ids that it does not know, so that a flood of records with one of them is not a
/// flood of requests.
pub(super) struct UnknownIds {
    /// Not longer than this: the id may have been registered meanwhile.
    memory: Duration,
    answers: BTreeMap<SchemaIdentifier, Answer>,
}

struct Answer {
    error: RegistryError,
    asked: Instant,
}

impl UnknownIds {
    pub(super) fn new(memory: Duration) -> Self {
        Self {
            memory,
            answers: BTreeMap::new(),
        }
    }

    pub(super) fn recall(&mut self, id: SchemaIdentifier) -> Option<RegistryError> {
        let answer = self.answers.get(&id)?;
        if answer.asked.elapsed() < self.memory {
            return Some(answer.error.clone());
        }
        self.answers.remove(&id);
        None
    }

    pub(super) fn remember(&mut self, id: SchemaIdentifier, error: RegistryError) {
        if self.answers.len() >= MOST {
            let oldest = self.answers.iter().min_by_key(|(_, answer)| answer.asked);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                self.answers.remove(&oldest);
            }
        }
        let asked = Instant::now();
        self.answers.insert(id, Answer { error, asked });
    }
}

#[cfg(test)]
mod tests {
    use avro_registry::{ErrorKind, SchemaId};

    use super::*;

    fn id(number: u32) -> SchemaIdentifier {
        SchemaId::new(number).into()
    }

    #[test]
    fn forged_ids_are_no_burden() {
        let mut unknown = UnknownIds::new(Duration::from_secs(60));
        let error = RegistryError::new(ErrorKind::SchemaNotFound, "no such id");
        let last = 2 * MOST as u32;
        for forged in 0..=last {
            unknown.remember(id(forged), error.clone());
        }
        assert_eq!(unknown.answers.len(), MOST);
        assert!(unknown.recall(id(last)).is_some());
        assert!(unknown.recall(id(0)).is_none());
    }

    #[test]
    fn nothing_is_remembered_for_longer_than_asked() {
        let mut unknown = UnknownIds::new(Duration::ZERO);
        let id = id(1);
        unknown.remember(id, RegistryError::new(ErrorKind::SchemaNotFound, ""));
        assert!(unknown.recall(id).is_none());
        assert!(unknown.answers.is_empty());
    }
}
