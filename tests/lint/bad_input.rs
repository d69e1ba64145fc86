//! Packs that are meant to break the tool: each gets its diagnostic, soon.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::pack::{SOURCES, lint_files, messages, places};

const BASE: &str = include_str!("base.plan");

/// Far more than any of these takes, even on a slow machine that is busy.
const SOON: Duration = Duration::from_secs(60);

/// The codes that the small pack gives with this behind it, each once.
fn codes(more: &str) -> Vec<String> {
    let whole = format!("{BASE}\n{more}");
    let mut files = vec![("base.plan", whole.as_str())];
    files.extend(SOURCES);
    codes_of(&files)
}

fn codes_of(files: &[(&str, &str)]) -> Vec<String> {
    let start = Instant::now();
    let found = lint_files(files);
    assert!(start.elapsed() < SOON, "it took {:?}", start.elapsed());
    let mut codes: Vec<String> = found.diagnostics.iter().map(|one| one.code.to_owned()).collect();
    codes.dedup();
    codes
}

/// `count` lines, each made from its number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, number| {
        writeln!(all, "{}", line(number)).unwrap();
        all
    })
}

fn nested(open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(10_000), close.repeat(10_000))
}

#[test]
fn a_million_lines() {
    assert_eq!(
        codes_of(&[("big.plan", &lines(1_000_000, |number| format!("define d{number} = urgent")))]),
        ["rules/too-large"]
    );
    assert_eq!(
        codes_of(&[("big.plan", &lines(1_000_000, |_| "x".to_owned()))]),
        ["rules/missing-plan", "rules/syntax"]
    );
    assert_eq!(codes(&lines(1_000_000, |_| "# c".to_owned())), Vec::<String>::new());
}

#[test]
fn ten_thousand_brackets() {
    assert_eq!(codes(&format!("directive d \"D\" {{ must {} }}", nested("(", "urgent", ")"))), ["rules/too-deep"]);
    assert_eq!(codes(&format!("group g of city = {}", nested("(", "anyang", ")"))), ["rules/too-deep"]);
    assert_eq!(
        codes(&format!("test \"t\" {{ given {} expect endpoint-roles undetermined }}", nested("{\"a\":", "1", "}"))),
        ["rules/given-shape"]
    );
    assert_eq!(codes(&"{".repeat(10_000)), ["rules/syntax"]);
}

#[test]
fn records_and_lists_within_one_another() {
    let with = |field: &str| {
        let whole = BASE.replacen("urgent     boolean", &format!("urgent boolean\n  {field}"), 1);
        let mut files = vec![("base.plan", whole.as_str())];
        files.extend(SOURCES);
        codes_of(&files)
    };
    assert_eq!(with(&format!("x {}", nested("list of ", "text", ""))), ["rules/too-deep"]);
    assert_eq!(with(&nested("a { ", "b text", " }")), ["rules/too-deep"]);
}

#[test]
fn long_chains() {
    let chain = format!("directive d \"D\" {{ must {} }}", vec!["urgent"; 5_000].join(" or "));
    assert_eq!(codes(&chain), ["rules/too-large"]);
    let groups = lines(9_000, |number| format!("group g{number} of city = g{}", number + 1));
    assert_eq!(codes(&format!("{groups}group g9000 of city {{ anyang }}")), ["rules/unused"]);
    let definitions = lines(9_000, |number| format!("define g{number} = g{} and g{}", number + 1, number + 2));
    assert_eq!(codes(&format!("{definitions}define g9000 = urgent\ndefine g9001 = urgent")), ["rules/too-deep"]);
    let circle = lines(9_000, |number| format!("define g{number} = g{}", (number + 1) % 9_000));
    assert_eq!(codes(&circle), ["rules/cycle"]);
}

#[test]
fn more_items_and_terms_than_a_pack_may_have() {
    let items = lines(30_000, |_| "uncheckable { cites §5.1 reason \"r\" }".to_owned());
    assert_eq!(codes(&items), ["rules/too-large"]);
    let terms = lines(5_000, |number| format!("t{number} \"T{number}\""));
    let pack = format!(
        "vocabulary big \"Big\" {{ {terms} }}\ngroup late of big {{ t4999 }}\ndirective d \"D\" {{ must big:t1 in late }}\ntest \"t\" {{ given {{}} expect d violated }}\n"
    );
    assert_eq!(codes(&pack), ["rules/too-large"]);
}

#[test]
fn regular_expressions_that_explode() {
    for pattern in ["(a{1000}){1000}", "((a+)+)+{500}{500}", "(((((\\\\w{50}){50}){50}))))"] {
        let pack = format!("directive d \"D\" {{ must title matches \"{pattern}\" }}");
        assert_eq!(codes(&pack), ["rules/bad-pattern"], "{pattern}");
    }
}

#[test]
fn thousands_of_faults() {
    let unknown =
        lines(5_000, |number| format!("directive d{number} \"D{number}\" {{ must citty{number} is anyang{number} }}"));
    assert_eq!(codes(&unknown), ["rules/unknown-name"]);
    let cited = lines(2_000, |number| {
        format!("directive d{number} \"D{number}\" {{ cites \"words that stand nowhere {number}\" must urgent }}")
    });
    assert_eq!(codes(&cited), ["rules/citation-not-found"]);
}

#[test]
fn a_source_that_is_no_text_or_too_large() {
    let with = |source: &str| codes_of(&[("base.plan", BASE), ("source/plan.en.md", source), SOURCES[1]]);
    assert_eq!(with(&"\0".repeat(5_000)), ["rules/encoding"]);
    assert_eq!(with(&"words of a plan\n".repeat(50 * 1024 * 1024 / 16)), ["rules/too-large"]);
    assert_eq!(codes_of(&[("base.plan", BASE), SOURCES[1]]), ["rules/file-not-found"]);
}

#[test]
fn no_plan_item_or_two() {
    let without = &BASE[BASE.find("vocabulary").unwrap()..];
    assert_eq!(codes_of(&[("base.plan", without), SOURCES[0], SOURCES[1]]), ["rules/missing-plan"]);
    assert_eq!(codes("plan other { title \"O\" }"), ["rules/duplicate-plan"]);
    assert_eq!(codes_of(&[("empty.plan", "")]), ["rules/missing-plan"]);
}

#[test]
fn circles() {
    let overriding = "directive d \"D\" { must urgent overrides e }\ndirective e \"E\" { must is-large overrides d }\ntest \"t\" { given {} expect d undetermined expect e undetermined }";
    assert_eq!(codes(overriding), ["rules/cycle"]);
}

#[test]
fn a_test_of_a_directive_that_there_is_not() {
    let mut files = vec![("base.plan", BASE), ("z.plan", "test \"t\" { given {} expect endpoint-rolls violated }")];
    files.extend(SOURCES);
    let found = lint_files(&files);
    assert_eq!(places(&found), ["1:28 rules/unknown-name"]);
    assert_eq!(messages(&found), ["rules/unknown-name `endpoint-rolls` is no directive"]);
}

#[test]
fn five_thousand_directives_are_read_in_a_moment() {
    let rules = lines(5_000, |number| {
        format!(
            "directive d{number} \"Rule {number}\" zh \"规则{number}\" {{ cites §3.9 when city in endpoints must roles include opening-up or investment.total >= {number} 万元 message \"{{city}}\" zh \"{{city}}\" }}\ntest \"t{number}\" {{ given {{ \"city\": \"anyang\" }} expect d{number} undetermined }}"
        )
    });
    assert_eq!(codes(&rules), Vec::<String>::new());
}
