//! The hooks of pre-commit: run as it runs them, with the names of files behind their arguments. `run.sh` has pre-commit
//! itself do so.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use regex::Regex;
use serde_json::Value;

use super::{PLANCHECK, folder, root, text, yaml};

fn hook(id: &str) -> Value {
    let hooks = yaml(".pre-commit-hooks.yaml");
    hooks.as_array().unwrap().iter().find(|hook| hook["id"] == id).unwrap().clone()
}

/// Runs a hook in a folder on files that are committed, those that it asks for.
fn run(id: &str, folder: &Path, committed: &[&str]) -> Output {
    let hook = hook(id);
    let files = Regex::new(hook["files"].as_str().unwrap()).unwrap();
    let mut entry = hook["entry"].as_str().unwrap().split(' ');
    assert_eq!(entry.next(), Some("plancheck"));
    let arguments = hook["args"].as_array().unwrap().iter().map(|argument| argument.as_str().unwrap());
    let mut command = Command::new(PLANCHECK);
    command.args(entry).args(arguments);
    if hook["pass_filenames"] != false {
        command.args(committed.iter().filter(|name| files.is_match(name)));
    }
    command.env_clear().env("LANG", "C").current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn each_hook_says_what_it_needs() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let ids: Vec<&str> = hooks.as_array().unwrap().iter().map(|hook| hook["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["plancheck", "plancheck-lint", "plancheck-fmt"]);
    for hook in hooks.as_array().unwrap() {
        assert_eq!(hook["language"], "rust");
        assert!(hook["description"].is_string() && hook["name"].is_string());
        Regex::new(hook["files"].as_str().unwrap()).unwrap();
    }
}

#[test]
fn committed_proposals_are_checked_and_nothing_else() {
    let folder = folder(&["good.json"], &["bad.json"]);
    fs::write(folder.path().join("notes.md"), "no proposal").unwrap();
    assert_eq!(run("plancheck", folder.path(), &["good.json", "notes.md"]).status.code(), Some(0));
    let ran = run("plancheck", folder.path(), &["good.json", "bad.json"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stdout).contains("bad.json:10:16: error[zhengzhou-core-functions]"));
    assert!(!text(&ran.stdout).contains("portfolio: "), "{}", text(&ran.stdout));
}

#[test]
fn a_hook_checks_once_whatever_the_settings_say() {
    let folder = folder(&["good.json"], &[]);
    fs::write(folder.path().join("plancheck.toml"), "watch = true\n").unwrap();
    assert_eq!(run("plancheck", folder.path(), &["good.json"]).status.code(), Some(0));
}

#[test]
fn the_name_of_a_file_is_no_option() {
    let folder = folder(&[], &["--exclude=bad.json", "--help.json"]);
    for name in ["--exclude=bad.json", "--help.json"] {
        let ran = run("plancheck", folder.path(), &[name]);
        assert_eq!(ran.status.code(), Some(1), "{}", text(&ran.stderr));
        assert!(text(&ran.stdout).contains(&format!("{name}:10:16: error[zhengzhou-core-functions]")));
    }
}

#[test]
fn a_faulty_pack_is_told_where_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.plan"), "plan town { title \"Town\" }\nvocabulry place \"Place\" {}\n").unwrap();
    let ran = run("plancheck-lint", folder.path(), &["a.plan"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stdout).contains("a.plan:2:1: error["), "{}", text(&ran.stdout));
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(run("plancheck-lint", empty.path(), &["a.plan"]).status.code(), Some(2));
}

#[test]
fn rules_are_laid_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.plan");
    fs::write(&path, "plan   town {title \"Town\"}\n").unwrap();
    assert_eq!(run("plancheck-fmt", folder.path(), &["a.plan"]).status.code(), Some(0));
    let once = fs::read_to_string(&path).unwrap();
    assert!(once.starts_with("plan town {"), "{once}");
    assert_eq!(run("plancheck-fmt", folder.path(), &["a.plan"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), once);
}

#[test]
fn hooks_wake_for_the_files_that_they_are_about() {
    for (id, name, is_met) in [
        ("plancheck", "proposals/a.json", true),
        ("plancheck", "proposals/a.jsonl", true),
        ("plancheck", "proposals/a.json.md", false),
        ("plancheck-lint", "rules/henan/directives/belts.plan", true),
        ("plancheck-lint", "rules/henan/source/plan.en.md", true),
        ("plancheck-lint", "README.md", false),
        ("plancheck-fmt", "rules/a.plan", true),
        ("plancheck-fmt", "rules/a.plans", false),
    ] {
        assert_eq!(Regex::new(hook(id)["files"].as_str().unwrap()).unwrap().is_match(name), is_met, "{id} {name}");
    }
    assert!(root().join("rules/henan/source/plan.en.md").exists());
}
