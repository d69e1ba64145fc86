//! Where a rulebook comes from: a folder, texts in memory, or the Henan pack in the binary.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use super::Rulebook;
use super::build::cases::WithCases;
use super::build::files::{Folder, Memory, Proved};
use super::build::{Purpose, build};
use crate::diagnostic::Diagnostic;
use crate::text::Sources;

/// The Henan pack.
static HENAN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules/henan");

/// What is wrong with a rule pack: all its errors at once, and its files, so that they can be shown.
#[derive(Debug, Clone)]
pub struct RulebookError {
    /// The files that the diagnostics point into.
    pub files: Sources,
    /// Errors and warnings, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// What the pack declares of proposals, if that much of it is sound.
    pub(crate) declared: Option<Box<Rulebook>>,
}

impl std::fmt::Display for RulebookError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = self.diagnostics.first().map(|first| first.message.as_str()).unwrap_or_default();
        write!(f, "the rule pack has {} faults; the first: {first}", self.diagnostics.len())
    }
}

impl std::error::Error for RulebookError {}

impl Rulebook {
    /// Reads a rule pack from a folder: all its `*.plan` files as one.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(folder: &Path) -> Result<Self, RulebookError> {
        finish(build(&Folder::new(folder), Purpose::Authoring))
    }

    /// Reads a rule pack (without a folder, the Henan pack) to judge by it: without its warnings, and the Henan pack without
    /// its tests, which take time and bear on no verdict.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load_to_judge(folder: Option<&Path>) -> Result<Self, RulebookError> {
        finish(match folder {
            Some(folder) => build(&Folder::new(folder), Purpose::Judging),
            None => build(&Proved(henan_files()), Purpose::Judging),
        })
    }

    /// Reads a rule pack of which the source may have changed: passages that it does not hold any more are no error, but
    /// stand as [`Citation::lost`](super::Citation::lost) with what became of them. For looking at the pack, not for judging by it.
    ///
    /// # Errors
    /// Everything else that is wrong with it, and then the lost passages too.
    pub fn load_drifted(folder: &Path) -> Result<Self, RulebookError> {
        finish(build(&Folder::new(folder), Purpose::Drift))
    }

    /// The Henan pack.
    ///
    /// # Errors
    /// None, as the project's tests show; the signature is that of [`Rulebook::load`].
    pub fn henan() -> Result<Self, RulebookError> {
        finish(build(&henan_files(), Purpose::Authoring))
    }

    /// Reads a rule pack (without a folder, the Henan pack) together with case files: plan files outside of it, or folders of
    /// them, that hold `test` items and nothing else. Files that are part of the pack anyway are read once.
    ///
    /// # Errors
    /// Everything that is wrong with the pack or the case files.
    pub fn load_with_cases(folder: Option<&Path>, cases: &[PathBuf]) -> Result<Self, RulebookError> {
        match folder {
            Some(folder) => {
                finish(build(&WithCases::new(&Folder::new(folder), Some(folder), cases), Purpose::Authoring))
            },
            None => finish(build(&WithCases::new(&henan_files(), None, cases), Purpose::Authoring)),
        }
    }

    /// Reads a rule pack from texts, each with its name; sources and test files are looked up among them too.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn from_texts(texts: &[(&str, &str)]) -> Result<Self, RulebookError> {
        let files = texts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes())).collect();
        finish(build(&Memory(files), Purpose::Authoring))
    }
}

/// The files of the Henan pack.
pub(super) fn henan_files() -> Memory<'static> {
    let mut files = Memory::default();
    gather(&HENAN, &mut |name, contents| {
        files.0.insert(name.to_owned(), contents);
    });
    files
}

fn finish(built: super::build::Built) -> Result<Rulebook, RulebookError> {
    match built.rulebook {
        Some(rulebook) => Ok(rulebook),
        None => {
            let declared = built.declared.map(Box::new);
            Err(RulebookError { files: built.files, diagnostics: built.diagnostics, declared })
        },
    }
}

/// Takes every file of an embedded folder, by its name within the embedded tree, with `/`.
pub(super) fn gather(folder: &'static Dir<'static>, take: &mut impl FnMut(&str, &'static [u8])) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => gather(inner, take),
            DirEntry::File(file) => take(&file.path().to_string_lossy().replace('\\', "/"), file.contents()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_henan_pack_to_judge_by_is_the_whole_one_but_for_tests() {
        let (whole, to_judge) = (Rulebook::henan().unwrap(), Rulebook::load_to_judge(None).unwrap());
        let size = |book: &Rulebook| {
            let facts: usize = book.relations.iter().map(|relation| relation.facts.len()).sum();
            (book.vocabularies.len(), facts, book.definitions.len(), book.directives.len(), book.portfolio.len())
        };
        assert_eq!((size(&to_judge), &to_judge.plan.digest), (size(&whole), &whole.plan.digest));
        assert_eq!((to_judge.tests.len(), whole.tests.is_empty()), (0, false));
    }
}
