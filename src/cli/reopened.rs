//! A file that is opened anew for each piece that is read of it: any number of them can be read side by side, whatever
//! number of open files the system allows.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;

/// A file, and where in it is read next.
#[derive(Debug)]
pub(super) struct Reopened {
    path: PathBuf,
    at: u64,
}

impl Reopened {
    /// Begins at the file's first byte.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, at: 0 }
    }
}

impl Read for Reopened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Reopened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (base, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::Current(by) => (self.at, by),
            SeekFrom::End(by) => (File::open(&self.path)?.metadata()?.len(), by),
        };
        self.at = base.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_like_an_open_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "0123456789").unwrap();
        let mut file = Reopened::new(path);
        let mut three = [0; 3];
        file.read_exact(&mut three).unwrap();
        assert_eq!((&three, file.stream_position().unwrap()), (b"012", 3));
        file.seek(SeekFrom::End(-2)).unwrap();
        let mut rest = String::new();
        file.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "89");
        assert!(file.seek(SeekFrom::Current(-11)).is_err());
    }
}
