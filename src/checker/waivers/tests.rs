//! Waivers: a table of small cases.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Waivers, read};
use crate::checker::Checker;
use crate::checker::options::{Options, PortfolioMode};
use crate::checker::report::{Report, WaivedBy};
use crate::configuration::Speech;
use crate::rulebook::Rulebook;
use crate::text::Sources;
use crate::value::Days;

const PACK: &str = r#"
plan small { language en }
vocabulary city { anyang  luoyang }
proposal { id text  city city required  open boolean required  late boolean }
directive is-open { basis practice  must open  message "not open" }
directive is-early { basis practice  formerly was-early  when city is anyang  must not late  message "late" }
portfolio directive all-open { basis practice  for each c in city  must some p in proposals satisfies p.city is c and p.open  message "none open" }
portfolio directive enough { basis practice  must count(p in proposals) >= 9  message "too few" }
"#;

const PROPOSALS: &[(&str, &str)] = &[
    ("p/a.json", r#"{"id": "A", "city": "anyang", "open": false, "late": true}"#),
    ("p/q/b.json", r#"{"id": "B", "city": "luoyang", "open": false}"#),
    ("p/c.json", r#"{"city": "luoyang", "open": 1}"#),
];

const ACT: &str =
    "reason = \"r\"\nauthority = \"the Commission\"\ndocument = \"No. 1\"\nissued = 2026-01-15\nexpires = 2027-01-15\n";

fn book() -> Rulebook {
    let loaded = Rulebook::from_texts(&[("small.plan", PACK)]);
    loaded.unwrap_or_else(|error| panic!("{:?}", error.diagnostics))
}

/// Checks the proposals with waivers, as of a day.
fn check(book: &Rulebook, waivers: &str, as_of: &str, language: &str) -> Report {
    let read = read(&mut Sources::default(), "waivers.toml", waivers, book, Speech::of(language));
    assert_eq!(read.diagnostics, []);
    let options = Options {
        waivers: Some(Arc::new(Waivers::new(read.waivers, read.notices))),
        portfolio: PortfolioMode::On,
        language: language.to_owned(),
        ..Options::new(Days::parse(as_of).unwrap().first)
    };
    Checker::new(book, options).unwrap().check_texts(PROPOSALS)
}

/// What is waived, the messages, and the exit code.
fn told(report: &Report) -> String {
    let mut out = String::new();
    let portfolio = report.closing.portfolio.iter().map(|one| (&one.judgement, one.value.clone().unwrap_or_default()));
    let findings = report.proposals.iter().flat_map(|one| {
        one.findings.iter().map(|finding| (&finding.judgement, format!("{} {}", one.path, one.status.word())))
    });
    for (judgement, place) in findings.chain(portfolio) {
        if let Some(waived) = &judgement.waived {
            let WaivedBy::Waiver(waiver) = &waived.by else { panic!("waived by {:?}", waived.by) };
            let was = waived.verdict.word();
            writeln!(out, "{} {place}: {was}, {} {}", judgement.code, judgement.verdict.word(), waiver.line).unwrap();
        }
    }
    for failure in &report.closing.failures {
        writeln!(out, "{} {} {}", failure.severity.word(), failure.code, failure.message).unwrap();
    }
    let summary = report.closing.summary;
    writeln!(out, "{} errors, {} waived, exit {}", summary.errors, summary.waived, report.closing.exit).unwrap();
    out
}

fn waiver(keys: &str) -> String {
    format!("[[waivers]]\n{keys}\n{ACT}")
}

#[test]
fn what_waivers_do() {
    let book = book();
    let table = [
        ("by identifier", waiver("directive = \"is-open\"\nproposal = \"A\""), "2026-06-01"),
        ("by path", waiver("directive = \"is-open\"\npaths = \"q/*.json\""), "2026-06-01"),
        ("every directive of a proposal", waiver("directive = \"is-*\"\nproposal = \"A\""), "2026-06-01"),
        ("for a value of the portfolio", waiver("directive = \"all-open\"\nfor = \"anyang\""), "2026-06-01"),
        ("the portfolio as a whole", waiver("directive = \"enough\""), "2026-06-01"),
        ("on the first day", waiver("directive = \"is-open\"\nproposal = \"A\""), "2026-01-15"),
        ("before the first day", waiver("directive = \"is-open\"\nproposal = \"A\""), "2026-01-14"),
        ("on the last day", waiver("directive = \"is-open\"\nproposal = \"A\""), "2027-01-15"),
        ("after the last day", waiver("directive = \"is-open\"\nproposal = \"A\""), "2027-01-16"),
        ("thirty days before the last", waiver("directive = \"is-open\"\nproposal = \"A\""), "2026-12-16"),
        ("thirty-one days before the last", waiver("directive = \"is-open\"\nproposal = \"A\""), "2026-12-15"),
        ("kept to anyway", waiver("directive = \"is-early\"\nproposal = \"B\""), "2026-06-01"),
        ("met by nothing", waiver("directive = \"is-open\"\nproposal = \"Z\""), "2026-06-01"),
        ("twice", waiver("directive = \"is-open\"\nproposal = \"A\"").repeat(2), "2026-06-01"),
        ("a former name", waiver("directive = \"was-early\"\nproposal = \"A\""), "2026-06-01"),
        ("everything", waiver("directive = \"*\"\npaths = \"**\""), "2026-06-01"),
        ("a fault of shape is not waived", waiver("directive = \"is-open\"\npaths = \"c.json\""), "2026-06-01"),
    ];
    let told = table.map(|(name, text, as_of)| format!("--- {name}\n{}", told(&check(&book, &text, as_of, "en"))));
    insta::assert_snapshot!(told.concat());
}

#[test]
fn what_is_told_in_chinese() {
    let book = book();
    let table = [
        (waiver("directive = \"is-open\"\nproposal = \"A\""), "2027-01-16"),
        (waiver("directive = \"was-early\"\nproposal = \"A\""), "2026-12-31"),
        (waiver("directive = \"is-early\"\nproposal = \"B\""), "2026-01-01"),
        (waiver("directive = \"is-open\"\npaths = \"**\"").repeat(2), "2026-06-01"),
        (waiver("directive = \"all-open\"\nfor = \"kaifeng\""), "2026-06-01"),
    ];
    let told = table.map(|(text, as_of)| told(&check(&book, &text, as_of, "zh")));
    insta::assert_snapshot!(told.join("---\n"));
}

#[test]
fn what_a_file_of_waivers_can_get_wrong() {
    let book = book();
    let table = [
        "waivers = 1",
        "[[waivers]]",
        "[[waiver]]",
        "[[waivers]]\ndirective = ",
        &waiver("directive = \"is-opn\"\nproposal = \"A\""),
        &waiver("directive = \"is-[\"\nproposal = \"A\""),
        &waiver("directive = \"is-open\""),
        &waiver("directive = \"is-open\"\nproposal = \"A\"\npaths = \"*\""),
        &waiver("directive = \"is-open\"\npaths = \"{\""),
        &waiver("directive = \"is-open\"\nfor = \"anyang\""),
        &waiver("directive = \"all-open\"\nproposal = \"A\""),
        &waiver("directive = \"enough\"\nfor = \"anyang\""),
        &waiver("directive = \"is-open\"\nproposal = 7"),
        &waiver("directive = \"is-open\"\nproposal = \"A\"\nexpiry = 2027-01-01"),
        &waiver("directive = \"is-open\"\nproposal = \"A\"").replace("2026-01", "2028-01"),
        &waiver("directive = \"is-open\"\nproposal = \"A\"").replace("\"No. 1\"", "\" \""),
        &waiver("directive = \"is-open\"\nproposal = \"A\"").replace("2027-01-15", "2027-01-15T10:00:00"),
        &waiver("directive = \"is-open\"\nproposal = \"A\"").replace("2027-01-15", "\"2027-02-30\""),
    ];
    let mut out = String::new();
    for (text, language) in table.into_iter().flat_map(|text| [(text, "en"), (text, "zh")]) {
        let mut sources = Sources::default();
        let read = read(&mut sources, "waivers.toml", text, &book, Speech::of(language));
        if language == "en" {
            writeln!(out, "--- {}", text.strip_suffix(ACT).unwrap_or(text).replace('\n', " | ")).unwrap();
        }
        assert!(!read.diagnostics.is_empty(), "{text}");
        for one in &read.diagnostics {
            let at = sources.position(one.span().unwrap());
            let help = one.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            writeln!(out, "{}:{} {} {}{help}", at.line, at.column, one.code, one.message).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}
