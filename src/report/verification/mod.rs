//! What was proved of a rule pack: each problem as a diagnostic in the reader's language, for people and as JSON.

mod human;
mod json;
mod phrases;

pub use human::{human, witness_or_why};
pub use json::json;

use self::phrases::{Phrases, phrases};
use super::Settings;
use super::phrase::fill;
use crate::analysis::{
    Claim, Conflict, Doubt, PortfolioClaim, PortfolioProblem, PortfolioProof, Problem, Situation, Swallower,
};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::rulebook::{ColumnKind, Directive, DirectiveId, ForEach, PortfolioDirective, Rulebook, TableId};
use crate::text::Span;

/// A problem, put into words.
#[derive(Debug, Clone)]
struct Finding {
    diagnostic: Diagnostic,
    /// Whether the directive's note says that it is meant.
    is_accepted: bool,
}

/// How many situations are named before the rest is counted.
const MOST_SITUATIONS: usize = 6;

/// Whether anything was found that is not accepted: what fails the command.
pub fn is_clean(book: &Rulebook, problems: &[Problem]) -> bool {
    problems.iter().all(|problem| is_accepted(book, problem))
}

/// A directive's note that names the code says that the finding is meant.
fn is_accepted(book: &Rulebook, problem: &Problem) -> bool {
    let code = code(problem);
    let ordinary = directives_of(problem).into_iter().filter_map(|id| directive(book, id)).map(|one| &one.heading);
    let portfolio = portfolio_of(book, problem).map(|one| &one.heading);
    let mut notes = ordinary.chain(portfolio).map(|heading| &heading.grounds.note);
    notes.any(|note| note.0.iter().flatten().any(|text| text.contains(code)))
}

fn directives_of(problem: &Problem) -> Vec<DirectiveId> {
    match problem {
        Problem::NeverApplies(one)
        | Problem::Swallowed(one, _)
        | Problem::NeverSatisfied(one)
        | Problem::NeverViolated(one)
        | Problem::Redundant(one, _) => vec![*one],
        Problem::Conflict(conflict) => conflict.directives.clone(),
        Problem::Portfolio(_) => Vec::new(),
        Problem::Unknown(claim, _) => match claim {
            Claim::Applies(one)
            | Claim::Stands(one)
            | Claim::Satisfied(one)
            | Claim::Violated(one)
            | Claim::Needed(one) => vec![*one],
            Claim::Situation(Situation::Applies(one)) => vec![*one],
            Claim::Situation(Situation::Both(one, other)) => vec![*one, *other],
            Claim::Situation(Situation::Three(one, other, third)) => vec![*one, *other, *third],
            Claim::Situation(Situation::Term(..)) | Claim::Terms(..) | Claim::Values(..) => Vec::new(),
        },
    }
}

fn code(problem: &Problem) -> &'static str {
    match problem {
        Problem::NeverApplies(_) => "verify/never-applies",
        Problem::Swallowed(..) => "verify/swallowed",
        Problem::NeverSatisfied(_) => "verify/never-satisfied",
        Problem::NeverViolated(_) => "verify/never-violated",
        Problem::Redundant(..) => "verify/redundant",
        Problem::Conflict(_) => "verify/conflict",
        Problem::Portfolio(PortfolioProblem { is_proved: false, .. }) => "verify/unknown",
        Problem::Portfolio(PortfolioProblem { claim, .. }) => match claim {
            PortfolioClaim::Applies => "verify/never-applies",
            PortfolioClaim::Satisfied => "verify/never-satisfied",
            PortfolioClaim::Violated => "verify/never-violated",
        },
        Problem::Unknown(..) => "verify/unknown",
    }
}

/// The portfolio directive that a problem is one of.
fn portfolio_of<'b>(book: &'b Rulebook, problem: &Problem) -> Option<&'b PortfolioDirective> {
    match problem {
        Problem::Portfolio(PortfolioProblem { directive, .. }) | Problem::Unknown(Claim::Values(directive, _), _) => {
            book.portfolio.get(*directive)
        },
        _ => None,
    }
}

fn directive(book: &Rulebook, id: DirectiveId) -> Option<&Directive> {
    book.directives.get(id.0 as usize)
}

fn name(book: &Rulebook, id: DirectiveId) -> &str {
    directive(book, id).map_or("", |directive| directive.heading.name.as_str())
}

