//! What left a verdict open: the fields whose absence, the dates whose month, and the operators whose results made
//! something unknown (details 8 and 45). Runs only for verdicts that are undetermined.

use std::collections::BTreeSet;

use super::evaluate::{Binding, Scene};
use super::judge::Court;
use super::pointer::pointer_of;
use super::record::SlotValue;
use super::truth::Truth;
use super::value::More;
use super::value::TermValue;
use crate::rulebook::expression::{
    Condition, ConditionKind, DateExpression, DateKind, Expression, Iteration, NumberExpression, NumberKind, Over,
    Place, SetExpression, SetKind, TermExpression, TermKind, TextExpression, TextKind,
};
use crate::rulebook::{DefinitionId, Directive, Modality};
use crate::text::Span;

/// What left a verdict open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Causes {
    /// JSON pointers of the fields that are unknown.
    pub missing: BTreeSet<String>,
    /// JSON pointers of the dates of which only the month is known.
    pub months: BTreeSet<String>,
    /// Operators that divided by zero or whose results pass the limit.
    pub arithmetic: BTreeSet<Span>,
}

/// What left the verdict of a directive open: the unknown parts of `when`, the requirement, each `unless` and each
/// directive that overrides it.
pub fn causes<'a>(court: &mut Court<'a, '_>, directive: &'a Directive) -> Causes {
    let mut causes = Causes::default();
    let mut open = vec![directive];
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        let asks = std::ptr::eq(next, directive) || next.heading.modality == Modality::May;
        Inquiry::new(&mut court.scene, &mut causes).directive(next, asks);
        for overrider in &next.overridden_by {
            let number = overrider.0 as usize;
            if seen.insert(number) && court.applies(number) == Truth::Unknown {
                open.extend(court.scene.book.directives.get(number));
            }
        }
    }
    causes
}

/// What left a condition open.
pub fn causes_of_condition<'a>(scene: &mut Scene<'a>, condition: &'a Condition) -> Causes {
    let mut causes = Causes::default();
    Inquiry::new(scene, &mut causes).condition(condition);
    causes
}

struct Inquiry<'s, 'a> {
    scene: &'s mut Scene<'a>,
    causes: &'s mut Causes,
    /// Definitions that were looked into: each holds the same for all that use it.
    seen: BTreeSet<DefinitionId>,
}

impl<'s, 'a> Inquiry<'s, 'a> {
    fn new(scene: &'s mut Scene<'a>, causes: &'s mut Causes) -> Self {
        Self { scene, causes, seen: BTreeSet::new() }
    }

    /// Overriders other than `may` apply whatever their requirement says, so that it is left out for them.
    fn directive(&mut self, directive: &'a Directive, with_requirement: bool) {
        if let Some(when) = &directive.when {
            self.condition(when);
        }
        if with_requirement || directive.heading.modality == Modality::May {
            self.condition(&directive.requirement);
        }
        for exception in &directive.unless {
            self.condition(&exception.condition);
        }
    }

