//! The strength of a directive beside that of the words that it cites: what the plan supports or encourages binds nobody.

use std::sync::LazyLock;

use regex::Regex;

use super::Checked;
use crate::diagnostic::Diagnostic;
use crate::rulebook::Citation;
use crate::syntax::tree::{self, Clause, Ground, Modality, Passage};
use crate::text::Span;

/// Verbs that leave free: “may” the month is written large.
static SOFT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let english = r"\b(?i:supports|supported|supporting|encourag(?:e|es|ed|ing)|guides|guided|guiding)\b|\bmay\b|(?:^|[.;:]\s+|\b(?:to|and|will|is to|shall)\s+)(?i:support|guide)\b";
    Regex::new(&format!("{english}|支持|鼓励|引导|可以")).ok()
});

/// Words that bind, and such as only look soft.
static FIRM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let english = r"\b(?i:must|shall|may not|may only|require[sd]?|requiring|mandatory|prohibit(?:s|ed)?|forbid(?:s|den)?|ensure[sd]?|obliged?)\b";
    Regex::new(&format!("{english}|必须|应当|须|不得|严禁|禁止|不可以|务必|确保|要求|严格")).ok()
});

/// Questions each `must` whose passages are all soft; a reason in a `note` settles it.
pub(super) fn check(pack: &Checked<'_>, sink: &mut Vec<Diagnostic>) {
    let ordinary = pack.directives.iter().map(|directive| &directive.heading);
    let headings = ordinary.chain(pack.portfolio.iter().map(|directive| &directive.heading));
    for heading in headings.filter(|heading| matches!(heading.modality, Modality::Must | Modality::MustNot)) {
        let item = pack.items.directives.binary_search_by(|item| item.span.cmp(&heading.span)).ok();
        let Some(item) = item.and_then(|index| pack.items.directives.get(index)) else { continue };
        if !heading.grounds.note.is_empty() {
            continue;
        }
        if let (Some(found), Some(place)) = (soft_passage(item, &heading.grounds.citations), requirement(item)) {
            let asks = if heading.modality == Modality::Must { "must" } else { "must not" };
            let message = format!("the cited words say `{}`, and the directive says `{asks}`", found.verb);
            let diagnostic = Diagnostic::warning("rules/soft-passage", place, message, "stronger than the plan")
                .also(found.span, "cited here");
            sink.push(diagnostic.help("write `should`, cite words that bind, or say in a `note` why it binds"));
        }
    }
}

/// A soft passage and the verb that makes it so.
struct Soft {
    verb: String,
    span: Span,
}

/// The first passage, if all are soft.
fn soft_passage(item: &tree::Directive, citations: &[Citation]) -> Option<Soft> {
    let passages = item.clauses.iter().filter_map(|clause| match clause {
        Clause::Ground(Ground::Cites(passages)) => Some(passages),
        _ => None,
    });
    let all: Vec<Option<Soft>> = passages.flatten().map(|passage| soft(passage, citations)).collect();
    all.into_iter().collect::<Option<Vec<Soft>>>()?.into_iter().next()
}

/// The soft verb of a passage that has no firm one. Of a whole clause every sentence must be soft.
fn soft(passage: &Passage, citations: &[Citation]) -> Option<Soft> {
    let (soft, firm) = (SOFT.as_ref()?, FIRM.as_ref()?);
    let citation = citations.iter().find(|citation| citation.span == passage.span)?;
    let quotes: Vec<&str> = citation.quotes.iter().flatten().map(|quote| quote.text.as_ref()).collect();
    if quotes.iter().any(|text| firm.is_match(text)) {
        return None;
    }
    let is_whole = passage.words.entries.is_empty();
    let verbs = quotes.iter().filter_map(|text| {
        let mut sentences = text.split(['。', '；', ';']).flat_map(|part| part.split(". ")).map(str::trim);
        let found = soft.find(text)?;
        let is_soft = !is_whole || sentences.all(|sentence| sentence.is_empty() || soft.is_match(sentence));
        is_soft.then(|| found.as_str().trim_start_matches(['.', ';', ':', ' ']).to_owned())
    });
    let verb = verbs.min_by_key(String::len)?;
    Some(Soft { verb, span: passage.span })
}

fn requirement(item: &tree::Directive) -> Option<Span> {
    item.clauses.iter().find_map(|clause| match clause {
        Clause::Requirement(_, _, span) => Some(*span),
        _ => None,
    })
}
