//! Saved reports: read back strictly, and written again as the same bytes.

use plancheck::checker::Checker;
use plancheck::checker::options::Options;
use plancheck::checker::report::{Pack, Report};
use plancheck::report::saved::{self, Saved};
use plancheck::report::{Settings, format};
use plancheck::rulebook::Rulebook;
use plancheck::value::Day;

use crate::{fixture, hostile, settings};

/// A report in a format, as `render` writes it.
fn rendered(saved: &Saved, name: &str) -> Vec<u8> {
    let format = format(name, Settings { statistics: saved.has_statistics, ..settings() }).unwrap();
    of(&saved.report, &*format)
}

fn of(report: &Report, format: &dyn plancheck::checker::report::Format) -> Vec<u8> {
    let proposals = report.proposals.iter().map(|proposal| (proposal, None));
    fixture::write_run(format, &report.header, proposals, &report.closing)
}

/// A run over real proposals, and its pack.
fn run(verdicts: bool) -> (Report, Rulebook) {
    let book = Rulebook::henan().unwrap();
    let options = Options { verdicts, ..Options::new(Day(20_000)) };
    let proposal = include_str!("../../examples/proposals/anyang/yinxu-digital-archive.json");
    let undecided = include_str!("../../examples/proposals/shangqiu/zhecheng-diamond-tools.json");
    let invalid = include_str!("../../examples/invalid/unknown-term.json");
    let checker = Checker::new(&book, options).unwrap();
    let texts =
        [("a.json", proposal), ("b.json", proposal), ("c.json", undecided), ("d.json", invalid), ("e.json", "{")];
    let report = checker.check_texts(&texts);
    (report, book)
}

#[test]
fn a_report_comes_back_as_the_same_bytes() {
    for verdicts in [false, true] {
        let (report, book) = run(verdicts);
        for statistics in [false, true] {
            let json = format("json", Settings { statistics, ..settings() }).unwrap();
            let bytes = of(&report, &*json);
            let mut saved = saved::read(&bytes).unwrap();
            assert_eq!(String::from_utf8_lossy(&rendered(&saved, "json")), String::from_utf8_lossy(&bytes));
            assert!(saved.take_pack(&report.header.digest, Pack::of(&book, "en")));
            assert_eq!(rendered(&saved, "json"), bytes);
        }
    }
}

#[test]
fn with_the_pack_at_hand_every_format_is_what_check_writes() {
    let (report, book) = run(true);
    let json = format("json", settings()).unwrap();
    let mut saved = saved::read(&of(&report, &*json)).unwrap();
    assert!(saved.take_pack(&report.header.digest, Pack::of(&book, "en")));
    for name in ["sarif", "junit", "github", "gitlab", "markdown", "csv", "xlsx", "concise", "human", "jsonl"] {
        let format = format(name, settings()).unwrap();
        assert!(rendered(&saved, name) == of(&report, &*format), "{name}");
    }
}

#[test]
fn without_the_pack_the_report_tells_of_its_directives() {
    let (report, _) = run(false);
    let json = format("json", settings()).unwrap();
    let mut saved = saved::read(&of(&report, &*json)).unwrap();
    assert!(!saved.take_pack("sha256:0", Pack::default()));
    let log: serde_json::Value = serde_json::from_slice(&rendered(&saved, "sarif")).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    }
}

#[test]
fn hostile_texts_come_back() {
    for text in hostile::TEXTS {
        let (header, mut proposals, mut closing) = hostile::run(text);
        for proposal in &mut proposals {
            proposal.verdicts = None;
        }
        closing.omitted = 1;
        closing.summary.notes = 1;
        let report = Report { header, proposals, closing };
        let json = format("json", settings()).unwrap();
        let bytes = of(&report, &*json);
        let saved = saved::read(&bytes).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert!(rendered(&saved, "json") == bytes, "{text:?}");
    }
}

#[test]
fn what_is_no_report_is_refused_with_its_place() {
    let (report, _) = run(false);
    let json = format("json", settings()).unwrap();
    let text = String::from_utf8(of(&report, &*json)).unwrap();
    let edit = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let table = [
        (String::new(), "EOF while parsing a value"),
        ("[]".to_owned(), "it has no `schema`"),
        ("{}".to_owned(), "it has no `schema`"),
        (edit("\"schema\": 1", "\"schema\": 2"), "it is of schema 2, and this plancheck reads schema 1"),
        (edit("\"schema\": 1", "\"schema\": \"1\""), "it is of schema \"1\""),
        (text[..text.len() / 2].to_owned(), "EOF while parsing"),
        (format!("{text} x"), "trailing characters"),
        (edit("\"severity\":\"error\"", "\"severity\":\"fatal\""), "unknown variant `fatal`"),
        (edit("\"severity\":\"error\"", "\"gravity\":\"error\""), "unknown field `gravity`"),
        (edit("\"status\":\"violating\"", "\"status\":\"compliant\""), "/proposals/0/status: it says `compliant`"),
        (edit("\"violating\":2", "\"violating\":1"), "/summary/violating: it says 1, and 2 stand in the report"),
        (edit("\"sha256:", "\"sha256:x"), "/plan/digest: this is no digest"),
        (
            edit("\"line\":11,\"column\":12", "\"line\":0,\"column\":12"),
            "/proposals/0/findings/0/span: lines and columns",
        ),
        (edit("\"exit\": 1", "\"exit\": 7"), "/exit: an exit code is 0, 1 or 2"),
    ];
    for (text, message) in table {
        let error = saved::read(text.as_bytes()).unwrap_err();
        assert!(error.to_string().contains(message), "{error}\n{message}");
    }
}
