//! What differs between a report and what its check comes to now. Elements of a list are held against each other by what
//! they are and not by their number, so that one that is lacking does not make all others differ.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Because, Cause, Difference, Outcome, Turn};

/// Options by which one input bears on what is shown of another.
const ACROSS_INPUTS: &str = "--max-findings";

/// How a report and what comes out now differ, and in which places.
pub fn compare(before: &[u8], after: &[u8], causes: &[Cause]) -> (Outcome, Vec<Difference>, Vec<Turn>) {
    if before == after {
        return (Outcome::Stands, Vec::new(), Vec::new());
    }
    let [before_value, after_value] = [before, after].map(|bytes| serde_json::from_slice(bytes).unwrap_or(Value::Null));
    if before_value == after_value {
        let (line, column) = first_difference(before, after);
        return (Outcome::LaidOutAnew(line, column), Vec::new(), Vec::new());
    }
    let mut raw = Vec::new();
    differ(&mut String::new(), &before_value, &after_value, &mut raw);
    let court = Court::new(&before_value, causes);
    let differences = raw.into_iter().map(|raw| Difference { because: court.because(&raw.pointer), ..raw });
    (Outcome::Differs, differences.collect(), turns(&before_value, &after_value, &court))
}

/// The line and column, from 1, of the first byte that differs.
fn first_difference(before: &[u8], after: &[u8]) -> (usize, usize) {
    let same = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    let shared = before.get(..same).unwrap_or_default();
    let line = memchr::memchr_iter(b'\n', shared).count() + 1;
    let start = memchr::memrchr(b'\n', shared).map_or(0, |at| at + 1);
    let text = String::from_utf8_lossy(shared.get(start..).unwrap_or_default());
    (line, text.chars().count() + 1)
}

/// Adds what differs; because of what is found later.
fn differ(pointer: &mut String, before: &Value, after: &Value, out: &mut Vec<Difference>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for key in keys {
                let token = key.replace('~', "~0").replace('/', "~1");
                below(pointer, &token, before.get(key), after.get(key), out);
            }
        },
        (Value::Array(before), Value::Array(after)) => {
            for (number, one, other) in aligned(before, after) {
                let token = number.map_or_else(|| "-".to_owned(), |number| number.to_string());
                below(pointer, &token, one, other, out);
            }
        },
        _ if before == after => {},
        _ => out.push(difference(pointer, Some(before), Some(after))),
    }
}

fn below(pointer: &mut String, token: &str, before: Option<&Value>, after: Option<&Value>, out: &mut Vec<Difference>) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(token);
    match (before, after) {
        (Some(before), Some(after)) => differ(pointer, before, after, out),
        _ => out.push(difference(pointer, before, after)),
    }
    pointer.truncate(length);
}

fn difference(pointer: &str, before: Option<&Value>, after: Option<&Value>) -> Difference {
    let because = Because::Edited;
    Difference { pointer: pointer.to_owned(), before: before.cloned(), after: after.cloned(), because }
}

/// An element's number in the first list, and it and its counterpart.
type Pair<'v> = (Option<usize>, Option<&'v Value>, Option<&'v Value>);

/// Elements of two lists, each with its counterpart: that which is the same thing or, where that puts them out of order
/// or things cannot be told apart, that of the same number.
fn aligned<'v>(before: &'v [Value], after: &'v [Value]) -> Vec<Pair<'v>> {
    by_identity(before, after).unwrap_or_else(|| {
        let longest = before.len().max(after.len());
        let number = |at: usize| (at < before.len()).then_some(at);
        (0..longest).map(|at| (number(at), before.get(at), after.get(at))).collect()
    })
}

fn by_identity<'v>(before: &'v [Value], after: &'v [Value]) -> Option<Vec<Pair<'v>>> {
    let mut counterparts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, value) in after.iter().enumerate().rev() {
        counterparts.entry(identity(value)?).or_default().push(number);
    }
    let (mut pairs, mut last) = (Vec::new(), None);
    for (number, value) in before.iter().enumerate() {
        let counterpart = counterparts.get_mut(&identity(value)?).and_then(Vec::pop);
        if counterpart.is_some() {
            if last >= counterpart {
                return None;
            }
            last = counterpart;
        }
        pairs.push((Some(number), Some(value), counterpart.and_then(|number| after.get(number))));
    }
    let lacking: BTreeSet<usize> = counterparts.into_values().flatten().collect();
    pairs.extend(lacking.into_iter().map(|number| (None, None, after.get(number))));
    Some(pairs)
}

