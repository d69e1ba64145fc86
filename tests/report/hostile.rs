//! Runs in which every text is hostile: shown as text in every format, it drives nothing.

use std::sync::Arc;

use plancheck::checker::report::{
    Cite, Closing, CodeCount, Digest, Failure, Finding, FindingVerdict, Format, Header, InputDigest, Judgement, Member,
    Pack, PackCite, PackDirective, PortfolioFinding, ProposalReport, RulePlace, RunRecord, Status, SteeringFile,
    SteeringRole, Summary, Translation, WaivedBy,
};
use plancheck::checker::run_record::DigestKind;
use plancheck::diagnostic::Severity;
use plancheck::rulebook::{Basis, LanguageId, Quote, Texts, Verdict};
use plancheck::text::Position;

use crate::fixture;

/// Each alone is somebody's way in.
pub const TEXTS: &[&str] = &[
    "plain",
    "a\"b'c`d",
    "a\nb\r\nc\rd",
    "::error::x\n::error file=a.json::y",
    "100%0A::warning::x%0D%25",
    "::stop-commands::token",
    "<script>alert(1)</script></details><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "＝1+1",
    "a|b|c\\|d",
    "\u{202e}txet\u{2066}\u{200f}\u{061c}",
    "nul\u{0}bell\u{7}esc\u{1b}[31m\u{1b}]0;x\u{7}del\u{7f}nel\u{85}csi\u{9b}31m",
    "]]><!--&amp;&#60;",
    "\u{fffe}\u{ffff}\u{feff}",
    "[click](http://evil.example) ![i](http://evil.example/i.png) <http://evil.example>",
    "http://evil.example www.evil.example @everyone #1 GH-1",
    "# heading\n- item\n1. item\n> quote\n```\ncode\n```\n***\n| a |\n|---|",
    "{0} {placeholder} [text](1)",
    "_x000D_ _x0041_",
    "城市，“引号”：、；🚄",
    "",
    "../../../etc/passwd",
    "a,b:c;d",
];

fn judgement(text: &str, verdict: Verdict, severity: Severity, number: usize) -> Judgement {
    Judgement {
        code: text.into(),
        verdict: FindingVerdict::Of(verdict),
        severity,
        waived: None,
        basis: Some(Basis::Assumed),
        message: format!("{text}m"),
        help: Some(text.into()),
        translation: Some(Translation { message: text.into(), help: Some(text.into()) }),
        cites: vec![Cite { clause: Some(text.into()), text: text.into(), source: text.into(), line: 1 }],
        rule: Some(RulePlace { file: text.into(), line: 1 }),
        missing: vec![text.into()],
        fingerprint: format!("{text}{number}"),
    }
}

/// A run whose every text is this one: its header, three proposals with seven findings, and its end.
pub fn run(text: &str) -> (Header, Vec<ProposalReport>, Closing) {
    let place = |line| Position { line, column: 2, offset: 9 };
    let finding = |verdict, severity, number| Finding {
        judgement: judgement(text, verdict, severity, number),
        pointer: format!("/{text}"),
        start: place(2),
        end: place(3),
    };
    let mut waived = finding(Verdict::Violated, Severity::Error, 0);
    waived.judgement.waive(WaivedBy::Baseline(text.into()));
    let proposal = |number: u64, findings| ProposalReport {
        path: format!("{text}{number}").into(),
        index: number,
        line: 1,
        id: Some(text.into()),
        title: Some(text.into()),
        status: Status::Violating,
        findings,
        verdicts: Some(vec![(text.into(), Verdict::Satisfied), ("other".into(), Verdict::NotApplicable)]),
        facets: None,
    };
    let proposals = vec![
        proposal(
            0,
            vec![finding(Verdict::Violated, Severity::Error, 1), finding(Verdict::Undetermined, Severity::Note, 2)],
        ),
        proposal(1, vec![finding(Verdict::Violated, Severity::Warning, 3), waived]),
        proposal(2, vec![finding(Verdict::Violated, Severity::Error, 4)]),
    ];
    let member = Member {
        path: format!("{text}0").into(),
        index: 0,
        id: Some(text.into()),
        pointer: text.into(),
        start: place(1),
        end: place(1),
    };
    let of_portfolio = |members, number| PortfolioFinding {
        judgement: judgement(text, Verdict::Violated, Severity::Error, number),
        value: Some(text.into()),
        members,
        more: 2,
    };
    let failure =
        |severity| Failure { path: text.into(), code: "io/unreadable", message: format!("{text}m"), severity };
    let digest = Digest::of(DigestKind::Fast, text.as_bytes());
    let record = RunRecord {
        options: vec![text.into()],
        files: vec![SteeringFile { role: SteeringRole::Settings, path: text.into(), digest }],
        portfolio: false,
        inputs: vec![InputDigest { path: text.into(), digest, is_standard_input: false }],
    };
    let closing = Closing {
        record: Some(record),
        portfolio: vec![of_portfolio(vec![member.clone(), member], 5), of_portfolio(Vec::new(), 6)],
        ungrouped: vec![(text.into(), 1)],
        unapplied_directives: vec![text.into()],
        unapplied_proposals: 1,
        failures: vec![failure(Severity::Error), failure(Severity::Warning)],
        summary: Summary {
            files: 3,
            proposals: 3,
            violating: 3,
            errors: 4,
            warnings: 1,
            notes: 1,
            ..Summary::default()
        },
        counts: vec![CodeCount { code: text.into(), title: text.into(), broken: 5, undetermined: 1 }],
        omitted: 3,
        found: Vec::new(),
        part: None,
        exit: 2,
    };
    (header(text), proposals, closing)
}

fn header(text: &str) -> Header {
    let texts = Texts(vec![Some(text.to_owned()), Some(text.to_owned())]);
    let quote = Quote { text: text.into(), source: text.into(), line: 1, span: Default::default() };
    let plain = fixture::header();
    let directive = PackDirective {
        name: text.into(),
        formerly: vec![text.into()],
        title: texts.clone(),
        message: texts.clone(),
        help: texts.clone(),
        note: texts.clone(),
        tags: vec![text.into()],
        cites: vec![PackCite { clause: Some(text.into()), quotes: vec![Some(quote.clone()), Some(quote)] }],
        place: RulePlace { file: text.into(), line: 1 },
        ..plain.pack.directives[0].clone()
    };
    let pack = Pack::new(vec!["en".into(), "zh".into()], LanguageId(0), texts.clone(), texts, vec![directive]);
    Header { plan: text.into(), version: text.into(), relaxations: vec![text.into()], pack: Arc::new(pack), ..plain }
}

/// The run as a format writes it.
pub fn write(format: &dyn Format, text: &str) -> Vec<u8> {
    let (header, proposals, closing) = run(text);
    fixture::write_run(format, &header, proposals.iter().map(|report| (report, None)), &closing)
}
