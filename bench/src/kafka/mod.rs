//! The typed client beside rdkafka's own clients, on the same broker.
//!
//! The broker runs in another process, because what counts is the processor time of the client's process, with all its
//! threads.

pub mod broker;
pub mod consume;
pub mod contest;
pub mod events;
pub mod produce;

use std::sync::Arc;

use avro_kafka::{KafkaSettings, RdKafka, Transport};
use avro_registry::server::EmbeddedRegistry;
use avro_registry::{CachedRegistry, HttpRegistry, SchemaRegistry};
use rdkafka::ClientConfig;

/// A broker and a registry, as both clients reach them.
pub struct Place {
    /// How rows call the broker.
    pub name: &'static str,
    servers: String,
    registry: Arc<dyn SchemaRegistry>,
    /// Answers once for each schema, and runs as long as it is kept.
    _server: EmbeddedRegistry,
}

impl Place {
    /// The broker at these addresses.
    ///
    /// # Panics
    /// If the registry does not start: then there is nothing to measure.
    pub async fn new(name: &'static str, servers: &str) -> Self {
        let server = EmbeddedRegistry::start().await.expect("a registry");
        let http = HttpRegistry::new(&server.url()).expect("a registry's address");
        Self {
            name,
            servers: servers.to_owned(),
            registry: Arc::new(CachedRegistry::new(Arc::new(http), 10)),
            _server: server,
        }
    }

    /// The typed client's transport.
    fn transport(&self) -> Arc<dyn Transport> {
        let settings = KafkaSettings::new(&self.servers);
        Arc::new(RdKafka::new(settings).expect("valid settings"))
    }

    /// The settings of rdkafka's own clients: those that the typed client makes.
    fn config(&self, settings: &[(&str, &str)]) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.servers);
        for (name, value) in settings {
            config.set(*name, *value);
        }
        config
    }
}
