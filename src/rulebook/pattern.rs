//! Regular expressions of a rule pack.
//!
//! Most of them say one of two simple things: that a text is one of a few (`^(anyang|hebi)$`), or that it has a form of
//! so many characters (`^[0-9]{4}-41[0-9]{4}$`). Such a pattern is seen through and never compiled: to find a text in a
//! table costs 60 instructions and to go through a form of 24 characters 150, where the automaton took 400 and 1,000;
//! and to compile one takes a tenth of a millisecond of the start.

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::text::lookup::Lookup;

/// Bytes that a compiled regular expression may take.
const MOST_BYTES: usize = 1 << 20;

/// Groups within one another in a regular expression.
const MOST_DEPTH: u32 = 64;

/// The most texts, and the longest form, that a pattern is seen through for.
const MOST: usize = 256;

/// A regular expression.
#[derive(Debug, Clone)]
pub struct Pattern {
    written: String,
    sense: Sense,
}

/// What a pattern asks of a text.
#[derive(Debug, Clone)]
enum Sense {
    /// To be one of these.
    OneOf(Vec<String>, Lookup),
    /// To have these ASCII characters, each one of a set (a bit a character), and no others.
    Form(Vec<u128>),
    /// Anything else.
    Other(Regex),
}

impl Pattern {
    /// Reads a regular expression in the syntax of the crate `regex`.
    ///
    /// # Errors
    /// What is none, nests too deep or needs too much memory.
    pub fn new(written: &str) -> Result<Self, regex::Error> {
        let syntax = regex_syntax::ParserBuilder::new().nest_limit(MOST_DEPTH).build().parse(written);
        let simple = syntax.ok().as_ref().and_then(whole).and_then(|inner| form(&inner).or_else(|| one_of(&inner)));
        let sense = match simple {
            Some(sense) => sense,
            None => Sense::Other(
                RegexBuilder::new(written)
                    .size_limit(MOST_BYTES)
                    .dfa_size_limit(MOST_BYTES)
                    .nest_limit(MOST_DEPTH)
                    .build()?,
            ),
        };
        Ok(Self { written: written.to_owned(), sense })
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether a text matches.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.sense {
            Sense::OneOf(_, lookup) => lookup.find(text.as_bytes()).is_some(),
            Sense::Form(sets) => {
                let is_in = |(byte, set): (u8, &u128)| byte < 128 && set >> byte & 1 == 1;
                text.len() == sets.len() && text.bytes().zip(sets).all(is_in)
            },
            Sense::Other(regex) => regex.is_match(text),
        }
    }

    /// The texts that match, if they are few.
    pub fn texts(&self) -> Option<&[String]> {
        match &self.sense {
            Sense::OneOf(texts, _) => Some(texts),
            _ => None,
        }
    }
}

/// What stands between `^` and `$`, if a pattern begins and ends so and asks for no place within.
fn whole(pattern: &Hir) -> Option<Hir> {
    let HirKind::Concat(parts) = pattern.kind() else { return None };
    let [first, inner @ .., last] = parts.as_slice() else { return None };
    let is_anchored =
        matches!(first.kind(), HirKind::Look(Look::Start)) && matches!(last.kind(), HirKind::Look(Look::End));
    let is_plain = inner.iter().all(|part| part.properties().look_set().is_empty());
    (is_anchored && is_plain).then(|| Hir::concat(inner.to_vec()))
}

fn one_of(pattern: &Hir) -> Option<Sense> {
    let all = Extractor::new().limit_total(MOST).limit_literal_len(MOST).extract(pattern);
    let literals = all.literals().filter(|_| all.is_exact())?;
    let texts = literals.iter().map(|literal| String::from_utf8(literal.as_bytes().to_vec()).ok());
    let texts: Vec<String> = texts.collect::<Option<_>>()?;
    let lookup = Lookup::new(texts.iter().map(|text| (text.as_str(), 0)));
    Some(Sense::OneOf(texts, lookup))
}

