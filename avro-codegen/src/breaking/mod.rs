//! What a change of the schemas breaks, against what is deployed or against other schemas.
//!
//! | class | does it break … | looked for by |
//! |---|---|---|
//! | WIRE | reading data, as a registry judges it | `avro_model::compat`, as a build does |
//! | SEMANTIC | the meaning of data | the same |
//! | JSON | reading JSON, plain or Avro's own | `avro_model::compat::json` |
//! | SOURCE | Rust code that uses the generated types | a comparison of what two plans offer |

mod source;
mod surface;
mod types;

use std::collections::BTreeSet;

use avro_model::Options;
use avro_model::codes::Class;
use avro_model::compat::{self, Subject};
use avro_model::diagnostic::{Diagnostic, Diagnostics};
use avro_model::schema::SchemaSet;
use avro_model::source::{FileId, SourceMap, Span};

use crate::compatibility::{self, Baseline};
use crate::config::Config;
use crate::history::History;
use crate::plan::Choices;
use crate::sources::Files;
use crate::{Error, Linked, Mode, analysis, plan, stop_at_errors};
use surface::Surface;

/// What schemas are compared with.
#[derive(Clone, Copy, Debug)]
pub enum Against<'a> {
    /// What is deployed: the history.
    History,
    /// Schemas that were loaded into the same map.
    Schemas(&'a Revision),
}

/// Other schemas: a revision of these, or a folder.
#[derive(Clone, Debug)]
pub struct Revision {
    /// What findings call it: `main`.
    pub name: String,
    /// The manifest that counts for it; its paths are those of the files.
    pub config: Config,
    /// Its schemas.
    pub files: Vec<FileId>,
}

/// What a change breaks.
#[derive(Clone, Debug, Default)]
pub struct Breaking {
    /// What was found, in the order of places.
    pub findings: Diagnostics,
    /// Which part of a crate's version has to move, if the class SOURCE was looked at.
    pub part: Option<Part>,
}

/// A part of a version, as Cargo reads it: of `0.x`, `Minor` and `Patch` are one, and `Major` is
/// the `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The public items are what they were.
    Patch,
    /// There are more.
    Minor,
    /// Code that uses them breaks.
    Major,
}

impl Part {
    /// `patch`, `minor` or `major`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A revision, linked.
#[derive(Debug)]
struct Other<'a> {
    revision: &'a Revision,
    set: SchemaSet,
}

impl Config {
    /// Looks for what the schemas break, in these classes. `mode` counts instead of what the
    /// manifest sets; it does not matter to SOURCE, which looks at the last version alone.
    ///
    /// # Errors
    ///
    /// Every mistake in the schemas, in the other ones and in the history; and every mistake of the
    /// configuration.
    pub fn breaking(
        &self,
        sources: &SourceMap,
        against: Against<'_>,
        classes: &BTreeSet<Class>,
        mode: Option<Mode>,
    ) -> Result<Breaking, Error> {
        let (linked, other) = self.link_both(sources, against)?;
        let baseline = match &other {
            Some(Other { revision, set }) => Baseline::of_set(set, &revision.name),
            None => Baseline::of_history(&linked.history),
        };
        let mut subjects = compatibility::subjects(self, &linked, &baseline);
        for subject in &mut subjects {
            subject.mode = mode.or(subject.mode);
        }
        let mut found = data(&subjects, classes);
        if classes.contains(&Class::Wire) && mode != Some(Mode::None) {
            let gone = compatibility::gone(self, &linked, &baseline).into_iter();
            found.extend(gone.map(|(_, found)| found));
        }
        let mut part = None;
        if classes.contains(&Class::Source) {
            let before = match &other {
                Some(other) => other.surface(sources),
                None => self.deployed_surface(sources, &linked),
            };
            let now = self.surface(sources, &linked.set, &linked.choices, "now");
            let source = source::compare(&before, &now);
            found.extend(source.found);
            part = Some(source.part);
        }
        let mut findings = self.reported(&linked.set, found, &Options::new());
        findings.sort();
        Ok(Breaking { findings, part })
    }

    /// The schemas, and the other ones.
    fn link_both<'a>(
        &self,
        sources: &SourceMap,
        against: Against<'a>,
    ) -> Result<(Linked, Option<Other<'a>>), Error> {
        let mut files = Files::of(self, sources);
        if let Against::Schemas(revision) = against {
            files.schemas.retain(|file| !revision.files.contains(file));
        }
        let linked = self.link_files(sources, &files, &Options::new())?;
        stop_at_errors(sources, &linked.diagnostics)?;
        if !linked.findings.is_empty() {
            return Err(Error::manifest(&self.text, linked.findings));
        }
        let Against::Schemas(revision) = against else {
            return Ok((linked, None));
        };
        let options = Options::new().lenient(true);
        let (set, found) = avro_model::compile_files(sources, &revision.files, &options);
        stop_at_errors(sources, &found)?;
        Ok((linked, Some(Other { revision, set })))
    }

    /// What the last deployed version of each schema offers.
    fn deployed_surface(&self, sources: &SourceMap, linked: &Linked) -> Surface {
        let mut surface = Surface::new();
        for name in linked.history.names() {
            if let Some(last) = linked.history.of(name).last() {
                let version = format!("version {} of `{name}`", last.number);
                let choices = known_choices(self, &last.set);
                let part = self.surface(sources, &last.set, &choices, &version);
                for (key, entry) in part {
                    surface.entry(key).or_insert(entry);
                }
            }
        }
        surface
    }

    /// What the code of these schemas offers. Mistakes of the configuration leave out what they
    /// are about.
    fn surface(
        &self,
        sources: &SourceMap,
        set: &SchemaSet,
        choices: &Choices,
        version: &str,
    ) -> Surface {
        let facts = analysis::analyze(set, &choices.mappings(self, set));
        let (plan, _) = plan::plan(self, sources, set, choices, &facts);
        surface::surface(&plan, version)
    }
}

impl Other<'_> {
    fn surface(&self, sources: &SourceMap) -> Surface {
        let Revision { name, config, .. } = self.revision;
        let choices = known_choices(config, &self.set);
        config.surface(sources, &self.set, &choices, name)
    }
}

/// What a manifest says of schemas that it may know in part only.
fn known_choices(config: &Config, set: &SchemaSet) -> Choices {
    plan::choose(config, set, &History::default(), &mut Vec::new())
}

/// What breaks data. What says that data cannot be read at all is not said again of their JSON.
fn data(subjects: &[Subject<'_>], classes: &BTreeSet<Class>) -> Diagnostics {
    let mut found = compat::diagnose(subjects);
    let asked = |found: &Diagnostic| found.code.class().is_some_and(|it| classes.contains(&it));
    found.retain(asked);
    if classes.contains(&Class::Json) {
        let wire = found
            .iter()
            .filter(|found| found.code.class() == Some(Class::Wire));
        let places: BTreeSet<Span> = wire.map(Diagnostic::span).collect();
        let mut json = compat::diagnose_json(subjects);
        json.retain(|found| !places.contains(&found.span()));
        found.extend(json);
    }
    found
}
