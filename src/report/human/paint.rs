//! Colours of the terminal, if they are asked for; and texts wrapped under a heading.

use textwrap::{Options, WrapAlgorithm};

use crate::diagnostic::Severity;
use crate::report::Settings;
use crate::text::display::is_unsafe;

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

/// The lines of a text; fast where it fits on one.
pub(in crate::report) fn wrap(text: &str, width: usize) -> Vec<std::borrow::Cow<'_, str>> {
    if text.len() <= width {
        return vec![text.into()];
    }
    let options = Options::new(width.max(20)).wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options)
}

/// A text on one line with nothing in it that drives a terminal.
pub(in crate::report) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_unsafe(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}
