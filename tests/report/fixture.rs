//! A run in which everything is awkward.

use std::sync::Arc;

use plancheck::checker::report::{
    Atlas, Cite, Closing, CodeCount, Digest, Excerpt, Failure, Finding, FindingVerdict, Format, Header, InputDigest,
    Judgement, Member, Pack, PackCite, PackDirective, PackPassage, PortfolioFinding, ProposalReport, RulePlace,
    RunRecord, Status, SteeringFile, SteeringRole, Summary,
};
use plancheck::checker::run_record::DigestKind;
use plancheck::diagnostic::Severity;
use plancheck::rulebook::coverage::{CiterKind, Standing};
use plancheck::rulebook::{Basis, LanguageId, Modality, Period, Quote, Texts, Verdict};
use plancheck::text::{Lines, Position};

const CULTURE: &str = r#"{
  "id": "2509-410500-04-01-000017",
  "title": "Anyang inland port",
  "city": "anyang",
  "functions": ["culture"],
  "roles": []
}
"#;

const CHINESE: &str = "{\r\n  \"项目名称\": \"商丘枢纽\",\r\n  \"functions\": [\"对外开放\", \"商贸\"],\r\n\t\"roles\": [\"开放\"]\r\n}\r\n";

const STEERING: &str =
    "{\n  \"title\": \"a\u{1b}[31m red \u{202e}txet\u{2066}\",\n  \"city\": \"x\u{7f}y\u{85}z\u{feff}\"\n}";

/// Writes the whole run as a checker does.
pub fn write(format: &dyn Format, proposals: &[(ProposalReport, String)], closing: &Closing) -> Vec<u8> {
    let proposals = proposals.iter().map(|(report, text)| (report, Some(excerpt(report, text))));
    write_run(format, &header(), proposals, closing)
}

/// Writes a run as a checker does.
pub fn write_run<'a>(
    format: &dyn Format,
    header: &Header,
    proposals: impl Iterator<Item = (&'a ProposalReport, Option<Excerpt<'a>>)>,
    closing: &Closing,
) -> Vec<u8> {
    let mut out = Vec::new();
    if format.assembly().is_none() {
        format.begin(header, &mut out);
    }
    let mut has_begun = false;
    let mut take = |mut bytes: Vec<u8>| {
        if !bytes.is_empty() && std::mem::replace(&mut has_begun, true) {
            out.extend_from_slice(format.separator().as_bytes());
        }
        out.append(&mut bytes);
    };
    for (report, excerpt) in proposals {
        let mut bytes = Vec::new();
        format.proposal(header, report, excerpt, &mut bytes);
        take(bytes);
    }
    let mut bytes = Vec::new();
    format.portfolio(header, closing, &mut bytes);
    take(bytes);
    match format.assembly() {
        None => {
            format.end(header, closing, &mut out);
            out
        },
        Some(assembly) => {
            let mut whole = Vec::new();
            assembly.assemble(header, closing, &mut std::io::Cursor::new(out), &mut whole).unwrap();
            whole
        },
    }
}

pub fn excerpt<'a>(report: &ProposalReport, text: &'a str) -> Excerpt<'a> {
    let offset = if report.line == 1 { 0 } else { 1_000 };
    Excerpt { text, offset, line: report.line }
}

pub fn header() -> Header {
    Header {
        plan: "henan-urban-development".into(),
        version: "2025.1".into(),
        digest: format!("sha256:{}", "0123456789abcdef".repeat(4)),
        as_of: "2026-11-23".into(),
        relaxations: vec!["--ignore code-*".into(), "--undetermined warning".into()],
        root: Some("/work".into()),
        pack: Arc::new(pack()),
        atlas: Arc::new(Atlas::default()),
    }
}

