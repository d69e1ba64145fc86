//! Digests as they are written: hexadecimal digits in lower case.

/// Appends the digits of bytes, two a byte. Written so that the compiler makes a few vector instructions of it: a digest of each
/// input would else make a fiftieth of a run over a tree of files.
pub fn append_hexadecimal(out: &mut Vec<u8>, bytes: &[u8]) {
    let digit = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
    let before = out.len();
    out.resize(before + 2 * bytes.len(), 0);
    let (pairs, _none) = out.get_mut(before..).unwrap_or_default().as_chunks_mut::<2>();
    for (pair, byte) in pairs.iter_mut().zip(bytes) {
        *pair = [digit(byte >> 4), digit(byte & 0xF)];
    }
}

/// The digits of bytes, two a byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = Vec::new();
    append_hexadecimal(&mut digits, bytes);
    String::from_utf8(digits).unwrap_or_default()
}
