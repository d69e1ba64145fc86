//! What the operands of a condition may be: stretches of numbers and days, terms, sets of terms.

use super::possible::Judge;
use super::world::{Members, Range, Subject, World};
use crate::rulebook::expression::{
    DateExpression, DateKind, Expression, NumberExpression, NumberKind, Order, SetExpression, SetKind, TermExpression,
    TermKind, TextExpression, TextKind,
};
use crate::rulebook::{AggregateKind, PortfolioAggregateKind, RelationId};
use crate::value::{Day, Number, TermSet};

/// The order seen from the right operand.
fn turned(order: Order) -> Order {
    match order {
        Order::Less => Order::Greater,
        Order::LessOrEqual => Order::GreaterOrEqual,
        Order::Greater => Order::Less,
        Order::GreaterOrEqual => Order::LessOrEqual,
        same => same,
    }
}

/// The stretch in which a value lies that stands in this order to one of that stretch.
fn reach<T: Copy>(order: Order, other: &Range<T>) -> Range<T> {
    match order {
        Order::Is => *other,
        Order::IsNot => Range { low: None, high: None },
        Order::Less => Range { low: None, high: other.high.map(|(high, _)| (high, false)) },
        Order::LessOrEqual => Range { low: None, high: other.high },
        Order::Greater => Range { low: other.low.map(|(low, _)| (low, false)), high: None },
        Order::GreaterOrEqual => Range { low: other.low, high: None },
    }
}

/// What a comparison that holds says of its operands, of which the subjects and stretches are given; `None` if it cannot hold.
fn narrowed<T: Ord + Copy>(
    order: Order,
    subjects: [Option<Subject>; 2],
    left: Range<T>,
    right: Range<T>,
) -> Option<Vec<(Subject, Range<T>)>> {
    if let [Some(one), Some(other)] = subjects
        && one == other
    {
        return (!matches!(order, Order::IsNot | Order::Less | Order::Greater)).then(Vec::new);
    }
    let (new_left, new_right) = (left.meet(&reach(order, &right)), right.meet(&reach(turned(order), &left)));
    let are_one_value = left.low.is_some() && left == right && left.low == left.high;
    if new_left.is_empty() || new_right.is_empty() || order == Order::IsNot && are_one_value {
        return None;
    }
    let narrowed = subjects.into_iter().zip([new_left, new_right]);
    Some(narrowed.filter_map(|(subject, range)| Some((subject?, range))).collect())
}

impl Judge<'_> {
    pub(super) fn numbers(
        self,
        order: Order,
        a: &NumberExpression,
        b: &NumberExpression,
        mut world: World,
    ) -> Option<World> {
        let subjects = [number_subject(a), number_subject(b)];
        let known = narrowed(order, subjects, self.number(a, &world), self.number(b, &world))?;
        world.numbers.extend(known);
        self.all_there(subjects, world)
    }

    fn number(&self, number: &NumberExpression, world: &World) -> Range<Number> {
        if let Some(subject) = number_subject(number) {
            return world.numbers.get(&subject).copied().unwrap_or_default();
        }
        match &number.kind {
            NumberKind::Constant(value, _) => Range::only(*value),
            NumberKind::Negate(of) => {
                let of = self.number(of, world);
                let negated = |end: Option<(Number, bool)>| end.map(|(value, is_in)| (value.negated(), is_in));
                Range::within(negated(of.high), negated(of.low))
            },
            NumberKind::Count(iteration) => {
                let zero = Some((Number::ZERO, true));
                let none = !self.has_member(iteration, None, world);
                Range::within(zero, zero.filter(|_| none))
            },
            NumberKind::LengthOf(_) => Range::within(Some((Number::ZERO, true)), None),
            NumberKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Number(of)) => self.number(of, world),
                _ => Range::default(),
            },
            _ => Range::default(),
        }
    }

    pub(super) fn dates(self, order: Order, a: &DateExpression, b: &DateExpression, mut world: World) -> Option<World> {
        let subjects = [date_subject(a), date_subject(b)];
        let known = narrowed(order, subjects, self.date(a, &world), self.date(b, &world))?;
        world.days.extend(known);
        self.all_there(subjects, world)
    }

    /// The world in which what was compared is there, since a comparison with what is absent is never true.
    fn all_there(&self, subjects: [Option<Subject>; 2], mut world: World) -> Option<World> {
        subjects.into_iter().flatten().all(|subject| self.there(&mut world, Some(subject))).then_some(world)
    }

    fn date(&self, date: &DateExpression, world: &World) -> Range<Day> {
        if let Some(subject) = date_subject(date) {
            return world.days.get(&subject).copied().unwrap_or_default();
        }
        match &date.kind {
            DateKind::Day(days) | DateKind::Period(days) => {
                Range::within(Some((days.first, true)), Some((days.last, true)))
            },
            DateKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Date(of)) => self.date(of, world),
                _ => Range::default(),
            },
            _ => Range::default(),
        }
    }
}

