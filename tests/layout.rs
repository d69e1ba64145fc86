//! The layout of plan files, held against every plan file at hand, random packs, and packs with comments thrown in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_types,
    clippy::manual_try_fold,
    clippy::iter_over_hash_type,
    elided_lifetimes_in_paths,
    dead_code,
    missing_docs,
    missing_debug_implementations,
    reason = "a test stops at what it did not foresee, and says what it saw"
)]

mod reference;

use std::path::Path;
use std::time::Instant;

use plancheck::rulebook::dialect_of_folder;
use plancheck::syntax::layout::{Tongue, lay_out};
use plancheck::syntax::lexer::lex;
use plancheck::syntax::{Dialect, parse};
use plancheck::text::FileId;
use proptest::prelude::*;
use reference::random_pack;

const FILE: FileId = FileId(0);

fn dialect(text: &str) -> Dialect {
    Dialect::gather(&[lex(FILE, text)])
}

fn laid_out(text: &str, dialect: &Dialect, tongue: Option<Tongue>) -> String {
    lay_out(FILE, text, dialect, tongue).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
}

/// The comments of a text, in order, without their places.
fn comments(text: &str) -> Vec<String> {
    let spans = lex(FILE, text).comments;
    spans.iter().map(|span| text[span.start as usize..span.end as usize].trim_end().to_owned()).collect()
}

/// The first lines in which two texts differ.
fn first_difference(left: &str, right: &str) -> String {
    let line = left.lines().zip(right.lines()).position(|(left, right)| left != right);
    let at = line.unwrap_or_else(|| left.lines().count().min(right.lines().count()));
    let around = |text: &str| text.lines().skip(at.saturating_sub(1)).take(4).collect::<Vec<_>>().join("\n");
    format!("\n{}\n— and —\n{}", around(left), around(right))
}

/// Lays out, sees that it ends there and loses no comment, and that the words go to Chinese and back.
fn examine(text: &str, dialect: &Dialect) -> String {
    let out = laid_out(text, dialect, None);
    same("laid out twice", &out, &laid_out(&out, dialect, None));
    assert_eq!(comments(&out), comments(text), "comments of\n{text}\nare now\n{out}");
    let english = laid_out(text, dialect, Some(Tongue::English));
    same("English words, laid out twice", &english, &laid_out(&english, dialect, None));
    let chinese = laid_out(&english, dialect, Some(Tongue::Chinese));
    same("Chinese words, laid out twice", &chinese, &laid_out(&chinese, dialect, None));
    same("there and back", &english, &laid_out(&chinese, dialect, Some(Tongue::English)));
    out
}

fn same(what: &str, left: &str, right: &str) {
    assert!(left == right, "{what}: {}", first_difference(left, right));
}

fn plan_files(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let plans = entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "plan"));
    plans.map(|entry| (entry.path().display().to_string(), std::fs::read_to_string(entry.path()).unwrap())).collect()
}

#[test]
fn the_henan_pack_is_laid_out_well() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/henan");
    let dialect = dialect_of_folder(&folder, "");
    for (name, text) in plan_files(&folder) {
        assert_eq!(examine(&text, &dialect), text, "{name}: run `plancheck fmt rules/henan`");
    }
}

#[test]
fn the_packs_of_tests_can_be_laid_out() {
    for folder in ["tests", "examples", "benches"] {
        for (_, text) in plan_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            let dialect = dialect(&text);
            if parse(FILE, &text, &dialect).diagnostics.is_empty() {
                examine(&text, &dialect);
            }
        }
    }
}

#[test]
fn random_packs_can_be_laid_out() {
    for seed in 0..60 {
        let text = random_pack::pack(seed);
        examine(&text, &dialect(&text));
    }
}

/// A pack with a comment after some of its tokens, each with a number of its own.
fn with_comments(text: &str, places: &[(u16, bool)]) -> String {
    let tokens = lex(FILE, text).tokens;
    let mut ends: Vec<(usize, bool)> = places
        .iter()
        .map(|(place, own_line)| (tokens[usize::from(*place) % (tokens.len() - 1)].span.end as usize, *own_line))
        .collect();
    ends.sort_unstable();
    let mut out = String::new();
    let mut from = 0;
    for ((end, own_line), number) in ends.into_iter().zip(0..) {
        out.push_str(&text[from..end]);
        out.push_str(if own_line { "\n" } else { " " });
        out.push_str(&format!("# comment {number}\n"));
        from = end;
    }
    out + &text[from..]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comments_survive_each_once_and_in_order(
        seed in 0_u64..1000,
        places in prop::collection::vec((any::<u16>(), any::<bool>()), 1..25),
    ) {
        let text = random_pack::pack(seed);
        let dialect = dialect(&text);
        let commented = with_comments(&text, &places);
        let out = laid_out(&commented, &dialect, None);
        let again = laid_out(&out, &dialect, None);
        prop_assert!(again == out, "laid out twice: {}", first_difference(&out, &again));
        prop_assert_eq!(comments(&out), comments(&commented), "{}", commented);
        let english = laid_out(&commented, &dialect, Some(Tongue::English));
        let chinese = laid_out(&english, &dialect, Some(Tongue::Chinese));
        let back = laid_out(&chinese, &dialect, Some(Tongue::English));
        prop_assert!(back == english, "there and back: {}", first_difference(&english, &back));
    }

    #[test]
    fn whatever_is_read_is_laid_out_once_and_for_all_or_refused(
        seed in 0_u64..1000,
        edits in prop::collection::vec((any::<u32>(), any::<u32>(), 0_usize..MORSELS.len()), 1..6),
    ) {
        let mut text = random_pack::pack(seed);
        for (from, length, morsel) in edits {
            let boundary = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let start = boundary(from as usize % text.len().max(1));
            let end = boundary((start + length as usize % 12).min(text.len())).max(start);
            text.replace_range(start..end, MORSELS[morsel]);
        }
        let dialect = dialect(&text);
        for tongue in [None, Some(Tongue::English), Some(Tongue::Chinese)] {
            if let Ok(out) = lay_out(FILE, &text, &dialect, tongue) {
                prop_assert_eq!(laid_out(&out, &dialect, tongue), out);
            }
        }
    }
}

