//! A file of lines that several threads read at once, each a stretch of it.
//!
//! Copying a file out of the system's cache is a sixth of a run, so that threads must not do it one after the other. A
//! stretch owns the lines that begin in it, and whoever reads it finds out alone where these begin and end. Only the
//! numbers of lines and proposals, and the digest, hang on what comes before: they are passed from stretch to stretch.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::feed::{LARGEST_PROPOSAL, Lines, count_lines};
use super::report::Failure;
use super::run_record::{Digester, InputDigest};
use super::turn::Turn;
use super::walk::{Input, unreadable};

/// How much of a file a stretch is: little enough to stay in a core's own cache until it is judged.
const STRETCH: usize = 128 * 1024;

/// How much more is read at first where the last line goes on beyond its stretch.
const MORE: usize = 4 * 1024;

/// The largest buffer that is kept for the next stretch.
const KEPT: usize = 4 * STRETCH;

/// A file of lines, open for all threads.
pub(super) struct LinesFile {
    name: Arc<str>,
    /// Whether it holds what came through standard input.
    is_standard_input: bool,
    file: File,
    /// Its length when it was opened: what is appended later is not read.
    length: u64,
    stretch: usize,
    /// The most bytes of a line; a stretch is not longer.
    longest: usize,
    ledger: Mutex<Ledger>,
    turn: Turn,
}

/// What is known of a file up to the stretch whose turn it is.
struct Ledger {
    turn: u64,
    index: u64,
    line: u32,
    digester: Option<Digester>,
    has_failed: bool,
}

/// A stretch of a file, to be read by whoever takes it.
pub(super) struct Stretch {
    file: Arc<LinesFile>,
    number: u64,
}

/// What was read of a stretch.
#[derive(Debug)]
pub(super) struct StretchRead {
    pub lines: Lines,
    /// Where the lines stand in the buffer.
    pub bytes: Range<usize>,
    /// The digest of the whole file, with its last stretch.
    pub digest: Option<InputDigest>,
}

/// What a buffer holds of a stretch: places in it.
#[derive(Default)]
struct Loaded {
    /// The bytes of the stretch itself.
    own: Range<usize>,
    /// The lines that begin in it, to their ends.
    lines: Range<usize>,
    /// Whether one more line begins in it, which is too long to be read.
    too_long: bool,
}

impl LinesFile {
    /// The file of an input, of `length` bytes.
    pub(super) fn new(input: &Input, file: File, length: u64, digester: Option<Digester>) -> Self {
        let ledger = Ledger { turn: 0, index: 0, line: 1, digester, has_failed: false };
        Self {
            name: Arc::clone(&input.name),
            is_standard_input: input.source.is_standard(),
            file,
            length,
            stretch: STRETCH,
            longest: LARGEST_PROPOSAL,
            ledger: Mutex::new(ledger),
            turn: Turn::default(),
        }
    }

    /// The stretch of this number, from 0; `None` after the last.
    pub(super) fn stretch(self: &Arc<Self>, number: u64) -> Option<Stretch> {
        (number < self.stretches()).then(|| Stretch { file: Arc::clone(self), number })
    }

