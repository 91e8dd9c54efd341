//! What a program costs: processor time, time on the clock, memory.
//!
//! The system tells of children that have ended, of all together. So a process of its own stands
//! between: this program once more, which [`main`] serves. It also sets the limit at which the
//! system ends a process.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio, exit};
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, UsageWho, getrusage, setrlimit};
use nix::sys::time::TimeValLike;

/// The first argument of the process between.
const BETWEEN: &str = "--measure";

/// A program to run.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
    folder: PathBuf,
    variables: Vec<(&'static str, OsString)>,
    limit: Option<Duration>,
}

/// What a run cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Of all its threads and of its children, by the user's code and the system's.
    pub processor: Duration,
    /// From start to end.
    pub clock: Duration,
    /// The most memory that it, or one of its children, held at once, in bytes.
    pub peak: u64,
    /// Whether it was ended at its limit, so that it would have cost more.
    pub ended: bool,
}

impl Program {
    /// A program with arguments, in a folder.
    pub fn new(path: impl Into<PathBuf>, folder: &Path, arguments: &[&str]) -> Self {
        Self {
            path: path.into(),
            arguments: arguments.iter().map(OsString::from).collect(),
            folder: folder.to_owned(),
            variables: Vec::new(),
            limit: None,
        }
    }

    /// The same, ended when one of its processes has taken so much processor time, in whole seconds.
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The same with a variable of its environment.
    pub fn with(mut self, variable: &'static str, value: impl Into<OsString>) -> Self {
        self.variables.push((variable, value.into()));
        self
    }

    /// Runs it.
    ///
    /// # Panics
    /// If it fails of itself: then there is nothing to measure.
    pub fn run(&self) -> Cost {
        let limit = self.limit.map_or(0, |limit| limit.as_secs().max(1));
        let output = Command::new(std::env::current_exe().expect("this program"))
            .arg(BETWEEN)
            .arg(limit.to_string())
            .arg(&self.path)
            .args(&self.arguments)
            .envs(self.variables.iter().cloned())
            .current_dir(&self.folder)
            .stderr(Stdio::inherit())
            .output()
            .expect("this program");
        let told = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<u64> = told.split(' ').filter_map(|it| it.parse().ok()).collect();
        let [processor, clock, peak, succeeded] = numbers[..] else {
            panic!("{} does not run", self.path.display());
        };
        let ended = succeeded == 0 && limit > 0 && processor >= limit * 1_000_000;
        let (path, folder) = (self.path.display(), self.folder.display());
        assert!(succeeded == 1 || ended, "{path} fails in {folder}");
        Cost {
            processor: Duration::from_micros(processor),
            clock: Duration::from_micros(clock),
            peak,
            ended,
        }
    }
}

/// The process between, if this is it: runs its arguments and says what they cost. To be called
/// first by programs that measure others.
pub fn main() {
    let mut words = std::env::args_os().skip(1);
    if words.next().is_none_or(|word| word != BETWEEN) {
        return;
    }
    let limit = words.next().and_then(|limit| limit.to_str()?.parse().ok());
    let limit: u64 = limit.expect("a limit in seconds, or 0");
    let program = words.next().expect("a program");
    if limit > 0 {
        setrlimit(Resource::RLIMIT_CPU, limit, limit).expect("a limit below that of the system");
    }
    let start = Instant::now();
    let status = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    let clock = start.elapsed();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let processor = usage.user_time() + usage.system_time();
    let peak = usage.max_rss() * 1024;
    let succeeded = u8::from(status.is_ok_and(|status| status.success()));
    let (processor, clock) = (processor.num_microseconds(), clock.as_micros());
    print!("{processor} {clock} {peak} {succeeded}");
    exit(0);
}
