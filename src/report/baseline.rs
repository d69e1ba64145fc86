//! The file of a baseline: a finding a line, sorted, so that a change of it shows what came and what went.

use super::safe::append;
use crate::checker::baseline::{KnownFinding, SCHEMA};

/// The bytes of the file.
pub fn baseline(plan: &str, findings: &[KnownFinding]) -> Vec<u8> {
    let mut out = format!("{{\n  \"schema\": {SCHEMA},\n  \"plan\": ").into_bytes();
    append(&mut out, &plan);
    out.extend_from_slice(b",\n  \"findings\": [");
    let mut before = "\n    ";
    for finding in findings {
        out.extend_from_slice(before.as_bytes());
        append(&mut out, finding);
        before = ",\n    ";
    }
    out.extend_from_slice(if findings.is_empty() { b"]\n}\n" } else { b"\n  ]\n}\n" });
    out
}
