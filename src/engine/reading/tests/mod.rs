//! Tests of the reader: small proposals, and what is said of them.

mod pack;
mod records;

use self::pack::{AREA, MONEY, field, list, pack, quantity, required, set, term, text, texts, vocabulary};
use super::{Reader, ShapeFinding};
use crate::engine::record::Record;
use crate::rulebook::expression::{Condition, ConditionKind, Frame, Place, Subject, TermExpression, TermKind};
use crate::rulebook::{
    ColumnId, ColumnKind, Constant, Limit, Pattern, Required, Rulebook, TableId, UnitId, VocabularyId,
};
use crate::text::Span;
use crate::value::{Days, Number, TermSet};

/// City, function, and the shape that most tests share.
fn book() -> Rulebook {
    let city = vocabulary(
        "city",
        &["zhengzhou|Zhengzhou|郑州|410100", "kaifeng|Kaifeng|开封|410200", "anyang|Anyang|安阳|410500"],
    );
    let function =
        vocabulary("function", &["logistics|Logistics|物流", "opening-up|Opening-up|对外开放", "culture|Culture|文化"]);
    let number = |kind| pack::What::Of(kind);
    pack(
        vec![city, function],
        vec![
            field("title", text()).with(|column| column.characters = (Some(2), Some(4))),
            field("id", text()).with(|column| {
                column.matching = Some(Pattern::new("^[0-9]{4}$").unwrap());
                column.label = texts("Project code", "项目代码");
                column.keys = vec!["项目代码".to_owned(), "a\"b".to_owned()];
            }),
            field("city", term(0)),
            field("functions", set(1)).with(|column| column.items = (Some(2), Some(3))),
            field("belts", set(1)).with(|column| column.otherwise = Some(Constant::Set(TermSet::new()))),
            field("jobs", number(ColumnKind::Integer))
                .with(|column| column.at_least = Some(Limit::Number(Number::ONE))),
            field("share", number(ColumnKind::Number)).with(|column| column.at_most = Some(Limit::Number(Number::ONE))),
            field("urgent", number(ColumnKind::Boolean)),
            field("start", number(ColumnKind::Date)).with(|column| {
                column.at_least = Days::parse("2026-03").map(Limit::Days);
                column.at_most = Days::parse("2026-05").map(Limit::Days);
            }),
            field("total", quantity(MONEY)).with(|column| {
                column.at_least = Some(Limit::Number(Number::ZERO));
                column.at_most = Some(Limit::Number(Number::whole(1_000_000_000)));
            }),
            field("area", quantity(AREA)).with(|column| column.in_unit = Some(UnitId(1))),
            field(
                "land",
                pack::What::Record(vec![
                    required("owner", text()),
                    field("kinds", set(1)).with(|column| column.otherwise = Some(Constant::Set(TermSet::new()))),
                    field("more", pack::What::Record(vec![required("deep", number(ColumnKind::Boolean))])),
                ]),
            ),
            field("partners", list(pack::What::Record(vec![required("city", term(0)), field("notes", list(text()))])))
                .with(|column| column.items = (None, Some(3))),
            field("grid", list(list(number(ColumnKind::Integer)))),
            field("marks", list(number(ColumnKind::Integer))).with(|column| column.items.0 = Some(1)),
        ],
    )
}

/// What is said of a proposal: `code pointer «place»`, without the `proposal/`.
fn said(book: &Rulebook, json: &str) -> Vec<String> {
    let (_, findings) = read(book, json);
    findings.iter().map(|finding| line(finding, json)).collect()
}

fn line(finding: &ShapeFinding, json: &str) -> String {
    let place = json.get(finding.extent.start as usize..finding.extent.end as usize).unwrap();
    format!("{} {} «{place}»", finding.code.code().trim_start_matches("proposal/"), finding.pointer)
}

fn read(book: &Rulebook, json: &str) -> (Record, Vec<ShapeFinding>) {
    let (mut record, mut findings) = (Record::default(), Vec::new());
    let reader = Reader::new(book);
    reader.read(json, &mut record, &mut findings).unwrap();
    // A second look with the same record must see the same, whatever it remembers.
    let (before, count) = (record.clone(), findings.len());
    reader.read(json, &mut record, &mut findings).unwrap();
    assert_eq!(findings[..count], findings[count..]);
    assert_eq!(format!("{:?}", before.tables), format!("{:?}", record.tables));
    for finding in &findings {
        for language in ["en", "zh"] {
            let (message, help) = finding.message(book, language);
            assert!(!message.is_empty() && !message.contains('\n') && !message.ends_with('.'), "{message}");
            assert!(message.chars().count() < 300 && help.is_none_or(|help| !help.is_empty()), "{message}");
        }
    }
    findings.truncate(count);
    (record, findings)
}

