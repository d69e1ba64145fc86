//! Tokens.

use std::borrow::Cow;

use super::tree::DateLiteral;
use crate::text::Span;
use crate::value::Number;

/// A token with its span.
#[derive(Debug, Clone, PartialEq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: TokenKind<'t>,
    /// Where it stands.
    pub span: Span,
    /// Whether it is the first of its line.
    pub first_on_line: bool,
}

/// What a token is. What it says is borrowed from the file wherever it stands there letter by letter.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenKind<'t> {
    /// A bare name or word, in NFC.
    Name(Cow<'t, str>),
    /// A name in backquotes, in NFC.
    Quoted(Cow<'t, str>),
    /// `12`, `1_250.5`, `25%`; a percentage holds its value as a fraction of one. In a box, since it is twice as large as any
    /// other token and rare.
    Number(Box<Number>, bool),
    /// A date or a month.
    Date(DateLiteral),
    /// A text with its escapes resolved.
    Text(Cow<'t, str>),
    /// `§3.9`, as `3.9`.
    Clause(&'t str),
    /// A mark.
    Mark(Mark),
    /// JSON from the brace after `given` to its twin.
    Json,
    /// Something that was reported already and stands for nothing.
    Broken,
    /// The end of the file.
    End,
}

/// Marks; full-width ones are the same as their twins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the mark of that name")]
pub enum Mark {
    OpenBrace,
    CloseBrace,
    OpenParenthesis,
    CloseParenthesis,
    Comma,
    Colon,
    Dot,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Ampersand,
}

impl Mark {
    /// The mark in ASCII.
    pub fn shown(self) -> &'static str {
        match self {
            Self::OpenBrace => "{",
            Self::CloseBrace => "}",
            Self::OpenParenthesis => "(",
            Self::CloseParenthesis => ")",
            Self::Comma => ",",
            Self::Colon => ":",
            Self::Dot => ".",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divide => "/",
            Self::Ampersand => "&",
        }
    }
}

/// The mark that a text begins with, and its length in bytes.
pub(super) fn mark(text: &str) -> Option<(Mark, usize)> {
    let two = |second: &str| text.get(1..).is_some_and(|rest| rest.starts_with(second));
    let mark = match text.chars().next()? {
        '<' if two("=") => return Some((Mark::LessOrEqual, 2)),
        '>' if two("=") => return Some((Mark::GreaterOrEqual, 2)),
        '!' if two("=") => return Some((Mark::NotEqual, 2)),
        '{' | '｛' => Mark::OpenBrace,
        '}' | '｝' => Mark::CloseBrace,
        '(' | '（' => Mark::OpenParenthesis,
        ')' | '）' => Mark::CloseParenthesis,
        ',' | '，' | '、' => Mark::Comma,
        ':' | '：' => Mark::Colon,
        '.' => Mark::Dot,
        '=' | '＝' => Mark::Equal,
        '≠' => Mark::NotEqual,
        '<' | '＜' => Mark::Less,
        '>' | '＞' => Mark::Greater,
        '≤' => Mark::LessOrEqual,
        '≥' => Mark::GreaterOrEqual,
        '+' | '＋' => Mark::Plus,
        '-' | '－' => Mark::Minus,
        '*' | '＊' | '×' => Mark::Times,
        '/' | '／' | '÷' => Mark::Divide,
        '&' => Mark::Ampersand,
        _ => return None,
    };
    let length = text.chars().next().map_or(0, char::len_utf8);
    // A full-width `＜＝` or `＞＝` is one mark as well.
    let joined = text.get(length..).and_then(|rest| rest.chars().next()).filter(|next| matches!(next, '=' | '＝'));
    match (mark, joined) {
        (Mark::Less, Some(next)) => Some((Mark::LessOrEqual, length + next.len_utf8())),
        (Mark::Greater, Some(next)) => Some((Mark::GreaterOrEqual, length + next.len_utf8())),
        _ => Some((mark, length)),
    }
}
