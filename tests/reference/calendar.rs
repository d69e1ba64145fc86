//! Days as year, month and day of month, which compare as such; days between two of them are counted.

/// A day of the calendar: year, month, day of month.
pub type Day = (i64, i64, i64);

/// The days that a date may be, from the first to the last; one day for most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// The first of them.
    pub first: Day,
    /// The last of them.
    pub last: Day,
}

impl Days {
    /// Reads `2026-03-01` or `2026-03`.
    pub fn read(text: &str) -> Option<Self> {
        let numbers: Vec<&str> = text.split('-').collect();
        let (year, month) = (number(numbers.first()?, 4)?, number(numbers.get(1)?, 2)?);
        if !(1..=12).contains(&month) {
            return None;
        }
        match numbers.len() {
            2 => Some(Self { first: (year, month, 1), last: (year, month, days_of_month(year, month)) }),
            3 => {
                let day = number(numbers[2], 2).filter(|day| (1..=days_of_month(year, month)).contains(day))?;
                Some(Self { first: (year, month, day), last: (year, month, day) })
            },
            _ => None,
        }
    }

    /// The days of a date of the parsed tree.
    pub fn of(days: plancheck::value::Days) -> Self {
        let parts = |day: plancheck::value::Day| {
            let (year, month, day) = day.parts();
            (i64::from(year), i64::from(month), i64::from(day))
        };
        Self { first: parts(days.first), last: parts(days.last) }
    }

    /// A day as `2026-03-01`, a month as `2026-03`.
    pub fn shown(self) -> String {
        let (year, month, day) = self.first;
        if self.first == self.last { format!("{year:04}-{month:02}-{day:02}") } else { format!("{year:04}-{month:02}") }
    }
}

fn number(digits: &str, length: usize) -> Option<i64> {
    let right = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
    right.then(|| digits.parse().expect("digits"))
}

fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day's number, counted from the first day of year 0; every fourth year is a leap year, but for centuries that 400 does not divide.
fn number_of((year, month, day): Day) -> i64 {
    let leap_years_before = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    let months: i64 = (1..month).map(|month| days_of_month(year, month)).sum();
    365 * year + leap_years_before + months + day
}

/// `days between A and B`: B − A (details 29).
pub fn days_between(from: Day, to: Day) -> i64 {
    number_of(to) - number_of(from)
}

/// `months between A and B`: the complete ones, negative if B is before A (details 29).
///
/// A month is complete when the same day of the next month is reached; where that month is too short, on the day after it.
pub fn months_between(from: Day, to: Day) -> i64 {
    if to < from {
        return -months_between(to, from);
    }
    let after = |months: i64| (from.0 + (from.1 - 1 + months) / 12, (from.1 - 1 + months) % 12 + 1, from.2);
    let guess = (to.0 - from.0) * 12;
    (0.max(guess - 12)..=guess + 12).take_while(|months| after(*months) <= to).last().unwrap_or(0)
}

/// `years between A and B`: the complete ones, negative if B is before A (details 29).
pub fn years_between(from: Day, to: Day) -> i64 {
    if to < from {
        return -years_between(to, from);
    }
    let years = to.0 - from.0;
    if (from.0 + years, from.1, from.2) <= to { years } else { years - 1 }
}
