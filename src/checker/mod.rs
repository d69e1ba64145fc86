//! Many proposals: finding files, reading and judging them on a pool of threads, and handing out reports in order.

pub mod encoding;
pub mod options;
pub mod output;
pub mod report;
mod run;
pub mod tests;
pub mod walk;

pub use run::Checker;
