//! Handing out work: files in order, in batches, and files of one proposal a line in pieces. A file on disk is handed out
//! unread, in stretches; whatever else gives lines, such as a pipe, can only be read in order, and is read here.
//!
//! Whoever asks next gets the next piece, with its number; what comes of the pieces is put together by number. Memory
//! holds a piece a thread and a window of results, whatever the size of the corpus.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use super::report::Failure;
use super::run_record::{DigestKind, Digester, InputDigest};
use super::stretch::{LinesFile, Stretch};
use super::walk::{Input, InputKind, InputSource, unreadable};

/// The largest proposal, in bytes.
pub const LARGEST_PROPOSAL: usize = 256 * 1024 * 1024;

/// How much of a stream of lines is read at once.
const PIECE: usize = 64 * 1024;

/// Room beyond a piece, so that reading never finds its buffer full.
const BEYOND: usize = 64;

/// More than most files of one proposal hold: the first of them is read at once, and not in steps that double.
const USUAL_FILE: usize = 16 * 1024;

/// How many files are handed out at once.
const FILES: usize = 32;

/// Something to work on.
pub(super) enum Task {
    /// Whole files.
    Files(Vec<Input>),
    /// A stretch of a file of lines.
    Stretch(Stretch),
    /// Whole lines of a stream.
    Lines(Lines, Vec<u8>),
    /// The digest of a stream whose lines were handed out.
    Read(InputDigest),
    /// Something that could not be found or read.
    Failed(Failure),
    /// A stream that could not be read on after lines of it were handed out.
    CutShort(Failure),
}

/// What there is to know of whole lines beside their bytes.
#[derive(Debug)]
pub(super) struct Lines {
    pub path: Arc<str>,
    /// The number of the first proposal.
    pub index: u64,
    /// The number of the first line, from 1.
    pub line: u32,
    /// The offset of the first byte in the file.
    pub offset: u64,
    /// Whether one more line follows, which is longer than a proposal may be and was not kept.
    pub too_long: bool,
    /// Whether these are the first lines of the file.
    pub is_first: bool,
}

/// Hands out tasks in order.
pub(super) struct Feed<'w> {
    found: Box<dyn Iterator<Item = Result<Input, Failure>> + Send + 'w>,
    /// Looked at, and not handed out yet.
    ahead: Option<Result<Input, Failure>>,
    open: Option<Open>,
    /// Worked out, and not handed out yet.
    tasks: VecDeque<Task>,
    next: u64,
    /// How files of lines are digested, if they are.
    digests: Option<DigestKind>,
}

/// What gives lines at present.
enum Open {
    /// A file, and the number of its next stretch.
    File(Arc<LinesFile>, u64),
    Stream(Stream),
}

