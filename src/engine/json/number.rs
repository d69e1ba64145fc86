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
        self.cursor.accept_here(b'-');
        if !self.cursor.accept_here(b'0') {
            self.digits()?;
        }
        match self.cursor.byte() {
            Some(b'.' | b'e' | b'E') => self.fraction_and_exponent()?,
            Some(b'0'..=b'9') => return Err(Malformed),
            _ => {},
        }
        Ok(self.since(start))
    }

    fn fraction_and_exponent(&mut self) -> Result<(), Malformed> {
        if self.cursor.accept_here(b'.') {
            self.digits()?;
        }
        if self.cursor.accept_here(b'e') || self.cursor.accept_here(b'E') {
            let _sign = self.cursor.accept_here(b'+') || self.cursor.accept_here(b'-');
            self.digits()?;
        }
        Ok(())
    }

    /// One digit and more.
    #[inline]
    fn digits(&mut self) -> Result<(), Malformed> {
        let start = self.cursor.at;
        while matches!(self.cursor.byte(), Some(b'0'..=b'9')) {
            self.cursor.at += 1;
        }
        if self.cursor.at > start { Ok(()) } else { Err(Malformed) }
    }
}
