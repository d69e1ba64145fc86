//! One small fault a code: what the language page asks to be told, at its place, and nothing else.

use super::pack::{SOURCES, completed, lint_files, places};

/// The fragment, put into the small pack, gives just these: `line:column code`, lines from the fragment's first.
fn gives(fragment: &str, expected: &[&str]) {
    let whole = completed(fragment);
    let mut files = vec![("base.plan", whole.as_str())];
    files.extend(SOURCES);
    let before = whole[..whole.find(fragment).unwrap()].matches('\n').count();
    let told = places(&lint_files(&files));
    let told: Vec<String> = told.iter().map(|one| shifted(one, before)).collect();
    assert_eq!(told, expected, "{fragment}");
}

/// A place in the fragment.
fn shifted(place: &str, before: usize) -> String {
    let (line, rest) = place.split_once(':').unwrap();
    format!("{}:{rest}", line.parse::<usize>().unwrap() as i64 - before as i64)
}

/// A directive that a test speaks of.
fn tested(clauses: &str) -> String {
    format!(
        "directive shown \"Shown\" zh \"示例\" {{\n{clauses}\n}}\ntest \"it\" {{ given {{}} expect shown undetermined }}"
    )
}

#[test]
fn the_small_pack_is_clean() {
    gives("test \"again\" { given {} expect endpoint-roles undetermined }", &[]);
    gives(&tested("must urgent"), &[]);
}

#[test]
fn what_nothing_uses() {
    gives("group spare of city { anyang }", &["1:7 rules/unused"]);
    gives("relation spare from city to function", &["1:10 rules/unused"]);
    gives("define spare = urgent", &["1:8 rules/unused"]);
    gives("vocabulary spare \"Spare\" { one \"One\" two \"Two\" }", &["1:12 rules/unused"]);
    // A group that only an unused group is made from is not told besides.
    gives("group spare of city { anyang }\ngroup more of city = spare + { luoyang }", &["2:7 rules/unused"]);
}

#[test]
fn a_term_that_no_proposal_can_hold_and_nothing_names() {
    let text = "vocabulary side \"Side\" { left \"Left\" right \"Right\" }\nrelation sides from city to side\nanyang has sides left\n";
    gives(&format!("{text}{}", tested("must left in sides of city")), &["1:38 rules/unused"]);
    gives(&format!("{text}{}", tested("must sides of city is empty or title is label of side:right")), &[]);
    gives(&format!("{text}{}", tested("must sides of city include any of side")), &[]);
}

#[test]
fn a_condition_that_can_never_hold() {
    for never in [
        "false",
        "city in {anyang} and city in {luoyang}",
        "city is anyang and city is not anyang",
        "city in endpoints and region of city is north and city in {shangqiu, xinyang}",
        "roles of city include any of {opening-up} and city is luoyang",
        "functions include logistics and functions include none of {logistics}",
        "functions is empty and functions include culture",
        "count(functions) < 0",
        "length of title < 0",
        "investment.total > 5 亿元 and investment.total < 400 万元",
        "investment.total between 6 亿元 and 5 亿元",
        "schedule.start < 2026-01-01 and schedule.start > 2026-03",
        "urgent and not urgent",
        "title is \"A\" and title is \"B\"",
        "city is missing and city is anyang",
        "urgent is not urgent",
        "1 > 2",
        "is-large and investment.total < 1 万元",
    ] {
        gives(&tested(&format!("when {never}\nmust urgent")), &["2:6 rules/constant-condition"]);
    }
}

#[test]
fn a_condition_that_always_holds() {
    for always in [
        "true",
        "anyang in endpoints",
        "city is anyang or city is not anyang",
        "city in endpoints or city in {zhengzhou, luoyang}",
        "count(functions) >= 0",
        "title is present or title is missing",
        "endpoints include any of {anyang}",
    ] {
        gives(&tested(&format!("must {always}")), &["2:6 rules/constant-condition"]);
    }
}

#[test]
fn the_smallest_constant_part_is_the_place() {
    gives(&tested("must not (urgent and not urgent)"), &["2:11 rules/constant-condition"]);
    gives(
        &tested("must some p in partners satisfies p.city is anyang and p.city is luoyang"),
        &["2:35 rules/constant-condition"],
    );
    gives(&tested("must urgent and (title is \"A\" or 1 < 2)"), &["2:34 rules/constant-condition"]);
    gives(
        &tested("must count(p in partners where p.city is anyang and p.city is luoyang) < 3"),
        &["2:32 rules/constant-condition"],
    );
}

