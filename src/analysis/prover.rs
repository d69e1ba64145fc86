//! Questions about a pack: a witness that the ordinary engine has judged, a proof that there is none, or neither.

use std::collections::BTreeSet;

use super::arithmetic::{Feasibility, contradiction, feasibility};
use super::circuit::{Answer, Literal};
use super::decode;
use super::demand::{Demand, demands, join};
use super::document::Document;
use super::encode::{Encoder, FieldKind, Judgement, Looked, RowId, Slack, counterpart, joined};
use super::plain;
use super::portfolio::values;
use super::survey::{Spot, survey};
use super::trial::{Trial, Verdicts};
use crate::rulebook::{PortfolioDirective, Rulebook, TableId};
use crate::value::Day;

/// How often numbers may refute a model before a question is given up.
const MOST_REFUTATIONS: usize = 3_000;

/// How many models that the engine judges otherwise are looked at.
const MOST_MISSES: usize = 12;

/// The largest size up to which smallest proposals are looked for.
const MOST_COUNTED: usize = 24;

/// The most fields, members and elements that are counted.
const MOST_PARTS: usize = 600;

/// How often a smaller proposal is tried for one witness.
const MOST_TRIALS: usize = 400;

/// A proposal with the day that it is judged as of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The proposal.
    pub proposal: Document,
    /// The day.
    pub as_of: Day,
}

/// Why a question was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// A list may be longer than the rows that were looked at: its pointer's table and column, and how many rows.
    Length(Spot, usize),
    /// A text may be another than those that were tried.
    Text(Spot),
    /// An operation's result is known to the engine only.
    Operation,
    /// The question cost more than it may.
    Cost,
}

/// How a question came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// There is such a proposal.
    Witness(Witness),
    /// No valid proposal is such: proved.
    Impossible,
    /// Neither was found.
    Unknown(BTreeSet<Doubt>),
}

/// A question: literals that are to hold, and the same asked of the engine's verdicts.
pub(super) struct Question<'q> {
    /// Literals, each with the directive that it speaks of, if it does of one.
    pub goal: &'q [(Literal, Option<usize>)],
    pub accepts: &'q dyn Fn(&Verdicts) -> bool,
}

/// Evidence with the part of the goal that excludes a witness, where there is none.
pub(super) struct Finding {
    pub evidence: Evidence,
    pub core: Vec<Literal>,
}

/// A pack, encoded; or two packs over the proposals that both read.
#[derive(Debug)]
pub(super) struct Prover<'b> {
    pub book: &'b Rulebook,
    pub encoder: Encoder<'b>,
    /// What each directive says; those of a second pack after those of the first.
    pub judgements: Vec<Judgement>,
    pub proposal: RowId,
    second: Option<(Encoder<'b>, RowId)>,
    /// The stretches of days within which the same directives are in force, each with a day of it.
    pub days: Vec<(Day, Literal)>,
    trials: Vec<Trial<'b>>,
    demands: Vec<Demand>,
    /// What the aggregates of portfolio directives ask of the proposal: by directive, by value, by aggregate.
    pub looked: Vec<Vec<Vec<Looked>>>,
    /// Whether a witness is made as small as it can be.
    makes_small: bool,
    sizes: Vec<Literal>,
}

impl<'b> Prover<'b> {
    /// Encodes a pack; without a day, for any day.
    pub fn new(book: &'b Rulebook, as_of: Option<Day>) -> Self {
        let mut encoder = Encoder::new(book);
        let always = encoder.circuit.constant(true);
        let proposal = encoder.add_proposal(always, None);
        let days = add_days(&mut encoder, &[book], as_of);
        let in_force = in_force(&mut encoder, book, &days);
        let judgements = encoder.judgements(proposal, &in_force);
        let looked = looked(&mut encoder, book, proposal);
        encoder.finish();
        Self {
            book,
            encoder,
            judgements,
            proposal,
            second: None,
            days,
            trials: vec![Trial::new(book, true)],
            demands: demands(book),
            looked,
            makes_small: true,
            sizes: Vec::new(),
        }
    }

