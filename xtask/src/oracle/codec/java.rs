//! Java's generic reader and writer.

use serde::Serialize;

use super::answer::Ours;
use super::case::Case;
use super::other::Other;
use crate::Error;
use crate::hex::hex;
use crate::oracle::java;
use crate::oracle::random::model::{Datum, Model};
use crate::oracle::random::{Style, text};
use crate::oracle::reference::Class;
use crate::peer::Peer;
use crate::workspace::Workspace;

/// Java's Avro: it builds the data from JSON and answers in bytes.
pub(crate) struct Java;

#[derive(Serialize)]
struct Question<'a> {
    ask: &'static str,
    writer: String,
    reader: String,
    data: &'a [String],
}

impl Other for Java {
    /// Bytes as hexadecimal digits; maps are in the order of their keys.
    type Form = String;

    fn name() -> String {
        format!("Java's Avro {}", java::AVRO)
    }

    fn start(workspace: &Workspace) -> Result<Peer, Error> {
        java::start(workspace)
    }

    fn question(case: &Case, ours: &Ours) -> impl Serialize {
        Question {
            ask: "codec",
            writer: text(&case.writer, Style::Plain),
            reader: text(&case.reader, Style::Plain),
            data: &ours.json,
        }
    }

    fn form(_: &Model, _: &Datum, bytes: &[u8]) -> String {
        hex(bytes)
    }

    const CLASSES: &[Class] = &[
        Class::Unreached,
        Class::Branch,
        Class::Logical,
        Class::RecordName,
        Class::FieldAlias,
        Class::Renamed,
        Class::Default,
        Class::NotUtf8,
        Class::Typed,
    ];

    /// * Its search for a branch by structure does not end in some recursive schemas.
    /// * Where aliases rename something in the writer's schema, it holds the writer's own defaults,
    ///   which no reader takes, against the new names and types that are not complete.
    /// * Where aliases lead two of the writer's branches or fields to one of the reader's, both get
    ///   its name, and no datum can be read, also none that does not reach them.
    /// * Its reader makes no empty array for the default of a union.
    /// * Where one branch holds a recursive record that cannot be read, it ends with a null pointer.
    const FAILURES: &[&str] = &[
        "StackOverflowError",
        "Invalid default for field",
        "Schema fields not set yet",
        "Duplicate in union",
        "Duplicate field",
        "Not an array: [",
        "NullPointerException",
    ];
}
