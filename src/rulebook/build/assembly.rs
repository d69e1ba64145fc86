//! All steps from the files of a pack to its rulebook, in their order.

use super::citation::{Library, grounds};
use super::files::{Loader, Pack};
use super::items::Items;
use super::lost::{self, Lost};
use super::names::Names;
use super::parsing::{Parsed, PlanFiles};
use super::shape::{Builder, Pending};
use super::{dimension, fact, group, map, plan, relation, source, tests, texts, vocabulary, warnings};
use crate::diagnostic::{Diagnostic, Severity, tidy};
use crate::rulebook::typing::{self, Definitions};
use crate::rulebook::{PlanSource, Required, Rulebook, Uncheckable};
use crate::syntax::tree;
use crate::syntax::words::Word;
use crate::text::{FileId, Sources};

/// What a pack came to: the rulebook, unless something is wrong, and all that is wrong or questionable.
pub(crate) struct Built {
    pub(crate) rulebook: Option<Rulebook>,
    /// What a faulty pack declares of proposals, if that is sound.
    pub(crate) declared: Option<Rulebook>,
    pub(crate) files: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What a pack is loaded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be worked on: every error and every warning.
    Authoring,
    /// To be looked at, though its source may have changed: citations that it does not hold any more are no error.
    Drift,
    /// To judge by: errors alone. Warnings would take a quarter of the time in which a small proposal is checked.
    Judging,
}

impl Purpose {
    fn bears(self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity != Severity::Error || self == Self::Drift && diagnostic.code == "rules/citation-not-found"
    }
}

/// Reads, resolves and checks a pack.
pub(crate) fn build(pack: &dyn Pack, purpose: Purpose) -> Built {
    let mut sink = Vec::new();
    let mut loader = Loader::new(pack);
    let plan_files = PlanFiles::read(pack, &mut loader, &mut sink);
    let rulebook = plan_files.as_ref().and_then(|plan_files| {
        let parsed = plan_files.parsed(&loader.files, &mut sink);
        let items = Items::gather(&parsed.trees, &mut sink);
        resolve(&parsed, &items, purpose, &mut loader, &mut sink)
    });
    tidy(&mut sink);
    once_a_source(&mut sink);
    let is_sound = sink.iter().all(|one| purpose.bears(one));
    let files = loader.files.clone();
    let (rulebook, declared) = match rulebook {
        Some((rulebook, _)) if is_sound => (Some(rulebook), None),
        Some((rulebook, true)) => (None, Some(Rulebook { files: files.clone(), ..rulebook })),
        _ => (None, None),
    };
    let rulebook = rulebook.map(|rulebook| {
        let digest = loader.digest();
        let plan = crate::rulebook::Plan { digest, ..rulebook.plan };
        Rulebook { plan, files: loader.files, warnings: sink.clone(), ..rulebook }
    });
    Built { rulebook, declared, files, diagnostics: sink }
}

/// Of passages that cite a source which the plan does not name, the first speaks for all.
fn once_a_source(sink: &mut Vec<Diagnostic>) {
    let mut told: Vec<String> = Vec::new();
    sink.retain(|one| {
        let again = one.code == "rules/missing-source" && told.contains(&one.message);
        if one.code == "rules/missing-source" {
            told.push(one.message.clone());
        }
        !again
    });
}

