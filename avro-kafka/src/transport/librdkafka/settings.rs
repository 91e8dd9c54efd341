//! What the user sets → a librdkafka configuration per role.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use rdkafka::ClientConfig;

use super::failure::failure;
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::{StartAt, Subscription};

/// How a producer is set up unless the user says otherwise: no duplicates, no loss while a replica lives, and the
/// same partition for a key as Java's producer.
const PRODUCER_DEFAULTS: [(&str, &str); 3] = [
    ("enable.idempotence", "true"),
    ("acks", "all"),
    ("partitioner", "murmur2_random"),
];

/// How a consumer is set up unless the user says otherwise.
///
/// librdkafka stops fetching a partition while its queue is full: 100,000 records or 64 MiB. It then waits this long before it
/// looks again. A consumer that handles more than a queue in librdkafka's second waits for the rest of it with an empty queue,
/// again and again. A tenth of a second ends before the queue does, and costs a few wake-ups of a thread.
const CONSUMER_DEFAULTS: [(&str, &str); 1] = [("fetch.queue.backoff.ms", "100")];

/// Offsets are stored and committed by the application alone.
const CONSUMER_FIXED: [(&str, &str); 2] = [
    ("enable.auto.commit", "false"),
    ("enable.auto.offset.store", "false"),
];

/// How to reach a cluster. Any property of librdkafka can be set.
///
/// ```
/// use avro_kafka::KafkaSettings;
///
/// let settings = KafkaSettings::new("broker-1:9092,broker-2:9092")
///     .set("client.id", "checkout")
///     .set("sasl.password", "s3cret")
///     .producer("compression.type", "gzip")
///     .consumer("session.timeout.ms", "10000");
/// assert!(!format!("{settings:?}").contains("s3cret"));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct KafkaSettings {
    common: BTreeMap<String, String>,
    producer: BTreeMap<String, String>,
    consumer: BTreeMap<String, String>,
    queue_timeout: Duration,
}

impl KafkaSettings {
    /// Settings for the cluster behind these `host:port` pairs, separated by commas.
    pub fn new(bootstrap_servers: impl Into<String>) -> Self {
        let settings = Self {
            common: BTreeMap::new(),
            producer: BTreeMap::new(),
            consumer: BTreeMap::new(),
            queue_timeout: Duration::from_secs(60),
        };
        settings.set("bootstrap.servers", bootstrap_servers)
    }

    /// Sets a librdkafka property for producers and consumers.
    pub fn set(mut self, property: impl Into<String>, value: impl Into<String>) -> Self {
        self.common.insert(property.into(), value.into());
        self
    }

    /// Sets a librdkafka property for producers only.
    pub fn producer(mut self, property: impl Into<String>, value: impl Into<String>) -> Self {
        self.producer.insert(property.into(), value.into());
        self
    }

    /// Sets a librdkafka property for consumers only.
    pub fn consumer(mut self, property: impl Into<String>, value: impl Into<String>) -> Self {
        self.consumer.insert(property.into(), value.into());
        self
    }

    /// How long handing over a record waits for room in librdkafka's queue; 60 s unless set, as `max.block.ms` in Java.
    pub fn queue_timeout(mut self, timeout: Duration) -> Self {
        self.queue_timeout = timeout;
        self
    }

    pub(super) fn waits_for_queue(&self) -> Duration {
        self.queue_timeout
    }

    /// Has librdkafka look at every property, of both roles.
    pub(super) fn check(&self) -> Result<(), TransportError> {
        let subscription = Subscription {
            group: "check".to_owned(),
            topics: Vec::new(),
            start_at: StartAt::Earliest,
        };
        for config in [self.for_producer(), self.for_consumer(&subscription)?] {
            config
                .create_native_config()
                .map_err(|error| failure("use the kafka settings", error))?;
        }
        Ok(())
    }

    pub(super) fn for_producer(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        set_all(&mut config, PRODUCER_DEFAULTS);
        set_all(&mut config, &self.common);
        set_all(&mut config, &self.producer);
        config
    }

    pub(super) fn for_consumer(
        &self,
        subscription: &Subscription,
    ) -> Result<ClientConfig, TransportError> {
        self.refuse_what_is_settled()?;
        let mut config = ClientConfig::new();
        set_all(&mut config, CONSUMER_DEFAULTS);
        set_all(&mut config, &self.common);
        set_all(&mut config, &self.consumer);
        set_all(&mut config, CONSUMER_FIXED);
        config.set("group.id", &subscription.group);
        config.set(
            "auto.offset.reset",
            match subscription.start_at {
                StartAt::Earliest => "earliest",
                StartAt::Latest => "latest",
            },
        );
        Ok(config)
    }
}

impl KafkaSettings {
    /// A property that the library settles is not overridden silently: whoever sets it is told.
    fn refuse_what_is_settled(&self) -> Result<(), TransportError> {
        for (property, value) in CONSUMER_FIXED {
            if self
                .consumer_property(property)
                .is_some_and(|set| set != value)
            {
                return Err(misplaced(format!(
                    "{property} must stay {value}: an offset is committed only when the message is done, by `commit`"
                )));
            }
        }
        for property in ["group.id", "auto.offset.reset"] {
            if self.consumer_property(property).is_some() {
                return Err(misplaced(format!(
                    "{property} cannot be set for a whole client: each subscription says it"
                )));
            }
        }
        Ok(())
    }

