//! Commands that are printed so that they work as they stand.

use crate::text::display::shown;

/// A text as one argument of a command in a shell; one that begins with a hyphen is taken to be a path.
pub(super) fn as_argument(text: &str) -> String {
    let text = shown(text);
    let text = if text.starts_with('-') { format!("./{text}") } else { text };
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | ',' | ':' | '@' | '%');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_one_argument() {
        let table = [
            ("packs/town", "packs/town"),
            ("规则/三片区", "规则/三片区"),
            ("my rules", "'my rules'"),
            ("it's; rm", r"'it'\''s; rm'"),
            ("-x", "./-x"),
            ("", "''"),
            ("$HOME", "'$HOME'"),
        ];
        for (text, expected) in table {
            assert_eq!(as_argument(text), expected);
        }
    }
}
