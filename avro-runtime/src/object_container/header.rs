//! The header: what a file says about itself before its first block.

use std::collections::BTreeMap;

use super::error::{Error, ErrorKind, FileLimit};
use super::limits::FileLimits;
use super::source::Source;
use super::sync::{self, Marker};
use crate::{DecodeError, DecodeErrorKind, Limit, Limits, Reader, Writer};

/// The first four bytes of a file.
pub(super) const MAGIC: [u8; 4] = *b"Obj\x01";

/// The keys that the specification has.
const SCHEMA: &str = "avro.schema";
const CODEC: &str = "avro.codec";

/// How keys of the format's own begin.
pub(super) const RESERVED: &str = "avro.";

/// What is asked of a stream at first: most headers are shorter.
const FIRST_FILL: usize = 4 << 10;

/// What a file says about itself before its first block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    schema: Box<str>,
    metadata: BTreeMap<String, Vec<u8>>,
    sync_marker: Marker,
    len: u64,
}

impl Header {
    /// The schema, as its writer put it: `avro.schema`.
    #[must_use]
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// The name of the codec: `avro.codec`, or "null" where the file names none.
    #[must_use]
    pub fn codec(&self) -> &[u8] {
        self.get(CODEC).unwrap_or(b"null")
    }

    /// The metadata under this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&[u8]> {
        Some(self.metadata.get(key)?)
    }

    /// All metadata, those of the format itself included, in the order of the keys.
    pub fn metadata(&self) -> impl ExactSizeIterator<Item = (&str, &[u8])> {
        let entries = self.metadata.iter();
        entries.map(|(key, value)| (key.as_str(), value.as_slice()))
    }

    /// What stands behind every block.
    #[must_use]
    pub fn sync_marker(&self) -> [u8; 16] {
        self.sync_marker
    }

    /// The header's length, which is where the first block begins.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a header is never empty")]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// The bytes of a header.
    pub(super) fn write(
        schema: &str,
        codec: &str,
        metadata: &BTreeMap<String, Vec<u8>>,
        sync_marker: &Marker,
    ) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut w = Writer::new(&mut out, schema.len() + 64);
        w.index(metadata.len() + 2);
        for (key, value) in [(CODEC, codec), (SCHEMA, schema)] {
            w.bytes(key.as_bytes());
            w.bytes(value.as_bytes());
        }
        for (key, value) in metadata {
            w.bytes(key.as_bytes());
            w.bytes(value);
        }
        w.index(0);
        w.array(sync_marker);
        w.finish();
        out
    }

    /// Reads the header and passes over it.
    pub(super) fn read<S: Source>(source: &mut S, limits: &FileLimits) -> Result<Self, Error> {
        let mut wanted = FIRST_FILL;
        loop {
            source.fill(wanted)?;
            let unread = source.unread();
            let is_all = unread.len() < wanted;
            let within = &unread[..unread.len().min(limits.header)];
            match Self::parse(within, limits) {
                Ok(header) => {
                    let len = usize::try_from(header.len).unwrap_or(usize::MAX);
                    source.consume(len);
                    return Ok(header);
                }
                Err(ErrorKind::HeaderTruncated) if within.len() == limits.header => {
                    return Err(ErrorKind::LimitExceeded(FileLimit::Header).into());
                }
                Err(ErrorKind::HeaderTruncated) if !is_all => {
                    wanted = unread.len().saturating_mul(2).min(limits.header);
                }
                Err(kind) => return Err(kind.into()),
            }
        }
    }

    fn parse(bytes: &[u8], limits: &FileLimits) -> Result<Self, ErrorKind> {
        if !bytes.starts_with(&MAGIC) {
            return Err(ErrorKind::NotAContainer(bytes.first_chunk().copied()));
        }
        let limits = Limits {
            items: limits.metadata,
            ..Limits::TRUSTED
        };
        let mut r = Reader::with_limits(bytes, limits);
        let (metadata, sync_marker) = fields(&mut r).map_err(header_error)?;
        let schema = metadata.get(SCHEMA).ok_or(ErrorKind::MissingSchema)?;
        let schema = core::str::from_utf8(schema).map_err(|error| {
            let kind = DecodeErrorKind::InvalidUtf8;
            ErrorKind::Header(DecodeError::new(kind, error.valid_up_to()))
        })?;
        Ok(Self {
            schema: schema.into(),
            metadata,
            sync_marker,
            len: r.position() as u64,
        })
    }
}

/// Magic, metadata, sync marker.
fn fields(r: &mut Reader<'_>) -> Result<(BTreeMap<String, Vec<u8>>, Marker), DecodeError> {
    r.take(MAGIC.len())?;
    let mut metadata = BTreeMap::new();
    loop {
        let count = r.block(2, 0)?;
        if count == 0 {
            break;
        }
        for _ in 0..count {
            let key = r.str()?;
            metadata.insert(key.to_owned(), r.bytes()?.to_vec());
        }
    }
    Ok((metadata, r.array::<{ sync::LEN }>()?))
}

fn header_error(error: DecodeError) -> ErrorKind {
    match error.kind() {
        DecodeErrorKind::UnexpectedEnd => ErrorKind::HeaderTruncated,
        DecodeErrorKind::LimitExceeded(Limit::Items) => {
            ErrorKind::LimitExceeded(FileLimit::Metadata)
        }
        _ => ErrorKind::Header(error),
    }
}
