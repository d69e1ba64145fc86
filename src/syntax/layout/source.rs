//! What a plan file holds besides its tree: its tokens, the comments between them, and where a line was left blank.

use crate::syntax::lexer::Lexed;
use crate::syntax::token::{Token, TokenKind};
use crate::text::Span;

/// A comment, with its `#`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Comment<'a> {
    pub text: &'a str,
    /// Whether it stands on the line on which the token before it ends.
    pub trailing: bool,
    /// Whether the line before it is blank.
    pub blank: bool,
}

impl Comment<'_> {
    /// The comment, on a line of its own.
    pub fn on_its_own(self) -> Self {
        Self { trailing: false, ..self }
    }
}

/// The tokens of a file and what stands between them.
#[derive(Debug)]
pub(super) struct Source<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    comments: Vec<Comment<'a>>,
    /// Of each token, how many comments stand before it in the file.
    before: Vec<usize>,
    /// Of each token, whether the line before it is blank.
    blank: Vec<bool>,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str, lexed: &'a Lexed<'a>) -> Self {
        let mut source = Self {
            text,
            tokens: &lexed.tokens,
            comments: Vec::with_capacity(lexed.comments.len()),
            before: Vec::with_capacity(lexed.tokens.len()),
            blank: Vec::with_capacity(lexed.tokens.len()),
        };
        let mut comments = lexed.comments.iter().peekable();
        // Where the last token or comment ended, and whether that was a token.
        let (mut end, mut after_token) = (0, false);
        for token in &lexed.tokens {
            while let Some(span) = comments.next_if(|comment| comment.start < token.span.start) {
                let breaks = line_breaks(text, end, span.start);
                let trailing = after_token && breaks == 0;
                source.comments.push(Comment { text: slice(text, *span).trim_end(), trailing, blank: breaks > 1 });
                (end, after_token) = (span.end, false);
            }
            source.before.push(source.comments.len());
            source.blank.push(line_breaks(text, end, token.span.start) > 1);
            (end, after_token) = (token.span.end, true);
        }
        source
    }

    pub fn token(&self, at: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(at)
    }

    pub fn kind(&self, at: usize) -> Option<&'a TokenKind<'a>> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    /// A token as it is written.
    pub fn written(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| slice(self.text, token.span))
    }

    /// The comments between the token before and the one at `at`.
    pub fn comments(&self, at: usize) -> &[Comment<'a>] {
        let from = at.checked_sub(1).and_then(|before| self.before.get(before)).copied().unwrap_or(0);
        let to = self.before.get(at).copied().unwrap_or(self.comments.len());
        self.comments.get(from..to).unwrap_or_default()
    }

    /// Whether the line before a token is blank.
    pub fn blank(&self, at: usize) -> bool {
        self.blank.get(at).copied().unwrap_or(false)
    }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

fn line_breaks(text: &str, from: u32, to: u32) -> usize {
    let between = text.as_bytes().get(from as usize..to as usize).unwrap_or_default();
    memchr::memchr_iter(b'\n', between).take(2).count()
}
