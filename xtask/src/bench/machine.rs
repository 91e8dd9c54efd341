//! What was measured on, and with which versions.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Folders, go, java, told_of};
use crate::{Error, process};

/// Lines of "what: which".
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) lines: Vec<(String, String)>,
}

/// Where they are kept.
const FILE: &str = "machine.txt";

/// The peers whose versions count.
const PEERS: [&str; 6] = [
    "apache-avro",
    "serde_avro_fast",
    "prost",
    "rdkafka",
    "serde_json",
    "serde",
];

impl Machine {
    /// Looks at this machine.
    ///
    /// # Errors
    ///
    /// If a program that is needed anyway does not run.
    pub(super) fn look(folders: &Folders) -> Result<Self, Error> {
        let said = |program: &str, words: &[&str]| {
            let mut command = Command::new(program);
            process::output(command.args(words).current_dir(&folders.bench))
        };
        let lines = vec![
            ("Date", said("date", &["-u", "+%F %R UTC"])?),
            ("Commit", said("git", &["rev-parse", "--short", "HEAD"])?),
            ("Processor", processor()),
            ("Memory", memory()),
            ("System", said("uname", &["-srm"])?),
            ("Load before the run", load()),
            ("Rust", said("rustc", &["--version"])?),
            ("Java", java::version()?),
            ("Go", go::version()?),
            ("Peers", versions(&folders.bench)?),
        ];
        let lines = lines.into_iter().map(|(name, said)| {
            let said = said.trim().to_owned();
            (name.to_owned(), said)
        });
        Ok(Self {
            lines: lines.collect(),
        })
    }

    /// Keeps them with the results.
    ///
    /// # Errors
    ///
    /// If they cannot be written.
    pub(super) fn save(&self, folder: &Path) -> Result<(), Error> {
        let lines = self.lines.iter();
        let text: String = lines.map(|(a, b)| format!("{a}\t{b}\n")).collect();
        let path = folder.join(FILE);
        Ok(fs::write(&path, text).map_err(|error| told_of(&path, &error))?)
    }

    /// Those of the run whose results are kept.
    ///
    /// # Errors
    ///
    /// If there are none.
    pub(super) fn load(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let text = fs::read_to_string(&path).map_err(|error| told_of(&path, &error))?;
        let line = |line: &str| {
            let (a, b) = line.split_once('\t')?;
            Some((a.to_owned(), b.to_owned()))
        };
        Ok(Self {
            lines: text.lines().filter_map(line).collect(),
        })
    }
}

fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let value = |line: &str| {
        line.split_once(':')
            .map(|(_, value)| value.trim().to_owned())
    };
    let mut models = info.lines().filter(|line| line.starts_with("model name"));
    let model = models.next().and_then(value);
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let model = model.unwrap_or_else(|| "unknown".to_owned());
    format!("{cores} cores of {model}")
}

fn memory() -> String {
    let info = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = info.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes = total.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or_else(String::new, |it| format!("{} GiB", it.div_ceil(1 << 20)))
}

/// What else was running: the average number of processes over the last minute.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// The peers as the lock file has them, and those of other languages.
fn versions(bench: &Path) -> Result<String, Error> {
    let path = bench.join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(|error| told_of(&path, &error))?;
    let locked = |name: &&str| {
        let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        Some(format!("{name} {}", after.split('"').next()?))
    };
    let mut peers: Vec<String> = PEERS.iter().filter_map(locked).collect();
    peers.push(format!("Java's Avro {}", crate::java::AVRO));
    peers.push(go::library(bench)?);
    Ok(peers.join(", "))
}
