//! JSON (RFC 8259), strictly and fast: a scanner that is pulled along by whoever knows what should come next.
//!
//! The scanner says only that something is no JSON; what exactly is wrong is worked out by [`diagnose`], a second,
//! slower pass over the same text, so that good messages cost nothing where nothing is wrong.

mod bytes;
mod diagnose;
mod elements;
mod message;
mod number;
mod skip;
mod string;

pub(in crate::engine) use bytes::same;
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
    /// What has not been read yet.
    rest: &'t [u8],
}

impl<'t> Scanner<'t> {
    /// A scanner at the start of a text, after its byte-order mark if it has one.
    pub fn new(text: &'t str) -> Self {
        Self { text, rest: text.strip_prefix('\u{FEFF}').unwrap_or(text).as_bytes() }
    }

    /// The offset of the next byte.
    #[inline]
    pub fn at(&self) -> u32 {
        offset(self.text.len() - self.rest.len())
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

    /// The next byte, without moving.
    #[inline]
    fn byte(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Moves on by so many bytes.
    #[inline]
    fn advance(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Passes over white space.
    #[inline]
    pub fn skip_space(&mut self) {
        if self.byte().is_some_and(|byte| byte <= b' ') {
            self.skip_space_here();
        }
    }

    fn skip_space_here(&mut self) {
        let space = self.rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
        self.advance(space.count());
    }

    /// Passes over a byte if it is the next one after white space.
    #[inline]
    fn accept(&mut self, byte: u8) -> bool {
        match self.rest {
            [first, after @ ..] if *first == byte => {
                self.rest = after;
                true
            },
            [first, ..] if *first <= b' ' => self.accept_after_space(byte),
            _ => false,
        }
    }

    fn accept_after_space(&mut self, byte: u8) -> bool {
        self.skip_space_here();
        match self.rest {
            [first, after @ ..] if *first == byte => {
                self.rest = after;
                true
            },
            _ => false,
        }
    }

    /// Asks for a byte after white space.
    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.accept(byte) { Ok(()) } else { Err(Malformed) }
    }

    /// What the next value is, after white space; nothing of the value is passed over.
    ///
    /// # Errors
    /// [`Malformed`] if no value can begin so.
    #[inline]
    pub fn peek(&mut self) -> Result<Kind, Malformed> {
        self.skip_space();
        match self.byte() {
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
        self.rest = self.rest.strip_prefix(word).ok_or(Malformed)?;
        Ok(())
    }

    /// Enters an object or array whose opening mark is the next byte; false if it is empty, and then it is passed over.
    ///
    /// # Errors
    /// [`Malformed`] if it is not.
    #[inline]
    pub fn open(&mut self, kind: Kind) -> Result<bool, Malformed> {
        let (opening, closing) = marks(kind);
        self.expect(opening)?;
        Ok(!self.accept(closing))
    }

    /// After a member: true if another follows, false if the object or array ends.
    ///
    /// # Errors
    /// [`Malformed`] if neither a comma nor the end stands there.
    #[inline]
    pub fn more(&mut self, kind: Kind) -> Result<bool, Malformed> {
        if self.accept(b',') {
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
        let length = expected.bytes.len();
        let is_it = match self.rest.first_chunk::<WIDE>() {
            Some(first) if length <= WIDE => u128::from_le_bytes(*first) & expected.mask == expected.first,
            _ => self.rest.starts_with(&expected.bytes),
        };
        if !is_it || length == 0 {
            return None;
        }
        let start = self.at();
        self.advance(length);
        Some(Extent { start, end: self.at() - 1 })
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
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

/// A key as it is most often written: in quotes, without escapes, the colon right after it.
#[derive(Debug, Clone)]
pub struct ExpectedKey {
    /// With both quotes and the colon; empty if the key cannot be written without escapes.
    bytes: Vec<u8>,
    /// If it is no longer than [`WIDE`]: its bytes as a number, and which bits of such a number count.
    first: u128,
    mask: u128,
}

/// How many bytes of a key are compared at once; most keys are shorter.
const WIDE: usize = 16;

impl ExpectedKey {
    /// The key of that name.
    pub fn new(name: &str) -> Self {
        let is_plain = !name.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\'));
        let bytes = if is_plain { format!("\"{name}\":").into_bytes() } else { Vec::new() };
        let word = |byte: fn(u8) -> u8| {
            let bytes = bytes.iter().take(WIDE).map(|b| u128::from(byte(*b)));
            (0..).zip(bytes).map(|(at, byte)| byte << (8 * at)).sum()
        };
        Self { first: word(|byte| byte), mask: word(|_| u8::MAX), bytes }
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
