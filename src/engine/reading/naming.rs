//! Names of fields, terms, units and values, as messages on shape show them.

use super::finding::{Asked, FieldId, Owner};
use crate::engine::json::quoted;
use crate::rulebook::{
    Column, ColumnId, ColumnKind, DimensionId, LanguageId, Limit, Rulebook, TableId, Term, UnitId, VocabularyId,
};
use crate::value::Number;

/// Puts findings into words.
pub(super) struct Writer<'b> {
    pub book: &'b Rulebook,
    pub language: LanguageId,
    pub chinese: bool,
}

impl<'b> Writer<'b> {
    pub(super) fn column(&self, (table, column): FieldId) -> Option<&'b Column> {
        self.book.shape.column(table, column)
    }

    /// A field as people write it: `investment.total`; of a list's element the list.
    pub(super) fn name(&self, (table, column): FieldId) -> String {
        let shape = &self.book.shape;
        let pointer = shape.column(table, column).map(|column| column.pointer.as_str()).unwrap_or_default();
        match (pointer, shape.table(table).and_then(|table| table.list)) {
            ("", Some(list)) => self.name(list),
            (pointer, _) => pointer.trim_start_matches('/').replace('/', "."),
        }
    }

    /// The name in quotes, with the field's label where it has one of its own.
    pub(super) fn field(&self, id: FieldId) -> String {
        let name = self.name(id);
        let label = self.column(id).map(|column| column.label.get(self.language)).unwrap_or_default();
        match (label, self.chinese) {
            (label, _) if label.is_empty() || label == name => format!("`{}`", quoted(&name)),
            (label, true) => format!("`{}`（{}）", quoted(&name), quoted(label)),
            (label, false) => format!("`{}` ({})", quoted(&name), quoted(label)),
        }
    }

    pub(super) fn list_of_table(&self, table: TableId) -> FieldId {
        self.book.shape.table(table).and_then(|table| table.list).unwrap_or((table, ColumnId(0)))
    }

    pub(super) fn asked_name(&self, asked: Asked) -> String {
        match (asked, self.chinese) {
            (Asked::Proposal, false) => "a proposal".to_owned(),
            (Asked::Proposal, true) => "项目".to_owned(),
            (Asked::Field(field), _) if self.column(field).is_none_or(|column| !column.pointer.is_empty()) => {
                self.field(field)
            },
            (Asked::Field((table, _)) | Asked::Row(table), false) => {
                format!("each entry of `{}`", self.name(self.list_of_table(table)))
            },
            (Asked::Field((table, _)) | Asked::Row(table), true) => {
                format!("`{}` 的每一项", self.name(self.list_of_table(table)))
            },
            (Asked::Member(field), false) => format!("each entry of `{}`", self.name(field)),
            (Asked::Member(field), true) => format!("`{}` 的每一项", self.name(field)),
            (Asked::Amount(field), false) => format!("the amount of `{}`", self.name(field)),
            (Asked::Amount(field), true) => format!("`{}` 的数额（amount）", self.name(field)),
            (Asked::Unit(field), false) => format!("the unit of `{}`", self.name(field)),
            (Asked::Unit(field), true) => format!("`{}` 的单位（unit）", self.name(field)),
        }
    }

    /// What a value of the asked-for kind looks like.
    pub(super) fn wanted(&self, asked: Asked) -> String {
        let pick = |english: &str, chinese: &str| if self.chinese { chinese.to_owned() } else { english.to_owned() };
        match asked {
            Asked::Proposal | Asked::Row(_) => pick("an object `{…}`", "对象 `{…}`"),
            Asked::Amount(_) => pick("a number", "数值"),
            Asked::Unit(_) => pick("a text", "文本"),
            Asked::Member(field) => match self.column(field).map(|column| &column.kind) {
                Some(ColumnKind::Set(vocabulary)) => self.wanted_term(*vocabulary),
                _ => pick("a text", "文本"),
            },
            Asked::Field(field) => match self.column(field).map(|column| &column.kind) {
                Some(ColumnKind::Number) => pick("a number without quotes", "不带引号的数值"),
                Some(ColumnKind::Integer) => pick("a whole number", "整数"),
                Some(ColumnKind::Boolean) => pick("`true` or `false`", "`true` 或 `false`"),
                Some(ColumnKind::Date) => {
                    pick("a date in quotes, `2026-03-01` or `2026-03`", "带引号的日期，如 `2026-03-01` 或 `2026-03`")
                },
                Some(ColumnKind::Quantity(dimension)) => self.wanted_quantity(*dimension),
                Some(ColumnKind::Term(vocabulary)) => self.wanted_term(*vocabulary),
                Some(ColumnKind::Set(vocabulary)) => {
                    let term = self.first_term(*vocabulary).map(|term| term.name.as_str()).unwrap_or("…");
                    pick(&format!("a list of terms `[\"{term}\"]`"), &format!("术语列表 `[\"{term}\"]`"))
                },
                Some(ColumnKind::List(_)) => pick("a list `[…]`", "列表 `[…]`"),
                Some(ColumnKind::Record(_)) => pick("an object `{…}`", "对象 `{…}`"),
                Some(ColumnKind::Text) | None => pick("a text in quotes", "带引号的文本"),
            },
        }
    }

    pub(super) fn first_term(&self, vocabulary: VocabularyId) -> Option<&'b Term> {
        self.book.vocabularies.get(usize::from(vocabulary.0)).and_then(|vocabulary| vocabulary.terms.first())
    }

    pub(super) fn wanted_term(&self, vocabulary: VocabularyId) -> String {
        let term = self.first_term(vocabulary).map(|term| term.name.as_str()).unwrap_or("…");
        let name = self.vocabulary_name(vocabulary);
        if self.chinese {
            format!("{name}的一个术语，如 `\"{term}\"`")
        } else {
            format!("a term of {name}, such as `\"{term}\"`")
        }
    }

    pub(super) fn vocabulary_name(&self, vocabulary: VocabularyId) -> String {
        let Some(vocabulary) = self.book.vocabularies.get(usize::from(vocabulary.0)) else { return String::new() };
        match (self.chinese, vocabulary.label.get(self.language)) {
            (true, label) if !label.is_empty() => format!("“{}”", quoted(label)),
            _ => format!("`{}`", vocabulary.name),
        }
    }

    pub(super) fn unit_name(&self, dimension: DimensionId, unit: UnitId) -> &'b str {
        let dimension = self.book.dimensions.get(usize::from(dimension.0));
        let unit = dimension.and_then(|dimension| dimension.units.get(usize::from(unit.0)));
        unit.map(|unit| unit.name.as_str()).unwrap_or_default()
    }

    pub(super) fn wanted_quantity(&self, dimension: DimensionId) -> String {
        let unit = self.unit_name(dimension, UnitId(0));
        let (object, text) = (format!("{{\"amount\": 12.5, \"unit\": \"{unit}\"}}"), format!("\"12.5 {unit}\""));
        if self.chinese {
            format!("带单位的数量，如 `{object}` 或 `{text}`")
        } else {
            format!("an amount with its unit, `{object}` or `{text}`")
        }
    }

    /// A term with its label.
    pub(super) fn term(&self, term: &Term) -> String {
        match (term.shown(self.language), self.chinese) {
            (label, _) if label == term.name => format!("`{label}`"),
            (label, false) => format!("`{}` ({label})", term.name),
            (label, true) => format!("`{}`（{label}）", term.name),
        }
    }

    /// The keys that an object may have.
    pub(super) fn keys_of(&self, owner: Owner) -> Vec<&'b str> {
        let shape = &self.book.shape;
        let (table, fields) = match owner {
            Owner::Quantity => return vec!["amount", "unit"],
            Owner::Row(table) => (table, shape.table(table).map(|table| &table.fields)),
            Owner::Record((table, column)) => {
                let fields = match shape.column(table, column).map(|column| &column.kind) {
                    Some(ColumnKind::Record(fields)) => Some(fields),
                    _ => None,
                };
                (table, fields)
            },
        };
        let columns = fields.into_iter().flatten().filter_map(|field| shape.column(table, *field));
        columns.flat_map(|column| std::iter::once(&column.name).chain(&column.keys).map(String::as_str)).collect()
    }

    pub(super) fn is_list(&self, field: FieldId) -> bool {
        matches!(self.column(field).map(|column| &column.kind), Some(ColumnKind::List(_) | ColumnKind::Set(_)))
    }

    pub(super) fn limit(&self, limit: Option<Limit>, column: &Column, unit: Option<UnitId>) -> String {
        match limit {
            Some(Limit::Number(number)) => self.number(number, column, unit),
            _ => String::new(),
        }
    }

    /// A number, or a quantity in the unit that the proposal uses.
    pub(super) fn number(&self, number: Number, column: &Column, unit: Option<UnitId>) -> String {
        let (ColumnKind::Quantity(dimension), Some(unit)) = (&column.kind, unit) else { return number.to_string() };
        let units = self.book.dimensions.get(usize::from(dimension.0)).map(|dimension| &dimension.units);
        let scale = units.and_then(|units| units.get(usize::from(unit.0))).map_or(Number::ONE, |unit| unit.scale);
        let amount = number.divided(scale).unwrap_or(number);
        format!("{amount} {}", self.unit_name(*dimension, unit))
    }
}
