//! What `json` tells of the run that made the report.

use serde::Serialize;

use crate::checker::report::{InputDigest, RunRecord};

/// Options and files; inputs are a list of their own, a line each.
#[derive(Serialize)]
pub(in crate::report) struct Record<'a> {
    options: &'a [String],
    files: Vec<File<'a>>,
    portfolio: bool,
}

#[derive(Serialize)]
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

/// A file that was judged.
#[derive(Serialize)]
pub(in crate::report) struct Input<'a> {
    path: &'a str,
    digest: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    standard_input: bool,
}

impl<'a> From<&'a InputDigest> for Input<'a> {
    fn from(input: &'a InputDigest) -> Self {
        Self { path: &input.path, digest: input.digest.to_string(), standard_input: input.is_standard_input }
    }
}
