//! A scratch folder with two proposals, in which the program is run.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A proposal of Anyang that plays no role of an endpoint city.
pub const ANYANG: &str = r#"{
  "id": "2603-410505-04-04-150227",
  "title": "殷墟数字档案",
  "city": "anyang",
  "applicant": {"name": "安阳市文物局"},
  "functions": ["culture"],
  "roles": [],
  "investment": {"total": {"amount": 7380, "unit": "万元"}},
  "schedule": {"start": "2026-06-01", "end": "2028-05-31"}
}
"#;

pub struct Desk {
    folder: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub complaint: String,
}

impl Desk {
    pub fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.write("proposals/anyang.json", ANYANG);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the program in a folder of the desk, in English and as of a day.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        let output: Output = Command::new(env!("CARGO_BIN_EXE_plancheck"))
            .args(arguments)
            .current_dir(self.path(folder))
            .env_clear()
            .env("LANG", "C")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            complaint: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in(".", arguments)
    }
}

/// Only the directive that the proposal breaks, so that other directives of the pack may change.
pub const ONE: &[&str] = &["check", "proposals", "--as-of", "2026-11-24", "--select", "endpoint-roles"];

/// The arguments of a check with others after them.
pub fn check<'a>(others: &[&'a str]) -> Vec<&'a str> {
    ONE.iter().copied().chain(others.iter().copied()).collect()
}

/// A snapshot in which lines of the rule pack have no number, so that the pack may grow.
pub fn snapshot(name: &str, text: &str) {
    let line_of_pack = regex::Regex::new(r"(\.plan|\.md):\d+").unwrap();
    let text = line_of_pack.replace_all(text, "$1:…");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, &*text));
}