    /// Encodes two packs over the proposals that both read.
    pub fn of_two(first: &'b Rulebook, second: &'b Rulebook, as_of: Option<Day>) -> Self {
        let (one, other) = joined((first, survey(first)), (second, survey(second)));
        let mut encoder = Encoder::with(first, one);
        let always = encoder.circuit.constant(true);
        let proposal = encoder.add_proposal(always, None);
        let days = add_days(&mut encoder, &[first, second], as_of);
        let first_in_force = in_force(&mut encoder, first, &days);
        let mut judgements = encoder.judgements(proposal, &first_in_force);
        let mut own = Encoder::second(second, other, &mut encoder);
        let second_proposal = own.add_proposal(always, Some(proposal));
        let second_in_force = in_force(&mut own, second, &days);
        judgements.extend(own.judgements(second_proposal, &second_in_force));
        own.finish();
        encoder.lend(&mut own);
        encoder.slack.clone_from(&own.slack);
        encoder.finish();
        let mut all = demands(first);
        all.extend(demands(second).into_iter().map(|demand| {
            let by_first = demand.into_iter();
            by_first.map(|(spot, rows)| (counterpart(second, spot, first).unwrap_or(spot), rows)).collect()
        }));
        Self {
            book: first,
            encoder,
            judgements,
            proposal,
            second: Some((own, second_proposal)),
            days,
            trials: vec![Trial::new(first, false), Trial::new(second, false)],
            demands: all,
            looked: Vec::new(),
            makes_small: true,
            sizes: Vec::new(),
        }
    }

    /// Whether some valid proposal is as asked.
    pub fn ask(&mut self, question: &Question<'_>) -> Finding {
        let tight: Vec<Literal> = self.encoder.slack.iter().map(|(literal, _)| !*literal).collect();
        let mut doubts = BTreeSet::new();
        let core = match self.search(question, &tight) {
            Search::Found(witness) => return found(witness),
            Search::None(core) => core,
            Search::Unclear(doubt) => return unclear(BTreeSet::from([doubt])),
        };
        let blamed: Vec<(Literal, Slack)> =
            self.encoder.slack.iter().copied().filter(|(literal, _)| core.contains(&!*literal)).collect();
        if blamed.is_empty() {
            return impossible(question, &core);
        }
        // What excludes a model speaks of few directives; whether enough rows are laid out is asked of those only.
        let goal: Vec<_> = question.goal.iter().copied().filter(|(literal, _)| core.contains(literal)).collect();
        let demand = self.demand(goal.iter().filter_map(|(_, directive)| *directive));
        let mut kept = Vec::new();
        for (literal, slack) in &self.encoder.slack {
            match slack {
                Slack::Length(spot) if self.rows_of(*spot) >= demand.get(spot).copied().unwrap_or(0) => {
                    kept.push(!*literal);
                },
                _ => {},
            }
        }
        for (_, slack) in blamed {
            match slack {
                Slack::Length(spot) => {
                    let rows = self.rows_of(spot);
                    if rows < demand.get(&spot).copied().unwrap_or(0) {
                        doubts.insert(Doubt::Length(spot, rows));
                    }
                },
                Slack::Text(spot) => {
                    doubts.insert(Doubt::Text(spot));
                },
                Slack::Operation => {
                    doubts.insert(Doubt::Operation);
                },
            }
        }
        let narrowed = Question { goal: &goal, accepts: &|_| false };
        if let Search::None(core) = self.search(&narrowed, &kept) {
            return impossible(question, &core);
        }
        match self.search(question, &kept) {
            Search::Found(witness) => found(witness),
            // Only what the narrower question speaks of was enough to keep lists short.
            Search::None(_) => unclear(doubts),
            Search::Unclear(doubt) => {
                if doubts.is_empty() {
                    doubts.insert(doubt);
                }
                unclear(doubts)
            },
        }
    }

    /// For each number from 1 on, up to a limit: whether a proposal holds at least so many fields, members of sets and elements of
    /// lists; none where there are too many to count.
    pub fn sizes(&mut self) -> Vec<Literal> {
        if self.sizes.is_empty() {
            let mut parts = Vec::new();
            for row in &self.encoder.rows {
                if row.table != TableId(0) {
                    parts.push(row.exists);
                }
                for field in row.fields.values() {
                    parts.push(field.present);
                    if let FieldKind::Set(members) = &field.kind {
                        parts.extend(members);
                    }
                }
            }
            if parts.len() <= MOST_PARTS {
                self.sizes = self.encoder.circuit.at_least(&parts, MOST_COUNTED);
            }
        }
        self.sizes.clone()
    }

    /// A valid proposal of which these literals hold, as the model has it: more than is needed may stand in it.
    pub fn sketch(&mut self, literals: &[Literal]) -> Evidence {
        let goal: Vec<_> = literals.iter().map(|literal| (*literal, None)).collect();
        self.makes_small = false;
        let finding = self.ask(&Question { goal: &goal, accepts: &|_| true });
        self.makes_small = true;
        finding.evidence
    }

    /// Whether the circuit without slack has a model in which the numbers hold together, be they whole or not. What it says is
    /// shown by no proposal.
    pub fn is_plausible(&mut self, goal: &[(Literal, Option<usize>)]) -> bool {
        let tight = self.encoder.slack.iter().map(|(literal, _)| !*literal);
        let assumptions: Vec<Literal> = goal.iter().map(|(literal, _)| *literal).chain(tight).collect();
        for _ in 0..MOST_MISSES {
            if self.encoder.circuit.solve(&assumptions) != Answer::Possible {
                return false;
            }
            match contradiction(&self.encoder.arithmetic, &self.encoder.circuit) {
                Ok(literals) if literals.is_empty() => return true,
                Ok(literals) => {
                    let clause: Vec<Literal> = literals.iter().map(|literal| !*literal).collect();
                    self.encoder.circuit.clause(&clause);
                },
                Err(_) => return false,
            }
        }
        false
    }

