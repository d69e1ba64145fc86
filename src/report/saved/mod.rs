//! A saved `json` report, read back strictly: what it says is either taken whole or refused with its place.

mod pack;
pub(super) mod record;
pub(super) mod shapes;
mod sound;

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;

use self::shapes::Document;
use crate::checker::report::{Pack, Report};
use crate::text::display::shown;

/// The version of the `json` format that is read and written.
pub const SCHEMA: u64 = 1;

/// A report that was read back.
#[derive(Debug)]
pub struct Saved {
    /// What it says. Its pack holds what the findings themselves tell; see [`Saved::take_pack`].
    pub report: Report,
    /// The version of the tool that wrote it.
    pub tool: String,
    /// Whether it holds statistics.
    pub has_statistics: bool,
}

/// Why a report is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedError {
    /// The line and column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for SavedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(f, "{line}:{column}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl SavedError {
    fn of(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        // The place stands in a field of its own.
        let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
        let place = (error.line() > 0).then(|| (error.line(), error.column().max(1)));
        Self { place, message: shown(message) }
    }
}

/// What is looked at before anything else.
#[derive(Deserialize)]
struct Front {
    #[serde(default)]
    schema: Option<serde_json::Value>,
}

/// Reads a report.
///
/// # Errors
/// Where it is no JSON, not of this version, not as the tool writes reports, or contradicts itself.
pub fn read(bytes: &[u8]) -> Result<Saved, SavedError> {
    let saved = read_as_it_is(bytes)?;
    match sound::fault(&saved) {
        Some(fault) => Err(SavedError { place: None, message: fault }),
        None => Ok(saved),
    }
}

/// Reads a report that may contradict itself, to be held against what it should be.
///
/// # Errors
/// Where it is no JSON, not of this version, or not as the tool writes reports.
pub fn read_as_it_is(bytes: &[u8]) -> Result<Saved, SavedError> {
    let whole = |message: String| SavedError { place: None, message };
    let front: Front = serde_json::from_slice(bytes).map_err(|error| SavedError::of(&error))?;
    match front.schema {
        Some(schema) if schema.as_u64() == Some(SCHEMA) => {},
        Some(schema) => {
            let schema = shown(&schema.to_string());
            return Err(whole(format!(
                "it is of schema {schema}, and this plancheck reads schema {SCHEMA}: use the version that wrote it"
            )));
        },
        None => return Err(whole("it has no `schema` and is no report of `plancheck check --format json`".to_owned())),
    }
    let document: Document = serde_json::from_slice(bytes).map_err(|error| SavedError::of(&error))?;
    Ok(document.into_saved())
}

impl Saved {
    /// Takes what there is to say of the rule pack from the pack itself, if it is the one that the report was made with.
    pub fn take_pack(&mut self, digest: &str, pack: Pack) -> bool {
        let is_same = self.report.header.digest == digest;
        if is_same {
            self.report.header.pack = Arc::new(pack);
            shapes::count(&mut self.report, self.has_statistics);
        }
        is_same
    }
}
