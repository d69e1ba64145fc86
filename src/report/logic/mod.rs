//! Rules in words: what a directive asks, as sentences in the reader's language, from its typed expressions.
//!
//! Fields, terms, groups and relations stand under their labels, definitions as what they mean. A negation is said where it
//! bites: *not every* is *some … not*.

mod condition;
mod name;
mod phrases;
#[cfg(test)]
mod tests;
mod value;

use std::cell::Cell;

use self::phrases::Phrases;
use super::phrase::{by_modality, fill};
use super::words::Language;
use crate::rulebook::expression::{Condition, Expression};
use crate::rulebook::{
    Directive, Exception, ForEach, Heading, LanguageId, Piece, PortfolioAggregate, PortfolioDirective, Rulebook,
    Template,
};

/// How many parts a directive's sentences may have; beyond that definitions stand under their names.
const MOST_PARTS: u32 = 600;

/// A part of a directive: what it is called, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    pub heading: &'static str,
    pub text: String,
}

/// What a directive says.
pub(super) fn directive(book: &Rulebook, directive: &Directive, reader: Language) -> Vec<Sentence> {
    let scribe = Scribe::new(book, &[], reader);
    let mut sentences = Vec::new();
    scribe.parts(
        &mut sentences,
        &directive.heading,
        [directive.when.as_ref(), Some(&directive.requirement)],
        &directive.unless,
    );
    let overriders = directive.overridden_by.iter().filter_map(|id| book.directives.get(id.0 as usize));
    let titles: Vec<&str> = overriders.map(|one| one.heading.title.get(scribe.language)).collect();
    if !titles.is_empty() {
        let text = titles.join(scribe.phrases.list);
        sentences.push(Sentence { heading: scribe.phrases.headings.overridden, text: scribe.sentence(&text) });
    }
    sentences
}

/// What a portfolio directive says.
pub(super) fn portfolio(book: &Rulebook, directive: &PortfolioDirective, reader: Language) -> Vec<Sentence> {
    let scribe = Scribe::new(book, &directive.aggregates, reader);
    let mut sentences = Vec::new();
    if let Some(text) = scribe.for_each(&directive.for_each) {
        sentences.push(Sentence { heading: scribe.phrases.headings.for_each, text: scribe.sentence(&text) });
    }
    scribe.parts(
        &mut sentences,
        &directive.heading,
        [directive.when.as_ref(), Some(&directive.requirement)],
        &directive.unless,
    );
    sentences
}

/// A text of a directive, its holes in words; `aggregates` are those of a portfolio directive.
pub(super) fn template(
    book: &Rulebook,
    template: &Template,
    aggregates: &[PortfolioAggregate],
    reader: Language,
) -> String {
    Scribe::new(book, aggregates, reader).template(template)
}

/// A condition of an ordinary directive as part of a sentence.
pub(super) fn condition(book: &Rulebook, condition: &Condition, reader: Language) -> String {
    Scribe::new(book, &[], reader).condition(condition, true, Scope::default())
}

/// Puts expressions into words.
struct Scribe<'a> {
    book: &'a Rulebook,
    /// The aggregates of a portfolio directive.
    aggregates: &'a [PortfolioAggregate],
    phrases: &'static Phrases,
    language: LanguageId,
    /// How many parts may still be written out.
    parts_left: Cell<u32>,
}

/// What names stand for where an expression stands.
#[derive(Debug, Clone, Copy, Default)]
struct Scope {
    /// Whether it stands in what is asked of an entry or member, where the project's own fields have to be told apart.
    inside: bool,
    /// The variable of the innermost entry or member.
    innermost: Option<u8>,
    /// Whether the proposal is one of all that an aggregate looks at.
    of_proposals: bool,
    /// Whether fields stand right beside the entry that they are of.
    is_beside: bool,
}

impl<'a> Scribe<'a> {
    fn new(book: &'a Rulebook, aggregates: &'a [PortfolioAggregate], reader: Language) -> Self {
        let language = book.plan.language(reader.tag());
        Self { book, aggregates, phrases: Phrases::of(reader), language, parts_left: Cell::new(MOST_PARTS) }
    }

    fn parts(
        &self,
        sentences: &mut Vec<Sentence>,
        heading: &Heading,
        [when, requirement]: [Option<&Condition>; 2],
        unless: &[Exception],
    ) {
        let headings = &self.phrases.headings;
        let asks = by_modality(headings.requirement, heading.modality);
        for (heading, condition) in [(headings.when, when), (asks, requirement)] {
            if let Some(condition) = condition {
                let text = self.sentence(&self.condition(condition, true, Scope::default()));
                sentences.push(Sentence { heading, text });
            }
        }
        for exception in unless {
            let mut text = self.condition(&exception.condition, true, Scope::default());
            if let Some(because) = &exception.because {
                text = format!("{text}{}{}", headings.because, self.template(because));
            }
            sentences.push(Sentence { heading: headings.unless, text: self.sentence(&text) });
        }
    }

    fn for_each(&self, each: &ForEach) -> Option<String> {
        match each {
            ForEach::Nothing => None,
            ForEach::Term(vocabulary, terms) => Some(fill(self.phrases.each, &[&self.terms(*vocabulary, terms)])),
            ForEach::Group(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| self.expression(&key.value, Scope::default())).collect();
                Some(fill(self.phrases.each_group, &[&keys.join(self.phrases.list)]))
            },
        }
    }

    /// A text with the values in its holes in words.
    fn template(&self, template: &Template) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Hole(expression) => self.expression(expression, Scope::default()),
        };
        template.get(self.language).iter().map(piece).collect()
    }

    fn expression(&self, expression: &Expression, scope: Scope) -> String {
        match expression {
            Expression::Condition(one) => self.condition(one, true, scope),
            Expression::Number(one) => self.number(one, scope),
            Expression::Date(one) => self.date(one, scope),
            Expression::Text(one) => self.text(one, scope),
            Expression::Term(one) => self.term(one, scope),
            Expression::Set(one) => self.set(one, scope),
        }
    }

    /// With a capital letter and a full stop.
    fn sentence(&self, text: &str) -> String {
        let mut characters = text.chars();
        let first: String = match characters.next() {
            Some(first) if self.phrases.capitals => first.to_uppercase().collect(),
            first => first.into_iter().collect(),
        };
        let rest = characters.as_str();
        let stop = if rest.ends_with(['.', '。', '!', '！']) { "" } else { self.phrases.stop };
        format!("{first}{rest}{stop}")
    }

    /// Whether one more part may be written out.
    fn goes_on(&self) -> bool {
        let left = self.parts_left.get();
        self.parts_left.set(left.saturating_sub(1));
        left > 0
    }
}
