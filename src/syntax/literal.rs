//! Digits of numbers, escapes and indentation of texts.

/// `u{4E2D}`: the character, and how many bytes were read.
pub(super) fn code_point(escape: &str) -> (Option<char>, usize) {
    let digits = escape.strip_prefix("u{").and_then(|rest| rest.split_once('}')).map(|(digits, _)| digits);
    match digits {
        Some(digits) if (1..=6).contains(&digits.len()) => {
            let value = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
            (value, digits.len() + 3)
        },
        _ => (None, 1),
    }
}

/// Where `"""` closes a long text, escapes passed over.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let next = rest.find(['"', '\\'])?;
        if rest.get(next..)?.starts_with("\"\"\"") {
            return Some(at + next);
        }
        let is_escape = rest.get(next..)?.starts_with('\\');
        at += next + 1;
        if is_escape {
            at += text.get(at..)?.chars().next()?.len_utf8();
        }
    }
}

/// A long text without its common indentation and its first and last line breaks.
pub(super) fn without_indentation(content: &str) -> String {
    let lines: Vec<&str> = content.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let body = match lines.as_slice() {
        [first, rest @ ..] if first.trim().is_empty() => rest,
        all => all,
    };
    let body = match body {
        [rest @ .., last] if last.trim().is_empty() => rest,
        all => all,
    };
    let common = body.iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(line)).min().unwrap_or(0);
    let cut: Vec<&str> = body.iter().map(|line| line.get(common..).unwrap_or_default()).collect();
    cut.join("\n")
}

pub(super) fn is_digit(c: char) -> bool {
    digit_folded(c).is_some()
}

/// A digit, full-width ones as their twins.
pub(super) fn digit_folded(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}
