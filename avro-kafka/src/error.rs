//! One error per boundary: the client ([`TransportError`]), sending ([`ProduceError`]), receiving ([`ConsumeError`]),
//! committing ([`CommitError`]).
//!
//! Those of a producer say whether trying again can help, those of a consumer what its loop does next ([`Reaction`]). Each
//! is at most two words wide, its parts are boxed.

mod commit;
mod consume;
mod produce;
mod reaction;
mod transport;

pub use commit::{CommitError, Uncommitted};
pub use consume::{ConsumeError, Undecodable, UndecodableReason, WriterSchemaError};
pub use produce::{ProduceError, SubjectError};
pub use reaction::Reaction;
pub use transport::{TransportError, TransportErrorKind};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_small_and_can_cross_threads() {
        fn crosses<E: std::error::Error + Send + Sync + 'static>() {}
        crosses::<CommitError>();
        crosses::<ConsumeError>();
        crosses::<ProduceError>();
        crosses::<TransportError>();
        assert!(size_of::<CommitError>() <= 16);
        assert!(size_of::<ConsumeError>() <= 16);
        assert!(size_of::<ProduceError>() <= 16);
        assert_eq!(size_of::<TransportError>(), size_of::<usize>());
    }
}
