//! The explanation of one verdict for people.

use std::fmt::Write as _;

use super::tree::Tree;
use super::words::Words;
use crate::checker::explain::Explanation;
use crate::engine::record::Extent;
use crate::engine::trace::{Exception, Overrider, Trace};
use crate::engine::truth::Truth;
use crate::report::Settings;
use crate::report::human::paint::{Painter, Style, one_line, wrap};
use crate::rulebook::{DirectiveId, Heading, Modality, Rulebook, Verdict};

/// The verdict, why, and the tree of every part of the directive.
pub fn human(explanation: &Explanation, book: &Rulebook, settings: Settings) -> String {
    let mut out = String::new();
    let Some(directive) = book.directives.get(explanation.trace.directive.0 as usize) else { return out };
    let painter = Painter { settings };
    let words = Words::of(settings.language);
    let language = book.plan.language(settings.language.tag());
    let position = |extent: Extent| explanation.position(extent);
    let path = explanation.subject.path.as_ref();
    let tree = Tree { book, painter, words, language, path, position: &position };
    title(&mut out, &tree, &directive.heading);
    let base = explanation.subject.base;
    let mut place = format!("{path}:{}:{}", base.line, base.column);
    if let Some(id) = &explanation.id {
        let _infallible = write!(place, "  {id}");
    }
    let _infallible = write!(place, "  {} {}", words.as_of, explanation.as_of);
    painter.put(&mut out, Style::Cyan, &one_line(&place));
    out.push_str("\n\n");
    let verdict = explanation.trace.verdict;
    let reason = reason(&explanation.trace, book, directive.heading.modality, words);
    verdict_line(&mut out, painter, verdict, &reason, settings);
    out.push('\n');
    steps(&mut out, &tree, &explanation.trace, directive.heading.modality);
    open_parts(&mut out, &tree, &explanation.trace);
    for (heading, text) in [(words.says, &explanation.message), (words.advises, &explanation.help)] {
        if let Some(text) = text {
            out.push('\n');
            painter.entry(&mut out, heading, Style::Bold, &one_line(text));
        }
    }
    let passages = tree.passages(&directive.heading.grounds.citations);
    if let Some(passages) = passages.strip_prefix(", ") {
        out.push('\n');
        painter.entry(&mut out, words.passage, Style::Bold, &one_line(passages));
    }
    if !explanation.faults.is_empty() {
        out.push('\n');
    }
    for fault in &explanation.faults {
        let place = format!("{path}:{}:{}", fault.position.line, fault.position.column);
        let text = format!("{place} {} [{}]", fault.message, fault.code);
        painter.entry(&mut out, words.fault, Style::Yellow, &one_line(&text));
    }
    out
}

/// The name and title of a directive.
pub(super) fn title(out: &mut String, tree: &Tree<'_>, heading: &Heading) {
    tree.painter.put(out, Style::Bold, &one_line(&heading.name));
    let _infallible = writeln!(out, "  {}", one_line(heading.title.get(tree.language)));
}

/// `violated: it applies, …`
pub(super) fn verdict_line(out: &mut String, painter: Painter, verdict: Verdict, reason: &str, settings: Settings) {
    let own = settings.language.words();
    let style = match verdict {
        Verdict::Violated => Style::Red,
        Verdict::Undetermined => Style::Yellow,
        Verdict::Satisfied => Style::Green,
        Verdict::SetAside | Verdict::NotApplicable | Verdict::NotInForce => Style::Cyan,
    };
    painter.put(out, style, own.verdict(verdict));
    let text = format!("{}{reason}", own.colon);
    let _infallible = writeln!(out, "{}", wrap(&one_line(&text), settings.width.saturating_sub(12)).join("\n  "));
}

