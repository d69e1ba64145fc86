//! Whether bounds on linear forms can hold together: the simplex method over exact fractions, with Bland's rule.
//!
//! Strict bounds are kept with an infinitesimal: a value is a pair of a number and a multiple of it, in the order of pairs.

use std::collections::BTreeMap;

use super::{Arithmetic, Bound, VariableId};
use crate::analysis::circuit::{Circuit, Literal};
use crate::value::Number;

/// How many exchanges one check may cost.
const MOST_PIVOTS: usize = 5_000;

/// How a check came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::analysis) enum Feasibility {
    /// Values of all variables that meet all bounds.
    Values(Vec<Number>),
    /// These literals cannot hold together.
    Conflict(Vec<Literal>),
    /// Numbers passed their limit, or whole values were not found.
    Unclear,
}

/// A value with a multiple of the infinitesimal.
type Pair = (Number, Number);

/// A bound that holds in the model, and the literal that says so; none where it only divides a search for whole values.
type Limit = Option<(Pair, Option<Literal>)>;

/// How many divisions a search for whole values may cost.
const MOST_DIVISIONS: usize = 60;

/// Literals of the model whose bounds cannot hold together, even with fractions where whole values are asked for; none where they
/// can. An error beyond the limits.
pub(in crate::analysis) fn contradiction(arithmetic: &Arithmetic, circuit: &Circuit) -> Result<Vec<Literal>, TooFar> {
    let conflict = Tableau::of_model(arithmetic, circuit).solve().ok_or(TooFar)?;
    Ok(conflict.unwrap_or_default())
}

/// Numbers passed their limit, or a check cost more than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) struct TooFar;

/// Checks the bounds as the model of the circuit has them.
pub(in crate::analysis) fn feasibility(arithmetic: &Arithmetic, circuit: &Circuit) -> Feasibility {
    let mut tableau = Tableau::of_model(arithmetic, circuit);
    match tableau.solve() {
        None => Feasibility::Unclear,
        Some(Some(conflict)) => Feasibility::Conflict(conflict),
        Some(None) => {
            let values = tableau.whole(arithmetic, circuit, &mut MOST_DIVISIONS.clone());
            values.map_or(Feasibility::Unclear, Feasibility::Values)
        },
    }
}

/// Forms of several variables are rows; each has a variable of its own after the given ones.
#[derive(Clone)]
struct Tableau {
    values: Vec<Pair>,
    lower: Vec<Limit>,
    upper: Vec<Limit>,
    /// By basic variable: its coefficients over the others.
    rows: BTreeMap<usize, BTreeMap<usize, Number>>,
    /// The variable that stands for each form.
    stands_for: Vec<usize>,
    given: usize,
}

impl Tableau {
    /// All forms, with the bounds as the model has them.
    fn of_model(arithmetic: &Arithmetic, circuit: &Circuit) -> Self {
        let mut tableau = Self::new(arithmetic);
        for bound in &arithmetic.bounds {
            tableau.limit(bound, circuit.value(bound.literal));
        }
        tableau
    }

    fn new(arithmetic: &Arithmetic) -> Self {
        let given = arithmetic.variables.len();
        let preferred = arithmetic.variables.iter().map(|variable| (variable.preferred, Number::ZERO));
        let mut tableau = Self {
            values: preferred.collect(),
            lower: vec![None; given],
            upper: vec![None; given],
            rows: BTreeMap::new(),
            stands_for: Vec::new(),
            given,
        };
        for form in &arithmetic.forms {
            let variable = match form.terms.as_slice() {
                [(variable, _)] => *variable,
                terms => {
                    let row = tableau.values.len();
                    tableau.values.push((Number::ZERO, Number::ZERO));
                    tableau.lower.push(None);
                    tableau.upper.push(None);
                    tableau.rows.insert(row, terms.iter().copied().collect());
                    row
                },
            };
            tableau.stands_for.push(variable);
        }
        tableau
    }

    /// Takes in a bound that holds, or whose opposite does.
    fn limit(&mut self, bound: &Bound, holds: bool) {
        let Some(&variable) = self.stands_for.get(bound.form) else { return };
        let new = match (holds, bound.strict) {
            (true, true) => (bound.value, Number::whole(-1)),
            (false, false) if bound.whole => (bound.value.plus(Number::ONE).unwrap_or(bound.value), Number::ZERO),
            (false, false) => (bound.value, Number::ONE),
            (true, false) | (false, true) => (bound.value, Number::ZERO),
        };
        let literal = if holds { bound.literal } else { !bound.literal };
        let side = if holds { &mut self.upper } else { &mut self.lower };
        if let Some(slot) = side.get_mut(variable) {
            let is_tighter = slot.as_ref().is_none_or(|(old, _)| if holds { new < *old } else { new > *old });
            if is_tighter {
                *slot = Some((new, Some(literal)));
            }
        }
    }

