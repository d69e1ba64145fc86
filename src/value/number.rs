//! Exact fractions. The only file that knows how numbers are kept.
//!
//! A [`Number`] is a fraction of two 128-bit integers in lowest terms. Results beyond 10^28 in numerator or
//! denominator are refused (details 8); what passes 128 bits on the way is worked out with big integers.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer as _;

/// The bound on numerator and denominator of every result: 10^28.
const LIMIT: i128 = 10_i128.pow(28);

/// The most significant digits that a number in a proposal or a rule may have.
pub const MOST_DIGITS: usize = 28;

/// An exact fraction in lowest terms; the denominator is positive.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    numerator: i128,
    denominator: i128,
}

/// Why a text is no number that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// It does not have the form of a decimal number.
    Malformed,
    /// It has more than 28 significant digits, or is too large or too small to be kept.
    TooLong,
}

impl Number {
    /// 0
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// 1
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self { numerator: value as i128, denominator: 1 }
    }

    /// A fraction in any terms; `None` if the denominator is 0 or the lowest terms do not fit.
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 1 {
            return Some(Self { numerator, denominator });
        }
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        // Division by hardware for what fits, which nearly all does: an order of magnitude faster.
        if let (Ok(numerator), Ok(denominator)) = (i64::try_from(numerator), i64::try_from(denominator))
            && numerator > i64::MIN
            && denominator > 0
        {
            let divisor = numerator.gcd(&denominator);
            let (numerator, denominator) = (numerator / divisor, denominator / divisor);
            return Some(Self { numerator: numerator.into(), denominator: denominator.into() });
        }
        let divisor = numerator.gcd(&denominator) * denominator.signum();
        Some(Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// `digits / 10^places * scale`, without a bound but that of 128 bits; `places` is less than 19.
    ///
    /// Amounts have few digits and scales are whole powers of ten mostly, so that 64 bits and no greatest common
    /// divisor do for nearly all.
    #[inline]
    pub fn decimal(digits: i64, places: u32, scale: Self) -> Option<Self> {
        match i64::try_from(scale.numerator) {
            Ok(scale_by) if places == 0 && scale.denominator == 1 => {
                Some(Self { numerator: i128::from(digits) * i128::from(scale_by), denominator: 1 })
            },
            _ => Self::decimal_of_places(digits, places, scale),
        }
    }

    fn decimal_of_places(digits: i64, places: u32, scale: Self) -> Option<Self> {
        let power = 10_i64.checked_pow(places)?;
        match (i64::try_from(scale.numerator), scale.denominator) {
            (Ok(scale), 1) if scale % power == 0 => {
                Some(Self { numerator: i128::from(digits) * i128::from(scale / power), denominator: 1 })
            },
            (Ok(1), 1) => Some(Self::over_power_of_ten(digits, places)),
            _ => {
                let numerator = i128::from(digits).checked_mul(scale.numerator)?;
                Self::fraction(numerator, scale.denominator.checked_mul(power.into())?)
            },
        }
    }

    /// `digits / 10^places` in lowest terms: only twos and fives can be common.
    fn over_power_of_ten(digits: i64, places: u32) -> Self {
        if digits == 0 {
            return Self::ZERO;
        }
        let twos = digits.trailing_zeros().min(places);
        let (mut numerator, mut fives) = (digits >> twos, places);
        while fives > 0 && numerator % 5 == 0 {
            numerator /= 5;
            fives -= 1;
        }
        let denominator = 5_i64.pow(fives) << (places - twos);
        Self { numerator: numerator.into(), denominator: denominator.into() }
    }

    /// Reads `-?digits[.digits][(e|E)[+-]digits]` exactly. White space, `_` and `%` are the caller's business.
    ///
    /// Zeros before the first and after the last other digit behind the point do not count as digits.
    ///
    /// # Errors
    /// [`NumberError::Malformed`] if the text has another form, [`NumberError::TooLong`] if it has more than
    /// 28 significant digits or its size passes what can be kept.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        Self::parse_scaled(text, Self::ONE)
    }

    /// Reads a decimal number as in [`Self::parse`] and multiplies it by `scale`, without a bound on the product but that of 128 bits.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_scaled(text: &str, scale: Self) -> Result<Self, NumberError> {
        let (digits, exponent) = decimal(text)?;
        if digits == 0 {
            return Ok(Self::ZERO);
        }
        let scaled = if exponent >= 0 {
            power_of_ten(exponent)
                .and_then(|power| digits.checked_mul(power))
                .and_then(|whole| Self { numerator: whole, denominator: 1 }.times(scale))
        } else {
            power_of_ten(-exponent).and_then(|power| Self::fraction(digits, power)).and_then(|value| value.times(scale))
        };
        scaled.ok_or(NumberError::TooLong)
    }

    /// Product without the bound of 10^28; `None` beyond 128 bits.
    fn times(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_mul(other.numerator).map(|numerator| Self { numerator, denominator: 1 });
        }
        let first = self.numerator.gcd(&other.denominator).max(1);
        let second = other.numerator.gcd(&self.denominator).max(1);
        let numerator = (self.numerator / first).checked_mul(other.numerator / second)?;
        let denominator = (self.denominator / second).checked_mul(other.denominator / first)?;
        Some(Self { numerator, denominator })
    }

    /// Whether the number has no fractional part.
    pub fn is_whole(self) -> bool {
        self.denominator == 1
    }

    /// Whether the number is 0.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// -1, 0 or 1.
    pub fn sign(self) -> i128 {
        self.numerator.signum()
    }

    /// Whether numerator or denominator passes 10^28.
    pub fn is_beyond_limit(self) -> bool {
        self.numerator.unsigned_abs() > LIMIT.unsigned_abs() || self.denominator > LIMIT
    }

    /// Whether the magnitude is 10^28 or more, which no number in a proposal may have.
    pub fn is_too_large(self) -> bool {
        self.numerator.unsigned_abs() / self.denominator.unsigned_abs() >= LIMIT.unsigned_abs()
    }

    /// Numerator and denominator, in lowest terms.
    pub fn parts(self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }

    /// Sum; `None` beyond the limit.
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_add(other.numerator).and_then(|numerator| bounded(numerator, 1));
        }
        let cross = self
            .numerator
            .checked_mul(other.denominator)
            .zip(other.numerator.checked_mul(self.denominator))
            .and_then(|(left, right)| left.checked_add(right))
            .zip(self.denominator.checked_mul(other.denominator));
        if let Some((numerator, denominator)) = cross {
            return bounded(numerator, denominator);
        }
        let [a, b, c, d] = [self.numerator, self.denominator, other.numerator, other.denominator].map(BigInt::from);
        Self::from_big(&(&a * &d + &c * &b), &(&b * &d))
    }

    /// Difference; `None` beyond the limit.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// Product; `None` beyond the limit.
    pub fn multiplied(self, other: Self) -> Option<Self> {
        self.times(other).filter(|product| !product.is_beyond_limit())
    }

    /// Quotient; `None` beyond the limit or if `other` is 0.
    pub fn divided(self, other: Self) -> Option<Self> {
        Self::fraction(other.denominator, other.numerator).and_then(|inverse| self.multiplied(inverse))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    /// Lowest terms of a fraction of big integers; `None` beyond the limit.
    pub(super) fn from_big(numerator: &BigInt, denominator: &BigInt) -> Option<Self> {
        let divisor = numerator.gcd(denominator);
        let numerator = i128::try_from(numerator / &divisor).ok()?;
        let denominator = i128::try_from(denominator / &divisor).ok()?;
        bounded(numerator, denominator)
    }
}

