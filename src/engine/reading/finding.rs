//! What is wrong with the shape of a proposal, as data; `message.rs` puts it into words.

use crate::diagnostic::Severity;
use crate::engine::record::Extent;
use crate::rulebook::{ColumnId, DimensionId, TableId, UnitId, VocabularyId};
use crate::value::Number;

/// The codes of findings on shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the code of that name")]
pub enum ShapeCode {
    DuplicateKey,
    DuplicateTerm,
    UnknownField,
    MissingField,
    WrongType,
    UnknownTerm,
    BadUnit,
    BadDate,
    Pattern,
    OutOfRange,
    TooDeep,
}

impl ShapeCode {
    /// The name that reports use.
    pub fn code(self) -> &'static str {
        match self {
            Self::DuplicateKey => "proposal/duplicate-key",
            Self::DuplicateTerm => "proposal/duplicate-term",
            Self::UnknownField => "proposal/unknown-field",
            Self::MissingField => "proposal/missing-field",
            Self::WrongType => "proposal/wrong-type",
            Self::UnknownTerm => "proposal/unknown-term",
            Self::BadUnit => "proposal/bad-unit",
            Self::BadDate => "proposal/bad-date",
            Self::Pattern => "proposal/pattern",
            Self::OutOfRange => "proposal/out-of-range",
            Self::TooDeep => "proposal/too-deep",
        }
    }

    /// How grave such findings are.
    pub fn severity(self) -> Severity {
        match self {
            Self::UnknownField | Self::DuplicateTerm => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// Something wrong with the shape of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapeFinding {
    /// What sort of thing it is.
    pub code: ShapeCode,
    /// JSON pointer within the proposal.
    pub pointer: String,
    /// The place: of a value, of a key, or of the opening brace of the object that lacks a field.
    pub extent: Extent,
    /// What the message needs.
    pub detail: Detail,
}

/// A column of the shape.
pub type FieldId = (TableId, ColumnId);

/// What the message of a finding needs. Texts from the proposal are cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// The key.
    DuplicateKey(String),
    /// The term, and the field that lists it.
    DuplicateTerm(FieldId, VocabularyId, u16),
    /// The key, where it stands, and whether to look for a key that was meant.
    UnknownField(String, Owner, bool),
    /// What is missing.
    MissingField(Asked),
    /// What was found, and what was asked for.
    WrongType(Found, Asked),
    /// The spelling, where it stands, its vocabulary, and whether to look for the term that was meant.
    UnknownTerm(String, Asked, VocabularyId, bool),
    /// The unit, if there is one, and the field.
    BadUnit(Option<String>, FieldId, DimensionId),
    /// The text and the field.
    BadDate(String, FieldId),
    /// The text and the field.
    Pattern(String, FieldId),
    /// How it passes its bounds, and the field.
    OutOfRange(Excess, FieldId),
    /// More levels than allowed.
    TooDeep,
}

/// The object that a key stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A row of that table.
    Row(TableId),
    /// A record.
    Record(FieldId),
    /// A quantity.
    Quantity,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The proposal itself.
    Proposal,
    /// A value of a field.
    Field(FieldId),
    /// An element of a list of records.
    Row(TableId),
    /// A member of the set that a field is.
    Member(FieldId),
    /// The amount of a quantity.
    Amount(FieldId),
    /// The unit of a quantity.
    Unit(FieldId),
}

/// What stands there in place of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number, as written.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    Array,
    /// An object.
    Object,
}

/// How a value passes its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Excess {
    /// A number of too many digits, or too large or small to be kept, as written.
    Digits(String),
    /// A number below the least, with the unit that it was given in.
    TooSmall(Number, Option<UnitId>),
    /// A number above the most.
    TooLarge(Number, Option<UnitId>),
    /// A date before the first.
    TooEarly(String),
    /// A date after the last.
    TooLate(String),
    /// So many characters, fewer than asked for.
    TooShort(usize),
    /// So many characters, more than allowed.
    TooLong(usize),
    /// So many items at most, fewer than asked for.
    TooFew(u32),
    /// So many items at least, more than allowed.
    TooMany(u32),
}
