//! Why a directive has its verdict, step by step, for people and as JSON.

mod human;
mod json;
mod portfolio;
pub(super) mod tree;
mod words;

pub use human::human;
pub use json::json;
pub use portfolio::{human as portfolio_human, json as portfolio_json};
