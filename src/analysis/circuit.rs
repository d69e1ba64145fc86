//! Propositional logic: gates over literals, and the solver behind them. The only file that names the solver.

use std::collections::HashMap;

use batsat::{Callbacks, ClauseKind, Lit, Solver, SolverInterface as _, SolverOpts, lbool};

/// A propositional variable or its negation.
pub(super) type Literal = Lit;

/// How many conflicts one question may cost.
const MOST_CONFLICTS: u64 = 200_000;

/// How a question came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// There is a model; [`Circuit::value`] reads it.
    Possible,
    /// There is none: these assumptions are enough to exclude one.
    Impossible(Vec<Literal>),
    /// The question cost too much.
    TooHard,
}

/// Counts conflicts, so that a question ends after the same work on every machine.
struct Budget {
    left: u64,
}

impl Callbacks for Budget {
    fn on_new_clause(&mut self, _clause: &[Lit], source: ClauseKind) {
        if source == ClauseKind::Learnt {
            self.left = self.left.saturating_sub(1);
        }
    }

    fn stop(&self) -> bool {
        self.left == 0
    }
}

/// Clauses, and gates that are made once for the same inputs.
pub(super) struct Circuit {
    solver: Solver<Budget>,
    truth: Literal,
    gates: HashMap<Vec<Literal>, Literal>,
    model: Vec<lbool>,
}

impl std::fmt::Debug for Circuit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Circuit").field("variables", &self.solver.num_vars()).finish_non_exhaustive()
    }
}

impl Circuit {
    pub fn new() -> Self {
        // Without saved phases every variable is tried false first, so that models hold little.
        let options = SolverOpts { phase_saving: 0, ..SolverOpts::default() };
        let mut solver = Solver::new(options, Budget { left: MOST_CONFLICTS });
        let truth = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![truth]);
        Self { solver, truth, gates: HashMap::new(), model: Vec::new() }
    }

    /// The literal that is always true, or always false.
    pub fn constant(&self, value: bool) -> Literal {
        if value { self.truth } else { !self.truth }
    }

    pub fn is_true(&self, literal: Literal) -> bool {
        literal == self.truth
    }

    pub fn is_false(&self, literal: Literal) -> bool {
        literal == !self.truth
    }

    /// A new variable.
    pub fn fresh(&mut self) -> Literal {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// One of the literals holds.
    pub fn clause(&mut self, literals: &[Literal]) {
        if literals.iter().any(|literal| self.is_true(*literal)) {
            return;
        }
        let mut clause: Vec<Literal> = literals.iter().copied().filter(|literal| !self.is_false(*literal)).collect();
        self.solver.add_clause_reuse(&mut clause);
    }

    /// Where the first holds, so does the second.
    pub fn implies(&mut self, given: Literal, then: Literal) {
        self.clause(&[!given, then]);
    }

    /// Both hold or neither.
    pub fn equal(&mut self, a: Literal, b: Literal) {
        self.implies(a, b);
        self.implies(b, a);
    }

    /// All of them.
    pub fn and(&mut self, literals: impl IntoIterator<Item = Literal>) -> Literal {
        let mut inputs: Vec<Literal> = literals.into_iter().filter(|literal| !self.is_true(*literal)).collect();
        inputs.sort_unstable();
        inputs.dedup();
        let contradicts = inputs.windows(2).any(|pair| matches!(pair, [a, b] if *a == !*b));
        if contradicts || inputs.iter().any(|literal| self.is_false(*literal)) {
            return self.constant(false);
        }
        match inputs.as_slice() {
            [] => return self.truth,
            [one] => return *one,
            _ => {},
        }
        if let Some(gate) = self.gates.get(&inputs) {
            return *gate;
        }
        let gate = self.fresh();
        let mut whole = vec![gate];
        for input in &inputs {
            self.clause(&[!gate, *input]);
            whole.push(!*input);
        }
        self.clause(&whole);
        self.gates.insert(inputs, gate);
        gate
    }

    /// At least one of them.
    pub fn or(&mut self, literals: impl IntoIterator<Item = Literal>) -> Literal {
        !self.and(literals.into_iter().map(|literal| !literal))
    }

    /// `then` where the condition holds, else `otherwise`.
    pub fn choose(&mut self, condition: Literal, then: Literal, otherwise: Literal) -> Literal {
        let first = self.and([condition, then]);
        let second = self.and([!condition, otherwise]);
        self.or([first, second])
    }

    /// At most one of them holds.
    pub fn at_most_one(&mut self, literals: &[Literal]) {
        let mut before: Option<Literal> = None;
        for literal in literals {
            before = Some(match before {
                None => *literal,
                Some(before) => {
                    self.clause(&[!before, !*literal]);
                    self.or([before, *literal])
                },
            });
        }
    }

    /// For each number from 1 to `most`: whether at least so many of the literals hold.
    pub fn at_least(&mut self, literals: &[Literal], most: usize) -> Vec<Literal> {
        let mut counted: Vec<Literal> = Vec::new();
        for literal in literals.iter().filter(|literal| !self.is_false(**literal)).copied().collect::<Vec<_>>() {
            let room = (counted.len() + 1).min(most);
            let mut next = Vec::with_capacity(room);
            for number in 0..room {
                let already = counted.get(number).copied().unwrap_or(!self.truth);
                let fewer = match number.checked_sub(1) {
                    None => self.truth,
                    Some(before) => counted.get(before).copied().unwrap_or(!self.truth),
                };
                let grows = self.and([fewer, literal]);
                next.push(self.or([already, grows]));
            }
            counted = next;
        }
        counted
    }

    /// Whether all clauses can hold together with the assumptions.
    pub fn solve(&mut self, assumptions: &[Literal]) -> Answer {
        self.solver.cb_mut().left = MOST_CONFLICTS;
        let answer = self.solver.solve_limited(assumptions);
        if answer == lbool::TRUE {
            self.model.clear();
            self.model.extend_from_slice(self.solver.get_model());
            Answer::Possible
        } else if answer == lbool::FALSE {
            // The solver names the negations of the assumptions that clash.
            Answer::Impossible(self.solver.unsat_core().iter().map(|literal| !*literal).collect())
        } else {
            Answer::TooHard
        }
    }

    /// Whether a literal holds in the last model.
    pub fn value(&self, literal: Literal) -> bool {
        let value = self.model.get(literal.var().idx() as usize).copied().unwrap_or(lbool::FALSE);
        (value == lbool::TRUE) == literal.sign()
    }
}
