//! A percentage as an argument: `90`, `92.5` or `90%`.

use crate::value::Number;

/// Reads a percentage from 0 to 100.
pub(super) fn percent(text: &str) -> Result<Number, String> {
    let digits = text.strip_suffix('%').unwrap_or(text).trim_end();
    let number = Number::parse(digits).ok().filter(|number| (Number::ZERO..=Number::whole(100)).contains(number));
    number.ok_or_else(|| "not a percentage from 0 to 100; write it as 90 or 92.5".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_lie_between_0_and_100() {
        assert_eq!(percent("92.5%"), Number::parse("92.5").map_err(|_| String::new()));
        assert_eq!(percent("0"), Ok(Number::ZERO));
        for wrong in ["", "%", "101", "-1", "100.001", "ninety", "1e3", "90%%"] {
            assert!(percent(wrong).is_err(), "{wrong}");
        }
    }
}
