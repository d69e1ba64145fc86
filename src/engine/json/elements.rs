//! An array cut into its elements.

use super::{Kind, Scanner, SyntaxError, diagnose};
use crate::engine::record::Extent;

/// The places of the elements of the one array that `text` is, with white space around it perhaps.
///
/// # Errors
/// [`SyntaxError`] if the text is no JSON, or no array.
pub fn elements(text: &str) -> Result<Vec<Extent>, SyntaxError> {
    let mut scanner = Scanner::new(text);
    let mut places = Vec::new();
    let mut read = || {
        let mut more = scanner.open(Kind::Array)?;
        while more {
            places.push(scanner.skip_value(0)?.extent);
            more = scanner.more(Kind::Array)?;
        }
        scanner.end()
    };
    read().map_err(|_| diagnose(text)).map(|()| places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_cut_into_its_elements() {
        let cut = |text: &'static str| -> Option<Vec<&str>> {
            let places = elements(text).ok()?;
            places.iter().map(|place| text.get(place.start as usize..place.end as usize)).collect()
        };
        assert_eq!(cut(" [ {\"a\": [1]} ,2,\n\"x\" ] "), Some(vec!["{\"a\": [1]}", "2", "\"x\""]));
        assert_eq!(cut("[]"), Some(vec![]));
        assert_eq!(cut("[1,]"), None);
        assert_eq!(cut("[1] 2"), None);
        assert_eq!(cut("{}"), None);
    }
}
