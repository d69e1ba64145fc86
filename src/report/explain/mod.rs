//! Why a directive has its verdict, step by step, for people and as JSON.

mod human;
mod json;
mod portfolio;
pub(super) mod tree;
pub(in crate::report) mod words;

pub use human::human;
pub(super) use human::steps_of as steps;
pub use json::json;
pub(super) use portfolio::steps_of as portfolio_steps;
pub use portfolio::{human as portfolio_human, json as portfolio_json};