/// Resolves all items. Gives a rulebook even where faults were reported, as long as there is a plan, and whether what
/// it says of the shape of proposals is sound.
fn resolve(
    parsed: &Parsed<'_>,
    items: &Items<'_>,
    purpose: Purpose,
    loader: &mut Loader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<(Rulebook, bool)> {
    let dialect = &parsed.dialect;
    let lost = Lost {
        texts: parsed.texts,
        spans: &parsed.lost,
        suggested: lost::suggested(sink),
        is_partial: parsed.is_partial,
    };
    let mut names = Names::default();
    names.languages.clone_from(&dialect.languages);
    names.broken = lost.names();
    names.is_partial = parsed.is_partial;
    names.is_sound = loader.is_sound();
    let (plan, unreadable) = plan::plan(&mut names, items, &lost, loader, sink);
    let sources = plan.as_ref().map(|plan| plan.sources.as_slice()).unwrap_or_default();
    let given: Vec<Vec<Option<crate::text::Span>>> =
        items.tests.iter().map(|test| tests::load_given(test, loader, sink)).collect();
    let files = &loader.files;
    let library = Library { files, sources, unreadable: &unreadable };
    names = declare(names, items, &library, &lost, sink);
    let (mut names, pending) = shape_of(names, items, &library, &lost, sink);
    let definitions = typing::definitions(&names, &items.defines, sink);
    conditions(&mut names, &definitions, pending, sink);
    let resolve_grounds =
        |written: &[tree::Ground], sink: &mut Vec<Diagnostic>| grounds(&names, &library, written, sink);
    let pack = typing::Pack { names: &names, definitions: &definitions, files, dialect, grounds: &resolve_grounds };
    let (directives, portfolio) = typing::directives(&pack, &items.directives, sink);
    let uncheckable = items.uncheckable.iter().map(|item| passage(&names, &library, item, sink)).collect();
    let map = map::map(&names, &items.maps, sink);
    let tests = tests::tests(&names, items, &given, &directives, &portfolio, sink);
    let checked = warnings::Checked {
        names: &names,
        definitions: &definitions,
        items,
        files,
        directives: &directives,
        portfolio: &portfolio,
        tests: &tests,
        lost: &lost,
    };
    if !parsed.is_partial && purpose != Purpose::Judging {
        warnings::warn(&checked, sink);
    }
    let shape_is_sound = !names.shape_broken && items.declarations_hold_none_of(sink);
    let Names { vocabularies, groups, relations, dimensions, shape, .. } = names;
    let rulebook = Rulebook {
        plan: plan?,
        files: Sources::default(),
        vocabularies,
        groups,
        relations,
        dimensions,
        shape,
        definitions: definitions.values,
        directives,
        portfolio,
        uncheckable,
        map,
        tests,
        warnings: Vec::new(),
    };
    Some((rulebook, shape_is_sound))
}

/// Vocabularies, dimensions, groups, relations and facts, each step seeing the ones before it.
fn declare(
    mut names: Names,
    items: &Items<'_>,
    library: &Library<'_>,
    lost: &Lost<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Names {
    let vocabularies = vocabulary::vocabularies(&names, library, &items.vocabularies, sink);
    let placed: Vec<&tree::Vocabulary> = vocabularies.iter().map(|(item, _)| *item).collect();
    names.vocabularies = vocabularies.into_iter().map(|(_, vocabulary)| vocabulary).collect();
    names.index_vocabularies();
    names.dimensions = dimension::dimensions(&names, &items.dimensions, sink);
    names.index_dimensions();
    names.break_left_out(lost);
    let mut broken = Vec::new();
    names.groups = group::groups(&names, library, &items.groups, &mut broken, sink);
    names.broken.extend(broken.drain(..));
    names.break_left_out(lost);
    names.index_groups();
    names.relations = relation::relations(&names, &placed, &items.relations, &mut broken, sink);
    names.broken.extend(broken.drain(..));
    names.break_left_out(lost);
    let facts = fact::facts(&names, library, &items.facts, sink);
    fact::add(&mut names.relations, facts);
    names
}

/// The shape, and the conditions of `required when` that wait for the definitions.
fn shape_of<'t>(
    mut names: Names,
    items: &Items<'t>,
    library: &Library<'_>,
    lost: &Lost<'_>,
    sink: &mut Vec<Diagnostic>,
) -> (Names, Vec<Pending<'t>>) {
    let mut pending = Vec::new();
    if let Some(first) = items.proposals.first() {
        for again in items.proposals.iter().skip(1) {
            let diagnostic =
                Diagnostic::error("rules/duplicate-name", again.span, "a pack has one `proposal` item", "a second one")
                    .also(first.span, "the first one");
            sink.push(diagnostic.help("join the two"));
            names.leave_out(again.span);
        }
        let mut builder = Builder::new(&mut names, library, sink);
        builder.proposal(first);
        pending = builder.pending;
        names.break_left_out(lost);
    } else if lost.has_word(Word::Proposal) {
        names.shape_broken = true;
    } else if let Some(directive) = items.directives.first() {
        let message = "the pack has directives, and no `proposal` item that says what a proposal holds";
        let diagnostic = Diagnostic::error("rules/missing-proposal", directive.name.span, message, "speaks of what?");
        sink.push(diagnostic.help("declare its fields: `proposal { id text required … }`"));
        names.shape_broken = true;
    }
    names.index_vocabularies();
    (names, pending)
}

fn conditions(names: &mut Names, definitions: &Definitions, pending: Vec<Pending<'_>>, sink: &mut Vec<Diagnostic>) {
    for waiting in pending {
        let parent = names.column(waiting.table, waiting.column).and_then(|column| column.parent);
        let condition = typing::field_condition(names, definitions, &waiting.rows, parent, waiting.condition, sink);
        let table = names.shape.tables.get_mut(usize::from(waiting.table.0));
        let column = table.and_then(|table| table.columns.get_mut(usize::from(waiting.column.0)));
        if let (Some(column), Some(condition)) = (column, condition) {
            column.required = Required::When(Box::new(condition));
        }
    }
}

fn passage(names: &Names, library: &Library<'_>, item: &tree::Uncheckable, sink: &mut Vec<Diagnostic>) -> Uncheckable {
    let found = grounds(names, library, &item.grounds, sink);
    let cites = item.grounds.iter().any(|ground| matches!(ground, tree::Ground::Cites(_)));
    let missing = if !cites { Some(("cites", "cites §…")) } else { None };
    let missing = missing.or(item.reason.entries.is_empty().then_some(("reason", "reason \"…\"")));
    if let Some((what, write)) = missing {
        let message = format!("an uncheckable passage needs its `{what}`");
        let diagnostic = Diagnostic::error("rules/missing-clause", item.span, message, format!("no `{what}`"));
        sink.push(diagnostic.help(format!("add `{write}`")));
    }
    Uncheckable { citations: found.citations, reason: texts(names, &item.reason, sink), span: item.span }
}

/// Reads the plan's source in each language.
pub(super) fn plan_source(loader: &Loader<'_>, file: FileId, sink: &mut Vec<Diagnostic>) -> PlanSource {
    source::plan_source(&loader.files, file, sink)
}
