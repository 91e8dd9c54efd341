//! Starting the broker and the registry and waiting until both answer.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::state::{self, Role, Server, State};
use super::{Folders, download, ports, probe, process};
use crate::Error;
use crate::java::{self, Java};
use crate::process::run;

/// How long a server may take until it answers: much more than it needs, for busy machines.
const START: Duration = Duration::from_secs(120);

/// Fetches, configures and starts both servers, and waits until each answers.
///
/// The state file names every process from the moment it runs, so that whatever happens next,
/// `down` finds it.
///
/// # Errors
///
/// If the machine lacks something, or a server ends or does not answer: then with the end of its
/// log. Processes may be running then.
pub(super) fn start(folders: &Folders) -> Result<State, Error> {
    let javas = java::all();
    let kafka_java = java::for_kafka(&javas)?;
    let kafka_jars = download::kafka(&folders.dist)?;
    let (registry_java, registry_release) = registry_choice(&javas)?;
    let registry_jar = download::registry(&folders.dist, registry_release)?;

    fs::create_dir_all(&folders.run)
        .map_err(|error| format!("{}: {error}", folders.run.display()))?;
    let [kafka_port, controller_port, registry_port, management_port] =
        ports::free().map_err(|error| format!("no free port: {error}"))?;
    let id = run_id();
    let marker = format!("-Dxtask.run={id}");
    let mut state = State::default();
    let mut children = Vec::new();

    let server = Server {
        role: Role::Kafka,
        name: format!("kafka {}", download::KAFKA),
        pid: 0,
        marker: marker.clone(),
        address: format!("127.0.0.1:{kafka_port}"),
        log: folders.run.join("kafka.log"),
    };
    let config = configure_kafka(&folders.run, kafka_port, controller_port)?;
    let kafka = Kafka {
        java: kafka_java,
        jars: &kafka_jars,
        config: &config,
    };
    run(&mut kafka.format(&id))?;
    children.push(launch(
        &mut kafka.serve(&marker),
        server,
        &mut state,
        folders,
    )?);

    let server = Server {
        role: Role::Registry,
        name: format!("apicurio registry {}", registry_release.version),
        pid: 0,
        marker: marker.clone(),
        address: format!("http://127.0.0.1:{registry_port}/apis/ccompat/v7"),
        log: folders.run.join("registry.log"),
    };
    let registry = Registry {
        java: registry_java,
        jar: &registry_jar,
    };
    let mut registry = registry.serve(registry_port, management_port, &marker);
    // Whatever it writes beside its home falls into the folder that goes with `down`.
    registry.current_dir(&folders.run);
    children.push(launch(&mut registry, server, &mut state, folders)?);

    for (server, child) in state.servers.iter().zip(&mut children) {
        wait(server, Some(child))?;
    }
    Ok(state)
}

/// Waits until every server answers.
///
/// # Errors
///
/// If one does not in time.
pub(super) fn wait_for_all(state: &State) -> Result<(), Error> {
    state
        .servers
        .iter()
        .try_for_each(|server| wait(server, None))
}

fn launch(
    command: &mut Command,
    mut server: Server,
    state: &mut State,
    folders: &Folders,
) -> Result<Child, Error> {
    eprintln!("starting {} at {}", server.name, server.address);
    let mut child = process::start(command, &server.log)?;
    server.pid = child.id();
    state.servers.push(server.clone());
    state::save(&folders.run, state)?;
    server.settle(&mut child)?;
    Ok(child)
}

fn wait(server: &Server, mut child: Option<&mut Child>) -> Result<(), Error> {
    let begin = Instant::now();
    loop {
        let Err(error) = server.asked() else {
            eprintln!("{} answers", server.name);
            return Ok(());
        };
        let ended = match &mut child {
            Some(child) => child.try_wait()?.map(|status| status.to_string()),
            None => (!server.is_running()).then(|| "gone".to_owned()),
        };
        let verdict = match ended {
            Some(status) => format!("ended ({status})"),
            None if begin.elapsed() > START => {
                format!("does not answer after {} s ({error})", START.as_secs())
            }
            None => {
                sleep(Duration::from_millis(100));
                continue;
            }
        };
        let words = server.last_words();
        return Err(format!("{} {verdict}; the end of its log:\n{words}", server.name).into());
    }
}

