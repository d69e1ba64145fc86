//! The format `csv`: a finding a row, for spreadsheets (RFC 4180).
//!
//! It begins with a byte-order mark: without one, spreadsheets take Chinese for another encoding. A text that a
//! spreadsheet would run as a formula gets an apostrophe before it.

use csv::{Terminator, Writer, WriterBuilder};

use super::Settings;
use super::human::paint::one_line;
use super::labels::{self, Labels, waiver};
use super::words::Words;
use crate::checker::report::{
    Closing, Excerpt, Failure, Format, Header, Judgement, PortfolioFinding, ProposalReport, basis_word,
};
use crate::text::Position;

/// The byte-order mark.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The columns, as programs call them: the same in every language.
const COLUMNS: [&str; 22] = [
    "kind",
    "path",
    "index",
    "line",
    "column",
    "id",
    "title",
    "status",
    "code",
    "for",
    "verdict",
    "severity",
    "basis",
    "message",
    "help",
    "pointer",
    "clause",
    "passage",
    "missing",
    "rule",
    "fingerprint",
    "waiver",
];

/// A row a finding.
#[derive(Debug)]
pub(super) struct Csv {
    words: &'static Words,
    labels: &'static Labels,
}

impl Csv {
    pub(super) fn new(settings: Settings) -> Self {
        Self { words: settings.language.words(), labels: labels::labels(settings.language) }
    }
}

/// What a row says besides the judgement.
#[derive(Default)]
struct Subject<'a> {
    kind: &'static str,
    path: &'a str,
    index: Option<u64>,
    place: Option<Position>,
    id: Option<&'a str>,
    title: Option<&'a str>,
    status: &'static str,
    value: Option<&'a str>,
    pointer: &'a str,
}

impl Format for Csv {
    fn begin(&self, _header: &Header, out: &mut Vec<u8>) {
        out.extend_from_slice(MARK);
        put(out, |rows| rows.write_record(COLUMNS));
    }

    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        for finding in &report.findings {
            let subject = Subject {
                kind: "proposal",
                path: &report.path,
                index: Some(report.index),
                place: Some(finding.start),
                id: report.id.as_deref(),
                title: report.title.as_deref(),
                status: report.status.word(),
                pointer: &finding.pointer,
                value: None,
            };
            self.row(&subject, &finding.judgement, out);
        }
    }

    fn portfolio(&self, _header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        for finding in closing.portfolio.iter().filter(|finding| finding.judgement.verdict.is_finding()) {
            self.row(&of_portfolio(finding), &finding.judgement, out);
        }
        closing.failures.iter().for_each(|failure| failed(failure, out));
    }
}

fn of_portfolio(finding: &PortfolioFinding) -> Subject<'_> {
    let subject = Subject { kind: "portfolio", value: finding.value.as_deref(), ..Subject::default() };
    match finding.members.first() {
        Some(member) => Subject {
            path: &member.path,
            index: Some(member.index),
            place: Some(member.start),
            id: member.id.as_deref(),
            pointer: &member.pointer,
            ..subject
        },
        None => subject,
    }
}

impl Csv {
    fn row(&self, subject: &Subject<'_>, judgement: &Judgement, out: &mut Vec<u8>) {
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let clauses: Vec<&str> = judgement.cites.iter().filter_map(|cite| cite.clause.as_deref()).collect();
        let passages: Vec<&str> = judgement.cites.iter().map(|cite| &*cite.text).collect();
        let rule = judgement.rule.as_ref().map(|rule| format!("{}:{}", rule.file, rule.line));
        let separator = self.labels.semicolon;
        let cells: [String; COLUMNS.len()] = [
            subject.kind.to_owned(),
            inert(subject.path),
            number(subject.index),
            number(subject.place.map(|place| place.line.into())),
            number(subject.place.map(|place| place.column.into())),
            inert(subject.id.unwrap_or_default()),
            inert(subject.title.unwrap_or_default()),
            subject.status.to_owned(),
            inert(&judgement.code),
            inert(subject.value.unwrap_or_default()),
            judgement.verdict.word().to_owned(),
            judgement.severity.word().to_owned(),
            judgement.basis.map(basis_word).unwrap_or_default().to_owned(),
            inert(&judgement.message),
            inert(judgement.help.as_deref().unwrap_or_default()),
            inert(subject.pointer),
            inert(&clauses.join(separator)),
            inert(&passages.join(separator)),
            inert(&judgement.missing.join(separator)),
            inert(&rule.unwrap_or_default()),
            inert(&judgement.fingerprint),
            inert(&waiver(judgement, self.words, self.labels).unwrap_or_default()),
        ];
        put(out, |rows| rows.write_record(&cells));
    }
}

/// What kept the run from its work is a row too: a list that is empty for want of input must not look clean.
fn failed(failure: &Failure, out: &mut Vec<u8>) {
    let cell = |column: &str| match column {
        "kind" => "run".to_owned(),
        "path" => inert(&failure.path),
        "code" => failure.code.to_owned(),
        "severity" => failure.severity.word().to_owned(),
        "message" => inert(&failure.message),
        _ => String::new(),
    };
    put(out, |rows| rows.write_record(COLUMNS.map(cell)));
}

/// Writing to a vector cannot fail.
fn put(out: &mut Vec<u8>, write: impl FnOnce(&mut Writer<&mut Vec<u8>>) -> csv::Result<()>) {
    let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let _infallible = write(&mut rows);
    let _infallible = rows.flush();
}

/// A text on one line that no spreadsheet takes for a formula.
fn inert(text: &str) -> String {
    let line = one_line(text);
    match line.trim_start().chars().next() {
        // Excel in East Asian locales takes the full-width forms for operators as well.
        Some('=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠') => format!("'{line}"),
        _ => line.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\n=cmd|' /C calc'!A0", "＝1"] {
            assert!(inert(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(inert("郑州 = 1"), "郑州 = 1");
        assert_eq!(inert("a\u{0}\nb"), "a\\u{0} b");
    }
}
