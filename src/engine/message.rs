//! Messages: templates filled with values as people read them (details 32).

use std::collections::BTreeSet;

use super::evaluate::Scene;
use super::record::SlotValue;
use super::truth::Truth;
use super::value::{Interval, More, TermValue};
use crate::rulebook::expression::{Expression, NumberExpression, NumberKind, Over, Place};
use crate::rulebook::parts::Node;
use crate::rulebook::{Constant, DefinitionId, DimensionId, LanguageId, Piece, Template, Unit, UnitId, VocabularyId};
use crate::text::display::shown;
use crate::value::Days;

/// The reader's language: its number in the pack, and whether the tool's own words are Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// For texts of the pack.
    pub language: LanguageId,
    /// For words of the tool.
    pub chinese: bool,
}

impl Reader {
    /// One of the tool's own words.
    pub fn word(self, english: &'static str, chinese: &'static str) -> &'static str {
        if self.chinese { chinese } else { english }
    }
}

/// Fills the holes of a template. Text from proposals is made safe to show.
pub fn fill<'a>(scene: &mut Scene<'a>, template: &'a Template, reader: Reader) -> String {
    let mut out = String::new();
    for piece in template.get(reader.language) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Hole(expression) => out.push_str(&value_of(scene, expression, reader)),
        }
    }
    out
}

/// A value as people read it.
pub fn value_of<'a>(scene: &mut Scene<'a>, expression: &'a Expression, reader: Reader) -> String {
    value_of_node(scene, Node::from(expression), reader)
}

/// The value of an expression of any sort as people read it.
pub(super) fn value_of_node<'a>(scene: &mut Scene<'a>, node: Node<'a>, reader: Reader) -> String {
    let unknown = || reader.word("(not stated)", "（未填写）").to_owned();
    match node {
        Node::Condition(condition) => match scene.condition(condition) {
            Truth::True => reader.word("true", "真").to_owned(),
            Truth::False => reader.word("false", "假").to_owned(),
            Truth::Unknown => unknown(),
        },
        Node::Number(number) => match scene.number(number) {
            None => unknown(),
            Some(value) => match number.dimension {
                None => interval(value, reader),
                Some(dimension) => quantity(scene, number, dimension, value, reader),
            },
        },
        Node::Date(date) => scene.date(date).map_or_else(unknown, |days| date_text(days, reader)),
        Node::Text(text) => scene.text(text).map_or_else(unknown, |text| shown(&text)),
        Node::Term(term) => match scene.term(term) {
            TermValue::Unknown => unknown(),
            TermValue::NoTerm => reader.word("none", "无").to_owned(),
            TermValue::Term(number) => term_label(scene, term.vocabulary, number, reader),
        },
        Node::Set(set) => match scene.set(set) {
            None => unknown(),
            Some(value) => {
                let labels: Vec<String> =
                    value.known.iter().map(|term| term_label(scene, set.vocabulary, term, reader)).collect();
                let separator = reader.word(", ", "、");
                match (labels.is_empty(), value.more) {
                    (true, More::Nothing) => reader.word("none", "无").to_owned(),
                    (false, More::Nothing) => labels.join(separator),
                    (true, _) => "…".to_owned(),
                    (false, _) => format!("{}{separator}…", labels.join(separator)),
                }
            },
        },
    }
}

pub(super) fn term_label(scene: &Scene<'_>, vocabulary: VocabularyId, term: u16, reader: Reader) -> String {
    let vocabulary = scene.book.vocabularies.get(usize::from(vocabulary.0));
    let term = vocabulary.and_then(|vocabulary| vocabulary.terms.get(usize::from(term)));
    term.map(|term| term.shown(reader.language).to_owned()).unwrap_or_default()
}

fn interval(value: Interval, reader: Reader) -> String {
    match value.known() {
        Some(number) => number.to_string(),
        None => format!("{}{}{}", value.low, reader.word(" to ", "至"), value.high),
    }
}

fn date_text(days: Days, reader: Reader) -> String {
    let text = days.to_string();
    if reader.chinese { text.replace(" to ", "至") } else { text }
}

/// A quantity in the unit in which the proposal gave it, else the rule, else the dimension's first.
fn quantity<'a>(
    scene: &mut Scene<'a>,
    number: &'a NumberExpression,
    dimension: DimensionId,
    value: Interval,
    reader: Reader,
) -> String {
    let unit = unit_of(scene, number, &mut BTreeSet::new()).unwrap_or_default();
    let units = scene.book.dimensions.get(usize::from(dimension.0)).map(|dimension| dimension.units.as_slice());
    let Some(unit) = units.and_then(|units| units.get(usize::from(unit.0))) else { return interval(value, reader) };
    let in_unit = |number: crate::value::Number| number.divided(unit.scale);
    match (in_unit(value.low), in_unit(value.high)) {
        (Some(low), Some(high)) => format!("{} {}", interval(Interval { low, high }, reader), unit_label(unit, reader)),
        _ => interval(value, reader),
    }
}

fn unit_label(unit: &Unit, reader: Reader) -> &str {
    match unit.label.get(reader.language) {
        "" => &unit.name,
        label => label,
    }
}

/// The unit of the first quantity that the expression reads. A definition is looked into once: where it has no unit, it has
/// none a second time.
fn unit_of<'a>(
    scene: &mut Scene<'a>,
    number: &'a NumberExpression,
    seen: &mut BTreeSet<DefinitionId>,
) -> Option<UnitId> {
    match &number.kind {
        NumberKind::Constant(_, unit) => *unit,
        NumberKind::Field(place) => unit_of_field(scene, place),
        NumberKind::Arithmetic(_, a, b, _) => match unit_of(scene, a, seen) {
            None => unit_of(scene, b, seen),
            unit => unit,
        },
        NumberKind::Negate(of) | NumberKind::PercentOf(_, of, _) => unit_of(scene, of, seen),
        NumberKind::Aggregate(_, iteration, value) => {
            let Over::List(place) = &iteration.over else { return None };
            let (table, first, count) = scene.rows(place)?;
            (first..first + count).find_map(|row| {
                let binding = super::evaluate::Binding::Row(table, row);
                scene.bound(iteration.variable, binding, |scene| unit_of(scene, value, seen))
            })
        },
        NumberKind::Extreme(_, numbers) => numbers.iter().find_map(|number| unit_of(scene, number, seen)),
        NumberKind::Definition(id) if seen.insert(*id) => match &scene.book.definitions.get(usize::from(id.0))?.value {
            Expression::Number(number) => scene.without_variables(|scene| unit_of(scene, number, seen)),
            _ => None,
        },
        _ => None,
    }
}

fn unit_of_field(scene: &Scene<'_>, place: &Place) -> Option<UnitId> {
    match scene.slot(place).value {
        SlotValue::Quantity(_, unit) => Some(unit),
        SlotValue::Otherwise => match scene.otherwise(place)? {
            Constant::Number(_, unit) => *unit,
            _ => None,
        },
        _ => None,
    }
}
