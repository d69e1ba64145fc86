//! Words that several messages share.

use crate::syntax::words::TABLE;

/// Names in backquotes, set apart by commas.
pub(super) fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Help for an unknown name.
pub(super) fn did_you_mean(near: Option<&str>) -> Option<String> {
    near.map(|near| format!("did you mean `{near}`?"))
}

/// A run-on Chinese name with spaces around the longest word of the language in it (details 11).
pub(super) fn spaced(name: &str) -> Option<String> {
    let words = TABLE.iter().flat_map(|(_, _, chinese)| chinese.iter());
    let word = words.filter(|word| word.chars().count() > 1 && name.contains(**word)).max_by_key(|word| word.len())?;
    Some(name.replacen(word, &format!(" {word} "), 1).trim().to_owned())
}
