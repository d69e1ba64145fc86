//! `plancheck.toml`: found, overruled, listed, and held against its schema.

use serde_json::{Value, json};

use crate::desk::{Desk, snapshot};

const SETTINGS: &str = r#"# The settings of our office.
as-of = 2026-11-24
paths = "proposals"
format = ["concise", "json=out/report.json"]
select = "endpoint-roles"
undetermined = "warning"
jobs = 1
strict = true

[[waivers]]
directive = "endpoint-roles"
proposal = "2603-410505-04-04-150227"
reason = "r"
authority = "A"
document = "No. 1"
issued = 2026-01-15
expires = 2027-01-15
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("plancheck.toml", SETTINGS);
    desk.write("out/.keep", "");
    desk
}

#[test]
fn a_run_without_arguments_does_what_the_file_says() {
    let desk = desk();
    let ran = desk.run(&["check"]);
    assert_eq!((ran.code, ran.complaint.as_str()), (Some(0), ""));
    assert!(ran.out.contains("(waived by No. 1 until 2027-01-15)"), "{}", ran.out);
    let report: Value = serde_json::from_str(&desk.read("out/report.json")).unwrap();
    let relaxations =
        ["--as-of 2026-11-24", "--select endpoint-roles", "--undetermined warning", "waivers in plancheck.toml"];
    assert_eq!(report["relaxations"], json!(relaxations));
}

#[test]
fn the_file_is_found_upward_and_its_paths_are_its_own() {
    let desk = desk();
    let ran = desk.run_in("proposals", &["check"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.complaint);
    assert!(ran.out.starts_with("../proposals/anyang.json:"), "{}", ran.out);
    assert!(desk.path("out/report.json").exists());
}

#[test]
fn the_command_line_overrules_the_file() {
    let desk = desk();
    let table: &[(&[&str], &str)] = &[
        (&["check", "--no-config", "--as-of", "2026-11-24"], "error[endpoint-roles]"),
        (
            &["check", "--select", "funding-adds-up", "--no-strict"],
            "relaxed: --as-of 2026-11-24, --select funding-adds-up",
        ),
        (&["check", "--undetermined", "note"], "--undetermined note"),
        (&["check", "--as-of", "2026-11-25"], "--as-of 2026-11-25"),
        (&["check", "--waivers", "none.toml"], "none.toml: cannot be read"),
        (&["check", "--", "absent.json"], "absent.json"),
    ];
    for (arguments, shown) in table {
        let ran = desk.run(arguments);
        assert!((ran.out.clone() + &ran.complaint).contains(shown), "{arguments:?}: {}{}", ran.out, ran.complaint);
    }
}

#[test]
fn what_is_set_and_where() {
    let desk = desk();
    let mut all = String::new();
    for arguments in [&["config", "--fail-on", "should", "--no-strict"][..], &["config", "--lang", "zh"]] {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.complaint.as_str()), (Some(0), ""));
        // Only what this test sets, so that a new option changes nothing here.
        let lines = ran.out.lines().filter(|line| !line.contains("default") && !line.contains("默认"));
        all.push_str(&format!("--- {}\n{}\n", arguments.join(" "), lines.collect::<Vec<_>>().join("\n")));
    }
    snapshot("config", &all);
    let listed: Value = serde_json::from_str(&desk.run(&["config", "--format", "json", "--jobs", "3"]).out).unwrap();
    let of = |key: &str| {
        let settings = listed["settings"].as_array().unwrap();
        settings.iter().find(|setting| setting["key"] == key).cloned().unwrap()
    };
    assert_eq!(of("jobs"), json!({"key": "jobs", "value": 3, "source": "command-line"}));
    assert_eq!(
        of("strict"),
        json!({"key": "strict", "value": true, "source": "file", "file": "plancheck.toml", "line": 8})
    );
    assert_eq!(of("fail-on"), json!({"key": "fail-on", "value": "must", "source": "default"}));
    assert_eq!((&listed["file"], &listed["waivers"]), (&json!("plancheck.toml"), &json!(1)));
}

/// What a file can get wrong, a line each, and what is said.
const WRONG: &[(&str, &str, &str)] = &[
    ("asof = \"2026-11-24\"", "1:1", "did you mean `as-of`?"),
    ("zzz = 1", "1:1", "`plancheck config` lists the settings"),
    ("fail-on = \"shuold\"", "1:11", "did you mean `should`?"),
    ("fail-on = [\"must\"]", "1:11", "this is a list"),
    ("ignore = [1]", "1:11", "this is a number"),
    ("max-findings = \"7\"", "1:16", "`max-findings` asks for a whole number, and this is a text"),
    ("strict = \"yes\"", "1:10", "`strict` asks for true or false"),
    ("waivers = [{}]", "1:12", "this lacks `directive`"),
    ("[check]\nstrict = true", "1:2", "there is no setting `check`"),
];

/// What the schema cannot say.
const UNSAID: &[(&str, &str, &str)] = &[
    ("jobs = 0", "1:8", "`jobs` cannot be `0`"),
    ("as-of = \"2026-02-30\"", "1:9", "not a day of the calendar"),
    ("format = \"jsn\"", "1:10", "did you mean `json`?"),
    ("strict = ", "1:8", "this is no TOML"),
    ("strict = true\nstrict = false", "2:1", "this is no TOML"),
];

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    for (text, place, message) in WRONG.iter().chain(UNSAID) {
        let desk = Desk::new();
        desk.write("plancheck.toml", text);
        let ran = desk.run(&["check", "proposals"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{text}: {}", ran.complaint);
        assert!(ran.complaint.contains(&format!("plancheck.toml:{place}")), "{text}: {}", ran.complaint);
        assert!(ran.complaint.contains(message), "{text}: {}", ran.complaint);
        let chinese = desk.run(&["check", "proposals", "--lang", "zh"]).complaint;
        assert!(chinese.starts_with("错误["), "{chinese}");
    }
}

#[test]
fn a_setting_that_conflicts_with_an_option_gives_way() {
    let desk = Desk::new();
    desk.write("plancheck.toml", "quiet = true");
    assert_eq!(desk.run(&["rules", "--verbose"]).code, Some(0));
}

#[test]
fn the_schema_is_one_and_its_copy_is_up_to_date() {
    let desk = Desk::new();
    let text = desk.run(&["schema", "--settings"]).out;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/plancheck.schema.json");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), text, "INSTA_UPDATE=always writes it anew");
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let document = |text: &str| {
        // A date of TOML is a text to the validators of editors.
        let dates = regex::Regex::new(r"(?m)= (\d{4}-\d{2}-\d{2})$").unwrap();
        toml::from_str::<Value>(&dates.replace_all(text, "= \"$1\"")).unwrap()
    };
    let errors: Vec<String> = validator.iter_errors(&document(SETTINGS)).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    for (text, ..) in WRONG {
        assert!(!validator.is_valid(&document(text)), "{text}");
    }
}
