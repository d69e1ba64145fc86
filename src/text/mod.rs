//! Where text lives: files of a rule pack, spans in them, lines and columns, lenient comparison, near names, safe display.

pub mod display;
mod file;
pub mod lookup;
pub mod nearest;
pub mod normal;

pub use file::{FileId, Lines, Position, SourceFile, Sources, Span};