impl Server {
    fn asked(&self) -> io::Result<()> {
        match self.role {
            Role::Kafka => probe::kafka(&self.address),
            Role::Registry => probe::registry(&self.address),
        }
    }
}

/// The best release of the registry that a Java of this machine can run, and that Java.
fn registry_choice(javas: &[Java]) -> Result<(&Java, download::RegistryRelease), Error> {
    let choice = download::REGISTRY
        .into_iter()
        .find_map(|release| Some((java::at_least(javas, release.java)?, release)));
    let Some((java, release)) = choice else {
        return Err("no Java that the schema registry runs on".into());
    };
    if release != download::REGISTRY[0] {
        let [best, _] = download::REGISTRY;
        eprintln!(
            "no Java {} or newer, so the schema registry is {} instead of {} (Debian and Ubuntu: \
             apt-get install openjdk-{}-jre-headless)",
            best.java, release.version, best.version, best.java
        );
    }
    Ok((java, release))
}

/// What the three ways of calling Kafka's jars share.
struct Kafka<'a> {
    java: &'a Java,
    jars: &'a Path,
    config: &'a Path,
}

impl Kafka<'_> {
    fn format(&self, cluster_id: &str) -> Command {
        let mut command = self.command();
        command.args(["kafka.tools.StorageTool", "format", "-t", cluster_id, "-c"]);
        command.arg(self.config);
        command
    }

    fn serve(&self, marker: &str) -> Command {
        let mut command = self.command();
        command
            .args(["-Xms512m", "-Xmx512m", marker, "kafka.Kafka"])
            .arg(self.config);
        command
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.java.program);
        command.arg("-cp").arg(self.jars.join("*"));
        command
    }
}

/// What it takes to call the registry.
struct Registry<'a> {
    java: &'a Java,
    jar: &'a Path,
}

impl Registry<'_> {
    fn serve(&self, port: u16, management_port: u16, marker: &str) -> Command {
        let mut command = Command::new(&self.java.program);
        command.args(["-Xmx512m", marker]);
        // Its metrics have a port of their own, which would be 9000.
        for (name, port) in [("http", port), ("management", management_port)] {
            command.arg(format!("-Dquarkus.{name}.host=127.0.0.1"));
            command.arg(format!("-Dquarkus.{name}.port={port}"));
        }
        command.arg("-jar").arg(self.jar);
        command
    }
}

/// Broker and controller in one process, every internal topic with one replica.
fn configure_kafka(run: &Path, port: u16, controller_port: u16) -> Result<PathBuf, Error> {
    let file = run.join("server.properties");
    let data = run.join("kafka-data");
    let text = format!(
        "process.roles=broker,controller\n\
         node.id=1\n\
         controller.quorum.voters=1@127.0.0.1:{controller_port}\n\
         controller.listener.names=CONTROLLER\n\
         listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}\n\
         advertised.listeners=PLAINTEXT://127.0.0.1:{port}\n\
         log.dirs={}\n\
         num.partitions=1\n\
         offsets.topic.num.partitions=1\n\
         offsets.topic.replication.factor=1\n\
         transaction.state.log.num.partitions=1\n\
         transaction.state.log.replication.factor=1\n\
         transaction.state.log.min.isr=1\n\
         share.coordinator.state.topic.num.partitions=1\n\
         share.coordinator.state.topic.replication.factor=1\n\
         share.coordinator.state.topic.min.isr=1\n\
         group.initial.rebalance.delay.ms=0\n",
        // In a properties file a backslash begins an escape.
        data.display().to_string().replace('\\', "\\\\"),
    );
    fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(file)
}

/// An id for this run: Kafka's cluster id (16 bytes in URL-safe base64, as hexadecimal digits
/// are), different from that of any other run on this machine.
fn run_id() -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let pid = std::process::id();
    // 22 characters encode 16 bytes: the last carries two bits, so it is always an `A`.
    let digits = format!(
        "{:08x}{:013x}",
        pid,
        now.as_micros() & 0x000f_ffff_ffff_ffff
    );
    format!("{digits}A")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_run_id_is_a_cluster_id() {
        let id = super::run_id();
        assert_eq!(id.len(), 22);
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric()));
    }
}
