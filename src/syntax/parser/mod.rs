//! From tokens to the tree. Parsing never fails: it gives what could be read and a list of errors.

mod directive;
mod expression;
mod field;
mod input;
mod item;
mod map;
mod operand;
mod recovery;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::BTreeSet;

use self::input::{Context, Input};
use super::lexer::{Lexed, lex, lex_part};
use super::token::{Mark, Token, TokenKind};
use super::tree::{Expression, ExpressionKind, PlanFile};
use super::words::{Word, is_any_word};
use crate::diagnostic::{Diagnostic, tidy};
use crate::text::{FileId, Span};

/// The most errors that are reported of one file.
const MOST_ERRORS: usize = 50;

/// What parsing gives.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// What could be read.
    pub tree: PlanFile,
    /// The comments, with their `#`.
    pub comments: Vec<Span>,
    /// What could not.
    pub diagnostics: Vec<Diagnostic>,
    /// What was passed over after a fault: what it declares and uses is not known.
    pub lost: Vec<Span>,
}

/// What must be known of a whole pack before one of its files can be parsed: which names are language tags, and
/// which are units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    /// The language tags of the plan item; `en` if it has none.
    pub languages: Vec<String>,
    /// Names and further spellings of units.
    pub units: BTreeSet<String>,
}

impl Dialect {
    /// Gathers the dialect of a pack from its lexed files.
    pub fn gather<'l>(files: impl IntoIterator<Item = &'l Lexed<'l>, IntoIter: Clone>) -> Self {
        let files = files.into_iter();
        let mut units = BTreeSet::new();
        files.clone().for_each(|file| gather_units(&file.tokens, &mut units));
        let mut tags = vec!["en".to_owned()];
        let languages = match files.clone().find_map(|file| languages(&file.tokens)) {
            Some(languages) if !languages.is_empty() => languages,
            Some(_) => tags,
            None => {
                files.for_each(|file| gather_tags(&file.tokens, &mut tags));
                tags
            },
        };
        Self { languages, units }
    }

    /// Whether a name is a language tag.
    pub fn is_language(&self, name: &str) -> bool {
        self.languages.iter().any(|tag| tag == name)
    }

    /// Whether a name is that of a unit.
    pub fn is_unit(&self, name: &str) -> bool {
        self.units.contains(name)
    }
}

/// Names between two texts, which are tags: for a pack whose plan item is missing or misspelt.
fn gather_tags(tokens: &[Token<'_>], tags: &mut Vec<String>) {
    for window in tokens.windows(3) {
        let [before, tag, after] = window else { continue };
        if let (TokenKind::Text(_), TokenKind::Name(name), TokenKind::Text(_)) = (&before.kind, &tag.kind, &after.kind)
            && !tag.first_on_line
            && name.len() <= 3
            && !tags.iter().any(|tag| tag == name)
            && !is_any_word(name)
        {
            tags.push(name.to_string());
        }
    }
}

/// Names before `=` and names after `aka`, within the braces of a dimension. A name before `=` and a number at the start
/// of an entry is a unit too: nothing else looks so, and the word `dimension` may be misspelt.
fn gather_units(tokens: &[Token<'_>], units: &mut BTreeSet<String>) {
    let mut within = false;
    let mut aka = false;
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1).map(|token| &token.kind);
        match &token.kind {
            TokenKind::Name(name) if token.first_on_line && Word::Dimension.is_spelled(name) => within = true,
            TokenKind::Mark(Mark::CloseBrace) => within = false,
            TokenKind::Name(name) | TokenKind::Quoted(name) if within => {
                aka = Word::Aka.is_spelled(name);
                if next == Some(&TokenKind::Mark(Mark::Equal)) {
                    units.insert(name.to_string());
                }
            },
            TokenKind::Name(name) | TokenKind::Quoted(name) if next == Some(&TokenKind::Mark(Mark::Equal)) => {
                let before = index.checked_sub(1).and_then(|index| tokens.get(index)).map(|token| &token.kind);
                let begins = matches!(
                    before,
                    Some(TokenKind::Mark(Mark::OpenBrace | Mark::Comma) | TokenKind::Number(..) | TokenKind::Text(_))
                );
                let is_scaled = matches!(tokens.get(index + 2).map(|token| &token.kind), Some(TokenKind::Number(..)));
                if begins && is_scaled {
                    units.insert(name.to_string());
                }
            },
            TokenKind::Text(text) if within && aka && is_name(text) => {
                units.insert(text.to_string());
            },
            _ => {},
        }
    }
}

