//! The rules of a SARIF log: every directive of the pack, and what can be found on the shape of a proposal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::log::{Configuration, Rule, RuleProperties, Text, level, problem_severity};
use crate::catalogue::{self, Entry};
use crate::checker::report::{Header, Pack, PackCite, PackDirective, basis_word};
use crate::diagnostic::Severity;
use crate::report::markdown::text::{escaped, with_code};
use crate::report::rules::modality_word;
use crate::report::words::Words;
use crate::rulebook::Modality;

/// Every rule, in the order of [`number`].
pub(super) fn rules(header: &Header, words: &Words, language: &str) -> Vec<Rule> {
    let directives = header.pack.directives.iter().map(|one| of_directive(&header.pack, one, words));
    directives.chain(codes().map(|entry| of_code(entry, language))).collect()
}

/// The number of a code's rule.
pub(super) fn number(header: &Header, code: &str) -> Option<usize> {
    let after_directives = || Some(header.pack.directives.len() + codes().position(|entry| entry.name == code)?);
    header.pack.number(code).or_else(after_directives)
}

/// The codes of the tool's own that findings on proposals have.
fn codes() -> impl Iterator<Item = &'static Entry> {
    let names = catalogue::names().filter(|name| name.starts_with("proposal/") || *name == "rules/arithmetic");
    names.filter_map(catalogue::find)
}

/// How grave a broken directive is.
fn severity(modality: Modality) -> Severity {
    match modality {
        Modality::Must | Modality::MustNot => Severity::Error,
        Modality::Should | Modality::ShouldNot => Severity::Warning,
        Modality::May => Severity::Note,
    }
}

fn of_directive(pack: &Pack, directive: &PackDirective, words: &Words) -> Rule {
    let title = match pack.text(&directive.title) {
        "" => &*directive.name,
        title => title,
    };
    let severity = severity(directive.modality);
    let passages: Vec<String> = directive.cites.iter().filter_map(|cite| passage(pack, cite, words)).collect();
    let full = if passages.is_empty() { title.to_owned() } else { passages.join("\n") };
    let mut more = BTreeMap::from([
        ("modality", modality_word(directive.modality).to_owned()),
        ("basis", basis_word(directive.basis).to_owned()),
        ("file", directive.place.file.to_string()),
        ("line", directive.place.line.to_string()),
    ]);
    let clauses: Vec<&str> = directive.cites.iter().filter_map(|cite| cite.clause.as_deref()).collect();
    if !clauses.is_empty() {
        more.insert("clauses", clauses.join(", "));
    }
    let (help, markdown) = help(pack, directive, title, words);
    Rule {
        id: directive.name.to_string(),
        deprecated_ids: directive.formerly.clone(),
        short_description: Text::plain(title),
        full_description: Text::plain(&full),
        help: Text::with_markdown(&help, markdown),
        default_configuration: Configuration { level: level(severity) },
        properties: RuleProperties {
            tags: directive.tags.clone(),
            precision: "very-high",
            problem_severity: problem_severity(severity),
            more,
        },
    }
}

/// `§3.9 “…”`
fn passage(pack: &Pack, cite: &PackCite, words: &Words) -> Option<String> {
    let quote = cite.quote(pack.language)?;
    let clause = cite.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
    Some(format!("{clause}{}{}{}", words.open_quote, quote.text, words.close_quote))
}

/// What to do about a broken directive, plain and in Markdown, with the words of the plan in every language.
fn help(pack: &Pack, directive: &PackDirective, title: &str, words: &Words) -> (String, String) {
    let mut plain = title.to_owned();
    let mut markdown = format!("**{}**\n", escaped(title));
    let help = pack.text(&directive.help);
    if !help.is_empty() {
        let _infallible = write!(plain, "\n{}{}{help}", words.help, words.colon);
        let _infallible = write!(markdown, "\n**{}**{}{}\n", words.help, words.colon, with_code(help));
    }
    for cite in &directive.cites {
        let clause = cite.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
        for quote in cite.quotes.iter().flatten() {
            let _infallible = write!(plain, "\n{clause}{}:{} {}", quote.source, quote.line, quote.text);
            let _infallible = write!(markdown, "\n> {}{}\n", escaped(&clause), escaped(&quote.text));
        }
    }
    let _infallible = write!(plain, "\nplancheck explain {}", directive.name);
    (plain, markdown)
}

fn of_code(entry: &Entry, language: &str) -> Rule {
    let summary = entry.summary(language);
    Rule {
        id: entry.name.to_owned(),
        deprecated_ids: Vec::new(),
        short_description: Text::plain(summary),
        full_description: Text::plain(summary),
        help: Text::with_markdown(&format!("{summary}\nplancheck explain {}", entry.name), entry.text.to_owned()),
        default_configuration: Configuration { level: level(entry.severity) },
        properties: RuleProperties {
            tags: vec!["proposal".to_owned()],
            precision: "very-high",
            problem_severity: problem_severity(entry.severity),
            more: BTreeMap::new(),
        },
    }
}
