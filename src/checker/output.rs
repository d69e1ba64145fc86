//! Where reports go: standard output or a file that is written whole or not at all; and who hears of the progress.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::eager_file::EagerFile;
use super::report::{Failure, Format};
use crate::diagnostic::Severity;

/// How much is gathered before it is handed to the system.
const BUFFER: usize = 256 * 1024;

/// How many names are tried for a temporary file.
const ATTEMPTS: u32 = 100;

/// A place that takes a report in one format.
pub trait Output: Send {
    /// The format; shared with the threads that write proposals.
    fn format(&self) -> Arc<dyn Format>;
    /// Takes the next bytes of the report.
    fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError>;
    /// Hands out what is left and puts the report in its place.
    fn finish(&mut self) -> Result<(), OutputError>;
}

/// Why an output takes no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputError {
    /// Nobody reads it any more: the run ends quietly with the code that it has so far.
    Closed,
    /// It could not be written: the run fails.
    Failed(Failure),
}

impl OutputError {
    /// A closed pipe ends the run quietly; anything else is a failure.
    pub fn failure(self) -> Option<Failure> {
        match self {
            Self::Closed => None,
            Self::Failed(failure) => Some(failure),
        }
    }
}

/// Hears how far a run is. Called from several threads, often: implementations must be quick.
pub trait Progress: Sync {
    /// So many more files were found.
    fn found(&self, files: u64);
    /// So many more files, and proposals in them, were judged.
    fn judged(&self, files: u64, proposals: u64);
}

/// Nobody who hears of the progress.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn found(&self, _files: u64) {}
    fn judged(&self, _files: u64, _proposals: u64) {}
}

/// An output into any writer, such as standard output.
pub struct StreamOutput<W: Write> {
    name: String,
    format: Arc<dyn Format>,
    writer: BufWriter<W>,
}

impl<W: Write> StreamOutput<W> {
    /// Writes to `writer`, which is called `name` if something goes wrong.
    pub fn new(name: impl Into<String>, format: Arc<dyn Format>, writer: W) -> Self {
        Self { name: name.into(), format, writer: BufWriter::with_capacity(BUFFER, writer) }
    }
}

impl<W: Write> fmt::Debug for StreamOutput<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamOutput").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<W: Write + Send> Output for StreamOutput<W> {
    fn format(&self) -> Arc<dyn Format> {
        Arc::clone(&self.format)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        self.writer.write_all(bytes).map_err(|error| refused(&self.name, &error))
    }

    fn finish(&mut self) -> Result<(), OutputError> {
        self.writer.flush().map_err(|error| refused(&self.name, &error))
    }
}

/// An output into a file, which bears its name only when the report is whole.
pub struct FileOutput {
    name: String,
    format: Arc<dyn Format>,
    file: Option<BufWriter<EagerFile>>,
    unfinished: Option<Unfinished>,
}

impl fmt::Debug for FileOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileOutput").field("name", &self.name).finish_non_exhaustive()
    }
}

impl FileOutput {
    /// Opens a temporary file beside `path`; a device or pipe of that name is written to directly.
    ///
    /// # Errors
    /// A failure if the place cannot be written to, before anything is judged.
    pub fn create(path: &Path, format: Arc<dyn Format>) -> Result<Self, Failure> {
        let name = path.to_string_lossy().into_owned();
        let (file, unfinished) = open(path).map_err(|error| unwritable(&name, &error))?;
        Ok(Self { name, format, file: Some(BufWriter::with_capacity(BUFFER, file)), unfinished })
    }
}

/// A temporary file beside `path`; a device or pipe of that name itself.
fn open(path: &Path) -> io::Result<(EagerFile, Option<Unfinished>)> {
    let found = fs::metadata(path).ok();
    if found.as_ref().is_some_and(|found| !found.is_file()) {
        return Ok((EagerFile::new(OpenOptions::new().write(true).open(path)?, false), None));
    }
    let target = if found.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let (file, unfinished) = Unfinished::beside(target)?;
    if let Some(found) = &found {
        file.set_permissions(found.permissions())?;
    }
    Ok((EagerFile::new(file, found.is_some()), Some(unfinished)))
}

/// Writes a file whole or not at all.
///
/// # Errors
/// A failure if the place cannot be written to.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    PendingFile::create(path)?.finish(bytes)
}

impl Output for FileOutput {
    fn format(&self) -> Arc<dyn Format> {
        Arc::clone(&self.format)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        match &mut self.file {
            Some(file) => file.write_all(bytes).map_err(|error| refused(&self.name, &error)),
            None => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<(), OutputError> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        file.flush().map_err(|error| refused(&self.name, &error))?;
        match self.unfinished.take() {
            Some(unfinished) => unfinished.finish().map_err(|error| refused(&self.name, &error)),
            None => Ok(()),
        }
    }
}

/// A file that bears its name only when it is whole.
#[derive(Debug)]
pub struct PendingFile {
    name: String,
    file: EagerFile,
    unfinished: Option<Unfinished>,
}

impl PendingFile {
    /// Opens a temporary file beside `path`; a device or pipe of that name is written to directly.
    ///
    /// # Errors
    /// A failure if the place cannot be written to.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        let name = path.to_string_lossy().into_owned();
        let (file, unfinished) = open(path).map_err(|error| file_unwritable(&name, &error))?;
        Ok(Self { name, file, unfinished })
    }

