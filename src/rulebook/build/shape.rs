//! The `proposal` item: records laid flat, lists as tables.

use std::collections::BTreeMap;

use super::super::model::{Vocabulary, VocabularyId};
use super::super::shape::{Column, ColumnId, ColumnKind, Required, Shape, Table, TableId};
use super::citation::Library;
use super::names::Names;
use super::unknown::{unknown_type, unknown_vocabulary};
use super::vocabulary::{duplicate, terms};
use super::{limits, options, texts};
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{self, Expression, Field, FieldType};
use crate::text::Span;
use crate::text::display::shown;

/// A `required when` that waits for the definitions.
pub(super) struct Pending<'t> {
    pub(super) table: TableId,
    pub(super) column: ColumnId,
    /// The rows around, from the outermost list to the field's own; empty for the proposal's own fields.
    pub(super) rows: Vec<TableId>,
    pub(super) condition: &'t Expression,
}

/// Builds the shape into `names`, and its `one of` vocabularies beside the others.
pub(super) struct Builder<'a, 't> {
    pub(super) names: &'a mut Names,
    pub(super) library: &'a Library<'a>,
    pub(super) pending: Vec<Pending<'t>>,
    pub(super) sink: &'a mut Vec<Diagnostic>,
    count: usize,
}

/// Where a field stands.
#[derive(Clone)]
struct Around {
    table: TableId,
    parent: Option<ColumnId>,
    pointer: String,
    rows: Vec<TableId>,
    depth: usize,
}

impl<'a, 't> Builder<'a, 't> {
    pub(super) fn new(names: &'a mut Names, library: &'a Library<'a>, sink: &'a mut Vec<Diagnostic>) -> Self {
        Self { names, library, pending: Vec::new(), sink, count: 0 }
    }

    /// The whole proposal.
    pub(super) fn proposal(&mut self, item: &'t tree::Proposal) {
        self.names.shape = Shape { tables: vec![Table { is_record: true, ..Table::default() }] };
        let around = Around { table: TableId(0), parent: None, pointer: String::new(), rows: Vec::new(), depth: 0 };
        let fields = self.record(&around, &item.fields);
        if let Some(table) = self.names.shape.tables.first_mut() {
            table.fields = fields;
        }
        if self.count > limits::FIELDS {
            let span = Span { end: item.span.start, ..item.span };
            self.sink.push(limits::too_large(span, "the proposal", limits::FIELDS, "fields"));
        }
    }

    /// The fields of a record, and the columns that they make.
    fn record(&mut self, around: &Around, fields: &'t [Field]) -> Vec<ColumnId> {
        let mut keys: BTreeMap<&'t str, Span> = BTreeMap::new();
        let mut out = Vec::new();
        for field in fields {
            self.count += 1;
            if self.count > limits::FIELDS {
                break;
            }
            if let Some(first) = keys.get(field.name.text.as_str()) {
                self.sink.push(duplicate(&field.name.text, (field.name.span, "field"), (*first, "field")));
                self.names.leave_out(field.span);
                continue;
            }
            keys.insert(&field.name.text, field.name.span);
            match self.field(around, field) {
                Some(column) => out.push(column),
                None => {
                    self.names.broken.insert(field.name.text.clone());
                },
            }
        }
        self.check_keys(keys, fields);
        out
    }

    /// A JSON key may stand for one field of a record only.
    fn check_keys(&mut self, mut keys: BTreeMap<&'t str, Span>, fields: &'t [Field]) {
        for field in fields {
            for key in field.options.iter().filter_map(|option| match option {
                tree::FieldOption::Key(key, _) => Some(key),
                _ => None,
            }) {
                if let Some(first) = keys.get(key.value.as_str()) {
                    self.sink.push(duplicate(&key.value, (key.span, "key"), (*first, "key")));
                } else {
                    keys.insert(&key.value, key.span);
                }
            }
        }
    }

    fn field(&mut self, around: &Around, field: &'t Field) -> Option<ColumnId> {
        let pointer = format!("{}/{}", around.pointer, field.name.text);
        let label = texts(self.names, &field.label, self.sink);
        let around = Around { pointer, ..around.clone() };
        let column = Column { label, ..column(&field.name.text, &around, field.span) };
        let id = self.column(&around, column, &field.kind, &field.name, field.kind_span)?;
        options::apply(self, (around.table, id), &around.rows, field);
        Some(id)
    }

