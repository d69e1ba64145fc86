//! Passing over values that nothing reads, in a loop and as strictly as if they were read.

use smallvec::SmallVec;

use super::{Kind, MOST_LEVELS, Malformed, Scanner};
use crate::engine::record::Extent;

/// A value that was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// What it was.
    pub kind: Kind,
    /// Its place.
    pub extent: Extent,
    /// Whether it went deeper than [`MOST_LEVELS`].
    pub is_too_deep: bool,
}

/// For each open level, whether it is an array: one bit a level.
#[derive(Default)]
struct Levels {
    words: SmallVec<[u64; 2]>,
    count: u32,
}

impl Levels {
    fn push(&mut self, kind: Kind) {
        if self.count.is_multiple_of(64) {
            self.words.push(0);
        }
        if let Some(word) = self.words.last_mut() {
            *word = *word << 1 | u64::from(kind == Kind::Array);
        }
        self.count += 1;
    }

    fn pop(&mut self) {
        self.count = self.count.saturating_sub(1);
        if self.count.is_multiple_of(64) {
            self.words.pop();
        } else if let Some(word) = self.words.last_mut() {
            *word >>= 1;
        }
    }

    /// The kind of the innermost level.
    fn top(&self) -> Option<Kind> {
        self.words.last().map(|word| if word & 1 == 1 { Kind::Array } else { Kind::Object })
    }
}

impl Scanner<'_> {
    /// Passes over one value, after white space; `level` is the number of objects and arrays around it.
    ///
    /// # Errors
    /// [`Malformed`] if it is no JSON.
    pub fn skip_value(&mut self, level: u32) -> Result<Skipped, Malformed> {
        let kind = self.peek()?;
        let start = self.at();
        let depth = match kind {
            Kind::Object | Kind::Array => self.skip_container(kind)?,
            _ => {
                self.skip_scalar(kind)?;
                0
            },
        };
        Ok(Skipped { kind, extent: self.since(start), is_too_deep: level + depth > MOST_LEVELS })
    }

    fn skip_scalar(&mut self, kind: Kind) -> Result<(), Malformed> {
        match kind {
            Kind::String => self.string().map(|_| ()),
            Kind::Number => self.number().map(|_| ()),
            _ => self.literal(kind),
        }
    }

    /// Passes over an object or array; gives the number of its levels.
    fn skip_container(&mut self, kind: Kind) -> Result<u32, Malformed> {
        let mut levels = Levels::default();
        let mut deepest = 0;
        let mut next = Some(kind);
        loop {
            match next {
                Some(kind @ (Kind::Object | Kind::Array)) => {
                    deepest = deepest.max(levels.count + 1);
                    if self.open(kind)? {
                        levels.push(kind);
                        next = Some(self.next_member(kind)?);
                        continue;
                    }
                },
                Some(kind) => self.skip_scalar(kind)?,
                None => {},
            }
            let Some(container) = levels.top() else { return Ok(deepest) };
            next = if self.more(container)? {
                Some(self.next_member(container)?)
            } else {
                levels.pop();
                None
            };
        }
    }

    /// Passes over a key, if it is an object that this is a member of, and looks at the value.
    fn next_member(&mut self, container: Kind) -> Result<Kind, Malformed> {
        if container == Kind::Object {
            self.key()?;
            self.colon()?;
        }
        self.peek()
    }
}
