//! The conditions on a field, checked against its type.

use std::collections::BTreeMap;

use super::super::shape::{Column, ColumnId, ColumnKind, Constant, Limit, Required, TableId};
use super::citation;
use super::constant::{constant, kind_words, other_dimension};
use super::pattern::pattern;
use super::shape::{Builder, Pending};
use super::unknown::unknown;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Bound, Expression, Field, FieldOption, Name, Text};
use crate::text::Span;

/// A column and its table.
type Place = (TableId, ColumnId);

/// Reads the conditions of a field into its column, or that of its list's elements.
pub(super) fn apply<'t>(builder: &mut Builder<'_, 't>, place: Place, rows: &[TableId], field: &'t Field) {
    let mut seen: BTreeMap<&'static str, Option<Span>> = BTreeMap::new();
    let mut otherwise = None;
    for option in &field.options {
        let (what, span) = entry(option);
        if what != "key" && !citation::first(seen.entry(what).or_default(), span, what, builder.sink) {
            continue;
        }
        match option {
            FieldOption::Required(_) => edit(builder, place, |column| column.required = Required::Yes),
            FieldOption::RequiredWhen(condition, _) => {
                builder.pending.push(Pending { table: place.0, column: place.1, rows: rows.to_vec(), condition });
            },
            FieldOption::Otherwise(value, span) => otherwise = Some((value.as_ref(), *span)),
            FieldOption::Matching(text, span) => matching(builder, place, text, *span),
            FieldOption::AtLeast(value, span) => limit(builder, place, Bound::AtLeast, value, *span),
            FieldOption::AtMost(value, span) => limit(builder, place, Bound::AtMost, value, *span),
            FieldOption::Characters(bound, count, span) => characters(builder, place, *bound, *count, *span),
            FieldOption::Items(bound, count, span) => items(builder, place, *bound, *count, *span),
            FieldOption::In(unit, span) => in_unit(builder, place, unit, *span),
            FieldOption::Key(key, _) => edit(builder, place, |column| column.keys.push(key.value.clone())),
        }
    }
    contradictions(builder, &seen);
    ranges(builder, place, field);
    if let Some((value, span)) = otherwise {
        self::otherwise(builder, place, value, span);
    }
}

/// What an option is called, and where it stands; of each there may be one.
fn entry(option: &FieldOption) -> (&'static str, Span) {
    match option {
        FieldOption::Required(span) => ("required", *span),
        FieldOption::RequiredWhen(_, span) => ("required when", *span),
        FieldOption::Otherwise(_, span) => ("otherwise", *span),
        FieldOption::Matching(_, span) => ("matching", *span),
        FieldOption::AtLeast(_, span) => ("at least", *span),
        FieldOption::AtMost(_, span) => ("at most", *span),
        FieldOption::Characters(Bound::AtLeast, _, span) => ("at least … characters", *span),
        FieldOption::Characters(Bound::AtMost, _, span) => ("at most … characters", *span),
        FieldOption::Items(Bound::AtLeast, _, span) => ("at least … items", *span),
        FieldOption::Items(Bound::AtMost, _, span) => ("at most … items", *span),
        FieldOption::In(_, span) => ("in", *span),
        FieldOption::Key(_, span) => ("key", *span),
    }
}

fn edit(builder: &mut Builder<'_, '_>, place: Place, change: impl FnOnce(&mut Column)) {
    if let Some(column) = builder.column_mut(place.0, place.1) {
        change(column);
    }
}

fn kind(builder: &Builder<'_, '_>, place: Place) -> Option<ColumnKind> {
    builder.names.column(place.0, place.1).map(|column| column.kind.clone())
}

/// The column that a condition on values binds to: of a list that of its elements (details 48).
fn element(builder: &Builder<'_, '_>, mut place: Place) -> Option<(Place, ColumnKind)> {
    loop {
        match kind(builder, place)? {
            ColumnKind::List(table) if builder.names.shape.table(table).is_some_and(|table| !table.is_record) => {
                place = (table, ColumnId(0));
            },
            kind => return Some((place, kind)),
        }
    }
}

