//! stdin as data: line by line, or all of it.

use std::io::{self, BufRead, BufReader, Read, StdinLock};
use std::path::Path;

use crate::output::Output;
use crate::stop::{Outcome, Stop, Verdict};

/// How much of stdin is held at once, but for a line that is longer.
const AHEAD: usize = 64 << 10;

/// A line of stdin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// Its bytes, without `\n` or `\r\n`.
    pub(crate) bytes: &'a [u8],
}

/// Makes something of every line. One that is bad is told, passed over, and makes the verdict bad:
/// whoever sorts out a thousand messages wants to know of all that are bad, and to have the rest.
pub(crate) fn each_line(
    output: &mut Output,
    mut work: impl FnMut(Line<'_>, &mut Output) -> Result<(), String>,
) -> Outcome {
    let mut stdin = open();
    let (mut verdict, mut number, mut bytes) = (Verdict::Good, 0, Vec::new());
    // Whoever reads the result may have gone away.
    while !output.is_closed() {
        if !stdin.buffer().contains(&b'\n') {
            // The rest of the next line may be long in coming.
            output.flush();
        }
        bytes.clear();
        if stdin.read_until(b'\n', &mut bytes).map_err(unreadable)? == 0 {
            break;
        }
        number += 1;
        let bytes = without_end(&bytes);
        if let Err(why) = work(Line { number, bytes }, output) {
            output.complain(&format!("error: line {number}: {why}\n"));
            verdict = Verdict::Bad;
        }
    }
    Ok(verdict)
}

/// All of it.
pub(crate) fn whole() -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    open().read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn open() -> BufReader<StdinLock<'static>> {
    BufReader::with_capacity(AHEAD, io::stdin().lock())
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn unreadable(error: io::Error) -> Stop {
    Stop::io("read", Path::new("<stdin>"), error)
}
