//! `plancheck test`

use std::fs;

use plancheck::rulebook::Rulebook;
use serde_json::Value as Json;
use tempfile::TempDir;

use super::{Ran, folder, run_in, snapshot};

const RULES: &str = r#"
plan town { title "Town" }
vocabulary place "Place" { harbour "Harbour"  market "Market" }
group busy of place { harbour, market }
proposal { id text required  place place  cost number  urgent boolean otherwise false }
directive cheap "Works are cheap" {
  when place in busy
  must cost <= 10 or place is harbour
  unless urgent
}
directive stated "The cost is stated" { must cost is present }
portfolio directive once "Each is filed once" { for each group g of proposals by id  must count(g) <= 1 }
test "dear works | at the market" {
  given { "place": "market", "cost": 20 }
  expect cheap violated
}
test "cheap works # one" {
  given { "place": "market", "cost": 5 }
  expect cheap satisfied
}
"#;

/// Expectations that are not met, each in another way.
const WRONG: &str = r#"
test "it is not satisfied" {
  given { "place": "market", "cost": 20 }
  given { "place": "harbour", "cost": 20 }
  expect cheap satisfied
}
test "filed twice" {
  given { "id": "a" }
  given { "id": "a" }
  given { "id": "b" }
  expect once satisfied
}
test "in a file" { given "twice.json" expect stated satisfied }
"#;

fn town() -> TempDir {
    folder(&[
        ("rules/town.plan", RULES),
        ("cases/wrong.plan", WRONG),
        ("cases/twice.json", "[{\"cost\": 1},\n {\"place\": \"market\"}]"),
        (
            "good/urgent.plan",
            "test \"urgent\" { given { \"place\": \"market\", \"cost\": 20, \"urgent\": true } expect cheap set-aside }",
        ),
        ("empty/readme.md", ""),
    ])
}

fn run(folder: &TempDir, arguments: &[&str]) -> Ran {
    run_in(folder.path(), &[&["test", "--rules", "rules"], arguments].concat())
}

#[test]
fn failing_expectations_show_the_steps_in_both_languages() {
    let folder = town();
    for (language, name) in [("en", "test_en"), ("zh", "test_zh")] {
        let ran = run(&folder, &["cases", "--lang", language]);
        assert_eq!((ran.code, ran.complaint.as_str()), (1, ""));
        snapshot(name, &ran.out);
    }
}

#[test]
fn tests_that_pass_say_what_they_do_not_reach() {
    let folder = town();
    let ran = run(&folder, &["good"]);
    assert_eq!((ran.code, ran.complaint.as_str()), (0, ""));
    snapshot("test_passed", &ran.out);
    assert_eq!(
        run(&folder, &["-q"]).out,
        "2 tests passed\ncovered: 1/3 directives, 7/20 outcomes of conditions, 35.0%\n"
    );
}

#[test]
fn json_counts_tests_and_outcomes() {
    let folder = town();
    let json: Json =
        serde_json::from_str(&run(&folder, &["cases", "good/urgent.plan", "--format", "json"]).out).unwrap();
    assert_eq!((&json["passed"], &json["failed"]), (&3.into(), &3.into()));
    let failure = &json["tests"][1]["failures"][0];
    assert_eq!((&failure["directive"], &failure["actual"][0]["verdict"]), (&"once".into(), &"violated".into()));
    assert!(failure["steps"][1].as_str().unwrap().contains("count(g) <= 1 → false"), "{failure}");
    let cheap = &json["coverage"]["by_directive"][0];
    assert_eq!(cheap["verdicts"], serde_json::json!(["set-aside", "satisfied", "violated"]));
    assert_eq!(cheap["conditions"][0]["lacking"], serde_json::json!(["false", "unknown"]));
    assert_eq!(cheap["conditions"][1]["seen"], serde_json::json!(["false", "true"]));
}

#[test]
fn junit_is_read_back_by_another_reader() {
    let folder = town();
    let ran = run(&folder, &["cases", "--format", "junit=t.xml", "--format", "json"]);
    assert_eq!(ran.code, 1);
    let text = fs::read_to_string(folder.path().join("t.xml")).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!((root.attribute("tests"), root.attribute("failures")), (Some("5"), Some("3")));
    let cases: Vec<_> = root.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    assert_eq!(cases[0].attribute("name"), Some("it is not satisfied"));
    assert_eq!(cases[0].attribute("file"), Some("./cases/wrong.plan"));
    let failure = cases[0].children().find(|node| node.has_tag_name("failure")).unwrap();
    assert_eq!(failure.attribute("message"), Some("cheap: expected satisfied, but it came out violated for 1"));
    assert!(failure.text().unwrap().contains("cost <= 10 → false"));
    assert!(cases[3].attribute("name") == Some("dear works | at the market") && !cases[3].has_children());
}

/// Reads TAP 14 by its grammar: version, plan, test points in order, YAML blocks only after a test point, comments.
fn tap(text: &str) -> Vec<(bool, String)> {
    let mut lines = text.lines().peekable();
    assert_eq!(lines.next(), Some("TAP version 14"));
    let planned: usize = lines.next().unwrap().strip_prefix("1..").unwrap().parse().unwrap();
    let mut points = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("# ") {
            continue;
        }
        if line == "  ---" {
            assert!(!points.is_empty());
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "  ...").collect();
            assert!(!block.is_empty() && block.iter().all(|line| line.starts_with("  ")), "{block:?}");
            continue;
        }
        let (passed, rest) = line
            .strip_prefix("not ok ")
            .map_or_else(|| (true, line.strip_prefix("ok ").unwrap()), |rest| (false, rest));
        let (number, description) = rest.split_once(" - ").unwrap();
        assert_eq!(number.parse::<usize>().unwrap(), points.len() + 1);
        let directive = description.char_indices().find(|(at, c)| *c == '#' && !description[..*at].ends_with('\\'));
        assert_eq!(directive, None, "an unescaped # would be a directive");
        points.push((passed, description.replace("\\#", "#").replace("\\\\", "\\")));
    }
    assert_eq!(points.len(), planned);
    points
}

