//! Items of a file.

use super::clause::NARROW;
use super::entry::{Body, Cell, Entry, Family, Row};
use super::part::{Group, Part};
use super::pen::{Parts, Pen, Texts};
use super::render::WIDTH;
use super::source::Comment;
use crate::syntax::token::Mark;
use crate::syntax::tree::{
    Define, Dimension, Fact, Group as TermGroup, GroupExpression, Item, LocalText, Name, Plan, PlanEntry, PlanFile,
    Relation, Term, Text, Uncheckable, Unit, Vocabulary,
};
use crate::syntax::words::Word;

/// The widest label that columns of terms make room for.
const WIDEST: usize = 80;

impl<'a> Pen<'a> {
    /// The items of a file, and the comments after the last.
    pub fn file(&mut self, tree: &PlanFile) -> (Vec<Entry<'a>>, Vec<Comment<'a>>) {
        let mut items: Vec<Entry<'a>> = Vec::new();
        for item in &tree.items {
            let mut entry = self.next_entry(items.last_mut(), None);
            self.item(item, &mut entry);
            self.settle_row(&mut entry);
            items.push(entry);
        }
        let end = self.next_entry(items.last_mut(), None);
        items.iter_mut().for_each(|item| item.on_last_line(|last| last.comma = false));
        if !self.is_at_end() {
            self.lose();
        }
        (items, end.leading)
    }

    /// One item; a new kind of item has its line here.
    fn item(&mut self, item: &Item, entry: &mut Entry<'a>) {
        match item {
            Item::Plan(plan) => self.plan(plan, entry),
            Item::Vocabulary(vocabulary) => self.vocabulary(vocabulary, entry),
            Item::Group(group) => self.group(group, entry),
            Item::Relation(relation) => self.relation(relation, entry),
            Item::Fact(fact) => self.fact(fact, entry),
            Item::Dimension(dimension) => self.dimension(dimension, entry),
            Item::Proposal(proposal) => self.proposal(proposal, entry),
            Item::Define(define) => self.define(define, entry),
            Item::Directive(directive) => self.directive(directive, entry),
            Item::Uncheckable(uncheckable) => self.uncheckable(uncheckable, entry),
            Item::Map(map) => self.map(map, entry),
            Item::Test(test) => self.test(test, entry),
        }
    }

