//! GitLab's code quality report.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{each_hostile, settings, snapshot, written};

/// What GitLab asks for: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>
fn hold(issues: &[Value]) {
    let mut fingerprints = BTreeSet::new();
    for issue in issues {
        assert!(issue["description"].is_string() && issue["check_name"].is_string());
        let fingerprint = issue["fingerprint"].as_str().unwrap();
        assert!(fingerprints.insert(fingerprint), "{fingerprint} stands twice");
        let severity = issue["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(!issue["location"]["path"].as_str().unwrap().starts_with("./"));
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn gitlab() {
    let text = written("gitlab", settings());
    snapshot("gitlab", &text);
    hold(&serde_json::from_str::<Vec<Value>>(&text).unwrap());
}

#[test]
fn hostile_texts_in_gitlab() {
    each_hostile("gitlab", |text, bytes| {
        let issues: Vec<Value> = serde_json::from_slice(bytes).unwrap();
        assert_eq!(issues.len(), 9, "{text:?}");
        hold(&issues);
    });
}
