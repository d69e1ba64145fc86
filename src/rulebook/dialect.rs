//! What must be known of a pack to read one of its files alone: its language tags and units. A faulty pack has them too.

use std::borrow::Cow;
use std::path::Path;

use super::build::files::{Folder, Pack};
use super::load::henan_files;
use crate::syntax::Dialect;
use crate::syntax::lexer::{LARGEST_FILE, Lexed, lex};
use crate::text::FileId;

/// The dialect of the pack in a folder, as far as its files can be read; a text that goes with it first.
pub fn dialect_of_folder(folder: &Path, text: &str) -> Dialect {
    dialect_of(&Folder::new(folder), text)
}

/// The dialect of the Henan pack, with a text that goes with it.
pub fn dialect_of_henan(text: &str) -> Dialect {
    dialect_of(&henan_files(), text)
}

fn dialect_of(pack: &dyn Pack, text: &str) -> Dialect {
    let own = lex(FileId::default(), text);
    let most = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX);
    let mut names = pack.plan_files().unwrap_or_default();
    names.sort_unstable();
    let read = |name: &String| pack.read(name, most).ok();
    let files: Vec<Cow<'_, [u8]>> = names.iter().filter_map(read).collect();
    let texts: Vec<Cow<'_, str>> = files.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let lexed: Vec<Lexed<'_>> = texts.iter().map(|text| lex(FileId::default(), text)).collect();
    Dialect::gather(std::iter::once(&own).chain(&lexed))
}
