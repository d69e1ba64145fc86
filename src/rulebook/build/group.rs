//! Groups: their algebra, in the order in which they need one another.

use std::collections::BTreeMap;

use super::super::model::{Group, VocabularyId};
use super::citation::{Library, grounds};
use super::names::{Names, labelled};
use super::texts;
use super::unknown::{unknown, unknown_vocabulary};
use super::vocabulary::declare;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{self, GroupExpression, Name};
use crate::text::Span;
use crate::text::display::shown;
use crate::text::nearest::nearest;
use crate::value::TermSet;

/// Declares and works out the groups; `names` gives the vocabularies. Names of groups that could not be declared go to `broken`.
pub(super) fn groups(
    names: &Names,
    library: &Library<'_>,
    items: &[&tree::Group],
    broken: &mut Vec<String>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let declared = declared(names, items, broken, sink);
    let by_name: BTreeMap<&str, usize> =
        declared.iter().zip(0..).map(|((item, _), index)| (item.name.text.as_str(), index)).collect();
    let needs: Vec<Vec<usize>> = declared.iter().map(|(item, _)| needs(&item.members, &by_name)).collect();
    let order = order(&declared, &needs, sink);
    let mut terms: Vec<Option<TermSet>> = vec![None; declared.len()];
    for index in order {
        let Some((item, of)) = declared.get(index) else { continue };
        let evaluation = Evaluation { names, declared: &declared, by_name: &by_name, terms: &terms, of: *of };
        let set = evaluation.set(&item.members, broken, sink);
        if let Some(slot) = terms.get_mut(index) {
            *slot = Some(set);
        }
    }
    let made = declared.iter().zip(terms).map(|((item, of), terms)| Group {
        name: item.name.text.clone(),
        of: *of,
        label: texts(names, &item.label, sink),
        terms: terms.unwrap_or_default(),
        grounds: grounds(names, library, &item.grounds, sink),
        span: item.span,
    });
    made.collect()
}

/// The groups with their vocabularies; one whose name is taken or whose vocabulary is unknown is left out.
fn declared<'t>(
    names: &Names,
    items: &[&'t tree::Group],
    broken: &mut Vec<String>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<(&'t tree::Group, VocabularyId)> {
    let vocabularies = names.vocabularies.iter().filter(|one| !one.of_field);
    let mut places: BTreeMap<String, (Span, &'static str)> =
        vocabularies.map(|one| (one.name.clone(), (one.span, "vocabulary"))).collect();
    let mut out = Vec::new();
    for item in items {
        if !declare(&mut places, &item.name, "group", sink) {
            names.leave_out(item.span);
            continue;
        }
        let Some(of) = names.vocabulary_named(&item.of.text) else {
            sink.extend(unknown_vocabulary(names, &item.of));
            broken.push(item.name.text.clone());
            continue;
        };
        names.use_vocabulary(of);
        let term = names
            .term(of, &item.name.text)
            .and_then(|term| names.vocabulary(of).and_then(|vocabulary| vocabulary.terms.get(usize::from(term))));
        if let Some(term) = term {
            let message = format!("`{}` is a group and a term of its vocabulary", shown(&item.name.text));
            let error = Diagnostic::error("rules/duplicate-name", item.name.span, message, "a group here");
            sink.push(error.also(term.span, "a term here").help("rename one of them"));
        }
        out.push((*item, of));
    }
    out
}

/// The groups that a group is made from.
fn needs(members: &GroupExpression, by_name: &BTreeMap<&str, usize>) -> Vec<usize> {
    let mut out = Vec::new();
    let mut rest = vec![members];
    while let Some(members) = rest.pop() {
        match members {
            GroupExpression::Name(name) => out.extend(by_name.get(name.text.as_str()).copied()),
            GroupExpression::List(..) => {},
            GroupExpression::Union(a, b) | GroupExpression::Intersection(a, b) | GroupExpression::Difference(a, b) => {
                rest.push(b);
                rest.push(a);
            },
        }
    }
    out
}

/// Each group after those that it is made from; groups that are made from themselves are an error.
///
/// A walk with a stack of its own: a chain of groups may be as long as a pack may be large.
fn order(declared: &[(&tree::Group, VocabularyId)], needs: &[Vec<usize>], sink: &mut Vec<Diagnostic>) -> Vec<usize> {
    let mut done = vec![false; needs.len()];
    let mut out = Vec::new();
    for start in 0..needs.len() {
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        let mut on_path = std::collections::BTreeSet::from([start]);
        if done.get(start).copied().unwrap_or(true) {
            continue;
        }
        while let Some((group, next)) = path.last_mut() {
            let group = *group;
            let needed = needs.get(group).and_then(|needs| needs.get(*next)).copied();
            *next += 1;
            match needed {
                None => {
                    path.pop();
                    on_path.remove(&group);
                    if let Some(flag) = done.get_mut(group) {
                        *flag = true;
                    }
                    out.push(group);
                },
                Some(needed) if on_path.contains(&needed) => {
                    let from = path.iter().position(|(group, _)| *group == needed).unwrap_or(0);
                    let circle: Vec<usize> = path.iter().skip(from).map(|(group, _)| *group).collect();
                    sink.push(circle_error(declared, &circle));
                },
                Some(needed) if done.get(needed).copied().unwrap_or(true) => {},
                Some(needed) => {
                    path.push((needed, 0));
                    on_path.insert(needed);
                },
            }
        }
    }
    out
}

fn circle_error(declared: &[(&tree::Group, VocabularyId)], circle: &[usize]) -> Diagnostic {
    let names: Vec<&Name> =
        circle.iter().filter_map(|index| declared.get(*index)).map(|(item, _)| &item.name).collect();
    let (first, rest) = match names.split_first() {
        Some((first, rest)) => ((*first).clone(), rest),
        None => (Name { text: String::new(), span: Span::default(), quoted: false }, names.as_slice()),
    };
    let path: Vec<String> = names.iter().map(|name| format!("`{}`", shown(&name.text))).collect();
    let message = format!("the group `{}` is made from itself", shown(&first.text));
    let error = Diagnostic::error("rules/cycle", first.span, message, "needs itself");
    let error = rest.iter().fold(error, |error, name| error.also(name.span, "on the way"));
    error.help(format!("break the circle: {} → `{}`", path.join(" → "), shown(&first.text)))
}

/// What a group's algebra is worked out from.
struct Evaluation<'a, 't> {
    names: &'a Names,
    declared: &'a [(&'t tree::Group, VocabularyId)],
    by_name: &'a BTreeMap<&'t str, usize>,
    terms: &'a [Option<TermSet>],
    of: VocabularyId,
}