/// A pack of a plain directive, an awkward one, and one of the portfolio.
fn pack() -> Pack {
    let texts = |english: &str, chinese: &str| Texts(vec![Some(english.to_owned()), Some(chinese.to_owned())]);
    let quote = |text: &str, source: &str| Quote {
        text: text.into(),
        source: source.into(),
        line: 31,
        span: Default::default(),
    };
    let plain = PackDirective {
        name: "endpoint-roles".into(),
        formerly: vec!["endpoint-duties".into()],
        title: texts("Endpoint cities open up and coordinate", "端点城市发挥对内协同、对外开放作用"),
        message: Texts::default(),
        help: texts("add the role that the project plays to `roles`", "在 `roles` 中补充项目所承担的作用"),
        note: Texts::default(),
        modality: Modality::Must,
        basis: Basis::Stated,
        tags: vec!["belts".into(), "endpoints".into()],
        cites: vec![PackCite {
            clause: Some("3.9".into()),
            quotes: vec![
                Some(quote("The endpoint cities take crucial roles.", "source/plan.en.md")),
                Some(quote("端点城市发挥重要作用。", "source/plan.zh.md")),
            ],
        }],
        effective: Period::default(),
        place: RulePlace { file: "directives/belts.plan".into(), line: 40 },
        of_portfolio: false,
    };
    let awkward = PackDirective {
        name: "evil".into(),
        title: texts("<script>a|b</script> \u{202e}=cmd|' /C calc'!A0", "“恶意”\n::error::标题"),
        cites: Vec::new(),
        basis: Basis::Assumed,
        modality: Modality::ShouldNot,
        ..plain.clone()
    };
    let portfolio = PackDirective {
        name: "endpoints-all-open".into(),
        title: Texts::default(),
        of_portfolio: true,
        modality: Modality::Should,
        ..plain.clone()
    };
    let passage = PackPassage {
        clause: Some("3.9".into()),
        texts: plain.cites[0].quotes.clone(),
        standing: Standing::Encoded,
        cited_by: vec![(CiterKind::Directive, "endpoint-roles".into())],
        reasons: vec![texts("a reason", "理由")],
    };
    let mut pack = Pack::new(
        vec!["en".into(), "zh".into()],
        LanguageId(0),
        texts("Implementation Plan", "实施方案"),
        texts("Provincial authorities", "省有关机关"),
        vec![plain, awkward, portfolio],
    );
    pack.passages = vec![passage];
    pack
}

/// Each proposal with its text.
pub fn proposals() -> Vec<(ProposalReport, String)> {
    vec![anyang(), chinese(), steering(), minified(), cut_off(), empty(), compliant()]
}

fn anyang() -> (ProposalReport, String) {
    let violated = Finding {
        judgement: Judgement {
            help: Some("add the role that the project plays to `roles`, such as `opening-up`; a project that plays none belongs under another programme".into()),
            cites: vec![
                cite(Some("3.9"), "The endpoint cities, Anyang, Shangqiu, Xinyang and Sanmenxia, take crucial roles in internal coordination and in opening up to the outside.", 31),
                cite(None, "opening up", 2),
            ],
            ..judgement("endpoint-roles", Severity::Error, Verdict::Violated, "Anyang is an endpoint city: its projects serve opening-up or internal-coordination, and this one lists none of them")
        },
        ..finding(CULTURE, "/roles", "[]")
    };
    let undetermined = Finding {
        judgement: Judgement {
            basis: Some(Basis::Assumed),
            missing: vec!["/strategies".into(), "/partners/0/city".into()],
            ..judgement(
                "national-strategy",
                Severity::Note,
                Verdict::Undetermined,
                "it cannot be decided whether “A proposal names a national strategy” is met",
            )
        },
        ..finding(CULTURE, "/strategies", "{")
    };
    let report = report("proposals/anyang/culture.json", Status::Violating, vec![undetermined, violated]);
    (
        ProposalReport {
            id: Some("2509-410500-04-01-000017".into()),
            title: Some("Anyang inland port".into()),
            ..report
        },
        CULTURE.into(),
    )
}

fn chinese() -> (ProposalReport, String) {
    let unknown = Finding {
        judgement: Judgement {
            basis: None,
            rule: None,
            cites: Vec::new(),
            help: Some("请改为词表中的术语：对外开放、物流、文化".into()),
            ..judgement(
                "proposal/unknown-term",
                Severity::Error,
                Verdict::Violated,
                "“商贸”不是“职能”词表中的术语；词表之外的写法无法识别，因此与该字段有关的各条指令都只能待定，请逐项核对",
            )
        },
        ..finding(CHINESE, "/functions/1", "\"商贸\"")
    };
    let unknown = Finding { judgement: Judgement { verdict: FindingVerdict::Invalid, ..unknown.judgement }, ..unknown };
    let tab = Finding {
        judgement: judgement("belt-membership", Severity::Warning, Verdict::Violated, "a tab stands before it"),
        ..finding(CHINESE, "/roles/0", "\"开放\"")
    };
    let report = report("项目/商丘/枢纽.json", Status::Invalid, vec![unknown, tab]);
    (ProposalReport { title: Some("商丘枢纽".into()), ..report }, CHINESE.into())
}

