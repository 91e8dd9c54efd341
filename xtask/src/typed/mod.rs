//! Generated types of many schemas, compiled once, and a program around them that reads data.
//!
//! Xtask itself depends on no generated code: the program is a crate in the target folder.

mod program;

use serde::{Deserialize, Serialize};

pub(crate) use program::{Module, start};

/// Data of a writer's schema, to be read with one of the program's types.
#[derive(Serialize)]
pub(crate) struct Question {
    /// The module, by its number.
    pub(crate) schema: usize,
    /// The text of the writer's schema.
    pub(crate) writer: String,
    /// Bytes as hexadecimal digits.
    pub(crate) data: Vec<String>,
}

/// What the program makes of the data.
#[derive(Deserialize)]
pub(crate) struct Answer {
    /// Whether the writer's schema is refused, whatever the datum.
    pub(crate) is_refused: bool,
    pub(crate) data: Vec<Read>,
}

/// What the program makes of one datum.
#[derive(Deserialize)]
pub(crate) struct Read {
    /// The value as the type writes it, in hexadecimal digits.
    pub(crate) read: Result<String, String>,
    /// What is not the same in every way to read it: owned, as a view, over an older value.
    pub(crate) differs: Option<String>,
}
