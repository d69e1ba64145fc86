//! What is wrong with a rule pack, for people, on a line each, or as JSON.

mod github;
mod sarif;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::human::paint::{Painter, Style, one_line};
use super::human::snippet::{Renderer, Source};
use super::safe::document_bytes;
use super::{Language, Settings};
use crate::catalogue;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::display::shown;
use crate::text::{FileId, Lines, Position, Sources, Span};

/// The files of a pack, and where they are.
#[derive(Debug, Clone, Copy)]
pub struct Pack<'p> {
    /// The files that the diagnostics point into.
    pub files: &'p Sources,
    /// The pack's folder, as it was given; empty for the embedded pack.
    pub folder: &'p str,
}

impl Pack<'_> {
    /// The path of a file from where the pack's folder is named.
    fn path(self, file: FileId) -> String {
        let folder = self.folder.trim_end_matches('/');
        let name = self.files.name(file);
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    }

    /// Where a span begins and ends.
    fn ends(self, span: Span) -> (Position, Position) {
        let end = Span { start: span.end, ..span };
        (self.files.position(span), self.files.position(end))
    }
}

/// What writes a format.
type Writer = fn(&[Diagnostic], Pack<'_>, Settings) -> Vec<u8>;

/// Every format of diagnostics: a new one is a row here.
const FORMATS: &[(&str, Writer)] = &[
    ("human", |diagnostics, pack, settings| human(diagnostics, pack.files, settings).into_bytes()),
    ("concise", |diagnostics, pack, _| concise(diagnostics, pack.files).into_bytes()),
    ("json", |diagnostics, pack, _| json(diagnostics, pack.files)),
    ("sarif", sarif::write),
    ("github", github::write),
];

/// The names of the formats.
pub fn names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|(name, _)| *name)
}

/// Diagnostics in the format of that name, if there is one.
pub fn write(name: &str, diagnostics: &[Diagnostic], pack: Pack<'_>, settings: Settings) -> Option<Vec<u8>> {
    FORMATS.iter().find(|(known, _)| *known == name).map(|(_, write)| write(diagnostics, pack, settings))
}

/// With the lines of the rules and marks under them.
pub fn human(diagnostics: &[Diagnostic], files: &Sources, settings: Settings) -> String {
    let words = settings.language.words();
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&drawn(diagnostic, files, settings));
        out.push('\n');
    }
    let count = |severity| {
        let count = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        u64::try_from(count).unwrap_or(u64::MAX)
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let _infallible = writeln!(
        out,
        "{errors} {}{}{warnings} {}",
        words.errors.form(errors),
        words.comma,
        words.warnings.form(warnings)
    );
    out
}

/// One of them.
pub(super) fn drawn(diagnostic: &Diagnostic, files: &Sources, settings: Settings) -> String {
    let painter = Painter { settings };
    let renderer = Renderer::new(settings);
    let words = settings.language.words();
    let mut out = String::new();
    let code = format!("{}[{}]", words.severity(diagnostic.severity), diagnostic.code);
    painter.put(&mut out, Style::of(diagnostic.severity), &code);
    // Messages on rule packs are in English; what the code means stands in the reader's language.
    if let (Language::Chinese, Some(entry)) = (settings.language, catalogue::find(diagnostic.code)) {
        out.push(' ');
        out.push_str(entry.chinese);
    }
    out.push('\n');
    let mut sources = marked(diagnostic, files).into_iter();
    let first = sources.next();
    renderer.draw(&mut out, diagnostic.severity, &one_line(&diagnostic.message), first.as_ref());
    for source in sources {
        renderer.draw_related(&mut out, words.note, &source);
    }
    if let Some(help) = &diagnostic.help {
        painter.entry(&mut out, words.help, Style::Cyan, &one_line(help));
    }
    out
}

/// The files that a diagnostic points into, its first place's file first, each with its labels.
fn marked(diagnostic: &Diagnostic, files: &Sources) -> Vec<Source> {
    let mut order: Vec<FileId> = Vec::new();
    let mut labels: BTreeMap<FileId, Vec<&Label>> = BTreeMap::new();
    for label in &diagnostic.labels {
        if !order.contains(&label.span.file) {
            order.push(label.span.file);
        }
        labels.entry(label.span.file).or_default().push(label);
    }
    let sources = order.into_iter().filter_map(|id| {
        let marks = labels
            .get(&id)?
            .iter()
            .map(|label| (at(label.span.start), at(label.span.end), one_line(&label.text).into_owned()));
        Some(Source::of_file(files.get(id)?, marks))
    });
    sources.collect()
}

fn at(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// `file:line:column: severity[code] message`, a line each.
pub fn concise(diagnostics: &[Diagnostic], files: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        if let Some(span) = diagnostic.span() {
            let position = files.position(span);
            let name = shown(files.name(span.file));
            let _infallible = write!(out, "{name}:{}:{}: ", position.line, position.column);
        }
        let severity = diagnostic.severity.word();
        let _infallible = writeln!(out, "{severity}[{}] {}", diagnostic.code, shown(&diagnostic.message));
    }
    out
}

/// `{"schema": 1, "diagnostics": […]}`
pub fn json(diagnostics: &[Diagnostic], files: &Sources) -> Vec<u8> {
    let entries = diagnostics.iter().map(|diagnostic| Entry {
        code: diagnostic.code,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        labels: diagnostic.labels.iter().map(|label| LabelEntry::new(label, files)).collect(),
    });
    document_bytes(&Document { schema: 1, diagnostics: entries.collect() })
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<LabelEntry<'a>>,
}

#[derive(Serialize)]
struct LabelEntry<'a> {
    text: &'a str,
    file: &'a str,
    start: Place,
    end: Place,
}

impl<'a> LabelEntry<'a> {
    fn new(label: &'a Label, files: &'a Sources) -> Self {
        let Span { file, start, end } = label.span;
        Self {
            text: &label.text,
            file: files.name(file),
            start: Place::new(files, file, start),
            end: Place::new(files, file, end),
        }
    }
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
    offset: u64,
}

impl Place {
    fn new(files: &Sources, file: FileId, offset: u32) -> Self {
        let position = match files.get(file) {
            Some(source) => source.lines().position(&source.text, at(offset)),
            None => Lines::new("").position("", 0),
        };
        Self { line: position.line, column: position.column, offset: position.offset }
    }
}
