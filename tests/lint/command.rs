//! The verb: exit codes, formats, `--deny` and `--allow`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::pack::SOURCES;

/// A folder with the small pack and this behind it.
fn folder(more: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("source")).unwrap();
    for (name, text) in SOURCES {
        fs::write(folder.path().join(name), text).unwrap();
    }
    fs::write(folder.path().join("base.plan"), format!("{}\n{more}", include_str!("base.plan"))).unwrap();
    folder
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plancheck"));
    command.arg("lint").args(["--lang", "en"]).args(arguments).arg(folder).output().unwrap()
}

/// The exit code and standard output.
fn shown(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = lint(folder, arguments);
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

const UNUSED: &str = "define spare = urgent\n";

#[test]
fn a_clean_pack_and_the_henan_pack_are_good() {
    assert_eq!(shown(folder("").path(), &[]), (Some(0), String::new()));
    let henan = Command::new(env!("CARGO_BIN_EXE_plancheck")).args(["lint", "--deny", "warnings"]).output().unwrap();
    assert_eq!((henan.status.code(), henan.stdout), (Some(0), Vec::new()));
}

#[test]
fn warnings_are_good_unless_they_are_denied() {
    let folder = folder(UNUSED);
    let line =
        |severity: &str| format!("base.plan:100:8: {severity}[rules/unused] nothing uses the definition `spare`\n");
    assert_eq!(shown(folder.path(), &[]), (Some(0), line("warning")));
    assert_eq!(shown(folder.path(), &["--deny", "unused"]), (Some(1), line("error")));
    assert_eq!(shown(folder.path(), &["--deny", "warnings"]), (Some(1), line("error")));
    assert_eq!(shown(folder.path(), &["--deny", "warnings", "--allow", "rules/unused"]), (Some(0), String::new()));
    assert_eq!(shown(folder.path(), &["--deny", "untested"]), (Some(0), line("warning")));
}

#[test]
fn errors_are_findings_and_cannot_be_allowed() {
    let folder = folder("define broken = urgnt\ndirective d \"D\" { must broken }\n");
    let (code, text) = shown(folder.path(), &["--allow", "unknown-name"]);
    assert_eq!((code, text.lines().count()), (Some(1), 1), "{text}");
}

#[test]
fn a_code_that_there_is_not_gets_the_nearest() {
    let output = lint(folder("").path(), &["--allow", "untestd"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(error, "error[run/bad-arguments] --allow: there is no code `untestd`; did you mean `untested`?\n");
    assert_eq!(lint(folder("").path(), &["--allow", "unused", "--deny", "unused"]).status.code(), Some(2));
}

#[test]
fn a_folder_that_is_no_pack_is_a_failure() {
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(lint(empty.path(), &[]).status.code(), Some(2));
    assert_eq!(lint(&empty.path().join("no"), &[]).status.code(), Some(2));
}

#[test]
fn check_fails_on_a_faulty_pack() {
    let folder = folder("define broken = urgnt\n");
    let mut check = Command::new(env!("CARGO_BIN_EXE_plancheck"));
    let status = check.arg("check").arg("--rules").arg(folder.path()).arg(folder.path()).output().unwrap().status;
    assert_eq!(status.code(), Some(2));
}

#[test]
fn formats_for_machines_name_files_below_the_folder() {
    let folder = folder(UNUSED);
    let name = folder.path().to_string_lossy().into_owned();
    let (_, github) = shown(folder.path(), &["--format", "github"]);
    let expected = format!(
        "::warning file={name}/base.plan,line=100,endLine=100,col=8,endColumn=12,title=rules/unused::nothing uses the definition `spare`%0Ause it, or leave it out\n"
    );
    assert_eq!(github, expected);
    let (_, json) = shown(folder.path(), &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["diagnostics"][0]["labels"][0]["start"]["line"], 100);
    let (_, sarif) = shown(folder.path(), &["--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "rules/unused");
    assert_eq!(result["level"], "warning");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 100);
    assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with("/base.plan"));
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][0]["id"], "rules/unused");
}