    fn consumer_property(&self, property: &str) -> Option<&String> {
        let own = self.consumer.get(property);
        own.or_else(|| self.common.get(property))
    }
}

/// The brokers that a client was told, for the text of an error. All before an `@` is left out: no address has one, but
/// who takes this for a URL may have put a password there.
pub(super) fn addresses(config: &ClientConfig) -> String {
    let told = config
        .get("bootstrap.servers")
        .or_else(|| config.get("metadata.broker.list"))
        .unwrap_or_default();
    let addresses = told.rsplit_once('@').map_or(told, |(_, rest)| rest);
    addresses.to_owned()
}

fn misplaced(message: String) -> TransportError {
    TransportError::new(TransportErrorKind::Configuration, message)
}

fn set_all<K: Into<String>, V: Into<String>>(
    config: &mut ClientConfig,
    properties: impl IntoIterator<Item = (K, V)>,
) {
    for (property, value) in properties {
        config.set(property, value);
    }
}

/// Whether the value of a property must not be shown: passwords, keys, tokens, and what may hold them.
pub(super) fn is_secret(property: &str) -> bool {
    const MARKS: [&str; 7] = [
        "password",
        "secret",
        "passphrase",
        "private",
        "token",
        ".pem",
        "oauthbearer.config",
    ];
    let property = property.to_ascii_lowercase();
    MARKS.iter().any(|mark| property.contains(mark))
}

impl fmt::Debug for KafkaSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KafkaSettings")
            .field("common", &Redacted(&self.common))
            .field("producer", &Redacted(&self.producer))
            .field("consumer", &Redacted(&self.consumer))
            .field("queue_timeout", &self.queue_timeout)
            .finish()
    }
}

struct Redacted<'a>(&'a BTreeMap<String, String>);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.0.iter().map(|(property, value)| {
                let shown = if is_secret(property) {
                    "[redacted]"
                } else {
                    value
                };
                (property, shown)
            }))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_never_shown() {
        let secrets = [
            "sasl.password",
            "ssl.key.password",
            "ssl.keystore.password",
            "ssl.key.pem",
            "sasl.oauthbearer.client.secret",
            "sasl.oauthbearer.config",
            "sasl.oauthbearer.assertion.private.key.passphrase",
        ];
        let mut settings = KafkaSettings::new("localhost:9092").set("client.id", "visible");
        for property in secrets {
            settings = settings
                .set(property, "hunter2")
                .producer(property, "hunter2")
                .consumer(property, "hunter2");
        }
        let shown = format!("{settings:?} {settings:#?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("visible"), "{shown}");
    }

    #[test]
    fn the_user_overrides_the_defaults() {
        let settings = KafkaSettings::new("localhost:9092")
            .producer("acks", "1")
            .producer("enable.idempotence", "false");
        let config = settings.for_producer();
        assert_eq!(config.get("acks"), Some("1"));
        assert_eq!(config.get("enable.idempotence"), Some("false"));
        assert_eq!(config.get("partitioner"), Some("murmur2_random"));
    }

    fn subscription() -> Subscription {
        Subscription {
            group: "g".to_owned(),
            topics: vec!["t".to_owned()],
            start_at: StartAt::Earliest,
        }
    }

    #[test]
    fn a_full_queue_holds_a_consumer_up_for_a_tenth_of_a_second_unless_the_user_says_otherwise() {
        const BACKOFF: &str = "fetch.queue.backoff.ms";
        let settings = KafkaSettings::new("localhost:9092");
        for (settings, expected) in [
            (settings.clone(), "100"),
            (settings.clone().set(BACKOFF, "7"), "7"),
            (settings.clone().consumer(BACKOFF, "1000"), "1000"),
            (settings.set(BACKOFF, "7").consumer(BACKOFF, "8"), "8"),
        ] {
            let config = settings.for_consumer(&subscription()).unwrap();
            assert_eq!(config.get(BACKOFF), Some(expected));
            config.create_native_config().unwrap();
            assert_eq!(settings.for_producer().get("acks"), Some("all"));
        }
    }

    #[test]
    fn automatic_commits_are_refused() {
        let settings = KafkaSettings::new("localhost:9092").consumer("enable.auto.commit", "true");
        let error = settings.check().unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Configuration);
        assert!(error.to_string().contains("enable.auto.commit"), "{error}");
    }

    #[test]
    fn what_a_subscription_says_cannot_be_said_twice() {
        for property in ["group.id", "auto.offset.reset"] {
            let settings = KafkaSettings::new("localhost:9092").set(property, "latest");
            let error = settings.check().unwrap_err();
            assert_eq!(error.kind(), TransportErrorKind::Configuration);
            assert!(error.to_string().contains(property), "{error}");
        }
    }

    #[test]
    fn an_unknown_property_is_found_before_anything_is_opened() {
        let error = KafkaSettings::new("localhost:9092")
            .set("sasl.passwrod", "hunter2")
            .check()
            .unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Configuration);
        assert!(error.to_string().contains("sasl.passwrod"), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}
