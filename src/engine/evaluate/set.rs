//! Sets of terms.

use std::borrow::Cow;

use super::{Remembered, Scene};
use crate::engine::record::SlotValue;
use crate::engine::truth::Truth;
use crate::engine::value::{More, SetValue, TermValue};
use crate::rulebook::expression::{Expression, Place, SetExpression, SetKind, TermExpression};
use crate::rulebook::{Constant, RelationId};
use crate::value::TermSet;

impl<'a> Scene<'a> {
    /// The set that an expression stands for; `None` if it is wholly unknown.
    pub fn set(&mut self, set: &'a SetExpression) -> Option<SetValue<'a>> {
        match &set.kind {
            SetKind::Constant(terms) => Some(SetValue::complete(Cow::Borrowed(terms))),
            SetKind::Literal(terms) => Some(self.literal(terms)),
            SetKind::Field(place) => self.set_field(place),
            SetKind::Lookup(relation, argument) => match self.term(argument) {
                TermValue::Unknown => None,
                TermValue::NoTerm => Some(SetValue::complete(Cow::Owned(TermSet::new()))),
                TermValue::Term(term) => Some(SetValue::complete(Cow::Borrowed(self.partners(*relation, term)?))),
            },
            SetKind::LookupAll(relation, argument) => {
                let argument = self.set(argument)?;
                let mut known = TermSet::new();
                for term in argument.known.iter() {
                    known.unite(self.partners(*relation, term)?);
                }
                let more = if argument.more == More::Nothing { More::Nothing } else { More::Anything };
                Some(SetValue { known: Cow::Owned(known), more })
            },
            SetKind::Definition(id) => {
                let value = self.remembered(*id, |scene, value| match value {
                    Expression::Set(set) => {
                        Some(Remembered::Set(scene.set(set).map(|set| (set.known.into_owned(), set.more))))
                    },
                    _ => None,
                });
                match value {
                    Some(Remembered::Set(Some((known, more)))) => Some(SetValue { known: Cow::Owned(known), more }),
                    _ => None,
                }
            },
        }
    }

    /// Both sets through a test; unknown if one is wholly unknown.
    pub(super) fn sets(
        &mut self,
        a: &'a SetExpression,
        b: &'a SetExpression,
        test: impl FnOnce(&SetValue<'a>, &SetValue<'a>) -> Truth,
    ) -> Truth {
        let (a, b) = (self.set(a), self.set(b));
        a.zip(b).map_or(Truth::Unknown, |(a, b)| test(&a, &b))
    }

    /// `{a, X, …}`: an unknown element is an unknown member; no term adds nothing.
    fn literal(&mut self, terms: &'a [TermExpression]) -> SetValue<'a> {
        let mut known = TermSet::new();
        let mut unknown = 0;
        for term in terms {
            match self.term(term) {
                TermValue::Term(term) => {
                    known.insert(term);
                },
                TermValue::NoTerm => {},
                TermValue::Unknown => unknown += 1,
            }
        }
        SetValue { known: Cow::Owned(known), more: spellings(unknown) }
    }

    fn set_field(&self, place: &Place) -> Option<SetValue<'a>> {
        match self.slot(place).value {
            SlotValue::Set(number) => {
                let set = self.record.sets.get(number as usize)?;
                Some(SetValue { known: Cow::Borrowed(&set.known), more: spellings(set.unknown) })
            },
            SlotValue::Otherwise => match self.otherwise(place)? {
                Constant::Set(terms) => Some(SetValue::complete(Cow::Borrowed(terms))),
                _ => None,
            },
            _ => None,
        }
    }

    fn partners(&self, relation: RelationId, term: u16) -> Option<&'a TermSet> {
        self.book.relations.get(usize::from(relation.0))?.partners.get(usize::from(term))
    }
}

fn spellings(unknown: u32) -> More {
    if unknown == 0 { More::Nothing } else { More::Spellings(unknown) }
}
