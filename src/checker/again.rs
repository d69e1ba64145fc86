//! Finding the files of an earlier run again: by what its report calls them, in the folders and among the files that are
//! named now.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::report::Failure;
use super::run_record::{InputDigest, RunRecord};
use super::walk::{Input, InputKind, InputSource};
use crate::diagnostic::Severity;
use crate::text::display::shown;

/// Where files are looked for.
#[derive(Debug, Default)]
pub struct Places {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    has_standard_input: bool,
}

impl Places {
    /// Sorts what is named into folders, files and `-`.
    ///
    /// # Errors
    /// What is not there.
    pub fn new(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut places = Self::default();
        for path in paths {
            if path.as_os_str() == "-" {
                places.has_standard_input = true;
            } else if path.is_dir() {
                places.folders.push(path.clone());
            } else if path.is_file() {
                places.files.push(path.clone());
            } else {
                let message = "there is no such file or folder".to_owned();
                return Err(failure(&path.to_string_lossy(), "io/not-found", message));
            }
        }
        Ok(places)
    }

    /// Where the file that a report calls `name` is to be found, whether it is there or not.
    pub fn path(&self, name: &str) -> PathBuf {
        let named = self.files.iter().find(|file| file.to_string_lossy() == name);
        let file_name = Path::new(name).file_name();
        let by_file_name =
            || self.files.iter().find(|file| file.file_name().is_some() && file.file_name() == file_name);
        if let Some(file) = named.or_else(by_file_name) {
            return file.clone();
        }
        let mut candidates = self.folders.iter().flat_map(|folder| {
            // Whoever names the folder that was checked need not name the one above it.
            let below = Path::new(name).components().skip(1).collect::<PathBuf>();
            [folder.join(name), folder.join(below)]
        });
        let found = candidates.find(|path| path.is_file());
        found.or_else(|| Some(self.folders.first()?.join(name))).unwrap_or_else(|| PathBuf::from(name))
    }

    /// The inputs of a run again, in order, with what could not be read then and cannot be now.
    ///
    /// # Errors
    /// Files that are named and are no inputs of the run, and standard input that is missing or was not read.
    pub fn inputs(
        &self,
        record: &RunRecord,
        failures: &[Failure],
    ) -> Result<Vec<Result<Input, Failure>>, Vec<Failure>> {
        let mut faults = Vec::new();
        let mut used: BTreeSet<PathBuf> = BTreeSet::new();
        let mut found: Vec<(Arc<str>, Result<Input, Failure>)> = Vec::new();
        for InputDigest { path: name, is_standard_input, .. } in &record.inputs {
            let source = match (is_standard_input, self.has_standard_input) {
                (true, true) => Ok(InputSource::Standard),
                (true, false) => match self.instead_of_standard_input(record) {
                    Some(path) => Ok(InputSource::Kept(path)),
                    None => {
                        faults.push(no_standard_input(name));
                        continue;
                    },
                },
                (false, _) => regular(name, self.path(name)).map(InputSource::File),
            };
            if let Ok(InputSource::File(path) | InputSource::Kept(path)) = &source {
                used.insert(path.clone());
            }
            let kind = InputKind::of(Path::new(name.as_ref()));
            found.push((Arc::clone(name), source.map(|source| Input { name: Arc::clone(name), source, kind })));
        }
        if self.has_standard_input && !record.inputs.iter().any(|input| input.is_standard_input) {
            let message = "the report was not made from standard input".to_owned();
            faults.push(failure("-", "run/bad-arguments", message));
        }
        let steering: Vec<PathBuf> = record.files.iter().map(|file| self.path(&file.path)).collect();
        let idle = self.files.iter().filter(|file| !used.contains(*file) && !steering.contains(file));
        faults.extend(idle.map(|file| {
            let name = file.to_string_lossy();
            failure(&name, "run/bad-arguments", "the report was not made from a file of this name".to_owned())
        }));
        if !faults.is_empty() {
            return Err(faults);
        }
        let known: BTreeSet<&str> = record.inputs.iter().map(|input| input.path.as_ref()).collect();
        for failure in
            failures.iter().filter(|failure| is_of_finding(failure) && !known.contains(failure.path.as_str()))
        {
            found.push((Arc::from(failure.path.as_str()), self.failed(failure)));
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(found.into_iter().map(|(_, item)| item).collect())
    }

    /// The one file that is named and stands for what was read from standard input.
    fn instead_of_standard_input(&self, record: &RunRecord) -> Option<PathBuf> {
        let is_other = |file: &&PathBuf| {
            let mut ordinary = record.inputs.iter().filter(|input| !input.is_standard_input);
            let is_input = ordinary.any(|input| self.path(&input.path) == **file);
            !is_input && !record.files.iter().any(|other| self.path(&other.path) == **file)
        };
        let mut others = self.files.iter().filter(is_other);
        others.next().filter(|_| others.next().is_none()).cloned()
    }

    /// What could not be read then, as an input if it can be read now.
    fn failed(&self, failure: &Failure) -> Result<Input, Failure> {
        let path = self.path(&failure.path);
        let was_sought = matches!(failure.code, "io/unreadable" | "io/not-found");
        if !was_sought || !path.is_file() || File::open(&path).is_err() {
            return Err(failure.clone());
        }
        let kind = InputKind::of(Path::new(&failure.path));
        Ok(Input { name: Arc::from(failure.path.as_str()), source: InputSource::File(path), kind })
    }
}

/// Whether a failure is of finding and reading inputs: it is not found again by reading the inputs that were found.
fn is_of_finding(failure: &Failure) -> bool {
    failure.code.starts_with("io/") || failure.code == "run/unmatched-glob" && failure.path == "--exclude"
}

/// A path if it leads to a file: a report may name anything, and a pipe or a device would be waited for.
fn regular(name: &str, path: PathBuf) -> Result<PathBuf, Failure> {
    let reason = match fs::metadata(&path) {
        Ok(found) if found.is_file() => return Ok(path),
        Ok(_) => "it is no file",
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "there is no such file",
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => "this user may not read it",
        Err(_) => "it cannot be reached",
    };
    Err(failure(name, "io/unreadable", format!("cannot be read: {reason}")))
}

fn no_standard_input(name: &str) -> Failure {
    let message = format!(
        "`{}` was read from standard input: give it again with `-`, or name the one file that holds it",
        shown(name)
    );
    failure("", "run/bad-arguments", message)
}

fn failure(path: &str, code: &'static str, message: String) -> Failure {
    Failure { path: shown(path), code, message, severity: Severity::Error }
}
