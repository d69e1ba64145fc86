//! plancheck checks project proposals against the directives of a plan.
pub mod analysis;
pub mod catalogue;
pub mod checker;
#[doc(hidden)]
pub mod cli;
pub mod configuration;
pub mod diagnostic;
pub mod engine;
pub mod report;
pub mod rulebook;
pub mod syntax;
pub mod text;
pub mod value;
