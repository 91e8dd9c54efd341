//! Where a run takes place: on a broker and a registry in the process, or on real ones.

use std::sync::Arc;

use avro_kafka::mock::Broker;
use avro_kafka::{KafkaSettings, RdKafka, Transport};
use avro_registry::server::EmbeddedRegistry;
use avro_registry::{CachedRegistry, HttpRegistry, SchemaRegistry};

use crate::Failure;

/// The variable that names the brokers of a real Kafka, as `host:port,…`.
const BOOTSTRAP_SERVERS: &str = "KAFKA_BOOTSTRAP_SERVERS";
/// The variable that names the URL of a real registry with Confluent's API.
const REGISTRY_URL: &str = "KAFKA_SCHEMA_REGISTRY_URL";

/// How many schemas a service keeps at hand.
const CACHED_SCHEMAS: usize = 1_000;

/// A Kafka and a registry to run on.
pub struct Environment {
    /// The Kafka client.
    pub transport: Arc<dyn Transport>,
    /// The registry's client, with a cache before it.
    pub registry: Arc<dyn SchemaRegistry>,
    /// What it is, for people.
    pub description: String,
    /// What runs in the process for as long as the environment is used.
    _embedded: Option<(Broker, EmbeddedRegistry)>,
}

impl Environment {
    /// The real Kafka and registry that the environment's variables name, or else embedded ones
    /// with these topics.
    ///
    /// # Errors
    ///
    /// Only one of the two variables is set, or a client or an embedded server cannot be started.
    pub async fn from_variables(topics: &[&str]) -> Result<Self, Failure> {
        match (variable(BOOTSTRAP_SERVERS)?, variable(REGISTRY_URL)?) {
            (Some(servers), Some(url)) => Self::real(&servers, &url),
            (None, None) => Self::embedded(topics).await,
            (Some(_), None) => Err(Failure::HalfAnEnvironment {
                set: BOOTSTRAP_SERVERS,
                missing: REGISTRY_URL,
            }),
            (None, Some(_)) => Err(Failure::HalfAnEnvironment {
                set: REGISTRY_URL,
                missing: BOOTSTRAP_SERVERS,
            }),
        }
    }

    /// A broker with these topics and a registry, both in the process.
    ///
    /// # Errors
    ///
    /// One of them cannot be started.
    pub async fn embedded(topics: &[&str]) -> Result<Self, Failure> {
        let broker = Broker::start(topics.iter().map(|topic| (*topic, 3)))?;
        let server = EmbeddedRegistry::start()
            .await
            .map_err(Failure::EmbeddedRegistry)?;
        let description = format!(
            "embedded broker at {}, embedded registry at {}",
            broker.bootstrap_servers(),
            server.url()
        );
        Ok(Self {
            transport: Arc::new(RdKafka::new(broker.settings())?),
            registry: cached(&server.url())?,
            description,
            _embedded: Some((broker, server)),
        })
    }

    fn real(servers: &str, url: &str) -> Result<Self, Failure> {
        Ok(Self {
            transport: Arc::new(RdKafka::new(KafkaSettings::new(servers))?),
            registry: cached(url)?,
            description: format!("Kafka at {servers}, registry at {url}"),
            _embedded: None,
        })
    }
}

fn cached(url: &str) -> Result<Arc<dyn SchemaRegistry>, Failure> {
    let http = HttpRegistry::new(url)?;
    Ok(Arc::new(CachedRegistry::new(
        Arc::new(http),
        CACHED_SCHEMAS,
    )))
}

/// The variable's value; one that is empty counts as not set.
fn variable(name: &'static str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Failure::NotUnicode { variable: name }),
    }
}
