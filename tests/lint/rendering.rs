//! What people read: the diagnostics of a pack, in both languages.

use plancheck::report::{Language, Settings, diagnostics};

use super::pack::{SOURCES, lint_files};

fn shown(language: Language) -> String {
    let mut files = vec![("ten.plan", include_str!("ten_faults.plan"))];
    files.extend(SOURCES);
    let found = lint_files(&files);
    diagnostics::human(&found.diagnostics, &found.files, Settings { language, ..Settings::default() })
}

#[test]
fn ten_faults_in_english() {
    insta::assert_snapshot!(shown(Language::English));
}

#[test]
fn ten_faults_in_chinese() {
    insta::assert_snapshot!(shown(Language::Chinese));
}
