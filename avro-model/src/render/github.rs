//! Findings as workflow commands, which GitHub shows as annotations beside the lines of a change.

use std::fmt::Write;

use super::finding::Finding;
use crate::diagnostic::Severity;
use crate::escape::{annotation, line, property};

/// One line for each finding: `::error file=…,line=…,col=…,title=CODE::message`, the notes behind
/// the message on lines of their own. A lint is a `notice`.
///
/// GitHub finds the file if its path starts at the root of the repository.
#[must_use]
pub fn github<'f>(findings: impl IntoIterator<Item = &'f Finding<'f>>) -> String {
    let mut commands = String::new();
    for finding in findings {
        command(finding, &mut commands);
    }
    commands
}

fn command(finding: &Finding<'_>, out: &mut String) {
    let level = match finding.severity {
        Severity::Lint => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let mut properties = Vec::new();
    if let Some(path) = finding.path() {
        properties.push(format!("file={}", property(&path.to_string_lossy())));
    }
    if let Some(label) = finding.labels.first() {
        let position = label.position();
        properties.push(format!("line={},col={}", position.line, position.column));
    }
    if let Some(code) = finding.code {
        properties.push(format!("title={}", property(code)));
    }
    let blank = if properties.is_empty() { "" } else { " " };
    let mut message = line(&finding.message).into_owned();
    for note in finding.notes {
        message.push('\n');
        message.push_str(note);
    }
    // A String takes everything.
    let _ = writeln!(
        out,
        "::{level}{blank}{}::{}",
        properties.join(","),
        annotation(&message)
    );
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::codes::Code;
    use crate::diagnostic::Diagnostic;
    use crate::source::{SourceMap, Span};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let mut sources = SourceMap::new();
        let file = sources.add("c:/a,b%.avsc", "\n  \"x\"").unwrap();
        let place = Span {
            file,
            start: 3,
            end: 6,
        };
        let mut found =
            Diagnostic::new(Code::BadName, place, "50 %, a::b\r\n").note("do: this, now");
        assert_eq!(
            github(&[Finding::new(&sources, &found)]),
            "::error file=c%3A/a%2Cb%25.avsc,line=2,col=3,title=AVR020::\
             50 %25, a::b\\r\\n%0Ado: this, now\n"
        );
        found.severity = Severity::Lint;
        assert!(github(&[Finding::new(&sources, &found)]).starts_with("::notice file="));
        found.severity = Severity::Warning;
        assert!(github(&[Finding::new(&sources, &found)]).starts_with("::warning file="));
    }

    #[test]
    fn a_command_has_the_properties_that_the_finding_has() {
        let path = Path::new("a.avsc");
        assert_eq!(
            github(&[
                Finding::error("no", Some(path)),
                Finding::error("none", None)
            ]),
            "::error file=a.avsc::no\n::error::none\n"
        );
        assert_eq!(github([]), "");
    }
}