fn steering() -> (ProposalReport, String) {
    let one = Finding {
        judgement: judgement(
            "evil",
            Severity::Error,
            Verdict::Violated,
            "the title “a\u{1b}[31m red \u{202e}txet” is\nnot\tone",
        ),
        ..finding(STEERING, "/city", "\"x\u{7f}y\u{85}z\u{feff}\"")
    };
    let report = report("evil\u{1b}]0;x\u{7}/a\nb.json", Status::Violating, vec![one]);
    let id = Some("id\u{202e}di".into());
    (ProposalReport { id, title: Some("a\u{1b}[31m red \u{202e}txet\u{2066}".into()), ..report }, STEERING.into())
}

fn minified() -> (ProposalReport, String) {
    let line = format!(
        "{{\"a\": \"{}\", \"county\": \"安阳县\", \"roles\": [\"{}\"], \"b\": \"{}\"}}",
        "很长的一行".repeat(80),
        "opening-up\", \"".repeat(30),
        "x".repeat(4_000)
    );
    let county = finding(&line, "/county", "\"安阳县\"");
    let roles = finding(&line, "/roles", &line[line.find("[\"opening").unwrap()..line.find("], \"b\"").unwrap() + 1]);
    let shift = |position: Position| Position { line: 42, offset: position.offset + 1_000, ..position };
    let at = |one: Finding, code| Finding {
        judgement: judgement(code, Severity::Error, Verdict::Violated, "the line is long"),
        start: shift(one.start),
        end: shift(one.end),
        ..one
    };
    let report =
        report("all.jsonl", Status::Violating, vec![at(county, "county-within-city"), at(roles, "endpoint-roles")]);
    (ProposalReport { index: 41, line: 42, ..report }, line)
}

fn cut_off() -> (ProposalReport, String) {
    let text = "{\n  \"id\": \"1\",\n";
    let end = Lines::new(text).position(text, text.len());
    let one = Finding {
        judgement: Judgement {
            basis: None,
            rule: None,
            cites: Vec::new(),
            verdict: FindingVerdict::Invalid,
            ..judgement(
                "proposal/syntax",
                Severity::Error,
                Verdict::Violated,
                "the text ends in the middle of an object",
            )
        },
        pointer: String::new(),
        start: end,
        end,
    };
    (report("half.json", Status::Invalid, vec![one]), text.into())
}

fn empty() -> (ProposalReport, String) {
    let place = Position { line: 1, column: 1, offset: 0 };
    let one = Finding {
        judgement: Judgement {
            basis: None,
            rule: None,
            cites: Vec::new(),
            verdict: FindingVerdict::Invalid,
            ..judgement("proposal/syntax", Severity::Error, Verdict::Violated, "the file is empty")
        },
        pointer: String::new(),
        start: place,
        end: place,
    };
    (report("empty.json", Status::Invalid, vec![one]), String::new())
}

fn compliant() -> (ProposalReport, String) {
    let verdicts = vec![
        (Arc::from("endpoint-roles"), Verdict::NotApplicable),
        (Arc::from("luoyang-positioning"), Verdict::Satisfied),
        (Arc::from("old-rule"), Verdict::NotInForce),
        (Arc::from("zhengzhou-core-functions"), Verdict::SetAside),
    ];
    let report = report("proposals/luoyang/good.json", Status::Compliant, Vec::new());
    (ProposalReport { verdicts: Some(verdicts), ..report }, "{}".into())
}

fn report(path: &str, status: Status, findings: Vec<Finding>) -> ProposalReport {
    ProposalReport {
        path: Arc::from(path),
        index: 0,
        line: 1,
        id: None,
        title: None,
        status,
        findings,
        verdicts: None,
        facets: None,
    }
}

fn judgement(code: &str, severity: Severity, verdict: Verdict, message: &str) -> Judgement {
    Judgement {
        waived: None,
        code: Arc::from(code),
        verdict: FindingVerdict::Of(verdict),
        severity,
        basis: Some(Basis::Stated),
        message: message.into(),
        help: None,
        translation: None,
        cites: vec![cite(Some("3.9"), "opening up to the outside", 31)],
        rule: Some(RulePlace { file: Arc::from("directives/belts.plan"), line: 40 }),
        missing: Vec::new(),
        fingerprint: format!("print-of-{code}"),
    }
}

