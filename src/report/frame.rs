//! Pieces that are kept until the end of a run, each behind a line that says what it is and how long.

use std::io::{self, ErrorKind, Read as _};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::checker::report::Pieces;

/// Writes a piece: its length and what there is to know of it, then its bytes.
pub(super) fn write(out: &mut Vec<u8>, about: &impl Serialize, body: &[u8]) {
    // Numbers and plain texts are all that is said of pieces: they can always be written.
    let about = serde_json::to_string(about).unwrap_or_default();
    out.extend_from_slice(format!("{} {about}\n", body.len()).as_bytes());
    out.extend_from_slice(body);
}

/// Reads the next piece; `None` after the last.
pub(super) fn read<T: DeserializeOwned>(pieces: &mut dyn Pieces) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut line = String::new();
    if pieces.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let (length, about) = line.split_once(' ').ok_or(ErrorKind::InvalidData)?;
    let length: u64 = length.parse().map_err(|_| ErrorKind::InvalidData)?;
    let mut body = Vec::new();
    pieces.take(length).read_to_end(&mut body)?;
    Ok(Some((serde_json::from_str(about)?, body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_as_they_were_written() {
        let mut out = Vec::new();
        write(&mut out, &(1, "a\n2 x"), b"3 y\nz");
        write(&mut out, &(2, ""), b"");
        let mut kept = io::Cursor::new(out);
        assert_eq!(read::<(u8, String)>(&mut kept).unwrap(), Some(((1, "a\n2 x".into()), b"3 y\nz".to_vec())));
        assert_eq!(read::<(u8, String)>(&mut kept).unwrap(), Some(((2, String::new()), Vec::new())));
        assert_eq!(read::<(u8, String)>(&mut kept).unwrap(), None);
    }
}
