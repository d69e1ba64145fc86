//! Excerpts with a marked place. The only file that knows miette.
//!
//! miette is given pieces of texts that are cleaned and cut already: a cleaned copy has the length of its original, so that
//! marks stay right, and a piece keeps its own line and column. What an excerpt costs hangs on what it shows, and not on the
//! length of the text or of its lines: a proposal on one long line can have a hundred thousand findings.

use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents,
    ThemeCharacters, ThemeStyles,
};

use super::paint::wrap;
use crate::checker::report::Excerpt;
use crate::diagnostic::Severity;
use crate::report::Settings;
use crate::text::display::same_length;
use crate::text::{Position, SourceFile};

/// How many bytes of a line are shown before and after a mark, at least, where a line is long.
const AROUND: usize = 32;

/// The longest line, in bytes, that is shown whole.
const LONG: usize = 120;

/// How long a mark may be, in bytes.
const LONGEST_MARK: usize = 60;

/// How many lines are shown above and below the line of a mark.
const CONTEXT: usize = 1;

/// Draws messages and excerpts.
pub(in crate::report) struct Renderer {
    handler: GraphicalReportHandler,
    width: usize,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer").finish_non_exhaustive()
    }
}

impl Renderer {
    pub(in crate::report) fn new(settings: Settings) -> Self {
        let theme = GraphicalTheme {
            characters: if settings.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
            styles: if settings.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(settings.width)
            .with_context_lines(CONTEXT)
            .with_links(false)
            .with_wrap_lines(false)
            .without_syntax_highlighting();
        Self { handler, width: settings.width }
    }

    /// Appends a message, and the place that it speaks of, if there is one.
    pub(in crate::report) fn draw(&self, out: &mut String, severity: Severity, message: &str, source: Option<&Source>) {
        let message = wrap(message, self.width.saturating_sub(6)).join("\n");
        let _infallible = self.handler.render_report(out, &Picture { severity, message, source });
    }

    /// Appends an excerpt alone.
    pub(in crate::report) fn draw_related(&self, out: &mut String, message: &str, source: &Source) {
        self.draw(out, Severity::Note, message, Some(source));
    }
}

/// A text with marks in it.
#[derive(Debug)]
pub(in crate::report) struct Source {
    name: String,
    /// What of the text may be shown, in its order.
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
}

/// A piece of a text.
#[derive(Debug)]
struct Piece {
    /// Where it begins in the text.
    at: usize,
    /// Cleaned.
    text: String,
    /// Number of its first line, from 0.
    first_line: usize,
    /// Number of its first character in its line, from 0.
    first_column: usize,
}

#[derive(Debug)]
struct Mark {
    start: usize,
    length: usize,
    label: Option<String>,
}

impl Source {
    /// The lines around a place in a proposal; `None` if the place lies outside the excerpt.
    pub(in crate::report) fn of_proposal(
        name: &str,
        excerpt: Excerpt<'_>,
        start: Position,
        end: Position,
    ) -> Option<Self> {
        let local = |offset: u64| usize::try_from(offset.checked_sub(excerpt.offset)?).ok();
        let (start_at, end_at) = (local(start.offset)?, local(end.offset)?);
        let text = excerpt.text;
        if start_at > text.len() || !text.is_char_boundary(start_at) {
            return None;
        }
        let place_at = start_at;
        let (start_at, end_at) = clip(text, start_at, end_at)?;
        let window = Window::around(text, start_at, end_at, CONTEXT);
        let before = text.get(window.start..start_at)?;
        let breaks = memchr::memchr_iter(b'\n', before.as_bytes()).count();
        let moved = text.get(start_at..place_at).unwrap_or_default();
        let moved_lines = memchr::memchr_iter(b'\n', moved.as_bytes()).count();
        let first_column = if breaks + moved_lines == 0 {
            usize::try_from(start.column).ok()?.saturating_sub(1 + before.chars().count() + moved.chars().count())
        } else {
            0
        };
        let mut shown = same_length(text.get(window.start..window.end)?);
        if window.cut_left {
            ellipsis_left(&mut shown);
        }
        if window.cut_right {
            ellipsis_right(&mut shown, end_at - window.start);
        }
        let first_line = usize::try_from(start.line).ok()?.saturating_sub(1 + moved_lines + breaks);
        let piece = Piece { at: window.start, text: shown, first_line, first_column };
        let mark = Mark { start: start_at, length: end_at - start_at, label: None };
        Some(Self { name: name.to_owned(), pieces: vec![piece], marks: vec![mark] })
    }