fn cite(clause: Option<&str>, text: &str, line: u32) -> Cite {
    Cite { clause: clause.map(str::to_owned), text: Arc::from(text), source: Arc::from("source/plan.en.md"), line }
}

/// A finding on the first place where `marked` stands in the text.
fn finding(text: &str, pointer: &str, marked: &str) -> Finding {
    let lines = Lines::new(text);
    let start = text.find(marked).unwrap();
    Finding {
        judgement: judgement("", Severity::Error, Verdict::Violated, ""),
        pointer: pointer.into(),
        start: lines.position(text, start),
        end: lines.position(text, start + marked.len()),
    }
}

pub fn closing() -> Closing {
    let place = Position { line: 4, column: 3, offset: 77 };
    let member = |path: &str, id: Option<&str>| Member {
        path: Arc::from(path),
        index: 0,
        id: id.map(str::to_owned),
        pointer: "/id".into(),
        start: place,
        end: place,
    };
    let of = |value: Option<&str>, members: Vec<Member>, more, one: Judgement| PortfolioFinding {
        judgement: one,
        value: value.map(str::to_owned),
        members,
        more,
    };
    let digest = |text: &str| Digest::of(DigestKind::Fast, text.as_bytes());
    let input =
        |path: &str, is_standard_input| InputDigest { path: path.into(), digest: digest(path), is_standard_input };
    let record = RunRecord {
        options: vec!["--ignore=code-*".into(), "--lang=en".into()],
        files: vec![SteeringFile {
            role: SteeringRole::Waivers,
            path: "豁免\u{202e}.toml".into(),
            digest: Digest::of(DigestKind::Sha256, b""),
        }],
        portfolio: true,
        inputs: vec![input("-", true), input("evil\u{1b}]0;x\u{7}/a b.json", false)],
    };
    Closing {
        record: Some(record),
        portfolio: vec![
            of(
                Some("shangqiu"),
                Vec::new(),
                0,
                judgement(
                    "endpoints-all-open",
                    Severity::Warning,
                    Verdict::Violated,
                    "none of the 3 proposals of Shangqiu has an opening-up role",
                ),
            ),
            of(
                Some("2509-410500-04-01-000017"),
                vec![member("a.json", Some("2509-410500-04-01-000017")), member("b\u{1b}.json", None)],
                3,
                judgement("project-code-unique", Severity::Error, Verdict::Violated, "5 proposals bear one code"),
            ),
            of(None, Vec::new(), 0, judgement("whole", Severity::Note, Verdict::Undetermined, "left open")),
        ],
        ungrouped: vec![(Arc::from("project-code-unique"), 2)],
        unapplied_directives: vec![Arc::from("revolutionary-base")],
        unapplied_proposals: 1,
        failures: vec![
            Failure {
                path: String::new(),
                code: "run/no-proposal",
                message: "no proposal was found: nothing was checked".into(),
                severity: Severity::Error,
            },
            Failure {
                path: "--exclude".into(),
                code: "run/unmatched-glob",
                message: "`x*` excludes nothing: no path met it".into(),
                severity: Severity::Warning,
            },
            Failure {
                path: "proposals/lo\u{1b}cked.json".into(),
                code: "io/unreadable",
                message: "cannot be read: this user may not read it".into(),
                severity: Severity::Error,
            },
        ],
        summary: Summary {
            files: 8,
            proposals: 7,
            compliant: 1,
            violating: 3,
            invalid: 3,
            unreadable: 1,
            errors: 8,
            warnings: 2,
            notes: 2,
            ..Summary::default()
        },
        counts: [("endpoint-roles", 2), ("proposal/syntax", 2), ("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 0)]
            .map(|(code, broken)| CodeCount {
                code: Arc::from(code),
                title: if code == "endpoint-roles" {
                    "端点城市发挥对内协同、对外开放作用".into()
                } else {
                    format!("Title of {code}")
                },
                broken,
                undetermined: u64::from(code == "e" || code == "a"),
            })
            .to_vec(),
        omitted: 2,
        found: Vec::new(),
        part: None,
        exit: 2,
    }
}
