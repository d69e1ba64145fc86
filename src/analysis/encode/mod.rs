//! The language's section 4 as propositional logic, a file a sort, beside the evaluator in `engine/evaluate/`.
//!
//! A condition becomes two literals, *true* and *false*, and is unknown where neither holds. Terms and sets are literals a
//! term, numbers and dates are linear forms, texts are cases. Where the encoding allows more than there is, a *slack* literal says
//! so: without any slack it is exact, and a proof that needs no slack to be closed speaks of all proposals.

mod condition;
mod court;
mod date;
mod finish;
mod list;
mod number;
mod portfolio;
mod set;
mod space;
mod span;
mod term;
mod text;
mod twin;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub(super) use self::condition::Kleene;
pub(super) use self::court::Judgement;
use self::date::DateValue;
use self::number::NumberValue;
use self::portfolio::Overlooked;
pub(super) use self::portfolio::{Looked, Overview};
use self::set::SetValue;
pub(super) use self::space::{Field, FieldKind, Row, RowId};
use self::term::TermValue;
use self::text::{Source, Test};
use self::twin::Twin;
pub(super) use self::twin::{counterpart, joined};
use super::arithmetic::{Arithmetic, Linear, VariableId};
use super::circuit::{Circuit, Literal};
use super::survey::{Spot, Survey, survey};
use super::texts::texts;
use crate::rulebook::expression::{Frame, Place};
use crate::rulebook::{Column, Constant, DefinitionId, Rulebook};
use crate::value::Number;

/// Why the encoding allows more than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Slack {
    /// A list may be longer than the rows that are laid out.
    Length(Spot),
    /// A text may be another one than those that were thought of.
    Text(Spot),
    /// The result of an operation is taken to be any number.
    Operation,
}

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// An element of a list.
    Row(RowId),
    /// A term.
    Term(u16),
    /// A member of a set of which nothing is known.
    Unknown,
}

/// What an expression is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Around {
    /// The proposal.
    pub proposal: RowId,
    /// The variables by number.
    pub bindings: Vec<Bound>,
}

impl Around {
    /// A proposal without variables.
    pub fn proposal(proposal: RowId) -> Self {
        Self { proposal, bindings: Vec::new() }
    }

    /// The same with a variable bound, and none beyond it.
    fn bound(&self, variable: u8, bound: Bound) -> Self {
        let mut around = self.clone();
        around.bindings.resize(usize::from(variable), Bound::Unknown);
        around.bindings.push(bound);
        around
    }
}

/// The value of a definition for a proposal.
#[derive(Debug, Clone)]
enum Remembered {
    Truth(Kleene),
    Number(NumberValue),
    Date(DateValue),
    Term(TermValue),
    Set(SetValue),
}

/// A value that is made once for the same parts, so that the same condition is the same literal wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Derived {
    Count(Vec<Literal>),
    Share(Literal, Linear),
    /// Whether it is the greatest, and the forms.
    Extreme(bool, Vec<(Literal, Linear)>),
    Average(Vec<(Literal, Linear)>),
    /// Whether it divides.
    Product(NumberValue, NumberValue, bool),
    /// Whether years are counted, and the days.
    Units(bool, Linear),
    Loosened(Literal, NumberValue),
    MoreRows(Literal, NumberValue),
    Length(Vec<(usize, Literal)>),
}

/// A year that follows from a date; comparisons of the one are comparisons of the other.
#[derive(Debug, Clone)]
struct YearLink {
    year: VariableId,
    day: Linear,
}

/// Everything that has been encoded.
#[derive(Debug)]
pub(super) struct Encoder<'b> {
    pub book: &'b Rulebook,
    pub circuit: Circuit,
    pub arithmetic: Arithmetic,
    pub survey: Survey,
    /// All rows; proposals are rows of table 0.
    pub rows: Vec<Row>,
    /// Literals that let the encoding be wider than what there is.
    pub slack: Vec<(Literal, Slack)>,
    texts: BTreeMap<Spot, Vec<Arc<str>>>,
    memory: HashMap<(u16, RowId), Remembered>,
    tests: BTreeMap<Source, Vec<(Test, Literal)>>,
    years: Vec<YearLink>,
    forms: HashMap<Derived, Linear>,
    numbers: HashMap<Derived, NumberValue>,
    further: HashMap<(Literal, Vec<Kleene>), Kleene>,
    twin: Option<Twin<'b>>,
    /// The aggregates of a portfolio directive, by number.
    overlooked: Vec<Overlooked>,
    /// Whether something was met of which nothing can be said, not even that it is unknown.
    is_vague: bool,
}

impl<'b> Encoder<'b> {
    pub fn new(book: &'b Rulebook) -> Self {
        Self::with(book, survey(book))
    }

