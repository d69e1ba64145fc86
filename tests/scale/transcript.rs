//! What `docs/scale.md` shows is what happens.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Copies a folder of folders of files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Commands, each with what it prints.
fn commands(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("```console\n").skip(1).map(|rest| rest.split("\n```").next().unwrap());
    let commands = blocks.flat_map(|block| block.split("$ ").skip(1).collect::<Vec<_>>());
    let commands = commands.map(|one| one.split_once('\n').unwrap_or((one, "")));
    commands.map(|(command, shown)| (command.to_owned(), shown.trim_end().to_owned())).collect()
}

#[cfg(unix)]
#[test]
fn the_transcript_of_the_page_is_what_happens() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/scale.md")).unwrap();
    let desk = tempfile::tempdir().unwrap();
    copy(&root.join("examples/proposals"), &desk.path().join("proposals"));
    let program = Path::new(env!("CARGO_BIN_EXE_plancheck")).parent().unwrap();
    let search = format!("{}:{}", program.display(), env::var("PATH").unwrap());
    let commands = commands(&page);
    assert!(commands.len() > 5);
    for (command, shown) in commands {
        let mut shell = Command::new("sh");
        let shell = shell.args(["-c", &command]).current_dir(desk.path()).env("PATH", &search).env("LC_ALL", "C");
        let output = shell.output().unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (String::from_utf8(output.stdout).unwrap().trim_end(), complaint.as_str()),
            (shown.as_str(), ""),
            "{command}"
        );
    }
}
