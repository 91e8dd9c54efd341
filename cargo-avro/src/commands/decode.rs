//! `cargo avro decode`: binary data → Avro JSON, after schema resolution.

use std::path::PathBuf;

use avro_model::escape;
use avro_runtime::dynamic::{DynamicReader, Schema, Value};
use avro_runtime::{Limits, Reader};
use clap::Args;

use super::data::{Linked, describe, refuse_uncountable};
use crate::encoding::{Encoding, Form};
use crate::output::Output;
use crate::stdin::{Line, each_line, whole};
use crate::stop::{Outcome, Stop, Verdict};

const EXAMPLES: &str = "\
Examples:
  cargo avro decode --writer Order.avsc < orders.hex
  cargo avro decode --writer v1.avsc --reader v2.avsc --input-encoding base64 < orders.b64
  cargo avro decode schemas --type shop.Order --input-encoding binary < orders.bin
  kcat -C -b localhost -t orders -c 1 -f %s | xxd -p -c 0 |
    cargo avro decode --writer Order.avsc --input-encoding confluent

stdin has one datum a line in hex or base64, one message a line in hex (confluent, single-object), or
with binary one datum after another to the end.

stdout has one datum a line, in the specification's JSON encoding. What was written with --writer is
read as --reader by schema resolution: defaults, aliases, promotions; the writer's schema is read
leniently, as what was deployed must stay readable. The id or GUID that a message in Confluent's form
begins with goes to stderr, as `line 1: schema id 7`; it is not looked up. A message whose schema is
named in a header of its record is a datum: read it as hex. A message in single-object encoding must
have the fingerprint of the writer's schema.

A bad line is told on stderr, with its number, the place in the value and the byte of the message,
counted from 0, and passed over: the others are printed, and the exit code is 1. Binary data end
at the first mistake, for nobody knows where the next datum begins.
Exit codes: 0, 1 if data are bad, a schema has an error or the reader cannot read what the writer
writes, 2 if the command was called wrongly or a file cannot be read.";

/// Print data as JSON: from hex, base64, binary, or messages
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Decode {
    /// The file of the schema that the data were written with
    #[arg(long, value_name = "FILE")]
    writer: Option<PathBuf>,
    /// The file of the schema that they are read with, if it is another
    #[arg(long, value_name = "FILE", requires = "writer")]
    reader: Option<PathBuf>,
    #[command(flatten)]
    linked: Linked,
    /// How the data are written
    #[arg(long, value_enum, default_value_t = Encoding::Hex, hide_possible_values = true,
        value_name = "hex|binary|base64|confluent|single-object")]
    input_encoding: Encoding,
}

impl Decode {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let (reader, writer) = self.schemas()?;
        let data = DynamicReader::new(&reader, &writer)
            .map_err(|error| Stop::finding(error.to_string()))?;
        match self.input_encoding {
            Encoding::Binary => {
                refuse_uncountable(&writer)?;
                stream(&data, output)
            }
            Encoding::Hex | Encoding::Base64 => self.lines(&data, Form::Datum, output),
            Encoding::Confluent => self.lines(&data, Form::Confluent, output),
            Encoding::SingleObject => self.lines(&data, Form::single_object(&writer), output),
        }
    }

    /// The reader's schema and the writer's.
    fn schemas(&self) -> Result<(Schema, Schema), Stop> {
        let writer = self.writer.as_deref();
        match &self.reader {
            Some(reader) => self.linked.reader_and_writer(reader, writer),
            None => {
                let schema = self.linked.schema(writer, true)?;
                Ok((schema.clone(), schema))
            }
        }
    }

    /// Data on lines.
    fn lines(&self, data: &DynamicReader, form: Form, output: &mut Output) -> Outcome {
        each_line(output, |Line { number, bytes }, output| {
            let bytes = self.input_encoding.read(bytes)?;
            let message = form.open(&bytes)?;
            if let Some(schema) = message.schema {
                output.complain(&format!("line {number}: schema {schema}\n"));
            }
            let prefix_len = bytes.len() - message.datum.len();
            let value = data.read(message.datum);
            let value = value.map_err(|error| describe(&error, prefix_len))?;
            write_json(&value, output);
            Ok(())
        })
    }
}

/// Data one after another.
fn stream(data: &DynamicReader, output: &mut Output) -> Outcome {
    let bytes = whole()?;
    let (mut at, mut number) = (0, 0_u64);
    while at < bytes.len() && !output.is_closed() {
        number += 1;
        let rest = &bytes[at..];
        let mut r = Reader::with_limits(rest, limits(rest));
        match data.read_one(&mut r) {
            Ok(value) => write_json(&value, output),
            Err(error) => {
                let why = describe(&error, at);
                output.complain(&format!("error: datum {number}: {why}\n"));
                return Ok(Verdict::Bad);
            }
        }
        at += r.position();
    }
    Ok(Verdict::Good)
}

/// Data may hold characters that a terminal acts on.
fn write_json(value: &Value, output: &mut Output) {
    let json = value.to_json();
    output.write(escape::json(&json).as_bytes());
    output.write(b"\n");
}

/// Limits for one datum at the start of what may be many, whose length counts as memory.
fn limits(rest: &[u8]) -> Limits {
    let limits = Limits::default();
    Limits {
        allocation: limits.allocation.saturating_add(rest.len()),
        ..limits
    }
}