#[test]
fn findings_on_shape() {
    let book = book();
    let cases: &[(&str, &[&str])] = &[
        ("{}", &[]),
        (" \n{ } ", &[]),
        ("{\"title\": null, \"city\": null, \"total\": null, \"land\": null, \"partners\": null}", &[]),
        // No object at all.
        ("[]", &["wrong-type  «[]»"]),
        ("\"x\"", &["wrong-type  «\"x\"»"]),
        ("null", &["wrong-type  «null»"]),
        // Texts.
        ("{\"title\": \"四个汉字\"}", &[]),
        ("{\"title\": \"五个汉字😀\"}", &["out-of-range /title «\"五个汉字😀\"»"]),
        ("{\"title\": \"\"}", &["out-of-range /title «\"\"»"]),
        ("{\"title\": \"\\u4e2d\\ud83d\\ude00ab\"}", &[]),
        ("{\"title\": 5}", &["wrong-type /title «5»"]),
        ("{\"title\": [\"ab\"]}", &["wrong-type /title «[\"ab\"]»"]),
        ("{\"id\": \"1234\"}", &[]),
        ("{\"id\": \"123\"}", &["pattern /id «\"123\"»"]),
        ("{\"id\": \"\\u00312\\u0033\\u0034\"}", &[]),
        // Terms.
        ("{\"city\": \"410100\"}", &[]),
        ("{\"city\": \" Ｋaifeng\"}", &[]),
        ("{\"city\": \"\\u90d1\\u5dde\"}", &[]),
        ("{\"city\": \"zhengzho\"}", &["unknown-term /city «\"zhengzho\"»"]),
        ("{\"city\": [\"zhengzhou\"]}", &["wrong-type /city «[\"zhengzhou\"]»"]),
        // Sets.
        ("{\"functions\": [\"logistics\", \"物流\", \"CULTURE\"]}", &["duplicate-term /functions/1 «\"物流\"»"]),
        ("{\"functions\": \"logistics\"}", &["wrong-type /functions «\"logistics\"»"]),
        ("{\"functions\": [\"culture\"]}", &["out-of-range /functions «[\"culture\"]»"]),
        ("{\"functions\": []}", &["out-of-range /functions «[]»"]),
        ("{\"functions\": [\"culture\", \"x\"]}", &["unknown-term /functions/1 «\"x\"»"]),
        ("{\"functions\": [\"culture\", null]}", &["wrong-type /functions/1 «null»"]),
        (
            "{\"functions\": [\"x\", \"X \"]}",
            &[
                "unknown-term /functions/0 «\"x\"»",
                "unknown-term /functions/1 «\"X \"»",
                "out-of-range /functions «[\"x\", \"X \"]»",
            ],
        ),
        (
            "{\"functions\": [\"x\", 5, [1]]}",
            &["unknown-term /functions/0 «\"x\"»", "wrong-type /functions/1 «5»", "wrong-type /functions/2 «[1]»"],
        ),
        ("{\"belts\": []}", &[]),
        // Numbers.
        ("{\"jobs\": 2.0, \"share\": 1}", &[]),
        ("{\"jobs\": 1e2}", &[]),
        ("{\"jobs\": 2.5}", &["wrong-type /jobs «2.5»"]),
        ("{\"jobs\": 0}", &["out-of-range /jobs «0»"]),
        ("{\"jobs\": \"2\"}", &["wrong-type /jobs «\"2\"»"]),
        ("{\"share\": 1.0000000000000000000000000001}", &["out-of-range /share «1.0000000000000000000000000001»"]),
        ("{\"share\": -1234567890123456789012345678}", &[]),
        (
            "{\"jobs\": 0.00000000000000000000000000000000000001}",
            &["wrong-type /jobs «0.00000000000000000000000000000000000001»"],
        ),
        ("{\"jobs\": 1e28}", &["out-of-range /jobs «1e28»"]),
        ("{\"jobs\": 1e400}", &["out-of-range /jobs «1e400»"]),
        ("{\"share\": 1.00000000000000000000000000000000}", &[]),
        ("{\"urgent\": true}", &[]),
        ("{\"urgent\": \"true\"}", &["wrong-type /urgent «\"true\"»"]),
        // Dates.
        ("{\"start\": \"2026-03-01\"}", &[]),
        ("{\"start\": \"2026-05-31\"}", &[]),
        ("{\"start\": \"2026-03\"}", &[]),
        ("{\"start\": \"2026-02-28\"}", &["out-of-range /start «\"2026-02-28\"»"]),
        ("{\"start\": \"2026-06\"}", &["out-of-range /start «\"2026-06\"»"]),
        ("{\"start\": \"2026-04-31\"}", &["bad-date /start «\"2026-04-31\"»"]),
        ("{\"start\": \"2026-3-1\"}", &["bad-date /start «\"2026-3-1\"»"]),
        ("{\"start\": 2026}", &["wrong-type /start «2026»"]),
        // Quantities.
        ("{\"total\": {\"amount\": 12.5, \"unit\": \"万元\"}}", &[]),
        ("{\"total\": {\"unit\": \"yuan\", \"amount\": 12.5}}", &[]),
        ("{\"total\": \"12.5 亿元\"}", &["out-of-range /total «\"12.5 亿元\"»"]),
        ("{\"total\": \"１２亿元\"}", &["out-of-range /total «\"１２亿元\"»"]),
        ("{\"total\": \"10亿元\"}", &[]),
        ("{\"total\": -0.01}", &["bad-unit /total «-0.01»"]),
        ("{\"total\": \"-0.01元\"}", &["out-of-range /total «\"-0.01元\"»"]),
        ("{\"total\": \"12.5\"}", &["bad-unit /total «\"12.5\"»"]),
        ("{\"total\": \"1,000 元\"}", &["bad-unit /total «\"1,000 元\"»"]),
        ("{\"total\": \"5 mu\"}", &["bad-unit /total «\"5 mu\"»"]),
        ("{\"total\": \"about 5 元\"}", &["wrong-type /total «\"about 5 元\"»"]),
        ("{\"total\": true}", &["wrong-type /total «true»"]),
        ("{\"total\": {\"amount\": 5}}", &["missing-field /total/unit «{»"]),
        ("{\"total\": {}}", &["missing-field /total/amount «{»", "missing-field /total/unit «{»"]),
        ("{\"total\": {\"amount\": null, \"unit\": \"元\"}}", &["missing-field /total/amount «{»"]),
        ("{\"total\": {\"amount\": \"5\", \"unit\": \"元\"}}", &["wrong-type /total/amount «\"5\"»"]),
        ("{\"total\": {\"amount\": 5, \"unit\": \"亩\"}}", &["bad-unit /total/unit «\"亩\"»"]),
        ("{\"total\": {\"amount\": 5, \"unit\": 1}}", &["wrong-type /total/unit «1»"]),
        (
            "{\"total\": {\"amount\": 1e29, \"unit\": \"x\"}}",
            &["bad-unit /total/unit «\"x\"»", "out-of-range /total/amount «1e29»"],
        ),
        ("{\"total\": {\"amount\": 5, \"unit\": \"元\", \"per\": 1}}", &["unknown-field /total/per «\"per\"»"]),
        (
            "{\"total\": {\"amount\": -5, \"unit\": \"元\"}}",
            &["out-of-range /total «{\"amount\": -5, \"unit\": \"元\"}»"],
        ),
        (
            "{\"total\": {\"amount\": 5, \"unit\": \"元\", \"amount\": 5}}",
            &["duplicate-key /total/amount «\"amount\"»"],
        ),
        ("{\"total\": {\"amount\": 1e29, \"unit\": \"元\"}}", &["out-of-range /total/amount «1e29»"]),
        (
            "{\"total\": {\"amount\": 12345678901234567890123456789, \"unit\": \"元\"}}",
            &["out-of-range /total/amount «12345678901234567890123456789»"],
        ),
        ("{\"area\": 5}", &[]),
        ("{\"area\": \"5㎡\"}", &[]),
        ("{\"area\": \"5\"}", &["bad-unit /area «\"5\"»"]),
        ("{\"area\": {\"amount\": 5}}", &["missing-field /area/unit «{»"]),
        // Records.
        ("{\"land\": {\"owner\": \"x\"}}", &[]),
        ("{\"land\": {}}", &["missing-field /land/owner «{»"]),
        (
            "{\"land\": {\"owner\": null, \"more\": {}}}",
            &["missing-field /land/more/deep «{»", "missing-field /land/owner «{»"],
        ),
        ("{\"land\": []}", &["wrong-type /land «[]»"]),
        // Lists.
        ("{\"partners\": []}", &[]),
        (
            "{\"partners\": [{\"city\": \"郑州\", \"notes\": [\"a\", \"b\"]}, {\"city\": \"x\"}]}",
            &["unknown-term /partners/1/city «\"x\"»"],
        ),
        (
            "{\"partners\": [{}, 5, null]}",
            &["missing-field /partners/0/city «{»", "wrong-type /partners/1 «5»", "wrong-type /partners/2 «null»"],
        ),
        (
            "{\"partners\": [1, 2, 3, 4]}",
            &[
                "wrong-type /partners/0 «1»",
                "wrong-type /partners/1 «2»",
                "wrong-type /partners/2 «3»",
                "wrong-type /partners/3 «4»",
                "out-of-range /partners «[1, 2, 3, 4]»",
            ],
        ),
        ("{\"partners\": {}}", &["wrong-type /partners «{}»"]),
        (
            "{\"grid\": [[1, 2], [], [3.5, null], 4]}",
            &["wrong-type /grid/2/0 «3.5»", "wrong-type /grid/2/1 «null»", "wrong-type /grid/3 «4»"],
        ),
        ("{\"marks\": []}", &["out-of-range /marks «[]»"]),
        ("{\"marks\": [null]}", &["wrong-type /marks/0 «null»"]),
        // Keys.
        ("{\"项目代码\": \"1234\"}", &[]),
        ("{\"项目代码\": \"123\"}", &["pattern /项目代码 «\"123\"»"]),
        ("{\"a\\\"b\": \"123\"}", &["pattern /a\"b «\"123\"»"]),
        ("{\"\\u0069d\": \"123\"}", &["pattern /id «\"123\"»"]),
        ("{\"id\": \"1234\", \"项目代码\": \"1234\"}", &["duplicate-key /项目代码 «\"项目代码\"»"]),
        ("{\"city\": \"郑州\", \"city\": \"郑州\"}", &["duplicate-key /city «\"city\"»"]),
        ("{\"city\": null, \"city\": null}", &[]),
        ("{\"city\": null, \"city\": \"郑州\"}", &["duplicate-key /city «\"city\"»"]),
        ("{\"city\": \"郑州\", \"city\": null, \"city\": 5}", &["duplicate-key /city «\"city\"»"]),
        ("{\"$schema\": 1, \"x-note\": {\"a\": [1]}, \"x-\": null}", &[]),
        ("{\"x-note\": 1, \"x-note\": 2}", &["duplicate-key /x-note «\"x-note\"»"]),
        (
            "{\"titel\": 1, \"a/b~c\": 2, \"schema\": null}",
            &[
                "unknown-field /titel «\"titel\"»",
                "unknown-field /a~1b~0c «\"a/b~c\"»",
                "unknown-field /schema «\"schema\"»",
            ],
        ),
        ("{\"y\": 1, \"y\": 2, \"y\": 3}", &["unknown-field /y «\"y\"»", "duplicate-key /y «\"y\"»"]),
        (
            "{\"land\": {\"owner\": \"x\", \"y\": 1}, \"partners\": [{\"city\": \"开封\", \"z\": 1}]}",
            &["unknown-field /land/y «\"y\"»", "unknown-field /partners/0/z «\"z\"»"],
        ),
        ("{\"\": 1}", &["unknown-field / «\"\"»"]),
    ];
    for (json, expected) in cases {
        assert_eq!(said(&book, json), *expected, "{json}");
    }
}

