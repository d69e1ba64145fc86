//! The plan's text, cut into clauses, and the form in which passages are compared with it.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Range;

use super::super::model::{PlanSource, SourceClause};
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Sources, Span};

/// Cuts a source into clauses. A mark that stands twice is an error.
pub(super) fn plan_source(files: &Sources, file: FileId, sink: &mut Vec<Diagnostic>) -> PlanSource {
    let text = files.get(file).map(|file| file.text.clone()).unwrap_or_default();
    let marks = marks(&text);
    let ends = marks.iter().skip(1).map(|mark| mark.line).chain([text.len()]);
    let mut places: BTreeMap<&str, Span> = BTreeMap::new();
    let mut clauses = Vec::new();
    for (mark, end) in marks.iter().zip(ends) {
        let place = span(file, mark.start, mark.end);
        if let Some(first) = places.get(mark.number) {
            let message = format!("clause `§{}` stands twice in `{}`", mark.number, files.name(file));
            sink.push(
                Diagnostic::error("rules/duplicate-clause", place, message, "again here")
                    .also(*first, "first here")
                    .help("give each clause a number of its own"),
            );
            continue;
        }
        places.insert(mark.number, place);
        let body = text.get(mark.end..end).unwrap_or_default();
        let body = without_next_heading(without_bold(body, mark.bold));
        clauses.push(SourceClause {
            number: mark.number.to_owned(),
            text: folded_text(body, |c| c).trim().to_owned(),
            span: span(file, mark.start, end),
        });
    }
    PlanSource { file, clauses }
}

struct Mark<'a> {
    number: &'a str,
    bold: Option<&'a str>,
    line: usize,
    start: usize,
    end: usize,
}

/// The clause marks that begin a line: after a list mark, a heading mark or `**`. Found by hand, since to compile a regular
/// expression takes a tenth of the time in which a small proposal is checked.
fn marks(text: &str) -> Vec<Mark<'_>> {
    let mut line = 0;
    let mut marks = Vec::new();
    for written in text.split_inclusive('\n') {
        marks.extend(mark(line, written));
        line += written.len();
    }
    marks
}

/// The mark that begins a line, which itself begins at `line`.
fn mark(line: usize, written: &str) -> Option<Mark<'_>> {
    const BLANKS: [char; 2] = [' ', '\t'];
    let (before, after) = written.split_once('§')?;
    let before = before.trim_start_matches(|c| BLANKS.contains(&c) || matches!(c, '\u{3000}' | '>'));
    let bold = match without_list_mark(before) {
        "" => None,
        bold @ ("**" | "__") => Some(bold),
        _ => return None,
    };
    let from_number = after.trim_start_matches(BLANKS);
    let mut length = digits(from_number);
    while let Some(part) = from_number.get(length..).and_then(|rest| rest.strip_prefix('.')).map(digits)
        && part > 0
    {
        length += 1 + part;
    }
    let (number, rest) = from_number.split_at_checked(length).filter(|(number, _)| !number.is_empty())?;
    let ends = line + written.len() - rest.len();
    let start = line + written.len() - after.len() - '§'.len_utf8();
    let goes_on = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!goes_on).then_some(Mark { number, bold, line, start, end: ends })
}

/// Drops `- `, `2. ` or `## ` from what stands before a clause mark.
fn without_list_mark(before: &str) -> &str {
    let numbered = before.get(digits(before)..).unwrap_or_default();
    let after_mark = match before.chars().next() {
        Some('-' | '*' | '+') => before.get(1..),
        Some('#') => Some(before.trim_start_matches('#')).filter(|rest| before.len() - rest.len() <= 6),
        Some('0'..='9') => numbered.strip_prefix(['.', ')']),
        _ => None,
    };
    let rest = after_mark.filter(|rest| rest.starts_with([' ', '\t']));
    rest.map_or(before, |rest| rest.trim_start_matches([' ', '\t']))
}

/// How many ASCII digits a text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Drops the end of the bold print that began before the mark, and the full stop after its number.
fn without_bold<'a>(body: &'a str, bold: Option<&str>) -> &'a str {
    let stop = |body: &'a str| body.strip_prefix('.').filter(|rest| rest.starts_with([' ', '*', '\n'])).unwrap_or(body);
    let body = stop(body);
    match bold.and_then(|bold| body.strip_prefix(bold)) {
        Some(rest) => stop(rest),
        None => body,
    }
}

/// Drops headings at the end of a clause: they belong to what comes after it.
fn without_next_heading(body: &str) -> &str {
    let mut body = body.trim_end();
    while let Some((before, last)) = body.rsplit_once('\n') {
        let last = last.trim_start();
        let rule = last.len() >= 3 && (last.chars().all(|c| c == '-') || last.chars().all(|c| c == '*'));
        let marks = last.chars().take_while(|c| *c == '#').count();
        let heading = (1..=6).contains(&marks) && last.chars().nth(marks).is_none_or(char::is_whitespace);
        if !heading && !rule {
            break;
        }
        body = before.trim_end();
    }
    body
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: offset(start), end: offset(end) }
}

/// The characters of a text with white space folded, each with its offset: runs are one space, and none where a line
/// of Chinese was broken.
pub(in crate::rulebook) fn folded(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    Folded { rest: text.char_indices().peekable(), last: None }
}

struct Folded<'a> {
    rest: Peekable<std::str::CharIndices<'a>>,
    last: Option<char>,
}

impl Iterator for Folded<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        let (at, c) = self.rest.next()?;
        let next = if c.is_whitespace() {
            while self.rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            match (self.last, self.rest.peek()) {
                (None, Some(_)) => self.rest.next()?,
                (Some(before), Some((_, after))) if is_wide(before) && is_wide(*after) => self.rest.next()?,
                _ => (at, ' '),
            }
        } else {
            (at, c)
        };
        self.last = Some(next.1);
        Some(next)
    }
}

/// Whether a character belongs to a script that sets no spaces between words, or to its marks.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A character as passages compare it: straight and curly quotes are alike.
fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '＇' => '\'',
        c => c,
    }
}

/// A text with white space folded, each character in its form.
pub(super) fn folded_text(text: &str, form: impl Fn(char) -> char) -> String {
    let mut out = String::with_capacity(text.len());
    out.extend(folded(text).map(|(_, c)| form(c)));
    out
}

/// A text as passages compare it.
pub(super) fn comparable(text: &str) -> String {
    folded_text(text, straight).trim().to_owned()
}

/// Where `words` (comparable) stand in `text`: the offsets of their first character and of what follows the last one.
pub(super) fn find(text: &str, words: &str) -> Option<Range<usize>> {
    if words.is_empty() {
        return None;
    }
    let found = memchr::memmem::find(folded_text(text, straight).as_bytes(), words.as_bytes())?;
    let (mut bytes, mut start) = (0, None);
    for (at, c) in folded(text) {
        if start.is_none() && bytes >= found {
            start = Some(at);
        }
        bytes += straight(c).len_utf8();
        if bytes >= found + words.len() {
            return start.map(|start| start..at + c.len_utf8());
        }
    }
    None
}
