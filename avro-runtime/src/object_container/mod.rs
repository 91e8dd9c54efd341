//! Object container files: a schema, then blocks of data (specification 1.12, "Object Container
//! Files").
//!
//! A [`Reader`] and a [`Writer`] are of a generated type, or of [`dynamic::Value`], whose schema is
//! the file's. Data of other versions are read by schema resolution.
//!
//! ```no_run
//! use avro_runtime::object_container::{Reader, Writer};
//!
//! # fn f<T: avro_runtime::AvroSchema>(values: &[T]) -> Result<(), Box<dyn std::error::Error>> {
//! let mut writer = Writer::<T, _>::new(std::fs::File::create("events.avro")?)?;
//! for value in values {
//!     writer.write(value)?;
//! }
//! writer.finish()?;
//!
//! for value in Reader::<T, _>::new(std::fs::File::open("events.avro")?)? {
//!     let value = value?;
//! }
//! # Ok(()) }
//! ```
//!
//! | to | call |
//! |---|---|
//! | compress, set metadata or the size of blocks | [`WriterSettings`] |
//! | go on with a file that is there | [`WriterSettings::append`] |
//! | read into one value again and again | [`Reader::read_into`] |
//! | read without copying strings | [`Reader::next_block`], whose views borrow from the block; of a file in memory ([`Reader::from_bytes`]) nothing is copied at all |
//! | pass over blocks unread | [`Reader::skip_block`] |
//! | read a part of a file that is split among readers | [`Reader::sync`], [`Reader::past_sync`] |
//! | go on behind damage | [`Reader::recover`], [`Reader::salvage`] |
//! | decode on several threads, in order | [`ReaderSettings::open_parallel`] |
//! | read files of strangers, or trusted ones | [`FileLimits`] |
//!
//! Compression comes by features of avro-runtime, each by its name in the specification: `deflate`,
//! `snappy`, `bzip2`, `xz`, `zstandard`.
//!
//! [`dynamic::Value`]: crate::dynamic::Value

mod append;
mod block;
mod blocks;
mod budget;
mod codec;
mod error;
mod header;
mod limits;
mod object;
mod parallel;
mod position;
mod reader;
mod recover;
mod source;
mod sync;
mod writer;

pub use block::Block;
pub use codec::Codec;
pub use error::{BlockPlace, Error, ErrorKind, FileLimit};
pub use header::Header;
pub use limits::FileLimits;
pub use object::Object;
pub use parallel::Parallel;
pub use reader::{Reader, ReaderSettings};
pub use recover::{Loss, Salvage};
pub use source::{Memory, SeekSource, Source, Stream};
pub use writer::{Writer, WriterSettings};
