//! Expressions: where they break, and the forms with `of`, whose order turns with the tongue.

use super::part::{Group, Part, take_leading};
use super::pen::{Parts, Pen};
use super::spelling::{AFTER_INCLUDE, AFTER_IS, BEFORE_OF, Tongue};
use crate::syntax::token::Mark;
use crate::syntax::tree::{
    Aggregate, AggregateKind, Arithmetic, Comparison, DateUnit, Expression, ExpressionKind as Kind, Inclusion, Name,
    Quantified, Quantifier, TextTest,
};
use crate::syntax::words::Word;

/// How much further in the lines of an expression after its first are set.
const STEP: usize = 2;

fn set_in(parts: Parts<'_>) -> Part<'_> {
    Part::Group(Group { indent: STEP, ..Group::new(parts) })
}

impl<'a> Pen<'a> {
    /// An expression with the parentheses around it; several pairs become one.
    pub fn expression(&mut self, expression: &Expression, out: &mut Parts<'a>) {
        let mut pairs = 0;
        let mut inside = Vec::new();
        while self.is_mark(Mark::OpenParenthesis) && self.start() < expression.span.start {
            if pairs == 0 {
                self.mark(Mark::OpenParenthesis, &mut inside);
            } else {
                self.drop_mark(Mark::OpenParenthesis, &mut inside);
            }
            pairs += 1;
        }
        if pairs == 0 {
            return self.bare(expression, out);
        }
        self.bare(expression, &mut inside);
        self.mark(Mark::CloseParenthesis, &mut inside);
        for _ in 1..pairs {
            if !self.drop_mark(Mark::CloseParenthesis, &mut inside) {
                self.lose();
            }
        }
        out.push(Part::Group(Group { align: true, ..Group::new(inside) }));
    }

    fn bare(&mut self, expression: &Expression, out: &mut Parts<'a>) {
        match &expression.kind {
            Kind::Implies(given, then) => {
                let mut parts = Vec::new();
                self.worded(Word::If, given, &mut parts);
                parts.push(Part::line());
                self.worded(Word::Then, then, &mut parts);
                out.push(set_in(parts));
            },
            Kind::Or(..) | Kind::And(..) | Kind::Arithmetic(..) => self.chain(expression, out),
            Kind::Not(operand) => self.worded(Word::Not, operand, out),
            Kind::Quantified(quantified) => self.quantified(quantified, out),
            Kind::Negate(operand) => {
                self.mark(Mark::Minus, out);
                self.expression(operand, out);
            },
            Kind::Aggregate(aggregate) => self.aggregate(aggregate, out),
            Kind::Extreme(kind, values) => {
                self.word(aggregate_word(*kind), out);
                self.list(Mark::OpenParenthesis, values, Mark::CloseParenthesis, out);
            },
            Kind::DateSpan(unit, from, to) => {
                let word = match unit {
                    DateUnit::Years => Word::Years,
                    DateUnit::Months => Word::Months,
                    DateUnit::Days => Word::Days,
                };
                self.word(word, out);
                out.push(Part::Space);
                self.bounds(from, to, out);
            },
            Kind::PercentOf(_, operand, _) => self.of(expression, operand, Head::Percentage, out),
            Kind::Lookup(relation, operand) => self.of(expression, operand, Head::Relation(relation), out),
            Kind::YearOf(operand) => self.of(expression, operand, Head::Word(Word::YearOf), out),
            Kind::LengthOf(operand) => self.of(expression, operand, Head::Word(Word::LengthOf), out),
            Kind::CodeOf(operand) => self.of(expression, operand, Head::Word(Word::CodeOf), out),
            Kind::LabelOf(operand) => self.of(expression, operand, Head::Word(Word::LabelOf), out),
            Kind::CharactersOf(_, _, operand) => self.of(expression, operand, Head::Characters, out),
            Kind::Set(elements) => self.list(Mark::OpenBrace, elements, Mark::CloseBrace, out),
            Kind::Field(record, field) => self.field_of(record, field, out),
            Kind::Name(name) => self.name(name, out),
            Kind::Qualified(vocabulary, term) => {
                self.name(vocabulary, out);
                self.mark(Mark::Colon, out);
                self.name(term, out);
            },
            Kind::Number { .. } | Kind::Date(_) | Kind::Text(_) => self.leaf(out),
            Kind::Quantity(_, unit) => {
                self.leaf(out);
                out.push(Part::Space);
                self.name(unit, out);
            },
            Kind::Truth(truth) => self.word(if *truth { Word::True } else { Word::False }, out),
            Kind::Error => self.lose(),
            _ => self.comparison(&expression.kind, out),
        }
    }

    /// A word and what it governs.
    fn worded(&mut self, word: Word, operand: &Expression, out: &mut Parts<'a>) {
        self.word(word, out);
        out.push(Part::Space);
        self.expression(operand, out);
    }

    /// Comparisons of section 3: the line breaks before the operator.
    fn comparison(&mut self, kind: &Kind, out: &mut Parts<'a>) {
        let (left, operator) = match kind {
            Kind::Compare(comparison, left, _) => (left, comparison_word(*comparison)),
            Kind::Between(left, ..) => (left, Some(Word::Between)),
            Kind::In { term, negated, .. } => (term, Some(if *negated { Word::NotIn } else { Word::In })),
            Kind::Include(inclusion, left, _) => (left, Some(inclusion_word(*inclusion))),
            Kind::Present(true, left) => (left, Some(Word::IsPresent)),
            Kind::Present(false, left) => (left, Some(Word::IsMissing)),
            Kind::Empty(true, left) => (left, Some(Word::IsEmpty)),
            Kind::Empty(false, left) => (left, Some(Word::IsNotEmpty)),
            Kind::Matches(left, _) => (left, Some(Word::Matches)),
            Kind::TextTest(TextTest::StartsWith, left, _) => (left, Some(Word::StartsWith)),
            Kind::TextTest(TextTest::EndsWith, left, _) => (left, Some(Word::EndsWith)),
            Kind::TextTest(TextTest::Contains, left, _) => (left, Some(Word::Contains)),
            _ => return self.lose(),
        };
        let mut parts = Vec::new();
        self.expression(left, &mut parts);
        parts.push(Part::line());
        match kind {
            Kind::Between(_, low, high) => self.bounds(low, high, &mut parts),
            Kind::Present(..) | Kind::Empty(..) => self.operator(operator, &mut parts),
            Kind::Matches(..) => {
                self.operator(operator, &mut parts);
                parts.push(Part::Space);
                self.leaf(&mut parts);
            },
            Kind::Compare(_, _, right) => {
                self.operator(operator, &mut parts);
                parts.push(Part::Space);
                self.operand_after(right, AFTER_IS, &[], &mut parts);
            },
            Kind::Include(_, _, right) => {
                self.operator(operator, &mut parts);
                parts.push(Part::Space);
                self.operand_after(right, &[], AFTER_INCLUDE, &mut parts);
            },
            Kind::In { set: right, .. } | Kind::TextTest(_, _, right) => {
                self.operator(operator, &mut parts);
                parts.push(Part::Space);
                self.expression(right, &mut parts);
            },
            _ => {},
        }
        out.push(set_in(parts));
    }

    /// An operand after a word with which a bare name, or the name of a relation before `of`, would make another word.
    fn operand_after(&mut self, operand: &Expression, names: &[&str], relations: &[&str], out: &mut Parts<'a>) {
        match &operand.kind {
            Kind::Name(name) if !operand.parenthesised => self.name_apart(name, names, out),
            Kind::Lookup(relation, of) if relations.contains(&relation.text.as_str()) && !operand.parenthesised => {
                self.of(operand, of, Head::Confusing(relation), out);
            },
            _ => self.expression(operand, out),
        }
    }

    /// `between A and B`
    fn bounds(&mut self, low: &Expression, high: &Expression, out: &mut Parts<'a>) {
        self.worded(Word::Between, low, out);
        out.push(Part::Space);
        self.word_among(&[Word::AndBetween, Word::And], out);
        out.push(Part::Space);
        self.expression(high, out);
    }

    /// Operands joined by one operator, or by `+` and `-`, or by `*` and `/`: the line breaks before each operator.
    fn chain(&mut self, expression: &Expression, out: &mut Parts<'a>) {
        let mut links = Vec::new();
        let mut first = expression;
        while links.is_empty() || !first.parenthesised && link_of(first) == link_of(expression) {
            let (left, right) = match &first.kind {
                Kind::Or(left, right) | Kind::And(left, right) | Kind::Arithmetic(_, left, right, _) => (left, right),
                _ => break,
            };
            links.push((&first.kind, right));
            first = left;
        }
        let mut parts = Vec::new();
        self.expression(first, &mut parts);
        for (kind, right) in links.into_iter().rev() {
            parts.push(Part::line());
            match kind {
                Kind::Or(..) => self.word(Word::Or, &mut parts),
                Kind::And(..) => self.word(Word::And, &mut parts),
                _ => self.operator(None, &mut parts),
            }
            parts.push(Part::Space);
            self.expression(right, &mut parts);
        }
        out.push(set_in(parts));
    }

    fn quantified(&mut self, quantified: &Quantified, out: &mut Parts<'a>) {
        let word = match quantified.quantifier {
            Quantifier::Some => Word::Some,
            Quantifier::Every => Word::Every,
            Quantifier::No => Word::No,
        };
        let mut head = Vec::new();
        self.word(word, &mut head);
        head.push(Part::Space);
        self.variable_in(&quantified.variable, &quantified.list, &mut head);
        self.filter(quantified.filter.as_deref(), &mut head);
        let mut parts = vec![set_in(head), Part::line()];
        self.worded(Word::Satisfies, &quantified.body, &mut parts);
        out.push(set_in(parts));
    }

    /// `x in LIST`
    fn variable_in(&mut self, variable: &Name, list: &Expression, out: &mut Parts<'a>) {
        self.name(variable, out);
        out.push(Part::Space);
        self.word_among(&[Word::InList, Word::In], out);
        out.push(Part::Space);
        self.gathered(list, out);
    }

    fn filter(&mut self, filter: Option<&Expression>, out: &mut Parts<'a>) {
        if let Some(filter) = filter {
            out.push(Part::line());
            self.worded(Word::Where, filter, out);
        }
    }

    /// What is run over; `proposals` is a word there.
    fn gathered(&mut self, list: &Expression, out: &mut Parts<'a>) {
        match &list.kind {
            Kind::Name(name) if name.text == "proposals" && !name.quoted && self.is_word(Word::Proposals) => {
                self.word(Word::Proposals, out);
            },
            _ => self.expression(list, out),
        }
    }

    fn aggregate(&mut self, aggregate: &Aggregate, out: &mut Parts<'a>) {
        self.word(aggregate_word(aggregate.kind), out);
        let mut parts = Vec::new();
        self.mark(Mark::OpenParenthesis, &mut parts);
        match (&aggregate.value, &aggregate.variable) {
            (Some(value), Some(variable)) => {
                self.expression(value, &mut parts);
                parts.push(Part::line());
                self.word(Word::For, &mut parts);
                parts.push(Part::Space);
                self.variable_in(variable, &aggregate.list, &mut parts);
            },
            (None, Some(variable)) => self.variable_in(variable, &aggregate.list, &mut parts),
            _ => self.gathered(&aggregate.list, &mut parts),
        }
        self.filter(aggregate.filter.as_ref(), &mut parts);
        self.mark(Mark::CloseParenthesis, &mut parts);
        out.push(set_in(parts));
    }

    /// Expressions between two marks, set apart by commas.
    fn list(&mut self, open: Mark, elements: &[Expression], close: Mark, out: &mut Parts<'a>) {
        let mut parts = Vec::new();
        self.mark(open, &mut parts);
        for (element, index) in elements.iter().zip(0..) {
            if index > 0 {
                self.comma(&mut parts);
            }
            self.expression(element, &mut parts);
        }
        self.drop_mark(Mark::Comma, &mut parts);
        self.mark(close, &mut parts);
        out.push(Part::Group(Group { indent: 1, align: true, fill: true, ..Group::new(parts) }));
    }

    /// `A.b`; the key of a group of proposals is a word.
    fn field_of(&mut self, record: &Expression, field: &Name, out: &mut Parts<'a>) {
        let is_group = matches!(&record.kind, Kind::Name(name) if self.group_variable.as_ref() == Some(&name.text));
        self.expression(record, out);
        self.mark(Mark::Dot, out);
        if is_group && !field.quoted && self.is_word(Word::Key) {
            self.word(Word::Key, out);
        } else {
            self.name(field, out);
        }
    }

    /// The forms with `of` in English and 的 in Chinese. No line breaks in them but within their operand; the comments in
    /// them go after them.
    fn of(&mut self, whole: &Expression, operand: &Expression, head: Head<'_>, out: &mut Parts<'a>) {
        let operand_first = operand.span.start == whole.span.start || self.is_mark(Mark::OpenParenthesis);
        let (mut head_parts, mut operand_parts, mut joint) = (Vec::new(), Vec::new(), Vec::new());
        let own = if operand_first { Tongue::Chinese } else { Tongue::English };
        let wanted = self.tongue.unwrap_or(own);
        if operand_first {
            self.expression(operand, &mut operand_parts);
            self.word(Word::Possessive, &mut joint);
            self.of_head(head, wanted, &mut head_parts);
        } else {
            self.of_head(head, wanted, &mut head_parts);
            if !matches!(head, Head::Word(_)) {
                self.word(Word::Possessive, &mut joint);
            }
            self.expression(operand, &mut operand_parts);
        }
        let (mut before, mut after) = (Vec::new(), Vec::new());
        // They stay on their side of the operand, in which there may be comments too.
        if operand_first {
            take_comments(&mut operand_parts, &mut before, &mut after);
            for parts in [&mut joint, &mut head_parts] {
                let mut rest = Vec::new();
                take_comments(parts, &mut after, &mut rest);
                after.extend(rest);
            }
        } else {
            for parts in [&mut head_parts, &mut joint] {
                let mut rest = Vec::new();
                take_comments(parts, &mut before, &mut rest);
                before.extend(rest);
            }
            take_comments(&mut operand_parts, &mut before, &mut after);
        }
        let joint = Part::text(if wanted == Tongue::English { "of" } else { "的" });
        out.extend(before);
        match wanted {
            Tongue::English => {
                out.extend(head_parts);
                out.extend([Part::Space, joint, Part::Space]);
                out.extend(operand_parts);
            },
            Tongue::Chinese => {
                out.extend(operand_parts);
                out.extend([Part::Space, joint, Part::Space]);
                out.extend(head_parts);
            },
        }
        out.extend(after);
    }

    /// What stands before `of`, or after 的.
    fn of_head(&mut self, head: Head<'_>, wanted: Tongue, out: &mut Parts<'a>) {
        match head {
            Head::Percentage => self.leaf(out),
            Head::Relation(name) => self.name_apart(name, BEFORE_OF, out),
            Head::Confusing(name) => self.name_apart(name, AFTER_INCLUDE, out),
            Head::Word(word) => {
                // In English the `of` is a part of the word.
                self.word(word, out);
                if let (Some(Part::Text(text)), Tongue::English) = (out.last_mut(), wanted) {
                    *text = text.strip_suffix(" of").unwrap_or(text).to_owned().into();
                }
            },
            Head::Characters => {
                self.word(Word::Characters, out);
                out.push(Part::Space);
                self.leaf(out);
                out.push(Part::Space);
                self.word(Word::UpTo, out);
                out.push(Part::Space);
                self.leaf(out);
            },
        }
    }
}

/// Moves the comments before the first token of some parts to `leading`, and those between the others to `rest`.
fn take_comments<'a>(parts: &mut Parts<'a>, leading: &mut Parts<'a>, rest: &mut Parts<'a>) {
    take_leading(parts, leading);
    rest.extend(parts.extract_if(.., |part| matches!(part, Part::Comment(_))));
}

