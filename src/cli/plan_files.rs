//! The plan files that arguments name, and the pack that each belongs to.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::rulebook::{dialect_of_folder, dialect_of_henan};
use crate::syntax::Dialect;
use crate::syntax::lexer::{LARGEST_FILE, lex};
use crate::syntax::token::{Mark, TokenKind};
use crate::syntax::words::Word;
use crate::text::FileId;

/// How far up from a plan file its pack is looked for.
const HIGHEST: usize = 8;

/// The plan files below a folder, in order of their paths; hidden entries and symbolic links are passed over.
pub(super) fn below(folder: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let hidden = |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| !hidden(entry)) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            (path, error.into_io_error().unwrap_or_else(|| io::Error::other("a loop of links")))
        })?;
        if entry.file_type().is_file() && is_plan(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn is_plan(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "plan")
}

/// The bytes of a file; one more than may be read of one that is too large, which is then reported as such.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most()).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes of standard input, as those of a file.
pub(super) fn read_standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(most()).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn most() -> u64 {
    u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX).saturating_add(4)
}

/// The dialects of packs, each found once.
#[derive(Debug, Default)]
pub(super) struct Packs {
    /// The folder that `--rules` names.
    rules: Option<PathBuf>,
    dialects: BTreeMap<PathBuf, Dialect>,
    roots: BTreeMap<PathBuf, Option<PathBuf>>,
}

impl Packs {
    /// None found yet; `rules` is the folder that `--rules` names.
    pub fn new(rules: Option<PathBuf>) -> Self {
        Self { rules, ..Self::default() }
    }

    /// What must be known of its pack to read a file: of the pack that `--rules` names, else of the one that it lies in.
    pub fn dialect_of_file(&mut self, file: &Path) -> Dialect {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let root = self.rules.clone().or_else(|| self.root(folder)).unwrap_or_else(|| folder.to_owned());
        self.dialects.entry(root).or_insert_with_key(|root| dialect_of_folder(root, "")).clone()
    }

    /// The same for a text that lies nowhere: the pack that `--rules` names, else that of the current folder, else the
    /// Henan pack.
    pub fn dialect_of_text(&mut self, text: &str) -> Dialect {
        match self.rules.clone().or_else(|| self.root(Path::new("."))) {
            Some(root) => dialect_of_folder(&root, text),
            None => dialect_of_henan(text),
        }
    }

    /// The nearest folder upwards in which a plan file with a plan item lies.
    fn root(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.roots.get(folder) {
            return known.clone();
        }
        let whole = fs::canonicalize(folder).ok()?;
        let root = whole.ancestors().take(HIGHEST).find(|folder| holds_plan_item(folder)).map(Path::to_owned);
        self.roots.insert(folder.to_owned(), root.clone());
        root
    }
}

fn holds_plan_item(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| is_plan(path)).collect();
    files.sort_unstable();
    files.iter().any(|path| read(path).is_ok_and(|bytes| begins_plan(&String::from_utf8_lossy(&bytes))))
}

/// Whether a text has a plan item: its word, a name and a brace.
fn begins_plan(text: &str) -> bool {
    lex(FileId::default(), text).tokens.windows(3).any(|tokens| match tokens {
        [plan, _, brace] => {
            plan.first_on_line
                && matches!(&plan.kind, TokenKind::Name(name) if Word::Plan.is_spelled(name))
                && brace.kind == TokenKind::Mark(Mark::OpenBrace)
        },
        _ => false,
    })
}
