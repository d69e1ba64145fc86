//! Findings: verdicts and faults of shape, put into words with their places, passages and fingerprints.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::options::Undetermined;
use super::report::{Cite, FindingVerdict, Judgement, RulePlace, Translation};
use crate::diagnostic::Severity;
use crate::engine::causes::Causes;
use crate::engine::evaluate::Scene;
use crate::engine::lookups::facts_looked_up;
use crate::engine::message::{Reader, fill};
use crate::rulebook::expression::Condition;
use crate::rulebook::{Basis, Citation, Heading, LanguageId, Modality, Piece, Rulebook, Template, Verdict};
use crate::text::display::shown;
use crate::text::{Span, hexadecimal};

/// The severity of a directive's finding; `None` if it is no finding.
pub(super) fn severity(modality: Modality, verdict: Verdict, undetermined: Undetermined) -> Option<Severity> {
    let is_must = matches!(modality, Modality::Must | Modality::MustNot);
    match (modality, verdict) {
        (Modality::May, _) => None,
        (_, Verdict::Violated) => Some(if is_must { Severity::Error } else { Severity::Warning }),
        (_, Verdict::Undetermined) if is_must => match undetermined {
            Undetermined::Error => Some(Severity::Error),
            Undetermined::Warning => Some(Severity::Warning),
            Undetermined::Note => Some(Severity::Note),
            Undetermined::Ignore => None,
        },
        (_, Verdict::Undetermined) => Some(Severity::Note),
        _ => None,
    }
}

/// What all findings of a directive have in common: worked out at the first, and copied from then on.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    code: Arc<str>,
    rule: RulePlace,
    /// The directive's own passages.
    cites: Vec<Cite>,
    phrases: Phrases,
    /// In the other of the tool's two languages, where a format asks for both.
    other: Option<Phrases>,
}

/// What the findings of a directive have in common in one language.
#[derive(Debug, Clone)]
struct Phrases {
    reader: Reader,
    /// The message of a violation, if it is always the same.
    message: Option<String>,
    /// Its advice, if it is always the same.
    help: Option<Option<String>>,
}

impl Standing {
    pub(super) fn new(
        book: &Rulebook,
        heading: &Heading,
        requirement: &Condition,
        reader: Reader,
        other: Option<Reader>,
    ) -> Self {
        Self {
            code: Arc::from(heading.name.as_str()),
            rule: rule_place(book, heading.span),
            cites: own_cites(heading, reader.language),
            phrases: Phrases::new(book, heading, requirement, reader),
            other: other.map(|other| Phrases::new(book, heading, requirement, other)),
        }
    }
}

impl Phrases {
    fn new(book: &Rulebook, heading: &Heading, requirement: &Condition, reader: Reader) -> Self {
        let message = match &heading.message {
            Some(template) => fixed(template, reader),
            None => Some(made_message(book, heading, requirement, reader)),
        };
        Self {
            reader,
            message: message.map(|message| confirmed(message, heading.basis, reader)),
            help: match &heading.help {
                Some(template) => fixed(template, reader).map(Some),
                None => Some(None),
            },
        }
    }
}

/// A template without holes.
fn fixed(template: &Template, reader: Reader) -> Option<String> {
    template
        .get(reader.language)
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Hole(_) => None,
        })
        .collect()
}

/// What a verdict says to the reader, the scene being that of the proposal or of the portfolio.
pub(super) struct Wording<'a, 's> {
    pub heading: &'a Heading,
    pub requirement: &'a Condition,
    pub when: Option<&'a Condition>,
    pub verdict: Verdict,
    pub severity: Severity,
    pub standing: &'s Standing,
}

