//! The one proposal that is meant, in a file that may hold many.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::checker::encoding::utf8;
use crate::checker::feed::{LARGEST_PROPOSAL, is_blank, read_whole};
use crate::checker::place::position;
use crate::checker::report::Failure;
use crate::checker::walk::{Input, InputKind, InputSource};
use crate::diagnostic::Severity;
use crate::engine::reading::elements;
use crate::text::Position;
use crate::text::display::shown;

/// A proposal in a file.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The file, with `/`; `-` for standard input.
    pub path: Arc<str>,
    /// Its number in the file, from 0.
    pub index: u64,
    /// Where its text begins in the file.
    pub base: Position,
    /// Its text.
    pub text: Arc<str>,
}

/// Which of the proposals in a file is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The only one.
    Only,
    /// The one of that number, from 0.
    Index(u64),
    /// The one that begins on that line or goes over it, from 1.
    Line(u32),
}

/// Finds a proposal. `PATH:LINE` is read as a line of a file if there is no file of the whole name.
///
/// # Errors
/// If the file cannot be read, or does not hold the one that is meant.
pub fn subject(path: &Path, which: Which) -> Result<Subject, Failure> {
    let (path, which) = with_line(path, which);
    let name: Arc<str> = Arc::from(path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
    let fail =
        |code, message: String| Err(Failure { path: name.to_string(), code, message, severity: Severity::Error });
    let is_standard = path.as_os_str() == "-";
    if !is_standard && path.is_dir() {
        return fail("run/bad-arguments", "is a folder; name the file of one proposal".to_owned());
    }
    if !is_standard && !path.exists() {
        return fail("io/not-found", "there is no such file".to_owned());
    }
    let source = if is_standard { InputSource::Standard } else { InputSource::File(path.clone()) };
    let input = Input { name: Arc::clone(&name), source, kind: InputKind::of(&path) };
    let mut bytes = Vec::new();
    read_whole(&input, &mut bytes)?;
    if bytes.len() > LARGEST_PROPOSAL {
        return fail("io/unreadable", "is larger than a proposal may be".to_owned());
    }
    let Ok(text) = utf8(&bytes) else {
        return fail("io/unreadable", "is not UTF-8; save it as UTF-8".to_owned());
    };
    let mark = (bytes.len() - text.len()) as u64;
    let all = match input.kind {
        InputKind::Lines => lines(text, mark),
        InputKind::Json => document(text, mark),
    };
    let count = all.len();
    let found = match which {
        Which::Only if count == 1 => all.first(),
        Which::Only => None,
        Which::Index(index) => usize::try_from(index).ok().and_then(|index| all.get(index)),
        Which::Line(line) => all.iter().rfind(|(base, text)| {
            (base.line..=base.line + u32::try_from(text.trim_end().matches('\n').count()).unwrap_or(0)).contains(&line)
        }),
    };
    match found {
        Some((base, text)) => {
            let index = all.iter().position(|(other, _)| other == base).unwrap_or(0) as u64;
            Ok(Subject { path: name, index, base: *base, text: Arc::from(*text) })
        },
        None => fail("run/bad-arguments", not_that_one(&name, which, &all)),
    }
}

fn not_that_one(name: &str, which: Which, all: &[(Position, &str)]) -> String {
    let count = all.len();
    let lines = all.first().map(|(base, _)| base.line).zip(all.last().map(|(base, _)| base.line));
    let Some((first, last)) = lines else { return "holds no proposal".to_owned() };
    let say = format!("say which with --index 0 to {}, or {}:LINE (lines {first} to {last})", count - 1, shown(name));
    match which {
        Which::Only => format!("holds {count} proposals; {say}"),
        Which::Index(index) if count == 1 => format!("has no proposal {index}: it holds one, which is --index 0"),
        Which::Index(index) => format!("has no proposal {index}; {say}"),
        Which::Line(line) => format!("has no proposal on line {line}; {say}"),
    }
}

/// Takes `:LINE` off a path of which there is no file.
fn with_line(path: &Path, which: Which) -> (PathBuf, Which) {
    let split = || {
        let text = path.to_str().filter(|_| which == Which::Only && !path.exists())?;
        let (file, line) = text.rsplit_once(':')?;
        let line = line.parse().ok().filter(|_| Path::new(file).is_file())?;
        Some((PathBuf::from(file), Which::Line(line)))
    };
    split().unwrap_or_else(|| (path.to_owned(), which))
}

/// The proposals of a file that holds one a line.
fn lines(text: &str, mark: u64) -> Vec<(Position, &str)> {
    let (mut base, mut out) = (Position { line: 1, column: 1, offset: mark }, Vec::new());
    for line in text.split_inclusive('\n') {
        if !is_blank(line.as_bytes()) {
            out.push((base, line));
        }
        base.line = base.line.saturating_add(1);
        base.offset += line.len() as u64;
    }
    out
}

/// The proposals of a file that holds one or an array of them.
fn document(text: &str, mark: u64) -> Vec<(Position, &str)> {
    let start = Position { line: 1, column: 1, offset: mark };
    let is_array = text.trim_start_matches([' ', '\t', '\r', '\n']).starts_with('[');
    let Some(extents) = is_array.then(|| elements(text).ok()).flatten() else { return vec![(start, text)] };
    let (mut base, mut at, mut out) = (start, 0, Vec::new());
    for extent in extents {
        let (from, to) = (extent.start as usize, extent.end as usize);
        base = position(text.get(at..).unwrap_or_default(), base, from - at);
        at = from;
        out.push((base, text.get(from..to).unwrap_or_default()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str, which: Which, line: Option<u32>) -> Result<(u64, u32, String), String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let path = line.map_or(path.clone(), |line| PathBuf::from(format!("{}:{line}", path.display())));
        subject(&path, which)
            .map(|one| (one.index, one.base.line, one.text.trim().to_owned()))
            .map_err(|failure| failure.message.split(" (").next().unwrap().split(", or").next().unwrap().to_owned())
    }

    #[test]
    fn one_of_many_is_found_by_number_or_line() {
        let many = "{\"a\":1}\n\n{\"a\":2}\n";
        let second = || Ok((1, 3, "{\"a\":2}".to_owned()));
        assert_eq!(found("a.jsonl", many, Which::Index(1), None), second());
        assert_eq!(found("a.jsonl", many, Which::Only, Some(3)), second());
        assert_eq!(
            found("a.jsonl", many, Which::Line(2), None).unwrap_err(),
            "has no proposal on line 2; say which with --index 0 to 1"
        );
        assert_eq!(
            found("a.jsonl", many, Which::Only, None).unwrap_err(),
            "holds 2 proposals; say which with --index 0 to 1"
        );
        assert_eq!(
            found("a.jsonl", many, Which::Index(2), None).unwrap_err(),
            "has no proposal 2; say which with --index 0 to 1"
        );
        assert_eq!(found("a.json", "[{},\n {\n}\n]", Which::Line(3), None), Ok((1, 2, "{\n}".to_owned())));
        assert_eq!(found("a.json", "{}", Which::Only, None), Ok((0, 1, "{}".to_owned())));
        assert_eq!(found("a.jsonl", "\n", Which::Only, None).unwrap_err(), "holds no proposal");
    }
}
