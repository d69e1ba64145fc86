//! `check --watch`: after every change its report is, byte for byte, that of a check that begins anew.

#![cfg(unix)]
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

mod ends;
mod proposals;
mod steering;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long it is waited for a report at most: machines may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked whether it is there.
const BEAT: Duration = Duration::from_millis(20);

/// A folder of proposals: two that are good, one that has a breach.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, from) in [("anyang/port", "anyang/inland-port"), ("hebi/storage", "hebi/colliery-energy-store")] {
        put(folder.path(), &format!("proposals/{name}.json"), &example(from));
    }
    put(folder.path(), "proposals/zhengzhou/foil.json", &bad());
    folder
}

fn example(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("examples/proposals").join(name).with_extension("json")).unwrap()
}

/// A proposal with a breach of `zhengzhou-core-functions`, and the same without.
fn bad() -> String {
    example("zhengzhou/gongyi-aluminium-foil")
}

fn mended() -> String {
    bad().replace("\"functions\": [", "\"functions\": [\"logistics\", ")
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plancheck"));
    command.args(["check", "--as-of", "2026-11-24"]).args(arguments);
    command.env_clear().env("LANG", "C").current_dir(folder).stdin(Stdio::null());
    command
}

/// The program, watching a folder.
struct Watching {
    child: Child,
    folder: PathBuf,
    arguments: Vec<String>,
    last: Vec<u8>,
}

impl Watching {
    /// Watches `proposals` in a folder; reports go to `out.json`, what is said to `said`.
    fn new(folder: &Path, arguments: &[&str]) -> Self {
        let said = File::create(folder.join("said")).unwrap();
        let mut command = command(folder, arguments);
        command.args(["--watch", "--format=json=out.json", "--", "proposals"]);
        let child = command.stdout(Stdio::null()).stderr(said).spawn().unwrap();
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let mut watching = Self { child, folder: folder.to_owned(), arguments, last: Vec::new() };
        watching.follows();
        watching
    }

    /// The report of a check that begins anew.
    fn fresh(&self) -> Vec<u8> {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        command(&self.folder, &arguments).args(["--format=json", "--", "proposals"]).output().unwrap().stdout
    }

    /// Waits until the report is that of the folder as it is now, which must be another one than before.
    fn follows(&mut self) {
        let expected = self.fresh();
        assert_ne!(expected, self.last, "the change changes nothing");
        let report = self.folder.join("out.json");
        self.until(|| fs::read(&report).is_ok_and(|found| found == expected), "the report is that of a fresh check");
        self.last = expected;
    }

    fn said(&self) -> String {
        fs::read_to_string(self.folder.join("said")).unwrap()
    }

    fn until(&self, is_so: impl Fn() -> bool, what: &str) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < PATIENCE, "{what}: not in time\n{}", self.said());
            sleep(BEAT);
        }
    }

    /// Waits until something was said, and gives all that was.
    fn says(&self, what: &str) -> String {
        self.until(|| self.said().contains(what), what);
        self.said()
    }

    /// Interrupts it, and gives the exit code.
    fn end(mut self) -> i32 {
        // An interrupt while it checks would end it without the code of the last check.
        self.says("Ctrl-C ends");
        sleep(Duration::from_secs(1));
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _nothing_left = self.child.wait();
    }
}
