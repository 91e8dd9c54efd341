//! Python's fastavro.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::answer::Ours;
use super::case::Case;
use super::other::Other;
use crate::Error;
use crate::hex::hex;
use crate::oracle::python;
use crate::oracle::random::model::{Datum, Definition, Model, Schema};
use crate::oracle::random::{Style, text};
use crate::oracle::reference::Class;
use crate::peer::Peer;
use crate::workspace::Workspace;

/// fastavro: it reads bytes and answers in values of Python's.
pub(crate) struct Fastavro;

#[derive(Serialize)]
struct Question {
    writer: String,
    reader: String,
    data: Vec<String>,
}

impl Other for Fastavro {
    /// Values that tell their type, without the branches of unions; see `oracle.py`.
    type Form = Value;

    fn name() -> String {
        format!("fastavro {}", python::FASTAVRO)
    }

    fn start(workspace: &Workspace) -> Result<Peer, Error> {
        python::start(workspace)
    }

    fn question(case: &Case, ours: &Ours) -> impl Serialize {
        let bytes = ours.data.iter().map(|coded| coded.written.as_deref());
        let text = |model: &Model| text(&model.clone().without_logical_types(), Style::Plain);
        Question {
            writer: text(&case.writer),
            reader: text(&case.reader),
            data: bytes.map(|bytes| hex(bytes.unwrap_or_default())).collect(),
        }
    }

    fn form(model: &Model, datum: &Datum, _: &[u8]) -> Value {
        plain(model, &model.root, datum)
    }

    const CLASSES: &[Class] = &[
        Class::Unreached,
        Class::Logical,
        Class::FirstBranch,
        Class::KindsMixed,
        Class::ShortAlias,
        Class::JsonDefault,
        Class::WideFloat,
    ];

    /// It does not look up a branch of the reader's that is a reference.
    const FAILURES: &[&str] = &["TypeError: string indices must be integers"];
}

/// What `plain` of `oracle.py` gives.
fn plain(model: &Model, schema: &Schema, datum: &Datum) -> Value {
    let double = |value: f64| json!(format!("d{:016x}", value.to_bits()));
    match (schema, datum) {
        (_, Datum::Boolean(value)) => json!(value),
        (_, Datum::Int(value)) => json!(value),
        (_, Datum::Long(value)) => json!(value),
        (_, Datum::Float(value)) => double((*value).into()),
        (_, Datum::Double(value)) => double(*value),
        (_, Datum::Bytes(bytes) | Datum::Fixed(bytes)) => json!(format!("b{}", hex(bytes))),
        (_, Datum::String(text)) => json!(format!("s{text}")),
        (Schema::Array(items), Datum::Array(values)) => values
            .iter()
            .map(|value| plain(model, items, value))
            .collect(),
        (Schema::Map(inner), Datum::Map(entries)) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| (key.clone(), plain(model, inner, value)));
            Value::Object(entries.collect())
        }
        (Schema::Union(branches), Datum::Union(index, value)) => {
            plain(model, &branches[*index], value)
        }
        (Schema::Named(index), datum) => match (&model.types[*index].definition, datum) {
            (Definition::Record { fields, .. }, Datum::Record(values)) => {
                let members = fields.iter().zip(values);
                let members: Map<String, Value> = members
                    .map(|(field, value)| (field.name.clone(), plain(model, &field.schema, value)))
                    .collect();
                Value::Object(members)
            }
            (Definition::Enum { symbols, .. }, Datum::Enum(index)) => {
                json!(format!("s{}", symbols[*index]))
            }
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}
