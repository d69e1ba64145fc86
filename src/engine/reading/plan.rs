//! What the reader works out of a shape once, before the first proposal.

use super::lookup::{Lookup, Spellings};
use crate::engine::json::ExpectedKey;
use crate::rulebook::{Column, ColumnId, ColumnKind, DimensionId, Required, Rulebook, Table, VocabularyId};
use crate::value::Number;

/// Everything that reading looks up.
#[derive(Debug, Clone)]
pub(super) struct Plan<'b> {
    pub tables: Vec<TablePlan<'b>>,
    pub vocabularies: Vec<Spellings>,
    pub dimensions: Vec<Spellings>,
    /// The sizes of the units of each dimension.
    pub scales: Vec<Vec<Number>>,
    /// The keys of a quantity that is an object: `amount` and `unit`, in this order.
    pub quantity: Keys,
    /// How many numbers [`Keys::first_state`] gives out.
    pub states: usize,
}

/// A table of the shape.
#[derive(Debug, Clone)]
pub(super) struct TablePlan<'b> {
    pub columns: &'b [Column],
    /// The object that a row is; `None` if rows are no records.
    pub row: Option<ObjectPlan<'b>>,
    /// The object that a column is, by column; `None` for all but records.
    pub records: Vec<Option<ObjectPlan<'b>>>,
    /// Whether some field of a row, or of a list within it, is required under a condition.
    pub has_conditions: bool,
}

/// An object whose keys are declared.
#[derive(Debug, Clone)]
pub(super) struct ObjectPlan<'b> {
    pub keys: Keys,
    /// Its fields, in declared order.
    pub fields: Vec<FieldPlan<'b>>,
    /// The fields to which something happens if they are absent, by their place in `fields`.
    pub absent: Vec<(u16, Absence)>,
    /// The columns below its fields' records, which are emptied if the object is read in vain.
    pub below: Vec<ColumnId>,
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldPlan<'b> {
    pub id: ColumnId,
    pub column: &'b Column,
    pub quick: Quick,
}

/// How a value that is as it should be can be read on the short way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quick {
    /// A text of at most so many bytes.
    Text(u32),
    Term(VocabularyId),
    Set(VocabularyId),
    Quantity(DimensionId),
    Number,
    Date,
    Boolean,
    /// It cannot.
    Never,
}

impl Quick {
    fn of(column: &Column) -> Self {
        match column.kind {
            ColumnKind::Text if column.matching.is_some() => Self::Never,
            ColumnKind::Text => match column.characters {
                (None, most) => Self::Text(most.unwrap_or(u32::MAX)),
                _ => Self::Never,
            },
            ColumnKind::Number | ColumnKind::Integer => Self::Number,
            ColumnKind::Boolean => Self::Boolean,
            ColumnKind::Date if column.at_least.is_some() || column.at_most.is_some() => Self::Never,
            ColumnKind::Date => Self::Date,
            ColumnKind::Quantity(dimension) => Self::Quantity(dimension),
            ColumnKind::Term(vocabulary) => Self::Term(vocabulary),
            ColumnKind::Set(vocabulary) => Self::Set(vocabulary),
            ColumnKind::List(_) | ColumnKind::Record(_) => Self::Never,
        }
    }
}

/// What happens to a field that is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    /// It is reported.
    Reported,
    /// Its `otherwise` stands in its place.
    Replaced,
}

/// The keys of an object, by number.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    pub all: Vec<Key>,
    pub lookup: Lookup,
    /// The number under which it is remembered which key came first; of the key with number k, which came next, plus 1 + k.
    pub first_state: usize,
}

/// A key.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub name: String,
    pub expected: ExpectedKey,
    /// The place of its field in the object's fields.
    pub field: u16,
}

impl<'b> Plan<'b> {
    pub(super) fn new(book: &'b Rulebook) -> Self {
        let mut states = 0;
        let quantity = Keys::new([("amount", 0), ("unit", 1)].into_iter(), &mut states);
        let mut tables: Vec<_> = book.shape.tables.iter().map(|table| TablePlan::new(table, &mut states)).collect();
        mark_conditions(&mut tables, &book.shape.tables);
        Self {
            tables,
            vocabularies: book.vocabularies.iter().map(Spellings::of_terms).collect(),
            dimensions: book.dimensions.iter().map(Spellings::of_units).collect(),
            scales: book
                .dimensions
                .iter()
                .map(|dimension| dimension.units.iter().map(|unit| unit.scale).collect())
                .collect(),
            quantity,
            states,
        }
    }
}

/// A table around one with conditions has to be gone through too.
fn mark_conditions(plans: &mut [TablePlan<'_>], tables: &[Table]) {
    for number in 0..tables.len() {
        let mut at = plans.get(number).filter(|plan| plan.has_conditions).map(|_| number);
        while let Some(around) = at.and_then(|at| tables.get(at)).and_then(|table| table.list) {
            let around = usize::from(around.0.0);
            match plans.get_mut(around) {
                Some(plan) if !plan.has_conditions => plan.has_conditions = true,
                _ => break,
            }
            at = Some(around);
        }
    }
}

impl<'b> TablePlan<'b> {
    fn new(table: &'b Table, states: &mut usize) -> Self {
        let row = table.is_record.then(|| ObjectPlan::new(table, &table.fields, states));
        let records = table.columns.iter().map(|column| match &column.kind {
            ColumnKind::Record(fields) => Some(ObjectPlan::new(table, fields, states)),
            _ => None,
        });
        let has_conditions = table.columns.iter().any(|column| matches!(column.required, Required::When(_)));
        Self { columns: &table.columns, row, records: records.collect(), has_conditions }
    }
}

impl<'b> ObjectPlan<'b> {
    fn new(table: &'b Table, fields: &[ColumnId], states: &mut usize) -> Self {
        let fields: Vec<_> = fields
            .iter()
            .filter_map(|id| table.column(*id).map(|column| FieldPlan { id: *id, column, quick: Quick::of(column) }))
            .collect();
        let columns = || (0..).zip(fields.iter().map(|field| field.column));
        let names = columns().map(|(place, column)| (column.name.as_str(), place));
        let further = columns().flat_map(|(place, column)| column.keys.iter().map(move |key| (key.as_str(), place)));
        let absent = columns().filter_map(|(place, column)| match (&column.required, &column.otherwise) {
            (Required::Yes, _) => Some((place, Absence::Reported)),
            (_, Some(_)) => Some((place, Absence::Replaced)),
            _ => None,
        });
        Self {
            keys: Keys::new(names.chain(further), states),
            absent: absent.collect(),
            below: below(table, &fields),
            fields,
        }
    }
}

/// The fields and everything below them.
fn below(table: &Table, fields: &[FieldPlan<'_>]) -> Vec<ColumnId> {
    let mut all = Vec::new();
    let mut open: Vec<_> = fields.iter().map(|field| field.id).collect();
    while let Some(id) = open.pop() {
        all.push(id);
        if let Some(ColumnKind::Record(fields)) = table.column(id).map(|column| &column.kind) {
            open.extend(fields);
        }
    }
    all
}

impl Keys {
    fn new<'s>(keys: impl Iterator<Item = (&'s str, u16)>, states: &mut usize) -> Self {
        let all: Vec<_> =
            keys.map(|(name, field)| Key { name: name.to_owned(), expected: ExpectedKey::new(name), field }).collect();
        let first_state = *states;
        *states += all.len() + 1;
        let lookup = Lookup::new(all.iter().zip(0..).map(|(key, number)| (key.name.as_str(), number)));
        Self { all, lookup, first_state }
    }
}
