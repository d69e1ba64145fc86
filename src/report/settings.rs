//! Settings for people, as JSON, and as the JSON Schema of the file that they stand in.

use std::fmt::Write as _;

use serde_json::{Map, Value, json as value};

use super::Settings;
use super::human::paint::{Painter, Style, one_line};
use super::safe::document_bytes;
use crate::checker::waivers::{OPTIONAL, REQUIRED};
use crate::configuration::{Setting, SettingKind};
use crate::text::display::shown;

/// A setting and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The setting.
    pub setting: Setting,
    /// Its values; none if nothing is set.
    pub values: Vec<String>,
    /// Where they come from.
    pub source: Source,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Nothing was said.
    Default,
    /// A line of the file.
    File {
        /// The line, from 1.
        line: u32,
    },
    /// The command line.
    CommandLine,
}

/// `key  value  where`, a line each; `waivers` is how many stand in the file itself.
pub fn human(rows: &[Row], file: Option<&str>, waivers: usize, settings: Settings) -> String {
    let words = settings.language.words();
    let painter = Painter { settings };
    let mut out = String::new();
    let _infallible = match file {
        Some(file) => writeln!(out, "{}{}{}", words.settings_file, words.colon, shown(file)),
        None => writeln!(out, "{}", words.no_settings_file),
    };
    let cells: Vec<(&Row, String)> = rows.iter().map(|row| (row, cell(row, waivers))).collect();
    let wide = |text: &str| textwrap::core::display_width(text);
    let key_width = rows.iter().map(|row| wide(&row.setting.key)).max().unwrap_or(0);
    let value_width = cells.iter().map(|(_, cell)| wide(cell)).max().unwrap_or(0).min(40);
    for (row, cell) in &cells {
        let place = match row.source {
            Source::Default => words.by_default.to_owned(),
            Source::CommandLine => words.command_line.to_owned(),
            Source::File { line } => format!("{}:{line}", shown(file.unwrap_or_default())),
        };
        let style = if row.source == Source::Default { Style::Dim } else { Style::Bold };
        painter.put(&mut out, style, &row.setting.key);
        let gap = |width: usize, text: &str| " ".repeat(width.saturating_sub(wide(text)) + 2);
        let _infallible = write!(out, "{}{cell}{}", gap(key_width, &row.setting.key), gap(value_width, cell));
        painter.put(&mut out, Style::Dim, &place);
        out.push('\n');
    }
    out
}

fn cell(row: &Row, waivers: usize) -> String {
    let is_inline = row.setting.holds_tables && waivers > 0 && matches!(row.source, Source::File { .. });
    let mut values: Vec<String> = row.values.iter().map(|value| one_line(value).into_owned()).collect();
    if is_inline {
        values.push(format!("[[waivers]] × {waivers}"));
    }
    if values.is_empty() { "-".to_owned() } else { values.join(", ") }
}

/// `{"schema": 1, "file": …, "settings": [{"key": …, "value": …, "source": …}]}`
pub fn json(rows: &[Row], file: Option<&str>, waivers: usize) -> Vec<u8> {
    let entries = rows.iter().map(|row| {
        let (source, line) = match row.source {
            Source::Default => ("default", None),
            Source::CommandLine => ("command-line", None),
            Source::File { line } => ("file", Some(line)),
        };
        let mut entry = value!({"key": row.setting.key, "value": typed(row), "source": source});
        if let (Some(line), Some(entry)) = (line, entry.as_object_mut()) {
            entry.insert("file".to_owned(), value!(file));
            entry.insert("line".to_owned(), value!(line));
        }
        entry
    });
    let entries: Vec<Value> = entries.collect();
    document_bytes(&value!({"schema": 1, "file": file, "waivers": waivers, "settings": entries}))
}

fn typed(row: &Row) -> Value {
    let one = |text: &String| match (&row.setting.kind, text.as_str()) {
        (SettingKind::Switch | SettingKind::SwitchOrText, "true") => Value::Bool(true),
        (SettingKind::Switch | SettingKind::SwitchOrText, "false") => Value::Bool(false),
        (SettingKind::Whole, number) => number.parse::<u64>().map_or_else(|_| value!(number), |number| value!(number)),
        (_, text) => value!(text),
    };
    if row.setting.is_list {
        return row.values.iter().map(one).collect();
    }
    row.values.first().map(one).unwrap_or(Value::Null)
}

/// The JSON Schema of `plancheck.toml`, from the table of settings.
pub fn schema(settings: &[Setting]) -> Vec<u8> {
    let properties: Map<String, Value> =
        settings.iter().map(|setting| (setting.key.clone(), property(setting))).collect();
    let document = value!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plancheck.toml",
        "description": "Settings of plancheck check; the command line overrides them. Paths are relative to the file.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "$defs": {"waiver": waiver()}
    });
    document_bytes(&document)
}

fn property(setting: &Setting) -> Value {
    let one = match &setting.kind {
        SettingKind::Switch => value!({"type": "boolean"}),
        SettingKind::SwitchOrText => value!({"type": ["boolean", "string"]}),
        SettingKind::Whole => value!({"type": "integer", "minimum": 0}),
        SettingKind::Word(words) => value!({"enum": words}),
        SettingKind::Day => value!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        SettingKind::Text => value!({"type": "string"}),
    };
    let mut schema = match (setting.is_list, setting.holds_tables) {
        (false, _) => one,
        (true, false) => value!({"anyOf": [one, {"type": "array", "items": one}]}),
        (true, true) => {
            let element = value!({"anyOf": [one, {"$ref": "#/$defs/waiver"}]});
            value!({"anyOf": [one, {"type": "array", "items": element}]})
        },
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), value!(setting.help));
        let row = Row { setting: setting.clone(), values: setting.default.clone(), source: Source::Default };
        if !setting.default.is_empty() {
            schema.insert("default".to_owned(), typed(&row));
        }
    }
    schema
}

fn waiver() -> Value {
    let keys = REQUIRED.iter().chain(OPTIONAL);
    let properties: Map<String, Value> = keys
        .map(|(name, (english, _))| ((*name).to_owned(), value!({"type": "string", "description": english})))
        .collect();
    let required: Vec<&str> = REQUIRED.iter().map(|(name, _)| *name).collect();
    value!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
}