    /// `WORD NAME [LABEL]`, the head of an item.
    pub fn head(&mut self, word: Word, name: &Name, label: &LocalText) -> Parts<'a> {
        let mut parts = Vec::new();
        self.word(word, &mut parts);
        parts.push(Part::Space);
        self.name(name, &mut parts);
        self.label(label, &mut parts);
        parts
    }

    /// A label after something, if there is one.
    pub fn label(&mut self, label: &LocalText, parts: &mut Parts<'a>) {
        if !label.entries.is_empty() {
            parts.push(Part::Space);
            parts.extend(self.local_text(label, Texts::Line).parts);
        }
    }

    fn plan(&mut self, plan: &Plan, entry: &mut Entry<'a>) {
        entry.row = Row::free(self.head(Word::Plan, &plan.name, &LocalText::default()));
        self.block(entry, usize::MAX, &plan.entries, |pen, inside, entry| match inside {
            PlanEntry::Title(title, _) => {
                pen.clause(&mut entry.row, Word::Title, NARROW, |pen| pen.local_text(title, Texts::Fit));
            },
            PlanEntry::Issuer(issuer, _) => {
                pen.clause(&mut entry.row, Word::Issuer, NARROW, |pen| pen.local_text(issuer, Texts::Fit));
            },
            PlanEntry::Version(..) => pen.clause(&mut entry.row, Word::Version, NARROW, Pen::one_leaf),
            PlanEntry::Language(tags, _) => {
                pen.clause(&mut entry.row, Word::Language, NARROW, |pen| pen.names(tags));
            },
            PlanEntry::Source(tag, ..) => {
                let mut parts = Vec::new();
                pen.word(Word::Source, &mut parts);
                if let Some(tag) = tag {
                    parts.push(Part::Space);
                    pen.name(tag, &mut parts);
                }
                entry.row.cell(0, 0, Group::new(parts));
                let path = pen.one_leaf();
                entry.row.cell(1, 1, path);
            },
            PlanEntry::Effective(effective) => pen.effective(effective, NARROW, &mut entry.row),
        });
    }

    /// A text, number, date, clause or JSON alone.
    pub fn one_leaf(&mut self) -> Group<'a> {
        let mut parts = Vec::new();
        self.leaf(&mut parts);
        Group::new(parts)
    }

    fn vocabulary(&mut self, vocabulary: &Vocabulary, entry: &mut Entry<'a>) {
        let head = self.head(Word::Vocabulary, &vocabulary.name, &LocalText::default());
        entry.row.cell(0, 0, Group::new(head));
        // The label may stand on either side of `within`: here it goes first.
        for _ in 0..2 {
            if self.is_label(&vocabulary.label) {
                let label = self.local_text(&vocabulary.label, Texts::Line);
                entry.row.cell(1, 1, label);
            } else if let Some(outer) = vocabulary.within.as_ref().filter(|_| self.is_word(Word::Within)) {
                let within = self.term_option(TermOption::Within(outer));
                entry.row.cell(2, 1, within);
            }
        }
        entry.row.arrange();
        entry.row.free = true;
        self.block(entry, WIDEST, &vocabulary.terms, |pen, term, entry| pen.term(term, entry));
    }

    fn term(&mut self, term: &Term, entry: &mut Entry<'a>) {
        let mut parts = Vec::new();
        self.name(&term.name, &mut parts);
        entry.row.cell(0, 0, Group::new(parts));
        let texts = self.columns_of_texts(&term.label, (1, 2), &mut entry.row);
        self.term_options(term, |pen, option, index| {
            let group = pen.term_option(option);
            entry.row.cell(texts + index, 2, group);
        });
        entry.row.arrange();
        self.grounds(&term.grounds, texts + 3, WIDTH, entry);
    }

    /// A label, each of its texts in a column of its own; gives the column after them.
    pub fn columns_of_texts(&mut self, label: &LocalText, (from, gap): (usize, usize), row: &mut Row<'a>) -> usize {
        for (tag, _) in &label.entries {
            let mut parts = Vec::new();
            let column = tag
                .as_ref()
                .map_or(0, |tag| 1 + self.dialect.languages.iter().position(|known| *known == tag.text).unwrap_or(0));
            if let Some(tag) = tag {
                self.name(tag, &mut parts);
                parts.push(Part::Space);
            }
            self.leaf(&mut parts);
            row.cell(from + column, gap, Group::new(parts));
        }
        from + 1 + self.dialect.languages.len()
    }

    /// The options of a term in the order in which they stand, each with its number: 0 code, 1 within, 2 aka.
    pub fn term_options(&mut self, term: &Term, mut each: impl FnMut(&mut Self, TermOption<'_>, usize)) {
        let mut options: Vec<(u32, TermOption<'_>, usize)> = Vec::new();
        if let Some(code) = &term.code {
            options.push((code.span.start, TermOption::Code, 0));
        }
        if let Some(first) = term.aka.first() {
            options.push((first.span.start, TermOption::Aka(&term.aka), 2));
        }
        if let Some(outer) = &term.within {
            options.push((outer.span.start, TermOption::Within(outer), 1));
        }
        options.sort_by_key(|option| option.0);
        for (_, option, index) in options {
            each(self, option, index);
        }
    }

    pub fn term_option(&mut self, option: TermOption<'_>) -> Group<'a> {
        let mut parts = Vec::new();
        match option {
            TermOption::Code => {
                self.word(Word::Code, &mut parts);
                parts.push(Part::Space);
                self.leaf(&mut parts);
            },
            TermOption::Aka(spellings) => return self.aka(spellings),
            TermOption::Within(outer) => {
                self.word(Word::Within, &mut parts);
                parts.push(Part::Space);
                self.name(outer, &mut parts);
            },
        }
        Group::new(parts)
    }

    /// `aka "…", "…"`
    fn aka(&mut self, spellings: &[Text]) -> Group<'a> {
        let mut parts = Vec::new();
        self.word(Word::Aka, &mut parts);
        parts.push(Part::Space);
        let mut texts = Vec::new();
        for index in 0..spellings.len() {
            if index > 0 {
                self.comma(&mut texts);
            }
            self.leaf(&mut texts);
        }
        parts.push(Part::Group(Group { align: true, fill: true, ..Group::new(texts) }));
        Group::new(parts)
    }

    fn group(&mut self, group: &TermGroup, entry: &mut Entry<'a>) {
        let mut parts = self.head(Word::Group, &group.name, &LocalText::default());
        parts.push(Part::Space);
        self.word_among(&[Word::Of, Word::Possessive], &mut parts);
        parts.push(Part::Space);
        self.name(&group.of, &mut parts);
        self.label(&group.label, &mut parts);
        match &group.members {
            GroupExpression::List(names, _) if self.is_mark(Mark::OpenBrace) => {
                entry.row = Row::free(parts);
                self.members(names, &group.grounds, entry);
            },
            algebra => {
                parts.push(Part::Space);
                self.mark(Mark::Equal, &mut parts);
                parts.push(Part::Space);
                let mut members = Vec::new();
                self.algebra(algebra, Tightness::Sum, &mut members);
                parts.push(Part::Group(Group { indent: 2, ..Group::new(members) }));
                entry.row = Row::free(parts);
                self.grounds(&group.grounds, 1, WIDTH, entry);
            },
        }
    }

    /// The terms of a group and its grounds, in braces.
    fn members(&mut self, names: &[Name], grounds: &[crate::syntax::tree::Ground], entry: &mut Entry<'a>) {
        let mut body = Body { braces: true, widest: usize::MAX, ..Body::default() };
        self.open(entry);
        if !names.is_empty() {
            let mut next = self.next_entry(None, Some(&mut body.opened));
            let group = self.names(names);
            next.row = Row { cells: vec![Cell { column: 0, gap: 0, group }], free: true, wrap: None };
            self.settle_row(&mut next);
            body.entries.push(next);
        }
        for ground in grounds {
            let mut next = self.next_entry(body.entries.last_mut(), Some(&mut body.opened));
            self.ground(ground, NARROW, &mut next.row);
            self.settle_row(&mut next);
            body.entries.push(next);
        }
        self.close(&mut body);
        body.entries.iter_mut().for_each(|entry| entry.comma = false);
        entry.body = Some(body);
    }

    /// Group algebra; parentheses stand where they are needed.
    fn algebra(&mut self, algebra: &GroupExpression, around: Tightness, out: &mut Parts<'a>) {
        let mut inside = Vec::new();
        while self.drop_mark(Mark::OpenParenthesis, &mut inside) {}
        match algebra {
            GroupExpression::Name(name) => self.name(name, &mut inside),
            GroupExpression::List(names, _) => {
                self.mark(Mark::OpenBrace, &mut inside);
                let names = self.names(names);
                inside.push(Part::Group(Group { align: true, ..names }));
                self.drop_mark(Mark::Comma, &mut inside);
                self.mark(Mark::CloseBrace, &mut inside);
            },
            GroupExpression::Union(left, right) => self.joined(left, Mark::Plus, right, Tightness::Sum, &mut inside),
            GroupExpression::Difference(left, right) => {
                self.joined(left, Mark::Minus, right, Tightness::Sum, &mut inside)
            },
            GroupExpression::Intersection(left, right) => {
                self.joined(left, Mark::Ampersand, right, Tightness::Meet, &mut inside);
            },
        }
        while self.drop_mark(Mark::CloseParenthesis, &mut inside) {}
        let own = match algebra {
            GroupExpression::Name(_) | GroupExpression::List(..) => Tightness::Operand,
            GroupExpression::Intersection(..) => Tightness::Meet,
            _ => Tightness::Sum,
        };
        if own < around {
            inside.insert(0, Part::text("("));
            inside.push(Part::text(")"));
        }
        out.extend(inside);
    }

    fn joined(
        &mut self,
        left: &GroupExpression,
        mark: Mark,
        right: &GroupExpression,
        own: Tightness,
        out: &mut Parts<'a>,
    ) {
        self.algebra(left, own, out);
        out.push(Part::line());
        self.mark(mark, out);
        out.push(Part::Space);
        let tighter = if own == Tightness::Sum { Tightness::Meet } else { Tightness::Operand };
        self.algebra(right, tighter, out);
    }

    fn relation(&mut self, relation: &Relation, entry: &mut Entry<'a>) {
        entry.family = Family::Relations;
        let head = self.head(Word::Relation, &relation.name, &LocalText::default());
        entry.row.cell(0, 0, Group::new(head));
        let mut parts = Vec::new();
        self.word(Word::RelationFrom, &mut parts);
        parts.push(Part::Space);
        self.name(&relation.from, &mut parts);
        parts.push(Part::Space);
        self.word(Word::To, &mut parts);
        parts.push(Part::Space);
        self.name(&relation.to, &mut parts);
        entry.row.cell(1, 1, Group::new(parts));
        // What follows may stand in any order.
        for _ in 0..3 {
            for (word, column, asked) in [(Word::Single, 2, relation.single), (Word::Partial, 3, relation.partial)] {
                if asked && self.is_word(word) {
                    let mut parts = Vec::new();
                    self.word(word, &mut parts);
                    entry.row.cell(column, 1, Group::new(parts));
                }
            }
            if self.is_label(&relation.label) {
                let label = self.local_text(&relation.label, Texts::Line);
                entry.row.cell(4, 2, label);
            }
        }
        entry.row.arrange();
        // `from A to B single partial` is one column.
        let (from, label): (Vec<_>, Vec<_>) = entry.row.cells.drain(1..).partition(|cell| cell.column < 4);
        let parts = from
            .into_iter()
            .enumerate()
            .flat_map(|(index, cell)| (index > 0).then_some(Part::Space).into_iter().chain(cell.group.parts));
        let from = Group::new(parts.collect());
        entry.row.cell(1, 1, from);
        entry.row.cells.extend(label);
    }

    /// Whether a label begins here.
    fn is_label(&self, label: &LocalText) -> bool {
        let first = label.entries.first();
        let start = first.map(|(tag, text)| tag.as_ref().map_or(text.span.start, |tag| tag.span.start));
        start == Some(self.start())
    }

    fn fact(&mut self, fact: &Fact, entry: &mut Entry<'a>) {
        entry.family = Family::Facts;
        let subjects = self.names(&fact.subjects);
        entry.row.cell(0, 0, subjects);
        let mut parts = Vec::new();
        self.word(Word::Has, &mut parts);
        parts.push(Part::Space);
        self.name(&fact.relation, &mut parts);
        parts.push(Part::Space);
        let partners = self.names(&fact.partners);
        parts.push(Part::Group(Group { align: true, ..partners }));
        entry.row.cell(1, 1, Group::new(parts));
        self.grounds(&fact.grounds, 2, WIDTH, entry);
        entry.row.free = entry.body.is_some();
    }

    fn dimension(&mut self, dimension: &Dimension, entry: &mut Entry<'a>) {
        entry.row = Row::free(self.head(Word::Dimension, &dimension.name, &dimension.label));
        self.block(entry, WIDEST, &dimension.units, |pen, unit, entry| pen.unit(unit, entry));
    }

    fn unit(&mut self, unit: &Unit, entry: &mut Entry<'a>) {
        let mut parts = Vec::new();
        self.name(&unit.name, &mut parts);
        entry.row.cell(0, 0, Group::new(parts));
        let mut parts = Vec::new();
        self.mark(Mark::Equal, &mut parts);
        parts.push(Part::Space);
        self.leaf(&mut parts);
        if self.is_mark(Mark::Divide) {
            let mut divide = Vec::new();
            self.drop_mark(Mark::Divide, &mut divide);
            parts.extend(divide);
            parts.push(Part::text("/"));
            self.leaf(&mut parts);
        }
        entry.row.cell(1, 1, Group::new(parts));
        // The label may stand on either side of `aka`: here it goes first.
        for _ in 0..2 {
            if self.is_label(&unit.label) {
                let label = self.local_text(&unit.label, Texts::Line);
                entry.row.cell(2, 2, label);
            } else if self.is_word(Word::Aka) && !unit.aka.is_empty() {
                let aka = self.aka(&unit.aka);
                entry.row.cell(3, 2, aka);
            }
        }
        entry.row.arrange();
    }

    fn define(&mut self, define: &Define, entry: &mut Entry<'a>) {
        entry.family = Family::Definitions;
        let mut parts = self.head(Word::Define, &define.name, &LocalText::default());
        parts.push(Part::Space);
        self.mark(Mark::Equal, &mut parts);
        parts.push(Part::Space);
        self.expression(&define.value, &mut parts);
        entry.row = Row::free(parts);
    }

    fn uncheckable(&mut self, uncheckable: &Uncheckable, entry: &mut Entry<'a>) {
        let mut parts = Vec::new();
        self.word(Word::Uncheckable, &mut parts);
        entry.row = Row::free(parts);
        // The tree keeps the reason apart: it stands where its word does.
        let mut inside: Vec<Option<&crate::syntax::tree::Ground>> = uncheckable.grounds.iter().map(Some).collect();
        if let Some((tag, text)) = uncheckable.reason.entries.first() {
            let start = tag.as_ref().map_or(text.span.start, |tag| tag.span.start);
            let before =
                uncheckable.grounds.iter().filter(|ground| super::clause::ground_start(ground) < start).count();
            inside.insert(before, None);
        }
        self.block(entry, usize::MAX, &inside, |pen, inside, entry| match inside {
            Some(ground) => pen.ground(ground, NARROW, &mut entry.row),
            None => pen.clause(&mut entry.row, Word::Reason, NARROW, |pen| {
                pen.local_text(&uncheckable.reason, Texts::Stacked)
            }),
        });
    }
}

/// An option of a term.
#[derive(Debug, Clone, Copy)]
pub(super) enum TermOption<'t> {
    Code,
    Aka(&'t [Text]),
    Within(&'t Name),
}

/// How tightly the operators of group algebra bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    Sum,
    Meet,
    Operand,
}
