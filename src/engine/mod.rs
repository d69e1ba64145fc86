//! What runs: proposals are read into records along the declared shape, and directives are judged on records.

pub mod record;
