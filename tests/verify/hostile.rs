//! Packs that are made to cost much: each verb that reasons about conditions ends soon, with the right message.

use std::fs;
use std::time::{Duration, Instant};

use super::run::{Ran, run};

/// As long as any of these may take, in a build with few optimisations on a machine with other work.
const PATIENCE: Duration = Duration::from_secs(60);

fn pack(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pack.plan"), format!("plan hostile {{ title \"Hostile\" }}\n{text}")).unwrap();
    folder
}

fn soon(folder: &tempfile::TempDir, arguments: &[&str]) -> Ran {
    let started = Instant::now();
    let ran = run(folder.path(), arguments);
    assert!(started.elapsed() < PATIENCE, "{arguments:?} took {:?}", started.elapsed());
    ran
}

/// A definition by the number of the one before it.
type Step<'s> = &'s dyn Fn(usize) -> String;

/// Definitions that each use the one before twice.
fn doubling(first: &str, step: Step<'_>) -> String {
    let mut text = format!("define step-0 = {first}\n");
    for number in 1..40 {
        text.push_str(&format!("define step-{number} = {}\n", step(number - 1)));
    }
    text
}

#[test]
fn definitions_that_double_cost_no_more_than_their_number() {
    let shape = "vocabulary city { anyang hebi }\nrelation near from city to city\nanyang has near hebi\n\
                 dimension money { 元 = 1 }\nproposal { id text required city city total money start date \
                 funding list of { amount money } near set of city }\n";
    let twice = |word: &'static str| move |before: usize| format!("step-{before} {word} step-{before}");
    let calls = |word: &'static str| move |before: usize| format!("{word}(step-{before}, step-{before})");
    let cases: [(&str, Step<'_>, &str); 7] = [
        ("city is anyang", &twice("and"), "step-39"),
        ("city is anyang", &twice("or"), "step-39"),
        ("city is anyang", &|before| format!("if step-{before} then step-{before}"), "step-39"),
        ("sum(f.amount for f in funding)", &twice("+"), "step-39 > 5 元"),
        ("total", &calls("max"), "step-39 > 5 元"),
        ("start", &calls("min"), "step-39 > 2026-01-01"),
        ("near", &|before| format!("near of step-{before}"), "step-39 include anyang"),
    ];
    for (first, step, condition) in cases {
        let hole = if condition.contains("元") { "{step-39}" } else { "no" };
        let directives = format!(
            "directive doubled {{ when {condition} must id is \"a\" message \"{hole}\" }}\n\
             directive asked {{ must {condition} message \"{hole}\" unless {condition} }}\n"
        );
        let folder = pack(&format!("{shape}{}{directives}", doubling(first, step)));
        fs::write(folder.path().join("p.json"), r#"{"id": "b", "city": "anyang", "funding": [], "near": []}"#).unwrap();
        for arguments in [
            &["check", "p.json", "--rules", ".", "--as-of", "2026-01-01"][..],
            &["lint", "--rules", "."],
            &["explain", "doubled", "p.json", "--rules", "."],
            &["explain", "asked", "p.json", "--rules", "."],
            &["verify", "--rules", "."],
            &["diff", ".", "."],
            &["rules", "--rules", "."],
            &["coverage", "--rules", "."],
        ] {
            let ran = soon(&folder, arguments);
            assert!(ran.code < 3, "{first} {arguments:?}: {}{}", ran.out, ran.complaint);
        }
    }
}

#[test]
fn circular_definitions_are_an_error_of_the_pack() {
    let folder = pack("proposal { id text }\ndefine a = b\ndefine b = not a\ndirective c { must a }\n");
    for arguments in [&["verify", "--rules", "."][..], &["diff", ".", "."]] {
        let ran = soon(&folder, arguments);
        assert_eq!(ran.code, 2);
        assert!(ran.complaint.contains("rules/cycle"), "{}", ran.complaint);
    }
}

#[test]
fn regular_expressions_that_explode_are_bounded() {
    let patterns =
        ["(a{100}){100}b", "(x+x+)+y", "(a|b|ab)*c{50}(d?){60}", "^([0-9]{1,50}-){20}$", "(\\\\p{L}|[a-z])*[0-9]"];
    let fields: Vec<String> = (0..patterns.len()).map(|number| format!("t{number} text")).collect();
    let directives: Vec<String> = patterns
        .iter()
        .enumerate()
        .map(|(number, pattern)| {
            format!("directive d{number} {{ when t{number} is present must t{number} matches \"{pattern}\" }}")
        })
        .collect();
    let folder = pack(&format!("proposal {{ id text {} }}\n{}\n", fields.join(" "), directives.join("\n")));
    let ran = soon(&folder, &["verify", "--rules", "."]);
    assert!(ran.code < 2, "{}", ran.complaint);
    for number in 0..patterns.len() {
        let ran = soon(&folder, &["verify", "--rules", ".", "--witness", &format!("d{number}"), "satisfied"]);
        assert!(ran.code < 2, "{}", ran.complaint);
    }
}

#[test]
fn a_vocabulary_of_four_thousand_terms_is_proved_of_and_one_of_five_thousand_is_an_error() {
    let with = |terms: usize| {
        let terms: Vec<String> = (0..terms).map(|term| format!("t{term}")).collect();
        pack(&format!(
            "vocabulary term {{ {} }}\nproposal {{ id text term term required terms set of term }}\n\
             directive a {{ when term is t7 must terms include t8 }}\n\
             directive b {{ when term in {{t7, t9}} must not terms include t8 }}\n\
             directive c {{ must count(terms) > 2 }}\n",
            terms.join(" ")
        ))
    };
    let folder = with(4_000);
    let ran = soon(&folder, &["verify", "--rules", "."]);
    assert_eq!(ran.code, 1, "{}", ran.complaint);
    assert!(ran.out.contains("`a` and `b` contradict each other: where `term` is `t7`"), "{}", ran.out);
    let ran = soon(&folder, &["verify", "--rules", ".", "--witness", "c", "satisfied"]);
    assert_eq!(ran.code, 0, "{}", ran.complaint);
    let ran = soon(&with(5_000), &["verify", "--rules", "."]);
    assert_eq!(ran.code, 2);
    assert!(ran.complaint.contains("4096") || ran.complaint.contains("4,096"), "{}", ran.complaint);
}

#[test]
fn what_cannot_be_asked_is_said() {
    let folder = pack("proposal { id text required }\ndirective a { must id is \"x\" }\n");
    let cases: &[(&[&str], i32, &str)] = &[
        (&["verify", "--witness", "a", "set-aside"], 1, "no valid proposal makes `a` set aside: proved"),
        (&["verify", "--witness", "a", "not-in-force"], 1, "no valid proposal makes `a` not in force: proved"),
        (&["verify", "--witness", "a", "免除"], 1, "no valid proposal makes `a` set aside: proved"),
        (&["verify", "--witness", "b", "violated"], 2, "there is no directive `b`"),
        (&["verify", "--witness", "a", "violatd"], 2, "did you mean `violated`?"),
        (&["verify", "--witness", "a", "wrong"], 2, "`wrong` is no verdict"),
        (&["verify", "--select", "zzz"], 2, "zzz"),
    ];
    for (arguments, code, message) in cases {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--rules", "."]).collect();
        let ran = run(folder.path(), &arguments);
        assert_eq!(ran.code, *code, "{arguments:?}: {}", ran.complaint);
        assert!(ran.complaint.contains(message), "{arguments:?}: {}", ran.complaint);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}
