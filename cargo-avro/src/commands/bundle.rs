//! `cargo avro bundle`: one self-contained schema.

use avro_model::SchemaSet;
use avro_model::bundle::{of_type, schema};
use clap::Args;

use super::one::One;
use crate::output::Output;
use crate::pick::Picked;
use crate::stop::{Outcome, Verdict};

const EXAMPLES: &str = "\
Examples:
  cargo avro bundle schemas --type shop.Order > Order.avsc
  cargo avro bundle Order.avsc Money.avsc --type shop.Order

The text is the source's own, minified, with every attribute in its order: what is registered, and
what generated code has as SCHEMA.";

/// Print one self-contained schema: every type defined where it is first used
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Bundle {
    #[command(flatten)]
    one: One,
}

impl Bundle {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let schema = self.one.work(self_contained)?;
        output.print_schema(&format!("{schema}\n"));
        Ok(Verdict::Good)
    }
}

fn self_contained(set: &SchemaSet, picked: Picked<'_>) -> String {
    match picked {
        Picked::Type(id) => of_type(set, id),
        Picked::Root(root) => schema(set, root),
    }
}
