//! Files that are written all together or not at all, and never over others.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What was written so far; taken back unless it is kept.
#[derive(Debug, Default)]
struct Written {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

/// Writes files by their names within a folder, with the folders that they need.
///
/// # Errors
/// The path that could not be written, and why. Then nothing is left of the others.
pub(super) fn write_new<'f>(
    folder: &Path,
    files: impl Iterator<Item = (&'f str, &'f str)>,
) -> Result<(), (PathBuf, io::Error)> {
    let mut written = Written::default();
    for (name, text) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder).to_owned();
        written.folder(&parent).map_err(|error| (parent, error))?;
        written.file(&path, text).map_err(|error| (path, error))?;
    }
    written.keep();
    Ok(())
}

impl Written {
    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let missing = folder.ancestors().filter(|one| !one.as_os_str().is_empty());
        let missing: Vec<&Path> = missing.take_while(|one| fs::symlink_metadata(one).is_err()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, text: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())
    }

    fn keep(mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        for file in self.files.drain(..).rev() {
            let _gone_already = fs::remove_file(file);
        }
        for folder in self.folders.drain(..).rev() {
            let _not_empty = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_get_the_folders_that_they_need() {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().join("a/b");
        write_new(&folder, [("one", "1"), ("c/two", "2")].into_iter()).unwrap();
        assert_eq!(fs::read_to_string(folder.join("c/two")).unwrap(), "2");
    }

    #[test]
    fn what_fails_half_way_leaves_nothing() {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().join("a/b");
        let (path, error) = write_new(&folder, [("one", "1"), ("one/two", "2")].into_iter()).unwrap_err();
        assert_eq!(path, folder.join("one/two"));
        assert_eq!(error.kind(), io::ErrorKind::NotADirectory);
        assert_eq!(fs::read_dir(desk.path()).unwrap().count(), 0);
    }

    #[test]
    fn nothing_is_written_over() {
        let desk = tempfile::tempdir().unwrap();
        fs::write(desk.path().join("two"), "before").unwrap();
        let (path, error) = write_new(desk.path(), [("one", "1"), ("two", "2")].into_iter()).unwrap_err();
        assert_eq!((path, error.kind()), (desk.path().join("two"), io::ErrorKind::AlreadyExists));
        assert!(!desk.path().join("one").exists());
        assert_eq!(fs::read_to_string(desk.path().join("two")).unwrap(), "before");
    }
}
