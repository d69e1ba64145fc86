//! What changed between two packs in their text: clauses of directives, and the definitions, groups, facts and fields that
//! directives speak of.

use std::collections::{BTreeMap, BTreeSet};

use unicode_ident::is_xid_continue;

use crate::rulebook::{Directive, DirectiveId, Modality, Rulebook};
use crate::text::Span;

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
    let (parts_before, parts_after) = (parts(old, before), parts(new, after));
    let parts = parts_before.into_iter().zip(parts_after).filter(|((_, old), (_, new))| old != new);
    let parts = parts.map(|((part, old), (_, new))| Change { part, old, new }).collect();
    let mut names: BTreeSet<(Kind, String)> = BTreeSet::new();
    for (book, directive) in [(old, before), (new, after)] {
        let text = reach(book, directive);
        names.extend(changed.iter().filter(|(_, name)| mentions(&text, name)).cloned());
        for overrider in &directive.overridden_by {
            let other = book.directives.get(overrider.0 as usize);
            names.extend(other.map(|other| (Kind::Directive, other.heading.name.clone())));
        }
    }
    let is_changed_overrider = |name: &str| {
        let of = |book: &'_ Rulebook| {
            book.directives.iter().find(|one| one.heading.name == name).map(|one| parts_of_judgement(book, one))
        };
        of(old) != of(new)
    };
    let names = names.into_iter().filter(|(kind, name)| *kind != Kind::Directive || is_changed_overrider(name));
    Changes { parts, names: names.collect() }
}

fn parts_of_judgement(book: &Rulebook, directive: &Directive) -> Vec<(Part, String)> {
    parts(book, directive).into_iter().filter(|(part, _)| *part != Part::Cites).collect()
}

/// Each part of a directive as it is written, white space folded.
fn parts(book: &Rulebook, directive: &Directive) -> Vec<(Part, String)> {
    let heading = &directive.heading;
    let modality = match heading.modality {
        Modality::Must => "must",
        Modality::MustNot => "must not",
        Modality::Should => "should",
        Modality::ShouldNot => "should not",
        Modality::May => "may",
    };
    let unless: Vec<String> = directive.unless.iter().map(|one| written(book, one.condition.span)).collect();
    let names = directive.overrides.iter().filter_map(|id| book.directives.get(id.0 as usize));
    let mut overrides: Vec<&str> = names.map(|one| one.heading.name.as_str()).collect();
    overrides.sort_unstable();
    let day = |day: Option<crate::value::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let period = heading.effective;
    let effective = match (period.from, period.until) {
        (None, None) => String::new(),
        (from, until) => format!("{} – {}", day(from), day(until)),
    };
    let cites: Vec<String> = heading.grounds.citations.iter().map(|one| cited(book, one)).collect();
    vec![
        (Part::Modality, modality.to_owned()),
        (Part::When, directive.when.as_ref().map(|when| written(book, when.span)).unwrap_or_default()),
        (Part::Requirement, written(book, directive.requirement.span)),
        (Part::Unless, unless.join("; ")),
        (Part::Overrides, overrides.join(", ")),
        (Part::Effective, effective),
        (Part::Cites, cites.join("; ")),
    ]
}

/// A passage with its words, so that a new edition shows.
fn cited(book: &Rulebook, citation: &crate::rulebook::Citation) -> String {
    let clause = citation.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
    let quote = citation.quote(book.plan.language(""));
    format!("{clause}{}", quote.map_or("", |quote| quote.text.as_ref()))
}

fn written(book: &Rulebook, span: Span) -> String {
    book.files.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a directive and of the definitions that it names, theirs included.
fn reach(book: &Rulebook, directive: &Directive) -> String {
    let conditions = directive.when.iter().chain([&directive.requirement]);
    let conditions = conditions.chain(directive.unless.iter().map(|exception| &exception.condition));
    let mut text: String = conditions.map(|condition| written(book, condition.span) + "\n").collect();
    let mut seen = BTreeSet::new();
    loop {
        let next = (0..book.definitions.len()).find(|number| {
            let named = book.definitions.get(*number).is_some_and(|one| mentions(&text, &one.name));
            named && !seen.contains(number)
        });
        let Some(number) = next else { return text };
        seen.insert(number);
        if let Some(definition) = book.definitions.get(number) {
            text.push_str(&written(book, definition.span));
            text.push('\n');
        }
    }
}

/// Whether a name stands in a text as a word; of a field's path each name counts.
fn mentions(text: &str, name: &str) -> bool {
    let name = name.rsplit('.').next().unwrap_or(name);
    let is_part = |c: char| is_xid_continue(c) || c == '-';
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
}

/// What each name of a pack means, as text that differs where the meaning does.
fn meanings(book: &Rulebook) -> BTreeMap<(Kind, String), String> {
    let mut all = BTreeMap::new();
    let term = |vocabulary: crate::rulebook::VocabularyId, term: u16| {
        let vocabulary = book.vocabularies.get(usize::from(vocabulary.0));
        vocabulary.and_then(|one| one.terms.get(usize::from(term))).map_or("", |term| term.name.as_str())
    };
    for definition in &book.definitions {
        all.insert((Kind::Definition, definition.name.clone()), written(book, definition.span));
    }
    for group in &book.groups {
        let terms: BTreeSet<&str> = group.terms.iter().map(|one| term(group.of, one)).collect();
        all.insert((Kind::Group, group.name.clone()), format!("{terms:?}"));
    }
    for relation in &book.relations {
        let facts: BTreeMap<&str, BTreeSet<&str>> = (0_u16..)
            .zip(&relation.partners)
            .map(|(from, partners)| {
                (term(relation.from, from), partners.iter().map(|to| term(relation.to, to)).collect())
            })
            .collect();
        let known = all.entry((Kind::Relation, relation.name.clone())).or_insert_with(String::new);
        known.push_str(&format!("{facts:?}"));
    }
    for vocabulary in &book.vocabularies {
        let terms: BTreeSet<(&str, Option<&str>)> =
            vocabulary.terms.iter().map(|term| (term.name.as_str(), term.code.as_deref())).collect();
        all.insert((Kind::Vocabulary, vocabulary.name.clone()), format!("{terms:?}"));
    }
    for dimension in &book.dimensions {
        let units: BTreeMap<&str, String> =
            dimension.units.iter().map(|unit| (unit.name.as_str(), format!("{:?}", unit.scale))).collect();
        all.insert((Kind::Dimension, dimension.name.clone()), format!("{units:?}"));
    }
    for table in &book.shape.tables {
        for column in &table.columns {
            let path = column.pointer.trim_start_matches('/').replace('/', ".");
            let is_record = matches!(column.kind, crate::rulebook::ColumnKind::Record(_));
            if !path.is_empty() && !is_record {
                all.insert((Kind::Field, path), written(book, column.span));
            }
        }
    }
    all
}
