//! Portfolio directives with planted faults: each is named, and nothing else; what is shown stands before the checker.

use plancheck::analysis::{Analysis, Problem, Shown};
use plancheck::report::{Language, Settings, verification};

use super::load;
use super::run::run;

const PACK: &str = "plan portfolio { title \"Portfolio\" }
vocabulary city { anyang  hebi  xinxiang }
vocabulary role { open  closed }
group north of city { anyang, hebi }
relation roles from city to role
anyang has roles open
hebi has roles closed
dimension money { 元 = 1 }
proposal {
  id text required
  city city required
  roles set of role
  total money at least 0 元
  start date
}
";

/// What it shows, the directive, and what is said of it.
const CASES: &[(&str, &str, &[&str])] = &[
    ("each city", "for each c in city must count(p in proposals where p.city is c) >= 1", &[]),
    ("once only", "for each group g of proposals by id must count(g) <= 1", &[]),
    (
        "a share",
        "for each c in north should sum(p.total for p in proposals where p.city is c) >= 5% of sum(p.total for p in proposals)",
        &[],
    ),
    (
        "every one",
        "should every p in proposals where p.city in north satisfies p.roles include any of roles of p.city",
        &[],
    ),
    ("many", "must count(p in proposals where p.roles include open) >= 12", &[]),
    (
        "under a condition",
        "for each c in city when count(p in proposals where p.city is c) > 2 must some p in proposals where p.city is c satisfies p.roles include open",
        &[],
    ),
    (
        "a group with a condition",
        "for each group g of proposals by city, start must count(p in g where p.roles include open) <= 2",
        &[],
    ),
    ("a permission", "for each c in city may count(p in proposals where p.city is c) > 3", &[]),
    ("more than all", "must count(p in proposals where p.city is anyang) >= 0", &["verify/never-violated"]),
    ("a group without a member", "for each group g of proposals by id must count(g) >= 1", &["verify/never-violated"]),
    (
        "nobody counts",
        "must count(p in proposals where p.city is anyang and p.city is hebi) >= 1",
        &["verify/never-satisfied"],
    ),
    (
        "nobody counts for one",
        "for each c in city must some p in proposals where p.city is c satisfies c in north",
        &["verify/never-satisfied"],
    ),
    ("less than none", "must count(proposals) < 0", &["verify/never-satisfied"]),
    (
        "a condition of nobody",
        "when some p in proposals satisfies p.city is anyang and p.city is hebi must count(proposals) > 2",
        &["verify/never-applies"],
    ),
    (
        "a condition against itself",
        "when count(proposals) > 5 and count(proposals) < 3 must count(p in proposals where p.city is hebi) > 2",
        &["verify/never-applies"],
    ),
];

fn settings() -> Settings {
    Settings::default()
}

#[test]
fn each_fault_of_a_portfolio_directive_is_named_and_nothing_else() {
    let (mut said, mut wrong) = (String::new(), Vec::new());
    for (shows, directive, expected) in CASES {
        let book = load(&format!("{PACK}portfolio directive judged {{ {directive} }}\n"));
        let result = Analysis::new(&book, None).verify(|_| true);
        let json = verification::json(&book, &result, None, settings());
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let codes: Vec<&str> =
            json["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        if &codes != expected {
            wrong.push(format!("{shows}: {:?}", result.problems));
        }
        said.push_str(&format!("# {shows}\n{}\n", verification::human(&book, &result, settings())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    insta::assert_snapshot!("portfolio_faults", said);
}

#[test]
fn what_is_shown_of_a_portfolio_is_what_check_says() {
    for (shows, directive, _) in CASES {
        let text = format!("{PACK}portfolio directive judged {{ {directive} }}\n");
        let book = load(&text);
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("rules")).unwrap();
        std::fs::write(folder.path().join("rules/pack.plan"), &text).unwrap();
        let result = Analysis::new(&book, None).verify(|_| true);
        for proof in &result.portfolio {
            for (shown, verdict) in [(Some(&proof.satisfied), "satisfied"), (proof.violated.as_ref(), "violated")] {
                let Some(Shown::Portfolio(portfolio)) = shown else { continue };
                let all: Vec<String> = portfolio.proposals.iter().map(|one| one.compact()).collect();
                std::fs::write(folder.path().join("all.json"), format!("[{}]", all.join(","))).unwrap();
                let as_of = portfolio.as_of.to_string();
                let arguments = [
                    "check",
                    "all.json",
                    "--rules",
                    "rules",
                    "--portfolio",
                    "on",
                    "--verdicts",
                    "--allow-empty",
                    "--as-of",
                    &as_of,
                    "--format",
                    "json",
                ];
                let report: serde_json::Value = serde_json::from_str(&run(folder.path(), &arguments).out).unwrap();
                assert_eq!(report["summary"]["invalid"], 0, "{shows}: {all:?}");
                let term = proof.value.map(|term| book.vocabularies[0].terms[usize::from(term)].name.as_str());
                let entries = report["portfolio"].as_array().unwrap();
                let found = entries
                    .iter()
                    .any(|one| one["verdict"] == verdict && (term.is_none() || one["for"].as_str() == term));
                assert!(found, "{shows} {term:?} {verdict}: {all:?} {entries:?}");
            }
        }
    }
}

#[test]
fn every_portfolio_directive_of_the_embedded_pack_is_shown_both_ways() {
    let book = plancheck::rulebook::Rulebook::henan().unwrap();
    let result =
        Analysis::new(&book, None).verify(|heading| book.portfolio.iter().any(|one| one.heading.name == heading.name));
    let is_shown = |shown: &Shown| matches!(shown, Shown::Portfolio(_));
    assert!(result.portfolio.len() > 7);
    for proof in &result.portfolio {
        let name = &book.portfolio[proof.directive].heading.name;
        assert!(
            is_shown(&proof.satisfied) && proof.violated.as_ref().is_some_and(is_shown),
            "{name} {:?}: {proof:?}",
            proof.value
        );
    }
}

#[test]
fn faults_of_the_portfolio_in_chinese() {
    let settings = Settings { language: Language::Chinese, ..settings() };
    let mut said = String::new();
    for (_, directive, expected) in CASES {
        if !expected.is_empty() {
            let book = load(&format!("{PACK}portfolio directive judged {{ {directive} }}\n"));
            let result = Analysis::new(&book, None).verify(|_| true);
            assert!(result.problems.iter().all(|problem| matches!(problem, Problem::Portfolio(_))));
            said.push_str(&verification::human(&book, &result, settings));
        }
    }
    insta::assert_snapshot!("portfolio_faults_in_chinese", said);
}
