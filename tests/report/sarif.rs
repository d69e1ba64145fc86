//! SARIF, held against the schema of OASIS and the further rules of GitHub's code scanning.

use std::path::Path;

use plancheck::checker::report::Closing;
use plancheck::report::format;
use serde_json::Value;

use crate::{each_hostile, fixture, settings, snapshot, written};

/// What GitHub asks for beyond the schema, and what viewers misread.
fn hold_to_the_rules_of_code_scanning(log: &Value) {
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].is_string(), "{rule}");
        }
        assert!(rule["help"]["markdown"].is_string());
        assert!(["error", "warning", "note"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    for result in run["results"].as_array().unwrap() {
        let id = result["ruleId"].as_str().unwrap();
        if let Some(index) = result["ruleIndex"].as_u64() {
            assert_eq!(rules[usize::try_from(index).unwrap()]["id"], id);
        }
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["locations"].as_array().unwrap().is_empty(), "{result}");
        assert!(!result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().is_empty());
        let related = result["relatedLocations"].as_array();
        for location in result["locations"].as_array().unwrap().iter().chain(related.into_iter().flatten()) {
            hold_location(&location["physicalLocation"]);
        }
    }
}

fn hold_location(location: &Value) {
    let uri = location["artifactLocation"]["uri"].as_str().unwrap();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
    assert!(uri.bytes().all(is_plain) && !uri.starts_with('/'), "{uri}");
    assert!(location["artifactLocation"]["uriBaseId"].is_string(), "{location}");
    let region = &location["region"];
    let (line, column) = (region["startLine"].as_u64().unwrap(), region["startColumn"].as_u64());
    assert!(line >= 1 && column.is_none_or(|column| column >= 1));
    if let (Some(end_line), Some(end_column)) = (region["endLine"].as_u64(), region["endColumn"].as_u64()) {
        assert!((end_line, end_column) >= (line, column.unwrap()));
    }
}

fn hold_to_the_schema(logs: &[Value]) {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/schemas");
    let folder = std::env::var_os("PLANCHECK_SCHEMAS").map_or(beside, Into::into);
    let Ok(schema) = std::fs::read_to_string(folder.join("sarif-schema-2.1.0.json")) else {
        eprintln!("no SARIF schema in {}: not validated", folder.display());
        return;
    };
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for log in logs {
        let errors: Vec<String> =
            validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn sarif() {
    let text = written("sarif", settings());
    snapshot("sarif", &text);
    let log: Value = serde_json::from_str(&text).unwrap();
    hold_to_the_rules_of_code_scanning(&log);
    let format = format("sarif", settings()).unwrap();
    let empty = fixture::write(&*format, &[], &Closing::default());
    hold_to_the_schema(&[log, serde_json::from_slice(&empty).unwrap()]);
}

#[test]
fn hostile_texts_in_sarif() {
    each_hostile("sarif", |text, bytes| {
        let log: Value = serde_json::from_slice(bytes).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), 7, "{text:?}");
        assert_eq!(results.iter().filter(|result| result["suppressions"].is_array()).count(), 1);
        for result in results {
            let message = result["message"]["text"].as_str().unwrap();
            assert!(!message.replace("\\]", "").contains("]("), "{message}");
        }
        hold_to_the_rules_of_code_scanning(&log);
        hold_to_the_schema(&[log]);
    });
}
