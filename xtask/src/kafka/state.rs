//! The state file: which processes `up` started and where they answer.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Error;

const FILE: &str = "state.json";

/// What `up` has started, as `down` and a second `up` find it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct State {
    /// The servers, in the order in which they were started.
    pub(crate) servers: Vec<Server>,
}

/// Which of the two a [`Server`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// The broker.
    Kafka,
    /// The schema registry.
    Registry,
}

/// A process that `up` started.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Server {
    /// Which of the two.
    pub(crate) role: Role,
    /// Name and version, for people.
    pub(crate) name: String,
    /// Its process id.
    pub(crate) pid: u32,
    /// A word that stands on this process's command line and on no other's: process ids are
    /// used again, and `down` must never end a stranger.
    pub(crate) marker: String,
    /// Where it answers: `host:port` for Kafka, the base URL for the registry.
    pub(crate) address: String,
    /// Its log.
    pub(crate) log: std::path::PathBuf,
}

impl State {
    /// The environment that tests and examples read.
    pub(crate) fn environment(&self) -> Vec<(&'static str, &str)> {
        let named = |server: &'_ Server| match server.role {
            Role::Kafka => "KAFKA_BOOTSTRAP_SERVERS",
            Role::Registry => "KAFKA_SCHEMA_REGISTRY_URL",
        };
        self.servers
            .iter()
            .map(|server| (named(server), server.address.as_str()))
            .collect()
    }
}

/// Reads the state file of a run's folder; `None` if there is none.
///
/// # Errors
///
/// If the file cannot be read or is not what [`save`] writes.
pub(super) fn load(run: &Path) -> Result<Option<State>, Error> {
    let file = run.join(FILE);
    if !file.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&file).map_err(|error| told(&file, &error))?;
    let state = serde_json::from_str(&text).map_err(|error| told(&file, &error))?;
    Ok(Some(state))
}

/// Writes the state file: beside its place, then renamed, so that no reader sees half of it.
///
/// # Errors
///
/// If the file cannot be written.
pub(super) fn save(run: &Path, state: &State) -> Result<(), Error> {
    let file = run.join(FILE);
    let beside = run.join("state.json.new");
    fs::write(&beside, serde_json::to_string_pretty(state)?)
        .and_then(|()| fs::rename(&beside, &file))
        .map_err(|error| told(&file, &error))
}

fn told(file: &Path, error: &dyn std::error::Error) -> Error {
    format!("{}: {error}", file.display()).into()
}

#[cfg(test)]
mod tests {
    use super::{Role, Server, State, load, save};

    fn state() -> State {
        let server = |role, address: &str| Server {
            role,
            name: "a server 1.0".into(),
            pid: 4711,
            marker: "-Dmarker=x".into(),
            address: address.into(),
            log: "/tmp/with space/server.log".into(),
        };
        State {
            servers: vec![
                server(Role::Kafka, "127.0.0.1:9092"),
                server(Role::Registry, "http://127.0.0.1:8081/api"),
            ],
        }
    }

    #[test]
    fn what_is_saved_is_loaded_again() {
        let run = std::env::temp_dir().join(format!("xtask-state-{}", std::process::id()));
        std::fs::create_dir_all(&run).unwrap();
        assert_eq!(load(&run).unwrap(), None);
        save(&run, &state()).unwrap();
        assert_eq!(load(&run).unwrap(), Some(state()));
        std::fs::write(run.join("state.json"), "{").unwrap();
        assert!(load(&run).unwrap_err().to_string().contains("state.json"));
        std::fs::remove_dir_all(&run).unwrap();
    }

    #[test]
    fn the_environment_names_both_servers() {
        assert_eq!(
            state().environment(),
            [
                ("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
                ("KAFKA_SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081/api"),
            ]
        );
    }
}
