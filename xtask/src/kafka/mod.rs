//! `cargo xtask kafka up | down | status`: a real Kafka and a real schema registry for tests.
//!
//! Both come from Maven Central and run on free ports of this machine alone. Everything that they
//! write lies in the target folder and goes with `down`; only the download stays.

mod download;
mod ports;
mod probe;
mod process;
mod servers;
mod state;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::workspace::Workspace;
use crate::{Error, Outcome};
use state::State;

/// Where everything lies: `dist` is kept, `run` goes with `down`.
#[derive(Debug)]
struct Folders {
    dist: PathBuf,
    run: PathBuf,
}

/// Runs the sub-command that the words name.
///
/// # Errors
///
/// If the machine lacks something, or a server does not come up.
pub(crate) fn run(mut args: Args) -> Outcome {
    let status_only = args.flag("--status");
    let command = args.word();
    args.finish()?;
    let workspace = Workspace::load()?;
    match command.as_deref() {
        Some("status") => status(&workspace),
        Some("up" | "down") | None if status_only => status(&workspace),
        Some("up") => {
            let state = up(&workspace)?;
            for (name, value) in state.environment() {
                println!("export {name}={value}");
            }
            Ok(true)
        }
        Some("down") => down(&workspace).map(|()| true),
        _ => Err("`cargo xtask kafka` takes one of: up, down, status".into()),
    }
}

/// Brings both servers up, or finds them up, and waits until each answers.
///
/// # Errors
///
/// If the machine lacks something, or a server does not come up; then nothing is left running.
pub(crate) fn up(workspace: &Workspace) -> Result<State, Error> {
    let folders = Folders::of(workspace);
    let _alone = folders.lock()?;
    if let Some(state) = state::load(&folders.run)? {
        if state.servers.iter().all(|server| server.is_running()) {
            eprintln!("kafka and the schema registry are up already");
            servers::wait_for_all(&state)?;
            return Ok(state);
        }
        eprintln!("what an earlier run left behind is cleared away");
        clear(&folders, &state)?;
    }
    let started = servers::start(&folders);
    if started.is_err()
        && let Some(state) = state::load(&folders.run)?
    {
        clear(&folders, &state)?;
    }
    started
}

/// Whether both servers are up.
///
/// # Errors
///
/// If what `up` wrote down cannot be read.
pub(crate) fn is_up(workspace: &Workspace) -> Outcome {
    let state = state::load(&Folders::of(workspace).run)?.unwrap_or_default();
    let running = state.servers.iter().all(state::Server::is_running);
    Ok(running && !state.servers.is_empty())
}

/// Ends the servers that `up` started, and no other process, and removes what they wrote.
///
/// # Errors
///
/// If a server does not end, or its files cannot be removed.
pub(crate) fn down(workspace: &Workspace) -> Result<(), Error> {
    let folders = Folders::of(workspace);
    if !folders.run.exists() {
        eprintln!("kafka and the schema registry are not up");
        return Ok(());
    }
    let _alone = folders.lock()?;
    let state = state::load(&folders.run)?.unwrap_or_default();
    clear(&folders, &state)?;
    eprintln!("kafka and the schema registry are down");
    Ok(())
}

fn status(workspace: &Workspace) -> Outcome {
    let state = state::load(&Folders::of(workspace).run)?.unwrap_or_default();
    if state.servers.is_empty() {
        println!("kafka and the schema registry are not up");
        return Ok(false);
    }
    let mut all_up = true;
    for server in &state.servers {
        let running = server.is_running();
        all_up &= running;
        let says = if running { "up" } else { "gone" };
        println!(
            "{}: {says}, {} (process {})",
            server.name, server.address, server.pid
        );
    }
    Ok(all_up)
}

fn clear(folders: &Folders, state: &State) -> Result<(), Error> {
    process::end_all(&state.servers)?;
    match fs::remove_dir_all(&folders.run) {
        Err(error) if folders.run.exists() => {
            Err(format!("{} cannot be removed: {error}", folders.run.display()).into())
        }
        _ => Ok(()),
    }
}

impl Folders {
    fn of(workspace: &Workspace) -> Self {
        let home = workspace.target.join("kafka");
        Self {
            dist: home.join("dist"),
            run: home.join("run"),
        }
    }

    /// Waits until no other `up` or `down` is at work here.
    fn lock(&self) -> Result<File, Error> {
        let told = |path: &Path, error| format!("{}: {error}", path.display());
        fs::create_dir_all(&self.dist).map_err(|error| told(&self.dist, error))?;
        let folder = File::open(&self.dist).map_err(|error| told(&self.dist, error))?;
        folder.lock().map_err(|error| told(&self.dist, error))?;
        Ok(folder)
    }
}
