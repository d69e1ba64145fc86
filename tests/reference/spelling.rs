//! How texts, terms and units are compared (`language.md` 3, details 27).

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

thread_local! {
    static REGEXES: RefCell<BTreeMap<String, Regex>> = RefCell::default();
}

/// A regex of the pack; each is made once.
pub fn regex(text: &str) -> Regex {
    let make = || Regex::new(text).expect("a regex");
    REGEXES.with_borrow_mut(|regexes| regexes.entry(text.to_owned()).or_insert_with(make).clone())
}

/// A text or a term for comparison: NFKC, case folding, NFKC; white space trimmed and folded.
pub fn folded(text: &str) -> String {
    let compatible: String = text.nfkc().collect();
    let folded: String = caseless::default_case_fold_str(&compatible).nfkc().collect();
    single_spaced(&folded)
}

/// A unit for comparison: NFKC with case kept, white space trimmed and folded.
pub fn unit(text: &str) -> String {
    single_spaced(&text.nfkc().collect::<String>())
}

/// White space at both ends dropped, inner runs as one space.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
