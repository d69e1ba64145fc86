//! Strings: finding their end, and what they say.

use std::borrow::Cow;

use super::bytes::plain_end;
use super::{Malformed, Scanner};
use crate::engine::record::Extent;

/// A string as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawString {
    /// Its place, quotes included.
    pub extent: Extent,
    /// Whether it has escapes.
    pub has_escapes: bool,
}

impl<'t> Scanner<'t> {
    /// Reads a string whose opening quote is the next byte.
    ///
    /// # Errors
    /// [`Malformed`] if it is not, for a control character, an escape that JSON does not have, half of a surrogate
    /// pair, or a string that does not end.
    #[inline]
    pub fn string(&mut self) -> Result<RawString, Malformed> {
        let start = self.at();
        if self.cursor.plain_string().is_some() {
            return Ok(RawString { extent: self.since(start), has_escapes: false });
        }
        self.escaped_string(start)
    }

    /// The same of one with escapes, or of none.
    fn escaped_string(&mut self, start: u32) -> Result<RawString, Malformed> {
        if !self.cursor.accept_here(b'"') {
            return Err(Malformed);
        }
        loop {
            self.cursor.at = plain_end(self.text.as_bytes(), self.cursor.at);
            match self.cursor.byte() {
                Some(b'"') => break,
                Some(b'\\') => self.cursor.at += escape(self.cursor.rest())?.1,
                _ => return Err(Malformed),
            }
        }
        self.cursor.at += 1;
        Ok(RawString { extent: self.since(start), has_escapes: true })
    }

    /// What a string says.
    pub fn text(&self, string: RawString) -> Cow<'t, str> {
        if !string.has_escapes {
            return Cow::Borrowed(self.inside(string));
        }
        let mut out = String::new();
        self.unescape_into(string, &mut out);
        Cow::Owned(out)
    }

    /// The characters of a string between its quotes, escapes as they stand.
    #[inline]
    pub fn inside(&self, string: RawString) -> &'t str {
        let Extent { start, end } = string.extent;
        self.slice(Extent { start: start + 1, end: end.saturating_sub(1) })
    }

    /// Adds what a string says to the end of `out`.
    pub fn unescape_into(&self, string: RawString, out: &mut String) {
        let mut rest = self.inside(string);
        while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
            let (plain, escaped) = rest.split_at(at);
            out.push_str(plain);
            // A string that has been read has good escapes only.
            let Ok((character, length)) = escape(escaped.as_bytes()) else { return };
            out.push(character);
            rest = escaped.get(length..).unwrap_or_default();
        }
        out.push_str(rest);
    }
}

/// The character that an escape at the start of `bytes` stands for, and the escape's length.
pub(super) fn escape(bytes: &[u8]) -> Result<(char, usize), Malformed> {
    let character = match bytes.get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{C}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(bytes),
        _ => return Err(Malformed),
    };
    Ok((character, 2))
}

fn unicode_escape(bytes: &[u8]) -> Result<(char, usize), Malformed> {
    let first = code_unit(bytes).ok_or(Malformed)?;
    if !(0xD800..0xDC00).contains(&first) {
        return char::from_u32(first).map(|character| (character, 6)).ok_or(Malformed);
    }
    let second = bytes.get(6..).and_then(code_unit).filter(|unit| (0xDC00..0xE000).contains(unit)).ok_or(Malformed)?;
    let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    char::from_u32(code).map(|character| (character, 12)).ok_or(Malformed)
}

/// The number of a `\uXXXX` at the start of `bytes`.
pub(super) fn code_unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)?))
}