    /// Rows that the directives of a question can tell apart.
    fn demand(&self, about: impl Iterator<Item = usize>) -> Demand {
        let mut demand = Demand::new();
        for number in about.collect::<BTreeSet<usize>>() {
            self.demands.get(number).into_iter().for_each(|one| join(&mut demand, one));
        }
        demand
    }

    /// How many rows of a list are laid out.
    fn rows_of(&self, spot: Spot) -> usize {
        let of_table = self.encoder.rows.iter().filter(|row| row.table == spot.0);
        let lists = of_table.filter_map(|row| match &row.fields.get(&spot.1)?.kind {
            FieldKind::List(list) => Some(list.rows.len()),
            _ => None,
        });
        lists.min().unwrap_or(0)
    }

    /// Models under assumptions, until the engine accepts one.
    fn search(&mut self, question: &Question<'_>, tight: &[Literal]) -> Search {
        let goal = question.goal.iter().map(|(literal, _)| *literal);
        let mut assumptions: Vec<Literal> = goal.chain(tight.iter().copied()).collect();
        let mut misses = 0;
        let mut refutations = 0;
        loop {
            match self.encoder.circuit.solve(&assumptions) {
                Answer::TooHard => return Search::Unclear(Doubt::Cost),
                Answer::Impossible(core) if misses == 0 => return Search::None(core),
                Answer::Impossible(_) => return Search::Unclear(Doubt::Operation),
                Answer::Possible => {},
            }
            match feasibility(&self.encoder.arithmetic, &self.encoder.circuit) {
                Feasibility::Conflict(literals) => {
                    let clause: Vec<Literal> = literals.iter().map(|literal| !*literal).collect();
                    self.encoder.circuit.clause(&clause);
                    refutations += 1;
                    if refutations > MOST_REFUTATIONS {
                        return Search::Unclear(Doubt::Cost);
                    }
                    continue;
                },
                Feasibility::Unclear => {},
                Feasibility::Values(values) => {
                    if let Some(witness) = self.witness(question, &values) {
                        return Search::Found(witness);
                    }
                },
            }
            misses += 1;
            let blocked = self.block(&mut assumptions);
            if misses > MOST_MISSES || !blocked {
                return Search::Unclear(Doubt::Operation);
            }
        }
    }

    /// Excludes the present model's texts and comparisons, for this question only.
    fn block(&mut self, assumptions: &mut Vec<Literal>) -> bool {
        let circuit = &mut self.encoder.circuit;
        let bounds = self.encoder.arithmetic.bounds.iter().map(|bound| bound.literal);
        let slack = self.encoder.slack.iter().map(|(literal, _)| *literal).filter(|literal| circuit.value(*literal));
        let varied: Vec<Literal> = bounds.chain(slack).collect();
        let guard = circuit.fresh();
        let mut clause: Vec<Literal> =
            varied.iter().map(|literal| if circuit.value(*literal) { !*literal } else { *literal }).collect();
        clause.push(!guard);
        circuit.clause(&clause);
        assumptions.push(guard);
        !varied.is_empty()
    }

    /// The proposal of the model, if the engine judges it as asked; then made as small as it can be.
    fn witness(&mut self, question: &Question<'_>, values: &[crate::value::Number]) -> Option<Witness> {
        let as_of = self.days.iter().find(|(_, literal)| self.encoder.circuit.value(*literal))?.0;
        let mut proposal = decode::proposal(&mut self.encoder, values, self.proposal)?;
        if let Some((second, row)) = &mut self.second {
            self.encoder.lend(second);
            let other = decode::proposal(second, values, *row);
            self.encoder.lend(second);
            proposal = proposal.with(other?);
        }
        self.accepted(question, &proposal, as_of).then_some(())?;
        if !self.makes_small {
            return Some(Witness { proposal, as_of });
        }
        let proposal = self.smallest(question, proposal, as_of);
        let proposal = self.plainest(question, proposal, as_of);
        Some(Witness { proposal, as_of })
    }

    /// The verdicts of the engine on a witness, those of a second pack after those of the first; `None` if it is not valid.
    pub fn judge(&mut self, witness: &Witness) -> Option<Verdicts> {
        self.verdicts(&witness.proposal, witness.as_of)
    }

    fn verdicts(&mut self, proposal: &Document, as_of: Day) -> Option<Verdicts> {
        let text = proposal.compact();
        let mut all = Verdicts::default();
        for trial in &mut self.trials {
            all.append(trial.judge(&text, as_of)?);
        }
        Some(all)
    }

