//! A rule pack as maps of names, gathered from the parsed trees (`language.md` 2).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use plancheck::syntax::tree::{
    Bound, Clause, Directive, Effective, Expression, Fact, Field as FieldTree, FieldOption, FieldType, GroupExpression,
    Item, LocalText, Modality, Name, PlanEntry, PlanFile, Term as TermTree,
};
use regex::Regex;

use super::calendar::{Day, Days};
use super::fraction::Fraction;
use super::spelling;

/// All that the items of a pack say.
#[derive(Debug, Default)]
pub struct Pack {
    /// The plan's own dates.
    pub effective: Period,
    /// The terms of each vocabulary; that of a `one of` is known by the path of its field.
    pub vocabularies: BTreeMap<String, Vec<Term>>,
    /// The vocabulary and the terms of each group.
    pub groups: BTreeMap<String, (String, BTreeSet<String>)>,
    /// The relations, those of `within` included.
    pub relations: Vec<Relation>,
    /// The units of each dimension.
    pub dimensions: BTreeMap<String, Vec<Unit>>,
    /// The fields of a proposal.
    pub fields: Rc<Vec<Field>>,
    /// The definitions.
    pub definitions: BTreeMap<String, Expression>,
    /// The directives, portfolio directives included, by name.
    pub directives: BTreeMap<String, Judge>,
}

/// Days in force; both ends are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Period {
    /// The first day, if there is one.
    pub from: Option<Day>,
    /// The last day, if there is one.
    pub until: Option<Day>,
}

/// A term of a vocabulary.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its name.
    pub name: String,
    /// Its label in the pack's own language.
    pub label: Option<String>,
    /// Its code.
    pub code: Option<String>,
    /// All its spellings, folded.
    pub spellings: BTreeSet<String>,
}

/// What the facts give to each term.
#[derive(Debug)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// The vocabulary that it speaks of.
    pub from: String,
    /// The vocabulary of the partners.
    pub to: String,
    /// At most one partner a term.
    pub single: bool,
    /// The partners of each term of which a fact speaks.
    pub partners: BTreeMap<String, BTreeSet<String>>,
}

/// A unit of a dimension.
#[derive(Debug)]
pub struct Unit {
    /// How a rule may write it.
    pub names: BTreeSet<String>,
    /// How a proposal may write it, as units are compared.
    pub spellings: BTreeSet<String>,
    /// Its size.
    pub scale: Fraction,
}

/// A field, or what the elements of a list are.
#[derive(Debug)]
pub struct Field {
    /// Its name; empty for the elements of a list.
    pub name: String,
    /// Further keys.
    pub keys: Vec<String>,
    /// Its type.
    pub kind: Kind,
    /// `required`
    pub required: bool,
    /// `required when E`
    pub required_when: Option<Expression>,
    /// `otherwise V`; the inner `None` is `empty`.
    pub otherwise: Option<Option<Expression>>,
    /// `matching`
    pub matching: Option<Regex>,
    /// `at least V`, `at most V`
    pub bounds: [Option<Expression>; 2],
    /// `at least N characters`, `at most N characters`
    pub characters: [Option<u32>; 2],
    /// `at least N items`, `at most N items`
    pub items: [Option<u32>; 2],
    /// `in UNIT`
    pub unit: Option<String>,
}

/// The type of a field.
#[derive(Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// A truth value.
    Boolean,
    /// A day or a month.
    Date,
    /// A quantity of that dimension.
    Quantity(String),
    /// A term of that vocabulary.
    Term(String),
    /// A set of terms of that vocabulary.
    Set(String),
    /// A list of such elements.
    List(Box<Field>),
    /// A record.
    Record(Rc<Vec<Field>>),
}

/// A directive.
#[derive(Debug)]
pub struct Judge {
    /// Whether it speaks of all proposals together.
    pub portfolio: bool,
    /// How strongly it asks.
    pub modality: Modality,
    /// `when`
    pub when: Option<Expression>,
    /// The requirement as written.
    pub requirement: Expression,
    /// Each `unless`.
    pub unless: Vec<Expression>,
    /// The directives that override it.
    pub overridden_by: Vec<String>,
    /// Its own dates.
    pub effective: Period,
    /// `for each x in SET`
    pub for_each: Option<(String, Expression)>,
    /// `for each group g of proposals by K, …`
    pub for_each_group: Option<(String, Vec<Expression>)>,
}

