//! Finding the next byte that means something within a string, many bytes at a time.
//!
//! The compiler turns the test of a block into vector instructions; that is why it looks at all bytes of a block
//! before it asks which of them it was.

/// Bytes that are tested at once in a long string.
const BLOCK: usize = 16;

/// How many times eight bytes a string has to have to be a long one.
const SHORT: usize = 4;

/// Whether a byte ends a string, begins an escape, or may not stand in a string.
#[inline]
fn is_special(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < b' ')
}

/// The bytes from the first quote, backslash or control character on; none if there is none.
#[inline]
pub(super) fn after_plain(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    for _ in 0..SHORT {
        let Some((block, after)) = rest.split_first_chunk::<8>() else { return after_few(rest) };
        let found = specials(u64::from_le_bytes(*block));
        if found != 0 {
            return rest.get(found.trailing_zeros() as usize / 8..).unwrap_or_default();
        }
        rest = after;
    }
    after_many(rest)
}

/// The same near the end of the text.
fn after_few(bytes: &[u8]) -> &[u8] {
    let length = bytes.iter().take_while(|byte| !is_special(**byte)).count();
    bytes.get(length..).unwrap_or_default()
}

/// The same in a long string.
fn after_many(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<BLOCK>() {
        if block.iter().fold(false, |found, byte| found | is_special(*byte)) {
            break;
        }
        rest = after;
    }
    after_few(rest)
}

/// A word whose lowest set bit lies in the first special byte of the eight, 0 if none is special.
///
/// Bytes above the first special one may be marked wrongly, because subtraction borrows; the lowest mark is right.
#[inline]
fn specials(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = ONES << 7;
    let quotes = (word ^ (ONES * 0x22)).wrapping_sub(ONES);
    let backslashes = (word ^ (ONES * 0x5C)).wrapping_sub(ONES);
    let controls = word.wrapping_sub(ONES * 0x20);
    (quotes | backslashes | controls) & !word & TOPS
}

/// Whether two texts are the same, without a call for short ones, which are the most.
#[inline]
pub(in crate::engine) fn same(a: &[u8], b: &[u8]) -> bool {
    const MOST: usize = 32;
    if a.len() != b.len() {
        return false;
    }
    let (Some(a_end), Some(b_end)) = (a.last_chunk::<8>(), b.last_chunk::<8>()) else { return same_few(a, b) };
    if a.len() > MOST {
        return a == b;
    }
    let words = a.chunks_exact(8).zip(b.chunks_exact(8));
    a_end == b_end && words.fold(true, |is_same, (a, b)| is_same & (a.first_chunk::<8>() == b.first_chunk::<8>()))
}

#[inline]
fn same_few(a: &[u8], b: &[u8]) -> bool {
    a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_texts_are_the_same() {
        let text: Vec<u8> = (0..80).collect();
        for length in 0..80 {
            let text = &text[..length];
            assert!(same(text, text));
            assert!(!same(text, &[text, b"x"].concat()));
            for at in 0..length {
                let mut other = text.to_vec();
                other[at] ^= 1;
                assert!(!same(text, &other));
            }
        }
    }

    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands() {
        for special in [b'"', b'\\', 0, 0x1F, b'\n'] {
            for length in 0..80 {
                for filler in [b'a', b' ', b'!', b'#', b'[', b']', 0x7F, 0x80, 0xFF] {
                    let mut bytes = vec![filler; length];
                    assert_eq!(after_plain(&bytes), b"");
                    bytes.push(special);
                    bytes.extend([filler, b'"', b'\\', 1, filler].repeat(8));
                    assert_eq!(bytes.len() - after_plain(&bytes).len(), length, "{special} after {length} of {filler}");
                }
            }
        }
    }
}
