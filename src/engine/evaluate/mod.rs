//! Evaluation of typed expressions on a record: section 4 of the language page, a file a sort.

mod condition;
mod date;
mod list;
mod number;
mod set;
mod term;
mod text;

pub(in crate::engine) use date::extreme_days;
pub(in crate::engine) use number::extreme_of;
use smallvec::SmallVec;

use super::key::KeyPart;
use super::record::{Record, Slot, SlotValue};
use super::truth::Truth;
use super::value::{Interval, TermValue};
use crate::rulebook::expression::{Expression, Frame, Place};
use crate::rulebook::{Column, Constant, DefinitionId, Rulebook, TableId};
use crate::value::{Days, TermSet};

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// An element of a list: its table and row.
    Row(TableId, u32),
    /// A term.
    Term(u16),
    /// A member of a set of which nothing is known.
    UnknownTerm,
}

/// The value of a definition, kept for the proposal so that each is worked out once.
#[derive(Debug, Clone)]
pub(super) enum Remembered {
    Truth(Truth),
    Number(Option<Interval>),
    Date(Option<Days>),
    Term(TermValue),
    Set(Option<(TermSet, super::value::More)>),
}

/// Values of definitions by number.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    values: Vec<Option<Remembered>>,
}

/// What an aggregate of a portfolio directive came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateValue {
    /// A number; unknown if `None`.
    Number(Option<Interval>),
    /// A date; unknown if `None`.
    Date(Option<Days>),
    /// A truth value.
    Truth(Truth),
}

/// What the conditions of a portfolio directive read beside the record.
#[derive(Debug, Clone, Copy)]
pub struct Portfolio<'a> {
    /// The directive's aggregates, by number.
    pub aggregates: &'a [AggregateValue],
    /// The parts of the group's key.
    pub key: &'a [KeyPart],
    /// The key as text.
    pub key_text: &'a str,
}

/// Everything that an expression can read.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The rule pack.
    pub book: &'a Rulebook,
    /// The proposal.
    pub record: &'a Record,
    /// The proposal's text, which the record's extents point into.
    pub input: &'a str,
    /// The variables by number.
    pub bindings: SmallVec<[Binding; 4]>,
    /// Values of definitions.
    pub memory: &'a mut Memory,
    /// Aggregates and key, in a portfolio directive.
    pub portfolio: Option<Portfolio<'a>>,
}

impl Memory {
    /// Forgets the values of the last proposal.
    pub fn clear(&mut self) {
        self.values.clear();
    }
}

impl<'a> Scene<'a> {
    /// A scene without variables. `memory` must hold values of this proposal only.
    pub fn new(book: &'a Rulebook, record: &'a Record, input: &'a str, memory: &'a mut Memory) -> Self {
        Self { book, record, input, bindings: SmallVec::new(), memory, portfolio: None }
    }

    /// The row whose fields a frame speaks of; `None` if the variable is no row.
    pub(super) fn row(&self, frame: Frame) -> Option<(TableId, u32)> {
        match frame {
            Frame::Proposal => Some((TableId(0), 0)),
            Frame::Variable(variable) => match self.bindings.get(usize::from(variable)) {
                Some(Binding::Row(table, row)) => Some((*table, *row)),
                _ => None,
            },
        }
    }

    /// The slot of a place; absent where there is no such row.
    pub(super) fn slot(&self, place: &Place) -> Slot {
        self.row(place.frame).and_then(|(table, row)| self.record.slot(table, row, place.column)).unwrap_or_default()
    }

    /// The column of a place.
    pub(super) fn column(&self, place: &Place) -> Option<&'a Column> {
        self.book.shape.column(place.table, place.column)
    }

    /// The value that the declaration gives to an absent field.
    pub(super) fn otherwise(&self, place: &Place) -> Option<&'a Constant> {
        self.column(place).and_then(|column| column.otherwise.as_ref())
    }

    /// Binds a variable. Bindings beyond it are dropped, as variables are numbered by depth.
    pub(super) fn bind(&mut self, variable: u8, binding: Binding) {
        self.bindings.truncate(usize::from(variable));
        while self.bindings.len() < usize::from(variable) {
            self.bindings.push(Binding::UnknownTerm);
        }
        self.bindings.push(binding);
    }

    /// Evaluates with a variable bound. Bindings beyond it are dropped, as variables are numbered by depth.
    pub(super) fn bound<T>(&mut self, variable: u8, binding: Binding, evaluate: impl FnOnce(&mut Self) -> T) -> T {
        self.bind(variable, binding);
        let value = evaluate(self);
        self.bindings.truncate(usize::from(variable));
        value
    }

    /// Evaluates a definition once and remembers it; a definition sees no variables.
    pub(super) fn remembered(
        &mut self,
        id: DefinitionId,
        evaluate: impl FnOnce(&mut Self, &'a Expression) -> Option<Remembered>,
    ) -> Option<Remembered> {
        let index = usize::from(id.0);
        if let Some(Some(value)) = self.memory.values.get(index) {
            return Some(value.clone());
        }
        let definition = self.book.definitions.get(index)?;
        let value = self.without_variables(|scene| evaluate(scene, &definition.value));
        if self.memory.values.len() <= index {
            self.memory.values.resize(index + 1, None);
        }
        if let Some(slot) = self.memory.values.get_mut(index) {
            slot.clone_from(&value);
        }
        value
    }

    /// Evaluates with no variable bound, and restores them.
    pub(super) fn without_variables<T>(&mut self, evaluate: impl FnOnce(&mut Self) -> T) -> T {
        let bindings = std::mem::take(&mut self.bindings);
        let value = evaluate(self);
        self.bindings = bindings;
        value
    }
}

/// Whether a slot's key stands in the JSON and is not `null`.
pub(super) fn is_present(slot: Slot) -> bool {
    !matches!(slot.value, SlotValue::Absent | SlotValue::Otherwise)
}
