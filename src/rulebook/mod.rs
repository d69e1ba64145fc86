//! A rule pack, resolved, typed and checked. It knows nothing of JSON text, terminals or the engine.

pub mod expression;
mod load;
mod model;
mod shape;

pub use load::RulebookError;
pub use model::*;
pub use shape::*;
