//! What a name may mean where an expression stands (`language.md` 3, details 20), and the vocabulary that an operand has.

use std::collections::BTreeSet;
use std::rc::Rc;

use plancheck::syntax::tree::{Expression, ExpressionKind};

use super::pack::{Field, Kind, Pack, Relation};
use super::values::{Slot, Value};

/// What is known of an expression before it is evaluated.
#[derive(Debug, Clone)]
pub enum Type {
    /// A number, text, date or truth value.
    Plain,
    /// A term of that vocabulary.
    Term(String),
    /// A set of terms of that vocabulary.
    Set(String),
    /// A list of such elements.
    List(Box<Type>),
    /// A record of these fields.
    Record(Rc<Vec<Field>>),
}

impl Type {
    /// The type of a field's values.
    pub fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Term(vocabulary) => Self::Term(vocabulary.clone()),
            Kind::Set(vocabulary) => Self::Set(vocabulary.clone()),
            Kind::List(element) => Self::List(Box::new(Self::of(&element.kind))),
            Kind::Record(fields) => Self::Record(Rc::clone(fields)),
            _ => Self::Plain,
        }
    }

    /// The type of the members of a list or set.
    pub fn of_member(self) -> Self {
        match self {
            Self::List(element) => *element,
            Self::Set(vocabulary) => Self::Term(vocabulary),
            other => panic!("members of {other:?}"),
        }
    }
}

/// A variable of a quantifier, an aggregate or `for each`.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// Its value, and the place that it has if it is an element of a list.
    pub slot: Slot,
    /// The fields that leave it open.
    pub open: BTreeSet<String>,
}

/// `g` of `for each group g of proposals by …`.
#[derive(Debug, Clone)]
pub struct GroupVariable {
    /// Its name.
    pub name: String,
    /// The type of `g.key`.
    pub key_type: Type,
    /// `g.key`
    pub key: Value,
    /// Its members.
    pub members: Vec<Slot>,
}

/// The names around an expression.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The proposal, and for `required when` the records in it, the innermost last; empty in a portfolio directive.
    pub records: Vec<(Rc<Vec<Field>>, Slot)>,
    /// The variables, the innermost last.
    pub variables: Vec<Variable>,
    /// All proposals, in a portfolio directive.
    pub proposals: Option<Rc<Vec<Slot>>>,
    /// The group, in a portfolio directive.
    pub group: Option<GroupVariable>,
}

