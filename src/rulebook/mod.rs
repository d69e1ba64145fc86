//! A rule pack, resolved, typed and checked. It knows nothing of JSON text, terminals or the engine.

mod build;
pub mod coverage;
mod dialect;
mod directive;
mod drift;
pub mod expression;
mod load;
mod map;
mod model;
pub mod parts;
mod pattern;
pub(crate) mod places;
mod shape;
mod starter;
mod typing;

pub use dialect::{dialect_of_folder, dialect_of_henan};
pub use directive::*;
pub use drift::*;
pub use load::RulebookError;
pub use map::*;
pub use model::*;
pub use pattern::Pattern;
pub use shape::*;
pub use starter::{PackFile, starter};
