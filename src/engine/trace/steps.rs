//! Steps through expressions.

use std::collections::BTreeSet;

use super::{FactId, Knowledge, Origin, Presence, Step, Value};
use crate::engine::evaluate::{Binding, Scene};
use crate::engine::message::{Reader, term_label, value_of_node};
use crate::engine::pointer::{enclosing_brace, pointer_of};
use crate::engine::record::{Extent, SlotValue};
use crate::engine::truth::Truth;
use crate::engine::value::{More, TermValue};
use crate::rulebook::expression::{
    Condition, ConditionKind, Iteration, Over, Place, SetKind, Subject, TermKind, TextKind,
};
use crate::rulebook::parts::{Node, Part};
use crate::rulebook::{ColumnId, ColumnKind, DefinitionId, Quantifier, RelationId, TableId};
use crate::text::Span;
use crate::value::TermSet;

/// How many members of a list or set are shown.
const MEMBERS: usize = 12;

/// How many steps a condition is shown in; what lies deeper shows its value and no parts.
const STEPS: usize = 1000;

/// Makes steps of expressions.
pub(super) struct Tracer<'s, 'a> {
    scene: &'s mut Scene<'a>,
    reader: Reader,
    left: usize,
    /// Definitions that were shown in full.
    shown: BTreeSet<DefinitionId>,
}

impl<'s, 'a> Tracer<'s, 'a> {
    pub(super) fn new(scene: &'s mut Scene<'a>, reader: Reader) -> Self {
        Self { scene, reader, left: STEPS, shown: BTreeSet::new() }
    }

    pub(super) fn condition(&mut self, condition: &'a Condition) -> Step {
        self.node(Node::Condition(condition))
    }

