//! Going on with a file that is there.

use std::io::{Read, Seek, SeekFrom, Write};

use super::codec::Codec;
use super::error::{Error, ErrorKind};
use super::header::Header;
use super::limits::FileLimits;
use super::object::Object;
#[cfg(feature = "json")]
use super::object::linked_values;
use super::source::Stream;
use super::sync;
use super::writer::{Writer, WriterSettings};
use crate::AvroSchema;
use crate::resolve::{linked, root};
use avro_model::{canonical, identity};

impl WriterSettings {
    /// Goes on at the end of a file whose schema is the same as that of `T`, with its sync marker and
    /// its codec. [`codec`](Self::codec) may set another level; metadata and sync marker are the
    /// file's own.
    ///
    /// The file has to be open for reading and for writing, and not in the system's append mode
    /// alone.
    ///
    /// # Errors
    /// A file that is no container file, has another schema or codec, or does not end in its sync
    /// marker.
    pub fn append<T: AvroSchema, F: Read + Write + Seek>(
        self,
        mut file: F,
    ) -> Result<Writer<T, F>, Error> {
        let header = self.header_of(&mut file)?;
        if header.schema() != T::SCHEMA {
            same_schema::<T>(header.schema())?;
        }
        self.append_with(file, &header, ())
    }

    /// Goes on at the end of a file with values of its schema.
    ///
    /// # Errors
    /// Those of [`append`](Self::append).
    #[cfg(feature = "json")]
    pub fn append_values<F: Read + Write + Seek>(
        self,
        mut file: F,
    ) -> Result<Writer<crate::dynamic::Value, F>, Error> {
        let header = self.header_of(&mut file)?;
        let encoder = linked_values(header.schema()).map_err(ErrorKind::Schema)?;
        self.append_with(file, &header, encoder)
    }

    fn header_of<F: Read + Seek>(&self, file: &mut F) -> Result<Header, Error> {
        file.rewind()?;
        Header::read(&mut Stream::new(file), &FileLimits::default())
    }

    fn append_with<T: Object, F: Read + Write + Seek>(
        self,
        mut file: F,
        header: &Header,
        encoder: T::Encoder,
    ) -> Result<Writer<T, F>, Error> {
        let codec = self.codec_of(header)?;
        let marker = header.sync_marker();
        let end = file.seek(SeekFrom::End(0))?;
        let mut last = [0; sync::LEN];
        file.seek(SeekFrom::Start(end.saturating_sub(sync::LEN as u64)))?;
        file.read_exact(&mut last)?;
        if last != marker {
            return Err(ErrorKind::Unfinished.into());
        }
        file.seek(SeekFrom::Start(end))?;
        let compressor = codec.compressor()?;
        Ok(Writer::at(file, encoder, compressor, self, marker, end))
    }

    /// The file's codec, at the level that was set.
    fn codec_of(&self, header: &Header) -> Result<Codec, ErrorKind> {
        let of_file = Codec::named(header.codec())?;
        match self.codec {
            _ if !self.metadata.is_empty() => Err(ErrorKind::AlreadySet("metadata")),
            _ if self.sync_marker.is_some() => Err(ErrorKind::AlreadySet("sync marker")),
            Some(codec) if codec.name() != of_file.name() => Err(ErrorKind::AlreadySet("codec")),
            Some(codec) => Ok(codec),
            None => Ok(of_file),
        }
    }
}

fn same_schema<T: AvroSchema>(file: &str) -> Result<(), ErrorKind> {
    let set = linked(file).map_err(ErrorKind::Schema)?;
    let schema = &root(&set).map_err(ErrorKind::Schema)?.schema;
    if identity::of(&set, schema) == T::IDENTITY {
        return Ok(());
    }
    Err(ErrorKind::OtherSchema {
        file: canonical::form(&set, schema).into(),
        values: T::CANONICAL_FORM.into(),
    })
}
