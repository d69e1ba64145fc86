//! Finding the next byte that means something, within a string or behind white space.

use wide::u8x16;

use crate::text::scan::{any_of, controls, first_marked};

/// The place of the first quote, backslash or control character from `at` on, or the end of the text.
#[inline]
pub(super) fn plain_end(bytes: &[u8], at: usize) -> usize {
    first_marked(bytes, at, |block| any_of(block, *b"\"\\") | controls(block))
}

/// The place of the first byte from `at` on that is no white space, or the end of the text. It is mostly one space after a
/// colon, or a line break and the indentation of the next line.
pub(super) fn space_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b' ', next, ..]) if *next > b' ' => at + 1,
        _ => first_marked(bytes, at, |block| any_of(block, *b" \n\r\t") ^ u8x16::splat(u8::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_is_no_white_space_is_found_wherever_it_stands() {
        for other in [b'"', b'{', b'\x0B', b'\0', 0x1F, 0x80, 0xFF] {
            for length in 0..80 {
                for (space, more) in
                    [(b"" as &[u8], b" " as &[u8]), (b"\n", b" "), (b"", b"\n "), (b"", b"\r\n\t"), (b"\n\n   ", b"\t")]
                {
                    let more = more.iter().cycle();
                    let mut bytes: Vec<u8> = space.iter().chain(more).copied().take(length).collect();
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
