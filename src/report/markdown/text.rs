//! Outside text as Markdown that reads the same: nothing in it is markup, a link, or a mention of somebody.

use crate::report::human::paint::one_line;

/// A text within a line of Markdown. It must not stand at the line's beginning.
pub(in crate::report) fn escaped(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line.chars().peekable();
    let mut last = ' ';
    while let Some(c) = rest.next() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An invisible space keeps these from calling a person, an issue or a page.
            '@' => out.push_str("@&#8203;"),
            '#' if rest.peek().is_some_and(char::is_ascii_digit) => out.push_str("#&#8203;"),
            ':' if rest.peek() == Some(&'/') => out.push_str("&#58;"),
            '.' if last.eq_ignore_ascii_case(&'w') => out.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '$' | '!' | '#' | '^' => {
                out.push('\\');
                out.push(c);
            },
            c => out.push(c),
        }
        last = c;
    }
    out
}

/// A text within HTML.
pub(in crate::report) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '@' => out.push_str("@&#8203;"),
            c => out.push(c),
        }
    }
    out
}

/// A text in which `` `code` `` stays code and everything else is escaped.
pub(in crate::report) fn with_code(text: &str) -> String {
    let line = one_line(text);
    if line.matches('`').count() % 2 == 1 || line.contains("``") {
        return escaped(&line);
    }
    let mut out = String::with_capacity(line.len() + 16);
    for (number, part) in line.split('`').enumerate() {
        out.push_str(&if number % 2 == 0 { escaped(part) } else { code(part) });
    }
    out
}

/// A text as code: shown as it is.
pub(in crate::report) fn code(text: &str) -> String {
    let line = one_line(text);
    if line.trim().is_empty() {
        return format!("<code>{line}</code>");
    }
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // Inside a table a bar ends the cell, even in code.
    let line = line.replace('|', "\\|");
    let gap = if line.starts_with('`') || line.ends_with('`') || line.ends_with('\\') { " " } else { "" };
    format!("{fence}{gap}{line}{gap}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let table = [
            ("<script>a & b</script>", "&lt;script&gt;a &amp; b&lt;/script&gt;"),
            ("[click](http://evil)", "\\[click\\](http&#58;//evil)"),
            ("www.evil.example", "www&#46;evil.example"),
            ("@org/team #12 # x", "@&#8203;org/team #&#8203;12 \\# x"),
            ("a|b`c`*d*_e_\\", "a\\|b\\`c\\`\\*d\\*\\_e\\_\\\\"),
            ("a\n# b\u{202e}", "a \\# b\\\\u\\{202e\\}"),
            ("安阳：对外开放", "安阳：对外开放"),
        ];
        for (text, expected) in table {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_has() {
        assert_eq!(code("/roles"), "`/roles`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code(""), "<code></code>");
        assert_eq!(with_code("add it to `roles` <b>"), "add it to `roles` &lt;b&gt;");
        assert_eq!(with_code("a ` b"), "a \\` b");
    }
}
