//! Processes: starting one that outlives this command, asking after it, ending it.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::state::Server;
use crate::Error;
use crate::process::{shown, tail};

/// How long a server may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(20);

/// Starts a process that writes to `log` and stays when this command is gone.
///
/// It gets a process group of its own: Ctrl-C in the terminal is not meant for it.
///
/// # Errors
///
/// If the program is not there or the log cannot be written.
pub(super) fn start(command: &mut Command, log: &Path) -> Result<Child, Error> {
    let told = |error| format!("{}: {error}", log.display());
    let output = File::create(log).map_err(told)?;
    command
        .stdin(Stdio::null())
        .stdout(output.try_clone().map_err(told)?)
        .stderr(output)
        .process_group(0)
        .spawn()
        .map_err(|error| format!("{} does not start: {error}", shown(command)).into())
}

/// Ends every one of these processes that still runs, the last started first.
///
/// # Errors
///
/// If one does not end.
pub(super) fn end_all(servers: &[Server]) -> Result<(), Error> {
    for server in servers.iter().rev() {
        if server.is_running() {
            server.end()?;
        }
    }
    Ok(())
}

impl Server {
    /// Whether the process that was started still runs: its id, and its marker with it.
    pub(crate) fn is_running(&self) -> bool {
        command_line(self.pid).is_some_and(|line| line.contains(&self.marker))
    }

    /// Waits until a process just started shows its command line, or has ended: the system starts
    /// it before it shows that.
    pub(super) fn settle(&self, child: &mut Child) -> Result<(), Error> {
        let end = Instant::now() + Duration::from_secs(5);
        while !self.is_running() && child.try_wait()?.is_none() && Instant::now() < end {
            sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// The end of its log, without the frames of Java's stack traces.
    pub(super) fn last_words(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        tail(&String::from_utf8_lossy(&log), 30)
    }

    fn end(&self) -> Result<(), Error> {
        signal("-TERM", self.pid)?;
        if self.ends_within(GRACE) {
            return Ok(());
        }
        signal("-KILL", self.pid)?;
        if self.ends_within(Duration::from_secs(5)) {
            return Ok(());
        }
        Err(format!("{} (process {}) does not end", self.name, self.pid).into())
    }

    fn ends_within(&self, time: Duration) -> bool {
        let end = Instant::now() + time;
        while self.is_running() {
            if Instant::now() > end {
                return false;
            }
            sleep(Duration::from_millis(50));
        }
        true
    }
}

fn signal(name: &str, pid: u32) -> Result<(), Error> {
    let status = Command::new("kill")
        .arg(name)
        .arg(pid.to_string())
        .stderr(Stdio::null())
        .status();
    // A process that ended in between is no failure; whether it ended is asked afterwards.
    status.map(drop).map_err(|error| {
        format!("`kill` does not run ({error}): install it (Debian: apt-get install procps)").into()
    })
}

/// The command line of a process, its words divided by a space; `None` if there is no such
/// process. One that has ended and is not yet reaped has an empty one.
fn command_line(pid: u32) -> Option<String> {
    if Path::new("/proc/self/cmdline").exists() {
        let bytes = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        return Some(String::from_utf8_lossy(&bytes).replace('\0', " "));
    }
    let pid = pid.to_string();
    let output = Command::new("ps")
        .args(["-ww", "-o", "command=", "-p", &pid])
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::{Server, end_all};
    use crate::kafka::state::Role;

    fn server(pid: u32, marker: &str) -> Server {
        Server {
            role: Role::Kafka,
            name: "sleep".into(),
            pid,
            marker: marker.into(),
            address: String::new(),
            log: "no.log".into(),
        }
    }

    #[test]
    fn only_the_process_with_its_marker_is_ended() {
        let mut child = Command::new("sleep")
            .arg("60.25")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let stranger = server(child.id(), "another marker");
        assert!(!stranger.is_running());
        end_all(std::slice::from_ref(&stranger)).unwrap();
        assert!(
            child.try_wait().unwrap().is_none(),
            "a process without the marker was ended"
        );

        let own = server(child.id(), "60.25");
        own.settle(&mut child).unwrap();
        assert!(own.is_running());
        end_all(std::slice::from_ref(&own)).unwrap();
        assert!(!own.is_running());
        child.wait().unwrap();
    }
}
