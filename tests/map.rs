//! The `map` item: what it comes to, and what is said of maps that contradict themselves or the facts.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what it did not foresee")]

use plancheck::rulebook::{MapSetKind, Rulebook};

/// A pack with four towns, of which two are a group, and a map.
fn pack(map: &str) -> String {
    format!(
        "plan p {{ title \"P\" }}
vocabulary city {{ aston brook carn dale }}
vocabulary colour {{ red grey }}
group coast of city \"the coast\" {{ aston, brook }}
group bright of colour {{ red }}
proposal {{ id text  city city  colour colour }}
directive d {{ must city in coast or colour in bright }}
test \"t\" {{ given {{ \"city\": \"aston\" }} expect d satisfied }}
{map}"
    )
}

/// Codes and messages of what is wrong with a map.
fn faults(map: &str) -> Vec<String> {
    let all = match Rulebook::from_texts(&[("pack.plan", &pack(map))]) {
        Ok(book) => book.warnings,
        Err(error) => error.diagnostics,
    };
    let of_map = all.into_iter().filter(|one| one.code != "rules/missing-language");
    of_map.map(|one| format!("{}: {}", one.code, one.message)).collect()
}

const STATIONS: &str = "station aston at 0, 0 station brook at 1, 0 station carn at 2, 0 station dale at 3, 0";

#[test]
fn each_fault_of_a_map_is_told_once_with_its_cause() {
    let cases = [
        ("", None),
        ("line coast through aston, brook circle coast area coast mark coast", None),
        ("line coast through brook, aston,", None),
        ("line coast through aston", Some("rules/bad-map: the line leaves out `brook`, which is in its group")),
        (
            "line coast through aston, carn, brook",
            Some("rules/bad-map: the line goes through `carn`, which is not in its group"),
        ),
        ("line coast through aston, brook, aston", Some("rules/duplicate-term: the line goes through `aston` twice")),
        ("line coast through aston, brok, brook", Some("rules/unknown-name: `brok` is no term of `city`")),
        ("area cost", Some("rules/unknown-name: `cost` is no group")),
        ("mark bright", Some("rules/type-mismatch: `bright` holds terms of `colour`, and the map those of `city`")),
        ("station aston at 5, 5", Some("rules/duplicate-term: `aston` has two stations on the map")),
        ("station bath at 5, 5", Some("rules/unknown-name: `bath` is no term of `city`")),
    ];
    for (entries, expected) in cases {
        let found = faults(&format!("map of city {{ {STATIONS} {entries} }}"));
        assert_eq!(found, Vec::from_iter(expected), "{entries}");
    }
}

#[test]
fn stations_need_a_place_of_their_own_and_every_term_a_station() {
    assert_eq!(
        faults("map of city { station aston at 0, 0 station brook at 0, 0 }"),
        [
            "rules/map-hole: the map has no station for `carn`, `dale`",
            "rules/bad-map: `brook` stands where another station stands"
        ]
    );
    assert_eq!(
        faults(&format!("map of city {{ {STATIONS} }} map of city {{ {STATIONS} }}")),
        ["rules/duplicate-name: a pack has one `map` item"]
    );
    assert_eq!(faults("map of town { }"), ["rules/unknown-name: `town` is no vocabulary"]);
}

#[test]
fn a_map_is_of_a_vocabulary_that_a_field_of_the_proposal_has() {
    let text = "plan p { title \"P\" } vocabulary v { a } map of v { station a at 0, 0 }";
    let error = Rulebook::from_texts(&[("pack.plan", text)]).unwrap_err();
    let messages: Vec<&str> = error.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(messages, ["no field of a proposal is a `v`, so nothing could be shown on the map"]);
}

#[test]
fn henan_has_its_pattern() {
    let book = Rulebook::henan().map_err(|error| error.diagnostics).unwrap();
    let map = book.map.expect("a map");
    let count = |kind| map.sets.iter().filter(|set| set.kind == kind).count();
    assert_eq!(map.stations.len(), 18);
    assert_eq!(map.lines.iter().map(|line| line.through.len()).collect::<Vec<_>>(), [8, 5]);
    assert_eq!((count(MapSetKind::Circle), count(MapSetKind::Area), count(MapSetKind::Mark)), (1, 4, 3));
    assert_eq!(
        map.title.0,
        [
            Some("One core, one circle, two belts, four regions".to_owned()),
            Some("一主两副、一圈两带、四域多点".to_owned())
        ]
    );
}
