//! What a rule pack says, resolved: plain data with public fields.

use std::sync::Arc;

use super::directive::{Directive, PortfolioDirective};
use super::drift::LostPassage;
use super::expression::Expression;
use super::map::Map;
use super::shape::Shape;
use crate::diagnostic::Diagnostic;
pub use crate::syntax::tree::{Basis, Verdict};
use crate::text::{Sources, Span};
use crate::value::{Day, Number, TermSet};

/// The number of a vocabulary in its [`Rulebook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct VocabularyId(pub u16);

/// The number of a dimension in its [`Rulebook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DimensionId(pub u16);

/// The number of a unit in its [`Dimension`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UnitId(pub u16);

/// The number of a relation in its [`Rulebook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RelationId(pub u16);

/// The number of a definition in its [`Rulebook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DefinitionId(pub u16);

/// The number of an ordinary directive in its [`Rulebook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DirectiveId(pub u32);

/// The number of a language in [`Plan::languages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LanguageId(pub usize);

/// A text in each of the pack's languages, by [`LanguageId`]; a language in which it was not given holds `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts(pub Vec<Option<String>>);

impl Texts {
    /// The text in that language, else in the first in which it was given; empty if in none.
    pub fn get(&self, language: LanguageId) -> &str {
        let given = self.0.get(language.0).and_then(Option::as_deref);
        given.or_else(|| self.0.iter().find_map(Option::as_deref)).unwrap_or_default()
    }

    /// Whether no text was given at all.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}

/// A rule pack that has no errors.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// The plan item.
    pub plan: Plan,
    /// Every file of the pack that a span may point into: plan files, sources, test proposals.
    pub files: Sources,
    /// The vocabularies, those of `one of` fields included.
    pub vocabularies: Vec<Vocabulary>,
    /// The groups.
    pub groups: Vec<Group>,
    /// The relations, `… of …` of `within` included.
    pub relations: Vec<Relation>,
    /// The dimensions.
    pub dimensions: Vec<Dimension>,
    /// What a proposal may hold.
    pub shape: Shape,
    /// The definitions, each after those that it uses.
    pub definitions: Vec<Definition>,
    /// The directives that judge one proposal, sorted by name.
    pub directives: Vec<Directive>,
    /// The directives that judge all proposals of a run, sorted by name.
    pub portfolio: Vec<PortfolioDirective>,
    /// Passages that bind no proposal.
    pub uncheckable: Vec<Uncheckable>,
    /// The schematic map, if the pack has one.
    pub map: Option<Map>,
    /// The test items.
    pub tests: Vec<Test>,
    /// What is questionable in the pack.
    pub warnings: Vec<Diagnostic>,
}

/// The plan item.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Texts,
    /// Who issued it.
    pub issuer: Texts,
    /// Its edition; empty if not given.
    pub version: String,
    /// The language tags; the first is the pack's own. At least one.
    pub languages: Vec<String>,
    /// The source in each language.
    pub sources: Vec<Option<PlanSource>>,
    /// When the plan is in force.
    pub effective: Period,
    /// SHA-256 of the pack's files (names and contents, in path order), in hexadecimal.
    pub digest: String,
    /// Where the item stands.
    pub span: Span,
}

impl Plan {
    /// The number of the language with that tag, else of the pack's own.
    pub fn language(&self, tag: &str) -> LanguageId {
        LanguageId(self.languages.iter().position(|language| language == tag).unwrap_or(0))
    }
}

/// The plan's text in one language, cut into clauses.
#[derive(Debug, Clone)]
pub struct PlanSource {
    /// The file, in [`Rulebook::files`].
    pub file: crate::text::FileId,
    /// The clauses in order; empty if the source has no clause marks.
    pub clauses: Vec<SourceClause>,
}

/// A clause of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceClause {
    /// `3.9`
    pub number: String,
    /// Its text without the mark, white space folded.
    pub text: String,
    /// From its mark up to the next one.
    pub span: Span,
}

/// Days in force; both ends are in force, and an end that is left out is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First day in force.
    pub from: Option<Day>,
    /// Last day in force.
    pub until: Option<Day>,
}

