//! The format `human`: what was found, with the lines of the proposal, the words of the plan, and what to do.

pub(super) mod paint;
pub(super) mod snippet;
mod summary;

use std::fmt::Write as _;

use paint::{Painter, Style, one_line};
use snippet::{Renderer, Source};

use super::Settings;
use super::words::Words;
use crate::checker::report::{
    Cite, Closing, Excerpt, Finding, FindingVerdict, Format, Header, Judgement, Member, PortfolioFinding,
    ProposalReport, Status, WaivedBy, Waiver,
};
use crate::diagnostic::Severity;
use crate::rulebook::{Basis, Verdict};
use crate::text::display::shown;

/// For people.
#[derive(Debug)]
pub(super) struct Human {
    painter: Painter,
    words: &'static Words,
    renderer: Renderer,
}

impl Human {
    pub(super) fn new(settings: Settings) -> Self {
        let words = settings.language.words();
        let settings = Settings { width: settings.width.clamp(40, 160), ..settings };
        Self { painter: Painter { settings }, words, renderer: Renderer::new(settings) }
    }
}

impl Format for Human {
    fn shows_pack(&self) -> bool {
        false
    }

    fn proposal(&self, _header: &Header, report: &ProposalReport, excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        let mut text = String::new();
        if !report.findings.is_empty() {
            self.heading(report, &mut text);
            for finding in &report.findings {
                text.push('\n');
                self.finding(finding, report, excerpt, &mut text);
            }
            text.push('\n');
        } else if self.painter.settings.verbose {
            self.heading(report, &mut text);
        }
        if let Some(verdicts) = &report.verdicts {
            if report.findings.is_empty() && !self.painter.settings.verbose {
                self.heading(report, &mut text);
            }
            self.verdicts(verdicts, &mut text);
        }
        out.extend_from_slice(text.as_bytes());
    }

    fn end(&self, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        let mut text = String::new();
        if !closing.portfolio.is_empty() {
            self.painter.put(&mut text, Style::Bold, self.words.portfolio_heading);
            text.push('\n');
            for finding in &closing.portfolio {
                text.push('\n');
                self.portfolio(finding, &mut text);
            }
            text.push('\n');
        }
        summary::write(self, header, closing, &mut text);
        out.extend_from_slice(text.as_bytes());
    }
}

impl Human {
    /// `proposals/a.json:1  CODE  Title  violating`
    fn heading(&self, report: &ProposalReport, out: &mut String) {
        self.painter.put(out, Style::Bold, &format!("{}:{}", shown(&report.path), report.line));
        for text in [&report.id, &report.title].into_iter().flatten().filter(|text| !text.trim().is_empty()) {
            out.push_str("  ");
            out.push_str(&cut(&one_line(text), 60));
        }
        let style = match report.status {
            Status::Invalid | Status::Violating => Style::Red,
            Status::Undetermined => Style::Yellow,
            Status::Compliant => Style::Green,
        };
        out.push_str("  ");
        self.painter.put(out, style, self.words.status(report.status));
        out.push('\n');
    }

    fn finding(&self, finding: &Finding, report: &ProposalReport, excerpt: Option<Excerpt<'_>>, out: &mut String) {
        let judgement = &finding.judgement;
        self.code(judgement, None, out);
        let name = shown(&report.path);
        let source = excerpt.and_then(|excerpt| Source::of_proposal(&name, excerpt, finding.start, finding.end));
        self.renderer.draw(out, gravity(judgement), &one_line(&judgement.message), source.as_ref());
        if source.is_none() {
            let _infallible = writeln!(out, "   {name}:{}:{}", finding.start.line, finding.start.column);
        }
        self.grounds(judgement, out);
    }

    /// `error[endpoint-roles] undetermined`
    fn code(&self, judgement: &Judgement, value: Option<&str>, out: &mut String) {
        let severity = self.words.severity(judgement.severity);
        let code = format!("{severity}[{}]", one_line(&judgement.code));
        match &judgement.waived {
            Some(_) => {
                self.painter.put(out, Style::Dim, &format!("{}[{}]", self.words.waived, one_line(&judgement.code)))
            },
            None => self.painter.put(out, Style::of(judgement.severity), &code),
        }
        if let FindingVerdict::Of(verdict) = judgement.verdict
            && verdict != Verdict::Violated
        {
            let _infallible = write!(out, " {}", self.words.verdict(verdict));
        }
        if let Some(value) = value {
            let _infallible = write!(out, " {} {}", self.words.for_value, one_line(value));
        }
        out.push('\n');
    }

