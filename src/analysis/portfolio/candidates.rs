//! Proposals that the aggregates of a portfolio directive tell apart.

use std::collections::BTreeSet;

use crate::analysis::circuit::Literal;
use crate::analysis::document::Document;
use crate::analysis::encode::Looked;
use crate::analysis::prover::{Evidence, Prover};
use crate::rulebook::expression::{NumberExpression, NumberKind, Place};
use crate::rulebook::places::{Visitor, Walk};
use crate::rulebook::{ColumnId, ForEach, PortfolioDirective, Rulebook};

/// How many ways to answer the aggregates' conditions are looked at.
const MOST_WAYS: usize = 24;

/// The highest number of like proposals that is tried.
const MOST_TIMES: usize = 26;

/// A proposal for each way in which the aggregates may look at one, as far as there is such.
pub(super) fn candidates(prover: &mut Prover<'_>, looked: &[Looked], keys: &[ColumnId]) -> Vec<Document> {
    let mut ways: Vec<Vec<Literal>> = vec![Vec::new()];
    for one in looked {
        let mut longer = Vec::new();
        for way in &ways {
            longer.extend(answers(one).into_iter().map(|answer| [way.as_slice(), &answer].concat()));
        }
        ways = longer;
        ways.truncate(MOST_WAYS);
    }
    let row = prover.encoder.rows.get(prover.proposal);
    let present = keys.iter().filter_map(|key| Some(row?.fields.get(key)?.present)).collect::<Vec<_>>();
    let mut found: Vec<Document> = Vec::new();
    for way in ways {
        let goal = [way, present.clone()].concat();
        if let Evidence::Witness(witness) = prover.sketch(&goal)
            && !found.contains(&witness.proposal)
        {
            found.push(witness.proposal);
        }
    }
    found
}

/// Counted and so inside, counted and not so inside, not counted.
fn answers(looked: &Looked) -> Vec<Vec<Literal>> {
    let mut answers = match looked.inside {
        Some(inside) => vec![vec![looked.kept.yes, inside.yes], vec![looked.kept.yes, inside.no]],
        None => vec![vec![looked.kept.yes]],
    };
    answers.push(vec![looked.kept.no]);
    answers
}

/// The fields of the proposal that make a group's key.
pub(super) fn key_columns(directive: &PortfolioDirective) -> Vec<ColumnId> {
    match &directive.for_each {
        ForEach::Group(keys) => keys.iter().filter_map(|key| key.column).collect(),
        ForEach::Nothing | ForEach::Term(..) => Vec::new(),
    }
}

/// How many like proposals may matter: one to three, and about as many as the directive's conditions say.
pub(super) fn thresholds(book: &Rulebook, directive: &PortfolioDirective) -> BTreeSet<usize> {
    let mut counted = Counted(BTreeSet::from([1, 2, 3]));
    let mut walk = Walk { definitions: &book.definitions, visitor: &mut counted };
    directive.conditions().for_each(|condition| walk.condition(condition));
    counted.0
}

struct Counted(BTreeSet<usize>);

impl Visitor for Counted {
    fn place(&mut self, _place: &Place) {}

    fn number(&mut self, number: &NumberExpression) {
        if let (NumberKind::Constant(value, _), None) = (&number.kind, number.dimension) {
            let (numerator, denominator) = value.parts();
            let whole = numerator.checked_div(denominator).and_then(|whole| usize::try_from(whole).ok());
            let near = whole.into_iter().flat_map(|whole| [whole, whole + 1]);
            self.0.extend(near.filter(|times| (1..=MOST_TIMES).contains(times)));
        }
    }
}
