//! Another implementation as a process: a line of JSON is a question, a line of JSON the answer.
//!
//! It starts once and answers in the order of the questions. Two threads keep its pipes moving, so
//! that many questions can be on their way while this side does its own work.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::process::shown;

/// How long one answer may take: much more than it needs, for busy machines.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running process that answers; it ends with this value.
#[derive(Debug)]
pub(crate) struct Peer {
    name: String,
    process: Child,
    questions: Sender<String>,
    answers: Receiver<String>,
}

impl Peer {
    /// Starts it; what it says besides goes where this process's own messages go.
    ///
    /// # Errors
    ///
    /// If the program is not there.
    pub(crate) fn start(command: &mut Command) -> Result<Self, Error> {
        let name = shown(command);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name} does not start: {error}"))?;
        let (questions, to_send) = channel();
        let (received, answers) = channel();
        let no_pipe = || format!("{name} has no pipe");
        let input = process.stdin.take().ok_or_else(no_pipe)?;
        let output = process.stdout.take().ok_or_else(no_pipe)?;
        thread::spawn(move || send(&to_send, input));
        thread::spawn(move || receive(&received, output));
        Ok(Self {
            name,
            process,
            questions,
            answers,
        })
    }

    /// Puts a question without waiting.
    ///
    /// # Errors
    ///
    /// If the process has ended.
    pub(crate) fn ask(&mut self, question: &impl Serialize) -> Result<(), Error> {
        let line = serde_json::to_string(question)?;
        self.questions.send(line).map_err(|_| self.ended())
    }

    /// The answer to the oldest question that has none yet.
    ///
    /// # Errors
    ///
    /// If the process has ended, takes too long, or says something else.
    pub(crate) fn answer<A: DeserializeOwned>(&mut self) -> Result<A, Error> {
        let line = self
            .answers
            .recv_timeout(PATIENCE)
            .map_err(|error| match error {
                RecvTimeoutError::Disconnected => self.ended(),
                RecvTimeoutError::Timeout => format!(
                    "{} does not answer after {} s",
                    self.name,
                    PATIENCE.as_secs()
                )
                .into(),
            })?;
        serde_json::from_str(&line)
            .map_err(|error| format!("{} says `{line}`: {error}", self.name).into())
    }

    fn ended(&mut self) -> Error {
        match self.process.try_wait() {
            Ok(Some(status)) => format!("{} ended ({status}); see above", self.name).into(),
            _ => format!("{} closed its pipe", self.name).into(),
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Both pipes end when the other side does; then the channel does too, and the error is made where
/// somebody waits.
fn send(lines: &Receiver<String>, pipe: ChildStdin) {
    let mut pipe = BufWriter::new(pipe);
    while let Ok(line) = lines.recv() {
        let mut next = Some(line);
        while let Some(line) = next {
            if writeln!(pipe, "{line}").is_err() {
                return;
            }
            next = lines.try_recv().ok();
        }
        if pipe.flush().is_err() {
            return;
        }
    }
}

fn receive(lines: &Sender<String>, pipe: ChildStdout) {
    for line in BufReader::new(pipe).lines() {
        let Ok(line) = line else { return };
        if lines.send(line).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::Peer;

    #[test]
    fn answers_come_in_the_order_of_questions() {
        let mut peer = Peer::start(&mut Command::new("cat")).unwrap();
        for number in 0..10_000 {
            peer.ask(&number).unwrap();
        }
        for number in 0..10_000 {
            assert_eq!(peer.answer::<u32>().unwrap(), number);
        }
    }

    #[test]
    fn one_that_ends_or_talks_nonsense_is_an_error() {
        let mut peer = Peer::start(Command::new("sh").args(["-c", "echo nonsense"])).unwrap();
        let error = peer.answer::<u32>().unwrap_err().to_string();
        assert!(error.contains("nonsense"), "{error}");
        let error = peer.answer::<u32>().unwrap_err().to_string();
        assert!(error.contains("sh"), "{error}");
    }
}
