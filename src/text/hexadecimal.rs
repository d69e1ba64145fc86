//! Digests as they are written: hexadecimal digits in lower case.

/// The digits of bytes, two a byte. Written without `format!`, since a digest of each input would make a fiftieth of a run over
/// a tree of files.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