    /// What a finding rests on, what it lacks, and what to do.
    fn grounds(&self, judgement: &Judgement, out: &mut String) {
        let words = self.words;
        match judgement.waived.as_ref().map(|waived| &waived.by) {
            None => {},
            Some(WaivedBy::Waiver(waiver)) => {
                self.painter.entry(out, words.waiver, Style::Bold, &act(waiver, words));
            },
            Some(WaivedBy::Baseline(name)) => {
                self.painter.entry(out, words.baseline, Style::Bold, &one_line(name));
            },
        }
        for cite in &judgement.cites {
            self.painter.entry(out, words.plan, Style::Dim, &passage(cite, words));
        }
        if let Some(rule) = &judgement.rule {
            let mut text = format!("{}:{}", one_line(&rule.file), rule.line);
            if judgement.basis == Some(Basis::Assumed) {
                let _infallible = write!(text, "{}{}", words.comma, words.assumed_reading);
            }
            self.painter.entry(out, words.rule, Style::Dim, &text);
        }
        if !judgement.missing.is_empty() {
            let missing: Vec<String> = judgement.missing.iter().map(|pointer| one_line(pointer).into_owned()).collect();
            self.painter.entry(out, words.missing, Style::Dim, &missing.join(words.list_comma));
        }
        if let Some(help) = &judgement.help {
            self.painter.entry(out, words.help, Style::Cyan, &one_line(help));
        }
    }

    fn portfolio(&self, finding: &PortfolioFinding, out: &mut String) {
        self.code(&finding.judgement, finding.value.as_deref(), out);
        self.renderer.draw(out, gravity(&finding.judgement), &one_line(&finding.judgement.message), None);
        for member in &finding.members {
            let _infallible = writeln!(out, "    - {}", member_place(member));
        }
        if finding.more > 0 {
            let _infallible = writeln!(out, "    - {}{}{}", self.words.more.0, finding.more, self.words.more.1);
        }
        self.grounds(&finding.judgement, out);
    }

    fn verdicts(&self, verdicts: &[(std::sync::Arc<str>, Verdict)], out: &mut String) {
        for (name, verdict) in verdicts {
            let _infallible = writeln!(out, "    {} {}", one_line(name), self.words.verdict(*verdict));
        }
        out.push('\n');
    }
}

/// How grave a finding is drawn: what is waived is a remark.
fn gravity(judgement: &Judgement) -> Severity {
    if judgement.waived.is_some() { Severity::Note } else { judgement.severity }
}

/// `No. 17, Provincial Commission, since 2026-01-15, until 2027-01-15: reason (waivers.toml:3)`
fn act(waiver: &Waiver, words: &Words) -> String {
    let parts = [
        one_line(&waiver.document).into_owned(),
        one_line(&waiver.authority).into_owned(),
        format!("{} {}", words.since, waiver.issued),
        format!("{} {}", words.until, waiver.expires),
    ];
    let (document, place) = (parts.join(words.comma), format!("{}:{}", one_line(&waiver.file), waiver.line));
    let Words { colon, open_bracket, close_bracket, .. } = words;
    format!("{document}{colon}{}{open_bracket}{place}{close_bracket}", one_line(&waiver.reason))
}

/// `§3.9 “…” source/plan.en.md:31`
fn passage(cite: &Cite, words: &Words) -> String {
    let mut text = String::new();
    if let Some(clause) = &cite.clause {
        let _infallible = write!(text, "§{} ", one_line(clause));
    }
    let quoted = one_line(&cite.text);
    let _infallible =
        write!(text, "{}{}{} {}:{}", words.open_quote, quoted, words.close_quote, one_line(&cite.source), cite.line);
    text
}

fn member_place(member: &Member) -> String {
    let place = format!("{}:{}:{}", shown(&member.path), member.start.line, member.start.column);
    match &member.id {
        Some(id) => format!("{place}  {}", cut(&one_line(id), 60)),
        None => place,
    }
}

/// At most so many characters of a text.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