    fn stretches(&self) -> u64 {
        self.length.div_ceil(self.stretch as u64)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

impl Stretch {
    /// Reads the lines that begin in the stretch into `buffer`, which is only ever grown and may hold more. Waits until
    /// the stretches before are read, but not until they are judged.
    ///
    /// # Errors
    /// A failure `io/unreadable`; the stretches after it have no lines then.
    pub(super) fn read(&self, buffer: &mut Vec<u8>) -> Result<StretchRead, Failure> {
        let file = &*self.file;
        if buffer.len() > KEPT {
            buffer.truncate(KEPT);
            buffer.shrink_to_fit();
        }
        let loaded = self.load(buffer).map_err(|error| unreadable(&file.name, &error));
        let bytes_of = |range: &Range<usize>| buffer.get(range.clone()).unwrap_or_default();
        let counted = loaded.as_ref().map_or((0, 0), |loaded| count_lines(bytes_of(&loaded.lines)));

        let mut ledger = file.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        while ledger.turn != self.number {
            ledger = file.turn.wait(ledger);
        }
        let (index, line) = (ledger.index, ledger.line);
        let loaded = if ledger.has_failed { Ok(Loaded::default()) } else { loaded };
        match &loaded {
            Ok(loaded) => ledger.add(counted, loaded.too_long, bytes_of(&loaded.own)),
            Err(_) => ledger.has_failed = true,
        }
        let is_last = self.number + 1 == file.stretches() && !ledger.has_failed;
        let digester = if is_last { ledger.digester.take() } else { None };
        ledger.turn += 1;
        drop(ledger);
        file.turn.call();

        let Loaded { lines: bytes, too_long, .. } = loaded?;
        let offset = self.from() + bytes.start as u64;
        // A name of its own: threads that count references to one name wait for each other.
        let path = Arc::from(&*file.name);
        let lines = Lines { path, index, line, offset, too_long, is_first: self.is_first() };
        let digest = digester.map(|digester| InputDigest {
            path: Arc::clone(&file.name),
            digest: digester.finish(),
            is_standard_input: file.is_standard_input,
        });
        Ok(StretchRead { lines, bytes, digest })
    }

    /// Whether it is the first of its file.
    pub(super) fn is_first(&self) -> bool {
        self.number == 0
    }

    /// Where reading begins: a byte before the stretch, which tells whether a line begins with it.
    fn from(&self) -> u64 {
        (self.number * self.file.stretch as u64).saturating_sub(1)
    }

    fn load(&self, buffer: &mut Vec<u8>) -> io::Result<Loaded> {
        let before = usize::from(self.number > 0);
        let mut window = Window { file: &self.file, from: self.from(), bytes: buffer, filled: 0 };
        window.reach(before + self.file.stretch)?;
        let own = before.min(window.filled)..window.filled;
        // A line that begins behind the last byte belongs to the next stretch.
        let last = window.filled.saturating_sub(1);
        let held = window.held(0..last);
        let first_line = if before == 0 { Some(0) } else { memchr::memchr(b'\n', held).map(|at| at + 1) };
        let Some(first_line) = first_line else { return Ok(Loaded { own, lines: 0..0, too_long: false }) };
        let last_line = memchr::memrchr(b'\n', held).map_or(first_line, |at| at + 1);
        let (mut looked, mut more) = (last, MORE);
        loop {
            let end = memchr::memchr(b'\n', window.held(looked..window.filled)).map(|at| looked + at);
            if end.unwrap_or(window.filled) - last_line > self.file.longest {
                return Ok(Loaded { own, lines: first_line..last_line, too_long: true });
            }
            looked = window.filled;
            if end.is_some() || !window.reach(window.filled + more)? {
                return Ok(Loaded { own, lines: first_line..end.map_or(looked, |end| end + 1), too_long: false });
            }
            more *= 2;
        }
    }
}

/// What is in memory of a file, from an offset on.
struct Window<'a> {
    file: &'a LinesFile,
    from: u64,
    bytes: &'a mut Vec<u8>,
    filled: usize,
}

impl Window<'_> {
    /// Reads until so many bytes are held, or the file ends; says whether there were more.
    fn reach(&mut self, wanted: usize) -> io::Result<bool> {
        let before = self.filled;
        let wanted = wanted.min(usize::try_from(self.file.length - self.from).unwrap_or(wanted));
        if self.bytes.len() < wanted {
            self.bytes.resize(wanted, 0);
        }
        while let Some(rest) = self.bytes.get_mut(self.filled..wanted).filter(|rest| !rest.is_empty()) {
            match read_at(&self.file.file, rest, self.from + self.filled as u64) {
                Ok(0) => break,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {},
                Err(error) => return Err(error),
            }
        }
        Ok(self.filled > before)
    }

    fn held(&self, range: Range<usize>) -> &[u8] {
        self.bytes.get(range).unwrap_or_default()
    }
}

