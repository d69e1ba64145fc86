//! How much of the plan's source is encoded: each passage, and what in the pack cites it.
//!
//! A passage is a clause, the same in all languages; of a source without clause marks it is a sentence.

mod passages;
mod sentences;

use super::directive::Heading;
use super::drift::LostPassage;
use super::model::{Citation, Grounds, LanguageId, Quote, Relation, Rulebook, Texts};
use crate::text::Span;
use crate::value::Number;
use passages::Passages;

/// How many subjects a fact's name tells.
const SUBJECTS_NAMED: usize = 3;

/// How much of the plan's source is encoded.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// Every passage of the sources, in the order of the first source; those that only later sources have stand after
    /// the passage that they follow there.
    pub passages: Vec<Passage>,
    /// The citations that no longer stand, in the order of their places.
    pub drifted: Vec<Drifted>,
}

/// A clause, or a sentence of a source without clauses.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The clause's number; a sentence has none.
    pub clause: Option<String>,
    /// Its text in each language whose source has it, by [`LanguageId`].
    pub texts: Vec<Option<Quote>>,
    /// What cites it: directives first, then groups, facts and terms, each in the order of their places.
    pub cited_by: Vec<Citer>,
    /// The reasons for which it binds no proposal.
    pub uncheckable: Vec<Reason>,
}

/// Why a passage is on record as binding no proposal.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The reason.
    pub text: Texts,
    /// Where the `uncheckable` item stands.
    pub span: Span,
}

/// Something in the pack that cites a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citer {
    /// What it is.
    pub kind: CiterKind,
    /// What it is called: of a fact `RELATION of SUBJECT, …`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// What cites a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CiterKind {
    /// A directive on single proposals.
    Directive,
    /// A directive on all proposals of a run.
    PortfolioDirective,
    /// A group.
    Group,
    /// A fact.
    Fact,
    /// A term.
    Term,
    /// An `uncheckable` item; only of [`Drifted`] citations, as a passage lists it apart.
    Uncheckable,
}

impl CiterKind {
    /// The word for it in machine-readable reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Directive => "directive",
            Self::PortfolioDirective => "portfolio-directive",
            Self::Group => "group",
            Self::Fact => "fact",
            Self::Term => "term",
            Self::Uncheckable => "uncheckable",
        }
    }
}

/// How a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A directive cites it.
    Encoded,
    /// No directive cites it, but a group, a fact or a term does.
    Factual,
    /// It is on record as binding no proposal, and nothing cites it.
    Uncheckable,
    /// Nothing speaks of it.
    Open,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Encoded, Self::Factual, Self::Uncheckable, Self::Open];

    /// The word for it in machine-readable reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Encoded => "encoded",
            Self::Factual => "factual",
            Self::Uncheckable => "uncheckable",
            Self::Open => "open",
        }
    }
}

/// A citation of which a part no longer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drifted {
    /// What cites.
    pub citer: Citer,
    /// What was cited, and what became of it.
    pub lost: LostPassage,
}

/// How many passages there are, and how many of them are not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Passages that are cited, or on record as uncheckable.
    pub covered: u64,
    /// All passages.
    pub passages: u64,
}

impl Figures {
    /// The covered share in percent, exact; of no passages at all there is none.
    pub fn percent(self) -> Option<Number> {
        let (covered, passages) = (i128::from(self.covered), i128::from(self.passages));
        Number::fraction(covered.checked_mul(100)?, passages)
    }

    /// The covered share in tenths of a percent, rounded down, so that only what is whole shows as 100.0.
    pub fn tenths(self) -> u64 {
        self.covered.saturating_mul(1000).checked_div(self.passages).unwrap_or(0)
    }