/// A form that leaves a choice: one that leaves none is a text.
fn form(pattern: &Hir) -> Option<Sense> {
    let mut sets = Vec::new();
    add_form(pattern, &mut sets)?;
    let has_choice = sets.iter().any(|set| set.count_ones() != 1);
    has_choice.then_some(Sense::Form(sets))
}

/// Adds the characters that a pattern asks for, if it asks for just so many.
fn add_form(pattern: &Hir, sets: &mut Vec<u128>) -> Option<()> {
    match pattern.kind() {
        HirKind::Empty => {},
        HirKind::Literal(literal) => {
            for byte in &literal.0 {
                sets.push(range(*byte, *byte)?);
            }
        },
        HirKind::Class(Class::Unicode(class)) => {
            let mut set = 0;
            for each in class.iter() {
                set |= range(u8::try_from(each.start()).ok()?, u8::try_from(each.end()).ok()?)?;
            }
            sets.push(set);
        },
        HirKind::Repetition(repetition) if repetition.max == Some(repetition.min) => {
            // Of something that is never empty, so that the form grows with each round and its bound ends this.
            repetition.sub.properties().minimum_len().filter(|length| *length > 0)?;
            for _ in 0..repetition.min {
                add_form(&repetition.sub, sets)?;
            }
        },
        HirKind::Capture(capture) => add_form(&capture.sub, sets)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| add_form(part, sets))?,
        _ => return None,
    }
    (sets.len() <= MOST).then_some(())
}

/// The ASCII characters from one to another, a bit each.
fn range(first: u8, last: u8) -> Option<u128> {
    let up_to = |end: u8| u128::MAX >> (127 - end);
    (first <= last && last < 128).then(|| up_to(last) & !(up_to(first) >> 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_is_seen_through_matches_what_the_compiled_one_matches() {
        let patterns = [
            ("^(anyang|hebi|)$", true),
            ("^zhengzhou$", true),
            (r"\A(?:郑州|开封)\z", true),
            ("^(?i)ab$", true),
            ("^[ab][cd]$", true),
            ("^[0-9]{4}-41[0-9]{4}-[0-9]{2}$", true),
            ("^([A-HJ-NP-Z]{2}){2}$", true),
            ("^[0-9]{4}", false),
            ("[0-9]{4}$", false),
            ("^a|b$", false),
            ("^a.b$", false),
            ("^a+$", false),
            (r"^\d{3}$", false),
            ("(?m)^a$", false),
            (r"^a\bb$", false),
            ("^[a-zé]{3}$", false),
            ("^(){4000000000}$", true),
            ("^[a-z]{300}$", false),
        ];
        let texts = [
            "",
            "a",
            "b",
            "ab",
            "AB",
            "aB",
            "ac",
            "bd",
            "anyang",
            "anyangx",
            "hebi\n",
            "zhengzhou",
            "郑州",
            "开封",
            "郑",
            "2024-410100-01",
            "2024-410100-0１",
            "2024-420100-01",
            "2024",
            "x2024",
            "ABCD",
            "ABID",
            "a\nb",
            "aaa",
            "123",
            "１２３",
            "abc",
            "abé",
            "a\u{7f}b",
        ];
        for (written, is_seen_through) in patterns {
            let (pattern, regex) = (Pattern::new(written).unwrap(), Regex::new(written).unwrap());
            assert_eq!(!matches!(pattern.sense, Sense::Other(_)), is_seen_through, "{written}");
            for text in texts {
                assert_eq!(pattern.is_match(text), regex.is_match(text), "{written} on {text:?}");
            }
        }
    }

    #[test]
    fn what_is_no_pattern_or_too_large_is_refused() {
        for written in ["(", "^(a", "a{1000}{1000}", &format!("{}a{}", "(".repeat(80), ")".repeat(80))] {
            assert!(Pattern::new(written).is_err(), "{written}");
        }
    }
}
