//! Two packs as JSON.

use serde::Serialize;

use super::phrases::phrases;
use super::{Comparison, is_judged_otherwise};
use crate::analysis::{Changed, Changes, Document, Evidence, Kind, Part};
use crate::checker::report::verdict_word;
use crate::report::Settings;
use crate::report::safe::document_bytes;
use crate::rulebook::Rulebook;

/// `{"schema": 1, "old": {…}, "new": {…}, "directives": […], "added": […], "removed": […], "changed": […], "flips": […]}`
pub fn json(comparison: &Comparison<'_>, settings: Settings) -> Vec<u8> {
    let phrases = phrases(settings.language);
    let directives = comparison.difference.compared.iter().enumerate().map(|(number, pair)| {
        let (old, new) = (comparison.old_name(number), comparison.new_name(number));
        let (differs, witness, reasons) = match &pair.evidence {
            Evidence::Witness(witness) => ("yes", Some(witness), Vec::new()),
            Evidence::Impossible => ("no", None, Vec::new()),
            Evidence::Unknown(doubts) => ("unknown", None, doubts.iter().map(|one| phrases.doubt(*one)).collect()),
        };
        let changes = comparison.changes.get(number);
        DirectiveEntry {
            name: new,
            formerly: (old != new).then_some(old),
            differs,
            reweighed: comparison.is_reweighed(number),
            witness: witness.map(|witness| WitnessEntry {
                as_of: witness.as_of.to_string(),
                before: pair.verdicts.map(|(before, _)| verdict_word(before)),
                after: pair.verdicts.map(|(_, after)| verdict_word(after)),
                proposal: witness.proposal.clone(),
            }),
            reasons,
            changes: changes.into_iter().flat_map(|changes| &changes.parts).map(ChangeEntry::new).collect(),
            speaks_of: changes.into_iter().flat_map(|changes| &changes.names).map(NameEntry::new).collect(),
        }
    });
    let flips = comparison.flips.map(|flips| {
        let entries = flips.flips.iter().map(|flip| {
            let changes = match flip.directive {
                Changed::Compared(number) => comparison.changes.get(number),
                Changed::Added(_) | Changed::Removed(_) => None,
            };
            FlipEntry {
                path: &flip.path,
                index: flip.index,
                id: flip.id.as_deref(),
                directive: comparison.flipped(flip.directive),
                before: flip.before.map(verdict_word),
                after: flip.after.map(verdict_word),
                clauses: comparison.clauses(flip.directive),
                cause: Cause::new(
                    changes,
                    matches!(flip.directive, Changed::Added(_)),
                    matches!(flip.directive, Changed::Removed(_)),
                ),
            }
        });
        let statuses = flips.statuses.iter().map(|flip| StatusEntry {
            path: &flip.path,
            index: flip.index,
            id: flip.id.as_deref(),
            before: flip.before.word(),
            after: flip.after.word(),
            shape: flip.shape.iter().map(|(code, pointer)| ShapeEntry { code, pointer }).collect(),
        });
        let portfolio = flips.portfolio.iter().map(|flip| {
            let changes = flip.compared.and_then(|number| comparison.portfolio_changes.get(number));
            let (is_added, is_removed) =
                (flip.compared.is_none() && flip.before.is_none(), flip.compared.is_none() && flip.after.is_none());
            PortfolioFlipEntry {
                directive: &flip.directive,
                value: flip.value.as_deref(),
                before: flip.before.map(verdict_word),
                after: flip.after.map(verdict_word),
                cause: Cause::new(changes, is_added, is_removed),
            }
        });
        FlipsEntry {
            proposals: flips.proposals,
            flips: entries.collect(),
            statuses: statuses.collect(),
            portfolio_flips: portfolio.collect(),
        }
    });
    let portfolio = comparison.portfolio_changes.iter().enumerate().map(|(number, changes)| {
        let (old, new) = comparison.portfolio_pair(number);
        PortfolioEntry {
            name: new,
            formerly: (old != new).then_some(old),
            differs: if is_judged_otherwise(changes) { "unknown" } else { "no" },
            changes: changes.parts.iter().map(ChangeEntry::new).collect(),
            speaks_of: changes.names.iter().map(NameEntry::new).collect(),
        }
    });
    let members = &comparison.difference.portfolio;
    let document = Report {
        schema: 1,
        old: Pack::new(comparison.old),
        new: Pack::new(comparison.new),
        shares_proposals: comparison.difference.shares_proposals,
        directives: directives.collect(),
        added: comparison.names_of(comparison.new, &comparison.difference.added),
        removed: comparison.names_of(comparison.old, &comparison.difference.removed),
        portfolio: PortfolioEntries {
            directives: portfolio.collect(),
            added: comparison.portfolio_names(comparison.new, &members.added),
            removed: comparison.portfolio_names(comparison.old, &members.removed),
        },
        changed: comparison.names.iter().map(NameEntry::new).collect(),
        given: flips,
    };
    document_bytes(&document)
}

