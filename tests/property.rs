//! Holds the engine against the reference evaluator: on hand-made cases, and on random packs and proposals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_types,
    clippy::manual_try_fold,
    clippy::iter_over_hash_type,
    elided_lifetimes_in_paths,
    missing_docs,
    missing_debug_implementations,
    reason = "a test stops at what it did not foresee, and says what it saw"
)]

mod reference;

use std::collections::{BTreeMap, BTreeSet};

use plancheck::rulebook::Verdict;
use reference::calendar::{Day, Days};
use reference::cases::{self, Case};
use reference::engine::{self, Engine};
use reference::json::Json;
use reference::pack::Pack;
use reference::random::Random;
use reference::{json, more_cases, portfolio, random_pack, random_proposal, shape, verdicts};

fn day(text: &str) -> Day {
    Days::read(text).expect("a date").first
}

/// The cases' pack with a directive for each case; its name tells the number.
fn pack_of_cases() -> String {
    let mut text = cases::PACK.to_owned();
    for (index, (shows, clauses, ..)) in all_cases().enumerate() {
        text.push_str(&format!("\n# {shows}\ndirective case-{index} {{ {clauses} }}\n"));
    }
    for (index, (shows, items, ..)) in more_cases::OVERRIDES.iter().enumerate() {
        let name = format!("overridden-{index}");
        text.push_str(&format!("\n# {shows}\n{}\ndirective {name} {{ must 1 = 2 }}\n", items.replace("{name}", &name)));
    }
    for (index, (shows, clauses, ..)) in more_cases::PORTFOLIOS.iter().enumerate() {
        text.push_str(&format!("\n# {shows}\nportfolio directive together-{index} {{ {clauses} }}\n"));
    }
    text
}

fn all_cases() -> impl Iterator<Item = &'static Case> {
    cases::CASES.iter().chain(more_cases::MORE)
}

fn load(text: &str) -> (Pack, Engine) {
    let tree = engine::parse(text).unwrap_or_else(|errors| panic!("{errors}"));
    let pack = Pack::gather(&[tree]);
    let engine = Engine::load(text, day(cases::AS_OF)).unwrap_or_else(|errors| panic!("{errors}"));
    (pack, engine)
}

