//! `cargo avro explain`: what a code means.

use avro_model::codes::Code;
use avro_model::json::{Object, lines};
use clap::Args;

use crate::args::Format;
use crate::output::Output;
use crate::stop::{Outcome, Stop, Verdict};

const EXAMPLES: &str = "\
Examples:
  cargo avro explain AVR070
  cargo avro explain                                every code, one on a line
  cargo avro explain --format json";

/// Explain a code: why it is a rule, an example, the fix
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// A code, as findings show it: AVR070. Without one, all codes are listed
    code: Option<String>,
}

impl Explain {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let text = match (&self.code, output.format()) {
            (Some(code), Format::Json) => json(parse(code)?) + "\n",
            (Some(code), _) => explanation(parse(code)?),
            (None, Format::Json) => lines(Code::ALL.iter().map(|&code| json(code))) + "\n",
            (None, _) => Code::ALL.iter().map(|&code| line(code)).collect(),
        };
        output.print(&text);
        Ok(Verdict::Good)
    }
}

fn parse(text: &str) -> Result<Code, Stop> {
    Code::parse(&text.to_ascii_uppercase()).ok_or_else(|| {
        Stop::usage(format!(
            "no finding has the code `{text}`; `cargo avro explain` lists all codes"
        ))
    })
}

fn explanation(code: Code) -> String {
    format!("{code}: {}\n\n{}", code.title(), code.explain())
}

fn line(code: Code) -> String {
    format!(
        "{code}  {:7}  {:8}  {}\n",
        code.severity(),
        code.category().as_str(),
        code.title()
    )
}

fn json(code: Code) -> String {
    Object::new()
        .string("code", code.as_str())
        .string("title", code.title())
        .string("severity", code.severity().as_str())
        .string("category", code.category().as_str())
        .raw("lenient", code.is_tolerable())
        .string("explanation", code.explanation())
        .string("example", code.example())
        .string("fix", code.fix())
        .finish()
}