    fn condition(&mut self, condition: &'a Condition) {
        if self.scene.condition(condition) != Truth::Unknown {
            return;
        }
        match &condition.kind {
            ConditionKind::Implies(a, b) | ConditionKind::BooleanIs(_, a, b) => {
                self.condition(a);
                self.condition(b);
            },
            ConditionKind::And(parts) | ConditionKind::Or(parts) => parts.iter().for_each(|part| self.condition(part)),
            ConditionKind::Not(part) => self.condition(part),
            ConditionKind::Quantified(_, iteration, body) => {
                self.iteration(iteration, &mut |inquiry| inquiry.condition(body));
            },
            ConditionKind::Numbers(_, a, b) => {
                self.number(a);
                self.number(b);
            },
            ConditionKind::NumberBetween(operands) => operands.iter().for_each(|operand| self.number(operand)),
            ConditionKind::Dates(_, a, b) => {
                self.date(a);
                self.date(b);
            },
            ConditionKind::DateBetween(operands) => operands.iter().for_each(|operand| self.date(operand)),
            ConditionKind::TextIs(_, a, b)
            | ConditionKind::TextIsExactly(_, a, b)
            | ConditionKind::TextTest(_, a, b) => {
                self.text(a);
                self.text(b);
            },
            ConditionKind::Matches(text, _) | ConditionKind::TextEmpty(_, text) => self.text(text),
            ConditionKind::TermIs(_, a, b) => {
                self.term(a);
                self.term(b);
            },
            ConditionKind::TermIn(_, term, set) => {
                self.term(term);
                self.set(set);
            },
            ConditionKind::SetIs(_, a, b)
            | ConditionKind::IncludeAny(a, b)
            | ConditionKind::IncludeAll(a, b)
            | ConditionKind::IncludeNone(a, b) => {
                self.set(a);
                self.set(b);
            },
            ConditionKind::SetEmpty(_, set) => self.set(set),
            ConditionKind::ListEmpty(_, place) | ConditionKind::Field(place) => self.place(place),
            ConditionKind::Definition(id) => self.definition(*id),
            // Presence is never unknown; the values of a portfolio are those of many proposals.
            ConditionKind::Present(..) | ConditionKind::Truth(_) | ConditionKind::Portfolio(_) | ConditionKind::Key => {
            },
        }
    }

    fn number(&mut self, number: &'a NumberExpression) {
        if self.scene.number(number).is_some_and(|interval| interval.known().is_some()) {
            return;
        }
        match &number.kind {
            NumberKind::Field(place) => self.place(place),
            NumberKind::Arithmetic(_, a, b, span) => {
                self.operator(number, &[a, b], *span);
                self.number(a);
                self.number(b);
            },
            NumberKind::PercentOf(_, of, span) => {
                self.operator(number, &[of], *span);
                self.number(of);
            },
            NumberKind::Negate(of) => self.number(of),
            NumberKind::Count(iteration) => self.iteration(iteration, &mut |_| ()),
            NumberKind::Aggregate(_, iteration, value) => {
                let mut all_known = true;
                let mut members = 0;
                self.iteration(iteration, &mut |inquiry| {
                    members += 1;
                    all_known &= inquiry.scene.kept(iteration) == Truth::True && inquiry.scene.number(value).is_some();
                    inquiry.number(value);
                });
                // Members that are all known leave only the size of the result to blame.
                if all_known && members > 0 && self.scene.number(number).is_none() {
                    self.causes.arithmetic.insert(number.span);
                }
            },
            NumberKind::Extreme(_, numbers) => numbers.iter().for_each(|number| self.number(number)),
            NumberKind::DateSpan(_, from, to) => {
                self.date(from);
                self.date(to);
            },
            NumberKind::YearOf(date) => self.date(date),
            NumberKind::LengthOf(text) => self.text(text),
            NumberKind::Definition(id) => self.definition(*id),
            NumberKind::Constant(..) | NumberKind::Portfolio(_) | NumberKind::Key => {},
        }
    }