/// Puts problems into words.
fn findings(book: &Rulebook, problems: &[Problem], settings: Settings) -> Vec<Finding> {
    let writer = Writer { book, phrases: phrases(settings.language) };
    let all = problems
        .iter()
        .map(|problem| Finding { diagnostic: writer.diagnostic(problem), is_accepted: is_accepted(book, problem) });
    all.collect()
}

struct Writer<'b> {
    book: &'b Rulebook,
    phrases: &'static Phrases,
}

impl Writer<'_> {
    fn diagnostic(&self, problem: &Problem) -> Diagnostic {
        let phrases = self.phrases;
        let named = |id: DirectiveId| quoted(name(self.book, id));
        let (severity, message, help) = match problem {
            Problem::NeverApplies(one) => {
                (Severity::Warning, fill(phrases.never_applies, &[&named(*one)]), phrases.never_applies_help.to_owned())
            },
            Problem::Swallowed(one, by) => {
                let by: Vec<String> = by.iter().map(|one| self.swallower(*one)).collect();
                let by = if by.is_empty() { phrases.together.to_owned() } else { by.join(phrases.or) };
                let help = phrases.swallowed_help.to_owned();
                (Severity::Warning, fill(phrases.swallowed, &[&named(*one), &by]), help)
            },
            Problem::NeverSatisfied(one) => {
                let help = phrases.never_satisfied_help.to_owned();
                (Severity::Error, fill(phrases.never_satisfied, &[&named(*one)]), help)
            },
            Problem::NeverViolated(one) => {
                let help = phrases.never_violated_help.to_owned();
                (Severity::Warning, fill(phrases.never_violated, &[&named(*one)]), help)
            },
            Problem::Redundant(one, by) => {
                let by: Vec<String> = by.iter().map(|id| named(*id)).collect();
                let by = by.join(phrases.or);
                let help = phrases.redundant_help.to_owned();
                (Severity::Warning, fill(phrases.redundant, &[&named(*one), &by]), help)
            },
            Problem::Conflict(conflict) => (Severity::Error, self.conflict(conflict), phrases.conflict_help.to_owned()),
            Problem::Portfolio(problem) => self.portfolio(problem),
            Problem::Unknown(claim, doubts) => {
                let doubts: Vec<String> = doubts.iter().map(|doubt| self.doubt(*doubt)).collect();
                let message = fill(phrases.unknown, &[&self.claim(claim), &doubts.join(phrases.semicolon)]);
                (Severity::Warning, message, phrases.unknown_help.to_owned())
            },
        };
        let labels = self.labels(problem);
        Diagnostic { code: code(problem), severity, message, labels, help: Some(help) }
    }

    /// What is wrong with a portfolio directive, and what to do.
    fn portfolio(&self, problem: &PortfolioProblem) -> (Severity, String, String) {
        let phrases = self.phrases;
        let directive = self.book.portfolio.get(problem.directive);
        let named = quoted(directive.map_or("", |one| one.heading.name.as_str()));
        let values = directive.map(|one| self.values(one, &problem.values)).unwrap_or_default();
        let (severity, sentence, help, claim) = match problem.claim {
            PortfolioClaim::Applies => {
                let help = phrases.never_applies_help;
                (Severity::Warning, phrases.portfolio_never_applies, help, phrases.claim_applies)
            },
            PortfolioClaim::Satisfied => {
                let help = phrases.never_satisfied_help;
                (Severity::Error, phrases.portfolio_never_satisfied, help, phrases.claim_satisfied)
            },
            PortfolioClaim::Violated => {
                let help = phrases.portfolio_never_violated_help;
                (Severity::Warning, phrases.portfolio_never_violated, help, phrases.claim_violated)
            },
        };
        if problem.is_proved {
            return (severity, fill(sentence, &[&named, &values]), help.to_owned());
        }
        let claim = format!("{}{values}", fill(claim, &[&named]));
        let message = fill(phrases.unknown, &[&claim, phrases.doubt_portfolio]);
        (Severity::Warning, message, phrases.unknown_help.to_owned())
    }

    /// The values of `for each` that are meant, if not all of them are.
    fn values(&self, directive: &PortfolioDirective, values: &[u16]) -> String {
        let ForEach::Term(vocabulary, _) = &directive.for_each else { return String::new() };
        let terms = self.book.vocabularies.get(usize::from(vocabulary.0)).map(|one| one.terms.as_slice());
        let name = |term: &u16| terms.and_then(|terms| terms.get(usize::from(*term))).map(|term| quoted(&term.name));
        let mut names: Vec<String> = values.iter().filter_map(name).collect();
        if names.is_empty() {
            return String::new();
        }
        let further = names.len().saturating_sub(MOST_SITUATIONS);
        names.truncate(MOST_SITUATIONS);
        if further > 0 {
            names.push(fill(self.phrases.more, &[&further.to_string()]));
        }
        fill(self.phrases.for_values, &[&names.join(self.phrases.or)])
    }

    fn swallower(&self, swallower: Swallower) -> String {
        match swallower {
            Swallower::Exception(number) => fill(self.phrases.exception, &[&(number + 1).to_string()]),
            Swallower::Directive(id) => quoted(name(self.book, id)),
        }
    }

    fn conflict(&self, conflict: &Conflict) -> String {
        let phrases = self.phrases;
        let names: Vec<String> = conflict.directives.iter().map(|id| quoted(name(self.book, *id))).collect();
        let where_to = self.situations(&conflict.situations);
        match names.as_slice() {
            [one] => fill(phrases.conflict_of_one, &[one, &where_to]),
            _ => fill(phrases.conflict, &[&self.joined(&names), &where_to]),
        }
    }

    /// Names one after the other, the last one with `and`.
    fn joined(&self, names: &[String]) -> String {
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{}{}{last}", others.join(self.phrases.comma), self.phrases.and)
            },
            _ => names.concat(),
        }
    }

    /// The situations of a conflict: terms first, and directives only where no term was named.
    fn situations(&self, situations: &[Situation]) -> String {
        let phrases = self.phrases;
        let is_term = |situation: &&Situation| matches!(situation, Situation::Term(..));
        let terms: Vec<&Situation> = situations.iter().filter(is_term).collect();
        let chosen = if terms.is_empty() { situations.iter().take(1).collect() } else { terms };
        let mut shown: Vec<String> = chosen.iter().take(MOST_SITUATIONS).map(|one| self.situation(one)).collect();
        if chosen.len() > MOST_SITUATIONS {
            shown.push(fill(phrases.more, &[&(chosen.len() - MOST_SITUATIONS).to_string()]));
        }
        shown.join(phrases.or)
    }

    fn situation(&self, situation: &Situation) -> String {
        let phrases = self.phrases;
        match situation {
            Situation::Applies(id) => fill(phrases.applies, &[&quoted(name(self.book, *id))]),
            Situation::Both(one, other) => {
                fill(phrases.apply_both, &[&quoted(name(self.book, *one)), &quoted(name(self.book, *other))])
            },
            Situation::Three(one, other, third) => {
                let names = [one, other, third].map(|id| quoted(name(self.book, *id)));
                fill(phrases.apply_all, &[&self.joined(&names)])
            },
            Situation::Term(column, term) => {
                let Some(column) = self.book.shape.column(TableId(0), *column) else { return String::new() };
                let (vocabulary, phrase) = match &column.kind {
                    ColumnKind::Set(vocabulary) => (*vocabulary, phrases.includes),
                    ColumnKind::Term(vocabulary) => (*vocabulary, phrases.is),
                    _ => return String::new(),
                };
                let vocabulary = self.book.vocabularies.get(usize::from(vocabulary.0));
                let term = vocabulary.and_then(|one| one.terms.get(usize::from(*term)));
                let path = column.pointer.trim_start_matches('/').replace('/', ".");
                fill(phrase, &[&quoted(&path), &quoted(term.map_or("", |term| term.name.as_str()))])
            },
        }
    }

    fn claim(&self, claim: &Claim) -> String {
        let phrases = self.phrases;
        let (phrase, id) = match claim {
            Claim::Applies(id) => (phrases.claim_applies, id),
            Claim::Stands(id) => (phrases.claim_stands, id),
            Claim::Satisfied(id) => (phrases.claim_satisfied, id),
            Claim::Violated(id) => (phrases.claim_violated, id),
            Claim::Needed(id) => (phrases.claim_needed, id),
            Claim::Situation(situation) => return fill(phrases.claim_situation, &[&self.situation(situation)]),
            Claim::Values(directive, further) => {
                let name = self.book.portfolio.get(*directive).map_or("", |one| one.heading.name.as_str());
                return fill(phrases.claim_values, &[&quoted(name), &further.to_string()]);
            },
            Claim::Terms(column, further) => {
                let path = self.book.shape.column(TableId(0), *column).map_or("", |column| column.pointer.as_str());
                let path = path.trim_start_matches('/').replace('/', ".");
                return fill(phrases.claim_terms, &[&further.to_string(), &quoted(&path)]);
            },
        };
        fill(phrase, &[&quoted(name(self.book, *id))])
    }

    fn doubt(&self, doubt: Doubt) -> String {
        let phrases = self.phrases;
        let path = |(table, column)| match self.book.shape.column(table, column) {
            Some(column) => quoted(&column.pointer.trim_start_matches('/').replace('/', ".")),
            None => String::new(),
        };
        match doubt {
            Doubt::Length(spot, rows) => fill(phrases.doubt_length, &[&path(spot), &rows.to_string()]),
            Doubt::Text(spot) => fill(phrases.doubt_text, &[&path(spot)]),
            Doubt::Operation => phrases.doubt_operation.to_owned(),
            Doubt::Cost => phrases.doubt_cost.to_owned(),
        }
    }

    /// The part of each directive that the problem lies in.
    fn labels(&self, problem: &Problem) -> Vec<Label> {
        let phrases = self.phrases;
        let label = |span: Span, text: &str| Label { span, text: text.to_owned() };
        let of = |id: &DirectiveId| directive(self.book, *id);
        let requirement = |id: &DirectiveId, text: &str| of(id).map(|one| label(one.requirement.span, text));
        let when = |id: &DirectiveId, text: &str| {
            of(id).map(|one| label(one.when.as_ref().map_or(one.requirement.span, |when| when.span), text))
        };
        match problem {
            Problem::NeverApplies(one) => when(one, phrases.label_never).into_iter().collect(),
            Problem::Swallowed(one, by) => {
                let swallowing = by.iter().filter_map(|swallower| match swallower {
                    Swallower::Exception(number) => {
                        let exception = of(one)?.unless.get(*number)?;
                        Some(label(exception.condition.span, phrases.label_swallows))
                    },
                    Swallower::Directive(id) => when(id, phrases.label_swallows),
                });
                let mut labels: Vec<Label> = swallowing.collect();
                labels.extend(when(one, phrases.label_always_aside));
                labels
            },
            Problem::NeverSatisfied(one) => requirement(one, phrases.label_not_satisfied).into_iter().collect(),
            Problem::NeverViolated(one) => requirement(one, phrases.label_not_violated).into_iter().collect(),
            Problem::Redundant(one, by) => {
                let own = requirement(one, phrases.label_implied);
                own.into_iter().chain(by.iter().filter_map(|id| requirement(id, phrases.label_implies))).collect()
            },
            Problem::Conflict(conflict) => {
                let mut ids = conflict.directives.iter();
                let first = ids.next().and_then(|id| requirement(id, phrases.label_this));
                first.into_iter().chain(ids.filter_map(|id| requirement(id, phrases.label_against))).collect()
            },
            Problem::Portfolio(PortfolioProblem { claim, is_proved, .. }) => {
                let text = match (is_proved, claim) {
                    (false, _) => phrases.label_unknown,
                    (true, PortfolioClaim::Applies) => phrases.label_portfolio_never,
                    (true, PortfolioClaim::Satisfied) => phrases.label_portfolio_not_met,
                    (true, PortfolioClaim::Violated) => phrases.label_portfolio_met,
                };
                let directive = portfolio_of(self.book, problem);
                directive.map(|one| label(one.requirement.span, text)).into_iter().collect()
            },
            Problem::Unknown(..) => {
                directives_of(problem).iter().filter_map(|id| requirement(id, phrases.label_unknown)).collect()
            },
        }
    }
}

/// The term that a portfolio directive was looked at for.
fn value_name<'b>(book: &'b Rulebook, proof: &PortfolioProof) -> Option<&'b str> {
    let ForEach::Term(vocabulary, _) = &book.portfolio.get(proof.directive)?.for_each else { return None };
    let terms = &book.vocabularies.get(usize::from(vocabulary.0))?.terms;
    Some(terms.get(usize::from(proof.value?))?.name.as_str())
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}