    fn accepted(&mut self, question: &Question<'_>, proposal: &Document, as_of: Day) -> bool {
        self.verdicts(proposal, as_of).is_some_and(|verdicts| (question.accepts)(&verdicts))
    }

    /// Puts plainer values in place as long as the engine's verdicts stay as asked.
    fn plainest(&mut self, question: &Question<'_>, mut proposal: Document, as_of: Day) -> Document {
        let encoder = &mut self.encoder;
        let mut texts = |spot: Spot| encoder.texts_of(spot).iter().take(1).map(|text| text.to_string()).collect();
        for leaf in plain::leaves(self.book, &proposal, &mut texts) {
            for value in &leaf.plainer {
                let plainer = plain::replaced(&proposal, &leaf.path, value);
                if self.accepted(question, &plainer, as_of) {
                    proposal = plainer;
                    break;
                }
            }
        }
        proposal
    }

    /// Drops fields and elements as long as the engine's verdicts stay as asked.
    fn smallest(&mut self, question: &Question<'_>, mut proposal: Document, as_of: Day) -> Document {
        let mut trials = 0;
        'again: loop {
            for smaller in proposal.smaller() {
                trials += 1;
                if trials > MOST_TRIALS {
                    return proposal;
                }
                if self.accepted(question, &smaller, as_of) {
                    proposal = smaller;
                    continue 'again;
                }
            }
            return proposal;
        }
    }
}

/// What the aggregates of portfolio directives ask of a proposal.
fn looked(encoder: &mut Encoder<'_>, book: &Rulebook, proposal: RowId) -> Vec<Vec<Vec<Looked>>> {
    let mut of_value = |directive: &PortfolioDirective, value: Option<u16>| {
        directive.aggregates.iter().map(|aggregate| encoder.looked(aggregate, proposal, value)).collect()
    };
    let mut of_directive = |directive: &PortfolioDirective| {
        values(directive).into_iter().map(|value| of_value(directive, value)).collect()
    };
    book.portfolio.iter().map(&mut of_directive).collect()
}

/// How a search came out.
enum Search {
    Found(Witness),
    /// No model: these assumptions are enough to exclude one.
    None(Vec<Literal>),
    Unclear(Doubt),
}

fn found(witness: Witness) -> Finding {
    Finding { evidence: Evidence::Witness(witness), core: Vec::new() }
}

fn unclear(doubts: BTreeSet<Doubt>) -> Finding {
    Finding { evidence: Evidence::Unknown(doubts), core: Vec::new() }
}

fn impossible(question: &Question<'_>, core: &[Literal]) -> Finding {
    let core = question.goal.iter().map(|(literal, _)| *literal).filter(|literal| core.contains(literal)).collect();
    Finding { evidence: Evidence::Impossible, core }
}

/// Literals for the days: one of them holds.
fn add_days(encoder: &mut Encoder<'_>, books: &[&Rulebook], as_of: Option<Day>) -> Vec<(Day, Literal)> {
    let days: Vec<Day> = as_of.map_or_else(|| days_apart(books), |day| vec![day]);
    let days: Vec<(Day, Literal)> = days.into_iter().map(|day| (day, encoder.circuit.fresh())).collect();
    let literals: Vec<Literal> = days.iter().map(|(_, literal)| *literal).collect();
    encoder.circuit.at_most_one(&literals);
    encoder.circuit.clause(&literals);
    days
}

/// For each directive, whether it is in force.
fn in_force(encoder: &mut Encoder<'_>, book: &Rulebook, days: &[(Day, Literal)]) -> Vec<Literal> {
    let mut all = Vec::with_capacity(book.directives.len());
    for directive in &book.directives {
        let period = directive.heading.effective;
        let within: Vec<Literal> =
            days.iter().filter(|(day, _)| period.contains(*day)).map(|(_, literal)| *literal).collect();
        let always = within.len() == days.len();
        all.push(if always { encoder.circuit.constant(true) } else { encoder.circuit.or(within) });
    }
    all
}

/// A day of each stretch within which the same directives are in force.
fn days_apart(books: &[&Rulebook]) -> Vec<Day> {
    let headings = books.iter().flat_map(|book| {
        let ordinary = book.directives.iter().map(|one| &one.heading);
        ordinary.chain(book.portfolio.iter().map(|one| &one.heading))
    });
    let periods = headings.map(|heading| heading.effective);
    let mut starts: BTreeSet<Day> =
        periods.flat_map(|period| [period.from, period.until.map(|day| Day(day.0 + 1))]).flatten().collect();
    match starts.first() {
        Some(first) => {
            starts.insert(Day(first.0 - 1));
        },
        None => starts.extend(Day::new(2000, 1, 1)),
    }
    starts.into_iter().rev().collect()
}
