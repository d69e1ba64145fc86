//! Explanations as JSON.

use serde::Serialize;

use crate::checker::explain::Explanation;
use crate::checker::report::verdict_word;
use crate::engine::record::Extent;
use crate::engine::trace::{Exception, FactId, Knowledge, Origin, Overrider, Step, Value};
use crate::engine::truth::Truth;
use crate::report::rules::modality_word;
use crate::report::safe::document_bytes;
use crate::rulebook::{Citation, DirectiveId, LanguageId, Rulebook};
use crate::text::{Position, Span};

/// `{"schema": 1, "directive": …, "proposal": {…}, "verdict": …, "steps": {…}, …}`
pub fn json(explanation: &Explanation, book: &Rulebook, language: LanguageId) -> Vec<u8> {
    let trace = &explanation.trace;
    let position = |extent: Extent| Place::from(explanation.position(extent));
    let view = View { book, language, position: &position };
    let directive = book.directives.get(trace.directive.0 as usize);
    let document = Document {
        schema: 1,
        directive: directive.map(|directive| directive.heading.name.as_str()).unwrap_or_default(),
        modality: directive.map(|directive| modality_word(directive.heading.modality)).unwrap_or_default(),
        cites: directive.map(|one| view.passages(&one.heading.grounds.citations)).unwrap_or_default(),
        as_of: explanation.as_of.to_string(),
        proposal: Proposal {
            path: &explanation.subject.path,
            index: explanation.subject.index,
            line: explanation.subject.base.line,
            id: explanation.id.as_deref(),
        },
        verdict: verdict_word(trace.verdict),
        message: explanation.message.as_deref(),
        help: explanation.help.as_deref(),
        when: trace.when.as_ref().map(|step| view.step(step)),
        requirement: view.step(&trace.requirement),
        unless: trace.unless.iter().map(|exception| view.exception(exception)).collect(),
        overridden_by: trace.overriders.iter().map(|one| view.overrider(one)).collect(),
        missing: trace.causes.missing.iter().map(String::as_str).collect(),
        months: trace.causes.months.iter().map(String::as_str).collect(),
        arithmetic: trace.causes.arithmetic.iter().map(|span| view.rule_place(*span)).collect(),
        shape: explanation
            .faults
            .iter()
            .map(|fault| FaultEntry {
                code: fault.code,
                message: &fault.message,
                pointer: &fault.pointer,
                at: fault.position.into(),
            })
            .collect(),
    };
    document_bytes(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    directive: &'a str,
    modality: &'static str,
    cites: Vec<Passage<'a>>,
    as_of: String,
    proposal: Proposal<'a>,
    verdict: &'static str,
    message: Option<&'a str>,
    help: Option<&'a str>,
    when: Option<StepEntry<'a>>,
    requirement: StepEntry<'a>,
    unless: Vec<ExceptionEntry<'a>>,
    overridden_by: Vec<OverriderEntry<'a>>,
    missing: Vec<&'a str>,
    months: Vec<&'a str>,
    arithmetic: Vec<RulePlace<'a>>,
    shape: Vec<FaultEntry<'a>>,
}

#[derive(Serialize)]
struct Proposal<'a> {
    path: &'a str,
    index: u64,
    line: u32,
    id: Option<&'a str>,
}

#[derive(Serialize)]
struct FaultEntry<'a> {
    code: &'a str,
    message: &'a str,
    pointer: &'a str,
    at: Place,
}

/// What steps are seen with.
pub(in crate::report) struct View<'a> {
    pub book: &'a Rulebook,
    pub language: LanguageId,
    pub position: &'a dyn Fn(Extent) -> Place,
}

/// A position in a proposal's file.
#[derive(Serialize)]
pub(in crate::report) struct Place {
    line: u32,
    column: u32,
    offset: u64,
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column, offset: position.offset }
    }
}

/// A place in the rules.
#[derive(Serialize)]
pub(in crate::report) struct RulePlace<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

/// A passage of the plan.
#[derive(Serialize)]
pub(in crate::report) struct Passage<'a> {
    clause: Option<&'a str>,
    text: &'a str,
    source: &'a str,
    line: u32,
}

/// `value` is `true`, `false` or `null` of a condition and a text of anything else; `known` is `whole`, `partial`, `nothing`, or
/// `left-out` of a member that a `where` leaves out.
#[derive(Serialize)]
pub(in crate::report) struct StepEntry<'a> {
    words: &'a str,
    rule: RulePlace<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'a str>,
    value: ValueEntry<'a>,
    known: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<OriginEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<FactEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<FactEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<StepEntry<'a>>,
    #[serde(skip_serializing_if = "is_zero")]
    omitted: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
