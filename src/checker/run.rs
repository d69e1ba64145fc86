//! A check from the paths to the closing.

use std::path::PathBuf;

use super::options::Options;
use super::output::{Output, Progress};
use super::report::{Closing, Failure};
use crate::rulebook::Rulebook;

/// A rule pack made ready to judge proposals.
#[derive(Debug)]
pub struct Checker<'a> {
    _book: &'a Rulebook,
    _options: Options,
}

impl<'a> Checker<'a> {
    /// Makes a rule pack ready.
    ///
    /// # Errors
    /// The options that cannot be carried out.
    pub fn new(book: &'a Rulebook, options: Options) -> Result<Self, Vec<Failure>> {
        Ok(Self { _book: book, _options: options })
    }

    /// Judges every proposal that the paths hold.
    pub fn run(&self, _paths: &[PathBuf], _outputs: &mut [Box<dyn Output>], _progress: &dyn Progress) -> Closing {
        Closing::default()
    }
}
