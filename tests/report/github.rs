//! Workflow commands, read as GitHub's runner reads them.

use std::collections::BTreeMap;

use plancheck::checker::report::{Finding, ProposalReport};
use plancheck::diagnostic::Severity;
use plancheck::report::format;

use crate::{each_hostile, fixture, settings, snapshot, written};

/// A command with its properties and its message, unescaped.
type Command = (String, BTreeMap<String, String>, String);

/// What the runner makes of a line; `None` if it is none of its commands.
fn command(line: &str) -> Option<Command> {
    let (head, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.split(',').filter_map(|pair| pair.split_once('='));
    let property = |text: &str| data(&text.replace("%3A", ":").replace("%2C", ","));
    let properties = properties.map(|(key, value)| (key.trim().to_owned(), property(value))).collect();
    Some((name.to_owned(), properties, data(message)))
}

fn data(text: &str) -> String {
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

fn commands(text: &str) -> Vec<Command> {
    text.lines().map(|line| command(line).unwrap_or_else(|| panic!("{line}"))).collect()
}

#[test]
fn github() {
    let text = written("github", settings());
    snapshot("github", &text);
    let all = commands(&text);
    let (name, properties, message) = &all[4];
    assert_eq!((name.as_str(), properties["file"].as_str()), ("error", "proposals/anyang/culture.json"));
    assert_eq!((properties["line"].as_str(), properties["col"].as_str()), ("6", "12"));
    assert!(message.contains("\nhelp: add the role"), "{message}");
}

#[test]
fn more_than_the_runner_shows_is_counted() {
    let (plain, text) = fixture::proposals().into_iter().next().unwrap();
    let many = |severity: Severity| -> Vec<Finding> {
        let mut finding = plain.findings[1].clone();
        finding.judgement.severity = severity;
        vec![finding; 12]
    };
    let findings = [Severity::Error, Severity::Warning, Severity::Note].map(many).concat();
    let report = ProposalReport { findings, ..plain };
    let format = format("github", settings()).unwrap();
    let closing = plancheck::checker::report::Closing::default();
    let out = String::from_utf8(fixture::write(&*format, &[(report, text)], &closing)).unwrap();
    let all = commands(&out);
    let count = |wanted: &str| all.iter().filter(|(name, ..)| name == wanted).count();
    assert_eq!((count("error"), count("warning"), count("notice")), (10, 10, 10));
    let (_, _, last) = all.last().unwrap();
    assert!(last.contains("2 further errors, 2 further warnings, 3 further notes not shown here"), "{last}");
}

#[test]
fn hostile_texts_in_github() {
    each_hostile("github", |text, bytes| {
        let all = commands(std::str::from_utf8(bytes).unwrap());
        assert_eq!(all.len(), 10, "{text:?}");
        for (name, properties, _) in &all {
            assert!(["error", "warning", "notice"].contains(&name.as_str()));
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            assert!(properties.keys().all(|key| known.contains(&key.as_str())), "{properties:?}");
        }
    });
}
