//! Proposals and findings as objects of `json` and `jsonl`, written straight into bytes.
//!
//! These are nearly all that a report is made of. Written through serde's general interface they cost a fifth of the
//! time of a run in which 30% of the proposals have findings; written so, a thirtieth.

use std::sync::Arc;

use crate::checker::report::{
    Cite, Finding, InputDigest, Judgement, Member, PortfolioFinding, ProposalReport, RulePlace, Verdict, Waived,
    WaivedBy, basis_word, verdict_word,
};
use crate::report::safe;
use crate::text::Position;

/// An object that is being written.
struct Object<'o> {
    out: &'o mut Vec<u8>,
    /// What stands before the next key.
    before: u8,
}

impl<'o> Object<'o> {
    fn open(out: &'o mut Vec<u8>) -> Self {
        Self { out, before: b'{' }
    }

    /// Writes a key; its value comes next.
    #[inline]
    fn key(&mut self, key: &'static str) -> &mut Vec<u8> {
        self.out.extend_from_slice(&[self.before, b'"']);
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.before = b',';
        self.out
    }

    fn text(&mut self, key: &'static str, text: &str) {
        safe::text(self.key(key), text);
    }

    /// A text, or `null`.
    fn perhaps(&mut self, key: &'static str, text: Option<&str>) {
        match text {
            Some(text) => self.text(key, text),
            None => self.key(key).extend_from_slice(b"null"),
        }
    }

    /// A word of the tool's own, which has nothing to escape.
    fn word(&mut self, key: &'static str, word: &str) {
        let out = self.key(key);
        out.push(b'"');
        out.extend_from_slice(word.as_bytes());
        out.push(b'"');
    }

    fn number(&mut self, key: &'static str, number: u64) {
        self.key(key).extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn object(&mut self, key: &'static str, write: impl FnOnce(&mut Object<'_>)) {
        object(self.key(key), write);
    }

    fn list<T>(&mut self, key: &'static str, elements: &[T], write: impl FnMut(&mut Vec<u8>, &T)) {
        list(self.key(key), elements, write);
    }

    fn close(self) {
        if self.before == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }
}

