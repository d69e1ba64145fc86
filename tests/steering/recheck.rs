//! Saved reports that are checked again.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::desk::{ANYANG, Desk, Ran, check, snapshot};

const WAIVERS: &str = r#"[[waivers]]
directive = "endpoint-roles"
proposal = "2603-410505-04-04-150227"
reason = "档案的开放作用由省级项目统一评估"
authority = "河南省发展和改革委员会"
document = "豫发改〔2026〕17号"
issued = 2026-01-15
expires = 2027-01-15
"#;

/// A desk with a report on its proposals, and two more of them.
fn desk(options: &[&str]) -> Desk {
    let desk = Desk::new();
    desk.write("proposals/b.jsonl", &format!("{}\n\n{{}}\n", ANYANG.replace('\n', " ")));
    desk.write("proposals/下/c.json", &ANYANG.replace("150227", "150228"));
    let ran = desk.run(&[&check(&["--format", "json=report.json"]), options].concat());
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    desk
}

fn recheck(desk: &Desk, arguments: &[&str]) -> Ran {
    desk.run(&[&["recheck", "report.json"], arguments].concat())
}

/// The result as JSON.
fn result(desk: &Desk, arguments: &[&str]) -> Value {
    let ran = recheck(desk, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))
}

fn edit(desk: &Desk, name: &str, from: &str, to: &str) {
    let text = desk.read(name);
    assert!(text.contains(from), "{from}");
    desk.write(name, &text.replacen(from, to, 1));
}

/// The places that differ, each with why.
fn places(result: &Value) -> Vec<String> {
    let differences = result["differences"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    differences.iter().map(|one| format!("{} {}", text(&one["pointer"]), text(&one["because"]))).collect()
}

#[test]
fn a_report_stands_with_whatever_options_it_was_made() {
    let table: [&[&str]; 12] = [
        &[],
        &["--verdicts", "--statistics", "--lang", "zh"],
        &["--ignore", "endpoints-all-open", "--undetermined", "note", "--fail-on", "never"],
        &["--max-findings", "1"],
        &["--portfolio", "off"],
        &["--portfolio", "on", "--strict"],
        &["--exclude", "c.json", "--exclude", "nothing.json"],
        &["--digests", "sha256"],
        &["--waivers", "waivers.toml"],
        &["--write-baseline=known.json"],
        &["--jobs", "1", "proposals/anyang.json", "empty", "gone.json", "./proposals/../proposals/b.jsonl"],
        &["--encoding", "gb18030", "--allow-empty"],
    ];
    for options in table {
        let desk = Desk::new();
        desk.write("waivers.toml", WAIVERS);
        desk.write("proposals/b.jsonl", &format!("{}\n\n{{}}\n", ANYANG.replace('\n', " ")));
        desk.write("proposals/下/c.json", "[{}, {");
        fs::create_dir(desk.path("empty")).unwrap();
        desk.run(&[&check(&["--format", "json=report.json"]), options].concat());
        let ran = recheck(&desk, &[]);
        assert_eq!((ran.code, ran.complaint.as_str()), (Some(0), ""), "{options:?}\n{}", ran.out);
        assert!(ran.out.contains("the report stands"), "{}", ran.out);
    }
}

#[test]
fn a_baseline_and_waivers_among_the_settings_are_found_again() {
    let desk = Desk::new();
    desk.write("sub/plancheck.toml", WAIVERS);
    desk.write("sub/deep/a.json", ANYANG);
    desk.write("sub/known.json", "{\"schema\": 1, \"findings\": []}");
    let arguments =
        ["check", "a.json", "--as-of", "2026-11-24", "--baseline", "../known.json", "--format", "json=r.json"];
    assert_eq!(desk.run_in("sub/deep", &arguments).code, Some(0));
    let ran = desk.run_in("sub/deep", &["recheck", "r.json"]);
    assert_eq!((ran.code, ran.complaint.as_str()), (Some(0), ""), "{}", ran.out);
    edit(&desk, "sub/plancheck.toml", "17", "18");
    let ran = desk.run_in("sub/deep", &["recheck", "r.json", "--format", "json", "--no-config"]);
    let result: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &result["causes"][0]["path"]), (Some(1), &"../plancheck.toml".into()));
    let places = places(&result);
    assert!(places.iter().any(|place| place.ends_with("/waived/document file")), "{places:?}");
}

