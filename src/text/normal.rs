//! Lenient comparison of texts: compatibility forms, case and white space folded.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Spelling of a term, or a text for comparison: NFKC, case folding, NFKC; white space at both ends dropped and inner runs as one space.
pub fn fold(text: &str) -> String {
    if text.is_ascii() || text.chars().all(|c| c.is_ascii() || is_ideograph(c)) {
        let mut folded = fold_space(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    let compatible: String = text.nfkc().collect();
    let folded = caseless::default_case_fold_str(&compatible);
    let again: String = folded.nfkc().collect();
    fold_space(&again)
}

/// As [`fold`], and nothing is copied where a text is folded already, as codes and names in ASCII or Chinese mostly are.
pub fn folded(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| matches!(c, '!'..='@' | '['..='~');
    let is_folded =
        text.bytes().all(|byte| is_plain(char::from(byte))) || text.chars().all(|c| is_plain(c) || is_ideograph(c));
    if is_folded { Cow::Borrowed(text) } else { Cow::Owned(fold(text)) }
}

/// Ideographs have no other form and no case, so that most Chinese texts are as plain as ASCII.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Spelling of a unit: NFKC with case kept, white space folded as in [`fold`].
pub fn fold_unit(text: &str) -> String {
    if text.is_ascii() { fold_space(text) } else { fold_space(&text.nfkc().collect::<String>()) }
}

/// White space at both ends dropped and inner runs as one space.
pub fn fold_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A name of the language in NFC, the form in which names are compared.
pub fn name(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_letters_case_and_space_do_not_matter() {
        assert_eq!(fold(" Ｚheng\u{3000}  ZHOU "), "zheng zhou");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("郑州\u{A0}市"), "郑州 市");
        assert_eq!(fold(" 郑州 Ⅱ 期  A区 "), "郑州 ii 期 a区");
        assert_eq!(fold(" 郑州  A区"), "郑州 a区");
    }

    #[test]
    fn units_keep_their_case() {
        assert_eq!(fold_unit("㎡"), "m2");
        assert_eq!(fold_unit("Mu"), "Mu");
    }
}
