//! Digests as they are written: hexadecimal digits in lower case.

/// Bytes of which the digits are worked out together.
const BLOCK: usize = 16;

/// Appends the digits of bytes, two a byte. Written so that the compiler makes a few vector instructions of it: a digest of each
/// input would else make a fiftieth of a run over a tree of files.
pub fn append_hexadecimal(out: &mut Vec<u8>, bytes: &[u8]) {
    let digit = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
    for block in bytes.chunks(BLOCK) {
        let mut pairs = [[0; 2]; BLOCK];
        for (pair, byte) in pairs.iter_mut().zip(block) {
            *pair = [digit(byte >> 4), digit(byte & 0xF)];
        }
        out.extend_from_slice(pairs.as_flattened().get(..2 * block.len()).unwrap_or_default());
    }
}

/// The digits of bytes, two a byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = Vec::new();
    append_hexadecimal(&mut digits, bytes);
    String::from_utf8(digits).unwrap_or_default()
}
