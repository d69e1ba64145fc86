//! Data and texts that end no markup.

use serde::Serialize;

use crate::report::safe::append;
use crate::text::display::shown;

/// Appends a value as JSON in which `<`, `>` and `&` stand as `\uXXXX`: whatever it holds, it ends no `script` element
/// and begins no comment.
pub(super) fn embed(out: &mut Vec<u8>, value: &impl Serialize) {
    let mut json = Vec::new();
    append(&mut json, value);
    out.reserve(json.len());
    for byte in json {
        match byte {
            b'<' => out.extend_from_slice(b"\\u003c"),
            b'>' => out.extend_from_slice(b"\\u003e"),
            b'&' => out.extend_from_slice(b"\\u0026"),
            byte => out.push(byte),
        }
    }
}

/// Appends a text that is shown as it is, in an element or an attribute; what steers or hides stands as `\u{…}`.
pub(in crate::report) fn escape(text: &str, out: &mut Vec<u8>) {
    for character in shown(text).chars() {
        match character {
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '&' => out.extend_from_slice(b"&amp;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '\'' => out.extend_from_slice(b"&#39;"),
            character => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_script_or_begins_markup() {
        let hostile = "</script><!--<script>\"><img onerror=x>&amp;\u{2028}\u{202e}";
        let mut out = Vec::new();
        embed(&mut out, &hostile);
        let json = String::from_utf8(out).unwrap();
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{202e}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }

    #[test]
    fn a_text_in_markup_is_shown_and_drives_nothing() {
        let mut out = Vec::new();
        escape("<b onclick='x'>&\"\u{202e}", &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;\\u{202e}");
    }
}
