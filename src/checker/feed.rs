//! Handing out work: files in order, in batches, and long files of one proposal a line in pieces.
//!
//! Whoever asks next gets the next piece, with its number; what comes of the pieces is put together by number. Memory
//! holds a piece a thread and a window of results, whatever the size of the corpus.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use super::report::Failure;
use super::run_record::{DigestKind, Digester, InputDigest};
use super::walk::{Input, InputKind, InputSource, unreadable};

/// The largest proposal, in bytes.
pub const LARGEST_PROPOSAL: usize = 256 * 1024 * 1024;

/// How much of a file of lines is read at once.
const PIECE: usize = 64 * 1024;

/// Room beyond a piece, so that reading never finds its buffer full.
const BEYOND: usize = 64;

/// How many files are handed out at once.
const FILES: usize = 32;

/// Something to work on.
#[derive(Debug)]
pub(super) enum Task {
    /// Whole files.
    Files(Vec<Input>),
    /// Whole lines of a file.
    Lines(Lines),
    /// The digest of a file whose lines were handed out.
    Read(InputDigest),
    /// Something that could not be found or read; a file that was begun is not counted again.
    Failed(Failure),
}

/// Whole lines of a file, or one that is too long.
#[derive(Debug)]
pub(super) struct Lines {
    pub path: Arc<str>,
    pub bytes: Vec<u8>,
    /// The number of the first proposal.
    pub index: u64,
    /// The number of the first line, from 1.
    pub line: u32,
    /// The offset of the first byte in the file.
    pub offset: u64,
    /// Whether the line was longer than a proposal may be; `bytes` is empty then.
    pub too_long: bool,
    /// Whether these are the first lines of the file.
    pub is_first: bool,
}

/// Hands out tasks in order.
pub(super) struct Feed<'w> {
    found: Box<dyn Iterator<Item = Result<Input, Failure>> + Send + 'w>,
    /// Looked at, and not handed out yet.
    ahead: Option<Result<Input, Failure>>,
    open: Option<OpenLines>,
    next: u64,
    /// How files of lines are digested, if they are.
    digests: Option<DigestKind>,
}

struct OpenLines {
    path: Arc<str>,
    reader: Box<dyn Read + Send>,
    /// Read, and not handed out yet: the beginning of a line.
    rest: Vec<u8>,
    index: u64,
    line: u32,
    offset: u64,
    is_first: bool,
    digester: Option<Digester>,
    is_standard_input: bool,
}

impl<'w> Feed<'w> {
    pub(super) fn new(
        found: impl Iterator<Item = Result<Input, Failure>> + Send + 'w,
        digests: Option<DigestKind>,
    ) -> Self {
        Self { found: Box::new(found), ahead: None, open: None, next: 0, digests }
    }

    /// The next task with its number; `None` after the last.
    pub(super) fn task(&mut self) -> Option<(u64, Task)> {
        let task = self.next_task()?;
        let number = self.next;
        self.next += 1;
        Some((number, task))
    }

    fn next_task(&mut self) -> Option<Task> {
        loop {
            if let Some(open) = &mut self.open {
                match open.piece() {
                    Ok(Some(lines)) => return Some(Task::Lines(lines)),
                    Ok(None) => {
                        if let Some(read) = self.open.take().and_then(OpenLines::digest) {
                            return Some(Task::Read(read));
                        }
                    },
                    Err(error) => {
                        let failure = unreadable(&open.path, &error);
                        self.open = None;
                        return Some(Task::Failed(failure));
                    },
                }
            }
            let mut files = Vec::new();
            while files.len() < FILES {
                match self.ahead.take().or_else(|| self.found.next()) {
                    None => break,
                    Some(Ok(found)) if found.kind == InputKind::Json => files.push(found),
                    other => {
                        self.ahead = other;
                        break;
                    },
                }
            }
            if !files.is_empty() {
                return Some(Task::Files(files));
            }
            match self.ahead.take()? {
                Err(failure) => return Some(Task::Failed(failure)),
                Ok(found) => match open(&found, self.digests) {
                    Ok(open) => self.open = Some(open),
                    Err(failure) => return Some(Task::Failed(failure)),
                },
            }
        }
    }
}

