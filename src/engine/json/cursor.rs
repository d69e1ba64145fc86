//! A place in a JSON text and the few steps that nearly all of it is read with.
//!
//! A cursor is two words and an offset. Whoever keeps one in a variable has it in registers, which a scanner behind a
//! reference never is; so the hot loop of the reader takes a copy and gives it back.

use super::bytes::{plain_end, space_end};

/// A place in a JSON text.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Cursor<'t> {
    bytes: &'t [u8],
    /// The offset of the next byte that has not been read.
    pub at: usize,
}

/// A number of a few digits without exponent: `digits / 10^places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// All its digits, with its sign.
    pub digits: i64,
    /// How many of them stand behind the point.
    pub places: u32,
}

/// The most digits of a [`Short`] number: whatever they are, they fit.
const SHORT: usize = 17;

/// A key as it is most often written: in quotes, without escapes, the colon right after it.
#[derive(Debug, Clone)]
pub struct ExpectedKey {
    /// With both quotes and the colon; empty if the key cannot be written without escapes.
    bytes: Vec<u8>,
    /// Its first [`WIDE`] bytes as a number, and which bits of such a number count.
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

impl<'t> Cursor<'t> {
    pub(super) fn new(bytes: &'t [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// What has not been read yet.
    #[inline]
    pub(super) fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The bytes from one offset up to another.
    #[inline]
    pub fn between(&self, start: usize, end: usize) -> &'t [u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The next byte, without moving.
    #[inline]
    pub fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over white space.
    #[inline]
    pub fn skip_space(&mut self) {
        if self.byte().is_some_and(|byte| byte <= b' ') {
            self.at = space_end(self.bytes, self.at);
        }
    }

    /// Passes over a byte if it is the next one.
    #[inline]
    pub fn accept_here(&mut self, byte: u8) -> bool {
        let is_it = self.byte() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    /// Passes over a byte if it is the next one after white space.
    #[inline]
    pub fn accept(&mut self, byte: u8) -> bool {
        match self.byte() {
            Some(next) if next == byte => {
                self.at += 1;
                true
            },
            Some(next) if next <= b' ' => {
                self.at = space_end(self.bytes, self.at);
                self.accept_here(byte)
            },
            _ => false,
        }
    }

    /// Passes over these bytes if they are the next ones.
    #[inline]
    pub fn accept_all(&mut self, bytes: &[u8]) -> bool {
        let are_they = self.rest().starts_with(bytes);
        self.at += if are_they { bytes.len() } else { 0 };
        are_they
    }

    /// Passes over a key and its colon if they stand here exactly as expected.
    #[inline]
    pub fn key(&mut self, expected: &ExpectedKey) -> bool {
        let length = expected.bytes.len();
        let rest = self.rest();
        let is_it = match rest.first_chunk::<WIDE>() {
            Some(first) => {
                u128::from_le_bytes(*first) & expected.mask == expected.first
                    && (length <= WIDE || rest.starts_with(&expected.bytes))
            },
            None => rest.starts_with(&expected.bytes),
        };
        self.at += if is_it { length } else { 0 };
        is_it && length > 0
    }

    /// Passes over a string without escapes and gives the offsets within its quotes; `None`, and nothing is passed
    /// over, if no such string stands here.
    #[inline]
    pub fn plain_string(&mut self) -> Option<(usize, usize)> {
        if self.byte() != Some(b'"') {
            return None;
        }
        let start = self.at + 1;
        let end = plain_end(self.bytes, start);
        if self.bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        Some((start, end))
    }

    /// Passes over `true` or `false`.
    #[inline]
    pub fn boolean(&mut self) -> Option<bool> {
        match self.byte()? {
            b't' => self.accept_all(b"true").then_some(true),
            _ => self.accept_all(b"false").then_some(false),
        }
    }

    /// Passes over a number of a few digits; `None` if no such number stands here, and then some bytes may have been
    /// passed over.
    #[inline]
    pub fn short_number(&mut self) -> Option<Short> {
        let is_negative = self.accept_here(b'-');
        let (start, mut digits) = (self.at, 0_i64);
        self.add_digits(&mut digits);
        let mut count = self.at - start;
        if count == 0 || count > 1 && self.bytes.get(start) == Some(&b'0') {
            return None;
        }
        let mut places = 0;
        if self.accept_here(b'.') {
            let point = self.at;
            self.add_digits(&mut digits);
            places = self.at - point;
            count += places;
            if places == 0 {
                return None;
            }
        }
        let is_short = count <= SHORT && !matches!(self.byte(), Some(b'e' | b'E'));
        let places = u32::try_from(places).ok()?;
        is_short.then_some(Short { digits: if is_negative { -digits } else { digits }, places })
    }

    /// Passes over digits and adds them to a number, which is wrong if they are more than [`SHORT`].
    #[inline]
    fn add_digits(&mut self, digits: &mut i64) {
        while let Some(byte @ b'0'..=b'9') = self.byte() {
            *digits = digits.wrapping_mul(10).wrapping_add(i64::from(byte - b'0'));
            self.at += 1;
        }
    }
}
