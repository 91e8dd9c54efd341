//! What `encode` and `decode` have in common: whose data they are, and what is wrong with them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use avro_model::{SchemaSet, SourceMap};
use avro_runtime::DecodeError;
use avro_runtime::dynamic::{Schema, Value};
use clap::Args;

use crate::input::{Inputs, is_stdin};
use crate::pick::{Picked, pick, pick_in, pick_older};
use crate::stop::Stop;

/// The schemas around the one that data have.
#[derive(Debug, Args)]
pub(super) struct Linked {
    /// Schema files, folders and globs, all linked together: what the
    /// schema refers to, and itself if no option names its file.
    /// Without any, and without that, the nearest avro.toml names them
    #[arg(value_name = "FILE", verbatim_doc_comment)]
    files: Vec<PathBuf>,
    /// The schema that is meant, where there are several: the fullname
    /// of a type, or the name of the file of a schema that has none
    #[arg(long = "type", value_name = "FULLNAME", verbatim_doc_comment)]
    name: Option<String>,
    /// Make warnings of the errors that other implementations accept
    /// and that leave no doubt about data
    #[arg(long, verbatim_doc_comment)]
    lenient: bool,
}

/// A file that an option names, and the schemas that are linked with it.
struct Side<'a> {
    file: Option<&'a Path>,
    sources: SourceMap,
    set: SchemaSet,
}

impl Linked {
    /// The schema of a file, or the one that is meant.
    pub(super) fn schema(&self, file: Option<&Path>, is_writer: bool) -> Result<Schema, Stop> {
        let side = self.side(file, is_writer)?;
        let picked = side.pick(self.name.as_deref())?;
        Ok(side.schema(picked))
    }

    /// The schema that data are read with, and the one that they were written with: of the same
    /// name, if one is given, or of one that the reader's has as an alias.
    pub(super) fn reader_and_writer(
        &self,
        reader: &Path,
        writer: Option<&Path>,
    ) -> Result<(Schema, Schema), Stop> {
        let name = self.name.as_deref();
        let reader = self.side(Some(reader), false)?;
        let writer = self.side(writer, true)?;
        let read = reader.pick(name)?;
        let written = match name {
            Some(_) => pick_older(&writer.set, read, &reader.set)?,
            None => writer.pick(None)?,
        };
        Ok((reader.schema(read), writer.schema(written)))
    }

    fn side<'a>(&self, file: Option<&'a Path>, is_writer: bool) -> Result<Side<'a>, Stop> {
        let own = file.map(Path::to_owned);
        let files: Vec<PathBuf> = own.into_iter().chain(self.files.iter().cloned()).collect();
        if files.iter().any(|path| is_stdin(path)) {
            return Err(Stop::usage("stdin has the data: name the schema's file"));
        }
        let inputs = Inputs::of(files, self.lenient || is_writer);
        let (sources, set) = inputs.compile()?;
        Ok(Side { file, sources, set })
    }
}

impl Side<'_> {
    fn pick(&self, name: Option<&str>) -> Result<Picked<'_>, Stop> {
        match (name, self.file) {
            (None, Some(file)) => pick_in(&self.set, &self.sources, file),
            _ => pick(&self.set, name),
        }
    }

    fn schema(&self, picked: Picked<'_>) -> Schema {
        let set = Arc::new(self.set.clone());
        match picked {
            Picked::Type(id) => Schema::of_type(set, id),
            Picked::Root(root) => Schema::of(set, root.schema.clone()),
        }
    }
}

/// Refuses a schema whose datum takes no bytes: of many on end nobody could tell how many there are.
pub(super) fn refuse_uncountable(schema: &Schema) -> Result<(), Stop> {
    match Value::from_datum(schema, &[]) {
        Ok(_) => Err(Stop::usage(
            "a datum of the schema takes no bytes, so that in binary nobody could tell how many \
             there are: use hex",
        )),
        Err(_) => Ok(()),
    }
}

/// What is wrong with a datum, where in the value, and at which byte; the datum begins at byte
/// `start`.
pub(super) fn describe(error: &DecodeError, start: usize) -> String {
    let (kind, path, byte) = (error.kind(), error.path(), start + error.offset());
    match path.is_empty() {
        true => format!("{kind} at byte {byte}"),
        false => format!("{kind} in {path} at byte {byte}"),
    }
}
