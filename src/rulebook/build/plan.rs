//! The plan item: exactly one, its languages, and its sources.

use super::assembly::plan_source;
use super::files::{Loader, is_inside};
use super::items::Items;
use super::lost::Lost;
use super::names::Names;
use super::{limits, period, texts};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::rulebook::{LanguageId, Plan, PlanSource, Texts};
use crate::syntax::tree::{PlanEntry, Text};
use crate::syntax::words::Word;
use crate::text::Span;

/// The plan, and the languages whose source is named but cannot be read. The plan's dates go into `names`.
pub(super) fn plan(
    names: &mut Names,
    items: &Items<'_>,
    lost: &Lost<'_>,
    loader: &mut Loader<'_>,
    sink: &mut Vec<Diagnostic>,
) -> (Option<Plan>, Vec<LanguageId>) {
    let Some(item) = items.plans.first() else {
        let message = "the rule pack has no `plan` item".to_owned();
        let help = "say which plan it encodes: `plan NAME { title \"…\" }`".to_owned();
        let (code, severity) = ("rules/missing-plan", Severity::Error);
        // A plan item that could not be read was reported where it stands.
        if !lost.has_word(Word::Plan) {
            let first = loader.files.iter().next().map(|(file, _)| Span { file, start: 0, end: 0 });
            let labels = first.map(|span| Label { span, text: "in none of its files".to_owned() });
            sink.push(Diagnostic { code, severity, message, labels: labels.into_iter().collect(), help: Some(help) });
        }
        // What it says of sources is not known either.
        return (None, (0..names.languages.len()).map(LanguageId).collect());
    };
    for again in items.plans.iter().skip(1) {
        let message = "a rule pack encodes one plan, and this is a second one";
        let diagnostic = Diagnostic::error("rules/duplicate-plan", again.name.span, message, "again")
            .also(item.name.span, "the first one")
            .help("make it a pack of its own, in another folder");
        sink.push(diagnostic);
    }
    let mut entries = Entries { seen: Vec::new(), sink };
    let mut plan = Plan {
        name: item.name.text.clone(),
        title: Texts::default(),
        issuer: Texts::default(),
        version: String::new(),
        languages: names.languages.clone(),
        sources: vec![None; names.languages.len()],
        effective: crate::rulebook::Period::default(),
        digest: String::new(),
        span: item.span,
    };
    let mut sources: Vec<(usize, Span)> = Vec::new();
    let mut unreadable = Vec::new();
    for entry in &item.entries {
        match entry {
            PlanEntry::Title(title, span) if entries.first("title", *span) => {
                plan.title = texts(names, title, entries.sink)
            },
            PlanEntry::Issuer(issuer, span) if entries.first("issuer", *span) => {
                plan.issuer = texts(names, issuer, entries.sink);
            },
            PlanEntry::Version(version, span) if entries.first("version", *span) => {
                plan.version.clone_from(&version.value)
            },
            PlanEntry::Language(_, span) => {
                entries.first("language", *span);
            },
            PlanEntry::Source(tag, path, span) => {
                let tag = tag.as_ref().map(|tag| tag.text.as_str());
                let language = match tag {
                    None => 0,
                    Some(tag) => names.language(tag).unwrap_or_default().0,
                };
                if let Some((_, first)) = sources.iter().find(|(of, _)| *of == language) {
                    entries.sink.push(Diagnostic::twice("source", *span, *first));
                    continue;
                }
                sources.push((language, *span));
                if let Some(source) = source(path, loader, entries.sink) {
                    if let Some(slot) = plan.sources.get_mut(language) {
                        *slot = Some(source);
                    }
                } else {
                    unreadable.push(LanguageId(language));
                }
            },
            PlanEntry::Effective(effective) if entries.first("effective", effective.span) => {
                plan.effective = period(effective);
                names.effective = plan.effective;
            },
            _ => {},
        }
    }
    (Some(plan), unreadable)
}

/// Entries that may stand once.
struct Entries<'s> {
    seen: Vec<(&'static str, Span)>,
    sink: &'s mut Vec<Diagnostic>,
}

impl Entries<'_> {
    /// Whether this is the first entry of its kind; a further one is an error.
    fn first(&mut self, what: &'static str, span: Span) -> bool {
        if let Some((_, first)) = self.seen.iter().find(|(seen, _)| *seen == what) {
            self.sink.push(Diagnostic::twice(what, span, *first));
            return false;
        }
        self.seen.push((what, span));
        true
    }
}

fn source(path: &Text, loader: &mut Loader<'_>, sink: &mut Vec<Diagnostic>) -> Option<PlanSource> {
    if !is_inside(&path.value) {
        let message = "a source lies inside the pack's folder";
        let diagnostic = Diagnostic::error("rules/file-not-found", path.span, message, "leads out of the folder");
        sink.push(diagnostic.help("copy the source into the pack, and write its path from there: `source/plan.md`"));
        return None;
    }
    let file = loader.file(&path.value, limits::SOURCE_BYTES, Some(path.span), sink)?;
    Some(plan_source(loader, file, sink))
}
