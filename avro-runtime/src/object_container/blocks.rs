//! The blocks of a file, one after another, as they stand in it.

use super::error::{Error, ErrorKind, FileLimit};
use super::header::MAGIC;
use super::limits::FileLimits;
use super::source::{SeekSource, Source};
use super::sync::{self, Marker};
use crate::{DecodeErrorKind, Limits, Reader};

/// The length of the two numbers with which a block begins, at most.
const MOST_HEAD: usize = 20;

/// A source, which stands at the beginning of a block.
#[derive(Debug)]
pub(super) struct Blocks<S> {
    source: S,
    marker: Marker,
    longest: usize,
    /// The block at hand, not yet passed.
    current: Option<Extent>,
    /// The number of the next.
    number: u64,
}

/// A block that is whole: its numbers make sense and the sync marker is behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) number: u64,
    /// Where it begins in the file.
    pub(super) position: u64,
    pub(super) objects: u64,
    head: usize,
    size: usize,
}

impl Extent {
    /// How many bytes stand in the file between its numbers and its sync marker.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    fn len(&self) -> usize {
        self.head + self.size + sync::LEN
    }

    /// An error in this block.
    #[cold]
    pub(super) fn error(&self, kind: ErrorKind) -> Error {
        Error::in_block(kind, self.number, self.position)
    }
}

impl<S: Source> Blocks<S> {
    /// The blocks of a source that stands behind the header.
    pub(super) fn new(source: S, marker: Marker, limits: &FileLimits) -> Self {
        Self {
            source,
            marker,
            longest: limits.block,
            current: None,
            number: 0,
        }
    }

    /// Passes over the block at hand, and finds the next. After an error the source stands at the
    /// beginning of the block that is damaged.
    pub(super) fn next(&mut self) -> Result<Option<Extent>, Error> {
        self.pass();
        let position = self.source.position();
        match self.extent(position) {
            Ok(Some(extent)) => {
                self.current = Some(extent);
                self.number += 1;
                Ok(Some(extent))
            }
            Ok(None) => Ok(None),
            Err(kind) => {
                let number = self.number;
                Err(Error::in_block(kind, number, position))
            }
        }
    }

    /// The bytes of the block at hand, compressed or not.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        match &self.current {
            Some(Extent { head, size, .. }) => {
                let unread = self.source.unread();
                unread.get(*head..*head + *size).unwrap_or_default()
            }
            None => &[],
        }
    }

    /// Passes over the block at hand.
    pub(super) fn pass(&mut self) {
        if let Some(extent) = self.current.take() {
            self.source.consume(extent.len());
        }
    }

    /// Where the block at hand begins, or else the next.
    pub(super) fn position(&self) -> u64 {
        self.source.position()
    }

    /// Where the next block begins.
    pub(super) fn following(&self) -> u64 {
        let len = self.current.as_ref().map_or(0, Extent::len);
        self.source.position() + len as u64
    }

    /// Goes on behind the next sync marker, or to the end of the file if there is none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn resync(&mut self) -> Result<(), Error> {
        self.current = None;
        self.number += 1;
        self.source.fill(MAGIC.len())?;
        match self.source.unread().starts_with(&MAGIC) {
            // Another file, which may have another schema and, by chance or by its writer's will,
            // this marker.
            true => self.pass_all(),
            false => self.find_marker(),
        }
    }

    fn pass_all(&mut self) -> Result<(), Error> {
        loop {
            self.source.fill(1)?;
            match self.source.unread().len() {
                0 => return Ok(()),
                rest => self.source.consume(rest),
            }
        }
    }

    fn find_marker(&mut self) -> Result<(), Error> {
        loop {
            self.source.fill(sync::LEN)?;
            let unread = self.source.unread();
            if unread.len() < sync::LEN {
                let rest = unread.len();
                self.source.consume(rest);
                return Ok(());
            }
            match sync::find(&self.marker, unread) {
                Some(at) => {
                    self.source.consume(at + sync::LEN);
                    return Ok(());
                }
                // The last bytes may be the marker's first.
                None => {
                    let passed = unread.len() - (sync::LEN - 1);
                    self.source.consume(passed);
                }
            }
        }
    }

    fn extent(&mut self, position: u64) -> Result<Option<Extent>, ErrorKind> {
        self.source.fill(MOST_HEAD)?;
        let unread = self.source.unread();
        if unread.is_empty() {
            return Ok(None);
        }
        // As a block's number of objects this would be -40.
        if unread.starts_with(&MAGIC) {
            return Err(ErrorKind::Concatenated);
        }
        let (count, size, head) = numbers(&unread[..unread.len().min(MOST_HEAD)])?;
        let objects = u64::try_from(count).map_err(|_| ErrorKind::InvalidCount(count))?;
        let size = u64::try_from(size).map_err(|_| ErrorKind::InvalidSize(size))?;
        let size = match usize::try_from(size) {
            Ok(size) if size <= self.longest => size,
            _ => return Err(ErrorKind::LimitExceeded(FileLimit::Block)),
        };
        let extent = Extent {
            number: self.number,
            position,
            objects,
            head,
            size,
        };
        self.source.fill(extent.len())?;
        let unread = self.source.unread();
        match unread.get(head + size..extent.len()) {
            Some(marker) if marker == self.marker => Ok(Some(extent)),
            Some(_) => Err(ErrorKind::NoSyncMarker),
            None => Err(ErrorKind::Truncated {
                missing: (extent.len() - unread.len()) as u64,
            }),
        }
    }
}

impl<S: SeekSource> Blocks<S> {
    /// Goes to the first block behind a sync marker that begins at this position or later.
    pub(super) fn sync(&mut self, position: u64) -> Result<(), Error> {
        self.seek(position)?;
        self.find_marker()
    }

    /// Goes to the block that begins at this position.
    pub(super) fn seek(&mut self, position: u64) -> Result<(), Error> {
        self.current = None;
        self.number = 0;
        Ok(self.source.seek(position)?)
    }
}

/// A block's number of objects and of bytes, and how many bytes they take.
fn numbers(head: &[u8]) -> Result<(i64, i64, usize), ErrorKind> {
    let mut r = Reader::with_limits(head, Limits::TRUSTED);
    let both = r.long().and_then(|count| Ok((count, r.long()?)));
    match both {
        Ok((count, size)) => Ok((count, size, r.position())),
        Err(error) => Err(match error.kind() {
            DecodeErrorKind::UnexpectedEnd => ErrorKind::Truncated { missing: 1 },
            _ => ErrorKind::InvalidBlock(error),
        }),
    }
}
