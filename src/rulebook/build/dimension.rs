//! Dimensions and their units.

use std::collections::BTreeMap;

use super::super::model::{Dimension, Unit};
use super::names::Names;
use super::vocabulary::{declare, labels, written_text};
use super::{limits, texts};
use crate::diagnostic::Diagnostic;
use crate::syntax::tree;
use crate::text::display::shown;
use crate::text::{Span, normal};

/// The place of a spelling: number of the dimension, of the unit, its name, and where it stands.
type Spellings<'t> = BTreeMap<String, (usize, usize, &'t str, Span)>;

/// Declares the dimensions; `names` gives the languages and the vocabularies, whose names a dimension may not bear.
pub(super) fn dimensions(names: &Names, items: &[&tree::Dimension], sink: &mut Vec<Diagnostic>) -> Vec<Dimension> {
    let vocabularies = names.vocabularies.iter().map(|one| (one.name.clone(), (one.span, "vocabulary")));
    let mut places: BTreeMap<String, (Span, &'static str)> = vocabularies.collect();
    let mut in_rules = Spellings::new();
    let mut out = Vec::new();
    for item in items {
        if !declare(&mut places, &item.name, "dimension", sink) {
            names.leave_out(item.span);
            continue;
        }
        let index = out.len();
        out.push(Dimension {
            name: item.name.text.clone(),
            label: texts(names, &item.label, sink),
            units: units(names, index, item, &mut in_rules, sink),
            span: item.span,
        });
    }
    out
}

fn units<'t>(
    names: &Names,
    dimension: usize,
    item: &'t tree::Dimension,
    in_rules: &mut Spellings<'t>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Unit> {
    if item.units.len() > limits::UNITS {
        let what = format!("the dimension `{}`", shown(&item.name.text));
        sink.push(limits::too_large(item.name.span, &what, limits::UNITS, "units"));
    }
    let mut in_proposals = Spellings::new();
    let mut out: Vec<Unit> = Vec::new();
    for (unit, index) in item.units.iter().take(limits::UNITS).zip(0..) {
        let rules = std::iter::once((unit.name.text.as_str(), unit.name.span)).chain(unit.aka.iter().map(written_text));
        let clash = clash(in_rules, (dimension, index), &unit.name.text, rules);
        let labels = labels(&unit.label).chain(std::iter::once((unit.name.text.as_str(), unit.name.span)));
        let all = labels.chain(unit.aka.iter().map(written_text));
        let inner = self::clash(&mut in_proposals, (dimension, index), &unit.name.text, all);
        sink.extend(clash.or(inner));
        out.push(Unit {
            name: unit.name.text.clone(),
            label: texts(names, &unit.label, sink),
            aka: unit.aka.iter().map(|text| text.value.clone()).collect(),
            scale: unit.scale,
            span: unit.span,
        });
    }
    out
}

/// Notes the spellings of a unit; the first that another unit has is an error.
fn clash<'t>(
    known: &mut Spellings<'t>,
    (dimension, unit): (usize, usize),
    name: &'t str,
    spellings: impl Iterator<Item = (&'t str, Span)>,
) -> Option<Diagnostic> {
    let mut error = None;
    for (written, span) in spellings {
        let spelling = normal::fold_unit(written);
        match known.get(&spelling) {
            None => {
                known.insert(spelling, (dimension, unit, name, span));
            },
            Some((of, other, other_name, first)) if (*of, *other) != (dimension, unit) && error.is_none() => {
                error = Some(unit_clash(written, name, span, other_name, *first, *of == dimension));
            },
            Some(_) => {},
        }
    }
    error
}

fn unit_clash(written: &str, name: &str, span: Span, other: &str, first: Span, same_dimension: bool) -> Diagnostic {
    let (written, name, other) = (shown(written), shown(name), shown(other));
    let (code, message) = match (same_dimension, name == other) {
        (true, true) => ("rules/duplicate-name", format!("the unit `{name}` is declared twice")),
        (true, false) => ("rules/spelling-clash", format!("`{written}` would mean both `{other}` and `{name}`")),
        (false, _) => ("rules/duplicate-name", format!("`{written}` is a unit of two dimensions")),
    };
    Diagnostic::error(code, span, message, "again here")
        .also(first, "first declared here")
        .help("give one of the two units another spelling")
}
