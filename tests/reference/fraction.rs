//! Exact fractions of big integers (details 8).

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer as _;

/// A fraction in lowest terms; what stands below is positive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fraction {
    over: BigInt,
    under: BigInt,
}

/// A number as a proposal gives it (`language.md` 2, details 25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Digits {
    /// It is known, be it in range or not.
    Known(Fraction),
    /// It has more than 28 significant digits, or cannot be kept.
    TooLong,
}

impl Fraction {
    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self { over: BigInt::from(value), under: BigInt::from(1) }
    }

    /// `over / under` in lowest terms; `None` if `under` is 0.
    pub fn new(over: BigInt, under: BigInt) -> Option<Self> {
        let zero = BigInt::from(0);
        if under == zero {
            return None;
        }
        let divisor = if under < zero { -over.gcd(&under) } else { over.gcd(&under) };
        Some(Self { over: over / &divisor, under: under / divisor })
    }

    /// Sum.
    pub fn plus(&self, other: &Self) -> Self {
        Self::new(&self.over * &other.under + &other.over * &self.under, &self.under * &other.under).expect("not 0")
    }

    /// Difference.
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negated())
    }

    /// Product.
    pub fn times(&self, other: &Self) -> Self {
        Self::new(&self.over * &other.over, &self.under * &other.under).expect("not 0")
    }

    /// Quotient; `None` if `other` is 0.
    pub fn divided(&self, other: &Self) -> Option<Self> {
        Self::new(&self.over * &other.under, &self.under * &other.over)
    }

    /// The number with the other sign.
    pub fn negated(&self) -> Self {
        Self { over: -&self.over, under: self.under.clone() }
    }

    /// Whether the result of an operator may be this: neither part beyond 10^28 (details 8).
    pub fn is_within_limit(&self) -> bool {
        let limit = BigInt::from(10).pow(28);
        -&limit <= self.over && self.over <= limit && self.under <= limit
    }

    /// Whether it is 10^28 or more, which no number of a proposal may be (details 25).
    pub fn is_too_large(&self) -> bool {
        let limit = BigInt::from(10).pow(28) * &self.under;
        self.over >= limit || self.over <= -limit
    }

    /// Whether it has no fractional part.
    pub fn is_whole(&self) -> bool {
        self.under == BigInt::from(1)
    }

    /// Whether it can be kept: both parts within 128 bits.
    fn can_be_kept(&self) -> bool {
        i128::try_from(&self.over).is_ok() && i128::try_from(&self.under).is_ok()
    }

    /// Reads the digits of a JSON number, or of the number in a quantity's text, times a scale.
    pub fn read(text: &str, scale: &Self) -> Digits {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let all = format!("{}{fraction}", whole.trim_start_matches('-'));
        let significant = all.trim_start_matches('0');
        if significant.is_empty() {
            return Digits::Known(Self::whole(0));
        }
        let exponent: i64 = exponent.trim_start_matches('+').parse().unwrap_or(i64::MAX);
        if significant.len() > 28 || exponent.unsigned_abs() > 1000 {
            return Digits::TooLong;
        }
        let power = exponent - i64::try_from(fraction.len()).expect("short");
        let ten = BigInt::from(10).pow(u32::try_from(power.unsigned_abs()).expect("short"));
        let digits: BigInt = significant.parse().expect("digits");
        let digits = if text.starts_with('-') { -digits } else { digits };
        let value = if power < 0 { Self::new(digits, ten) } else { Self::new(digits * ten, BigInt::from(1)) };
        let value = value.expect("not 0").times(scale);
        if value.can_be_kept() { Digits::Known(value) } else { Digits::TooLong }
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.over * &other.under).cmp(&(&other.over * &self.under))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<plancheck::value::Number> for Fraction {
    /// A number of the parsed tree.
    fn from(number: plancheck::value::Number) -> Self {
        let (over, under) = number.parts();
        Self::new(BigInt::from(over), BigInt::from(under)).expect("not 0")
    }
}

/// As people read it (details 8): a decimal where it ends within six places, else rounded half up with `≈`.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let million = BigInt::from(1_000_000);
        let sign = if self.over < BigInt::from(0) { "-" } else { "" };
        let size = BigInt::from(self.over.magnitude().clone());
        let (millionths, rest) = (&size * &million).div_rem(&self.under);
        let exact = rest == BigInt::from(0);
        let up = !exact && rest * 2 >= self.under;
        let millionths = millionths + i32::from(up);
        let (whole, decimals) = millionths.div_rem(&million);
        let decimals = format!("{:0>6}", decimals.to_string());
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        write!(f, "{}{sign}{whole}{point}{decimals}", if exact { "" } else { "≈" })
    }
}
