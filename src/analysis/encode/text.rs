//! Texts: cases with concrete texts, which are compared as the engine does it, and *another* text of the proposal (slack),
//! of which the answers to the questions asked are free but for what one answer says of the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::number::NumberValue;
use super::{Around, Derived, Encoder, FieldKind, Kleene, Linear};
use crate::analysis::circuit::Literal;
use crate::rulebook::expression::{Expression, Place, TermExpression, TextExpression, TextKind};
use crate::rulebook::{ColumnId, Constant, LanguageId, Pattern};
use crate::text::normal::fold;
use crate::value::Number;

/// A field of a row, and which of its characters are taken: the other texts of one source are one text.
pub(super) type Source = (usize, ColumnId, Vec<(u32, u32)>);

/// What is asked of another text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Test {
    /// Compared with a text.
    Compared(Comparison, bool, String),
    /// `matches`
    Matches(String),
    /// Compared with another text of another field.
    With(Comparison, Source),
}

/// How two texts are compared; all but the second after folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comparison {
    Is,
    IsExactly,
    StartsWith,
    EndsWith,
    Contains,
}

impl Comparison {
    /// Whether it holds of two texts, folded already where it folds.
    pub(super) fn holds(self, a: &str, b: &str) -> bool {
        match self {
            Self::Is | Self::IsExactly => a == b,
            Self::StartsWith => a.starts_with(b),
            Self::EndsWith => a.ends_with(b),
            Self::Contains => a.contains(b),
        }
    }

    fn prepared(self, text: &str) -> String {
        if self == Self::IsExactly { text.to_owned() } else { fold(text) }
    }
}

/// The texts that an expression may be; one of the cases, another text or unknown.
#[derive(Debug, Clone)]
pub(super) struct TextValue {
    cases: BTreeMap<Arc<str>, Literal>,
    other: Option<(Source, Literal)>,
    unknown: Literal,
}

