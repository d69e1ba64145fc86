//! What cannot be merged is exit code 2, with what is wrong, where, and what to do.

use crate::desk::{DAY, Desk, arguments};

/// A desk with the parts `a.part` and `b.part`.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("a.json", "{\"id\": \"a\"}");
    desk.write("b.json", "[{\"id\": \"b\"}, {\"id\": \"c\"}]");
    desk.write("waivers.toml", "");
    for name in ["a", "b"] {
        part(&desk, name, &[]);
    }
    desk
}

fn part(desk: &Desk, name: &str, options: &[&str]) {
    let (partials, file) = (format!("--partials={name}.part"), format!("{}.json", &name[..1]));
    let options = options.iter().map(|one| (*one).to_owned()).chain([partials, file]);
    let ran = desk.run(&arguments(&["check", "--rules=rules"], [DAY.to_owned()].into_iter().chain(options)));
    assert_eq!((ran.code, ran.complaint.as_str()), (Some(1), ""));
}

fn refused(desk: &Desk, parts: &[&str], message: &str) {
    let ran = desk.run(&arguments(&["merge", "--rules=rules"], parts.iter().map(|part| (*part).to_owned())));
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{message}: {}", ran.complaint);
    assert!(ran.complaint.contains(message), "{message}: {}", ran.complaint);
}

#[test]
fn parts_that_were_checked_otherwise_are_refused() {
    let desk = desk();
    part(&desk, "b-strict", &["--strict"]);
    let message =
        "the options are `--as-of=2026-11-24 --lang=en --strict`, and in `a.part` `--as-of=2026-11-24 --lang=en`";
    refused(&desk, &["a.part", "b-strict.part"], message);
    part(&desk, "b-zh", &["--lang=zh"]);
    refused(&desk, &["a.part", "b-zh.part"], "`--as-of=2026-11-24 --lang=zh`, and in `a.part`");
    refused(&desk, &["b-zh.part", "--lang=en"], "the parts speak `zh`, not `en`: leave out --lang");
    let text = desk.text("b.part");
    desk.write("day.part", text.replace("\"as_of\":\"2026-11-24\"", "\"as_of\":\"2026-11-23\""));
    refused(&desk, &["a.part", "day.part"], "the day is `2026-11-23`, and in `a.part` `2026-11-24`");
    desk.write("tool.part", text.replace("\"tool\":\"", "\"tool\":\"9."));
    refused(&desk, &["a.part", "tool.part"], "merge with the version that checked the parts");
    desk.write("schema.part", text.replace("\"partial\":1", "\"partial\":2"));
    refused(&desk, &["a.part", "schema.part"], "(schema 2)");
}

#[test]
fn another_pack_is_refused() {
    let desk = desk();
    let pack = desk.text("rules/sums.plan");
    desk.write("rules/sums.plan", pack.replace("<= 5 万元", "<= 6 万元"));
    refused(&desk, &["a.part", "b.part"], "a.part: it was checked with the rule pack `sums`");
    part(&desk, "b", &[]);
    refused(&desk, &["a.part", "b.part"], "b.part: the rule pack is `sha256:");
}

#[test]
fn waivers_that_changed_are_refused() {
    let desk = desk();
    part(&desk, "a", &["--waivers=waivers.toml"]);
    desk.write("waivers.toml", "# nothing is waived\n");
    refused(&desk, &["a.part"], "waivers.toml: it is not as it was when the parts were checked");
    part(&desk, "b", &["--waivers=waivers.toml"]);
    refused(&desk, &["a.part", "b.part"], "waivers and baseline are `waivers.toml (sha256:");
}

#[test]
fn a_part_is_merged_once() {
    let desk = desk();
    refused(&desk, &["a.part", "b.part", "./a.part"], "./a.part: it is named twice");
    desk.write("copy.part", desk.text("b.part"));
    refused(&desk, &["a.part", "b.part", "copy.part"], "copy.part: proposal 0 of `b.json` stands in `b.part` too");
}

