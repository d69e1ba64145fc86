//! Goes through the tokens of a file along its tree, and gives each as a part, the words in the tongue that is asked for.

use std::borrow::Cow;

use super::entry::Entry;
use super::part::{Group, Lines, LinesAt, Part};
use super::source::{Comment, Source};
use super::spelling::{self, Tongue};
use crate::syntax::Dialect;
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::tree::{LocalText, Name};
use crate::syntax::words::Word;

pub(super) type Parts<'a> = Vec<Part<'a>>;

/// How the texts of several languages stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// On one line.
    Line,
    /// On one line if they fit, else one below the other.
    Fit,
    /// One below the other.
    Stacked,
}

/// A place among the tokens, and how words are to be spelled.
#[derive(Debug)]
pub(super) struct Pen<'a> {
    pub source: &'a Source<'a>,
    pub dialect: &'a Dialect,
    pub tongue: Option<Tongue>,
    /// The variable of the groups of proposals of a portfolio directive.
    pub group_variable: Option<String>,
    at: usize,
    /// The token of which the comments before it were taken already.
    opened_at: Option<usize>,
    /// The first token that was not what the tree says.
    lost: Option<usize>,
    /// Comments that left their entry and go before the next.
    carried: Vec<Comment<'a>>,
}

impl<'a> Pen<'a> {
    pub fn new(source: &'a Source<'a>, dialect: &'a Dialect, tongue: Option<Tongue>) -> Self {
        Self { source, dialect, tongue, group_variable: None, at: 0, opened_at: None, lost: None, carried: Vec::new() }
    }

    /// The token that was not what the tree says, if there was one.
    pub fn lost(&self) -> Option<usize> {
        self.lost
    }

    pub fn lose(&mut self) {
        self.lost.get_or_insert(self.at);
    }

    /// Where the token here begins.
    pub fn start(&self) -> u32 {
        self.source.token(self.at).map_or(u32::MAX, |token| token.span.start)
    }

    /// Whether the token here is the first of its line.
    pub fn is_first_on_line(&self) -> bool {
        self.source.token(self.at).is_some_and(|token| token.first_on_line)
    }

    pub fn is_mark(&self, mark: Mark) -> bool {
        matches!(self.source.kind(self.at), Some(TokenKind::Mark(here)) if *here == mark)
    }

    /// Takes the token here, its comments first.
    fn take(&mut self, out: &mut Parts<'a>) -> usize {
        if self.opened_at != Some(self.at) {
            out.extend(self.source.comments(self.at).iter().map(|comment| Part::Comment(*comment)));
        }
        self.at += 1;
        self.at - 1
    }

