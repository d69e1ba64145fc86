//! The GitLab job: its script is run as the runner would run it, with variables that mean no good.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use super::{DAY, folder, has, shell, text, yaml};

fn job() -> Value {
    yaml("ci/plancheck.gitlab-ci.yml")["plancheck"].clone()
}

/// Runs the script with a shell; variables that are not given are those of the job.
fn run_with(with: &str, folder: &Path, given: &[(&str, &str)]) -> Output {
    let job = job();
    let variables = job["variables"].as_object().unwrap();
    let mut all: Vec<(&str, &str)> =
        variables.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    assert!(given.iter().all(|(name, _)| variables.contains_key(*name)));
    all.extend(given);
    let lines: Vec<&str> = job["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    shell(with, &lines.join("\n"), folder, &all)
}

fn run(folder: &Path, given: &[(&str, &str)]) -> Output {
    run_with("sh", folder, given)
}

#[test]
fn a_breach_stands_in_both_reports_and_fails_the_job() {
    for with in ["sh", "bash", "dash"] {
        if !has(with) {
            continue;
        }
        let folder = folder(&["in/good.json"], &["in/坏 项目.json"]);
        let ran = run_with(with, folder.path(), &[("PLANCHECK_PATHS", "in"), ("PLANCHECK_AS_OF", DAY)]);
        assert_eq!(ran.status.code(), Some(1), "{}", text(&ran.stderr));
        assert!(text(&ran.stdout).contains("in/坏 项目.json:10:16: error[zhengzhou-core-functions]"));
        let issues = fs::read(folder.path().join("plancheck-code-quality.json")).unwrap();
        let issues: Value = serde_json::from_slice(&issues).unwrap();
        assert!(issues.as_array().unwrap().iter().any(|issue| issue["check_name"] == "zhengzhou-core-functions"));
        let cases = fs::read_to_string(folder.path().join("plancheck-junit.xml")).unwrap();
        let cases = roxmltree::Document::parse(&cases).unwrap();
        assert!(cases.descendants().any(|node| node.has_tag_name("failure")));
    }
}

#[test]
fn the_job_keeps_what_its_script_writes() {
    let artifacts = &job()["artifacts"];
    let (quality, junit) = ("plancheck-code-quality.json", "plancheck-junit.xml");
    assert_eq!(artifacts["when"], "always");
    assert_eq!(
        (&artifacts["reports"]["codequality"], &artifacts["reports"]["junit"]),
        (&quality.into(), &junit.into())
    );
    assert_eq!(artifacts["paths"], serde_json::json!([quality, junit]));
}

#[test]
fn variables_reach_the_check() {
    let folder = folder(&["a b.json"], &["c.json"]);
    fs::write(folder.path().join("plancheck.toml"), "watch = true\n").unwrap();
    let code =
        |given: &[(&str, &str)]| run(folder.path(), &[&[("PLANCHECK_AS_OF", DAY)], given].concat()).status.code();
    assert_eq!(code(&[("PLANCHECK_PATHS", "a b.json")]), Some(0));
    assert_eq!(code(&[("PLANCHECK_PATHS", "a b.json\nc.json")]), Some(1));
    assert_eq!(code(&[("PLANCHECK_PATHS", "c.json"), ("PLANCHECK_FAIL_ON", "never")]), Some(0));
    assert_eq!(code(&[("PLANCHECK_PATHS", "c.json"), ("PLANCHECK_WAIVERS", "none.toml")]), Some(2));
    assert_eq!(code(&[("PLANCHECK_PATHS", "c.json"), ("PLANCHECK_BASELINE", "none.json")]), Some(2));
    assert_eq!(code(&[("PLANCHECK_PATHS", "c.json"), ("PLANCHECK_RULES", "none")]), Some(2));
}

#[test]
fn hostile_variables_drive_neither_the_shell_nor_the_program() {
    let hostile = [
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned #",
        "\"; touch pwned; \"",
        "'; touch pwned; '",
        "${IFS}touch${IFS}pwned",
        "--fail-on=never",
        "--help",
        "g*.json",
        "x\nsection_start:0:boo",
    ];
    for value in hostile {
        for variable in ["PATHS", "RULES", "AS_OF", "FAIL_ON", "WAIVERS", "BASELINE"] {
            let folder = folder(&["good.json"], &[]);
            let variable = format!("PLANCHECK_{variable}");
            let ran = run(folder.path(), &[("PLANCHECK_AS_OF", DAY), (&variable, value)]);
            assert_eq!(ran.status.code(), Some(2), "{variable}: {value:?}: {}", text(&ran.stderr));
            assert!(!folder.path().join("pwned").exists(), "{variable}: {value:?}");
        }
    }
}