#[test]
fn people_read_what_differs_and_why() {
    let desk = desk(&[]);
    edit(&desk, "report.json", "\"as_of\": \"2026-11-24\"", "\"as_of\": \"2026-11-23\"");
    edit(&desk, "proposals/anyang.json", "\"roles\": []", "\"roles\": [\"opening-up\"]");
    fs::remove_file(desk.path("proposals/b.jsonl")).unwrap();
    let mut all = String::new();
    for language in ["en", "zh"] {
        let ran = recheck(&desk, &["--lang", language]);
        assert_eq!((ran.code, ran.complaint.as_str()), (Some(1), ""));
        all.push_str(&format!("--- {language}\n{}", ran.out));
    }
    desk.write("proposals/b.jsonl", "");
    snapshot("recheck", &all);
}

#[test]
fn an_input_that_changed_is_named_with_what_follows() {
    let desk = desk(&[]);
    edit(&desk, "proposals/anyang.json", "7380", "7381");
    let unmoved = result(&desk, &[]);
    assert_eq!((&unmoved["outcome"], &unmoved["proposals"]), (&"differs".into(), &Value::Array(Vec::new())));
    assert_eq!(places(&unmoved), ["/inputs/0/digest input"]);
    edit(&desk, "proposals/anyang.json", "\"roles\": []", "\"roles\": [\"opening-up\", \"internal-coordination\"]");
    let result = result(&desk, &[]);
    assert_eq!(result["causes"][0]["path"], "proposals/anyang.json");
    let turn = &result["proposals"][0];
    assert_eq!(
        (&turn["before"], &turn["after"], &turn["because"]),
        (&"violating".into(), &"compliant".into(), &"input".into())
    );
    assert_eq!((&turn["gone"][0]["code"], turn["come"].as_array().unwrap().len()), (&"endpoint-roles".into(), 0));
    assert!(places(&result).contains(&"/summary/violating input".to_owned()));
}

#[test]
fn an_edited_report_is_told_from_changed_inputs() {
    let edits = [
        ("\"status\":\"violating\"", "\"status\":\"compliant\"", "/proposals/0/status edited"),
        ("\"severity\":\"error\"", "\"severity\":\"note\"", "/proposals/0/findings/0/severity edited"),
        ("\"violating\":3", "\"violating\":2", "/summary/violating edited"),
        ("\"exit\": 1", "\"exit\": 0", "/exit edited"),
        ("\"as_of\": \"2026-11-24\"", "\"as_of\": \"2026-11-25\"", "/as_of edited"),
        ("\"--as-of 2026-11-24\",", "", "/relaxations/0 edited"),
        ("\"version\":\"0.1.0\"", "\"version\":\"9.9.9\"", "/tool/version version"),
        ("\"portfolio\":true", "\"portfolio\":false", ""),
    ];
    for (from, to, place) in edits {
        let desk = desk(&[]);
        edit(&desk, "report.json", from, to);
        let result = result(&desk, &[]);
        assert!(place.is_empty() || places(&result).contains(&place.to_owned()), "{place}: {:?}", places(&result));
    }
    let desk = desk(&[]);
    edit(&desk, "report.json", "[\"", "[ \"");
    let result = result(&desk, &[]);
    assert_eq!((&result["outcome"], &result["place"]["line"]), (&"laid-out-anew".into(), &6.into()));
    assert!(recheck(&desk, &[]).out.contains("was laid out anew; the first byte that differs is at 6:"));
}

#[test]
fn another_rule_pack_is_named_and_what_it_changes_shown() {
    let desk = Desk::new();
    for (folder, most) in [("old", 10), ("new", 20)] {
        let pack = format!(
            "plan town {{ title \"Town plan\" source \"plan.md\" }}\nproposal {{ cost number }}\n\
             directive cheap \"Works are cheap\" {{ cites §1 must cost <= {most} }}\n"
        );
        desk.write(&format!("{folder}/town.plan"), &pack);
        desk.write(&format!("{folder}/plan.md"), "§1 Works cost little.\n");
    }
    desk.write("works/a.json", "{\"cost\": 15}");
    let made = desk.run(&["check", "works", "--rules", "old", "--format", "json=report.json"]);
    assert_eq!(made.code, Some(1));
    assert_eq!(recheck(&desk, &["--rules", "old"]).code, Some(0));
    let ran = recheck(&desk, &["--rules", "new"]);
    assert_eq!(ran.code, Some(1));
    for said in ["rule pack", "--rules DIR", "works/a.json violating → compliant", "- cheap violated"] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    assert!(!ran.out.contains("(edited)"), "{}", ran.out);
}

