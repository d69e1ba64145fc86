//! Markdown.

pub(in crate::report) mod text;
