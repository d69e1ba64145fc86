//! `--format F[=FILE]`: which format goes where.

use std::path::{Path, PathBuf};

use super::terminal::Terminal;
use crate::text::nearest::nearest;

/// What standard output is called in complaints.
pub(super) const STANDARD_OUTPUT: &str = "standard output";

/// The name of a format, and the file that it goes to; without one, standard output.
pub(super) type Destination = (String, Option<PathBuf>);

/// What goes where; without `--format`, for people on a terminal and a line each elsewhere.
///
/// # Errors
/// An unknown format, an empty file name, or two formats that would go to one place.
pub(super) fn destinations(
    written: &[String],
    known: &[&str],
    terminal: &Terminal,
) -> Result<Vec<Destination>, String> {
    if written.is_empty() {
        let name = if terminal.environment.out_is_terminal { "human" } else { "concise" };
        return Ok(vec![(name.to_owned(), None)]);
    }
    let mut out: Vec<Destination> = Vec::new();
    for written in written {
        let (name, file) = match written.split_once('=') {
            Some((_, "")) => return Err(format!("`--format {written}` names no file after the `=`")),
            Some((name, "-")) => (name, None),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (written.as_str(), None),
        };
        if !known.contains(&name) {
            return Err(unknown_format(name, known));
        }
        if out.iter().any(|(_, other)| same_place(other.as_deref(), file.as_deref())) {
            let place = file.map_or_else(|| STANDARD_OUTPUT.to_owned(), |file| format!("`{}`", file.display()));
            return Err(format!("two formats cannot both go to {place}; give one of them a file: --format F=FILE"));
        }
        out.push((name.to_owned(), file));
    }
    Ok(out)
}

fn unknown_format(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().map(|known| (*known, *known))) {
        Some(near) => format!("there is no format `{name}`; did you mean `{near}`?"),
        None => format!("there is no format `{name}`; there are {}", known.join(", ")),
    }
}

/// Whether two outputs would end up in one place.
fn same_place(one: Option<&Path>, other: Option<&Path>) -> bool {
    let settled = |path: &Path| {
        let whole = std::fs::canonicalize(path).ok();
        whole.or_else(|| {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Some(std::fs::canonicalize(parent).ok()?.join(path.file_name()?))
        })
    };
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => one == other || settled(one).is_some_and(|one| Some(one) == settled(other)),
        _ => false,
    }
}