/// What a bare name means.
pub enum Meaning<'s> {
    /// A variable.
    Variable(&'s Variable),
    /// `proposals`
    Proposals,
    /// The group variable.
    Group(&'s GroupVariable),
    /// A field: its declaration, and what stands there.
    Field(&'s Field, Slot),
    /// A definition.
    Definition(&'s Expression),
    /// A group of terms, or in `for each` a vocabulary.
    Terms(String, BTreeSet<String>),
    /// A term.
    Term,
}

impl<'a> Scope<'a> {
    /// The names around an expression over one proposal.
    pub fn of_proposal(pack: &'a Pack, proposal: Slot) -> Self {
        let records = vec![(Rc::clone(&pack.fields), proposal)];
        Self { pack, records, variables: Vec::new(), proposals: None, group: None }
    }

    /// The names around an expression over no proposal.
    pub fn of_nothing(pack: &'a Pack) -> Self {
        Self { pack, records: Vec::new(), variables: Vec::new(), proposals: None, group: None }
    }

    /// The names that a definition sees: those of the proposal.
    pub fn of_definition(&self) -> Self {
        let records = self.records.first().cloned().into_iter().collect();
        Self { records, ..Self::of_nothing(self.pack) }
    }

    /// This scope with one more variable.
    pub fn with(&self, variable: Variable) -> Self {
        let mut scope = self.clone();
        scope.variables.push(variable);
        scope
    }

    /// A bare name: a variable, a field, a definition, a group, then a term.
    pub fn meaning<'s>(&'s self, name: &str) -> Meaning<'s> {
        if let Some(variable) = self.variables.iter().rev().find(|variable| variable.name == name) {
            return Meaning::Variable(variable);
        }
        if let Some(group) = self.group.as_ref().filter(|group| group.name == name) {
            return Meaning::Group(group);
        }
        if self.proposals.is_some() && (name == "proposals" || name == "项目") {
            return Meaning::Proposals;
        }
        for (fields, record) in self.records.iter().rev() {
            if let Some(field) = fields.iter().find(|field| field.name == name) {
                return Meaning::Field(field, field_of(record, name));
            }
        }
        if let Some(definition) = self.pack.definitions.get(name) {
            return Meaning::Definition(definition);
        }
        match self.pack.groups.get(name) {
            Some((vocabulary, terms)) => Meaning::Terms(vocabulary.clone(), terms.clone()),
            None => Meaning::Term,
        }
    }

    /// What the path, variable or definition of one of these stands for; `None` for any other expression.
    pub fn place(&self, expression: &Expression) -> Option<Slot> {
        match &expression.kind {
            ExpressionKind::Name(name) => match self.meaning(&name.text) {
                Meaning::Variable(variable) => Some(variable.slot.clone()),
                Meaning::Field(_, slot) => Some(slot),
                Meaning::Definition(definition) => self.of_definition().place(definition),
                _ => None,
            },
            ExpressionKind::Field(base, name) => {
                let Type::Record(fields) = self.type_of(base) else { return None };
                let base = self.place(base)?;
                if fields.iter().any(|field| field.name == name.text) {
                    return Some(field_of(&base, &name.text));
                }
                Scope::of_proposal(self.pack, base).place(&self.pack.definitions[&name.text])
            },
            _ => None,
        }
    }

    /// The type of an expression, as far as terms need it.
    pub fn type_of(&self, expression: &Expression) -> Type {
        match &expression.kind {
            ExpressionKind::Name(name) => match self.meaning(&name.text) {
                Meaning::Variable(variable) => variable.kind.clone(),
                Meaning::Field(field, _) => Type::of(&field.kind),
                Meaning::Definition(definition) => self.type_of_definition(definition),
                Meaning::Terms(vocabulary, _) => Type::Set(vocabulary),
                Meaning::Proposals | Meaning::Group(_) => {
                    Type::List(Box::new(Type::Record(Rc::clone(&self.pack.fields))))
                },
                Meaning::Term => Type::Plain,
            },
            ExpressionKind::Field(base, name) => self.type_of_field(base, &name.text),
            ExpressionKind::Lookup(name, of) => {
                let relation = self.relation(&name.text, of);
                let is_term = relation.single && !matches!(self.type_of(of), Type::Set(_));
                if is_term { Type::Term(relation.to.clone()) } else { Type::Set(relation.to.clone()) }
            },
            ExpressionKind::Set(elements) => {
                elements.iter().find_map(|element| self.vocabulary_of(element)).map_or(Type::Plain, Type::Set)
            },
            ExpressionKind::Qualified(vocabulary, _) => Type::Term(self.vocabulary_named(&vocabulary.text)),
            _ => Type::Plain,
        }
    }

    /// The type of a definition; nothing is expected of it, so that a bare term is told by its name alone (details 20 a).
    fn type_of_definition(&self, definition: &Expression) -> Type {
        let scope = self.of_any_definition();
        match (scope.type_of(definition), &definition.kind) {
            (Type::Plain, ExpressionKind::Name(name)) if matches!(scope.meaning(&name.text), Meaning::Term) => {
                Type::Term(scope.vocabulary_with(&name.text, None))
            },
            (Type::Plain, ExpressionKind::Set(elements)) => match &elements[0].kind {
                ExpressionKind::Name(name) => Type::Set(scope.vocabulary_with(&name.text, None)),
                other => panic!("a set of {other:?}"),
            },
            (known, _) => known,
        }
    }

    /// A definition's type hangs on the declared fields only, so that any proposal will do.
    fn of_any_definition(&self) -> Self {
        let nothing = Slot { present: false, value: Value::Unknown, pointer: String::new() };
        Self::of_proposal(self.pack, nothing)
    }

    fn type_of_field(&self, base: &Expression, name: &str) -> Type {
        if let ExpressionKind::Name(group) = &base.kind
            && let Meaning::Group(group) = self.meaning(&group.text)
        {
            return group.key_type.clone();
        }
        let Type::Record(fields) = self.type_of(base) else { panic!("`.{name}` of something that is no record") };
        match fields.iter().find(|field| field.name == name) {
            Some(field) => Type::of(&field.kind),
            None => self.type_of_definition(&self.pack.definitions[name]),
        }
    }

    /// The vocabulary of a term or of the terms of a set, where the expression itself tells it.
    pub fn vocabulary_of(&self, expression: &Expression) -> Option<String> {
        match self.type_of(expression) {
            Type::Term(vocabulary) | Type::Set(vocabulary) => Some(vocabulary),
            _ => None,
        }
    }

    /// The vocabulary before `:`; that of a `one of` bears the name of its field (details 9).
    pub fn vocabulary_named(&self, name: &str) -> String {
        if self.pack.vocabularies.contains_key(name) {
            return name.to_owned();
        }
        let ending = format!("/{name}");
        self.pack.vocabularies.keys().find(|path| path.ends_with(&ending)).expect("a vocabulary").clone()
    }

    /// The vocabulary of a bare term: the expected one, else the only one that has it (details 20 a).
    pub fn vocabulary_with(&self, term: &str, expected: Option<&str>) -> String {
        match expected {
            Some(vocabulary) => vocabulary.to_owned(),
            None => {
                let mut all = self.pack.vocabularies.keys();
                all.find(|vocabulary| self.pack.term(vocabulary, term).is_some()).expect("a vocabulary").clone()
            },
        }
    }

    /// A relation, known by its name and its domain (details 20 f).
    pub fn relation(&self, name: &str, of: &Expression) -> &'a Relation {
        let all: Vec<&Relation> = self.pack.relations.iter().filter(|relation| relation.name == name).collect();
        if let [only] = all[..] {
            return only;
        }
        match (self.vocabulary_of(of), &of.kind) {
            (Some(vocabulary), _) => all.into_iter().find(|relation| relation.from == vocabulary),
            (None, ExpressionKind::Name(term)) => {
                all.into_iter().find(|relation| self.pack.term(&relation.from, &term.text).is_some())
            },
            (None, ExpressionKind::Set(elements)) => return self.relation(name, &elements[0]),
            _ => None,
        }
        .unwrap_or_else(|| panic!("the relation `{name}` of {of:?}"))
    }
}

/// A field of a record; in a record that is absent or unreadable nothing is there (details 19).
pub fn field_of(record: &Slot, name: &str) -> Slot {
    match &record.value {
        Value::Record(slots) => slots[name].clone(),
        _ => Slot { present: false, value: Value::Unknown, pointer: format!("{}/{name}", record.pointer) },
    }
}
