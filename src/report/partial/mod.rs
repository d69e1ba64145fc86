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
use crate::checker::report::{RunRecord, Translation};
use crate::text::display::shown;

/// The version of the format.
const SCHEMA: u64 = 1;

/// The version of the tool.
const TOOL: &str = env!("CARGO_PKG_VERSION");

/// The first line; `R` is the record of the run, as it is written or read.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct First<R> {
    partial: u64,
    tool: String,
    plan: String,
    digest: String,
    as_of: String,
    record: R,
}

/// How proposals were judged. It is the same in all parts of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The name of the plan.
    pub plan: String,
    /// The digest of the rule pack.
    pub digest: String,
    /// The day that proposals were judged as of.
    pub as_of: String,
    /// The options, and the files that steered the run; its inputs stand elsewhere.
    pub record: RunRecord,
}

impl Setup {
    /// In what another part was made otherwise, and what to do; `None` if the two go together.
    pub fn difference(&self, other: &Self, name: &str) -> Option<String> {
        let files = |setup: &Self| {
            let named = setup.record.files.iter().map(|file| format!("{} ({})", file.path, file.digest));
            named.collect::<Vec<_>>().join(", ")
        };
        let options = |setup: &Self| setup.record.options.join(" ");
        let rows = [
            ("the rule pack is", self.digest.clone(), other.digest.clone(), "the same --rules"),
            ("the day is", self.as_of.clone(), other.as_of.clone(), "the same --as-of"),
            ("the options are", options(self), options(other), "the same options"),
            ("waivers and baseline are", files(self), files(other), "the same files"),
        ];
        let (what, mine, theirs, same) = rows.into_iter().find(|(_, mine, theirs, _)| mine != theirs)?;
        let (mine, theirs) = (shown(&mine), shown(&theirs));
        Some(format!(
            "{what} `{mine}`, and in `{name}` `{theirs}`: parts are merged only if all were checked alike; check each with {same}"
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

/// The last line; `F` is a failure, `I` an input and `T` are the tallies, as they are written or read.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Foot<F, I, T> {
    files: u64,
    unreadable: u64,
    proposals: u64,
    unapplied_directives: Vec<Arc<str>>,
    unapplied_proposals: u64,
    saw_folder: bool,
    failures: Vec<F>,
    inputs: Vec<I>,
    tallies: T,
}

/// The last line, with the key that tells it from a proposal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last<F, I, T> {
    end: Foot<F, I, T>,
}
