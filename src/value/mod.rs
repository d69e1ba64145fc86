//! Values that rules and proposals share: exact numbers, days, sets of terms.

mod date;
mod number;
mod sum;
mod terms;
mod written;

pub use date::{Day, Days};
pub use number::{Number, NumberError};
pub use sum::ExactSum;
pub use terms::TermSet;
