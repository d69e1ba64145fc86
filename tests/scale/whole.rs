//! What only the whole can tell is left to it.

use crate::desk::{DAY, Desk, arguments};

const CHECK: &[&str] = &["check", "--rules=rules", DAY];

fn check(desk: &Desk, more: &[&str]) -> crate::desk::Ran {
    desk.run(&arguments(CHECK, more.iter().map(|one| (*one).to_owned())))
}

#[test]
fn a_part_says_nothing_of_the_portfolio() {
    let desk = Desk::new();
    desk.write("a.jsonl", "{\"id\": \"a\", \"total\": \"1 元\"}\n{\"id\": \"a\", \"total\": \"1 元\"}\n");
    let part = check(&desk, &["--partials=a.part", "--strict", "--format=json", "a.jsonl"]);
    assert!(part.out.contains("\"portfolio\": [],"), "{}", part.out);
    let merged = desk.run(&["merge", "--rules=rules", "a.part"]);
    assert_eq!(merged.code, Some(1));
    assert!(merged.out.contains("by-id"), "{}", merged.out);
}

#[test]
fn a_part_may_be_empty_and_the_whole_may_not() {
    let desk = Desk::new();
    desk.write("empty.jsonl", "");
    desk.write("one.json", "{\"id\": \"a\", \"total\": \"1 元\"}");
    assert_eq!(check(&desk, &["--partials=empty.part", "empty.jsonl"]).code, Some(0));
    assert_eq!(check(&desk, &["--partials=one.part", "one.json"]).code, Some(0));
    let merged = desk.run(&["merge", "--rules=rules", "empty.part"]);
    assert_eq!(merged.code, Some(2));
    assert!(merged.out.contains("no proposal was found"), "{}", merged.out);
    assert_eq!(desk.run(&["merge", "--rules=rules", "empty.part", "one.part"]).code, Some(0));
}

#[test]
fn partial_results_go_to_standard_output_if_asked() {
    let desk = Desk::new();
    desk.write("a.json", "{\"id\": \"a\"}");
    let to_file = check(&desk, &["--partials=a.part", "a.json"]);
    let to_stream = check(&desk, &["--partials=-", "a.json"]);
    assert_eq!((to_stream.code, to_stream.out), (to_file.code, desk.text("a.part")));
}

#[test]
fn what_could_not_be_read_fails_the_whole() {
    let desk = Desk::new();
    desk.write("a.json", "{\"id\": \"a\", \"total\": \"1 元\"}");
    let part = check(&desk, &["--partials=a.part", "a.json", "gone.json"]);
    assert_eq!(part.code, Some(2));
    let merged = desk.run(&["merge", "--rules=rules", "--format=json", "a.part"]);
    assert_eq!(merged.code, Some(2));
    assert!(merged.out.contains("io/not-found"), "{}", merged.out);
}

/// A page without the excerpts of proposals, and without the digests of its own scripts.
fn without_excerpts(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find("\"excerpt\":") {
        let (before, after) = rest.split_at(at + 10);
        out.push_str(before);
        let mut values = serde_json::Deserializer::from_str(after).into_iter::<serde_json::Value>();
        // The page's own script speaks of excerpts too.
        let is_value = values.next().is_some_and(|value| value.is_ok());
        rest = if is_value { &after[values.byte_offset()..] } else { after };
    }
    out.push_str(rest);
    let digest = regex::Regex::new("sha256-[A-Za-z0-9+/=]+").unwrap();
    digest.replace_all(&out, "").into_owned()
}

#[test]
fn the_page_is_that_of_one_run_but_for_excerpts() {
    let desk = Desk::new();
    for (name, city) in [("a", "anyang"), ("b", "kaifeng"), ("c", "paris")] {
        desk.write(&format!("{name}.json"), format!(r#"{{"id": "{name}", "city": "{city}", "total": "7 万元"}}"#));
        check(&desk, &[&format!("--partials={name}.part"), &format!("{name}.json")]);
    }
    check(&desk, &["--format=html=one.html", "a.json", "b.json", "c.json"]);
    desk.run(&["merge", "--rules=rules", "--format=html=merged.html", "c.part", "a.part", "b.part"]);
    let (one, merged) = (desk.text("one.html"), desk.text("merged.html"));
    assert_ne!(one, merged);
    assert_eq!(without_excerpts(&one), without_excerpts(&merged));
}

#[test]
fn parts_of_one_stream_have_names_of_their_own() {
    let desk = Desk::new();
    let lines: Vec<String> = (0..7).map(|number| format!("{{\"id\": \"{}\"}}\n", number % 3)).collect();
    let mut merge = arguments(&["merge", "--rules=rules", "--format=json"], None);
    let mut all = arguments(CHECK, ["--format=json".to_owned()]);
    for (number, part) in lines.chunks(3).enumerate() {
        let name = format!("stream-{number}.jsonl");
        desk.write(&name, part.concat());
        let options = [format!("--partials={number}.part"), format!("--stdin-filename={name}"), "-".to_owned()];
        desk.run_on(&arguments(CHECK, options), part.concat().as_bytes());
        merge.push(format!("{number}.part"));
        all.push(name);
    }
    assert_eq!(desk.run(&merge), desk.run(&all));
}
