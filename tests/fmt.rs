//! `plancheck fmt` as a process: what it writes, what it leaves alone, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test stops at what it did not foresee, and says what it saw"
)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const LOOSE: &str = "plan p { version \"1\", language en, zh }\ndimension money { 元 = 1 }\n";
const TIGHT: &str = "plan p {\n  version  \"1\"\n  language en, zh\n}\n\ndimension money {\n  元 = 1\n}\n";

fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_plancheck"))
        .arg("fmt")
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LANG", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn pack() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("rules")).unwrap();
    fs::write(folder.path().join("plan.plan"), LOOSE).unwrap();
    fs::write(folder.path().join("rules/a.plan"), "define a = b >= 5元\n").unwrap();
    folder
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn files_are_laid_out_with_the_units_of_their_pack() {
    let folder = pack();
    let first = told(&run(folder.path(), &[], ""));
    assert_eq!(first, (Some(0), String::new(), "2 files were laid out anew\n".into()));
    assert_eq!(fs::read_to_string(folder.path().join("plan.plan")).unwrap(), TIGHT);
    assert_eq!(fs::read_to_string(folder.path().join("rules/a.plan")).unwrap(), "define a = b >= 5 元\n");
    let second = told(&run(folder.path(), &["plan.plan", "rules"], ""));
    assert_eq!(second, (Some(0), String::new(), "2 files are laid out well\n".into()));
}

#[test]
fn check_lists_and_diff_shows_and_neither_writes() {
    let folder = pack();
    let check = told(&run(folder.path(), &["--check"], ""));
    assert_eq!(check, (Some(1), "plan.plan\nrules/a.plan\n".into(), "2 files would be laid out anew\n".into()));
    let diff = told(&run(folder.path(), &["--diff", "rules/a.plan", "-q"], ""));
    let shown = "--- rules/a.plan\n+++ rules/a.plan\n@@ -1 +1 @@\n-define a = b >= 5元\n+define a = b >= 5 元\n";
    assert_eq!(diff, (Some(1), shown.into(), String::new()));
    assert_eq!(fs::read_to_string(folder.path().join("plan.plan")).unwrap(), LOOSE);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = pack();
    assert_eq!(told(&run(folder.path(), &["-"], LOOSE)), (Some(0), TIGHT.into(), String::new()));
    let words = told(&run(folder.path(), &["--words", "zh", "-"], "define a = b is present"));
    assert_eq!(words, (Some(0), "定义 a = b 已填写\n".into(), String::new()));
    let check = told(&run(folder.path(), &["--check", "-q", "-"], LOOSE));
    assert_eq!(check, (Some(1), "<stdin>\n".into(), String::new()));
}

#[test]
fn a_faulty_file_keeps_its_bytes_and_the_others_are_done() {
    let folder = pack();
    let faulty = "define a =\n";
    fs::write(folder.path().join("rules/b.plan"), faulty).unwrap();
    fs::write(folder.path().join("rules/c.plan"), b"define \xff = a").unwrap();
    let (code, out, complaint) = told(&run(folder.path(), &["."], ""));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(complaint.contains("rules/b.plan:1:11: error[rules/syntax]"), "{complaint}");
    assert!(complaint.contains("rules/c.plan:1:8: error[rules/encoding]"), "{complaint}");
    assert!(complaint.contains("2 files were laid out anew"), "{complaint}");
    assert_eq!(fs::read_to_string(folder.path().join("rules/b.plan")).unwrap(), faulty);
}

#[test]
fn a_byte_order_mark_goes_and_carriage_returns_stay() {
    let folder = pack();
    let path = folder.path().join("rules/a.plan");
    fs::write(&path, "\u{feff}define a =   b\r\ndefine c = d\r\n").unwrap();
    assert_eq!(run(folder.path(), &["rules"], "").status.code(), Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), "define a = b\r\ndefine c = d\r\n");
}

#[test]
fn what_is_not_there_and_folders_without_plans_are_told() {
    let folder = pack();
    let (code, _, complaint) = told(&run(folder.path(), &["no.plan"], ""));
    assert_eq!((code, complaint.as_str()), (Some(2), "error[io/not-found] there is no file or folder `no.plan`\n"));
    fs::create_dir(folder.path().join("empty")).unwrap();
    let (code, _, complaint) = told(&run(folder.path(), &["empty"], ""));
    let message = "error[io/not-found] the folder `empty` holds no plan file (`*.plan`)\n";
    assert_eq!((code, complaint.as_str()), (Some(2), message));
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_file_that_may_only_be_read_is_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = pack();
    let path = folder.path().join("plan.plan");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(run(folder.path(), &["plan.plan"], "").status.code(), Some(0));
    assert_eq!((mode(), fs::read_to_string(&path).unwrap().as_str()), (0o640, TIGHT));
    fs::write(&path, LOOSE).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
    let (code, _, complaint) = told(&run(folder.path(), &["plan.plan"], ""));
    assert_eq!(code, Some(2));
    assert_eq!(complaint, "error[io/unwritable] `plan.plan`: the file may only be read\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), LOOSE);
}
