//! The format `gitlab`: a code quality report, an array of issues.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::Settings;
use super::human::paint::one_line;
use super::labels::{self, Labels, severity, waiver};
use super::location::Location;
use super::safe::append;
use super::words::Words;
use crate::checker::report::{Assembly, Closing, Excerpt, Format, Header, Judgement, Pieces, ProposalReport};
use crate::diagnostic::Severity;
use crate::text::Position;

/// A code quality report.
#[derive(Debug)]
pub(super) struct Gitlab {
    words: &'static Words,
    labels: &'static Labels,
}

impl Gitlab {
    pub(super) fn new(settings: Settings) -> Self {
        Self { words: settings.language.words(), labels: labels::labels(settings.language) }
    }
}

impl Format for Gitlab {
    fn proposal(&self, header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        let location = Location::of(&report.path, header.root.as_deref());
        for finding in &report.findings {
            write(&self.issue(&finding.judgement, location.path(), finding.start, finding.end), out);
        }
    }

    fn portfolio(&self, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        for finding in closing.portfolio.iter().filter(|finding| finding.judgement.verdict.is_finding()) {
            let judgement = &finding.judgement;
            match finding.members.first() {
                Some(member) => {
                    let location = Location::of(&member.path, header.root.as_deref());
                    write(&self.issue(judgement, location.path(), member.start, member.end), out);
                },
                None => {
                    let (file, line) =
                        judgement.rule.as_ref().map_or(("plan.plan", 1), |rule| (&*rule.file, rule.line));
                    let place = Position { line, column: 1, offset: 0 };
                    write(&self.issue(judgement, file, place, place), out);
                },
            }
        }
        for failure in &closing.failures {
            let place = Position { line: 1, column: 1, offset: 0 };
            let location = Location::of(&failure.path, header.root.as_deref());
            let path = if failure.path.is_empty() { "." } else { location.path() };
            let issue = Issue {
                description: format!("{}: {}", one_line(path), one_line(&failure.message)),
                check_name: failure.code.to_owned(),
                fingerprint: format!("{}:{path}", failure.code),
                severity: word(failure.severity).to_owned(),
                location: Spot::new(path, place, place),
            };
            write(&issue, out);
        }
    }

    fn assembly(&self) -> Option<&dyn Assembly> {
        Some(self)
    }
}

impl Gitlab {
    fn issue(&self, judgement: &Judgement, path: &str, start: Position, end: Position) -> Issue {
        let mut parts = vec![one_line(&judgement.message)];
        parts.extend(waiver(judgement, self.words, self.labels).map(Into::into));
        parts.extend(judgement.help.as_deref().map(one_line));
        Issue {
            description: parts.join(" — "),
            check_name: judgement.code.to_string(),
            fingerprint: judgement.fingerprint.clone(),
            severity: word(severity(judgement)).to_owned(),
            location: Spot::new(path, start, end),
        }
    }
}

impl Assembly for Gitlab {
    /// GitLab takes two issues of one fingerprint for one: where it comes again, its number is added.
    fn assemble(&self, _: &Header, _: &Closing, pieces: &mut dyn Pieces, out: &mut dyn Write) -> io::Result<()> {
        let mut seen: HashMap<String, u64> = HashMap::new();
        let mut line = Vec::new();
        let mut before = "[\n  ";
        while pieces.read_until(b'\n', &mut line)? > 0 {
            let mut issue: Issue = serde_json::from_slice(&line)?;
            let times = seen.entry(issue.fingerprint.clone()).or_default();
            *times += 1;
            if *times > 1 {
                issue.fingerprint = format!("{}-{times}", issue.fingerprint);
            }
            out.write_all(before.as_bytes())?;
            line.clear();
            append(&mut line, &issue);
            out.write_all(&line)?;
            line.clear();
            before = ",\n  ";
        }
        out.write_all(if before.starts_with('[') { b"[]\n" } else { b"\n]\n" })
    }
}

fn write(issue: &Issue, out: &mut Vec<u8>) {
    append(out, issue);
    out.push(b'\n');
}

/// An issue, as GitLab reads it.
#[derive(Debug, Serialize, Deserialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: String,
    location: Spot,
}

#[derive(Debug, Serialize, Deserialize)]
struct Spot {
    path: String,
    positions: Positions,
    lines: Lines,
}

#[derive(Debug, Serialize, Deserialize)]
struct Positions {
    begin: Place,
    end: Place,
}

#[derive(Debug, Serialize, Deserialize)]
struct Place {
    line: u32,
    column: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl Spot {
    fn new(path: &str, start: Position, end: Position) -> Self {
        let place = |position: Position| Place { line: position.line, column: position.column };
        Self {
            path: path.to_owned(),
            positions: Positions { begin: place(start), end: place(end) },
            lines: Lines { begin: start.line, end: end.line },
        }
    }
}

/// GitLab's word for a severity.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
