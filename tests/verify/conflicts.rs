//! Conflicts by brute force: every smallest set of directives that no proposal of a situation meets, without those that follow
//! from smaller ones.

use std::collections::{BTreeMap, BTreeSet};

use plancheck::analysis::{Problem, Situation, Verification};
use plancheck::rulebook::{ColumnId, ColumnKind, DirectiveId, Modality, Rulebook, Verdict};

use super::{Judged, holds, is_broken};

type Sets = BTreeMap<BTreeSet<usize>, BTreeSet<Situation>>;

/// What verify says of conflicts against all that there are.
pub fn compare(book: &Rulebook, text: &str, all: &[Judged], result: &Verification, wrong: &mut Vec<String>) {
    let mut said = Sets::new();
    for problem in &result.problems {
        if let Problem::Conflict(conflict) = problem {
            let set = conflict.directives.iter().map(|id| id.0 as usize).collect();
            said.entry(set).or_default().extend(conflict.situations.iter().cloned());
        }
    }
    let brute = Brute::new(book, text, all);
    let expected = brute.independent();
    for (set, situations) in &expected {
        for situation in situations {
            if !said.get(set).is_some_and(|said| said.contains(situation)) {
                wrong.push(format!("{set:?} conflict in {situation:?}, and verify does not say so"));
            }
        }
    }
    for (set, situations) in &said {
        for situation in situations {
            if !expected.get(set).is_some_and(|expected| expected.contains(situation)) {
                wrong.push(format!("verify says that {set:?} conflict in {situation:?}; brute force does not"));
            }
        }
    }
}

struct Brute<'a> {
    book: &'a Rulebook,
    all: &'a [Judged],
    musts: Vec<usize>,
    /// The text of each directive.
    directives: Vec<&'a str>,
}

impl<'a> Brute<'a> {
    fn new(book: &'a Rulebook, text: &'a str, all: &'a [Judged]) -> Self {
        let is_must =
            |number: &usize| matches!(book.directives[*number].heading.modality, Modality::Must | Modality::MustNot);
        let stands = |one: &Judged, number: usize| {
            let (verdict, applied) = one.verdicts[number];
            applied && verdict != Verdict::SetAside
        };
        let can_stand = |number: usize| all.iter().any(|one| stands(one, number));
        let can_be_met = |number: usize| all.iter().any(|one| one.verdicts[number] == (Verdict::Satisfied, true));
        let musts = (0..book.directives.len()).filter(is_must);
        let musts = musts.filter(|number| !can_stand(*number) || can_be_met(*number)).collect();
        let directives = text.lines().filter(|line| line.starts_with("directive")).collect();
        Self { book, all, musts, directives }
    }

