//! JSON (RFC 8259), strictly and fast: a scanner that is pulled along by whoever knows what should come next.
//!
//! The scanner says only that something is no JSON; what exactly is wrong is worked out by [`diagnose`], a second,
//! slower pass over the same text, so that good messages cost nothing where nothing is wrong.

mod bytes;
mod cursor;
mod diagnose;
mod elements;
mod message;
mod number;
mod skip;
mod string;

pub(in crate::engine) use cursor::Cursor;
pub use cursor::{ExpectedKey, Short};
pub use diagnose::{Opening, SyntaxError, SyntaxErrorKind, diagnose};
pub use elements::elements;
pub(in crate::engine) use message::quoted;
pub use skip::Skipped;
pub use string::RawString;

use crate::engine::record::Extent;

/// The most levels of objects and arrays that a proposal may have.
pub const MOST_LEVELS: u32 = 128;

/// The text is no JSON; [`diagnose`] says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// What a value is, by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the kind of JSON value of that name")]
pub enum Kind {
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}

/// A place in a JSON text.
#[derive(Debug, Clone)]
pub struct Scanner<'t> {
    text: &'t str,
    cursor: Cursor<'t>,
}

impl<'t> Scanner<'t> {
    /// A scanner at the start of a text, after its byte-order mark if it has one.
    pub fn new(text: &'t str) -> Self {
        Self { text, cursor: Cursor::new(text.as_bytes(), after_mark(text)) }
    }

    /// The offset of the next byte.
    #[inline]
    pub fn at(&self) -> u32 {
        offset(self.cursor.at)
    }

    /// From an earlier offset up to here.
    #[inline]
    pub fn since(&self, start: u32) -> Extent {
        Extent { start, end: self.at() }
    }

    /// The text of an extent; empty if it lies outside.
    #[inline]
    pub fn slice(&self, extent: Extent) -> &'t str {
        self.text.get(extent.start as usize..extent.end as usize).unwrap_or_default()
    }

    /// The place as it is, for going on by oneself; [`Self::go_on`] takes it back.
    #[inline]
    pub(in crate::engine) fn cursor(&self) -> Cursor<'t> {
        self.cursor
    }

    /// Goes on from where a cursor has come to.
    #[inline]
    pub(in crate::engine) fn go_on(&mut self, cursor: Cursor<'t>) {
        self.cursor = cursor;
    }

    /// Passes over white space.
    #[inline]
    pub fn skip_space(&mut self) {
        self.cursor.skip_space();
    }

    /// Asks for a byte after white space.
    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.cursor.accept(byte) { Ok(()) } else { Err(Malformed) }
    }

    /// What the next value is, after white space; nothing of the value is passed over.
    ///
    /// # Errors
    /// [`Malformed`] if no value can begin so.
    #[inline]
    pub fn peek(&mut self) -> Result<Kind, Malformed> {
        self.skip_space();
        match self.cursor.byte() {
            Some(b'"') => Ok(Kind::String),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't') => Ok(Kind::True),
            Some(b'f') => Ok(Kind::False),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(Malformed),
        }
    }

    /// Reads `true`, `false` or `null`, whichever `kind` says.
    ///
    /// # Errors
    /// [`Malformed`] if other letters stand there.
    #[inline]
    pub fn literal(&mut self, kind: Kind) -> Result<(), Malformed> {
        let word: &[u8] = match kind {
            Kind::True => b"true",
            Kind::False => b"false",
            _ => b"null",
        };
        if self.cursor.accept_all(word) { Ok(()) } else { Err(Malformed) }
    }

    /// Enters an object or array whose opening mark is the next byte; false if it is empty, and then it is passed over.
    ///
    /// # Errors
    /// [`Malformed`] if it is not.
    #[inline]
    pub fn open(&mut self, kind: Kind) -> Result<bool, Malformed> {
        let (opening, closing) = marks(kind);
        self.expect(opening)?;
        Ok(!self.cursor.accept(closing))
    }

    /// After a member: true if another follows, false if the object or array ends.
    ///
    /// # Errors
    /// [`Malformed`] if neither a comma nor the end stands there.
    #[inline]
    pub fn more(&mut self, kind: Kind) -> Result<bool, Malformed> {
        if self.cursor.accept(b',') {
            return Ok(true);
        }
        self.expect(marks(kind).1).map(|()| false)
    }

    /// Reads a key up to its closing quote; [`Self::colon`] comes next.
    ///
    /// # Errors
    /// [`Malformed`] if no string stands there.
    #[inline]
    pub fn key(&mut self) -> Result<RawString, Malformed> {
        self.skip_space();
        self.string()
    }

    /// Passes over a key and its colon if they stand here exactly as expected.
    #[inline]
    pub fn key_if(&mut self, expected: &ExpectedKey) -> Option<Extent> {
        self.skip_space();
        let start = self.at();
        self.cursor.key(expected).then(|| Extent { start, end: self.at() - 1 })
    }

    /// Passes over the colon after a key.
    ///
    /// # Errors
    /// [`Malformed`] if there is none.
    #[inline]
    pub fn colon(&mut self) -> Result<(), Malformed> {
        self.expect(b':')
    }

    /// Asks that nothing but white space is left.
    ///
    /// # Errors
    /// [`Malformed`] if something is.
    pub fn end(&mut self) -> Result<(), Malformed> {
        self.skip_space();
        if self.cursor.byte().is_none() { Ok(()) } else { Err(Malformed) }
    }
}

/// Where a text begins after its byte-order mark.
fn after_mark(text: &str) -> usize {
    text.len() - text.strip_prefix('\u{FEFF}').unwrap_or(text).len()
}

fn marks(kind: Kind) -> (u8, u8) {
    match kind {
        Kind::Array => (b'[', b']'),
        _ => (b'{', b'}'),
    }
}

/// An offset as records keep it; proposals are far shorter than what 32 bits can count.
#[inline]
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
