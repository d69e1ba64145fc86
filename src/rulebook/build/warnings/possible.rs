//! Whether a condition can hold, or fail to hold, by types, declared facts and constants alone.
//!
//! An answer “no” is certain. An answer “yes” may be wrong: what this does not understand is taken as possible.

use std::cell::Cell;

use super::operands::{set_subject, term_subject, texts};
use super::world::{Subject, World};
use crate::rulebook::build::names::Names;
use crate::rulebook::expression::{
    Condition, ConditionKind, Expression, Iteration, Order, Over, SetExpression, Subject as Present,
};
use crate::rulebook::{ColumnId, Definition, DefinitionId, Quantifier, TableId};

/// The most ways through a condition that are followed; with more, the choice between them is taken as open.
const MOST_WORLDS: usize = 16;

/// The most conditions that are looked at to judge one.
pub(super) const MOST_STEPS: u32 = 10_000;

/// What conditions are judged against.
#[derive(Clone, Copy)]
pub(super) struct Judge<'j> {
    pub(super) names: &'j Names,
    pub(super) definitions: &'j [Definition],
    /// How many conditions are still looked at before the rest is taken as possible.
    pub(super) steps: &'j Cell<u32>,
}

/// Every way on; none if there is none.
type Worlds = Vec<World>;

