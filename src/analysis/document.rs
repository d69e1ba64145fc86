//! Proposals as values: what a witness is made of, smaller ones of it, and its JSON.

use std::fmt::Write as _;

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::text::display::is_unsafe;

/// A JSON value; records keep the order of the declaration, and numbers their digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Document {
    /// A text.
    Text(String),
    /// A number as it is written.
    Number(String),
    /// A truth value.
    Boolean(bool),
    /// A list or set.
    List(Vec<Self>),
    /// An object.
    Record(Vec<(String, Self)>),
}

impl Document {
    /// On one line.
    pub fn compact(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None);
        out
    }

    /// Over several lines, two spaces a level; records and lists that are short stand on one.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0));
        out
    }

    fn write(&self, out: &mut String, level: Option<usize>) {
        match self {
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::Number(digits) => out.push_str(digits),
            Self::Boolean(value) => {
                let _infallible = write!(out, "{value}");
            },
            Self::List(values) => {
                let level = level.filter(|level| !self.is_short(*level));
                let parts = values.iter().map(|value| (None, value));
                write_parts(out, ['[', ']'], parts, level);
            },
            Self::Record(fields) => {
                let level = level.filter(|level| !self.is_short(*level));
                let parts = fields.iter().map(|(name, value)| (Some(name.as_str()), value));
                write_parts(out, ['{', '}'], parts, level);
            },
        }
    }

    fn is_short(&self, level: usize) -> bool {
        level > 0 && self.compact().chars().count() <= 72_usize.saturating_sub(2 * level)
    }

    /// How many values it holds: what minimising makes less.
    pub fn size(&self) -> usize {
        match self {
            Self::List(values) => 1 + values.iter().map(Self::size).sum::<usize>(),
            Self::Record(fields) => 1 + fields.iter().map(|(_, value)| value.size()).sum::<usize>(),
            _ => 1,
        }
    }

    /// Every document with one field or element less; what is dropped first stands last.
    pub(super) fn smaller(&self) -> Vec<Self> {
        let mut found = Vec::new();
        match self {
            Self::List(values) => {
                for index in (0..values.len()).rev() {
                    let mut fewer = values.clone();
                    fewer.remove(index);
                    found.push(Self::List(fewer));
                }
                for (index, value) in values.iter().enumerate().rev() {
                    found.extend(value.smaller().into_iter().map(|value| {
                        let mut changed = values.clone();
                        if let Some(slot) = changed.get_mut(index) {
                            *slot = value;
                        }
                        Self::List(changed)
                    }));
                }
            },
            Self::Record(fields) => {
                for index in (0..fields.len()).rev() {
                    let mut fewer = fields.clone();
                    fewer.remove(index);
                    found.push(Self::Record(fewer));
                }
                for (index, (_, value)) in fields.iter().enumerate().rev() {
                    found.extend(value.smaller().into_iter().map(|value| {
                        let mut changed = fields.clone();
                        if let Some(slot) = changed.get_mut(index) {
                            slot.1 = value;
                        }
                        Self::Record(changed)
                    }));
                }
            },
            _ => {},
        }
        found
    }
}

fn write_parts<'d>(
    out: &mut String,
    [open, close]: [char; 2],
    parts: impl Iterator<Item = (Option<&'d str>, &'d Document)>,
    level: Option<usize>,
) {
    out.push(open);
    let mut is_first = true;
    for (name, value) in parts {
        if !is_first {
            out.push_str(if level.is_some() { "," } else { ", " });
        }
        is_first = false;
        if let Some(level) = level {
            line(out, level + 1);
        }
        if let Some(name) = name {
            out.push_str(&quoted(name));
            out.push_str(": ");
        }
        value.write(out, level.map(|level| level + 1));
    }
    if let Some(level) = level.filter(|_| !is_first) {
        line(out, level);
    }
    out.push(close);
}

fn line(out: &mut String, level: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(level));
}

/// A JSON text that drives no terminal.
fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _infallible = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.compact()).map_err(S::Error::custom)?.serialize(serializer)
    }
}