#[test]
fn what_is_no_partial_result_is_refused() {
    let desk = desk();
    refused(&desk, &["a.part", "gone.part"], "gone.part: the partial result cannot be read: there is no such file");
    refused(&desk, &["-"], "-: partial results are not read from standard input; write this one to a file first");
    refused(&desk, &["rules"], "rules: the partial result cannot be read: it is a folder");
    for (name, text) in [("empty", ""), ("proposal", "{\"id\": \"a\"}\n"), ("bytes", "\u{0}\n\n"), ("list", "[1]\n")] {
        desk.write(name, text);
        refused(&desk, &["a.part", name], &format!("{name}: it is no partial result: one is written by"));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused() {
    let desk = desk();
    let ran = desk.run_on(&["merge", "--rules=rules", "/dev/stdin"], &desk.read("a.part"));
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.complaint.contains("it is a pipe; write it to a file first"), "{}", ran.complaint);
}

#[test]
fn a_part_cut_short_anywhere_is_refused() {
    let desk = desk();
    let bytes = desk.read("b.part");
    let first = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    for length in (first..bytes.len()).step_by(7).chain([first + 1, bytes.len() - 1]) {
        desk.write("cut.part", &bytes[..length]);
        refused(&desk, &["a.part", "cut.part"], "cut.part: it is cut short");
    }
}

#[test]
fn a_part_that_was_changed_is_refused_with_the_line() {
    let desk = desk();
    let text = desk.text("b.part");
    let lines: Vec<&str> = text.lines().collect();
    for (number, changed, message) in [
        (1, "{\"proposal\": 7}", "line 2, column 14: invalid type"),
        (2, "", "line 3, column"),
        (0, &lines[0].replace("--lang=en", "--lang=fr"), "its options cannot be read"),
        (0, &lines[0].replace("2026-11-24\",\"record", "2026-13-24\",\"record"), "its day cannot be read"),
        (3, &lines[3].replace("\"tallies\":[", "\"tallies\":[7,"), "the last line, column"),
        (
            3,
            "{\"end\":{\"files\":1,\"unreadable\":0,\"proposals\":2,\"unapplied_directives\":[],\"unapplied_proposals\":0,\"saw_folder\":false,\"failures\":[],\"inputs\":[],\"tallies\":[]}}",
            "its tallies are not those of this rule pack",
        ),
    ] {
        let mut lines = lines.clone();
        lines[number] = changed;
        desk.write("changed.part", lines.join("\n") + "\n");
        refused(&desk, &["changed.part"], message);
    }
    desk.write("fewer.part", [lines[0], lines[1], lines[3], ""].join("\n"));
    refused(&desk, &["fewer.part"], "it says that it has 2 proposals, and it has 1");
    desk.write("turned.part", [lines[0], lines[2], lines[1], lines[3], ""].join("\n"));
    refused(&desk, &["turned.part"], "its proposals are not in order");
}

#[test]
fn numbers_beyond_all_bounds_do_no_harm() {
    let desk = desk();
    let text = desk.text("a.part");
    let most = u64::MAX.to_string();
    let changed =
        text.replace("\"count\":1", &format!("\"count\":{most}")).replace("[1,0]", &format!("[{most},{most}]"));
    assert_ne!(changed, text);
    desk.write("a.part", changed);
    let ran = desk.run(&["merge", "--rules=rules", "a.part", "b.part"]);
    assert_eq!(ran.code, Some(1), "{}", ran.complaint);
}

#[test]
fn arguments_that_make_no_part_are_refused() {
    let desk = desk();
    for (arguments, message) in [
        (&["check", "--partials=p", "--max-findings=3"][..], "cannot be used with"),
        (&["check", "--partials=p", "--write-baseline"], "cannot be used with"),
        (&["check", "--partials=p", "--format=json=p"], "cannot both go to one place"),
        (&["check", "--partials=-", "--format=json"], "cannot both go to one place"),
        (&["check", "--partials=no/p", "a.json"], "there is no such folder"),
        (&["merge"], "<PARTIAL>"),
        (&["merge", "a.part", "--format=jsn"], "did you mean `json`?"),
    ] {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}: {}", ran.complaint);
        assert!(ran.complaint.contains(message), "{arguments:?}: {}", ran.complaint);
    }
}
