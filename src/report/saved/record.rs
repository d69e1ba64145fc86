//! The shapes of what a saved report tells of the run that made it.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, de};

use crate::checker::report::{self, InputDigest, RunRecord, SteeringFile, SteeringRole};

/// Options and files; inputs stand in a list of their own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct Record {
    options: Vec<String>,
    files: Vec<File>,
    portfolio: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "for")]
    role: Role,
    path: String,
    digest: Digest,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Role {
    Waivers,
    Baseline,
    Settings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct Input {
    path: Arc<str>,
    digest: Digest,
    #[serde(default)]
    standard_input: bool,
}

struct Digest(report::Digest);

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digest = report::Digest::parse(&text);
        digest.map(Self).ok_or_else(|| de::Error::custom(format!("`{text}` is no digest")))
    }
}

impl Input {
    pub(in crate::report) fn into_input(self) -> InputDigest {
        InputDigest { path: self.path, digest: self.digest.0, is_standard_input: self.standard_input }
    }
}

impl Record {
    pub(in crate::report) fn into_record(self, inputs: Vec<Input>) -> RunRecord {
        let file = |file: File| SteeringFile {
            role: match file.role {
                Role::Waivers => SteeringRole::Waivers,
                Role::Baseline => SteeringRole::Baseline,
                Role::Settings => SteeringRole::Settings,
            },
            path: file.path,
            digest: file.digest.0,
        };
        RunRecord {
            options: self.options,
            files: self.files.into_iter().map(file).collect(),
            portfolio: self.portfolio,
            inputs: inputs.into_iter().map(Input::into_input).collect(),
        }
    }
}