    fn of(&self, situation: &Situation) -> Vec<&'a Judged> {
        self.all.iter().filter(|one| holds(self.book, one, situation)).collect()
    }

    fn situations(&self) -> Vec<Situation> {
        let id = |number: usize| DirectiveId(u32::try_from(number).unwrap());
        let mut situations: Vec<Situation> = self.musts.iter().map(|number| Situation::Applies(id(*number))).collect();
        for (number, column) in self.book.shape.tables[0].columns.iter().enumerate() {
            let is_asked = self.directives.iter().any(|directive| when(directive).contains(&column.name));
            if is_asked && matches!(column.kind, ColumnKind::Term(_) | ColumnKind::Set(_)) {
                let column = ColumnId(u16::try_from(number).unwrap());
                situations.extend((0..3).map(|term| Situation::Term(column, term)));
            }
        }
        situations
    }

    fn meets(&self, one: &Judged, set: &BTreeSet<usize>) -> bool {
        set.iter().all(|number| !is_broken(one.verdicts[*number].0))
    }

    /// Every smallest set that a situation excludes.
    fn smallest(&self, situation: &Situation) -> Vec<BTreeSet<usize>> {
        let inside = self.of(situation);
        let mut found: Vec<BTreeSet<usize>> = Vec::new();
        if inside.is_empty() {
            return found;
        }
        let mut subsets: Vec<BTreeSet<usize>> = (0_u32..1 << self.musts.len())
            .map(|bits| {
                let chosen = self.musts.iter().enumerate().filter(|(index, _)| bits & (1 << index) != 0);
                chosen.map(|(_, number)| *number).collect()
            })
            .collect();
        subsets.sort_by_key(BTreeSet::len);
        for set in subsets {
            let is_larger = found.iter().any(|smaller| smaller.is_subset(&set));
            if !is_larger && !inside.iter().any(|one| self.meets(one, &set)) {
                found.push(set);
            }
        }
        found
    }

    fn conflicts(&self) -> Sets {
        let mut sets = Sets::new();
        for situation in self.situations() {
            for set in self.smallest(&situation) {
                if set.len() > 1 || !matches!(situation, Situation::Term(..)) {
                    sets.entry(set).or_default().insert(situation.clone());
                }
            }
        }
        for (index, one) in self.musts.iter().enumerate() {
            for other in &self.musts[index + 1..] {
                let [a, b] = [one, other].map(|number| DirectiveId(u32::try_from(*number).unwrap()));
                let situation = Situation::Both(a, b);
                let set = BTreeSet::from([*one, *other]);
                if self.share_a_field(*one, *other) && self.smallest(&situation).contains(&set) {
                    sets.entry(set).or_default().insert(situation);
                }
            }
        }
        for one in &self.musts {
            for other in self.musts.iter().filter(|other| *other > one) {
                for third in self.musts.iter().filter(|third| *third > other) {
                    let [a, b, c] = [one, other, third].map(|number| DirectiveId(u32::try_from(*number).unwrap()));
                    let situation = Situation::Three(a, b, c);
                    let set = BTreeSet::from([*one, *other, *third]);
                    let sides = [(*one, *other), (*one, *third), (*other, *third)];
                    let joined = sides.into_iter().filter(|(one, other)| self.share_a_field(*one, *other));
                    let joined: Vec<(usize, usize)> = joined.collect();
                    let go_together = joined.iter().all(|(one, other)| {
                        let set = BTreeSet::from([*one, *other]);
                        let [one, other] = [one, other].map(|number| DirectiveId(u32::try_from(*number).unwrap()));
                        self.of(&Situation::Both(one, other)).iter().any(|judged| self.meets(judged, &set))
                    });
                    if joined.len() > 1 && go_together && self.smallest(&situation).contains(&set) {
                        sets.entry(set).or_default().insert(situation);
                    }
                }
            }
        }
        sets
    }

    /// Whether two requirements read a field in common.
    fn share_a_field(&self, one: usize, other: usize) -> bool {
        let columns = &self.book.shape.tables[0].columns;
        columns.iter().any(|column| {
            [one, other].iter().all(|number| requirement(self.directives[*number]).contains(&column.name))
        })
    }

    /// Whether every proposal of a situation that meets what the causes leave of a set is where one of the causes conflicts.
    fn leads_to(
        &self,
        set: &BTreeSet<usize>,
        situation: &Situation,
        causes: &[(&BTreeSet<usize>, &BTreeSet<Situation>)],
    ) -> bool {
        let named: BTreeSet<usize> = causes.iter().flat_map(|(cause, _)| cause.iter().copied()).collect();
        let rest: BTreeSet<usize> = set.difference(&named).copied().collect();
        self.of(situation)
            .iter()
            .filter(|one| self.meets(one, &rest))
            .all(|one| causes.iter().any(|(_, there)| there.iter().any(|situation| holds(self.book, one, situation))))
    }

    fn independent(&self) -> Sets {
        let all = self.conflicts();
        let mut independent = Sets::new();
        for (set, situations) in &all {
            let smaller: Vec<_> =
                all.iter().filter(|(other, _)| other.len() < set.len() && other.is_subset(set)).collect();
            for situation in situations {
                let alone = smaller.iter().any(|cause| self.leads_to(set, situation, std::slice::from_ref(cause)));
                if !alone && (smaller.len() < 2 || !self.leads_to(set, situation, &smaller)) {
                    independent.entry(set.clone()).or_default().insert(situation.clone());
                }
            }
        }
        independent
    }
}

/// Where the requirement begins.
fn start(directive: &str) -> usize {
    ["must", "should", "may"].iter().filter_map(|word| directive.find(&format!(" {word} "))).min().unwrap()
}

fn when(directive: &str) -> &str {
    &directive[directive.find(" when ").unwrap_or(start(directive))..start(directive)]
}

fn requirement(directive: &str) -> &str {
    let text = &directive[start(directive)..];
    &text[..text.find(" unless ").or_else(|| text.find(" overrides ")).unwrap_or(text.len())]
}
