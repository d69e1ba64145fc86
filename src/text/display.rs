//! Text from outside, made safe to show: nothing printed may drive a terminal or turn the direction of writing.

use super::scan::{any_of, controls, first_marked};

/// Whether a character is a control, or steers the direction of writing, or hides.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Whether a character leaves no mark of its own, or only changes how another one looks: in a name it would hide.
pub fn is_invisible(c: char) -> bool {
    is_unsafe(c)
        || matches!(
            c,
            '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        )
        || matches!(c, '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The place of the first byte from `at` on with which an unsafe character may begin, or that is a quote or a backslash; or the
/// end. Chinese text is passed over as fast as English: unsafe characters beyond ASCII begin with one of four bytes, of
/// which only that of full-width marks is frequent.
pub fn harmless_end(bytes: &[u8], at: usize) -> usize {
    first_marked(bytes, at, |block| any_of(block, *b"\"\\\x7F\xC2\xD8\xE2\xEF") | controls(block))
}

/// A text in which every unsafe character stands as `\u{…}`; for messages.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// A copy of the same length in bytes, so that spans stay valid: control characters become `·`-like stand-ins
/// of their own length. Line breaks and tabs stay. For excerpts of proposals and rules.
pub fn same_length(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (is_unsafe(c) && !matches!(c, '\n' | '\t'), c.len_utf8()) {
            (false, _) => out.push(c),
            (true, 1) => out.push(if c == '\r' { ' ' } else { '?' }),
            (true, 2) => out.push('¿'),
            (true, 3) => out.push('\u{FFFD}'),
            (true, _) => out.push('\u{1F6AB}'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_are_shown_not_sent() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
        assert_eq!(shown("郑州"), "郑州");
    }

    #[test]
    fn no_unsafe_character_is_passed_over_and_no_other_is_cut() {
        for c in char::MIN..=char::MAX {
            let text = c.to_string();
            let end = harmless_end(text.as_bytes(), 0);
            assert!(end == 0 || end == text.len(), "{}", c.escape_unicode());
            assert!(end == 0 || !is_unsafe(c) && !matches!(c, '"' | '\\'), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn excerpts_keep_their_length() {
        let text = "a\u{1b}\u{85}\u{202e}\tb\r\n";
        assert_eq!(same_length(text).len(), text.len());
        assert!(!same_length(text).contains('\u{1b}'));
    }
}
