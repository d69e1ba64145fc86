//! Files that people write in TOML to steer a run, read with the place of everything, so that a mistake is shown where it
//! stands.

mod fields;
mod tree;

pub use fields::{Fields, Taken};
pub use tree::{Key, Table, Value, ValueKind, read};

/// In which of the reader's languages messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speech {
    /// Whether it is Chinese; English if not.
    pub chinese: bool,
}

impl Speech {
    /// That of a language tag, `en` or `zh`.
    pub fn of(language: &str) -> Self {
        Self { chinese: language == "zh" }
    }

    /// One of two texts.
    pub fn say<T>(self, english: impl FnOnce() -> T, chinese: impl FnOnce() -> T) -> T {
        if self.chinese { chinese() } else { english() }
    }
}
