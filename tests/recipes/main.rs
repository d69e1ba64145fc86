//! Recipes for pipelines and what installers need: each is run here as far as a machine without network can.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_types,
    clippy::manual_try_fold,
    clippy::iter_over_hash_type,
    elided_lifetimes_in_paths,
    missing_docs,
    missing_debug_implementations,
    reason = "a test stops at what it did not foresee, and says what it saw"
)]

mod action;
mod completions;
mod dockerfile;
mod gitlab;
mod hooks;

mod manual;
mod pages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The program under test.
const PLANCHECK: &str = env!("CARGO_BIN_EXE_plancheck");

/// A proposal that is compliant as of [`DAY`], and one that has a breach.
const GOOD: &str = "examples/proposals/hebi/colliery-energy-store.json";
const BAD: &str = "examples/proposals/zhengzhou/gongyi-aluminium-foil.json";
const DAY: &str = "2026-11-24";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// A YAML file as CI systems read it.
fn yaml(name: &str) -> Value {
    serde_saphyr::from_str(&read(name)).unwrap()
}

/// A folder with a proposal that is good, and one that is not, at these names.
fn folder(good: &[&str], bad: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (names, from) in [(good, GOOD), (bad, BAD)] {
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::copy(root().join(from), path).unwrap();
        }
    }
    folder
}

/// Whether a program is on this machine; if not, says that what it would have shown was not looked at.
fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdin(Stdio::null()).output().is_ok();
    if !found {
        eprintln!("`{program}` is not on this machine: what it reads was not tried on it");
    }
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The program with these arguments.
fn plancheck(arguments: &[&str]) -> Output {
    Command::new(PLANCHECK).args(arguments).env_clear().env("LANG", "C").stdin(Stdio::null()).output().unwrap()
}

/// A script that a shell runs in a folder, with the program under test on the path and these variables.
fn shell(shell: &str, script: &str, folder: &Path, variables: &[(&str, &str)]) -> Output {
    let bin = PathBuf::from(PLANCHECK).parent().unwrap().to_owned();
    let path = std::env::join_paths([bin, "/usr/local/bin".into(), "/usr/bin".into(), "/bin".into()]).unwrap();
    Command::new(shell)
        .args(["-e", "-c", script])
        .env_clear()
        .env("PATH", path)
        .env("LANG", "C")
        .envs(variables.iter().copied())
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}
