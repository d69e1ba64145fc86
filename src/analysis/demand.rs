//! How many rows of a list a directive can tell apart. Where that many are laid out, longer lists add nothing: of any list,
//! the rows that decide the directive's conditions are enough to decide them the same way.

use std::collections::{BTreeMap, BTreeSet};

use super::survey::Spot;
use crate::rulebook::expression::{Condition, ConditionKind, Iteration, NumberExpression, NumberKind, Over, Place};
use crate::rulebook::places::{Visitor, Walk};
use crate::rulebook::{Directive, Required, Rulebook};
use crate::syntax::tree::AggregateKind;

/// Rows by list; [`usize::MAX`] where no number is enough.
pub(super) type Demand = BTreeMap<Spot, usize>;

/// The rows that each directive can tell apart, and what overrides it with it.
pub(super) fn demands(book: &Rulebook) -> Vec<Demand> {
    let own: Vec<Demand> = book.directives.iter().map(|directive| demand_of(book, directive)).collect();
    let shape = demand_of_shape(book);
    let whole = |number: usize| {
        let mut demand = shape.clone();
        let (mut open, mut seen) = (vec![number], BTreeSet::new());
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                own.get(next).into_iter().for_each(|own| join(&mut demand, own));
                let overriders = book.directives.get(next).into_iter().flat_map(|one| &one.overridden_by);
                open.extend(overriders.map(|one| one.0 as usize));
            }
        }
        demand
    };
    (0..book.directives.len()).map(whole).collect()
}

/// Adds one demand to another.
pub(super) fn join(demand: &mut Demand, other: &Demand) {
    for (spot, rows) in other {
        let sum = demand.entry(*spot).or_default();
        *sum = sum.saturating_add(*rows);
    }
}

fn demand_of(book: &Rulebook, directive: &Directive) -> Demand {
    demand_of_conditions(book, directive.conditions())
}

fn demand_of_shape(book: &Rulebook) -> Demand {
    let columns = book.shape.tables.iter().flat_map(|table| &table.columns);
    let conditions = columns.filter_map(|column| match &column.required {
        Required::When(condition) => Some(condition.as_ref()),
        _ => None,
    });
    demand_of_conditions(book, conditions)
}

fn demand_of_conditions<'c>(book: &Rulebook, conditions: impl Iterator<Item = &'c Condition>) -> Demand {
    let mut counter = Counter::default();
    let mut walk = Walk { definitions: &book.definitions, visitor: &mut counter };
    conditions.for_each(|condition| walk.condition(condition));
    counter.rows
}

#[derive(Default)]
struct Counter {
    rows: Demand,
    /// Counts that have been compared with a constant, by their span.
    compared: BTreeSet<crate::text::Span>,
}

impl Counter {
    fn add(&mut self, iteration: &Iteration, rows: usize) {
        if let Over::List(place) = &iteration.over {
            self.add_place(place, rows);
        }
    }

    fn add_place(&mut self, place: &Place, rows: usize) {
        let sum = self.rows.entry((place.table, place.column)).or_default();
        *sum = sum.saturating_add(rows);
    }

    /// A count against a constant is decided by as many rows as the constant, and one more.
    fn counted(&mut self, number: &NumberExpression, other: &NumberExpression) {
        let (NumberKind::Count(iteration), NumberKind::Constant(value, _)) = (&number.kind, &other.kind) else {
            return;
        };
        let (numerator, denominator) = value.parts();
        let enough = usize::try_from(numerator / denominator).unwrap_or(0).saturating_add(2);
        self.add(iteration, enough);
        self.compared.insert(number.span);
    }
}

impl Visitor for Counter {
    fn place(&mut self, _place: &Place) {}

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Quantified(_, iteration, _) => self.add(iteration, 1),
            ConditionKind::ListEmpty(_, place) => self.add_place(place, 1),
            ConditionKind::Numbers(_, a, b) => {
                self.counted(a, b);
                self.counted(b, a);
            },
            _ => {},
        }
    }

    fn number(&mut self, number: &NumberExpression) {
        match &number.kind {
            NumberKind::Count(iteration) if !self.compared.contains(&number.span) => self.add(iteration, usize::MAX),
            NumberKind::Aggregate(AggregateKind::Min | AggregateKind::Max, iteration, _) => self.add(iteration, 3),
            NumberKind::Aggregate(_, iteration, _) => self.add(iteration, usize::MAX),
            _ => {},
        }
    }
}
