//! The lines of a proposal around a place, cut to what a reader needs.

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
        if excerpt.text.trim().is_empty() {
            return None;
        }
        let (before, is_cut) = tail(before);
        let lines = before.matches('\n').count();
        let first = usize::try_from(finding.start.line).ok()?.saturating_sub(lines);
        let dots = |is_cut: bool| if is_cut { "…" } else { "" };
        let (marked, is_mark_cut) = head(marked, MOST);
        let (after, is_after_cut) = if is_mark_cut { ("", false) } else { last_lines(after) };
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
    let from = text.rmatch_indices('\n').nth(AROUND).map_or(0, |(at, _)| at + 1);
    let lines = text.get(from..).unwrap_or_default();
    let cut = lines.len().saturating_sub(MOST);
    match (cut..=lines.len()).find_map(|at| lines.get(at..)) {
        Some(kept) => (kept, kept.len() < lines.len()),
        None => ("", !lines.is_empty()),
    }
}

/// The first lines of a text, and whether the last of them is cut.
fn last_lines(text: &str) -> (&str, bool) {
    let to = text.match_indices('\n').nth(AROUND).map_or(text.len(), |(at, _)| at);
    let lines = text.get(..to).unwrap_or_default();
    let (kept, is_cut) = head(lines, MOST);
    (kept.trim_end_matches(['\n', '\r', ' ']), is_cut)
}

/// The first bytes of a text, and whether something is left out.
fn head(text: &str, most: usize) -> (&str, bool) {
    let to = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    (text.get(..to).unwrap_or_default(), to < text.len())
}
