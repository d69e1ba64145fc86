//! A report held against what its check comes to when it is run again: the same, or what differs and why.

mod compare;
mod human;
mod json;
mod phrases;

pub use compare::compare;
pub use human::human;
pub use json::json;

use serde_json::Value;

use crate::checker::report::{Digest, SteeringRole};

/// What came out.
#[derive(Debug)]
pub struct Recheck {
    /// What the report is called.
    pub report: String,
    /// How many inputs were judged again.
    pub inputs: u64,
    /// The day that the check is as of.
    pub as_of: String,
    /// Whether it is the same.
    pub outcome: Outcome,
    /// What the report was made from that is another now.
    pub causes: Vec<Cause>,
    /// Proposals that come out otherwise.
    pub turns: Vec<Turn>,
    /// Places of the report that differ.
    pub differences: Vec<Difference>,
}

impl Recheck {
    /// Whether a place of the report differs, and nothing that it hangs on.
    pub fn is_edited(&self) -> bool {
        self.differences.iter().any(|difference| difference.because == Because::Edited)
    }
}

/// Whether a report comes out the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Byte for byte.
    Stands,
    /// It says the same and is laid out otherwise from this line and column on, both from 1.
    LaidOutAnew(usize, usize),
    /// It says something else.
    Differs,
}

/// Something that a report was made from and that is another now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The version of the tool: then, now.
    Version(String, String),
    /// The digest of the rule pack: then, now.
    Rules(String, String),
    /// A file that steers the run: what it is for, its name, what it held then and holds now.
    File(SteeringRole, String, Digest, Digest),
    /// An input: its name, what it held then and, if it could be read, holds now.
    Input(String, Digest, Option<Digest>),
}

/// Why a place of the report differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Another version of the tool.
    Version,
    /// Another rule pack.
    Rules,
    /// Other waivers, settings or baseline.
    File,
    /// Another input.
    Input,
    /// Nothing that it was made from: the report was edited.
    Edited,
}

impl Because {
    /// The word that `json` uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Rules => "rules",
            Self::File => "file",
            Self::Input => "input",
            Self::Edited => "edited",
        }
    }
}

/// A place of the report that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where it is in the report, as a JSON pointer; `…/-` for an element that the report lacks.
    pub pointer: String,
    /// What stands there.
    pub before: Option<Value>,
    /// What comes out.
    pub after: Option<Value>,
    /// Why.
    pub because: Because,
}

/// A proposal that comes out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Its file.
    pub path: String,
    /// Its number in the file.
    pub index: u64,
    /// Its identifier.
    pub id: Option<String>,
    /// Its status in the report; `None` if it is not in it.
    pub before: Option<String>,
    /// Its status now; `None` if there is no such proposal now.
    pub after: Option<String>,
    /// Code and verdict of the findings that are in the report only.
    pub gone: Vec<(String, String)>,
    /// Those of the findings that come out only now.
    pub come: Vec<(String, String)>,
    /// Why.
    pub because: Because,
}
