//! The page: its frame, its policy, and that nothing in it can drive a browser. What it does is tested in one
//! (`tests/browser`).

use std::sync::Arc;

use base64::Engine as _;
use plancheck::checker::report::{Atlas, Facets, Header, ProposalReport};
use plancheck::report::{Language, Settings, format};
use plancheck::rulebook::Rulebook;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{fixture, snapshot};

/// A pack with two towns, of which one is on a line and has a function.
const PACK: &str = r#"
plan p { title "P" zh "规划" language en, zh source "plan.md" }
vocabulary city "City" zh "城市" { anyang "Anyang" zh "安阳" shangqiu }
vocabulary function { culture "culture" zh "文化" }
relation functions from city to function "what the plan gives" zh "规划赋予的"
anyang has functions culture
group line of city "the line" zh "沿线" { anyang, shangqiu }
proposal { city city "City" zh "城市" functions set of function }
directive d { cites §2 when functions is not empty must city is anyang }
map of city "Pattern" zh "格局" {
  station anyang at 1, 0  station shangqiu at 2, 1
  line line through anyang, shangqiu  area line "Ground" zh "片区"  mark line
}
"#;

fn header() -> Header {
    let book =
        Rulebook::from_texts(&[("pack.plan", PACK), ("plan.md", "§1 Nothing <b>binds</b>.\n\n§2 Something binds.\n")]);
    let book = book.map_err(|error| error.diagnostics).unwrap();
    Header { atlas: Arc::new(Atlas::of(&book)), ..fixture::header() }
}

fn page(language: Language) -> String {
    let page = format("html", Settings { language, ..Settings::default() }).unwrap();
    let mut out = Vec::new();
    let header = header();
    page.begin(&header, &mut out);
    for (report, text) in fixture::proposals() {
        let facets = Some(Facets { place: Some(0), claims: vec![std::iter::once(0).collect()] });
        let report = ProposalReport { facets, ..report };
        page.proposal(&header, &report, Some(fixture::excerpt(&report, &text)), &mut out);
    }
    page.end(&header, &fixture::closing(), &mut out);
    String::from_utf8(out).unwrap()
}

/// What stands between `<NAME …>` and `</NAME>`, each time.
fn elements<'t>(page: &'t str, name: &str) -> Vec<(&'t str, &'t str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let parts = page.split(open.as_str()).skip(1);
    let parts = parts.map(|part| part.split_once('>').unwrap());
    parts.map(|(attributes, rest)| (attributes, rest.split_once(close.as_str()).unwrap().0)).collect()
}

/// The page without what is the same in every page.
fn frame(page: &str) -> String {
    let mut frame = page.to_owned();
    for name in ["style", "script"] {
        for (attributes, content) in elements(page, name) {
            if !attributes.contains("json") {
                frame = frame.replace(content, "…");
            }
        }
    }
    let policy = frame.find("sha256-").map_or(0, |at| frame[at..].find("; base-uri").unwrap() + at);
    frame.replace(&frame[frame.find("style-src").unwrap()..policy], "…")
}

#[test]
fn the_frame_in_english() {
    snapshot("html", &frame(&page(Language::English)));
}

#[test]
fn the_policy_knows_the_style_and_the_scripts_and_nothing_else() {
    let page = page(Language::Chinese);
    assert!(page.contains("<html lang=\"zh\""));
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    let digest = |text: &str| {
        let digest = base64::prelude::BASE64_STANDARD.encode(Sha256::digest(text));
        format!("'sha256-{digest}'")
    };
    let [style]: [_; 1] = elements(&page, "style").try_into().unwrap();
    let scripts: Vec<String> = elements(&page, "script")
        .into_iter()
        .filter(|(attributes, _)| attributes.is_empty())
        .map(|(_, script)| digest(script))
        .collect();
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
            digest(style.1),
            scripts.join(" ")
        )
    );
    for forbidden in [" style=", " onclick", " onload", "http:", "https:", "innerHTML", "insertAdjacentHTML", "eval("] {
        let own = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!own.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn data_is_json_that_no_markup_can_end() {
    let page = page(Language::English);
    let data: Vec<&str> = elements(&page, "script")
        .into_iter()
        .filter(|(attributes, _)| attributes.contains("application/json"))
        .map(|(_, data)| data)
        .collect();
    let [pack, proposals, closing] = data.try_into().unwrap();
    for text in [pack, proposals, closing] {
        assert!(!text.contains(['<', '>', '&']));
        assert!(!text.chars().any(|c| c != '\n' && plancheck::text::display::is_unsafe(c)));
    }
    let pack: Value = serde_json::from_str(pack).unwrap();
    assert_eq!(pack["clauses"][0]["texts"][0], "Nothing <b>binds</b>.");
    assert_eq!(pack["map"]["lines"][0]["through"], serde_json::json!([0, 1]));
    let lines: Vec<Value> =
        proposals.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), fixture::proposals().len());
    assert_eq!(lines[2]["title"], "a\u{1b}[31m red \u{202e}txet\u{2066}");
    let closing: Value = serde_json::from_str(closing).unwrap();
    assert!(closing["portfolio"].as_array().is_some_and(|all| !all.is_empty()));
}

#[test]
fn an_excerpt_of_a_long_line_is_short_and_keeps_the_mark() {
    let page = page(Language::English);
    let (_, proposals) =
        elements(&page, "script").into_iter().find(|(attributes, _)| attributes.contains("\"data\"")).unwrap();
    let line = proposals.lines().find(|line| line.contains("all.jsonl")).unwrap();
    let report: Value = serde_json::from_str(line).unwrap();
    let excerpt = &report["findings"][0]["excerpt"];
    assert_eq!((&excerpt["line"], &excerpt["marked"]), (&Value::from(42), &Value::from("\"安阳县\"")));
    assert!(excerpt["before"].as_str().unwrap().starts_with('…'));
    assert!(line.len() < 6_000, "{}", line.len());
}
