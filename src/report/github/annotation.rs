//! Workflow commands of GitHub's runner: annotations that know nothing of proposals, escaped as the runner asks.
//!
//! The runner reads a command a line, `::error file=…,line=…::message`. In a message `%`, CR and LF stand as `%25`, `%0D`
//! and `%0A`; in a property also `:` and `,`, as `%3A` and `%2C`.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::text::display::shown;

/// The most annotations of one severity that the runner shows of a step.
pub(in crate::report) const MOST: u64 = 10;

/// A message on a place.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Annotation<'a> {
    pub severity: Severity,
    pub title: &'a str,
    pub message: &'a str,
    pub place: Option<Place<'a>>,
}

/// A place in a file: lines and columns from 1, the end behind the last character.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Place<'a> {
    pub path: &'a str,
    pub start: (u32, u32),
    pub end: (u32, u32),
}

impl Annotation<'_> {
    /// Writes the command, and ends the line.
    pub(in crate::report) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "::{} ", command(self.severity))?;
        if let Some(place) = &self.place {
            write!(out, "file={},line={}", property(place.path), place.start.0)?;
            // The runner takes columns of a place on one line only, the last one included.
            if place.start.0 == place.end.0 {
                let last = place.end.1.saturating_sub(1).max(place.start.1);
                write!(out, ",endLine={},col={},endColumn={last}", place.end.0, place.start.1)?;
            } else {
                write!(out, ",endLine={}", place.end.0)?;
            }
            write!(out, ",")?;
        }
        writeln!(out, "title={}::{}", property(self.title), message(self.message))
    }
}

/// The command of a severity.
fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// A message: its own line breaks stay, everything else that steers is shown.
fn message(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| shown(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

fn property(text: &str) -> String {
    shown(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

/// Counts annotations, so that no more are written of a severity than the runner shows.
#[derive(Debug, Default)]
pub(in crate::report) struct Limit {
    counts: [u64; 3],
}

impl Limit {
    /// Whether one more of that severity is shown; it is counted anyway. One notice is kept for the closing one.
    pub(in crate::report) fn admits(&mut self, severity: Severity) -> bool {
        let most = if severity == Severity::Note { MOST - 1 } else { MOST };
        let [notes, warnings, errors] = &mut self.counts;
        let count = match severity {
            Severity::Error => errors,
            Severity::Warning => warnings,
            Severity::Note => notes,
        };
        *count += 1;
        *count <= most
    }

    /// How many errors, warnings and notices were left out.
    pub(in crate::report) fn left_out(&self) -> [u64; 3] {
        let [notes, warnings, errors] = self.counts;
        [errors.saturating_sub(MOST), warnings.saturating_sub(MOST), notes.saturating_sub(MOST - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(annotation: Annotation<'_>) -> String {
        let mut out = Vec::new();
        annotation.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_message_cannot_begin_a_command_of_its_own() {
        let annotation = Annotation {
            severity: Severity::Error,
            title: "a:b,c::d%0A\n::warning::x",
            message: "100%\r\n::error::x\u{1b}[31m",
            place: Some(Place { path: "a,b:c.json", start: (3, 5), end: (3, 9) }),
        };
        assert_eq!(
            written(annotation),
            "::error file=a%2Cb%3Ac.json,line=3,endLine=3,col=5,endColumn=8,title=a%3Ab%2Cc%3A%3Ad%250A\\u{a}%3A%3Awarning%3A%3Ax::100%25%0A::error::x\\u{1b}[31m\n"
        );
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns_and_an_empty_one_its_own() {
        let annotation = Annotation { severity: Severity::Note, title: "t", message: "m", place: None };
        let at = |start, end| written(Annotation { place: Some(Place { path: "a", start, end }), ..annotation });
        assert_eq!(at((1, 2), (3, 1)), "::notice file=a,line=1,endLine=3,title=t::m\n");
        assert_eq!(at((1, 2), (1, 2)), "::notice file=a,line=1,endLine=1,col=2,endColumn=2,title=t::m\n");
        assert_eq!(written(annotation), "::notice title=t::m\n");
    }
}
