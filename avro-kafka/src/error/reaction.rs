//! What an application does after an error of a consumer.

/// What the loop around a consumer does after an error of `recv`, of a commit or of closing.
///
/// [`TransportErrorKind::reaction`](crate::TransportErrorKind::reaction) has the table for errors of the Kafka client,
/// [`ConsumeError::reaction`](crate::ConsumeError::reaction) the one for all errors of `recv`. The graver reaction is the
/// greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reaction {
    /// Call `recv` again at once. Nothing is wrong with the service: a record was bad, or the group shares its
    /// partitions out anew.
    GoOn,
    /// Wait a little, such as a second, and call `recv` again: the brokers or the registry are away, and come back by
    /// themselves.
    Wait,
    /// Close the consumer and end: somebody has to change something first.
    Stop,
}
