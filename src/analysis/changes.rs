//! What changed between two packs in their text: clauses of directives, and the definitions, groups, facts and fields that
//! directives speak of.

use std::collections::BTreeSet;

use unicode_ident::is_xid_continue;

use super::meanings::{each, meanings, read_by, read_by_portfolio};
use crate::rulebook::expression::Condition;
use crate::rulebook::{Directive, DirectiveId, Exception, ForEach, Heading, Modality, PortfolioDirective, Rulebook};
use crate::text::Span;
use crate::value::Day;

/// A part of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// How strongly it asks.
    Modality,
    /// Its condition.
    When,
    /// What it asks.
    Requirement,
    /// What excepts from it.
    Unless,
    /// What it sets aside.
    Overrides,
    /// What a portfolio directive is judged once for.
    ForEach,
    /// When it is in force.
    Effective,
    /// The passages that it rests on.
    Cites,
}

/// What a name of a pack stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A definition.
    Definition,
    /// A group.
    Group,
    /// The facts of a relation.
    Relation,
    /// The terms of a vocabulary.
    Vocabulary,
    /// A field of the proposal, by its path.
    Field,
    /// The units of a dimension.
    Dimension,
    /// A directive that overrides this one.
    Directive,
}

/// A part whose text changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which part.
    pub part: Part,
    /// How it read; empty if it was not there.
    pub old: String,
    /// How it reads.
    pub new: String,
}

/// What of a directive changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Its own parts.
    pub parts: Vec<Change>,
    /// What it speaks of that changed.
    pub names: Vec<(Kind, String)>,
}