#[test]
fn inputs_that_lie_elsewhere_are_found_in_folders_and_files_that_are_named() {
    let desk = desk(&[]);
    fs::create_dir(desk.path("archive")).unwrap();
    fs::rename(desk.path("proposals"), desk.path("archive/proposals")).unwrap();
    let table: [&[&str]; 3] = [
        &["archive"],
        &["archive/proposals"],
        &["archive/proposals/anyang.json", "archive/proposals/b.jsonl", "archive/proposals/下/c.json"],
    ];
    for paths in table {
        let ran = recheck(&desk, paths);
        assert_eq!((ran.code, ran.complaint.as_str()), (Some(0), ""), "{paths:?}: {}", ran.out);
    }
    let lost = result(&desk, &[]);
    assert_eq!(lost["causes"].as_array().unwrap().len(), 3);
    assert_eq!(lost["causes"][0]["after"], Value::Null);
    assert_eq!(lost["proposals"][0]["after"], Value::Null);
}

#[test]
fn standard_input_is_given_again() {
    let desk = Desk::new();
    let run = |arguments: &[&str], input: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_plancheck"))
            .args(arguments)
            .current_dir(desk.path("."))
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Who does not read it closes the pipe.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let lines = format!("{}\n", ANYANG.replace('\n', " "));
    let made = run(
        &["check", "-", "--stdin-filename", "x.jsonl", "--as-of", "2026-11-24", "--format", "json=report.json"],
        &lines,
    );
    assert_eq!(made.0, Some(1));
    assert_eq!(run(&["recheck", "report.json", "-"], &lines), (Some(0), String::new()));
    desk.write("kept.txt", &lines);
    assert_eq!(run(&["recheck", "report.json", "kept.txt"], "").0, Some(0));
    assert_eq!(run(&["recheck", "report.json", "-"], "{}").0, Some(1));
    let (code, complaint) = run(&["recheck", "report.json"], &lines);
    assert_eq!(code, Some(2));
    assert!(complaint.contains("`x.jsonl` was read from standard input: give it again with `-`"), "{complaint}");
    let report = desk.read("report.json");
    assert_eq!(run(&["recheck", "-", "kept.txt"], &report).0, Some(0));
    assert!(run(&["recheck", "-", "-"], &report).1.contains("cannot both come from standard input"));
}

#[test]
fn a_report_that_cannot_be_run_again_is_exit_code_2_with_the_place() {
    let edits = [
        ("\"schema\": 1", "\"schema\": 2", "report.json:it is of schema 2"),
        ("\"status\":\"violating\"", "\"status\":\"bad\"", "report.json:8:"),
        ("\"--as-of=2026-11-24\"", "\"--write-baseline=x\"", "/record/options/0: `--write-baseline=x` is no option"),
        ("\"--as-of=2026-11-24\"", "\"--as-of=\u{202e}\"", "/record/options/0: `--as-of=\\u{202e}` is no option"),
        ("\"--lang=en\"", "\"--lang=en\",\"-\"", "/record/options/3: `-` is no option"),
        ("\"--lang=en\"", "", "report.json:"),
        ("xxh3:", "md5:", "is no digest"),
        ("\"record\"", "\"recrod\"", "unknown field `recrod`"),
    ];
    for (from, to, said) in edits {
        let desk = desk(&[]);
        edit(&desk, "report.json", from, to);
        let ran = recheck(&desk, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{said}");
        assert!(ran.complaint.contains(said), "{said}: {}", ran.complaint);
    }
    let desk = desk(&[]);
    let table: [(&[&str], &str); 5] = [
        (&["recheck", "none.json"], "none.json: the report cannot be read: there is no such file"),
        (&["recheck", "report.json", "none"], "none: there is no such file or folder"),
        (&["recheck", "report.json", "report.json"], "report.json: the report was not made from a file of this name"),
        (&["recheck", "report.json", "-"], "the report was not made from standard input"),
        (&["recheck", "report.json", "--rules", "none"], "error["),
    ];
    for (arguments, said) in table {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.complaint.contains(said), "{said}: {}", ran.complaint);
    }
}

