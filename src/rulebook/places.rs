//! The places that a condition reads, in the order of its text.

use std::collections::BTreeSet;

use super::expression::{
    Condition, ConditionKind, DateExpression, DateKind, Expression, Frame, Iteration, NumberExpression, NumberKind,
    Over, Place, SetExpression, SetKind, Subject, TermExpression, TermKind, TextExpression, TextKind,
};
use super::model::{Definition, DefinitionId};
use super::shape::{ColumnId, TableId};

/// The first field of the proposal that a condition reads, through definitions (details 44).
pub(crate) fn first_column(condition: &Condition, definitions: &[Definition]) -> Option<ColumnId> {
    let mut found = None;
    visit_condition(condition, definitions, &mut |place| {
        if found.is_none() && place.frame == Frame::Proposal && place.table == TableId(0) {
            found = Some(place.column);
        }
        found.is_none()
    });
    found
}

/// Goes through the places of a condition until `visit` says that it is enough.
fn visit_condition(condition: &Condition, definitions: &[Definition], visit: &mut dyn FnMut(&Place) -> bool) {
    Walk { definitions, visit, on: true, seen: BTreeSet::new() }.condition(condition);
}

struct Walk<'w> {
    definitions: &'w [Definition],
    visit: &'w mut dyn FnMut(&Place) -> bool,
    on: bool,
    /// Definitions gone through: a second time they show nothing new.
    seen: BTreeSet<DefinitionId>,
}

impl Walk<'_> {
    fn place(&mut self, place: &Place) {
        if self.on {
            self.on = (self.visit)(place);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        if !self.on {
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
                self.iteration(iteration);
                self.condition(body);
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
            ConditionKind::TermIn(_, term, set) => self.in_text_order(term, set),
            ConditionKind::SetIs(_, a, b)
            | ConditionKind::IncludeAny(a, b)
            | ConditionKind::IncludeAll(a, b)
            | ConditionKind::IncludeNone(a, b) => {
                self.set(a);
                self.set(b);
            },
            ConditionKind::SetEmpty(_, set) => self.set(set),
            ConditionKind::ListEmpty(_, place)
            | ConditionKind::Field(place)
            | ConditionKind::Present(_, Subject::Place(place)) => self.place(place),
            ConditionKind::Present(_, Subject::Lookup(_, term)) => self.term(term),
            ConditionKind::Present(_, Subject::Definition(id)) | ConditionKind::Definition(id) => self.definition(*id),
            ConditionKind::Present(_, Subject::Variable(_) | Subject::Key)
            | ConditionKind::Truth(_)
            | ConditionKind::Portfolio(_)
            | ConditionKind::Key => {},
        }
    }

    /// `T in S` and `S include T` are one kind; their spans tell which was written first.
    fn in_text_order(&mut self, term: &TermExpression, set: &SetExpression) {
        if term.span.start <= set.span.start {
            self.term(term);
            self.set(set);
        } else {
            self.set(set);
            self.term(term);
        }
    }

    fn iteration(&mut self, iteration: &Iteration) {
        match &iteration.over {
            Over::List(place) => self.place(place),
            Over::Set(set) => self.set(set),
        }
        iteration.filter.iter().for_each(|filter| self.condition(filter));
    }

    fn number(&mut self, number: &NumberExpression) {
        match &number.kind {
            NumberKind::Field(place) => self.place(place),
            NumberKind::Arithmetic(_, a, b, _) => {
                self.number(a);
                self.number(b);
            },
            NumberKind::Negate(of) | NumberKind::PercentOf(_, of, _) => self.number(of),
            NumberKind::Count(iteration) => self.iteration(iteration),
            NumberKind::Aggregate(_, iteration, value) => {
                self.iteration(iteration);
                self.number(value);
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

    fn date(&mut self, date: &DateExpression) {
        match &date.kind {
            DateKind::Field(place) => self.place(place),
            DateKind::Aggregate(_, iteration, value) => {
                self.iteration(iteration);
                self.date(value);
            },
            DateKind::Extreme(_, dates) => dates.iter().for_each(|date| self.date(date)),
            DateKind::Definition(id) => self.definition(*id),
            DateKind::Day(_) | DateKind::Period(_) | DateKind::Portfolio(_) | DateKind::Key => {},
        }
    }

    fn text(&mut self, text: &TextExpression) {
        match &text.kind {
            TextKind::Field(place) => self.place(place),
            TextKind::CharactersOf(_, _, of) => self.text(of),
            TextKind::CodeOf(term) | TextKind::LabelOf(term) => self.term(term),
            TextKind::Definition(id) => self.definition(*id),
            TextKind::Constant(..) | TextKind::Key => {},
        }
    }

    fn term(&mut self, term: &TermExpression) {
        match &term.kind {
            TermKind::Field(place) => self.place(place),
            TermKind::Lookup(_, argument) => self.term(argument),
            TermKind::Definition(id) => self.definition(*id),
            TermKind::Constant(_) | TermKind::Variable(_) | TermKind::Key => {},
        }
    }

    fn set(&mut self, set: &SetExpression) {
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
        if !self.seen.insert(id) {
            return;
        }
        let definitions = self.definitions;
        match definitions.get(usize::from(id.0)).map(|definition| &definition.value) {
            Some(Expression::Condition(one)) if self.on => self.condition(one),
            Some(Expression::Number(one)) if self.on => self.number(one),
            Some(Expression::Date(one)) if self.on => self.date(one),
            Some(Expression::Text(one)) if self.on => self.text(one),
            Some(Expression::Term(one)) if self.on => self.term(one),
            Some(Expression::Set(one)) if self.on => self.set(one),
            _ => {},
        }
    }
}
