//! What a pack reads of a proposal, and what it compares texts and counts with. Only what is read becomes part of the space.

use std::collections::{BTreeMap, BTreeSet};

use crate::rulebook::expression::{
    Condition, ConditionKind, Expression, NumberExpression, NumberKind, Place, TermExpression, TextExpression, TextKind,
};
use crate::rulebook::places::{Visitor, Walk};
use crate::rulebook::{ColumnId, PortfolioDirective, Required, Rulebook, TableId};
use crate::syntax::tree::TextTest;
use crate::value::Number;

/// A column of a table.
pub(super) type Spot = (TableId, ColumnId);

/// The most terms whose codes or labels are taken as hints.
const MOST_SPELLINGS: usize = 400;

/// The highest count that is told apart from all greater ones.
const MOST_COUNTED: usize = 24;

/// Something that a text is compared with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    /// `is`
    Whole(String),
    /// `is exactly`
    Exactly(String),
    /// `starts with`
    Start(String),
    /// `ends with`
    End(String),
    /// `contains`
    Within(String),
    /// `matches`
    Pattern(String),
    /// `characters A to B of T is`
    Slice(u32, u32, String),
    /// `length of` against a number
    Length(u32),
    /// `is empty`
    Empty,
    /// Compared with the text of another column.
    Like(Spot),
}

/// What the expressions of a pack ask for.
#[derive(Debug, Clone, Default)]
pub(super) struct Survey {
    /// The columns that are read, with those around them.
    pub read: BTreeSet<Spot>,
    /// What texts are compared with.
    pub hints: BTreeMap<Spot, BTreeSet<Hint>>,
    /// How far counting has to go.
    pub counted: usize,
}

/// Looks through all that is judged.
pub(super) fn survey(book: &Rulebook) -> Survey {
    let mut surveyor = Surveyor { book, found: Survey { counted: 3, ..Survey::default() } };
    for directive in &book.directives {
        surveyor.conditions(directive.conditions());
    }
    for table in &book.shape.tables {
        for column in &table.columns {
            if let Required::When(condition) = &column.required {
                surveyor.conditions([condition.as_ref()]);
            }
        }
    }
    for directive in &book.portfolio {
        surveyor.portfolio(directive);
    }
    let mut found = surveyor.found;
    for (table, column) in found.read.clone() {
        add_around(book, &mut found.read, table, column);
    }
    found
}

/// Adds the records and lists that hold a column.
fn add_around(book: &Rulebook, read: &mut BTreeSet<Spot>, table: TableId, column: ColumnId) {
    read.insert((table, column));
    if let Some(parent) = book.shape.column(table, column).and_then(|column| column.parent) {
        add_around(book, read, table, parent);
    }
    if let Some((outer, list)) = book.shape.table(table).and_then(|table| table.list) {
        add_around(book, read, outer, list);
    }
}

struct Surveyor<'b> {
    book: &'b Rulebook,
    found: Survey,
}