    fn at(&self, variable: usize) -> Pair {
        self.values.get(variable).copied().unwrap_or((Number::ZERO, Number::ZERO))
    }

    fn lower_of(&self, variable: usize) -> Limit {
        self.lower.get(variable).copied().flatten()
    }

    fn upper_of(&self, variable: usize) -> Limit {
        self.upper.get(variable).copied().flatten()
    }

    /// `Some(None)` where the bounds can be met, `Some(conflict)` where not, `None` beyond the limits.
    fn solve(&mut self) -> Option<Option<Vec<Literal>>> {
        for variable in 0..self.values.len() {
            if let (Some((low, a)), Some((high, b))) = (self.lower_of(variable), self.upper_of(variable))
                && low > high
            {
                return Some(Some([a, b].into_iter().flatten().collect()));
            }
        }
        for variable in (0..self.values.len()).filter(|variable| !self.rows.contains_key(variable)).collect::<Vec<_>>()
        {
            let clamped = clamp(self.at(variable), self.lower_of(variable), self.upper_of(variable));
            *self.values.get_mut(variable)? = clamped;
        }
        let basic: Vec<usize> = self.rows.keys().copied().collect();
        for row in basic {
            let sum = self.sum(row)?;
            *self.values.get_mut(row)? = sum;
        }
        for _ in 0..MOST_PIVOTS {
            let Some((row, target, literal, rises)) = self.broken() else { return Some(None) };
            match self.entering(row, rises) {
                Some(column) => self.exchange(row, column, target)?,
                None => return Some(Some(self.conflict(row, literal, rises))),
            }
        }
        None
    }

    fn sum(&self, row: usize) -> Option<Pair> {
        let mut sum = (Number::ZERO, Number::ZERO);
        for (column, coefficient) in self.rows.get(&row)? {
            let (value, slope) = self.at(*column);
            sum = (sum.0.plus(scaled(value, *coefficient)?)?, sum.1.plus(scaled(slope, *coefficient)?)?);
        }
        Some(sum)
    }

    /// The first basic variable outside its bounds, the bound to move it to, and whether it has to rise.
    fn broken(&self) -> Option<(usize, Pair, Option<Literal>, bool)> {
        self.rows.keys().find_map(|row| {
            let value = self.at(*row);
            match (self.lower_of(*row), self.upper_of(*row)) {
                (Some((low, literal)), _) if value < low => Some((*row, low, literal, true)),
                (_, Some((high, literal))) if value > high => Some((*row, high, literal, false)),
                _ => None,
            }
        })
    }

    /// The first variable that can move the row in that direction.
    fn entering(&self, row: usize, rises: bool) -> Option<usize> {
        let row = self.rows.get(&row)?;
        row.iter()
            .find(|(column, coefficient)| self.can_help(**column, **coefficient, rises))
            .map(|(column, _)| *column)
    }

    fn can_help(&self, column: usize, coefficient: Number, rises: bool) -> bool {
        let value = self.at(column);
        if (coefficient.sign() > 0) == rises {
            self.upper_of(column).is_none_or(|(high, _)| value < high)
        } else {
            self.lower_of(column).is_none_or(|(low, _)| value > low)
        }
    }

    fn conflict(&self, row: usize, literal: Option<Literal>, rises: bool) -> Vec<Literal> {
        let mut conflict: Vec<Literal> = literal.into_iter().collect();
        for (column, coefficient) in self.rows.get(&row).into_iter().flatten() {
            let limit = if (coefficient.sign() > 0) == rises { self.upper_of(*column) } else { self.lower_of(*column) };
            conflict.extend(limit.and_then(|(_, literal)| literal));
        }
        conflict
    }

