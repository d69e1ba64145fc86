//! What is on record of a run, so that it can be run again and compared.

use serde::{Deserialize, Serialize};

/// How a run was asked for: the arguments of `plancheck check` that shape what comes out, files of settings resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunRecord {
    /// The arguments, the paths last.
    pub arguments: Vec<String>,
}

impl RunRecord {
    /// The language that messages are in.
    pub fn language(&self) -> &str {
        let mut arguments = self.arguments.iter();
        arguments.find(|argument| *argument == "--lang").and_then(|_| arguments.next()).map_or("en", String::as_str)
    }
}

/// Digests of what was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// How many files were read.
    pub files: u64,
    /// Stretches of files in order, each with one digest over theirs; a stretch is one file where there are few.
    pub stretches: Vec<Stretch>,
}

/// Some files that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// The first of the files.
    pub path: String,
    /// How many they are.
    pub files: u64,
    /// Of one file the SHA-256 of its bytes; of several, that of their digests one after the other.
    pub sha256: String,
}
