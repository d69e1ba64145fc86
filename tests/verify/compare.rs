//! `plancheck diff` on packs that differ in one thing: what is said, and that every witness stands before `check`.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::run::{Ran, run};

const PACK: &str = r#"plan edition {
  title "Edition"
  source "source.md"
}
vocabulary city { anyang code "4105"  hebi code "4106"  xinxiang code "4107" }
vocabulary role { open  closed }
group north of city { anyang, hebi }
relation roles from city to role
anyang has roles open cites §1
hebi has roles closed cites §1
dimension money { 元 = 1  亿元 = 100_000_000 }
proposal {
  id text required
  city city required
  roles set of role
  total money
  partners list of { city city }
}
define is-north = city in north
directive northern-roles { cites §1 when is-north must roles include any of roles of city }
directive partnered { when total > 2 亿元 must some p in partners satisfies p.city is not city }
directive small { when total is present must total <= 10 亿元 unless city is xinxiang }
portfolio directive each-city { for each c in city should count(p in proposals where p.city is c) >= 1 }
"#;

const SOURCE: &str = "§1 Northern cities take their roles.\n\n§2 Projects are small.\n";

/// What is replaced in the pack, by what.
type Edits = &'static [(&'static str, &'static str)];

/// What it shows, the edits, and the directives that can differ.
const CASES: &[(&str, Edits, &[&str])] = &[
    ("nothing", &[], &[]),
    ("a condition", &[("when total > 2 亿元 must some", "when total > 3 亿元 must some")], &["partnered"]),
    ("a condition that says the same", &[("when total > 2 亿元", "when not total <= 200_000_000 元")], &[]),
    ("a fact", &[("hebi has roles closed", "hebi has roles open")], &["northern-roles"]),
    ("a group", &[("{ anyang, hebi }", "{ anyang, hebi, xinxiang }")], &["northern-roles"]),
    ("a definition", &[("define is-north = city in north", "define is-north = city is anyang")], &["northern-roles"]),
    ("must not for must", &[("must total <= 10", "must not total <= 10")], &["small"]),
    ("should for must", &[("must total <= 10", "should total <= 10")], &[]),
    ("an exception", &[(" unless city is xinxiang", "")], &["small"]),
    (
        "an override",
        &[(
            "must some p in",
            "must some p in partners satisfies p.city is not city overrides small }\ndirective other { must some p in",
        )],
        &["small"],
    ),
    ("a name", &[("directive small {", "directive modest { formerly small")], &[]),
    (
        "a name and a condition",
        &[("directive small {", "directive modest { formerly small"), ("<= 10", "<= 9")],
        &["modest"],
    ),
    (
        "one that is gone",
        &[("directive small { when total is present must total <= 10 亿元 unless city is xinxiang }", "")],
        &[],
    ),
    ("dates", &[("directive small {", "directive small { effective from 2026-01-01")], &["small"]),
    ("what is absent", &[("roles set of role", "roles set of role otherwise empty")], &["northern-roles"]),
    ("a field that is asked for", &[("total money", "total money required")], &[]),
    ("a term that is new", &[("vocabulary role { open", "vocabulary role { other  open")], &[]),
    ("a passage", &[("cites §1 when", "cites §2 when")], &[]),
    ("the portfolio", &[(">= 1 }", ">= 2 }")], &[]),
    ("the portfolio's cities", &[("for each c in city", "for each c in north")], &[]),
];

fn write_pack(folder: &Path, edits: &[(&str, &str)]) {
    fs::create_dir(folder).unwrap();
    let mut text = PACK.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    fs::write(folder.join("pack.plan"), text).unwrap();
    fs::write(folder.join("source.md"), SOURCE).unwrap();
}

/// A folder with both packs.
fn packs(edits: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_pack(&folder.path().join("old"), &[]);
    write_pack(&folder.path().join("new"), edits);
    folder
}

fn json(ran: &Ran) -> Value {
    assert_eq!(ran.complaint, "");
    serde_json::from_str(&ran.out).unwrap()
}

/// The verdict of a directive on a proposal, by `check`.
fn verdict(folder: &Path, rules: &str, witness: &Value, name: &str) -> Value {
    fs::write(folder.join("witness.json"), witness["proposal"].to_string()).unwrap();
    let as_of = witness["as_of"].as_str().unwrap();
    let arguments = ["check", "witness.json", "--rules", rules, "--as-of", as_of, "--verdicts", "--format", "json"];
    let report: Value = serde_json::from_str(&run(folder, &arguments).out).unwrap();
    report["proposals"][0]["verdicts"][name].clone()
}

#[test]
fn packs_that_differ_in_one_thing() {
    let mut said = String::new();
    for (shows, edits, differing) in CASES {
        let folder = packs(edits);
        let human = run(folder.path(), &["diff", "old", "new"]);
        assert_eq!(human.complaint, "", "{shows}");
        said.push_str(&format!("# {shows}\n{}exit code {}\n\n", human.out, human.code));
        let found = json(&run(folder.path(), &["diff", "old", "new", "--format", "json"]));
        let directives = found["directives"].as_array().unwrap();
        let names: Vec<&str> =
            directives.iter().filter(|one| one["differs"] != "no").map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(&names, differing, "{shows}");
        for one in directives.iter().filter(|one| one["differs"] == "yes") {
            let (name, witness) = (one["name"].as_str().unwrap(), &one["witness"]);
            let former = one["formerly"].as_str().unwrap_or(name);
            assert_eq!(verdict(folder.path(), "old", witness, former), witness["before"], "{shows}: {name}");
            assert_eq!(verdict(folder.path(), "new", witness, name), witness["after"], "{shows}: {name}");
            assert_ne!(witness["before"], witness["after"], "{shows}: {name}");
        }
    }
    insta::assert_snapshot!("differences", said);
}

