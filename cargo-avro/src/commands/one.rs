//! The one schema that some commands work on.

use avro_model::SchemaSet;
use clap::Args;

use crate::input::Inputs;
use crate::pick::{Picked, pick};
use crate::stop::Stop;

/// The one schema that a command works on.
#[derive(Debug, Args)]
pub(super) struct One {
    #[command(flatten)]
    inputs: Inputs,
    /// The schema that is meant, where there are several: the fullname
    /// of a type, or the name of the file of a schema that has none
    #[arg(long = "type", value_name = "FULLNAME", verbatim_doc_comment)]
    name: Option<String>,
}

impl One {
    /// Makes something of the schema.
    pub(super) fn work<T>(&self, work: impl Fn(&SchemaSet, Picked<'_>) -> T) -> Result<T, Stop> {
        let (_, set) = self.inputs.compile()?;
        let picked = pick(&set, self.name.as_deref())?;
        Ok(work(&set, picked))
    }
}