#[serde(untagged)]
enum ValueEntry<'a> {
    Truth(Option<bool>),
    Text(&'a str),
}

#[derive(Serialize)]
struct OriginEntry<'a> {
    pointer: &'a str,
    presence: &'static str,
    at: Place,
}

#[derive(Serialize)]
struct FactEntry<'a> {
    name: &'a str,
    rule: RulePlace<'a>,
    cites: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::report) struct ExceptionEntry<'a> {
    condition: StepEntry<'a>,
    because: Option<&'a str>,
}

#[derive(Serialize)]
struct OverriderEntry<'a> {
    directive: &'a str,
    applies: Option<bool>,
    in_force: bool,
    when: Option<StepEntry<'a>>,
    grant: Option<StepEntry<'a>>,
    unless: Vec<ExceptionEntry<'a>>,
    overridden_by: Vec<OverriderEntry<'a>>,
}

fn truth(truth: Truth) -> Option<bool> {
    match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    }
}

impl<'a> View<'a> {
    pub(in crate::report) fn step(&self, step: &'a Step) -> StepEntry<'a> {
        let (value, known) = match &step.value {
            Value::Truth(Truth::Unknown) => (ValueEntry::Truth(None), "nothing"),
            Value::Truth(value) => (ValueEntry::Truth(truth(*value)), "whole"),
            Value::Other(text, knowledge) => (
                ValueEntry::Text(text),
                match knowledge {
                    Knowledge::Whole => "whole",
                    Knowledge::Partial => "partial",
                    Knowledge::Nothing => "nothing",
                },
            ),
            Value::LeftOut => (ValueEntry::Truth(None), "left-out"),
        };
        StepEntry {
            words: self.book.files.slice(step.words),
            rule: self.rule_place(step.words),
            member: step.member.as_deref(),
            value,
            known,
            origin: step.origin.as_ref().map(|origin| self.origin(origin)),
            facts: step.facts.iter().filter_map(|fact| self.fact(*fact)).collect(),
            group: step.group.and_then(|number| self.group(number)),
            parts: step.parts.iter().map(|part| self.step(part)).collect(),
            omitted: step.omitted,
        }
    }

    pub(in crate::report) fn exception(&self, exception: &'a Exception) -> ExceptionEntry<'a> {
        ExceptionEntry { condition: self.step(&exception.condition), because: exception.because.as_deref() }
    }

    fn origin(&self, origin: &'a Origin) -> OriginEntry<'a> {
        OriginEntry { pointer: &origin.pointer, presence: origin.presence.word(), at: (self.position)(origin.extent) }
    }

    fn fact(&self, id: FactId) -> Option<FactEntry<'a>> {
        let relation = self.book.relations.get(usize::from(id.relation.0))?;
        let fact = relation.facts.get(id.number)?;
        let cites = self.passages(&fact.grounds.citations);
        Some(FactEntry { name: &relation.name, rule: self.rule_place(fact.span), cites })
    }

    fn group(&self, number: usize) -> Option<FactEntry<'a>> {
        let group = self.book.groups.get(number)?;
        let cites = self.passages(&group.grounds.citations);
        Some(FactEntry { name: &group.name, rule: self.rule_place(group.span), cites })
    }

    pub(in crate::report) fn rule_place(&self, span: Span) -> RulePlace<'a> {
        let position = self.book.files.position(span);
        RulePlace { file: self.book.files.name(span.file), line: position.line, column: position.column }
    }

    fn passages(&self, citations: &'a [Citation]) -> Vec<Passage<'a>> {
        let passage = |citation: &'a Citation| {
            let quote = citation.quote(self.language)?;
            let clause = citation.clause.as_deref();
            Some(Passage { clause, text: &quote.text, source: &quote.source, line: quote.line })
        };
        citations.iter().filter_map(passage).collect()
    }

    fn name(&self, id: DirectiveId) -> &'a str {
        self.book.directives.get(id.0 as usize).map(|one| one.heading.name.as_str()).unwrap_or_default()
    }

    fn overrider(&self, overrider: &'a Overrider) -> OverriderEntry<'a> {
        OverriderEntry {
            directive: self.name(overrider.directive),
            applies: truth(overrider.applies),
            in_force: overrider.in_force,
            when: overrider.when.as_ref().map(|step| self.step(step)),
            grant: overrider.grant.as_ref().map(|step| self.step(step)),
            unless: overrider.unless.iter().map(|one| self.exception(one)).collect(),
            overridden_by: overrider.overriders.iter().map(|one| self.overrider(one)).collect(),
        }
    }
}