#[test]
fn tap_keeps_to_its_grammar() {
    let folder = town();
    let points = tap(&run(&folder, &["cases", "--format", "tap"]).out);
    let wanted = [
        (false, "it is not satisfied"),
        (false, "filed twice"),
        (false, "in a file"),
        (true, "dear works | at the market"),
        (true, "cheap works # one"),
    ];
    assert_eq!(points, wanted.map(|(passed, name)| (passed, name.to_owned())));
}

#[test]
fn filters_choose_by_name_file_and_directive() {
    let folder = town();
    let passed = |arguments: &[&str]| {
        let ran = run(&folder, &[arguments, &["--format", "tap"]].concat());
        let names: Vec<String> = tap(&ran.out).into_iter().map(|(_, name)| name).collect();
        (ran.code, names.join(", "))
    };
    assert_eq!(passed(&["--filter", "dear"]), (0, "dear works | at the market".to_owned()));
    assert_eq!(passed(&["--filter", "cheap*"]).1, "dear works | at the market, cheap works # one");
    assert_eq!(passed(&["cases", "--filter", "once"]), (1, "filed twice".to_owned()));
    assert_eq!(passed(&["cases", "--filter", "*wrong.plan", "--filter", "dear"]).1.matches(", ").count(), 3);
}

#[test]
fn required_coverage_is_exit_code_1_if_it_is_not_reached() {
    let folder = town();
    assert_eq!(run(&folder, &["--require-coverage", "35"]).code, 0);
    let short = run(&folder, &["--require-coverage", "35.1%"]);
    assert_eq!(short.code, 1);
    assert_eq!(short.complaint, "covered: 35.0%, less than the 35.1% of --require-coverage\n");
}

#[test]
fn case_files_hold_tests_alone_and_are_read_once() {
    let folder = town();
    fs::write(
        folder.path().join("more.plan"),
        "group idle of place { harbour }\ntest \"a\" { given {} expect stated violated }",
    )
    .unwrap();
    let ran = run(&folder, &["more.plan"]);
    assert!(ran.code == 2 && ran.complaint.contains("rules/not-a-test"), "{}", ran.complaint);
    let again = run(&folder, &["rules/town.plan", "./rules", "-q"]);
    assert!(again.out.starts_with("2 tests passed"), "{}", again.out);
    let alone = Rulebook::load(&folder.path().join("rules")).unwrap().plan.digest;
    let cases = [folder.path().join("cases")];
    let book = Rulebook::load_with_cases(Some(&folder.path().join("rules")), &cases).unwrap();
    assert_eq!((book.tests.len(), book.plan.digest), (5, alone), "case files are no part of the pack");
}

#[test]
fn the_embedded_pack_takes_case_files_too() {
    let folder = folder(&[(
        "a.plan",
        "test \"of mine\" { given { \"city\": \"anyang\", \"roles\": [] } expect endpoint-roles undetermined }",
    )]);
    let ran = run_in(folder.path(), &["test", "a.plan", "--filter", "of mine", "-q"]);
    assert!(ran.code == 0 && ran.out.starts_with("1 test passed"), "{}{}", ran.out, ran.complaint);
}

#[test]
fn what_cannot_be_tested_is_exit_code_2() {
    let folder = town();
    fs::write(folder.path().join("unknown.plan"), "test \"a\" { given {} expect chep violated }").unwrap();
    fs::create_dir_all(folder.path().join("none")).unwrap();
    fs::write(folder.path().join("none/a.plan"), "plan town { title \"Town\" }").unwrap();
    let table: &[(&[&str], &str)] = &[
        (&["unknown.plan"], "`chep` is no directive"),
        (&["--filter", "no such thing"], "meets the name, the file and the directives of no test"),
        (&["--filter", "chepa*"], "meets"),
        (&["--filter", "[a"], "error[run/bad-glob]"),
        (&["--filter", ""], "an empty --filter says nothing"),
        (&["--require-coverage", "120"], "not a percentage from 0 to 100"),
        (&["--format", "junitt"], "did you mean `junit`?"),
        (&["nowhere"], "`nowhere` cannot be read"),
        (&["empty"], "the folder holds no `*.plan` file"),
    ];
    for (arguments, message) in table {
        let ran = run(&folder, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.complaint);
        assert!(ran.complaint.contains(message), "{arguments:?}: {}", ran.complaint);
    }
    let none = run_in(folder.path(), &["test", "--rules", "none"]);
    assert!(none.code == 2 && none.complaint.contains("run/no-tests"), "{}", none.complaint);
}

#[test]
fn proposals_of_tests_that_are_not_as_declared_are_warnings() {
    let folder = town();
    fs::write(
        folder.path().join("odd.plan"),
        "test \"odd\" {\n  given { \"place\": \"habour\", \"csot\": 1 }\n  expect stated violated\n}",
    )
    .unwrap();
    let ran = run(&folder, &["odd.plan"]);
    assert_eq!(ran.code, 0, "{}", ran.complaint);
    let lines: Vec<&str> = ran.complaint.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.complaint);
    assert!(lines[0].starts_with("./odd.plan:2:20: warning[rules/given-shape] "), "{}", lines[0]);
    assert!(lines[1].starts_with("./odd.plan:2:30: warning[rules/given-shape] "), "{}", lines[1]);
}