/// The row of the table of section 5 that gave the verdict.
fn reason(trace: &Trace, book: &Rulebook, modality: Modality, words: &Words) -> String {
    use crate::engine::trace::Value;
    let rows = &words.verdicts;
    let holds = |exception: &Exception| exception.condition.value == Value::Truth(Truth::True);
    let overriders: Vec<&str> = trace
        .overriders
        .iter()
        .filter(|overrider| overrider.applies == Truth::True)
        .filter_map(|overrider| name_of(book, overrider.directive))
        .collect();
    match (trace.verdict, modality) {
        (Verdict::NotInForce, _) => rows.idle.to_owned(),
        (Verdict::NotApplicable, Modality::May) => rows.grants_nothing.to_owned(),
        (Verdict::NotApplicable, _) => rows.when_is_false.to_owned(),
        (Verdict::SetAside, _) if trace.unless.iter().any(holds) => {
            let because = trace.unless.iter().find(|one| holds(one)).and_then(|one| one.because.as_deref());
            because
                .map_or(rows.excepted.to_owned(), |because| format!("{} ({} {because})", rows.excepted, words.because))
        },
        (Verdict::SetAside, _) => format!("{}{}", rows.overridden, overriders.join(", ")),
        (Verdict::Satisfied, Modality::May) => rows.granted.to_owned(),
        (Verdict::Satisfied, _) => rows.satisfied.to_owned(),
        (Verdict::Violated, _) => rows.violated.to_owned(),
        (Verdict::Undetermined, _) => rows.undetermined.to_owned(),
    }
}

fn name_of(book: &Rulebook, id: DirectiveId) -> Option<&str> {
    book.directives.get(id.0 as usize).map(|directive| directive.heading.name.as_str())
}

/// Every clause of the directive as a tree.
pub(in crate::report) fn steps(out: &mut String, tree: &Tree<'_>, trace: &Trace, modality: Modality) {
    if let Some(when) = &trace.when {
        tree.write(out, tree.words.when, when);
    }
    tree.write(out, tree.words.modality(modality), &trace.requirement);
    exceptions(out, tree, &trace.unless);
    trace.overriders.iter().for_each(|one| overrider(out, tree, one));
}

/// Every `unless` with its reason.
pub(super) fn exceptions(out: &mut String, tree: &Tree<'_>, unless: &[Exception]) {
    for exception in unless {
        tree.write(out, tree.words.unless, &exception.condition);
        if let Some(because) = &exception.because {
            out.push_str("  ");
            tree.painter.entry(out, tree.words.because, Style::Dim, &one_line(because));
        }
    }
}

fn overrider(out: &mut String, tree: &Tree<'_>, overrider: &Overrider) {
    let words = tree.words;
    let applies = match overrider.applies {
        _ if !overrider.in_force => words.idle,
        Truth::True => words.applies,
        Truth::False => words.applies_not,
        Truth::Unknown => words.applies_maybe,
    };
    let name = name_of(tree.book, overrider.directive).unwrap_or_default();
    out.push_str("  ");
    tree.painter.put(out, Style::Bold, words.overrider);
    let _infallible = writeln!(out, " {}: {applies}", one_line(name));
    let mut inner = String::new();
    if let Some(when) = &overrider.when {
        tree.write(&mut inner, words.when, when);
    }
    if let Some(grant) = &overrider.grant {
        tree.write(&mut inner, words.modality(Modality::May), grant);
    }
    exceptions(&mut inner, tree, &overrider.unless);
    overrider.overriders.iter().for_each(|one| self::overrider(&mut inner, tree, one));
    for line in inner.lines() {
        let _infallible = writeln!(out, "  {line}");
    }
}

/// What would decide an open verdict.
pub(in crate::report) fn open_parts(out: &mut String, tree: &Tree<'_>, trace: &Trace) {
    let (causes, words) = (&trace.causes, tree.words);
    let months = causes.months.iter().map(|pointer| format!("{}{pointer}", words.month_only));
    let fields: Vec<String> = causes.missing.iter().cloned().chain(months).collect();
    if !fields.is_empty() {
        let text = format!("{}{}", words.missing, fields.join(", "));
        tree.painter.entry(out, "?", Style::Yellow, &one_line(&text));
    }
    for operator in &causes.arithmetic {
        let position = tree.book.files.position(*operator);
        let file = tree.book.files.name(operator.file);
        let text = format!("{}{file}:{}:{}", words.arithmetic, position.line, position.column);
        tree.painter.entry(out, "?", Style::Yellow, &one_line(&text));
    }
}
