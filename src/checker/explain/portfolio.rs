//! Why a portfolio directive has its verdicts.

use std::path::PathBuf;
use std::sync::Arc;

use crate::checker::Checker;
use crate::checker::document::Batch;
use crate::checker::feed::Feed;
use crate::checker::options::{Options, PortfolioMode};
use crate::checker::report::{Failure, Member};
use crate::checker::walk::Walk;
use crate::engine::evaluate::{Binding, Memory, Portfolio, Scene};
use crate::engine::judge::judge_portfolio;
use crate::engine::key::key_text;
use crate::engine::message::{Reader as Words, fill};
use crate::engine::portfolio::{Gathered, Tally};
use crate::engine::record::Record;
use crate::engine::trace::{Exception, Step, trace_condition};
use crate::rulebook::{ForEach, PortfolioDirective, Rulebook, Verdict};
use crate::value::Day;

/// Why a portfolio directive has its verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioExplanation {
    /// The directive, by its place in [`Rulebook::portfolio`].
    pub directive: usize,
    /// The day that it was judged as of.
    pub as_of: Day,
    /// How many proposals were read, and in how many files.
    pub proposals: u64,
    /// The files.
    pub files: u64,
    /// How many proposals are in no group.
    pub ungrouped: u64,
    /// Each value of `for each`, in order; one if there is no `for each`, and none if it is not in force.
    pub values: Vec<ValueExplanation>,
    /// What could not be read.
    pub failures: Vec<Failure>,
}

/// Why a portfolio directive has its verdict for one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueExplanation {
    /// The term's name, or the group's key; `None` without `for each`.
    pub value: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// Its `when`, if it has one.
    pub when: Option<Step>,
    /// What it requires.
    pub requirement: Step,
    /// Each `unless`.
    pub unless: Vec<Exception>,
    /// The first members of the group.
    pub members: Vec<Member>,
    /// How many further members it has.
    pub more: u64,
}

/// Judges all proposals below the paths by one portfolio directive and shows how that came about.
///
/// # Errors
/// What keeps the paths from being read at all.
pub fn explain_portfolio(
    book: &Rulebook,
    number: usize,
    as_of: Day,
    language: &str,
    paths: &[PathBuf],
) -> Result<PortfolioExplanation, Vec<Failure>> {
    explain_all(book, number, as_of, language, |batch| {
        let mut feed = Feed::new(Walk::new(paths, &[], None)?, None);
        while let Some((_, task)) = feed.task() {
            batch.work(task);
        }
        Ok(())
    })
}

/// The same over texts, each as if it were a file of that name.
pub(in crate::checker) fn explain_texts(
    book: &Rulebook,
    number: usize,
    as_of: Day,
    language: &str,
    texts: &[(&str, &str)],
) -> Result<PortfolioExplanation, Vec<Failure>> {
    explain_all(book, number, as_of, language, |batch| {
        texts.iter().for_each(|(name, text)| batch.document(&Arc::from(*name), text.as_bytes()));
        Ok(())
    })
}

fn explain_all(
    book: &Rulebook,
    number: usize,
    as_of: Day,
    language: &str,
    read: impl FnOnce(&mut Batch<'_, '_>) -> Result<(), Vec<Failure>>,
) -> Result<PortfolioExplanation, Vec<Failure>> {
    let mut explanation = PortfolioExplanation {
        directive: number,
        as_of,
        proposals: 0,
        files: 0,
        ungrouped: 0,
        values: Vec::new(),
        failures: Vec::new(),
    };
    let Some(directive) = book.portfolio.get(number).filter(|one| one.heading.effective.contains(as_of)) else {
        return Ok(explanation);
    };
    let options = Options { portfolio: PortfolioMode::On, language: language.to_owned(), ..Options::new(as_of) };
    let checker = Checker::new(book, options)?;
    let mut batch = Batch::new(&checker, Vec::new());
    read(&mut batch)?;
    let (counts, tallies) = batch.finish();
    explanation.proposals = counts.summary.proposals;
    explanation.files = counts.summary.files;
    explanation.failures = counts.failures;
    if let Some(tally) = tallies.get(number) {
        explanation.ungrouped = tally.ungrouped;
        each_value(&checker, directive, tally, &mut |scene, directive, gathered| {
            explanation.values.push(value(scene, directive, gathered, checker.words));
        });
    }
    Ok(explanation)
}

/// What looks at a value of a portfolio directive, in a scene that holds its aggregates.
type Look<'l> = dyn for<'s> FnMut(&mut Scene<'s>, &'s PortfolioDirective, &Gathered<'_, Member>) + 'l;

/// Shows each value of a portfolio directive, in order.
pub(in crate::checker) fn each_value(
    checker: &Checker<'_>,
    directive: &PortfolioDirective,
    tally: &Tally<Member>,
    look: &mut Look<'_>,
) {
    for gathered in tally.gathered(directive) {
        let (record, mut memory) = (Record::default(), Memory::default());
        let key = gathered.group.map(|(key, _)| key).unwrap_or_default();
        let text = match &directive.for_each {
            ForEach::Group(keys) => key_text(checker.book, keys, key),
            _ => String::new(),
        };
        let mut scene = Scene::new(checker.book, &record, "", &mut memory);
        scene.portfolio = Some(Portfolio { aggregates: &gathered.aggregates, key, key_text: &text });
        scene.bindings.extend(gathered.term.map(Binding::Term));
        look(&mut scene, directive, &gathered);
    }
}

fn value<'a>(
    scene: &mut Scene<'a>,
    directive: &'a PortfolioDirective,
    gathered: &Gathered<'_, Member>,
    words: Words,
) -> ValueExplanation {
    let (verdict, _) = judge_portfolio(scene, directive);
    let when = directive.when.as_ref().map(|when| trace_condition(scene, when, words));
    let requirement = trace_condition(scene, &directive.requirement, words);
    let unless = directive.unless.iter().map(|exception| Exception {
        condition: trace_condition(scene, &exception.condition, words),
        because: exception.because.as_ref().map(|because| fill(scene, because, words)),
    });
    let unless = unless.collect();
    let term = || match (&directive.for_each, gathered.term) {
        (ForEach::Term(vocabulary, _), Some(term)) => {
            let vocabulary = scene.book.vocabularies.get(usize::from(vocabulary.0))?;
            vocabulary.terms.get(usize::from(term)).map(|term| term.name.clone())
        },
        _ => None,
    };
    let key = gathered.group.and_then(|_| scene.portfolio.map(|portfolio| portfolio.key_text.to_owned()));
    let value = key.or_else(term);
    let (members, more) = match gathered.group {
        Some((_, group)) => (group.members.clone(), group.count - group.members.len() as u64),
        None => (Vec::new(), 0),
    };
    ValueExplanation { value, verdict, when, requirement, unless, members, more }
}
