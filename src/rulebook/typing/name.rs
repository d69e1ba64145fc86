//! Names: variables, fields, definitions, groups, terms, relations (section 3 and details 20).

use super::Typer;
use super::scope::{Bare, Defined, VariableKind};
use super::typed::{Typed, reference};
use super::wording::{did_you_mean, quoted, spaced};
use crate::diagnostic::Diagnostic;
use crate::rulebook::expression::{
    Condition, ConditionKind, DateExpression, DateKind, Expression, Frame, NumberExpression, NumberKind, Place,
    SetExpression, SetKind, TermExpression, TermKind, TextExpression, TextKind,
};
use crate::rulebook::{ColumnId, ColumnKind, RelationId, TableId, VocabularyId};
use crate::syntax::tree::{self, ExpressionKind, Name};
use crate::text::Span;
use crate::text::nearest::nearest;
use crate::value::TermSet;

impl Typer<'_> {
    /// A bare name.
    pub(super) fn name(&mut self, name: &Name, expected: Option<VocabularyId>) -> Option<Typed> {
        if let Some(variable) = self.scope.variable(&name.text) {
            return Some(match variable.kind {
                VariableKind::Row(level, table) => self.row(level, table, name.span),
                VariableKind::Term(level, vocabulary, is_value) => {
                    if let Some(portfolio) = self.scope.portfolio.as_mut().filter(|_| is_value) {
                        portfolio.reads_value = true;
                    }
                    Typed::Term(TermExpression { kind: TermKind::Variable(level), vocabulary, span: name.span })
                },
                VariableKind::Proposal => Typed::Proposal(name.span),
                VariableKind::Group => Typed::Group(name.span),
            });
        }
        if let Some((frame, table, column)) = self.bare_field(&name.text) {
            return self.place(Place { frame, table, column, span: name.span });
        }
        if let Some((defined, _)) = self.definitions.by_name.get(&name.text) {
            if matches!(self.scope.bare, Bare::Nobody) {
                return self.bare_in_portfolio(name);
            }
            return self.defined(&name.text, &defined.clone(), name.span);
        }
        if let Some(group) = self.names.group(&name.text) {
            self.names.use_group(&name.text);
            let kind = SetKind::Constant(group.terms.clone());
            return Some(Typed::Set(SetExpression { kind, vocabulary: group.of, span: name.span }));
        }
        self.bare_term(name, expected)
    }

    fn bare_term(&mut self, name: &Name, expected: Option<VocabularyId>) -> Option<Typed> {
        let term = |vocabulary: VocabularyId, term: u16| {
            Typed::Term(TermExpression { kind: TermKind::Constant(term), vocabulary, span: name.span })
        };
        if let Some(expected) = expected
            && let Some(found) = self.names.term(expected, &name.text)
        {
            self.names.use_term(expected, found);
            return Some(term(expected, found));
        }
        let vocabularies = self.names.terms_named(&name.text);
        match (expected, vocabularies) {
            (None, [(only, found)]) => {
                self.names.use_term(*only, *found);
                return Some(term(*only, *found));
            },
            (None, [_, _, ..]) => {
                let message = format!("`{}` is a term of several vocabularies", name.text);
                let ways: Vec<String> = vocabularies
                    .iter()
                    .map(|(vocabulary, _)| format!("`{}:{}`", self.names.vocabulary_name(*vocabulary), name.text))
                    .collect();
                let diagnostic = Diagnostic::error("rules/ambiguous-name", name.span, message, "which one?");
                self.fault(diagnostic.help(format!("write {}", ways.join(" or "))));
                return None;
            },
            _ => {},
        }
        if let Some(vocabulary) = self.whole_vocabulary(name) {
            // It may be the field of that name, which could not be read.
            return Some(vocabulary).filter(|_| !self.is_silent(&name.text));
        }
        if self.is_silent(&name.text) {
            return None;
        }
        self.unknown(name, expected)
    }

    /// Whether what a name stands for cannot be known, because of a fault that was reported elsewhere.
    fn is_silent(&self, name: &str) -> bool {
        self.names.is_broken(name) || self.names.shape_broken || self.scope.faulty.iter().any(|one| one == name)
    }

    /// A vocabulary's name is the group of all its terms.
    fn whole_vocabulary(&mut self, name: &Name) -> Option<Typed> {
        let vocabulary = self.names.vocabulary_named(&name.text)?;
        self.names.use_whole(vocabulary);
        let terms = TermSet::all(self.names.term_count(vocabulary));
        let kind = SetKind::Constant(terms);
        Some(Typed::Set(SetExpression { kind, vocabulary, span: name.span }))
    }

    fn unknown(&mut self, name: &Name, expected: Option<VocabularyId>) -> Option<Typed> {
        let elsewhere = self.names.terms_named(&name.text);
        if matches!(self.scope.bare, Bare::Nobody) && self.names.field(TableId(0), None, &name.text).is_some() {
            return self.bare_in_portfolio(name);
        }
        let (message, help) = match (expected, elsewhere.first()) {
            (Some(expected), Some((other, _))) => {
                let wanted = self.names.vocabulary_name(expected);
                let other = self.names.vocabulary_name(*other);
                let message = format!("`{}` is a term of `{other}`, and a term of `{wanted}` belongs here", name.text);
                (message, self.names.nearest_term(expected, &name.text).map(|near| format!("did you mean `{near}`?")))
            },
            (Some(expected), None) => {
                let message =
                    format!("`{}` is no {} and nothing else", name.text, self.names.vocabulary_name(expected));
                let near = self.names.nearest_term(expected, &name.text).map(|near| format!("did you mean `{near}`?"));
                (message, near.or_else(|| self.suggestion(&name.text)))
            },
            _ => (format!("`{}` is not declared", name.text), self.suggestion(&name.text)),
        };
        let mut diagnostic = Diagnostic::error("rules/unknown-name", name.span, message, "unknown name");
        diagnostic.help = help;
        self.fault(diagnostic);
        None
    }

    /// The nearest of all names that could stand here, or the words that are run together.
    fn suggestion(&self, name: &str) -> Option<String> {
        let own = self.scope.variables.iter().map(|variable| variable.name.as_str());
        let own = own.chain(self.definitions.by_name.keys().map(String::as_str)).map(|name| (name, name));
        let field = match &self.scope.bare {
            Bare::Nobody => None,
            Bare::Proposal | Bare::Rows(..) => self.names.nearest_field(TableId(0), None, name),
        };
        let near = nearest(name, own).or(field).or_else(|| self.names.nearest_group(name));
        if let Some(near) = near.or_else(|| self.names.nearest_any_term(name)) {
            return Some(format!("did you mean `{near}`?"));
        }
        spaced(name).map(|spaced| format!("set names and words apart by spaces: `{spaced}`"))
    }

    /// Whether a field of one proposal stands where a portfolio directive speaks of all: reported.
    pub(super) fn is_bare_field(&mut self, expression: &tree::Expression) -> bool {
        let ExpressionKind::Name(name) = &expression.kind else { return false };
        let is_bare = matches!(self.scope.bare, Bare::Nobody)
            && self.scope.variable(&name.text).is_none()
            && self.names.field(TableId(0), None, &name.text).is_some();
        if is_bare {
            self.bare_in_portfolio::<()>(name);
        }
        is_bare
    }

    fn bare_in_portfolio<T>(&mut self, name: &Name) -> Option<T> {
        let message = format!("`{}` is a field of one proposal, and a portfolio directive speaks of all", name.text);
        let help = format!(
            "write it of the proposals that an aggregate looks at: `count(p in proposals where p.{} …)`",
            name.text
        );
        self.fault(Diagnostic::error("rules/bare-field", name.span, message, "of which proposal?").help(help));
        None
    }

    /// The field that a bare name means, and whose it is.
    fn bare_field(&self, name: &str) -> Option<(Frame, TableId, ColumnId)> {
        let of_proposal =
            |name| self.names.field(TableId(0), None, name).map(|column| (Frame::Proposal, TableId(0), column));
        match &self.scope.bare {
            Bare::Nobody => None,
            Bare::Proposal => of_proposal(name),
            Bare::Rows(tables, parent) => {
                let mut parent = *parent;
                let mut rows: Vec<(Frame, TableId)> =
                    tables.iter().zip(0_u8..).map(|(table, level)| (Frame::Variable(level), *table)).collect();
                rows.reverse();
                rows.push((Frame::Proposal, TableId(0)));
                for (frame, table) in rows {
                    loop {
                        if let Some(column) = self.names.field(table, parent, name) {
                            return Some((frame, table, column));
                        }
                        let Some(inner) = parent else { break };
                        parent = self.names.shape.column(table, inner).and_then(|column| column.parent);
                    }
                    parent = self.names.shape.table(table).and_then(|table| table.list).and_then(|(outer, list)| {
                        self.names.shape.column(outer, list).and_then(|column| column.parent)
                    });
                }
                None
            },
        }
    }

    /// What a place holds.
    pub(super) fn place(&mut self, place: Place) -> Option<Typed> {
        let span = place.span;
        let column = self.names.shape.column(place.table, place.column)?;
        Some(match &column.kind {
            ColumnKind::Text => Typed::Text(TextExpression { kind: TextKind::Field(place), span }),
            ColumnKind::Number | ColumnKind::Integer => {
                Typed::Number(NumberExpression { kind: NumberKind::Field(place), dimension: None, span })
            },
            ColumnKind::Quantity(dimension) => {
                Typed::Number(NumberExpression { kind: NumberKind::Field(place), dimension: Some(*dimension), span })
            },
            ColumnKind::Boolean => Typed::Condition(Condition { kind: ConditionKind::Field(place), span }),
            ColumnKind::Date => Typed::Date(DateExpression { kind: DateKind::Field(place), span }),
            ColumnKind::Term(vocabulary) => {
                Typed::Term(TermExpression { kind: TermKind::Field(place), vocabulary: *vocabulary, span })
            },
            ColumnKind::Set(vocabulary) => {
                Typed::Set(SetExpression { kind: SetKind::Field(place), vocabulary: *vocabulary, span })
            },
            ColumnKind::List(table) => Typed::List(place, *table),
            ColumnKind::Record(_) => Typed::Record(place),
        })
    }

    /// A variable bound to an element of a list: a record, or the one column of a list of scalars.
    fn row(&mut self, level: u8, table: TableId, span: Span) -> Typed {
        let is_record = self.names.shape.table(table).is_some_and(|table| table.is_record);
        let place = Place { frame: Frame::Variable(level), table, column: ColumnId(0), span };
        if is_record {
            Typed::Row(level, table, span)
        } else {
            self.place(place).unwrap_or(Typed::Row(level, table, span))
        }
    }

    pub(super) fn defined(&mut self, name: &str, defined: &Defined, span: Span) -> Option<Typed> {
        self.names.use_definition(name);
        match defined {
            Defined::Failed => None,
            Defined::Alias(place) => self.place(Place { span, ..*place }),
            Defined::Value(id, value, depth) => {
                self.check_depth(self.scope.nesting.saturating_add(*depth), span)?;
                Some(reference(*id, value, span))
            },
        }
    }

    /// `VOCABULARY:TERM`
    pub(super) fn qualified(&mut self, vocabulary: &Name, term: &Name, span: Span) -> Option<Typed> {
        let Some(id) = self.names.vocabulary_named(&vocabulary.text) else {
            if self.names.is_broken(&vocabulary.text) {
                return None;
            }
            let message = format!("`{}` is no vocabulary", vocabulary.text);
            let mut diagnostic =
                Diagnostic::error("rules/unknown-name", vocabulary.span, message, "unknown vocabulary");
            diagnostic.help = did_you_mean(self.names.nearest_vocabulary(&vocabulary.text));
            self.fault(diagnostic);
            return None;
        };
        match self.names.term(id, &term.text) {
            Some(number) => {
                self.names.use_term(id, number);
                Some(Typed::Term(TermExpression { kind: TermKind::Constant(number), vocabulary: id, span }))
            },
            None if self.names.is_broken(&term.text) => None,
            None => {
                let message = format!("`{}` is no term of `{}`", term.text, vocabulary.text);
                let mut diagnostic = Diagnostic::error("rules/unknown-name", term.span, message, "unknown term");
                diagnostic.help = self.names.nearest_term(id, &term.text).map(|near| format!("did you mean `{near}`?"));
                self.fault(diagnostic);
                None
            },
        }
    }

    /// `A.b`
    pub(super) fn field(&mut self, base: &tree::Expression, field: &Name, span: Span) -> Option<Typed> {
        let base = self.typed(base, None)?;
        let (frame, table, parent) = match &base {
            Typed::Row(level, table, _) => (Frame::Variable(*level), *table, None),
            Typed::Record(place) => (place.frame, place.table, Some(place.column)),
            Typed::Proposal(_) => {
                if let Some((defined, _)) = self.definitions.by_name.get(&field.text)
                    && self.names.field(TableId(0), None, &field.text).is_none()
                {
                    return self.defined(&field.text, &defined.clone(), span);
                }
                (Frame::Proposal, TableId(0), None)
            },
            Typed::Group(_) if matches!(field.text.as_str(), "key" | "键") => return Some(self.key(span)),
            Typed::Group(_) => {
                let help = "a group has its `key`; ask of its members with `count(g)` or `sum(p.x for p in g)`";
                return self.mismatch(&base, "a record", Some(help));
            },
            Typed::List(..) => {
                let help = format!("ask of its elements: `some x in … satisfies x.{} …`", field.text);
                return self.mismatch(&base, "a record", Some(&help));
            },
            _ => return self.mismatch(&base, "a record", Some("only records have fields")),
        };
        match self.names.field(table, parent, &field.text) {
            Some(column) => self.place(Place { frame, table, column, span }),
            None if self.names.is_broken(&field.text) => None,
            None => {
                let message = format!("there is no field `{}` here", field.text);
                let mut diagnostic = Diagnostic::error("rules/unknown-name", field.span, message, "unknown field");
                let near = self.names.nearest_field(table, parent, &field.text);
                diagnostic.help = did_you_mean(near).or_else(|| {
                    let fields = self.names.fields(table, parent).iter();
                    let names: Vec<&str> = fields
                        .filter_map(|id| self.names.column(table, *id))
                        .map(|column| column.name.as_str())
                        .collect();
                    Some(format!("the fields are {}", quoted(&names)))
                });
                self.fault(diagnostic);
                None
            },
        }
    }

    fn key(&mut self, span: Span) -> Typed {
        let key = self.scope.portfolio.as_mut().and_then(|portfolio| {
            portfolio.reads_value = true;
            portfolio.key.clone()
        });
        match key {
            Some(Expression::Condition(_)) => Typed::Condition(Condition { kind: ConditionKind::Key, span }),
            Some(Expression::Number(number)) => {
                Typed::Number(NumberExpression { kind: NumberKind::Key, dimension: number.dimension, span })
            },
            Some(Expression::Date(_)) => Typed::Date(DateExpression { kind: DateKind::Key, span }),
            Some(Expression::Term(term)) => {
                Typed::Term(TermExpression { kind: TermKind::Key, vocabulary: term.vocabulary, span })
            },
            Some(Expression::Text(_) | Expression::Set(_)) | None => {
                Typed::Text(TextExpression { kind: TextKind::Key, span })
            },
        }
    }

    /// `R of X`
    pub(super) fn lookup(&mut self, relation: &Name, argument: &tree::Expression, span: Span) -> Option<Typed> {
        let candidates: Vec<_> = self.names.relations_named(&relation.text).collect();
        if candidates.is_empty() {
            if self.names.is_broken(&relation.text) {
                return None;
            }
            let message = format!("`{}` is no relation", relation.text);
            let mut diagnostic = Diagnostic::error("rules/unknown-name", relation.span, message, "unknown relation");
            diagnostic.help = did_you_mean(self.names.nearest_relation(&relation.text));
            self.fault(diagnostic);
            return None;
        }
        let domain = self.vocabulary_of(argument);
        let expected = match candidates.as_slice() {
            [(_, only)] => Some(only.from),
            _ => domain,
        };
        let argument = self.typed(argument, expected)?;
        let found = argument
            .vocabulary()
            .and_then(|vocabulary| candidates.iter().find(|(_, candidate)| candidate.from == vocabulary));
        let Some((id, found)) = found else {
            let domains: Vec<&str> =
                candidates.iter().map(|(_, candidate)| self.names.vocabulary_name(candidate.from)).collect();
            let wanted = format!("a term or a set of {}", quoted(&domains));
            return self.mismatch(&argument, &wanted, Some("a relation is looked up of terms of its own vocabulary"));
        };
        let (id, to, single): (RelationId, VocabularyId, bool) = (*id, found.to, found.single);
        self.names.use_relation(id);
        Some(match argument {
            Typed::Term(term) if single => {
                Typed::Term(TermExpression { kind: TermKind::Lookup(id, Box::new(term)), vocabulary: to, span })
            },
            Typed::Term(term) => {
                Typed::Set(SetExpression { kind: SetKind::Lookup(id, Box::new(term)), vocabulary: to, span })
            },
            Typed::Set(set) => {
                Typed::Set(SetExpression { kind: SetKind::LookupAll(id, Box::new(set)), vocabulary: to, span })
            },
            _ => return None,
        })
    }

    /// The vocabulary of an operand as far as it can be told by itself, so that a bare term beside it is understood.
    pub(super) fn vocabulary_of(&self, expression: &tree::Expression) -> Option<VocabularyId> {
        match &expression.kind {
            ExpressionKind::Name(name) => self.vocabulary_of_name(&name.text),
            ExpressionKind::Qualified(vocabulary, _) => self.names.vocabulary_named(&vocabulary.text),
            ExpressionKind::Set(elements) => elements.iter().find_map(|element| self.vocabulary_of(element)),
            ExpressionKind::Lookup(relation, argument) => {
                let candidates: Vec<_> = self.names.relations_named(&relation.text).collect();
                let found = match candidates.as_slice() {
                    [(_, only)] => only,
                    _ => {
                        let domain = self.vocabulary_of(argument)?;
                        candidates.iter().find(|(_, candidate)| candidate.from == domain)?.1
                    },
                };
                Some(found.to)
            },
            ExpressionKind::Field(..) => self.vocabulary_of_path(expression),
            _ => None,
        }
    }

    fn vocabulary_of_name(&self, name: &str) -> Option<VocabularyId> {
        if let Some(variable) = self.scope.variable(name) {
            return match variable.kind {
                VariableKind::Term(_, vocabulary, _) => Some(vocabulary),
                VariableKind::Row(_, table) => self.vocabulary_of_column(table, ColumnId(0), true),
                VariableKind::Proposal | VariableKind::Group => None,
            };
        }
        if let Some((_, table, column)) = self.bare_field(name) {
            return self.vocabulary_of_column(table, column, false);
        }
        match self.definitions.by_name.get(name) {
            Some((Defined::Value(_, Expression::Term(term), _), _)) => return Some(term.vocabulary),
            Some((Defined::Value(_, Expression::Set(set), _), _)) => return Some(set.vocabulary),
            Some((Defined::Alias(place), _)) => return self.vocabulary_of_column(place.table, place.column, false),
            Some(_) => return None,
            None => {},
        }
        self.names.group(name).map(|group| group.of).or_else(|| {
            let is_term = !self.names.terms_named(name).is_empty();
            self.names.vocabulary_named(name).filter(|_| !is_term)
        })
    }

    fn vocabulary_of_column(&self, table: TableId, column: ColumnId, is_element: bool) -> Option<VocabularyId> {
        if is_element && self.names.shape.table(table).is_some_and(|table| table.is_record) {
            return None;
        }
        match self.names.shape.column(table, column)?.kind {
            ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary) => Some(vocabulary),
            _ => None,
        }
    }

    /// The vocabulary at the end of `a.b.c`.
    fn vocabulary_of_path(&self, expression: &tree::Expression) -> Option<VocabularyId> {
        let mut fields = Vec::new();
        let mut rest = expression;
        while let ExpressionKind::Field(base, field) = &rest.kind {
            fields.push(field.text.as_str());
            rest = base;
        }
        fields.reverse();
        let ExpressionKind::Name(name) = &rest.kind else { return None };
        let (table, mut parent) = match self.scope.variable(&name.text).map(|variable| variable.kind) {
            Some(VariableKind::Row(_, table)) => (table, None),
            Some(VariableKind::Proposal) => {
                let first = fields.first()?;
                if fields.len() == 1 && self.names.field(TableId(0), None, first).is_none() {
                    return self.vocabulary_of_definition(first);
                }
                (TableId(0), None)
            },
            Some(VariableKind::Group) => {
                return match self.scope.portfolio.as_ref()?.key.as_ref()? {
                    Expression::Term(term) => Some(term.vocabulary),
                    _ => None,
                };
            },
            Some(VariableKind::Term(..)) => return None,
            None => match self.bare_field(&name.text) {
                Some((_, table, column)) => (table, Some(column)),
                None => match self.definitions.by_name.get(&name.text)? {
                    (Defined::Alias(place), _) => (place.table, Some(place.column)),
                    _ => return None,
                },
            },
        };
        for field in fields {
            parent = Some(self.names.field(table, parent, field)?);
        }
        self.vocabulary_of_column(table, parent?, false)
    }

    fn vocabulary_of_definition(&self, name: &str) -> Option<VocabularyId> {
        match &self.definitions.by_name.get(name)?.0 {
            Defined::Value(_, Expression::Term(term), _) => Some(term.vocabulary),
            Defined::Value(_, Expression::Set(set), _) => Some(set.vocabulary),
            _ => None,
        }
    }
}
