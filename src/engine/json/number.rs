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
        self.at += usize::from(self.byte() == Some(b'-'));
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        match self.byte() {
            Some(b'.' | b'e' | b'E') => self.fraction_and_exponent()?,
            Some(b'0'..=b'9') => return Err(Malformed),
            _ => {},
        }
        Ok(self.since(start))
    }

    fn fraction_and_exponent(&mut self) -> Result<(), Malformed> {
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(())
    }

    /// One digit and more.
    #[inline]
    fn digits(&mut self) -> Result<(), Malformed> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { Err(Malformed) } else { Ok(()) }
    }
}
