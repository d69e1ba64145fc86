//! The rule pack that a new one begins as: small, sound, and with notes to its reader.

use include_dir::{Dir, include_dir};

use super::load::gather;

/// A pack for each language of the tool.
static STARTERS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules/starter");

/// A file of a rule pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its name within the pack, with `/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The files of the pack to begin with, by name: in the words of that language, else in English.
pub fn starter(tag: &str) -> Vec<PackFile> {
    let Some(folder) = STARTERS.get_dir(tag).or_else(|| STARTERS.get_dir("en")) else { return Vec::new() };
    let mut files = Vec::new();
    gather(folder, &mut |name, contents| {
        let name = name.split_once('/').map_or(name, |(_, within)| within).to_owned();
        files.push(PackFile { name, text: String::from_utf8_lossy(contents).into_owned() });
    });
    files.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    files
}
