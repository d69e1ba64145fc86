//! Conditions.

use super::portfolio::Overlooked;
use super::text::Comparison;
use super::{Around, Bound, Encoder, FieldKind, Remembered};
use crate::analysis::circuit::Literal;
use crate::rulebook::Constant;
use crate::rulebook::expression::{Condition, ConditionKind, Expression, Place, Subject};
use crate::syntax::tree::TextTest;

/// Whether something is true, and whether it is false; never both, and neither where it is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::analysis) struct Kleene {
    pub yes: Literal,
    pub no: Literal,
}

impl std::ops::Not for Kleene {
    type Output = Self;

    fn not(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }
}

impl Kleene {
    /// The value itself, or its negation where `wanted` is false.
    #[must_use]
    pub fn when(self, wanted: bool) -> Self {
        if wanted { self } else { !self }
    }
}

impl Encoder<'_> {
    /// Something that is never unknown.
    pub fn known(&self, holds: Literal) -> Kleene {
        Kleene { yes: holds, no: !holds }
    }

    pub fn unknown(&self) -> Kleene {
        let never = self.circuit.constant(false);
        Kleene { yes: never, no: never }
    }

    /// All of them.
    pub fn all(&mut self, parts: &[Kleene]) -> Kleene {
        Kleene {
            yes: self.circuit.and(parts.iter().map(|part| part.yes)),
            no: self.circuit.or(parts.iter().map(|part| part.no)),
        }
    }

    /// At least one of them.
    pub fn any(&mut self, parts: &[Kleene]) -> Kleene {
        let negated: Vec<Kleene> = parts.iter().map(|part| !*part).collect();
        !self.all(&negated)
    }

    /// The value where everything that it needs is known, else unknown.
    pub(super) fn unless_unknown(&mut self, unknown: &[Literal], value: Kleene) -> Kleene {
        let known: Vec<Literal> = unknown.iter().map(|literal| !*literal).collect();
        Kleene {
            yes: self.circuit.and(known.iter().copied().chain([value.yes])),
            no: self.circuit.and(known.iter().copied().chain([value.no])),
        }
    }

    /// Whether a condition is true, and whether it is false.
    pub fn condition(&mut self, condition: &Condition, around: &Around) -> Kleene {
        match &condition.kind {
            ConditionKind::Truth(value) => self.known(self.circuit.constant(*value)),
            ConditionKind::Implies(given, then) => {
                let (given, then) = (self.condition(given, around), self.condition(then, around));
                self.any(&[!given, then])
            },
            ConditionKind::And(parts) => {
                let parts = self.conditions(parts, around);
                self.all(&parts)
            },
            ConditionKind::Or(parts) => {
                let parts = self.conditions(parts, around);
                self.any(&parts)
            },
            ConditionKind::Not(part) => !self.condition(part, around),
            ConditionKind::Quantified(quantifier, iteration, body) => {
                self.quantified(*quantifier, iteration, body, around)
            },
            ConditionKind::Numbers(order, a, b) => {
                let (a, b) = (self.number(a, around), self.number(b, around));
                self.compare_numbers(&a, *order, &b)
            },
            ConditionKind::NumberBetween(operands) => {
                let [value, low, high] = operands.as_ref();
                let [value, low, high] = [value, low, high].map(|operand| self.number(operand, around));
                self.number_between(&value, &low, &high)
            },
            ConditionKind::Dates(order, a, b) => self.dates(*order, a, b, around),
            ConditionKind::DateBetween(operands) => self.date_between(operands, around),
            ConditionKind::BooleanIs(is, a, b) => {
                let (a, b) = (self.condition(a, around), self.condition(b, around));
                let same = [self.circuit.and([a.yes, b.yes]), self.circuit.and([a.no, b.no])];
                let apart = [self.circuit.and([a.yes, b.no]), self.circuit.and([a.no, b.yes])];
                Kleene { yes: self.circuit.or(same), no: self.circuit.or(apart) }.when(*is)
            },
            ConditionKind::TermIs(is, a, b) => {
                let (a, b) = (self.term(a, around), self.term(b, around));
                self.term_is(&a, &b).when(*is)
            },
            ConditionKind::TermIn(is, term, set) => {
                let (term, set) = (self.term(term, around), self.set(set, around));
                self.term_in(&term, &set).when(*is)
            },
            ConditionKind::SetIs(is, a, b) => {
                let (a, b) = (self.set(a, around), self.set(b, around));
                let (there, back) = (self.include_all(&a, &b), self.include_all(&b, &a));
                self.all(&[there, back]).when(*is)
            },
            ConditionKind::IncludeAny(a, b) => {
                let (a, b) = (self.set(a, around), self.set(b, around));
                self.include_any(&a, &b)
            },
            ConditionKind::IncludeNone(a, b) => {
                let (a, b) = (self.set(a, around), self.set(b, around));
                !self.include_any(&a, &b)
            },
            ConditionKind::IncludeAll(a, b) => {
                let (a, b) = (self.set(a, around), self.set(b, around));
                self.include_all(&a, &b)
            },
            ConditionKind::Present(is, subject) => self.present(subject, around).when(*is),
            ConditionKind::SetEmpty(is, set) => {
                let set = self.set(set, around);
                self.set_empty(&set).when(*is)
            },
            ConditionKind::ListEmpty(is, place) => self.list_empty(place, around).when(*is),
            ConditionKind::TextIs(is, a, b) => self.compare_texts(Comparison::Is, a, b, around).when(*is),
            ConditionKind::TextIsExactly(is, a, b) => self.compare_texts(Comparison::IsExactly, a, b, around).when(*is),
            ConditionKind::TextTest(test, a, b) => {
                let comparison = match test {
                    TextTest::StartsWith => Comparison::StartsWith,
                    TextTest::EndsWith => Comparison::EndsWith,
                    TextTest::Contains => Comparison::Contains,
                };
                self.compare_texts(comparison, a, b, around)
            },
            ConditionKind::Matches(text, pattern) => self.text_matches(text, pattern, around),
            ConditionKind::TextEmpty(is, text) => self.text_empty(text, around).when(*is),
            ConditionKind::Field(place) => self.boolean(place, around),
            ConditionKind::Definition(id) => {
                let key = (id.0, around.proposal);
                if let Some(Remembered::Truth(known)) = self.memory.get(&key) {
                    return *known;
                }
                let Some(Expression::Condition(condition)) = self.definition(*id).map(|one| &one.value) else {
                    return self.unknown();
                };
                let value = self.condition(condition, &Around::proposal(around.proposal));
                self.memory.insert(key, Remembered::Truth(value));
                value
            },
            ConditionKind::Portfolio(number) => match self.overlooked.get(*number) {
                Some(Overlooked::Truth(value)) => *value,
                _ => {
                    self.is_vague = true;
                    self.unknown()
                },
            },
            ConditionKind::Key => {
                self.is_vague = true;
                self.unknown()
            },
        }
    }

    fn conditions(&mut self, parts: &[Condition], around: &Around) -> Vec<Kleene> {
        parts.iter().map(|part| self.condition(part, around)).collect()
    }

    fn boolean(&mut self, place: &Place, around: &Around) -> Kleene {
        let Some(field) = self.field(place, around) else { return self.unknown() };
        let FieldKind::Boolean(holds) = field.kind else { return self.unknown() };
        let mut value = Kleene { yes: holds, no: self.circuit.and([field.present, !holds]) };
        if let Some((Constant::Boolean(constant), stands)) = self.otherwise(place, around) {
            let side = if *constant { &mut value.yes } else { &mut value.no };
            *side = self.circuit.or([*side, stands]);
        }
        value
    }

    fn present(&mut self, subject: &Subject, around: &Around) -> Kleene {
        let holds = match subject {
            Subject::Place(place) => {
                self.field(place, around).map_or(self.circuit.constant(false), |field| field.present)
            },
            Subject::Variable(variable) => {
                let is_bound = around.bindings.len() > usize::from(*variable);
                let exists = match around.bindings.get(usize::from(*variable)) {
                    Some(Bound::Row(row)) => self.rows.get(*row).map(|row| row.exists),
                    _ => None,
                };
                exists.unwrap_or(self.circuit.constant(is_bound))
            },
            Subject::Lookup(relation, argument) => {
                let argument = self.term(argument, around);
                let found = self.lookup_single(*relation, &argument);
                self.circuit.or(found.terms.values().copied())
            },
            Subject::Definition(id) => {
                let found = self.definition_term(*id, around);
                self.circuit.or(found.terms.values().copied())
            },
            Subject::Key => {
                self.is_vague = true;
                self.circuit.constant(false)
            },
        };
        self.known(holds)
    }
}
