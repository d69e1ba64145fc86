//! Judging proposals with the ordinary engine: what is shown as a witness has been through it.

use std::collections::BTreeMap;

use crate::engine::judge::{Bench, Judged, idle_verdict, judge};
use crate::engine::program::Program;
use crate::engine::reading::{Reader, ShapeFinding};
use crate::engine::record::Record;
use crate::rulebook::{Rulebook, Verdict};
use crate::value::Day;

/// The engine, ready for one proposal after the other.
#[derive(Debug)]
pub(super) struct Trial<'b> {
    book: &'b Rulebook,
    reader: Reader<'b>,
    programs: BTreeMap<Day, Program>,
    record: Record,
    bench: Bench,
    judged: Vec<Judged>,
    faults: Vec<ShapeFinding>,
}

/// The verdicts on one proposal, by directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdicts(Vec<(Verdict, bool)>);

impl Verdicts {
    /// The verdict of a directive.
    pub fn of(&self, directive: usize) -> Option<Verdict> {
        self.0.get(directive).map(|(verdict, _)| *verdict)
    }

    /// Whether its `when` is true.
    pub fn applied(&self, directive: usize) -> bool {
        self.0.get(directive).is_some_and(|(_, applied)| *applied)
    }
}

impl<'b> Trial<'b> {
    pub fn new(book: &'b Rulebook) -> Self {
        Self {
            book,
            reader: Reader::new(book),
            programs: BTreeMap::new(),
            record: Record::default(),
            bench: Bench::default(),
            judged: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// The verdicts on a proposal as of a day; `None` if it is not valid by the declared shape, warnings included.
    pub fn judge(&mut self, text: &str, as_of: Day) -> Option<Verdicts> {
        self.faults.clear();
        self.reader.read(text, &mut self.record, &mut self.faults).ok()?;
        if !self.faults.is_empty() {
            return None;
        }
        let book = self.book;
        let program = self.programs.entry(as_of).or_insert_with(|| Program::new(book, as_of, |_| true));
        judge(book, program, &self.record, text, &mut self.bench, &mut self.judged);
        let idle = (0..book.directives.len()).map(|number| (idle_verdict(program, number), false));
        let mut verdicts: Vec<(Verdict, bool)> = idle.collect();
        for judged in &self.judged {
            if let Some(slot) = verdicts.get_mut(judged.directive) {
                *slot = (judged.verdict, judged.applied);
            }
        }
        Some(Verdicts(verdicts))
    }
}
