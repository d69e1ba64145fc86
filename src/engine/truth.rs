//! Truth values of the three-valued logic of Kleene.

use std::ops::Not;

use serde::{Deserialize, Serialize};

/// False, unknown or true; `and` is the least and `or` the greatest of its operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the value")]
pub enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The value itself, or its negation where `wanted` is false; for `is` and `is not`, `in` and `not in`.
    #[must_use]
    pub fn when(self, wanted: bool) -> Self {
        if wanted { self } else { !self }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}
