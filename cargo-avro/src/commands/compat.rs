//! `cargo avro compat`: the verdict of a schema registry, and what it misses.

use std::path::{Path, PathBuf};

use avro_model::codes::Code;
use avro_model::compat::{self, Kind, Mode, Subject, Version};
use avro_model::exceptions::Exceptions;
use avro_model::render::Finding;
use avro_model::{Diagnostics, Options, SchemaSet, SourceMap, compile_files};
use clap::{ArgGroup, Args};

use crate::args::{DenyArgs, Format};
use crate::input::{is_stdin, read_into};
use crate::output::Output;
use crate::pick::{pick, pick_older};
use crate::stop::{Outcome, Stop, Verdict};

mod json;

const USAGE: &str = "\
cargo avro compat [OPTIONS] --reader FILE --writer FILE
       cargo avro compat [OPTIONS] --new FILE --previous FILE... [--mode MODE]";

const EXAMPLES: &str = "\
Examples:
  cargo avro compat --reader v2.avsc --writer v1.avsc
  cargo avro compat --new v3.avsc --previous v1.avsc --previous v2.avsc --mode FULL_TRANSITIVE
  cargo avro compat --new schemas --previous deployed --type shop.Order
  git show main:Order.avsc | cargo avro compat --new Order.avsc --previous -

Each side is a set of schemas of its own: a file, or a folder or glob whose files are linked
together. What was written or deployed (--writer, --previous) is read leniently.

The verdict is that of a schema registry. What it misses, data that are read without an error and
mean something else, is shown beside it and is no part of it.

Exit codes: 0 if compatible, 1 if not or if a schema has an error, 2 if a file cannot be read.";

/// Say whether schemas can read each other's data, and what it would take
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, override_usage = USAGE)]
#[command(group(ArgGroup::new("sides").required(true).args(["reader", "new"])))]
pub(crate) struct Compat {
    /// The schema that data are read with
    #[arg(long, value_name = "FILE", requires = "writer")]
    reader: Option<PathBuf>,
    /// The schema that data were written with
    #[arg(long, value_name = "FILE", requires = "reader")]
    writer: Option<PathBuf>,
    /// The new version of a schema
    #[arg(long, value_name = "FILE", requires = "previous")]
    new: Option<PathBuf>,
    /// A version before it; oldest first, if there are several
    #[arg(long, value_name = "FILE", requires = "new", conflicts_with = "reader")]
    previous: Vec<PathBuf>,
    /// What the new version owes to those before it: NONE, BACKWARD,
    /// FORWARD, FULL, BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE or
    /// FULL_TRANSITIVE
    #[arg(long, default_value_t = Mode::Backward, conflicts_with = "reader", verbatim_doc_comment)]
    mode: Mode,
    /// The schema that is meant, where a side has several: the fullname
    /// of a type, or the name of the file of a schema that has none
    #[arg(long = "type", value_name = "FULLNAME", verbatim_doc_comment)]
    name: Option<String>,
    /// Read the new or the reader's schema leniently too
    #[arg(long)]
    lenient: bool,
    #[command(flatten)]
    deny: DenyArgs,
}

/// What is compared: every side with the sources that its places point into.
struct Sides {
    sources: SourceMap,
    new: Side,
    /// Oldest first.
    old: Vec<Side>,
}

/// One set of schemas.
struct Side {
    path: PathBuf,
    set: SchemaSet,
}

