//! The grammar by example: what is read, how it binds, and what is said of faults.

use super::{Dialect, Parsed, parse, parse_expression};
use crate::syntax::lexer::lex;
use crate::syntax::tree::{
    AggregateKind, Comparison, Expression, ExpressionKind as Kind, Inclusion, Item, MapEntry, Quantifier, TextTest,
};
use crate::text::{FileId, Lines};

fn parsed(text: &str) -> Parsed {
    let dialect = Dialect::gather([&lex(FileId(0), text)]);
    parse(FileId(0), text, &dialect)
}

/// Each fault as `line:column code message`.
fn faults(text: &str) -> Vec<String> {
    let lines = Lines::new(text);
    let place = |start: u32| lines.position(text, start as usize);
    let shown = |diagnostic: &crate::diagnostic::Diagnostic| {
        let place = place(diagnostic.span().unwrap().start);
        format!("{}:{} {} {}", place.line, place.column, diagnostic.code, diagnostic.message)
    };
    parsed(text).diagnostics.iter().map(shown).collect()
}

/// An expression with every operand in parentheses.
fn shape(expression: &Expression) -> String {
    let list = |all: &[Expression]| all.iter().map(shape).collect::<Vec<_>>().join(" ");
    match &expression.kind {
        Kind::Implies(a, b) => format!("(if {} {})", shape(a), shape(b)),
        Kind::Or(a, b) => format!("(or {} {})", shape(a), shape(b)),
        Kind::And(a, b) => format!("(and {} {})", shape(a), shape(b)),
        Kind::Not(a) => format!("(not {})", shape(a)),
        Kind::Quantified(q) => {
            let word = match q.quantifier {
                Quantifier::Some => "some",
                Quantifier::Every => "every",
                Quantifier::No => "no",
            };
            let filter = q.filter.as_ref().map(|f| format!(" where {}", shape(f))).unwrap_or_default();
            format!("({word} {} {}{filter} {})", q.variable.text, shape(&q.list), shape(&q.body))
        },
        Kind::Compare(operator, a, b) => {
            let sign = match operator {
                Comparison::Is => "is",
                Comparison::IsNot => "is-not",
                Comparison::IsExactly => "is-exactly",
                Comparison::IsNotExactly => "is-not-exactly",
                Comparison::Less => "<",
                Comparison::LessOrEqual => "<=",
                Comparison::Greater => ">",
                Comparison::GreaterOrEqual => ">=",
            };
            format!("({sign} {} {})", shape(a), shape(b))
        },
        Kind::Between(x, a, b) => format!("(between {} {} {})", shape(x), shape(a), shape(b)),
        Kind::In { negated, term, set } => {
            format!("({} {} {})", if *negated { "not-in" } else { "in" }, shape(term), shape(set))
        },
        Kind::Include(inclusion, a, b) => {
            let word = match inclusion {
                Inclusion::Term => "include",
                Inclusion::Any => "any",
                Inclusion::All => "all",
                Inclusion::None => "none",
            };
            format!("({word} {} {})", shape(a), shape(b))
        },
        Kind::Present(is, a) => format!("({} {})", if *is { "present" } else { "missing" }, shape(a)),
        Kind::Empty(is, a) => format!("({} {})", if *is { "empty" } else { "not-empty" }, shape(a)),
        Kind::Matches(a, text) => format!("(matches {} {:?})", shape(a), text.value),
        Kind::TextTest(test, a, b) => {
            let word = match test {
                TextTest::StartsWith => "starts",
                TextTest::EndsWith => "ends",
                TextTest::Contains => "contains",
            };
            format!("({word} {} {})", shape(a), shape(b))
        },
        Kind::Arithmetic(operator, a, b, _) => format!("({operator:?} {} {})", shape(a), shape(b)),
        Kind::Negate(a) => format!("(- {})", shape(a)),
        Kind::PercentOf(p, a, _) => format!("({p} of {})", shape(a)),
        Kind::Lookup(name, a) => format!("({} of {})", name.text, shape(a)),
        Kind::Aggregate(a) => {
            let word = match a.kind {
                AggregateKind::Count => "count",
                AggregateKind::Sum => "sum",
                AggregateKind::Min => "min",
                AggregateKind::Max => "max",
                AggregateKind::Average => "average",
            };
            let value = a.value.as_ref().map(|v| format!(" {}", shape(v))).unwrap_or_default();
            let variable = a.variable.as_ref().map(|v| format!(" {}", v.text)).unwrap_or_default();
            let filter = a.filter.as_ref().map(|f| format!(" where {}", shape(f))).unwrap_or_default();
            format!("({word}{value}{variable} {}{filter})", shape(&a.list))
        },
        Kind::Extreme(kind, all) => format!("({kind:?} {})", list(all)),
        Kind::DateSpan(unit, a, b) => format!("({unit:?} {} {})", shape(a), shape(b)),
        Kind::YearOf(a) => format!("(year {})", shape(a)),
        Kind::LengthOf(a) => format!("(length {})", shape(a)),
        Kind::CharactersOf(from, to, a) => format!("(characters {from} {to} {})", shape(a)),
        Kind::CodeOf(a) => format!("(code {})", shape(a)),
        Kind::LabelOf(a) => format!("(label {})", shape(a)),
        Kind::Set(all) => format!("{{{}}}", list(all)),
        Kind::Field(a, name) => format!("{}.{}", shape(a), name.text),
        Kind::Name(name) => name.text.clone(),
        Kind::Qualified(vocabulary, term) => format!("{}:{}", vocabulary.text, term.text),
        Kind::Number { value, .. } => value.to_string(),
        Kind::Quantity(value, unit) => format!("{value}_{}", unit.text),
        Kind::Date(date) => date.days.to_string(),
        Kind::Text(text) => format!("{:?}", text.value),
        Kind::Truth(value) => value.to_string(),
        Kind::Error => "error".to_owned(),
    }
}

