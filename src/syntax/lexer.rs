//! From text to tokens (section 1 of the language page). Never fails: what is no token is reported and passed over.

use std::borrow::Cow;

use unicode_ident::{is_xid_continue, is_xid_start};

use super::literal::{closing, code_point, digit_folded, is_digit, without_indentation};
use super::token::{Mark, Token, TokenKind, mark};
use super::tree::DateLiteral;
use super::words::Word;
use crate::diagnostic::Diagnostic;
use crate::text::display::shown;
use crate::text::normal;
use crate::text::{FileId, Span};
use crate::value::{Days, Number};

/// The largest plan file, in bytes.
pub const LARGEST_FILE: usize = 16 * 1024 * 1024;

/// The most faults that are reported of one file.
const MOST_FAULTS: usize = 50;

/// The tokens of a file, its comments, and what was wrong.
#[derive(Debug, Clone, Default)]
pub struct Lexed<'t> {
    /// The tokens; the last is [`TokenKind::End`].
    pub tokens: Vec<Token<'t>>,
    /// The comments, with their `#`.
    pub comments: Vec<Span>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Cuts a text into tokens.
pub fn lex(file: FileId, text: &str) -> Lexed<'_> {
    lex_part(file, text, 0, text.len())
}

/// Cuts a part of a text into tokens; spans are those of the whole text.
pub fn lex_part(file: FileId, text: &str, from: usize, to: usize) -> Lexed<'_> {
    let mut lexer =
        Lexer { file, text: text.get(..to).unwrap_or(text), at: from, line_start: true, out: Lexed::default() };
    lexer.run();
    lexer.out
}

struct Lexer<'t> {
    file: FileId,
    text: &'t str,
    at: usize,
    line_start: bool,
    out: Lexed<'t>,
}

impl<'t> Lexer<'t> {
    fn run(&mut self) {
        if self.text.len() > LARGEST_FILE {
            let span = Span { file: self.file, start: 0, end: 0 };
            let message = format!("the file has more than {} MiB", LARGEST_FILE / 1024 / 1024);
            self.fault(Diagnostic::error("rules/too-large", span, message, "not read").help("cut the pack into files"));
            self.at = self.text.len();
        }
        // Most texts hold fewer tokens than an eighth of their bytes.
        self.out.tokens.reserve(self.rest().len() / 8 + 4);
        while let Some(c) = self.peek() {
            let start = self.at;
            match c {
                ' ' => {
                    self.take_ascii(|byte| byte == b' ');
                },
                '\n' => {
                    self.bump(c);
                    self.line_start = true;
                },
                '\u{FEFF}' if start == 0 => self.bump(c),
                _ if c.is_whitespace() => self.bump(c),
                '#' | '＃' => self.comment(),
                _ => {
                    self.token(c);
                    self.line_start = false;
                },
            }
        }
        self.push(TokenKind::End, self.at);
    }

    fn token(&mut self, c: char) {
        let start = self.at;
        match c {
            '"' => self.quoted(start),
            'r' if self.rest().starts_with("r\"") => self.raw_text(start),
            '`' => self.backquoted(start),
            '§' => self.clause(start),
            _ if is_digit(c) => self.number(start),
            '.' if self.rest().chars().nth(1).is_some_and(is_digit) => self.point(start),
            _ if is_xid_start(c) => self.name(start),
            _ => match mark(self.rest()) {
                Some((mark, length)) => {
                    self.at += length;
                    self.push(TokenKind::Mark(mark), start);
                    if mark == Mark::OpenBrace && self.follows_given() {
                        self.json(start);
                    }
                },
                None => self.stray(c, start),
            },
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn take_while(&mut self, test: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        self.take(rest.find(|c| !test(c)).unwrap_or(rest.len()))
    }

    /// As [`Self::take_while`], over ASCII alone.
    fn take_ascii(&mut self, test: impl Fn(u8) -> bool) -> &'t str {
        self.take(self.rest().bytes().take_while(|byte| byte.is_ascii() && test(*byte)).count())
    }

    /// Up to the first of three characters in ASCII.
    fn take_until(&mut self, [first, second, third]: [u8; 3]) -> &'t str {
        let rest = self.rest();
        self.take(memchr::memchr3(first, second, third, rest.as_bytes()).unwrap_or(rest.len()))
    }

