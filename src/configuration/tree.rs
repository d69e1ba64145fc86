//! A TOML document as a tree of values with their places. The only file that knows the `toml` crate.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Speech;
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Span};
use crate::value::Day;

/// A key as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A table: its entries in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Keys with their values.
    pub entries: Vec<(Key, Value)>,
    /// Where it stands; of a table with a heading, the heading.
    pub span: Span,
}

impl Table {
    /// The entry of that name.
    pub fn get(&self, name: &str) -> Option<&(Key, Value)> {
        self.entries.iter().find(|(key, _)| key.name == name)
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands.
    pub span: Span,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueKind {
    /// `"text"`
    Text(String),
    /// `12`
    Whole(i64),
    /// `true`
    Boolean(bool),
    /// `2026-03-01`
    Day(Day),
    /// `[1, 2]`
    List(Vec<Value>),
    /// `{ a = 1 }` or what stands under `[a]`
    Table(Table),
    /// What no key asks for: a fraction, a time of day, a number that is too large.
    Other,
}

impl ValueKind {
    /// What sort of value it is, in English and Chinese.
    pub fn sort(&self) -> (&'static str, &'static str) {
        match self {
            Self::Text(_) => ("a text", "文本"),
            Self::Whole(_) => ("a number", "数字"),
            Self::Boolean(_) => ("true or false", "布尔值"),
            Self::Day(_) => ("a date", "日期"),
            Self::List(_) => ("a list", "列表"),
            Self::Table(_) => ("a table", "表"),
            Self::Other => ("a fraction or a time of day", "小数或时刻"),
        }
    }
}

/// Reads a document.
///
/// # Errors
/// The first place that is no TOML; what comes after it may be a consequence of it.
pub fn read(text: &str, file: FileId, speech: Speech) -> Result<Table, Diagnostic> {
    let document = DeTable::parse(text).map_err(|error| {
        let found = error.span().unwrap_or(0..0);
        let span = place(file, found.start..found.end.max(found.start));
        let reason = error.message().to_owned();
        let message = speech.say(|| format!("this is no TOML: {reason}"), || format!("不符合 TOML 语法：{reason}"));
        let help = speech.say(
            || "texts stand in quotes, dates as 2026-03-01, and each key = value on a line of its own",
            || "文本须加引号，日期写作 2026-03-01，每个“键 = 值”独占一行",
        );
        Diagnostic::error("config/syntax", span, message, "").help(help)
    })?;
    Ok(table(document.get_ref(), place(file, document.span())))
}

fn place(file: FileId, range: Range<usize>) -> Span {
    let small = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span { file, start: small(range.start), end: small(range.end) }
}

fn table(written: &DeTable<'_>, span: Span) -> Table {
    let mut entries: Vec<(Key, Value)> = written
        .iter()
        .map(|(key, value)| {
            let name = key.get_ref().clone().into_owned();
            (Key { name, span: place(span.file, key.span()) }, convert(value, span.file))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span.start);
    Table { entries, span }
}

fn convert(written: &Spanned<DeValue<'_>>, file: FileId) -> Value {
    let span = place(file, written.span());
    let kind = match written.get_ref() {
        DeValue::String(text) => ValueKind::Text(text.clone().into_owned()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(ValueKind::Other, ValueKind::Whole)
        },
        DeValue::Boolean(value) => ValueKind::Boolean(*value),
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(date), None) => Day::new(i32::from(date.year), date.month.into(), date.day.into())
                .map_or(ValueKind::Other, ValueKind::Day),
            _ => ValueKind::Other,
        },
        DeValue::Array(elements) => ValueKind::List(elements.iter().map(|element| convert(element, file)).collect()),
        DeValue::Table(inner) => ValueKind::Table(table(inner, span)),
        DeValue::Float(_) => ValueKind::Other,
    };
    Value { kind, span }
}
