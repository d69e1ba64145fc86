//! What the documentation shows is what the program prints, and what it writes as rules is sound.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not foresee"
)]

mod tutorial;

use std::fs;
use std::path::Path;
use std::process::Command;

use plancheck::analysis::Analysis;
use plancheck::report::{Language, Settings, rules};
use plancheck::rulebook::Rulebook;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The fenced blocks of a page that are marked as `kind`.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let mut rest = page;
    let mut found = Vec::new();
    let opening = format!("```{kind}\n");
    while let Some(at) = rest.find(&opening) {
        let body = &rest.get(at + opening.len()..).unwrap();
        let end = body.find("\n```").unwrap();
        found.push(body.get(..=end).unwrap().to_owned());
        rest = body.get(end..).unwrap();
    }
    found
}

#[test]
fn the_transcript_in_the_readme_is_what_the_program_prints() {
    let readme = read("README.md");
    let transcripts = blocks(&readme, "console");
    assert!(!transcripts.is_empty());
    for transcript in transcripts {
        let (command, shown) = transcript.split_once('\n').unwrap();
        let arguments = command.strip_prefix("$ plancheck ").unwrap().split(' ');
        let output = Command::new(env!("CARGO_BIN_EXE_plancheck"))
            .args(arguments)
            .args(["--lang", "en", "--color", "never"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_remove("COLUMNS")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), shown.trim_end());
    }
}

/// Whether pages are written anew.
fn is_update() -> bool {
    std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always")
}

#[test]
fn the_pages_of_the_henan_pack_are_up_to_date() {
    let book = Rulebook::henan().unwrap();
    for (name, language) in [("docs/henan.md", Language::English), ("docs/henan.zh.md", Language::Chinese)] {
        let examples = Analysis::new(&book, None).examples(language.tag());
        let text = rules::markdown(&book, &examples, Settings { language, ..Settings::default() });
        for heading in book.headings() {
            assert!(text.contains(&format!("<a id=\"{}\"></a>", heading.name)), "{}", heading.name);
        }
        assert!(examples.iter().all(|one| one.violating.is_some() && one.satisfying.is_some()));
        if is_update() {
            fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(name), &text).unwrap();
        }
        assert!(read(name) == text, "{name} is not what the pack says: INSTA_UPDATE=always writes it anew");
    }
}
