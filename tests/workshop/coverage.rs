//! `plancheck coverage`

use plancheck::rulebook::Rulebook;
use plancheck::rulebook::coverage::{CiterKind, Coverage, Standing};
use serde_json::Value;

use super::{folder, run_in, snapshot};

const RULES: &str = r#"
plan town {
  title "Town plan" zh "城镇规划"
  language en, zh
  source "plan.en.md"
  source zh "plan.zh.md"
}
vocabulary place "Place" zh "地点" {
  harbour "Harbour" zh "港口" cites §2
  market "Market" zh "市场"
}
group busy of place "busy places" zh "繁忙地点" {
  harbour, market
  cites §3 "Harbour and market"
}
relation duties from place to duty
vocabulary duty "Duty" zh "职责" { trade "Trade" zh "贸易" }
harbour, market have duties trade
  cites "trade with the world"
proposal {
  place place required
  cost number
}
directive busy-places-trade "Busy places trade" zh "繁忙地点开展贸易" {
  cites §3 zh "港口和市场"
  when place in busy
  must duties of place include trade
}
directive cheap "Cheap" zh "节俭" {
  cites §5 "no more than ten"
  must cost <= 10
}
uncheckable {
  cites §4
  reason "A hope | no more" zh "仅为愿景"
}
"#;

const ENGLISH: &str = "# Town\n\n§1 The town grows.\n\n§2 It has a harbour and trade with\nthe world.\n\n§3 Harbour and market lead.\n\n§4 All are happy.\n\n§5 Works cost no more than ten.\n\n§7 This is in one language.\n";
const CHINESE: &str = "§1 城镇发展。\n\n§2 城镇有港口，与世界贸易。\n\n§3 港口和市场领先。\n\n§4 皆大欢喜。\n\n§5 工程造价不超过十。\n\n§6 仅有中文。\n";

fn pack(english: &str, chinese: &str) -> tempfile::TempDir {
    folder(&[("rules/town.plan", RULES), ("rules/plan.en.md", english), ("rules/plan.zh.md", chinese)])
}

fn coverage(english: &str, chinese: &str) -> Coverage {
    let folder = pack(english, chinese);
    Coverage::of(&Rulebook::load_drifted(&folder.path().join("rules")).unwrap())
}

fn standings(coverage: &Coverage) -> Vec<(String, Standing)> {
    let label = |passage: &plancheck::rulebook::coverage::Passage| match &passage.clause {
        Some(clause) => clause.clone(),
        None => passage.texts.iter().flatten().next().unwrap().text.to_string(),
    };
    coverage.passages.iter().map(|passage| (label(passage), passage.standing())).collect()
}

#[test]
fn each_clause_stands_as_what_cites_it() {
    let coverage = coverage(ENGLISH, CHINESE);
    let wanted = [
        ("1", Standing::Open),
        ("2", Standing::Factual),
        ("3", Standing::Encoded),
        ("4", Standing::Uncheckable),
        ("5", Standing::Encoded),
        ("6", Standing::Open),
        ("7", Standing::Open),
    ];
    assert_eq!(standings(&coverage), wanted.map(|(clause, standing)| (clause.to_owned(), standing)));
    let figures = coverage.figures();
    assert_eq!((figures.covered, figures.passages, figures.percent_text()), (4, 7, "57.1".to_owned()));
    let kinds: Vec<(CiterKind, &str)> =
        coverage.passages[1].cited_by.iter().map(|citer| (citer.kind, citer.name.as_str())).collect();
    assert_eq!(kinds, [(CiterKind::Fact, "duties of harbour, market"), (CiterKind::Term, "harbour")]);
}

#[test]
fn a_source_without_clauses_is_gone_through_by_sentences() {
    let rules = "plan town { title \"Town\" source \"plan.md\" }\nproposal { cost number }\n\
        directive cheap \"Cheap\" { cites \"ten. Nor shall\" must cost <= 10 }";
    let source =
        "# Town\n\nThe town grows. Works cost no\nmore than ten. Nor shall they cost more later.\n\n- All are happy";
    let folder = folder(&[("town.plan", rules), ("plan.md", source)]);
    let coverage = Coverage::of(&Rulebook::load(folder.path()).unwrap());
    let wanted = [
        ("The town grows.", Standing::Open),
        ("Works cost no more than ten.", Standing::Encoded),
        ("Nor shall they cost more later.", Standing::Encoded),
        ("All are happy", Standing::Open),
    ];
    assert_eq!(standings(&coverage), wanted.map(|(sentence, standing)| (sentence.to_owned(), standing)));
}

#[test]
fn the_henan_pack_leaves_nothing_open() {
    let coverage = Coverage::of(&Rulebook::henan().unwrap());
    assert_eq!(coverage.standing(Standing::Open).count(), 0);
    assert_eq!(coverage.drifted, []);
    assert_eq!(coverage.figures().tenths(), 1000);
}