    /// The same as text: `92.3`.
    pub fn percent_text(self) -> String {
        let tenths = self.tenths();
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

impl Passage {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        let is_directive = |citer: &Citer| matches!(citer.kind, CiterKind::Directive | CiterKind::PortfolioDirective);
        if self.cited_by.iter().any(is_directive) {
            Standing::Encoded
        } else if !self.cited_by.is_empty() {
            Standing::Factual
        } else if !self.uncheckable.is_empty() {
            Standing::Uncheckable
        } else {
            Standing::Open
        }
    }

    /// Its text in that language, else in the first that has it.
    pub fn text(&self, language: LanguageId) -> Option<&Quote> {
        let own = self.texts.get(language.0).and_then(Option::as_ref);
        own.or_else(|| self.texts.iter().find_map(Option::as_ref))
    }
}

impl Coverage {
    /// Goes through the sources and everything in the pack that cites them. A pack without a source has no passages.
    pub fn of(book: &Rulebook) -> Self {
        let mut passages = Passages::of(book);
        let mut drifted = Vec::new();
        for (citer, citation) in citations(book) {
            for index in passages.cited(citation) {
                passages.add_citer(index, &citer);
            }
            let lost = citation.lost.iter().cloned();
            drifted.extend(lost.map(|lost| Drifted { citer: citer.clone(), lost }));
        }
        for item in &book.uncheckable {
            let citer = Citer { kind: CiterKind::Uncheckable, name: String::new(), span: item.span };
            for citation in &item.citations {
                for index in passages.cited(citation) {
                    passages.add_reason(index, Reason { text: item.reason.clone(), span: item.span });
                }
                let lost = citation.lost.iter().cloned();
                drifted.extend(lost.map(|lost| Drifted { citer: citer.clone(), lost }));
            }
        }
        drifted.sort_by_key(|one| one.lost.span);
        Self { passages: passages.finish(), drifted }
    }

    /// The figures over all passages.
    pub fn figures(&self) -> Figures {
        figures(self.passages.iter())
    }

    /// The figures over the passages that the source in one language has.
    pub fn figures_in(&self, language: LanguageId) -> Figures {
        figures(self.passages.iter().filter(|passage| passage.texts.get(language.0).is_some_and(Option::is_some)))
    }

    /// The passages that stand so.
    pub fn standing(&self, standing: Standing) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(move |passage| passage.standing() == standing)
    }
}

fn figures<'p>(passages: impl Iterator<Item = &'p Passage>) -> Figures {
    passages.fold(Figures::default(), |so_far, passage| Figures {
        covered: so_far.covered + u64::from(passage.standing() != Standing::Open),
        passages: so_far.passages + 1,
    })
}

/// Everything but uncheckable items that cites, with each of its citations.
fn citations(book: &Rulebook) -> impl Iterator<Item = (Citer, &Citation)> {
    let directives = book.directives.iter().map(|one| of_heading(CiterKind::Directive, &one.heading));
    let portfolio = book.portfolio.iter().map(|one| of_heading(CiterKind::PortfolioDirective, &one.heading));
    let groups = book.groups.iter().map(|group| (citer(CiterKind::Group, &group.name, group.span), &group.grounds));
    let facts = book.relations.iter().flat_map(|relation| facts(book, relation));
    let terms = book.vocabularies.iter().flat_map(|vocabulary| &vocabulary.terms);
    let terms = terms.map(|term| (citer(CiterKind::Term, &term.name, term.span), &term.grounds));
    let all = directives.chain(portfolio).chain(groups).chain(facts).chain(terms);
    all.flat_map(|(citer, grounds)| grounds.citations.iter().map(move |citation| (citer.clone(), citation)))
}

fn citer(kind: CiterKind, name: &str, span: Span) -> Citer {
    Citer { kind, name: name.to_owned(), span }
}

fn of_heading(kind: CiterKind, heading: &Heading) -> (Citer, &Grounds) {
    (citer(kind, &heading.name, heading.span), &heading.grounds)
}

/// The facts of a relation; that a vocabulary places its terms in another one is said by the terms themselves.
fn facts<'b>(book: &'b Rulebook, relation: &'b Relation) -> impl Iterator<Item = (Citer, &'b Grounds)> {
    let vocabulary = book.vocabularies.get(usize::from(relation.from.0));
    let is_of_term = move |span: Span| vocabulary.is_some_and(|from| from.terms.iter().any(|term| term.span == span));
    let facts = relation.facts.iter().filter(move |fact| !is_of_term(fact.span));
    facts.map(move |fact| {
        let subjects = fact.subjects.iter().filter_map(|term| vocabulary?.terms.get(usize::from(term)));
        let mut named: Vec<&str> = subjects.map(|term| term.name.as_str()).collect();
        if named.len() > SUBJECTS_NAMED {
            named.truncate(SUBJECTS_NAMED);
            named.push("…");
        }
        let name = format!("{} of {}", relation.name, named.join(", "));
        (Citer { kind: CiterKind::Fact, name, span: fact.span }, &fact.grounds)
    })
}
