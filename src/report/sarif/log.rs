//! A SARIF 2.1.0 log as it is written: shapes that know nothing of proposals, for whoever has rules and results.
//!
//! A log is written in three steps, so that results can be streamed: [`begin`], each [`Outcome`], [`end`].

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::report::safe::append;

/// Where the schema is published.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What relative paths of checked files start from.
pub(in crate::report) const SOURCE_ROOT: &str = "%SRCROOT%";

/// What relative paths of the rule pack's files start from.
pub(in crate::report) const RULES_ROOT: &str = "RULES";

/// What stands between two results.
pub(in crate::report) const SEPARATOR: &str = ",\n";

/// A text.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Text {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

impl Text {
    /// A plain text in which nothing is a link: brackets that could make one are escaped.
    pub(in crate::report) fn plain(text: &str) -> Self {
        let text = match text.contains("](") {
            true => text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"),
            false => text.to_owned(),
        };
        Self { text, markdown: None }
    }

    /// A plain text, and the same in Markdown.
    pub(in crate::report) fn with_markdown(text: &str, markdown: String) -> Self {
        Self { markdown: Some(markdown), ..Self::plain(text) }
    }
}

/// A rule: what every result of one kind shares.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Rule {
    pub id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deprecated_ids: Vec<String>,
    pub short_description: Text,
    pub full_description: Text,
    pub help: Text,
    pub default_configuration: Configuration,
    pub properties: RuleProperties,
}

/// What a rule's results are if nothing else is said.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Configuration {
    pub level: &'static str,
}

/// What code scanning shows and sorts by.
#[derive(Debug, Serialize)]
pub(in crate::report) struct RuleProperties {
    pub tags: Vec<String>,
    pub precision: &'static str,
    #[serde(rename = "problem.severity")]
    pub problem_severity: &'static str,
    #[serde(flatten)]
    pub more: BTreeMap<&'static str, String>,
}

/// The level of a severity.
pub(in crate::report) fn level(severity: Severity) -> &'static str {
    severity.word()
}

/// The word of code scanning for a severity.
pub(in crate::report) fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

/// A place in a file, or a whole file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    pub physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Text>,
}

impl Place {
    /// A place in a file.
    pub(in crate::report) fn new(uri: String, base: Option<&'static str>, region: Option<Region>) -> Self {
        let artifact_location = ArtifactLocation { uri, uri_base_id: base };
        Self {
            id: None,
            physical_location: PhysicalLocation { artifact_location, region },
            logical_locations: Vec::new(),
            message: None,
        }
    }
}

/// A file, and the place in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

/// Lines and columns from 1, columns in characters, the end behind the last character.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Region {
    pub start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<u32>,
}

/// A place by its name, such as a JSON pointer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct LogicalLocation {
    pub fully_qualified_name: String,
}

/// A result.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Outcome {
    pub rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<usize>,
    pub level: &'static str,
    pub message: Text,
    /// At least one.
    pub locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Place>,
    pub partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<&'static str, serde_json::Value>,
}

impl Outcome {
    /// Writes the result.
    pub(in crate::report) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"        ");
        append(out, self);
    }
}

/// What tells a result from others over time. Code scanning asks for the first by that name.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Fingerprints {
    #[serde(rename = "primaryLocationLineHash")]
    line: String,
    #[serde(rename = "plancheck/v1")]
    own: String,
}

impl Fingerprints {
    /// Those of a finding's fingerprint.
    pub(in crate::report) fn of(fingerprint: &str) -> Self {
        Self { line: format!("{fingerprint}:1"), own: fingerprint.to_owned() }
    }
}

/// Why a result does not count.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Suppression {
    pub kind: &'static str,
    pub status: &'static str,
    pub justification: String,
}

impl Suppression {
    /// One that was decided elsewhere than in the checked file.
    pub(in crate::report) fn accepted(justification: String) -> Self {
        Self { kind: "external", status: "accepted", justification }
    }
}

/// Something that kept the tool from its work.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Notification {
    pub descriptor: Descriptor,
    pub level: &'static str,
    pub message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Place>,
}

/// A reference to what a notification is about.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Descriptor {
    pub id: String,
}

/// How the run went.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Invocation {
    pub execution_successful: bool,
    pub exit_code: u8,
    pub tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: &'a [Rule],
}

/// Writes everything up to the first result.
pub(in crate::report) fn begin(out: &mut Vec<u8>, category: &str, rules: &[Rule]) {
    out.extend_from_slice(b"{\n  \"$schema\": ");
    append(out, &SCHEMA);
    out.extend_from_slice(b",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n");
    entry(
        out,
        "tool",
        &Tool { driver: Driver { name: env!("CARGO_PKG_NAME"), semantic_version: env!("CARGO_PKG_VERSION"), rules } },
    );
    entry(out, "automationDetails", &BTreeMap::from([("id", format!("plancheck/{category}/"))]));
    let base = |text: &str| BTreeMap::from([("description", Text::plain(text))]);
    entry(
        out,
        "originalUriBaseIds",
        &BTreeMap::from([
            (SOURCE_ROOT, base("the folder that the check ran in")),
            (RULES_ROOT, base("the folder of the rule pack")),
        ]),
    );
    entry(out, "columnKind", &"unicodeCodePoints");
    out.extend_from_slice(b"      \"results\": [\n");
}

/// Writes everything after the last result.
pub(in crate::report) fn end(out: &mut Vec<u8>, invocation: &Invocation, properties: &impl Serialize) {
    out.extend_from_slice(b"\n      ],\n");
    entry(out, "invocations", &[invocation]);
    out.extend_from_slice(b"      \"properties\": ");
    append(out, properties);
    out.extend_from_slice(b"\n    }\n  ]\n}\n");
}

fn entry(out: &mut Vec<u8>, key: &str, value: &impl Serialize) {
    out.extend_from_slice(b"      ");
    append(out, &key);
    out.extend_from_slice(b": ");
    append(out, value);
    out.extend_from_slice(b",\n");
}
