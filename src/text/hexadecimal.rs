//! Digests as they are written: hexadecimal digits in lower case.

/// The digits of bytes, two a byte. Written without `format!`, since a digest of each input would make a fiftieth of a run over
/// a tree of files.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' - 10 + half };
    let mut digits = Vec::with_capacity(2 * bytes.len());
    for byte in bytes {
        digits.extend_from_slice(&[digit(byte >> 4), digit(byte & 0xF)]);
    }
    String::from_utf8(digits).unwrap_or_default()
}
