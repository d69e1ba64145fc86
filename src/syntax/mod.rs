//! The plan language as text: words, tokens, the tree, and the parser. Parsing never fails: it gives a tree and a list of errors.

pub mod layout;
pub mod lexer;
mod literal;
pub mod parser;
pub mod token;
pub mod tree;
pub mod words;

pub use parser::{Dialect, Parsed, parse, parse_expression};
