//! Finding proposals: files, folders and standard input, in the order of their paths as bytes, each once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ffi::OsStr;
use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

use super::report::Failure;
use crate::diagnostic::Severity;
use crate::text::display::shown;
use crate::text::nearest::nearest;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What reports call it: the path with `/`, as found from the path given.
    pub name: Arc<str>,
    /// Where it is read from.
    pub source: InputSource,
    /// How many proposals it may hold.
    pub kind: InputKind,
}

/// Where an input is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputSource {
    /// A file, pipe or device.
    File(PathBuf),
    /// Standard input.
    Standard,
    /// A file that stands for what came through standard input in an earlier run.
    Kept(PathBuf),
}

impl InputSource {
    /// Whether reports say that it came through standard input.
    pub fn is_standard(&self) -> bool {
        matches!(self, Self::Standard | Self::Kept(_))
    }
}

/// How proposals stand in an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// One proposal, or an array of them.
    Json,
    /// One proposal a line.
    Lines,
}

impl InputKind {
    /// By the ending of a file's name, if it is one that proposals have.
    fn by_ending(name: &OsStr) -> Option<Self> {
        let name = name.as_encoded_bytes();
        let ending =
            name.iter().rev().position(|byte| *byte == b'.').and_then(|length| name.get(name.len() - length..))?;
        let is = |wanted: &str| ending.eq_ignore_ascii_case(wanted.as_bytes());
        if is("json") { Some(Self::Json) } else { (is("jsonl") || is("ndjson")).then_some(Self::Lines) }
    }

    /// By the ending of a name; anything but `.jsonl` and `.ndjson` is [`InputKind::Json`].
    pub fn of(name: &Path) -> Self {
        match ending(name).as_deref() {
            Some("jsonl" | "ndjson") => Self::Lines,
            _ => Self::Json,
        }
    }
}

impl Input {
    /// Opens it for reading.
    ///
    /// # Errors
    /// A failure `io/unreadable`.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, Failure> {
        match &self.source {
            InputSource::Standard => Ok(Box::new(io::stdin())),
            InputSource::File(path) | InputSource::Kept(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(unreadable(&self.name, &error)),
            },
        }
    }
}

/// The failure of a path that could not be read.
pub fn unreadable(name: &str, error: &io::Error) -> Failure {
    let reason = match error.kind() {
        ErrorKind::PermissionDenied => "this user may not read it".to_owned(),
        ErrorKind::NotFound => "it was there when the folder was listed and is gone now".to_owned(),
        _ => error.to_string(),
    };
    failure(name, "io/unreadable", format!("cannot be read: {reason}"), Severity::Error)
}

fn failure(path: &str, code: &'static str, message: String, severity: Severity) -> Failure {
    Failure { path: path.to_owned(), code, message, severity }
}

/// Every input below the paths given, in order. Problems come in their place among them; what can only be said at the
/// end comes last: globs and folders that met nothing.
#[derive(Debug)]
pub struct Walk {
    heads: BinaryHeap<Reverse<Head>>,
    roots: Vec<Root>,
    excludes: Arc<[Exclude]>,
    last: Option<Arc<str>>,
    closing: Option<std::vec::IntoIter<Failure>>,
}

/// The next item of a root, ordered by its key.
#[derive(Debug)]
struct Head {
    key: Arc<str>,
    root: usize,
    item: Result<Input, Failure>,
}

impl Head {
    fn of(input: Input) -> Self {
        Self { key: Arc::clone(&input.name), root: 0, item: Ok(input) }
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.key, self.root).cmp(&(&other.key, other.root))
    }
}

/// A path given.
#[derive(Debug)]
enum Root {
    One(Option<Head>),
    Folder(Box<Folder>),
}

#[derive(Debug)]
struct Folder {
    name: String,
    entries: walkdir::IntoIter,
    base: PathBuf,
    met: bool,
}

#[derive(Debug)]
struct Exclude {
    written: String,
    matcher: GlobMatcher,
    met: AtomicBool,
}