fn part_word(part: Part) -> &'static str {
    match part {
        Part::Modality => "modality",
        Part::When => "when",
        Part::Requirement => "requirement",
        Part::Unless => "unless",
        Part::Overrides => "overrides",
        Part::ForEach => "for-each",
        Part::Effective => "effective",
        Part::Cites => "cites",
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Definition => "definition",
        Kind::Group => "group",
        Kind::Relation => "relation",
        Kind::Vocabulary => "vocabulary",
        Kind::Field => "field",
        Kind::Dimension => "dimension",
        Kind::Directive => "directive",
    }
}

#[derive(Serialize)]
struct Report<'a> {
    schema: u8,
    old: Pack<'a>,
    new: Pack<'a>,
    shares_proposals: bool,
    directives: Vec<DirectiveEntry<'a>>,
    added: Vec<&'a str>,
    removed: Vec<&'a str>,
    portfolio: PortfolioEntries<'a>,
    changed: Vec<NameEntry<'a>>,
    #[serde(flatten)]
    given: Option<FlipsEntry<'a>>,
}

#[derive(Serialize)]
struct Pack<'a> {
    name: &'a str,
    version: &'a str,
    digest: String,
}

impl<'a> Pack<'a> {
    fn new(book: &'a Rulebook) -> Self {
        Self { name: &book.plan.name, version: &book.plan.version, digest: format!("sha256:{}", book.plan.digest) }
    }
}

#[derive(Serialize)]
struct DirectiveEntry<'a> {
    name: &'a str,
    formerly: Option<&'a str>,
    differs: &'static str,
    reweighed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<WitnessEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<&'static str>,
    changes: Vec<ChangeEntry<'a>>,
    speaks_of: Vec<NameEntry<'a>>,
}

#[derive(Serialize)]
struct WitnessEntry {
    as_of: String,
    before: Option<&'static str>,
    after: Option<&'static str>,
    proposal: Document,
}

#[derive(Serialize)]
struct ChangeEntry<'a> {
    part: &'static str,
    old: &'a str,
    new: &'a str,
}

impl<'a> ChangeEntry<'a> {
    fn new(change: &'a crate::analysis::Change) -> Self {
        Self { part: part_word(change.part), old: &change.old, new: &change.new }
    }
}

#[derive(Serialize)]
struct NameEntry<'a> {
    kind: &'static str,
    name: &'a str,
}

impl<'a> NameEntry<'a> {
    fn new((kind, name): &'a (Kind, String)) -> Self {
        Self { kind: kind_word(*kind), name }
    }
}

/// The portfolio directives, of which nothing is proved: `unknown` where something changed.
#[derive(Serialize)]
struct PortfolioEntries<'a> {
    directives: Vec<PortfolioEntry<'a>>,
    added: Vec<&'a str>,
    removed: Vec<&'a str>,
}

#[derive(Serialize)]
struct PortfolioEntry<'a> {
    name: &'a str,
    formerly: Option<&'a str>,
    differs: &'static str,
    changes: Vec<ChangeEntry<'a>>,
    speaks_of: Vec<NameEntry<'a>>,
}

#[derive(Serialize)]
struct FlipsEntry<'a> {
    proposals: usize,
    flips: Vec<FlipEntry<'a>>,
    statuses: Vec<StatusEntry<'a>>,
    portfolio_flips: Vec<PortfolioFlipEntry<'a>>,
}

#[derive(Serialize)]
struct FlipEntry<'a> {
    path: &'a str,
    index: u64,
    id: Option<&'a str>,
    directive: &'a str,
    before: Option<&'static str>,
    after: Option<&'static str>,
    /// The clauses that the directive rests on.
    clauses: Vec<&'a str>,
    #[serde(flatten)]
    cause: Cause<'a>,
}

/// Why a verdict flips.
#[derive(Serialize)]
struct Cause<'a> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    added: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
    changes: Vec<&'static str>,
    speaks_of: Vec<NameEntry<'a>>,
}

impl<'a> Cause<'a> {
    fn new(changes: Option<&'a Changes>, added: bool, removed: bool) -> Self {
        Self {
            added,
            removed,
            changes: changes.into_iter().flat_map(|one| &one.parts).map(|one| part_word(one.part)).collect(),
            speaks_of: changes.into_iter().flat_map(|one| &one.names).map(NameEntry::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct StatusEntry<'a> {
    path: &'a str,
    index: u64,
    id: Option<&'a str>,
    before: &'static str,
    after: &'static str,
    shape: Vec<ShapeEntry<'a>>,
}

/// A finding on the shape that only one of the packs has.
#[derive(Serialize)]
struct ShapeEntry<'a> {
    code: &'a str,
    pointer: &'a str,
}

#[derive(Serialize)]
struct PortfolioFlipEntry<'a> {
    directive: &'a str,
    value: Option<&'a str>,
    before: Option<&'static str>,
    after: Option<&'static str>,
    #[serde(flatten)]
    cause: Cause<'a>,
}
