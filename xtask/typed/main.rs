//! Reads data with generated types: a question is a line of JSON, and so is the answer.

use std::fmt::Debug;
use std::io::{BufRead, Write};

use avro_runtime::{AvroSchema, Decode, Resolver, View, to_datum};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Question {
    /// Which of the readers.
    schema: usize,
    writer: String,
    /// Bytes as hexadecimal digits.
    data: Vec<String>,
}

#[derive(Default, Serialize)]
struct Answer {
    /// Whether the reader is refused, whatever the datum.
    is_refused: bool,
    data: Vec<Coded>,
}

#[derive(Serialize)]
struct Coded {
    /// The value, as the reader's schema has it.
    read: Result<String, String>,
    /// What is not the same in every way to read it.
    differs: Option<String>,
}

type Read = fn(&Question) -> Answer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let question: Question = serde_json::from_str(&line?)?;
        let read = READERS
            .get(question.schema)
            .ok_or("there is no such schema")?;
        writeln!(out, "{}", serde_json::to_string(&read(&question))?)?;
    }
    Ok(())
}

fn read<T>(question: &Question) -> Answer
where
    T: AvroSchema + Clone + PartialEq + Debug,
{
    let resolver = match Resolver::<T>::new(&question.writer) {
        Ok(resolver) => resolver,
        Err(error) => {
            let read = || Err(error.to_string());
            let data = question.data.iter().map(|_| Coded {
                read: read(),
                differs: None,
            });
            return Answer {
                is_refused: true,
                data: data.collect(),
            };
        }
    };
    let mut older = <T as Decode<'_>>::blank();
    let mut answer = Answer::default();
    for digits in &question.data {
        answer
            .data
            .push(coded(&resolver, &unhex(digits), &mut older));
    }
    answer
}

/// Reads a datum owned, as a view and over an older value.
fn coded<T>(resolver: &Resolver<T>, datum: &[u8], older: &mut T) -> Coded
where
    T: AvroSchema + Clone + PartialEq + Debug,
{
    let owned = resolver.decode(datum).map_err(|error| error.to_string());
    let view = resolver.decode_view(datum).map(|view| view.own());
    let view = view.map_err(|error| error.to_string());
    let again = resolver.decode_into(older, datum).map(|()| older.clone());
    let again = again.map_err(|error| error.to_string());
    let differs = [("as a view", view), ("over an older value", again)];
    // NaN is not equal to itself, and written like itself.
    let same = |other: &Result<T, String>| {
        *other == owned || format!("{other:?}") == format!("{owned:?}")
    };
    let differs = differs.into_iter().find(|(_, other)| !same(other));
    Coded {
        differs: differs.map(|(how, other)| format!("{how}: {other:?}, owned: {owned:?}")),
        read: owned.and_then(|value| {
            to_datum(&value)
                .map(|datum| hex(&datum))
                .map_err(|error| error.to_string())
        }),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .bytes()
        .map(|c| (c as char).to_digit(16).unwrap_or(0) as u8)
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}
