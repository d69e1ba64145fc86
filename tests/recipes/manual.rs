//! Manual pages: one a verb, whole, and without fault to those who read such pages.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{has, plancheck, text};

/// Writes all pages into a folder, and gives their names.
fn write(folder: &Path) -> Vec<String> {
    let ran = plancheck(&["completions", "--man", folder.to_str().unwrap()]);
    assert_eq!((ran.status.code(), text(&ran.stdout), text(&ran.stderr)), (Some(0), String::new(), String::new()));
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The verbs that the help lists.
fn verbs() -> Vec<String> {
    let help = text(&plancheck(&["--help"]).stdout);
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let verbs = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    verbs.map(|line| line.split_whitespace().next().unwrap().to_owned()).filter(|verb| verb != "help").collect()
}

#[test]
fn every_verb_has_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let mut expected: Vec<String> = verbs().iter().map(|verb| format!("plancheck-{verb}.1")).collect();
    assert!(expected.len() > 10);
    expected.push("plancheck.1".to_owned());
    expected.sort();
    assert_eq!(write(&folder.path().join("made/if/need/be")), expected);
}

#[test]
fn pages_have_their_sections_and_only_options_that_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    for name in write(folder.path()) {
        let page = fs::read_to_string(folder.path().join(&name)).unwrap();
        let title = format!(
            ".TH {} 1 \" \" \"plancheck {}\" plancheck",
            name.strip_suffix(".1").unwrap(),
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!(page.lines().find(|line| line.starts_with(".TH")), Some(title.as_str()));
        for section in [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION"] {
            assert!(page.lines().any(|line| line == section), "{name}: {section}");
        }
        assert!(!page.contains("no\\-strict") && !page.contains("no\\-verbose"), "{name}");
    }
    let check = fs::read_to_string(folder.path().join("plancheck-check.1")).unwrap();
    assert!(check.contains("\\-\\-strict") && check.contains("OPTIONS OF EVERY COMMAND"));
}

#[test]
fn readers_of_manual_pages_find_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let names = write(folder.path());
    for (reader, arguments) in [("man", &["--warnings=w", "-E", "UTF-8", "-l"][..]), ("mandoc", &["-Tlint", "-Werror"])]
    {
        // mandoc has no --version, and complains of it: that is enough to know that it is here.
        if !has(reader) {
            continue;
        }
        for name in &names {
            let page = folder.path().join(name);
            let ran = Command::new(reader).args(arguments).arg(page).env("MANWIDTH", "80").output().unwrap();
            assert_eq!((text(&ran.stderr), ran.status.code()), (String::new(), Some(0)), "{reader} {name}");
        }
    }
}

#[test]
fn without_a_folder_the_pages_are_printed() {
    let ran = plancheck(&["completions", "--man"]);
    assert_eq!(ran.status.code(), Some(0));
    assert_eq!(text(&ran.stdout).matches("\n.TH ").count(), verbs().len() + 1);
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let ran = plancheck(&["completions", "--man", file.join("man1").to_str().unwrap()]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).starts_with("error[io/unwritable] "), "{}", text(&ran.stderr));
}
