//! Sums without a bound on the way, so that the order of adding never shows.

use num_bigint::BigInt;

use super::Number;

/// A running sum of fractions: a 128-bit sum of whole numbers, and big integers for what does not fit there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExactSum {
    whole: i128,
    rest: Option<Box<(BigInt, BigInt)>>,
}

impl ExactSum {
    /// Adds a number.
    pub fn add(&mut self, number: Number) {
        let (numerator, denominator) = number.parts();
        if denominator == 1 {
            match self.whole.checked_add(numerator) {
                Some(sum) => self.whole = sum,
                None => self.add_big(&BigInt::from(numerator), &BigInt::from(1)),
            }
        } else {
            self.add_big(&BigInt::from(numerator), &BigInt::from(denominator));
        }
    }

    /// Adds another sum; any order of adding gives the same value.
    pub fn merge(&mut self, other: &Self) {
        match self.whole.checked_add(other.whole) {
            Some(sum) => self.whole = sum,
            None => self.add_big(&BigInt::from(other.whole), &BigInt::from(1)),
        }
        if let Some(rest) = &other.rest {
            self.add_big(&rest.0, &rest.1);
        }
    }

    /// The value; `None` beyond the limit of [`Number`].
    pub fn value(&self) -> Option<Number> {
        match &self.rest {
            None => Number::fraction(self.whole, 1).filter(|sum| !sum.is_beyond_limit()),
            Some(_) => {
                let (numerator, denominator) = self.fraction();
                Number::from_big(&numerator, &denominator)
            },
        }
    }

    /// The sum as one fraction, not in lowest terms.
    pub(super) fn fraction(&self) -> (BigInt, BigInt) {
        match &self.rest {
            None => (BigInt::from(self.whole), BigInt::from(1)),
            Some(rest) => (&rest.0 + BigInt::from(self.whole) * &rest.1, rest.1.clone()),
        }
    }

    /// A sum that has come to a fraction; the denominator is above 0.
    pub(super) fn of_fraction(numerator: &BigInt, denominator: &BigInt) -> Self {
        let mut sum = Self::default();
        match i128::try_from(numerator) {
            Ok(whole) if *denominator == BigInt::from(1) => sum.whole = whole,
            _ => sum.add_big(numerator, denominator),
        }
        sum
    }

    /// The value divided by a count; `None` beyond the limit or for a count of 0.
    pub fn divided(&self, count: u64) -> Option<Number> {
        if count == 0 {
            return None;
        }
        let (numerator, denominator) = self.fraction();
        Number::from_big(&numerator, &(denominator * BigInt::from(count)))
    }

    fn add_big(&mut self, numerator: &BigInt, denominator: &BigInt) {
        use num_integer::Integer as _;
        let (a, b) = match self.rest.take() {
            None => (BigInt::from(0), BigInt::from(1)),
            Some(rest) => *rest,
        };
        let numerator = &a * denominator + numerator * &b;
        let denominator = b * denominator;
        let divisor = numerator.gcd(&denominator);
        self.rest = Some(Box::new((numerator / &divisor, denominator / &divisor)));
    }
}