/// What an element of a list is, whatever is said of it.
fn identity(value: &Value) -> Option<String> {
    let object = value.as_object()?;
    let sets: [&[&str]; 5] =
        [&["code", "fingerprint"], &["path", "index"], &["path", "code"], &["path", "digest"], &["code"]];
    let keys = sets.into_iter().find(|keys| keys.iter().all(|key| object.contains_key(*key)))?;
    // What an input held is what is compared.
    let keys = keys.iter().filter(|key| **key != "digest");
    let parts: Vec<String> = keys.filter_map(|key| Some(object.get(*key)?.to_string())).collect();
    Some(parts.join(" "))
}

/// Finds out what a place hangs on.
struct Court<'c> {
    /// What differs wherever it stands; the strongest first.
    general: Option<Because>,
    /// Names of inputs that are others now.
    inputs: BTreeSet<&'c str>,
    /// The inputs of the report's proposals, by their number.
    paths: Vec<&'c str>,
    /// Whether one input bears on what is shown of another.
    is_across: bool,
}

impl<'c> Court<'c> {
    fn new(report: &'c Value, causes: &'c [Cause]) -> Self {
        let general = causes.iter().find_map(|cause| match cause {
            Cause::Version(..) => Some(Because::Version),
            Cause::Rules(..) => Some(Because::Rules),
            Cause::File(..) => Some(Because::File),
            Cause::Input(..) => None,
        });
        let inputs = causes.iter().filter_map(|cause| match cause {
            Cause::Input(name, ..) => Some(name.as_str()),
            _ => None,
        });
        let paths = list(report, "proposals").iter().map(|proposal| text(proposal, "path").unwrap_or_default());
        let options = report.pointer("/record/options").and_then(Value::as_array).into_iter().flatten();
        let mut options = options.filter_map(Value::as_str);
        let has_baseline = list(report.get("record").unwrap_or(&Value::Null), "files")
            .iter()
            .any(|file| text(file, "for") == Some("baseline"));
        Self {
            general,
            inputs: inputs.collect(),
            paths: paths.collect(),
            is_across: has_baseline || options.any(|option| option.starts_with(ACROSS_INPUTS)),
        }
    }

    fn because(&self, pointer: &str) -> Because {
        let mut tokens = pointer.split('/').skip(1);
        match (tokens.next(), tokens.next()) {
            (Some("proposals"), Some(number)) => {
                let number = number.parse().ok().and_then(|number: usize| self.paths.get(number));
                self.of_input(number.copied())
            },
            (Some("inputs"), _) => Because::Input,
            (Some("record"), _) => self.general.unwrap_or(Because::Edited),
            (Some("tool"), _) if self.general != Some(Because::Version) => Because::Edited,
            (Some("plan" | "relaxations" | "as_of" | "schema"), _) => self.general.unwrap_or(Because::Edited),
            _ => self.of_input(None),
        }
    }

    /// Why something differs that was found in an input, or in all of them.
    fn of_input(&self, path: Option<&str>) -> Because {
        let is_touched = match path {
            Some(path) => self.inputs.contains(path) || self.is_across && !self.inputs.is_empty(),
            None => !self.inputs.is_empty(),
        };
        match self.general {
            _ if is_touched => Because::Input,
            Some(general) => general,
            None => Because::Edited,
        }
    }
}

/// Proposals of which another status or other findings come out.
fn turns(before: &Value, after: &Value, court: &Court<'_>) -> Vec<Turn> {
    let nothing = Map::new();
    let turn = |(number, one, other): Pair<'_>| {
        let known = one.or(other)?;
        let codes = |value: Option<&Value>| -> Vec<(String, String)> {
            let findings = value.map(|value| list(value, "findings")).unwrap_or_default();
            let of = |finding: &Value| (quoted(finding, "code").to_owned(), quoted(finding, "verdict").to_owned());
            findings.iter().map(of).collect()
        };
        let (old, new) = (codes(one), codes(other));
        let status = |value: Option<&Value>| value.and_then(|value| text(value, "status")).map(str::to_owned);
        let (was, is) = (status(one), status(other));
        let gone = without(&old, &new);
        let come = without(&new, &old);
        if was == is && gone.is_empty() && come.is_empty() {
            return None;
        }
        let object = known.as_object().unwrap_or(&nothing);
        Some(Turn {
            path: text(known, "path").unwrap_or_default().to_owned(),
            index: object.get("index").and_then(Value::as_u64).unwrap_or(0),
            id: text(known, "id").map(str::to_owned),
            before: was,
            after: is,
            gone,
            come,
            because: match number {
                Some(number) => court.because(&format!("/proposals/{number}")),
                None => court.of_input(text(known, "path")),
            },
        })
    };
    aligned(list(before, "proposals"), list(after, "proposals")).into_iter().filter_map(turn).collect()
}

