//! Runs the `test` items of a rule pack.

use super::report::TestOutcome;
use crate::rulebook::Rulebook;

/// The outcome of every test item, in the order of the pack.
pub fn run_tests(_book: &Rulebook) -> Vec<TestOutcome> {
    Vec::new()
}