#[test]
fn required_fields() {
    let book = pack(
        vec![vocabulary("city", &["anyang"])],
        vec![
            required("id", text()),
            required(
                "investment",
                pack::What::Record(vec![
                    required("total", quantity(MONEY)),
                    field("funding", list(pack::What::Record(vec![required("source", text())]))),
                ]),
            ),
        ],
    );
    let cases: &[(&str, &[&str])] = &[
        ("{}", &["missing-field /id «{»", "missing-field /investment «{»"]),
        ("{\"id\": null, \"investment\": null}", &["missing-field /id «{»", "missing-field /investment «{»"]),
        ("{\"id\": 5, \"investment\": 6}", &["wrong-type /id «5»", "wrong-type /investment «6»"]),
        (
            "{\"id\": \"\", \"investment\": {\"funding\": [{}, {\"source\": \"x\"}]}}",
            &["missing-field /investment/funding/0/source «{»", "missing-field /investment/total «{»"],
        ),
        ("{\"id\": null, \"id\": null, \"investment\": {\"total\": \"5元\"}}", &["missing-field /id «{»"]),
        ("7", &["wrong-type  «7»"]),
    ];
    for (json, expected) in cases {
        assert_eq!(said(&book, json), *expected, "{json}");
    }
    assert_eq!(said(&pack(Vec::new(), Vec::new()), "{\"a\": 1}"), ["unknown-field /a «\"a\"»"]);
}

