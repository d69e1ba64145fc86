//! Every format over one fixture of awkward reports.

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

mod audience;
mod csv;
mod fixture;
mod github;
mod gitlab;
mod hostile;
mod html;
mod junit;
mod markdown;
mod sarif;
mod saved;
mod xlsx;

use std::path::Path;

use plancheck::checker::report::Format;
use plancheck::report::{Language, Settings, format};
use serde_json::Value;

/// The formats that are text.
const TEXTUAL: [&str; 10] =
    ["human", "concise", "json", "jsonl", "github", "gitlab", "junit", "markdown", "csv", "sarif"];

fn settings() -> Settings {
    Settings { width: 80, ..Settings::default() }
}

fn written(name: &str, settings: Settings) -> String {
    let format = format(name, settings).unwrap();
    String::from_utf8(fixture::write(&*format, &fixture::proposals(), &fixture::closing())).unwrap()
}

/// The hostile run in a format, for each text and language.
fn each_hostile(name: &str, check: impl Fn(&str, &[u8])) {
    for language in [Language::English, Language::Chinese] {
        let format = format(name, Settings { language, ..settings() }).unwrap();
        for text in hostile::TEXTS {
            check(text, &hostile::write(&*format, text));
        }
    }
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn human_in_english() {
    snapshot("human_en", &written("human", settings()));
}

#[test]
fn human_in_chinese() {
    snapshot("human_zh", &written("human", Settings { language: Language::Chinese, ..settings() }));
}

#[test]
fn human_in_ascii_with_all_that_it_can_say() {
    let settings = Settings { unicode: false, verbose: true, statistics: true, ..settings() };
    snapshot("human_ascii", &written("human", settings));
}

#[test]
fn human_in_colour() {
    let format = format("human", Settings { color: true, ..settings() }).unwrap();
    let proposals = fixture::proposals();
    let bytes = fixture::write(&*format, proposals.get(..1).unwrap(), &fixture::closing());
    snapshot("human_color", &String::from_utf8(bytes).unwrap().replace('\u{1b}', "␛"));
}

#[test]
fn concise() {
    snapshot("concise", &written("concise", settings()));
}

#[test]
fn json() {
    snapshot("json", &written("json", Settings { statistics: true, ..settings() }));
}

#[test]
fn jsonl() {
    snapshot("jsonl", &written("jsonl", settings()));
}

#[test]
fn an_empty_run_in_every_format() {
    let text = TEXTUAL.map(|name| {
        let format = format(name, settings()).unwrap();
        let bytes = fixture::write(&*format, &[], &plancheck::checker::report::Closing::default());
        format!("--- {name}\n{}", String::from_utf8(bytes).unwrap())
    });
    snapshot("empty", &text.concat());
}

#[test]
fn json_keeps_to_its_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/design/report.schema.json");
    let documents = [written("json", settings()), {
        let format = format("json", settings()).unwrap();
        String::from_utf8(fixture::write(&*format, &[], &plancheck::checker::report::Closing::default())).unwrap()
    }];
    let documents = documents.map(|text| serde_json::from_str::<Value>(&text).unwrap());
    for document in &documents {
        assert_eq!(document["schema"], 1);
        assert_eq!(document["proposals"].as_array().unwrap().len() % 7, 0);
    }
    let Ok(schema) = std::fs::read_to_string(&path) else {
        eprintln!("no schema at {}: not validated", path.display());
        return;
    };
    let schema = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for document in &documents {
        let errors: Vec<String> = validator.iter_errors(document).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn a_line_of_jsonl_is_the_proposal_of_json() {
    let document: Value = serde_json::from_str(&written("json", settings())).unwrap();
    let lines: Vec<Value> =
        written("jsonl", settings()).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(document["proposals"], Value::Array(lines));
}

#[test]
fn nothing_that_steers_a_terminal_leaves() {
    for name in TEXTUAL {
        for language in [Language::English, Language::Chinese] {
            let text = written(name, Settings { language, verbose: true, ..settings() });
            let bad: Vec<char> = text
                .chars()
                .filter(|c| !matches!(c, '\n' | '\r' | '\u{FEFF}') && plancheck::text::display::is_unsafe(*c))
                .collect();
            assert_eq!(bad, Vec::<char>::new(), "{name}");
        }
    }
}

#[test]
fn marks_stand_right_under_chinese_text() {
    let text = written("human", settings());
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains("\"对外开放\", \"商贸\"")).unwrap();
    let (excerpt, mark) = (lines[at], lines[at + 1]);
    let before = excerpt.split("\"商贸\"").next().unwrap();
    let blank: String = mark.chars().take_while(|c| *c != '─').collect();
    assert_eq!(textwrap::core::display_width(before), textwrap::core::display_width(&blank));
    assert_eq!(mark.chars().filter(|c| *c == '─').count(), 6);
}

#[test]
#[ignore = "a measurement: cargo test --release --test report -- --ignored --nocapture"]
fn human_is_not_much_slower_than_json() {
    let proposals = fixture::proposals();
    for name in ["human", "json", "concise"] {
        let format = format(name, settings()).unwrap();
        let begun = std::time::Instant::now();
        let mut findings = 0;
        let mut out = Vec::new();
        while findings < 10_000 {
            for (report, text) in &proposals {
                out.clear();
                format.proposal(&fixture::header(), report, Some(fixture::excerpt(report, text)), &mut out);
                findings += report.findings.len();
            }
        }
        println!("{name}: {findings} findings in {:?}", begun.elapsed());
    }
}

#[expect(dead_code, reason = "says that a format can be shared between threads")]
fn is_shared(format: std::sync::Arc<dyn Format>) -> impl Send + Sync {
    format
}
