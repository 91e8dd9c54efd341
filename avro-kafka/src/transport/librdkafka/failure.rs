//! rdkafka's errors → [`TransportError`], by what the caller can do about them.

use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};

use crate::error::{TransportError, TransportErrorKind as Kind};

/// `error` came of doing `what`, a phrase that follows "cannot".
pub(super) fn failure(what: &str, error: KafkaError) -> TransportError {
    match error {
        // It holds the value of the property, which may be a password: it goes no further.
        KafkaError::ClientConfig(_, description, property, _) => TransportError::new(
            Kind::Configuration,
            format!(
                "cannot {what}: property {property} is refused{}",
                reason(&description, &property)
            ),
        ),
        KafkaError::ClientCreation(description) => {
            TransportError::new(Kind::Configuration, format!("cannot {what}: {description}"))
        }
        error => {
            let fatal = matches!(error, KafkaError::MessageConsumptionFatal(_));
            let kind = if fatal { Kind::Fatal } else { kind(&error) };
            TransportError::new(kind, format!("cannot {what}: {error}")).caused_by(error)
        }
    }
}

/// What librdkafka says of a refused property, unless it quotes the value.
fn reason(description: &str, property: &str) -> String {
    if description.starts_with("No such configuration property") {
        ": librdkafka has no such property".to_owned()
    } else if super::settings::is_secret(property) {
        String::new()
    } else {
        format!(": {description}")
    }
}

fn kind(error: &KafkaError) -> Kind {
    match error {
        KafkaError::Canceled => Kind::Closed,
        KafkaError::Nul(_) => Kind::Configuration,
        error => error.rdkafka_error_code().map_or(Kind::Other, of_code),
    }
}

fn of_code(code: Code) -> Kind {
    match code {
        Code::AllBrokersDown
        | Code::BrokerTransportFailure
        | Code::BrokerDestroy
        | Code::Resolve
        | Code::NodeUpdate
        | Code::WaitingForCoordinator
        | Code::WaitCache
        | Code::InProgress
        | Code::PreviousInProgress
        | Code::Retry
        | Code::ISRInsufficient
        | Code::LeaderNotAvailable
        | Code::NotLeaderForPartition
        | Code::BrokerNotAvailable
        | Code::ReplicaNotAvailable
        | Code::NetworkException
        | Code::CoordinatorLoadInProgress
        | Code::CoordinatorNotAvailable
        | Code::NotCoordinator
        | Code::NotEnoughReplicas
        | Code::NotEnoughReplicasAfterAppend
        | Code::RebalanceInProgress
        | Code::NotController
        | Code::ConcurrentTransactions
        | Code::KafkaStorageError
        | Code::FencedLeaderEpoch
        | Code::UnknownLeaderEpoch
        | Code::OffsetNotAvailable
        | Code::PreferredLeaderNotAvailable => Kind::Unavailable,

        Code::MessageTimedOut
        | Code::OperationTimedOut
        | Code::TimedOutQueue
        | Code::RequestTimedOut => Kind::TimedOut,

        Code::QueueFull => Kind::QueueFull,

        Code::UnknownTopic | Code::UnknownPartition | Code::UnknownTopicOrPartition => {
            Kind::UnknownTopic
        }

        Code::BadMessage
        | Code::InvalidMessage
        | Code::InvalidMessageSize
        | Code::MessageSizeTooLarge
        | Code::MessageBatchTooLarge
        | Code::InvalidTopic
        | Code::InvalidTimestamp
        | Code::InvalidRequiredAcks
        | Code::UnsupportedForMessageFormat
        | Code::UnsupportedCompressionType
        | Code::PolicyViolation
        | Code::InvalidDifferentRecord => Kind::Rejected,

        Code::Authentication
        | Code::SSL
        | Code::SaslAuthenticationFailed
        | Code::IllegalSASLState
        | Code::UnsupportedSASLMechanism
        | Code::TopicAuthorizationFailed
        | Code::GroupAuthorizationFailed
        | Code::ClusterAuthorizationFailed
        | Code::TransactionalIdAuthorizationFailed
        | Code::DelegationTokenAuthorizationFailed
        | Code::DelegationTokenExpired => Kind::Unauthorized,

        Code::IllegalGeneration | Code::UnknownMemberId | Code::AssignmentLost => Kind::Revoked,

        Code::Fatal
        | Code::Fenced
        | Code::GaplessGuarantee
        | Code::OutOfOrderSequenceNumber
        | Code::InvalidProducerEpoch
        | Code::Inconsistent => Kind::Fatal,

        Code::PurgeQueue | Code::PurgeInflight | Code::DestroyBroker => Kind::Closed,

        Code::InvalidArgument
        | Code::InvalidConfig
        | Code::InvalidGroupId
        | Code::InvalidSessionTimeout
        | Code::InconsistentGroupProtocol
        | Code::NotConfigured => Kind::Configuration,

        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rdkafka::types::RDKafkaConfRes;

    #[test]
    fn a_refused_password_is_not_repeated() {
        let refused = KafkaError::ClientConfig(
            RDKafkaConfRes::RD_KAFKA_CONF_INVALID,
            "Invalid value hunter2 for sasl.password".to_owned(),
            "sasl.password".to_owned(),
            "hunter2".to_owned(),
        );
        let error = failure("make the producer", refused);
        assert_eq!(error.kind(), Kind::Configuration);
        assert_eq!(
            error.to_string(),
            "cannot make the producer: property sasl.password is refused"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn outages_are_retriable_and_refusals_are_not() {
        let kind =
            |code| failure("send a record", KafkaError::MessageProduction(code)).is_retriable();
        assert!(kind(Code::AllBrokersDown));
        assert!(kind(Code::MessageTimedOut));
        assert!(kind(Code::UnknownTopicOrPartition));
        assert!(!kind(Code::MessageSizeTooLarge));
        assert!(!kind(Code::TopicAuthorizationFailed));
        assert!(!kind(Code::Fatal));
    }

    #[test]
    fn a_fatal_error_is_fatal_whatever_its_code() {
        let error = KafkaError::MessageConsumptionFatal(Code::AllBrokersDown);
        assert_eq!(failure("read", error).kind(), Kind::Fatal);
    }
}
