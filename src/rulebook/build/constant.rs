//! Literals in declarations: `otherwise VALUE`, `at least V`, `at most V`.

use super::super::model::{DimensionId, VocabularyId};
use super::super::shape::{ColumnKind, Constant};
use super::names::Names;
use super::unknown::unknown;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Expression, ExpressionKind, Name};
use crate::text::Span;
use crate::text::display::shown;
use crate::text::nearest::nearest;
use crate::value::{Number, TermSet};

/// The value of a literal for a field of that type; `Err` holds the error, or nothing where one was already reported.
pub(super) fn constant(names: &Names, kind: &ColumnKind, value: &Expression) -> Result<Constant, Option<Diagnostic>> {
    use ExpressionKind as Written;
    match (kind, &value.kind) {
        (_, Written::Error) => Err(None),
        (ColumnKind::Text, Written::Text(text)) => Ok(Constant::Text(text.value.clone())),
        (ColumnKind::Boolean, Written::Truth(truth)) => Ok(Constant::Boolean(*truth)),
        (ColumnKind::Date, Written::Date(date)) => Ok(Constant::Days(date.days)),
        (ColumnKind::Number | ColumnKind::Integer, Written::Number { value: number, .. }) => {
            plain(kind, *number, value)
        },
        (ColumnKind::Number | ColumnKind::Integer | ColumnKind::Quantity(_), Written::Negate(inner)) => {
            match constant(names, kind, inner)? {
                Constant::Number(number, unit) => Ok(Constant::Number(number.negated(), unit)),
                _ => Err(Some(wrong(names, kind, value))),
            }
        },
        (ColumnKind::Quantity(dimension), Written::Quantity(number, unit)) => {
            quantity(names, *dimension, *number, unit, value.span)
        },
        (ColumnKind::Term(vocabulary), _) => term(names, kind, *vocabulary, value).map(Constant::Term),
        (ColumnKind::Set(vocabulary), Written::Set(items)) => {
            let element = ColumnKind::Term(*vocabulary);
            let terms: Result<TermSet, _> = items.iter().map(|item| term(names, &element, *vocabulary, item)).collect();
            terms.map(Constant::Set)
        },
        _ => Err(Some(wrong(names, kind, value))),
    }
}

fn plain(kind: &ColumnKind, number: Number, value: &Expression) -> Result<Constant, Option<Diagnostic>> {
    if *kind == ColumnKind::Integer && !number.is_whole() {
        let error =
            Diagnostic::error("rules/type-mismatch", value.span, format!("`{number}` is no whole number"), "not whole");
        return Err(Some(error.help("write a whole number, or declare the field as `number`")));
    }
    Ok(Constant::Number(number, None))
}

fn quantity(
    names: &Names,
    dimension: DimensionId,
    number: Number,
    unit: &Name,
    span: Span,
) -> Result<Constant, Option<Diagnostic>> {
    let Some((of, id)) = names.unit_named(&unit.text) else {
        return Err(unknown(names, unit, "no unit", names.nearest_unit(Some(dimension), &unit.text)));
    };
    if of != dimension {
        return Err(Some(other_dimension(names, unit, of, dimension)));
    }
    let scale = names.unit(of, id).map_or(Number::ONE, |unit| unit.scale);
    match number.multiplied(scale) {
        Some(number) => Ok(Constant::Number(number, Some(id))),
        None => {
            let error = Diagnostic::error("rules/too-large", span, "the quantity is too large", "beyond 10^28");
            Err(Some(error.help("write a smaller amount or a larger unit")))
        },
    }
}

/// A unit of another dimension than that of the field.
pub(super) fn other_dimension(names: &Names, unit: &Name, found: DimensionId, wanted: DimensionId) -> Diagnostic {
    let name = |id| shown(names.dimension(id).map(|one| one.name.as_str()).unwrap_or_default());
    let (found, wanted) = (name(found), name(wanted));
    let message = format!("`{}` measures `{found}`, and the field `{wanted}`", shown(&unit.text));
    let error = Diagnostic::error("rules/type-mismatch", unit.span, message, format!("a unit of `{found}`"));
    error.help(format!("use a unit of `{wanted}`"))
}

