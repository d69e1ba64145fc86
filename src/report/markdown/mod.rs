//! The format `markdown`: a comment on a pull request. It is never longer than a comment may be; what does not fit is
//! counted.

pub(in crate::report) mod text;

use std::fmt::Write as _;
use std::io::{self, Write};

use self::text::{code, escaped, html, with_code};
use super::labels::{self, Labels, caveats, waiver};
use super::words::Words;
use super::{Settings, frame};
use crate::checker::report::{
    Assembly, Closing, Excerpt, Format, Header, Judgement, Member, Pieces, ProposalReport, Status, Summary,
};
use crate::diagnostic::Severity;

/// The longest comment, in UTF-16 units: GitHub takes 65,536 characters.
pub(in crate::report) const LONGEST: usize = 65_000;

/// What is kept for the closing lines.
const KEPT_BACK: usize = 500;

/// How long the part before the proposals may become.
const LONGEST_HEAD: usize = 20_000;

/// A comment.
#[derive(Debug)]
pub(super) struct Markdown {
    words: &'static Words,
    labels: &'static Labels,
    quiet: bool,
}

impl Markdown {
    pub(super) fn new(settings: Settings) -> Self {
        let (words, labels) = (settings.language.words(), labels::labels(settings.language));
        Self { words, labels, quiet: settings.quiet }
    }
}

impl Format for Markdown {
    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        if report.findings.is_empty() {
            return;
        }
        let mut body = String::new();
        let _infallible = write!(body, "<details><summary>{} ", mark(report.status));
        let _infallible = write!(body, "<code>{}</code>", html(&report.path));
        for text in [&report.title, &report.id].into_iter().flatten().filter(|text| !text.trim().is_empty()) {
            let _infallible = write!(body, " {}", html(text));
        }
        let _infallible = write!(body, "{}{}</summary>\n\n", self.words.comma, self.words.status(report.status));
        for finding in &report.findings {
            let place = format!("{}:{}:{}", report.path, finding.start.line, finding.start.column);
            self.finding(&finding.judgement, &place, &mut body);
        }
        body.push_str("\n</details>\n");
        frame::write(out, &report.findings.len(), body.as_bytes());
    }

    fn assembly(&self) -> Option<&dyn Assembly> {
        Some(self)
    }
}

impl Assembly for Markdown {
    fn assemble(
        &self,
        header: &Header,
        closing: &Closing,
        pieces: &mut dyn Pieces,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let head = self.head(header, closing);
        let mut room = LONGEST.saturating_sub(length(&head) + KEPT_BACK);
        out.write_all(head.as_bytes())?;
        let mut left_out: (u64, u64) = (0, 0);
        while let Some((findings, body)) = frame::read::<u64>(pieces)? {
            let body = String::from_utf8_lossy(&body);
            match room.checked_sub(length(&body)) {
                Some(rest) if left_out.0 == 0 => {
                    room = rest;
                    out.write_all(body.as_bytes())?;
                },
                _ => {
                    left_out.0 += 1;
                    left_out.1 += findings;
                },
            }
        }
        if left_out.0 > 0 {
            writeln!(out, "\n**{}**", self.labels.further(left_out.0, left_out.1))?;
        }
        Ok(())
    }
}

impl Markdown {
    /// How it came out, what a reader must know, what could not be done, and what is said of the portfolio.
    fn head(&self, header: &Header, closing: &Closing) -> String {
        let words = self.words;
        let title = header.pack.text(&header.pack.title);
        let title = if title.is_empty() { &header.plan } else { title };
        let mut out = format!(
            "### {} {}\n\n{}{}{} {}\n\n",
            overall(closing),
            escaped(title),
            escaped(&format!("{} {}", header.plan, header.version)),
            words.comma,
            words.as_of,
            escaped(&header.as_of)
        );
        self.table(&closing.summary, &mut out);
        for caveat in caveats(header, closing, words) {
            let _infallible = writeln!(out, "- {}", escaped(&caveat));
        }
        if !closing.failures.is_empty() {
            let _infallible = writeln!(out, "\n**{}**\n", words.failures);
        }
        let failures = closing.failures.iter().map(|failure| {
            let place = if failure.path.is_empty() { String::new() } else { code(&failure.path) + words.colon };
            let severity = words.severity(failure.severity);
            format!("- **{severity}** {} {place}{}\n", code(failure.code), with_code(&failure.message))
        });
        self.bounded(failures, LONGEST_HEAD / 2, &mut out);
        if !closing.portfolio.is_empty() {
            let _infallible = writeln!(out, "\n**{}**\n", words.portfolio_heading);
        }
        let portfolio = closing.portfolio.iter().filter(|one| one.judgement.verdict.is_finding()).map(|one| {
            let mut text = String::new();
            let value = one.value.as_ref().map(|value| format!("{} {value}", words.for_value)).unwrap_or_default();
            self.finding(&one.judgement, &value, &mut text);
            for member in &one.members {
                let _infallible = writeln!(text, "  - {}", member_place(member));
            }
            if one.more > 0 {
                let _infallible = writeln!(text, "  - {}{}{}", words.more.0, one.more, words.more.1);
            }
            text
        });
        self.bounded(portfolio, LONGEST_HEAD, &mut out);
        out.push('\n');
        out
    }

