//! Proofs for people: what is wrong, then a line of summary; with more said, each directive with its witnesses.

use std::collections::BTreeSet;

use super::phrases::{Phrases, phrases};
use super::{Writer, directive, fill, findings, name, quoted, value_name};
use crate::analysis::{Conflict, Document, Evidence, Problem, Shown, Verification};
use crate::report::Settings;
use crate::report::diagnostics::drawn;
use crate::report::human::paint::{Painter, Style, one_line};
use crate::rulebook::{DirectiveId, Rulebook, Verdict};

/// What was found, and how much was looked at.
pub fn human(book: &Rulebook, verification: &Verification, settings: Settings) -> String {
    let painter = Painter { settings };
    let phrases = phrases(settings.language);
    let all = findings(book, &verification.problems, settings);
    let mut out = String::new();
    for (finding, problem) in all.iter().zip(&verification.problems) {
        out.push_str(&drawn(&finding.diagnostic, &book.files, settings));
        if let Problem::Conflict(Conflict { example: Some(example), .. }) = problem {
            painter.entry(&mut out, phrases.example, Style::Cyan, &example.proposal.compact());
        }
        if finding.is_accepted {
            painter.entry(&mut out, settings.language.words().note, Style::Cyan, phrases.accepted);
        }
        out.push('\n');
    }
    if settings.verbose {
        proofs(&mut out, book, verification, painter, phrases);
        portfolio_proofs(&mut out, book, verification, painter, phrases);
    }
    let accepted = all.iter().filter(|finding| finding.is_accepted).count();
    let mut parts = vec![counted(phrases.summary, verification.proofs.len())];
    if all.is_empty() {
        parts.push(phrases.summary_clean.to_owned());
    } else {
        parts.push(fill(phrases.summary_findings, &[&(all.len() - accepted).to_string()]));
    }
    if accepted > 0 {
        parts.push(fill(phrases.summary_accepted, &[&accepted.to_string()]));
    }
    if !verification.situations.is_empty() {
        parts.push(counted(phrases.summary_situations, verification.situations.len()));
    }
    let portfolio: BTreeSet<usize> = verification.portfolio.iter().map(|proof| proof.directive).collect();
    if !portfolio.is_empty() {
        parts.push(counted(phrases.summary_portfolio, portfolio.len()));
    }
    let style = if all.len() == accepted { Style::Green } else { Style::Bold };
    painter.put(&mut out, style, &parts.join(phrases.semicolon));
    out.push('\n');
    out
}

/// A sentence about so many things.
fn counted([one, many]: [&str; 2], count: usize) -> String {
    fill(if count == 1 { one } else { many }, &[&count.to_string()])
}

fn proofs(out: &mut String, book: &Rulebook, verification: &Verification, painter: Painter, phrases: &Phrases) {
    for proof in &verification.proofs {
        let Some(directive) = directive(book, proof.directive) else { continue };
        painter.put(out, Style::Bold, &one_line(&directive.heading.name));
        out.push('\n');
        let claims = [
            (phrases.can_apply, Some(&proof.applies)),
            (phrases.can_be_satisfied, Some(&proof.satisfied)),
            (phrases.can_be_violated, proof.violated.as_ref()),
            (phrases.is_needed, proof.needed.as_ref()),
        ];
        for (claim, evidence) in claims {
            let text = match evidence {
                None => continue,
                Some(Evidence::Impossible) => phrases.no.to_owned(),
                Some(Evidence::Unknown(_)) => phrases.unclear.to_owned(),
                Some(Evidence::Witness(witness)) => witness.proposal.compact(),
            };
            painter.entry(out, claim, Style::Cyan, &text);
        }
        out.push('\n');
    }
}

fn portfolio_proofs(
    out: &mut String,
    book: &Rulebook,
    verification: &Verification,
    painter: Painter,
    phrases: &Phrases,
) {
    for proof in &verification.portfolio {
        let Some(directive) = book.portfolio.get(proof.directive) else { continue };
        let value = value_name(book, proof).map(|value| format!(" [{value}]")).unwrap_or_default();
        painter.put(out, Style::Bold, &one_line(&format!("{}{value}", directive.heading.name)));
        out.push('\n');
        let claims = [
            (phrases.can_apply, Some(&proof.applies)),
            (phrases.can_be_satisfied, Some(&proof.satisfied)),
            (phrases.can_be_violated, proof.violated.as_ref()),
        ];
        for (claim, shown) in claims {
            let text = match shown {
                None => continue,
                Some(Shown::Impossible) => phrases.no.to_owned(),
                Some(Shown::Unknown) => phrases.unclear.to_owned(),
                Some(Shown::Portfolio(portfolio)) => {
                    let all: Vec<String> = portfolio.proposals.iter().map(Document::compact).collect();
                    format!("{} [{}]", counted(phrases.proposals_of, all.len()), all.join(", "))
                },
            };
            painter.entry(out, claim, Style::Cyan, &text);
        }
        out.push('\n');
    }
}

/// The proposal that was asked for and how it stands, or why there is none.
///
/// # Errors
/// The sentence that says why there is none.
pub fn witness_or_why(
    book: &Rulebook,
    id: DirectiveId,
    verdict: Verdict,
    evidence: &Evidence,
    settings: Settings,
) -> Result<String, String> {
    let phrases = phrases(settings.language);
    let named = quoted(name(book, id));
    let verdict = settings.language.words().verdict(verdict);
    match evidence {
        Evidence::Witness(witness) => Ok(format!("{}\n", witness.proposal.pretty())),
        Evidence::Impossible => Err(fill(phrases.no_witness, &[&named, verdict])),
        Evidence::Unknown(doubts) => {
            let writer = Writer { book, phrases };
            let doubts: Vec<String> = doubts.iter().map(|doubt| writer.doubt(*doubt)).collect();
            Err(fill(phrases.witness_unknown, &[&named, verdict, &doubts.join(phrases.semicolon)]))
        },
    }
}
