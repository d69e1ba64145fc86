//! What the page knows of the run as a whole.

use std::collections::BTreeMap;

use serde::Serialize;

use super::proposal::JudgementEntry;
use crate::checker::report::{self, Failure, Header, PortfolioFinding};
use crate::report::words::Language;

#[derive(Serialize)]
pub(super) struct Closing<'a> {
    summary: Summary,
    portfolio: Vec<Portfolio<'a>>,
    unapplied: Unapplied<'a>,
    failures: Vec<FailureEntry<'a>>,
    omitted: u64,
    /// Labels of the values that portfolio findings speak of, where these are places.
    labels: BTreeMap<&'a str, &'a [Option<String>]>,
}

#[derive(Serialize)]
struct Summary {
    files: u64,
    proposals: u64,
}

#[derive(Serialize)]
struct Portfolio<'a> {
    value: Option<&'a str>,
    #[serde(flatten)]
    judgement: JudgementEntry<'a>,
    members: Vec<Member<'a>>,
    more: u64,
}

#[derive(Serialize)]
struct Member<'a> {
    path: &'a str,
    index: u64,
    id: Option<&'a str>,
}

#[derive(Serialize)]
struct Unapplied<'a> {
    directives: Vec<&'a str>,
    proposals: u64,
}

#[derive(Serialize)]
struct FailureEntry<'a> {
    path: &'a str,
    code: &'a str,
    message: &'a str,
    severity: &'static str,
}

impl<'a> Closing<'a> {
    pub(super) fn of(header: &'a Header, closing: &'a report::Closing, language: Language) -> Self {
        let unapplied = closing.unapplied_directives.iter().map(AsRef::as_ref).collect();
        Self {
            summary: Summary { files: closing.summary.files, proposals: closing.summary.proposals },
            portfolio: closing.portfolio.iter().map(|one| portfolio(one, language)).collect(),
            unapplied: Unapplied { directives: unapplied, proposals: closing.unapplied_proposals },
            failures: closing.failures.iter().map(failure).collect(),
            omitted: closing.omitted,
            labels: labels(header, closing),
        }
    }
}

/// The labels of terms, by name, that a finding on the portfolio speaks of.
fn labels<'a>(header: &'a Header, closing: &'a report::Closing) -> BTreeMap<&'a str, &'a [Option<String>]> {
    let places = header.atlas.places.iter();
    let terms = places.flat_map(|places| places.claims.iter().flat_map(|claims| &claims.terms).chain(&places.terms));
    let known: BTreeMap<&str, &[Option<String>]> =
        terms.map(|term| (term.name.as_str(), term.label.0.as_slice())).collect();
    let values = closing.portfolio.iter().filter_map(|one| one.value.as_deref());
    values.filter_map(|value| known.get_key_value(value).map(|(name, label)| (*name, *label))).collect()
}

fn portfolio(one: &PortfolioFinding, language: Language) -> Portfolio<'_> {
    Portfolio {
        value: one.value.as_deref(),
        judgement: JudgementEntry::of(&one.judgement, language),
        members: one
            .members
            .iter()
            .map(|one| Member { path: &one.path, index: one.index, id: one.id.as_deref() })
            .collect(),
        more: one.more,
    }
}

fn failure(failure: &Failure) -> FailureEntry<'_> {
    FailureEntry {
        path: &failure.path,
        code: failure.code,
        message: &failure.message,
        severity: failure.severity.word(),
    }
}