#[test]
fn conditions_that_change_are_left_alone() {
    for fine in [
        "city is anyang or city is luoyang",
        "schedule.start >= 2026-03 and schedule.start <= 2026-03",
        "some p in partners satisfies p.city is anyang and some q in partners satisfies q.city is luoyang",
        "functions include logistics and functions include culture",
        "functions include any of {logistics, culture} and functions include none of {culture}",
        "investment.total >= 5 亿元 and investment.total <= 5 亿元",
        "urgent is true",
        "not urgent or is-large",
        "years between schedule.start and schedule.end >= 0",
        "region of city is north and city in endpoints",
    ] {
        gives(&tested(&format!("must ({fine})")), &[]);
    }
}

#[test]
fn an_exception_that_no_proposal_meets_to_which_the_directive_applies() {
    gives(&tested("when city in endpoints\nmust urgent\nunless city is zhengzhou"), &["4:8 rules/unmet-exception"]);
    gives(&tested("when is-large\nmust urgent\nunless investment.total < 1 亿元"), &["4:8 rules/unmet-exception"]);
    gives(&tested("when city in endpoints\nmust urgent\nunless city is anyang"), &[]);
    gives(&tested("must urgent\nunless city is anyang"), &[]);
}

#[test]
fn a_whole_requirement_that_is_a_condition() {
    gives(&tested("must if urgent then is-large"), &["2:6 rules/condition-in-requirement"]);
    gives(&tested("must (if urgent then is-large) and title is \"A\""), &[]);
    let portfolio = "portfolio directive all \"All\" zh \"全\" {\nmust if count(proposals) > 1 then count(p in proposals where p.urgent) > 1\n}\ntest \"it\" { given {} expect all satisfied }";
    gives(portfolio, &["2:6 rules/condition-in-requirement"]);
}

#[test]
fn a_requirement_whose_not_can_be_read_in_two_ways() {
    gives(&tested("must not urgent or is-large"), &["2:10 rules/unclear-not"]);
    gives(&tested("must not (urgent or is-large)"), &[]);
}

#[test]
fn a_variable_that_hides_a_field() {
    gives(&tested("must some city in partners satisfies city.place is \"A\""), &["2:11 rules/hidden-name"]);
    gives(&tested("must some other in partners satisfies other.place is \"A\""), &[]);
}

#[test]
fn a_should_and_a_must_that_say_the_same() {
    let two = |first: &str, second: &str| {
        format!(
            "directive a {first} }}\ndirective b {second} }}\ntest \"it\" {{ given {{}} expect a undetermined expect b undetermined }}"
        )
    };
    gives(&two("\"A\" { must urgent", "\"B\" { should  urgent"), &["2:11 rules/twice"]);
    gives(&two("\"One\" { should urgent", "\"One\" { must is-large"), &["1:11 rules/twice"]);
    gives(&two("\"A\" { when is-large must urgent", "\"B\" { should urgent"), &[]);
    gives(&two("\"A\" { must urgent", "\"B\" { should not urgent"), &[]);
    gives(&two("\"A\" { must urgent", "\"B\" { must urgent"), &[]);
}

#[test]
fn a_message_in_only_one_of_the_languages() {
    gives(&tested("must urgent\nmessage \"{city}\""), &["3:1 rules/missing-language"]);
    gives(&tested("must urgent\nmessage zh \"{city}\""), &["3:1 rules/missing-language"]);
    gives(&tested("must urgent\nmessage \"{city}\" zh \"{city}\"\nhelp \"wait\""), &[]);
}

#[test]
fn a_directive_without_a_test() {
    gives("directive shown \"Shown\" {\n  must urgent\n}", &["1:11 rules/untested"]);
}

#[test]
fn a_single_relation_with_holes() {
    let text = |single: &str| {
        format!(
            "relation side from city to region {single}\nanyang has side north\n{}",
            tested("must side of city is north")
        )
    };
    gives(&text("single"), &["1:10 rules/relation-hole"]);
    gives(&text("single partial"), &[]);
}

