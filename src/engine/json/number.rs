//! Numbers: their grammar, and nothing of their value.

use super::{Malformed, Scanner};
use crate::engine::record::Extent;

impl Scanner<'_> {
    /// Reads a number that begins at the next byte.
    ///
    /// # Errors
    /// [`Malformed`] if what stands there is not of the form that JSON gives to numbers.
    #[inline]
    pub fn number(&mut self) -> Result<Extent, Malformed> {
        let start = self.at();
        self.rest = self.rest.strip_prefix(b"-").unwrap_or(self.rest);
        match self.rest {
            [b'0', after @ ..] => self.rest = after,
            _ => self.digits()?,
        }
        match self.byte() {
            Some(b'.' | b'e' | b'E') => self.fraction_and_exponent()?,
            Some(b'0'..=b'9') => return Err(Malformed),
            _ => {},
        }
        Ok(self.since(start))
    }

    fn fraction_and_exponent(&mut self) -> Result<(), Malformed> {
        if let [b'.', after @ ..] = self.rest {
            self.rest = after;
            self.digits()?;
        }
        if let [b'e' | b'E', b'+' | b'-', after @ ..] | [b'e' | b'E', after @ ..] = self.rest {
            self.rest = after;
            self.digits()?;
        }
        Ok(())
    }

    /// One digit and more.
    #[inline]
    fn digits(&mut self) -> Result<(), Malformed> {
        let [b'0'..=b'9', after @ ..] = self.rest else { return Err(Malformed) };
        self.rest = after;
        while let [b'0'..=b'9', after @ ..] = self.rest {
            self.rest = after;
        }
        Ok(())
    }
}