    /// A file of a rule pack with places in it.
    pub(in crate::report) fn of_file(file: &SourceFile, marks: impl Iterator<Item = (usize, usize, String)>) -> Self {
        let text = file.text.as_ref();
        let marks: Vec<Mark> = marks
            .map(|(start, end, label)| {
                let (start, end) = clip(text, floor(text, start), end).unwrap_or_default();
                Mark { start, length: end - start, label: (!label.is_empty()).then_some(label) }
            })
            .collect();
        let windows = marks.iter().map(|mark| {
            let window = Window::around(text, mark.start, mark.start + mark.length, CONTEXT);
            window.start..window.end
        });
        let piece = |range: Range<usize>| {
            let place = file.lines().position(text, range.start);
            let [line, column] = [place.line, place.column].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
            let shown = same_length(text.get(range.clone()).unwrap_or_default());
            Piece {
                at: range.start,
                text: shown,
                first_line: line.saturating_sub(1),
                first_column: column.saturating_sub(1),
            }
        };
        Self { name: file.name.clone(), pieces: joined(windows).into_iter().map(piece).collect(), marks }
    }
}

/// Stretches in their order; those that meet are one.
fn joined(stretches: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut sorted: Vec<_> = stretches.collect();
    sorted.sort_unstable_by_key(|stretch| stretch.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for stretch in sorted {
        match joined.last_mut().filter(|last| stretch.start <= last.end) {
            Some(last) => last.end = last.end.max(stretch.end),
            None => joined.push(stretch),
        }
    }
    joined
}

/// A place that can be marked: on one line, not too long, and on a character even at the end of the text. `None` if the text is
/// blank.
fn clip(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let rest = bytes.get(start..).unwrap_or_default();
    if rest.iter().all(u8::is_ascii_whitespace) {
        let seen = text.trim_end();
        return seen.char_indices().next_back().map(|(last, _)| (last, seen.len()));
    }
    let furthest = end.min(start + LONGEST_MARK).min(bytes.len());
    let line = bytes.get(start..furthest).unwrap_or_default();
    let end = memchr::memchr(b'\n', line).map_or(furthest, |at| start + at);
    Some((start, floor(text, end).max(start)))
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset.min(text.len()))
}

/// The stretch of a text that is shown for a place in it.
struct Window {
    start: usize,
    end: usize,
    cut_left: bool,
    cut_right: bool,
}

impl Window {
    fn around(text: &str, start: usize, end: usize, context: usize) -> Self {
        let bytes = text.as_bytes();
        let longest = LONG.max(end - start + 2 * AROUND);
        // Where a line goes on for longer than is shown, it is all the same where it begins and ends.
        let line_start = |at: usize| {
            let from = at.saturating_sub(longest + 1);
            memchr::memrchr(b'\n', bytes.get(from..at).unwrap_or_default()).map_or(from, |found| from + found + 1)
        };
        let line_end = |at: usize| {
            let to = bytes.len().min(at + longest + 1);
            memchr::memchr(b'\n', bytes.get(at..to).unwrap_or_default()).map_or(to, |found| at + found + 1)
        };
        let (own_start, own_end) = (line_start(start), line_end(end));
        if own_end - own_start > longest {
            let (left, right) = (floor(text, start.saturating_sub(AROUND)), floor(text, end + AROUND));
            let (left, right) = (left.max(own_start), right.min(own_end));
            return Self { start: left, end: right, cut_left: left > own_start, cut_right: right < own_end };
        }
        let mut window = Self { start: own_start, end: own_end, cut_left: false, cut_right: false };
        for _ in 0..context {
            let above = window.start.checked_sub(1).map(line_start);
            window.start = above.filter(|above| window.start - above <= LONG).unwrap_or(window.start);
            let below = (window.end < bytes.len()).then(|| line_end(window.end));
            window.end = below.filter(|below| below - window.end <= LONG).unwrap_or(window.end);
        }
        window
    }
}

/// The mark of what was left out, in the room of the first three bytes.
fn ellipsis_left(text: &mut String) {
    if text.get(..3).is_some_and(|head| head.is_ascii()) {
        text.replace_range(..3, "…");
    }
}

fn ellipsis_right(text: &mut String, marked: usize) {
    let tail = text.len().saturating_sub(3);
    if tail >= marked && text.get(tail..).is_some_and(|tail| tail.is_ascii()) {
        text.replace_range(tail.., "…");
    }
}

/// What miette is asked to draw.
struct Picture<'a> {
    severity: Severity,
    message: String,
    source: Option<&'a Source>,
}

impl fmt::Debug for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Picture<'_> {}

impl miette::Diagnostic for Picture<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.map(|source| -> &dyn SourceCode { source })
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marks = self.source?.marks.iter();
        Some(Box::new(marks.map(|mark| LabeledSpan::new(mark.label.clone(), mark.start, mark.length))))
    }
}

impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let mut pieces = self.pieces.iter();
        let piece = pieces.find(|piece| piece.at <= start && end <= piece.at + piece.text.len());
        let piece = piece.ok_or(MietteError::OutOfBounds)?;
        let (start, end) = (floor(&piece.text, start - piece.at), floor(&piece.text, end - piece.at));
        let is_place_alone = before == 0 && after == 0;
        let window = Window::around(&piece.text, start, end, before.max(after));
        let data = piece.text.get(window.start..window.end).ok_or(MietteError::OutOfBounds)?;
        let counted = if is_place_alone { start } else { window.start };
        let passed = piece.text.get(..counted).unwrap_or_default();
        let line_start = memchr::memrchr(b'\n', passed.as_bytes()).map(|at| at + 1);
        let column = passed.get(line_start.unwrap_or(0)..).unwrap_or_default().chars().count();
        Ok(Box::new(Contents {
            name: &self.name,
            data,
            span: SourceSpan::new((piece.at + window.start).into(), data.len()),
            line: piece.first_line + memchr::memchr_iter(b'\n', passed.as_bytes()).count(),
            column: if line_start.is_none() { piece.first_column + column } else { column },
            lines: data.lines().count(),
        }))
    }
}

/// A stretch of a source with its line and its column in characters.
struct Contents<'a> {
    name: &'a str,
    data: &'a str,
    span: SourceSpan,
    line: usize,
    column: usize,
    lines: usize,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data.as_bytes()
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.name)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.lines
    }
}