    /// Entries, as many as fit; the others are counted.
    fn bounded(&self, entries: impl Iterator<Item = String>, longest: usize, out: &mut String) {
        let mut left_out = 0_u64;
        for entry in entries {
            if left_out == 0 && length(out) + length(&entry) <= longest {
                out.push_str(&entry);
            } else {
                left_out += 1;
            }
        }
        if left_out > 0 {
            let _infallible = writeln!(out, "- {}{left_out}{}", self.words.more.0, self.words.more.1);
        }
    }

    fn table(&self, summary: &Summary, out: &mut String) {
        let words = self.words;
        if summary.proposals == 0 {
            let _infallible = writeln!(out, "**{}**\n", words.nothing_checked);
        }
        if self.quiet {
            return;
        }
        let cells = [
            (words.proposals.form(2), summary.proposals),
            (words.status(Status::Compliant), summary.compliant),
            (words.status(Status::Violating), summary.violating),
            (words.status(Status::Undetermined), summary.undetermined),
            (words.status(Status::Invalid), summary.invalid),
            (words.errors.form(2), summary.errors),
            (words.warnings.form(2), summary.warnings),
            (words.notes.form(2), summary.notes),
            (words.waived, summary.waived),
        ];
        let heads: Vec<&str> = cells.iter().map(|(head, _)| *head).collect();
        let counts: Vec<String> = cells.iter().map(|(_, count)| count.to_string()).collect();
        let _infallible = writeln!(out, "| {} |", heads.join(" | "));
        let _infallible = writeln!(out, "|{}", " ---: |".repeat(cells.len()));
        let _infallible = writeln!(out, "| {} |\n", counts.join(" | "));
    }

    /// A finding with what it rests on and what to do.
    fn finding(&self, judgement: &Judgement, place: &str, out: &mut String) {
        let words = self.words;
        let severity = words.severity(judgement.severity);
        let _infallible = write!(out, "- {} **{severity}** {}", dot(judgement), code(&judgement.code));
        let verdict = labels::verdict(judgement.verdict, words);
        let _infallible = write!(out, "{}{verdict}", words.comma);
        if !place.is_empty() {
            let _infallible = write!(out, "{}{}", words.comma, code(place));
        }
        // Never at the beginning of a line, where a text could be a heading or a list.
        let _infallible = writeln!(out, "{}{}", words.colon, with_code(&judgement.message));
        for cite in &judgement.cites {
            let clause = cite.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
            let quote = format!("{clause}{}{}{}", words.open_quote, cite.text, words.close_quote);
            let _infallible = writeln!(out, "  - {}{}{}", words.plan, words.colon, escaped(&quote));
        }
        if !judgement.missing.is_empty() {
            let missing: Vec<String> = judgement.missing.iter().map(|pointer| code(pointer)).collect();
            let _infallible = writeln!(out, "  - {}{}{}", words.missing, words.colon, missing.join(words.list_comma));
        }
        if let Some(waiver) = waiver(judgement, words, self.labels) {
            let _infallible = writeln!(out, "  - {}", escaped(&waiver));
        }
        if let Some(help) = &judgement.help {
            let _infallible = writeln!(out, "  - {}{}{}", words.help, words.colon, with_code(help));
        }
    }
}

fn member_place(member: &Member) -> String {
    let place = code(&format!("{}:{}:{}", member.path, member.start.line, member.start.column));
    match &member.id {
        Some(id) => format!("{place} {}", escaped(id)),
        None => place,
    }
}

/// How long a text is to those who bound it.
pub(in crate::report) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn overall(closing: &Closing) -> &'static str {
    match closing.exit {
        0 if closing.summary.proposals == 0 => "⚠️",
        0 => "✅",
        1 => "❌",
        _ => "⚠️",
    }
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Compliant => "✅",
        Status::Violating => "❌",
        Status::Undetermined => "❓",
        Status::Invalid => "⛔",
    }
}

fn dot(judgement: &Judgement) -> &'static str {
    match judgement.severity {
        _ if judgement.waived.is_some() => "⚪",
        Severity::Error => "🔴",
        Severity::Warning => "🟡",
        Severity::Note => "🔵",
    }
}