    /// Sets a basic variable to `target` by way of another one, which becomes basic in its place.
    fn exchange(&mut self, row: usize, column: usize, target: Pair) -> Option<()> {
        let mut old = self.rows.remove(&row)?;
        let factor = old.remove(&column)?;
        let inverse = Number::ONE.divided(factor)?;
        let (value, slope) = self.at(row);
        let step = (target.0.minus(value)?.multiplied(inverse)?, target.1.minus(slope)?.multiplied(inverse)?);
        // column = (row - rest) / factor
        let mut new = BTreeMap::from([(row, inverse)]);
        for (other, coefficient) in &old {
            new.insert(*other, coefficient.multiplied(inverse)?.negated());
        }
        *self.values.get_mut(row)? = target;
        let before = self.at(column);
        *self.values.get_mut(column)? = (before.0.plus(step.0)?, before.1.plus(step.1)?);
        for (basic, entries) in &mut self.rows {
            let Some(share) = entries.remove(&column) else { continue };
            for (other, coefficient) in &new {
                let before = entries.get(other).copied().unwrap_or(Number::ZERO);
                let after = before.plus(scaled(*coefficient, share)?)?;
                if after.is_zero() {
                    entries.remove(other);
                } else {
                    entries.insert(*other, after);
                }
            }
            let value = self.values.get_mut(*basic)?;
            *value = (value.0.plus(scaled(step.0, share)?)?, value.1.plus(scaled(step.1, share)?)?);
        }
        self.rows.insert(column, new);
        Some(())
    }

    /// Values that are whole where they have to be: where one is not, the search goes on below and above it.
    fn whole(mut self, arithmetic: &Arithmetic, circuit: &Circuit, left: &mut usize) -> Option<Vec<Number>> {
        let variables = arithmetic.variables.iter().enumerate();
        let broken = variables.filter(|(_, variable)| variable.whole).find_map(|(number, _)| {
            let value = self.at(number).0;
            let (numerator, denominator) = value.parts();
            let floor = Number::fraction(numerator.div_euclid(denominator), 1)?;
            (!value.is_whole()).then_some((number, floor))
        });
        let Some((variable, floor)) = broken else { return self.values(arithmetic, circuit) };
        *left = left.checked_sub(1)?;
        let mut below = self.clone();
        let tighter = below.upper_of(variable).is_none_or(|(high, _)| high.0 > floor);
        if tighter && let Some(slot) = below.upper.get_mut(variable) {
            *slot = Some(((floor, Number::ZERO), None));
        }
        if below.solve() == Some(None)
            && let Some(values) = below.whole(arithmetic, circuit, left)
        {
            return Some(values);
        }
        let ceiling = floor.plus(Number::ONE)?;
        let tighter = self.lower_of(variable).is_none_or(|(low, _)| low.0 < ceiling);
        if tighter && let Some(slot) = self.lower.get_mut(variable) {
            *slot = Some(((ceiling, Number::ZERO), None));
        }
        (self.solve() == Some(None)).then(|| self.whole(arithmetic, circuit, left)).flatten()
    }

    /// The values with a number in place of the infinitesimal, as large and round as the bounds let it be.
    fn values(&self, arithmetic: &Arithmetic, circuit: &Circuit) -> Option<Vec<Number>> {
        let mut infinitesimal = Number::ONE;
        let tenth = Number::fraction(1, 10)?;
        for _ in 0..18 {
            let values: Option<Vec<Number>> = (0..self.given)
                .map(|variable| {
                    let (value, slope) = self.at(variable);
                    value.plus(scaled(slope, infinitesimal)?)
                })
                .collect();
            if let Some(values) = values.filter(|values| meets_all(arithmetic, circuit, values)) {
                return Some(values);
            }
            infinitesimal = infinitesimal.multiplied(tenth)?;
        }
        None
    }
}

/// Product; most values are 0 and most coefficients 1.
fn scaled(value: Number, factor: Number) -> Option<Number> {
    if value.is_zero() || factor == Number::ONE {
        return Some(value);
    }
    value.multiplied(factor)
}

fn clamp(value: Pair, lower: Limit, upper: Limit) -> Pair {
    let value = lower.map_or(value, |(low, _)| value.max(low));
    upper.map_or(value, |(high, _)| value.min(high))
}

/// Whether values meet every bound as the model has it, and are whole where they have to be.
fn meets_all(arithmetic: &Arithmetic, circuit: &Circuit, values: &[Number]) -> bool {
    let are_whole =
        arithmetic.variables.iter().zip(values).all(|(variable, value)| !variable.whole || value.is_whole());
    are_whole
        && arithmetic.bounds.iter().all(|bound| {
            let form = arithmetic.forms.get(bound.form).map(|form| form.terms.as_slice()).unwrap_or_default();
            let sum = total(form, values);
            let holds = sum.is_some_and(|sum| if bound.strict { sum < bound.value } else { sum <= bound.value });
            sum.is_some() && holds == circuit.value(bound.literal)
        })
}

fn total(terms: &[(VariableId, Number)], values: &[Number]) -> Option<Number> {
    terms
        .iter()
        .try_fold(Number::ZERO, |sum, (variable, coefficient)| sum.plus(scaled(*values.get(*variable)?, *coefficient)?))
}
