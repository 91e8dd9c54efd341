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
            let help = help(&error);
            TransportError::new(kind, format!("cannot {what}: {error}{help}")).caused_by(error)
        }
    }
}

/// What to do about an error whose own words do not say it.
fn help(error: &KafkaError) -> &'static str {
    match error.rdkafka_error_code() {
        Some(Code::PollExceeded) => {
            ": the group has given the partitions of this member to others; handle a message in less time or raise max.poll.interval.ms"
        }
        _ => "",
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
        | Code::NotController
        | Code::ConcurrentTransactions
        | Code::KafkaStorageError
        | Code::FencedLeaderEpoch
        | Code::UnknownLeaderEpoch
        | Code::OffsetNotAvailable
        | Code::PreferredLeaderNotAvailable
        | Code::EligibleLeadersNotAvailable
        | Code::ListenerNotFound
        | Code::ReassignmentInProgress
        | Code::StaleBrokerEpoch
        | Code::FetchSessionIdNotFound
        | Code::InvalidFetchSessionEpoch
        | Code::UnstableOffsetCommit
        | Code::ThrottlingQuotaExceeded
        | Code::RebootstrapRequired => Kind::Unavailable,

        Code::MessageTimedOut
        | Code::OperationTimedOut
        | Code::TimedOutQueue
        | Code::RequestTimedOut => Kind::TimedOut,

        Code::QueueFull => Kind::QueueFull,

        Code::UnknownTopic
        | Code::UnknownPartition
        | Code::UnknownTopicOrPartition
        | Code::UnknownTopicId => Kind::UnknownTopic,

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

        Code::RebalanceInProgress | Code::MemberIdRequired | Code::StaleMemberEpoch => {
            Kind::Rebalancing
        }

        Code::IllegalGeneration
        | Code::UnknownMemberId
        | Code::AssignmentLost
        | Code::FencedMemberEpoch
        | Code::PollExceeded => Kind::Revoked,

        Code::Fatal
        | Code::Fenced
        | Code::FencedInstanceId
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

    /// What a group does to its members in the normal course of things ends no service.
    #[test]
    fn a_rebalance_stops_nobody() {
        use crate::error::Reaction;
        let consumed = |code| failure("read", KafkaError::MessageConsumption(code)).reaction();
        let committed = |code| failure("commit", KafkaError::ConsumerCommit(code)).reaction();
        for code in [
            Code::RebalanceInProgress,
            Code::IllegalGeneration,
            Code::UnknownMemberId,
            Code::AssignmentLost,
            Code::MemberIdRequired,
            Code::StaleMemberEpoch,
            Code::FencedMemberEpoch,
            Code::PollExceeded,
        ] {
            assert_eq!(consumed(code), Reaction::GoOn, "{code:?}");
            assert_eq!(committed(code), Reaction::GoOn, "{code:?}");
        }
        for code in [
            Code::AllBrokersDown,
            Code::BrokerTransportFailure,
            Code::NotCoordinator,
            Code::WaitingForCoordinator,
            Code::CoordinatorLoadInProgress,
            Code::RequestTimedOut,
            Code::OperationTimedOut,
            Code::UnknownTopicOrPartition,
        ] {
            assert_eq!(consumed(code), Reaction::Wait, "{code:?}");
            assert_eq!(committed(code), Reaction::Wait, "{code:?}");
        }
        for code in [
            Code::Fatal,
            Code::FencedInstanceId,
            Code::TopicAuthorizationFailed,
            Code::SaslAuthenticationFailed,
            Code::MessageSizeTooLarge,
            Code::NotImplemented,
        ] {
            assert_eq!(consumed(code), Reaction::Stop, "{code:?}");
            assert_eq!(committed(code), Reaction::Stop, "{code:?}");
        }
    }

    #[test]
    fn a_member_that_was_too_slow_is_told_what_to_change() {
        let error = failure("read", KafkaError::MessageConsumption(Code::PollExceeded));
        assert!(
            error.to_string().contains("raise max.poll.interval.ms"),
            "{error}"
        );
    }

    #[test]
    fn a_fatal_error_is_fatal_whatever_its_code() {
        let error = KafkaError::MessageConsumptionFatal(Code::AllBrokersDown);
        assert_eq!(failure("read", error).kind(), Kind::Fatal);
    }
}
