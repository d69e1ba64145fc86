//! Whether two texts mean the same: their trees, places apart, and nothing that was written is lost.

use super::bare::bare_item;
use crate::syntax::lexer::{Lexed, lex};
use crate::syntax::parser::{Dialect, parse_lexed};
use crate::syntax::token::{Token, TokenKind};
use crate::syntax::tree::{Item, PlanFile};
use crate::text::{FileId, Span};

/// The first place of a text from which on what was laid out does not mean the same.
pub(super) fn difference(
    file: FileId,
    text: &str,
    (lexed, tree): (&Lexed<'_>, &PlanFile),
    laid_out: &str,
    dialect: &Dialect,
) -> Option<Span> {
    let new = lex(file, laid_out);
    let parsed = parse_lexed(&new, laid_out, dialect);
    let start = Span { file, start: 0, end: 0 };
    if !parsed.diagnostics.is_empty() || parsed.tree.items.len() != tree.items.len() {
        return Some(start);
    }
    for (before, after) in tree.items.iter().zip(&parsed.tree.items) {
        let place = place_of(before);
        if bare_item(before) != bare_item(after) {
            return Some(place);
        }
    }
    let kept = comments(text, lexed) == comments(laid_out, &new)
        && given(text, lexed) == given(laid_out, &new)
        && literals(lexed) == literals(&new);
    if kept { None } else { Some(start) }
}

/// The comments, in no order: where the words of a form turn, so may they.
fn comments<'t>(text: &'t str, lexed: &Lexed<'_>) -> Vec<&'t str> {
    let mut comments: Vec<&str> = lexed.comments.iter().map(|span| slice(text, *span).trim_end()).collect();
    comments.sort_unstable();
    comments
}

/// The JSON of the tests, whatever its lines are indented by.
fn given<'t>(text: &'t str, lexed: &Lexed<'_>) -> Vec<Vec<&'t str>> {
    let is_json = |token: &&Token<'_>| token.kind == TokenKind::Json;
    let lines = |token: &Token<'_>| slice(text, token.span).lines().map(str::trim).collect();
    lexed.tokens.iter().filter(is_json).map(lines).collect()
}

/// How often each text, number, date and clause stands there: an option that was written twice is in no tree.
fn literals(lexed: &Lexed<'_>) -> Vec<String> {
    let mut literals: Vec<String> = lexed
        .tokens
        .iter()
        .filter_map(|token| match &token.kind {
            TokenKind::Text(text) => Some(text.to_string()),
            TokenKind::Clause(number) => Some((*number).to_owned()),
            TokenKind::Number(number, percent) => Some(format!("{number:?} {percent}")),
            TokenKind::Date(date) => Some(format!("{:?} {}", date.days, date.month)),
            _ => None,
        })
        .collect();
    literals.sort_unstable();
    literals
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

fn place_of(item: &Item) -> Span {
    match item {
        Item::Plan(item) => item.span,
        Item::Vocabulary(item) => item.span,
        Item::Group(item) => item.span,
        Item::Relation(item) => item.span,
        Item::Fact(item) => item.span,
        Item::Dimension(item) => item.span,
        Item::Proposal(item) => item.span,
        Item::Define(item) => item.span,
        Item::Directive(item) => item.span,
        Item::Uncheckable(item) => item.span,
        Item::Map(item) => item.span,
        Item::Test(item) => item.span,
    }
}
