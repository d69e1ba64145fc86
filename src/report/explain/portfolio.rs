//! The explanation of a portfolio directive, for people and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::human::{exceptions, title, verdict_line};
use super::json::{ExceptionEntry, Place, StepEntry, View};
use super::tree::Tree;
use super::words::Words;
use crate::checker::explain::{PortfolioExplanation, ValueExplanation};
use crate::checker::report::verdict_word;
use crate::engine::record::Extent;
use crate::report::Settings;
use crate::report::human::paint::{Painter, Style, one_line};
use crate::report::safe::document_bytes;
use crate::rulebook::{LanguageId, Modality, Rulebook, Verdict};
use crate::text::Position;

/// Nothing of a portfolio stands at one place of one proposal.
const NOWHERE: Position = Position { line: 1, column: 1, offset: 0 };

/// Each value with its verdict; the steps of those that are not met, and of all with `verbose`.
pub fn human(explanation: &PortfolioExplanation, book: &Rulebook, settings: Settings) -> String {
    let mut out = String::new();
    let Some(directive) = book.portfolio.get(explanation.directive) else { return out };
    let (painter, words) = (Painter { settings }, Words::of(settings.language));
    let language = book.plan.language(settings.language.tag());
    let position = |_: Extent| NOWHERE;
    let tree = Tree { book, painter, words, language, path: "", position: &position };
    title(&mut out, &tree, &directive.heading);
    let (before, after) = words.judged;
    let mut place = format!("{before}{}{after}  {} {}", explanation.proposals, words.as_of, explanation.as_of);
    if explanation.ungrouped > 0 {
        let _infallible = write!(place, "  {}: {}", words.ungrouped, explanation.ungrouped);
    }
    painter.put(&mut out, Style::Cyan, &place);
    out.push_str("\n\n");
    if explanation.values.is_empty() {
        let _infallible = writeln!(out, "{}", words.no_values);
    }
    for value in &explanation.values {
        let rows = &words.verdicts;
        let reason = match value.verdict {
            Verdict::NotInForce => rows.idle,
            Verdict::NotApplicable if directive.heading.modality == Modality::May => rows.grants_nothing,
            Verdict::NotApplicable => rows.when_is_false,
            Verdict::SetAside => rows.excepted,
            Verdict::Satisfied => rows.satisfied,
            Verdict::Violated => rows.violated,
            Verdict::Undetermined => rows.undetermined,
        };
        if let Some(name) = &value.value {
            painter.put(&mut out, Style::Bold, &one_line(name));
            out.push_str("  ");
        }
        verdict_line(&mut out, painter, value.verdict, reason, settings);
        let is_met = matches!(value.verdict, Verdict::Satisfied | Verdict::NotApplicable);
        if is_met && explanation.values.len() > 1 && !settings.verbose {
            continue;
        }
        steps(&mut out, &tree, value, directive.heading.modality);
    }
    let passages = tree.passages(&directive.heading.grounds.citations);
    if let Some(passages) = passages.strip_prefix(", ") {
        out.push('\n');
        painter.entry(&mut out, words.passage, Style::Bold, &one_line(passages));
    }
    out
}

/// The trees of all values.
pub(in crate::report) fn steps_of(explanation: &PortfolioExplanation, book: &Rulebook, settings: Settings) -> String {
    let mut out = String::new();
    let Some(directive) = book.portfolio.get(explanation.directive) else { return out };
    let position = |_: Extent| NOWHERE;
    let tree = Tree {
        book,
        painter: Painter { settings },
        words: Words::of(settings.language),
        language: book.plan.language(settings.language.tag()),
        path: "",
        position: &position,
    };
    for value in &explanation.values {
        if let Some(name) = &value.value {
            tree.painter.put(&mut out, Style::Bold, &format!("  {}", one_line(name)));
            out.push('\n');
        }
        steps(&mut out, &tree, value, directive.heading.modality);
    }
    out
}

/// Every clause of the directive for one value, and its members.
fn steps(out: &mut String, tree: &Tree<'_>, value: &ValueExplanation, modality: Modality) {
    if let Some(when) = &value.when {
        tree.write(out, tree.words.when, when);
    }
    tree.write(out, tree.words.modality(modality), &value.requirement);
    exceptions(out, tree, &value.unless);
    members(out, tree.painter, tree.words, value);
}

fn members(out: &mut String, painter: Painter, words: &Words, value: &ValueExplanation) {
    let places = value.members.iter().map(|member| {
        let id = member.id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
        format!("{}:{}:{}{id}", member.path, member.start.line, member.start.column)
    });
    let mut places: Vec<String> = places.collect();
    if value.more > 0 {
        let (before, after) = words.more;
        places.push(format!("{before}{}{after}", value.more));
    }
    if !places.is_empty() {
        painter.entry(out, words.members, Style::Bold, &one_line(&places.join("; ")));
    }
}

/// `{"schema": 1, "directive": …, "proposals": 12, "values": […]}`
pub fn json(explanation: &PortfolioExplanation, book: &Rulebook, language: LanguageId) -> Vec<u8> {
    let position = |_: Extent| Place::from(NOWHERE);
    let view = View { book, language, position: &position };
    let directive = book.portfolio.get(explanation.directive);
    let document = Document {
        schema: 1,
        directive: directive.map(|one| one.heading.name.as_str()).unwrap_or_default(),
        as_of: explanation.as_of.to_string(),
        files: explanation.files,
        proposals: explanation.proposals,
        ungrouped: explanation.ungrouped,
        values: explanation.values.iter().map(|value| ValueEntry::new(value, &view)).collect(),
    };
    document_bytes(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    directive: &'a str,
    as_of: String,
    files: u64,
    proposals: u64,
    ungrouped: u64,
    values: Vec<ValueEntry<'a>>,
}

#[derive(Serialize)]
struct ValueEntry<'a> {
    #[serde(rename = "for")]
    value: Option<&'a str>,
    verdict: &'static str,
    when: Option<StepEntry<'a>>,
    requirement: StepEntry<'a>,
    unless: Vec<ExceptionEntry<'a>>,
    members: Vec<MemberEntry<'a>>,
    more: u64,
}

#[derive(Serialize)]
struct MemberEntry<'a> {
    path: &'a str,
    index: u64,
    id: Option<&'a str>,
    pointer: &'a str,
    at: Place,
}

impl<'a> ValueEntry<'a> {
    fn new(value: &'a ValueExplanation, view: &View<'a>) -> Self {
        let member = |member: &'a crate::checker::report::Member| MemberEntry {
            path: &member.path,
            index: member.index,
            id: member.id.as_deref(),
            pointer: &member.pointer,
            at: member.start.into(),
        };
        Self {
            value: value.value.as_deref(),
            verdict: verdict_word(value.verdict),
            when: value.when.as_ref().map(|step| view.step(step)),
            requirement: view.step(&value.requirement),
            unless: value.unless.iter().map(|one| view.exception(one)).collect(),
            members: value.members.iter().map(member).collect(),
            more: value.more,
        }
    }
}
