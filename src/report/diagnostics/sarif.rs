//! What is wrong with a rule pack as SARIF 2.1.0: each code is a rule of its own.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::super::location::Location;
use super::super::sarif;
use super::super::sarif::log::{
    self, Configuration, Fingerprints, Invocation, Outcome, Place, Rule, RuleProperties, SOURCE_ROOT, Text,
};
use super::{Pack, Settings};
use crate::catalogue;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::hexadecimal;

/// The whole log.
pub(super) fn write(diagnostics: &[Diagnostic], pack: Pack<'_>, settings: Settings) -> Vec<u8> {
    let mut codes: Vec<&str> = diagnostics.iter().map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Rule> = codes.iter().map(|code| rule(code, settings.language.tag())).collect();
    let mut out = Vec::new();
    log::begin(&mut out, "lint", &rules);
    let mut told: BTreeMap<String, u32> = BTreeMap::new();
    for (diagnostic, number) in diagnostics.iter().zip(0..) {
        if number > 0 {
            out.extend_from_slice(log::SEPARATOR.as_bytes());
        }
        outcome(diagnostic, &codes, pack, &mut told).write(&mut out);
    }
    let failed = diagnostics.iter().any(|one| one.severity == Severity::Error);
    let invocation = Invocation {
        execution_successful: true,
        exit_code: u8::from(failed),
        tool_execution_notifications: Vec::new(),
    };
    log::end(&mut out, &invocation, &Properties { verb: "lint" });
    out
}

#[derive(Serialize)]
struct Properties {
    verb: &'static str,
}

fn rule(code: &str, language: &str) -> Rule {
    let entry = catalogue::find(code);
    let severity = entry.map_or(Severity::Error, |entry| entry.severity);
    let summary = entry.map_or(code, |entry| entry.summary(language));
    let page = entry.map(|entry| entry.text).unwrap_or_default();
    Rule {
        id: code.to_owned(),
        deprecated_ids: Vec::new(),
        short_description: Text::plain(summary),
        full_description: Text::plain(summary),
        help: Text::with_markdown(summary, page.to_owned()),
        default_configuration: Configuration { level: log::level(severity) },
        properties: RuleProperties {
            tags: vec!["rule-pack".to_owned()],
            precision: "very-high",
            problem_severity: log::problem_severity(severity),
            more: BTreeMap::new(),
        },
    }
}

fn outcome(diagnostic: &Diagnostic, codes: &[&str], pack: Pack<'_>, told: &mut BTreeMap<String, u32>) -> Outcome {
    let mut labels = diagnostic.labels.iter();
    let first = labels.next().map(|label| place(label, pack));
    let nowhere = || Place::new(Location::of(pack.folder, None).uri().0, Some(SOURCE_ROOT), None);
    let words = match &diagnostic.help {
        Some(help) => format!("{}; {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let file = diagnostic.span().map(|span| pack.files.name(span.file)).unwrap_or_default();
    // What is told does not hang on lines: moved rules keep their fingerprints.
    let subject = format!("{}\n{file}\n{}", diagnostic.code, diagnostic.message);
    let count = told.entry(subject.clone()).or_default();
    *count += 1;
    let digest = Sha256::digest(format!("{subject}\n{count}"));
    let fingerprint = hexadecimal(digest.get(..16).unwrap_or(&digest));
    Outcome {
        rule_id: diagnostic.code.to_owned(),
        rule_index: codes.binary_search(&diagnostic.code).ok(),
        level: log::level(diagnostic.severity),
        message: Text::plain(&words),
        locations: vec![first.unwrap_or_else(nowhere)],
        related_locations: labels
            .map(|label| Place { message: Some(Text::plain(&label.text)), ..place(label, pack) })
            .collect(),
        partial_fingerprints: Fingerprints::of(&fingerprint),
        suppressions: Vec::new(),
        properties: BTreeMap::new(),
    }
}

fn place(label: &Label, pack: Pack<'_>) -> Place {
    let (start, end) = pack.ends(label.span);
    sarif::place(&Location::of(&pack.path(label.span.file), None), start, end)
}
