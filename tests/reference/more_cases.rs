//! More hand-made cases: dates, verdicts, Chinese, overriding, shapes and portfolios.

use plancheck::rulebook::Verdict;
use plancheck::rulebook::Verdict::{NotApplicable, NotInForce, Satisfied, SetAside, Undetermined, Violated};

use super::cases::Case;

/// More of them: dates, verdicts, Chinese.
pub const MORE: &[Case] = &[
    ("4 a month is some day of it", r#"must start < 2026-04-01"#, r#"{"start": "2026-03"}"#, Satisfied),
    ("4 a month, open", r#"must start < 2026-03-15"#, r#"{"start": "2026-03"}"#, Undetermined),
    ("4 a month, false", r#"must start < 2026-03-01"#, r#"{"start": "2026-03"}"#, Violated),
    ("4 two months", r#"must start is not end"#, r#"{"start": "2026-03", "end": "2026-04"}"#, Satisfied),
    ("4 one month twice", r#"must start is end"#, r#"{"start": "2026-03", "end": "2026-03"}"#, Undetermined),
    ("7 <= within one month", r#"must start <= end"#, r#"{"start": "2026-03", "end": "2026-03-31"}"#, Satisfied),
    ("7 from the first day of a rule's month", r#"must start >= 2026-03"#, r#"{"start": "2026-03-01"}"#, Satisfied),
    ("7 after the last day of a rule's month", r#"must start > 2026-03"#, r#"{"start": "2026-03-31"}"#, Violated),
    ("7 to the last day of a rule's month", r#"must start <= 2026-03"#, r#"{"start": "2026-03-31"}"#, Satisfied),
    ("7 before the first day of a rule's month", r#"must start < 2026-03"#, r#"{"start": "2026-02-28"}"#, Satisfied),
    ("7 is within a rule's month", r#"must start is 2026-03"#, r#"{"start": "2026-03-31"}"#, Satisfied),
    ("7 a month against a rule's month", r#"must start is 2026-03"#, r#"{"start": "2026-03"}"#, Satisfied),
    ("7 a month against another", r#"must start is 2026-03"#, r#"{"start": "2026-04"}"#, Violated),
    ("7 between months", r#"must start between 2026-03 and 2026-06"#, r#"{"start": "2026-06-30"}"#, Satisfied),
    (
        "7 a month between days",
        r#"must start between 2026-03-02 and 2026-06-30"#,
        r#"{"start": "2026-03"}"#,
        Undetermined,
    ),
    (
        "7 min of months, end by end",
        r#"must min(start, end) <= 2026-03-31"#,
        r#"{"start": "2026-03", "end": "2026-04"}"#,
        Satisfied,
    ),
    (
        "29 months from 31 January",
        r#"must months between start and end = 0"#,
        r#"{"start": "2026-01-31", "end": "2026-02-28"}"#,
        Satisfied,
    ),
    (
        "29 months to 1 March",
        r#"must months between start and end = 1"#,
        r#"{"start": "2026-01-31", "end": "2026-03-01"}"#,
        Satisfied,
    ),
    (
        "29 negative",
        r#"must months between start and end = -1"#,
        r#"{"start": "2026-03-01", "end": "2026-01-31"}"#,
        Satisfied,
    ),
    (
        "29 days",
        r#"must days between start and end = 366"#,
        r#"{"start": "2024-01-01", "end": "2025-01-01"}"#,
        Satisfied,
    ),
    (
        "29 years",
        r#"must years between start and end = 3"#,
        r#"{"start": "2024-02-29", "end": "2028-02-28"}"#,
        Satisfied,
    ),
    (
        "29 of months, an interval",
        r#"must days between start and end <= 30"#,
        r#"{"start": "2026-03-01", "end": "2026-03"}"#,
        Satisfied,
    ),
    (
        "29 of months, open",
        r#"must days between start and end >= 30"#,
        r#"{"start": "2026-03-01", "end": "2026-03"}"#,
        Undetermined,
    ),
    ("3 year of", r#"must year of start = 2026"#, r#"{"start": "2026-03"}"#, Satisfied),
    ("25 no such day", r#"must start is present and start > 2026-01-01"#, r#"{"start": "2026-02-30"}"#, Undetermined),
    // The table of verdicts.
    ("5 not applicable", "when flag must 1 = 2", r#"{"flag": false}"#, NotApplicable),
    ("5 violated", "when flag must 1 = 2", r#"{"flag": true}"#, Violated),
    ("24 W unknown and R true", "when flag must 1 = 1", "{}", Satisfied),
    ("24 W unknown and R false", "when flag must 1 = 2", "{}", Undetermined),
    ("24 W unknown and an unless true", "when flag must 1 = 2 unless 1 = 1", "{}", SetAside),
    ("24 X unknown, R false", "must 1 = 2 unless flag", "{}", Undetermined),
    ("24 X unknown, R true", "must 1 = 1 unless flag", "{}", Satisfied),
    ("5 set aside before satisfied", "must 1 = 1 unless 1 = 1", "{}", SetAside),
    ("24 one of two unless", "must 1 = 2 unless flag unless amount = 1", r#"{"amount": 1}"#, SetAside),
    ("5 not applicable before set aside", "when 1 = 2 must 1 = 2 unless 1 = 1", "{}", NotApplicable),
    ("23 must not", "must not amount = 1 or amount = 2", r#"{"amount": 2}"#, Violated),
    ("23 must not of the unknown", "must not flag", "{}", Undetermined),
    ("5 should", "should amount = 1", r#"{"amount": 2}"#, Violated),
    ("5 should not", "should not amount = 1", r#"{"amount": 2}"#, Satisfied),
    ("5 not in force yet", "must 1 = 2 effective from 2026-03-16", "{}", NotInForce),
    ("24 until includes its day", "must 1 = 2 effective until 2026-03-15", "{}", Violated),
    ("7 until a month", "must 1 = 2 effective until 2026-03", "{}", Violated),
    ("7 from a month", "must 1 = 2 effective from 2026-04", "{}", NotInForce),
    ("5 may, granted", "when flag may 1 = 1", r#"{"flag": true}"#, Satisfied),
    ("5 may, not granted", "when flag may 1 = 2", "{}", NotApplicable),
    ("5 may, open", "when flag may 1 = 1", "{}", Undetermined),
    ("5 may, set aside", "may 1 = 1 unless 1 = 1", "{}", SetAside),
    // Chinese.
    (
        "7 words in Chinese",
        "当 city 属于 endpoints 必须 functions 包含任一 {culture, opening}",
        r#"{"city": "anyang", "functions": ["opening"]}"#,
        Satisfied,
    ),
    ("12 the order turns", "必须 city 的 functions 包含 culture", r#"{"city": "kaifeng"}"#, Satisfied),
    ("12 left to right", "必须 county 的 city 的 functions 包含 culture", r#"{"county": "lankao"}"#, Satisfied),
    ("12 percent", "必须 total 的 5% = 1 元", r#"{"total": "20 元"}"#, Satisfied),
    ("12 length", "必须 title 的 字数 = 2", r#"{"title": "郑州"}"#, Satisfied),
    ("12 characters", "必须 title 的 字 2 至 2 完全是 \"州\"", r#"{"title": "郑州"}"#, Satisfied),
    ("7 if in Chinese", "必须 若 flag 则 amount > 1", r#"{"flag": true, "amount": 1}"#, Violated),
    ("7 quantifier in Chinese", "必须 每个 f 于 funding 满足 f.part > 1", r#"{"funding": [{"part": 2}]}"#, Satisfied),
    (
        "7 aggregate in Chinese",
        "必须 合计(f.part 对于 f 于 funding 其中 f.part > 1) = 2",
        r#"{"funding": [{"part": 2}, {"part": 1}]}"#,
        Satisfied,
    ),
    (
        "7 span in Chinese",
        "必须 天数 介于 start 与 end = 1",
        r#"{"start": "2026-01-01", "end": "2026-01-02"}"#,
        Satisfied,
    ),
    ("7 not in Chinese", "不得 非 (title 已填写 且 end 未填写)", r#"{"title": "x"}"#, Satisfied),
    ("33 full-width marks", "必须 amount ≥ 1 且 （amount × 2） ＝ ２", r#"{"amount": 1}"#, Satisfied),
];

/// A directive that others override: what overrides it stands before it, with `{name}` for the overridden one.
pub const OVERRIDES: &[Case] = &[
    ("6 overridden by one that applies", "directive over-{name} { must 1 = 1 overrides {name} }", "{}", SetAside),
    ("6 its when is false", "directive over-{name} { when 1 = 2 must 1 = 1 overrides {name} }", "{}", Violated),
    ("6 its when is unknown", "directive over-{name} { when flag must 1 = 1 overrides {name} }", "{}", Undetermined),
    ("6 it need not be kept itself", "directive over-{name} { must 1 = 2 overrides {name} }", "{}", SetAside),
    ("6 its own unless holds", "directive over-{name} { must 1 = 1 unless 1 = 1 overrides {name} }", "{}", Violated),
    (
        "6 it is not in force",
        "directive over-{name} { must 1 = 1 overrides {name} effective until 2026-03-14 }",
        "{}",
        Violated,
    ),
    ("6 a may that grants", "directive over-{name} { may flag overrides {name} }", r#"{"flag": true}"#, SetAside),
    ("6 a may that does not", "directive over-{name} { may flag overrides {name} }", r#"{"flag": false}"#, Violated),
    ("6 a may that is open", "directive over-{name} { may flag overrides {name} }", "{}", Undetermined),
    (
        "6 set aside itself",
        "directive over-{name} { must 1 = 1 overrides {name} } directive top-{name} { must 1 = 1 overrides over-{name} }",
        "{}",
        Violated,
    ),
];

/// What a case of the shape shows, the proposal, and the codes with their pointers.
pub type ShapeCase = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Findings on the shape.
pub const SHAPES: &[ShapeCase] = &[
    ("25 no object", "5", &[("wrong-type", "")]),
    ("25 wrong type", r#"{"title": 5}"#, &[("wrong-type", "/title")]),
    ("25 one term for a set", r#"{"functions": "culture"}"#, &[("wrong-type", "/functions")]),
    ("25 2.5 for an integer", r#"{"whole": 2.5}"#, &[("wrong-type", "/whole")]),
    ("26 [null]", r#"{"more": [null]}"#, &[("wrong-type", "/more/0")]),
    ("25 null in a list", r#"{"numbers": [1, null]}"#, &[("wrong-type", "/numbers/1")]),
    ("25 bad date", r#"{"end": "2026-02-30"}"#, &[("bad-date", "/end")]),
    (
        "25 unknown term",
        r#"{"city": "Paris", "more": ["culture", "x"]}"#,
        &[("unknown-term", "/city"), ("unknown-term", "/more/1")],
    ),
    (
        "25 quantity without a unit",
        r#"{"total": 5, "budget": "5"}"#,
        &[("bad-unit", "/total"), ("bad-unit", "/budget")],
    ),
    ("25 unit of another dimension", r#"{"total": {"amount": 5, "unit": "mu"}}"#, &[("bad-unit", "/total/unit")]),
    ("25 begins with no number", r#"{"total": "five 元"}"#, &[("wrong-type", "/total")]),
    ("25 amount without unit", r#"{"total": {"amount": 5}}"#, &[("missing-field", "/total/unit")]),
    ("25 amount is a text", r#"{"total": {"amount": "5", "unit": "元"}}"#, &[("wrong-type", "/total/amount")]),
    (
        "25 other keys of a quantity",
        r#"{"total": {"amount": 5, "unit": "元", "note": 1}}"#,
        &[("unknown-field", "/total/note")],
    ),
    ("25 bounds at the field", r#"{"total": {"amount": -5, "unit": "元"}}"#, &[("out-of-range", "/total")]),
    ("25 beyond 28 digits", r#"{"divisor": 12345678901234567890123456789}"#, &[("out-of-range", "/divisor")]),
    ("25 10^28", r#"{"divisor": 1e28}"#, &[("out-of-range", "/divisor")]),
    ("25 a month partly in range", r#"{"start": "2020-06"}"#, &[]),
    ("25 a month before the bound", r#"{"start": "2020-05"}"#, &[("out-of-range", "/start")]),
    (
        "25 too many items",
        r#"{"functions": ["culture", "opening", "innovation", "logistics"]}"#,
        &[("out-of-range", "/functions")],
    ),
    (
        "25 items only if decided",
        r#"{"functions": ["culture", "opening", "innovation", "?"]}"#,
        &[("unknown-term", "/functions/3")],
    ),
    ("25 too few items", r#"{"functions": []}"#, &[("out-of-range", "/functions")]),
    ("25 too many characters", r#"{"summary": "六个字的概要"}"#, &[("out-of-range", "/summary")]),
    ("25 pattern", r#"{"code": "12"}"#, &[("pattern", "/code")]),
    ("2 unknown field", r#"{"titel": 1, "x-note": 1, "$schema": "s"}"#, &[("unknown-field", "/titel")]),
    ("26 twice", r#"{"title": "a", "title": "b"}"#, &[("duplicate-key", "/title")]),
    ("26 under its key too", r#"{"city": "anyang", "所在城市": "anyang"}"#, &[("duplicate-key", "/所在城市")]),
    ("26 a term twice", r#"{"more": ["culture", "Culture"]}"#, &[("duplicate-term", "/more/1")]),
    ("17 required in an absent record", "{}", &[]),
    ("17 required in a record", r#"{"land": {}}"#, &[("missing-field", "/land/owner")]),
    ("17 required in a list", r#"{"funding": [{}]}"#, &[("missing-field", "/funding/0/source")]),
    (
        "17 required when true",
        r#"{"flag": true, "funding": [{"source": "a", "part": 4}]}"#,
        &[("missing-field", "/funding/0/until")],
    ),
    ("17 required when unknown", r#"{"funding": [{"source": "a", "part": 4}]}"#, &[]),
];

/// What a portfolio case shows, its clauses, its proposals, and the verdict of each value.
pub type PortfolioCase =
    (&'static str, &'static str, &'static [&'static str], &'static [(Option<&'static str>, Verdict)]);

/// Directives over several proposals.
pub const PORTFOLIOS: &[PortfolioCase] = &[
    ("22 no for each", "must count(proposals) = 2", &["{}", r#"{"title": 5}"#, "7"], &[(None, Satisfied)]),
    (
        "2 for each term",
        "for each c in endpoints must count(p in proposals where p.city is c) >= 1",
        &[r#"{"city": "anyang"}"#, r#"{"city": "kaifeng"}"#],
        &[(Some("anyang"), Satisfied), (Some("luoyang"), Violated)],
    ),
    (
        "4 for each term, open",
        "for each c in endpoints must count(p in proposals where p.city is c) >= 1",
        &[r#"{"city": "anyang"}"#, "{}"],
        &[(Some("anyang"), Satisfied), (Some("luoyang"), Undetermined)],
    ),
    (
        "21 groups",
        "for each group g of proposals by title must count(g) <= 1",
        &[r#"{"title": "A  b"}"#, r#"{"title": "a B"}"#, r#"{"title": "c"}"#, "{}", r#"{"title": 5}"#],
        &[(Some("A b"), Violated), (Some("c"), Satisfied)],
    ),
    (
        "21 parts of a key",
        "for each group g of proposals by city, amount must count(g) <= 1",
        &[
            r#"{"city": "郑州"}"#,
            r#"{"city": "zhengzhou", "amount": 2.5}"#,
            r#"{"amount": 2.50}"#,
            r#"{"amount": "x"}"#,
            "{}",
        ],
        &[(Some("zhengzhou / –"), Satisfied), (Some("zhengzhou / 2.5"), Satisfied), (Some("– / 2.5"), Satisfied)],
    ),
    (
        "21 a lookup without a term is absent",
        "for each group g of proposals by region of city, flag must g.key is not \"centre / –\"",
        &[r#"{"city": "anyang", "flag": true}"#, r#"{"city": "kaifeng"}"#],
        &[(Some("– / true"), Satisfied), (Some("centre / –"), Violated)],
    ),
    (
        "22 when and unless",
        "for each c in inner when c is kaifeng must 1 = 2 unless count(proposals) = 1",
        &["{}"],
        &[(Some("zhengzhou"), NotApplicable), (Some("kaifeng"), SetAside)],
    ),
    (
        "2 shares of a sum",
        "for each r in region must sum(p.total for p in proposals where region of p.city is r) >= 50% of sum(p.total for p in proposals)",
        &[r#"{"city": "kaifeng", "total": "3 元"}"#, r#"{"city": "anyang", "total": "2 元"}"#],
        &[(Some("centre"), Satisfied), (Some("east"), Violated)],
    ),
    (
        "20 p.DEFINITION",
        "must some p in proposals satisfies p.in-centre",
        &[r#"{"city": "kaifeng"}"#, "{}"],
        &[(None, Satisfied)],
    ),
    (
        "8 no limit on the way",
        "must sum(p.divisor for p in proposals) = 1",
        &[
            r#"{"divisor": 9999999999999999999999999999}"#,
            r#"{"divisor": 2}"#,
            r#"{"divisor": -9999999999999999999999999998}"#,
            r#"{"divisor": -2}"#,
        ],
        &[(None, Satisfied)],
    ),
];
