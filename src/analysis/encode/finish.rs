//! What can be said only once all has been encoded: years of days, months that begin on a first, and what one answer
//! about another text says of the next.

use super::space::day_number;
use super::text::{Comparison, Source, Test};
use super::{Encoder, FieldKind, Linear};
use crate::analysis::arithmetic::VariableId;
use crate::analysis::circuit::Literal;
use crate::rulebook::TableId;
use crate::value::{Day, Days, Number};
use regex::Regex;

impl Encoder<'_> {
    /// Adds what hangs on all comparisons together; to be called after the last expression.
    pub fn finish(&mut self) {
        self.link_years();
        self.align_months();
        for (source, tests) in self.tests.clone() {
            self.relate(&source, &tests);
        }
    }

    /// The values that a variable by itself is compared with: at most each of them.
    fn cuts(&self, variable: VariableId) -> Vec<(Number, Literal)> {
        let forms = &self.arithmetic.forms;
        let bounds = self.arithmetic.bounds.iter().filter(|bound| {
            let form = forms.get(bound.form).map(|form| form.terms.as_slice()).unwrap_or_default();
            !bound.strict && matches!(form, [(one, _)] if *one == variable)
        });
        bounds.map(|bound| (bound.value, bound.literal)).collect()
    }

    /// A year is at most Y where the day is at most its last.
    fn link_years(&mut self) {
        for link in self.years.clone() {
            for (year, literal) in self.cuts(link.year) {
                let number = i32::try_from(year.parts().0).unwrap_or(i32::MAX);
                let same = match Day::new(number, 12, 31) {
                    Some(end) => self.at_most(&link.day, &Linear::constant(day_number(end))),
                    None => self.circuit.constant(number > 0),
                };
                self.circuit.equal(literal, same);
            }
            // Years in sums and differences are kept near their days.
            let length = Number::fraction(3_652_425, 10_000);
            let near = |shift: i64| -> Option<Linear> {
                let since = Linear { constant: Number::whole(shift - 1970), ..Linear::variable(link.year) };
                since.times(length?)
            };
            if let (Some(start), Some(end)) = (near(0), near(1)) {
                let margin = Linear::constant(Number::whole(2));
                for (low, high) in [(start.minus(&margin), Some(link.day.clone())), (Some(link.day), end.plus(&margin))]
                {
                    if let (Some(low), Some(high)) = (low, high) {
                        let holds = self.at_most(&low, &high);
                        self.circuit.clause(&[holds]);
                    }
                }
            }
        }
    }

    /// A month begins on a first and ends on a last, so that cuts within it do not divide it.
    fn align_months(&mut self) {
        let months: Vec<(VariableId, VariableId, Literal)> = self
            .rows
            .iter()
            .flat_map(|row| row.fields.values())
            .filter_map(|field| match field.kind {
                FieldKind::Date(first, last, month) => Some((first, last, month)),
                _ => None,
            })
            .collect();
        for (first, last, month) in months {
            for (cut, literal) in self.cuts(first) {
                let Some(start) = day_of(cut).and_then(month_of).map(|days| days.first) else { continue };
                let same = self.at_most(&Linear::variable(first), &Linear::constant(day_number(start)));
                self.circuit.clause(&[!month, !literal, same]);
                self.circuit.clause(&[!month, literal, !same]);
            }
            for (cut, literal) in self.cuts(last) {
                let Some(day) = day_of(cut) else { continue };
                let Some(days) = month_of(day) else { continue };
                // The latest month that ends by then: this one, or the one before.
                let ended = if days.last == day { Some(days) } else { month_of(Day(days.first.0 - 1)) };
                let Some(ended) = ended else { continue };
                let same = self.at_most(&Linear::variable(first), &Linear::constant(day_number(ended.first)));
                self.circuit.clause(&[!month, !literal, same]);
                self.circuit.clause(&[!month, literal, !same]);
            }
        }
    }

    /// What two answers about one text cannot be together.
    fn relate(&mut self, source: &Source, tests: &[(Test, Literal)]) {
        let spot = self.rows.get(source.0).map(|row| (row.table, source.1)).unwrap_or((TableId(0), source.1));
        let is_whole = source.2.is_empty();
        for (index, (test, literal)) in tests.iter().enumerate() {
            if let (Test::Compared(Comparison::IsExactly, _, text), true) = (test, is_whole)
                && self.texts_of(spot).iter().any(|known| known.as_ref() == text.as_str())
            {
                self.circuit.clause(&[!*literal]);
            }
            if let Some((Comparison::StartsWith | Comparison::EndsWith | Comparison::Contains, "")) = compared(test) {
                self.circuit.clause(&[*literal]);
            }
            for (other, answer) in tests.iter().skip(index + 1) {
                for ((a, a_holds), (b, b_holds)) in
                    [((test, literal), (other, answer)), ((other, answer), (test, literal))]
                {
                    match follows(a, b) {
                        Some(true) => self.circuit.clause(&[!*a_holds, *b_holds]),
                        Some(false) => self.circuit.clause(&[!*a_holds, !*b_holds]),
                        None => {},
                    }
                }
            }
        }
    }
}

fn compared(test: &Test) -> Option<(Comparison, &str)> {
    match test {
        Test::Compared(comparison, false, text) => Some((*comparison, text)),
        _ => None,
    }
}

/// What a first answer says of a second question about the same text, if anything.
fn follows(given: &Test, asked: &Test) -> Option<bool> {
    let (given, text) = compared(given)?;
    if let (Comparison::IsExactly, Test::Matches(pattern)) = (given, asked) {
        return Regex::new(pattern).ok().map(|pattern| pattern.is_match(text));
    }
    let (asked, other) = compared(asked)?;
    let folded = crate::text::normal::fold(text);
    match (given, asked) {
        (Comparison::IsExactly, Comparison::IsExactly) => Some(text == other),
        (Comparison::IsExactly, _) => Some(asked.holds(&folded, other)),
        (Comparison::Is, Comparison::IsExactly) => (crate::text::normal::fold(other) != text).then_some(false),
        (Comparison::Is, _) => Some(asked.holds(text, other)),
        (Comparison::StartsWith, Comparison::StartsWith) => match (text.starts_with(other), other.starts_with(text)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        },
        (Comparison::EndsWith, Comparison::EndsWith) => match (text.ends_with(other), other.ends_with(text)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        },
        (_, Comparison::Contains) => text.contains(other).then_some(true),
        _ => None,
    }
}

fn day_of(number: Number) -> Option<Day> {
    number.is_whole().then(|| i32::try_from(number.parts().0).ok().map(Day)).flatten()
}

fn month_of(day: Day) -> Option<Days> {
    let (year, month, _) = day.parts();
    Days::month(year, month)
}
