//! JSON that drives no terminal: control and bidirectional characters leave as `\uXXXX`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::text::display::{harmless_end, is_unsafe};

/// Appends a value on one line.
pub(super) fn append(out: &mut Vec<u8>, value: &impl Serialize) {
    let _infallible = value.serialize(&mut serde_json::Serializer::with_formatter(out, Safe(CompactFormatter)));
}

/// A document of its own: a value over several lines, with a line end.
pub(super) fn document_bytes(value: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::new();
    let formatter = Safe(PrettyFormatter::new());
    let _infallible = value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, formatter));
    out.push(b'\n');
    out
}

/// Appends a text, in quotes.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text;
    while let Some((at, odd)) = next_odd(rest) {
        let (before, after) = rest.split_at(at);
        out.extend_from_slice(before.as_bytes());
        escape(out, odd);
        rest = after.get(odd.len_utf8()..).unwrap_or_default();
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}

/// The next character that does not stand for itself.
fn next_odd(text: &str) -> Option<(usize, char)> {
    let mut at = 0;
    loop {
        at = harmless_end(text.as_bytes(), at);
        let next = text.get(at..)?.chars().next()?;
        if matches!(next, '"' | '\\') || is_unsafe(next) {
            return Some((at, next));
        }
        at += next.len_utf8();
    }
}

fn escape(out: &mut Vec<u8>, odd: char) {
    let short = match odd {
        '"' | '\\' => Some(odd),
        '\u{8}' => Some('b'),
        '\u{C}' => Some('f'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    match short.and_then(|short| u8::try_from(short).ok()) {
        Some(short) => out.extend_from_slice(&[b'\\', short]),
        None => odd.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
            // Writing to a vector does not fail.
            drop(write!(out, "\\u{unit:04x}"));
        }),
    }
}

/// A layout with its texts made safe.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = next_odd(rest) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_leaves_as_an_escape_and_comes_back_the_same() {
        let text = "a\u{1b}[31m\u{7f}\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\u{61c}\u{2028}\"\\/\n郑州😀";
        let mut out = Vec::new();
        append(&mut out, &text);
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, "\"a\\u001b[31m\\u007f\\u0085\\u202e\\u2066\\u200b\\ufeff\\u061c\\u2028\\\"\\\\/\\n郑州😀\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn a_text_alone_is_written_as_within_a_value() {
        for c in ('\0'..='\u{2100}').chain(['\u{FEFF}', '郑', '😀', '\u{E000}']) {
            for length in [0, 3, 15, 16, 40] {
                let text = format!("{}{c}b{c}{c}\\", "a".repeat(length));
                let (mut alone, mut within) = (Vec::new(), Vec::new());
                super::text(&mut alone, &text);
                append(&mut within, &text);
                assert_eq!(String::from_utf8(alone).unwrap(), String::from_utf8(within).unwrap());
            }
        }
    }
}
