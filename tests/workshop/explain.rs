//! `plancheck explain DIRECTIVE PROPOSAL`

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plancheck::checker::Checker;
use plancheck::checker::explain::{Explanation, Subject, Which, explain, subject};
use plancheck::checker::options::Options;
use plancheck::engine::trace::{Overrider, Step, Value};
use plancheck::engine::truth::Truth;
use plancheck::rulebook::{DirectiveId, Modality, Rulebook, Verdict};
use plancheck::text::Position;
use plancheck::value::Day;
use serde_json::Value as Json;
use tempfile::TempDir;

use super::{folder, run_in, snapshot};

const RULES: &str = r#"
plan town {
  title "Town plan" zh "城镇规划"
  language en, zh
  source "plan.md"
}
vocabulary place "Place" zh "地点" { harbour "Harbour" zh "港口"  market "Market" zh "市场" }
vocabulary duty "Duty" zh "职责" { trade "Trade" zh "贸易"  rest "Rest" zh "休憩" }
group busy of place "busy places" { harbour, market cites §1 "Harbour and market" }
relation duties from place to duty
harbour has duties trade cites §2
proposal {
  id text
  place place
  serves set of duty
  works list of { name text  cost number  done boolean }
  urgent boolean otherwise false
  start date
}
define cheap = every w in works where w.done is false satisfies w.cost <= 10
directive busy-trade "Busy places trade" zh "繁忙地点开展贸易" {
  cites §1
  when place in busy
  must serves include any of duties of place
  unless urgent because "{place} cannot wait" zh "{place}刻不容缓"
  message "{place} serves {serves}" zh "{place}的职责为{serves}"
  help "add what {place} is for" zh "请补充{place}的职责"
}
directive cheap-works "Works are cheap" zh "工程节俭" { basis practice must cheap }
directive rest-first "Rest comes first" zh "休憩优先" {
  basis practice
  may serves include rest
  overrides cheap-works
}
directive early "Works start early" zh "及早开工" {
  basis practice
  effective from 2026-01-01
  must start < 2026-06-15
}
portfolio directive once "Each proposal is filed once" zh "不得重复申报" {
  basis practice
  for each group g of proposals by id
  must count(g) <= 1
}
portfolio directive all-places "Each place has a proposal" zh "每处地点均有项目" {
  basis practice
  for each x in place
  should count(p in proposals where p.place is x) >= 1
}
"#;

const WORKS: &str = r#"{
  "id": "a-1",
  "place": "market",
  "serves": ["trade", "Handel"],
  "works": [{"name": "quay", "cost": 12, "done": true}, {"name": "shed", "cost": 11, "done": false}, {"name": "road", "done": false}],
  "start": "2026-06"
}"#;

