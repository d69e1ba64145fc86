//! The passage of a source that is nearest to words that it does not hold, and in which words the two differ.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::source::{comparable, folded, folded_text, is_wide};
use crate::rulebook::WordChange;

/// Words of a passage beyond which no word diff is made.
const MOST_WORDS: usize = 300;

/// How the nearest passage differs, and its offset; `None` if nothing is near.
pub(super) fn nearest(text: &str, wanted: &str) -> Option<(Vec<WordChange>, usize)> {
    let source = folded_text(text, |c| c);
    let (words, wanted) = (tokens(&source), tokens(wanted));
    if wanted.is_empty() || wanted.len() > MOST_WORDS {
        return None;
    }
    let wanted_texts: Vec<String> = wanted.iter().map(|(_, word)| alike(word)).collect();
    let window = best_window(&words, &wanted_texts)?;
    let found = words.get(window..)?.get(..wanted.len().min(words.len() - window))?;
    let found_texts: Vec<String> = found.iter().map(|(_, word)| alike(word)).collect();
    let difference = diff(&wanted, &wanted_texts, found, &found_texts);
    let first = found.first().map(|(at, _)| *at)?;
    let offset = original_offset(text, first);
    Some((difference, offset))
}

/// The offset in `text` of the character that begins at `at` of its folded form.
fn original_offset(text: &str, at: usize) -> usize {
    let mut bytes = 0;
    for (offset, c) in folded(text) {
        if bytes >= at {
            return offset;
        }
        bytes += c.len_utf8();
    }
    0
}

/// Words with their offsets: runs of letters and digits, single characters of scripts without spaces, single marks.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut word: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let in_word = c.is_alphanumeric() && !is_wide(c);
        if let Some(start) = word.filter(|_| !in_word) {
            out.extend(text.get(start..at).map(|text| (start, text)));
            word = None;
        }
        if in_word {
            word = word.or(Some(at));
        } else if !c.is_whitespace() {
            out.extend(text.get(at..at + c.len_utf8()).map(|text| (at, text)));
        }
    }
    if let Some(start) = word {
        out.extend(text.get(start..).map(|text| (start, text)));
    }
    out
}

fn alike(word: &str) -> String {
    comparable(word).to_lowercase()
}

/// The start of the window of as many words that shares the most with the wanted ones, at least half of them; of several,
/// the first that begins as the wanted ones do.
fn best_window(words: &[(usize, &str)], wanted: &[String]) -> Option<usize> {
    let mut lacking: BTreeMap<&str, i64> = BTreeMap::new();
    for word in wanted {
        *lacking.entry(word).or_default() += 1;
    }
    let words: Vec<String> = words.iter().map(|(_, word)| alike(word)).collect();
    let (mut shared, mut best, mut best_start) = (0_usize, (0_usize, false), None);
    for (index, word) in words.iter().enumerate() {
        if let Some(count) = lacking.get_mut(word.as_str()) {
            shared += usize::from(*count > 0);
            *count -= 1;
        }
        if let Some(leaving) = index.checked_sub(wanted.len()).and_then(|index| words.get(index))
            && let Some(count) = lacking.get_mut(leaving.as_str())
        {
            *count += 1;
            shared -= usize::from(*count > 0);
        }
        let start = (index + 1).saturating_sub(wanted.len());
        let found = (shared, words.get(start) == wanted.first());
        if found > best {
            (best, best_start) = (found, Some(start));
        }
    }
    best_start.filter(|_| best.0 * 2 >= wanted.len())
}

fn diff(
    wanted: &[(usize, &str)],
    wanted_texts: &[String],
    found: &[(usize, &str)],
    found_texts: &[String],
) -> Vec<WordChange> {
    let mut out = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, wanted_texts, found_texts) {
        let (tag, old, new) = operation.as_tag_tuple();
        let old = joined(wanted.get(old).unwrap_or_default());
        let new = joined(found.get(new).unwrap_or_default());
        match tag {
            DiffTag::Equal => out.push(WordChange::Kept(new)),
            DiffTag::Delete => out.push(WordChange::Removed(old)),
            DiffTag::Insert => out.push(WordChange::Added(new)),
            DiffTag::Replace => out.extend([WordChange::Removed(old), WordChange::Added(new)]),
        }
    }
    out
}

/// A word diff as text: `[-cited-]` and `{+in the source+}`.
pub(super) fn written(difference: &[WordChange]) -> String {
    let mut out = String::new();
    let mut is_replacement = false;
    for change in difference {
        match change {
            WordChange::Kept(words) => append(&mut out, words),
            WordChange::Removed(words) => append(&mut out, &format!("[-{words}-]")),
            WordChange::Added(words) if is_replacement => {
                out.push_str(&format!("{{+{words}+}}"));
            },
            WordChange::Added(words) => append(&mut out, &format!("{{+{words}+}}")),
        }
        is_replacement = matches!(change, WordChange::Removed(_));
    }
    crate::text::display::shown(&out)
}

/// Words in a row, with a space where the script sets one.
fn joined(words: &[(usize, &str)]) -> String {
    let mut out = String::new();
    for (_, word) in words {
        append(&mut out, word);
    }
    out
}

fn append(out: &mut String, part: &str) {
    let before = out.chars().last();
    let after = part.chars().next();
    let closed = after.is_some_and(|c| is_wide(c) || matches!(c, ',' | '.' | ';' | ':' | ')' | '!' | '?' | '-' | '’'));
    let open = before.is_none_or(|c| is_wide(c) || matches!(c, '(' | '-'));
    let diff_edge = before.zip(after).is_some_and(|(a, b)| {
        let after_is_wide = part.chars().nth(2).is_some_and(is_wide);
        (matches!(b, '[' | '{') && (is_wide(a) || after_is_wide)) || (matches!(a, ']' | '}') && is_wide(b))
    });
    if !(closed || open || diff_edge) {
        out.push(' ');
    }
    out.push_str(part);
}
