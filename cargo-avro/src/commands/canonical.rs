//! `cargo avro canonical`: the Parsing Canonical Form.

use avro_model::SchemaSet;
use avro_model::canonical::{form, form_of_type};
use clap::Args;

use super::one::One;
use crate::output::Output;
use crate::pick::Picked;
use crate::stop::{Outcome, Verdict};

const EXAMPLES: &str = "\
Examples:
  cargo avro canonical Order.avsc
  cargo avro canonical schemas --type shop.Order
  cargo avro canonical - < Order.avsc";

/// Print the Parsing Canonical Form of a schema
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Canonical {
    #[command(flatten)]
    one: One,
}

impl Canonical {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let form = self.one.work(canonical_form)?;
        output.print_schema(&format!("{form}\n"));
        Ok(Verdict::Good)
    }
}

/// The Parsing Canonical Form.
pub(super) fn canonical_form(set: &SchemaSet, picked: Picked<'_>) -> String {
    match picked {
        Picked::Type(id) => form_of_type(set, id),
        Picked::Root(root) => form(set, &root.schema),
    }
}