impl Compat {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let sides = self.load()?;
        let subject = self.subject(&sides)?;
        let versions: Vec<_> = subject.versions.iter().map(|it| it.schema).collect();
        let report = compat::check(subject.schema, &versions, self.mode);
        let mut diagnostics = compat::diagnose(&[subject]);
        let exceptions = Exceptions::of(&sides.new.set);
        diagnostics.retain(|found| !exceptions.allow(found));
        diagnostics.sort();
        let findings: Vec<_> = diagnostics
            .iter()
            .map(|found| Finding::new(&sides.sources, found))
            .collect();
        match output.format() {
            Format::Json => output.print_json(&json::report(self.mode(), &report, &sides)),
            Format::Github => output.findings(&findings),
            Format::Text => {
                output.findings(&findings);
                let gap = if findings.is_empty() { "" } else { "\n" };
                output.print(&format!("{gap}{}\n", self.verdict(&diagnostics)));
            }
        }
        let is_denied = self.deny.warnings() && !findings.is_empty();
        Ok(Verdict::good_if(report.is_compatible() && !is_denied))
    }

    /// The mode, where there is one: a reader and a writer have none.
    fn mode(&self) -> Option<Mode> {
        self.new.is_some().then_some(self.mode)
    }

    /// The verdict in a sentence. What several versions or directions have in common counts once,
    /// as it is shown once.
    fn verdict(&self, found: &Diagnostics) -> String {
        let is_wire = |code: Code| Kind::ALL.iter().any(|kind| kind.code() == code);
        let wire = found.iter().filter(|found| is_wire(found.code)).count();
        let mode = self.mode().map(|mode| format!(" in mode {mode}"));
        let mode = mode.unwrap_or_default();
        let verdict = match wire {
            0 => format!("compatible{mode}"),
            1 => format!("incompatible{mode}: 1 incompatibility"),
            count => format!("incompatible{mode}: {count} incompatibilities"),
        };
        match found.iter().count() - wire {
            0 => verdict,
            1 => format!("{verdict}; 1 change of meaning is no part of the verdict"),
            count => format!("{verdict}; {count} changes of meaning are no part of the verdict"),
        }
    }

    fn load(&self) -> Result<Sides, Stop> {
        let (new, old) = match (&self.reader, &self.writer, &self.new) {
            (Some(reader), Some(writer), _) => (reader, std::slice::from_ref(writer)),
            (_, _, Some(new)) => (new, &*self.previous),
            // The command line is refused without them.
            _ => {
                return Err(Stop::usage(
                    "name --reader and --writer, or --new and --previous",
                ));
            }
        };
        if old
            .iter()
            .chain([new])
            .filter(|path| is_stdin(path))
            .count()
            > 1
        {
            return Err(Stop::usage("`-` is stdin, which can be read once"));
        }
        let mut sources = SourceMap::new();
        let new = Side::read(&mut sources, new, self.lenient)?;
        let old = old.iter().map(|path| Side::read(&mut sources, path, true));
        let old = old.collect::<Result<_, _>>()?;
        Ok(Sides { sources, new, old })
    }

    fn subject<'a>(&self, sides: &'a Sides) -> Result<Subject<'a>, Stop> {
        let new = &sides.new;
        let picked = pick(&new.set, self.name.as_deref()).map_err(|stop| new.says(stop))?;
        let versions = sides.old.iter().map(|old| {
            let older = pick_older(&old.set, picked, &new.set).map_err(|stop| old.says(stop))?;
            Ok(Version {
                name: old.path.display().to_string(),
                schema: older.side(&old.set),
            })
        });
        Ok(Subject {
            name: picked.name(&new.set).to_owned(),
            topics: Vec::new(),
            mode: self.mode(),
            schema: picked.side(&new.set),
            versions: versions.collect::<Result<_, Stop>>()?,
        })
    }
}

impl Side {
    fn read(sources: &mut SourceMap, path: &Path, lenient: bool) -> Result<Self, Stop> {
        let files = read_into(sources, &[path.to_owned()])?;
        let (set, found) = compile_files(sources, &files, &Options::new().lenient(lenient));
        match found.has_errors() {
            true => Err(Stop::schemas(sources, &found)),
            false => Ok(Self {
                path: path.to_owned(),
                set,
            }),
        }
    }

    /// Says of which side it is that something is wrong.
    fn says(&self, stop: Stop) -> Stop {
        match stop {
            Stop::Failure { message, .. } => {
                Stop::file(&self.path, format!("{}: {message}", self.path.display()))
            }
            stop => stop,
        }
    }
}