/// An option that the type of the field cannot have.
fn mismatch(builder: &mut Builder<'_, '_>, span: Span, option: &str, fits: &str, kind: &ColumnKind, help: &str) {
    let found = kind_words(builder.names, kind);
    let message = format!("`{option}` is for {fits}, and the field is {found}");
    builder.sink.push(Diagnostic::error("rules/type-mismatch", span, message, format!("not for {found}")).help(help));
}

fn matching(builder: &mut Builder<'_, '_>, place: Place, text: &Text, span: Span) {
    let Some((place, kind)) = element(builder, place) else { return };
    if kind == ColumnKind::Text {
        let regex = pattern(text, builder.sink);
        edit(builder, place, |column| column.matching = regex);
    } else {
        mismatch(builder, span, "matching", "texts", &kind, "leave it out, or declare the field as `text`");
    }
}

fn limit(builder: &mut Builder<'_, '_>, place: Place, bound: Bound, value: &Expression, span: Span) {
    let Some((place, kind)) = element(builder, place) else { return };
    let word = if bound == Bound::AtLeast { "at least" } else { "at most" };
    let help = match kind {
        ColumnKind::Number | ColumnKind::Integer | ColumnKind::Quantity(_) | ColumnKind::Date => "",
        ColumnKind::Text => "write the number of `characters`",
        ColumnKind::Set(_) | ColumnKind::List(_) => "write the number of `items`",
        _ => "leave it out",
    };
    if !help.is_empty() {
        return mismatch(builder, span, word, "numbers, quantities and dates", &kind, help);
    }
    let limit = match constant(builder.names, &kind, value) {
        Ok(Constant::Number(number, _)) => Limit::Number(number),
        Ok(Constant::Days(days)) => Limit::Days(days),
        Ok(_) => return,
        Err(error) => return builder.sink.extend(error),
    };
    edit(builder, place, |column| match bound {
        Bound::AtLeast => column.at_least = Some(limit),
        Bound::AtMost => column.at_most = Some(limit),
    });
}

fn characters(builder: &mut Builder<'_, '_>, place: Place, bound: Bound, count: u32, span: Span) {
    let Some((place, kind)) = element(builder, place) else { return };
    if kind != ColumnKind::Text {
        return mismatch(builder, span, "characters", "texts", &kind, "leave it out, or declare the field as `text`");
    }
    edit(builder, place, |column| match bound {
        Bound::AtLeast => column.characters.0 = Some(count),
        Bound::AtMost => column.characters.1 = Some(count),
    });
}

fn items(builder: &mut Builder<'_, '_>, place: Place, bound: Bound, count: u32, span: Span) {
    let Some(kind) = kind(builder, place) else { return };
    if !matches!(kind, ColumnKind::Set(_) | ColumnKind::List(_)) {
        return mismatch(builder, span, "items", "sets and lists", &kind, "leave it out, or declare a set or a list");
    }
    edit(builder, place, |column| match bound {
        Bound::AtLeast => column.items.0 = Some(count),
        Bound::AtMost => column.items.1 = Some(count),
    });
}

fn in_unit(builder: &mut Builder<'_, '_>, place: Place, unit: &Name, span: Span) {
    let Some((place, kind)) = element(builder, place) else { return };
    let ColumnKind::Quantity(dimension) = kind else {
        return mismatch(builder, span, "in", "quantities", &kind, "leave it out, or declare the field as a dimension");
    };
    match builder.names.unit_named(&unit.text) {
        Some((of, id)) if of == dimension => edit(builder, place, |column| column.in_unit = Some(id)),
        Some((of, _)) => {
            let error = other_dimension(builder.names, unit, of, dimension);
            builder.sink.push(error);
        },
        None => {
            let near = builder.names.nearest_unit(Some(dimension), &unit.text);
            let error = unknown(builder.names, unit, "no unit", near);
            builder.sink.extend(error);
        },
    }
}

/// `required` and `otherwise`, `required` and `required when` on one field.
fn contradictions(builder: &mut Builder<'_, '_>, seen: &BTreeMap<&'static str, Option<Span>>) {
    let place = |what: &str| seen.get(what).copied().flatten();
    let pairs = [("required", "otherwise"), ("required when", "otherwise"), ("required", "required when")];
    for (a, b) in pairs {
        if let (Some(first), Some(second)) = (place(a), place(b)) {
            let message = format!("a field cannot have both `{a}` and `{b}`");
            let error = Diagnostic::error("rules/contradiction", second, message, format!("`{b}` here"));
            builder.sink.push(error.also(first, format!("`{a}` here")).help("leave one of them out"));
            return;
        }
    }
}

