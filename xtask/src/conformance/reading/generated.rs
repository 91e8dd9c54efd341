//! The same with generated types.
//!
//! A schema becomes the only field of a record, the reader's and the writer's alike, so that the
//! type that reads has a name; such a record takes no bytes of its own.

use avro_codegen::Config;

use super::Reading;
use crate::Error;
use crate::conformance::table::Case;
use crate::hex::{hex, unhex};
use crate::schema::source;
use crate::typed::{self, Answer, Module, Question};
use crate::workspace::Workspace;

/// The record around each schema; no other has the name.
const ROOT: &str = "ConformanceRoot";

/// Runs the readings, each with a type of its own, all in one crate.
///
/// # Errors
///
/// If the types do not compile, or the program does not answer.
pub(super) fn run(
    table: &str,
    readings: &[Reading],
    workspace: &Workspace,
) -> Result<Vec<Case>, Error> {
    let codes: Vec<Result<String, String>> = readings.iter().map(code).collect();
    let modules = codes.iter().flatten().map(|code| Module {
        code: code.clone(),
        root: ROOT.to_owned(),
    });
    let modules: Vec<Module> = modules.collect();
    let name = format!("avro-{}", table.replace(['/', '_'], "-"));
    let folder = workspace.target.join("conformance").join(name);
    let mut program = typed::start(&folder, &modules, workspace)?;
    let generated = readings.iter().zip(&codes).filter(|(_, code)| code.is_ok());
    for (schema, (reading, _)) in generated.enumerate() {
        program.ask(&Question {
            schema,
            writer: around(&reading.writer),
            data: vec![hex(&reading.datum)],
        })?;
    }
    let mut cases = Vec::with_capacity(readings.len());
    for (reading, code) in readings.iter().zip(codes) {
        let read = match code {
            Ok(_) => only(program.answer()?),
            Err(why) => Ok(Err(format!("is not generated: {why}"))),
        };
        cases.push(match read {
            Ok(read) => reading.judged(read),
            Err(differs) => Case {
                id: reading.id.clone(),
                outcome: Err(differs),
            },
        });
    }
    Ok(cases)
}

/// What was read of the one datum; outside, what is not the same in every way to read it.
fn only(answer: Answer) -> Result<Result<Vec<u8>, String>, String> {
    let [read] = <[typed::Read; 1]>::try_from(answer.data)
        .map_err(|data| format!("{} answers to one question", data.len()))?;
    match read.differs {
        Some(differs) => Err(differs),
        None => Ok(read.read.and_then(|digits| unhex(&digits))),
    }
}

fn code(reading: &Reading) -> Result<String, String> {
    let sources = source(&around(&reading.reader))?;
    let output = Config::new().lenient(true).generate(&sources);
    let output = output.map_err(|error| error.to_string())?;
    Ok(output.files.into_iter().map(|file| file.text).collect())
}

fn around(schema: &str) -> String {
    format!(
        r#"{{"type": "record", "name": "{ROOT}", "fields": [{{"name": "root", "type": {schema}}}]}}"#
    )
}