fn bounded(numerator: i128, denominator: i128) -> Option<Number> {
    Number::fraction(numerator, denominator).filter(|number| !number.is_beyond_limit())
}

fn power_of_ten(exponent: i32) -> Option<i128> {
    u32::try_from(exponent).ok().and_then(|exponent| 10_i128.checked_pow(exponent))
}

/// The significant digits of a decimal text as an integer, and the power of ten to multiply it by.
fn decimal(text: &str) -> Result<(i128, i32), NumberError> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, power) = match rest.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, exponent(power)?),
        None => (rest, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((_, "")) => return Err(NumberError::Malformed),
        Some(parts) => parts,
        None => (mantissa, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::Malformed);
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let significant = if whole.is_empty() { fraction.trim_start_matches('0') } else { fraction };
    if whole.len() + significant.len() > MOST_DIGITS {
        return Err(NumberError::TooLong);
    }
    let digits = whole.bytes().chain(significant.bytes()).fold(0, |value, digit| value * 10 + i128::from(digit - b'0'));
    if digits == 0 {
        return Ok((0, 0));
    }
    let behind = i64::try_from(fraction.len()).map_err(|_| NumberError::TooLong)?;
    let exponent = i32::try_from(power - behind).map_err(|_| NumberError::TooLong)?;
    Ok((if negative { -digits } else { digits }, exponent))
}

