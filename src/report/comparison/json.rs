//! Two packs as JSON.

use serde::Serialize;

use super::Comparison;
use super::phrases::phrases;
use crate::analysis::{Document, Evidence, Kind, Part};
use crate::checker::report::verdict_word;
use crate::report::Settings;
use crate::report::safe::append_pretty;
use crate::rulebook::{DirectiveId, Rulebook};

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
            let changes = comparison.changes.get(flip.compared);
            FlipEntry {
                path: &flip.path,
                index: flip.index,
                id: flip.id.as_deref(),
                directive: comparison.new_name(flip.compared),
                before: verdict_word(flip.before),
                after: verdict_word(flip.after),
                changes: changes.into_iter().flat_map(|one| &one.parts).map(|one| part_word(one.part)).collect(),
                speaks_of: changes.into_iter().flat_map(|one| &one.names).map(NameEntry::new).collect(),
            }
        });
        FlipsEntry { proposals: flips.proposals, flips: entries.collect() }
    });
    let names = |book: &'_ Rulebook, ids: &[DirectiveId]| -> Vec<String> {
        ids.iter().filter_map(|id| Some(book.directives.get(id.0 as usize)?.heading.name.clone())).collect()
    };
    let document = Report {
        schema: 1,
        old: Pack::new(comparison.old),
        new: Pack::new(comparison.new),
        shares_proposals: comparison.difference.shares_proposals,
        directives: directives.collect(),
        added: names(comparison.new, &comparison.difference.added),
        removed: names(comparison.old, &comparison.difference.removed),
        changed: comparison.names.iter().map(NameEntry::new).collect(),
        given: flips,
    };
    let mut out = Vec::new();
    append_pretty(&mut out, &document);
    out.push(b'\n');
    out
}

fn part_word(part: Part) -> &'static str {
    match part {
        Part::Modality => "modality",
        Part::When => "when",
        Part::Requirement => "requirement",
        Part::Unless => "unless",
        Part::Overrides => "overrides",
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
    added: Vec<String>,
    removed: Vec<String>,
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

#[derive(Serialize)]
struct FlipsEntry<'a> {
    proposals: usize,
    flips: Vec<FlipEntry<'a>>,
}

#[derive(Serialize)]
struct FlipEntry<'a> {
    path: &'a str,
    index: u64,
    id: Option<&'a str>,
    directive: &'a str,
    before: &'static str,
    after: &'static str,
    changes: Vec<&'static str>,
    speaks_of: Vec<NameEntry<'a>>,
}