impl Pack {
    /// Gathers a pack; what others build on first.
    pub fn gather(files: &[PlanFile]) -> Self {
        let items: Vec<&Item> = files.iter().flat_map(|file| &file.items).collect();
        let mut pack = Self::default();
        let mut languages = vec!["en".to_owned()];
        for item in &items {
            if let Item::Plan(plan) = item {
                for entry in &plan.entries {
                    match entry {
                        PlanEntry::Language(tags, _) => languages = tags.iter().map(|tag| tag.text.clone()).collect(),
                        PlanEntry::Effective(effective) => pack.effective = period(effective),
                        _ => {},
                    }
                }
            }
        }
        let own = languages[0].clone();
        for item in &items {
            pack.gather_words(item, &own);
        }
        let groups: BTreeMap<&str, &plancheck::syntax::tree::Group> = items
            .iter()
            .filter_map(
                |item| if let Item::Group(group) = item { Some((group.name.text.as_str(), group)) } else { None },
            )
            .collect();
        for group in groups.values() {
            let terms = pack.members(&group.members, &group.of.text, &groups);
            pack.groups.insert(group.name.text.clone(), (group.of.text.clone(), terms));
        }
        for item in &items {
            match item {
                Item::Fact(fact) => pack.gather_fact(fact),
                Item::Proposal(proposal) => pack.fields = Rc::new(pack.fields_of(&proposal.fields, "", &own)),
                Item::Define(define) => {
                    pack.definitions.insert(define.name.text.clone(), define.value.clone());
                },
                Item::Directive(directive) => {
                    pack.directives.insert(directive.name.text.clone(), judge(directive));
                },
                _ => {},
            }
        }
        pack.gather_overrides(&items);
        pack
    }

    /// Vocabularies with the relation of their `within`, relations and dimensions.
    fn gather_words(&mut self, item: &Item, own: &str) {
        match item {
            Item::Vocabulary(vocabulary) => {
                let terms = vocabulary.terms.iter().map(|tree| term(tree, own)).collect();
                self.vocabularies.insert(vocabulary.name.text.clone(), terms);
                if let Some(outer) = &vocabulary.within {
                    let placed = vocabulary.terms.iter().filter_map(|term| {
                        let place = term.within.as_ref()?;
                        Some((term.name.text.clone(), BTreeSet::from([place.text.clone()])))
                    });
                    self.relations.push(Relation {
                        name: outer.text.clone(),
                        from: vocabulary.name.text.clone(),
                        to: outer.text.clone(),
                        single: true,
                        partners: placed.collect(),
                    });
                }
            },
            Item::Relation(relation) => self.relations.push(Relation {
                name: relation.name.text.clone(),
                from: relation.from.text.clone(),
                to: relation.to.text.clone(),
                single: relation.single,
                partners: BTreeMap::new(),
            }),
            Item::Dimension(dimension) => {
                let units = dimension.units.iter().map(|tree| {
                    let names: BTreeSet<String> = std::iter::once(&tree.name.text)
                        .chain(tree.aka.iter().map(|text| &text.value))
                        .cloned()
                        .collect();
                    let labels = tree.label.entries.iter().map(|(_, text)| &text.value);
                    let spellings = names.iter().chain(labels).map(|text| spelling::unit(text)).collect();
                    Unit { names, spellings, scale: Fraction::from(tree.scale) }
                });
                self.dimensions.insert(dimension.name.text.clone(), units.collect());
            },
            _ => {},
        }
    }

