//! Many proposals: finding files, reading and judging them on a pool of threads, and handing out reports in order.

mod acceptance;
pub mod again;
pub mod atlas;
pub mod baseline;
mod closing;
mod count;
mod desk;
mod document;
mod eager_file;
pub mod encoding;
pub mod explain;
mod feed;
mod findings;
pub mod lint;
mod merge;
pub mod options;
pub mod output;
pub mod pack;
mod place;
mod ready;
pub mod report;
mod run;
pub mod run_record;
mod stretch;
pub mod tests;
mod turn;
pub mod waivers;
pub mod walk;
pub mod watch;
mod worker;

pub use desk::write;
pub use merge::Merger;
pub use ready::{Checker, Selected, Session, selected};
