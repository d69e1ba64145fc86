//! One proposal as the page has it: a line of JSON.

use serde::Serialize;

use super::excerpt::Lines;
use super::pack::numbers;
use crate::checker::report::{Cite, Excerpt, Finding, Header, Judgement, ProposalReport, Verdict, WaivedBy};
use crate::report::words::Language;

/// A message in English and Chinese; `None` where it was not put into that language.
pub(super) type Spoken<'a> = [Option<&'a str>; 2];

#[derive(Serialize)]
pub(super) struct Proposal<'a> {
    path: &'a str,
    index: u64,
    id: Option<&'a str>,
    title: Option<&'a str>,
    status: &'static str,
    /// Number of its place.
    place: Option<u16>,
    claims: Vec<Vec<u16>>,
    /// A letter a directive, in the order of the pack: see [`letter`].
    verdicts: Option<String>,
    findings: Vec<FindingEntry<'a>>,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    #[serde(flatten)]
    judgement: JudgementEntry<'a>,
    pointer: &'a str,
    /// Line and column, from 1.
    start: [u32; 2],
    excerpt: Option<Lines>,
}

/// What findings on a proposal and on the portfolio share.
#[derive(Serialize)]
pub(super) struct JudgementEntry<'a> {
    code: &'a str,
    verdict: &'static str,
    severity: &'static str,
    /// By what it is waived; its verdict is then that which was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<WaivedEntry<'a>>,
    message: Spoken<'a>,
    help: Spoken<'a>,
    cites: Vec<CiteEntry<'a>>,
    missing: &'a [String],
}

/// The act, or the name of the baseline, by which a finding does not count.
#[derive(Serialize)]
#[serde(untagged)]
enum WaivedEntry<'a> {
    Waiver { document: &'a str, authority: &'a str, reason: &'a str, issued: String, expires: String },
    Baseline { baseline: &'a str },
}

#[derive(Serialize)]
struct CiteEntry<'a> {
    clause: Option<&'a str>,
    text: &'a str,
}

impl<'a> Proposal<'a> {
    pub(super) fn of(
        header: &Header,
        report: &'a ProposalReport,
        excerpt: Option<Excerpt<'_>>,
        language: Language,
    ) -> Self {
        let facets = report.facets.as_ref();
        Self {
            path: &report.path,
            index: report.index,
            id: report.id.as_deref(),
            title: report.title.as_deref(),
            status: report.status.word(),
            place: facets.and_then(|facets| facets.place),
            claims: facets.map(|facets| facets.claims.iter().map(numbers).collect()).unwrap_or_default(),
            verdicts: report.verdicts.as_ref().map(|verdicts| letters(header, verdicts)),
            findings: report.findings.iter().map(|finding| entry(finding, excerpt, language)).collect(),
        }
    }
}

fn entry<'a>(finding: &'a Finding, excerpt: Option<Excerpt<'_>>, language: Language) -> FindingEntry<'a> {
    FindingEntry {
        judgement: JudgementEntry::of(&finding.judgement, language),
        pointer: &finding.pointer,
        start: [finding.start.line, finding.start.column],
        excerpt: excerpt.and_then(|excerpt| Lines::around(finding, excerpt)),
    }
}

impl<'a> JudgementEntry<'a> {
    pub(super) fn of(judgement: &'a Judgement, language: Language) -> Self {
        let translation = judgement.translation.as_ref();
        let spoken = |own: Option<&'a str>, other: Option<&'a str>| match language {
            Language::English => [own, other],
            Language::Chinese => [other, own],
        };
        Self {
            code: &judgement.code,
            verdict: judgement.waived.as_ref().map_or(judgement.verdict, |waived| waived.verdict).word(),
            severity: judgement.severity.word(),
            waived: judgement.waived.as_ref().map(|waived| waived_by(&waived.by)),
            message: spoken(Some(&judgement.message), translation.map(|other| other.message.as_str())),
            help: spoken(judgement.help.as_deref(), translation.and_then(|other| other.help.as_deref())),
            cites: judgement.cites.iter().map(cite).collect(),
            missing: &judgement.missing,
        }
    }
}

fn waived_by(by: &WaivedBy) -> WaivedEntry<'_> {
    match by {
        WaivedBy::Waiver(waiver) => WaivedEntry::Waiver {
            document: &waiver.document,
            authority: &waiver.authority,
            reason: &waiver.reason,
            issued: waiver.issued.to_string(),
            expires: waiver.expires.to_string(),
        },
        WaivedBy::Baseline(name) => WaivedEntry::Baseline { baseline: name },
    }
}

fn cite(cite: &Cite) -> CiteEntry<'_> {
    CiteEntry { clause: cite.clause.as_deref(), text: &cite.text }
}

/// The verdicts of all directives of the pack, a letter each; `-` where there is none.
fn letters(header: &Header, verdicts: &[(std::sync::Arc<str>, Verdict)]) -> String {
    let mut letters = vec!['-'; header.pack.directives.len()];
    for (name, verdict) in verdicts {
        if let Some(slot) = header.pack.number(name).and_then(|number| letters.get_mut(number)) {
            *slot = letter(*verdict);
        }
    }
    letters.into_iter().collect()
}

fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::Satisfied => 's',
        Verdict::Violated => 'v',
        Verdict::Undetermined => 'u',
        Verdict::SetAside => 'a',
        Verdict::NotApplicable => 'n',
        Verdict::NotInForce => 'f',
    }
}
