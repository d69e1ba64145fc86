//! Finding the next byte that means something, within a string or behind white space, sixteen bytes at a time.
//!
//! Most strings of a proposal are shorter than sixteen bytes, so that one look finds their end; a call of `memchr`
//! costs more than that look. The crate `wide` gives the vector instructions that every processor of its kind has,
//! behind a safe interface.

use wide::u8x16;

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// Whether a byte ends a string, begins an escape, or may not stand in a string.
#[inline]
fn is_special(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < b' ')
}

/// Whether a byte is white space between tokens.
#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// The place of the first quote, backslash or control character from `at` on, or the end of the text.
#[inline]
pub(super) fn plain_end(bytes: &[u8], at: usize) -> usize {
    first(bytes, at, specials, is_special)
}

/// The place of the first byte from `at` on that is no white space, or the end of the text. It is mostly one space after a
/// colon, or a line break and the indentation of the next line.
pub(super) fn space_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b' ', next, ..]) if *next > b' ' => at + 1,
        _ => first(bytes, at, others, |byte| !is_space(byte)),
    }
}

/// The place of the first byte from `at` on that is looked for, or the end of the text: `found` tells of a block which bytes
/// are, one bit each, and `is_found` of one byte.
#[inline]
fn first(bytes: &[u8], at: usize, found: impl Fn([u8; BLOCK]) -> u32, is_found: impl Fn(u8) -> bool) -> usize {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>).map(|block| found(*block)) {
        Some(0) | None => far_first(bytes, at, found, is_found),
        Some(found) => at + found.trailing_zeros() as usize,
    }
}

/// The same where it lies beyond the first block, or near the end of the text.
#[inline(never)]
fn far_first(bytes: &[u8], at: usize, found: impl Fn([u8; BLOCK]) -> u32, is_found: impl Fn(u8) -> bool) -> usize {
    let (blocks, rest) = bytes.get(at..).unwrap_or_default().as_chunks::<BLOCK>();
    for (block, number) in blocks.iter().zip(0..) {
        let found = found(*block);
        if found != 0 {
            return at + number * BLOCK + found.trailing_zeros() as usize;
        }
    }
    bytes.len() - rest.len() + rest.iter().take_while(|byte| !is_found(**byte)).count()
}

/// Which bytes of a block are no white space, one bit each, the lowest for the first.
#[inline]
fn others(block: [u8; BLOCK]) -> u32 {
    let block = u8x16::new(block);
    let space = b" \n\r\t".iter().fold(u8x16::splat(0), |found, byte| found | block.simd_eq(u8x16::splat(*byte)));
    space.to_bitmask() ^ 0xFFFF
}

/// Which bytes of a block are special, one bit each, the lowest for the first.
#[inline]
fn specials(block: [u8; BLOCK]) -> u32 {
    const LAST_CONTROL: u8 = b' ' - 1;
    let block = u8x16::new(block);
    let controls = block.max(u8x16::splat(LAST_CONTROL)).simd_eq(u8x16::splat(LAST_CONTROL));
    let quotes = block.simd_eq(u8x16::splat(b'"'));
    let backslashes = block.simd_eq(u8x16::splat(b'\\'));
    (quotes | backslashes | controls).to_bitmask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_is_no_white_space_is_found_wherever_it_stands() {
        for other in [b'"', b'{', b'\x0B', b'\0', 0x1F, 0x80, 0xFF] {
            for length in 0..80 {
                for space in [b" ".as_slice(), b"\n ", b"\r\n\t"] {
                    let mut bytes: Vec<u8> = space.iter().copied().cycle().take(length).collect();
                    assert_eq!(space_end(&bytes, 0), length);
                    bytes.push(other);
                    assert_eq!(space_end(&bytes, 0), length, "{other} after {length} of {space:?}");
                    bytes.extend([b' ', other].repeat(20));
                    assert_eq!(space_end(&bytes, 0), length, "{other} after {length} of {space:?}, and more");
                }
            }
        }
    }

    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands() {
        for special in [b'"', b'\\', 0, 0x1F, b'\n'] {
            for length in 0..80 {
                for filler in [b'a', b' ', b'!', b'#', b'[', b']', 0x7F, 0x80, 0xFF] {
                    let mut bytes = vec![filler; length];
                    assert_eq!(plain_end(&bytes, 0), length);
                    bytes.push(special);
                    assert_eq!(plain_end(&bytes, 0), length, "{special} after {length} of {filler}");
                    bytes.extend([filler, b'"', b'\\', 1, filler].repeat(8));
                    assert_eq!(plain_end(&bytes, 0), length, "{special} after {length} of {filler}, and more");
                }
            }
        }
    }
}