impl<'b> Surveyor<'b> {
    fn conditions<'c>(&mut self, conditions: impl IntoIterator<Item = &'c Condition>) {
        let definitions = &self.book.definitions;
        let mut walk = Walk { definitions, visitor: self };
        conditions.into_iter().for_each(|condition| walk.condition(condition));
    }

    fn portfolio(&mut self, directive: &PortfolioDirective) {
        let definitions = &self.book.definitions;
        Walk { definitions, visitor: self }.portfolio(directive);
    }

    fn hint(&mut self, spot: Spot, hint: Hint) {
        self.found.hints.entry(spot).or_default().insert(hint);
    }

    /// Both operands of a comparison of texts.
    fn texts(&mut self, a: &TextExpression, b: &TextExpression, hint: &dyn Fn(String) -> Hint) {
        for (one, other) in [(a, b), (b, a)] {
            let Some((spot, slice)) = self.field_of(one) else { continue };
            if let Some((like, _)) = self.field_of(other) {
                self.hint(spot, Hint::Like(like));
            }
            for text in self.constants(other) {
                let hint = match slice {
                    Some((from, to)) => Hint::Slice(from, to, text),
                    None => hint(text),
                };
                self.hint(spot, hint);
            }
        }
    }

    /// The column that a text is taken from, and which of its characters.
    fn field_of(&self, text: &TextExpression) -> Option<(Spot, Option<(u32, u32)>)> {
        match &text.kind {
            TextKind::Field(place) => Some(((place.table, place.column), None)),
            TextKind::CharactersOf(from, to, of) => match self.field_of(of)? {
                (spot, None) => Some((spot, Some((*from, *to)))),
                (spot, Some((outer, _))) => Some((spot, Some((outer + from - 1, outer + to - 1)))),
            },
            TextKind::Definition(id) => match &self.book.definitions.get(usize::from(id.0))?.value {
                Expression::Text(text) => self.field_of(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The texts that an operand may be, where they do not come from the proposal.
    fn constants(&self, text: &TextExpression) -> Vec<String> {
        match &text.kind {
            TextKind::Constant(text, _) => vec![text.clone()],
            TextKind::CodeOf(term) => self.spellings(term, true),
            TextKind::LabelOf(term) => self.spellings(term, false),
            TextKind::CharactersOf(from, to, of) => {
                let (skip, take) = (from.saturating_sub(1) as usize, (to + 1).saturating_sub(*from) as usize);
                let texts = self.constants(of);
                texts.iter().map(|text| text.chars().skip(skip).take(take).collect()).collect()
            },
            TextKind::Definition(id) => match self.book.definitions.get(usize::from(id.0)).map(|one| &one.value) {
                Some(Expression::Text(text)) => self.constants(text),
                _ => Vec::new(),
            },
            TextKind::Field(_) | TextKind::Key => Vec::new(),
        }
    }

    fn spellings(&self, term: &TermExpression, code: bool) -> Vec<String> {
        let vocabulary = self.book.vocabularies.get(usize::from(term.vocabulary.0));
        let terms = vocabulary.into_iter().flat_map(|vocabulary| &vocabulary.terms).take(MOST_SPELLINGS);
        let spelling = terms.map(|term| match (code, term.label.0.first()) {
            (true, _) => term.code.clone(),
            (false, Some(Some(label))) => Some(label.clone()),
            (false, _) => Some(term.name.clone()),
        });
        spelling.flatten().collect()
    }

    fn length(&mut self, number: &NumberExpression, other: &NumberExpression) {
        let NumberKind::LengthOf(text) = &number.kind else { return };
        let (Some((spot, _)), NumberKind::Constant(value, _)) = (self.field_of(text), &other.kind) else { return };
        let (numerator, denominator) = value.parts();
        if let Ok(length) = u32::try_from(numerator / denominator) {
            for length in [length.saturating_sub(1), length, length.saturating_add(1)] {
                self.hint(spot, Hint::Length(length));
            }
        }
    }
}

impl Visitor for Surveyor<'_> {
    fn place(&mut self, place: &Place) {
        self.found.read.insert((place.table, place.column));
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::TextIs(_, a, b) => self.texts(a, b, &Hint::Whole),
            ConditionKind::TextIsExactly(_, a, b) => self.texts(a, b, &Hint::Exactly),
            ConditionKind::TextTest(test, a, b) => self.texts(
                a,
                b,
                match test {
                    TextTest::StartsWith => &Hint::Start,
                    TextTest::EndsWith => &Hint::End,
                    TextTest::Contains => &Hint::Within,
                },
            ),
            ConditionKind::Matches(text, pattern) => {
                if let Some((spot, _)) = self.field_of(text) {
                    self.hint(spot, Hint::Pattern(pattern.as_str().to_owned()));
                }
            },
            ConditionKind::TextEmpty(_, text) => {
                if let Some((spot, _)) = self.field_of(text) {
                    self.hint(spot, Hint::Empty);
                }
            },
            ConditionKind::Numbers(_, a, b) => {
                self.length(a, b);
                self.length(b, a);
            },
            ConditionKind::NumberBetween(operands) => {
                let [value, low, high] = operands.as_ref();
                self.length(value, low);
                self.length(value, high);
            },
            _ => {},
        }
    }

    /// Whole numbers without a dimension may be what a count is compared with.
    fn number(&mut self, number: &NumberExpression) {
        if let (NumberKind::Constant(value, _), None) = (&number.kind, number.dimension) {
            let (numerator, denominator) = value.parts();
            let above = numerator.checked_div(denominator).and_then(|whole| usize::try_from(whole + 2).ok());
            if let Some(above) = above.filter(|above| *above <= MOST_COUNTED && *value >= Number::ZERO) {
                self.found.counted = self.found.counted.max(above);
            }
        }
    }
}
