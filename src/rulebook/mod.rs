//! A rule pack, resolved, typed and checked. It knows nothing of JSON text, terminals or the engine.

mod build;
mod dialect;
mod directive;
pub mod expression;
mod load;
mod map;
mod model;
mod places;
mod shape;
mod typing;

pub use dialect::{dialect_of_folder, dialect_of_henan};
pub use directive::*;
pub use load::RulebookError;
pub use map::*;
pub use model::*;
pub use shape::*;
