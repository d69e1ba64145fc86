//! From the parsed files of a rule pack to the resolved rulebook: a file a matter.

mod assembly;
pub(super) mod cases;
pub(crate) mod citation;
mod constant;
mod dimension;
mod fact;
pub(super) mod files;
mod group;
mod items;
mod limits;
mod lost;
mod map;
pub(crate) mod names;
mod nearest_passage;
mod options;
mod parsing;
mod pattern;
mod plan;
mod relation;
mod shape;
mod source;
mod tests;
mod texts;
mod unknown;
mod vocabulary;
mod warnings;

pub(super) use assembly::{Built, Purpose, build};
pub(crate) use pattern::pattern;
pub(super) use source::folded;
pub(crate) use texts::{by_language, period, texts};