impl Judge<'_> {
    /// The same with all its steps before it.
    pub(super) fn renewed(self) -> Self {
        self.steps.set(MOST_STEPS);
        self
    }

    /// What is known after a condition came out so, starting from each of these worlds; empty if it cannot.
    pub(super) fn assume(self, condition: &Condition, truth: bool, worlds: Worlds) -> Worlds {
        let Some(steps) = self.steps.get().checked_sub(1).filter(|_| !worlds.is_empty()) else { return worlds };
        self.steps.set(steps);
        match (&condition.kind, truth) {
            (ConditionKind::Truth(value), _) => {
                if *value == truth {
                    worlds
                } else {
                    Vec::new()
                }
            },
            (ConditionKind::Not(part), _) => self.assume(part, !truth, worlds),
            (ConditionKind::And(parts), true) | (ConditionKind::Or(parts), false) => {
                // A later part may narrow what an earlier one speaks of: the second time round the earlier one sees it.
                let twice = parts.iter().chain(parts);
                twice.fold(worlds, |worlds, part| self.assume(part, truth, worlds))
            },
            (ConditionKind::And(parts), false) | (ConditionKind::Or(parts), true) => {
                any_of(&worlds, parts.iter().map(|part| self.assume(part, truth, worlds.clone())))
            },
            (ConditionKind::Implies(a, b), true) => {
                let ways = [self.assume(a, false, worlds.clone()), self.assume(b, true, worlds.clone())];
                any_of(&worlds, ways.into_iter())
            },
            (ConditionKind::Implies(a, b), false) => self.assume(b, false, self.assume(a, true, worlds)),
            (ConditionKind::BooleanIs(is, a, b), _) => {
                let same = *is == truth;
                let ways = [true, false].map(|one| {
                    let worlds = self.assume(a, one, worlds.clone());
                    self.assume(b, one == same, worlds)
                });
                any_of(&worlds, ways.into_iter())
            },
            (ConditionKind::Definition(id), _) => match self.definition(*id) {
                Some(Expression::Condition(one)) => self.assume(one, truth, worlds),
                _ => worlds,
            },
            _ => worlds.into_iter().filter_map(|world| self.atom(condition, truth, world)).collect(),
        }
    }

    pub(super) fn definition(&self, id: DefinitionId) -> Option<&Expression> {
        self.definitions.get(usize::from(id.0)).map(|definition| &definition.value)
    }

    /// A condition without parts that are conditions of the same proposal.
    fn atom(self, condition: &Condition, truth: bool, mut world: World) -> Option<World> {
        let can = |is_possible: bool, world: World| is_possible.then_some(world);
        match &condition.kind {
            ConditionKind::Quantified(quantifier, iteration, body) => {
                let (wanted, some) = match quantifier {
                    Quantifier::Some => (true, truth),
                    Quantifier::Every => (false, !truth),
                    Quantifier::No => (true, !truth),
                };
                can(!some || self.has_member(iteration, Some((body, wanted)), &world), world)
            },
            ConditionKind::Numbers(order, a, b) => self.numbers(asked(*order, truth), a, b, world),
            ConditionKind::NumberBetween(operands) => {
                let [value, low, high] = operands.as_ref();
                let both = |world| {
                    let world = self.numbers(Order::GreaterOrEqual, value, low, world)?;
                    self.numbers(Order::LessOrEqual, value, high, world)
                };
                if truth {
                    return both(world);
                }
                let below = self.numbers(Order::Less, value, low, world.clone());
                let above = self.numbers(Order::Greater, value, high, world.clone());
                can(below.is_some() || above.is_some(), world)
            },
            ConditionKind::Dates(order, a, b) => self.dates(asked(*order, truth), a, b, world),
            ConditionKind::DateBetween(operands) => {
                let [value, low, high] = operands.as_ref();
                if !truth {
                    return Some(world);
                }
                let world = self.dates(Order::GreaterOrEqual, value, low, world)?;
                self.dates(Order::LessOrEqual, value, high, world)
            },
            ConditionKind::TextIs(is, a, b) => texts(*is == truth, a, b, world),
            ConditionKind::TermIs(is, a, b) => {
                let same = *is == truth;
                let (left, right) = (self.terms(a, &world), self.terms(b, &world));
                if let (Some(a), Some(b), false) = (term_subject(a), term_subject(b), same)
                    && a == b
                {
                    return None;
                }
                let is_possible =
                    if same { left.some.meets(&right.some) } else { !(left.is_only() && right.is_only_of(&left)) };
                if !is_possible {
                    return None;
                }
                let world = self.narrow(a, &right.some, same, right.is_only(), world)?;
                self.narrow(b, &left.some, same, left.is_only(), world)
            },
            ConditionKind::TermIn(is, term, set) => {
                let inside = *is == truth;
                let (possible, bounds) = (self.terms(term, &world), self.set(set, &world));
                let is_possible = if inside {
                    possible.some.meets(&bounds.most)
                } else {
                    possible.or_none || possible.some.count_outside(&bounds.least) > 0
                };
                if !is_possible {
                    return None;
                }
                let is_exact = bounds.is_exact();
                let limit = if inside { &bounds.most } else { &bounds.least };
                let mut world = self.narrow(term, limit, inside, is_exact || inside, world)?;
                if let (Some(subject), true) = (set_subject(set), possible.is_only()) {
                    let members = world.sets.entry(subject).or_default();
                    let side = if inside { &mut members.surely } else { &mut members.never };
                    side.unite(&possible.some);
                }
                self.there(&mut world, set_subject(set)).then_some(world)
            },
            ConditionKind::IncludeAny(a, b) => self.includes_any(a, b, truth, world),
            ConditionKind::IncludeNone(a, b) => self.includes_any(a, b, !truth, world),
            ConditionKind::IncludeAll(a, b) => {
                let (left, right) = (self.set(a, &world), self.set(b, &world));
                let is_possible = if truth {
                    right.least.count_outside(&left.most) == 0
                } else {
                    right.most.count_outside(&left.least) > 0
                };
                if let (true, true, Some(subject)) = (is_possible, truth, set_subject(a)) {
                    world.sets.entry(subject).or_default().surely.unite(&right.least);
                }
                can(is_possible && self.there(&mut world, set_subject(a)), world)
            },
            ConditionKind::SetIs(is, a, b) => {
                let (left, right) = (self.set(a, &world), self.set(b, &world));
                let same = left.least.count_outside(&right.most) == 0 && right.least.count_outside(&left.most) == 0;
                let differ = !(left.is_exact() && right.is_exact() && same);
                can(if *is == truth { same } else { differ }, world)
            },
            ConditionKind::SetEmpty(is, set) => {
                let bounds = self.set(set, &world);
                let empty = *is == truth;
                let is_possible = if empty { bounds.least.is_empty() } else { !bounds.most.is_empty() };
                if let (true, true, Some(subject)) = (is_possible, empty, set_subject(set)) {
                    world.sets.entry(subject).or_default().never.unite(&bounds.most);
                }
                can(is_possible && self.there(&mut world, set_subject(set)), world)
            },
            ConditionKind::Present(is, subject) => self.present(*is == truth, subject, world),
            ConditionKind::Field(place) => {
                let subject = Subject::of(*place);
                let holds = World::hold(&mut world.truths, subject, truth);
                can(holds && self.there(&mut world, Some(subject)), world)
            },
            ConditionKind::Key => can(World::hold(&mut world.truths, Subject::Key, truth), world),
            _ => Some(world),
        }
    }

    fn includes_any(self, a: &SetExpression, b: &SetExpression, truth: bool, mut world: World) -> Option<World> {
        let (left, right) = (self.set(a, &world), self.set(b, &world));
        let is_possible = if truth { left.most.meets(&right.most) } else { !left.least.meets(&right.least) };
        if !is_possible {
            return None;
        }
        if let Some(subject) = set_subject(a) {
            let members = world.sets.entry(subject).or_default();
            if !truth {
                members.never.unite(&right.least);
            } else if right.most.len() == 1 {
                members.surely.unite(&right.most);
            }
        }
        self.there(&mut world, set_subject(a)).then_some(world)
    }

    /// Notes that something has a value, since a condition on it was decided; false if it is known to be missing.
    pub(super) fn there(self, world: &mut World, subject: Option<Subject>) -> bool {
        let place = match subject {
            Some(Subject::Field(table, column) | Subject::RowField(_, table, column)) => Some((table, column)),
            _ => None,
        };
        let has_default = place.is_some_and(|place: (TableId, ColumnId)| {
            self.names.column(place.0, place.1).is_some_and(|column| column.otherwise.is_some())
        });
        match subject.filter(|_| place.is_some() && !has_default) {
            Some(subject) => World::hold(&mut world.presence, subject, true),
            None => true,
        }
    }

    fn present(self, is: bool, subject: &Present, mut world: World) -> Option<World> {
        let subject = match subject {
            Present::Place(place) => Subject::of(*place),
            Present::Lookup(relation, term) => {
                let possible = self.terms(term, &world);
                let partners = self.partners(*relation, &possible);
                let is_possible = if is { !partners.some.is_empty() } else { partners.or_none };
                return is_possible.then_some(world);
            },
            _ => return Some(world),
        };
        World::hold(&mut world.presence, subject, is).then_some(world)
    }

    /// Whether a list or set can have a member that meets the filter and makes the body come out so.
    pub(super) fn has_member(self, iteration: &Iteration, body: Option<(&Condition, bool)>, world: &World) -> bool {
        let mut inner = world.clone();
        inner.forget(iteration.variable);
        if let Over::Set(set) = &iteration.over {
            let bounds = self.set(set, world);
            if bounds.most.is_empty() {
                return false;
            }
            inner.terms.insert(Subject::Variable(iteration.variable), bounds.most);
        }
        let filtered = match &iteration.filter {
            Some(filter) => self.assume(filter, true, vec![inner]),
            None => vec![inner],
        };
        let met = match body {
            Some((body, wanted)) => self.assume(body, wanted, filtered),
            None => filtered,
        };
        !met.is_empty()
    }
}

/// Joins the ways on; with too many of them it is only known that there is one.
fn any_of(before: &Worlds, ways: impl Iterator<Item = Worlds>) -> Worlds {
    let all: Worlds = ways.flatten().take(MOST_WORLDS + 1).collect();
    if all.len() > MOST_WORLDS { before.clone() } else { all }
}

/// The order that holds if the comparison comes out so.
fn asked(order: Order, truth: bool) -> Order {
    match (order, truth) {
        (order, true) => order,
        (Order::Is, false) => Order::IsNot,
        (Order::IsNot, false) => Order::Is,
        (Order::Less, false) => Order::GreaterOrEqual,
        (Order::LessOrEqual, false) => Order::Greater,
        (Order::Greater, false) => Order::LessOrEqual,
        (Order::GreaterOrEqual, false) => Order::Less,
    }
}
