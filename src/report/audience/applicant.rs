//! For whoever hands in a proposal: what is to be done about it, where, and by which clause. Each proposal has a part of its
//! own, which says nothing of any other, nor of all of them together.

use super::document::{Block, Item, Line, Mark, Span, Writer, plain};
use super::phrases::{Phrases, phrases};
use super::{grounds, titled};
use crate::checker::report::{Closing, Excerpt, Finding, Format, Header, ProposalReport};
use crate::diagnostic::Severity;
use crate::report::Language;
use crate::report::labels::{Labels, counted, labels, waiver};
use crate::report::words::Words;

/// A to-do list a proposal.
#[derive(Debug)]
pub(super) struct Applicant {
    writer: Box<dyn Writer>,
    words: &'static Words,
    labels: &'static Labels,
    phrases: &'static Phrases,
}

impl Applicant {
    pub(super) fn new(writer: Box<dyn Writer>, language: Language) -> Self {
        Self { writer, words: language.words(), labels: labels(language), phrases: phrases(language) }
    }

    fn write(&self, blocks: &[Block], out: &mut Vec<u8>) {
        let mut text = String::new();
        blocks.iter().for_each(|block| self.writer.block(block, &mut text));
        out.extend_from_slice(text.as_bytes());
    }

    /// How much is to be done.
    fn outcome(&self, report: &ProposalReport) -> Line {
        let count = |is_meant: fn(Severity) -> bool| {
            let mut open = report.findings.iter().filter(|one| one.judgement.waived.is_none());
            open.by_ref().filter(|one| is_meant(one.judgement.severity)).count() as u64
        };
        let must = count(|severity| severity == Severity::Error);
        let should = count(|severity| severity != Severity::Error);
        if must + should == 0 {
            return plain(self.phrases.nothing_to_do);
        }
        let counts = [(must, self.phrases.must_do), (should, self.phrases.should_do)];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun));
        vec![Span::Strong(counts.collect::<Vec<_>>().join(self.words.comma))]
    }

    fn item(&self, finding: &Finding) -> Item {
        let judgement = &finding.judgement;
        let mut line = Vec::new();
        if judgement.severity != Severity::Error && judgement.waived.is_none() {
            line.extend([Span::Plain(self.words.severity(judgement.severity).to_owned()), self.colon()]);
        }
        line.push(Span::Said(judgement.message.clone()));
        let entry = |label: &str, rest: Line| {
            let mut line = vec![Span::Plain(label.to_owned()), self.colon()];
            line.extend(rest);
            line
        };
        let mut below = Vec::new();
        if let Some(by) = waiver(judgement, self.words, self.labels) {
            below.push(entry(self.phrases.not_counted, plain(by)));
        } else if let Some(help) = &judgement.help {
            below.push(entry(self.phrases.how, vec![Span::Said(help.clone())]));
        }
        let (before, after) = self.phrases.line;
        let place = format!("{before}{}{after}", finding.start.line);
        below.push(match finding.pointer.as_str() {
            "" => entry(self.phrases.place, plain(place)),
            pointer => {
                let place = format!("{}{place}", self.words.comma);
                entry(self.phrases.place, vec![Span::Code(pointer.to_owned()), Span::Plain(place)])
            },
        });
        if !judgement.missing.is_empty() {
            let mut missing = Vec::new();
            for (number, pointer) in judgement.missing.iter().enumerate() {
                if number > 0 {
                    missing.push(Span::Plain(self.words.list_comma.to_owned()));
                }
                missing.push(Span::Code(pointer.clone()));
            }
            below.push(entry(self.phrases.add, missing));
        }
        if judgement.cites.is_empty() {
            let of_form = judgement.basis.is_none();
            let by = if of_form { self.phrases.no_clause } else { self.phrases.no_clause_of_plan };
            below.push(entry(self.phrases.by, plain(by)));
        }
        below.extend(judgement.cites.iter().map(|cite| entry(self.phrases.by, plain(grounds(cite, self.words)))));
        below.push(entry(self.phrases.directive, vec![Span::Code(judgement.code.to_string())]));
        Item { mark: if judgement.waived.is_some() { Mark::Done } else { Mark::Todo }, line, below }
    }

    fn colon(&self) -> Span {
        Span::Plain(self.words.colon.to_owned())
    }
}

impl Format for Applicant {
    fn begin(&self, header: &Header, out: &mut Vec<u8>) {
        let mut text = String::new();
        let title = format!("{}{}{}", self.phrases.to_do, self.words.colon, titled(header));
        self.writer.begin(&title, &mut text);
        out.extend_from_slice(text.as_bytes());
        let as_of =
            format!("{} {}{}{} {}", header.plan, header.version, self.words.comma, self.words.as_of, header.as_of);
        let mut blocks = vec![Block::Heading(1, plain(title)), Block::Paragraph(plain(as_of))];
        if !header.relaxations.is_empty() {
            let options = header.relaxations.join(self.words.list_comma);
            blocks.push(Block::Paragraph(plain(format!("{}{}{options}", self.words.relaxed, self.words.colon))));
        }
        self.write(&blocks, out);
    }

    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        let mut named = [&report.title, &report.id].into_iter().flatten().filter(|text| !text.trim().is_empty());
        let name = named.next().map_or_else(|| vec![Span::Code(report.path.to_string())], |name| plain(name.clone()));
        // Never at the beginning of a line, where a text could be a heading or a list.
        let mut place: Line = vec![Span::Code(format!("{}:{}", report.path, report.line))];
        place.extend(named.map(|id| Span::Plain(format!("{}{id}", self.words.comma))));
        let mut blocks = vec![
            Block::Break,
            Block::Heading(2, name),
            Block::Paragraph(place),
            Block::Paragraph(self.outcome(report)),
        ];
        let mut findings: Vec<&Finding> = report.findings.iter().collect();
        findings.sort_by_key(|one| (one.judgement.waived.is_some(), std::cmp::Reverse(one.judgement.severity)));
        if !findings.is_empty() {
            blocks.push(Block::Items(findings.into_iter().map(|finding| self.item(finding)).collect()));
        }
        self.write(&blocks, out);
    }

    fn end(&self, _header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        let mut blocks = Vec::new();
        let unread = closing.failures.iter().filter(|failure| failure.severity == Severity::Error);
        for failure in unread {
            let name = if failure.path.is_empty() { self.words.failures } else { &failure.path };
            let mut line = vec![Span::Strong(self.phrases.cannot_read.to_owned()), self.colon()];
            line.push(Span::Said(failure.message.clone()));
            blocks.extend([Block::Break, Block::Heading(2, vec![Span::Code(name.to_owned())]), Block::Paragraph(line)]);
        }
        if closing.omitted > 0 {
            blocks.extend([Block::Break, Block::Paragraph(plain(self.phrases.cut_short))]);
        }
        self.write(&blocks, out);
        let mut text = String::new();
        self.writer.end(&mut text);
        out.extend_from_slice(text.as_bytes());
    }
}