/// What is in the first list more often than in the second.
fn without<T: Clone + PartialEq>(one: &[T], other: &[T]) -> Vec<T> {
    let mut rest: Vec<&T> = other.iter().collect();
    let mut out = Vec::new();
    for element in one {
        match rest.iter().position(|known| *known == element) {
            Some(at) => drop(rest.swap_remove(at)),
            None => out.push(element.clone()),
        }
    }
    out
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn quoted<'v>(value: &'v Value, key: &str) -> &'v str {
    text(value, key).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::checker::report::Digest;

    fn finding(code: &str, message: &str) -> Value {
        json!({"code": code, "verdict": "violated", "fingerprint": code, "message": message})
    }

    fn report(proposals: &[Value]) -> Value {
        json!({"tool": {"version": "1"}, "proposals": proposals, "inputs": [], "summary": {"errors": proposals.len()}})
    }

    fn proposal(path: &str, findings: &[Value]) -> Value {
        json!({"path": path, "index": 0, "id": null, "status": "violating", "findings": findings})
    }

    fn places(before: &Value, after: &Value, causes: &[Cause]) -> Vec<(String, Because)> {
        let bytes = |value: &Value| serde_json::to_vec(value).unwrap();
        let (outcome, differences, _) = compare(&bytes(before), &bytes(after), causes);
        assert_eq!(outcome, Outcome::Differs);
        differences.into_iter().map(|one| (one.pointer, one.because)).collect()
    }

    fn changed(name: &str) -> Cause {
        Cause::Input(name.to_owned(), Digest::Fast(1), Some(Digest::Fast(2)))
    }

    #[test]
    fn an_edited_message_has_its_place() {
        let before = report(&[proposal("a", &[]), proposal("b", &[finding("x", "edited")])]);
        let after = report(&[proposal("a", &[]), proposal("b", &[finding("x", "said")])]);
        assert_eq!(places(&before, &after, &[]), [("/proposals/1/findings/0/message".to_owned(), Because::Edited)]);
    }

    #[test]
    fn what_is_lacking_does_not_make_the_rest_differ() {
        let (a, b, c) = (proposal("a", &[]), proposal("b", &[finding("x", "said")]), proposal("c", &[]));
        let (before, after) = (report(&[a.clone(), c.clone()]), report(&[a, b, c]));
        let lacking = ("/proposals/-".to_owned(), Because::Edited);
        assert_eq!(places(&before, &after, &[]), [lacking, ("/summary/errors".to_owned(), Because::Edited)]);
        let pointers: Vec<String> = places(&after, &before, &[]).into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/proposals/1", "/summary/errors"]);
    }

    #[test]
    fn an_edit_beside_a_changed_input_is_told_apart() {
        let before = report(&[proposal("a", &[finding("x", "edited")]), proposal("b", &[finding("x", "old")])]);
        let after = report(&[proposal("a", &[finding("x", "said")]), proposal("b", &[finding("x", "new")])]);
        let expected = [
            ("/proposals/0/findings/0/message".to_owned(), Because::Edited),
            ("/proposals/1/findings/0/message".to_owned(), Because::Input),
        ];
        assert_eq!(places(&before, &after, &[changed("b")]), expected);
    }

    #[test]
    fn elements_in_another_order_differ_by_number() {
        let (a, b) = (proposal("a", &[]), proposal("b", &[]));
        let before = report(&[b.clone(), a.clone()]);
        let found = places(&before, &report(&[a, b]), &[]);
        assert_eq!(
            found,
            [("/proposals/0/path".to_owned(), Because::Edited), ("/proposals/1/path".to_owned(), Because::Edited)]
        );
    }

    #[test]
    fn a_report_that_was_laid_out_anew_says_the_same() {
        let value = report(&[proposal("郑", &[])]);
        let (before, after) = (serde_json::to_vec_pretty(&value).unwrap(), serde_json::to_vec(&value).unwrap());
        assert_eq!(compare(&before, &after, &[]).0, Outcome::LaidOutAnew(1, 2));
        assert_eq!(compare(&after, &after, &[]).0, Outcome::Stands);
    }

    #[test]
    fn a_proposal_that_turns_says_which_findings_came_and_went() {
        let before = report(&[proposal("a", &[finding("x", ""), finding("y", "")])]);
        let after = report(&[proposal("a", &[finding("y", ""), finding("z", "")])]);
        let bytes = |value: &Value| serde_json::to_vec(value).unwrap();
        let (.., turns) = compare(&bytes(&before), &bytes(&after), &[changed("a")]);
        let turn = &turns[0];
        let codes = |findings: &[(String, String)]| findings.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>();
        assert_eq!((codes(&turn.gone), codes(&turn.come)), (vec!["x".to_owned()], vec!["z".to_owned()]));
        assert_eq!((turn.because, turns.len()), (Because::Input, 1));
    }
}