fn place(frame: Frame, table: u16, column: u16) -> Place {
    Place { frame, table: TableId(table), column: ColumnId(column), span: Span::default() }
}

#[test]
fn fields_that_are_required_under_a_condition() {
    // county: required when city is anyang; of each partner, place: required when its city is missing and the
    // proposal's city is there.
    let is_anyang = Condition {
        kind: ConditionKind::TermIs(
            true,
            TermExpression {
                kind: TermKind::Field(place(Frame::Proposal, 0, 0)),
                vocabulary: VocabularyId(0),
                span: Span::default(),
            },
            TermExpression { kind: TermKind::Constant(0), vocabulary: VocabularyId(0), span: Span::default() },
        ),
        span: Span::default(),
    };
    let presence = |present, place| Condition {
        kind: ConditionKind::Present(present, Subject::Place(place)),
        span: Span::default(),
    };
    let both = Condition {
        kind: ConditionKind::And(vec![
            presence(false, place(Frame::Variable(0), 1, 0)),
            presence(true, place(Frame::Proposal, 0, 0)),
        ]),
        span: Span::default(),
    };
    let book = pack(
        vec![vocabulary("city", &["anyang", "kaifeng"])],
        vec![
            field("city", term(0)),
            field(
                "site",
                pack::What::Record(vec![
                    field("county", text())
                        .with(move |column| column.required = Required::When(Box::new(is_anyang.clone()))),
                ]),
            ),
            field(
                "partners",
                list(pack::What::Record(vec![
                    field("city", term(0)),
                    field("place", text()).with(move |column| column.required = Required::When(Box::new(both.clone()))),
                ])),
            ),
        ],
    );
    let cases: &[(&str, &[&str])] = &[
        ("{\"site\": {}, \"city\": \"anyang\"}", &["missing-field /site/county «{»"]),
        ("{\"site\": {\"county\": 5}, \"city\": \"anyang\"}", &["wrong-type /site/county «5»"]),
        ("{\"site\": {}, \"city\": \"kaifeng\"}", &[]),
        ("{\"site\": {}, \"city\": \"x\"}", &["unknown-term /city «\"x\"»"]),
        ("{\"site\": {}}", &[]),
        ("{\"city\": \"anyang\"}", &[]),
        (
            "{\"city\": \"kaifeng\", \"partners\": [{}, {\"city\": \"anyang\"}, 5, {\"place\": \"x\"}, {}]}",
            &[
                "wrong-type /partners/2 «5»",
                "missing-field /partners/0/place «{»",
                "missing-field /partners/4/place «{»",
            ],
        ),
        ("5", &["wrong-type  «5»"]),
    ];
    for (json, expected) in cases {
        assert_eq!(said(&book, json), *expected, "{json}");
    }
}

