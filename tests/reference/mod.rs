//! A second implementation of the plan language, written straight from its pages for clarity alone.
//!
//! It shares the parser with the product and nothing else: no bit sets, no index, no resolved model. Names are looked
//! up when they are met, sets hold names, numbers are fractions of big integers, and dates are year, month and day.

pub mod aggregates;
pub mod calendar;
pub mod cases;
pub mod engine;
pub mod expressions;
pub mod fraction;
pub mod json;
pub mod more_cases;
pub mod pack;
pub mod portfolio;
pub mod random;
pub mod random_expression;
pub mod random_number;
pub mod random_pack;
pub mod random_portfolio;
pub mod random_proposal;
pub mod scope;
pub mod shape;
pub mod spelling;
pub mod values;
pub mod verdicts;
