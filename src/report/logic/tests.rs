//! Each form of the language in words, as it stands and denied.

use super::*;
use crate::rulebook::Rulebook;

const PACK: &str = r#"
plan p { title "P" version "1" language en, zh }
vocabulary city "City" zh "城市" { xi "West" zh "西城"  dong "East" zh "东城"  bei "North" zh "北城" }
vocabulary role "Role" zh "作用" { trade "trade" zh "贸易"  care "care" zh "养护" }
group edge of city "the edge cities" zh "边缘城市" { xi, dong }
relation roles from city to role "roles under the plan" zh "规划赋予的作用"
relation seat from city to city single "seat" zh "驻地"
xi has roles trade
xi has seat dong  dong has seat dong  bei has seat xi
dimension money { yuan = 1 "yuan" zh "元"  wan = 10_000 "ten thousand yuan" zh "万元" }
proposal {
  city   city           "Place" zh "地点"
  roles  set of role    "Roles" zh "作用"
  cost   money          "Cost" zh "投资"
  name   text           "Name" zh "名称"
  start  date           "Start" zh "开工"
  works  list of { what text "Kind" zh "类别"  sum money "Amount" zh "金额"  city city "Site" zh "位置" } "Works" zh "工程"
  urgent boolean        "Urgent" zh "紧急"
  land { area number "Area" zh "面积"  left number "Left" zh "剩余" } "Land" zh "用地"
  sea  { area number "Area" zh "面积" } "Sea" zh "海域"
}
define dear = cost > 5 wan
"#;

/// A condition, and what it says in both languages.
const SAID: &[(&str, &str, &str)] = &[
    ("city is xi", "Place is West.", "地点是西城。"),
    ("city in edge", "Place is among the edge cities (West, East).", "地点属于边缘城市（西城、东城）。"),
    ("city not in {xi, bei}", "Place is not among West, North.", "地点不属于西城、北城。"),
    ("roles include care", "Roles include care.", "作用包含养护。"),
    (
        "roles include any of roles of city",
        "Roles include at least one of roles under the plan (of Place).",
        "作用至少包含规划赋予的作用（地点）中的一项。",
    ),
    ("(not dear)", "Cost is at most 5 ten thousand yuan.", "投资不超过5 万元。"),
    ("cost >= 200 yuan", "Cost is at least 200 yuan.", "投资不少于200 元。"),
    (
        "cost is present and not urgent",
        "A value is given for Cost, and the answer to “Urgent” is no.",
        "已填写投资，且紧急：否。",
    ),
    (
        "(not (dear and (urgent or city is xi)))",
        "Cost is at most 5 ten thousand yuan, or (the answer to “Urgent” is no, and Place is not West).",
        "投资不超过5 万元，或（紧急：否，且地点不是西城）。",
    ),
    (
        "if urgent then dear",
        "If the answer to “Urgent” is yes, then Cost is more than 5 ten thousand yuan.",
        "如果紧急：是，则投资大于5 万元。",
    ),
    (
        "some w in works where w.city is present satisfies w.city is not city",
        "There is at least one entry of Works in which a value is given for Site, and Site is not the project’s Place.",
        "工程中至少有一项满足：已填写其位置，且其位置不是项目的地点。",
    ),
    (
        "(not (every w in works satisfies w.sum < cost))",
        "There is at least one entry of Works in which Amount is at least the project’s Cost.",
        "工程中至少有一项满足：其金额不少于项目的投资。",
    ),
    (
        "no w in works satisfies w.what is empty",
        "There is no entry of Works in which Kind is blank.",
        "工程中没有一项满足：其类别为空白。",
    ),
    (
        "every r in roles satisfies r in {trade}",
        "Each of Roles is such that it is among trade.",
        "作用中每一项均满足：该项属于贸易。",
    ),
    (
        "sum(w.sum for w in works where w.what is \"dam\") <= 25% of cost",
        "The sum of Amount over the entries of Works (counting only those in which Kind is “dam”) is at most 25% of Cost.",
        "工程（仅计其类别是“dam”的各项）的金额合计不超过投资的25%。",
    ),
    ("count(works) = 2", "The number of the entries of Works is 2.", "工程的个数等于2。"),
    ("start < 2026-03", "Start is before 2026-03.", "开工早于2026-03。"),
    (
        "days between start and 2026-05-01 between 1 and 9",
        "The days from Start to 2026-05-01 lies between 1 and 9.",
        "开工至2026-05-01的天数介于1与9之间。",
    ),
    ("name starts with \"A\"", "Name starts with “A”.", "名称以“A”开头。"),
    (
        "characters 1 to 2 of name is code of city",
        "Characters 1 to 2 of Name is the code of Place.",
        "名称的第1至2个字是地点的代码。",
    ),
    ("name matches \"^A\"", "Name has the form “^A”.", "名称符合格式“^A”。"),
    ("seat of city is dong", "Seat (of Place) is East.", "驻地（地点）是东城。"),
    (
        "(land.area - land.left) * 2 > sea.area",
        "(Area of Land − Left) × 2 is more than Area of Sea.",
        "（用地的面积 − 剩余） × 2大于海域的面积。",
    ),
];

