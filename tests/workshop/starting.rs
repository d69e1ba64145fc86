//! `plancheck init`: the pack that it writes is sound, and the commands that it prints do what they say.

use std::fs;
use std::path::Path;

use crate::{folder, run_in, snapshot};

/// Every file below a folder with its text.
fn contents(folder: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (name(entry.path()), fs::read_to_string(entry.path()).unwrap())).collect()
}

/// The commands that a transcript prints, each on a line of its own.
fn commands(transcript: &str) -> Vec<Vec<String>> {
    let lines = transcript.lines().filter_map(|line| line.strip_prefix("    plancheck "));
    // No argument of these tests has a space that a shell would not read as one.
    lines.map(|line| line.split(' ').map(|word| word.trim_matches('\'').to_owned()).collect()).collect()
}

#[test]
fn a_new_pack_passes_every_command_that_is_printed() {
    for (language, pack) in [("en", "town"), ("zh", "规则")] {
        let desk = folder(&[]);
        let ran = run_in(desk.path(), &["init", pack, "--lang", language]);
        assert_eq!((ran.code, ran.complaint.as_str()), (0, ""), "{}", ran.out);
        snapshot(&format!("init_{language}"), &ran.out);
        let commands = commands(&ran.out);
        assert_eq!(commands.len(), 6, "{}", ran.out);
        for command in commands {
            let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
            let ran = run_in(desk.path(), &arguments);
            assert_eq!(ran.code, 0, "{command:?}: {}{}", ran.out, ran.complaint);
        }
    }
}

#[test]
fn a_new_pack_has_no_warning_and_the_canonical_layout() {
    for (language, words) in [("en", "zh"), ("zh", "en")] {
        let desk = folder(&[]);
        assert_eq!(run_in(desk.path(), &["init", "--lang", language]).code, 0);
        let lint = run_in(desk.path(), &["lint", "--rules", ".", "--format", "concise"]);
        assert_eq!((lint.code, lint.out.as_str(), lint.complaint.as_str()), (0, "", ""));
        assert_eq!(run_in(desk.path(), &["fmt", "--check", "."]).code, 0);
        let before = contents(desk.path());
        assert_eq!(run_in(desk.path(), &["fmt", "--words", words, "."]).code, 0);
        assert_ne!(contents(desk.path()), before, "the pack is written in words of {language}");
    }
}

/// What a folder holds, what is run there, and what is said.
type Obstacle<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a str);

#[test]
fn nothing_is_written_over_and_nothing_is_left_of_what_failed() {
    let cases: &[Obstacle<'_>] = &[
        (&[("town/plan.plan", "mine")], &["init", "town"], "error[io/exists] `town/plan.plan` is there already;"),
        (&[("source/plan.md", "mine")], &["init"], "error[io/exists] `./source/plan.md` is there already;"),
        (&[("town/old/a.plan", "mine")], &["init", "town"], "error[io/exists] `town/old/a.plan` would become part"),
        (&[("town", "mine")], &["init", "town"], "error[io/exists] `town` is a file;"),
        (&[("town", "mine")], &["init", "town/rules"], "error[io/unwritable] `town/rules` could not be written"),
        (&[("source", "mine")], &["init"], "error[io/unwritable] `./source/plan.md` could not be written"),
        (&[], &["init", ""], "a value is required for '[PATH]'"),
        (&[], &["init", "a", "b"], "unexpected argument 'b'"),
    ];
    for (files, arguments, shown) in cases {
        let desk = folder(files);
        let before = contents(desk.path());
        let ran = run_in(desk.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.complaint.contains(shown), "{arguments:?}: {}", ran.complaint);
        assert_eq!(contents(desk.path()), before, "{arguments:?}");
        assert_eq!(fs::read_dir(desk.path()).unwrap().count(), files.len(), "{arguments:?}: no folder is left");
    }
}

#[test]
fn what_else_a_folder_holds_stays_there() {
    let desk = folder(&[("town/notes.txt", "mine"), ("town/source/scan.txt", "mine")]);
    assert_eq!(run_in(desk.path(), &["init", "town", "-q"]).out, "");
    let files = contents(&desk.path().join("town"));
    assert!(files.contains(&("source/scan.txt".to_owned(), "mine".to_owned())));
    assert_eq!(run_in(desk.path(), &["lint", "--rules", "town"]).code, 0);
}

/// The codes that a check reports on a proposal.
fn codes(desk: &Path, file: &str, rules: &[&str]) -> Vec<String> {
    let ran = run_in(desk, &[&["check", file, "--format", "json", "--as-of", "2026-03-01"], rules].concat());
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let findings = report["proposals"][0]["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_draft_has_the_required_fields_and_no_fault_of_shape_in_every_city() {
    let desk = folder(&[]);
    let names =
        ["zhengzhou", "开封", "Luoyang", "410400", "安阳市", "hebi", "Jiyuan City", "NANYANG", "ｘｉｎｙａｎｇ"];
    for (number, name) in names.into_iter().enumerate() {
        let file = format!("{number}.json");
        let ran = run_in(desk.path(), &["init", "--proposal", name, &file]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{name}: {}", ran.complaint);
        let codes = codes(desk.path(), &file, &[]);
        assert!(!codes.iter().any(|code| code.starts_with("proposal/")), "{name}: {codes:?}");
        let draft: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(desk.path().join(&file)).unwrap()).unwrap();
        let keys: Vec<&String> = draft.as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), 7, "{name}: {keys:?}");
    }
}