#[test]
fn a_directive_that_is_stronger_than_what_it_cites() {
    gives(&tested("cites §4.2 \"encourages cross-border logistics\"\nmust urgent"), &["3:1 rules/soft-passage"]);
    gives(&tested("cites §4.2\nmust urgent"), &["3:1 rules/soft-passage"]);
    gives(&tested("cites §4.2 zh \"鼓励发展\"\nmust not urgent"), &["3:1 rules/soft-passage"]);
}

#[test]
fn a_reason_or_words_that_bind_settle_it() {
    gives(&tested("cites §4.2\nmust urgent\nnote \"agreed with the departments\""), &[]);
    gives(&tested("cites §4.2\nshould urgent"), &[]);
    gives(&tested("cites §4.1\nmust urgent"), &[]);
    gives(&tested("cites §4.2, §4.1\nmust urgent"), &[]);
    gives(&tested("cites §3.9 \"coordinate within\"\nmust urgent"), &[]);
}

#[test]
fn names_that_are_not_what_they_seem() {
    let used = |name: &str| format!("group {name} of city {{ anyang }}\n{}", tested(&format!("must city in {name}")));
    gives(&used("nоrthern"), &["1:7 rules/mixed-scripts"]);
    gives(&used("`north\u{200b}ern`"), &["1:7 rules/invisible-character"]);
    gives(&used("endpolnts"), &[]);
    gives(&used("endpointѕ"), &["1:7 rules/confusable-names"]);
    for ordinary in ["端点城市", "城市2025", "端点city", "一带一路-hub", "zürich", "Ёлки", "日本の町"]
    {
        gives(&used(ordinary), &[]);
    }
}

#[test]
fn names_of_rules_that_differ_only_by_letters_that_look_alike() {
    let two = |first: &str, second: &str| {
        format!(
            "directive {first} \"A\" {{ must urgent }}\ndirective {second} \"B\" {{ must is-large }}\ntest \"it\" {{ given {{}} expect {first} undetermined expect {second} undetermined }}"
        )
    };
    gives(&two("rule-0", "rule-O"), &["2:11 rules/confusable-names"]);
    gives(&two("rule-l", "rule-1"), &["2:11 rules/confusable-names"]);
    gives(&two("modern-city", "modem-city"), &["2:11 rules/confusable-names"]);
    gives(&two("rule-a", "rule-а"), &["2:11 rules/confusable-names"]);
    gives(&two("rule-1", "rule-2"), &[]);
    gives(&two("belt-a", "belt-b"), &[]);
}

#[test]
fn the_proposal_of_a_test() {
    gives(
        "test \"it\" {\n  given { \"cty\": \"anyang\" }\n  expect endpoint-roles undetermined\n}",
        &["2:11 rules/given-shape"],
    );
    gives(
        "test \"it\" {\n  given { \"city\": \"anyan\" }\n  expect endpoint-roles undetermined\n}",
        &["2:19 rules/given-shape"],
    );
    gives(
        "test \"it\" {\n  given { \"city\": anyang }\n  expect endpoint-roles undetermined\n}",
        &["2:19 rules/given-syntax"],
    );
    gives("test \"it\" { given {} expect endpoint-roles undetermined }", &[]);
}

#[test]
fn dates_between_which_no_day_lies() {
    gives(&tested("must urgent\neffective from 2026-03-01 until 2026-02"), &["3:1 rules/constant-condition"]);
    gives(&tested("must urgent\neffective from 2026-03-01 until 2026-03"), &[]);
}

#[test]
fn an_option_of_a_term_that_stands_twice() {
    let term = |options: &str| {
        format!("vocabulary side \"Side\" {{ left \"Left\" {options} }}\n{}", tested("must title is label of left"))
    };
    gives(&term("code \"1\" code \"2\""), &["1:52 rules/duplicate-entry"]);
    gives(&term("code \"1\" aka \"L\" aka \"port\""), &[]);
}

#[test]
fn an_aggregate_over_all_proposals_that_reads_the_key_of_one_group() {
    let of = |list: &str| {
        format!(
            "portfolio directive shared \"Shared\" zh \"共用\" {{\n  for each group g of proposals by title\n  \
             must no p in {list} where p.city is anyang satisfies p.title is not g.key\n}}\n\
             test \"it\" {{ given {{}} given {{ \"title\": \"a\" }} expect shared satisfied }}"
        )
    };
    gives(&of("proposals"), &["3:8 rules/not-in-portfolio"]);
    gives(&of("g"), &[]);
}