#[cfg(unix)]
#[test]
fn a_report_that_names_a_pipe_is_not_waited_for() {
    let desk = desk(&[]);
    fs::remove_file(desk.path("proposals/anyang.json")).unwrap();
    assert!(Command::new("mkfifo").arg(desk.path("proposals/anyang.json")).status().unwrap().success());
    let ran = recheck(&desk, &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("proposals/anyang.json"), "{}", ran.out);
}

#[test]
fn the_transcripts_of_the_page_are_what_the_program_prints() {
    let desk = Desk::new();
    desk.run(&check(&["--format", "json=report.json"]));
    let report = desk.read("report.json");
    let page = include_str!("../../docs/recheck.md");
    let shown = page.split("```console\n$ plancheck recheck report.json\n").skip(1);
    let shown: Vec<&str> = shown.map(|block| block.split_once("\n```").unwrap().0).collect();
    let steps: [&dyn Fn(); 3] =
        [&|| {}, &|| edit(&desk, "proposals/anyang.json", "\"roles\": []", "\"roles\": [\"opening-up\"]"), &|| {
            desk.write("proposals/anyang.json", ANYANG);
            desk.write("report.json", &report.replacen("\"severity\":\"error\"", "\"severity\":\"note\"", 1));
        }];
    assert_eq!(shown.len(), steps.len());
    for (step, shown) in steps.into_iter().zip(shown) {
        step();
        assert_eq!(recheck(&desk, &[]).out.trim_end(), shown);
    }
}

#[test]
fn hostile_texts_in_a_report_drive_nothing() {
    let desk = desk(&[]);
    let hostile = "a\\u001b[31m\\u202e\\n::error::x";
    edit(&desk, "report.json", "\"message\":\"", &format!("\"message\":\"{hostile}"));
    edit(
        &desk,
        "report.json",
        "{\"path\":\"proposals/anyang.json\",\"digest\"",
        &format!("{{\"path\":\"{hostile}\",\"digest\""),
    );
    for language in ["en", "zh"] {
        let ran = recheck(&desk, &["--lang", language, "--verbose"]);
        assert_eq!(ran.code, Some(1));
        for text in [&ran.out, &ran.complaint] {
            assert!(!text.contains(['\u{1b}', '\u{202e}']) && !text.contains("\n::error"), "{text:?}");
        }
        let whole = desk.run(&["recheck", "report.json", "--format", "json"]).out;
        assert!(!whole.contains(['\u{1b}', '\u{202e}']), "{whole:?}");
    }
    edit(&desk, "report.json", "\"--lang=en\"", &format!("\"--select={hostile}\",\"--lang=en\""));
    let ran = recheck(&desk, &[]);
    assert_eq!(ran.code, Some(2));
    assert!(
        !ran.complaint.contains(['\u{1b}', '\u{202e}']) && !ran.complaint.contains("\n::error"),
        "{:?}",
        ran.complaint
    );
}

#[test]
fn an_empty_folder_and_a_report_without_inputs_are_checked_again() {
    let desk = Desk::new();
    fs::remove_file(desk.path("proposals/anyang.json")).unwrap();
    let made = desk.run(&check(&["--format", "json=report.json"]));
    assert_eq!(made.code, Some(2));
    assert_eq!(recheck(&desk, &[]).code, Some(0));
    let made = desk.run(&check(&["--allow-empty", "--format", "json=report.json"]));
    assert_eq!(made.code, Some(0));
    assert_eq!(recheck(&desk, &[]).code, Some(0));
}

#[test]
fn a_report_that_was_merged_from_parts_is_checked_again_as_a_whole() {
    let desk = desk(&[]);
    for (part, path) in [("one.part", "proposals/anyang.json"), ("two.part", "proposals/b.jsonl")] {
        let ran = desk.run(&["check", path, "--as-of", "2026-11-24", "--partials", part]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
    }
    let merged = desk.run(&["merge", "two.part", "one.part", "--format", "json=report.json"]);
    assert_eq!((merged.code, merged.complaint.as_str()), (Some(1), ""));
    let ran = recheck(&desk, &[]);
    assert_eq!((ran.code, ran.complaint.as_str()), (Some(0), ""), "{}", ran.out);
    edit(&desk, "proposals/b.jsonl", "7380", "7381");
    assert_eq!(result(&desk, &[])["causes"][0]["path"], "proposals/b.jsonl");
}