/// What stands before `of`, or after 的.
#[derive(Debug, Clone, Copy)]
enum Head<'n> {
    Percentage,
    Relation(&'n Name),
    /// A relation whose name would make another word with the one before it.
    Confusing(&'n Name),
    Word(Word),
    Characters,
}

/// What links the operands of a chain; `None` where it is none.
fn link_of(expression: &Expression) -> Option<u8> {
    match &expression.kind {
        Kind::Or(..) => Some(0),
        Kind::And(..) => Some(1),
        Kind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) => Some(2),
        Kind::Arithmetic(Arithmetic::Multiply | Arithmetic::Divide, ..) => Some(3),
        _ => None,
    }
}

fn aggregate_word(kind: AggregateKind) -> Word {
    match kind {
        AggregateKind::Count => Word::Count,
        AggregateKind::Sum => Word::Sum,
        AggregateKind::Min => Word::Min,
        AggregateKind::Max => Word::Max,
        AggregateKind::Average => Word::Average,
    }
}

/// The word of a comparison that can be written as one.
fn comparison_word(comparison: Comparison) -> Option<Word> {
    match comparison {
        Comparison::Is => Some(Word::Is),
        Comparison::IsNot => Some(Word::IsNot),
        Comparison::IsExactly => Some(Word::IsExactly),
        Comparison::IsNotExactly => Some(Word::IsNotExactly),
        _ => None,
    }
}

fn inclusion_word(inclusion: Inclusion) -> Word {
    match inclusion {
        Inclusion::Term => Word::Include,
        Inclusion::Any => Word::IncludeAnyOf,
        Inclusion::All => Word::IncludeAllOf,
        Inclusion::None => Word::IncludeNoneOf,
    }
}
