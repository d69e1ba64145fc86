//! What `docs/pipelines.md` shows is what happens, and what it has people write means something.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{BAD, PLANCHECK, read, root, text, yaml};

/// The blocks of the page that are marked as `kind`.
fn blocks(kind: &str) -> Vec<String> {
    let page = read("docs/pipelines.md");
    let opening = format!("```{kind}\n");
    let opened = page.split(&opening).skip(1);
    opened.map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

/// What a command prints, and what it complains of behind that.
fn run(command: &str, folder: &Path) -> (String, i32) {
    let words = command.strip_prefix("plancheck ").unwrap().split(' ');
    let mut program = Command::new(PLANCHECK);
    let ran = program.args(words).env_clear().env("LANG", "C").current_dir(folder).stdin(Stdio::null()).output();
    let ran = ran.unwrap();
    (text(&ran.stdout) + &text(&ran.stderr), ran.status.code().unwrap())
}

#[test]
fn transcripts_are_what_the_program_prints() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("proposals")).unwrap();
    fs::copy(root().join(BAD), folder.path().join("proposals/zhengzhou.json")).unwrap();
    fs::write(folder.path().join("waivers.toml"), &blocks("toml")[0]).unwrap();
    let transcripts = blocks("console");
    assert_eq!(transcripts.len(), 5);
    for transcript in transcripts {
        let (mut shown, mut code) = (String::new(), 0);
        for command in transcript.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let printed = match command {
                "echo $?" => format!("{code}\n"),
                command => {
                    let ran = run(command, folder.path());
                    code = ran.1;
                    ran.0
                },
            };
            shown.push_str(&format!("$ {command}\n{printed}"));
        }
        assert_eq!(shown.trim_end(), transcript);
    }
}

fn recipe(of: &str) -> Value {
    let block = blocks("yaml").into_iter().find(|block| block.contains(of)).unwrap();
    serde_saphyr::from_str(&block).unwrap()
}

#[test]
fn the_workflow_gives_the_action_inputs_that_it_has() {
    let workflow = recipe("jobs:");
    let steps = workflow["jobs"]["plancheck"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["id"] == "plancheck").unwrap();
    let action = yaml("action.yml");
    for input in step["with"].as_object().unwrap().keys() {
        assert!(action["inputs"].get(input).is_some(), "{input}");
    }
    let page = read("docs/pipelines.md");
    for input in action["inputs"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("`{input}`")), "{input}");
    }
    for output in action["outputs"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("`{output}`")), "{output}");
    }
}

#[test]
fn the_job_that_is_included_has_the_variables_that_are_set() {
    let (job, set) = (yaml("ci/plancheck.gitlab-ci.yml"), recipe("include:"));
    assert_eq!(set["include"][0]["file"], "ci/plancheck.gitlab-ci.yml");
    let known = job["plancheck"]["variables"].as_object().unwrap();
    for variable in set["plancheck"]["variables"].as_object().unwrap().keys() {
        let is_image = job["plancheck"]["image"]["name"] == format!("${variable}").as_str();
        assert!(known.contains_key(variable) || is_image, "{variable}");
    }
    let page = read("docs/pipelines.md");
    assert!(known.keys().all(|variable| page.contains(variable)));
}

#[test]
fn the_hooks_that_are_shown_are_there() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let ids: Vec<&Value> = hooks.as_array().unwrap().iter().map(|hook| &hook["id"]).collect();
    let shown = recipe("repos:");
    let shown: Vec<&Value> = shown["repos"][0]["hooks"].as_array().unwrap().iter().map(|hook| &hook["id"]).collect();
    assert_eq!(shown, ids);
}
