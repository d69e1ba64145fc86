//! Proposals split at random into parts, under random options: the parts, merged in any order, are one run.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::desk::{DAY, Desk, arguments};

/// Every format that says nothing of the text of proposals.
const FORMATS: &[&str] = &["json", "jsonl", "concise", "sarif", "junit", "github", "gitlab", "markdown", "csv", "xlsx"];

/// Options that bear on the report.
const OPTIONS: &[&str] = &[
    "--verdicts",
    "--statistics",
    "--strict",
    "--undetermined=warning",
    "--fail-on=should",
    "--ignore=by-*",
    "--exclude=*7.json",
    "--baseline=baseline.json",
    "--waivers=waivers.toml",
    "--portfolio=on",
    "--lang=zh",
];

const WAIVERS: &str = r#"
[[waivers]]
directive = "dear"
proposal = "b"
reason = "measured again"
authority = "the commission"
document = "17"
issued = 2026-01-15
expires = 2026-12-15
[[waivers]]
directive = "early"
paths = "9*.json"
reason = "the ground is frozen"
authority = "the commission"
document = "18"
issued = 2026-01-15
expires = 2027-12-15
[[waivers]]
directive = "by-city"
for = "anyang"
reason = "the capital of a dynasty"
authority = "the commission"
document = "19"
issued = 2026-01-15
expires = 2027-12-15
"#;

/// A member of the proposals' objects: absent, as declared, or not as declared.
fn member(name: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    let value = prop::option::weighted(0.8, prop::sample::select(values));
    value.prop_map(move |value| value.map(|value| format!("\"{name}\": {value}")))
}

fn proposal() -> impl Strategy<Value = String> {
    let object = (
        member("id", &["\"a\"", "\"b\"", "\"c\"", "\"d\"", "7"]),
        member("title", &["\"Park\"", "\"park\"", "\"  PARK \"", "\"路\u{202e}\"", "\"\\u001b[31m\""]),
        member("city", &["\"anyang\"", "\"kaifeng\"", "\"Anyang\"", "\"luoyang\"", "\"paris\""]),
        member("total", &["\"3 万元\"", "\"70000 元\"", "\"0.01 元\"", "\"1e-9 万元\"", "12"]),
        member("share", &["1", "0.333333333333333333333", "-2.5", "1e27", "1e-20"]),
        member("start", &["\"2026-03\"", "\"2026-06\"", "\"2027-01-01\"", "\"soon\""]),
    );
    let object = object.prop_map(|(a, b, c, d, e, f)| {
        let members: Vec<String> = [a, b, c, d, e, f].into_iter().flatten().collect();
        format!("{{{}}}", members.join(", "))
    });
    prop_oneof![20 => object, 1 => Just("{\"id\": ".to_owned()), 1 => Just("7".to_owned())]
}

/// A file: its ending and its text.
fn file() -> impl Strategy<Value = (&'static str, String)> {
    let several = || prop::collection::vec(proposal(), 0..4);
    prop_oneof![
        6 => proposal().prop_map(|one| ("json", one)),
        1 => several().prop_map(|all| ("json", format!("[{}]", all.join(",\n")))),
        2 => several().prop_map(|all| ("jsonl", all.join("\n") + "\n")),
    ]
}

/// Files with the number of the part that each belongs to.
fn files() -> impl Strategy<Value = Vec<((&'static str, String), usize)>> {
    prop::collection::vec((file(), 0_usize..4), 1..14)
}

/// Names that sort otherwise than their numbers do.
fn name(number: usize, ending: &str) -> String {
    format!("in/{}{}.{ending}", ["a/", "", "a-", "b/c/"][number % 4], number)
}

fn compare(desk: &Desk, options: &[&str], all: &[String], parts: &[Vec<String>]) {
    let formats =
        |to: &str| -> Vec<String> { FORMATS.iter().map(|format| format!("--format={format}={to}.{format}")).collect() };
    let one = desk.run(&arguments(
        &["check", "--rules=rules"],
        formats("one").into_iter().chain(text(options)).chain(all.to_vec()),
    ));
    let mut merge = arguments(&["merge", "--rules=rules"], formats("merged"));
    for (number, part) in parts.iter().enumerate() {
        let partials = format!("--partials={number}.part");
        let ran =
            desk.run(&arguments(&["check", "--rules=rules", &partials], text(options).into_iter().chain(part.clone())));
        assert!(ran.code.is_some_and(|code| code < 2) || one.code == Some(2), "{ran:?}");
        // The last part is named first.
        merge.insert(2, format!("{number}.part"));
    }
    let merged = desk.run(&merge);
    assert_eq!((merged.code, &merged.out, &merged.complaint), (one.code, &one.out, &one.complaint), "{merge:?}");
    for format in FORMATS {
        let (one, merged) = (desk.read(&format!("one.{format}")), desk.read(&format!("merged.{format}")));
        assert!(one == merged, "{format}:\n{}\n{}", String::from_utf8_lossy(&one), String::from_utf8_lossy(&merged));
    }
}

fn text(options: &[&str]) -> Vec<String> {
    [DAY].iter().chain(options).map(|one| (*one).to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn files_in_any_groups_are_one_run(
        files in files(),
        known in prop::collection::vec(proposal(), 0..4),
        options in subsequence(OPTIONS.to_vec(), 0..OPTIONS.len()),
    ) {
        let desk = Desk::new();
        desk.write("waivers.toml", WAIVERS);
        desk.write("known.jsonl", known.join("\n"));
        desk.run(&["check", "--rules=rules", "--write-baseline=baseline.json", "--allow-empty", DAY, "known.jsonl"]);
        let (mut all, mut parts) = (Vec::new(), vec![Vec::new(); 4]);
        for (number, ((ending, text), part)) in files.iter().enumerate() {
            let name = name(number, ending);
            desk.write(&name, text);
            parts[*part].push(name.clone());
            all.push(name);
        }
        parts.retain(|part| !part.is_empty());
        compare(&desk, &options, &all, &parts);
    }
}

/// Whether a folder holds a proposal.
fn holds_any(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

#[test]
fn folders_are_parts_too() {
    let desk = Desk::new();
    for (folder, city) in [("in/a", "anyang"), ("in/b", "kaifeng"), ("in/c", "luoyang")] {
        for number in 0..3 {
            desk.write(&format!("{folder}/{number}.json"), format!(r#"{{"id": "{number}", "city": "{city}"}}"#));
        }
        assert!(holds_any(&desk.path(folder)));
    }
    let parts = [vec!["in/c".to_owned()], vec!["in/a".to_owned(), "in/b".to_owned()]];
    compare(&desk, &["--verdicts", "--exclude=2.json"], &["in".to_owned()], &parts);
}
