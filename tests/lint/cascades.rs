//! One fault is one diagnostic: nothing that follows from it is told besides.

use super::pack::{SOURCES, lint_files, places, replaced};

/// The small pack with one stretch changed gives just this.
fn gives(from: &str, to: &str, expected: &[&str]) {
    let whole = replaced(from, to);
    let mut files = vec![("base.plan", whole.as_str())];
    files.extend(SOURCES);
    assert_eq!(places(&lint_files(&files)), expected, "{from:?} → {to:?}");
}

#[test]
fn a_misspelt_word_of_an_item() {
    gives("directive endpoint-roles", "directiv endpoint-roles", &["70:1 rules/syntax"]);
    gives("vocabulary city", "vocabluary city", &["8:1 rules/syntax"]);
    gives("proposal {", "propsal {", &["54:1 rules/syntax"]);
    gives("plan base", "plann base", &["1:1 rules/syntax"]);
    gives("group endpoints", "gruop endpoints", &["32:1 rules/syntax"]);
    gives("relation roles", "relaton roles", &["37:1 rules/syntax"]);
    gives("dimension money", "dimenson money", &["50:1 rules/syntax"]);
    gives("define is-large", "defin is-large", &["68:1 rules/syntax"]);
    gives("test \"an", "tset \"an", &["89:1 rules/syntax"]);
    gives("portfolio directive", "portfoli directive", &["83:1 rules/syntax"]);
}

#[test]
fn a_brace_that_is_not_closed() {
    gives("roles of city}\"\n}", "roles of city}\"\n", &["70:66 rules/syntax"]);
    gives("zh \"洛阳\"\n}", "zh \"洛阳\"\n", &["8:32 rules/syntax"]);
    gives("zh \"南部\"\n}", "zh \"南部\"\n", &["27:36 rules/syntax"]);
    gives("urgent     boolean\n}", "urgent     boolean\n", &["54:10 rules/syntax"]);
    gives("start date  end date }", "start date  end date", &["63:14 rules/syntax"]);
    gives("Xinyang and Sanmenxia\"\n}", "Xinyang and Sanmenxia\"\n", &["32:57 rules/syntax"]);
    gives("plan.zh.md\"\n}", "plan.zh.md\"\n", &["1:11 rules/syntax"]);
    gives("large-projects undetermined\n}", "large-projects undetermined\n", &["89:42 rules/syntax"]);
    gives("\"urgent\": false }", "\"urgent\": false", &["90:10 rules/syntax"]);
}

#[test]
fn a_brace_too_few_or_too_many() {
    gives("zh \"端点城市对外开放\" {", "zh \"端点城市对外开放\"", &["70:65 rules/syntax"]);
    gives("vocabulary city \"City\" zh \"城市\" {", "vocabulary city \"City\" zh \"城市\"", &["8:31 rules/syntax"]);
    gives("define is-large", "}\n\ndefine is-large", &["68:1 rules/syntax"]);
    gives("when     city in endpoints", "when     (city in endpoints", &["72:30 rules/syntax"]);
}

#[test]
fn members_that_went_astray() {
    let group = "group endpoints of city \"the endpoint cities\" zh \"端点城市\" {\n";
    let members = "anyang, shangqiu, xinyang, sanmenxia\n";
    // What is left is an empty group, so that `city in endpoints` never holds.
    gives(&format!("{group}  {members}"), &format!("{members}\n{group}"), &["32:1 rules/syntax"]);
}

#[test]
fn a_quote_too_few() {
    gives("\"Endpoint cities open up\" zh", "\"Endpoint cities open up zh", &["70:63 rules/bad-text"]);
    gives("message  \"{city} serves", "message  {city} serves", &["75:72 rules/bad-text"]);
}

