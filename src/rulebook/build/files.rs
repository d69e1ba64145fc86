//! The files of a rule pack: where they come from, what was read of them, and their digest.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::cases::is_case;
use super::limits;
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Sources, Span, hexadecimal};

/// Where the files of a rule pack come from. Names are relative to the pack, with `/` between folders.
pub trait Pack {
    /// The names of all plan files, in any order.
    ///
    /// # Errors
    /// What keeps the folder from being read, and its path.
    fn plan_files(&self) -> Result<Vec<String>, (PathBuf, std::io::Error)>;

    /// The bytes of a file, if it has no more than `most`.
    ///
    /// # Errors
    /// Why it cannot be had.
    fn read(&self, name: &str, most: u64) -> Result<Cow<'_, [u8]>, Unreadable>;

    /// Whether a plan file holds nothing but tests that are known to pass: it bears on the digest alone.
    fn is_proved(&self, _name: &str) -> bool {
        false
    }

    /// Whether the pack was shown to be sound, so that what could only be a fault need not be looked for.
    fn is_sound(&self) -> bool {
        false
    }
}

/// Why a file of a pack cannot be had.
#[derive(Debug)]
pub enum Unreadable {
    /// There is no such file.
    Missing,
    /// It is a folder, a symbolic link, or lies behind one.
    NotAFile,
    /// It has more bytes than allowed.
    TooLarge,
    /// The system refused.
    Failed(std::io::Error),
}

/// A pack in a folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The pack in that folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The name of a file below the root; `None` if it is no UTF-8.
    fn name(&self, path: &Path) -> Option<String> {
        let parts: Option<Vec<&str>> =
            path.strip_prefix(&self.root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
        parts.map(|parts| parts.join("/"))
    }
}

impl Pack for Folder {
    fn plan_files(&self) -> Result<Vec<String>, (PathBuf, std::io::Error)> {
        let mut names = Vec::new();
        let entries = walkdir::WalkDir::new(&self.root).max_depth(limits::FOLDERS).min_depth(1);
        for (entry, count) in entries.into_iter().zip(0_usize..) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(&self.root).to_owned();
                (path, error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links")))
            })?;
            if count == limits::FOLDER_ENTRIES {
                let error = std::io::Error::other(format!("the folder holds more than {count} files and folders"));
                return Err((self.root.clone(), error));
            }
            let is_plan = entry.file_type().is_file() && entry.path().extension().is_some_and(|end| end == "plan");
            if is_plan {
                let error = || (entry.path().to_owned(), std::io::Error::other("the file's name is not UTF-8"));
                names.push(self.name(entry.path()).ok_or_else(error)?);
            }
        }
        Ok(names)
    }

    fn read(&self, name: &str, most: u64) -> Result<Cow<'_, [u8]>, Unreadable> {
        let mut path = self.root.clone();
        let mut kind = None;
        for part in name.split('/') {
            path.push(part);
            let found = std::fs::symlink_metadata(&path).map_err(unreadable)?;
            if found.file_type().is_symlink() {
                return Err(Unreadable::NotAFile);
            }
            kind = Some(found);
        }
        if !kind.is_some_and(|found| found.is_file()) {
            return Err(Unreadable::NotAFile);
        }
        read_plain(&path, most).map(Cow::Owned)
    }
}

/// The bytes of a plain file, if it has no more than `most`.
pub(super) fn read_plain(path: &Path, most: u64) -> Result<Vec<u8>, Unreadable> {
    use std::io::Read as _;
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Unreadable::NotAFile);
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most { Err(Unreadable::TooLarge) } else { Ok(bytes) }
}

fn unreadable(error: std::io::Error) -> Unreadable {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Unreadable::Missing,
        _ => Unreadable::Failed(error),
    }
}

/// A pack held in memory, by name.
#[derive(Debug, Clone, Default)]
pub struct Memory<'b>(pub BTreeMap<String, &'b [u8]>);

impl Pack for Memory<'_> {
    fn plan_files(&self) -> Result<Vec<String>, (PathBuf, std::io::Error)> {
        Ok(self.0.keys().filter(|name| Path::new(name).extension().is_some_and(|end| end == "plan")).cloned().collect())
    }

    fn read(&self, name: &str, most: u64) -> Result<Cow<'_, [u8]>, Unreadable> {
        let bytes = self.0.get(name).ok_or(Unreadable::Missing)?;
        if bytes.len() as u64 > most { Err(Unreadable::TooLarge) } else { Ok(Cow::Borrowed(bytes)) }
    }
}

/// The files of the embedded pack, whose tests were passed before it was embedded. To read them again takes a sixth of the
/// time in which it is loaded.
pub(in crate::rulebook) struct Proved(pub(in crate::rulebook) Memory<'static>);

impl Pack for Proved {
    fn plan_files(&self) -> Result<Vec<String>, (PathBuf, std::io::Error)> {
        self.0.plan_files()
    }

    fn read(&self, name: &str, most: u64) -> Result<Cow<'_, [u8]>, Unreadable> {
        self.0.read(name, most)
    }

    fn is_proved(&self, name: &str) -> bool {
        name.starts_with("tests/")
    }

    fn is_sound(&self) -> bool {
        true
    }
}

