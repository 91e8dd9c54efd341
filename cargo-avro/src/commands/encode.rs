//! `cargo avro encode`: Avro JSON → binary data.

use std::path::PathBuf;

use avro_runtime::DecodeError;
use avro_runtime::dynamic::{Schema, Value};
use clap::{Args, value_parser};

use super::data::{Linked, describe, refuse_uncountable};
use crate::encoding::{Encoding, confluent_prefix, single_object_prefix};
use crate::output::Output;
use crate::stdin::{Line, each_line};
use crate::stop::{Outcome, Stop};

const EXAMPLES: &str = "\
Examples:
  cargo avro encode --schema Order.avsc < orders.jsonl
  cargo avro encode --schema Order.avsc Money.avsc --output-encoding base64 < orders.jsonl
  jq -c .order events.json | cargo avro encode schemas --type shop.Order
  cargo avro encode --schema Order.avsc --output-encoding confluent --schema-id 7 < orders.jsonl

stdin has one datum a line, in the specification's JSON encoding: {\"note\": {\"string\": \"x\"}} for a
branch of a union, a character up to U+00FF for each byte, \"NaN\", \"Infinity\" and \"-Infinity\" for
what JSON has no number for. A field that is missing takes its default.

stdout has one datum a line in hex or base64, one message a line in hex (confluent: a zero byte, the
schema's id, the datum; single-object: c3 01, the schema's fingerprint, the datum), or with binary
one datum after another.

A bad line is told on stderr, with its number, the place in the value and the byte of the line,
counted from 0, and passed over: the others are written, and the exit code is 1.
Exit codes: 0, 1 if a line is bad or the schema has an error, 2 if the command was called wrongly or
a file cannot be read.";

/// A registry's ids are Java's ints.
const MAX_SCHEMA_ID: i64 = i32::MAX as i64;

/// Write data that are given as JSON: in hex, base64, binary, or as messages
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Encode {
    /// The file of the schema
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    #[command(flatten)]
    linked: Linked,
    /// How data are written
    #[arg(long, value_enum, default_value_t = Encoding::Hex, hide_possible_values = true,
        value_name = "hex|binary|base64|confluent|single-object")]
    output_encoding: Encoding,
    /// The id that a schema registry has given the schema; for confluent
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(..=MAX_SCHEMA_ID),
        required_if_eq("output_encoding", "confluent"))]
    schema_id: Option<u32>,
}

impl Encode {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let encoding = self.output_encoding;
        let schema = self.linked.schema(self.schema.as_deref(), false)?;
        let prefix = self.prefix(&schema)?;
        if encoding == Encoding::Binary {
            refuse_uncountable(&schema)?;
        }
        each_line(output, |line, output| {
            let value = read(&schema, line)?;
            let message = [&prefix[..], &value.to_datum()].concat();
            output.write(&encoding.write(&message));
            Ok(())
        })
    }

    /// What every message begins with.
    fn prefix(&self, schema: &Schema) -> Result<Vec<u8>, Stop> {
        match (self.output_encoding, self.schema_id) {
            (Encoding::Confluent, Some(id)) => Ok(confluent_prefix(id)),
            (_, Some(_)) => Err(Stop::usage(
                "--schema-id is for --output-encoding confluent: nothing else that is written has it",
            )),
            (Encoding::SingleObject, None) => Ok(single_object_prefix(schema)),
            (_, None) => Ok(Vec::new()),
        }
    }
}

fn read(schema: &Schema, line: Line<'_>) -> Result<Value, String> {
    let text = std::str::from_utf8(line.bytes)
        .map_err(|error| format!("no UTF-8 text at byte {}", error.valid_up_to()))?;
    let told = |error: DecodeError| describe(&error, 0);
    Value::from_json(schema, text).map_err(told)
}
