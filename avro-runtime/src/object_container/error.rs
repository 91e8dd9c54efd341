//! Why a container file could not be read or written, and where.

use core::fmt;
use std::io;
use std::sync::Arc;

use crate::error::Count;
use crate::{DecodeError, EncodeError, ResolveError};

/// Why a container file could not be read or written; in a block, which one and where it begins.
///
/// Eight bytes wide and cheap to clone.
#[derive(Clone)]
pub struct Error(Arc<Details>);

struct Details {
    kind: ErrorKind,
    block: Option<BlockPlace>,
}

/// A block of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BlockPlace {
    /// Its number, counted from 0 where reading began, damaged blocks included.
    pub number: u64,
    /// Where it begins in the file, in bytes.
    pub position: u64,
}

/// What was wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file could not be read or written.
    Io(io::Error),
    /// The file does not begin as container files do; its first four bytes, if it has as many.
    NotAContainer(Option<[u8; 4]>),
    /// Where a block should begin, another container file does: files were put one behind another.
    /// The place of the error says at which byte.
    Concatenated,
    /// The file ends inside its header.
    HeaderTruncated,
    /// The header's metadata are no map of bytes.
    Header(DecodeError),
    /// The header holds no schema.
    MissingSchema,
    /// The file's schema is none, or cannot be read as the schema that was asked for.
    Schema(ResolveError),
    /// A codec that the specification does not have.
    UnknownCodec(Box<str>),
    /// A codec whose feature of avro-runtime is not switched on; it has the codec's name.
    CodecNotCompiled(&'static str),
    /// A limit of [`FileLimits`](super::FileLimits) is crossed.
    LimitExceeded(FileLimit),
    /// The number of objects or of bytes with which a block begins is none.
    InvalidBlock(DecodeError),
    /// A block of fewer than no objects.
    InvalidCount(i64),
    /// A block of fewer than no bytes.
    InvalidSize(i64),
    /// The file ends inside a block: so many bytes are missing, if its size is right.
    Truncated {
        /// How many.
        missing: u64,
    },
    /// The block does not end in the file's sync marker: it, its size or the marker is damaged.
    NoSyncMarker,
    /// The block's bytes are not what the codec writes; says why.
    Decompress(Box<str>),
    /// The block's data do not have the checksum that was written with them.
    Checksum,
    /// So many bytes of data cannot hold so many objects.
    TooManyObjects {
        /// How many objects the block says that it has.
        objects: u64,
        /// The length of its data.
        bytes: usize,
    },
    /// An object is no datum of the file's schema, or none that the reader has a value for.
    Datum {
        /// Which object of the block, counted from 0.
        object: u64,
        /// What is wrong with it; the offset is counted from where the object begins.
        error: DecodeError,
    },
    /// So many bytes are left over behind the block's last object.
    LeftOver(usize),
    /// A value that is to be written does not fit the schema.
    Encode(EncodeError),
    /// Metadata under this key are the format's own: keys that begin with "avro.".
    ReservedKey(Box<str>),
    /// The codec has no such level.
    InvalidLevel {
        /// The codec.
        codec: &'static str,
        /// The level asked for.
        level: i64,
        /// The lowest level that it has.
        least: i64,
        /// The highest.
        most: i64,
    },
    /// A codec could not compress.
    Compress(Box<str>),
    /// Values of this schema cannot be written to a file with that one.
    OtherSchema {
        /// The file's schema, in Parsing Canonical Form.
        file: Box<str>,
        /// The schema of what is to be written.
        values: Box<str>,
    },
    /// What was set for a file that is appended to and that the file has already: "codec",
    /// "metadata" or "sync marker".
    AlreadySet(&'static str),
    /// The file that is to be appended to does not end in its sync marker: its last block is not
    /// whole.
    Unfinished,
    /// A thread that decodes blocks ended early.
    Thread,
}

/// A limit of [`FileLimits`](super::FileLimits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileLimit {
    /// [`FileLimits::header`](super::FileLimits::header).
    Header,
    /// [`FileLimits::metadata`](super::FileLimits::metadata).
    Metadata,
    /// [`FileLimits::block`](super::FileLimits::block).
    Block,
    /// [`FileLimits::data`](super::FileLimits::data).
    Data,
    /// [`FileLimits::file_data`](super::FileLimits::file_data) and
    /// [`FileLimits::expansion`](super::FileLimits::expansion).
    FileData,
    /// [`FileLimits::empty_values`](super::FileLimits::empty_values).
    EmptyValues,
}

impl Error {
    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The block that it is wrong in; none for the header and for what is not the file's fault.
    #[must_use]
    pub fn block(&self) -> Option<BlockPlace> {
        self.0.block
    }

    #[cold]
    pub(super) fn in_block(kind: ErrorKind, number: u64, position: u64) -> Self {
        let block = Some(BlockPlace { number, position });
        Self(Arc::new(Details { kind, block }))
    }
}

impl From<ErrorKind> for Error {
    #[cold]
    fn from(kind: ErrorKind) -> Self {
        let block = None;
        Self(Arc::new(Details { kind, block }))
    }
}

