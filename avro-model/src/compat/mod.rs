//! Reader's schema against writer's schema: what cannot be read, what is read as something else,
//! and what a registry would say.
//!
//! There are two classes of findings, kept apart because they answer different questions.
//!
//! * An [`Incompatibility`] is what Java's `SchemaCompatibility` (Avro 1.12) finds. A schema
//!   registry decides by it, so it decides here: [`Comparison::is_compatible`] and
//!   [`Report::is_compatible`] are that verdict and nothing else, also where the specification
//!   could be read otherwise. Names of types are compared without their namespaces, a decimal on
//!   bytes never matches one on fixed, and an enum's default takes in every unknown symbol.
//! * A [`Semantic`] finding is a datum that is read without an error and means something else
//!   afterwards: another scale, another unit of time, a symbol swallowed by an enum's default.
//!   No registry sees it, so it stands beside the verdict and is no part of it.
//!
//! | module | from → to |
//! |---|---|
//! | [`compare`] | one reader, one writer → [`Comparison`] |
//! | [`check`] | a new version, the versions before it, a [`Mode`] → [`Report`] |
//! | [`diagnose`], [`diagnose_json`] | [`Subject`]s → diagnostics, each with all that it breaks |
//! | [`json::compare`] | one reader, one writer → what breaks their JSON |
//! | [`impact`] | a set of schemas and a changed type → the top-level schemas that it reaches |
//!
//! # Locations
//!
//! [`Place::location`] of the reader is the pointer that Java reports, letter for letter: `/` is
//! the whole schema, references are followed as if the definition stood in place of the name, a
//! branch of the writer's union adds the writer's index, and one that the reader's union adds
//! leaves no trace. Java begins anew at `/` inside a branch that it tries, and remembers what it
//! found there when it meets the same pair of types again. The writer's location is the pointer to
//! the counterpart, from the same beginning. [`Place::span`] is the place in the source, always.
//!
//! An incompatibility that several references lead to is reported once, at the first of them;
//! Java repeats it for each, with the same location.
//!
//! # Example
//!
//! ```
//! use avro_model::compat::{self, Kind, Mode, Side};
//!
//! let old = r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}"#;
//! let new = r#"{"type": "record", "name": "Order", "fields": [
//!     {"name": "id", "type": "long"},
//!     {"name": "note", "type": "string"}]}"#;
//! let (old, new) = (avro_model::compile_text(old)?, avro_model::compile_text(new)?);
//! let (old, new) = (Side::root(&old.roots()[0], &old), Side::root(&new.roots()[0], &new));
//!
//! let report = compat::check(new, &[old], Mode::Backward);
//! assert!(!report.is_compatible());
//! let found = report.incompatibilities().next().unwrap();
//! assert_eq!(found.kind, Kind::ReaderFieldMissingDefaultValue);
//! assert_eq!(found.reader.location, "/fields/1");
//! assert_eq!(
//!     found.message,
//!     "field `note` of record `Order` has no default, and the writer's record has no such field"
//! );
//!
//! assert!(compat::check(new, &[old], Mode::Forward).is_compatible());
//! # Ok::<(), avro_model::TextError>(())
//! ```

mod checker;
mod diagnose;
mod explain;
mod finding;
pub mod impact;
pub mod json;
mod logical;
mod mode;
mod notes;
mod place;
mod renamed;
mod rules;
mod semantic;

use explain::explain;

pub use diagnose::{Subject, Version, diagnose, diagnose_json};
pub use finding::{Incompatibility, Kind, Semantic, SemanticKind};
pub use mode::{Check, Direction, Mode, Report, UnknownMode, check};
pub use place::{Place, Side};

/// What comes of reading the data of one schema with another.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Why data cannot be read, in the order of the reader's schema; empty if all can.
    pub incompatibilities: Vec<Incompatibility>,
    /// What is read as something else; no part of the verdict.
    pub semantic: Vec<Semantic>,
}

impl Comparison {
    /// The verdict of Java's `SchemaCompatibility`: every datum of the writer can be read.
    #[must_use]
    pub fn is_compatible(&self) -> bool {
        self.incompatibilities.is_empty()
    }
}

/// Compares a reader's schema with a writer's.
///
/// The time grows with the number of pairs of their types, which for all but contrived schemas is
/// the number of types. More than 262,144 pairs are not compared: they count as incompatible, and
/// the finding says so. Of unions with very many branches only those are tried that the names or
/// types let fit; the verdict stays the same. The causes of missing branches are told for the first
/// 10,000.
#[must_use]
pub fn compare(reader: Side<'_>, writer: Side<'_>) -> Comparison {
    Comparison {
        incompatibilities: explain(&checker::check(reader, writer)),
        semantic: semantic::check(reader, writer),
    }
}
