//! Verdicts of directives (`language.md` 5, details 5, 6, 24, 45).

use std::collections::{BTreeMap, BTreeSet};

use plancheck::rulebook::Verdict;
use plancheck::syntax::tree::{Expression, Modality};

use super::calendar::Day;
use super::expressions::{Seen, condition};
use super::pack::{Judge, Pack, Period};
use super::scope::Scope;
use super::values::{self, Slot, Truth, Value};

/// A verdict, and for one that is undetermined the fields that left it open.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// Pointers of fields.
    pub missing: BTreeSet<String>,
}

/// The verdict of every directive that judges one proposal.
pub fn judge(pack: &Pack, proposal: &Slot, as_of: Day) -> BTreeMap<String, Judged> {
    let scope = Scope::of_proposal(pack, proposal.clone());
    let single = pack.directives.iter().filter(|(_, directive)| !directive.portfolio);
    single.map(|(name, directive)| (name.clone(), verdict(directive, &scope, as_of))).collect()
}

/// The verdict of one directive: the rows of the table, from the top.
pub fn verdict(directive: &Judge, scope: &Scope, as_of: Day) -> Judged {
    let decided = |verdict| Judged { verdict, missing: BTreeSet::new() };
    if !is_in_force(directive, scope.pack, as_of) {
        return decided(Verdict::NotInForce);
    }
    let is_may = directive.modality == Modality::May;
    let when = if is_may { grant(directive, scope) } else { optional(directive.when.as_ref(), scope) };
    let unless = any(&directive.unless, scope);
    let overridden = overridden(directive, scope, as_of);
    let requirement = requirement(directive, scope);
    let [w, x, o, r] = [&when, &unless, &overridden, &requirement].map(|seen| seen.value.truth());
    if w == Some(false) {
        decided(Verdict::NotApplicable)
    } else if x == Some(true) || o == Some(true) {
        decided(Verdict::SetAside)
    } else if (is_may && w == Some(true)) || (!is_may && r == Some(true)) {
        decided(Verdict::Satisfied)
    } else if !is_may && w == Some(true) && x == Some(false) && r == Some(false) && o == Some(false) {
        decided(Verdict::Violated)
    } else {
        let parts = [when, unless, overridden, requirement];
        Judged { verdict: Verdict::Undetermined, missing: parts.into_iter().flat_map(|part| part.open).collect() }
    }
}

/// Whether the day is within the plan's dates and the directive's own.
fn is_in_force(directive: &Judge, pack: &Pack, as_of: Day) -> bool {
    let contains = |period: Period| {
        period.from.is_none_or(|from| from <= as_of) && period.until.is_none_or(|until| as_of <= until)
    };
    contains(pack.effective) && contains(directive.effective)
}

/// A condition that may be left out.
fn optional(expression: Option<&Expression>, scope: &Scope) -> Seen {
    expression.map_or_else(|| Seen::fixed(Value::Truth(true)), |expression| condition(expression, scope))
}

/// R: the requirement, negated for `must not` and `should not`.
fn requirement(directive: &Judge, scope: &Scope) -> Seen {
    let seen = condition(&directive.requirement, scope);
    match directive.modality {
        Modality::MustNot | Modality::ShouldNot => Seen::truth(values::not(seen.value.truth()), &[&seen]),
        Modality::Must | Modality::Should | Modality::May => seen,
    }
}

/// G of a `may`: its `when` and what it grants (details 5).
fn grant(directive: &Judge, scope: &Scope) -> Seen {
    let (when, granted) = (optional(directive.when.as_ref(), scope), requirement(directive, scope));
    Seen::truth(values::and(when.value.truth(), granted.value.truth()), &[&when, &granted])
}

/// X: whether some `unless` holds.
fn any(unless: &[Expression], scope: &Scope) -> Seen {
    let seen: Vec<Seen> = unless.iter().map(|unless| condition(unless, scope)).collect();
    let truth: Truth = seen.iter().fold(Some(false), |any, seen| values::or(any, seen.value.truth()));
    Seen::truth(truth, &seen.iter().collect::<Vec<_>>())
}

/// Whether a directive that overrides this one applies.
fn overridden(directive: &Judge, scope: &Scope, as_of: Day) -> Seen {
    let all = directive.overridden_by.iter().map(|name| applies(&scope.pack.directives[name], scope, as_of));
    let seen: Vec<Seen> = all.collect();
    let truth: Truth = seen.iter().fold(Some(false), |any, seen| values::or(any, seen.value.truth()));
    Seen::truth(truth, &seen.iter().collect::<Vec<_>>())
}

/// Whether a directive applies (details 6).
fn applies(directive: &Judge, scope: &Scope, as_of: Day) -> Seen {
    if !is_in_force(directive, scope.pack, as_of) {
        return Seen::fixed(Value::Truth(false));
    }
    let is_may = directive.modality == Modality::May;
    let when = if is_may { grant(directive, scope) } else { optional(directive.when.as_ref(), scope) };
    let (unless, overridden) = (any(&directive.unless, scope), overridden(directive, scope, as_of));
    let free = values::and(values::not(unless.value.truth()), values::not(overridden.value.truth()));
    Seen::truth(values::and(when.value.truth(), free), &[&when, &unless, &overridden])
}
