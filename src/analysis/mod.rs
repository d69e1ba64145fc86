//! Proofs about a rule pack: what its directives can and cannot say of all proposals that the declared shape allows.

mod arithmetic;
mod circuit;
mod decode;
mod demand;
mod document;
mod encode;
mod plain;
mod prover;
mod survey;
mod texts;
mod trial;

pub use document::Document;
pub use prover::{Doubt, Evidence, Witness};
mod conflict;
mod portfolio;
mod redundancy;
mod verify;

pub use conflict::{Conflict, Situation};
pub use portfolio::{Portfolio, PortfolioProof, Shown};
pub use verify::{Analysis, Claim, PortfolioClaim, PortfolioProblem, Problem, Proof, Swallower, Verification, witness};
mod changes;
mod difference;
mod meanings;

pub use changes::{Change, Changes, Kind, Part, changed_names, changes, portfolio_changes};
pub use difference::{Compared, Difference, Membership, difference};
mod flips;

pub use flips::{Changed, Flip, Flips, PortfolioFlip, StatusFlip, flips};
mod draft;

pub use draft::{Blank, Chosen, Draft, key_field};
mod examples;

pub use examples::{Example, Examples};