impl From<io::Error> for ErrorKind {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        ErrorKind::Io(error).into()
    }
}

impl fmt::Display for FileLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "the header's length",
            Self::Metadata => "entries of metadata",
            Self::Block => "a block's length in the file",
            Self::Data => "the length of a block's data",
            Self::FileData => "the data of all blocks together",
            Self::EmptyValues => "values that take no bytes",
        })
    }
}

impl FileLimit {
    /// What sets it.
    fn setting(self) -> &'static str {
        match self {
            Self::Header => "FileLimits::header",
            Self::Metadata => "FileLimits::metadata",
            Self::Block => "FileLimits::block",
            Self::Data => "FileLimits::data",
            Self::FileData => "FileLimits::file_data or FileLimits::expansion",
            Self::EmptyValues => "FileLimits::empty_values",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::NotAContainer(start) => {
                f.write_str("this is no Avro object container file: it ")?;
                match start {
                    Some([a, b, c, d]) => write!(
                        f,
                        "begins with the bytes {a:02x} {b:02x} {c:02x} {d:02x} and not with 4f 62 6a 01"
                    ),
                    None => f.write_str("has fewer than four bytes"),
                }
            }
            Self::Concatenated => f.write_str(
                "another container file begins here; files put one behind another are not one file: split them at this byte and read each by itself",
            ),
            Self::HeaderTruncated => f.write_str("the file ends inside its header"),
            Self::Header(error) => write!(f, "the header's metadata cannot be read: {error}"),
            Self::MissingSchema => f.write_str("the header has no \"avro.schema\""),
            Self::Schema(error) => error.fmt(f),
            Self::UnknownCodec(name) => {
                write!(f, "the file's codec {name:?} is none of the specification's")
            }
            Self::CodecNotCompiled(name) => write!(
                f,
                "the file's codec is {name:?}; switch on the feature {name:?} of avro-runtime"
            ),
            Self::LimitExceeded(limit) => write!(
                f,
                "the limit on {limit} is exceeded; raise {} if the file is trusted",
                limit.setting()
            ),
            Self::InvalidBlock(error) => {
                write!(f, "the block's number of objects or bytes is none: {error}")
            }
            Self::InvalidCount(count) => write!(f, "the block's number of objects is {count}"),
            Self::InvalidSize(size) => write!(f, "the block's number of bytes is {size}"),
            Self::Truncated { missing } => {
                let (bytes, are) = (count(*missing, "byte"), are(*missing));
                write!(
                    f,
                    "the file ends inside the block: {bytes} {are} missing, if its size is right"
                )
            }
            Self::NoSyncMarker => f.write_str(
                "the file's sync marker is not behind the block: the block, its size or the marker is damaged",
            ),
            Self::Decompress(why) => write!(f, "the block does not decompress: {why}"),
            Self::Checksum => f.write_str("the block's data do not have their checksum"),
            Self::TooManyObjects { objects, bytes } => {
                let (objects, bytes) = (count(*objects, "object"), Count(*bytes, "byte"));
                write!(f, "{bytes} of data cannot hold {objects}")
            }
            Self::Datum { object, error } => write!(f, "object {object}: {error} of the object"),
            Self::LeftOver(bytes) => {
                let (bytes, are) = (Count(*bytes, "byte"), are(*bytes as u64));
                write!(f, "{bytes} {are} left over behind the last object")
            }
            Self::Encode(error) => error.fmt(f),
            Self::ReservedKey(key) => write!(
                f,
                "the metadata key {key:?} is reserved: keys that begin with \"avro.\" are the format's own"
            ),
            Self::InvalidLevel {
                codec,
                level,
                least,
                most,
            } => write!(
                f,
                "the codec {codec:?} has no level {level}; its levels are {least} to {most}"
            ),
            Self::Compress(why) => write!(f, "the block cannot be compressed: {why}"),
            Self::OtherSchema { file, values } => write!(
                f,
                "values of another schema than the file's cannot be written to it: the file has {file}, the values have {values}"
            ),
            Self::AlreadySet(what) => write!(
                f,
                "the file that is appended to has its {what} already; set none, or write a new file"
            ),
            Self::Unfinished => f.write_str(
                "the file does not end in its sync marker, so that its last block is not whole; copy what can be read to a new file first",
            ),
            Self::Thread => f.write_str("a thread that decodes blocks could not run to its end"),
        }
    }
}

/// The same for what a file says, which may be more than memory has.
pub(super) fn count(number: u64, thing: &'static str) -> Count {
    Count(usize::try_from(number).unwrap_or(usize::MAX), thing)
}

fn are(number: u64) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(BlockPlace { number, position }) = self.0.block {
            write!(f, "block {number} at byte {position}: ")?;
        }
        self.0.kind.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("block", &self.0.block)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            ErrorKind::Io(error) => Some(error),
            ErrorKind::Header(error)
            | ErrorKind::InvalidBlock(error)
            | ErrorKind::Datum { error, .. } => Some(error),
            ErrorKind::Schema(error) => Some(error),
            ErrorKind::Encode(error) => Some(error),
            _ => None,
        }
    }
}