fn read(text: &str) -> String {
    let dialect = Dialect { languages: vec!["en".into()], units: ["元", "亿元", "mu"].map(String::from).into() };
    let (expression, diagnostics) = parse_expression(FileId(0), text, 0, text.len(), &dialect);
    match expression {
        Some(expression) => shape(&expression),
        None => format!("! {}", diagnostics.first().map(|first| first.message.as_str()).unwrap_or_default()),
    }
}

#[test]
fn operators_bind_as_details_1_says() {
    for (text, expected) in [
        ("a or b and c", "(or a (and b c))"),
        ("not a and b", "(and (not a) b)"),
        ("not a is b", "(not (is a b))"),
        ("if a then b or c", "(if a (or b c))"),
        ("a or if b then c or d", "(or a (if b (or c d)))"),
        ("a and some x in l satisfies x is b or c", "(and a (some x l (or (is x b) c)))"),
        ("a + b * c - d", "(Subtract (Add a (Multiply b c)) d)"),
        ("-a * b", "(Multiply (- a) b)"),
        ("-r of a", "(- (r of a))"),
        ("code of city of county", "(code (city of county))"),
        ("characters 6 to 11 of id is code of county", "(is (characters 6 to 11 id) (code county))"),
        ("5% of a + b", "(Add (0.05 of a) b)"),
        ("region of p.city is r", "(is (region of p.city) r)"),
        ("x between 1 and 2 and y", "(and (between x 1 2) y)"),
        ("x not in {a, b}", "(not-in x {a b})"),
        ("s includes any of r of x", "(any s (r of x))"),
        ("a is not exactly \"b\"", "(is-not-exactly a \"b\")"),
        ("a is not empty", "(not-empty a)"),
        ("a.title is present", "(present a.title)"),
        ("count(l) >= 2", "(>= (count l) 2)"),
        ("count(x in l where x is a) = 1", "(is (count x l where (is x a)) 1)"),
        (
            "sum(f.amount for f in investment.funding) = investment.total",
            "(is (sum f.amount f investment.funding) investment.total)",
        ),
        ("min(a, b + 1)", "(Min a (Add b 1))"),
        ("years between a and b > 3", "(> (Years a b) 3)"),
        ("x <= 5 亿元", "(<= x 5_亿元)"),
        ("x <= 320mu", "(<= x 320_mu)"),
        ("d >= 2026-03", "(>= d 2026-03)"),
        ("city:zhengzhou", "city:zhengzhou"),
        ("`sum` is count", "(is sum count)"),
        (
            "every p in partners where p.city is present satisfies p.city in g",
            "(every p partners where (present p.city) (in p.city g))",
        ),
    ] {
        let expected = expected.replace("characters 6 to 11", "characters 6 11");
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn chinese_words_read_the_same() {
    for (text, expected) in [
        ("城市 属于 端点城市 且 非 甲", "(and (in 城市 端点城市) (not 甲))"),
        ("若 甲 则 乙 或 丙", "(if 甲 (or 乙 丙))"),
        ("角色 包含任一 城市 的 角色", "(any 角色 (角色 of 城市))"),
        ("区县 的 城市 的 职能 不含任一 {甲、乙}", "(none (职能 of (城市 of 区县)) {甲 乙})"),
        ("存在 x 于 列表 满足 x.城市 是 甲", "(some x 列表 (is x.城市 甲))"),
        ("每个 x 于 列表 其中 x 已填写 满足 x 不是 甲", "(every x 列表 where (present x) (is-not x 甲))"),
        ("计数(x 于 项目 其中 x.城市 是 甲) ≥ 1", "(>= (count x proposals where (is x.城市 甲)) 1)"),
        ("合计(f.金额 对于 f 于 资金) ＝ 总额", "(is (sum f.金额 f 资金) 总额)"),
        ("总额 介于 1亿元 与 5 亿元", "(between 总额 1_亿元 5_亿元)"),
        ("标题 的 字数 < 10", "(< (length 标题) 10)"),
        ("编号 的 字 6 至 11 是 区县 的 代码", "(is (characters 6 11 编号) (code 区县))"),
        ("总额 的 5%", "(0.05 of 总额)"),
        ("甲 不 完全是 \"乙\"", "(is-not-exactly 甲 \"乙\")"),
        ("年数 介于 起 与 止", "(Years 起 止)"),
        ("（甲 为空）", "(empty 甲)"),
        ("真 或 假", "(or true false)"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn expressions_that_are_none_say_why() {
    for (text, expected) in [
        ("a < b < c", "! comparisons do not chain"),
        ("a is b is c", "! comparisons do not chain"),
        ("a and", "! expected an expression, found the end of the file"),
        ("5-3", "! a subtraction needs spaces around its sign"),
        ("2026-13", "! `2026-13` is no date"),
        ("some x in l", "! expected `.`"),
        ("25 of x", "! `of` needs a percentage on its left"),
        ("characters 3 to 2 of x", "! characters 3 to 2 are no stretch of a text"),
    ] {
        assert!(read(text).starts_with(expected.split(" `.`").next().unwrap()), "{text}: {}", read(text));
    }
}

const PACK: &str = r#"
plan demo {
  title "Demo" zh "示例"
  language en, zh
  source "s.en.md"
  source zh "s.zh.md"
  effective from 2025-09-01
}
dimension money "Money" { 元 = 1 aka "yuan", "CNY"  万元 = 10_000 "ten thousand yuan" zh "万元"  亿元 = 100_000_000 }
vocabulary city "City" zh "城市" {
  zhengzhou "Zhengzhou" zh "郑州" code "410100" aka "郑州市", "Zhengzhou City"
  kaifeng "Kaifeng" zh "开封", code "410200"
}
vocabulary county within city { xinzheng "Xinzheng" code "410184" within zhengzhou }
group tips of city "tips" { zhengzhou, kaifeng cites §3.9 "words" }
group all-cities of city = tips + {kaifeng} - (city & tips) basis derived
relation functions from city to city "f" single partial
zhengzhou has functions zhengzhou, kaifeng
  cites §2.2, §2.3 "w" zh "词"
proposal {
  id text "Code" required matching "^[0-9]+$" key "代码"
  title text at most 200 characters
  approval one of approval, verification, filing
  source text
  functions set of city required at least 1 items
  belts set of city otherwise empty
  partners list of { city city  place text }
  investment { total money required at least 0 元  funding list of { amount money required } } required
  area money in 元
  when date required when title is present
}
define total = sum(f.amount for f in investment.funding)
directive fits "Fits" zh "相符" {
  basis stated
  cites §3.9
  tags tips, plan
  when city in tips
  must functions include any of functions of city
  unless title is present because "…"
  message "{city} …" zh "…"
  help "h"
  at functions
  effective from 2025-09 until 2026-01-01
  overrides other, more
  formerly old-fits
}
portfolio directive unique { for each group g of proposals by id, city must count(g) <= 1 }
总体 指令 每市 { 对每个 c 于 tips 必须 计数(p 于 项目 其中 p.city 是 c) ≥ 1 }
uncheckable { cites §6.3 reason "r" }
test "t" {
  given { "id": "a } {", "x": [1] }
  given "file.json"
  expect fits not applicable
  expect unique violated for "a", "b"
  as of 2026-01-01
}
"#;

#[test]
fn every_item_is_read() {
    let parsed = parsed(PACK);
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(parsed.tree.items.len(), 15);
    let Some(Item::Test(test)) = parsed.tree.items.last() else { panic!("no test item") };
    assert_eq!((test.given.len(), test.expect.len(), test.as_of.is_some()), (2, 2, true));
}

#[test]
fn ten_faults_give_ten_diagnostics_and_none_is_a_consequence() {
    let text = r#"
plan p { title "P" }
vocabulary v { a "A" code 5
  b "B" }
direktive x { must a is b }
directive one {
  mesage "m"
  must a < b < c
}
directive two {
  when (a is b
  must a is b
}
directive three {
  must a is
  help "h
  should a is 2026-13-01
}
define d = 5-3
group g of v { a；b }
test "t" { expect one violatd }
"#;
    insta::assert_snapshot!(faults(text).join("\n"));
}

#[test]
fn every_beginning_of_a_pack_is_read_without_a_panic() {
    std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(|| {
            for (at, _) in PACK.char_indices() {
                let _ = parsed(PACK.get(..at).unwrap());
            }
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn deep_nesting_is_a_diagnostic() {
    for (open, close) in
        [("(", ")"), ("not ", ""), ("-", ""), ("{", "}"), ("if a then ", ""), ("r of ", ""), ("count(", ")")]
    {
        let text = format!("define d = {}a{}", open.repeat(10_000), close.repeat(10_000));
        let faults = faults(&text);
        assert_eq!(faults.len(), 1, "{open}: {faults:?}");
        assert!(faults[0].contains("rules/too-deep"), "{open}: {faults:?}");
    }
    let long = format!("define d = a{}", " and a".repeat(10_000));
    assert!(faults(&long)[0].contains("rules/too-large"));
}

#[test]
fn a_map_is_read_in_english_and_in_chinese() {
    let english = r#"map of city "Pattern" { station a at 0, 1, station b at 2, 1
      line l "Line" through a, b  circle g  area h "Area"  mark m }"#;
    let chinese = r#"示意图 取自 city "Pattern" { 站点 a 位置 0，1、站点 b 位置 2，1
      线路 l "Line" 经过 a、b  圈 g  片区 h "Area"  标记 m }"#;
    let entries = |text: &str| {
        let tree = parsed(text).tree;
        let Some(Item::Map(map)) = tree.items.first() else { panic!("no map") };
        let entries = map.entries.iter().map(|entry| match entry {
            MapEntry::Station(station) => format!("{} {} {}", station.term.text, station.x, station.y),
            MapEntry::Line(line) => format!("{} {}", line.group.text, line.through.len()),
            MapEntry::Set(set) => format!("{:?} {} {}", set.kind, set.group.text, set.label.entries.len()),
        });
        entries.collect::<Vec<_>>()
    };
    assert_eq!(entries(english), ["a 0 1", "b 2 1", "l 2", "Circle g 0", "Area h 1", "Mark m 0"]);
    assert_eq!(entries(english), entries(chinese));
}

#[test]
fn stations_stand_at_whole_steps_and_a_misspelt_entry_is_named() {
    for place in ["1.5, 2", "-1, 2", "50%, 2", "1001, 2"] {
        let faults = faults(&format!("map of city {{ station a at {place} }}"));
        assert_eq!(faults.len(), 1, "{place}: {faults:?}");
    }
    let faults = faults("map of city {\n  station a at 1, 2\n  staton b at 2, 2\n  area g\n}");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains("staton"), "{faults:?}");
}
