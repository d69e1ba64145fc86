//! The difference of two texts, as a unified diff.

use std::fmt::Write as _;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::Settings;
use super::human::paint::{Painter, Style};
use crate::text::display::shown;

/// How long the smallest difference is looked for; after that, a larger one serves.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many lines are shown around a difference.
const AROUND: usize = 3;

/// The difference of two texts of one name; empty if there is none. Control characters are shown and not sent, but for
/// a carriage return at the end of a line.
pub fn unified(name: &str, before: &str, after: &str, settings: Settings) -> String {
    let painter = Painter { settings };
    let difference = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    let mut out = String::new();
    for hunk in difference.unified_diff().context_radius(AROUND).iter_hunks() {
        if out.is_empty() {
            let _infallible = writeln!(out, "--- {name}\n+++ {name}");
        }
        let _infallible = writeln!(out, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', Some(Style::Red)),
                ChangeTag::Insert => ('+', Some(Style::Green)),
                ChangeTag::Equal => (' ', None),
            };
            let text = change.value();
            let (line, ending) = match text.strip_suffix('\n') {
                Some(line) if line.ends_with('\r') => (line.trim_end_matches('\r'), "\r\n"),
                Some(line) => (line, "\n"),
                None => (text, "\n\\ No newline at end of file\n"),
            };
            let line = format!("{sign}{}", shown_line(line));
            match style {
                Some(style) => painter.put(&mut out, style, &line),
                None => out.push_str(&line),
            }
            out.push_str(ending);
        }
    }
    out
}

/// A line with its tabs as they are.
fn shown_line(line: &str) -> String {
    line.split('\t').map(shown).collect::<Vec<_>>().join("\t")
}
