//! `plancheck rules --format markdown`: a page beside the plan, of any pack.

use serde_json::Value;

use crate::{folder, run_in, snapshot};

const PACK: &str = r#"
plan works { title "Works | <b>Plan</b>" zh "工程规划" version "1" language en, zh  source "plan.md" }
proposal { id text "Code" zh "编号" required  cost number "Cost" zh "投资" required  night boolean "By night" zh "夜间" }
directive cheap "Works are `cheap` [x](y)" zh "投资从省" {
  cites  §1, §2
  tags   money
  effective from 2025-01-01
  formerly thrifty
  must   cost <= 10
  unless night because "the night is free" zh "夜间从宽"
  help   "spend less than {cost}" zh "请少于{cost}"
  note   "ten, as everybody knows" zh "十，众所周知"
}
portfolio directive few "Works are few" zh "工程从少" { cites §2  should count(p in proposals where p.cost > 1) <= 2 }
directive quiet "No work by night" zh "夜间不施工" { should not night }
uncheckable { cites §3 reason "A hope" zh "愿望" }
test "cheap"  { given { "cost": 1 } expect cheap satisfied expect quiet undetermined }
test "few"    { given { "cost": 1 } expect few satisfied }
test "many"   { given { "cost": 9 } given { "cost": 9 } given { "cost": 9 } expect few violated }
"#;

const SOURCE: &str =
    "§1 Works cost no more than *ten*.\n\n§2 Works are few.\n\n§3 The town is happy.\n\n§4 Nobody reads this.\n";

#[test]
fn the_page_of_a_small_pack_in_both_languages() {
    let desk = folder(&[("rules/plan.plan", PACK), ("rules/plan.md", SOURCE)]);
    for language in ["en", "zh"] {
        let ran = run_in(desk.path(), &["rules", "--rules", "rules", "--format", "markdown", "--lang", language]);
        assert_eq!((ran.code, ran.complaint.as_str()), (0, ""));
        snapshot(&format!("rules_markdown_{language}"), &ran.out);
    }
}

#[test]
fn the_page_is_markdown_in_which_nothing_of_the_pack_is_markup() {
    let desk = folder(&[("rules/plan.plan", PACK), ("rules/plan.md", SOURCE)]);
    let text = run_in(desk.path(), &["rules", "--rules", "rules", "--format", "markdown"]).out;
    let mut links = Vec::new();
    for event in pulldown_cmark::Parser::new(&text) {
        match event {
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                links.push(dest_url.to_string())
            },
            pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
                assert!(!html.contains("<b>"), "{html}");
            },
            _ => {},
        }
    }
    assert_eq!(links, ["#cheap"], "§2 points to where the directive stands");
}

#[test]
fn several_formats_go_to_their_files() {
    let desk = folder(&[("rules/plan.plan", PACK), ("rules/plan.md", SOURCE)]);
    let arguments = ["rules", "--rules", "rules", "--format", "markdown=rules.md", "--format", "json"];
    let ran = run_in(desk.path(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.complaint);
    let listed: Value = serde_json::from_str(&ran.out).unwrap();
    let page = std::fs::read_to_string(desk.path().join("rules.md")).unwrap();
    for directive in listed["directives"].as_array().unwrap() {
        let name = directive["name"].as_str().unwrap();
        assert!(page.contains(&format!("<a id=\"{name}\"></a>")), "{name}");
    }
    for (format, shown) in [
        ("markdwon", "did you mean `markdown`?"),
        ("markdown=", "names no file after the `=`"),
        ("markdown=none/a.md", "there is no such folder"),
    ] {
        let ran = run_in(desk.path(), &["rules", "--rules", "rules", "--format", format]);
        assert_eq!(ran.code, 2, "{format}");
        assert!(ran.complaint.contains(shown), "{format}: {}", ran.complaint);
    }
}

#[test]
fn a_pack_without_a_source_or_without_directives_has_a_page_too() {
    let bare = "plan p { title \"Bare\" version \"1\" }";
    let desk = folder(&[("rules/p.plan", bare)]);
    let ran = run_in(desk.path(), &["rules", "--rules", "rules", "--format", "markdown"]);
    assert_eq!(ran.code, 0, "{}", ran.complaint);
    assert!(ran.out.starts_with("# Bare\n"), "{}", ran.out);
}
