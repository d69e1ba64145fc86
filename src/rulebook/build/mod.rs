//! From the parsed files of a rule pack to the resolved rulebook.

pub(crate) mod names;
mod texts;

pub(crate) use texts::{period, texts};
