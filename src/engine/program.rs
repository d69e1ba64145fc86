//! What runs: the directives of a rule pack, selected, dated and indexed.
//!
//! The index is why the time for a proposal grows with the directives that can apply to it and not with the pack. A
//! directive whose `when` asks for certain terms of one field (`city in endpoints`, `programmes include county-town`)
//! is looked at only if the proposal's field may hold one of them; for all others its `when` is false, and the
//! verdict is `not-applicable` without looking.

use super::record::{Record, SlotValue};
use crate::rulebook::expression::{Condition, ConditionKind, Expression, Frame, Place, SetKind, TermKind};
use crate::rulebook::{ColumnId, ColumnKind, Constant, Directive, Rulebook, TableId};
use crate::value::{Day, TermSet};

/// A set of directives, one bit each, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DirectiveSet(Vec<u64>);

impl DirectiveSet {
    /// The empty set for that many directives.
    pub fn with_room_for(directives: usize) -> Self {
        Self(vec![0; directives.div_ceil(64)])
    }

    /// Adds a directive.
    pub fn insert(&mut self, directive: usize) {
        if let Some(word) = self.0.get_mut(directive / 64) {
            *word |= 1 << (directive % 64);
        }
    }

    /// Whether a directive is in the set.
    pub fn contains(&self, directive: usize) -> bool {
        self.0.get(directive / 64).is_some_and(|word| word & (1 << (directive % 64)) != 0)
    }

    /// Adds all of another set.
    pub fn unite(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// The directives in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                Some(index * 64 + bit)
            })
        })
    }

    fn copy_from(&mut self, other: &Self) {
        self.0.clone_from(&other.0);
    }
}

/// The directives that run, and the index over them.
#[derive(Debug, Clone)]
pub struct Program {
    /// The directives that are judged and in force.
    pub running: DirectiveSet,
    /// The directives that are in force, judged or not.
    pub in_force: DirectiveSet,
    unindexed: DirectiveSet,
    index: Vec<IndexedField>,
}

/// A field of the proposal, and which directives ask for which of its terms.
#[derive(Debug, Clone)]
struct IndexedField {
    column: ColumnId,
    by_term: Vec<DirectiveSet>,
    all: DirectiveSet,
    otherwise: TermSet,
}

impl Program {
    /// Prepares the directives for which `is_selected` holds, as of a day.
    pub fn new(book: &Rulebook, as_of: Day, is_selected: impl Fn(&Directive) -> bool) -> Self {
        let empty = DirectiveSet::with_room_for(book.directives.len());
        let mut program = Self { running: empty.clone(), in_force: empty.clone(), unindexed: empty, index: Vec::new() };
        for (number, directive) in book.directives.iter().enumerate() {
            if !directive.heading.effective.contains(as_of) {
                continue;
            }
            program.in_force.insert(number);
            if !is_selected(directive) {
                continue;
            }
            program.running.insert(number);
            match directive.when.as_ref().and_then(|when| best_demand(book, when)) {
                Some(demand) => program.add_to_index(book, demand, number),
                None => program.unindexed.insert(number),
            }
        }
        program
    }

    fn add_to_index(&mut self, book: &Rulebook, demand: Demand, directive: usize) {
        let empty = DirectiveSet::with_room_for(book.directives.len());
        let at = self.index.iter().position(|field| field.column == demand.column).unwrap_or_else(|| {
            self.index.push(IndexedField {
                column: demand.column,
                by_term: vec![empty.clone(); terms_of(book, demand.column)],
                all: empty,
                otherwise: otherwise_terms(book, demand.column),
            });
            self.index.len() - 1
        });
        let Some(field) = self.index.get_mut(at) else { return };
        field.all.insert(directive);
        for term in demand.terms.iter() {
            if let Some(directives) = field.by_term.get_mut(usize::from(term)) {
                directives.insert(directive);
            }
        }
    }