impl Encoder<'_> {
    fn unknown_text(&self) -> TextValue {
        TextValue { cases: BTreeMap::new(), other: None, unknown: self.circuit.constant(true) }
    }

    fn text(&mut self, text: &TextExpression, around: &Around) -> TextValue {
        match &text.kind {
            TextKind::Constant(text, _) => TextValue {
                cases: BTreeMap::from([(Arc::from(text.as_str()), self.circuit.constant(true))]),
                other: None,
                unknown: self.circuit.constant(false),
            },
            TextKind::Field(place) => self.text_of(place, around),
            TextKind::CharactersOf(from, to, of) => {
                let of = self.text(of, around);
                let (skip, take) = (from.saturating_sub(1) as usize, (to + 1).saturating_sub(*from) as usize);
                let cut = of.cases.iter().map(|(text, literal)| {
                    (Arc::from(text.chars().skip(skip).take(take).collect::<String>()), *literal)
                });
                let cases = self.merged(cut.collect());
                let other = of.other.map(|((row, column, mut cuts), literal)| {
                    cuts.push((*from, *to));
                    ((row, column, cuts), literal)
                });
                TextValue { cases, other, unknown: of.unknown }
            },
            TextKind::CodeOf(term) => self.spelled(term, around, true),
            TextKind::LabelOf(term) => self.spelled(term, around, false),
            TextKind::Definition(id) => match self.definition(*id).map(|one| &one.value) {
                Some(Expression::Text(text)) => self.text(text, &Around::proposal(around.proposal)),
                _ => self.unknown_text(),
            },
            TextKind::Key => {
                self.is_vague = true;
                self.unknown_text()
            },
        }
    }

    fn merged(&mut self, cases: Vec<(Arc<str>, Literal)>) -> BTreeMap<Arc<str>, Literal> {
        let mut grouped: BTreeMap<Arc<str>, Vec<Literal>> = BTreeMap::new();
        for (text, literal) in cases {
            grouped.entry(text).or_default().push(literal);
        }
        grouped.into_iter().map(|(text, literals)| (text, self.circuit.or(literals))).collect()
    }

    fn text_of(&mut self, place: &Place, around: &Around) -> TextValue {
        let (Some(field), Some(row)) = (self.field(place, around), self.row_of(place.frame, around)) else {
            return self.unknown_text();
        };
        let FieldKind::Text(cases, other) = field.kind else { return self.unknown_text() };
        let mut cases = cases;
        let mut unknown = !field.present;
        if let Some((Constant::Text(text), stands)) = self.otherwise(place, around) {
            cases.push((Arc::from(text.as_str()), stands));
            unknown = self.circuit.and([unknown, !stands]);
        }
        let cases = self.merged(cases);
        let (row, column) = self.text_source(row, place.column);
        TextValue { cases, other: Some(((row, column, Vec::new()), other)), unknown }
    }

    /// `code of T`, `label of T`
    fn spelled(&mut self, expression: &TermExpression, around: &Around, code: bool) -> TextValue {
        let value = self.term(expression, around);
        let vocabulary = self.book.vocabularies.get(usize::from(expression.vocabulary.0));
        let mut cases = Vec::new();
        let mut unknown = vec![value.unknown, value.none];
        for (number, literal) in &value.terms {
            let term = vocabulary.and_then(|vocabulary| vocabulary.terms.get(usize::from(*number)));
            let own_label = || match term?.label.0.get(LanguageId::default().0) {
                Some(Some(label)) => Some(label.as_str()),
                _ => Some(term?.name.as_str()),
            };
            let spelling = if code { term.and_then(|term| term.code.as_deref()) } else { own_label() };
            match spelling {
                Some(text) => cases.push((Arc::from(text), *literal)),
                None => unknown.push(*literal),
            }
        }
        TextValue { cases: self.merged(cases), other: None, unknown: self.circuit.or(unknown) }
    }

    /// The answer to a question about another text.
    fn asked(&mut self, source: &Source, test: Test) -> Literal {
        let known = self.tests.get(source).and_then(|tests| tests.iter().find(|(known, _)| *known == test));
        if let Some((_, literal)) = known {
            return *literal;
        }
        let literal = self.circuit.fresh();
        self.tests.entry(source.clone()).or_default().push((test, literal));
        literal
    }

    /// `is`, `is exactly`, `starts with`, `ends with`, `contains`
    pub(super) fn compare_texts(
        &mut self,
        comparison: Comparison,
        a: &TextExpression,
        b: &TextExpression,
        around: &Around,
    ) -> Kleene {
        let (a, b) = (self.text(a, around), self.text(b, around));
        let prepare = |value: &TextValue| -> Vec<(String, Literal)> {
            value.cases.iter().map(|(text, literal)| (comparison.prepared(text), *literal)).collect()
        };
        let (left, right) = (prepare(&a), prepare(&b));
        let mut holds = Vec::new();
        let mut by_text: BTreeMap<&str, Vec<Literal>> = BTreeMap::new();
        for (text, literal) in &right {
            by_text.entry(text).or_default().push(*literal);
        }
        for (text, literal) in &left {
            for (other, literals) in &by_text {
                if comparison.holds(text, other) {
                    let either = self.circuit.or(literals.iter().copied());
                    holds.push(self.circuit.and([*literal, either]));
                }
            }
        }
        for ((other, cases), turned) in [((&a.other, &right), false), ((&b.other, &left), true)] {
            let Some((source, is_other)) = other else { continue };
            for (text, literal) in cases {
                let answer = self.asked(source, Test::Compared(comparison, turned, text.clone()));
                holds.push(self.circuit.and([*is_other, *literal, answer]));
            }
        }
        if let (Some((one, is_one)), Some((other, is_other))) = (&a.other, &b.other) {
            let answer = if one == other {
                self.circuit.constant(true)
            } else {
                self.asked(one, Test::With(comparison, other.clone()))
            };
            holds.push(self.circuit.and([*is_one, *is_other, answer]));
        }
        let yes = self.circuit.or(holds);
        let value = self.known(yes);
        self.unless_unknown(&[a.unknown, b.unknown], value)
    }

    pub(super) fn text_matches(&mut self, text: &TextExpression, pattern: &Pattern, around: &Around) -> Kleene {
        let value = self.text(text, around);
        let matching = value.cases.iter().filter(|(text, _)| pattern.is_match(text)).map(|(_, literal)| *literal);
        let mut holds: Vec<Literal> = matching.collect();
        if let Some((source, is_other)) = &value.other {
            let answer = self.asked(source, Test::Matches(pattern.as_str().to_owned()));
            holds.push(self.circuit.and([*is_other, answer]));
        }
        let yes = self.circuit.or(holds);
        let known = self.known(yes);
        self.unless_unknown(&[value.unknown], known)
    }

    pub(super) fn text_empty(&mut self, text: &TextExpression, around: &Around) -> Kleene {
        let value = self.text(text, around);
        let mut holds: Vec<Literal> = value.cases.get("").copied().into_iter().collect();
        if let Some((source, is_other)) = &value.other {
            let answer = self.asked(source, Test::Compared(Comparison::IsExactly, false, String::new()));
            holds.push(self.circuit.and([*is_other, answer]));
        }
        let yes = self.circuit.or(holds);
        let known = self.known(yes);
        self.unless_unknown(&[value.unknown], known)
    }

    pub(super) fn length_of(&mut self, text: &TextExpression, around: &Around) -> NumberValue {
        let value = self.text(text, around);
        let lengths = value.cases.iter().map(|(text, literal)| (text.chars().count(), *literal));
        let other = value.other.iter().map(|(_, literal)| (usize::MAX, *literal));
        let key = Derived::Length(lengths.chain(other).collect());
        if let Some(known) = self.forms.get(&key) {
            return NumberValue { unknown: value.unknown, ..self.point(known.clone()) };
        }
        let length = self.any_number(true);
        let mut by_length: BTreeMap<usize, Vec<Literal>> = BTreeMap::new();
        for (text, literal) in &value.cases {
            by_length.entry(text.chars().count()).or_default().push(*literal);
        }
        for (count, literals) in by_length {
            let any = self.circuit.or(literals);
            let count = Linear::constant(Number::whole(i64::try_from(count).unwrap_or(i64::MAX)));
            self.equal_if(any, &length, &count);
        }
        let least = self.at_most(&Linear::constant(Number::ZERO), &length);
        self.circuit.clause(&[least]);
        self.forms.insert(key, length.clone());
        NumberValue { unknown: value.unknown, ..self.point(length) }
    }
}
