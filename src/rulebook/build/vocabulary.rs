//! Vocabularies and their terms.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::super::model::{Grounds, Term, Vocabulary};
use super::names::Names;
use super::{citation, limits, texts};
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{self, LocalText, Text};
use crate::text::display::shown;
use crate::text::{Span, normal};

/// Declares the vocabularies; `names` gives the languages.
pub(super) fn vocabularies<'t>(
    names: &Names,
    library: &citation::Library<'_>,
    items: &[&'t tree::Vocabulary],
    sink: &mut Vec<Diagnostic>,
) -> Vec<(&'t tree::Vocabulary, Vocabulary)> {
    let mut places = BTreeMap::new();
    let mut out = Vec::new();
    for item in items {
        if !declare(&mut places, &item.name, "vocabulary", sink) {
            names.leave_out(item.span);
            continue;
        }
        let label = texts(names, &item.label, sink);
        let vocabulary = Vocabulary {
            name: item.name.text.clone(),
            label,
            terms: terms(names, library, &item.name, &item.terms, sink),
            of_field: false,
            span: item.span,
        };
        out.push((*item, vocabulary));
    }
    out
}

/// Notes a name; false and an error that shows both places if it was there.
pub(super) fn declare(
    places: &mut BTreeMap<String, (Span, &'static str)>,
    name: &tree::Name,
    what: &'static str,
    sink: &mut Vec<Diagnostic>,
) -> bool {
    if let Some((first, first_what)) = places.get(&name.text) {
        sink.push(duplicate(&name.text, (name.span, what), (*first, first_what)));
        return false;
    }
    places.insert(name.text.clone(), (name.span, what));
    true
}

/// The same name twice.
pub(super) fn duplicate(name: &str, (span, what): (Span, &str), (first, first_what): (Span, &str)) -> Diagnostic {
    let name = shown(name);
    let message = if what == first_what {
        format!("the {what} `{name}` is declared twice")
    } else {
        format!("`{name}` is declared as a {first_what} and as a {what}")
    };
    let label = if what == first_what { "declared again here".to_owned() } else { format!("a {what} here") };
    Diagnostic::error("rules/duplicate-name", span, message, label)
        .also(first, "first declared here")
        .help("rename one of them")
}

/// The terms of a vocabulary, or of a `one of` field; two that share a spelling are an error.
pub(super) fn terms(
    names: &Names,
    library: &citation::Library<'_>,
    vocabulary: &tree::Name,
    items: &[tree::Term],
    sink: &mut Vec<Diagnostic>,
) -> Vec<Term> {
    if items.len() > limits::TERMS {
        let what = format!("the vocabulary `{}`", shown(&vocabulary.text));
        sink.push(limits::too_large(vocabulary.span, &what, limits::TERMS, "terms"));
        items.iter().skip(limits::TERMS).for_each(|item| names.leave_out(item.name.span));
    }
    let items = items.get(..limits::TERMS).unwrap_or(items);
    if !names.is_sound {
        sink.extend(clashes(items));
    }
    let mut out: Vec<Term> = Vec::with_capacity(items.len());
    for item in items {
        let grounds = if item.grounds.is_empty() {
            Grounds::default()
        } else {
            citation::grounds(names, library, &item.grounds, sink)
        };
        out.push(Term {
            name: item.name.text.clone(),
            label: texts(names, &item.label, sink),
            code: item.code.as_ref().map(|code| code.value.clone()),
            aka: item.aka.iter().map(|text| text.value.clone()).collect(),
            grounds,
            span: item.span,
        });
    }
    out
}

/// Of each term the first spelling that another term has: an error.
fn clashes(items: &[tree::Term]) -> Vec<Diagnostic> {
    // A name, two labels and a code: more has hardly any term.
    let mut spellings: HashMap<Cow<'_, str>, (&tree::Term, Span)> = HashMap::with_capacity(4 * items.len());
    let clash = |item| {
        let mut error = None;
        for (written, span) in written(item) {
            let spelling = normal::folded(written);
            if spelling.is_empty() {
                continue;
            }
            match spellings.entry(spelling) {
                Entry::Occupied(taken) => {
                    let (other, first) = *taken.get();
                    if !std::ptr::eq(other, item) && error.is_none() {
                        error = Some(spelling_clash(written, &item.name.text, span, &other.name.text, first));
                    }
                },
                Entry::Vacant(free) => {
                    free.insert((item, span));
                },
            }
        }
        error
    };
    items.iter().filter_map(clash).collect()
}

fn spelling_clash(written: &str, name: &str, span: Span, other: &str, first: Span) -> Diagnostic {
    let (written, name, other) = (shown(written), shown(name), shown(other));
    if name == other {
        return duplicate(&name, (span, "term"), (first, "term"));
    }
    let message = format!("`{written}` would mean both `{other}` and `{name}`");
    Diagnostic::error("rules/spelling-clash", span, message, format!("a spelling of `{name}`"))
        .also(first, format!("a spelling of `{other}`"))
        .help("give one of the two terms another spelling: case, width and spaces do not tell them apart")
}

/// Every spelling of a term with its place.
fn written(item: &tree::Term) -> impl Iterator<Item = (&str, Span)> {
    let name = std::iter::once((item.name.text.as_str(), item.name.span));
    name.chain(labels(&item.label)).chain(item.code.iter().chain(&item.aka).map(written_text))
}

/// The labels with their places.
pub(super) fn labels(label: &LocalText) -> impl Iterator<Item = (&str, Span)> {
    label.entries.iter().map(|(_, text)| written_text(text))
}

/// A text with its place.
pub(super) fn written_text(text: &Text) -> (&str, Span) {
    (text.value.as_str(), text.span)
}