    /// An expression and all that it is made of.
    fn node(&mut self, node: Node<'a>) -> Step {
        let mut step = bare(node.span(), self.value(node));
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return step;
        }
        self.note_sources(node, &mut step);
        for part in node.parts() {
            match part {
                Part::Node(part) if part.is_literal() => {},
                Part::Node(part) => step.parts.push(self.node(part)),
                Part::Place(place) if is_field(node) => step.origin = self.origin(place),
                Part::Place(place) => step.parts.push(self.place(place)),
                Part::Definition(id) => step.parts.extend(self.definition(id)),
                Part::Members(iteration, body) => self.members(node, iteration, body, &mut step),
            }
        }
        step
    }

    /// What an expression comes to.
    fn value(&mut self, node: Node<'a>) -> Value {
        let whole = |is_whole: bool| if is_whole { Knowledge::Whole } else { Knowledge::Partial };
        let knowledge = match node {
            Node::Condition(condition) => return Value::Truth(self.scene.condition(condition)),
            Node::Number(number) => self.scene.number(number).map(|value| whole(value.known().is_some())),
            Node::Date(date) => self.scene.date(date).map(|days| whole(days.is_day())),
            Node::Text(text) => self.scene.text(text).map(|_| Knowledge::Whole),
            Node::Term(term) => Some(Knowledge::Whole).filter(|_| self.scene.term(term) != TermValue::Unknown),
            Node::Set(set) => self.scene.set(set).map(|set| whole(set.more == More::Nothing)),
        };
        match knowledge {
            None => Value::Other(self.reader.word("unknown", "未知").to_owned(), Knowledge::Nothing),
            Some(knowledge) => Value::Other(value_of_node(self.scene, node, self.reader), knowledge),
        }
    }

    /// Notes what an expression rests on beside its parts: facts, a group, an element of a list.
    fn note_sources(&mut self, node: Node<'a>, step: &mut Step) {
        match node {
            Node::Term(term) => match &term.kind {
                TermKind::Lookup(relation, argument) => {
                    if let TermValue::Term(subject) = self.scene.term(argument) {
                        step.facts = self.facts(*relation, &std::iter::once(subject).collect());
                    }
                },
                TermKind::Variable(variable) => {
                    if let Some(Binding::Row(table, row)) = self.scene.bindings.get(usize::from(*variable)).copied() {
                        step.origin = self.row(table, row);
                    }
                },
                _ => {},
            },
            Node::Set(set) => match &set.kind {
                SetKind::Lookup(relation, argument) => {
                    if let TermValue::Term(subject) = self.scene.term(argument) {
                        step.facts = self.facts(*relation, &std::iter::once(subject).collect());
                    }
                },
                SetKind::LookupAll(relation, subjects) => {
                    let known = self.scene.set(subjects).map(|subjects| subjects.known.into_owned());
                    step.facts = known.map(|known| self.facts(*relation, &known)).unwrap_or_default();
                },
                SetKind::Constant(_) => {
                    let name = self.scene.book.files.slice(set.span).trim_matches('`');
                    let groups = &self.scene.book.groups;
                    step.group = groups.iter().position(|group| group.name == name && group.of == set.vocabulary);
                },
                _ => {},
            },
            Node::Condition(condition) => {
                if let ConditionKind::Present(_, Subject::Lookup(relation, argument)) = &condition.kind
                    && let TermValue::Term(subject) = self.scene.term(argument)
                {
                    step.facts = self.facts(*relation, &std::iter::once(subject).collect());
                }
            },
            Node::Number(_) | Node::Date(_) | Node::Text(_) => {},
        }
    }

    /// The facts of a relation that speak of one of these terms.
    fn facts(&self, relation: RelationId, subjects: &TermSet) -> Vec<FactId> {
        let facts = self.scene.book.relations.get(usize::from(relation.0)).map(|relation| relation.facts.as_slice());
        let facts = facts.unwrap_or_default().iter().enumerate();
        let speaking = facts.filter(|(_, fact)| fact.subjects.meets(subjects));
        speaking.map(|(number, _)| FactId { relation, number }).collect()
    }

    /// A definition in its own words, the first time that it is met.
    fn definition(&mut self, id: DefinitionId) -> Option<Step> {
        let definition = self.scene.book.definitions.get(usize::from(id.0))?;
        if !self.shown.insert(id) {
            return None;
        }
        let bindings = std::mem::take(&mut self.scene.bindings);
        let step = self.node(Node::from(&definition.value));
        self.scene.bindings = bindings;
        Some(step)
    }

    /// A field of which only its presence, or the number of its entries, is asked.
    fn place(&mut self, place: &Place) -> Step {
        let origin = self.origin(place);
        let is_list = self.scene.column(place).is_some_and(|column| matches!(column.kind, ColumnKind::List(_)));
        let presence = origin.as_ref().map_or(Presence::Missing, |origin| origin.presence);
        let (shown, knowledge) = match (self.scene.rows(place), presence) {
            (Some((_, _, count)), _) => (self.entries(count as usize), Knowledge::Whole),
            (None, Presence::Stated) if !is_list => (self.reader.word("stated", "已填写").to_owned(), Knowledge::Whole),
            (None, Presence::Stated | Presence::Unreadable) => {
                (self.reader.word("not readable", "无法读取").to_owned(), Knowledge::Nothing)
            },
            (None, Presence::Missing | Presence::Otherwise) => {
                (self.reader.word("not stated", "未填写").to_owned(), Knowledge::Nothing)
            },
        };
        Step { origin, ..bare(place.span, Value::Other(shown, knowledge)) }
    }

    fn entries(&self, count: usize) -> String {
        match (count, self.reader.chinese) {
            (_, true) => format!("{count} 项"),
            (1, false) => "1 entry".to_owned(),
            (_, false) => format!("{count} entries"),
        }
    }

    /// The list or set that a quantifier or aggregate runs over, and its members with the outcome of each.
    fn members(&mut self, node: Node<'a>, iteration: &'a Iteration, body: Option<Node<'a>>, step: &mut Step) {
        let members: Vec<Binding> = match &iteration.over {
            Over::List(place) => {
                step.parts.push(self.place(place));
                let rows = self.scene.rows(place).map(|(table, first, count)| (table, first..first + count));
                rows.into_iter().flat_map(|(table, rows)| rows.map(move |row| Binding::Row(table, row))).collect()
            },
            Over::Set(set) => {
                step.parts.push(self.node(Node::Set(set)));
                let set = self.scene.set(set);
                let is_open = set.as_ref().is_some_and(|set| set.more != More::Nothing);
                let known: Vec<u16> = set.map(|set| set.known.iter().collect()).unwrap_or_default();
                let unknown = is_open.then_some(Binding::UnknownTerm);
                known.into_iter().map(Binding::Term).chain(unknown).collect()
            },
        };
        let mut weighed: Vec<(u8, usize)> = Vec::with_capacity(members.len());
        for (number, member) in members.iter().enumerate() {
            let weight = self.scene.bound(iteration.variable, *member, |scene| weight(scene, node, iteration, body));
            weighed.push((weight, number));
        }
        // Those that decide come before the others; all that are shown stand in their own order.
        weighed.sort_unstable();
        let mut chosen: Vec<usize> = weighed.into_iter().map(|(_, number)| number).take(MEMBERS).collect();
        chosen.sort_unstable();
        step.omitted = members.len() - chosen.len();
        for member in chosen.into_iter().filter_map(|number| members.get(number)) {
            let outer = self.scene.bindings.clone();
            self.scene.bind(iteration.variable, *member);
            let part = self.member(*member, iteration, body);
            step.parts.push(part);
            self.scene.bindings = outer;
        }
    }

    /// A member that is bound: whether it is kept, and what is asked or taken of it.
    fn member(&mut self, member: Binding, iteration: &'a Iteration, body: Option<Node<'a>>) -> Step {
        let kept = self.scene.kept(iteration);
        let filter = iteration.filter.as_ref().map(|filter| self.condition(filter));
        let body = body.filter(|_| kept != Truth::False).map(|body| self.node(body));
        let value = match (&body, kept) {
            (_, Truth::False) => Value::LeftOut,
            (Some(body), _) => body.value.clone(),
            (None, kept) => Value::Truth(kept),
        };
        let words = body.as_ref().or(filter.as_ref()).map_or(over_span(iteration), |step| step.words);
        let (name, origin) = match member {
            Binding::Row(table, row) => {
                let origin = self.row(table, row);
                (origin.as_ref().map(|origin| origin.pointer.clone()).unwrap_or_default(), origin)
            },
            Binding::Term(term) => match &iteration.over {
                Over::Set(set) => (term_label(self.scene, set.vocabulary, term, self.reader), None),
                Over::List(_) => (String::new(), None),
            },
            Binding::UnknownTerm => (self.reader.word("an unknown member", "未知成员").to_owned(), None),
        };
        // The words of the body stand on the member's own line.
        let parts = match (filter, body) {
            (None, Some(body)) => body.parts,
            (filter, body) => filter.into_iter().chain(body).collect(),
        };
        Step { member: Some(name), origin, parts, ..bare(words, value) }
    }

    /// Where a field stands in the proposal; `None` if its row does not exist.
    fn origin(&self, place: &Place) -> Option<Origin> {
        let (table, row) = self.scene.row(place.frame)?;
        let slot = self.scene.slot(place);
        let presence = match slot.value {
            SlotValue::Absent => Presence::Missing,
            SlotValue::Otherwise => Presence::Otherwise,
            SlotValue::Unreadable => Presence::Unreadable,
            _ => Presence::Stated,
        };
        let extent = if slot.extent.end > slot.extent.start {
            slot.extent
        } else {
            enclosing_brace(&self.scene.book.shape, self.scene.record, table, row, place.column)
        };
        let pointer = pointer_of(&self.scene.book.shape, self.scene.record, table, row, Some(place.column));
        Some(Origin { pointer, extent, presence })
    }

    /// Where an element of a list stands.
    fn row(&self, table: TableId, row: u32) -> Option<Origin> {
        let rows = self.scene.record.tables.get(usize::from(table.0))?;
        let extent: Extent = rows.places.get(row as usize).copied()?;
        let is_record = self.scene.book.shape.table(table).is_some_and(|table| table.is_record);
        let value = self.scene.record.slot(table, row, ColumnId(0)).map(|slot| slot.value);
        let is_unreadable = !is_record && matches!(value, Some(SlotValue::Unreadable | SlotValue::Absent));
        let presence = if is_unreadable { Presence::Unreadable } else { Presence::Stated };
        let pointer = pointer_of(&self.scene.book.shape, self.scene.record, table, row, None);
        Some(Origin { pointer, extent, presence })
    }
}

