//! Finding the next byte of some kind, sixteen bytes at a time.
//!
//! Most strings of a proposal are shorter than sixteen bytes, so that one look finds their end; a call of `memchr`
//! costs more than that look. The crate `wide` gives the vector instructions that every processor of its kind has,
//! behind a safe interface.

use wide::u8x16;

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// The place of the first byte from `at` on that `marks` marks, or the end of the bytes: of sixteen bytes it sets those to 255
/// that are looked for, and the others to 0. A space must not be among them, since spaces fill up the last block.
#[inline]
pub fn first_marked(bytes: &[u8], at: usize, marks: impl Fn(u8x16) -> u8x16) -> usize {
    match bytes.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>).map(|block| marked(*block, &marks)) {
        Some(0) => first_beyond(bytes, at + BLOCK, marks),
        None => first_beyond(bytes, at, marks),
        Some(found) => at + found.trailing_zeros() as usize,
    }
}

/// The same where it lies beyond the first block, or near the end of the bytes.
#[inline(never)]
fn first_beyond(bytes: &[u8], at: usize, marks: impl Fn(u8x16) -> u8x16) -> usize {
    let (blocks, rest) = bytes.get(at..).unwrap_or_default().as_chunks::<BLOCK>();
    for (block, number) in blocks.iter().zip(0..) {
        let found = marked(*block, &marks);
        if found != 0 {
            return at + number * BLOCK + found.trailing_zeros() as usize;
        }
    }
    let found = match bytes.last_chunk::<BLOCK>() {
        Some(last) => marked(*last, &marks) >> (BLOCK - rest.len()),
        None => {
            let mut last = [b' '; BLOCK];
            last.get_mut(..rest.len()).unwrap_or_default().copy_from_slice(rest);
            marked(last, &marks)
        },
    };
    bytes.len() - rest.len() + rest.len().min(found.trailing_zeros() as usize)
}

/// Which bytes of a block are marked, one bit each, the lowest for the first.
#[inline]
fn marked(block: [u8; BLOCK], marks: &impl Fn(u8x16) -> u8x16) -> u32 {
    marks(u8x16::new(block)).to_bitmask()
}

/// Marks the bytes that are one of these.
#[inline]
pub fn any_of<const N: usize>(block: u8x16, bytes: [u8; N]) -> u8x16 {
    bytes.iter().fold(u8x16::splat(0), |marks, byte| marks | block.simd_eq(u8x16::splat(*byte)))
}

/// Marks the control characters of ASCII, but 127.
#[inline]
pub fn controls(block: u8x16) -> u8x16 {
    const LAST_CONTROL: u8x16 = u8x16::splat(b' ' - 1);
    block.max(LAST_CONTROL).simd_eq(LAST_CONTROL)
}
