//! Portfolios before the ordinary checker.

use super::{Portfolio, Seen};
use crate::analysis::document::Document;
use crate::checker::Checker;
use crate::checker::options::{Options, PortfolioMode};
use crate::checker::report::{FindingVerdict, PortfolioFinding};
use crate::rulebook::{ForEach, Rulebook, Verdict};
use crate::value::Day;

/// The checker, as of a day.
#[derive(Debug)]
pub(super) struct Desk<'b> {
    book: &'b Rulebook,
    checker: Checker<'b>,
    as_of: Day,
}

impl<'b> Desk<'b> {
    /// `None` where nothing is in force on that day.
    pub fn new(book: &'b Rulebook, as_of: Day) -> Option<Self> {
        let options = Options { verdicts: true, portfolio: PortfolioMode::On, ..Options::new(as_of) };
        Some(Self { book, checker: Checker::new(book, options).ok()?, as_of })
    }

    /// Judges proposals together and keeps them for each verdict that was not seen before.
    pub fn judge(&self, proposals: Vec<Document>, seen: &mut Seen) {
        let texts: Vec<(String, String)> =
            proposals.iter().zip(1..).map(|(one, number)| (format!("{number}.json"), one.compact())).collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let report = self.checker.check_texts(&texts);
        for finding in &report.closing.portfolio {
            if let Some((directive, value, verdict)) = self.read(finding) {
                let own = seen.0.entry((directive, value)).or_default();
                own.entry(verdict).or_insert_with(|| Portfolio { proposals: proposals.clone(), as_of: self.as_of });
            }
        }
    }

    fn read(&self, finding: &PortfolioFinding) -> Option<(usize, Option<u16>, Verdict)> {
        let FindingVerdict::Of(verdict) = finding.judgement.verdict else { return None };
        let name = finding.judgement.code.as_ref();
        let number = self.book.portfolio.iter().position(|one| one.heading.name == name)?;
        let value = match &self.book.portfolio.get(number)?.for_each {
            ForEach::Term(vocabulary, _) => {
                let terms = &self.book.vocabularies.get(usize::from(vocabulary.0))?.terms;
                let at = terms.iter().position(|term| Some(&term.name) == finding.value.as_ref())?;
                Some(u16::try_from(at).ok()?)
            },
            ForEach::Nothing | ForEach::Group(_) => None,
        };
        Some((number, value, verdict))
    }
}
