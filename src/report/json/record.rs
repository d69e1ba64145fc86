//! What `json` tells of the run that made the report.

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use super::entries;
use crate::checker::report::{InputDigest, RunRecord};

/// Options and files; inputs are a list of their own.
#[derive(serde::Serialize)]
pub(in crate::report) struct Record<'a> {
    options: &'a [String],
    files: Vec<File<'a>>,
    portfolio: bool,
}

#[derive(serde::Serialize)]
struct File<'a> {
    #[serde(rename = "for")]
    role: &'static str,
    path: &'a str,
    digest: String,
}

impl<'a> From<&'a RunRecord> for Record<'a> {
    fn from(record: &'a RunRecord) -> Self {
        let files = record.files.iter().map(|file| File {
            role: file.role.word(),
            path: &file.path,
            digest: file.digest.to_string(),
        });
        Self { options: &record.options, files: files.collect(), portfolio: record.portfolio }
    }
}

/// A file that was judged, as part of something that is written through serde.
pub(in crate::report) struct Input<'a>(pub(in crate::report) &'a InputDigest);

impl Serialize for Input<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = Vec::new();
        entries::input(&mut written, self.0);
        let text = String::from_utf8(written).map_err(S::Error::custom)?;
        RawValue::from_string(text).map_err(S::Error::custom)?.serialize(serializer)
    }
}
