//! What runs: the directives of a rule pack, selected, dated and indexed.
//!
//! The index is why the time for a proposal grows with the directives that can apply to it and not with the pack. A
//! directive whose `when` asks for certain terms or texts of one field (`city in endpoints`, `programmes include
//! county-town`, `kind is "road"`) is looked at only if the proposal's field may hold one of them; for all others its
//! `when` is false, and the verdict is `not-applicable` without looking.

use std::collections::{BTreeMap, BTreeSet};

use super::demand::{Demand, DemandFinder, Wanted};
use super::record::{Record, Slot, SlotValue};
use crate::rulebook::{ColumnId, ColumnKind, Constant, Directive, Rulebook, TableId};
use crate::text::lookup::Lookup;
use crate::text::normal::folded;
use crate::value::{Day, TermSet};

/// A set of directives, one bit each, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DirectiveSet(Vec<u64>);

impl DirectiveSet {
    /// The empty set for that many directives.
    pub fn with_room_for(directives: usize) -> Self {
        Self(vec![0; directives.div_ceil(64)])
    }

    /// Adds a directive.
    pub fn insert(&mut self, directive: usize) {
        if let Some(word) = self.0.get_mut(directive / 64) {
            *word |= 1 << (directive % 64);
        }
    }

    /// Whether a directive is in the set.
    pub fn contains(&self, directive: usize) -> bool {
        self.0.get(directive / 64).is_some_and(|word| word & (1 << (directive % 64)) != 0)
    }

    /// Adds all of another set.
    pub fn unite(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// The directives in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                Some(index * 64 + bit)
            })
        })
    }

    fn copy_from(&mut self, other: &Self) {
        self.0.clone_from(&other.0);
    }
}

/// The directives that run, and the index over them.
#[derive(Debug, Clone)]
pub struct Program {
    /// The directives that are judged and in force.
    pub running: DirectiveSet,
    /// The directives that are in force, judged or not.
    pub in_force: DirectiveSet,
    unindexed: DirectiveSet,
    index: Vec<IndexedField>,
}

/// A field of the proposal, and which directives ask for which of its terms or texts.
#[derive(Debug, Clone)]
struct IndexedField {
    column: ColumnId,
    by: By,
    all: DirectiveSet,
}

/// Directives by what they ask for. Lists, not sets: together they are as long as what the directives ask for, however
/// many directives and terms there are.
#[derive(Debug, Clone)]
enum By {
    Term(Vec<Vec<usize>>, TermSet),
    Text(TextIndex),
}

/// Directives by text.
#[derive(Debug, Clone)]
struct TextIndex {
    /// Whether texts are compared folded.
    folds: bool,
    numbers: Lookup,
    by_number: Vec<Vec<usize>>,
    otherwise: Option<String>,
}

impl Program {
    /// Prepares the directives for which `is_selected` holds, as of a day.
    pub fn new(book: &Rulebook, as_of: Day, is_selected: impl Fn(&Directive) -> bool) -> Self {
        let empty = DirectiveSet::with_room_for(book.directives.len());
        let mut program = Self { running: empty.clone(), in_force: empty.clone(), unindexed: empty, index: Vec::new() };
        let mut demands = Demands::default();
        let mut finder = DemandFinder::new(book);
        for (number, directive) in book.directives.iter().enumerate() {
            if !directive.heading.effective.contains(as_of) {
                continue;
            }
            program.in_force.insert(number);
            if !is_selected(directive) {
                continue;
            }
            program.running.insert(number);
            match directive.when.as_ref().and_then(|when| finder.find(when)) {
                Some(demand) => demands.add(demand, number),
                None => program.unindexed.insert(number),
            }
        }
        program.index = demands.index(book);
        program
    }

    /// The directives that may apply to a proposal, whose text is `input`; of all other running ones the `when` is
    /// false.
    pub fn candidates(&self, record: &Record, input: &str, candidates: &mut DirectiveSet) {
        candidates.copy_from(&self.unindexed);
        for field in &self.index {
            let slot = record.slot(TableId(0), 0, field.column).unwrap_or_default();
            if field.add(record, slot, input, candidates).is_none() {
                candidates.unite(&field.all);
            }
        }
    }
}

