//! Case files: plan files outside of a pack that hold tests of it.
//!
//! Their names begin with `./`, `../` or `/`, as no name of a file in a pack does, so that the two never meet.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::files::{Folder, Pack, Unreadable, read_plain};
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Item, PlanFile};

/// A pack together with case files.
pub(in crate::rulebook) struct WithCases<'p> {
    pack: &'p dyn Pack,
    /// The folder of the pack, if it has one.
    folder: Option<PathBuf>,
    cases: &'p [PathBuf],
}

impl<'p> WithCases<'p> {
    pub(in crate::rulebook) fn new(pack: &'p dyn Pack, folder: Option<&Path>, cases: &'p [PathBuf]) -> Self {
        Self { pack, folder: folder.and_then(|folder| folder.canonicalize().ok()), cases }
    }

    /// Whether a file is part of the pack.
    fn is_in_pack(&self, path: &Path) -> bool {
        self.folder.as_ref().is_some_and(|folder| path.canonicalize().is_ok_and(|path| path.starts_with(folder)))
    }
}

impl Pack for WithCases<'_> {
    fn plan_files(&self) -> Result<Vec<String>, (PathBuf, std::io::Error)> {
        let mut names = self.pack.plan_files()?;
        for case in self.cases {
            let files = if case.is_dir() {
                let found: Vec<PathBuf> = Folder::new(case).plan_files()?.iter().map(|name| case.join(name)).collect();
                if found.is_empty() {
                    let error = std::io::Error::other("the folder holds no `*.plan` file");
                    return Err((case.clone(), error));
                }
                found
            } else {
                std::fs::metadata(case).map_err(|error| (case.clone(), error))?;
                vec![case.clone()]
            };
            for file in files.into_iter().filter(|file| !self.is_in_pack(file)) {
                let not_text = || (file.clone(), std::io::Error::other("the file's name is not UTF-8"));
                names.push(name_of(&file).ok_or_else(not_text)?);
            }
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn read(&self, name: &str, most: u64) -> Result<Cow<'_, [u8]>, Unreadable> {
        if is_case(name) { read_plain(Path::new(name), most).map(Cow::Owned) } else { self.pack.read(name, most) }
    }
}

/// The name of a case file.
fn name_of(path: &Path) -> Option<String> {
    let text = path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
    let is_marked = path.is_absolute() || text.starts_with("./") || text.starts_with("../");
    Some(if is_marked { text } else { format!("./{text}") })
}

/// Whether a name is that of a case file, or of a file beside one.
pub(super) fn is_case(name: &str) -> bool {
    name.starts_with("./") || name.starts_with("../") || Path::new(name).is_absolute()
}

/// The name of a file that a plan file names: from the pack's folder, or of a case file from its own.
pub(super) fn beside(plan_file: &str, named: &str) -> String {
    match plan_file.rsplit_once('/').filter(|_| is_case(plan_file)) {
        Some((folder, _)) => format!("{folder}/{named}"),
        None => named.to_owned(),
    }
}

/// Leaves a case file its tests; anything else in it is an error.
pub(super) fn tests_only(tree: &mut PlanFile, sink: &mut Vec<Diagnostic>) {
    for item in &tree.items {
        if !matches!(item, Item::Test(_)) {
            let message = "a case file holds `test` items and nothing else";
            let error = Diagnostic::error("rules/not-a-test", item.span(), message, "no test");
            sink.push(error.help("move it into the rule pack"));
        }
    }
    tree.items.retain(|item| matches!(item, Item::Test(_)));
}