    /// The terms of a group expression (details 39).
    fn members(
        &self,
        expression: &GroupExpression,
        of: &str,
        groups: &BTreeMap<&str, &plancheck::syntax::tree::Group>,
    ) -> BTreeSet<String> {
        let both = |a, b| (self.members(a, of, groups), self.members(b, of, groups));
        let named = |name: &Name| match groups.get(name.text.as_str()) {
            Some(group) => self.members(&group.members, of, groups),
            None if name.text == of => self.all_terms(of),
            None => BTreeSet::from([name.text.clone()]),
        };
        match expression {
            GroupExpression::Name(name) => named(name),
            GroupExpression::List(names, _) => names.iter().flat_map(named).collect(),
            GroupExpression::Union(a, b) => {
                let (a, b) = both(a, b);
                &a | &b
            },
            GroupExpression::Intersection(a, b) => {
                let (a, b) = both(a, b);
                &a & &b
            },
            GroupExpression::Difference(a, b) => {
                let (a, b) = both(a, b);
                &a - &b
            },
        }
    }

    /// The names of all terms of a vocabulary.
    pub fn all_terms(&self, vocabulary: &str) -> BTreeSet<String> {
        self.vocabularies[vocabulary].iter().map(|term| term.name.clone()).collect()
    }

    /// A term or a group of a fact as terms, if the name is one of that vocabulary.
    fn terms_named(&self, name: &str, vocabulary: &str) -> Option<BTreeSet<String>> {
        match self.groups.get(name) {
            Some((of, terms)) if of == vocabulary => Some(terms.clone()),
            _ if name == vocabulary => Some(self.all_terms(vocabulary)),
            _ => self.term(vocabulary, name).map(|term| BTreeSet::from([term.name.clone()])),
        }
    }

    /// A term by its name.
    pub fn term(&self, vocabulary: &str, name: &str) -> Option<&Term> {
        self.vocabularies.get(vocabulary)?.iter().find(|term| term.name == name)
    }

    /// Facts add up; the relation is the one of that name whose domain has the subjects (details 20 f).
    fn gather_fact(&mut self, fact: &Fact) {
        let fits = |relation: &Relation| {
            relation.name == fact.relation.text
                && fact.subjects.iter().all(|subject| self.terms_named(&subject.text, &relation.from).is_some())
        };
        let index = self.relations.iter().position(fits).expect("the relation of a fact");
        let relation = &self.relations[index];
        let all = |names: &[Name], vocabulary: &str| -> BTreeSet<String> {
            names.iter().flat_map(|name| self.terms_named(&name.text, vocabulary).expect("a term or group")).collect()
        };
        let subjects = all(&fact.subjects, &relation.from);
        let partners = all(&fact.partners, &relation.to);
        for subject in subjects {
            self.relations[index].partners.entry(subject).or_default().extend(partners.iter().cloned());
        }
    }

    fn gather_overrides(&mut self, items: &[&Item]) {
        for item in items {
            let Item::Directive(directive) = item else { continue };
            for clause in &directive.clauses {
                let Clause::Overrides(names, _) = clause else { continue };
                for name in names {
                    let overridden = self.directives.get_mut(&name.text).expect("an overridden directive");
                    overridden.overridden_by.push(directive.name.text.clone());
                }
            }
        }
    }

    /// The fields of a record; `path` names the record, for the vocabularies of `one of`.
    fn fields_of(&mut self, trees: &[FieldTree], path: &str, own: &str) -> Vec<Field> {
        trees.iter().map(|tree| self.field(tree, &format!("{path}/{}", tree.name.text), own)).collect()
    }

    fn field(&mut self, tree: &FieldTree, path: &str, own: &str) -> Field {
        let mut field = Field::of_kind(&tree.name.text, self.kind(&tree.kind, path, own));
        for option in &tree.options {
            field.set(option);
        }
        field
    }

    fn kind(&mut self, tree: &FieldType, path: &str, own: &str) -> Kind {
        match tree {
            FieldType::Text => Kind::Text,
            FieldType::Number => Kind::Number,
            FieldType::Integer => Kind::Integer,
            FieldType::Boolean => Kind::Boolean,
            FieldType::Date => Kind::Date,
            FieldType::Named(name) if self.dimensions.contains_key(&name.text) => Kind::Quantity(name.text.clone()),
            FieldType::Named(name) => Kind::Term(name.text.clone()),
            FieldType::Set(name) => Kind::Set(name.text.clone()),
            FieldType::OneOf(terms) => {
                self.vocabularies.insert(path.to_owned(), terms.iter().map(|tree| term(tree, own)).collect());
                Kind::Term(path.to_owned())
            },
            FieldType::List(element) => Kind::List(Box::new(Field::of_kind("", self.kind(element, path, own)))),
            FieldType::Record(fields) => Kind::Record(Rc::new(self.fields_of(fields, path, own))),
            FieldType::Error => panic!("a type that could not be read"),
        }
    }
}