impl Ledger {
    fn add(&mut self, (lines, proposals): (u32, u64), too_long: bool, bytes: &[u8]) {
        self.index += proposals + u64::from(too_long);
        self.line = self.line.saturating_add(lines).saturating_add(u32::from(too_long));
        if let Some(digester) = &mut self.digester {
            digester.update(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use proptest::prelude::*;

    use super::*;
    use crate::checker::feed::is_blank;
    use crate::checker::run_record::{Digest, DigestKind};
    use crate::checker::walk::{InputKind, InputSource};

    /// A proposal as the report tells it: number, line, offset, and its bytes, `None` for a line that is too long.
    type Told = (u64, u32, u64, Option<Vec<u8>>);

    fn input() -> Input {
        let source = InputSource::File("lines.jsonl".into());
        Input { name: "lines.jsonl".into(), kind: InputKind::Lines, source }
    }

    fn open(text: &[u8], stretch: usize, longest: usize) -> Arc<LinesFile> {
        let mut file = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut file, text).unwrap();
        let digester = Some(Digester::new(DigestKind::Fast));
        let file = LinesFile::new(&input(), file, text.len() as u64, digester);
        Arc::new(LinesFile { stretch, longest, ..file })
    }

    /// What the lines of the whole are.
    fn expected(text: &[u8], longest: usize) -> Vec<Told> {
        let (mut told, mut offset) = (Vec::new(), 0);
        for (line, bytes) in (1..).zip(text.split_inclusive(|byte| *byte == b'\n')) {
            let is_too_long = bytes.strip_suffix(b"\n").unwrap_or(bytes).len() > longest;
            if is_too_long || !is_blank(bytes) {
                told.push((told.len() as u64, line, offset, (!is_too_long).then(|| bytes.to_vec())));
            }
            offset += bytes.len() as u64;
        }
        told
    }

    fn told(read: &StretchRead, buffer: &[u8]) -> Vec<Told> {
        let Lines { mut index, mut line, mut offset, .. } = read.lines;
        let mut told = Vec::new();
        for bytes in buffer[read.bytes.clone()].split_inclusive(|byte| *byte == b'\n') {
            if !is_blank(bytes) {
                told.push((index, line, offset, Some(bytes.to_vec())));
                index += 1;
            }
            line += 1;
            offset += bytes.len() as u64;
        }
        told.extend(read.lines.too_long.then_some((index, line, offset, None)));
        told
    }

    /// Reads a file with several threads; gives what its stretches told, in order, and the digest.
    fn read(file: &Arc<LinesFile>, threads: usize) -> (Vec<Told>, Vec<InputDigest>) {
        let next = AtomicU64::new(0);
        let work = || {
            let (mut buffer, mut reads) = (Vec::new(), Vec::new());
            while let Some(stretch) = file.stretch(next.fetch_add(1, Ordering::Relaxed)) {
                let read = stretch.read(&mut buffer).unwrap();
                assert_eq!(read.lines.is_first, stretch.number == 0);
                reads.push((stretch.number, told(&read, &buffer), read.digest));
            }
            reads
        };
        let mut reads: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        reads.sort_by_key(|read| read.0);
        let digests = reads.iter_mut().filter_map(|read| read.2.take()).collect();
        (reads.into_iter().flat_map(|read| read.1).collect(), digests)
    }

    #[test]
    fn lines_end_in_their_stretch_at_its_end_behind_it_and_never() {
        for text in [
            "a\n",
            "a",
            "\n",
            "\n\n\n",
            "abc\nde\n",
            "abcd\nefgh\n",
            "abcd\nefgh",
            "abcdefghijkl\nm\n",
            "  \n\nab\n \n",
            "\u{FEFF}{}\n{}\n",
            "abcdefghijklmnopqrstuvwxyz\n\nb\n",
            "甲乙\n丙丁戊己庚\n",
            "a\r\nb\r\n",
        ] {
            for stretch in 1..=9 {
                let file = open(text.as_bytes(), stretch, 9);
                assert_eq!(read(&file, 1).0, expected(text.as_bytes(), 9), "{text:?} in stretches of {stretch}");
            }
        }
    }

    proptest! {
        #[test]
        fn stretches_tell_together_what_the_whole_says(
            lines in prop::collection::vec("[ab ]{0,3}|[a ]{0,40}", 0..30), ends: bool,
            stretch in 1_usize..40, more in 0_usize..30, threads in 1_usize..4,
        ) {
            let text = lines.join("\n") + if ends { "\n" } else { "" };
            let longest = stretch + more;
            let (told, digests) = read(&open(text.as_bytes(), stretch, longest), threads);
            prop_assert_eq!(told, expected(text.as_bytes(), longest));
            let digest = Digest::of(DigestKind::Fast, text.as_bytes());
            prop_assert_eq!(digests.iter().map(|one| one.digest).collect::<Vec<_>>(), if text.is_empty() { vec![] } else { vec![digest] });
        }
    }

    #[test]
    fn a_file_that_became_shorter_ends_where_it_ends() {
        let file = open(b"a\nb\n", 3, 9);
        file.file.set_len(3).unwrap();
        assert_eq!(read(&file, 1).0, expected(b"a\nb", 9));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_read_on_fails_once_and_has_no_digest() {
        let folder = File::open(std::env::temp_dir()).unwrap();
        let digester = Some(Digester::new(DigestKind::Fast));
        let file = LinesFile::new(&input(), folder, 10, digester);
        let file = Arc::new(LinesFile { stretch: 4, ..file });
        let mut buffer = Vec::new();
        let failure = file.stretch(0).unwrap().read(&mut buffer).unwrap_err();
        assert_eq!((failure.code, failure.path.as_str()), ("io/unreadable", "lines.jsonl"));
        for number in 1..3 {
            let read = file.stretch(number).unwrap().read(&mut buffer).unwrap();
            assert_eq!((told(&read, &buffer), read.digest), (vec![], None));
        }
    }
}
