//! Colours of the terminal, if they are asked for; and texts wrapped under a heading.

use std::borrow::Cow;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::diagnostic::Severity;
use crate::report::Settings;
use crate::text::display::is_unsafe;

/// From here on stands the writing of East Asia.
pub(in crate::report) const FIRST_WITHOUT_SPACES: char = '\u{2E80}';

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Style {
    Bold,
    Dim,
    Red,
    Yellow,
    Green,
    Cyan,
}

impl Style {
    /// The colour of a severity.
    pub(in crate::report) fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Red,
            Severity::Warning => Self::Yellow,
            Severity::Note => Self::Cyan,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Red => "1;31",
            Self::Yellow => "1;33",
            Self::Green => "1;32",
            Self::Cyan => "36",
        }
    }
}

/// Writes text for people.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Painter {
    pub(in crate::report) settings: Settings,
}

impl Painter {
    /// A piece of text in a style.
    pub(in crate::report) fn put(self, out: &mut String, style: Style, text: &str) {
        if self.settings.color {
            out.push_str("\u{1b}[");
            out.push_str(style.code());
            out.push('m');
        }
        out.push_str(text);
        if self.settings.color {
            out.push_str("\u{1b}[0m");
        }
    }

    /// `  heading  text`, the text wrapped and its further lines standing under the first.
    pub(in crate::report) fn entry(self, out: &mut String, heading: &str, style: Style, text: &str) {
        let gap = " ".repeat(textwrap::core::display_width(heading) + 3);
        for (number, line) in wrap(text, self.settings.width.saturating_sub(gap.len())).iter().enumerate() {
            if number == 0 {
                out.push_str("  ");
                self.put(out, style, heading);
                out.push(' ');
            } else {
                out.push_str(&gap);
            }
            out.push_str(line);
            out.push('\n');
        }
    }
}

/// The lines of a text.
pub(in crate::report) fn wrap(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    if text.len() <= width {
        return vec![text.into()];
    }
    let width = width.max(20);
    if text.chars().all(|c| c < FIRST_WITHOUT_SPACES) {
        return at_spaces(text, width);
    }
    let options = Options::new(width)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .word_splitter(WordSplitter::NoHyphenation)
        .word_separator(WordSeparator::UnicodeBreakProperties);
    textwrap::wrap(text, options)
}

/// The lines of a text that is written with spaces, each of its characters one column wide. Words are never cut.
fn at_spaces(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    let (mut lines, mut from, mut to, mut column) = (Vec::new(), 0, 0, 0);
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.strip_suffix(' ').unwrap_or(word);
        let wide = bare.chars().count();
        if column > 0 && column + wide > width {
            lines.push(text.get(from..to).unwrap_or_default().into());
            (from, column) = (at, 0);
        }
        (to, column) = (at + bare.len(), column + wide + 1);
        at += word.len();
    }
    lines.push(text.get(from..to).unwrap_or_default().into());
    lines
}

/// A text on one line with nothing in it that drives a terminal.
pub(in crate::report) fn one_line(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.chars().any(is_unsafe) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_unsafe(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_whole_and_lines_within_the_width() {
        let text = "one two three-four five six seven-eight-nine ten";
        assert_eq!(wrap(text, 20), ["one two three-four", "five six", "seven-eight-nine ten"]);
        assert_eq!(
            wrap("a-word-that-is-longer-than-the-width of it", 20),
            ["a-word-that-is-longer-than-the-width", "of it"]
        );
        assert_eq!(wrap("", 20), [""]);
    }

    #[test]
    fn chinese_is_wrapped_by_columns() {
        let lines = wrap("词表之外的写法无法识别，因此与该字段有关的各条指令都只能待定", 20);
        assert!(lines.iter().all(|line| textwrap::core::display_width(line) <= 20), "{lines:?}");
        assert_eq!(lines.concat(), "词表之外的写法无法识别，因此与该字段有关的各条指令都只能待定");
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("a\n\u{1b}[b"), "a \\u{1b}[b");
        assert_eq!(one_line("郑州"), "郑州");
    }
}
