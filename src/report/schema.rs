//! The JSON Schema (2020-12) of a proposal.
//!
//! Terms are listed as they are spelt, so that editors complete them, and accepted in any case and with any white space
//! besides, as a check does. What cannot be said in JSON Schema (full-width spellings, bounds of quantities, days of
//! February) is left to the check.

use serde_json::{Map, Value, json};

use super::safe::document_bytes;
use super::words::Language;
use crate::rulebook::{
    Column, ColumnId, ColumnKind, Constant, DimensionId, LanguageId, Limit, Required, Rulebook, Table, TableId, UnitId,
    Vocabulary, VocabularyId,
};
use crate::value::Number;

/// Months and days, leap years apart.
const DATE: &str = "^[0-9]{4}-((0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?|02(-(0[1-9]|[12][0-9]))?)$";

/// What a pattern of the rules may hold to mean the same in JSON Schema; anything else is said in words.
const DIFFERENT: &[&str] = &[
    "(?", "[[", "&&", "--", "~~", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\b", "\\B", "\\p", "\\P", "\\A", "\\z",
    "\\x", "\\u", "\\U", "\\<", "\\>",
];

/// The schema of a pack's proposals.
pub fn schema(book: &Rulebook, language: Language) -> Vec<u8> {
    let writer = Writer { book, language: book.plan.language(language.tag()), reader: language };
    let mut document = Map::new();
    document.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    document.insert("title".to_owned(), json!(book.plan.title.get(writer.language)));
    document.insert("description".to_owned(), json!(writer.about()));
    if let Some(table) = book.shape.table(TableId(0)) {
        document.extend(writer.record(table, &table.fields));
        document.insert("type".to_owned(), json!("object"));
        document.insert("$defs".to_owned(), Value::Object(writer.vocabularies()));
    }
    document_bytes(&document)
}

struct Writer<'a> {
    book: &'a Rulebook,
    language: LanguageId,
    reader: Language,
}

