//! What an application says about a consumer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use avro_registry::SchemaIdentifier;
use avro_runtime::Limits;

use crate::transport::StartAt;

/// Settings of a [`TypedConsumer`](crate::TypedConsumer).
#[derive(Clone, Debug)]
#[must_use]
pub struct ConsumerSettings {
    pub(super) group: String,
    pub(super) start_at: StartAt,
    pub(super) limits: Limits,
    pub(super) remember_unknown_ids: Duration,
    pub(super) commit_interval: Duration,
    pub(super) known: BTreeMap<SchemaIdentifier, Arc<str>>,
}

impl ConsumerSettings {
    /// A member of this consumer group, which starts at the oldest record where the group has committed nothing.
    pub fn new(group: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            start_at: StartAt::Earliest,
            limits: Limits::default(),
            remember_unknown_ids: Duration::from_secs(5),
            commit_interval: Duration::from_secs(1),
            known: BTreeMap::new(),
        }
    }

    /// Where to start in a partition for which the group has committed nothing.
    pub fn start_at(mut self, start_at: StartAt) -> Self {
        self.start_at = start_at;
        self
    }

    /// What a datum may cost to decode.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// For how long the registry is not asked again about a schema id or GUID that it did not know; 5 seconds if not set.
    /// Until then every record with it is [`Undecodable`](crate::Undecodable), even if the schema has been registered meanwhile.
    pub fn remember_unknown_ids(mut self, duration: Duration) -> Self {
        self.remember_unknown_ids = duration;
        self
    }

    /// The pause between two commits of what is [`done`](crate::TypedConsumer::done); one second if not set. What became done after the
    /// last commit is received again if the process dies.
    pub fn commit_interval(mut self, interval: Duration) -> Self {
        self.commit_interval = interval;
        self
    }

    /// The schema that has this id or GUID in the registry, which is never asked for it: so a service starts while the registry is
    /// away. An id is the registry's own choice, so it belongs into the configuration of each environment.
    ///
    /// ```
    /// # use avro_kafka::ConsumerSettings;
    /// # use avro_registry::SchemaId;
    /// # use avro_runtime::{AvroSchema, DeployedVersion};
    /// # fn f<Order: AvroSchema>(now: u32, before: u32) -> Option<ConsumerSettings> {
    /// let second = DeployedVersion::of::<Order>(2)?; // with `compiled-versions` in avro.toml
    /// let settings = ConsumerSettings::new("billing")
    ///     .known_schema(SchemaId::new(now), Order::SCHEMA)
    ///     .known_schema(SchemaId::new(before), second.schema);
    /// # Some(settings) }
    /// ```
    pub fn known_schema(
        mut self,
        id: impl Into<SchemaIdentifier>,
        schema: impl Into<Arc<str>>,
    ) -> Self {
        self.known.insert(id.into(), schema.into());
        self
    }
}