/// Every form of the language, once.
const EVERY_FORM: &str = r#"
plan p { title "T" zh "题" issuer "I" version "1" language en, zh source "s.md" source zh "s.zh.md" effective from 2025-09 until 2026-01-01 }
vocabulary v "V" zh "词" { a "A" zh "甲" code "1" aka "x", "y" b }
vocabulary w "W" within v { c "C" code "2" within a basis assumed cites §1 "w" zh "词" note "n" }
group g of v "G" { a, b basis stated cites §1, §2 "w" note "n" zh "注" }
group h of v = (g + {a, b}) & g - b basis assumed
relation r from v to w single partial "R" zh "关"
relation s from v to w
a, b have r c basis derived cites §2
g has s c
  note "n"
dimension money "M" { 元 = 1 "yuan" aka "CNY" 万元 = 20_000/2 }
proposal { id text "Id" required matching "^x$" t text at most 20 characters n number at least -5 at most 7 otherwise 3
  m money in 元 k one of (x "X" code "1", y) "K" j one of x1, y1 f set of v otherwise empty at least 1 item
  l list of { q date required when t is missing u boolean } "L" key "列" }
define d = if t is "x" and not n > 3 or m = 5 元 then code of r of a is characters 2 to 3 of t
define e = some x in l where x.u satisfies x.q >= 2026-01 and x.q between 2026-01 and 2026-03
define e2 = sum(n * 2 for x in l where x.u) + min(1, -n, 3) - 5% of n / 2 >= count(f) or years between 2026-01-01 and 2026-02-01 < 3
define e3 = f include any of s of {a, b} and f includes w:c and t starts with "x" and t is not exactly "y" and length of t is 3
directive x "X" zh "甲" { basis stated cites §1 tags p, q when city in g must not (a is b) unless d because "b" zh "因" unless e overrides y, z
  effective until 2026-01 message "m" zh "消" help "h" at l.q formerly old note "n" }
portfolio directive y "Y" { for each group g of proposals by id, t must count(g) <= 1 and g.key is present }
portfolio directive z { for each c in g should count(p in proposals where p.city is c) >= 1 }
uncheckable { cites §1 reason "r" zh "由" note "n" }
map of v "M" { station a at 1, 2 station b at 10, 3 line g "L" through a, b circle g area h "A" mark g }
test "t" { given { "a": 1 } given "f.json" expect x not applicable expect y violated for a, "k" as of 2026-01-01 }
"#;

#[test]
fn a_comment_may_stand_between_any_two_tokens() {
    let text = EVERY_FORM.trim_start();
    let dialect = dialect(text);
    let plain = examine(text, &dialect);
    let tokens = lex(FILE, text).tokens.len();
    for place in 0..u16::try_from(tokens - 1).unwrap() {
        let places = match place % 3 {
            0 => vec![(place, false)],
            1 => vec![(place, true)],
            _ => vec![(place, place % 2 == 0), (place + 1, false), (place + 2, true)],
        };
        let out = examine(&with_comments(text, &places), &dialect);
        assert!(out.lines().count() <= plain.lines().count() + 30, "{out}");
    }
}

/// What a careless hand leaves in a file.
const MORSELS: &[&str] = &[
    "",
    " ",
    "\n",
    "\n\n\n",
    "\r\n",
    "\t",
    ",",
    "，",
    "、",
    "{",
    "}",
    "(",
    ")",
    "（",
    "\"",
    "\"\"\"",
    "`",
    "#",
    "# a\n",
    "§1",
    "的",
    " of ",
    " 是 ",
    " not ",
    " present ",
    "code",
    "required",
    "5",
    "元",
    "%",
    "-",
    "=",
    "≤",
    "\u{feff}",
    "\u{3000}",
    "\u{202e}",
    " when ",
    "zh",
    " zh \"a\"",
    "given {",
    "x.y",
    " (a) ",
    "as of 2026-01-01",
    "\\",
    "２",
    "且",
    " 项目 ",
];

#[test]
fn time_grows_with_the_lines_and_not_faster() {
    let term =
        |number: usize| format!("  term-{number} \"Term {number}\" zh \"词{number}\" code \"{number}\" # {number}\n");
    let pack = |terms: usize| format!("vocabulary v {{\n{}}}\n", (0..terms).map(term).collect::<String>());
    let measured = |terms: usize| {
        let text = pack(terms);
        let dialect = dialect(&text);
        let start = Instant::now();
        laid_out(&text, &dialect, None);
        start.elapsed()
    };
    measured(2_000);
    let (small, large) = (measured(4_000), measured(64_000));
    assert!(large < small * 64, "16 times the lines took {large:?} after {small:?}");
}
