//! Python's fastavro, from PyPI, behind the small program in `xtask/oracle/python`.

use std::process::Command;

use crate::peer::Peer;
use crate::workspace::Workspace;
use crate::{Error, python};

/// The version of fastavro.
pub(super) const FASTAVRO: &str = "1.13.1";

/// Makes an environment with the library unless there is one, and starts the program.
///
/// # Errors
///
/// If the machine lacks something, or the library cannot be installed.
pub(super) fn start(workspace: &Workspace) -> Result<Peer, Error> {
    let place = workspace.target.join("oracle/dist/fastavro");
    let python = python::environment(&place, &format!("fastavro=={FASTAVRO}\n"))?;
    let program = workspace.root.join("xtask/oracle/python/oracle.py");
    Peer::start(Command::new(python).arg(program))
}
