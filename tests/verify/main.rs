//! Holds the proofs of `analysis` against brute force: every proposal of a small shape, judged by the engine.

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

mod compare;
mod conflicts;
mod hostile;
mod mutation;
mod planted;
mod portfolio;
mod run;
mod small_pack;

use plancheck::analysis::{Analysis, Conflict, Evidence, Problem, Situation, Verification};
use plancheck::engine::judge::{Bench, idle_verdict, judge};
use plancheck::engine::program::Program;
use plancheck::engine::reading::Reader;
use plancheck::engine::record::Record;
use plancheck::rulebook::{DirectiveId, Modality, Rulebook, Verdict};
use plancheck::value::Day;
use small_pack::SmallPack;

/// A proposal's verdicts, whether each directive's `when` is true, and the proposal.
struct Judged {
    text: String,
    verdicts: Vec<(Verdict, bool)>,
}

fn load(text: &str) -> Rulebook {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.plan"), text).unwrap();
    Rulebook::load(folder.path()).unwrap_or_else(|error| panic!("{:?}\n{text}", error.diagnostics))
}

/// A random pack; `None` if it has an error of its own.
fn try_load(text: &str) -> Option<Rulebook> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.plan"), text).unwrap();
    Rulebook::load(folder.path()).ok()
}

/// Every valid proposal with its verdicts.
fn judge_all(book: &Rulebook, proposals: &[String]) -> Vec<Judged> {
    let reader = Reader::new(book);
    let program = Program::new(book, Day::new(2000, 1, 1).unwrap(), |_| true);
    let (mut record, mut bench, mut judged, mut faults) = (Record::default(), Bench::default(), Vec::new(), Vec::new());
    let mut all = Vec::new();
    for text in proposals {
        faults.clear();
        reader.read(text, &mut record, &mut faults).unwrap();
        if !faults.is_empty() {
            continue;
        }
        judge(book, &program, &record, text, &mut bench, &mut judged);
        let mut verdicts: Vec<(Verdict, bool)> =
            (0..book.directives.len()).map(|number| (idle_verdict(&program, number), false)).collect();
        for one in &judged {
            verdicts[one.directive] = (one.verdict, one.applied);
        }
        all.push(Judged { text: text.clone(), verdicts });
    }
    all
}

const VERDICTS: [Verdict; 6] = [
    Verdict::Violated,
    Verdict::Satisfied,
    Verdict::NotApplicable,
    Verdict::SetAside,
    Verdict::Undetermined,
    Verdict::NotInForce,
];

/// What a claim should be: `None` where it may also be unknown.
fn compare(claim: &str, evidence: &Evidence, example: Option<&Judged>, wrong: &mut Vec<String>) {
    match (evidence, example) {
        (Evidence::Witness(_), Some(_)) | (Evidence::Impossible, None) => {},
        (Evidence::Witness(witness), None) => {
            wrong.push(format!("{claim}: brute force finds none, verify {}", witness.proposal.compact()));
        },
        (Evidence::Impossible, Some(example)) => {
            wrong.push(format!("{claim}: said to be impossible, but {}", example.text));
        },
        (Evidence::Unknown(doubts), _) => wrong.push(format!("{claim}: unknown ({doubts:?})")),
    }
}

fn is_broken(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Violated | Verdict::Undetermined)
}

fn check_proofs(book: &Rulebook, all: &[Judged], result: &Verification, wrong: &mut Vec<String>) {
    for proof in &result.proofs {
        let number = proof.directive.0 as usize;
        let name = &book.directives[number].heading.name;
        let is_may = book.directives[number].heading.modality == Modality::May;
        let find = |wanted: &dyn Fn(&Judged) -> bool| all.iter().find(|one| wanted(one));
        let (verdict, applied) = (|one: &Judged| one.verdicts[number].0, |one: &Judged| one.verdicts[number].1);
        compare(
            &format!("{name} satisfied where it applies"),
            &proof.satisfied,
            find(&|one| verdict(one) == Verdict::Satisfied && applied(one)),
            wrong,
        );
        if is_may {
            continue;
        }
        let violated = find(&|one| verdict(one) == Verdict::Violated);
        compare(&format!("{name} violated"), proof.violated.as_ref().unwrap(), violated, wrong);
        compare(&format!("{name} applies"), &proof.applies, find(&applied), wrong);
        let stands = find(&|one| applied(one) && verdict(one) != Verdict::SetAside);
        compare(&format!("{name} stands"), &proof.stands, stands, wrong);
    }
}

