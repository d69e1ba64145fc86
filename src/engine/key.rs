//! Keys of groups of proposals (details 21).

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::evaluate::Scene;
use super::record::SlotValue;
use super::truth::Truth;
use super::value::TermValue;
use crate::rulebook::expression::Expression;
use crate::rulebook::{KeyExpression, Rulebook, TableId};
use crate::text::normal::{fold_space, folded};
use crate::value::{Days, Number};

/// A part of a key. Two texts are the same part if they are the same folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPart {
    /// The field is missing, or a `single` relation has no term.
    Absent,
    /// A term.
    Term(u16),
    /// A text.
    Text(KeyText),
    /// A number, or a quantity in the base unit.
    Number(Number),
    /// A date.
    Date(Days),
    /// A truth value.
    Boolean(bool),
}

/// A text of a key: compared folded, shown as the group's first member has it.
#[derive(Debug, Clone, Eq, Serialize, Deserialize)]
pub struct KeyText {
    /// As compared.
    pub folded: String,
    /// As written.
    pub written: String,
}

impl PartialEq for KeyText {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Hash for KeyText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

/// The key of a proposal; `None` if it is in no group: a part is unknown, or all parts are absent.
pub fn key_of<'a>(scene: &mut Scene<'a>, keys: &'a [KeyExpression]) -> Option<Vec<KeyPart>> {
    // A portfolio keeps one of these a proposal: collected through an `Option`, it would have room for four parts.
    let mut parts = Vec::with_capacity(keys.len());
    for key in keys {
        parts.push(part_of(scene, key)?);
    }
    parts.iter().any(|part| *part != KeyPart::Absent).then_some(parts)
}

fn part_of<'a>(scene: &mut Scene<'a>, key: &'a KeyExpression) -> Option<KeyPart> {
    if let Some(column) = key.column {
        let slot = scene.record.slot(TableId(0), 0, column).unwrap_or_default();
        if slot.value == SlotValue::Absent {
            return Some(KeyPart::Absent);
        }
    }
    match &key.value {
        Expression::Condition(condition) => match scene.condition(condition) {
            Truth::Unknown => None,
            truth => Some(KeyPart::Boolean(truth == Truth::True)),
        },
        Expression::Number(number) => scene.number(number)?.known().map(KeyPart::Number),
        Expression::Date(date) => scene.date(date).map(KeyPart::Date),
        Expression::Text(text) => {
            let written = scene.text(text)?.into_owned();
            Some(KeyPart::Text(KeyText { folded: folded(&written).into_owned(), written }))
        },
        Expression::Term(term) => match scene.term(term) {
            TermValue::Unknown => None,
            TermValue::NoTerm => Some(KeyPart::Absent),
            TermValue::Term(term) => Some(KeyPart::Term(term)),
        },
        Expression::Set(_) => None,
    }
}

/// The key as `for` and `g.key` write it: its parts joined by " / ".
pub fn key_text(book: &Rulebook, keys: &[KeyExpression], parts: &[KeyPart]) -> String {
    let texts: Vec<String> = keys.iter().zip(parts).map(|(key, part)| part_text(book, key, part)).collect();
    texts.join(" / ")
}

fn part_text(book: &Rulebook, key: &KeyExpression, part: &KeyPart) -> String {
    match part {
        KeyPart::Absent => "–".to_owned(),
        KeyPart::Text(text) => fold_space(&text.written),
        KeyPart::Number(number) => number.to_string(),
        KeyPart::Date(days) => days.to_string(),
        KeyPart::Boolean(value) => value.to_string(),
        KeyPart::Term(term) => {
            let Expression::Term(expression) = &key.value else { return String::new() };
            let vocabulary = book.vocabularies.get(usize::from(expression.vocabulary.0));
            let term = vocabulary.and_then(|vocabulary| vocabulary.terms.get(usize::from(*term)));
            term.map(|term| term.name.clone()).unwrap_or_default()
        },
    }
}
