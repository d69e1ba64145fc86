//! All steps from the files of a pack to its rulebook, in their order.

use super::citation::{Library, grounds};
use super::files::{Loader, Pack};
use super::names::Names;
use super::shape::{Builder, Pending};
use super::{dimension, fact, group, limits, map, plan, relation, source, tests, texts, vocabulary, warnings};
use crate::diagnostic::{Diagnostic, Severity, tidy};
use crate::rulebook::typing::{self, Definitions};
use crate::rulebook::{PlanSource, Required, Rulebook, Uncheckable};
use crate::syntax::Dialect;
use crate::syntax::lexer::lex;
use crate::syntax::parser::parse_lexed;
use crate::syntax::tree::{self, Item, PlanFile};
use crate::text::{FileId, Sources};

/// What a pack came to: the rulebook, unless something is wrong, and all that is wrong or questionable.
pub(crate) struct Built {
    pub(crate) rulebook: Option<Rulebook>,
    pub(crate) files: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Errors in spite of which a pack is still taken as a rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// None.
    Nothing,
    /// Citations that the source does not hold any more.
    Drift,
}

impl Tolerance {
    fn bears(self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity != Severity::Error || self == Self::Drift && diagnostic.code == "rules/citation-not-found"
    }
}

/// Reads, resolves and checks a pack.
pub(crate) fn build(pack: &dyn Pack, tolerance: Tolerance) -> Built {
    let mut sink = Vec::new();
    let mut loader = Loader::new(pack);
    let parsed = parse_all(pack, &mut loader, &mut sink);
    let has_faults = sink.iter().any(|one| one.severity == Severity::Error);
    let rulebook = parsed.and_then(|(dialect, trees)| {
        let items = Items::gather(&trees);
        resolve(&dialect, &items, &mut loader, &mut sink)
    });
    tidy(&mut sink);
    let is_sound = !has_faults && sink.iter().all(|one| tolerance.bears(one));
    let files = loader.files.clone();
    let rulebook = rulebook.filter(|_| is_sound).map(|rulebook| {
        let digest = loader.digest();
        let plan = crate::rulebook::Plan { digest, ..rulebook.plan };
        Rulebook { plan, files: loader.files, warnings: sink.clone(), ..rulebook }
    });
    Built { rulebook, files, diagnostics: sink }
}

/// Reads and parses every plan file, in the order of their names. `None` if the folder cannot be read.
fn parse_all(pack: &dyn Pack, loader: &mut Loader<'_>, sink: &mut Vec<Diagnostic>) -> Option<(Dialect, Vec<PlanFile>)> {
    let mut names = match pack.plan_files() {
        Ok(names) => names,
        Err((path, error)) => {
            let message = format!("the rule pack `{}` cannot be read: {error}", path.display());
            sink.push(without_place("rules/file-not-found", message, "name the folder that holds the `*.plan` files"));
            return None;
        },
    };
    names.sort();
    if names.is_empty() {
        let message = "the rule pack holds no `*.plan` file".to_owned();
        sink.push(without_place("rules/missing-plan", message, "name the folder that holds the `*.plan` files"));
        return None;
    }
    if names.len() > limits::PLAN_FILES {
        let message = format!("the rule pack has more than {} plan files", limits::PLAN_FILES);
        sink.push(without_place("rules/too-large", message, "join some of them"));
        return None;
    }
    let ids: Vec<FileId> = names.iter().filter_map(|name| loader.file(name, limits::PLAN_BYTES, None, sink)).collect();
    let text = |id: &FileId| loader.files.get(*id).map(|file| std::sync::Arc::clone(&file.text)).unwrap_or_default();
    let lexed: Vec<_> = ids.iter().map(|id| lex(*id, &text(id))).collect();
    let dialect = Dialect::gather(&lexed);
    let mut trees = Vec::new();
    for (id, lexed) in ids.iter().zip(&lexed) {
        let parsed = parse_lexed(lexed, &text(id), &dialect);
        sink.extend(parsed.diagnostics);
        trees.push(parsed.tree);
    }
    Some((dialect, trees))
}

fn without_place(code: &'static str, message: String, help: &str) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, message, labels: Vec::new(), help: Some(help.to_owned()) }
}

/// The items of all files, by kind.
#[derive(Default)]
pub(super) struct Items<'t> {
    pub(super) plans: Vec<&'t tree::Plan>,
    pub(super) vocabularies: Vec<&'t tree::Vocabulary>,
    pub(super) groups: Vec<&'t tree::Group>,
    pub(super) relations: Vec<&'t tree::Relation>,
    pub(super) facts: Vec<&'t tree::Fact>,
    pub(super) dimensions: Vec<&'t tree::Dimension>,
    pub(super) proposals: Vec<&'t tree::Proposal>,
    pub(super) defines: Vec<&'t tree::Define>,
    pub(super) directives: Vec<&'t tree::Directive>,
    pub(super) uncheckable: Vec<&'t tree::Uncheckable>,
    pub(super) maps: Vec<&'t tree::Map>,
    pub(super) tests: Vec<&'t tree::Test>,
}

