//! What runs: proposals are read into records along the declared shape, and directives are judged on records.

pub mod causes;
pub mod evaluate;
pub mod json;
pub mod judge;
pub mod key;
pub mod lookups;
pub mod message;
pub mod pointer;
pub mod portfolio;
pub mod program;
pub mod reading;
pub mod record;
pub mod trace;
pub mod truth;
pub mod value;
