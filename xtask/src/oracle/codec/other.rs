//! Another implementation: how it is asked, in which form it answers, and where it may differ.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer::Ours;
use super::case::Case;
use crate::Error;
use crate::oracle::random::model::{Datum, Model};
use crate::oracle::reference::Class;
use crate::peer::Peer;
use crate::workspace::Workspace;

/// Another implementation.
pub(crate) trait Other {
    /// The form of data in its answers.
    type Form: DeserializeOwned + PartialEq + Debug;

    /// Its name and version.
    fn name() -> String;

    /// Starts it.
    fn start(workspace: &Workspace) -> Result<Peer, Error>;

    /// What it is asked about a case.
    fn question(case: &Case, ours: &Ours) -> impl Serialize;

    /// A datum in its form; the bytes are those of the datum.
    fn form(model: &Model, datum: &Datum, bytes: &[u8]) -> Self::Form;

    /// Where it decides otherwise than the specification or ARCHITECTURE.md.
    const CLASSES: &[Class];

    /// Its errors at what is none of the datum's.
    const FAILURES: &[&str];
}