fn town() -> TempDir {
    folder(&[
        ("rules/town.plan", RULES),
        ("rules/plan.md", "§1 Harbour and market trade.\n\n§2 The harbour is for trade.\n"),
        ("works.json", WORKS),
        ("urgent.json", r#"{"place": "market", "serves": [], "urgent": true}"#),
        ("rest.json", r#"{"place": "harbour", "serves": ["trade", "rest"], "works": [{"cost": 20, "done": false}]}"#),
        ("idle.json", r#"{"place": "harbour", "serves": ["rest"]}"#),
        ("dear.json", r#"{"serves": ["trade"], "works": [{"cost": 9, "done": false}, {"cost": 20, "done": false}]}"#),
        ("many.jsonl", "{\"id\": \"b\", \"place\": \"harbour\"}\n{\"id\": \"b\"}\n{\"id\": \"a-1\"}\n"),
        ("broken.json", "{\"id\": \n\"a\",}"),
    ])
}

fn run(folder: &TempDir, arguments: &[&str]) -> super::Ran {
    run_in(folder.path(), &[&["explain"], arguments, &["--rules", "rules", "--as-of", "2026-03-01"]].concat())
}

/// Every kind of verdict, each with a directive and a proposal that give it.
const VERDICTS: &[(&str, &str, &str)] = &[
    ("violated", "cheap-works", "dear.json"),
    ("undetermined", "cheap-works", "works.json"),
    ("violated", "busy-trade", "idle.json"),
    ("undetermined", "early", "works.json"),
    ("undetermined", "cheap-works", "urgent.json"),
    ("satisfied", "busy-trade", "rest.json"),
    ("set-aside", "busy-trade", "urgent.json"),
    ("set-aside", "cheap-works", "rest.json"),
    ("not-applicable", "rest-first", "dear.json"),
];

#[test]
fn each_kind_of_verdict_is_explained_in_both_languages() {
    let folder = town();
    for (language, name) in [("en", "explain_en"), ("zh", "explain_zh")] {
        let mut all = String::new();
        for (verdict, directive, proposal) in VERDICTS {
            let human = run(&folder, &[directive, proposal, "--lang", language]);
            assert_eq!((human.code, human.complaint.as_str()), (0, ""));
            all += &format!("$ plancheck explain {directive} {proposal}\n{}\n", human.out);
            let json = run(&folder, &[directive, proposal, "--format", "json", "--lang", language]);
            let json: Json = serde_json::from_str(&json.out).unwrap();
            assert_eq!(json["verdict"], *verdict, "{directive} {proposal}");
        }
        snapshot(name, &all);
    }
    let early = ["explain", "early", "works.json", "--rules", "rules", "--as-of", "2025-12-31"];
    let early = run_in(folder.path(), &early);
    assert!(early.out.contains("not in force: on that day it is outside its effective dates"), "{}", early.out);
}

#[test]
fn json_says_where_every_value_came_from() {
    let folder = town();
    let json: Json =
        serde_json::from_str(&run(&folder, &["cheap-works", "works.json", "--format", "json"]).out).unwrap();
    let quantifier = &json["requirement"]["parts"][0];
    let shed = quantifier["parts"].as_array().unwrap().iter().find(|part| part["member"] == "/works/1").unwrap();
    assert_eq!((&shed["value"], &shed["origin"]["at"]["line"]), (&Json::Bool(false), &5.into()));
    let cost = &shed["parts"][1]["parts"][0];
    assert_eq!((cost["words"].as_str(), cost["value"].as_str()), (Some("w.cost"), Some("11")));
    assert_eq!(cost["origin"]["pointer"], "/works/1/cost");
    let at = usize::try_from(cost["origin"]["at"]["offset"].as_u64().unwrap()).unwrap();
    assert_eq!(&WORKS[at..at + 2], "11");
    let json: Json = serde_json::from_str(&run(&folder, &["busy-trade", "rest.json", "--format", "json"]).out).unwrap();
    let facts = &json["requirement"]["parts"][1]["facts"];
    assert_eq!((facts[0]["name"].as_str(), facts[0]["cites"][0]["clause"].as_str()), (Some("duties"), Some("2")));
}

#[test]
fn portfolio_directives_are_explained_over_all_proposals() {
    let folder = town();
    let arguments = ["works.json", "many.jsonl"];
    for (language, name) in [("en", "explain_portfolio_en"), ("zh", "explain_portfolio_zh")] {
        let once = run(&folder, &[&["once", "--lang", language], &arguments[..]].concat());
        let places = run(&folder, &[&["all-places", "-v", "--lang", language], &arguments[..]].concat());
        assert_eq!((once.code, places.code, once.complaint.as_str()), (0, 0, ""));
        snapshot(name, &(once.out + "\n" + &places.out));
    }
    let json = run(&folder, &["once", "--format", "json", "works.json", "many.jsonl"]);
    let json: Json = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["proposals"], &json["values"][0]["verdict"]), (&4.into(), &"violated".into()));
    assert_eq!(json["values"][1]["members"][1]["path"], "works.json");
}

#[test]
fn what_cannot_be_explained_is_exit_code_2() {
    let folder = town();
    let table: &[(&[&str], &str)] = &[
        (&["early", "works.json", "idle.json"], "judges one proposal at a time"),
        (&["early", "nowhere.json"], "nowhere.json: there is no such file"),
        (&["early", "rules"], "rules: is a folder; name the file of one proposal"),
        (&["early", "many.jsonl"], "many.jsonl: holds 3 proposals; say which with --index 0 to 2, or many.jsonl:LINE"),
        (&["early", "many.jsonl", "--index", "3"], "has no proposal 3"),
        (&["early", "many.jsonl:9"], "has no proposal on line 9"),
        (&["early", "broken.json"], "error[proposal/syntax] broken.json:2:4: "),
        (&["early", "rules/plan.md"], "error[proposal/syntax]"),
        (&["once", "many.jsonl", "--index", "1"], "leave out --index"),
        (&["once", "nowhere"], "nowhere: there is no such file or folder"),
        (&["rules/unused", "works.json"], "only directives are explained on proposals"),
        (&["erly", "works.json"], "did you mean `early`?"),
    ];
    for (arguments, message) in table {
        let ran = run(&folder, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.complaint);
        assert!(ran.complaint.contains(message), "{arguments:?}: {}", ran.complaint);
    }
    let json = run_in(folder.path(), &["explain", "early", "--format", "json", "--rules", "rules"]);
    assert!(json.code == 2 && json.complaint.contains("needs a proposal"), "{}", json.complaint);
}

fn examples(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            examples(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

fn truth(step: &Step) -> Truth {
    match &step.value {
        Value::Truth(truth) => *truth,
        other => panic!("a condition that is {other:?}"),
    }
}

/// The table of verdicts, from what an explanation shows.
fn verdict_shown(explanation: &Explanation, modality: Modality) -> Verdict {
    let trace = &explanation.trace;
    let when = trace.when.as_ref().map_or(Truth::True, truth);
    let any = |all: &mut dyn Iterator<Item = Truth>| all.fold(Truth::False, Truth::or);
    let excepted = any(&mut trace.unless.iter().map(|exception| truth(&exception.condition)));
    let overridden = any(&mut trace.overriders.iter().map(|overrider: &Overrider| overrider.applies));
    let negated = matches!(modality, Modality::MustNot | Modality::ShouldNot);
    let requirement = truth(&trace.requirement).when(!negated);
    let is_may = modality == Modality::May;
    let asked = if is_may { when.and(requirement) } else { when };
    if asked == Truth::False {
        Verdict::NotApplicable
    } else if excepted == Truth::True || overridden == Truth::True {
        Verdict::SetAside
    } else if (if is_may { asked } else { requirement }) == Truth::True {
        Verdict::Satisfied
    } else if !is_may
        && when == Truth::True
        && excepted == Truth::False
        && overridden == Truth::False
        && requirement == Truth::False
    {
        Verdict::Violated
    } else {
        Verdict::Undetermined
    }
}

#[test]
fn what_is_shown_leads_to_the_verdict_that_check_gives() {
    let book = Rulebook::henan().unwrap();
    let as_of = Day::new(2026, 11, 24).unwrap();
    let options = Options { verdicts: true, ..Options::new(as_of) };
    let checker = Checker::new(&book, options).unwrap();
    let mut files = Vec::new();
    examples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), &mut files);
    let mut explained = 0;
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let base = Position { line: 1, column: 1, offset: 0 };
        let report = checker.check_str("a.json", &text);
        for (number, (name, verdict)) in (0..).zip(report.verdicts.unwrap_or_default()) {
            let subject = Subject { path: "a.json".into(), index: 0, base, text: Arc::from(text.as_str()) };
            let Ok(explanation) = explain(&book, DirectiveId(number), as_of, "en", subject) else { continue };
            let modality = book.directives[number as usize].heading.modality;
            assert_eq!(explanation.trace.verdict, verdict, "{name} on {}", file.display());
            assert_eq!(verdict_shown(&explanation, modality), verdict, "{name} on {}", file.display());
            explained += 1;
        }
    }
    assert!(explained > 1000, "{explained}");
}

#[test]
fn a_list_of_many_members_shows_those_that_decide() {
    let folder = town();
    let works: Vec<String> = (0..500).map(|n| format!("{{\"cost\": {}, \"done\": false}}", n / 499 * 11)).collect();
    fs::write(folder.path().join("long.json"), format!("{{\"works\": [{}]}}", works.join(","))).unwrap();
    let book = Rulebook::load(&folder.path().join("rules")).unwrap();
    let number = book.directives.iter().position(|one| one.heading.name == "cheap-works").unwrap();
    let subject = subject(&folder.path().join("long.json"), Which::Only).unwrap();
    let id = DirectiveId(u32::try_from(number).unwrap());
    let explanation = explain(&book, id, Day::new(2026, 1, 1).unwrap(), "en", subject).unwrap();
    let quantifier = &explanation.trace.requirement.parts[0];
    assert_eq!(quantifier.parts.last().unwrap().member.as_deref(), Some("/works/499"));
    assert_eq!(quantifier.omitted, 500 - 12);
}

#[test]
fn definitions_that_double_do_not_double_the_explanation() {
    let mut rules = "plan town { title \"Town\" }\nproposal { cost number }\ndefine d0 = cost > 1\n".to_owned();
    for n in 1..60 {
        rules += &format!("define d{n} = d{0} and d{0}\n", n - 1);
    }
    rules += "directive deep \"Deep\" { must d59 }";
    let folder = folder(&[("rules/a.plan", &rules), ("a.json", "{}")]);
    let ran = run_in(folder.path(), &["explain", "deep", "a.json", "--rules", "rules"]);
    assert_eq!(ran.code, 0, "{}", ran.complaint);
    assert!(ran.out.contains("what would decide it: /cost"), "{}", ran.out);
}
