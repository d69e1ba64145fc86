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
    Condition, Iteration, NumberExpression, NumberKind, Over, Place, TermExpression, TermKind,
};
use crate::rulebook::parts::{Node, Part};
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
    Inquiry::new(scene, &mut causes).look(Node::Condition(condition));
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
            self.look(Node::Condition(when));
        }
        if with_requirement || directive.heading.modality == Modality::May {
            self.look(Node::Condition(&directive.requirement));
        }
        for exception in &directive.unless {
            self.look(Node::Condition(&exception.condition));
        }
    }

    /// Notes what left an expression open, if it is.
    fn look(&mut self, node: Node<'a>) {
        if !self.is_open(node) {
            return;
        }
        match node {
            Node::Number(number) => self.operator(number),
            Node::Term(TermExpression { kind: TermKind::Variable(variable), .. }) => self.element(*variable),
            _ => {},
        }
        for part in node.parts() {
            match part {
                Part::Node(part) => self.look(part),
                Part::Place(place) => self.place(place),
                Part::Definition(id) => self.definition(id),
                Part::Members(iteration, value) => {
                    let all_known = self.members(iteration, value);
                    // Members that are all known leave only the size of the result to blame.
                    if let (Node::Number(number), Some(Node::Number(_)), true) = (node, value, all_known)
                        && self.scene.number(number).is_none()
                    {
                        self.causes.arithmetic.insert(number.span);
                    }
                },
            }
        }
    }

    /// Whether it is not known what an expression comes to. Presence always is, and so is what stands in the rule.
    fn is_open(&mut self, node: Node<'a>) -> bool {
        match node {
            Node::Condition(one) => self.scene.condition(one) == Truth::Unknown,
            Node::Number(one) => self.scene.number(one).is_none_or(|interval| interval.known().is_none()),
            Node::Date(one) => self.scene.date(one).is_none_or(|days| !days.is_day()),
            Node::Text(one) => self.scene.text(one).is_none(),
            Node::Term(one) => self.scene.term(one) == TermValue::Unknown,
            Node::Set(one) => self.scene.set(one).is_none_or(|set| set.more != More::Nothing),
        }
    }

    /// Notes an operator whose operands are known and whose result is not.
    fn operator(&mut self, number: &'a NumberExpression) {
        let (operands, span): (&[&NumberExpression], Span) = match &number.kind {
            NumberKind::Arithmetic(_, a, b, span) => (&[a, b], *span),
            NumberKind::PercentOf(_, of, span) => (&[of], *span),
            _ => return,
        };
        let known = operands.iter().all(|operand| self.scene.number(operand).is_some());
        if known && self.scene.number(number).is_none() {
            self.causes.arithmetic.insert(span);
        }
    }

    fn definition(&mut self, id: DefinitionId) {
        let Some(definition) = self.scene.book.definitions.get(usize::from(id.0)) else { return };
        if !self.seen.insert(id) {
            return;
        }
        let bindings = std::mem::take(&mut self.scene.bindings);
        self.look(Node::from(&definition.value));
        self.scene.bindings = bindings;
    }

    /// Looks into each member that is or may be kept, and what is asked or taken of it. Says whether there are some, all
    /// kept for sure and with a number that is known.
    fn members(&mut self, iteration: &'a Iteration, value: Option<Node<'a>>) -> bool {
        let members: Vec<Binding> = match &iteration.over {
            Over::List(place) => match self.scene.rows(place) {
                None => {
                    self.place(place);
                    return false;
                },
                Some((table, first, count)) => (first..first + count).map(|row| Binding::Row(table, row)).collect(),
            },
            Over::Set(set) => {
                self.look(Node::Set(set));
                let known = self.scene.set(set).map(|set| set.known.iter().map(Binding::Term).collect());
                known.unwrap_or_default()
            },
        };
        let outer = self.scene.bindings.clone();
        let (mut some, mut all_known) = (false, true);
        for member in members {
            self.scene.bindings.truncate(usize::from(iteration.variable));
            self.scene.bindings.push(member);
            let kept = self.scene.kept(iteration);
            if let (Some(filter), Truth::Unknown) = (&iteration.filter, kept) {
                self.look(Node::Condition(filter));
            }
            if let Some(value) = value.filter(|_| kept != Truth::False) {
                some = true;
                let is_number = matches!(value, Node::Number(number) if self.scene.number(number).is_some());
                all_known &= kept == Truth::True && is_number;
                self.look(value);
            }
        }
        self.scene.bindings = outer;
        some && all_known
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
