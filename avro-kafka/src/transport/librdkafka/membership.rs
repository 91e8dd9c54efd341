//! Who reads what where: what the errors of a consumer name.

use rdkafka::error::KafkaError;

use super::failure::failure;
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::Subscription;

/// The group, its topics and the brokers.
#[derive(Clone, Debug)]
pub(super) struct Membership {
    pub(super) group: String,
    topics: String,
    addresses: String,
}

impl Membership {
    pub(super) fn new(subscription: &Subscription, addresses: String) -> Self {
        Self {
            group: subscription.group.clone(),
            topics: subscription.topics.join(", "),
            addresses,
        }
    }

    /// `error` came of trying to do that, a verb such as "read".
    pub(super) fn failure(&self, verb: &str, error: KafkaError) -> TransportError {
        failure(&self.what(verb), error)
    }

    /// The consumer is closed.
    pub(super) fn closed(&self, verb: &str) -> TransportError {
        TransportError::new(
            TransportErrorKind::Closed,
            format!("cannot {}: the consumer is closed", self.what(verb)),
        )
    }

    fn what(&self, verb: &str) -> String {
        let Self {
            group,
            topics,
            addresses,
        } = self;
        format!("{verb} topic {topics} as group {group} at {addresses}")
    }
}