impl Exclude {
    fn new(glob: &str) -> Result<Self, Failure> {
        let pattern = glob.strip_prefix("./").unwrap_or(glob);
        let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
        let anywhere = if pattern.contains('/') { pattern.to_owned() } else { format!("**/{pattern}") };
        let built = GlobBuilder::new(&anywhere).literal_separator(true).build();
        let matcher = built.map_err(|error| {
            let message = format!("`{}` is no glob: {}", shown(glob), shown(&error.kind().to_string()));
            failure("--exclude", "run/bad-glob", message, Severity::Error)
        })?;
        Ok(Self { written: glob.to_owned(), matcher: matcher.compile_matcher(), met: AtomicBool::new(false) })
    }
}

fn excluded(excludes: &[Exclude], name: &str) -> bool {
    let mut out = false;
    for exclude in excludes.iter().filter(|exclude| exclude.matcher.is_match(name)) {
        exclude.met.store(true, Ordering::Relaxed);
        out = true;
    }
    out
}

impl Walk {
    /// Starts at the paths given; `-` is standard input, which `stdin_filename` names. Without a path, at the current folder.
    ///
    /// # Errors
    /// Globs that are none.
    pub fn new(paths: &[PathBuf], exclude: &[String], stdin_filename: Option<&str>) -> Result<Self, Vec<Failure>> {
        let (mut excludes, mut faults) = (Vec::new(), Vec::new());
        for glob in exclude {
            match Exclude::new(glob) {
                Ok(exclude) => excludes.push(exclude),
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let here = [PathBuf::from(".")];
        let given = Given::gather(if paths.is_empty() { &here } else { paths }, stdin_filename);
        let mut walk = Self {
            heads: BinaryHeap::new(),
            roots: given.into_roots(&excludes),
            excludes: excludes.into(),
            last: None,
            closing: None,
        };
        for root in 0..walk.roots.len() {
            walk.advance(root);
        }
        Ok(walk)
    }

    /// Puts the next item of a root among the heads.
    fn advance(&mut self, root: usize) {
        let next = match self.roots.get_mut(root) {
            Some(Root::One(head)) => head.take(),
            Some(Root::Folder(folder)) => folder.next(&self.excludes),
            None => None,
        };
        if let Some(head) = next {
            self.heads.push(Reverse(Head { root, ..head }));
        }
    }

    fn closing(&self) -> Vec<Failure> {
        let empty = self.roots.iter().filter_map(|root| match root {
            Root::Folder(folder) if !folder.met => Some(&folder.name),
            _ => None,
        });
        let empty = empty.map(|name| {
            let message = "holds no proposal: no file in it ends in .json, .jsonl or .ndjson (hidden ones and symbolic links are passed over)";
            failure(name, "io/no-proposals", message.to_owned(), Severity::Warning)
        });
        let unmet = self.excludes.iter().filter(|exclude| !exclude.met.load(Ordering::Relaxed)).map(|exclude| {
            let message = format!("`{}` excludes nothing: no path met it", shown(&exclude.written));
            failure("--exclude", "run/unmatched-glob", message, Severity::Warning)
        });
        empty.chain(unmet).collect()
    }
}

impl Iterator for Walk {
    type Item = Result<Input, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(Reverse(head)) = self.heads.pop() {
            self.advance(head.root);
            if self.last.as_ref() != Some(&head.key) {
                self.last = Some(head.key);
                return Some(head.item);
            }
        }
        if self.closing.is_none() {
            self.closing = Some(self.closing().into_iter());
        }
        self.closing.as_mut()?.next().map(Err)
    }
}

impl Folder {
    fn next(&mut self, excludes: &[Exclude]) -> Option<Head> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(self.fault(&error)),
            };
            if entry.depth() == 0 {
                continue;
            }
            let name = joined(&self.name, &self.base, entry.path());
            let (kind, file_name) = (entry.file_type(), entry.file_name());
            if is_hidden(file_name) || kind.is_symlink() || excluded(excludes, &name) {
                if kind.is_dir() {
                    self.entries.skip_current_dir();
                }
                continue;
            }
            if kind.is_dir() {
                continue;
            }
            if !kind.is_file() {
                let message = format!("passed over: it is {}, no file; name it to have it read", sort_of(kind));
                let item = Err(failure(&name, "io/not-a-file", message, Severity::Warning));
                return Some(Head { key: Arc::from(name), root: 0, item });
            }
            let Some(kind) = InputKind::by_ending(file_name) else { continue };
            self.met = true;
            return Some(Head::of(Input { name: Arc::from(name), source: InputSource::File(entry.into_path()), kind }));
        }
    }

    fn fault(&self, error: &walkdir::Error) -> Head {
        let name = error.path().map_or_else(|| self.name.clone(), |path| joined(&self.name, &self.base, path));
        let item = Err(match error.io_error() {
            Some(inner) => unreadable(&name, inner),
            None => {
                failure(&name, "io/unreadable", "cannot be read: it leads back to itself".to_owned(), Severity::Error)
            },
        });
        Head { key: Arc::from(name), root: 0, item }
    }
}

