//! stdout and stderr, in the format and colours that are asked for.
//!
//! A reader that has gone away (`| head`) ends nothing and is no error: what is left is not
//! written. Any other trouble with stdout is told at the end, and the exit code is 2.
//!
//! Names of files, schemas and what Git says come from strangers. Whatever is written here is escaped
//! by [`escape`] for its place, but for data, which are somebody's bytes.

use std::io::{self, ErrorKind, IsTerminal, Write};

use avro_model::render::{self, Finding};
use avro_model::{Severity, escape};

use crate::args::{Color, Format, OutputArgs};
use crate::stop::{Stop, Verdict};

/// How much of a long result is written at once, in bytes.
const ENOUGH: usize = 64 << 10;

/// Where a command's words go.
#[derive(Debug)]
pub(crate) struct Output {
    format: Format,
    color: Color,
    /// Whether the result is findings: then what keeps the command from one belongs there too.
    of_findings: bool,
    /// What stdout has not been given yet.
    pending: Vec<u8>,
    /// What has become of stdout.
    trouble: Option<io::Error>,
}

impl Output {
    pub(crate) fn new(args: &OutputArgs) -> Self {
        Self {
            format: args.format,
            color: args.color,
            of_findings: false,
            pending: Vec::new(),
            trouble: None,
        }
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// Says that the command's result is findings.
    pub(crate) fn lists_findings(&mut self) {
        self.of_findings = true;
    }

    /// Whether stdout takes colours.
    pub(crate) fn colored(&self) -> bool {
        self.color.wanted(io::stdout().is_terminal())
    }

    /// Writes a part of the result: text for people.
    pub(crate) fn print(&mut self, text: &str) {
        self.print_coloured(&escape::lines(text));
    }

    /// The same for text with colours, in which everything that it quotes is escaped.
    pub(crate) fn print_coloured(&mut self, text: &str) {
        self.write(text.as_bytes());
        self.flush();
    }

    /// Writes the result as JSON.
    pub(crate) fn print_json(&mut self, json: &str) {
        self.print_coloured(&escape::json(json));
    }

    /// Writes a schema, letter for letter: it may be hashed or registered. A terminal gets JSON of
    /// the same value.
    pub(crate) fn print_schema(&mut self, json: &str) {
        match io::stdout().is_terminal() {
            true => self.print_json(json),
            false => self.print_coloured(json),
        }
    }

    /// Writes one of many parts of the result as it is, which may stand here for a while.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= ENOUGH {
            self.flush();
        }
    }

    /// Gives stdout what stands here.
    pub(crate) fn flush(&mut self) {
        if self.trouble.is_none() && !self.pending.is_empty() {
            let mut stdout = io::stdout().lock();
            let written = stdout
                .write_all(&self.pending)
                .and_then(|()| stdout.flush());
            self.trouble = written.err();
        }
        self.pending.clear();
    }

    /// Whether nothing more can be written.
    pub(crate) fn is_closed(&self) -> bool {
        self.trouble.is_some()
    }

    /// Writes to stderr, behind all that has been written to stdout.
    pub(crate) fn complain(&mut self, text: &str) {
        self.flush();
        complain(&escape::lines(text));
    }

    /// Writes findings as the result.
    pub(crate) fn findings(&mut self, findings: &[Finding<'_>]) {
        let text = shown(findings, self.format, self.colored());
        self.print_coloured(&text);
    }

    /// Writes a sentence for people beside the result; programs do not ask for it.
    pub(crate) fn remark(&self, text: &str) {
        if self.format == Format::Text {
            complain(&escape::lines(&format!("{text}\n")));
        }
    }

    /// Says why there is no result.
    pub(crate) fn stopped(&mut self, stop: &Stop) {
        let findings = stop.findings();
        if self.of_findings && (stop.is_finding() || self.format != Format::Text) {
            self.findings(&findings);
        } else if stop.is_finding() {
            let colored = self.color.wanted(io::stderr().is_terminal());
            complain(&shown(&findings, self.format, colored));
        }
        if !stop.is_finding() {
            for finding in &findings {
                complain(&escape::lines(&format!("error: {}\n", finding.message)));
            }
        }
    }

    /// The exit code, given what the command wants it to be.
    pub(crate) fn finish(mut self, code: u8) -> u8 {
        self.flush();
        match self.trouble {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                complain(&format!("error: cannot write to stdout: {error}\n"));
                2
            }
            _ => code,
        }
    }
}

/// Findings in a format, escaped for it; of none nothing, or an empty array.
fn shown(findings: &[Finding<'_>], format: Format, colored: bool) -> String {
    match format {
        Format::Text => render::text_of_findings(findings, colored),
        Format::Json => render::json(findings),
        Format::Github => render::github(findings),
    }
}

/// What is said where nobody may be listening any more.
fn complain(text: &str) {
    // There is no place left where this could be told.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Whether findings are worth an exit code: errors are; with `deny` everything is.
pub(crate) fn verdict(findings: &[Finding<'_>], deny: bool) -> Verdict {
    let counts = |finding: &Finding<'_>| deny || finding.severity == Severity::Error;
    Verdict::good_if(!findings.iter().any(counts))
}

/// How many findings there are of each severity: `1 error, 2 warnings`.
pub(crate) fn count(findings: &[Finding<'_>]) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Lint].map(|severity| {
        let of_it = findings
            .iter()
            .filter(|finding| finding.severity == severity);
        (of_it.count(), severity)
    });
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, severity)| number(*count, severity.as_str()))
        .collect();
    match counts.is_empty() {
        true => "no findings".to_owned(),
        false => counts.join(", "),
    }
}

/// A number of things: `1 file`, `2 files`.
pub(crate) fn number(count: usize, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}
