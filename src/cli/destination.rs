//! `--format F[=FILE]`: which formats are asked for, and where each goes.

use std::path::{Path, PathBuf};

use super::Exit;
use super::terminal::Terminal;
use crate::checker::output::{FileOutput, Output, StreamOutput, write_whole};
use crate::checker::report::Failure;
use crate::report::{self, Settings};
use crate::text::nearest::nearest;

/// What standard output is called in complaints.
pub(super) const STANDARD_OUTPUT: &str = "standard output";

/// A format, and the file that it goes to; without one, standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Destination {
    pub format: String,
    pub file: Option<PathBuf>,
}

/// What is asked for, each a name of `known`; `otherwise` if nothing is.
pub(super) fn read(written: &[String], known: &[&str], otherwise: &str) -> Result<Vec<Destination>, String> {
    if written.is_empty() {
        return Ok(vec![Destination { format: otherwise.to_owned(), file: None }]);
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
        if out.iter().any(|other| same_place(other.file.as_deref(), file.as_deref())) {
            let place = file.map_or_else(|| STANDARD_OUTPUT.to_owned(), |file| format!("`{}`", file.display()));
            return Err(format!("two formats cannot both go to {place}; give one of them a file: --format F=FILE"));
        }
        out.push(Destination { format: name.to_owned(), file });
    }
    Ok(out)
}

/// Opens the outputs of a report that is not judged here, each in its format; `adapt` says how they are to look.
pub(super) fn open(
    destinations: Vec<Destination>,
    adapt: impl Fn(Settings) -> Settings,
    terminal: &Terminal,
) -> Result<Vec<Box<dyn Output>>, Failure> {
    let outputs = destinations.into_iter().filter_map(|Destination { format, file }| {
        let settings = if file.is_some() { terminal.file_settings() } else { terminal.settings() };
        let format = report::format(&format, adapt(settings))?;
        Some(match file {
            Some(file) => FileOutput::create(&file, format).map(boxed),
            None => Ok(boxed(StreamOutput::new(STANDARD_OUTPUT, format, std::io::stdout()))),
        })
    });
    outputs.collect()
}

/// An output among others.
pub(super) fn boxed(output: impl Output + 'static) -> Box<dyn Output> {
    Box::new(output)
}

/// Writes a report that is at hand as a whole to each of its destinations; `make` makes it in one format.
pub(super) fn write(
    destinations: &[Destination],
    terminal: &mut Terminal,
    make: impl Fn(&str, Settings) -> Vec<u8>,
) -> Exit {
    let mut exit = Exit::Good;
    for Destination { format, file } in destinations {
        let done = match file {
            None => terminal.print_or_fail(&make(format, terminal.settings())),
            Some(file) => match write_whole(file, &make(format, terminal.file_settings())) {
                Ok(()) => Exit::Good,
                Err(failure) => {
                    terminal.error(failure.code, &format!("{}: {}", failure.path, failure.message));
                    Exit::Failed
                },
            },
        };
        if done == Exit::Failed {
            exit = Exit::Failed;
        }
    }
    exit
}

fn unknown_format(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().map(|known| (*known, *known))) {
        Some(near) => format!("there is no format `{name}`; did you mean `{near}`?"),
        None => format!("there is no format `{name}`; there are {}", known.join(", ")),
    }
}

/// Whether two outputs would end up in one place.
pub(super) fn same_place(one: Option<&Path>, other: Option<&Path>) -> bool {
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
