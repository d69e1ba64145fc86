//! The pages of the codes are right: what they call wrong gives just that code, and what they call right does not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use plancheck::catalogue;
use plancheck::checker::Checker;
use plancheck::checker::options::Options;
use plancheck::rulebook::Rulebook;
use plancheck::value::Day;

use super::pack::{SOURCES, completed, lint_files};

/// Pages whose blocks show what no block can hold: a file's bytes, its size, or what a layout would change, a file
/// outside of the pack.
const SHOWN_ONLY: [&str; 8] = [
    "proposal/encoding",
    "proposal/too-deep",
    "proposal/too-large",
    "rules/encoding",
    "rules/layout",
    "rules/not-a-test",
    "rules/too-deep",
    "rules/too-large",
];

/// What a fragment has no room for, and what says nothing of it.
const NOT_ASKED: [&str; 2] = ["rules/untested", "rules/unused"];

/// The fenced blocks of a section, by kind.
fn blocks(page: &str, section: &str) -> BTreeMap<String, String> {
    let body = page.split(&format!("## {section}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    let mut parts = body.split("```");
    parts.next();
    let mut found = BTreeMap::new();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (kind, text) = block.split_once('\n').unwrap();
        let text = text.trim_end();
        match kind {
            // A pack of its own, not a part of the small one.
            "plan alone" => found.insert("alone".to_owned(), text.to_owned()),
            kind => found.insert(kind.to_owned(), text.to_owned()),
        };
    }
    found
}

/// The codes that the blocks of a section give.
fn codes(name: &str, blocks: &BTreeMap<String, String>) -> Vec<String> {
    if let Some(json) = blocks.get("json") {
        return codes_of_proposal(name, json, blocks.get("plan"));
    }
    let plan = match blocks.get("alone") {
        Some(alone) => alone.clone(),
        None => completed(blocks.get("plan").map_or("", String::as_str)),
    };
    let [english, chinese] = SOURCES;
    let english = (english.0, blocks.get("text").map_or(english.1, String::as_str));
    let found = lint_files(&[("base.plan", plan.as_str()), english, chinese]).diagnostics;
    let is_asked = |code: &str| code == name || !NOT_ASKED.contains(&code);
    let mut codes: Vec<String> = found.iter().map(|one| one.code.to_owned()).filter(|code| is_asked(code)).collect();
    codes.dedup();
    codes
}

/// The findings on a proposal that are not of directives: by the small pack with these rules, else by the Henan pack.
fn codes_of_proposal(name: &str, json: &str, plan: Option<&String>) -> Vec<String> {
    let book = match plan {
        Some(plan) => {
            let plan = completed(plan);
            let mut files = vec![("base.plan", plan.as_str())];
            files.extend(SOURCES);
            Rulebook::from_texts(&files).map_err(|error| error.diagnostics).unwrap()
        },
        None => Rulebook::henan().unwrap(),
    };
    let checker = Checker::new(&book, Options::new(Day::new(2026, 1, 1).unwrap())).unwrap();
    let report = checker.check_str("proposal.json", json);
    let codes = report.findings.iter().map(|finding| finding.judgement.code.to_string());
    // An excerpt lacks fields.
    let is_asked = |code: &str| code.contains('/') && (code != "proposal/missing-field" || code == name);
    let mut codes: Vec<String> = codes.filter(|code| is_asked(code)).collect();
    codes.dedup();
    codes
}

/// A page as it stands in the folder.
fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/codes/{name}.md"));
    fs::read_to_string(path).unwrap()
}

#[test]
fn what_a_page_calls_wrong_gives_its_code_and_what_it_calls_right_gives_none() {
    let mut wrong_pages = Vec::new();
    let of_rules = |name: &str| name.starts_with("rules/") || name.starts_with("proposal/");
    for entry in catalogue::all().filter(|entry| of_rules(entry.name) && !SHOWN_ONLY.contains(&entry.name)) {
        let page = page(entry.name);
        let (wrong, right) = (blocks(&page, "Wrong"), blocks(&page, "Right"));
        if wrong.contains_key("console") {
            continue;
        }
        let (bad, good) = (codes(entry.name, &wrong), codes(entry.name, &right));
        if bad != [entry.name] || !good.is_empty() {
            wrong_pages.push(format!("{}: wrong gives {bad:?}, right gives {good:?}", entry.name));
        }
    }
    assert!(wrong_pages.is_empty(), "{}", wrong_pages.join("\n"));
}

/// Pages on files, runs, settings and waivers show commands and files of a folder, and are not run here: of a command
/// it is asked that it is one of the program's.
#[test]
fn pages_on_runs_show_commands_of_the_program() {
    for entry in catalogue::all().filter(|entry| entry.text.contains("```console")) {
        for section in ["Wrong", "Right"] {
            for text in blocks(entry.text, section).values() {
                assert!(text.contains("plancheck "), "{}", entry.name);
            }
        }
    }
}