/// Bounds that no value meets.
fn ranges(builder: &mut Builder<'_, '_>, place: Place, field: &Field) {
    let empty = |(least, most): (Option<u32>, Option<u32>)| least.zip(most).is_some_and(|(least, most)| least > most);
    let Some(own) = builder.names.column(place.0, place.1) else { return };
    let inner = element(builder, place).and_then(|(place, _)| builder.names.column(place.0, place.1));
    let no_value = |column: &Column| match (column.at_least, column.at_most) {
        (Some(Limit::Number(least)), Some(Limit::Number(most))) => least > most,
        (Some(Limit::Days(least)), Some(Limit::Days(most))) => least.first > most.last,
        _ => false,
    };
    if empty(own.items) || inner.is_some_and(|column| empty(column.characters) || no_value(column)) {
        let bounds: Vec<Span> =
            field.options.iter().map(entry).filter(|(what, _)| what.starts_with("at ")).map(|(_, span)| span).collect();
        let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else { return };
        let error = Diagnostic::error("rules/contradiction", *last, "no value lies between the bounds", "this bound");
        builder.sink.push(error.also(*first, "and this one").help("put the smaller bound behind `at least`"));
    }
}

fn otherwise(builder: &mut Builder<'_, '_>, place: Place, value: Option<&Expression>, span: Span) {
    let Some(kind) = kind(builder, place) else { return };
    let constant = match (value, &kind) {
        (None, ColumnKind::Set(_)) => Constant::Set(crate::value::TermSet::new()),
        (None, ColumnKind::List(_)) => Constant::EmptyList,
        (None, _) => {
            return mismatch(
                builder,
                span,
                "otherwise empty",
                "sets and lists",
                &kind,
                "write a literal of the field's type",
            );
        },
        (Some(_), ColumnKind::Record(_)) => {
            return mismatch(
                builder,
                span,
                "otherwise",
                "fields with a value",
                &kind,
                "give the fields within it an `otherwise`",
            );
        },
        (Some(value), kind) => match constant(builder.names, kind, value) {
            Ok(constant) => constant,
            Err(error) => return builder.sink.extend(error),
        },
    };
    let broken = builder.names.column(place.0, place.1).and_then(|column| broken_condition(column, &constant));
    if let Some(condition) = broken {
        let message = format!("the value of `otherwise` does not meet the field's own `{condition}`");
        let error =
            Diagnostic::error("rules/contradiction", value.map_or(span, |value| value.span), message, "not met");
        builder.sink.push(error.help("give a value that meets it, or change the condition"));
        return;
    }
    edit(builder, place, |column| column.otherwise = Some(constant));
}

/// The condition of a column that a value does not meet.
fn broken_condition(column: &Column, value: &Constant) -> Option<&'static str> {
    let count = match value {
        Constant::Text(text) => u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
        Constant::Set(set) => set.len(),
        _ => 0,
    };
    let below = |least: Option<u32>| least.is_some_and(|least| count < least);
    let above = |most: Option<u32>| most.is_some_and(|most| count > most);
    match value {
        Constant::Text(text) if column.matching.as_ref().is_some_and(|regex| !regex.is_match(text)) => Some("matching"),
        Constant::Text(_) if below(column.characters.0) => Some("at least … characters"),
        Constant::Text(_) if above(column.characters.1) => Some("at most … characters"),
        Constant::Set(_) | Constant::EmptyList if below(column.items.0) => Some("at least … items"),
        Constant::Set(_) | Constant::EmptyList if above(column.items.1) => Some("at most … items"),
        Constant::Number(number, _) => match (column.at_least, column.at_most) {
            (Some(Limit::Number(least)), _) if *number < least => Some("at least"),
            (_, Some(Limit::Number(most))) if *number > most => Some("at most"),
            _ => None,
        },
        Constant::Days(days) => match (column.at_least, column.at_most) {
            (Some(Limit::Days(least)), _) if days.first < least.first => Some("at least"),
            (_, Some(Limit::Days(most))) if days.last > most.last => Some("at most"),
            _ => None,
        },
        _ => None,
    }
}