pub(super) fn texts(same: bool, a: &TextExpression, b: &TextExpression, mut world: World) -> Option<World> {
    let subject = |text: &TextExpression| match text.kind {
        TextKind::Field(place) => Some(Subject::of(place)),
        TextKind::Key => Some(Subject::Key),
        _ => None,
    };
    let known = |text: &TextExpression| match &text.kind {
        TextKind::Constant(_, folded) => Some(folded.clone()),
        _ => world.texts.get(&subject(text)?).cloned(),
    };
    match (known(a), known(b)) {
        (Some(left), Some(right)) => ((left == right) == same).then_some(world),
        (None, Some(value)) | (Some(value), None) if same => {
            let unknown =
                [a, b].into_iter().find_map(|text| subject(text).filter(|one| !world.texts.contains_key(one)));
            world.texts.extend(unknown.map(|subject| (subject, value)));
            Some(world)
        },
        _ => match (subject(a), subject(b)) {
            (Some(left), Some(right)) if left == right && !same => None,
            _ => Some(world),
        },
    }
}

/// The terms that an expression may be, and whether it may be none.
pub(super) struct Terms {
    pub(super) some: TermSet,
    pub(super) or_none: bool,
}

impl Terms {
    pub(super) fn is_only(&self) -> bool {
        !self.or_none && self.some.len() == 1
    }

    pub(super) fn is_only_of(&self, other: &Self) -> bool {
        self.is_only() && self.some.meets(&other.some)
    }
}

/// The terms that a set surely has, and those that it may have.
pub(super) struct Bounds {
    pub(super) least: TermSet,
    pub(super) most: TermSet,
}

impl Bounds {
    fn exact(terms: TermSet) -> Self {
        Self { least: terms.clone(), most: terms }
    }

    pub(super) fn is_exact(&self) -> bool {
        self.most.count_outside(&self.least) == 0
    }
}

