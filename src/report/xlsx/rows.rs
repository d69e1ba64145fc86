//! The rows of the workbook's sheets, as plain cells.

use serde::{Deserialize, Serialize};

use super::headings::Headings;
use crate::checker::report::{
    Closing, Finding, Header, Judgement, Pack, PackDirective, PackPassage, PortfolioFinding, ProposalReport,
};
use crate::diagnostic::Severity;
use crate::report::labels::{self, Labels, caveats, counts, waiver};
use crate::report::rules::modality_word;
use crate::report::words::Words;
use crate::rulebook::{LanguageId, Texts};

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Cell {
    Nothing,
    Number(u32),
    Text(String),
}

impl Cell {
    /// A count; one that no cell holds exactly is a text.
    pub(super) fn count(count: u64) -> Self {
        u32::try_from(count).map_or_else(|_| Self::Text(count.to_string()), Self::Number)
    }

    fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, Self::from)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

/// The cells of a row.
pub(super) type Row = Vec<Cell>;

/// Makes rows of what is known.
#[derive(Debug)]
pub(super) struct Facts {
    pub words: &'static Words,
    pub labels: &'static Labels,
}

impl Facts {
    pub(super) fn proposal(&self, report: &ProposalReport) -> Row {
        let count = |severity: Severity| {
            let is_counted =
                |finding: &&Finding| finding.judgement.severity == severity && finding.judgement.waived.is_none();
            Cell::count(report.findings.iter().filter(is_counted).count() as u64)
        };
        let waived = report.findings.iter().filter(|finding| finding.judgement.waived.is_some()).count();
        vec![
            (&*report.path).into(),
            Cell::count(report.index),
            report.line.into(),
            Cell::maybe(report.id.as_deref()),
            Cell::maybe(report.title.as_deref()),
            self.words.status(report.status).into(),
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note),
            Cell::count(waived as u64),
        ]
    }

    pub(super) fn finding(&self, report: &ProposalReport, finding: &Finding) -> Row {
        let mut row = vec![
            (&*report.path).into(),
            Cell::count(report.index),
            finding.start.line.into(),
            finding.start.column.into(),
            Cell::maybe(report.id.as_deref()),
            Cell::maybe(report.title.as_deref()),
            finding.pointer.as_str().into(),
        ];
        row.extend(self.judgement(&finding.judgement));
        row
    }

    /// A finding on the portfolio: at its first member, with the value that it speaks of in place of a title.
    pub(super) fn of_portfolio(&self, finding: &PortfolioFinding) -> Row {
        let member = finding.members.first();
        let of =
            finding.value.as_deref().map(|value| format!("{} {} {value}", self.words.portfolio, self.words.for_value));
        let mut row = vec![
            Cell::maybe(member.map(|member| &*member.path)),
            member.map_or(Cell::Nothing, |member| Cell::count(member.index)),
            member.map_or(Cell::Nothing, |member| member.start.line.into()),
            member.map_or(Cell::Nothing, |member| member.start.column.into()),
            Cell::maybe(member.and_then(|member| member.id.as_deref())),
            of.unwrap_or_else(|| self.words.portfolio.to_owned()).into(),
            Cell::maybe(member.map(|member| member.pointer.as_str())),
        ];
        row.extend(self.judgement(&finding.judgement));
        row
    }

    fn judgement(&self, judgement: &Judgement) -> Row {
        let words = self.words;
        let clauses: Vec<String> = judgement.cites.iter().filter_map(|cite| cite.clause.clone()).collect();
        let passages: Vec<&str> = judgement.cites.iter().map(|cite| &*cite.text).collect();
        vec![
            (&*judgement.code).into(),
            words.severity(judgement.severity).into(),
            labels::verdict(judgement.verdict, words).into(),
            judgement.basis.map(|basis| words.basis(basis)).unwrap_or_default().into(),
            judgement.message.as_str().into(),
            Cell::maybe(judgement.help.as_deref()),
            clauses.join(words.list_comma).into(),
            passages.join("\n").into(),
            judgement.missing.join(words.list_comma).into(),
            waiver(judgement, words, self.labels).unwrap_or_default().into(),
            judgement.fingerprint.as_str().into(),
        ]
    }

    pub(super) fn directive(&self, header: &Header, closing: &Closing, directive: &PackDirective) -> Row {
        let (pack, words) = (&header.pack, self.words);
        let counts = closing.counts.iter().find(|count| count.code == directive.name);
        let clauses: Vec<String> = directive.cites.iter().filter_map(|cite| cite.clause.clone()).collect();
        let passages = directive.cites.iter().filter_map(|cite| cite.quote(pack.language));
        let passages: Vec<&str> = passages.map(|quote| &*quote.text).collect();
        let applied = match closing.unapplied_directives.contains(&directive.name) {
            true => words.unapplied_directives.form(1),
            false => "",
        };
        vec![
            (&*directive.name).into(),
            pack.text(&directive.title).into(),
            others(pack, &directive.title).into(),
            modality_word(directive.modality).into(),
            if directive.of_portfolio { words.portfolio } else { "" }.into(),
            words.basis(directive.basis).into(),
            clauses.join(words.list_comma).into(),
            passages.join("\n").into(),
            directive.tags.join(words.list_comma).into(),
            Cell::count(counts.map_or(0, |count| count.broken)),
            Cell::count(counts.map_or(0, |count| count.undetermined)),
            applied.into(),
            format!("{}:{}", directive.place.file, directive.place.line).into(),
        ]
    }

    /// A passage of the plan, what cites it, and what was found by the directives among these.
    pub(super) fn passage(&self, pack: &Pack, closing: &Closing, passage: &PackPassage) -> Row {
        let quote =
            |language: LanguageId| passage.texts.get(language.0).and_then(Option::as_ref).map(|quote| &*quote.text);
        let names: Vec<&str> = passage.cited_by.iter().map(|(_, name)| name.as_str()).collect();
        let of_directives = closing.counts.iter().filter(|count| names.contains(&&*count.code));
        let broken: u64 = of_directives.map(|count| count.broken).sum();
        let reasons: Vec<&str> = passage.reasons.iter().map(|reason| pack.text(reason)).collect();
        let languages = (0..pack.languages.len()).map(LanguageId);
        let other: Vec<&str> = languages.filter(|language| *language != pack.language).filter_map(quote).collect();
        vec![
            Cell::maybe(passage.clause.as_deref()),
            Cell::maybe(quote(pack.language)),
            other.join("\n").into(),
            self.labels.standing(passage.standing).into(),
            names.join(self.words.list_comma).into(),
            Cell::count(broken),
            reasons.join("\n").into(),
        ]
    }

    /// What a reader must know to trust the workbook.
    pub(super) fn run(&self, header: &Header, closing: &Closing, headings: &Headings) -> Vec<Row> {
        let mut rows: Vec<Row> = vec![
            vec![self.words.plan.into(), format!("{} {}", header.plan, header.version).into()],
            vec![headings.digest.into(), header.digest.as_str().into()],
            vec![self.words.as_of.into(), header.as_of.as_str().into()],
            vec![self.words.summary.into(), counts(&closing.summary, self.words, self.labels).into()],
        ];
        rows.extend(
            caveats(header, closing, self.words).into_iter().map(|caveat| vec![headings.caveat.into(), caveat.into()]),
        );
        for failure in &closing.failures {
            let message = match failure.path.is_empty() {
                true => failure.message.clone(),
                false => format!("{}{}{}", failure.path, self.words.colon, failure.message),
            };
            rows.push(vec![
                format!("{}[{}]", self.words.severity(failure.severity), failure.code).into(),
                message.into(),
            ]);
        }
        rows
    }
}

/// A text in the languages that are not the reader's.
fn others(pack: &Pack, texts: &Texts) -> String {
    let other = texts.0.iter().enumerate().filter(|(number, _)| LanguageId(*number) != pack.language);
    other.filter_map(|(_, text)| text.as_deref()).collect::<Vec<_>>().join("\n")
}
