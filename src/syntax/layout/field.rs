//! The `proposal` item and its fields.

use super::entry::{Body, Entry, FLOWING, Row};
use super::part::{Group, Part};
use super::pen::{Parts, Pen, Texts};
use crate::syntax::token::Mark;
use crate::syntax::tree::{Bound, Field, FieldOption, FieldType, Proposal, Term};
use crate::syntax::words::Word;

/// The widest type that the column of types makes room for.
const WIDEST: usize = 24;

impl<'a> Pen<'a> {
    pub fn proposal(&mut self, proposal: &Proposal, entry: &mut Entry<'a>) {
        let mut parts = Vec::new();
        self.word(Word::Proposal, &mut parts);
        entry.row = Row::free(parts);
        self.block(entry, WIDEST, &proposal.fields, |pen, field, entry| pen.field(field, entry));
    }

    fn field(&mut self, field: &Field, entry: &mut Entry<'a>) {
        let mut parts = Vec::new();
        self.name(&field.name, &mut parts);
        entry.row.cell(0, 0, Group::new(parts));
        let mut kind = Vec::new();
        let fields = self.field_type(&field.kind, &mut kind);
        let Some(fields) = fields else {
            entry.row.cell(1, 2, Group::new(kind));
            entry.row.wrap = Some(1);
            let label = self.local_text(&field.label, Texts::Line);
            entry.row.cell(2, 2, label);
            for option in &field.options {
                let option = self.option(option);
                entry.row.cell(FLOWING, 2, option);
            }
            return;
        };
        entry.row.cell(1, 2, Group::new(kind));
        self.block(entry, WIDEST, fields, |pen, field, entry| pen.field(field, entry));
        let label = self.local_text(&field.label, Texts::Line);
        let mut tail = Row::default();
        tail.cell(FLOWING, 1, label);
        for option in &field.options {
            let option = self.option(option);
            tail.cell(FLOWING, if tail.cells.is_empty() { 1 } else { 2 }, option);
        }
        let (first, last) = tail.settle();
        self.after(entry, first.into_iter().chain(last).collect());
        if let Some(Body { tail: place, .. }) = &mut entry.body {
            *place = tail.cells;
        }
    }

    /// A type; of a record, what goes before its brace, and its fields.
    fn field_type<'t>(&mut self, kind: &'t FieldType, out: &mut Parts<'a>) -> Option<&'t [Field]> {
        match kind {
            FieldType::Text => self.word(Word::TypeText, out),
            FieldType::Number => self.word(Word::TypeNumber, out),
            FieldType::Integer => self.word(Word::TypeInteger, out),
            FieldType::Boolean => self.word(Word::TypeBoolean, out),
            FieldType::Date => self.word(Word::TypeDate, out),
            FieldType::Named(name) => self.name(name, out),
            FieldType::OneOf(terms) => self.one_of(terms, out),
            FieldType::Set(name) => {
                self.word(Word::SetOf, out);
                out.push(Part::Space);
                self.name(name, out);
            },
            FieldType::List(element) => {
                self.word(Word::ListOf, out);
                let mut inside = Vec::new();
                let fields = self.field_type(element, &mut inside);
                if !inside.is_empty() {
                    out.push(Part::Space);
                    out.extend(inside);
                }
                return fields;
            },
            FieldType::Record(fields) => return Some(fields),
            FieldType::Error => self.lose(),
        }
        None
    }

    /// `one of a, b` or `one of (a "…", b "…")`
    fn one_of(&mut self, terms: &[Term], out: &mut Parts<'a>) {
        self.word(Word::OneOf, out);
        out.push(Part::Space);
        let mut parts = Vec::new();
        let parentheses = self.is_mark(Mark::OpenParenthesis);
        if parentheses {
            self.mark(Mark::OpenParenthesis, &mut parts);
        }
        for (term, index) in terms.iter().zip(0..) {
            if index > 0 {
                self.comma(&mut parts);
            }
            self.name(&term.name, &mut parts);
            self.label(&term.label, &mut parts);
            self.term_options(term, |pen, option, _| {
                parts.push(Part::Space);
                parts.extend(pen.term_option(option).parts);
            });
            for ground in &term.grounds {
                self.drop_mark(Mark::Comma, &mut parts);
                let mut row = Row::default();
                self.ground(ground, super::clause::NARROW, &mut row);
                for cell in row.cells {
                    parts.push(Part::Space);
                    parts.extend(cell.group.parts);
                }
            }
        }
        if parentheses {
            self.drop_mark(Mark::Comma, &mut parts);
            self.mark(Mark::CloseParenthesis, &mut parts);
        }
        out.push(Part::Group(Group { align: true, fill: true, indent: usize::from(parentheses), ..Group::new(parts) }));
    }

    fn option(&mut self, option: &FieldOption) -> Group<'a> {
        let mut parts = Vec::new();
        match option {
            FieldOption::Required(_) => self.word(Word::Required, &mut parts),
            FieldOption::RequiredWhen(condition, _) => {
                self.word(Word::RequiredWhen, &mut parts);
                parts.push(Part::Space);
                self.expression(condition, &mut parts);
            },
            FieldOption::Otherwise(value, _) => {
                self.word(Word::Otherwise, &mut parts);
                parts.push(Part::Space);
                match value {
                    Some(value) => self.expression(value, &mut parts),
                    None => self.word(Word::EmptyValue, &mut parts),
                }
            },
            FieldOption::Matching(..) => {
                self.word(Word::Matching, &mut parts);
                parts.push(Part::Space);
                self.leaf(&mut parts);
            },
            FieldOption::AtLeast(value, _) => {
                self.word(Word::AtLeast, &mut parts);
                parts.push(Part::Space);
                self.expression(value, &mut parts);
            },
            FieldOption::AtMost(value, _) => {
                self.word(Word::AtMost, &mut parts);
                parts.push(Part::Space);
                self.expression(value, &mut parts);
            },
            FieldOption::Characters(bound, count, _) => self.limit(*bound, *count, Word::Characters, &mut parts),
            FieldOption::Items(bound, count, _) => self.limit(*bound, *count, Word::Items, &mut parts),
            FieldOption::In(unit, _) => {
                self.word(Word::InUnit, &mut parts);
                parts.push(Part::Space);
                self.name(unit, &mut parts);
            },
            FieldOption::Key(..) => {
                self.word(Word::Key, &mut parts);
                parts.push(Part::Space);
                self.leaf(&mut parts);
            },
        }
        Group::new(parts)
    }

    /// `at least N items` and the like
    fn limit(&mut self, bound: Bound, count: u32, counted: Word, out: &mut Parts<'a>) {
        let word = match bound {
            Bound::AtLeast => Word::AtLeast,
            Bound::AtMost => Word::AtMost,
        };
        self.word(word, out);
        out.push(Part::Space);
        self.leaf(out);
        out.push(Part::Space);
        self.counted(counted, count, out);
    }
}
