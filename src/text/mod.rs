//! Where text lives: files of a rule pack, spans in them, lines and columns, lenient comparison, near names, safe display,
//! digits of digests, bytes of some kind.

pub mod display;
mod file;
mod hexadecimal;
pub mod lookup;
pub mod nearest;
pub mod normal;
pub mod scan;

pub use file::{FileId, Lines, Position, SourceFile, Sources, Span, characters};
pub use hexadecimal::{append_hexadecimal, hexadecimal};
