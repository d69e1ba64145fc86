//! Phrases with parts: where the parts go is the phrase's own affair, so that languages may order them as they do.

use crate::rulebook::Modality;

/// A phrase with its holes `{0}`, `{1}` filled.
pub(super) fn fill(phrase: &str, parts: &[&str]) -> String {
    let mut out = String::with_capacity(phrase.len() + parts.iter().map(|part| part.len()).sum::<usize>());
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((number, after)) = after.split_once('}') else { break };
        out.push_str(number.parse().ok().and_then(|number: usize| parts.get(number)).copied().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What belongs to a modality, of what there is for `must`, `must not`, `should`, `should not` and `may`.
pub(super) fn by_modality<T>([must, must_not, should, should_not, may]: [T; 5], modality: Modality) -> T {
    match modality {
        Modality::Must => must,
        Modality::MustNot => must_not,
        Modality::Should => should,
        Modality::ShouldNot => should_not,
        Modality::May => may,
    }
}