/// Proposals that flip under one case or another.
const PROPOSALS: &[(&str, &str)] = &[
    ("anyang.json", r#"{"id": "a", "city": "anyang", "roles": ["closed"], "total": "1 亿元"}"#),
    (
        "several.jsonl",
        "{\"id\": \"b\", \"city\": \"hebi\", \"roles\": [\"closed\"]}\n{\"id\": \"c\", \"city\": \"xinxiang\", \"total\": \"11 亿元\", \"partners\": [{\"city\": \"hebi\"}]}\n{\"id\": \"d\", \"city\": \"hebi\", \"roles\": [], \"total\": \"11 亿元\", \"partners\": []}",
    ),
];

fn with_proposals(edits: &[(&str, &str)]) -> TempDir {
    let folder = packs(edits);
    fs::create_dir(folder.path().join("proposals")).unwrap();
    for (name, text) in PROPOSALS {
        fs::write(folder.path().join("proposals").join(name), text).unwrap();
    }
    folder
}

/// Edits of which several show at once.
const SEVERAL: &[(&str, &str)] = &[
    ("hebi has roles closed", "hebi has roles open"),
    ("<= 10 亿元", "<= 12 亿元"),
    (" unless city is xinxiang", ""),
    ("directive partnered {", "directive with-a-partner { formerly partnered"),
    (">= 1 }", ">= 2 }\ndirective brief { must roles is not empty }"),
];

#[test]
fn proposals_that_flip_are_listed_with_their_causes() {
    let mut said = String::new();
    for edits in [SEVERAL, &[("total money", "total money required")], &[]] {
        let folder = with_proposals(edits);
        let ran = run(folder.path(), &["diff", "old", "new", "proposals", "--as-of", "2026-03-01"]);
        assert_eq!(ran.complaint, "");
        said.push_str(&format!("{}exit code {}\n\n", ran.out, ran.code));
    }
    insta::assert_snapshot!("flips", said);
}

#[test]
fn differences_and_flips_in_chinese() {
    let folder = with_proposals(SEVERAL);
    let ran = run(folder.path(), &["diff", "old", "new", "proposals", "--as-of", "2026-03-01", "--lang", "zh"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("differences_in_chinese", ran.out);
}

#[test]
fn flips_as_json_are_what_two_checks_say() {
    let folder = with_proposals(SEVERAL);
    let found =
        json(&run(folder.path(), &["diff", "old", "new", "proposals", "--as-of", "2026-03-01", "--format", "json"]));
    let check = |rules: &str| -> Value {
        let arguments =
            ["check", "proposals", "--rules", rules, "--as-of", "2026-03-01", "--verdicts", "--format", "json"];
        serde_json::from_str(&run(folder.path(), &arguments).out).unwrap()
    };
    let (before, after) = (check("old"), check("new"));
    let mut expected = Vec::new();
    for (old, new) in before["proposals"].as_array().unwrap().iter().zip(after["proposals"].as_array().unwrap()) {
        for (name, verdict) in new["verdicts"].as_object().unwrap() {
            let former = if name == "with-a-partner" { "partnered" } else { name };
            let earlier = &old["verdicts"][former];
            let is_finding = verdict == "violated" || verdict == "undetermined";
            if earlier != verdict && (!earlier.is_null() || is_finding) {
                expected.push((new["id"].clone(), name.clone(), earlier.clone(), verdict.clone()));
            }
        }
    }
    let flips = found["flips"].as_array().unwrap().iter();
    let mut said: Vec<_> = flips
        .map(|flip| {
            let name = flip["directive"].as_str().unwrap().to_owned();
            (flip["id"].clone(), name, flip["before"].clone(), flip["after"].clone())
        })
        .collect();
    let key = |one: &(Value, String, Value, Value)| (one.0.to_string(), one.1.clone());
    expected.sort_by_key(key);
    said.sort_by_key(key);
    assert!(!expected.is_empty());
    assert_eq!(said, expected);
    insta::assert_snapshot!("flips_as_json", serde_json::to_string_pretty(&found).unwrap());
}

#[test]
fn the_embedded_pack_does_not_differ_from_itself() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &["diff", "henan", "henan"]);
    assert_eq!((ran.code, ran.complaint.as_str()), (0, ""));
    assert_eq!(ran.out, "30 directives give equal verdicts on every proposal that both packs read: proved\n");
}

#[test]
fn the_transcript_in_the_documentation_is_what_the_program_prints() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diff.md");
    let text = fs::read_to_string(&page).unwrap();
    let folder = with_proposals(SEVERAL);
    let ran = run(folder.path(), &["diff", "old", "new", "proposals", "--as-of", "2026-03-01"]);
    let start = text.find("--as-of 2026-03-01\n").unwrap() + "--as-of 2026-03-01\n".len();
    let end = start + text[start..].find("```").unwrap();
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        fs::write(page, format!("{}{}{}", &text[..start], ran.out, &text[end..])).unwrap();
    } else {
        assert_eq!(&text[start..end], ran.out);
    }
}
