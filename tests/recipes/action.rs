//! The GitHub Action: its steps are run as the runner would run them, with inputs that mean no good.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{BAD, DAY, GOOD, PLANCHECK, folder, root, shell, text, yaml};

/// What a step came to.
struct Step {
    code: i32,
    said: String,
    outputs: BTreeMap<String, String>,
    summary: String,
}

fn steps() -> Vec<Value> {
    yaml("action.yml")["runs"]["steps"].as_array().unwrap().clone()
}

fn step(id: &str) -> Value {
    steps().into_iter().find(|step| step["id"] == id).unwrap()
}

/// Runs a step in a folder; inputs that are not given have their defaults, and this program is used. The last of two
/// values counts.
fn run(id: &str, folder: &Path, inputs: &[(&str, &str)]) -> Step {
    let (action, step) = (yaml("action.yml"), step(id));
    let files = tempfile::tempdir().unwrap();
    let (output, summary) = (files.path().join("output"), files.path().join("summary"));
    fs::write(&output, "").unwrap();
    fs::write(&summary, "").unwrap();
    let mut variables: Vec<(String, String)> = vec![
        ("GITHUB_OUTPUT".to_owned(), output.to_str().unwrap().to_owned()),
        ("GITHUB_STEP_SUMMARY".to_owned(), summary.to_str().unwrap().to_owned()),
        ("RUNNER_TEMP".to_owned(), folder.to_str().unwrap().to_owned()),
    ];
    for (variable, expression) in step["env"].as_object().unwrap() {
        let value = match expression.as_str().unwrap().strip_prefix("${{ inputs.") {
            None => "source of the action".to_owned(),
            Some(input) => {
                let input = input.strip_suffix(" }}").unwrap();
                let given = inputs.iter().rfind(|(name, _)| *name == input).map(|(_, value)| (*value).to_owned());
                let default = action["inputs"][input]["default"].as_str().unwrap();
                given.unwrap_or_else(|| if input == "plancheck" { PLANCHECK.to_owned() } else { default.to_owned() })
            },
        };
        variables.push((variable.clone(), value));
    }
    assert_eq!(step["shell"], "bash");
    let script = format!("set -o pipefail\n{}", step["run"].as_str().unwrap());
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let ran = shell("bash", &script, folder, &variables);
    let outputs = fs::read_to_string(output).unwrap();
    Step {
        code: ran.status.code().unwrap(),
        said: text(&ran.stdout) + &text(&ran.stderr),
        outputs: outputs.lines().map(|line| line.split_once('=').unwrap()).map(owned).collect(),
        summary: fs::read_to_string(summary).unwrap(),
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// What the runner takes for commands: it ends lines at carriage returns too.
fn commands(said: &str) -> Vec<&str> {
    said.split(['\n', '\r']).filter(|line| line.trim_start().starts_with("::")).collect()
}

#[test]
fn no_script_holds_an_expression() {
    for step in steps() {
        assert!(!step["run"].as_str().unwrap().contains("${{"), "{step}");
        for (variable, value) in step["env"].as_object().unwrap() {
            let value = value.as_str().unwrap();
            let input = value.strip_prefix("${{ inputs.").and_then(|rest| rest.strip_suffix(" }}"));
            let is_plain = input.is_some_and(|input| !input.contains(['$', '{', '}', ' ']));
            assert!(is_plain || value == "${{ github.action_path }}", "{variable}: {value}");
        }
    }
}

#[test]
fn every_input_has_a_meaning_and_reaches_a_step() {
    let inputs = yaml("action.yml")["inputs"].clone();
    for (input, told) in inputs.as_object().unwrap() {
        assert!(told["description"].as_str().unwrap().len() > 10 && told["default"].is_string(), "{input}");
        let expression = format!("${{{{ inputs.{input} }}}}");
        assert!(steps().iter().any(|step| step["env"].to_string().contains(&expression)), "{input}");
    }
}

#[test]
fn a_breach_is_annotated_and_fails_the_step() {
    let folder = folder(&["in/good.json"], &["in/坏 项目.json"]);
    let step = run("check", folder.path(), &[("path", "in"), ("as-of", DAY)]);
    assert_eq!(step.code, 1, "{}", step.said);
    let errors: Vec<&str> = commands(&step.said).into_iter().filter(|line| line.starts_with("::error ")).collect();
    assert_eq!(errors.len(), 1, "{}", step.said);
    assert!(errors[0].contains("file=in/坏 项目.json,line=10") && errors[0].contains("zhengzhou-core-functions"));
    assert_eq!((step.outputs["exit-code"].as_str(), step.outputs["sarif"].as_str()), ("1", "plancheck.sarif"));
    assert!(step.summary.contains("zhengzhou-core-functions"), "{}", step.summary);
    let sarif: Value = serde_json::from_slice(&fs::read(folder.path().join("plancheck.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["runs"][0]["results"].as_array().unwrap().iter().any(|result| result["level"] == "error"));
}

#[test]
fn proposals_without_a_breach_pass() {
    let folder = folder(&["good.json"], &[]);
    fs::write(folder.path().join("plancheck.toml"), "watch = true\n").unwrap();
    let step = run("check", folder.path(), &[("as-of", DAY), ("path", "\ngood.json\n"), ("sarif", "报告 1.sarif")]);
    assert_eq!(step.code, 0, "{}", step.said);
    assert_eq!(step.outputs["sarif"], "报告 1.sarif");
    assert!(folder.path().join("报告 1.sarif").exists());
}

#[test]
fn options_reach_the_check() {
    let folder = folder(&["a b.json"], &["c.json"]);
    let fails = |inputs: &[(&str, &str)]| run("check", folder.path(), &[&[("as-of", DAY)], inputs].concat()).code;
    assert_eq!(fails(&[]), 1);
    assert_eq!(fails(&[("fail-on", "never")]), 0);
    assert_eq!(fails(&[("path", "a b.json")]), 0);
    assert_eq!(fails(&[("path", "a b.json\nc.json")]), 1);
    assert_eq!(fails(&[("rules", "no-such-folder")]), 2);
    let act = "[[waivers]]\ndirective = \"zhengzhou-core-functions\"\nproposal = \"2605-410181-04-02-719346\"\nreason = \"r\"\n\
               authority = \"a\"\ndocument = \"d\"\nissued = 2026-01-15\nexpires = 2027-12-31\n";
    fs::write(folder.path().join("acts 1.toml"), act).unwrap();
    fs::write(folder.path().join("acts-2.toml"), "").unwrap();
    assert_eq!(fails(&[("waivers", "acts 1.toml\nacts-2.toml")]), 0);
    let known = shell("bash", "plancheck check --write-baseline=known.json", folder.path(), &[]);
    assert_eq!(known.status.code(), Some(1));
    assert_eq!(fails(&[("baseline", "known.json"), ("path", "c.json")]), 0);
}

#[test]
fn hostile_inputs_drive_neither_the_shell_nor_the_runner_nor_the_program() {
    let hostile = [
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned #",
        "\"; touch pwned; \"",
        "'; touch pwned; '",
        "x\" || touch pwned || \"",
        "${IFS}touch${IFS}pwned",
        "--fail-on=never",
        "--help",
        "-h",
        "*",
        "${{ github.token }}",
        "x\r::error::boo",
        "x\u{1b}]0;boo\u{7}",
        "x\u{202e}boo",
    ];
    for value in hostile {
        for input in ["path", "rules", "as-of", "fail-on", "waivers", "baseline"] {
            let folder = folder(&["good.json"], &[]);
            let step = run("check", folder.path(), &[("as-of", DAY), (input, value)]);
            assert_eq!(step.code, 2, "{input}: {value:?}: {}", step.said);
            assert_eq!(step.outputs["exit-code"], "2");
            assert!(!folder.path().join("pwned").exists(), "{input}: {value:?}");
            assert!(
                commands(&step.said).iter().all(|line| !line.contains("boo") || line.contains("file=")),
                "{}",
                step.said
            );
        }
    }
}

#[test]
fn a_line_break_in_an_input_that_has_one_line_is_refused() {
    for input in ["rules", "as-of", "fail-on", "baseline", "sarif", "plancheck"] {
        let folder = folder(&["good.json"], &[]);
        let step = run("check", folder.path(), &[("as-of", DAY), (input, "x\n::error::boo")]);
        assert_eq!((step.code, step.outputs.len()), (2, 1), "{input}: {}", step.said);
        assert_eq!(commands(&step.said), ["::error title=plancheck::an input of the action holds a control character"]);
    }
}

#[cfg(unix)]
#[test]
fn hostile_names_of_files_are_shown_as_text() {
    let folder = folder(&[], &["in/x\n::error::boo.json", "in/--fail-on=never.json", "in/$(touch pwned).json"]);
    let step = run("check", folder.path(), &[("as-of", DAY), ("path", "in")]);
    assert_eq!(step.code, 1, "{}", step.said);
    assert!(!folder.path().join("pwned").exists());
    assert!(commands(&step.said).iter().all(|line| !line.starts_with("::error::boo")), "{}", step.said);
}

#[test]
fn the_program_is_built_from_the_source_of_the_action() {
    let folder = folder(&[], &[]);
    let step = step("build");
    assert_eq!(step["if"], "inputs.plancheck == ''");
    let script = format!("cargo() {{ printf '%s\\n' \"$@\"; }}\n{}", step["run"].as_str().unwrap());
    let source = "a folder/$(touch pwned)";
    let ran = shell("bash", &script, folder.path(), &[("SOURCE", source), ("RUNNER_TEMP", "/a temp")]);
    let expected =
        ["install", "--locked", "--quiet", "--bins", "--path", source, "--root", "/a temp/plancheck"].join("\n") + "\n";
    assert_eq!((text(&ran.stdout), ran.status.code()), (expected, Some(0)));
    assert!(!folder.path().join("pwned").exists());
}

#[test]
fn the_proposals_of_these_tests_are_what_they_say() {
    for (proposal, code) in [(GOOD, 0), (BAD, 1)] {
        let path = root().join(proposal);
        let ran = super::plancheck(&["check", "--as-of", DAY, path.to_str().unwrap()]);
        assert_eq!(ran.status.code(), Some(code), "{}", text(&ran.stdout));
    }
}