/// The names whose meaning differs between two packs, those that only one of them has included.
pub fn changed_names(old: &Rulebook, new: &Rulebook) -> BTreeSet<(Kind, String)> {
    let (before, after) = (meanings(old), meanings(new));
    let names: BTreeSet<&(Kind, String)> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// What changed of a directive that both packs have.
pub fn changes(
    (old, one): (&Rulebook, DirectiveId),
    (new, other): (&Rulebook, DirectiveId),
    changed: &BTreeSet<(Kind, String)>,
) -> Changes {
    let (Some(before), Some(after)) = (old.directives.get(one.0 as usize), new.directives.get(other.0 as usize)) else {
        return Changes::default();
    };
    let mut found = own_changes((old, before), (new, after), changed);
    for (book, directive) in [(old, before), (new, after)] {
        for overrider in &directive.overridden_by {
            let Some(name) = book.directives.get(overrider.0 as usize).map(|other| &other.heading.name) else {
                continue;
            };
            let named = (Kind::Directive, name.clone());
            if !found.names.contains(&named) && is_changed(old, new, name, changed) {
                found.names.push(named);
            }
        }
    }
    found
}

/// What changed of a directive, whatever sets it aside.
fn own_changes(
    (old, before): (&Rulebook, &Directive),
    (new, after): (&Rulebook, &Directive),
    changed: &BTreeSet<(Kind, String)>,
) -> Changes {
    let sides = [(old, before), (new, after)].map(|(book, directive)| Side {
        parts: parts(book, directive),
        text: reach(book, directive.conditions().map(|condition| condition.span)),
        reads: read_by(book, directive.conditions()),
    });
    compared(sides, changed)
}

/// Whether a directive that sets others aside judges otherwise, as far as its text tells.
fn is_changed(old: &Rulebook, new: &Rulebook, name: &str, changed: &BTreeSet<(Kind, String)>) -> bool {
    let of = |book: &'_ Rulebook| book.directives.iter().position(|one| one.heading.name == name);
    let (before, after) = (of(old), of(new));
    let both = before.and_then(|at| old.directives.get(at)).zip(after.and_then(|at| new.directives.get(at)));
    both.is_none_or(|(before, after)| {
        let changes = own_changes((old, before), (new, after), changed);
        !changes.names.is_empty() || changes.parts.iter().any(|change| change.part != Part::Cites)
    })
}

/// What changed of a portfolio directive that both packs have, by its number in each.
pub fn portfolio_changes(
    (old, one): (&Rulebook, usize),
    (new, other): (&Rulebook, usize),
    changed: &BTreeSet<(Kind, String)>,
) -> Changes {
    let (Some(before), Some(after)) = (old.portfolio.get(one), new.portfolio.get(other)) else {
        return Changes::default();
    };
    let sides = [(old, before), (new, after)].map(|(book, directive)| {
        let keys: Vec<Span> = match &directive.for_each {
            ForEach::Group(keys) => keys.iter().map(|key| key.value.span()).collect(),
            ForEach::Nothing | ForEach::Term(..) => Vec::new(),
        };
        let spans = directive.conditions().map(|condition| condition.span).chain(keys);
        Side {
            parts: portfolio_parts(book, directive),
            text: reach(book, spans),
            reads: read_by_portfolio(book, directive),
        }
    });
    compared(sides, changed)
}

/// What a directive is made of in one of two packs.
struct Side {
    parts: Vec<(Part, String)>,
    /// The text of its conditions, and of the definitions behind them.
    text: String,
    /// The fields that it reads, with their vocabularies and dimensions.
    reads: BTreeSet<(Kind, String)>,
}

fn compared([old, new]: [Side; 2], changed: &BTreeSet<(Kind, String)>) -> Changes {
    let parts = old.parts.into_iter().zip(new.parts).filter(|((_, old), (_, new))| old != new);
    let parts = parts.map(|((part, old), (_, new))| Change { part, old, new }).collect();
    let is_text = |kind: Kind| matches!(kind, Kind::Definition | Kind::Group | Kind::Relation | Kind::Vocabulary);
    let is_read = |named: &&(Kind, String)| {
        let (kind, name) = named;
        old.reads.contains(named)
            || new.reads.contains(named)
            || is_text(*kind) && (mentions(&old.text, name) || mentions(&new.text, name))
    };
    let mut names: BTreeSet<(Kind, String)> = changed.iter().filter(is_read).cloned().collect();
    // One text may stand for another field where a path has a name.
    if old.text == new.text {
        names.extend(old.reads.symmetric_difference(&new.reads).cloned());
    }
    Changes { parts, names: names.into_iter().collect() }
}

/// Each part of a directive as it is written, white space folded.
fn parts(book: &Rulebook, directive: &Directive) -> Vec<(Part, String)> {
    let names = directive.overrides.iter().filter_map(|id| book.directives.get(id.0 as usize));
    let mut overrides: Vec<&str> = names.map(|one| one.heading.name.as_str()).collect();
    overrides.sort_unstable();
    let own = [(Part::Overrides, overrides.join(", "))];
    asked(book, &directive.heading, (directive.when.as_ref(), &directive.requirement, &directive.unless), own)
}

fn portfolio_parts(book: &Rulebook, directive: &PortfolioDirective) -> Vec<(Part, String)> {
    let own = [(Part::ForEach, each(book, directive))];
    asked(book, &directive.heading, (directive.when.as_ref(), &directive.requirement, &directive.unless), own)
}

/// What a directive asks of whom, with a part of its own.
fn asked<const OWN: usize>(
    book: &Rulebook,
    heading: &Heading,
    (when, requirement, unless): (Option<&Condition>, &Condition, &[Exception]),
    own: [(Part, String); OWN],
) -> Vec<(Part, String)> {
    let modality = match heading.modality {
        Modality::Must => "must",
        Modality::MustNot => "must not",
        Modality::Should => "should",
        Modality::ShouldNot => "should not",
        Modality::May => "may",
    };
    let unless: Vec<String> = unless.iter().map(|one| written(book, one.condition.span)).collect();
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let period = heading.effective;
    let effective = match (period.from, period.until) {
        (None, None) => String::new(),
        (from, until) => format!("{} – {}", day(from), day(until)).trim().to_owned(),
    };
    let cites: Vec<String> = heading.grounds.citations.iter().map(|one| cited(book, one)).collect();
    let mut all = vec![
        (Part::Modality, modality.to_owned()),
        (Part::When, when.map(|when| written(book, when.span)).unwrap_or_default()),
        (Part::Requirement, written(book, requirement.span)),
        (Part::Unless, unless.join("; ")),
    ];
    all.extend(own);
    all.extend([(Part::Effective, effective), (Part::Cites, cites.join("; "))]);
    all
}

/// A passage with its words, so that a new edition shows.
fn cited(book: &Rulebook, citation: &crate::rulebook::Citation) -> String {
    let clause = citation.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
    let quote = citation.quote(book.plan.language(""));
    format!("{clause}{}", quote.map_or("", |quote| quote.text.as_ref()))
}

/// A part as it is written, white space folded.
pub(super) fn written(book: &Rulebook, span: Span) -> String {
    book.files.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of some conditions and of the definitions that they name, theirs included.
fn reach(book: &Rulebook, conditions: impl Iterator<Item = Span>) -> String {
    let mut text: String = conditions.map(|span| written(book, span) + "\n").collect();
    // A definition stands after those that it uses.
    for definition in book.definitions.iter().rev() {
        if mentions(&text, &definition.name) {
            text.push_str(&written(book, definition.span));
            text.push('\n');
        }
    }
    text
}

/// Whether a name stands in a text as a word.
fn mentions(text: &str, name: &str) -> bool {
    let is_part = |c: char| is_xid_continue(c) || c == '-';
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
}