fn object(out: &mut Vec<u8>, write: impl FnOnce(&mut Object<'_>)) {
    let mut object = Object::open(out);
    write(&mut object);
    object.close();
}

fn list<T>(out: &mut Vec<u8>, elements: &[T], mut write: impl FnMut(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (number, element) in elements.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        write(out, element);
    }
    out.push(b']');
}

/// A proposal, as in `json` and in `jsonl`.
pub(in crate::report) fn proposal(out: &mut Vec<u8>, report: &ProposalReport) {
    proposal_with(out, report, report.verdicts.as_deref());
}

/// A proposal with other verdicts than its own.
pub(in crate::report) fn proposal_with(
    out: &mut Vec<u8>,
    report: &ProposalReport,
    verdicts: Option<&[(Arc<str>, Verdict)]>,
) {
    object(out, |object| {
        object.text("path", &report.path);
        object.number("index", report.index);
        object.number("line", report.line.into());
        object.perhaps("id", report.id.as_deref());
        object.perhaps("title", report.title.as_deref());
        object.word("status", report.status.word());
        object.list("findings", &report.findings, finding);
        if let Some(verdicts) = verdicts {
            object.object("verdicts", |object| {
                for (name, verdict) in verdicts {
                    // A name is one of the rule pack's and not known to the compiler.
                    object.out.push(object.before);
                    safe::text(object.out, name);
                    object.out.push(b':');
                    safe::text(object.out, verdict_word(*verdict));
                    object.before = b',';
                }
            });
        }
    });
}

fn finding(out: &mut Vec<u8>, finding: &Finding) {
    object(out, |object| {
        judgement(object, &finding.judgement);
        object.text("pointer", &finding.pointer);
        span(object, finding.start, finding.end);
    });
}

/// A file that was judged: of a tree there are as many as proposals.
pub(super) fn input(out: &mut Vec<u8>, input: &InputDigest) {
    object(out, |object| {
        object.text("path", &input.path);
        let out = object.key("digest");
        out.push(b'"');
        input.digest.append(out);
        out.push(b'"');
        if input.is_standard_input {
            object.key("standard_input").extend_from_slice(b"true");
        }
    });
}

/// A finding on a portfolio; its place is that of its first member.
pub(super) fn portfolio(out: &mut Vec<u8>, finding: &PortfolioFinding) {
    object(out, |object| {
        object.perhaps("for", finding.value.as_deref());
        judgement(object, &finding.judgement);
        if let Some(first) = finding.members.first() {
            object.text("path", &first.path);
            place(object, first);
        }
        object.list("members", &finding.members, |out, member| {
            self::object(out, |object| {
                object.text("path", &member.path);
                object.number("index", member.index);
                object.perhaps("id", member.id.as_deref());
                place(object, member);
            });
        });
        object.number("more", finding.more);
    });
}

/// What findings on one proposal and on a portfolio share.
fn judgement(object: &mut Object<'_>, judgement: &Judgement) {
    object.text("code", &judgement.code);
    object.word("verdict", judgement.verdict.word());
    object.word("severity", judgement.severity.word());
    if let Some(by) = &judgement.waived {
        object.object("waived", |object| waived(object, by));
    }
    object.perhaps("basis", judgement.basis.map(basis_word));
    object.text("message", &judgement.message);
    object.perhaps("help", judgement.help.as_deref());
    object.list("cites", &judgement.cites, cite);
    match &judgement.rule {
        Some(RulePlace { file, line }) => object.object("rule", |object| {
            object.text("file", file);
            object.number("line", (*line).into());
        }),
        None => object.perhaps("rule", None),
    }
    object.list("missing", &judgement.missing, |out, pointer| safe::text(out, pointer));
    object.text("fingerprint", &judgement.fingerprint);
}

/// By what a finding is waived, and what its verdict was.
fn waived(object: &mut Object<'_>, waived: &Waived) {
    object.word("verdict", waived.verdict.word());
    match &waived.by {
        WaivedBy::Baseline(file) => {
            object.word("by", "baseline");
            object.text("file", file);
        },
        WaivedBy::Waiver(waiver) => {
            object.word("by", "waiver");
            object.text("reason", &waiver.reason);
            object.text("authority", &waiver.authority);
            object.text("document", &waiver.document);
            object.text("issued", &waiver.issued.to_string());
            object.text("expires", &waiver.expires.to_string());
            object.text("file", &waiver.file);
            object.number("line", waiver.line.into());
        },
    }
}

fn cite(out: &mut Vec<u8>, cite: &Cite) {
    object(out, |object| {
        object.perhaps("clause", cite.clause.as_deref());
        object.text("text", &cite.text);
        object.text("source", &cite.source);
        object.number("line", cite.line.into());
    });
}

fn place(object: &mut Object<'_>, member: &Member) {
    object.text("pointer", &member.pointer);
    span(object, member.start, member.end);
}

fn span(object: &mut Object<'_>, start: Position, end: Position) {
    object.object("span", |object| {
        for (key, position) in [("start", start), ("end", end)] {
            object.object(key, |object| {
                object.number("line", position.line.into());
                object.number("column", position.column.into());
                object.number("offset", position.offset);
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_and_lists_are_json_whether_empty_or_not() {
        let mut out = Vec::new();
        object(&mut out, |object| {
            object.object("none", |_| {});
            object.list("few", &[1, 2], |out, number| out.extend_from_slice(number.to_string().as_bytes()));
            object.list("no", &[], |_, (): &()| {});
            object.perhaps("left out", None);
            object.number("much", u64::MAX);
        });
        let expected = r#"{"none":{},"few":[1,2],"no":[],"left out":null,"much":18446744073709551615}"#;
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