impl Writer<'_> {
    fn about(&self) -> String {
        let plan = &self.book.plan;
        match self.reader {
            Language::English => format!(
                "A proposal for {} {}. Terms and units are also read in other case or width; unknown fields are warnings, and \
                 fields that begin with x- are always allowed.",
                plan.name, plan.version
            ),
            Language::Chinese => format!(
                "{} {} 的项目申报。术语和单位的大小写、全半角不限；未知字段只作警告，以 x- 开头的字段总是允许。",
                plan.name, plan.version
            ),
        }
    }

    /// `properties`, `required` and the like of a record.
    fn record(&self, table: &Table, fields: &[ColumnId]) -> Map<String, Value> {
        let (mut properties, mut required, mut alternatives) = (Map::new(), Vec::new(), Vec::new());
        for column in fields.iter().filter_map(|id| table.column(*id)) {
            let is_required = matches!(column.required, Required::Yes);
            let schema = self.column(table, column, is_required);
            for key in std::iter::once(&column.name).chain(&column.keys) {
                properties.insert(key.clone(), schema.clone());
            }
            match (is_required, column.keys.is_empty()) {
                (false, _) => {},
                (true, true) => required.push(json!(column.name)),
                (true, false) => {
                    let keys = std::iter::once(&column.name).chain(&column.keys);
                    let keys: Vec<Value> = keys.map(|key| json!({ "required": [key] })).collect();
                    alternatives.push(json!({ "anyOf": keys }));
                },
            }
        }
        let mut out = Map::new();
        out.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            out.insert("required".to_owned(), Value::Array(required));
        }
        if !alternatives.is_empty() {
            out.insert("allOf".to_owned(), Value::Array(alternatives));
        }
        out
    }

    /// A field; one that is not required may be `null`, which is the same as absent.
    fn column(&self, table: &Table, column: &Column, is_required: bool) -> Value {
        let mut out = self.kind(table, column);
        if !is_required {
            allow_null(&mut out);
        }
        let label = column.label.get(self.language);
        if !label.is_empty() {
            out.insert("title".to_owned(), json!(label));
        }
        let remarks = self.remarks(column);
        if !remarks.is_empty() {
            out.insert("description".to_owned(), json!(remarks.join("; ")));
        }
        if let Some(value) = column.otherwise.as_ref().and_then(|value| self.constant(column, value)) {
            out.insert("default".to_owned(), value);
        }
        Value::Object(out)
    }

    fn kind(&self, table: &Table, column: &Column) -> Map<String, Value> {
        let mut out = Map::new();
        match &column.kind {
            ColumnKind::Text => text(column, &mut out),
            ColumnKind::Number | ColumnKind::Integer => {
                let word = if column.kind == ColumnKind::Integer { "integer" } else { "number" };
                out.insert("type".to_owned(), json!(word));
                bound(column.at_least, "minimum", &mut out);
                bound(column.at_most, "maximum", &mut out);
            },
            ColumnKind::Boolean => {
                out.insert("type".to_owned(), json!("boolean"));
            },
            ColumnKind::Date => {
                out.insert("type".to_owned(), json!("string"));
                out.insert("pattern".to_owned(), json!(DATE));
            },
            ColumnKind::Quantity(dimension) => {
                out.insert("anyOf".to_owned(), self.quantity(*dimension, column));
            },
            ColumnKind::Term(vocabulary) => {
                out.insert("$ref".to_owned(), self.reference(*vocabulary));
            },
            ColumnKind::Set(vocabulary) => {
                out.insert("type".to_owned(), json!("array"));
                out.insert("items".to_owned(), json!({ "$ref": self.reference(*vocabulary) }));
                count(column.items.0, "minItems", &mut out);
            },
            ColumnKind::List(id) => {
                out.insert("type".to_owned(), json!("array"));
                out.insert("items".to_owned(), self.element(*id));
                count(column.items.0, "minItems", &mut out);
                count(column.items.1, "maxItems", &mut out);
            },
            ColumnKind::Record(fields) => {
                out = self.record(table, fields);
                out.insert("type".to_owned(), json!("object"));
            },
        }
        out
    }

    fn element(&self, id: TableId) -> Value {
        let Some(table) = self.book.shape.table(id) else { return json!({}) };
        if table.is_record {
            let mut out = self.record(table, &table.fields);
            out.insert("type".to_owned(), json!("object"));
            return Value::Object(out);
        }
        table.columns.first().map_or(json!({}), |column| self.column(table, column, true))
    }

    /// The vocabularies, each with its spellings.
    fn vocabularies(&self) -> Map<String, Value> {
        let vocabularies = self.book.vocabularies.iter().zip(0..);
        vocabularies.map(|(vocabulary, id)| (self.definition(VocabularyId(id)), self.vocabulary(vocabulary))).collect()
    }

    fn vocabulary(&self, vocabulary: &Vocabulary) -> Value {
        let spellings = unique(vocabulary.terms.iter().flat_map(|term| term.spellings()));
        let patterns: Vec<String> =
            spellings.as_array().into_iter().flatten().filter_map(Value::as_str).map(in_any_case).collect();
        let pattern = format!("^\\s*({})\\s*$", patterns.join("|"));
        let forms = json!([{ "enum": spellings }, { "type": "string", "pattern": pattern }]);
        match vocabulary.label.get(self.language) {
            "" => json!({ "anyOf": forms }),
            label => json!({ "title": label, "anyOf": forms }),
        }
    }

    /// What a vocabulary is called among the definitions: its name, where a reference can hold it and no other has it.
    fn definition(&self, id: VocabularyId) -> String {
        let number = usize::from(id.0);
        let name = self.book.vocabularies.get(number).map_or("", |vocabulary| vocabulary.name.as_str());
        let is_first = self.book.vocabularies.iter().position(|other| other.name == name) == Some(number);
        if is_first && name.is_ascii() { name.to_owned() } else { format!("vocabulary-{number}") }
    }

    fn reference(&self, id: VocabularyId) -> Value {
        json!(format!("#/$defs/{}", self.definition(id)))
    }

    /// The forms of a quantity: an object, a text, and a bare number where the field says its unit.
    fn quantity(&self, id: DimensionId, column: &Column) -> Value {
        let dimension = self.book.dimensions.get(usize::from(id.0));
        let units =
            unique(dimension.into_iter().flat_map(|dimension| &dimension.units).flat_map(|unit| unit.spellings()));
        let names: Vec<String> =
            units.as_array().into_iter().flatten().filter_map(Value::as_str).map(escaped).collect();
        let is_positive = matches!(column.at_least, Some(Limit::Number(least)) if least >= Number::ZERO);
        let amount = if is_positive { json!({ "type": "number", "minimum": 0 }) } else { json!({ "type": "number" }) };
        let pattern = format!("^\\s*-?[0-9]+(\\.[0-9]+)?\\s?({})\\s*$", names.join("|"));
        let mut forms = vec![
            json!({
                "type": "object",
                "properties": { "amount": amount, "unit": { "enum": units } },
                "required": ["amount", "unit"],
            }),
            json!({ "type": "string", "pattern": pattern }),
        ];
        if column.in_unit.is_some() {
            forms.push(amount);
        }
        Value::Array(forms)
    }

    /// Conditions that JSON Schema cannot hold, as the rules say them.
    fn remarks(&self, column: &Column) -> Vec<String> {
        let mut out = Vec::new();
        if let Required::When(condition) = &column.required {
            out.push(format!("required when {}", self.book.files.slice(condition.span)));
        }
        if let Some(unit) = column.in_unit.and_then(|unit| self.unit(column, unit)) {
            out.push(format!("a bare number is in {unit}"));
        }
        if let Some(pattern) = column.matching.as_ref().filter(|pattern| !is_shared(pattern.as_str())) {
            out.push(format!("matches {}", pattern.as_str()));
        }
        if matches!(column.kind, ColumnKind::Quantity(_) | ColumnKind::Date) {
            let bounds = [("at least", column.at_least), ("at most", column.at_most)];
            out.extend(
                bounds.iter().filter_map(|(word, limit)| Some(format!("{word} {}", self.limit(column, (*limit)?)))),
            );
        }
        out
    }

    fn limit(&self, column: &Column, limit: Limit) -> String {
        match (limit, &column.kind) {
            (Limit::Number(number), ColumnKind::Quantity(id)) => {
                let dimension = self.book.dimensions.get(usize::from(id.0));
                let base =
                    dimension.and_then(|dimension| dimension.units.iter().find(|unit| unit.scale == Number::ONE));
                format!("{number} {}", base.map_or("", |unit| unit.name.as_str())).trim_end().to_owned()
            },
            (Limit::Number(number), _) => number.to_string(),
            (Limit::Days(days), _) => days.to_string(),
        }
    }

    fn unit(&self, column: &Column, unit: UnitId) -> Option<&str> {
        let ColumnKind::Quantity(dimension) = column.kind else { return None };
        let dimension = self.book.dimensions.get(usize::from(dimension.0))?;
        dimension.units.get(usize::from(unit.0)).map(|unit| unit.name.as_str())
    }

    fn constant(&self, column: &Column, value: &Constant) -> Option<Value> {
        Some(match value {
            Constant::Text(text) => json!(text),
            Constant::Boolean(value) => json!(value),
            Constant::Days(days) => json!(days.to_string()),
            Constant::EmptyList => json!([]),
            Constant::Set(terms) if terms.is_empty() => json!([]),
            Constant::Term(number) => {
                let ColumnKind::Term(id) = column.kind else { return None };
                json!(self.book.vocabularies.get(usize::from(id.0))?.terms.get(usize::from(*number))?.name)
            },
            Constant::Number(number, None) => exact(*number)?,
            Constant::Set(_) | Constant::Number(_, Some(_)) => return None,
        })
    }
}