struct Stream {
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
        Self { found: Box::new(found), ahead: None, open: None, tasks: VecDeque::new(), next: 0, digests }
    }

    /// The next task with its number; `None` after the last.
    pub(super) fn task(&mut self) -> Option<(u64, Task)> {
        let task = self.tasks.pop_front().or_else(|| self.next_task())?;
        let number = self.next;
        self.next += 1;
        Some((number, task))
    }

    /// Whether there is more than one task; of a stream nobody knows before it is read.
    pub(super) fn has_several(&mut self) -> bool {
        while self.tasks.len() < 2 && !matches!(self.open, Some(Open::Stream(_))) {
            match self.next_task() {
                Some(task) => self.tasks.push_back(task),
                None => return false,
            }
        }
        true
    }

    /// The next piece of what is open; `None` where it is at its end.
    fn next_lines(&mut self, open: Open) -> Option<Task> {
        match open {
            Open::File(file, number) => {
                let stretch = file.stretch(number)?;
                self.open = Some(Open::File(file, number + 1));
                Some(Task::Stretch(stretch))
            },
            Open::Stream(mut stream) => match stream.piece() {
                Ok(Some((lines, bytes))) => {
                    self.open = Some(Open::Stream(stream));
                    Some(Task::Lines(lines, bytes))
                },
                Ok(None) => stream.digest().map(Task::Read),
                Err(error) => {
                    let failure = unreadable(&stream.path, &error);
                    Some(if stream.is_first { Task::Failed(failure) } else { Task::CutShort(failure) })
                },
            },
        }
    }

    fn next_task(&mut self) -> Option<Task> {
        loop {
            if let Some(open) = self.open.take() {
                match self.next_lines(open) {
                    Some(task) => return Some(task),
                    None => continue,
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

fn open(found: &Input, digests: Option<DigestKind>) -> Result<Open, Failure> {
    let (path, digester) = (Arc::clone(&found.name), digests.map(Digester::new));
    let reader: Box<dyn Read + Send> = match &found.source {
        InputSource::Standard => Box::new(io::stdin()),
        InputSource::File(at) | InputSource::Kept(at) => {
            let opened = File::open(at).and_then(|file| file.metadata().map(|metadata| (file, metadata)));
            let (file, metadata) = opened.map_err(|error| unreadable(&path, &error))?;
            // Some files of the system's own say that they are empty, and are not.
            if metadata.is_file() && metadata.len() > 0 {
                return Ok(Open::File(Arc::new(LinesFile::new(found, file, metadata.len(), digester)), 0));
            }
            Box::new(file)
        },
    };
    Ok(Open::Stream(Stream {
        path,
        reader,
        rest: Vec::new(),
        index: 0,
        line: 1,
        offset: 0,
        is_first: true,
        digester,
        is_standard_input: found.source.is_standard(),
    }))
}

impl Stream {
    /// The next whole lines; `None` at the end.
    fn piece(&mut self) -> io::Result<Option<(Lines, Vec<u8>)>> {
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

    fn lines(&mut self, bytes: Vec<u8>) -> (Lines, Vec<u8>) {
        let (breaks, proposals) = count_lines(&bytes);
        let lines = Lines {
            path: Arc::clone(&self.path),
            index: self.index,
            line: self.line,
            offset: self.offset,
            too_long: false,
            is_first: std::mem::take(&mut self.is_first),
        };
        self.index += proposals;
        self.line = self.line.saturating_add(breaks);
        self.offset += bytes.len() as u64;
        (lines, bytes)
    }

    /// Passes over the rest of a line that is too long, without keeping it.
    fn too_long(&mut self, so_far: usize) -> io::Result<(Lines, Vec<u8>)> {
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
        let (mut lines, none) = self.lines(Vec::new());
        lines.too_long = true;
        self.index += 1;
        self.line = self.line.saturating_add(1);
        self.offset += length;
        Ok((lines, none))
    }
}

/// How many lines end in a text, and how many of its lines hold a proposal.
pub(super) fn count_lines(bytes: &[u8]) -> (u32, u64) {
    let (mut breaks, mut proposals, mut start) = (0_u32, 0, 0);
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        breaks = breaks.saturating_add(u32::from(end < bytes.len()));
        proposals += u64::from(!is_blank(bytes.get(start..end).unwrap_or_default()));
        start = end + 1;
    }
    (breaks, proposals)
}

/// Whether a line holds no proposal.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// The whole of a file, or as much as shows that it is larger than a proposal may be.
pub(super) fn read_whole(input: &Input, buffer: &mut Vec<u8>) -> Result<(), Failure> {
    buffer.clear();
    buffer.reserve(USUAL_FILE);
    let read = match &input.source {
        InputSource::File(path) | InputSource::Kept(path) => File::open(path).and_then(|file| read_some(file, buffer)),
        InputSource::Standard => read_some(io::stdin().lock(), buffer),
    };
    read.map_err(|error| unreadable(&input.name, &error))
}

fn read_some(reader: impl Read, buffer: &mut Vec<u8>) -> io::Result<()> {
    reader.take(LARGEST_PROPOSAL as u64 + 1).read_to_end(buffer).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream of some bytes that breaks off with an error.
    fn broken_off(bytes: Vec<u8>) -> Stream {
        struct Fault;
        impl Read for Fault {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the line is dead"))
            }
        }
        Stream {
            path: Arc::from("a.jsonl"),
            reader: Box::new(io::Cursor::new(bytes).chain(Fault)),
            rest: Vec::new(),
            index: 0,
            line: 1,
            offset: 0,
            is_first: true,
            digester: None,
            is_standard_input: false,
        }
    }

    fn tasks(stream: Stream) -> Vec<Task> {
        let mut feed = Feed { open: Some(Open::Stream(stream)), ..Feed::new(std::iter::empty(), None) };
        std::iter::from_fn(|| feed.task().map(|(_, task)| task)).collect()
    }

    #[test]
    fn a_stream_that_breaks_off_is_one_file_whether_lines_came_before_or_not() {
        assert!(matches!(tasks(broken_off(Vec::new())).as_slice(), [Task::Failed(_)]));
        let lines = b"{}\n".repeat(PIECE / 3 + 1);
        assert!(matches!(tasks(broken_off(lines)).as_slice(), [Task::Lines(..), Task::CutShort(_)]));
    }
}
