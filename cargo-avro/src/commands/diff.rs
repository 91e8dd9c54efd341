//! `cargo avro diff`: what changed between two schemas or folders.

use std::path::PathBuf;

use avro_model::diff::{Change, Diff as Changes, TypeDiff, compare, compare_types};
use avro_model::render::{Finding, Label};
use avro_model::source::Span;
use avro_model::{Options, SchemaSet, Severity, SourceMap, compile_with, escape};
use clap::Args;

use crate::args::Format;
use crate::input::{is_stdin, read};
use crate::output::Output;
use crate::pick::{Picked, pick, pick_older};
use crate::stop::{Outcome, Stop, Verdict};

mod json;

const EXAMPLES: &str = "\
Examples:
  cargo avro diff v1.avsc v2.avsc
  cargo avro diff deployed schemas                  two folders
  cargo avro diff deployed schemas --type shop.Order
  git show main:Order.avsc | cargo avro diff - Order.avsc

Whether a change breaks anybody, `cargo avro compat` says. Both sides are read leniently.
Exit codes: 0, differences or not; 1 if a schema has an error; 2 if a file cannot be read.";

/// Show what changed between two schemas or folders
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Diff {
    /// A schema file, or a folder or glob whose files are linked together; `-` is stdin
    old: PathBuf,
    /// The same, later
    new: PathBuf,
    /// Only this type and those that it leads to
    #[arg(long = "type", value_name = "FULLNAME")]
    name: Option<String>,
}

/// One set of schemas.
struct Side {
    sources: SourceMap,
    set: SchemaSet,
}

/// The places of a change.
type Places = (Option<Span>, Option<Span>);

impl Diff {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        if is_stdin(&self.old) && is_stdin(&self.new) {
            return Err(Stop::usage("`-` is stdin, which can be read once"));
        }
        let (old, new) = (Side::read(&self.old)?, Side::read(&self.new)?);
        let diff = self.compare(&old.set, &new.set)?;
        match output.format() {
            Format::Text => {
                let colored = output.colored();
                output.print_coloured(&text(&diff, &old, &new, colored));
                output.remark(&match diff.types.len() {
                    0 => "no differences".to_owned(),
                    1 => "1 schema differs".to_owned(),
                    count => format!("{count} schemas differ"),
                });
            }
            Format::Json => output.print_json(&json::diff(&diff, &old, &new)),
            Format::Github => output.findings(&notices(&diff, &old, &new)),
        }
        Ok(Verdict::Good)
    }

    fn compare(&self, old: &SchemaSet, new: &SchemaSet) -> Result<Changes, Stop> {
        let Some(name) = &self.name else {
            return Ok(compare(old, new));
        };
        let after = pick(new, Some(name))?;
        match (pick_older(old, after, new)?, after) {
            (Picked::Type(before), Picked::Type(after)) => {
                Ok(compare_types((old, before), (new, after)))
            }
            _ => Err(Stop::usage(format!(
                "`{name}` is a schema without a name: compare the files that hold it"
            ))),
        }
    }
}

impl Side {
    fn read(path: &PathBuf) -> Result<Self, Stop> {
        let sources = read(std::slice::from_ref(path))?;
        let (set, found) = compile_with(&sources, &Options::new().lenient(true));
        match found.has_errors() {
            true => Err(Stop::schemas(&sources, &found)),
            false => Ok(Self { sources, set }),
        }
    }
}

/// A block for each schema that differs.
fn text(diff: &Changes, old: &Side, new: &Side, colored: bool) -> String {
    let mut text = String::new();
    for (index, ty) in diff.types.iter().enumerate() {
        let gap = if index > 0 { "\n" } else { "" };
        let head = format!("{} {} {}", ty.mark(), ty.keyword, ty.name);
        let place = place(old, new, (ty.old, ty.new));
        let place = place.map_or_else(String::new, |place| {
            let position = place.position();
            let path = escape::path(place.source.path());
            format!("  {path}:{}:{}", position.line, position.column)
        });
        text += &format!("{gap}{}{place}\n", painted(ty.mark(), &head, colored));
        for change in &ty.changes {
            let line = format!("    {} {change}", change.mark());
            text += &painted(change.mark(), &line, colored);
            text.push('\n');
        }
    }
    text
}

/// A line: green for what came, red for what went, yellow for the rest.
fn painted(mark: char, text: &str, colored: bool) -> String {
    let text = escape::line(text);
    let color = match mark {
        '+' => 32,
        '-' => 31,
        _ => 33,
    };
    match colored {
        true => format!("\u{1b}[{color}m{text}\u{1b}[0m"),
        false => text.into_owned(),
    }
}

/// The place in the new set; of what was removed, in the old one.
fn place<'a>(old: &'a Side, new: &'a Side, places: Places) -> Option<Label<'a>> {
    let (side, span) = match places {
        (_, Some(span)) => (new, span),
        (Some(span), None) => (old, span),
        (None, None) => return None,
    };
    Some(Label::new(&side.sources, span, ""))
}

/// Every change as a finding that weighs nothing.
fn notices<'a>(diff: &Changes, old: &'a Side, new: &'a Side) -> Vec<Finding<'a>> {
    let notice = |message: String, places: Places| Finding {
        severity: Severity::Lint,
        labels: place(old, new, places).into_iter().collect(),
        ..Finding::error(message, None)
    };
    let of_type = |ty: &TypeDiff| {
        let name = format!("{} {}", ty.keyword, ty.name);
        if ty.changes.is_empty() {
            let what = if ty.is_added() { "added" } else { "removed" };
            return vec![notice(format!("{name}: {what}"), (ty.old, ty.new))];
        }
        let of_change = |change: &Change| {
            let text = format!("{name}: {} {change}", change.mark());
            notice(text, (change.old, change.new))
        };
        ty.changes.iter().map(of_change).collect()
    };
    diff.types.iter().flat_map(of_type).collect()
}
