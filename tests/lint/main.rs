//! What `plancheck lint` finds in packs with planted faults: each at its place, and nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    missing_debug_implementations,
    reason = "a test stops at what it did not foresee"
)]

mod bad_input;
mod cascades;
mod codes;
mod command;
mod pack;
mod pages;
mod rendering;
