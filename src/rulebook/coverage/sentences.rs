//! The sentences of a source that has no clause marks.

use unicode_segmentation::UnicodeSegmentation as _;

use super::super::build::folded;
use crate::text::{FileId, Span};

/// The sentences of a text in order, white space folded, each with its place. Headings, rules and marks of lists are none.
pub(super) fn sentences(text: &str, file: FileId) -> impl Iterator<Item = (String, Span)> {
    paragraphs(text).into_iter().flat_map(move |(start, paragraph)| {
        // Sentences are told apart in the folded text, since an end of line ends none.
        let folded: Vec<(usize, char)> = folded(paragraph).collect();
        let line: String = folded.iter().map(|(_, c)| *c).collect();
        let mut characters = folded.into_iter();
        let mut out = Vec::new();
        for sentence in line.split_sentence_bounds() {
            let taken: Vec<(usize, char)> = characters.by_ref().take(sentence.chars().count()).collect();
            let mut solid = taken.into_iter().filter(|(_, c)| !c.is_whitespace());
            let Some(first) = solid.next() else { continue };
            let last = solid.next_back().unwrap_or(first);
            let place = |at: usize| u32::try_from(start + at).unwrap_or(u32::MAX);
            let span = Span { file, start: place(first.0), end: place(last.0 + last.1.len_utf8()) };
            if sentence.chars().any(char::is_alphanumeric) {
                out.push((sentence.trim().to_owned(), span));
            }
        }
        out
    })
}

/// The paragraphs and list entries of a text, with their offsets.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let (mut offset, mut is_open) = (0, false);
    for line in text.split_inclusive('\n') {
        let end = offset + line.len();
        let kind = kind(line);
        match (&kind, out.last_mut().filter(|_| is_open)) {
            (Line::Goes, Some((_, so_far))) => *so_far = end,
            (Line::Goes, None) => out.push((offset, end)),
            (Line::Entry(mark), _) => out.push((offset + mark, end)),
            (Line::Between, _) => {},
        }
        is_open = !matches!(kind, Line::Between);
        offset = end;
    }
    out.into_iter().filter_map(|(start, end)| Some((start, text.get(start..end)?))).collect()
}

/// What a line is to the paragraph before it.
enum Line {
    /// It goes on.
    Goes,
    /// It begins a list entry, or a quoted line, after a mark of so many bytes.
    Entry(usize),
    /// It belongs to none: it is blank, a heading or a rule.
    Between,
}

fn kind(line: &str) -> Line {
    let trimmed = line.trim();
    let is_rule = trimmed.len() >= 3 && ['-', '*', '_', '='].iter().any(|mark| trimmed.chars().all(|c| c == *mark));
    let hashes = trimmed.chars().take_while(|c| *c == '#').count();
    let is_heading = (1..=6).contains(&hashes) && trimmed.chars().nth(hashes).is_none_or(char::is_whitespace);
    if trimmed.is_empty() || is_rule || is_heading {
        return Line::Between;
    }
    let indentation = line.len() - line.trim_start().len();
    let digits = trimmed.chars().take_while(char::is_ascii_digit).count();
    let bullet = trimmed.starts_with(['-', '*', '+', '>']).then_some(1);
    let numbered =
        (digits > 0 && trimmed.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']))).then_some(digits + 1);
    let mark =
        bullet.or(numbered).filter(|mark| trimmed.get(*mark..).is_some_and(|rest| rest.starts_with([' ', '\t'])));
    mark.map_or(Line::Goes, |mark| Line::Entry(indentation + mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let all: Vec<(String, Span)> = sentences(text, FileId(0)).collect();
        for (sentence, span) in &all {
            let slice = text.get(span.start as usize..span.end as usize).unwrap();
            let folded: String = folded(slice).map(|(_, c)| c).collect();
            assert_eq!(&folded, sentence, "the place is that of the sentence");
        }
        all.into_iter().map(|(sentence, _)| sentence).collect()
    }

    #[test]
    fn a_sentence_may_go_over_lines_and_a_blank_line_ends_it() {
        assert_eq!(
            found("Zhengzhou leads. Luoyang\nfollows with 3.5 per cent\n\nof all"),
            ["Zhengzhou leads.", "Luoyang follows with 3.5 per cent", "of all"]
        );
    }

    #[test]
    fn chinese_sentences_need_no_spaces() {
        assert_eq!(found("郑州牵头。洛阳\n跟进！南阳？"), ["郑州牵头。", "洛阳跟进！", "南阳？"]);
    }

    #[test]
    fn headings_and_rules_are_no_sentences_and_entries_stand_alone() {
        assert_eq!(
            found("# Title\nText.\n---\n- one\n  goes on\n- two\n1. three\n> four\n## End"),
            ["Text.", "one goes on", "two", "three", "four"]
        );
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(found(""), Vec::<String>::new());
        assert_eq!(found("\n\n***\n…\n"), Vec::<String>::new());
    }
}