#[test]
fn values_that_are_too_deep() {
    let book = book();
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    let codes = |json: &str| -> Vec<String> {
        read(&book, json).1.iter().map(|finding| format!("{} {}", finding.code.code(), finding.pointer)).collect()
    };
    assert_eq!(codes(&format!("{{\"title\": {}}}", deep(127))), ["proposal/wrong-type /title"]);
    assert_eq!(codes(&format!("{{\"title\": {}}}", deep(128))), ["proposal/too-deep /title"]);
    assert_eq!(codes(&format!("{{\"x-a\": {}}}", deep(100_000))), ["proposal/too-deep /x-a"]);
    assert_eq!(codes(&deep(100_000)), ["proposal/too-deep "]);
    assert_eq!(codes(&format!("{{\"grid\": [[{}]]}}", deep(126))), ["proposal/too-deep /grid/0/0"]);
    let (record, _) = read(&book, &format!("{{\"title\": {}}}", deep(128)));
    assert_eq!(record.slot(TableId(0), 0, ColumnId(0)).unwrap().value, crate::engine::record::SlotValue::Unreadable);
}

#[test]
fn hostile_proposals_take_no_longer_than_their_length() {
    let book = book();
    let keys: Vec<_> = (0..100_000).map(|number| format!("\"key{number}\":{number}")).collect();
    let (_, findings) = read_quietly(&book, &format!("{{{}}}", keys.join(",")));
    assert_eq!(findings.len(), 100_000);
    for finding in findings.iter().step_by(10) {
        assert!(!finding.message(&book, "en").0.is_empty());
    }
    let same = vec!["\"key\":1"; 100_000];
    assert_eq!(read_quietly(&book, &format!("{{{}}}", same.join(","))).1.len(), 2);
    let terms: Vec<_> = (0..100_000).map(|number| format!("\"term{number}\"")).collect();
    let (record, findings) = read_quietly(&book, &format!("{{\"belts\":[{}]}}", terms.join(",")));
    assert_eq!((findings.len(), record.sets[0].unknown), (100_000, 100_000));
    let rows = vec!["{}"; 100_000];
    assert_eq!(read_quietly(&book, &format!("{{\"partners\":[{}]}}", rows.join(","))).1.len(), 100_001);
}

