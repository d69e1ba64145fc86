//! Every diagnostic code of the tool's own, each with a page.

mod table;

use crate::diagnostic::Severity;
use crate::report::words::Language;
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
    /// The sentence in the reader's language.
    pub fn summary(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Chinese => self.chinese,
        }
    }

    /// The page as `explain` prints it: the sentence in the reader's language, then the page.
    pub fn page(&self, language: Language) -> String {
        let severity = language.words().severity(self.severity);
        format!("{} [{severity}]\n{}\n\n{}", self.name, self.summary(language), self.text.trim_start())
    }
}

/// The entry of that name.
pub fn find(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
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
            if path.is_dir() { pages(&path, found) } else { drop(found.insert(path)) }
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
    fn every_page_has_the_fixed_headings() {
        for entry in ENTRIES {
            let headings: Vec<&str> = entry.text.lines().filter(|line| line.starts_with("## ")).collect();
            let expected = ["## What it means", "## Why it matters", "## Wrong", "## Right", "## How to fix"];
            assert_eq!(headings, expected, "{}", entry.name);
        }
    }
}
