//! One piece of work: files and lines cut into proposals, each judged and written in every format.

use std::sync::Arc;

use super::Checker;
use super::count::Counts;
use super::encoding::decode;
use super::feed::{LARGEST_PROPOSAL, Lines, Task, is_blank, read_whole};
use super::place::position;
use super::report::{Excerpt, Failure, Format, Member, ProposalReport};
use super::run_record::{Digest, DigestKind, InputDigest};
use super::stretch::{Stretch, StretchRead};
use super::walk::Input;
use super::worker::{Origin, Worker};
use crate::engine::portfolio::Tally;
use crate::engine::reading::{elements, encoding_message, too_large_message};
use crate::engine::record::Extent;
use crate::text::Position;

/// The first position of a file.
const START: Position = Position { line: 1, column: 1, offset: 0 };

/// The work of one thread, and what it has written of the piece at hand.
pub(super) struct Batch<'c, 'b> {
    checker: &'c Checker<'b>,
    worker: Worker<'c, 'b>,
    formats: Vec<Arc<dyn Format>>,
    written: Vec<Vec<u8>>,
    /// Empty, to write the next piece to.
    pub spare: Option<Vec<Vec<u8>>>,
    kept: Option<Vec<ProposalReport>>,
    buffer: Vec<u8>,
    /// The same for stretches, which only ever grow it.
    window: Vec<u8>,
    /// How files are digested, if they are.
    digests: Option<DigestKind>,
}

impl<'c, 'b> Batch<'c, 'b> {
    pub(super) fn new(checker: &'c Checker<'b>, formats: Vec<Arc<dyn Format>>) -> Self {
        let written = vec![Vec::new(); formats.len()];
        let mut worker = Worker::new(checker);
        worker.lists_verdicts |= formats.iter().any(|format| format.needs_verdicts());
        worker.is_browsed = formats.iter().any(|format| format.is_browsed());
        let digests = formats.iter().any(|format| format.keeps_record()).then_some(checker.options.digests);
        Self {
            checker,
            worker,
            formats,
            written,
            spare: None,
            kept: None,
            buffer: Vec::new(),
            window: Vec::new(),
            digests,
        }
    }

    /// Keeps the reports of proposals too, for callers of the library.
    pub(super) fn keeping(checker: &'c Checker<'b>) -> Self {
        Self { kept: Some(Vec::new()), ..Self::new(checker, Vec::new()) }
    }

    /// The reports kept so far.
    pub(super) fn take_kept(&mut self) -> Vec<ProposalReport> {
        self.kept.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// How many files and proposals were judged so far.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.worker.counts.summary.files, self.worker.counts.summary.proposals)
    }

    pub(super) fn finish(self) -> (Counts, Vec<Tally<Member>>) {
        (self.worker.counts, self.worker.tallies)
    }

    /// Judges everything in a piece of work; gives what each format wrote of it.
    pub(super) fn work(&mut self, task: Task) -> Vec<Vec<u8>> {
        match task {
            Task::Failed(failure) if failure.code == "io/unreadable" => self.unread(failure, true),
            Task::Failed(failure) => self.worker.counts.failures.push(failure),
            Task::CutShort(failure) => self.unread(failure, false),
            Task::Files(files) => files.iter().for_each(|found| self.file(found)),
            Task::Stretch(stretch) => self.stretch(&stretch),
            Task::Lines(lines, bytes) => self.lines(&lines, &bytes),
            Task::Read(read) => self.worker.counts.inputs.push(read),
        }
        // The next piece will write about as much.
        let fresh = |written: &Vec<u8>| Vec::with_capacity(written.len() + written.len() / 8);
        let next = self.spare.take().unwrap_or_else(|| self.written.iter().map(fresh).collect());
        std::mem::replace(&mut self.written, next)
    }

    /// Counts a file that cannot be read, or not to its end; `is_first` says that it was not counted before.
    fn unread(&mut self, failure: Failure, is_first: bool) {
        self.worker.counts.summary.files += u64::from(is_first);
        self.worker.counts.summary.unreadable += 1;
        self.worker.counts.failures.push(failure);
    }

    fn file(&mut self, found: &Input) {
        let mut buffer = std::mem::take(&mut self.buffer);
        match read_whole(found, &mut buffer) {
            Ok(()) => {
                self.worker.counts.summary.files += 1;
                if let Some(kind) = self.digests {
                    let (path, digest) = (Arc::clone(&found.name), Digest::of(kind, &buffer));
                    let is_standard_input = found.source.is_standard();
                    self.worker.counts.inputs.push(InputDigest { path, digest, is_standard_input });
                }
                self.document(&found.name, &buffer);
            },
            Err(failure) => self.unread(failure, true),
        }
        self.buffer = buffer;
    }

    /// A file that holds one proposal, or an array of them.
    pub(super) fn document(&mut self, path: &Arc<str>, bytes: &[u8]) {
        let origin = Origin { path: Arc::clone(path), index: 0, base: START };
        if bytes.len() > LARGEST_PROPOSAL {
            return self.too_large(&origin);
        }
        let Some((text, base)) = self.text(bytes, &origin) else { return };
        let origin = Origin { base, ..origin };
        let excerpt = Excerpt { text: &text, offset: base.offset, line: base.line };
        if !text.trim_start_matches([' ', '\t', '\r', '\n']).starts_with('[') {
            let report = self.worker.check(&text, &origin);
            return self.write(report, Some(excerpt));
        }
        let Ok(extents) = elements(&text) else {
            // The array itself is no JSON: one finding for the file.
            let report = self.worker.check(&text, &origin);
            return self.write(report, Some(excerpt));
        };
        let (mut base, mut at) = (base, 0);
        for (index, extent) in (0..).zip(extents) {
            let (start, end) = (extent.start as usize, extent.end as usize);
            base = position(text.get(at..).unwrap_or_default(), base, start - at);
            at = start;
            let element = text.get(start..end).unwrap_or_default();
            let origin = Origin { path: Arc::clone(path), index, base };
            let report = self.worker.check(element, &origin);
            self.write(report, Some(excerpt));
        }
    }