impl Evaluation<'_, '_> {
    fn set(&self, members: &GroupExpression, broken: &[String], sink: &mut Vec<Diagnostic>) -> TermSet {
        match members {
            GroupExpression::Name(name) => self.named(name, broken, sink),
            GroupExpression::List(list, _) => self.list(list, broken, sink),
            GroupExpression::Union(a, b) => {
                let mut set = self.set(a, broken, sink);
                set.unite(&self.set(b, broken, sink));
                set
            },
            GroupExpression::Intersection(a, b) => {
                let mut set = self.set(a, broken, sink);
                set.intersect(&self.set(b, broken, sink));
                set
            },
            GroupExpression::Difference(a, b) => {
                let mut set = self.set(a, broken, sink);
                set.subtract(&self.set(b, broken, sink));
                set
            },
        }
    }

    fn named(&self, name: &Name, broken: &[String], sink: &mut Vec<Diagnostic>) -> TermSet {
        if let Some(index) = self.by_name.get(name.text.as_str()) {
            self.names.use_group(&name.text);
            let of = self.declared.get(*index).map_or(self.of, |(_, of)| *of);
            if of != self.of {
                sink.push(self.other_vocabulary(name, of));
                return TermSet::new();
            }
            return self.terms.get(*index).cloned().flatten().unwrap_or_default();
        }
        if let Some(of) = self.names.vocabulary_named(&name.text) {
            if of == self.of {
                self.names.use_whole(of);
                return TermSet::all(self.names.term_count(of));
            }
            if self.names.term(self.of, &name.text).is_none() {
                sink.push(self.other_vocabulary(name, of));
                return TermSet::new();
            }
        }
        self.term(name, broken, sink).into_iter().collect()
    }

    fn list(&self, list: &[Name], broken: &[String], sink: &mut Vec<Diagnostic>) -> TermSet {
        let mut set = TermSet::new();
        let mut places: BTreeMap<u16, Span> = BTreeMap::new();
        for name in list {
            if self.names.term(self.of, &name.text).is_none() && self.by_name.contains_key(name.text.as_str()) {
                self.names.use_group(&name.text);
                let message = format!("`{}` is a group, and a list holds terms", shown(&name.text));
                let error = Diagnostic::error("rules/type-mismatch", name.span, message, "a group");
                sink.push(error.help(format!("join groups with `+`: `= {} + …`", shown(&name.text))));
                continue;
            }
            let Some(term) = self.term(name, broken, sink) else { continue };
            if let Some(first) = places.insert(term, name.span) {
                let message = format!("`{}` stands twice in the list", shown(&name.text));
                let warning = Diagnostic::warning("rules/duplicate-term", name.span, message, "again here");
                sink.push(warning.also(first, "first here").help("leave one of them out"));
            }
            set.insert(term);
        }
        set
    }

    fn term(&self, name: &Name, broken: &[String], sink: &mut Vec<Diagnostic>) -> Option<u16> {
        let term = self.names.term(self.of, &name.text);
        if term.is_none() && !broken.contains(&name.text) {
            let groups = self.declared.iter().map(|(item, _)| (item.name.text.as_str(), item.name.text.as_str()));
            let vocabulary = self.names.vocabulary(self.of);
            let terms = vocabulary.map(|one| one.terms.as_slice()).unwrap_or_default();
            let near = nearest(
                &name.text,
                terms
                    .iter()
                    .flat_map(|term| {
                        term.spellings()
                            .map(|spelling| (spelling, term.name.as_str()))
                            .chain(labelled(&term.name, &term.label))
                    })
                    .chain(groups),
            );
            let what = format!("no term of `{}`", shown(self.names.vocabulary_name(self.of)));
            sink.extend(unknown(self.names, name, &what, near));
        }
        term
    }

    fn other_vocabulary(&self, name: &Name, of: VocabularyId) -> Diagnostic {
        let (wanted, found) = (self.names.vocabulary_name(self.of), self.names.vocabulary_name(of));
        let message = format!("`{}` holds terms of `{found}`, and the group those of `{wanted}`", shown(&name.text));
        Diagnostic::error("rules/type-mismatch", name.span, message, format!("terms of `{found}`"))
            .help(format!("name a group or a term of `{wanted}`"))
    }
}
