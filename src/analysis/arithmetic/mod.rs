//! Linear arithmetic over exact fractions: numbers, days and counts as variables, comparisons as literals.
//!
//! A comparison becomes a bound on a linear form, and bounds on one form are put in order by clauses. What several forms
//! say together is left to [`simplex`], which the question asks about each model.

mod simplex;

use std::collections::{BTreeMap, HashMap};

use super::circuit::{Circuit, Literal};
use crate::value::Number;
pub(super) use simplex::{Feasibility, contradiction, feasibility};

/// The number of a variable.
pub(super) type VariableId = usize;

/// What is known of a variable beside its bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Variable {
    /// Whether it takes whole values only.
    pub whole: bool,
    /// The value that it has where nothing asks for another.
    pub preferred: Number,
}

/// A sum of variables with coefficients, and a constant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Linear {
    /// Coefficients other than 0.
    pub terms: BTreeMap<VariableId, Number>,
    /// What is added.
    pub constant: Number,
}

impl Linear {
    pub fn constant(constant: Number) -> Self {
        Self { terms: BTreeMap::new(), constant }
    }

    pub fn variable(variable: VariableId) -> Self {
        Self { terms: BTreeMap::from([(variable, Number::ONE)]), constant: Number::ZERO }
    }

    /// Sum; `None` beyond the limit of numbers.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        let mut sum = self.clone();
        sum.constant = sum.constant.plus(other.constant)?;
        for (variable, coefficient) in &other.terms {
            let before = sum.terms.get(variable).copied().unwrap_or(Number::ZERO);
            let after = before.plus(*coefficient)?;
            if after.is_zero() {
                sum.terms.remove(variable);
            } else {
                sum.terms.insert(*variable, after);
            }
        }
        Some(sum)
    }

    /// Product with a number; `None` beyond the limit.
    pub fn times(&self, factor: Number) -> Option<Self> {
        if factor.is_zero() {
            return Some(Self::constant(Number::ZERO));
        }
        let mut terms = BTreeMap::new();
        for (variable, coefficient) in &self.terms {
            terms.insert(*variable, coefficient.multiplied(factor)?);
        }
        Some(Self { terms, constant: self.constant.multiplied(factor)? })
    }

    /// Difference; `None` beyond the limit.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.times(Number::whole(-1))?)
    }
}

/// A bound on a form: `form <= value` or `form < value`, as the literal says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    pub form: usize,
    pub value: Number,
    pub strict: bool,
    /// Whether the form takes whole values only; then the bound is whole, and its opposite begins one above it.
    pub whole: bool,
    pub literal: Literal,
}

/// A linear form without constant, its first coefficient 1, with the bounds that are asked about.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub terms: Vec<(VariableId, Number)>,
    /// By bound, the strict one first: each holds where the one before it does.
    bounds: BTreeMap<(Number, bool), Literal>,
}

/// All variables, forms and bounds.
#[derive(Debug, Default)]
pub(super) struct Arithmetic {
    pub variables: Vec<Variable>,
    pub forms: Vec<Form>,
    by_terms: HashMap<Vec<(VariableId, Number)>, usize>,
    pub bounds: Vec<Bound>,
}

impl Arithmetic {
    pub fn variable(&mut self, whole: bool, preferred: Number) -> VariableId {
        self.variables.push(Variable { whole, preferred });
        self.variables.len() - 1
    }

    /// Whether `a <= b`, or `a < b` where `strict`. Beyond the limit of numbers the literal is free.
    pub fn below(&mut self, circuit: &mut Circuit, a: &Linear, strict: bool, b: &Linear) -> Literal {
        self.try_below(circuit, a, strict, b).unwrap_or_else(|| circuit.fresh())
    }

    fn try_below(&mut self, circuit: &mut Circuit, a: &Linear, strict: bool, b: &Linear) -> Option<Literal> {
        let difference = a.minus(b)?;
        let limit = difference.constant.negated();
        let Some((_, first)) = difference.terms.first_key_value() else {
            let holds = if strict { Number::ZERO < limit } else { Number::ZERO <= limit };
            return Some(circuit.constant(holds));
        };
        // The first coefficient becomes 1; a negative one turns the order.
        let factor = Number::ONE.divided(*first)?;
        let mut terms = Vec::with_capacity(difference.terms.len());
        for (variable, coefficient) in &difference.terms {
            terms.push((*variable, coefficient.multiplied(factor)?));
        }
        let value = limit.multiplied(factor)?;
        let turned = first.sign() < 0;
        let literal = self.bound(circuit, terms, value, strict != turned)?;
        Some(if turned { !literal } else { literal })
    }

    /// The literal of a bound; bounds on whole forms are whole and not strict.
    fn bound(
        &mut self,
        circuit: &mut Circuit,
        terms: Vec<(VariableId, Number)>,
        value: Number,
        strict: bool,
    ) -> Option<Literal> {
        let is_whole = terms.iter().all(|(variable, coefficient)| {
            coefficient.is_whole() && self.variables.get(*variable).is_some_and(|variable| variable.whole)
        });
        let (value, strict) = if is_whole { (whole_bound(value, strict)?, false) } else { (value, strict) };
        let form = match self.by_terms.get(&terms) {
            Some(form) => *form,
            None => {
                self.forms.push(Form { terms: terms.clone(), bounds: BTreeMap::new() });
                self.by_terms.insert(terms, self.forms.len() - 1);
                self.forms.len() - 1
            },
        };
        let bounds = &mut self.forms.get_mut(form)?.bounds;
        let key = (value, !strict);
        if let Some(literal) = bounds.get(&key) {
            return Some(*literal);
        }
        let literal = circuit.fresh();
        if let Some((_, before)) = bounds.range(..key).next_back() {
            circuit.implies(*before, literal);
        }
        if let Some((_, after)) = bounds.range(key..).next() {
            circuit.implies(literal, *after);
        }
        bounds.insert(key, literal);
        self.bounds.push(Bound { form, value, strict, whole: is_whole, literal });
        Some(literal)
    }
}

/// The greatest whole number that meets a bound.
fn whole_bound(value: Number, strict: bool) -> Option<Number> {
    let (numerator, denominator) = value.parts();
    let floor = Number::fraction(numerator.div_euclid(denominator), 1)?;
    if strict && value.is_whole() { floor.minus(Number::ONE) } else { Some(floor) }
}