    /// Notes an operator whose operands are known and whose result is not.
    fn operator(&mut self, number: &'a NumberExpression, operands: &[&'a NumberExpression], span: Span) {
        let known = operands.iter().all(|operand| self.scene.number(operand).is_some());
        if known && self.scene.number(number).is_none() {
            self.causes.arithmetic.insert(span);
        }
    }

    fn date(&mut self, date: &'a DateExpression) {
        if self.scene.date(date).is_some_and(|days| days.is_day()) {
            return;
        }
        match &date.kind {
            DateKind::Field(place) => self.place(place),
            DateKind::Aggregate(_, iteration, value) => {
                self.iteration(iteration, &mut |inquiry| inquiry.date(value));
            },
            DateKind::Extreme(_, dates) => dates.iter().for_each(|date| self.date(date)),
            DateKind::Definition(id) => self.definition(*id),
            DateKind::Day(_) | DateKind::Period(_) | DateKind::Portfolio(_) | DateKind::Key => {},
        }
    }

    fn text(&mut self, text: &'a TextExpression) {
        if self.scene.text(text).is_some() {
            return;
        }
        match &text.kind {
            TextKind::Field(place) => self.place(place),
            TextKind::CharactersOf(_, _, of) => self.text(of),
            TextKind::CodeOf(term) | TextKind::LabelOf(term) => self.term(term),
            TextKind::Definition(id) => self.definition(*id),
            TextKind::Constant(..) | TextKind::Key => {},
        }
    }

    fn term(&mut self, term: &'a TermExpression) {
        if self.scene.term(term) != TermValue::Unknown {
            return;
        }
        match &term.kind {
            TermKind::Field(place) => self.place(place),
            TermKind::Lookup(_, argument) => self.term(argument),
            TermKind::Definition(id) => self.definition(*id),
            TermKind::Variable(variable) => self.element(*variable),
            TermKind::Constant(_) | TermKind::Key => {},
        }
    }

    fn set(&mut self, set: &'a SetExpression) {
        if self.scene.set(set).is_some_and(|set| set.more == More::Nothing) {
            return;
        }
        match &set.kind {
            SetKind::Field(place) => self.place(place),
            SetKind::Literal(terms) => terms.iter().for_each(|term| self.term(term)),
            SetKind::Lookup(_, term) => self.term(term),
            SetKind::LookupAll(_, set) => self.set(set),
            SetKind::Definition(id) => self.definition(*id),
            SetKind::Constant(_) => {},
        }
    }

    fn definition(&mut self, id: DefinitionId) {
        let Some(definition) = self.scene.book.definitions.get(usize::from(id.0)) else { return };
        if !self.seen.insert(id) {
            return;
        }
        let bindings = std::mem::take(&mut self.scene.bindings);
        match &definition.value {
            Expression::Condition(condition) => self.condition(condition),
            Expression::Number(number) => self.number(number),
            Expression::Date(date) => self.date(date),
            Expression::Text(text) => self.text(text),
            Expression::Term(term) => self.term(term),
            Expression::Set(set) => self.set(set),
        }
        self.scene.bindings = bindings;
    }

    /// Looks into each member that is or may be kept.
    fn iteration(&mut self, iteration: &'a Iteration, inside: &mut dyn FnMut(&mut Self)) {
        let members: Vec<Binding> = match &iteration.over {
            Over::List(place) => match self.scene.rows(place) {
                None => return self.place(place),
                Some((table, first, count)) => (first..first + count).map(|row| Binding::Row(table, row)).collect(),
            },
            Over::Set(set) => {
                self.set(set);
                let known = self.scene.set(set).map(|set| set.known.iter().map(Binding::Term).collect());
                known.unwrap_or_default()
            },
        };
        let outer = self.scene.bindings.clone();
        for member in members {
            self.scene.bindings.truncate(usize::from(iteration.variable));
            self.scene.bindings.push(member);
            let kept = self.scene.kept(iteration);
            if let (Some(filter), Truth::Unknown) = (&iteration.filter, kept) {
                self.condition(filter);
            }
            if kept != Truth::False {
                inside(self);
            }
        }
        self.scene.bindings = outer;
    }

    fn element(&mut self, variable: u8) {
        if let Some(Binding::Row(table, row)) = self.scene.bindings.get(usize::from(variable)).copied() {
            let shape = &self.scene.book.shape;
            self.causes.missing.insert(pointer_of(shape, self.scene.record, table, row, None));
        }
    }

    /// Notes a field: a date of which the month is known apart from what is unknown.
    fn place(&mut self, place: &Place) {
        let Some((table, row)) = self.scene.row(place.frame) else { return };
        let pointer = pointer_of(&self.scene.book.shape, self.scene.record, table, row, Some(place.column));
        match self.scene.slot(place).value {
            SlotValue::Date(_) => self.causes.months.insert(pointer),
            _ => self.causes.missing.insert(pointer),
        };
    }
}
