//! Programs that run to their end, and the end of what they say.

use std::process::{Command, Stdio};

use crate::Error;

/// Runs a process to its end.
///
/// # Errors
///
/// If it does not start, or fails: then with what it said.
pub(crate) fn run(command: &mut Command) -> Result<(), Error> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{} does not start: {error}", shown(command)))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = tail(&String::from_utf8_lossy(&said), 30);
    Err(format!("{} failed ({}):\n{said}", shown(command), output.status).into())
}

/// Runs a process to its end: what it printed.
///
/// # Errors
///
/// If it does not start, fails, or prints no text.
pub(crate) fn output(command: &mut Command) -> Result<String, Error> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{} does not start: {error}", shown(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    let said = tail(&String::from_utf8_lossy(&output.stderr), 30);
    Err(format!("{} failed ({}):\n{said}", shown(command), output.status).into())
}

/// The program's name, for people.
pub(crate) fn shown(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// The last lines, those aside that only say where in the program an exception passed.
pub(crate) fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("\tat "))
        .collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{run, tail};

    #[test]
    fn a_failure_says_what_the_program_said() {
        run(Command::new("sh").args(["-c", "exit 0"])).unwrap();
        let error = run(Command::new("sh").args(["-c", "echo no way >&2; exit 3"])).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("no way") && error.contains('3'), "{error}");
    }

    #[test]
    fn the_tail_is_the_last_lines() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(
            tail("a\nError: no\n\tat A.b(A.java:1)\n\tat A.c(A.java:2)\n", 1),
            "Error: no"
        );
        assert_eq!(tail("", 2), "");
    }
}
