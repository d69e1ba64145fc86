//! plancheck checks project proposals against the directives of a plan.
pub mod diagnostic;
pub mod syntax;
pub mod text;
pub mod value;