/// The paths given, each once, by what they are called in reports.
struct Given {
    /// By canonical path: what it is called, the path, and whether it is a folder.
    found: BTreeMap<PathBuf, (String, PathBuf, FileType)>,
    faults: Vec<Failure>,
    standard: Option<Input>,
}

impl Given {
    fn gather(paths: &[PathBuf], stdin_filename: Option<&str>) -> Self {
        let mut given = Self { found: BTreeMap::new(), faults: Vec::new(), standard: None };
        for path in paths {
            if path.as_os_str() == "-" {
                let name = stdin_filename.unwrap_or("-");
                let kind = InputKind::of(Path::new(name));
                given.standard = Some(Input { name: Arc::from(name), source: InputSource::Standard, kind });
                continue;
            }
            let name = display(path);
            match fs::canonicalize(path).and_then(|canonical| Ok((fs::metadata(&canonical)?.file_type(), canonical))) {
                Ok((kind, canonical)) => {
                    let entry = given.found.entry(canonical).or_insert_with(|| (name.clone(), path.clone(), kind));
                    if name < entry.0 {
                        (entry.0, entry.1) = (name, path.clone());
                    }
                },
                Err(error) => given.faults.push(absent(path, &name, &error)),
            }
        }
        given
    }

    fn into_roots(self, excludes: &[Exclude]) -> Vec<Root> {
        let mut roots = Vec::new();
        for (canonical, (name, path, kind)) in &self.found {
            let (name, base) = match self.covering(canonical) {
                Some((outer, name)) => (joined(name, outer, canonical), canonical.clone()),
                None => (name.clone(), path.clone()),
            };
            if excluded(excludes, &name) {
                continue;
            }
            roots.push(if kind.is_dir() { folder(name, base) } else { single(name, base) });
        }
        let standard = self.standard.into_iter().map(|input| Root::One(Some(Head::of(input))));
        let faults = self
            .faults
            .into_iter()
            .map(|fault| Root::One(Some(Head { key: Arc::from(fault.path.as_str()), root: 0, item: Err(fault) })));
        roots.into_iter().chain(standard).chain(faults).collect()
    }

    /// The outermost folder given that holds this path, and what it is called.
    fn covering<'a>(&'a self, canonical: &'a Path) -> Option<(&'a Path, &'a str)> {
        let outer = canonical.ancestors().skip(1).filter(|outer| self.found.contains_key(*outer)).last()?;
        self.found.get(outer).map(|(name, ..)| (outer, name.as_str()))
    }
}

fn single(name: String, path: PathBuf) -> Root {
    let kind = InputKind::of(&path);
    let input = Input { name: Arc::from(name), source: InputSource::File(path), kind };
    Root::One(Some(Head::of(input)))
}