fn pack(directives: &str) -> Rulebook {
    let book = Rulebook::from_texts(&[("plan.plan", &format!("{PACK}{directives}"))]);
    book.map_err(|error| error.diagnostics).unwrap()
}

fn said(sentences: &[Sentence]) -> Vec<(&'static str, &str)> {
    sentences.iter().map(|sentence| (sentence.heading, sentence.text.as_str())).collect()
}

#[test]
fn every_form_is_a_sentence_in_both_languages() {
    let directive = |(number, (condition, ..)): (usize, &(&str, &str, &str))| {
        format!("directive d{number:02} \"D\" zh \"D\" {{ must {condition} }}\n")
    };
    let directives: String = SAID.iter().enumerate().map(directive).collect();
    let book = pack(&directives);
    for (directive, (condition, english, chinese)) in book.directives.iter().zip(SAID) {
        for (reader, text) in [(Language::English, english), (Language::Chinese, chinese)] {
            let sentences = super::directive(&book, directive, reader);
            assert_eq!(sentences.last().map(|one| one.text.as_str()), Some(*text), "{condition}");
        }
    }
}

#[test]
fn a_directive_is_its_parts_in_order() {
    let book = pack(
        "directive strict \"Strict\" zh \"严\" { when city is xi  should not dear  unless urgent because \"it burns in {city}\" }
         directive lax \"Lax\" zh \"宽\" { may urgent overrides strict }",
    );
    let sentences = directive(&book, &book.directives[1], Language::English);
    let expected = [
        ("Applies where", "Place is West."),
        ("Discouraged", "Cost is more than 5 ten thousand yuan."),
        ("Except where", "The answer to “Urgent” is yes, because it burns in Place."),
        ("Set aside where this applies", "Lax."),
    ];
    assert_eq!(said(&sentences), expected);
    let grant = directive(&book, &book.directives[0], Language::Chinese);
    assert_eq!(said(&grant), [("允许", "紧急：是。")]);
}

#[test]
fn portfolio_directives_say_what_they_are_judged_for() {
    let book = pack(
        "portfolio directive all \"All\" zh \"全\" { for each c in edge
           must count(p in proposals where p.city is c and p.roles include trade) >= 1 }
         portfolio directive once \"Once\" zh \"一次\" { for each group g of proposals by name, city
           must count(g) <= 1 and no p in g satisfies p.urgent }",
    );
    let all = portfolio(&book, &book.portfolio[0], Language::English);
    let expected = [
        ("Judged for", "Each of the edge cities (West, East)."),
        (
            "Required",
            "The number of all proposals (counting only those in which Place is that city, and Roles include trade) is at least 1.",
        ),
    ];
    assert_eq!(said(&all), expected);
    let once = portfolio(&book, &book.portfolio[1], Language::Chinese);
    let expected = [
        ("判定对象", "名称、地点相同的每组项目。"),
        ("必须做到", "同组项目的个数不超过1，且（同组项目中没有一项满足：其紧急：是）。"),
    ];
    assert_eq!(said(&once), expected);
}

#[test]
fn definitions_that_double_stand_under_their_names_in_the_end() {
    let doubling = |number: usize| format!("define d{number} = d{0} and (d{0} or urgent)\n", number - 1);
    let definitions: String = (1..9).map(doubling).collect();
    let book = pack(&format!("define d0 = city is xi\n{definitions}directive deep \"Deep\" zh \"深\" {{ must d8 }}"));
    let text = &directive(&book, &book.directives[0], Language::English)[0].text;
    assert!(text.len() < 40_000 && text.contains("Place is West") && text.contains("(d"), "{text}");
}