fn term(
    names: &Names,
    kind: &ColumnKind,
    vocabulary: VocabularyId,
    value: &Expression,
) -> Result<u16, Option<Diagnostic>> {
    let own = shown(names.vocabulary_name(vocabulary));
    let name = match &value.kind {
        ExpressionKind::Error => return Err(None),
        ExpressionKind::Name(name) => name,
        ExpressionKind::Qualified(of, name) if of.text == names.vocabulary_name(vocabulary) => name,
        ExpressionKind::Qualified(of, _) => {
            let message = format!("the field is of `{own}`, and not of `{}`", shown(&of.text));
            let error = Diagnostic::error("rules/type-mismatch", of.span, message, "another vocabulary");
            return Err(Some(error.help(format!("write a term of `{own}`"))));
        },
        _ => return Err(Some(wrong(names, kind, value))),
    };
    let terms = names.vocabulary(vocabulary).map(|one| one.terms.as_slice()).unwrap_or_default();
    let found = terms.iter().zip(0_u16..).find(|(term, _)| term.name == name.text);
    found.map(|(_, number)| number).ok_or_else(|| {
        let spellings = terms.iter().flat_map(|term| term.spellings().map(|spelling| (spelling, term.name.as_str())));
        unknown(names, name, &format!("no term of `{own}`"), nearest(&name.text, spellings))
    })
}

fn wrong(names: &Names, kind: &ColumnKind, value: &Expression) -> Diagnostic {
    let wanted = kind_words(names, kind);
    let found = match &value.kind {
        ExpressionKind::Text(_) => "a text",
        ExpressionKind::Number { .. } => "a number",
        ExpressionKind::Quantity(..) => "a quantity",
        ExpressionKind::Date(_) => "a date",
        ExpressionKind::Truth(_) => "a truth value",
        ExpressionKind::Set(_) => "a set",
        ExpressionKind::Name(_) | ExpressionKind::Qualified(..) => "a name",
        _ => "an expression",
    };
    let message = format!("the field is {wanted}, and the value {found}");
    let error = Diagnostic::error("rules/type-mismatch", value.span, message, format!("{found}, not {wanted}"));
    match (kind, &value.kind) {
        (ColumnKind::Quantity(dimension), ExpressionKind::Number { value, .. }) => {
            let unit = names.dimension(*dimension).and_then(|one| one.units.first());
            match unit {
                Some(unit) => error.help(format!("name a unit: `{value} {}`", shown(&unit.name))),
                None => error.help("name a unit"),
            }
        },
        (ColumnKind::List(_), _) => error.help("of a list only `otherwise empty` can be said"),
        (ColumnKind::Set(_), _) => error.help("write `{a, b}`, or `empty`"),
        _ => error.help("write a literal of the field's type"),
    }
}

/// A type in words: “a quantity of `money`”.
pub(super) fn kind_words(names: &Names, kind: &ColumnKind) -> String {
    match kind {
        ColumnKind::Text => "a text".to_owned(),
        ColumnKind::Number => "a number".to_owned(),
        ColumnKind::Integer => "a whole number".to_owned(),
        ColumnKind::Boolean => "a truth value".to_owned(),
        ColumnKind::Date => "a date".to_owned(),
        ColumnKind::Quantity(dimension) => {
            format!(
                "a quantity of `{}`",
                shown(names.dimension(*dimension).map(|one| one.name.as_str()).unwrap_or_default())
            )
        },
        ColumnKind::Term(vocabulary) => format!("a term of `{}`", shown(names.vocabulary_name(*vocabulary))),
        ColumnKind::Set(vocabulary) => format!("a set of `{}`", shown(names.vocabulary_name(*vocabulary))),
        ColumnKind::List(_) => "a list".to_owned(),
        ColumnKind::Record(_) => "a record".to_owned(),
    }
}
