//! Packs with one planted fault each: it is named, and nothing else.

use plancheck::analysis::{Analysis, Problem};
use plancheck::report::{Language, Settings, verification};
use plancheck::rulebook::Rulebook;

use super::load;

const PACK: &str = "plan planted { title \"Planted\" }
vocabulary city { anyang code \"4105\"  hebi code \"4106\"  xinxiang }
vocabulary role { open  closed  both }
group north of city { anyang, hebi }
relation roles from city to role
anyang has roles open
dimension money { 元 = 1  亿元 = 100_000_000 }
proposal {
  id text required
  city city required
  roles set of role required at least 1 item
  wishes set of role
  total money required at least 0 元
  start date required
  end date required
  partners list of { city city  share number }
  title text
}
";

/// What it shows, the directives, and the problem that is to be found.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "two cities at once",
        "directive never { when city is anyang and city is hebi must wishes is not empty }",
        "NeverApplies",
    ),
    (
        "a date before and after",
        "directive never { when start < 2026-01 and start > 2026-03 must wishes is not empty }",
        "NeverApplies",
    ),
    ("what the shape asks for", "directive vacuous { when city is hebi must roles is not empty }", "NeverViolated"),
    ("more than all", "directive vacuous { must total >= 0 元 }", "NeverViolated"),
    (
        "above and below",
        "directive impossible { when city is hebi must total > 5 元 and total < 3 元 }",
        "NeverSatisfied",
    ),
    (
        "more than the vocabulary has",
        "directive impossible { when wishes is present must count(wishes) > 3 }",
        "NeverSatisfied",
    ),
    (
        "an exception for all",
        "directive gone { when city is anyang must wishes include open unless city in north unless total > 100 元 }",
        "Swallowed",
    ),
    (
        "overridden wherever it applies",
        "directive gone { when city is anyang must wishes include open }\n\
         directive broad { when city in north must wishes include closed overrides gone }",
        "Swallowed",
    ),
    (
        "the same with more words",
        "directive all { must wishes include all of {open, closed} }\ndirective one { must wishes include open }",
        "Redundant",
    ),
    (
        "two thirds imply the third",
        "directive early { when city is anyang must start < end }\ndirective others { when city is not anyang must start < end }\n\
         directive order { must start <= end }",
        "Redundant",
    ),
    (
        "a should that a must asks for",
        "directive soft { should wishes include open }\ndirective hard { must wishes include open }",
        "Redundant",
    ),
    (
        "one city, two masters",
        "directive open { when city is anyang must wishes include open }\n\
         directive shut { when city in north must not wishes include open }",
        "Conflict",
    ),
    (
        "two amounts",
        "directive large { when city is hebi must total >= 2 亿元 }\ndirective small { when wishes include both must total < 1 亿元 }",
        "Conflict",
    ),
    (
        "two kinds of partner",
        "directive some { when partners is not empty must some p in partners satisfies p.city is hebi }\n\
         directive none { when count(partners) > 1 must no p in partners satisfies p.city is hebi }",
        "Conflict",
    ),
    (
        "long and short",
        "directive long { when total > 1 亿元 must months between start and end >= 12 }\n\
         directive short { when total > 2 亿元 must months between start and end < 6 }",
        "Conflict",
    ),
    (
        "the facts against the rule",
        "directive facts { when city is anyang must roles of city include all of wishes }\n\
         directive rule { when city is anyang must wishes include closed }",
        "Conflict",
    ),
    (
        "three at once, and any two are well",
        "directive a { when wishes is present must wishes include open or wishes include closed }\n\
         directive b { when total > 5 元 must not wishes include open }\n\
         directive c { when start < 2026-01 must not wishes include closed }",
        "Conflict",
    ),
    (
        "three that do not go together",
        "directive a { when city is anyang must count(wishes) = 1 }\ndirective b { when city is anyang must wishes include open or wishes include both }\n\
         directive c { when city is anyang must wishes include none of {open, both} }",
        "Conflict",
    ),
];

fn kind(problem: &Problem) -> String {
    let shown = format!("{problem:?}");
    shown.split('(').next().unwrap_or_default().to_owned()
}

#[test]
fn each_planted_fault_is_named_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut said = String::new();
    for (shows, directives, expected) in FAULTS {
        let book = load(&format!("{PACK}{directives}\n"));
        let result = Analysis::new(&book, None).verify(|_| true);
        let kinds: Vec<String> = result.problems.iter().map(kind).collect();
        if kinds != [*expected] {
            wrong.push(format!("{shows}: {:?}", result.problems));
        }
        said.push_str(&format!("# {shows}\n{}\n", verification::human(&book, &result, Settings::default())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    insta::assert_snapshot!("planted_faults", said);
}

#[test]
fn planted_faults_are_named_in_chinese() {
    let settings = Settings { language: Language::Chinese, ..Settings::default() };
    let mut said = String::new();
    let mut seen = Vec::new();
    for (_, directives, expected) in FAULTS {
        if !seen.contains(expected) {
            seen.push(*expected);
            let book = load(&format!("{PACK}{directives}\n"));
            let result = Analysis::new(&book, None).verify(|_| true);
            said.push_str(&verification::human(&book, &result, settings));
        }
    }
    insta::assert_snapshot!("planted_faults_in_chinese", said);
}

#[test]
fn the_henan_pack_verifies_clean() {
    let book = Rulebook::henan().unwrap();
    let result = Analysis::new(&book, None).verify(|_| true);
    assert_eq!(result.problems, Vec::new());
    let clean = verification::human(&book, &result, Settings::default());
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/verify.md");
    assert!(std::fs::read_to_string(page).unwrap().contains(clean.trim_end()));
    insta::assert_snapshot!("henan", clean);
}

#[test]
fn a_note_that_names_the_code_accepts_a_finding() {
    let directives = "directive vacuous { when city is hebi must roles is not empty note \"verify/never-violated: said for readers\" }";
    let book = load(&format!("{PACK}{directives}\n"));
    let result = Analysis::new(&book, None).verify(|_| true);
    assert_eq!(result.problems.len(), 1);
    assert!(verification::is_clean(&book, &result.problems));
}