    fn take(&mut self, length: usize) -> &'t str {
        let taken = self.rest().get(..length).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    fn span(&self, start: usize) -> Span {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file: self.file, start: small(start), end: small(self.at) }
    }

    fn push(&mut self, kind: TokenKind<'t>, start: usize) {
        let token = Token { kind, span: self.span(start), first_on_line: self.line_start };
        self.out.tokens.push(token);
    }

    fn fault(&mut self, diagnostic: Diagnostic) {
        if self.out.diagnostics.len() < MOST_FAULTS {
            self.out.diagnostics.push(diagnostic);
        }
    }

    fn broken(&mut self, start: usize, code: &'static str, message: String, label: &str, help: &str) {
        let diagnostic = Diagnostic::error(code, self.span(start), message, label).help(help);
        self.fault(diagnostic);
        self.push(TokenKind::Broken, start);
    }

    fn comment(&mut self) {
        let start = self.at;
        self.take_until([b'\n'; 3]);
        let span = self.span(start);
        self.out.comments.push(span);
    }

    fn name(&mut self, start: usize) {
        let name = self.name_text();
        self.push(TokenKind::Name(normal::name(name)), start);
    }

    /// A name; an inner `-` is one that a letter, digit or `_` follows (details 35).
    fn name_text(&mut self) -> &'t str {
        let start = self.at;
        loop {
            self.take_ascii(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            self.take_while(is_xid_continue);
            let mut ahead = self.rest().chars();
            match (ahead.next(), ahead.next()) {
                (Some('-'), Some(next)) if is_xid_continue(next) => self.at += 1,
                _ => break,
            }
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn backquoted(&mut self, start: usize) {
        self.at += 1;
        let name = self.take_until([b'`', b'`', b'\n']);
        if self.rest().starts_with('`') {
            self.at += 1;
            if name.is_empty() {
                let help = "write a name between the backquotes";
                return self.broken(start, "rules/bad-name", "a name is empty".to_owned(), "no name here", help);
            }
            self.push(TokenKind::Quoted(normal::name(name)), start);
        } else {
            let message = "a backquote is not closed on its line".to_owned();
            self.broken(start, "rules/bad-name", message, "opened here", "add the closing backquote");
        }
    }

    fn clause(&mut self, start: usize) {
        self.bump('§');
        self.take_while(|c| c == ' ');
        let number = self.take_while(|c| c.is_ascii_digit() || c == '.');
        let trimmed = number.trim_end_matches('.');
        self.at -= number.len() - trimmed.len();
        if trimmed.is_empty() {
            let message = "`§` has no clause number".to_owned();
            self.broken(start, "rules/bad-clause", message, "a number belongs here", "write it as `§3.9`");
        } else {
            self.push(TokenKind::Clause(trimmed), start);
        }
    }

    fn number(&mut self, start: usize) {
        let folded = |text: &str| -> String { text.chars().filter_map(digit_folded).collect() };
        let digits = |lexer: &mut Self| lexer.take_while(|c| is_digit(c) || c == '_');
        let mut text = folded(digits(self));
        let is_year = text.len() == 4 && self.rest().starts_with('-');
        if is_year && self.rest().chars().nth(1).is_some_and(is_digit) {
            return self.date(start, text);
        }
        let mut ahead = self.rest().chars();
        if ahead.next() == Some('.') && ahead.next().is_some_and(is_digit) {
            self.at += 1;
            text.push('.');
            text.push_str(&folded(digits(self)));
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        let misplaced =
            written.ends_with('_') || written.contains("__") || written.contains("_.") || written.contains("._");
        let percent = self.rest().starts_with(['%', '％']);
        if misplaced {
            let message = format!("`{}` has a `_` that is not between two digits", shown(written));
            return self.broken(start, "rules/bad-number", message, "not a number", "write `_` between digits only");
        }
        let mut ahead = self.rest().chars();
        if ahead.next() == Some('-') && ahead.next().is_some_and(is_digit) {
            self.at += 1;
            self.take_while(is_digit);
            let message = "a subtraction needs spaces around its sign".to_owned();
            return self.broken(start, "rules/missing-space", message, "spaces are missing here", "write `5 - 3`");
        }
        if percent {
            let sign = self.peek().unwrap_or('%');
            self.bump(sign);
        }
        let scale = if percent { Number::fraction(1, 100).unwrap_or(Number::ONE) } else { Number::ONE };
        match Number::parse_scaled(&text, scale) {
            Ok(number) => self.push(TokenKind::Number(Box::new(number), percent), start),
            Err(_) => {
                let message = "a number has more than 28 significant digits".to_owned();
                self.broken(start, "rules/bad-number", message, "too long", "write it with fewer digits");
            },
        }
    }

    /// A number that begins with its point.
    fn point(&mut self, start: usize) {
        self.at += 1;
        let digits = self.take_while(is_digit);
        let message = format!("`.{digits}` has no digit before its point");
        self.broken(start, "rules/bad-number", message, "not a number", &format!("write `0.{digits}`"));
    }

    /// `NNNN-NN` and `NNNN-NN-NN` are dates always (details 36).
    fn date(&mut self, start: usize, mut text: String) {
        for _ in 0..2 {
            let mut ahead = self.rest().chars();
            if ahead.next() == Some('-') && ahead.next().is_some_and(is_digit) {
                self.at += 1;
                text.push('-');
                text.extend(self.take_while(is_digit).chars().filter_map(digit_folded));
            }
        }
        match Days::parse(&text) {
            Some(days) => {
                let literal = DateLiteral { days, month: text.len() == 7, span: self.span(start) };
                self.push(TokenKind::Date(literal), start);
            },
            None => {
                let message = format!("`{text}` is no date");
                let help = "write a day as `2026-03-01` or a month as `2026-03`; a subtraction needs spaces";
                self.broken(start, "rules/bad-date", message, "no such day or month", help);
            },
        }
    }

    fn quoted(&mut self, start: usize) {
        if self.rest().starts_with("\"\"\"") {
            return self.long_text(start);
        }
        self.at += 1;
        let body = self.at;
        loop {
            self.take_until([b'"', b'\\', b'\n']);
            match self.peek() {
                Some('"') => break,
                Some('\\') => {
                    self.at += 1;
                    if let Some(c) = self.peek().filter(|c| *c != '\n') {
                        self.bump(c);
                    }
                },
                _ => {
                    let help = "close it with `\"`; a text over several lines stands between `\"\"\"` and `\"\"\"`";
                    let message = "a text is not closed on its line".to_owned();
                    return self.broken(start, "rules/bad-text", message, "opened here", help);
                },
            }
        }
        let content = self.text.get(body..self.at).unwrap_or_default();
        self.at += 1;
        let value = self.unescaped(Cow::Borrowed(content), body);
        self.push(TokenKind::Text(value), start);
    }

    fn raw_text(&mut self, start: usize) {
        self.at += 2;
        let content = self.take_until([b'"', b'"', b'\n']);
        if self.rest().starts_with('"') {
            self.at += 1;
            self.push(TokenKind::Text(Cow::Borrowed(content)), start);
        } else {
            let message = "a text is not closed on its line".to_owned();
            self.broken(start, "rules/bad-text", message, "opened here", "close it with `\"`");
        }
    }

    /// `"""…"""`: the longest common indentation and the first and last line breaks are dropped (details 34).
    fn long_text(&mut self, start: usize) {
        self.at += 3;
        let body = self.at;
        let Some(length) = closing(self.rest()) else {
            self.at = self.text.len();
            let message = "a text is not closed".to_owned();
            return self.broken(start, "rules/bad-text", message, "opened here", "close it with `\"\"\"`");
        };
        let content = self.rest().get(..length).unwrap_or_default();
        self.at += length + 3;
        let value = self.unescaped(Cow::Owned(without_indentation(content)), body);
        self.push(TokenKind::Text(value), start);
    }

    /// Resolves the escapes of a text that begins at `offset`.
    fn unescaped(&mut self, content: Cow<'t, str>, offset: usize) -> Cow<'t, str> {
        if !content.contains('\\') {
            return content;
        }
        let mut out = String::with_capacity(content.len());
        let mut rest = content.as_ref();
        while let Some(at) = rest.find('\\') {
            out.push_str(rest.get(..at).unwrap_or_default());
            let escape = rest.get(at + 1..).unwrap_or_default();
            let (resolved, length) = match escape.chars().next() {
                Some(c @ ('"' | '\\')) => (Some(c), 1),
                Some('n') => (Some('\n'), 1),
                Some('t') => (Some('\t'), 1),
                Some('u') => code_point(escape),
                Some(c) => (None, c.len_utf8()),
                None => (None, 0),
            };
            match resolved {
                Some(c) => out.push(c),
                None => {
                    let written = escape.get(..length).unwrap_or_default();
                    let from = offset + (content.len() - rest.len()) + at;
                    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                    let span = Span { file: self.file, start: small(from), end: small(from + 1 + length) };
                    let message = format!("`\\{}` is no escape", shown(written));
                    let help =
                        "the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{4E2D}`; write `\\\\` for a backslash";
                    self.fault(Diagnostic::error("rules/bad-text", span, message, "unknown escape").help(help));
                },
            }
            rest = escape.get(length..).unwrap_or_default();
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    fn follows_given(&self) -> bool {
        let mut before = self.out.tokens.iter().rev().skip(1);
        matches!(before.next(), Some(Token { kind: TokenKind::Name(name), .. })
            if Word::Given.is_spelled(name))
    }

    /// From the brace after `given` to its twin the text is JSON.
    fn json(&mut self, start: usize) {
        self.out.tokens.pop();
        let mut depth = 1_usize;
        while depth > 0 {
            let passed = self.take_while(|c| !matches!(c, '"' | '{' | '}' | '[' | ']'));
            if let Some(after) = ends_given(passed) {
                self.at -= passed.len() - after;
                let message = "the JSON of `given` is not closed".to_owned();
                let end = std::mem::replace(&mut self.at, start + 1);
                self.broken(start, "rules/syntax", message, "opened here", "add the closing `}`");
                self.at = end;
                return;
            }
            match self.peek() {
                Some('"') => {
                    self.at += 1;
                    self.json_text();
                },
                Some(c) => {
                    self.at += 1;
                    depth = if matches!(c, '{' | '[') { depth + 1 } else { depth - 1 };
                },
                None => {
                    self.at = start + 1;
                    let message = "the JSON of `given` is not closed".to_owned();
                    self.broken(start, "rules/syntax", message, "opened here", "add the closing `}`");
                    self.at = self.text.len();
                    return;
                },
            }
        }
        self.push(TokenKind::Json, start);
    }

    fn json_text(&mut self) {
        loop {
            self.take_until([b'"', b'"', b'\\']);
            match self.peek() {
                Some('\\') => {
                    self.at += 1;
                    if let Some(c) = self.peek() {
                        self.bump(c);
                    }
                },
                Some(c) => return self.bump(c),
                None => return,
            }
        }
    }

    fn stray(&mut self, c: char, start: usize) {
        self.bump(c);
        let shown = shown(&c.to_string());
        let (code, message, help) = match c {
            '；' | '。' | ';' => {
                ("rules/stray-mark", format!("`{shown}` does not end anything here"), "leave it out".to_owned())
            },
            '“' | '”' | '‘' | '’' | '「' | '」' => {
                let end = self.rest().find(['”', '“', '\n', '"']).unwrap_or(0);
                self.at += end;
                if let Some(c) = self.peek().filter(|c| *c != '\n') {
                    self.bump(c);
                }
                (
                    "rules/bad-text",
                    format!("`{shown}` does not open a text"),
                    "write texts between straight quotes: `\"…\"`".to_owned(),
                )
            },
            _ => ("rules/stray-mark", format!("`{shown}` means nothing here"), "leave it out".to_owned()),
        };
        let diagnostic = Diagnostic::error(code, self.span(start), message, "not understood").help(help);
        self.fault(diagnostic);
        // Stand-ins for what was surely meant keep the rest readable.
        match c {
            '“' | '‘' | '「' => self.push(TokenKind::Text(Cow::default()), start),
            ';' | '；' => self.push(TokenKind::Mark(Mark::Comma), start),
            _ => {},
        }
    }
}

/// Where in a stretch of JSON between texts and brackets a line begins that goes on with the test.
fn ends_given(passed: &str) -> Option<usize> {
    const GOING_ON: [&str; 6] = ["expect ", "expect\t", "预期", "given ", "给定", "as of "];
    let mut at = 0;
    while let Some(end) = passed.get(at..).and_then(|rest| rest.find('\n')) {
        at += end + 1;
        let line = passed.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
        if GOING_ON.iter().any(|word| line.starts_with(word)) {
            return Some(at - 1);
        }
    }
    None
}