fn exponent(text: &str) -> Result<i64, NumberError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::Malformed);
    }
    let size = digits.bytes().fold(0_i64, |size, digit| (size * 10 + i64::from(digit - b'0')).min(1_000_000_000_000));
    Ok(if text.starts_with('-') { -size } else { size })
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        if let (Some(left), Some(right)) = (left, right) {
            return left.cmp(&right);
        }
        let [a, b, c, d] = [self.numerator, self.denominator, other.numerator, other.denominator].map(BigInt::from);
        (a * d).cmp(&(c * b))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// As people read it: a decimal where it ends within the digits that can be shown, else `≈` and six places, rounded half up.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.numerator < 0 { "-" } else { "" };
        let size = self.numerator.unsigned_abs();
        let denominator = self.denominator.unsigned_abs();
        let (whole, rest) = (size / denominator, size % denominator);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        if let Some(decimals) = ending_decimals(rest, denominator) {
            return write!(f, "{sign}{whole}.{decimals}");
        }
        let [rest, denominator] = [rest, denominator].map(BigInt::from);
        let millionths = (rest * 2_000_000_u32 + &denominator) / (denominator * 2_u32);
        let millionths = u128::try_from(millionths).unwrap_or(0);
        let whole = whole + millionths / 1_000_000;
        let decimals = format!("{:06}", millionths % 1_000_000);
        match decimals.trim_end_matches('0') {
            "" => write!(f, "≈{sign}{whole}"),
            decimals => write!(f, "≈{sign}{whole}.{decimals}"),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

/// The decimals of `rest / denominator` if they end within 6 places.
fn ending_decimals(mut rest: u128, denominator: u128) -> Option<String> {
    let mut decimals = String::new();
    while rest != 0 {
        if decimals.len() == 6 {
            return None;
        }
        rest = rest.checked_mul(10)?;
        decimals.push(char::from(b'0' + u8::try_from(rest / denominator).ok()?));
        rest %= denominator;
    }
    Some(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn digits_are_read_exactly() {
        assert_eq!(number("0.10"), Number::fraction(1, 10).unwrap());
        assert_eq!(number("-12.50e2"), Number::whole(-1250));
        assert_eq!(number("1e3"), Number::whole(1000));
        assert_eq!(number("00.0"), Number::ZERO);
        assert_eq!(number("0e999999999999"), Number::ZERO);
    }

    #[test]
    fn short_decimals_are_the_same_as_long_ones() {
        let scales = [Number::ONE, Number::whole(10_000), Number::whole(-250), Number::fraction(2000, 3).unwrap()];
        for scale in scales {
            for digits in (-2500..2500).chain([99_999_999_999_999_999, -12_345_678_900_000_000, 1 << 52]) {
                for places in [0, 1, 2, 3, 17] {
                    let long = Number::fraction(digits.into(), 10_i128.pow(places)).unwrap().times(scale);
                    assert_eq!(Number::decimal(digits, places, scale), long, "{digits} {places} {scale}");
                }
            }
        }
    }

    #[test]
    fn more_than_28_digits_are_too_long() {
        assert!(Number::parse("1234567890123456789012345678").is_ok());
        assert!(Number::parse("0.00001234567890123456789012345678000").is_ok());
        assert_eq!(Number::parse("12345678901234567890123456789"), Err(NumberError::TooLong));
        assert_eq!(Number::parse(&"9".repeat(10_000)), Err(NumberError::TooLong));
        assert_eq!(Number::parse("1e-999999999999999999999"), Err(NumberError::TooLong));
        assert!(number("1e28").is_too_large());
        assert!(!number("9999999999999999999999999999").is_too_large());
    }

    #[test]
    fn what_is_no_decimal_number_is_malformed() {
        for text in ["", "-", ".5", "5.", "1e", "1e+", "1_0", "+1", "1.2.3", "NaN", "１"] {
            assert_eq!(Number::parse(text), Err(NumberError::Malformed), "{text}");
        }
    }

    #[test]
    fn results_beyond_the_limit_are_refused() {
        let large = number("9e27");
        assert_eq!(large.plus(large), None);
        assert_eq!(large.multiplied(Number::whole(2)), None);
        assert_eq!(Number::ONE.divided(Number::ZERO), None);
        let (a, b) = (number("9999999999999999999999999999"), number("9999999999999999999999999998"));
        assert!(Number::ONE.divided(a).unwrap() < Number::ONE.divided(b).unwrap());
    }

    #[test]
    fn people_see_decimals_where_they_end() {
        let shown = |a, b| Number::fraction(a, b).unwrap().to_string();
        assert_eq!(shown(5, 4), "1.25");
        assert_eq!(shown(-1, 3), "≈-0.333333");
        assert_eq!(shown(2, 3), "≈0.666667");
        assert_eq!(shown(1_999_999_999, 1_000_000_000), "≈2");
        assert_eq!(shown(1, 64), "0.015625");
        assert_eq!(shown(1, 128), "≈0.007813");
    }
}