#[test]
fn what_is_told_beside_a_draft() {
    let desk = folder(&[]);
    let ran = run_in(desk.path(), &["init", "--proposal", "anyang"]);
    assert!(ran.out.starts_with("{\n  \"id\": \"0000-410500-00-00-000000\",\n"), "{}", ran.out);
    let (fields, directives) = ran.complaint.split_once("Directives that will apply").unwrap();
    assert!(fields.contains("/functions (required) logistics, opening-up,"), "{fields}");
    assert!(
        fields.contains("wenfeng (Wenfeng District)") && !fields.contains("xinzheng"),
        "counties of the city alone"
    );
    let (always, perhaps) = directives.split_once("Directives that apply if").unwrap();
    assert!(always.contains("endpoint-roles") && always.contains("§3.9"), "{always}");
    assert!(perhaps.contains("basin-linkage"), "{perhaps}");
    assert!(!directives.contains("zhengzhou-core-functions  "), "{directives}");
    let chinese = run_in(desk.path(), &["init", "--proposal", "安阳", "--lang", "zh"]);
    assert!(
        chinese.complaint.contains("必然适用的指令") && chinese.complaint.contains("必须：端点城市"),
        "{}",
        chinese.complaint
    );
    assert_eq!(run_in(desk.path(), &["init", "--proposal", "anyang", "-q"]).complaint, "");
}

#[test]
fn a_draft_of_another_pack() {
    let desk = folder(&[]);
    assert_eq!(run_in(desk.path(), &["init", "town", "-q"]).code, 0);
    let ran = run_in(desk.path(), &["init", "--rules", "town", "--proposal", "riverbank", "a.json"]);
    assert_eq!(ran.code, 0, "{}", ran.complaint);
    snapshot("draft", &ran.complaint.replace(char::is_numeric, "0"));
    assert_eq!(codes(desk.path(), "a.json", &["--rules", "town"]), ["flood-channel"], "that alone is left open");
    snapshot("draft_json", &fs::read_to_string(desk.path().join("a.json")).unwrap());
}

/// A pack whose fields ask for more than a plain value.
const DEMANDING: &str = r#"
plan demanding { title "Demanding" version "1" }
proposal {
  kind    one of (large, small)  required
  reason  text  required when kind is large  matching "^[A-Z]{3}-[0-9]+$"
  name    text  required  at most 4 characters
  share   number  required  at least 5  at most 5.5
  day     date  required  at least 2031-02-01
  parts   list of { name text required  count integer required at least 3 }  required  at least 2 items
}
directive orderly "In order" { must share >= 5  message "no" }
test "t" { given {"share": 5} expect orderly satisfied }
"#;

#[test]
fn a_draft_meets_every_demand_of_the_shape() {
    let desk = folder(&[("rules/plan.plan", DEMANDING)]);
    let ran = run_in(desk.path(), &["init", "--rules", "rules", "--proposal", "-", "a.json"]);
    assert_eq!(ran.code, 0, "{}", ran.complaint);
    assert_eq!(codes(desk.path(), "a.json", &["--rules", "rules"]), [""; 0]);
    let draft = fs::read_to_string(desk.path().join("a.json")).unwrap();
    assert!(draft.contains("\"reason\": \"AAA-0\""), "asked for because of `kind`: {draft}");
    assert!(draft.contains("\"name\": \"<nam\""), "as long as it may be: {draft}");
}

#[test]
fn mistakes_in_what_a_draft_is_for() {
    let cases: &[(&[&str], &str)] = &[
        (
            &["init", "--proposal", "anyong"],
            "error[run/unknown-name] `anyong` is no term of `city`; did you mean `anyang`?",
        ),
        (&["init", "--proposal", "郑洲"], "did you mean `zhengzhou`?"),
        (&["init", "--proposal", "新郑市"], "`新郑市` is a term of `county`, and `city` holds terms of `city`"),
        (&["init", "--proposal", ""], "there are zhengzhou, kaifeng,"),
        (&["init", "--proposal"], "a value is required for '--proposal <CITY>'"),
        (&["init", "--proposal", "anyang", "there.json"], "error[io/exists] `there.json` is there already"),
        (&["init", "--proposal", "anyang", "folder"], "error[io/exists] `folder` is a folder"),
        (&["init", "--proposal", "anyang", "folder/"], "error[io/exists] `folder/` is a folder"),
        (&["init", "--proposal", "anyang", "there.json/a.json"], "error[io/unwritable] `there.json/a.json`"),
        (
            &["init", "--proposal", "anyang", "none/a.json"],
            "`none/a.json` could not be written: there is no such folder",
        ),
        (&["init", "--proposal", "anyang", "--rules", "folder"], "error[run/faulty-rules]"),
        (&["init", "--rules", "folder"], "error[run/bad-arguments] `--rules` names the pack of a proposal"),
        (&["init", "--proposal", "x", "--rules", "bare"], "no field of the pack's proposals holds a term"),
    ];
    let bare = "plan p { title \"p\" version \"1\" } proposal { id text }";
    let desk = folder(&[("there.json", "mine"), ("folder/a.txt", ""), ("bare/p.plan", bare)]);
    let before = contents(desk.path());
    for (arguments, shown) in cases {
        let ran = run_in(desk.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.complaint);
        assert!(ran.complaint.contains(shown), "{arguments:?}: {}", ran.complaint);
        assert_eq!(contents(desk.path()), before, "{arguments:?}");
    }
}
