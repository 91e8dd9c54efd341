//! Buffers that are used again for the next message.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More than this many wait for nobody: it takes as many sends at the same moment.
const MOST_IDLE: usize = 16;

/// A buffer that one huge message made larger than this is let go.
const MOST_BYTES: usize = 1 << 20;

#[derive(Default)]
pub(super) struct Buffers {
    idle: Mutex<Vec<Vec<u8>>>,
}

/// An empty buffer at first; it goes back when dropped, also when a send is given up half-way.
pub(super) struct Buffer<'a> {
    home: &'a Buffers,
    bytes: Vec<u8>,
}

impl Buffers {
    pub(super) fn take(&self) -> Buffer<'_> {
        let bytes = self.lock().pop().unwrap_or_default();
        Buffer { home: self, bytes }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Buffer<'_> {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        let mut idle = self.home.lock();
        if bytes.capacity() <= MOST_BYTES && idle.len() < MOST_IDLE {
            idle.push(bytes);
        }
    }
}

impl Deref for Buffer<'_> {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.bytes
    }
}

impl DerefMut for Buffer<'_> {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back_empty_with_its_room() {
        let buffers = Buffers::default();
        let place = {
            let mut first = buffers.take();
            first.extend_from_slice(&[7; 100]);
            first.as_ptr()
        };
        let second = buffers.take();
        assert!(second.is_empty());
        assert_eq!(second.as_ptr(), place);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let buffers = Buffers::default();
        drop((0..100).map(|_| buffers.take()).collect::<Vec<_>>());
        assert_eq!(buffers.lock().len(), MOST_IDLE);
        buffers.lock().clear();
        buffers.take().reserve(MOST_BYTES + 1);
        assert!(buffers.lock().is_empty());
    }
}