/// The sources after somebody has edited them: words changed, moved, taken out, a clause taken out.
fn edited() -> (String, String) {
    let english = ENGLISH
        .replace("no more than ten", "no more than twelve")
        .replace("\n§3 Harbour and market lead.\n", "\n§3 All places lead.\n\n§8 Harbour and market follow.\n")
        .replace("§4 All are happy.\n\n", "")
        .replace("trade with\nthe world", "gates");
    (english, CHINESE.replace("§4 皆大欢喜。\n\n", "").replace("港口和市场领先", "港口与市场领先"))
}

#[test]
fn citations_that_no_longer_stand_are_listed_with_what_became_of_them() {
    let (english, chinese) = edited();
    let folder = pack(&english, &chinese);
    let human = run_in(folder.path(), &["coverage", "--rules", "rules"]);
    assert_eq!((human.code, human.complaint.as_str()), (1, ""));
    snapshot("coverage_drift_en", &human.out);
    snapshot("coverage_drift_zh", &run_in(folder.path(), &["coverage", "--rules", "rules", "--lang", "zh", "-q"]).out);
    let json = run_in(folder.path(), &["coverage", "--rules", "rules", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    let became: Vec<&str> =
        json["drifted"].as_array().unwrap().iter().map(|one| one["became"].as_str().unwrap()).collect();
    assert_eq!(became, ["moved", "gone", "changed", "changed", "no-clause"]);
    assert_eq!(json["drifted"][3]["difference"][1]["removed"], "ten");
    assert_eq!(run_in(folder.path(), &["check", "--rules", "rules", "."]).code, 2, "elsewhere it is an error");
}

#[test]
fn human_in_both_languages() {
    let folder = pack(ENGLISH, CHINESE);
    let english = run_in(folder.path(), &["coverage", "--rules", "rules"]);
    assert_eq!((english.code, english.complaint.as_str()), (0, ""));
    snapshot("coverage_en", &english.out);
    snapshot("coverage_zh", &run_in(folder.path(), &["coverage", "--rules", "rules", "--lang", "zh"]).out);
}

#[test]
fn markdown_and_json_say_the_same() {
    let folder = pack(ENGLISH, CHINESE);
    let arguments = ["coverage", "--rules", "rules", "--format", "markdown=c.md", "--format", "json"];
    let ran = run_in(folder.path(), &arguments);
    assert_eq!((ran.code, ran.complaint.as_str()), (0, ""));
    snapshot("coverage_markdown", &std::fs::read_to_string(folder.path().join("c.md")).unwrap());
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["percent"].to_string(), "57.1");
    assert_eq!(json["standings"], serde_json::json!({"encoded": 2, "factual": 1, "uncheckable": 1, "open": 3}));
    assert_eq!(json["sources"][1]["total"], 6);
    assert_eq!(json["passages"][3]["uncheckable"][0]["reason"]["zh"], "仅为愿景");
    assert_eq!(json["passages"][1]["cited_by"][0]["file"], "town.plan");
}

#[test]
fn too_little_coverage_is_exit_code_1() {
    let folder = pack(ENGLISH, CHINESE);
    let run = |percent: &str| run_in(folder.path(), &["coverage", "--rules", "rules", "--fail-under", percent]);
    assert_eq!(run("57.1").code, 0);
    let short = run("57.2%");
    assert_eq!(short.code, 1);
    assert_eq!(short.complaint, "covered: 57.1%, less than the 57.2% of --fail-under\n");
}

#[test]
fn what_cannot_be_covered_is_exit_code_2() {
    let packs = folder(&[
        (
            "bare/a.plan",
            "plan town { title \"Town\" }\nproposal { cost number }\ndirective cheap \"Cheap\" { must cost <= 10 }",
        ),
        ("empty/a.plan", "plan town { title \"Town\" source \"plan.md\" }"),
        ("empty/plan.md", "\n"),
        ("faulty/a.plan", "plan town { title \"Town\" source \"plan.md\" }\nproposal { cost numbr }"),
        ("faulty/plan.md", "§1 Text."),
    ]);
    let table: &[(&[&str], &str)] = &[
        (&["--rules", "bare"], "error[run/no-source] the plan item names no `source`"),
        (&["--rules", "empty"], "error[run/no-source] the plan's source holds no text"),
        (&["--rules", "faulty"], "rules/unknown-name"),
        (&["--rules", "nowhere"], "cannot be read"),
        (&["--fail-under", "101"], "not a percentage from 0 to 100"),
        (&["--fail-under", "most"], "not a percentage from 0 to 100"),
        (&["--format", "mardown"], "did you mean `markdown`?"),
        (&["--format", "json=no/such/folder.json"], "io/unwritable"),
    ];
    for (arguments, message) in table {
        let ran = run_in(packs.path(), &[&["coverage"], *arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.complaint);
        assert!(ran.complaint.contains(message), "{arguments:?}: {}", ran.complaint);
    }
}
