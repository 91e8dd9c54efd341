//! Python's fastavro, from PyPI, behind the small program in `xtask/oracle/python`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;
use crate::peer::Peer;
use crate::process;
use crate::workspace::Workspace;

/// The version of fastavro.
pub(super) const FASTAVRO: &str = "1.13.1";

/// Makes an environment with the library unless there is one, and starts the program.
///
/// # Errors
///
/// If the machine lacks something, or the library cannot be installed.
pub(super) fn start(workspace: &Workspace) -> Result<Peer, Error> {
    let home = workspace.target.join("oracle").join("dist");
    let python = environment(&home)?;
    let program = workspace.root.join("xtask/oracle/python/oracle.py");
    Peer::start(Command::new(python).arg(program))
}

/// The Python of an environment of its own, made beside its place and renamed, so that half of one
/// never counts.
fn environment(home: &Path) -> Result<PathBuf, Error> {
    let place = home.join(format!("fastavro-{FASTAVRO}"));
    let python = place.join("bin/python");
    if place.exists() {
        return Ok(python);
    }
    eprintln!("installing fastavro {FASTAVRO} from PyPI");
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv", "--clear"]).arg(&place);
    process::run(&mut venv)
        .map_err(|error| format!("{error}\n(Debian and Ubuntu: apt-get install python3-venv)"))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet"])
        .arg(format!("fastavro=={FASTAVRO}"));
    if let Err(error) = process::run(&mut pip) {
        // Else the next run would take it for one that is whole.
        std::fs::remove_dir_all(&place)?;
        return Err(error);
    }
    Ok(python)
}