impl IndexedField {
    /// Adds the directives that ask for what the field holds; `None` if that is not known.
    fn add(&self, record: &Record, slot: Slot, input: &str, candidates: &mut DirectiveSet) -> Option<()> {
        let mut add = |directives: Option<&Vec<usize>>| {
            directives.into_iter().flatten().for_each(|directive| candidates.insert(*directive));
        };
        match (&self.by, slot.value) {
            (By::Term(by_term, _), SlotValue::Term(term)) => add(by_term.get(usize::from(term))),
            (By::Term(by_term, _), SlotValue::Set(number)) => {
                let set = record.sets.get(number as usize).filter(|set| set.unknown == 0)?;
                set.known.iter().for_each(|term| add(by_term.get(usize::from(term))));
            },
            (By::Term(by_term, otherwise), SlotValue::Otherwise) => {
                otherwise.iter().for_each(|term| add(by_term.get(usize::from(term))));
            },
            (By::Text(index), SlotValue::Otherwise) => add(index.find(index.otherwise.as_deref()?)),
            (By::Text(index), _) => add(index.find(record.text(slot, input)?)),
            _ => return None,
        }
        Some(())
    }
}

impl TextIndex {
    fn find(&self, text: &str) -> Option<&Vec<usize>> {
        let number =
            if self.folds { self.numbers.find(folded(text).as_bytes()) } else { self.numbers.find(text.as_bytes()) };
        self.by_number.get(number? as usize)
    }
}

/// Directives, each with what it asks for.
type Asking<T> = Vec<(usize, T)>;

/// What is being gathered for the index: for each field, and sort of comparison, the directives by what they ask for.
#[derive(Default)]
struct Demands {
    terms: BTreeMap<ColumnId, Asking<TermSet>>,
    texts: BTreeMap<(ColumnId, bool), Asking<BTreeSet<String>>>,
}

impl Demands {
    fn add(&mut self, Demand { column, wanted }: Demand, directive: usize) {
        match wanted {
            Wanted::Terms(terms) => self.terms.entry(column).or_default().push((directive, terms)),
            Wanted::Texts(texts) => self.texts.entry((column, false)).or_default().push((directive, texts)),
            Wanted::Folded(texts) => self.texts.entry((column, true)).or_default().push((directive, texts)),
        }
    }

    fn index(self, book: &Rulebook) -> Vec<IndexedField> {
        let all = |directives: &mut dyn Iterator<Item = usize>| {
            let mut all = DirectiveSet::with_room_for(book.directives.len());
            directives.for_each(|directive| all.insert(directive));
            all
        };
        let terms = self.terms.into_iter().map(|(column, demands)| {
            let mut by_term = vec![Vec::new(); terms_of(book, column)];
            for (directive, terms) in &demands {
                for term in terms.iter() {
                    if let Some(directives) = by_term.get_mut(usize::from(term)) {
                        directives.push(*directive);
                    }
                }
            }
            let by = By::Term(by_term, otherwise_terms(book, column));
            IndexedField { column, by, all: all(&mut demands.iter().map(|(directive, _)| *directive)) }
        });
        let texts = self.texts.into_iter().map(|((column, folds), demands)| {
            let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (directive, text) in
                demands.iter().flat_map(|(directive, texts)| texts.iter().map(move |text| (directive, text)))
            {
                by_text.entry(text).or_default().push(*directive);
            }
            let numbers = Lookup::new(by_text.keys().copied().zip(0..));
            let by_number = by_text.into_values().collect();
            let by = By::Text(TextIndex { folds, numbers, by_number, otherwise: otherwise_text(book, column) });
            IndexedField { column, by, all: all(&mut demands.iter().map(|(directive, _)| *directive)) }
        });
        terms.chain(texts).collect()
    }
}

fn terms_of(book: &Rulebook, column: ColumnId) -> usize {
    match book.shape.column(TableId(0), column).map(|column| &column.kind) {
        Some(ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary)) => {
            book.vocabularies.get(usize::from(vocabulary.0)).map_or(0, |vocabulary| vocabulary.terms.len())
        },
        _ => 0,
    }
}

fn otherwise_terms(book: &Rulebook, column: ColumnId) -> TermSet {
    match book.shape.column(TableId(0), column).and_then(|column| column.otherwise.as_ref()) {
        Some(Constant::Term(term)) => std::iter::once(*term).collect(),
        Some(Constant::Set(terms)) => terms.clone(),
        _ => TermSet::new(),
    }
}

fn otherwise_text(book: &Rulebook, column: ColumnId) -> Option<String> {
    match book.shape.column(TableId(0), column).and_then(|column| column.otherwise.as_ref()) {
        Some(Constant::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