    /// The directives that may apply to a proposal; of all other running ones the `when` is false.
    pub fn candidates(&self, record: &Record, candidates: &mut DirectiveSet) {
        candidates.copy_from(&self.unindexed);
        for field in &self.index {
            let slot = record.slot(TableId(0), 0, field.column).unwrap_or_default();
            match slot.value {
                SlotValue::Term(term) => field.add(term, candidates),
                SlotValue::Set(number) => match record.sets.get(number as usize) {
                    Some(set) if set.unknown == 0 => set.known.iter().for_each(|term| field.add(term, candidates)),
                    _ => candidates.unite(&field.all),
                },
                SlotValue::Otherwise => field.otherwise.iter().for_each(|term| field.add(term, candidates)),
                _ => candidates.unite(&field.all),
            }
        }
    }
}

impl IndexedField {
    fn add(&self, term: u16, candidates: &mut DirectiveSet) {
        if let Some(directives) = self.by_term.get(usize::from(term)) {
            candidates.unite(directives);
        }
    }
}

/// A field that must be, or include, one of these terms for a condition not to be false.
#[derive(Debug, Clone)]
struct Demand {
    column: ColumnId,
    terms: TermSet,
}

/// The demand of a condition that fewest terms meet.
fn best_demand(book: &Rulebook, condition: &Condition) -> Option<Demand> {
    match &condition.kind {
        ConditionKind::And(parts) => {
            let demands = parts.iter().filter_map(|part| best_demand(book, part));
            demands.min_by_key(|demand| demand.terms.len())
        },
        ConditionKind::Or(parts) => {
            let mut demands = parts.iter().map(|part| best_demand(book, part));
            let mut union = demands.next()??;
            for demand in demands {
                let demand = demand.filter(|demand| demand.column == union.column)?;
                union.terms.unite(&demand.terms);
            }
            Some(union)
        },
        ConditionKind::TermIs(true, a, b) => match (&a.kind, &b.kind) {
            (TermKind::Field(place), TermKind::Constant(term)) | (TermKind::Constant(term), TermKind::Field(place)) => {
                demand(place, std::iter::once(*term).collect())
            },
            _ => None,
        },
        ConditionKind::TermIn(true, term, set) => match (&term.kind, &set.kind) {
            (TermKind::Field(place), SetKind::Constant(terms)) => demand(place, terms.clone()),
            (TermKind::Constant(term), SetKind::Field(place)) => demand(place, std::iter::once(*term).collect()),
            _ => None,
        },
        ConditionKind::IncludeAny(a, b) => match (&a.kind, &b.kind) {
            (SetKind::Field(place), SetKind::Constant(terms)) | (SetKind::Constant(terms), SetKind::Field(place)) => {
                demand(place, terms.clone())
            },
            _ => None,
        },
        ConditionKind::IncludeAll(a, b) => match (&a.kind, &b.kind) {
            (SetKind::Field(place), SetKind::Constant(terms)) => demand(place, terms.iter().take(1).collect()),
            _ => None,
        }
        .filter(|demand| !demand.terms.is_empty()),
        ConditionKind::Definition(id) => match &book.definitions.get(usize::from(id.0))?.value {
            Expression::Condition(condition) => best_demand(book, condition),
            _ => None,
        },
        _ => None,
    }
}

fn demand(place: &Place, terms: TermSet) -> Option<Demand> {
    (place.frame == Frame::Proposal).then_some(Demand { column: place.column, terms })
}

fn terms_of(book: &Rulebook, column: ColumnId) -> usize {
    match book.shape.column(TableId(0), column).map(|column| &column.kind) {
        Some(ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary)) => {
            book.vocabularies.get(usize::from(vocabulary.0)).map_or(0, |vocabulary| vocabulary.terms.len())
        },
        _ => 0,
    }
}

fn otherwise_terms(book: &Rulebook, column: ColumnId) -> TermSet {
    match book.shape.column(TableId(0), column).and_then(|column| column.otherwise.as_ref()) {
        Some(Constant::Term(term)) => std::iter::once(*term).collect(),
        Some(Constant::Set(terms)) => terms.clone(),
        _ => TermSet::new(),
    }
}
