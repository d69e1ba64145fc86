//! Exact numbers and sums as texts that lose nothing: `3`, `-1/7`. For data that another run takes up.

use num_bigint::BigInt;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ExactSum, Number};

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (numerator, denominator) = self.parts();
        if denominator == 1 {
            serializer.collect_str(&numerator)
        } else {
            serializer.collect_str(&format_args!("{numerator}/{denominator}"))
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (numerator, denominator) = text.split_once('/').unwrap_or((&text, "1"));
        let parts = numerator.parse().ok().zip(denominator.parse().ok());
        parts
            .and_then(|(numerator, denominator)| Self::fraction(numerator, denominator))
            .ok_or_else(|| D::Error::custom(format_args!("`{text}` is no fraction of two whole numbers")))
    }
}

impl Serialize for ExactSum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (numerator, denominator) = self.fraction();
        serializer.collect_str(&format_args!("{numerator}/{denominator}"))
    }
}

impl<'de> Deserialize<'de> for ExactSum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parts = text.split_once('/').and_then(|(numerator, denominator)| {
            Some((numerator.parse::<BigInt>().ok()?, denominator.parse::<BigInt>().ok()?))
        });
        parts
            .filter(|(_, denominator)| *denominator > BigInt::ZERO)
            .map(|(numerator, denominator)| Self::of_fraction(&numerator, &denominator))
            .ok_or_else(|| D::Error::custom(format_args!("`{text}` is no sum of fractions")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back<T: Serialize + for<'de> Deserialize<'de>>(value: &T) -> T {
        serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
    }

    #[test]
    fn numbers_come_back_as_they_were() {
        for text in ["0", "-12.5", "9999999999999999999999999999", "0.000000000000000000000000001"] {
            let number = Number::parse(text).unwrap();
            assert_eq!(there_and_back(&number), number, "{text}");
        }
    }

    #[test]
    fn sums_come_back_with_the_same_value() {
        let mut sum = ExactSum::default();
        for (numerator, denominator) in [(i128::MAX, 1), (i128::MAX, 1), (1, 7), (-2, 3)] {
            sum.add(Number::fraction(numerator, denominator).unwrap());
        }
        assert_eq!(there_and_back(&sum).fraction(), sum.fraction());
    }

    #[test]
    fn what_is_no_fraction_is_refused() {
        for text in ["\"\"", "\"1/0\"", "\"x\"", "\"1/2/3\"", "1", "\"0.5\""] {
            assert!(serde_json::from_str::<Number>(text).is_err(), "{text}");
        }
        for text in ["\"1\"", "\"1/0\"", "\"1/-2\"", "\"a/b\""] {
            assert!(serde_json::from_str::<ExactSum>(text).is_err(), "{text}");
        }
    }
}
