//! What reports say of the rule pack itself: its title, and each directive with its texts and passages, as plain data.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::findings::rule_place;
use super::report::RulePlace;
use crate::rulebook::coverage::{CiterKind, Coverage, Passage, Standing};
use crate::rulebook::{Basis, Citation, Heading, LanguageId, Modality, Period, Quote, Rulebook, Template, Texts};

/// A rule pack, as formats show it. Built once a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pack {
    /// The tags of the pack's languages; texts are in this order.
    pub languages: Vec<String>,
    /// The reader's language among them.
    pub language: LanguageId,
    /// The plan's title.
    pub title: Texts,
    /// Who issued the plan.
    pub issuer: Texts,
    /// The directives that judge one proposal, sorted by name; then those of the portfolio, sorted by name.
    pub directives: Vec<PackDirective>,
    /// The passages of the plan, in order, and what in the pack cites each.
    pub passages: Vec<PackPassage>,
    /// The number of each directive by its name.
    numbers: BTreeMap<Arc<str>, usize>,
}

/// A passage of the plan, and how it stands in the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackPassage {
    /// The clause's number; a sentence has none.
    pub clause: Option<String>,
    /// Its text, by [`LanguageId`].
    pub texts: Vec<Option<Quote>>,
    /// How it stands.
    pub standing: Standing,
    /// What cites it, directives first.
    pub cited_by: Vec<(CiterKind, String)>,
    /// The reasons for which it binds no proposal.
    pub reasons: Vec<Texts>,
}

impl PackPassage {
    fn of(passage: &Passage) -> Self {
        Self {
            clause: passage.clause.clone(),
            texts: passage.texts.clone(),
            standing: passage.standing(),
            cited_by: passage.cited_by.iter().map(|citer| (citer.kind, citer.name.clone())).collect(),
            reasons: passage.uncheckable.iter().map(|reason| reason.text.clone()).collect(),
        }
    }
}

/// A directive, as formats show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackDirective {
    /// Its name, which is the code of its findings.
    pub name: Arc<str>,
    /// Its earlier names.
    pub formerly: Vec<String>,
    /// Its title.
    pub title: Texts,
    /// What a finding says, its holes as they are written in the rule; empty where the tool makes the message.
    pub message: Texts,
    /// What a finding advises, its holes as they are written in the rule.
    pub help: Texts,
    /// For whoever maintains the rule.
    pub note: Texts,
    /// How strongly it asks.
    pub modality: Modality,
    /// What it rests on.
    pub basis: Basis,
    /// Its tags.
    pub tags: Vec<String>,
    /// The passages that it rests on.
    pub cites: Vec<PackCite>,
    /// When it is in force.
    pub effective: Period,
    /// Where it stands.
    pub place: RulePlace,
    /// Whether it judges the portfolio, not one proposal.
    pub of_portfolio: bool,
}

/// A passage of the plan in the pack's languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackCite {
    /// `3.9`
    pub clause: Option<String>,
    /// Its words, by [`LanguageId`].
    pub quotes: Vec<Option<Quote>>,
}

impl PackCite {
    /// The words in that language, else in the first in which they were found.
    pub fn quote(&self, language: LanguageId) -> Option<&Quote> {
        let own = self.quotes.get(language.0).and_then(Option::as_ref);
        own.or_else(|| self.quotes.iter().find_map(Option::as_ref))
    }
}

impl Pack {
    /// What there is to say of a rule pack to a reader of that language.
    pub fn of(book: &Rulebook, language: &str) -> Self {
        let ordinary = book.directives.iter().map(|one| entry(book, &one.heading, false));
        let portfolio = book.portfolio.iter().map(|one| entry(book, &one.heading, true));
        let pack = Self::new(
            book.plan.languages.clone(),
            book.plan.language(language),
            book.plan.title.clone(),
            book.plan.issuer.clone(),
            ordinary.chain(portfolio).collect(),
        );
        Self { passages: Coverage::of(book).passages.iter().map(PackPassage::of).collect(), ..pack }
    }

    /// A pack of these parts.
    pub fn new(
        languages: Vec<String>,
        language: LanguageId,
        title: Texts,
        issuer: Texts,
        directives: Vec<PackDirective>,
    ) -> Self {
        let numbers = directives.iter().zip(0..).map(|(one, number)| (Arc::clone(&one.name), number)).collect();
        Self { languages, language, title, issuer, directives, passages: Vec::new(), numbers }
    }

    /// The number of a directive in [`Pack::directives`].
    pub fn number(&self, code: &str) -> Option<usize> {
        self.numbers.get(code).copied()
    }

    /// The directive of that name.
    pub fn directive(&self, code: &str) -> Option<&PackDirective> {
        self.directives.get(self.number(code)?)
    }

    /// A text in the reader's language.
    pub fn text<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.get(self.language)
    }
}

fn entry(book: &Rulebook, heading: &Heading, of_portfolio: bool) -> PackDirective {
    PackDirective {
        name: Arc::from(heading.name.as_str()),
        formerly: heading.formerly.clone(),
        title: heading.title.clone(),
        message: written(book, heading.message.as_ref()),
        help: written(book, heading.help.as_ref()),
        note: heading.grounds.note.clone(),
        modality: heading.modality,
        basis: heading.basis,
        tags: heading.tags.clone(),
        cites: heading.grounds.citations.iter().map(cite).collect(),
        effective: heading.effective,
        place: rule_place(book, heading.span),
        of_portfolio,
    }
}

fn cite(citation: &Citation) -> PackCite {
    PackCite { clause: citation.clause.clone(), quotes: citation.quotes.clone() }
}

fn written(book: &Rulebook, template: Option<&Template>) -> Texts {
    template.map(|template| template.written(&book.files)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_henan_pack_is_there_in_both_languages_and_every_directive_is_found() {
        let book = Rulebook::henan().unwrap();
        let pack = Pack::of(&book, "zh");
        assert_eq!(pack.languages, ["en", "zh"]);
        assert_eq!(pack.directives.len(), book.directives.len() + book.portfolio.len());
        for (number, one) in pack.directives.iter().enumerate() {
            assert_eq!(pack.number(&one.name), Some(number));
            assert!(one.title.0.iter().all(Option::is_some), "{}", one.name);
            assert!(one.help.0.iter().all(Option::is_some), "{}", one.name);
        }
        let endpoint = pack.directive("endpoint-roles").unwrap();
        assert_eq!(endpoint.cites.first().unwrap().clause.as_deref(), Some("3.9"));
        assert!(pack.text(&endpoint.message).contains("{roles of city}"), "{:?}", endpoint.message);
    }
}