/// Reads the files of a pack, each once.
pub(super) struct Loader<'a> {
    pack: &'a dyn Pack,
    /// What was read.
    pub(super) files: Sources,
    digests: BTreeMap<String, [u8; 32]>,
    read: BTreeMap<String, FileId>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(pack: &'a dyn Pack) -> Self {
        Self { pack, files: Sources::default(), digests: BTreeMap::new(), read: BTreeMap::new() }
    }

    /// See [`Pack::is_sound`].
    pub(super) fn is_sound(&self) -> bool {
        self.pack.is_sound()
    }

    /// Reads a file. `asked` is the place that names it; a plan file has none.
    pub(super) fn file(
        &mut self,
        name: &str,
        most: u64,
        asked: Option<Span>,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<FileId> {
        if let Some(id) = self.read.get(name) {
            return Some(*id);
        }
        let bytes = match self.pack.read(name, most) {
            Ok(bytes) => bytes,
            Err(reason) => {
                // A plan file that cannot be read is the place of its own fault.
                let asked = asked.unwrap_or_else(|| Span { file: self.files.add(name, ""), start: 0, end: 0 });
                let (code, message, label, help) = unreadable_file(name, &reason, most);
                sink.push(Diagnostic::error(code, asked, message, label).help(help));
                return None;
            },
        };
        self.digests.insert(name.to_owned(), Sha256::digest(&bytes).into());
        let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let text = match simdutf8::compat::from_utf8(content) {
            Ok(text) => text,
            Err(error) => {
                let id = self.files.add(name, String::from_utf8_lossy(content));
                let span = Span { file: id, start: offset(error.valid_up_to()), end: offset(error.valid_up_to()) };
                sink.push(not_utf8(name, span, asked));
                return None;
            },
        };
        if let Some(zero) = memchr::memchr(0, text.as_bytes()) {
            let id = self.files.add(name, text);
            let span = Span { file: id, start: offset(zero), end: offset(zero + 1) };
            sink.push(not_text(name, span, asked));
            return None;
        }
        let id = self.files.add(name, text);
        self.read.insert(name.to_owned(), id);
        Some(id)
    }

    /// SHA-256 over the number of files and, in the order of their names, the length of each name, the name, and the SHA-256 of the content.
    pub(super) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"plancheck rule pack 1\n");
        for (name, content) in self.digests.iter().filter(|(name, _)| !is_case(name)) {
            hash.update((name.len() as u64).to_be_bytes());
            hash.update(name.as_bytes());
            hash.update(content);
        }
        hexadecimal(&hash.finalize())
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn unreadable_file(name: &str, reason: &Unreadable, most: u64) -> (&'static str, String, &'static str, &'static str) {
    let name = crate::text::display::shown(name);
    match reason {
        Unreadable::Missing => (
            "rules/file-not-found",
            format!("there is no file `{name}` in the rule pack"),
            "not found",
            "write its path from the pack's folder, with `/` between folders",
        ),
        Unreadable::NotAFile => (
            "rules/file-not-found",
            format!("`{name}` is no plain file"),
            "a folder or a symbolic link",
            "put the file itself into the pack's folder: links are not followed",
        ),
        Unreadable::TooLarge => (
            "rules/too-large",
            format!("`{name}` has more than {} MiB", most >> 20),
            "too large",
            "split it, or leave out what the rules do not need",
        ),
        Unreadable::Failed(error) => (
            "rules/file-not-found",
            format!("`{name}` cannot be read: {error}"),
            "cannot be read",
            "make the file readable",
        ),
    }
}

fn not_text(name: &str, span: Span, asked: Option<Span>) -> Diagnostic {
    let message = format!("`{}` is no text: it holds a zero byte", crate::text::display::shown(name));
    named_at(Diagnostic::error("rules/encoding", span, message, "a zero byte"), asked)
        .help("save it as plain text or Markdown, in UTF-8")
}

/// The place that names the file, if there is one.
fn named_at(error: Diagnostic, asked: Option<Span>) -> Diagnostic {
    match asked {
        Some(asked) => error.also(asked, "named here"),
        None => error,
    }
}

fn not_utf8(name: &str, span: Span, asked: Option<Span>) -> Diagnostic {
    let message = format!("`{}` is not UTF-8", crate::text::display::shown(name));
    let error = Diagnostic::error("rules/encoding", span, message, "the first byte that is not UTF-8");
    named_at(error, asked).help("save the file as UTF-8")
}

/// Checks that a path stays inside the pack: names with `/` between them, none of them `.` or `..`.
pub(super) fn is_inside(path: &str) -> bool {
    let safe = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(safe) && !path.contains(['\\', ':', '\0'])
}