#[test]
fn an_unknown_name_that_much_hangs_on() {
    gives("set of function", "set of functoin", &["59:21 rules/unknown-name"]);
    gives("city       city  required", "city       citty  required", &["57:14 rules/unknown-name"]);
    gives(
        "anyang, shangqiu, xinyang, sanmenxia\n",
        "anyang, shangqu, xinyang, sanmenxia\n",
        &["33:11 rules/unknown-name"],
    );
    gives("shangqiu, xinyang have region", "shangqiu, xinyag have region", &["48:11 rules/unknown-name"]);
    gives("xinyang have region south", "xinyang have regoin south", &["48:24 rules/unknown-name"]);
    gives("when     city in endpoints", "when     city in endpoint", &["72:20 rules/unknown-name"]);
    gives("expect large-projects", "expect large-project", &["92:10 rules/unknown-name"]);
    gives("investment.total >= 5", "investment.totl >= 5", &["68:30 rules/unknown-name"]);
}

#[test]
fn a_name_that_is_declared_twice_and_used() {
    let again = |item: &str, expected: &[&str]| gives("define is-large", &format!("{item}\ndefine is-large"), expected);
    again(
        "vocabulary city \"C\" { kaifeng \"K\" }\ngroup k of city { kaifeng }",
        &["68:12 rules/duplicate-name", "69:7 rules/unused"],
    );
    again("group endpoints of city { luoyang }", &["68:7 rules/duplicate-name"]);
    again("dimension money \"M\" { 吨 = 1 }\ndefine heavy = investment.total > 5 吨", &["68:11 rules/duplicate-name"]);
    gives("urgent     boolean", "urgent     boolean\n  urgent text", &["66:3 rules/duplicate-name"]);
}

#[test]
fn a_unit_that_is_no_unit() {
    gives("亿元 = 100_000_000", "亿元 = 0", &["50:60 rules/bad-number"]);
    gives(">= 5 亿元", ">= 5 亿圆", &["68:41 rules/unknown-unit"]);
    gives("land.area > 10 mu", "land.area > 10 万元", &["80:12 rules/dimension-mismatch"]);
}

#[test]
fn a_source_that_is_not_there_and_citations_of_it() {
    gives("plan.en.md", "plan.md", &["4:13 rules/file-not-found"]);
    gives("  source    \"source/plan.en.md\"\n  source zh \"source/plan.zh.md\"\n", "", &["32:9 rules/missing-source"]);
}

#[test]
fn a_text_in_a_language_that_is_not_listed() {
    gives("zh \"{city}的作用为{roles of city}\"", "fr \"x\"", &["75:44 rules/unknown-language"]);
    gives("zh \"{city}的作用为{roles of city}\"", "zh \"x\" zh \"y\"", &["75:54 rules/duplicate-language"]);
}

#[test]
fn things_that_are_made_from_themselves() {
    let more = |text: &str, expected: &[&str]| gives("define is-large", &format!("{text}\ndefine is-large"), expected);
    more("define a = b\ndefine b = a\ndirective d \"D\" { when a must b }", &["68:8 rules/cycle"]);
    more(
        "group a of city = b\ngroup b of city = a\ndirective d \"D\" { must city in a }",
        &["68:7 rules/cycle", "70:11 rules/untested"],
    );
}

#[test]
fn ten_faults_of_ten_kinds_give_ten_diagnostics_in_order() {
    let text = include_str!("ten_faults.plan");
    let mut files = vec![("ten.plan", text)];
    files.extend(SOURCES);
    let marked = text.lines().zip(1..).filter(|(line, _)| line.contains("# fault")).map(|(_, line)| line);
    let lines: Vec<usize> = marked.collect();
    let found = lint_files(&files);
    let told: Vec<usize> =
        found.diagnostics.iter().map(|one| found.files.position(one.span().unwrap()).line as usize).collect();
    assert_eq!(told, lines, "{:?}", places(&found));
    let mut codes: Vec<&str> = found.diagnostics.iter().map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 10, "{codes:?}");
}
