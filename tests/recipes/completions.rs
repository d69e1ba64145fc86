//! Completions are sourced by the shells that are on this machine, and asked.

use std::fs;

use super::{has, plancheck, shell, text};

fn script(shell: &str) -> String {
    let ran = plancheck(&["completions", shell]);
    assert_eq!((ran.status.code(), text(&ran.stderr)), (Some(0), String::new()));
    text(&ran.stdout)
}

/// What bash would offer for the last of these words.
fn offered(words: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plancheck.bash"), script("bash")).unwrap();
    let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
    let ask = format!(
        "set -u; source ./plancheck.bash; COMP_WORDS=({}); COMP_CWORD={}; _plancheck plancheck '{last}' '{before}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1,
    );
    let ran = shell("bash", &ask, folder.path(), &[]);
    assert_eq!(text(&ran.stderr), "");
    text(&ran.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_verbs_options_and_words() {
    if !has("bash") {
        return;
    }
    assert_eq!(offered(&["plancheck", "che"]), ["check"]);
    assert_eq!(offered(&["plancheck", "check", "--por"]), ["--portfolio"]);
    assert_eq!(offered(&["plancheck", "check", "--fail-on", "s"]), ["should"]);
    assert_eq!(offered(&["plancheck", "completions", "fi"]), ["fish"]);
}

#[test]
fn options_that_are_not_shown_are_not_completed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = script(shell);
        assert!(script.contains("allow-empty"), "{shell}");
        assert!(!script.contains("no-allow-empty") && !script.contains("no-strict"), "{shell}");
    }
    // That they are there all the same is why the test above says something.
    assert_eq!(plancheck(&["config", "--no-strict"]).status.code(), Some(0));
}

#[test]
fn shells_that_are_here_find_no_fault_with_their_scripts() {
    let folder = tempfile::tempdir().unwrap();
    for (shell, arguments) in [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])] {
        if !has(shell) {
            continue;
        }
        let path = folder.path().join(shell);
        fs::write(&path, script(shell)).unwrap();
        let ran = std::process::Command::new(shell).args(arguments).arg(&path).output().unwrap();
        assert_eq!((ran.status.code(), text(&ran.stderr)), (Some(0), String::new()), "{shell}");
    }
}

#[test]
fn a_shell_or_the_manual_must_be_named() {
    for (arguments, message) in [
        (&["completions"][..], "<SHELL>"),
        (&["completions", "tcsh"], "possible values: bash, elvish, fish, powershell, zsh"),
        (&["completions", "bash", "--man"], "cannot be used with"),
    ] {
        let ran = plancheck(arguments);
        assert_eq!(ran.status.code(), Some(2));
        assert!(text(&ran.stderr).contains(message), "{}", text(&ran.stderr));
    }
}