    /// Adds a column of that type, the columns of its record, or the table of its list.
    fn column(
        &mut self,
        around: &Around,
        column: Column,
        kind: &'t FieldType,
        name: &'t tree::Name,
        kind_span: Span,
    ) -> Option<ColumnId> {
        if around.depth > limits::FIELD_DEPTH || around.rows.len() > limits::LIST_DEPTH {
            if self.names.is_broken(&name.text) {
                return None;
            }
            let message = format!("`{}` lies too deep", shown(&name.text));
            let error =
                Diagnostic::error("rules/too-large", name.span, message, "too many records and lists around it");
            let (fields, lists) = (limits::FIELD_DEPTH, limits::LIST_DEPTH);
            self.sink.push(
                error.help(format!("at most {lists} lists, and {fields} lists and records, lie within one another")),
            );
            return None;
        }
        match kind {
            FieldType::Record(fields) => {
                let id = self.add(around.table, Column { kind: ColumnKind::Record(Vec::new()), ..column })?;
                let inner = Around { parent: Some(id), depth: around.depth + 1, ..around.clone() };
                let fields = self.record(&inner, fields);
                if let Some(column) = self.column_mut(around.table, id) {
                    column.kind = ColumnKind::Record(fields);
                }
                Some(id)
            },
            FieldType::List(element) => self.list(around, column, element, name, kind_span),
            _ => {
                let kind = self.scalar(kind, name, kind_span)?;
                self.add(around.table, Column { kind, ..column })
            },
        }
    }

    fn list(
        &mut self,
        around: &Around,
        column: Column,
        element: &'t FieldType,
        name: &'t tree::Name,
        kind_span: Span,
    ) -> Option<ColumnId> {
        let table = TableId(u16::try_from(self.names.shape.tables.len()).ok()?);
        let id = self.add(around.table, Column { kind: ColumnKind::List(table), ..column })?;
        let is_record = matches!(element, FieldType::Record(_));
        let list = Some((around.table, id));
        self.names.shape.tables.push(Table { list, is_record, ..Table::default() });
        let rows = around.rows.iter().copied().chain([table]).collect();
        let inner = Around { table, parent: None, pointer: String::new(), rows, depth: around.depth + 1 };
        if let FieldType::Record(fields) = element {
            let fields = self.record(&inner, fields);
            if let Some(table) = self.names.shape.tables.get_mut(usize::from(table.0)) {
                table.fields = fields;
            }
        } else {
            self.column(&inner, self::column("", &inner, kind_span), element, name, kind_span)?;
        }
        Some(id)
    }

    fn scalar(&mut self, kind: &'t FieldType, name: &tree::Name, kind_span: Span) -> Option<ColumnKind> {
        Some(match kind {
            FieldType::Text => ColumnKind::Text,
            FieldType::Number => ColumnKind::Number,
            FieldType::Integer => ColumnKind::Integer,
            FieldType::Boolean => ColumnKind::Boolean,
            FieldType::Date => ColumnKind::Date,
            FieldType::Named(named) => return self.named(named),
            FieldType::OneOf(terms) => ColumnKind::Term(self.one_of(name, terms, kind_span)?),
            FieldType::Set(named) => match self.names.vocabulary_named(&named.text) {
                Some(vocabulary) => {
                    self.names.use_vocabulary(vocabulary);
                    ColumnKind::Set(vocabulary)
                },
                None => {
                    self.sink.extend(unknown_vocabulary(self.names, named));
                    return None;
                },
            },
            FieldType::List(_) | FieldType::Record(_) | FieldType::Error => return None,
        })
    }

    fn named(&mut self, named: &tree::Name) -> Option<ColumnKind> {
        let vocabulary = self.names.vocabulary_named(&named.text).map(ColumnKind::Term);
        let kind = vocabulary.or_else(|| self.names.dimension_named(&named.text).map(ColumnKind::Quantity));
        match kind {
            Some(ColumnKind::Term(vocabulary)) => self.names.use_vocabulary(vocabulary),
            Some(_) => {},
            None => self.sink.extend(unknown_type(self.names, named)),
        }
        kind
    }

    /// The vocabulary of a `one of`, which bears the name of its field.
    fn one_of(&mut self, name: &tree::Name, items: &[tree::Term], span: Span) -> Option<VocabularyId> {
        let id = VocabularyId(u16::try_from(self.names.vocabularies.len()).ok()?);
        let terms = terms(self.names, self.library, name, items, self.sink);
        let label = super::super::model::Texts::default();
        self.names.vocabularies.push(Vocabulary { name: name.text.clone(), label, terms, of_field: true, span });
        self.names.use_vocabulary(id);
        Some(id)
    }

    fn add(&mut self, table: TableId, column: Column) -> Option<ColumnId> {
        let table = self.names.shape.tables.get_mut(usize::from(table.0))?;
        let id = ColumnId(u16::try_from(table.columns.len()).ok()?);
        table.columns.push(column);
        Some(id)
    }

    pub(super) fn column_mut(&mut self, table: TableId, column: ColumnId) -> Option<&mut Column> {
        let table = self.names.shape.tables.get_mut(usize::from(table.0))?;
        table.columns.get_mut(usize::from(column.0))
    }
}

/// A column without conditions.
fn column(name: &str, around: &Around, span: Span) -> Column {
    Column {
        name: name.to_owned(),
        keys: Vec::new(),
        label: super::super::model::Texts::default(),
        kind: ColumnKind::Text,
        parent: around.parent,
        pointer: if name.is_empty() { String::new() } else { around.pointer.clone() },
        required: Required::No,
        otherwise: None,
        matching: None,
        characters: (None, None),
        items: (None, None),
        at_least: None,
        at_most: None,
        in_unit: None,
        span,
    }
}
