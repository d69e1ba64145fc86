//! The only file that knows how the engine and the parser are called.

use std::collections::{BTreeMap, BTreeSet};

use plancheck::checker::Checker;
use plancheck::checker::options::{Options, PortfolioMode};
use plancheck::checker::report::FindingVerdict;
use plancheck::diagnostic::{Diagnostic, Severity};
use plancheck::rulebook::{Rulebook, Verdict};
use plancheck::syntax::lexer::lex;
use plancheck::syntax::parser::{Dialect, parse_lexed};
use plancheck::syntax::tree::PlanFile;
use plancheck::text::FileId;
use plancheck::value::Days;

use super::calendar::Day;
use super::portfolio;
use super::shape::Findings;

/// What the engine says of one proposal.
#[derive(Debug, Clone, Default)]
pub struct OfProposal {
    /// The verdict of each directive.
    pub verdicts: BTreeMap<String, Verdict>,
    /// Findings on the shape.
    pub shape: Findings,
    /// What left each undetermined directive open.
    pub missing: BTreeMap<String, BTreeSet<String>>,
}

/// A pack that the engine has loaded.
pub struct Engine {
    book: Rulebook,
    options: Options,
}

/// Parses one plan file for the reference; errors are texts.
pub fn parse(text: &str) -> Result<PlanFile, String> {
    let lexed = lex(FileId(0), text);
    let parsed = parse_lexed(&lexed, text, &Dialect::gather([&lexed]));
    let errors = parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|error| described(error, text)).collect();
    if errors.is_empty() { Ok(parsed.tree) } else { Err(errors.join("\n")) }
}

/// A diagnostic with the text that it is about.
fn described(diagnostic: &Diagnostic, text: &str) -> String {
    let place = diagnostic.span().and_then(|span| text.get(span.start as usize..)).unwrap_or_default();
    let line = place.lines().next().unwrap_or_default();
    format!("{}: {} at `{line}`", diagnostic.code, diagnostic.message)
}

impl Engine {
    /// Loads a pack of one file; errors are texts.
    pub fn load(pack: &str, as_of: Day) -> Result<Self, String> {
        let book = Rulebook::from_texts(&[("pack.plan", pack)]).map_err(|error| {
            let errors = error.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            errors.map(|error| described(error, pack)).collect::<Vec<_>>().join("\n")
        })?;
        let (year, month, day) = as_of;
        let day = Days::parse(&format!("{year:04}-{month:02}-{day:02}")).expect("a day").first;
        let options = Options { verdicts: true, portfolio: PortfolioMode::On, ..Options::new(day) };
        Ok(Self { book, options })
    }

    fn checker(&self) -> Checker<'_> {
        Checker::new(&self.book, self.options.clone()).expect("options without fault")
    }

    /// Judges one proposal.
    pub fn check(&self, proposal: &str) -> OfProposal {
        let report = self.checker().check_str("proposal.json", proposal);
        let mut said = OfProposal::default();
        for (name, verdict) in report.verdicts.unwrap_or_default() {
            said.verdicts.insert(name.to_string(), verdict);
        }
        for finding in report.findings {
            let code = finding.judgement.code.to_string();
            if code.starts_with("proposal/") {
                said.shape.insert((code, finding.pointer));
            } else if finding.judgement.verdict == FindingVerdict::Of(Verdict::Undetermined) {
                said.missing.entry(code).or_default().extend(finding.judgement.missing);
            }
        }
        said
    }

    /// Judges several proposals together: the verdicts of portfolio directives.
    pub fn check_together(&self, proposals: &[String]) -> portfolio::Verdicts {
        let names: Vec<String> = (0..proposals.len()).map(|number| format!("{number:04}.json")).collect();
        let texts: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(proposals.iter().map(String::as_str)).collect();
        let report = self.checker().check_texts(&texts);
        let verdicts = report.closing.portfolio.into_iter().filter_map(|one| match one.judgement.verdict {
            FindingVerdict::Of(verdict) => Some((one.judgement.code.to_string(), one.value, verdict)),
            FindingVerdict::Invalid | FindingVerdict::Waived => None,
        });
        verdicts.collect()
    }
}