/// Parses one file of a pack.
pub fn parse(file: FileId, text: &str, dialect: &Dialect) -> Parsed {
    parse_lexed(&lex(file, text), text, dialect)
}

/// Parses a file that was lexed already.
pub fn parse_lexed(lexed: &Lexed<'_>, text: &str, dialect: &Dialect) -> Parsed {
    let context = Context::new(&lexed.tokens, text, dialect);
    let tree = item::file(Input { context: &context, at: 0 });
    let mut diagnostics = lexed.diagnostics.clone();
    diagnostics.extend(context.diagnostics.into_inner());
    let lost = context.lost.into_inner();
    drop_behind_open_texts(text, &mut diagnostics);
    tidy(&mut diagnostics);
    if diagnostics.len() > MOST_ERRORS {
        let left = diagnostics.len() - MOST_ERRORS;
        diagnostics.truncate(MOST_ERRORS);
        if let Some(last) = diagnostics.last_mut() {
            last.help = Some(format!("mend these first: the file has {left} more errors that are not shown"));
        }
    }
    Parsed { tree, comments: lexed.comments.clone(), diagnostics, lost }
}

/// Drops what was not understood on a line with a text that is not closed: a quote too few turns the line inside out.
fn drop_behind_open_texts(text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let line = |span: Span| {
        let before = text.get(..span.start as usize).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    };
    let open = diagnostics.iter().filter(|one| one.code == "rules/bad-text").filter_map(Diagnostic::span);
    let lines: BTreeSet<usize> = open.map(line).collect();
    if !lines.is_empty() {
        diagnostics
            .retain(|one| one.code != "rules/syntax" || one.span().is_none_or(|span| !lines.contains(&line(span))));
    }
}

/// Parses the part of a text from `start` to `end` as one expression, for the holes of messages; spans are those of
/// the whole text. `None` if it is none; why is in the list.
pub fn parse_expression(
    file: FileId,
    text: &str,
    start: usize,
    end: usize,
    dialect: &Dialect,
) -> (Option<Expression>, Vec<Diagnostic>) {
    let lexed = lex_part(file, text, start, end);
    let context = Context::new(&lexed.tokens, text, dialect);
    let input = Input { context: &context, at: 0 };
    // Most holes are a name alone, for which the way through all levels of precedence is long.
    if let [_, Token { kind: TokenKind::End, .. }] = lexed.tokens.as_slice()
        && lexed.diagnostics.is_empty()
        && let Ok((_, name)) = input::free_name(input)
    {
        let span = name.span;
        return (Some(expression::node(ExpressionKind::Name(name), span)), Vec::new());
    }
    let parsed = match expression::expression(input) {
        Ok((rest, parsed)) if rest.is_end() => Some(parsed),
        Ok((rest, _)) => {
            recovery::report(rest, input::Fault { reported: false }, "the end of the hole");
            None
        },
        Err(fault) => {
            recovery::report(input, recovery::fault_of(&fault), "an expression");
            None
        },
    };
    let mut diagnostics = lexed.diagnostics;
    diagnostics.extend(context.diagnostics.into_inner());
    (parsed.filter(|_| diagnostics.is_empty()), diagnostics)
}

/// The tags after `language` in the plan item; `None` if there is no plan item.
fn languages(tokens: &[Token<'_>]) -> Option<Vec<String>> {
    let is = |token: &Token<'_>, word: Word| match &token.kind {
        TokenKind::Name(name) => word.is_spelled(name),
        _ => false,
    };
    let plan = tokens.windows(3).position(|window| {
        matches!(window, [plan, _, brace]
            if brace.kind == TokenKind::Mark(Mark::OpenBrace) && is(plan, Word::Plan))
    })?;
    let mut rest = tokens.iter().skip(plan + 3).take_while(|token| token.kind != TokenKind::Mark(Mark::CloseBrace));
    if !rest.any(|token| is(token, Word::Language)) {
        return Some(Vec::new());
    }
    let mut tags = Vec::new();
    let mut wants_tag = true;
    for token in rest {
        match &token.kind {
            TokenKind::Name(name) | TokenKind::Quoted(name) if wants_tag => {
                tags.push(name.to_string());
                wants_tag = false;
            },
            TokenKind::Mark(Mark::Comma) if !wants_tag => wants_tag = true,
            _ => break,
        }
    }
    Some(tags)
}

fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(unicode_ident::is_xid_start)
        && characters.all(|c| unicode_ident::is_xid_continue(c) || c == '-')
}
