//! Proofs as JSON.

use serde::Serialize;

use super::{Writer, directive, directives_of, findings, name, phrases, portfolio_of, value_name};
use crate::analysis::{
    Conflict, Document as Proposal, Evidence, PortfolioProof, Problem, Shown, Situation, Verification, Witness,
};
use crate::report::Settings;
use crate::report::safe::document_bytes;
use crate::rulebook::Rulebook;

/// `{"schema": 1, "directives": […], "situations": […], "findings": […], "summary": {…}}`
pub fn json(book: &Rulebook, verification: &Verification, as_of: Option<String>, settings: Settings) -> Vec<u8> {
    let writer = Writer { book, phrases: phrases(settings.language) };
    let directives = verification.proofs.iter().map(|proof| DirectiveEntry {
        name: name(book, proof.directive),
        applies: answer(&writer, &proof.applies),
        stands: answer(&writer, &proof.stands),
        satisfied: answer(&writer, &proof.satisfied),
        violated: proof.violated.as_ref().map(|evidence| answer(&writer, evidence)),
        needed: proof.needed.as_ref().map(|evidence| answer(&writer, evidence)),
    });
    let situations = verification
        .situations
        .iter()
        .map(|(situation, witness)| SituationEntry { situation: writer.situation(situation), witness: shown(witness) });
    let all = findings(book, &verification.problems, settings);
    let entries = verification.problems.iter().zip(&all).map(|(problem, finding)| {
        let place = finding.diagnostic.span().map(|span| {
            let position = book.files.position(span);
            Place { file: book.files.name(span.file), line: position.line, column: position.column }
        });
        FindingEntry {
            code: finding.diagnostic.code,
            severity: finding.diagnostic.severity.word(),
            message: &finding.diagnostic.message,
            help: finding.diagnostic.help.as_deref(),
            directives: named(book, problem),
            by: by(book, problem),
            situations: situations_of(problem).iter().map(|situation| writer.situation(situation)).collect(),
            example: example(problem),
            accepted: finding.is_accepted,
            rule: place,
        }
    });
    let entries: Vec<FindingEntry<'_>> = entries.collect();
    let accepted = entries.iter().filter(|entry| entry.accepted).count();
    let summary = Summary {
        directives: verification.proofs.len(),
        situations: verification.situations.len(),
        findings: entries.len() - accepted,
        accepted,
    };
    let plan =
        Plan { name: &book.plan.name, version: &book.plan.version, digest: format!("sha256:{}", book.plan.digest) };
    let document = Document {
        schema: 1,
        plan,
        as_of,
        directives: directives.collect(),
        situations: situations.collect(),
        portfolio: verification.portfolio.iter().map(|proof| PortfolioEntry::new(book, proof)).collect(),
        findings: entries,
        summary,
    };
    document_bytes(&document)
}

/// The directives that a problem is one of.
fn named<'b>(book: &'b Rulebook, problem: &Problem) -> Vec<&'b str> {
    let ordinary = directives_of(problem).into_iter().map(|id| name(book, id));
    ordinary.chain(portfolio_of(book, problem).map(|one| one.heading.name.as_str())).collect()
}

fn situations_of(problem: &Problem) -> &[Situation] {
    match problem {
        Problem::Conflict(Conflict { situations, .. }) => situations,
        _ => &[],
    }
}

fn example(problem: &Problem) -> Option<WitnessEntry> {
    match problem {
        Problem::Conflict(conflict) => conflict.example.as_ref().map(shown),
        _ => None,
    }
}

/// The other directives that a problem comes from.
fn by<'b>(book: &'b Rulebook, problem: &Problem) -> Vec<&'b str> {
    match problem {
        Problem::Redundant(_, by) => by.iter().map(|id| name(book, *id)).collect(),
        Problem::Swallowed(_, by) => by
            .iter()
            .filter_map(|one| match one {
                crate::analysis::Swallower::Directive(id) => directive(book, *id).map(|one| one.heading.name.as_str()),
                crate::analysis::Swallower::Exception(_) => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn answer(writer: &Writer<'_>, evidence: &Evidence) -> Answer {
    match evidence {
        Evidence::Witness(witness) => Answer { answer: "yes", witness: Some(shown(witness)), reasons: Vec::new() },
        Evidence::Impossible => Answer { answer: "no", witness: None, reasons: Vec::new() },
        Evidence::Unknown(doubts) => Answer {
            answer: "unknown",
            witness: None,
            reasons: doubts.iter().map(|doubt| writer.doubt(*doubt)).collect(),
        },
    }
}

fn shown(witness: &Witness) -> WitnessEntry {
    WitnessEntry { as_of: witness.as_of.to_string(), proposal: witness.proposal.clone() }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    plan: Plan<'a>,
    as_of: Option<String>,
    directives: Vec<DirectiveEntry<'a>>,
    situations: Vec<SituationEntry>,
    portfolio: Vec<PortfolioEntry<'a>>,
    findings: Vec<FindingEntry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Plan<'a> {
    name: &'a str,
    version: &'a str,
    digest: String,
}

#[derive(Serialize)]
struct DirectiveEntry<'a> {
    name: &'a str,
    applies: Answer,
    stands: Answer,
    satisfied: Answer,
    violated: Option<Answer>,
    needed: Option<Answer>,
}

#[derive(Serialize)]
struct Answer {
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<WitnessEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct WitnessEntry {
    as_of: String,
    proposal: crate::analysis::Document,
}

#[derive(Serialize)]
struct SituationEntry {
    situation: String,
    witness: WitnessEntry,
}

/// A portfolio directive, for one value of `for each`.
#[derive(Serialize)]
struct PortfolioEntry<'a> {
    name: &'a str,
    value: Option<&'a str>,
    applies: PortfolioAnswer,
    satisfied: PortfolioAnswer,
    violated: Option<PortfolioAnswer>,
}

impl<'a> PortfolioEntry<'a> {
    fn new(book: &'a Rulebook, proof: &PortfolioProof) -> Self {
        Self {
            name: book.portfolio.get(proof.directive).map_or("", |one| one.heading.name.as_str()),
            value: value_name(book, proof),
            applies: PortfolioAnswer::new(&proof.applies),
            satisfied: PortfolioAnswer::new(&proof.satisfied),
            violated: proof.violated.as_ref().map(PortfolioAnswer::new),
        }
    }
}

#[derive(Serialize)]
struct PortfolioAnswer {
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<PortfolioWitness>,
}

impl PortfolioAnswer {
    fn new(shown: &Shown) -> Self {
        match shown {
            Shown::Portfolio(portfolio) => {
                let witness =
                    PortfolioWitness { as_of: portfolio.as_of.to_string(), proposals: portfolio.proposals.clone() };
                Self { answer: "yes", witness: Some(witness) }
            },
            Shown::Impossible => Self { answer: "no", witness: None },
            Shown::Unknown => Self { answer: "unknown", witness: None },
        }
    }
}

#[derive(Serialize)]
struct PortfolioWitness {
    as_of: String,
    proposals: Vec<Proposal>,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    directives: Vec<&'a str>,
    by: Vec<&'a str>,
    situations: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<WitnessEntry>,
    accepted: bool,
    rule: Option<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Summary {
    directives: usize,
    situations: usize,
    findings: usize,
    accepted: usize,
}
