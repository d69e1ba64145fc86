//! Comparisons: two operands of one sort.

use super::Typer;
use super::typed::{Typed, place_of};
use crate::diagnostic::Diagnostic;
use crate::rulebook::VocabularyId;
use crate::rulebook::build::pattern as compiled;
use crate::rulebook::expression::{
    ConditionKind, DateKind, NumberExpression, NumberKind, Order, SetExpression, Subject, TermKind,
};
use crate::syntax::tree::{self, Comparison, ExpressionKind, Inclusion, Text};
use crate::text::Span;

impl Typer<'_> {
    /// Both operands, a bare term in one being of the vocabulary of the other.
    fn operands(&mut self, a: &tree::Expression, b: &tree::Expression) -> Option<(Typed, Typed)> {
        let vocabulary = self.vocabulary_of(a).or_else(|| self.vocabulary_of(b));
        let (a, b) = (self.typed(a, vocabulary), self.typed(b, vocabulary));
        a.zip(b)
    }

    /// `A is B`, `A < B` and so on.
    pub(super) fn comparison(
        &mut self,
        comparison: Comparison,
        left: &tree::Expression,
        right: &tree::Expression,
        span: Span,
    ) -> Option<ConditionKind> {
        let (a, b) = self.operands(left, right)?;
        let is = matches!(comparison, Comparison::Is | Comparison::IsExactly);
        let is_equality = is || matches!(comparison, Comparison::IsNot | Comparison::IsNotExactly);
        if matches!(comparison, Comparison::IsExactly | Comparison::IsNotExactly) {
            return match (a, b) {
                (Typed::Text(a), Typed::Text(b)) => Some(ConditionKind::TextIsExactly(is, a, b)),
                (Typed::Text(_), other) | (other, _) => {
                    self.mismatch(&other, "a text", Some("`is exactly` is for texts; write `is`"))
                },
            };
        }
        let order = order_of(comparison);
        match (a, b) {
            (Typed::Number(a), Typed::Number(b)) => {
                self.same_dimension(&a, &b)?;
                Some(ConditionKind::Numbers(order, a, b))
            },
            (Typed::Date(a), Typed::Date(b)) => Some(ConditionKind::Dates(order, a, b)),
            (Typed::Text(a), Typed::Text(b)) if is_equality => Some(ConditionKind::TextIs(is, a, b)),
            (Typed::Condition(a), Typed::Condition(b)) if is_equality => {
                Some(ConditionKind::BooleanIs(is, Box::new(a), Box::new(b)))
            },
            (Typed::Term(a), Typed::Term(b)) if is_equality && a.vocabulary == b.vocabulary => {
                Some(ConditionKind::TermIs(is, a, b))
            },
            (Typed::Set(a), Typed::Set(b)) if is_equality && a.vocabulary == b.vocabulary => {
                Some(ConditionKind::SetIs(is, a, b))
            },
            _ if [left, right].into_iter().any(|side| self.is_bare_field(side)) => None,
            (a, b) => self.incomparable(&a, &b, is_equality, span),
        }
    }

    fn incomparable<T>(&mut self, a: &Typed, b: &Typed, is_equality: bool, span: Span) -> Option<T> {
        let (first, second) = (a.describe(self.names), b.describe(self.names));
        let help = match (a, b) {
            (Typed::Term(_), Typed::Set(_)) if is_equality => Some("write `in`: `T in S`"),
            (Typed::Set(_), Typed::Term(_)) if is_equality => Some("write `include`: `S include T`"),
            (Typed::List(..), _) | (_, Typed::List(..)) => Some("ask of its elements: `some x in … satisfies …`"),
            _ if !is_equality => Some("only numbers, quantities and dates have an order"),
            _ => None,
        };
        let verb = if is_equality { "compared" } else { "put in order" };
        let message = format!("{first} and {second} cannot be {verb}");
        let mut diagnostic = Diagnostic::error("rules/type-mismatch", span, message, "two different sorts")
            .also(a.span(), first)
            .also(b.span(), second);
        diagnostic.help = help.map(str::to_owned);
        self.fault(diagnostic);
        None
    }

    /// Two numbers compare if they measure the same thing.
    pub(super) fn same_dimension(&mut self, a: &NumberExpression, b: &NumberExpression) -> Option<()> {
        if a.dimension == b.dimension {
            return Some(());
        }
        let is_zero = |number: &NumberExpression| {
            matches!(&number.kind, NumberKind::Constant(value, _) if value.is_zero()) && number.dimension.is_none()
        };
        let of = |number: &NumberExpression| Typed::Number(number.clone()).describe(self.names);
        let (first, second) = (of(a), of(b));
        let zero = [(a, b), (b, a)].into_iter().find(|(zero, _)| is_zero(zero));
        let diagnostic = match zero.and_then(|(zero, other)| other.dimension.map(|dimension| (zero, dimension))) {
            Some((zero, dimension)) => {
                let units = self.names.dimensions.get(usize::from(dimension.0)).map(|found| found.units.as_slice());
                let unit = units.and_then(|units| units.first()).map(|unit| unit.name.as_str()).unwrap_or_default();
                let message = "a bare `0` is a number, and a quantity stands on the other side";
                Diagnostic::error("rules/bare-zero", zero.span, message, "0 of what?").help(format!("write `0 {unit}`"))
            },
            None => {
                let message = format!("{first} and {second} do not go together");
                Diagnostic::error("rules/dimension-mismatch", a.span, message, first).also(b.span, second)
            },
        };
        self.fault(diagnostic);
        None
    }

    /// `X between A and B`
    pub(super) fn between(&mut self, [value, low, high]: [&tree::Expression; 3]) -> Option<ConditionKind> {
        let (value, low, high) = (self.typed(value, None), self.typed(low, None), self.typed(high, None));
        match (value?, low?, high?) {
            (Typed::Number(value), Typed::Number(low), Typed::Number(high)) => {
                self.same_dimension(&value, &low)?;
                self.same_dimension(&value, &high)?;
                Some(ConditionKind::NumberBetween(Box::new([value, low, high])))
            },
            (Typed::Date(value), Typed::Date(low), Typed::Date(high)) => {
                Some(ConditionKind::DateBetween(Box::new([value, low, high])))
            },
            (value, low, high) => {
                let is_ordered = |one: &Typed| matches!(one, Typed::Number(_) | Typed::Date(_));
                let all = [value, low, high];
                let odd = all.iter().find(|one| !is_ordered(one)).or_else(|| {
                    let first = all.first()?;
                    all.iter().find(|one| std::mem::discriminant(*one) != std::mem::discriminant(first))
                })?;
                let help = "`between` takes three numbers, three quantities of one dimension, or three dates";
                self.mismatch(&odd.clone(), "something that has an order", Some(help))
            },
        }
    }

    /// `T in S`
    pub(super) fn is_in(&mut self, is: bool, term: &tree::Expression, set: &tree::Expression) -> Option<ConditionKind> {
        let (term, set) = self.operands(term, set)?;
        match (term, set) {
            (Typed::Term(term), Typed::Set(set)) => {
                self.same_vocabulary(&Typed::Term(term.clone()), set.vocabulary)?;
                Some(ConditionKind::TermIn(is, term, set))
            },
            (found @ Typed::Set(_), Typed::Set(_)) => {
                self.mismatch(&found, "a term", Some("of two sets write `S include any of R` or `S include all of R`"))
            },
            (Typed::Term(_), found @ Typed::Term(_)) => self.mismatch(&found, "a set", Some("of two terms write `is`")),
            (Typed::Term(_), found @ Typed::List(..)) => {
                self.mismatch(&found, "a set", Some("ask of its elements: `some x in … satisfies x is …`"))
            },
            (Typed::Term(_), found) => self.mismatch(&found, "a set", None),
            (found @ (Typed::Number(_) | Typed::Date(_)), _) => {
                self.mismatch(&found, "a term", Some("write `between … and …` for a range"))
            },
            (found, _) => self.mismatch(&found, "a term", None),
        }
    }

    /// `S include …`
    pub(super) fn include(
        &mut self,
        inclusion: Inclusion,
        left: &tree::Expression,
        right: &tree::Expression,
    ) -> Option<ConditionKind> {
        let (left, right) = self.operands(left, right)?;
        let Typed::Set(set) = left else {
            let help = match left {
                Typed::List(..) => "ask of its elements: `some x in … satisfies x is …`",
                Typed::Term(_) => "of a term write `in`: `T in S`",
                Typed::Text(_) => "of texts write `contains`",
                _ => "only sets include something",
            };
            return self.mismatch(&left, "a set", Some(help));
        };
        self.same_vocabulary(&right, set.vocabulary)?;
        match (inclusion, right) {
            (Inclusion::Term, Typed::Term(term)) => Some(ConditionKind::TermIn(true, term, set)),
            (Inclusion::Any, Typed::Set(other)) => Some(ConditionKind::IncludeAny(set, other)),
            (Inclusion::All, Typed::Set(other)) => Some(ConditionKind::IncludeAll(set, other)),
            (Inclusion::None, Typed::Set(other)) => Some(ConditionKind::IncludeNone(set, other)),
            (Inclusion::Term, found) => {
                self.mismatch(&found, "a term", Some("of two sets write `include any of` or `include all of`"))
            },
            (_, found) => self.mismatch(&found, "a set", Some("of a single term write `include`")),
        }
    }

    fn same_vocabulary(&mut self, found: &Typed, wanted: VocabularyId) -> Option<()> {
        match found.vocabulary() {
            Some(vocabulary) if vocabulary != wanted => {
                let wanted = format!("something of `{}`", self.names.vocabulary_name(wanted));
                self.mismatch(found, &wanted, None)
            },
            _ => Some(()),
        }
    }

    /// `X is present`: a field, a path, a variable, one of these by a definition, or a lookup of a `single` relation.
    pub(super) fn present(&mut self, is: bool, subject: &tree::Expression) -> Option<ConditionKind> {
        let typed = self.typed(subject, None)?;
        let is_variable = matches!(&subject.kind, ExpressionKind::Name(name)
            if self.scope.variable(&name.text).is_some());
        let found = match typed {
            Typed::Row(level, ..) => Subject::Variable(level),
            ref other if let Some(place) = place_of(other) => match place.frame {
                crate::rulebook::expression::Frame::Variable(level) if is_variable => Subject::Variable(level),
                _ => Subject::Place(place),
            },
            Typed::Term(term) => match term.kind {
                TermKind::Variable(level) => Subject::Variable(level),
                TermKind::Lookup(relation, argument) => Subject::Lookup(relation, argument),
                TermKind::Definition(id) => Subject::Definition(id),
                TermKind::Key => Subject::Key,
                TermKind::Constant(_) | TermKind::Field(_) => return self.not_a_subject(subject.span),
            },
            Typed::Number(NumberExpression { kind: NumberKind::Key, .. }) => Subject::Key,
            Typed::Date(date) if matches!(date.kind, DateKind::Key) => Subject::Key,
            Typed::Text(text) if matches!(text.kind, crate::rulebook::expression::TextKind::Key) => Subject::Key,
            Typed::Condition(one) if matches!(one.kind, ConditionKind::Key) => Subject::Key,
            _ => return self.not_a_subject(subject.span),
        };
        Some(ConditionKind::Present(is, found))
    }

    fn not_a_subject<T>(&mut self, span: Span) -> Option<T> {
        let message = "only a field, a variable or a lookup of a `single` relation is present or missing";
        let help = "of a set write `is empty`; of a value that is worked out ask about its fields";
        self.fault(Diagnostic::error("rules/type-mismatch", span, message, "is always there").help(help));
        None
    }

    /// `S is empty`
    pub(super) fn empty(&mut self, is: bool, subject: &tree::Expression) -> Option<ConditionKind> {
        match self.typed(subject, None)? {
            Typed::Set(set) => Some(ConditionKind::SetEmpty(is, set)),
            Typed::List(place, _) => Some(ConditionKind::ListEmpty(is, place)),
            Typed::Text(text) => Some(ConditionKind::TextEmpty(is, text)),
            other => self.mismatch(&other, "a set, a list or a text", Some("of a field write `is missing`")),
        }
    }

    /// `X matches "regex"`
    pub(super) fn matches(&mut self, text: &tree::Expression, pattern: &Text) -> Option<ConditionKind> {
        let text = self.text(text);
        let pattern = compiled(pattern, self.sink);
        Some(ConditionKind::Matches(text?, pattern?))
    }

    /// A set, for what runs over its members.
    pub(super) fn as_set(&mut self, typed: Typed) -> Option<SetExpression> {
        match typed {
            Typed::Set(set) => Some(set),
            other => self.mismatch(&other, "a list or a set", None),
        }
    }
}

fn order_of(comparison: Comparison) -> Order {
    match comparison {
        Comparison::Is | Comparison::IsExactly => Order::Is,
        Comparison::IsNot | Comparison::IsNotExactly => Order::IsNot,
        Comparison::Less => Order::Less,
        Comparison::LessOrEqual => Order::LessOrEqual,
        Comparison::Greater => Order::Greater,
        Comparison::GreaterOrEqual => Order::GreaterOrEqual,
    }
}