fn read_quietly(book: &Rulebook, json: &str) -> (Record, Vec<ShapeFinding>) {
    let (mut record, mut findings) = (Record::default(), Vec::new());
    Reader::new(book).read(json, &mut record, &mut findings).unwrap();
    (record, findings)
}

#[test]
fn a_text_that_is_no_json_leaves_no_findings() {
    let (mut record, mut findings) = (Record::default(), Vec::new());
    let book = book();
    let error = Reader::new(&book).read("{\"city\": \"x\", \"title\": 01}", &mut record, &mut findings).unwrap_err();
    assert_eq!(error.offset, 23);
    assert!(findings.is_empty());
}

#[test]
fn messages() {
    let book = book();
    let said = |json: &str, language: &str| {
        let (_, findings) = read(&book, json);
        let (message, help) = findings[0].message(&book, language);
        format!("{message} | {}", help.unwrap_or_default())
    };
    let cases = [
        (
            "{\"functions\": [\"logistic\", \"culture\"]}",
            "`functions` lists `logistic`, which is no term of `function`; did you mean `logistics` (Logistics)? | write `\"logistics\"`",
            "`functions` 列出的 `logistic` 不是 `function` 的术语；是否指 `logistics`（物流）？ | 请写 `\"logistics\"`",
        ),
        (
            "{\"titel\": 1}",
            "a proposal has no field `titel`; did you mean `title`? | write `title`, or begin the key with `x-` if it is a note of your own",
            "项目没有字段 `titel`；是否指 `title`？ | 请写 `title`；如为自用备注，键请以 `x-` 开头",
        ),
        (
            "{\"id\": 5}",
            "`id` (Project code) must be a text in quotes, and here stands the number `5` | ",
            "`id`（项目代码）应为带引号的文本，此处却是数值 `5` | ",
        ),
        (
            "{\"total\": {\"amount\": 11, \"unit\": \"亿元\"}}",
            "`total` is 11 亿元, and must be at most 10 亿元 | ",
            "`total` 为 11 亿元，应不超过 10 亿元 | ",
        ),
        (
            "{\"functions\": [\"culture\"]}",
            "`functions` has 1 item, and must have at least 2 items | ",
            "`functions` 有 1 项，应不少于 2 项 | ",
        ),
        (
            "{\"city\": \"\\u202e\\u0007x\"}",
            "`city` is `\\u{202e}\\u{7}x`, which is no term of `city` | write one of `zhengzhou` (Zhengzhou), `kaifeng` (Kaifeng), `anyang` (Anyang)",
            "`city` 填写的 `\\u{202e}\\u{7}x` 不是 `city` 的术语 | 请填写其中之一：`zhengzhou`（郑州）、`kaifeng`（开封）、`anyang`（安阳）",
        ),
    ];
    for (json, english, chinese) in cases {
        assert_eq!(said(json, "en"), english);
        assert_eq!(said(json, "zh"), chinese);
    }
}
