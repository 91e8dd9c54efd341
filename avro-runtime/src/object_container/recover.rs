//! Going on behind damage.

use core::fmt;

use super::error::{Error, count};
use super::object::Object;
use super::reader::Reader;
use super::source::Source;

/// What could not be read, and was passed over.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loss {
    /// What was wrong.
    pub error: Error,
    /// Where in the file it begins: at the block that is damaged.
    pub position: u64,
    /// How many bytes of the file were passed over, objects of the block that were read included.
    pub bytes: u64,
    /// How many objects are lost. None where the block itself is damaged, so that nobody knows.
    pub objects: Option<u64>,
}

/// What can be saved of a file, and what is lost, in the order of the file.
#[derive(Debug)]
pub struct Salvage<T: Object, S> {
    reader: Reader<T, S>,
    ended: bool,
}

impl<T: Object, S: Source> Reader<T, S> {
    /// Goes on behind what the reader stopped at: with the next block, or, where the block itself is
    /// damaged, behind the next sync marker. None if there was no error.
    ///
    /// # Errors
    /// The file cannot be read; the reader can recover from that too.
    pub fn recover(&mut self) -> Result<Option<Loss>, Error> {
        let Some(failure) = self.failure.take() else {
            return Ok(None);
        };
        let position = self.blocks.position();
        match failure.objects {
            Some(_) => self.blocks.pass(),
            None => {
                if let Err(error) = self.blocks.resync() {
                    return Err(self.fail(error, None));
                }
            }
        }
        self.forget();
        Ok(Some(Loss {
            error: failure.error,
            position,
            bytes: self.blocks.position() - position,
            objects: failure.objects,
        }))
    }

    /// Everything that can be saved, with what is lost where it is lost.
    ///
    /// ```no_run
    /// # use avro_runtime::object_container::{Error, Reader};
    /// # fn keep<T>(_: T) {}
    /// # fn f<T: avro_runtime::AvroSchema>(file: std::fs::File) -> Result<(), Error> {
    /// for object in Reader::<T, _>::new(file)?.salvage() {
    ///     match object {
    ///         Ok(value) => keep(value),
    ///         Err(loss) => eprintln!("{loss}"),
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    pub fn salvage(self) -> Salvage<T, S> {
        let reader = self;
        Salvage {
            reader,
            ended: false,
        }
    }
}

impl<T: Object, S: Source> Iterator for Salvage<T, S> {
    type Item = Result<T, Loss>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.reader.read() {
            Ok(value) => value.map(Ok),
            Err(error) => match self.reader.recover() {
                Ok(loss) => loss.map(Err),
                // The file itself cannot be read any further.
                Err(_) => {
                    self.ended = true;
                    Some(Err(Loss {
                        error,
                        position: self.reader.blocks.position(),
                        bytes: 0,
                        objects: None,
                    }))
                }
            },
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            error,
            position,
            bytes,
            objects,
        } = self;
        match objects {
            Some(objects) => write!(f, "{} lost: {error}", count(*objects, "object")),
            None => {
                let bytes = count(*bytes, "byte");
                write!(f, "{bytes} lost from byte {position} on: {error}")
            }
        }
    }
}