fn open(found: &Input, digests: Option<DigestKind>) -> Result<OpenLines, Failure> {
    let (path, reader) = (Arc::clone(&found.name), found.open()?);
    Ok(OpenLines {
        path,
        reader,
        rest: Vec::new(),
        index: 0,
        line: 1,
        offset: 0,
        is_first: true,
        digester: digests.map(Digester::new),
        is_standard_input: found.source.is_standard(),
    })
}

impl OpenLines {
    /// The next whole lines; `None` at the end.
    fn piece(&mut self) -> io::Result<Option<Lines>> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let before = bytes.len();
            // With room for all of it nothing is moved, and the system is asked few times.
            bytes.reserve(PIECE + BEYOND);
            let read = (&mut self.reader).take(PIECE as u64).read_to_end(&mut bytes)?;
            let fresh = bytes.get(before..).unwrap_or_default();
            if let Some(digester) = &mut self.digester {
                digester.update(fresh);
            }
            if let Some(last) = memchr::memrchr(b'\n', fresh) {
                self.rest = bytes.split_off(before + last + 1);
                return Ok(Some(self.lines(bytes)));
            }
            if read == 0 {
                return Ok((!bytes.is_empty()).then(|| self.lines(bytes)));
            }
            if bytes.len() > LARGEST_PROPOSAL {
                return self.too_long(bytes.len()).map(Some);
            }
        }
    }

    /// The digest of the whole, at its end.
    fn digest(self) -> Option<InputDigest> {
        let digest = self.digester?.finish();
        Some(InputDigest { path: self.path, digest, is_standard_input: self.is_standard_input })
    }

    fn lines(&mut self, bytes: Vec<u8>) -> Lines {
        let mut breaks = 0_u32;
        let mut proposals = 0;
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', &bytes).chain([bytes.len()]) {
            breaks = breaks.saturating_add(u32::from(end < bytes.len()));
            proposals += u64::from(!is_blank(bytes.get(start..end).unwrap_or_default()));
            start = end + 1;
        }
        let lines = Lines {
            path: Arc::clone(&self.path),
            index: self.index,
            line: self.line,
            offset: self.offset,
            too_long: false,
            is_first: std::mem::take(&mut self.is_first),
            bytes,
        };
        self.index += proposals;
        self.line = self.line.saturating_add(breaks);
        self.offset += lines.bytes.len() as u64;
        lines
    }

    /// Passes over the rest of a line that is too long, without keeping it.
    fn too_long(&mut self, so_far: usize) -> io::Result<Lines> {
        let mut length = so_far as u64;
        let mut buffer = vec![0; PIECE];
        loop {
            let read = self.reader.read(&mut buffer)?;
            let fresh = buffer.get(..read).unwrap_or_default();
            if let Some(digester) = &mut self.digester {
                digester.update(fresh);
            }
            if let Some(at) = memchr::memchr(b'\n', fresh) {
                length += at as u64 + 1;
                self.rest = fresh.get(at + 1..).unwrap_or_default().to_vec();
                break;
            }
            length += read as u64;
            if read == 0 {
                break;
            }
        }
        let mut lines = self.lines(Vec::new());
        lines.too_long = true;
        self.index += 1;
        self.line = self.line.saturating_add(1);
        self.offset += length;
        Ok(lines)
    }
}

/// Whether a line holds no proposal.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// The whole of a file, or as much as shows that it is larger than a proposal may be.
pub(super) fn read_whole(input: &Input, buffer: &mut Vec<u8>) -> Result<(), Failure> {
    buffer.clear();
    let read = match &input.source {
        InputSource::File(path) | InputSource::Kept(path) => File::open(path).and_then(|file| read_some(file, buffer)),
        InputSource::Standard => read_some(io::stdin().lock(), buffer),
    };
    read.map_err(|error| unreadable(&input.name, &error))
}

fn read_some(reader: impl Read, buffer: &mut Vec<u8>) -> io::Result<()> {
    reader.take(LARGEST_PROPOSAL as u64 + 1).read_to_end(buffer).map(drop)
}
