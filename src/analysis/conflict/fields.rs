//! Which fields directives speak of: those that a requirement reads, and those that a `when` reads.

use std::collections::BTreeSet;

use crate::analysis::survey::Spot;
use crate::rulebook::expression::{Frame, Place};
use crate::rulebook::places::{Visitor, Walk};
use crate::rulebook::{ColumnId, Rulebook, TableId};

/// Fields of the proposal that some `when` reads.
pub(super) fn fields_asked(book: &Rulebook) -> BTreeSet<ColumnId> {
    let mut asked = Asked(BTreeSet::new());
    let mut walk = Walk { definitions: &book.definitions, visitor: &mut asked };
    for directive in &book.directives {
        directive.when.iter().for_each(|when| walk.condition(when));
    }
    asked.0
}

/// The fields that a requirement reads.
pub(super) fn fields_required(book: &Rulebook, number: usize) -> BTreeSet<Spot> {
    let mut read = Read(BTreeSet::new());
    let mut walk = Walk { definitions: &book.definitions, visitor: &mut read };
    book.directives.get(number).into_iter().for_each(|directive| walk.condition(&directive.requirement));
    read.0
}

struct Read(BTreeSet<Spot>);

impl Visitor for Read {
    fn place(&mut self, place: &Place) {
        self.0.insert((place.table, place.column));
    }
}

/// Fields of the proposal itself, and not of the elements of a list.
struct Asked(BTreeSet<ColumnId>);

impl Visitor for Asked {
    fn place(&mut self, place: &Place) {
        if place.frame == Frame::Proposal && place.table == TableId(0) {
            self.0.insert(place.column);
        }
    }
}