impl Field {
    fn of_kind(name: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            keys: Vec::new(),
            kind,
            required: false,
            required_when: None,
            otherwise: None,
            matching: None,
            bounds: [None, None],
            characters: [None, None],
            items: [None, None],
            unit: None,
        }
    }

    /// Sets an option; those of values bind to the elements of a list (details 48).
    fn set(&mut self, option: &FieldOption) {
        match option {
            FieldOption::Required(_) => self.required = true,
            FieldOption::RequiredWhen(condition, _) => self.required_when = Some(condition.clone()),
            FieldOption::Otherwise(value, _) => self.otherwise = Some(value.clone()),
            FieldOption::Key(key, _) => self.keys.push(key.value.clone()),
            FieldOption::Items(bound, count, _) => self.items[end(*bound)] = Some(*count),
            of_value => match &mut self.kind {
                Kind::List(element) => element.set(of_value),
                _ => self.set_of_value(of_value),
            },
        }
    }

    fn set_of_value(&mut self, option: &FieldOption) {
        match option {
            FieldOption::Matching(text, _) => self.matching = Some(Regex::new(&text.value).expect("a regex")),
            FieldOption::AtLeast(value, _) => self.bounds[0] = Some(value.clone()),
            FieldOption::AtMost(value, _) => self.bounds[1] = Some(value.clone()),
            FieldOption::Characters(bound, count, _) => self.characters[end(*bound)] = Some(*count),
            FieldOption::In(unit, _) => self.unit = Some(unit.text.clone()),
            _ => panic!("an option of the field itself"),
        }
    }
}

fn end(bound: Bound) -> usize {
    match bound {
        Bound::AtLeast => 0,
        Bound::AtMost => 1,
    }
}

fn term(tree: &TermTree, own: &str) -> Term {
    let labels = tree.label.entries.iter().map(|(_, text)| &text.value);
    let written =
        std::iter::once(&tree.name.text).chain(labels).chain(tree.code.iter().chain(&tree.aka).map(|t| &t.value));
    Term {
        name: tree.name.text.clone(),
        label: own_text(&tree.label, own),
        code: tree.code.as_ref().map(|code| code.value.clone()),
        spellings: written.map(|text| spelling::folded(text)).collect(),
    }
}

/// The text in the pack's own language.
fn own_text(text: &LocalText, own: &str) -> Option<String> {
    let is_own = |tag: &Option<Name>| tag.as_ref().is_none_or(|tag| tag.text == own);
    text.entries.iter().find(|(tag, _)| is_own(tag)).map(|(_, text)| text.value.clone())
}

/// The days of `effective`: a month stands for its first or its last day (details 7).
fn period(effective: &Effective) -> Period {
    Period {
        from: effective.from.map(|date| Days::of(date.days).first),
        until: effective.until.map(|date| Days::of(date.days).last),
    }
}

fn judge(directive: &Directive) -> Judge {
    let (mut when, mut requirement, mut unless, mut own_dates) = (None, None, Vec::new(), Period::default());
    let (mut for_each, mut for_each_group) = (None, None);
    for clause in &directive.clauses {
        match clause {
            Clause::When(condition, _) => when = Some(condition.clone()),
            Clause::Requirement(modality, condition, _) => requirement = Some((*modality, condition.clone())),
            Clause::Unless(condition, _, _) => unless.push(condition.clone()),
            Clause::Effective(effective) => own_dates = period(effective),
            Clause::ForEach(name, set, _) => for_each = Some((name.text.clone(), set.clone())),
            Clause::ForEachGroup(name, keys, _) => for_each_group = Some((name.text.clone(), keys.clone())),
            _ => {},
        }
    }
    let (modality, requirement) = requirement.expect("a requirement");
    Judge {
        portfolio: directive.portfolio,
        modality,
        when,
        requirement,
        unless,
        overridden_by: Vec::new(),
        effective: own_dates,
        for_each,
        for_each_group,
    }
}