fn check_problem(book: &Rulebook, all: &[Judged], problem: &Problem, wrong: &mut Vec<String>) {
    let at = |id: &DirectiveId| id.0 as usize;
    match problem {
        Problem::Redundant(id, by) => {
            let alone = all.iter().find(|one| {
                let violates = |id: &DirectiveId| one.verdicts[at(id)].0 == Verdict::Violated;
                violates(id) && !by.iter().any(violates)
            });
            if let Some(alone) = alone {
                wrong.push(format!("{problem:?} is not redundant: {}", alone.text));
            }
        },
        Problem::Conflict(Conflict { directives, situations, .. }) => {
            for situation in situations {
                let inside: Vec<&Judged> = all.iter().filter(|one| holds(book, one, situation)).collect();
                let meets = |skip: Option<&DirectiveId>| {
                    inside.iter().find(|one| {
                        directives.iter().filter(|id| Some(*id) != skip).all(|id| !is_broken(one.verdicts[at(id)].0))
                    })
                };
                if inside.is_empty() {
                    wrong.push(format!("{situation:?} of a conflict is not possible"));
                }
                if let Some(one) = meets(None) {
                    wrong.push(format!("{directives:?} do not conflict in {situation:?}: {}", one.text));
                }
                for id in directives {
                    if directives.len() > 1 && meets(Some(id)).is_none() {
                        wrong.push(format!("{directives:?} conflict in {situation:?} without {id:?}"));
                    }
                }
            }
        },
        Problem::Unknown(claim, doubts) => wrong.push(format!("unknown: {claim:?} {doubts:?}")),
        _ => {},
    }
}

/// Whether a proposal is of a situation.
fn holds(book: &Rulebook, one: &Judged, situation: &Situation) -> bool {
    let stands = |id: &DirectiveId| {
        let (verdict, applied) = one.verdicts[id.0 as usize];
        applied && verdict != Verdict::SetAside
    };
    match situation {
        Situation::Applies(id) => stands(id),
        Situation::Both(a, b) => stands(a) && stands(b),
        Situation::Three(a, b, c) => stands(a) && stands(b) && stands(c),
        Situation::Term(column, term) => {
            let column = &book.shape.tables[0].columns[usize::from(column.0)];
            let vocabulary = book.vocabularies.iter().find(|one| one.name == "a").unwrap();
            let name = &vocabulary.terms[usize::from(*term)].name;
            let value: serde_json::Value = serde_json::from_str(&one.text).unwrap();
            match &value[&column.name] {
                serde_json::Value::Array(members) => members.iter().any(|member| member == name),
                member => member == name,
            }
        },
    }
}

/// How many fields, members and elements a proposal holds.
fn size_of(text: &str) -> usize {
    fn size(value: &serde_json::Value) -> usize {
        match value {
            serde_json::Value::Array(values) => values.iter().map(|value| 1 + size(value)).sum(),
            serde_json::Value::Object(fields) => fields.values().map(|value| 1 + size(value)).sum(),
            _ => 0,
        }
    }
    size(&serde_json::from_str(text).unwrap())
}

fn check(seed: u64) -> Vec<String> {
    let pack = SmallPack::random(seed);
    let Some(book) = try_load(&pack.text) else { return Vec::new() };
    let all = judge_all(&book, &pack.proposals());
    let mut wrong = Vec::new();
    let mut analysis = Analysis::new(&book, None);
    for (directive, number) in book.directives.iter().zip(0_u32..) {
        for verdict in VERDICTS {
            let evidence = analysis.witness(DirectiveId(number), verdict);
            let example = all.iter().find(|one| one.verdicts[number as usize].0 == verdict);
            compare(&format!("{} {verdict:?}", directive.heading.name), &evidence, example, &mut wrong);
            if let Evidence::Witness(witness) = &evidence {
                let of = all.iter().filter(|one| one.verdicts[number as usize].0 == verdict);
                let is_clean = |one: &&Judged| {
                    one.verdicts
                        .iter()
                        .enumerate()
                        .all(|(other, (verdict, _))| other == number as usize || *verdict != Verdict::Violated)
                };
                let smallest = of.clone().filter(is_clean).map(|one| size_of(&one.text)).min();
                let smallest = smallest.or_else(|| of.map(|one| size_of(&one.text)).min());
                let own = size_of(&witness.proposal.compact());
                if smallest.is_some_and(|smallest| own != smallest) {
                    let name = &directive.heading.name;
                    wrong.push(format!(
                        "{name} {verdict:?}: {} is not smallest ({smallest:?})",
                        witness.proposal.compact()
                    ));
                }
            }
        }
    }
    let result = analysis.verify(|_| true);
    check_proofs(&book, &all, &result, &mut wrong);
    result.problems.iter().for_each(|problem| check_problem(&book, &all, problem, &mut wrong));
    conflicts::compare(&book, &pack.text, &all, &result, &mut wrong);
    if !wrong.is_empty() {
        wrong.insert(0, format!("seed {seed}\n{}", pack.text));
    }
    wrong
}

#[test]
fn every_answer_is_that_of_brute_force() {
    let from = std::env::var("VERIFY_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let count = std::env::var("VERIFY_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(150);
    let wrong: Vec<String> = (from..from + count).flat_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
