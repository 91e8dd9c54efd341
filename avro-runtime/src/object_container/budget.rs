//! Objects that take no bytes cost a file nothing, so that they are counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::{ErrorKind, FileLimit};

/// How many objects that take no bytes may still come; shared by the threads that read a file.
#[derive(Clone, Debug)]
pub(super) struct EmptyObjects(Arc<AtomicU64>);

impl EmptyObjects {
    pub(super) fn new(most: u64) -> Self {
        Self(Arc::new(AtomicU64::new(most)))
    }

    /// Holds the number of a block's objects against the length of its data: a schema whose data
    /// take no bytes takes none for any of them, and every other one at least one.
    pub(super) fn check(&self, objects: u64, bytes: usize) -> Result<(), ErrorKind> {
        if objects <= bytes as u64 {
            return Ok(());
        }
        if bytes > 0 {
            return Err(ErrorKind::TooManyObjects { objects, bytes });
        }
        let spend = |left: u64| left.checked_sub(objects);
        let spent = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend);
        match spent {
            Ok(_) => Ok(()),
            Err(_) => Err(ErrorKind::LimitExceeded(FileLimit::EmptyObjects)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_without_bytes_are_paid_for_once() {
        let budget = EmptyObjects::new(10);
        assert!(budget.check(4, 4).is_ok());
        assert!(budget.clone().check(7, 0).is_ok());
        assert!(budget.check(3, 0).is_ok());
        let limit = ErrorKind::LimitExceeded(FileLimit::EmptyObjects);
        let error = budget.check(1, 0).unwrap_err();
        assert_eq!(error.to_string(), limit.to_string());
        assert!(budget.check(0, 0).is_ok());
        assert!(matches!(
            budget.check(5, 4),
            Err(ErrorKind::TooManyObjects {
                objects: 5,
                bytes: 4
            })
        ));
    }
}