impl Judge<'_> {
    pub(super) fn terms(&self, term: &TermExpression, world: &World) -> Terms {
        let all = || TermSet::all(self.names.term_count(term.vocabulary));
        if let Some(subject) = term_subject(term) {
            return Terms { some: world.terms.get(&subject).cloned().unwrap_or_else(all), or_none: false };
        }
        match &term.kind {
            TermKind::Constant(term) => Terms { some: [*term].into_iter().collect(), or_none: false },
            TermKind::Lookup(relation, of) => self.partners(*relation, &self.terms(of, world)),
            TermKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Term(of)) => self.terms(of, world),
                _ => Terms { some: all(), or_none: true },
            },
            _ => Terms { some: all(), or_none: true },
        }
    }

    /// The partners that any of these terms may have.
    pub(super) fn partners(&self, relation: RelationId, of: &Terms) -> Terms {
        let partners = self.names.relations.get(usize::from(relation.0)).map(|one| one.partners.as_slice());
        let mut out = Terms { some: TermSet::new(), or_none: of.or_none };
        for term in of.some.iter() {
            match partners.and_then(|partners| partners.get(usize::from(term))).filter(|some| !some.is_empty()) {
                Some(some) => out.some.unite(some),
                None => out.or_none = true,
            }
        }
        out
    }

    pub(super) fn set(&self, set: &SetExpression, world: &World) -> Bounds {
        let all = || TermSet::all(self.names.term_count(set.vocabulary));
        if let Some(subject) = set_subject(set) {
            let Members { surely, never } = world.sets.get(&subject).cloned().unwrap_or_default();
            let mut most = all();
            most.subtract(&never);
            return Bounds { least: surely, most };
        }
        match &set.kind {
            SetKind::Constant(terms) => Bounds::exact(terms.clone()),
            SetKind::Literal(terms) => {
                let mut bounds = Bounds::exact(TermSet::new());
                for term in terms.iter().map(|term| self.terms(term, world)) {
                    if term.is_only() {
                        bounds.least.unite(&term.some);
                    }
                    bounds.most.unite(&term.some);
                }
                bounds
            },
            SetKind::Lookup(relation, term) => {
                let of = self.terms(term, world);
                let partners = self.partners(*relation, &of);
                let least = if of.is_only() { partners.some.clone() } else { TermSet::new() };
                Bounds { least, most: partners.some }
            },
            SetKind::LookupAll(relation, inner) => {
                let of = self.set(inner, world);
                let partners = |some: TermSet| self.partners(*relation, &Terms { some, or_none: false }).some;
                Bounds { least: partners(of.least), most: partners(of.most) }
            },
            SetKind::Definition(id) => match self.definition(*id) {
                Some(Expression::Set(of)) => self.set(of, world),
                _ => Bounds { least: TermSet::new(), most: all() },
            },
            SetKind::Field(_) => Bounds { least: TermSet::new(), most: all() },
        }
    }

    /// Keeps of what a term may be only what fits: a term inside `limit`, or outside of it if that is exact.
    pub(super) fn narrow(
        self,
        term: &TermExpression,
        limit: &TermSet,
        inside: bool,
        is_exact: bool,
        mut world: World,
    ) -> Option<World> {
        let mut subject = term;
        let mut path = Vec::new();
        while let TermKind::Lookup(relation, of) = &subject.kind {
            path.push(*relation);
            subject = of;
        }
        let Some(key) = term_subject(subject).filter(|_| inside || is_exact) else { return Some(world) };
        path.reverse();
        let mut left = self.terms(subject, &world).some;
        if path.is_empty() {
            if inside {
                left.intersect(limit);
            } else {
                left.subtract(limit);
            }
        } else {
            let fits = |value: &u16| {
                let mut found = Terms { some: [*value].into_iter().collect(), or_none: false };
                for relation in &path {
                    found = self.partners(*relation, &found);
                }
                if inside { found.some.meets(limit) } else { found.or_none || found.some.count_outside(limit) > 0 }
            };
            left = left.iter().filter(fits).collect();
        }
        if left.is_empty() {
            return None;
        }
        world.terms.insert(key, left);
        self.there(&mut world, Some(key)).then_some(world)
    }
}

pub(super) fn term_subject(term: &TermExpression) -> Option<Subject> {
    match term.kind {
        TermKind::Field(place) => Some(Subject::of(place)),
        TermKind::Variable(level) => Some(Subject::Variable(level)),
        TermKind::Key => Some(Subject::Key),
        _ => None,
    }
}

pub(super) fn set_subject(set: &SetExpression) -> Option<Subject> {
    match set.kind {
        SetKind::Field(place) => Some(Subject::of(place)),
        _ => None,
    }
}

fn number_subject(number: &NumberExpression) -> Option<Subject> {
    match number.kind {
        NumberKind::Field(place) => Some(Subject::of(place)),
        NumberKind::Portfolio(aggregate) => Some(Subject::Aggregate(aggregate)),
        NumberKind::Key => Some(Subject::Key),
        _ => None,
    }
}

fn date_subject(date: &DateExpression) -> Option<Subject> {
    match date.kind {
        DateKind::Field(place) => Some(Subject::of(place)),
        DateKind::Portfolio(aggregate) => Some(Subject::Aggregate(aggregate)),
        DateKind::Key => Some(Subject::Key),
        _ => None,
    }
}

/// Whether an aggregate over proposals is never below zero.
pub(super) fn is_count(kind: &PortfolioAggregateKind) -> bool {
    matches!(kind, PortfolioAggregateKind::Count | PortfolioAggregateKind::Number(AggregateKind::Count, _))
}
