//! `cargo avro freeze`: the next versions of the history.

use std::path::PathBuf;

use avro_codegen::{Config, Frozen, Recorded};
use avro_model::json::{Object, array, lines, quote};
use clap::Args;

use crate::args::Format;
use crate::input::manifest;
use crate::output::Output;
use crate::stop::{Outcome, Stop, Verdict};

const EXAMPLES: &str = "\
Examples:
  cargo avro freeze                     whatever differs from what was deployed last
  cargo avro freeze shop.Order
  cargo avro freeze --adopt             what other tools have deployed was put into avro-history

A version is one self-contained schema, as a registry has it: avro-history/<fullname>/<n>.avsc.
avro.lock lists it, and both are committed. From then on every build checks the schema against it.
Exit codes: 0; 1 if a schema has an error or breaks compatibility, or the history is not what
avro.lock says; 2 if a file cannot be read or written, or there is nothing to record by that name.";

/// Record the schemas as they are deployed now, each as its next version
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Freeze {
    /// Schemas by their fullnames. Without any: the values of topics, and
    /// whatever has been recorded before
    #[arg(value_name = "FULLNAME", verbatim_doc_comment)]
    names: Vec<String>,
    /// Record a version that the compatibility mode refuses
    #[arg(long)]
    force: bool,
    /// List the versions in avro.lock that stand in the history already
    #[arg(long, conflicts_with_all = ["names", "force"])]
    adopt: bool,
    /// The avro.toml that counts, instead of the nearest in this folder or above
    #[arg(long, value_name = "AVRO.TOML")]
    manifest: Option<PathBuf>,
}

impl Freeze {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let config = Config::load(manifest(self.manifest.as_deref())?)?;
        let frozen = match self.adopt {
            true => Frozen {
                recorded: config.adopt()?,
                unchanged: Vec::new(),
            },
            false => config.freeze(&self.names, self.force).map_err(Stop::from)?,
        };
        match output.format() {
            Format::Json => output.print_json(&json(&frozen)),
            Format::Text | Format::Github => tell(&frozen, output),
        }
        Ok(Verdict::Good)
    }
}

/// A line for each version, and a remark on what is none.
fn tell(frozen: &Frozen, output: &mut Output) {
    for Recorded { name, number, path } in &frozen.recorded {
        output.print(&format!("{name} {number}: {}\n", path.display()));
    }
    for name in &frozen.unchanged {
        output.remark(&format!("{name}: deployed as it is"));
    }
    if frozen.recorded.is_empty() && frozen.unchanged.is_empty() {
        output.remark("avro.lock lists every version");
    }
}

fn json(frozen: &Frozen) -> String {
    let recorded = frozen.recorded.iter().map(|version| {
        Object::new()
            .string("name", &version.name)
            .raw("version", version.number)
            .string("file", &version.path.to_string_lossy())
            .finish()
    });
    let unchanged = frozen.unchanged.iter().map(|name| quote(name));
    let object = Object::new()
        .raw("recorded", lines(recorded))
        .raw("unchanged", array(unchanged));
    object.finish() + "\n"
}
