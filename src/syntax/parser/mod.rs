//! placeholder
/// p
#[derive(Debug)]
pub struct Parsed;
/// p
pub fn parse() -> Parsed {
    Parsed
}