    /// How many tokens a word takes here, and its spelling.
    fn word_here(&self, word: Word) -> Option<(usize, &'static str)> {
        let stands = |spelling: &&&'static str| {
            let mut at = self.at;
            spelling.split(' ').all(|part| {
                at += 1;
                matches!(self.source.kind(at - 1), Some(TokenKind::Name(name)) if name == part)
            })
        };
        let found = word.spellings().iter().find(stands)?;
        Some((found.split(' ').count(), found))
    }

    pub fn is_word(&self, word: Word) -> bool {
        self.word_here(word).is_some()
    }

    /// A word of the language.
    pub fn word(&mut self, word: Word, out: &mut Parts<'a>) {
        self.word_among(&[word], out);
    }

    /// The first of some words, which may be written as the others.
    pub fn word_among(&mut self, words: &[Word], out: &mut Parts<'a>) {
        let found = words.iter().find_map(|word| self.word_here(*word).map(|found| (*word, found)));
        let (Some((word, (length, written))), Some(canonical)) = (found, words.first()) else { return self.lose() };
        for _ in 0..length {
            self.take(out);
        }
        let tongue = self.tongue.or(Some(spelling::tongue(word, written)));
        out.push(Part::text(spelling::spelled(*canonical, written, tongue)));
    }

    /// A unit of counting.
    pub fn counted(&mut self, word: Word, count: u32, out: &mut Parts<'a>) {
        let Some((length, written)) = self.word_here(word) else { return self.lose() };
        for _ in 0..length {
            self.take(out);
        }
        let tongue = self.tongue.unwrap_or_else(|| spelling::tongue(word, written));
        out.push(Part::text(spelling::counted(word, count, tongue)));
    }

    /// A mark: full-width ones as their twins, `≤` and the like as they are.
    pub fn mark(&mut self, mark: Mark, out: &mut Parts<'a>) {
        if !self.is_mark(mark) {
            return self.lose();
        }
        let written = self.source.written(self.at);
        let own = matches!(written, "≤" | "≥" | "≠" | "×" | "÷");
        self.take(out);
        out.push(Part::text(if own { written } else { mark.shown() }));
    }

    /// Takes a mark without giving it; its comments stay.
    pub fn drop_mark(&mut self, mark: Mark, out: &mut Parts<'a>) -> bool {
        let found = self.is_mark(mark);
        if found {
            self.take(out);
        }
        found
    }

    /// A comparison, as a mark or as a word.
    pub fn operator(&mut self, word: Option<Word>, out: &mut Parts<'a>) {
        match (self.source.kind(self.at), word) {
            (Some(TokenKind::Mark(mark)), _) => self.mark(*mark, out),
            (_, Some(word)) => self.word(word, out),
            _ => self.lose(),
        }
    }

    /// A text, number, date, clause or JSON as it is written.
    pub fn leaf(&mut self, out: &mut Parts<'a>) {
        let written = self.source.written(self.at);
        let part = match self.source.kind(self.at) {
            Some(TokenKind::Json) if written.contains('\n') => Part::Lines(json(written)),
            Some(TokenKind::Text(_)) if written.contains('\n') => Part::Lines(long_text(written)),
            Some(TokenKind::Clause(number)) => Part::text(format!("§{number}")),
            Some(TokenKind::Text(_) | TokenKind::Number(..) | TokenKind::Date(_) | TokenKind::Json) => {
                Part::text(written)
            },
            _ => return self.lose(),
        };
        self.take(out);
        out.push(part);
    }

    /// A name as it is written.
    pub fn name(&mut self, name: &Name, out: &mut Parts<'a>) {
        self.name_apart(name, &[], out);
    }

    /// A name that is set in backquotes if it is one of `confusing`.
    pub fn name_apart(&mut self, name: &Name, confusing: &[&str], out: &mut Parts<'a>) {
        if self.start() != name.span.start {
            return self.lose();
        }
        let written = self.source.written(self.at);
        self.take(out);
        let bare = !name.quoted && confusing.contains(&written);
        out.push(Part::Text(if bare { Cow::Owned(format!("`{written}`")) } else { Cow::Borrowed(written) }));
    }

    /// Names set apart by commas, which fill their lines.
    pub fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n Name>) -> Group<'a> {
        let mut parts = Vec::new();
        for (name, index) in names.into_iter().zip(0..) {
            if index > 0 {
                self.comma(&mut parts);
            }
            self.name(name, &mut parts);
        }
        Group { fill: true, ..Group::new(parts) }
    }

    /// A comma between two things, with the place to break after it.
    pub fn comma(&mut self, out: &mut Parts<'a>) {
        // What stands before the comma goes after it.
        let mut before = Vec::new();
        self.mark(Mark::Comma, &mut before);
        let (comments, mark): (Vec<_>, Vec<_>) = before.into_iter().partition(|part| matches!(part, Part::Comment(_)));
        out.extend(mark);
        out.extend(comments);
        out.push(Part::line());
    }

    /// A text in one or several languages.
    pub fn local_text(&mut self, local: &LocalText, texts: Texts) -> Group<'a> {
        let mut parts = Vec::new();
        for ((tag, _), index) in local.entries.iter().zip(0..) {
            if let Some(tag) = tag {
                let mut tagged = Vec::new();
                self.name(tag, &mut tagged);
                let outdent = tagged.iter().map(Part::width).sum::<usize>() + 1;
                match texts {
                    _ if index == 0 => {},
                    Texts::Line => parts.push(Part::Space),
                    Texts::Fit | Texts::Stacked => {
                        parts.push(Part::Break(super::part::Break { outdent, ..Default::default() }));
                    },
                }
                parts.extend(tagged);
                parts.push(Part::Space);
            }
            self.leaf(&mut parts);
        }
        let broken = texts == Texts::Stacked && local.entries.len() > 1;
        Group { align: true, broken, ..Group::new(parts) }
    }

    /// What stands before the next entry: its comments, the commas that may part it from the one before it, and
    /// whether a line is blank. `before` takes the comment that stands on its last line.
    pub fn next_entry(
        &mut self,
        before: Option<&mut Entry<'a>>,
        opened: Option<&mut Option<Comment<'a>>>,
    ) -> Entry<'a> {
        let mut entry = Entry { leading: std::mem::take(&mut self.carried), ..Entry::default() };
        let mut comments = self.source.comments(self.at).to_vec();
        let mut comma = false;
        while self.is_mark(Mark::Comma) {
            comma = true;
            self.at += 1;
            comments.extend(self.source.comments(self.at));
        }
        self.opened_at = Some(self.at);
        let needs_comma = self.needs_comma(comma);
        let mut comments = comments.into_iter().peekable();
        let trailing = if entry.leading.is_empty() { comments.next_if(|comment| comment.trailing) } else { None };
        let left = match (before, opened) {
            (Some(before), _) => before.on_last_line(|last| {
                last.comma = needs_comma;
                put(&mut last.trailing, trailing)
            }),
            (None, Some(opened)) => put(opened, trailing),
            (None, None) => trailing,
        };
        // What was there stands first: the newer one goes on a line of its own.
        entry.leading.extend(left.map(Comment::on_its_own));
        entry.leading.extend(comments.map(Comment::on_its_own));
        entry.blank = self.source.blank(self.at);
        entry
    }

    /// Whether the next entry must be set apart from the one before it by a comma: one that stands there and parts a
    /// number from a unit or whatever stands there from a word that goes on with it, and one before `when`.
    fn needs_comma(&self, stands: bool) -> bool {
        let Some(TokenKind::Name(name)) = self.source.kind(self.at) else { return false };
        let before =
            |count: usize| self.at.checked_sub(count + usize::from(stands)).and_then(|at| self.source.kind(at));
        let after_number = matches!(before(1), Some(TokenKind::Number(..))) && self.dialect.is_unit(name);
        let required =
            |kind: &TokenKind<'_>| matches!(kind, TokenKind::Name(name) if name == "required" || name == "必填");
        let after_required = name == "when" && before(1).is_some_and(required);
        let is_word = spelling::goes_on(name) || self.dialect.is_language(name);
        stands && (after_number || is_word) || after_required
    }

    /// Finishes an entry: gives the comments in its row their places.
    pub fn settle_row(&mut self, entry: &mut Entry<'a>) {
        let (first, last) = entry.row.settle();
        entry.leading.extend(first.into_iter().map(Comment::on_its_own));
        self.after(entry, last);
    }

    /// Puts comments after an entry: the first on its line if it stood so, the others before the next entry.
    pub fn after(&mut self, entry: &mut Entry<'a>, comments: Vec<Comment<'a>>) {
        let carried = &mut self.carried;
        entry.on_last_line(|last| {
            for comment in comments {
                if carried.is_empty() && last.trailing.is_none() && comment.trailing {
                    last.trailing = Some(comment);
                } else {
                    carried.push(comment.on_its_own());
                }
            }
        });
    }

    /// Whether everything was read.
    pub fn is_at_end(&self) -> bool {
        matches!(self.source.kind(self.at), Some(TokenKind::End))
    }
}