    /// The same with a survey that looked at more than the pack.
    pub fn with(book: &'b Rulebook, survey: Survey) -> Self {
        Self {
            book,
            circuit: Circuit::new(),
            arithmetic: Arithmetic::default(),
            survey,
            rows: Vec::new(),
            slack: Vec::new(),
            texts: BTreeMap::new(),
            memory: HashMap::new(),
            tests: BTreeMap::new(),
            years: Vec::new(),
            forms: HashMap::new(),
            numbers: HashMap::new(),
            further: HashMap::new(),
            twin: None,
            overlooked: Vec::new(),
            is_vague: false,
        }
    }

    /// A literal that is true only where the encoding is wider than what there is.
    fn slack(&mut self, why: Slack) -> Literal {
        let literal = self.circuit.fresh();
        self.slack.push((literal, why));
        literal
    }

    /// The concrete texts of a field.
    pub fn texts_of(&mut self, spot: Spot) -> Vec<Arc<str>> {
        if let Some(known) = self.texts.get(&spot) {
            return known.clone();
        }
        let found: Vec<Arc<str>> = texts(self.book, &self.survey, spot).into_iter().map(Arc::from).collect();
        self.texts.insert(spot, found.clone());
        found
    }

    fn column(&self, place: &Place) -> Option<&'b Column> {
        self.book.shape.column(place.table, place.column)
    }

    /// The row whose fields a frame speaks of.
    fn row_of(&self, frame: Frame, around: &Around) -> Option<RowId> {
        match frame {
            Frame::Proposal => Some(around.proposal),
            Frame::Variable(variable) => match around.bindings.get(usize::from(variable)) {
                Some(Bound::Row(row)) => Some(*row),
                _ => None,
            },
        }
    }

    /// The field of a place, if its row is there.
    fn field(&self, place: &Place, around: &Around) -> Option<Field> {
        let row = self.rows.get(self.row_of(place.frame, around)?)?;
        row.fields.get(&place.column).cloned()
    }

    /// The value that stands in for an absent field, and where it does: not in a record that is absent itself.
    fn otherwise(&mut self, place: &Place, around: &Around) -> Option<(&'b Constant, Literal)> {
        let column = self.column(place)?;
        let constant = column.otherwise.as_ref()?;
        let row = self.rows.get(self.row_of(place.frame, around)?)?;
        let own = row.fields.get(&place.column)?.present;
        let outer = match column.parent {
            Some(parent) => row.fields.get(&parent)?.present,
            None => self.circuit.constant(true),
        };
        Some((constant, self.circuit.and([!own, outer])))
    }

    fn vocabulary_size(&self, vocabulary: crate::rulebook::VocabularyId) -> u16 {
        let terms = self.book.vocabularies.get(usize::from(vocabulary.0)).map_or(0, |one| one.terms.len());
        u16::try_from(terms).unwrap_or(u16::MAX)
    }

    fn partners(&self, relation: crate::rulebook::RelationId, term: u16) -> Vec<u16> {
        let relation = self.book.relations.get(usize::from(relation.0));
        let partners = relation.and_then(|relation| relation.partners.get(usize::from(term)));
        partners.map(|partners| partners.iter().collect()).unwrap_or_default()
    }

    fn definition(&self, id: DefinitionId) -> Option<&'b crate::rulebook::Definition> {
        self.book.definitions.get(usize::from(id.0))
    }

    fn below(&mut self, a: &Linear, b: &Linear) -> Literal {
        self.arithmetic.below(&mut self.circuit, a, true, b)
    }

    fn at_most(&mut self, a: &Linear, b: &Linear) -> Literal {
        self.arithmetic.below(&mut self.circuit, a, false, b)
    }

    /// Where the literal holds, the two are equal.
    fn equal_if(&mut self, given: Literal, a: &Linear, b: &Linear) {
        let (up, down) = (self.at_most(a, b), self.at_most(b, a));
        self.circuit.implies(given, up);
        self.circuit.implies(given, down);
    }

    /// A whole number that is as many as the literals that hold.
    fn counted(&mut self, literals: &[Literal]) -> Linear {
        let literals: Vec<Literal> = literals.iter().copied().filter(|one| !self.circuit.is_false(*one)).collect();
        if literals.is_empty() {
            return Linear::constant(Number::ZERO);
        }
        let key = Derived::Count(literals.clone());
        if let Some(known) = self.forms.get(&key) {
            return known.clone();
        }
        let counts = self.circuit.at_least(&literals, self.survey.counted);
        let number = Linear::variable(self.arithmetic.variable(true, Number::ZERO));
        for (count, reached) in (1..).zip(&counts) {
            let at_least = self.at_most(&Linear::constant(Number::whole(count)), &number);
            self.circuit.equal(at_least, *reached);
        }
        let most = Number::whole(i64::try_from(literals.len()).unwrap_or(i64::MAX));
        let in_bounds = [(Linear::constant(Number::ZERO), number.clone()), (number.clone(), Linear::constant(most))];
        for (low, high) in in_bounds {
            let holds = self.at_most(&low, &high);
            self.circuit.clause(&[holds]);
        }
        self.forms.insert(key, number.clone());
        number
    }
}
