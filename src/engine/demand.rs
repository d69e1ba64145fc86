//! What a condition demands of one field for not being false.

use std::collections::{BTreeMap, BTreeSet};

use crate::rulebook::expression::{
    Condition, ConditionKind, Expression, Frame, Place, SetKind, TermKind, TextExpression, TextKind,
};
use crate::rulebook::{ColumnId, DefinitionId, Rulebook};
use crate::value::TermSet;

/// A field of the proposal that must be, or include, one of these for a condition not to be false.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    pub column: ColumnId,
    pub wanted: Wanted,
}

/// What a field must be, or include.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    /// One of these terms.
    Terms(TermSet),
    /// One of these texts, as written.
    Texts(BTreeSet<String>),
    /// A text that folds to one of these.
    Folded(BTreeSet<String>),
}

impl Wanted {
    fn len(&self) -> usize {
        match self {
            Self::Terms(terms) => terms.len() as usize,
            Self::Texts(texts) | Self::Folded(texts) => texts.len(),
        }
    }

    /// Adds what another demand of the same sort wants; false if it is of another sort.
    fn unite(&mut self, other: Self) -> bool {
        match (self, other) {
            (Self::Terms(mine), Self::Terms(theirs)) => mine.unite(&theirs),
            (Self::Texts(mine), Self::Texts(theirs)) | (Self::Folded(mine), Self::Folded(theirs)) => {
                mine.extend(theirs)
            },
            _ => return false,
        }
        true
    }
}

/// Finds demands. That of a definition is found once, however often it is named, so that definitions that double cost no
/// more than their number.
pub(super) struct DemandFinder<'b> {
    book: &'b Rulebook,
    of_definitions: BTreeMap<DefinitionId, Option<Demand>>,
}

impl<'b> DemandFinder<'b> {
    /// For the conditions of a pack.
    pub(super) fn new(book: &'b Rulebook) -> Self {
        Self { book, of_definitions: BTreeMap::new() }
    }

    /// The demand of a condition that fewest terms or texts meet.
    pub(super) fn find(&mut self, condition: &Condition) -> Option<Demand> {
        match &condition.kind {
            ConditionKind::And(parts) => {
                let demands = parts.iter().filter_map(|part| self.find(part));
                demands.min_by_key(|demand| demand.wanted.len())
            },
            ConditionKind::Or(parts) => {
                let mut demands = parts.iter().map(|part| self.find(part));
                let mut union = demands.next()??;
                for demand in demands {
                    let demand = demand.filter(|demand| demand.column == union.column)?;
                    union.wanted.unite(demand.wanted).then_some(())?;
                }
                Some(union)
            },
            ConditionKind::Definition(id) => self.of_definition(*id),
            ConditionKind::TextIs(..) | ConditionKind::TextIsExactly(..) | ConditionKind::Matches(..) => {
                Demand::of_text(&condition.kind)
            },
            kind => Demand::of_terms(kind),
        }
    }

    fn of_definition(&mut self, id: DefinitionId) -> Option<Demand> {
        if let Some(known) = self.of_definitions.get(&id) {
            return known.clone();
        }
        let found = match &self.book.definitions.get(usize::from(id.0))?.value {
            Expression::Condition(condition) => self.find(condition),
            _ => None,
        };
        self.of_definitions.insert(id, found.clone());
        found
    }
}

impl Demand {
    fn of_terms(kind: &ConditionKind) -> Option<Self> {
        let demand = |place: &Place, terms: TermSet| Self::new(place, Wanted::Terms(terms));
        let one = |term: u16| std::iter::once(term).collect::<TermSet>();
        match kind {
            ConditionKind::TermIs(true, a, b) => match (&a.kind, &b.kind) {
                (TermKind::Field(place), TermKind::Constant(term))
                | (TermKind::Constant(term), TermKind::Field(place)) => demand(place, one(*term)),
                _ => None,
            },
            ConditionKind::TermIn(true, term, set) => match (&term.kind, &set.kind) {
                (TermKind::Field(place), SetKind::Constant(terms)) => demand(place, terms.clone()),
                (TermKind::Constant(term), SetKind::Field(place)) => demand(place, one(*term)),
                _ => None,
            },
            ConditionKind::IncludeAny(a, b) => match (&a.kind, &b.kind) {
                (SetKind::Field(place), SetKind::Constant(terms))
                | (SetKind::Constant(terms), SetKind::Field(place)) => demand(place, terms.clone()),
                _ => None,
            },
            ConditionKind::IncludeAll(a, b) => match (&a.kind, &b.kind) {
                (SetKind::Field(place), SetKind::Constant(terms)) => demand(place, one(terms.iter().next()?)),
                _ => None,
            },
            _ => None,
        }
    }

    fn of_text(kind: &ConditionKind) -> Option<Self> {
        match kind {
            ConditionKind::Matches(text, pattern) => {
                Self::new(field(text)?, Wanted::Texts(pattern.texts()?.iter().cloned().collect()))
            },
            ConditionKind::TextIsExactly(true, a, b) => {
                let (place, (written, _)) = compared(a, b)?;
                Self::new(place, Wanted::Texts(std::iter::once(written.to_owned()).collect()))
            },
            ConditionKind::TextIs(true, a, b) => {
                let (place, (_, folded)) = compared(a, b)?;
                Self::new(place, Wanted::Folded(std::iter::once(folded.to_owned()).collect()))
            },
            _ => None,
        }
    }

    fn new(place: &Place, wanted: Wanted) -> Option<Self> {
        (place.frame == Frame::Proposal).then_some(Self { column: place.column, wanted })
    }
}

fn field(text: &TextExpression) -> Option<&Place> {
    match &text.kind {
        TextKind::Field(place) => Some(place),
        _ => None,
    }
}

/// A field and the constant that it is compared with, as written and folded.
fn compared<'a>(a: &'a TextExpression, b: &'a TextExpression) -> Option<(&'a Place, (&'a str, &'a str))> {
    let constant = |text: &'a TextExpression| match &text.kind {
        TextKind::Constant(written, folded) => Some((written.as_str(), folded.as_str())),
        _ => None,
    };
    field(a).zip(constant(b)).or_else(|| field(b).zip(constant(a)))
}
