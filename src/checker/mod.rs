//! Many proposals: finding files, reading and judging them on a pool of threads, and handing out reports in order.

mod checker;
mod closing;
mod count;
mod document;
pub mod encoding;
mod feed;
mod findings;
pub mod options;
pub mod output;
mod place;
pub mod report;
mod run;
pub mod tests;
pub mod walk;
mod worker;

pub use checker::Checker;