impl<'a> Wording<'a, '_> {
    /// Everything of a finding but its place and fingerprint.
    pub(super) fn judgement(&self, scene: &mut Scene<'a>, causes: &Causes) -> Judgement {
        let (message, help) = self.words(scene, causes, &self.standing.phrases);
        let translation = self.standing.other.as_ref().map(|phrases| {
            let (message, help) = self.words(scene, causes, phrases);
            Translation { message, help }
        });
        Judgement {
            code: Arc::clone(&self.standing.code),
            verdict: FindingVerdict::Of(self.verdict),
            severity: self.severity,
            waived: None,
            basis: Some(self.heading.basis),
            message,
            help,
            translation,
            cites: self.cites(scene, self.standing.phrases.reader.language),
            rule: Some(self.standing.rule.clone()),
            missing: causes.missing.iter().cloned().collect(),
            fingerprint: String::new(),
        }
    }

    fn words(&self, scene: &mut Scene<'a>, causes: &Causes, phrases: &Phrases) -> (String, Option<String>) {
        match self.verdict {
            Verdict::Undetermined => self.undetermined(causes, phrases.reader),
            _ => (self.message(scene, phrases), self.help(scene, phrases)),
        }
    }

    fn message(&self, scene: &mut Scene<'a>, phrases: &Phrases) -> String {
        let reader = phrases.reader;
        match (&phrases.message, &self.heading.message) {
            (Some(message), _) => message.clone(),
            (None, Some(template)) => confirmed(fill(scene, template, reader), self.heading.basis, reader),
            (None, None) => String::new(),
        }
    }

    fn help(&self, scene: &mut Scene<'a>, phrases: &Phrases) -> Option<String> {
        match &phrases.help {
            Some(help) => help.clone(),
            None => self.heading.help.as_ref().map(|template| fill(scene, template, phrases.reader)),
        }
    }

    /// The tool's own words for a verdict that was left open.
    fn undetermined(&self, causes: &Causes, reader: Reader) -> (String, Option<String>) {
        let title = self.heading.title.get(reader.language);
        let title = if title.is_empty() { &self.heading.name } else { title };
        let list = |pointers: &std::collections::BTreeSet<String>| {
            let quoted: Vec<String> = pointers.iter().map(|pointer| format!("`{}`", shown(pointer))).collect();
            quoted.join(reader.word(", ", "、"))
        };
        let (missing, months) = (list(&causes.missing), list(&causes.months));
        let (message, help) = match (causes.missing.is_empty(), causes.months.is_empty(), reader.chinese) {
            (false, _, false) => (
                format!(
                    "it cannot be decided whether “{title}” is met: {missing} {} not stated or not readable",
                    plural(causes.missing.len(), "is", "are")
                ),
                Some(format!("state {missing}")),
            ),
            (false, _, true) => {
                (format!("无法判定是否符合“{title}”：{missing} 未填写或无法读取"), Some(format!("请填写 {missing}")))
            },
            (true, false, false) => (
                format!("it cannot be decided whether “{title}” is met: of {months} only the month is known"),
                Some(format!("give the day of {months}")),
            ),
            (true, false, true) => (
                format!("无法判定是否符合“{title}”：{months} 只写明了月份"),
                Some(format!("请写明 {months} 的具体日期")),
            ),
            (true, true, false) => (format!("it cannot be decided whether “{title}” is met"), None),
            (true, true, true) => (format!("无法判定是否符合“{title}”"), None),
        };
        (message, help)
    }

    /// The directive's passages, and those of the facts that it looked up.
    fn cites(&self, scene: &mut Scene<'a>, language: LanguageId) -> Vec<Cite> {
        let mut cites = self.standing.cites.clone();
        let conditions = [Some(self.requirement), self.when];
        let facts = facts_looked_up(scene, conditions.into_iter().flatten());
        add_cites(&mut cites, facts.into_iter().flat_map(|fact| &fact.grounds.citations), language);
        cites
    }
}

fn own_cites(heading: &Heading, language: LanguageId) -> Vec<Cite> {
    let mut cites = Vec::new();
    add_cites(&mut cites, &heading.grounds.citations, language);
    // Texts of their own: threads that count references to one text wait for each other.
    for cite in &mut cites {
        (cite.text, cite.source) = (Arc::from(&*cite.text), Arc::from(&*cite.source));
    }
    cites
}

/// Adds passages, each once.
fn add_cites<'a>(cites: &mut Vec<Cite>, citations: impl IntoIterator<Item = &'a Citation>, language: LanguageId) {
    for citation in citations {
        if let Some(cite) = cite(citation, language).filter(|cite| !cites.contains(cite)) {
            cites.push(cite);
        }
    }
}

/// A message, with the remark that an assumed reading bears.
fn confirmed(message: String, basis: Basis, reader: Reader) -> String {
    match basis {
        Basis::Assumed => message + reader.word(" (an assumed reading, to be confirmed)", "（此为推定的理解，待确认）"),
        _ => message,
    }
}

fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn cite(citation: &Citation, language: LanguageId) -> Option<Cite> {
    let quote = citation.quote(language)?;
    Some(Cite {
        clause: citation.clause.clone(),
        text: Arc::clone(&quote.text),
        source: Arc::clone(&quote.source),
        line: quote.line,
    })
}

/// A message from the directive's title and its requirement, as the rule has it.
fn made_message(book: &Rulebook, heading: &Heading, requirement: &Condition, reader: Reader) -> String {
    let words = book.files.slice(requirement.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let title = heading.title.get(reader.language);
    let modality = match (heading.modality, reader.chinese) {
        (Modality::Must | Modality::May, false) => "must",
        (Modality::MustNot, false) => "must not",
        (Modality::Should, false) => "should",
        (Modality::ShouldNot, false) => "should not",
        (Modality::Must | Modality::May, true) => "必须",
        (Modality::MustNot, true) => "不得",
        (Modality::Should, true) => "应当",
        (Modality::ShouldNot, true) => "不宜",
    };
    if title.is_empty() {
        format!("`{}`: {modality} `{words}`", heading.name)
    } else {
        format!("{title}: {modality} `{words}`")
    }
}

/// Where a rule stands.
pub(super) fn rule_place(book: &Rulebook, span: Span) -> RulePlace {
    RulePlace { file: Arc::from(book.files.name(span.file)), line: book.files.position(span).line }
}

/// A fingerprint of a finding: from its code, what it is about, and its pointer or value.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    hexadecimal(digest.get(..16).unwrap_or(&digest))
}
