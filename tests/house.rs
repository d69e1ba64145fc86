//! House rules that a machine can hold: which module may use which, how long a file is, what every file begins with.

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

use std::fs;
use std::path::{Path, PathBuf};

/// Modules from the bottom up. A module may use those before it, and itself.
const LAYERS: &[&[&str]] = &[
    &["value"],
    &["text"],
    &["diagnostic"],
    &["configuration"],
    &["syntax"],
    &["rulebook"],
    &["engine"],
    &["checker"],
    &["analysis"],
    &["catalogue"],
    &["report"],
    &["cli"],
];

/// Foreign crates that may be named in one place only.
const FENCES: &[(&str, &str)] = &[
    ("batsat", "src/analysis/circuit"),
    ("nom", "src/syntax/parser"),
    ("miette", "src/report/human"),
    ("clap", "src/cli"),
    ("clap_complete", "src/cli/completions.rs"),
    ("clap_mangen", "src/cli/completions.rs"),
    ("indicatif", "src/cli"),
    ("notify", "src/cli/watch"),
    ("toml", "src/configuration/tree.rs"),
];

/// The longest file, in lines.
const LONGEST: usize = 500;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    };
    sources(&root.join("src")).into_iter().map(read).collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn dependencies_run_one_way() {
    let mut wrong = Vec::new();
    for (name, text) in all() {
        let own = name.strip_prefix("src/").unwrap().split(['/', '.']).next().unwrap();
        let Some(own_layer) = layer(own) else {
            assert!(matches!(own, "lib" | "main"), "{name}: `{own}` has no layer");
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if layer(&used).is_some_and(|layer| layer > own_layer) {
                    wrong.push(format!("{name}:{}: `{own}` uses `{used}`", number + 1));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn foreign_crates_stay_behind_their_fences() {
    let mut wrong = Vec::new();
    for (name, text) in all() {
        for (foreign, fence) in FENCES {
            let is_named =
                text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("{foreign}::")));
            if is_named && !name.starts_with(fence) {
                wrong.push(format!("{name} names `{foreign}`, which belongs to {fence}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_says_what_it_is_for_and_is_not_too_long() {
    let mut wrong = Vec::new();
    for (name, text) in all() {
        if !text.starts_with("//!") {
            wrong.push(format!("{name} does not begin with `//!`"));
        }
        if text.lines().count() > LONGEST {
            wrong.push(format!("{name} has more than {LONGEST} lines"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
