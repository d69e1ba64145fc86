//! The lines of a proposal around a place, cut to what a reader needs. Only what may be shown is looked at: a proposal on one
//! long line can have a hundred thousand findings.

use serde::Serialize;

use crate::checker::report::{Excerpt, Finding};
use crate::text::display::same_length;

/// How many lines stand before and after the place.
const AROUND: usize = 2;

/// The most bytes that are shown before the place, of it, and after it.
const MOST: usize = 160;

/// A few lines with a marked place.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Lines {
    /// The number of the first line, from 1.
    line: usize,
    before: String,
    marked: String,
    after: String,
}

impl Lines {
    /// The lines around a finding; `None` if its place lies outside the text that is at hand.
    pub(super) fn around(finding: &Finding, excerpt: Excerpt<'_>) -> Option<Self> {
        let local = |offset: u64| usize::try_from(offset.checked_sub(excerpt.offset)?).ok();
        let (start, end) = (local(finding.start.offset)?, local(finding.end.offset)?);
        let (before, rest) = excerpt.text.split_at_checked(start)?;
        let (marked, after) = rest.split_at_checked(end.checked_sub(start)?)?;
        if marked.trim().is_empty() && excerpt.text.trim().is_empty() {
            return None;
        }
        let (before, is_cut) = tail(before);
        let lines = before.matches('\n').count();
        let first = usize::try_from(finding.start.line).ok()?.saturating_sub(lines);
        let dots = |is_cut: bool| if is_cut { "…" } else { "" };
        let (marked, is_mark_cut) = head(marked, MOST);
        let (after, is_after_cut) = if is_mark_cut { ("", false) } else { first_lines(after) };
        Some(Self {
            line: first,
            before: format!("{}{}", dots(is_cut), same_length(before)),
            marked: format!("{}{}", same_length(marked), dots(is_mark_cut)),
            after: format!("{}{}", same_length(after), dots(is_after_cut)),
        })
    }
}

/// The last lines of a text, and whether the first of them is cut.
fn tail(text: &str) -> (&str, bool) {
    let last = |most: usize| text.get(text.ceil_char_boundary(text.len().saturating_sub(most))..).unwrap_or_default();
    // One byte more than is shown, which may be the break before the first line.
    let near = last(MOST + 1);
    match near.rmatch_indices('\n').nth(AROUND) {
        Some((at, _)) => (near.get(at + 1..).unwrap_or_default(), false),
        None => {
            let kept = last(MOST);
            (kept, kept.len() < text.len())
        },
    }
}

/// The first lines of a text, and whether the last of them is cut.
fn first_lines(text: &str) -> (&str, bool) {
    let (near, _) = head(text, MOST + 1);
    let (kept, is_cut) = match near.match_indices('\n').nth(AROUND) {
        Some((at, _)) => (near.get(..at).unwrap_or_default(), false),
        None => head(text, MOST),
    };
    (kept.trim_end_matches(['\n', '\r', ' ']), is_cut)
}

/// The first bytes of a text, and whether something is left out.
fn head(text: &str, most: usize) -> (&str, bool) {
    let to = text.floor_char_boundary(most);
    (text.get(..to).unwrap_or_default(), to < text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of many lengths with line breaks here and there.
    fn texts() -> impl Iterator<Item = String> {
        let lines = ["", "a", "郑州", "a line of some twenty", "中原城市群", "x"];
        (0..400_usize).map(move |number| {
            let pieces = (0..number % 23).map(|at| lines[(at * 7 + number) % lines.len()]);
            let between = ["\n", " ", "", "\r\n"];
            pieces.enumerate().map(|(at, piece)| format!("{piece}{}", between[(at + number) % 4])).collect()
        })
    }

    #[test]
    fn what_is_kept_is_the_same_as_if_all_of_the_text_were_looked_at() {
        for text in texts() {
            let from = text.rmatch_indices('\n').nth(AROUND).map_or(0, |(at, _)| at + 1);
            let kept = text.ceil_char_boundary(from.max(text.len().saturating_sub(MOST)));
            assert_eq!(tail(&text), (text.split_at(kept).1, kept > from), "{text:?}");
            let to = text.match_indices('\n').nth(AROUND).map_or(text.len(), |(at, _)| at);
            let kept = text.floor_char_boundary(to.min(MOST));
            let shown = text.split_at(kept).0.trim_end_matches(['\n', '\r', ' ']);
            assert_eq!(first_lines(&text), (shown, kept < to), "{text:?}");
        }
    }
}