#[test]
fn hand_made_cases_have_the_verdict_that_the_page_gives() {
    let (pack, engine) = load(&pack_of_cases());
    let as_of = day(cases::AS_OF);
    let cases = all_cases().enumerate().map(|(index, case)| (format!("case-{index}"), case));
    let overrides = more_cases::OVERRIDES.iter().enumerate().map(|(index, case)| (format!("overridden-{index}"), case));
    let mut wrong = Vec::new();
    for (name, (shows, clauses, proposal, expected)) in cases.chain(overrides) {
        let (read, _) = shape::read(&pack, &json::parse(proposal));
        let reference = verdicts::judge(&pack, &read, as_of)[&name].verdict;
        if reference != *expected {
            wrong.push(format!("{shows}: `{clauses}` of {proposal} is {expected:?}, not {reference:?} (reference)"));
        }
        if engine.check(proposal).verdicts.get(&name) != Some(expected) {
            let engine = engine.check(proposal).verdicts.get(&name).copied();
            wrong.push(format!("{shows}: `{clauses}` of {proposal} is {expected:?}, not {engine:?} (engine)"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hand_made_shapes_have_the_findings_that_the_page_gives() {
    let (pack, engine) = load(&pack_of_cases());
    let mut wrong = Vec::new();
    for (shows, proposal, expected) in more_cases::SHAPES {
        let expected: shape::Findings =
            expected.iter().map(|(code, pointer)| (format!("proposal/{code}"), (*pointer).to_owned())).collect();
        let (_, reference) = shape::read(&pack, &json::parse(proposal));
        if reference != expected {
            wrong.push(format!("{shows}: {proposal} has {expected:?}, not {reference:?} (reference)"));
        }
        if engine.check(proposal).shape != expected {
            wrong
                .push(format!("{shows}: {proposal} has {expected:?}, not {:?} (engine)", engine.check(proposal).shape));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hand_made_portfolios_have_the_verdicts_that_the_page_gives() {
    let (pack, engine) = load(&pack_of_cases());
    let as_of = day(cases::AS_OF);
    let mut wrong = Vec::new();
    for (index, (shows, _, proposals, expected)) in more_cases::PORTFOLIOS.iter().enumerate() {
        let name = format!("together-{index}");
        let expected: BTreeSet<_> =
            expected.iter().map(|(value, verdict)| (name.clone(), value.map(str::to_owned), *verdict)).collect();
        let of_this = |all: portfolio::Verdicts| -> portfolio::Verdicts {
            all.into_iter().filter(|(directive, ..)| *directive == name).collect()
        };
        let objects = proposals.iter().filter(|text| text.starts_with('{'));
        let read: Vec<_> = objects.map(|text| shape::read(&pack, &json::parse(text)).0).collect();
        let reference = of_this(portfolio::judge(&pack, &read, as_of));
        if reference != expected {
            wrong.push(format!("{shows}: {expected:?}, not {reference:?} (reference)"));
        }
        let texts: Vec<String> = proposals.iter().map(|text| (*text).to_owned()).collect();
        if of_this(engine.check_together(&texts)) != expected {
            let engine = of_this(engine.check_together(&texts));
            wrong.push(format!("{shows}: {expected:?}, not {engine:?} (engine)"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Seeds on which engine and reference once differed, or a pack did not load.
const KEPT: &[u64] = &[];

/// How many random packs are tried in an ordinary run; each gives about 1,400 verdicts.
const SEEDS: u64 = 150;

/// How many proposals each pack judges.
const PROPOSALS: usize = 110;

#[test]
fn engine_and_reference_agree_on_random_packs_and_proposals() {
    let count =
        std::env::var("PLANCHECK_SEEDS").map_or(SEEDS, |count| count.parse().expect("PLANCHECK_SEEDS is a number"));
    let first: u64 = std::env::var("PLANCHECK_FIRST_SEED").map_or(1, |seed| seed.parse().expect("a seed"));
    let mut tally = Tally::default();
    for seed in KEPT.iter().copied().chain(first..first + count) {
        try_seed(seed, &mut tally);
    }
    println!("{tally:?}");
}

/// How many verdicts were compared, by verdict.
#[derive(Debug, Default)]
struct Tally {
    verdicts: BTreeMap<Verdict, u64>,
    together: BTreeMap<Verdict, u64>,
    findings: u64,
}

/// One pack with its proposals.
fn try_seed(seed: u64, tally: &mut Tally) {
    let text = random_pack::pack(seed);
    let tree = engine::parse(&text).unwrap_or_else(|errors| panic!("seed {seed}: {errors}\n{text}"));
    let pack = Pack::gather(&[tree]);
    let as_of = day(cases::AS_OF);
    let engine = match Engine::load(&text, as_of) {
        Ok(engine) => engine,
        // Whoever writes the pack does not count how deep a definition nests (details 43).
        Err(errors) if errors.starts_with("rules/nested-too-deep") => return,
        Err(errors) => panic!("seed {seed} does not load: {errors}\n{text}"),
    };
    let random = &mut Random::new(seed ^ 0x5EED);
    let proposals: Vec<Json> = (0..PROPOSALS).map(|_| random_proposal::proposal(random, &pack)).collect();
    for proposal in &proposals {
        if let Some(difference) = difference(&pack, &engine, proposal, tally) {
            let small = shrunk(proposal, |smaller| differs(&pack, &engine, smaller));
            let difference = self::difference(&pack, &engine, &small, tally).unwrap_or(difference);
            panic!("seed {seed}: {}\nproposal: {small}", difference.told(&text));
        }
    }
    for some in proposals.chunks(11) {
        try_together(seed, &text, &pack, &engine, some, tally);
    }
}

fn differs(pack: &Pack, engine: &Engine, proposal: &Json) -> bool {
    difference(pack, engine, proposal, &mut Tally::default()).is_some()
}

/// What engine and reference do not agree on.
struct Difference {
    /// The directive; empty for findings on the shape.
    directive: String,
    /// What both say.
    said: String,
}

impl Difference {
    /// The difference with the text of the directive.
    fn told(&self, pack: &str) -> String {
        let from = pack.find(&format!("directive {} {{", self.directive));
        let directive = from.map_or("", |from| &pack[from..]);
        let end = directive.find("\n}").unwrap_or(directive.len());
        format!("{} {}\n{}", self.directive, self.said, &directive[..end])
    }
}

/// The first difference on one proposal.
fn difference(pack: &Pack, engine: &Engine, proposal: &Json, tally: &mut Tally) -> Option<Difference> {
    let as_of = day(cases::AS_OF);
    let text = proposal.to_string();
    let (read, shape) = shape::read(pack, &json::parse(&text));
    let verdicts = verdicts::judge(pack, &read, as_of);
    for judged in verdicts.values() {
        *tally.verdicts.entry(judged.verdict).or_default() += 1;
    }
    tally.findings += shape.len() as u64;
    let engine = engine.check(&text);
    if engine.shape != shape {
        let only = |a: &shape::Findings, b: &shape::Findings| a.difference(b).cloned().collect::<Vec<_>>();
        let (a, b) = (only(&shape, &engine.shape), only(&engine.shape, &shape));
        return Some(Difference {
            directive: String::new(),
            said: format!("shape: only the reference finds {a:?}, only the engine finds {b:?}"),
        });
    }
    for (name, judged) in &verdicts {
        let of_engine = engine.verdicts.get(name);
        if of_engine != Some(&judged.verdict) {
            let said = format!("is {:?} by the reference and {of_engine:?} by the engine", judged.verdict);
            return Some(Difference { directive: name.clone(), said });
        }
    }
    None
}

/// Portfolio directives over some proposals.
fn try_together(seed: u64, text: &str, pack: &Pack, engine: &Engine, proposals: &[Json], tally: &mut Tally) {
    let judge = |proposals: &[Json]| {
        let objects = proposals.iter().filter(|proposal| matches!(proposal, Json::Object(_)));
        let read: Vec<_> = objects.map(|proposal| shape::read(pack, proposal).0).collect();
        let texts: Vec<String> = proposals.iter().map(Json::to_string).collect();
        (portfolio::judge(pack, &read, day(cases::AS_OF)), engine.check_together(&texts))
    };
    let (reference, of_engine) = judge(proposals);
    for (_, _, verdict) in &reference {
        *tally.together.entry(*verdict).or_default() += 1;
    }
    if reference == of_engine {
        return;
    }
    let whole = Json::Array(proposals.to_vec());
    let small = shrunk(&whole, |smaller| {
        let Json::Array(proposals) = smaller else { return false };
        let (reference, of_engine) = judge(proposals);
        reference != of_engine
    });
    let Json::Array(proposals) = &small else { panic!("a list") };
    let (reference, of_engine) = judge(proposals);
    let only = |a: &portfolio::Verdicts, b: &portfolio::Verdicts| a.difference(b).cloned().collect::<Vec<_>>();
    let (a, b) = (only(&reference, &of_engine), only(&of_engine, &reference));
    let directive = a.first().or(b.first()).map(|(name, ..)| name.clone()).unwrap_or_default();
    let said = format!("only the reference says {a:?}, only the engine says {b:?}");
    panic!("seed {seed}: {}\nproposals: {small}", Difference { directive, said }.told(text));
}

/// The value with all taken away that the difference does not need: entries, elements, one at a time.
fn shrunk(value: &Json, differs: impl Fn(&Json) -> bool) -> Json {
    let mut best = value.clone();
    loop {
        match smaller(&best).into_iter().find(|smaller| differs(smaller)) {
            Some(smaller) => best = smaller,
            None => return best,
        }
    }
}

/// Every value with one entry or element less, at any depth.
fn smaller(value: &Json) -> Vec<Json> {
    let mut all = Vec::new();
    match value {
        Json::Object(entries) => {
            for index in 0..entries.len() {
                let mut less = entries.clone();
                less.remove(index);
                all.push(Json::Object(less));
                for inner in smaller(&entries[index].1) {
                    let mut less = entries.clone();
                    less[index].1 = inner;
                    all.push(Json::Object(less));
                }
            }
        },
        Json::Array(elements) => {
            for index in 0..elements.len() {
                let mut less = elements.clone();
                less.remove(index);
                all.push(Json::Array(less));
                for inner in smaller(&elements[index]) {
                    let mut less = elements.clone();
                    less[index] = inner;
                    all.push(Json::Array(less));
                }
            }
        },
        _ => {},
    }
    all
}
