//! Directives and tests.

use super::clause::{NARROW, WIDE};
use super::entry::{Entry, Row};
use super::part::{Group, Part};
use super::pen::{Pen, Texts};
use crate::syntax::token::Mark;
use crate::syntax::tree::{
    Clause, Directive, Expect, ExpectValue, Expression, Given, LocalText, Modality, Name, Test, Verdict,
};
use crate::syntax::words::Word;

impl<'a> Pen<'a> {
    pub fn directive(&mut self, directive: &Directive, entry: &mut Entry<'a>) {
        let word = if directive.portfolio { Word::PortfolioDirective } else { Word::Directive };
        entry.row = Row::free(self.head(word, &directive.name, &directive.title));
        self.group_variable = directive.clauses.iter().find_map(|clause| match clause {
            Clause::ForEachGroup(variable, ..) => Some(variable.text.clone()),
            _ => None,
        });
        self.block(entry, usize::MAX, &directive.clauses, |pen, clause, entry| pen.directive_clause(clause, entry));
        self.group_variable = None;
    }

    fn directive_clause(&mut self, clause: &Clause, entry: &mut Entry<'a>) {
        let row = &mut entry.row;
        match clause {
            Clause::Ground(ground) => self.ground(ground, WIDE, row),
            Clause::Tags(names, _) => self.clause(row, Word::Tags, WIDE, |pen| pen.names(names)),
            Clause::When(condition, _) => self.condition(Word::When, condition, row),
            Clause::Requirement(modality, condition, _) => self.condition(modality_word(*modality), condition, row),
            Clause::Unless(condition, because, _) => {
                self.clause(row, Word::Unless, WIDE, |pen| pen.unless(condition, because));
            },
            Clause::Overrides(names, _) => self.clause(row, Word::Overrides, WIDE, |pen| pen.names(names)),
            Clause::Effective(effective) => self.effective(effective, WIDE, row),
            Clause::Message(words, _) => self.texts(Word::Message, words, row),
            Clause::Help(words, _) => self.texts(Word::Help, words, row),
            Clause::At(path, _) => self.clause(row, Word::At, WIDE, |pen| pen.path(path)),
            Clause::Formerly(names, _) => self.clause(row, Word::Formerly, WIDE, |pen| pen.names(names)),
            Clause::ForEach(variable, set, _) => {
                let mut parts = Vec::new();
                self.word(Word::ForEach, &mut parts);
                parts.push(Part::Space);
                self.name(variable, &mut parts);
                parts.push(Part::Space);
                self.word_among(&[Word::InList, Word::In], &mut parts);
                parts.push(Part::Space);
                self.expression(set, &mut parts);
                *row = Row::free(parts);
            },
            Clause::ForEachGroup(variable, keys, _) => {
                let mut parts = Vec::new();
                self.word(Word::ForEachGroup, &mut parts);
                parts.push(Part::Space);
                self.name(variable, &mut parts);
                parts.push(Part::Space);
                self.word(Word::OfProposals, &mut parts);
                parts.push(Part::Space);
                self.word(Word::By, &mut parts);
                parts.push(Part::Space);
                for (key, index) in keys.iter().zip(0..) {
                    if index > 0 {
                        self.comma(&mut parts);
                    }
                    self.expression(key, &mut parts);
                }
                *row = Row::free(parts);
            },
        }
    }

    fn condition(&mut self, word: Word, condition: &Expression, row: &mut Row<'a>) {
        self.clause(row, word, WIDE, |pen| {
            let mut parts = Vec::new();
            pen.expression(condition, &mut parts);
            Group::new(parts)
        });
    }

    /// `unless E because "…"`
    fn unless(&mut self, condition: &Expression, because: &LocalText) -> Group<'a> {
        let mut parts = Vec::new();
        self.expression(condition, &mut parts);
        if !because.entries.is_empty() {
            parts.push(Part::line());
            self.word(Word::Because, &mut parts);
            parts.push(Part::Space);
            let words = self.local_text(because, Texts::Stacked);
            parts.push(Part::Group(words));
        }
        Group::new(parts)
    }

    fn texts(&mut self, word: Word, words: &LocalText, row: &mut Row<'a>) {
        self.clause(row, word, WIDE, |pen| pen.local_text(words, Texts::Stacked));
    }

    /// `a.b.c`
    fn path(&mut self, path: &[Name]) -> Group<'a> {
        let mut parts = Vec::new();
        for (name, index) in path.iter().zip(0..) {
            if index > 0 {
                self.mark(Mark::Dot, &mut parts);
            }
            self.name(name, &mut parts);
        }
        Group::new(parts)
    }

    pub fn test(&mut self, test: &Test, entry: &mut Entry<'a>) {
        let mut parts = Vec::new();
        self.word(Word::Test, &mut parts);
        parts.push(Part::Space);
        self.leaf(&mut parts);
        entry.row = Row::free(parts);
        let mut inside: Vec<(u32, Inside<'_>)> = Vec::new();
        inside.extend(test.given.iter().map(|given| match given {
            Given::Inline(span) => (span.start, Inside::Given),
            Given::File(path) => (path.span.start, Inside::Given),
        }));
        inside.extend(test.expect.iter().map(|expect| (expect.span.start, Inside::Expect(expect))));
        inside.extend(test.as_of.iter().map(|date| (date.span.start, Inside::AsOf)));
        inside.sort_by_key(|(start, _)| *start);
        self.block(entry, usize::MAX, &inside, |pen, (_, inside), entry| match inside {
            Inside::Given => pen.clause(&mut entry.row, Word::Given, NARROW, Pen::one_leaf),
            Inside::AsOf => pen.clause(&mut entry.row, Word::AsOf, NARROW, Pen::one_leaf),
            Inside::Expect(expect) => pen.clause(&mut entry.row, Word::Expect, NARROW, |pen| pen.expect(expect)),
        });
    }

    fn expect(&mut self, expect: &Expect) -> Group<'a> {
        let mut parts = Vec::new();
        self.name(&expect.directive, &mut parts);
        parts.push(Part::Space);
        self.word(verdict_word(expect.verdict), &mut parts);
        if !expect.values.is_empty() {
            parts.push(Part::Space);
            self.word(Word::For, &mut parts);
            parts.push(Part::Space);
            for (value, index) in expect.values.iter().zip(0..) {
                if index > 0 {
                    self.comma(&mut parts);
                }
                match value {
                    ExpectValue::Term(name) => self.name(name, &mut parts),
                    ExpectValue::Key(_) => self.leaf(&mut parts),
                }
            }
        }
        Group { fill: true, ..Group::new(parts) }
    }
}

/// An entry of a test.
#[derive(Debug, Clone, Copy)]
enum Inside<'t> {
    Given,
    Expect(&'t Expect),
    AsOf,
}

fn modality_word(modality: Modality) -> Word {
    match modality {
        Modality::Must => Word::Must,
        Modality::MustNot => Word::MustNot,
        Modality::Should => Word::Should,
        Modality::ShouldNot => Word::ShouldNot,
        Modality::May => Word::May,
    }
}

fn verdict_word(verdict: Verdict) -> Word {
    match verdict {
        Verdict::Violated => Word::Violated,
        Verdict::Satisfied => Word::Satisfied,
        Verdict::NotApplicable => Word::NotApplicable,
        Verdict::SetAside => Word::SetAside,
        Verdict::Undetermined => Word::Undetermined,
        Verdict::NotInForce => Word::NotInForce,
    }
}
