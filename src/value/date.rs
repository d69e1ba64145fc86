//! Days of the proleptic Gregorian calendar, and stretches of days for dates that are known to the month only.
//!
//! The conversion between a day number and year, month, day is the standard one of the era of 400 years
//! (146,097 days) with years that begin in March.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A day, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32")]
pub struct Day(pub i32);

/// A day that was read from data of the tool's own.
impl TryFrom<i32> for Day {
    type Error = &'static str;

    fn try_from(days: i32) -> Result<Self, Self::Error> {
        let bounds = Self::new(0, 1, 1).zip(Self::new(9999, 12, 31));
        let is_within = bounds.is_some_and(|(first, last)| (first..=last).contains(&Self(days)));
        if is_within { Ok(Self(days)) } else { Err("no day of the years 0 to 9999") }
    }
}

impl Day {
    /// The day of that year (0 to 9999), month and day of month, if there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        let (month, day) = (i32::try_from(month).ok()?, i32::try_from(day).ok()?);
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month and day of month.
    pub fn parts(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }

    /// Complete months from `earlier` to `self`; negative if `self` is before it.
    ///
    /// From 31 January to 28 February none is complete, to 1 March one is.
    pub fn months_since(self, earlier: Self) -> i32 {
        if self < earlier {
            return -earlier.months_since(self);
        }
        let (year, month, day) = self.parts();
        let (from_year, from_month, from_day) = earlier.parts();
        let months = (year - from_year) * 12 + month.cast_signed() - from_month.cast_signed();
        months - i32::from(day < from_day)
    }

    /// Complete years from `earlier` to `self`; negative if `self` is before it.
    pub fn years_since(self, earlier: Self) -> i32 {
        self.months_since(earlier) / 12
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The year that four digits are.
#[inline]
fn year([a, b, c, d]: [u8; 4]) -> Option<i32> {
    Some((two([a, b])? * 100 + two([c, d])?).cast_signed())
}

/// The number that two digits are.
#[inline]
fn two([tens, ones]: [u8; 2]) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// How many days a month has.
fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days that a date may be: one day, or each day from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Days {
    /// The first day that it may be.
    pub first: Day,
    /// The last day that it may be.
    pub last: Day,
}

impl Days {
    /// A single day.
    pub fn day(day: Day) -> Self {
        Self { first: day, last: day }
    }

    /// The days of a month, if there is such a month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Some(Self { first: Day::new(year, month, 1)?, last: Day::new(year, month, days_in_month(year, month))? })
    }

    /// Reads `NNNN-NN-NN` or `NNNN-NN` in ASCII digits; `None` if it is no such date.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_bytes(text.as_bytes())
    }

    /// The same of bytes.
    pub fn parse_bytes(text: &[u8]) -> Option<Self> {
        match text {
            [a, b, c, d, b'-', e, f] => Self::month(year([*a, *b, *c, *d])?, two([*e, *f])?),
            [a, b, c, d, b'-', e, f, b'-', g, h] => {
                Day::new(year([*a, *b, *c, *d])?, two([*e, *f])?, two([*g, *h])?).map(Self::day)
            },
            _ => None,
        }
    }

    /// Whether the day is known.
    pub fn is_day(self) -> bool {
        self.first == self.last
    }
}

/// A day as `2026-03-01`, a month as `2026-03`, any other stretch as its two ends.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, _) = self.first.parts();
        if self.is_day() {
            write!(f, "{}", self.first)
        } else if Self::month(year, month) == Some(*self) {
            write!(f, "{year:04}-{month:02}")
        } else {
            write!(f, "{} to {}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_goes_there_and_back() {
        let (first, last) = (Day::new(1800, 1, 1).unwrap(), Day::new(2200, 12, 31).unwrap());
        let mut before = None;
        for number in first.0..=last.0 {
            let (year, month, day) = Day(number).parts();
            assert_eq!(Day::new(year, month, day), Some(Day(number)));
            assert!(before < Some((year, month, day)));
            before = Some((year, month, day));
        }
    }

    #[test]
    fn the_epoch_is_day_zero() {
        assert_eq!(Day::new(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::new(2000, 3, 1).unwrap().0, 11_017);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["2026-02-29", "2026-13", "2026-00", "2026-1-1", "2026-01-32", "20260101", "２０２６-01", ""] {
            assert_eq!(Days::parse(text), None, "{text}");
        }
        assert!(Days::parse("2024-02-29").is_some());
    }

    #[test]
    fn months_are_counted_when_complete() {
        let day = |text| Days::parse(text).unwrap().first;
        assert_eq!(day("2026-02-28").months_since(day("2026-01-31")), 0);
        assert_eq!(day("2026-03-01").months_since(day("2026-01-31")), 1);
        assert_eq!(day("2026-01-31").months_since(day("2026-03-01")), -1);
        assert_eq!(day("2028-02-28").years_since(day("2024-02-29")), 3);
        assert_eq!(day("2028-02-29").years_since(day("2024-02-29")), 4);
    }
}