fn text(column: &Column, out: &mut Map<String, Value>) {
    out.insert("type".to_owned(), json!("string"));
    if let Some(pattern) = column.matching.as_ref().filter(|pattern| is_shared(pattern.as_str())) {
        out.insert("pattern".to_owned(), json!(pattern.as_str()));
    }
    count(column.characters.0, "minLength", out);
    count(column.characters.1, "maxLength", out);
}

fn count(value: Option<u32>, key: &str, out: &mut Map<String, Value>) {
    if let Some(value) = value {
        out.insert(key.to_owned(), json!(value));
    }
}

fn bound(limit: Option<Limit>, key: &str, out: &mut Map<String, Value>) {
    if let Some(Limit::Number(number)) = limit
        && let Some(value) = exact(number)
    {
        out.insert(key.to_owned(), value);
    }
}

/// A number as JSON, if it has an end as a decimal.
fn exact(number: Number) -> Option<Value> {
    serde_json::from_str(&number.to_string()).ok()
}

/// Whether a pattern means the same to the `regex` crate and to JSON Schema.
fn is_shared(pattern: &str) -> bool {
    pattern.is_ascii() && !DIFFERENT.iter().any(|different| pattern.contains(different))
}

/// Lets a schema take `null` as well.
fn allow_null(schema: &mut Map<String, Value>) {
    if let Some(reference) = schema.remove("$ref") {
        schema.insert("anyOf".to_owned(), json!([{ "$ref": reference }, { "type": "null" }]));
    } else if let Some(Value::Array(forms)) = schema.get_mut("anyOf") {
        forms.push(json!({ "type": "null" }));
    } else if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
}

fn unique<'a>(texts: impl Iterator<Item = &'a str>) -> Value {
    let mut seen = std::collections::BTreeSet::new();
    Value::Array(texts.filter(|text| seen.insert(*text)).map(|text| json!(text)).collect())
}

/// A text as a pattern that matches it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text as a pattern that matches it in any case and with any white space.
fn in_any_case(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphabetic() => out.extend(['[', c.to_ascii_uppercase(), c.to_ascii_lowercase(), ']']),
            c if c.is_whitespace() => out.push_str("\\s+"),
            c => out.push_str(&escaped(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}
