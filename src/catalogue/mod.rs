//! Every diagnostic code of the tool's own, each with a page.

mod table;

use crate::diagnostic::Severity;
use table::ENTRIES;

/// A code and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// `proposal/unknown-term`
    pub name: &'static str,
    /// How grave it is where nothing else is said.
    pub severity: Severity,
    /// One sentence in English.
    pub english: &'static str,
    /// One sentence in Chinese.
    pub chinese: &'static str,
    /// The page, in Markdown.
    pub text: &'static str,
}

impl Entry {
    /// The sentence in the reader's language, `en` or `zh`.
    pub fn summary(&self, language: &str) -> &'static str {
        if language == "zh" { self.chinese } else { self.english }
    }
}

/// The entry of that name.
pub fn find(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
}

/// All entries, sorted by name.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter()
}

/// All names, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    ENTRIES.iter().map(|entry| entry.name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;

    fn pages(folder: &Path, found: &mut BTreeSet<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pages(&path, found);
            } else {
                found.insert(path);
            }
        }
    }

    #[test]
    fn names_are_sorted_and_stand_once() {
        assert!(names().collect::<Vec<_>>().is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn every_entry_has_its_page_and_every_page_its_entry() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes");
        let mut found = BTreeSet::new();
        pages(&root, &mut found);
        let expected: BTreeSet<PathBuf> = names().map(|name| root.join(format!("{name}.md"))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_code_in_the_source_has_an_entry() {
        let mut files = BTreeSet::new();
        pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let code =
            regex::Regex::new(r#""((?:baseline|config|io|proposal|rules|run|verify|waivers)/[a-z-]+)""#).unwrap();
        let mut unknown = BTreeSet::new();
        for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
            let text = std::fs::read_to_string(file).unwrap();
            let codes = code.captures_iter(&text).map(|found| found[1].to_owned());
            unknown.extend(codes.filter(|name| find(name).is_none()));
        }
        assert_eq!(unknown, BTreeSet::new());
    }

    #[test]
    fn every_page_has_the_fixed_headings() {
        for entry in ENTRIES {
            let headings: Vec<&str> = entry.text.lines().filter(|line| line.starts_with("## ")).collect();
            let expected = ["## What it means", "## Why it matters", "## Wrong", "## Right", "## How to fix"];
            assert_eq!(headings, expected, "{}", entry.name);
        }
    }
}
