//! Two packs that differ in one rule, against brute force: for each directive, whether some proposal that both read has another
//! verdict.

use plancheck::analysis::{Evidence, difference};
use plancheck::engine::reading::Reader;
use plancheck::engine::record::Record;
use plancheck::rulebook::{DirectiveId, Rulebook, Verdict};

use super::small_pack::SmallPack;
use super::{judge_all, try_load};

/// Replacements that make another pack of one: conditions, facts, groups, modalities and fields.
const MUTATIONS: &[(&str, &str)] = &[
    ("group some-a of a { x, z }", "group some-a of a { x, y }"),
    ("x has friends y, z", "x has friends y"),
    ("z has home z", "z has home x"),
    ("y code \"12\"", "y code \"2\""),
    (" must (", " must not ("),
    (" must (", " should ("),
    (" or ", " and "),
    ("(not (", "((("),
    (" is x", " is z"),
    (" include x", " include y"),
    (" = 1", " = 2"),
    (" >= 1", " >= 2"),
    (" overrides rule-0", ""),
    (" unless ", " unless not "),
    ("2026-02-28", "2026-03-01"),
    (" otherwise y", " otherwise z"),
    (" otherwise false", ""),
];

/// The proposals that a pack reads without an error.
fn valid(book: &Rulebook, proposals: &[String]) -> Vec<String> {
    let reader = Reader::new(book);
    let (mut record, mut faults) = (Record::default(), Vec::new());
    let is_valid = |text: &&String| {
        faults.clear();
        reader.read(text, &mut record, &mut faults).unwrap();
        faults.is_empty()
    };
    proposals.iter().filter(is_valid).cloned().collect()
}

fn check(seed: u64) -> Vec<String> {
    let pack = SmallPack::random(seed);
    let (from, to) = MUTATIONS[usize::try_from(seed).unwrap() % MUTATIONS.len()];
    let changed = pack.text.replacen(from, to, 1);
    let changed = if from == "(not (" { changed.replacen("((((", "(((", 1) } else { changed };
    let (Some(old), Some(new)) = (try_load(&pack.text), try_load(&changed)) else { return Vec::new() };
    let both = valid(&new, &valid(&old, &pack.proposals()));
    let (before, after) = (judge_all(&old, &both), judge_all(&new, &both));
    let found = difference(&old, &new, None);
    let mut wrong = Vec::new();
    for pair in &found.compared {
        let of = |verdicts: &[(Verdict, bool)], id: DirectiveId| verdicts[id.0 as usize].0;
        let mut judged = before.iter().zip(&after);
        let example = judged
            .find(|(one, other)| of(&one.verdicts, pair.old) != of(&other.verdicts, pair.new))
            .map(|(one, _)| &one.text);
        let name = &new.directives[pair.new.0 as usize].heading.name;
        match (&pair.evidence, example) {
            (Evidence::Witness(_), Some(_)) => {
                let (earlier, later) = pair.verdicts.unwrap();
                assert_ne!(earlier, later);
            },
            (Evidence::Impossible, None) => {},
            (evidence, example) => wrong.push(format!("{name}: {evidence:?}, and brute force finds {example:?}")),
        }
    }
    if !wrong.is_empty() {
        wrong.insert(0, format!("seed {seed}: `{from}` becomes `{to}`\n{}", pack.text));
    }
    wrong
}

#[test]
fn the_difference_of_two_packs_is_that_of_brute_force() {
    let from = std::env::var("VERIFY_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let count = std::env::var("VERIFY_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(100);
    let wrong: Vec<String> = (from..from + count).flat_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