impl<'t> Items<'t> {
    fn gather(trees: &'t [PlanFile]) -> Self {
        let mut items = Self::default();
        for item in trees.iter().flat_map(|tree| &tree.items).take(limits::ITEMS) {
            match item {
                Item::Plan(item) => items.plans.push(item),
                Item::Vocabulary(item) => items.vocabularies.push(item),
                Item::Group(item) => items.groups.push(item),
                Item::Relation(item) => items.relations.push(item),
                Item::Fact(item) => items.facts.push(item),
                Item::Dimension(item) => items.dimensions.push(item),
                Item::Proposal(item) => items.proposals.push(item),
                Item::Define(item) => items.defines.push(item),
                Item::Directive(item) => items.directives.push(item),
                Item::Uncheckable(item) => items.uncheckable.push(item),
                Item::Map(item) => items.maps.push(item),
                Item::Test(item) => items.tests.push(item),
            }
        }
        items
    }
}

/// Resolves all items. Gives a rulebook even where faults were reported, as long as there is a plan.
fn resolve(
    dialect: &Dialect,
    items: &Items<'_>,
    loader: &mut Loader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Option<Rulebook> {
    let mut names = Names::default();
    names.languages.clone_from(&dialect.languages);
    let (plan, unreadable) = plan::plan(&mut names, items, loader, sink);
    let sources = plan.as_ref().map(|plan| plan.sources.clone()).unwrap_or_default();
    let given: Vec<Vec<Option<crate::text::Span>>> =
        items.tests.iter().map(|test| tests::load_given(test, loader, sink)).collect();
    let files = loader.files.clone();
    let library = Library { files: &files, sources: &sources, unreadable: &unreadable };
    names = declare(names, items, &library, sink);
    let (mut names, pending) = shape_of(names, items, &library, sink);
    let definitions = typing::definitions(&names, &items.defines, sink);
    conditions(&mut names, &definitions, pending, sink);
    let resolve_grounds =
        |written: &[tree::Ground], sink: &mut Vec<Diagnostic>| grounds(&names, &library, written, sink);
    let pack =
        typing::Pack { names: &names, definitions: &definitions, files: &files, dialect, grounds: &resolve_grounds };
    let (directives, portfolio) = typing::directives(&pack, &items.directives, sink);
    let uncheckable = items.uncheckable.iter().map(|item| passage(&names, &library, item, sink)).collect();
    let map = map::map(&names, &items.maps, sink);
    let tests = tests::tests(&names, items, &given, &directives, &portfolio, sink);
    warnings::warn(&names, &definitions, items, &directives, &portfolio, &tests, sink);
    let Names { vocabularies, groups, relations, dimensions, shape, .. } = names;
    Some(Rulebook {
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
    })
}

/// Vocabularies, dimensions, groups, relations and facts, each step seeing the ones before it.
fn declare(mut names: Names, items: &Items<'_>, library: &Library<'_>, sink: &mut Vec<Diagnostic>) -> Names {
    let vocabularies = vocabulary::vocabularies(&names, library, &items.vocabularies, sink);
    let placed: Vec<&tree::Vocabulary> = vocabularies.iter().map(|(item, _)| *item).collect();
    names.vocabularies = vocabularies.into_iter().map(|(_, vocabulary)| vocabulary).collect();
    names = names.indexed();
    names.dimensions = dimension::dimensions(&names, &items.dimensions, sink);
    names = names.indexed();
    let mut broken = Vec::new();
    names.groups = group::groups(&names, library, &items.groups, &mut broken, sink);
    names.broken.extend(broken.drain(..));
    names = names.indexed();
    names.relations = relation::relations(&names, &placed, &items.relations, &mut broken, sink);
    names.broken.extend(broken.drain(..));
    let facts = fact::facts(&names, library, &items.facts, sink);
    fact::add(&mut names.relations, facts);
    names
}

/// The shape, and the conditions of `required when` that wait for the definitions.
fn shape_of<'t>(
    mut names: Names,
    items: &Items<'t>,
    library: &Library<'_>,
    sink: &mut Vec<Diagnostic>,
) -> (Names, Vec<Pending<'t>>) {
    let mut pending = Vec::new();
    if let Some(first) = items.proposals.first() {
        for again in items.proposals.iter().skip(1) {
            let diagnostic =
                Diagnostic::error("rules/duplicate-name", again.span, "a pack has one `proposal` item", "a second one")
                    .also(first.span, "the first one");
            sink.push(diagnostic.help("join the two"));
        }
        let mut builder = Builder::new(&mut names, library, sink);
        builder.proposal(first);
        pending = builder.pending;
    } else if let Some(directive) = items.directives.first() {
        let message = "the pack has directives, and no `proposal` item that says what a proposal holds";
        let diagnostic = Diagnostic::error("rules/missing-proposal", directive.name.span, message, "speaks of what?");
        sink.push(diagnostic.help("declare its fields: `proposal { id text required … }`"));
        names.shape_broken = true;
    }
    (names.indexed(), pending)
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