impl Period {
    /// Whether a day is in force.
    pub fn contains(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Where a term, group, fact or directive comes from.
#[derive(Debug, Clone, Default)]
pub struct Grounds {
    /// What it rests on, if said.
    pub basis: Option<Basis>,
    /// The passages.
    pub citations: Vec<Citation>,
    /// For whoever maintains the rule.
    pub note: Texts,
}

/// A passage of the plan.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The clause's number, if a clause is cited.
    pub clause: Option<String>,
    /// The passage in each language in which it was found, by [`LanguageId`].
    pub quotes: Vec<Option<Quote>>,
    /// The passages that a source does not hold; none in a pack without errors.
    pub lost: Vec<LostPassage>,
    /// Where it is cited.
    pub span: Span,
}

impl Citation {
    /// The passage in that language, else in the first in which it was found.
    pub fn quote(&self, language: LanguageId) -> Option<&Quote> {
        let own = self.quotes.get(language.0).and_then(Option::as_ref);
        own.or_else(|| self.quotes.iter().find_map(Option::as_ref))
    }
}

/// Words of the plan and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The cited words; of a whole clause, its text.
    pub text: Arc<str>,
    /// The source's name, relative to the pack.
    pub source: Arc<str>,
    /// The line on which the words begin, from 1.
    pub line: u32,
    /// Where they stand in the source.
    pub span: Span,
}

/// A closed list of terms.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Texts,
    /// Its terms in order; a term's number is its place here.
    pub terms: Vec<Term>,
    /// Whether it belongs to a `one of` field.
    pub of_field: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A term of a vocabulary.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its name.
    pub name: String,
    /// Its labels.
    pub label: Texts,
    /// Its code.
    pub code: Option<String>,
    /// Further spellings.
    pub aka: Vec<String>,
    /// Where it comes from.
    pub grounds: Grounds,
    /// Where it is declared.
    pub span: Span,
}

impl Term {
    /// Every spelling of the term as written: name, labels, code, further ones.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let labels = self.label.0.iter().flatten().map(String::as_str);
        let others = self.code.iter().chain(&self.aka).map(String::as_str);
        std::iter::once(self.name.as_str()).chain(labels).chain(others)
    }

    /// What people read: the label in that language, else in another, else the name.
    pub fn shown(&self, language: LanguageId) -> &str {
        match self.label.get(language) {
            "" => &self.name,
            label => label,
        }
    }
}

/// A named set of terms.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// The vocabulary of its terms.
    pub of: VocabularyId,
    /// Its label.
    pub label: Texts,
    /// Its terms.
    pub terms: TermSet,
    /// Where it comes from.
    pub grounds: Grounds,
    /// Where it is declared.
    pub span: Span,
}

/// What the facts give to the terms of a vocabulary.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// The vocabulary that it speaks of.
    pub from: VocabularyId,
    /// The vocabulary of the partners.
    pub to: VocabularyId,
    /// At most one partner a term.
    pub single: bool,
    /// Declared to have holes.
    pub partial: bool,
    /// Its label.
    pub label: Texts,
    /// The partners of each term of `from`, by its number; empty where no fact speaks.
    pub partners: Vec<TermSet>,
    /// The facts behind them.
    pub facts: Vec<Fact>,
    /// Where it is declared.
    pub span: Span,
}

/// A fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The terms that it speaks of.
    pub subjects: TermSet,
    /// Their partners.
    pub partners: TermSet,
    /// Where it comes from.
    pub grounds: Grounds,
    /// Where it stands.
    pub span: Span,
}

/// Units that measure one thing.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Texts,
    /// Its units.
    pub units: Vec<Unit>,
    /// Where it is declared.
    pub span: Span,
}

/// A unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its labels.
    pub label: Texts,
    /// Further spellings.
    pub aka: Vec<String>,
    /// Its size in the dimension's base; positive.
    pub scale: Number,
    /// Where it is declared.
    pub span: Span,
}

impl Unit {
    /// Every spelling of the unit as written.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let labels = self.label.0.iter().flatten().map(String::as_str);
        std::iter::once(self.name.as_str()).chain(labels).chain(self.aka.iter().map(String::as_str))
    }
}

/// A named expression over the proposal.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// What it stands for; a definition that is a list has no entry here and is read as its path.
    pub value: Expression,
    /// Where it is declared.
    pub span: Span,
}

/// A passage that binds no proposal.
#[derive(Debug, Clone)]
pub struct Uncheckable {
    /// The passages.
    pub citations: Vec<Citation>,
    /// Why.
    pub reason: Texts,
    /// Where it stands.
    pub span: Span,
}

/// A test item.
#[derive(Debug, Clone)]
pub struct Test {
    /// What it shows.
    pub name: String,
    /// The JSON of each proposal, as spans into [`Rulebook::files`].
    pub given: Vec<Span>,
    /// The expected verdicts.
    pub expect: Vec<Expectation>,
    /// The day that it is judged as of.
    pub as_of: Day,
    /// Where it stands.
    pub span: Span,
}

/// An expected verdict.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// Whose.
    pub directive: ExpectedOf,
    /// Which.
    pub verdict: Verdict,
    /// Where it stands.
    pub span: Span,
}

/// Whose verdict is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedOf {
    /// Of an ordinary directive, for each proposal given.
    Directive(DirectiveId),
    /// Of the portfolio directive of that number, for these values (empty: for every one).
    Portfolio(usize, Vec<String>),
}
