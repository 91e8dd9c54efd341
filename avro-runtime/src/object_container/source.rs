//! Where a file's bytes come from: a stream that is read block by block, or memory.

use std::io::{self, Read, Seek, SeekFrom};

/// What is read from a stream at once, in bytes, unless a block is larger.
const CHUNK: usize = 64 << 10;

/// Where a file's bytes come from: a window of unread bytes that can be made as long as needed.
pub trait Source {
    /// Makes at least so many unread bytes available; fewer at the end of the file alone.
    ///
    /// # Errors
    /// The file cannot be read.
    fn fill(&mut self, n: usize) -> io::Result<()>;

    /// The unread bytes that are available.
    fn unread(&self) -> &[u8];

    /// Passes over so many of them.
    fn consume(&mut self, n: usize);

    /// Where the first unread byte stands, counted from where reading began.
    fn position(&self) -> u64;
}

/// A [`Source`] that can be read from any place.
pub trait SeekSource: Source {
    /// Goes to this position.
    ///
    /// # Errors
    /// The file cannot be read there.
    fn seek(&mut self, position: u64) -> io::Result<()>;
}

/// A file that is read as it is needed: a [`File`](std::fs::File), a socket, standard input.
///
/// It needs no buffer around it. Where there is one block at hand, that block alone is kept.
#[derive(Debug)]
pub struct Stream<R> {
    inner: R,
    /// As long as its capacity is used; unread are `start..end`.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    position: u64,
}

impl<R: Read> Stream<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            position: 0,
        }
    }

    /// The reader inside, which stands behind what was read ahead.
    pub fn into_inner(self) -> R {
        self.inner
    }

    /// Makes room behind the unread bytes if there is none. They are moved to the front where as many
    /// bytes were passed over since; else the room is doubled. So no byte is moved more than once for
    /// another that is read, however often a damaged block claims to be long; and memory is asked for
    /// as bytes arrive, whatever a block claims.
    fn make_room(&mut self) {
        if self.end < self.buffer.len() {
            return;
        }
        if self.start > 0 && self.start >= self.end - self.start {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        } else {
            let room = self.buffer.len().max(CHUNK);
            self.buffer.resize(self.buffer.len() + room, 0);
        }
    }
}

impl<R: Read> Source for Stream<R> {
    fn fill(&mut self, n: usize) -> io::Result<()> {
        while self.end - self.start < n {
            self.make_room();
            match self.inner.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                // A reader that claims more than it was given is not believed.
                Ok(read) => self.end = (self.end + read).min(self.buffer.len()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn unread(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    fn consume(&mut self, n: usize) {
        let n = n.min(self.end - self.start);
        self.start += n;
        self.position += n as u64;
    }

    fn position(&self) -> u64 {
        self.position
    }
}

impl<R: Read + Seek> SeekSource for Stream<R> {
    fn seek(&mut self, position: u64) -> io::Result<()> {
        self.inner.seek(SeekFrom::Start(position))?;
        (self.start, self.end, self.position) = (0, 0, position);
        Ok(())
    }
}

/// A file in memory: a slice, a vector, `Bytes`, a mapped file. Its blocks are not copied.
#[derive(Debug)]
pub struct Memory<B> {
    bytes: B,
    at: usize,
}

impl<B: AsRef<[u8]>> Memory<B> {
    pub(super) fn new(bytes: B) -> Self {
        Self { bytes, at: 0 }
    }

    /// The whole file.
    pub fn into_inner(self) -> B {
        self.bytes
    }
}

impl<B: AsRef<[u8]>> Source for Memory<B> {
    fn fill(&mut self, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn unread(&self) -> &[u8] {
        self.bytes.as_ref().get(self.at..).unwrap_or_default()
    }

    fn consume(&mut self, n: usize) {
        self.at += n.min(self.unread().len());
    }

    fn position(&self) -> u64 {
        self.at as u64
    }
}

impl<B: AsRef<[u8]>> SeekSource for Memory<B> {
    fn seek(&mut self, position: u64) -> io::Result<()> {
        let end = self.bytes.as_ref().len();
        self.at = usize::try_from(position).unwrap_or(end).min(end);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of damaged blocks, each of which claims to be longer than the file.
    #[test]
    fn what_is_passed_over_bit_by_bit_is_not_moved_each_time() {
        const FILE: usize = 1 << 20;
        let mut source = Stream::new(io::repeat(7).take(FILE as u64));
        let (mut moved, mut passed) = (0, 0);
        while passed < FILE {
            let before = source.start;
            source.fill(1 << 30).unwrap();
            if source.start < before {
                moved += source.unread().len();
            }
            let few = source.unread().len().min(40);
            source.consume(few);
            passed += few;
        }
        assert!(moved <= 2 * FILE, "{moved} bytes were moved");
        assert_eq!(source.position(), FILE as u64);
    }

    #[test]
    fn a_long_stream_takes_the_room_of_its_blocks_alone() {
        let mut source = Stream::new(io::repeat(7));
        for block in [70_000, 1_000, 130_000, 64_000, 100].repeat(100) {
            source.fill(block).unwrap();
            assert!(source.unread().len() >= block);
            source.consume(block);
        }
        assert!(
            source.buffer.len() <= 4 * 130_000,
            "{}",
            source.buffer.len()
        );
    }
}
