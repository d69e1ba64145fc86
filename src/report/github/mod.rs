//! The format `github`: annotations of a workflow run. The runner shows ten errors, ten warnings and ten notices of a
//! step; what is beyond that is counted in a closing notice.

pub(in crate::report) mod annotation;

use std::io::{self, Write};

use self::annotation::{Annotation, Limit, Place};
use super::Settings;
use super::human::paint::one_line;
use super::labels::{self, Labels, caveats, counts, severity, waiver};
use super::location::Location;
use super::words::Words;
use crate::checker::report::{
    Assembly, Closing, Excerpt, Failure, Format, Header, Judgement, Member, Pieces, ProposalReport,
};
use crate::diagnostic::Severity;
use crate::text::Position;

/// Annotations.
#[derive(Debug)]
pub(super) struct Github {
    words: &'static Words,
    labels: &'static Labels,
}

impl Github {
    pub(super) fn new(settings: Settings) -> Self {
        Self { words: settings.language.words(), labels: labels::labels(settings.language) }
    }
}

impl Format for Github {
    fn proposal(&self, header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        for finding in &report.findings {
            let spot = Spot { path: &report.path, start: finding.start, end: finding.end };
            self.annotate(header, &finding.judgement, Some(spot), out);
        }
    }

    fn portfolio(&self, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        for finding in closing.portfolio.iter().filter(|finding| finding.judgement.verdict.is_finding()) {
            self.annotate(header, &finding.judgement, finding.members.first().map(Spot::of), out);
        }
    }

    fn assembly(&self) -> Option<&dyn Assembly> {
        Some(self)
    }
}

impl Assembly for Github {
    fn assemble(
        &self,
        header: &Header,
        closing: &Closing,
        pieces: &mut dyn Pieces,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut limit = Limit::default();
        for failure in &closing.failures {
            if limit.admits(failure.severity) {
                write_failure(header, failure, out)?;
            }
        }
        let mut line = Vec::new();
        while pieces.read_until(b'\n', &mut line)? > 0 {
            if limit.admits(severity_of(&line)) {
                out.write_all(&line)?;
            }
            line.clear();
        }
        self.closing_notice(header, closing, &limit, out)
    }
}

/// The severity of an annotation that was written.
fn severity_of(line: &[u8]) -> Severity {
    match line {
        [b':', b':', b'e', ..] => Severity::Error,
        [b':', b':', b'w', ..] => Severity::Warning,
        _ => Severity::Note,
    }
}

/// A place in a checked file.
struct Spot<'a> {
    path: &'a str,
    start: Position,
    end: Position,
}

impl<'a> Spot<'a> {
    fn of(member: &'a Member) -> Self {
        Self { path: &member.path, start: member.start, end: member.end }
    }
}

fn write_failure(header: &Header, failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
    let location = Location::of(&failure.path, header.root.as_deref());
    let is_file = failure.code.starts_with("io/") && !failure.path.is_empty();
    let place = is_file.then(|| Place { path: location.path(), start: (1, 1), end: (1, 1) });
    let message = match failure.path.is_empty() {
        true => failure.message.clone(),
        false => format!("{}: {}", failure.path, failure.message),
    };
    Annotation { severity: failure.severity, title: failure.code, message: &message, place }.write(out)
}

impl Github {
    fn annotate(&self, header: &Header, judgement: &Judgement, spot: Option<Spot<'_>>, out: &mut Vec<u8>) {
        let location = spot.as_ref().map(|spot| Location::of(spot.path, header.root.as_deref()));
        let place = spot.as_ref().zip(location.as_ref()).map(|(spot, location)| Place {
            path: location.path(),
            start: (spot.start.line, spot.start.column),
            end: (spot.end.line, spot.end.column),
        });
        let words = self.words;
        let mut lines = vec![one_line(&judgement.message).into_owned()];
        for cite in &judgement.cites {
            let clause = cite.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
            let quote = format!("{clause}{}{}{}", words.open_quote, cite.text, words.close_quote);
            lines.push(format!("{}{}{}", words.plan, words.colon, one_line(&quote)));
        }
        lines.extend(waiver(judgement, words, self.labels));
        if let Some(help) = &judgement.help {
            lines.push(format!("{}{}{}", words.help, words.colon, one_line(help)));
        }
        let annotation =
            Annotation { severity: severity(judgement), title: &judgement.code, message: &lines.join("\n"), place };
        let _infallible = annotation.write(out);
    }

    /// How it came out, and how much of it is not shown.
    fn closing_notice(&self, header: &Header, closing: &Closing, limit: &Limit, out: &mut dyn Write) -> io::Result<()> {
        let (words, labels) = (self.words, self.labels);
        let mut lines = vec![counts(&closing.summary, words, labels)];
        let [errors, warnings, notes] = limit.left_out();
        let (of_errors, of_warnings, of_notes) = labels.not_shown;
        let left_out: Vec<String> = [(errors, of_errors), (warnings, of_warnings), (notes, of_notes)]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| format!("{count} {}", noun.form(count)))
            .collect();
        if !left_out.is_empty() {
            lines.push(format!("{} {}", left_out.join(words.comma), labels.not_shown_here));
        }
        lines.extend(caveats(header, closing, words));
        let title = format!("plancheck{}{}", words.comma, header.plan);
        Annotation { severity: Severity::Note, title: &title, message: &lines.join("\n"), place: None }.write(out)
    }
}
