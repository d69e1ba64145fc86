//! Partial results: what a run over a part of a portfolio leaves for `plancheck merge`.
//!
//! The first line says what was judged how; then comes a line a proposal, in order; the last line says what the part came
//! to, with the tallies of the portfolio directives. Nobody but the version that wrote it reads it.

mod read;
mod write;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::read::PartialReader;
pub use self::write::PartialWriter;
use crate::checker::report::Translation;

/// The version of the format.
const SCHEMA: u64 = 1;

/// The version of the tool.
const TOOL: &str = env!("CARGO_PKG_VERSION");

/// How proposals were judged. It is the same in all parts of a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The language of messages, `en` or `zh`.
    pub language: String,
    /// The options of `check` that bear on the report, as arguments.
    pub arguments: Vec<String>,
    /// The files that steered the run, each with its digest.
    pub files: Vec<(String, String)>,
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    partial: u64,
    tool: String,
    /// The name of the plan.
    pub plan: String,
    /// The digest of the rule pack.
    pub digest: String,
    /// The day that proposals were judged as of.
    pub as_of: String,
    /// How they were judged.
    pub setup: Setup,
}

impl Head {
    /// In what another part was made otherwise, and what to do; `None` if the two go together.
    pub fn difference(&self, other: &Self, name: &str) -> Option<String> {
        let list = |arguments: &[String]| arguments.join(" ");
        let files = |files: &[(String, String)]| {
            let named = files.iter().map(|(name, digest)| format!("{name} ({digest})"));
            named.collect::<Vec<_>>().join(", ")
        };
        let rows = [
            ("the rule pack", self.digest.clone(), other.digest.clone(), "the same --rules"),
            ("the day", self.as_of.clone(), other.as_of.clone(), "the same --as-of"),
            ("the language", self.setup.language.clone(), other.setup.language.clone(), "the same --lang"),
            ("what is asked", list(&self.setup.arguments), list(&other.setup.arguments), "the same options"),
            ("waivers or baseline", files(&self.setup.files), files(&other.setup.files), "the same files"),
        ];
        let (what, mine, theirs, same) = rows.into_iter().find(|(_, mine, theirs, _)| mine != theirs)?;
        Some(format!(
            "{what} is `{mine}`, and in `{name}` it is `{theirs}`: parts are merged only if all were checked alike; check each with {same}"
        ))
    }
}

/// What stands beside a proposal for formats that are browsed.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    /// Where it belongs and what it claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    facets: Option<(Option<u16>, Vec<Vec<u16>>)>,
    /// Each finding in the other of the tool's languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    translations: Vec<Option<Translation>>,
}

/// The last line; `F` is a failure and `T` are the tallies, as they are written or read.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Foot<F, T> {
    files: u64,
    unreadable: u64,
    proposals: u64,
    unapplied_directives: Vec<Arc<str>>,
    unapplied_proposals: u64,
    saw_folder: bool,
    failures: Vec<F>,
    tallies: T,
}

/// The last line, with the key that tells it from a proposal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last<F, T> {
    end: Foot<F, T>,
}
