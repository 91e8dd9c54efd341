//! What an implementation says about two schemas, and where two of them differ.

use std::fmt;

use avro_model::compat::{self, Comparison, Kind, Side};
use avro_model::{SchemaSet, canonical, fingerprint};
use serde::Deserialize;

use crate::hex::hex;
use crate::schema::strict;

/// Both schemas, and what each makes of the other's data; no verdicts if one of them is none.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    old: Parsed,
    new: Parsed,
    backward: Option<Verdict>,
    forward: Option<Verdict>,
}

/// Whether a text is a schema.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Parsed {
    Refused { error: String },
    Accepted(Forms),
}

/// What is made of a schema.
#[derive(Debug, Deserialize, PartialEq)]
struct Forms {
    canonical: String,
    /// In the byte order of single-object encoding.
    rabin: String,
    md5: String,
    sha256: String,
}

/// Whether the data of a writer can be read.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Verdict {
    /// Java gives up on a reader's field that two of the writer's answer to.
    Ambiguous {
        error: String,
    },
    Found {
        incompatibilities: Vec<Reason>,
    },
}

/// One incompatibility.
#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Reason {
    #[serde(rename = "type")]
    kind: String,
    location: String,
}

impl Answer {
    /// What this project says.
    pub(super) fn of(old: &str, new: &str) -> Self {
        let (old, new) = (strict(old), strict(new));
        let (mut backward, mut forward) = (None, None);
        if let (Ok(old), Ok(new)) = (&old, &new) {
            // Of one text there is one top-level schema.
            let (old, new) = (
                Side::root(&old.roots()[0], old),
                Side::root(&new.roots()[0], new),
            );
            backward = Some(Verdict::of(&compat::compare(new, old)));
            forward = Some(Verdict::of(&compat::compare(old, new)));
        }
        let parsed = |set: Result<SchemaSet, String>| match set {
            Ok(set) => Parsed::Accepted(Forms::of(&set)),
            Err(error) => Parsed::Refused { error },
        };
        Self {
            old: parsed(old),
            new: parsed(new),
            backward,
            forward,
        }
    }

    /// Whether the new schema is one.
    pub(super) fn accepts_new(&self) -> bool {
        matches!(self.new, Parsed::Accepted(_))
    }

    /// The first thing in which the other says something else.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        let parsed = |what: &str, one: &Parsed, two: &Parsed| {
            let difference = one.difference(two)?;
            Some(format!("the {what} schema: {difference}"))
        };
        let verdict = |what: &str, one: &Option<Verdict>, two: &Option<Verdict>| {
            let (one, two) = (one.as_ref()?, two.as_ref()?);
            let is_one = one.is_same(two);
            (!is_one).then(|| format!("{what}: {one} instead of {two}"))
        };
        parsed("old", &self.old, &other.old)
            .or_else(|| parsed("new", &self.new, &other.new))
            .or_else(|| verdict("the new reads the old", &self.backward, &other.backward))
            .or_else(|| verdict("the old reads the new", &self.forward, &other.forward))
    }

    /// The kinds of what was found both ways.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &str> {
        let verdicts = self.backward.iter().chain(&self.forward);
        verdicts.flat_map(|verdict| match verdict {
            Verdict::Ambiguous { .. } => vec!["ambiguous"],
            Verdict::Found { incompatibilities } if incompatibilities.is_empty() => {
                vec!["compatible"]
            }
            Verdict::Found { incompatibilities } => {
                let reasons = incompatibilities.iter();
                reasons.map(|reason| reason.kind.as_str()).collect()
            }
        })
    }
}

/// Every kind that [`Answer::kinds`] knows.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    let others = ["ambiguous", "compatible"].into_iter();
    others.chain(Kind::ALL.map(Kind::as_str))
}

impl Parsed {
    fn difference(&self, other: &Self) -> Option<String> {
        match (self, other) {
            (Self::Refused { .. }, Self::Refused { .. }) => None,
            (Self::Refused { error }, Self::Accepted(_)) => Some(format!("refused: {error}")),
            (Self::Accepted(_), Self::Refused { error }) => {
                Some(format!("accepted, and not by the other: {error}"))
            }
            (Self::Accepted(one), Self::Accepted(two)) => {
                (one != two).then(|| format!("{one:?} instead of {two:?}"))
            }
        }
    }
}

impl Forms {
    fn of(set: &SchemaSet) -> Self {
        let canonical = canonical::form(set, &set.roots()[0].schema);
        Self {
            rabin: hex(&fingerprint::rabin(&canonical).to_le_bytes()),
            md5: hex(&fingerprint::md5(&canonical)),
            sha256: hex(&fingerprint::sha256(&canonical)),
            canonical,
        }
    }
}

impl Verdict {
    fn of(comparison: &Comparison) -> Self {
        let found = comparison.incompatibilities.iter();
        let reasons = found.map(|one| Reason {
            kind: one.kind.as_str().to_owned(),
            location: one.reader.location.clone(),
        });
        let incompatibilities: Vec<Reason> = reasons.collect();
        match incompatibilities
            .iter()
            .find(|reason| reason.is_ambiguous())
        {
            Some(reason) => Self::Ambiguous {
                error: reason.to_string(),
            },
            None => Self::Found { incompatibilities },
        }
    }

    /// The same reasons in the same order, each where it is given first.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Ambiguous { .. }, Self::Ambiguous { error }) => {
                error.contains("matches multiple fields")
            }
            (
                Self::Found {
                    incompatibilities: one,
                },
                Self::Found {
                    incompatibilities: two,
                },
            ) => once(one) == once(two),
            _ => false,
        }
    }
}

fn once(reasons: &[Reason]) -> Vec<&Reason> {
    let mut all: Vec<&Reason> = Vec::new();
    for reason in reasons {
        if !all.contains(&reason) {
            all.push(reason);
        }
    }
    all
}

impl Reason {
    /// Of two names that do not pair up, the location ends in `name`; of a field that is ambiguous,
    /// in its index.
    fn is_ambiguous(&self) -> bool {
        self.kind == Kind::NameMismatch.as_str() && !self.location.ends_with("/name")
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ambiguous { error } => write!(f, "given up ({error})"),
            Self::Found { incompatibilities } if incompatibilities.is_empty() => {
                f.write_str("compatible")
            }
            Self::Found { incompatibilities } => {
                let reasons: Vec<String> = once(incompatibilities)
                    .iter()
                    .map(ToString::to_string)
                    .collect();
                write!(f, "{}", reasons.join(", "))
            }
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.kind, self.location)
    }
}
