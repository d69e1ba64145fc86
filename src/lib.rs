//! plancheck checks project proposals against the directives of a plan.
pub mod checker;
pub mod diagnostic;
pub mod engine;
pub mod rulebook;
pub mod syntax;
pub mod text;
pub mod value;
