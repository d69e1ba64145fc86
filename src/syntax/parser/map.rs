//! The `map` item: `map of VOCABULARY [TITLE] { station … line … circle … area … mark … }`.

use nom::Parser as _;
use nom::branch::alt;
use nom::sequence::preceded;

use super::input::{Input, Parsing, any_name, comma_list, mark, word};
use super::recovery::{Entries, block};
use super::texts::label;
use crate::diagnostic::Diagnostic;
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::tree::{Map, MapEntry, MapLine, MapSet, MapSetKind, Station};
use crate::syntax::words::Word;

/// The largest coordinate of a station.
const FURTHEST: u32 = 1_000;

/// The words that begin entries.
const WORDS: &[Word] = &[Word::Station, Word::Line, Word::Circle, Word::Area, Word::Mark];

/// The words of the entries that show a group as such.
const SETS: &[(Word, MapSetKind)] =
    &[(Word::Circle, MapSetKind::Circle), (Word::Area, MapSetKind::Area), (Word::Mark, MapSetKind::Mark)];

/// `map = "map" "of" NAME [ label ] "{" { station | line | set } "}"`
pub(super) fn map(input: Input<'_>) -> Parsing<'_, Map> {
    let (rest, _) = word(Word::Map)(input)?;
    let (rest, of) = preceded(alt((word(Word::Of), word(Word::Possessive))), any_name).parse(rest)?;
    let (rest, title) = label(rest)?;
    let (rest, entries) = block(rest, Entries::Words(WORDS), entry)?;
    Ok((rest, Map { of, title, entries: entries.entries, span: input.span_to(rest) }))
}

fn entry(input: Input<'_>) -> Parsing<'_, MapEntry> {
    alt((station.map(MapEntry::Station), line.map(MapEntry::Line), set.map(MapEntry::Set))).parse(input)
}

/// `station = "station" NAME "at" NUMBER "," NUMBER`
fn station(input: Input<'_>) -> Parsing<'_, Station> {
    let (rest, term) = preceded(word(Word::Station), any_name).parse(input)?;
    let (place, _) = word(Word::At)(rest)?;
    let (rest, x) = coordinate(place)?;
    let (rest, _) = mark(Mark::Comma)(rest)?;
    let (rest, y) = coordinate(rest)?;
    Ok((rest, Station { term, x, y, place: place.span_to(rest), span: input.span_to(rest) }))
}

/// A whole number from 0 to [`FURTHEST`].
fn coordinate(input: Input<'_>) -> Parsing<'_, u32> {
    let Some(TokenKind::Number(number, is_percentage)) = input.ahead(0) else { return input.stop("a number") };
    let whole = match number.parts() {
        (numerator, 1) if !is_percentage => u32::try_from(numerator).ok().filter(|whole| *whole <= FURTHEST),
        _ => None,
    };
    match whole {
        Some(whole) => Ok((input.skip(1), whole)),
        None => {
            let message = format!("a station stands at whole steps from 0 to {FURTHEST}");
            let diagnostic = Diagnostic::error("rules/bad-number", input.span(), message, "no such step");
            input.fail(diagnostic.help("count steps to the right, then steps down: `at 4, 7`"))
        },
    }
}

/// `line = "line" NAME [ label ] "through" NAME { "," NAME }`
fn line(input: Input<'_>) -> Parsing<'_, MapLine> {
    let (rest, group) = preceded(word(Word::Line), any_name).parse(input)?;
    let (rest, label) = label(rest)?;
    let ends = |input: Input<'_>| {
        let begins = WORDS.iter().any(|word| input.is_word(*word)) && !input.skip(1).is_mark(Mark::Comma);
        begins || input.is_mark(Mark::CloseBrace)
    };
    let (rest, through) = preceded(word(Word::Through), comma_list(any_name, ends)).parse(rest)?;
    Ok((rest, MapLine { group, label, through, span: input.span_to(rest) }))
}

/// `set = ("circle" | "area" | "mark") NAME [ label ]`
fn set(input: Input<'_>) -> Parsing<'_, MapSet> {
    for (set_word, kind) in SETS {
        if let Ok((rest, _)) = word(*set_word)(input) {
            let (rest, group) = any_name(rest)?;
            let (rest, label) = label(rest)?;
            return Ok((rest, MapSet { kind: *kind, group, label, span: input.span_to(rest) }));
        }
    }
    input.stop("mark")
}