fn folder(name: String, base: PathBuf) -> Root {
    let entries = WalkDir::new(&base).follow_links(false).sort_by(in_order).into_iter();
    Root::Folder(Box::new(Folder { name, entries, base, met: false }))
}

/// Orders the entries of a folder such that the order of whole paths is that of walking: folders count with the `/` that
/// follows them. Paths are compared as a whole, since entries have the same path before their names, which would have to
/// be looked for at each comparison.
fn in_order(a: &DirEntry, b: &DirEntry) -> std::cmp::Ordering {
    let (a_path, b_path) = (a.path().as_os_str().as_encoded_bytes(), b.path().as_os_str().as_encoded_bytes());
    let common = a_path.len().min(b_path.len());
    let slash = |entry: &DirEntry| entry.file_type().is_dir().then_some(&b'/');
    let ends = || {
        let a_end = a_path.iter().skip(common).chain(slash(a));
        a_end.cmp(b_path.iter().skip(common).chain(slash(b)))
    };
    a_path.get(..common).cmp(&b_path.get(..common)).then_with(ends)
}

/// What a path below a folder is called, the folder being called `name`.
fn joined(name: &str, base: &Path, path: &Path) -> String {
    if let Some(rest) = plain_rest(base, path) {
        return if name == "." || name.is_empty() {
            rest.to_owned()
        } else {
            [name.trim_end_matches('/'), rest].join("/")
        };
    }
    let rest = path.strip_prefix(base).unwrap_or(path);
    if name == "." || name.is_empty() {
        return display(rest);
    }
    if rest.as_os_str().is_empty() {
        return name.to_owned();
    }
    format!("{}/{}", name.trim_end_matches('/'), display(rest))
}

/// What follows a folder in a path that walking it has made, where that needs no cleaning: walking adds plain names.
fn plain_rest<'p>(base: &Path, path: &'p Path) -> Option<&'p str> {
    let base = base.to_str()?;
    let rest = path.to_str()?.strip_prefix(base)?;
    let rest = rest.strip_prefix('/').or_else(|| base.ends_with('/').then_some(rest))?;
    (MAIN_SEPARATOR == '/' && !rest.is_empty()).then_some(rest)
}

/// A path as reports write it: with `/`, and without `.` and what is doubled.
fn display(path: &Path) -> String {
    let clean: PathBuf = path.components().filter(|part| !matches!(part, Component::CurDir)).collect();
    let text = clean.to_string_lossy();
    match text.as_ref() {
        "" => ".".to_owned(),
        text if MAIN_SEPARATOR == '/' => text.to_owned(),
        text => text.replace(MAIN_SEPARATOR, "/"),
    }
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(unix)]
fn sort_of(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match () {
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn sort_of(_kind: FileType) -> &'static str {
    "a device"
}

/// The failure of a path given that leads to nothing.
fn absent(path: &Path, name: &str, error: &io::Error) -> Failure {
    let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let link = |message: &str| failure(name, "io/unreadable", message.to_owned(), Severity::Error);
    match error.kind() {
        ErrorKind::NotFound if is_link => link("cannot be read: it is a symbolic link to something that is not there"),
        ErrorKind::NotFound => not_found(path, name),
        ErrorKind::PermissionDenied => unreadable(name, error),
        _ if is_link => link("cannot be read: it is a symbolic link that leads to itself"),
        _ => unreadable(name, error),
    }
}

/// The failure of a path that is not there, with the nearest name in its folder.
fn not_found(path: &Path, name: &str) -> Failure {
    let message = match nearest_path(path) {
        Some(near) => format!("there is no such file or folder; did you mean `{}`?", shown(&near)),
        None => "there is no such file or folder".to_owned(),
    };
    failure(name, "io/not-found", message, Severity::Error)
}

fn nearest_path(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_string_lossy().into_owned();
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names =
        fs::read_dir(parent).ok()?.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    let near = nearest(&wanted, names.take(10_000).map(|name| (name.clone(), name)))?;
    Some(display(&parent.join(near)))
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