    fn stretch(&mut self, stretch: &Stretch) {
        let mut buffer = std::mem::take(&mut self.window);
        match stretch.read(&mut buffer) {
            Ok(StretchRead { lines, bytes, digest }) => {
                self.lines(&lines, buffer.get(bytes).unwrap_or_default());
                self.worker.counts.inputs.extend(digest);
            },
            Err(failure) => self.unread(failure, stretch.is_first()),
        }
        self.window = buffer;
    }

    /// Lines of a file, one proposal each.
    fn lines(&mut self, lines: &Lines, mut bytes: &[u8]) {
        self.worker.counts.summary.files += u64::from(lines.is_first);
        let base = Position { line: lines.line, column: 1, offset: lines.offset };
        let mut origin = Origin { path: Arc::clone(&lines.path), index: lines.index, base };
        if lines.is_first
            && let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF")
        {
            bytes = rest;
            origin.base.offset += 3;
        }
        // One look at all lines is faster than one at each; each is looked at only if some byte is wrong.
        let all = simdutf8::basic::from_utf8(bytes).ok();
        let mut start = 0;
        let unended = Some(bytes.len()).filter(|_| !bytes.is_empty() && !bytes.ends_with(b"\n"));
        for end in memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).chain(unended) {
            let line = bytes.get(start..end).unwrap_or_default();
            if !is_blank(line) {
                match all.and_then(|all| all.get(start..end)) {
                    Some(text) => self.line(text, &origin),
                    None => {
                        if let Some((text, _)) = self.text(line, &origin) {
                            self.line(&text, &origin);
                        }
                    },
                }
                origin.index += 1;
            }
            origin.base.line = origin.base.line.saturating_add(1);
            origin.base.offset += line.len() as u64;
            start = end;
        }
        if lines.too_long {
            self.too_large(&origin);
        }
    }

    fn line(&mut self, text: &str, origin: &Origin) {
        let report = self.worker.check(text, origin);
        let excerpt = Excerpt { text, offset: origin.base.offset, line: origin.base.line };
        self.write(report, Some(excerpt));
    }

    /// The text of bytes and where it begins, a byte-order mark passed over; `None` if they are no text, which is
    /// reported.
    fn text<'t>(&mut self, bytes: &'t [u8], origin: &Origin) -> Option<(std::borrow::Cow<'t, str>, Position)> {
        match decode(bytes, self.checker.encoding) {
            Ok(text) => {
                let has_mark = bytes.starts_with(b"\xEF\xBB\xBF") && self.checker.encoding.is_none();
                let offset = origin.base.offset + if has_mark { 3 } else { 0 };
                Some((text, Position { offset, ..origin.base }))
            },
            Err(error) => {
                let words = |language: &str| encoding_message(error.encoding, error.guess, language);
                let shown = String::from_utf8_lossy(bytes.get(..error.offset.unwrap_or(0)).unwrap_or_default());
                let at = u32::try_from(shown.len()).unwrap_or(u32::MAX);
                let extent = Extent { start: at, end: at };
                let report = self.worker.reject(&shown, origin, "proposal/encoding", words, extent);
                self.write(report, None);
                None
            },
        }
    }

    fn too_large(&mut self, origin: &Origin) {
        let report = self.worker.reject("", origin, "proposal/too-large", too_large_message, Extent::default());
        self.write(report, None);
    }

    fn write(&mut self, mut report: ProposalReport, excerpt: Option<Excerpt<'_>>) {
        if let Some(most) = self.checker.options.max_findings {
            let counts = &mut self.worker.counts;
            let shown = usize::try_from(most.saturating_sub(counts.shown)).unwrap_or(usize::MAX);
            let left_out = report.findings.len().saturating_sub(shown);
            report.findings.truncate(shown);
            counts.shown += report.findings.len() as u64;
            counts.omitted += left_out as u64;
        }
        write(self.checker, &self.formats, &mut report, excerpt, &mut self.written);
        if let Some(kept) = &mut self.kept {
            kept.push(report);
        }
    }
}

/// Writes a proposal in every format, set apart from what was written before it; its verdicts are shown where they are
/// asked for, or the format needs them.
pub(super) fn write(
    checker: &Checker<'_>,
    formats: &[Arc<dyn Format>],
    report: &mut ProposalReport,
    excerpt: Option<Excerpt<'_>>,
    written: &mut [Vec<u8>],
) {
    let mut hidden = None;
    for (format, written) in formats.iter().zip(written) {
        if checker.options.verdicts || format.needs_verdicts() {
            report.verdicts = report.verdicts.take().or_else(|| hidden.take());
        } else {
            hidden = hidden.or_else(|| report.verdicts.take());
        }
        let before = written.len();
        if before > 0 {
            written.extend_from_slice(format.separator().as_bytes());
        }
        let after = written.len();
        format.proposal(&checker.header, report, excerpt, written);
        if written.len() == after {
            written.truncate(before);
        }
    }
}
