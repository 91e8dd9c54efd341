//! Schema id or GUID → text, of the schemas that the service has with it: what needs no registry.
//!
//! A record names its schema by what each registry calls it as it likes. So the ids of what was compiled in are
//! told by the settings, or asked for while the registry answers, and kept for when it does not.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use avro_registry::{SchemaIdentifier, SchemaRegistry};
use avro_runtime::topic::{Topic, Value};

use super::writers::{Refusal, refusal};

/// So long may it take to ask for the ids; what is left is asked for another time.
const PATIENCE: Duration = Duration::from_secs(2);

/// The schemas that are at hand.
#[derive(Default)]
pub(super) struct Compiled {
    by_id: BTreeMap<SchemaIdentifier, Arc<str>>,
    /// Those whose id is not known yet, with their subjects.
    unasked: Vec<(String, &'static str)>,
}

impl Compiled {
    /// Those of a topic's values that have compiled versions, and what the settings know.
    pub(super) fn of<T: Topic>(by_id: BTreeMap<SchemaIdentifier, Arc<str>>) -> Self {
        let mut unasked = Vec::new();
        let subject = |fullname| T::SUBJECT.subject(T::NAME, fullname);
        for value in <T::Value as Value>::SCHEMAS {
            if value.deployed.is_empty() {
                continue;
            }
            unasked.push((subject(value.fullname), value.schema));
            let versions = value.deployed.iter();
            unasked.extend(versions.map(|it| (subject(it.fullname), it.schema)));
        }
        Self { by_id, unasked }
    }

    /// The schema that a record names so.
    pub(super) fn text(&self, id: SchemaIdentifier) -> Option<Arc<str>> {
        self.by_id.get(&id).cloned()
    }

    /// Asks for the ids that are not known, as long as the registry answers. A schema that is not registered is not
    /// asked for again: when it is, its id will be.
    pub(super) async fn learn(&mut self, registry: &dyn SchemaRegistry) {
        // Whatever is cut short has taken nothing from the list.
        let _ = tokio::time::timeout(PATIENCE, self.ask(registry)).await;
    }

    async fn ask(&mut self, registry: &dyn SchemaRegistry) {
        while let Some((subject, text)) = self.unasked.last() {
            match registry
                .lookup_with_deleted(subject, text)
                .await
                .map_err(refusal)
            {
                // What the registry has under that id, and not what was taken for it.
                Ok(found) if found.references.is_empty() => {
                    if let Some(guid) = found.guid {
                        self.by_id.insert(guid.into(), Arc::clone(&found.schema));
                    }
                    self.by_id.insert(found.id.into(), found.schema);
                }
                Err(Refusal::Unanswered(_)) => return,
                Ok(_) | Err(_) => {}
            }
            self.unasked.pop();
        }
    }
}