fn bare(words: Span, value: Value) -> Step {
    Step { words, member: None, value, origin: None, facts: Vec::new(), group: None, parts: Vec::new(), omitted: 0 }
}

/// Whether an expression is a field and nothing else.
fn is_field(node: Node<'_>) -> bool {
    use crate::rulebook::expression::{DateKind, NumberKind};
    match node {
        Node::Condition(one) => matches!(one.kind, ConditionKind::Field(_)),
        Node::Number(one) => matches!(one.kind, NumberKind::Field(_)),
        Node::Date(one) => matches!(one.kind, DateKind::Field(_)),
        Node::Text(one) => matches!(one.kind, TextKind::Field(_)),
        Node::Term(one) => matches!(one.kind, TermKind::Field(_)),
        Node::Set(one) => matches!(one.kind, SetKind::Field(_)),
    }
}

fn over_span(iteration: &Iteration) -> Span {
    match &iteration.over {
        Over::List(place) => place.span,
        Over::Set(set) => set.span,
    }
}

/// How much the member that is bound has to do with the outcome: 0 decides it, 1 leaves it open, 2 is kept, 3 is left out.
fn weight<'a>(scene: &mut Scene<'a>, node: Node<'a>, iteration: &'a Iteration, body: Option<Node<'a>>) -> u8 {
    let kept = scene.kept(iteration);
    if kept == Truth::False {
        return 3;
    }
    let quantifier = match node {
        Node::Condition(Condition { kind: ConditionKind::Quantified(quantifier, ..), .. }) => Some(*quantifier),
        _ => None,
    };
    match (quantifier, body) {
        (Some(quantifier), Some(Node::Condition(body))) => {
            match kept.and(scene.condition(body).when(quantifier != Quantifier::Every)) {
                Truth::True => 0,
                Truth::Unknown => 1,
                Truth::False => 2,
            }
        },
        _ if kept == Truth::Unknown => 1,
        _ => 2,
    }
}