/// Puts a comment into a free place, and gives it back where the place is taken.
fn put<'a>(place: &mut Option<Comment<'a>>, comment: Option<Comment<'a>>) -> Option<Comment<'a>> {
    if place.is_some() {
        return comment;
    }
    *place = comment;
    None
}

/// The JSON of a proposal, whose lines are set in together with their entry.
fn json(written: &str) -> Lines<'_> {
    let mut lines: Vec<&str> = written.lines().map(str::trim_end).collect();
    let rest = lines.get_mut(1..).unwrap_or_default();
    let common = rest.iter().filter(|line| !line.is_empty()).map(|line| indentation(line)).min().unwrap_or(0);
    for line in rest {
        *line = line.get(common..).unwrap_or_default();
    }
    Lines { lines, at: LinesAt::Entry }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// A long text, whose common indentation means nothing, unless its first line says something.
fn long_text(written: &str) -> Lines<'_> {
    let lines: Vec<&str> = written.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let untouched = || Lines { lines: lines.clone(), at: LinesAt::Untouched };
    let [first, body @ .., last] = lines.as_slice() else { return untouched() };
    let closes_alone = last.strip_suffix("\"\"\"").is_some_and(|rest| rest.trim().is_empty());
    let counted: Vec<&str> = body.iter().chain((!closes_alone).then_some(last)).copied().collect();
    let common = counted.iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(line)).min();
    let Some(common) = common.filter(|_| first.strip_prefix("\"\"\"").is_some_and(|rest| rest.trim().is_empty()))
    else {
        return untouched();
    };
    let mut cut: Vec<&str> = vec!["\"\"\""];
    cut.extend(counted.iter().map(|line| line.get(common..).unwrap_or_default()));
    if closes_alone {
        cut.push("\"\"\"");
    }
    Lines { lines: cut, at: LinesAt::Here }
}
