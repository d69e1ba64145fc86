//! JSON that drives no terminal: control and bidirectional characters leave as `\uXXXX`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::text::display::is_unsafe;

/// Appends a value on one line.
pub(super) fn append(out: &mut Vec<u8>, value: &impl Serialize) {
    let _infallible = value.serialize(&mut serde_json::Serializer::with_formatter(out, Safe(CompactFormatter)));
}

/// Appends a value over several lines.
pub(super) fn append_pretty(out: &mut Vec<u8>, value: &impl Serialize) {
    let _infallible = value.serialize(&mut serde_json::Serializer::with_formatter(out, Safe(PrettyFormatter::new())));
}

/// A layout with its texts made safe.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| *c > '~' && is_unsafe(*c)) {
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
}
