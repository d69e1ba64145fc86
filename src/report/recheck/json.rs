//! A report that was checked again, as JSON.

use serde::Serialize;
use serde_json::{Value, json as value};

use super::{Cause, Difference, Outcome, Recheck, Turn};
use crate::report::safe::document_bytes;

/// `{"schema": 1, "report": …, "outcome": …, "causes": […], "proposals": […], "differences": […]}`
pub fn json(recheck: &Recheck) -> Vec<u8> {
    let (outcome, place) = match recheck.outcome {
        Outcome::Stands => ("stands", None),
        Outcome::LaidOutAnew(line, column) => ("laid-out-anew", Some(value!({"line": line, "column": column}))),
        Outcome::Differs => ("differs", None),
    };
    let document = Document {
        schema: 1,
        report: &recheck.report,
        as_of: &recheck.as_of,
        inputs: recheck.inputs,
        outcome,
        place,
        causes: recheck.causes.iter().map(cause).collect(),
        proposals: recheck.turns.iter().map(turn).collect(),
        differences: recheck.differences.iter().map(difference).collect(),
    };
    document_bytes(&document)
}

#[derive(Serialize)]
struct Document<'r> {
    schema: u64,
    report: &'r str,
    as_of: &'r str,
    inputs: u64,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Value>,
    causes: Vec<Value>,
    proposals: Vec<Value>,
    differences: Vec<Value>,
}

fn cause(cause: &Cause) -> Value {
    match cause {
        Cause::Version(before, after) => value!({"kind": "version", "before": before, "after": after}),
        Cause::Rules(before, after) => value!({"kind": "rules", "before": before, "after": after}),
        Cause::File(role, path, before, after) => value!({
            "kind": "file", "for": role.word(), "path": path, "before": before.to_string(), "after": after.to_string()
        }),
        Cause::Input(path, before, after) => value!({
            "kind": "input", "path": path, "before": before.to_string(),
            "after": after.map(|after| after.to_string())
        }),
    }
}

fn turn(turn: &Turn) -> Value {
    let findings = |findings: &[(String, String)]| -> Vec<Value> {
        findings.iter().map(|(code, verdict)| value!({"code": code, "verdict": verdict})).collect()
    };
    value!({
        "path": turn.path, "index": turn.index, "id": turn.id, "before": turn.before, "after": turn.after,
        "gone": findings(&turn.gone), "come": findings(&turn.come), "because": turn.because.word()
    })
}

/// What stands there and what comes out are left out where there is nothing.
fn difference(difference: &Difference) -> Value {
    let mut entry = value!({"pointer": difference.pointer, "because": difference.because.word()});
    if let Some(entry) = entry.as_object_mut() {
        let sides = [("before", &difference.before), ("after", &difference.after)];
        for (key, side) in sides {
            if let Some(side) = side {
                entry.insert(key.to_owned(), side.clone());
            }
        }
    }
    entry
}