    /// Writes all of it, and gives it its name.
    ///
    /// # Errors
    /// A failure if it cannot be written.
    pub fn finish(mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = self.file.write_all(bytes).and_then(|()| self.unfinished.map_or(Ok(()), Unfinished::finish));
        written.map_err(|error| file_unwritable(&self.name, &error))
    }
}

/// The temporary files of this process that wait for their names.
static WAITING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Removes every temporary file; for a process that is about to be ended from outside.
pub fn remove_unfinished() {
    for path in std::mem::take(&mut *WAITING.lock().unwrap_or_else(PoisonError::into_inner)) {
        let _ = fs::remove_file(path);
    }
}

/// A temporary file that is removed unless it is finished.
#[derive(Debug)]
struct Unfinished {
    temporary: PathBuf,
    target: PathBuf,
}

impl Unfinished {
    fn beside(target: PathBuf) -> io::Result<(File, Self)> {
        let name = target.file_name().ok_or(ErrorKind::InvalidFilename)?.to_string_lossy().into_owned();
        for attempt in 0..ATTEMPTS {
            let temporary = target.with_file_name(format!(".{name}.{}-{attempt}.part", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&temporary) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {},
                Err(error) => return Err(error),
                Ok(file) => {
                    WAITING.lock().unwrap_or_else(PoisonError::into_inner).insert(temporary.clone());
                    return Ok((file, Self { temporary, target }));
                },
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    fn finish(self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.target)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        WAITING.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.temporary);
        let _ = fs::remove_file(&self.temporary);
    }
}

fn refused(name: &str, error: &io::Error) -> OutputError {
    match error.kind() {
        ErrorKind::BrokenPipe => OutputError::Closed,
        _ => OutputError::Failed(unwritable(name, error)),
    }
}

/// As [`unwritable`], of a file that is no report.
fn file_unwritable(name: &str, error: &io::Error) -> Failure {
    let message = format!("the file could not be written: {}", reason(error));
    Failure { message, ..unwritable(name, error) }
}

pub(super) fn unwritable(name: &str, error: &io::Error) -> Failure {
    Failure {
        path: name.to_owned(),
        code: "io/unwritable",
        message: format!("the report could not be written: {}", reason(error)),
        severity: Severity::Error,
    }
}

/// Why something could not be written.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "the disk is full".to_owned(),
        ErrorKind::PermissionDenied => "this user may not write there".to_owned(),
        ErrorKind::NotFound => "there is no such folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::report::{Excerpt, Header, ProposalReport};

    struct Nothing;

    impl Format for Nothing {
        fn proposal(&self, _: &Header, _: &ProposalReport, _: Option<Excerpt<'_>>, _: &mut Vec<u8>) {}
    }

    fn entries(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_has_its_name_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        fs::write(&path, "before").unwrap();
        let mut output = FileOutput::create(&path, Arc::new(Nothing)).unwrap();
        output.write(b"after").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        output.finish().unwrap();
        drop(output);
        assert_eq!(
            (fs::read_to_string(&path).unwrap(), entries(folder.path())),
            ("after".into(), vec!["report.json".into()])
        );
    }

    #[test]
    fn what_is_at_hand_is_written_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        write_whole(&path, b"first, and longer").unwrap();
        write_whole(&path, b"second").unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap(), entries(folder.path())),
            ("second".into(), vec!["report.json".into()])
        );
        assert_eq!(write_whole(&folder.path().join("no/report.json"), b"").unwrap_err().code, "io/unwritable");
    }

    #[test]
    fn an_abandoned_file_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut output = FileOutput::create(&folder.path().join("report.json"), Arc::new(Nothing)).unwrap();
        output.write(b"half").unwrap();
        assert_eq!(entries(folder.path()).len(), 1);
        drop(output);
        assert_eq!(entries(folder.path()), Vec::<String>::new());
    }

    #[test]
    fn a_folder_that_is_not_there_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let failure = FileOutput::create(&folder.path().join("no/report.json"), Arc::new(Nothing)).unwrap_err();
        assert_eq!(
            (failure.code, failure.message.as_str()),
            ("io/unwritable", "the report could not be written: there is no such folder")
        );
        assert_eq!(FileOutput::create(folder.path(), Arc::new(Nothing)).unwrap_err().code, "io/unwritable");
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_written_to_directly() {
        let mut output = FileOutput::create(Path::new("/dev/null"), Arc::new(Nothing)).unwrap();
        output.write(b"gone").unwrap();
        output.finish().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_a_failure() {
        let mut output = FileOutput::create(Path::new("/dev/full"), Arc::new(Nothing)).unwrap();
        output.write(b"too much").unwrap();
        let OutputError::Failed(failure) = output.finish().unwrap_err() else { panic!("not a failure") };
        assert_eq!(failure.message, "the report could not be written: the disk is full");
    }
}
