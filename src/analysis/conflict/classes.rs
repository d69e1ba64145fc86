//! Terms that no rule tells apart: what can be proved of one of them can be proved of all, with the one in the other's place.

use std::collections::BTreeMap;

use crate::rulebook::expression::{Over, SetKind, TermKind, TextKind};
use crate::rulebook::parts::{Node, Part};
use crate::rulebook::{ColumnKind, Constant, Required, Rulebook, VocabularyId};
use crate::value::TermSet;

/// The terms of a vocabulary, those together that neither conditions nor facts nor declarations tell apart.
pub(super) fn classes(book: &Rulebook, vocabulary: VocabularyId) -> Vec<Vec<u16>> {
    let mut told = Told { vocabulary, sets: Vec::new(), by_spelling: false };
    for definition in &book.definitions {
        told.node(Node::from(&definition.value));
    }
    for directive in &book.directives {
        directive.conditions().for_each(|condition| told.node(Node::Condition(condition)));
    }
    for column in book.shape.tables.iter().flat_map(|table| &table.columns) {
        if let Required::When(condition) = &column.required {
            told.node(Node::Condition(condition));
        }
        match (&column.kind, &column.otherwise) {
            (ColumnKind::Term(of), Some(Constant::Term(term))) if *of == vocabulary => told.one(*term),
            (ColumnKind::Set(of), Some(Constant::Set(terms))) if *of == vocabulary => told.sets.push(terms.clone()),
            _ => {},
        }
    }
    let terms = book.vocabularies.get(usize::from(vocabulary.0)).map_or(0, |one| one.terms.len());
    let mut classes: BTreeMap<Signature, Vec<u16>> = BTreeMap::new();
    for term in (0_u16..).take(terms) {
        classes.entry(told.signature(book, term)).or_default().push(term);
    }
    let mut classes: Vec<Vec<u16>> = classes.into_values().collect();
    classes.sort();
    classes
}

/// What tells a term from others: the sets that hold it, its partners and whose partner it is by relation, and itself where
/// spellings are compared.
type Signature = (Vec<usize>, Vec<Vec<u16>>, Option<u16>);

/// What conditions and declarations name of a vocabulary.
struct Told {
    vocabulary: VocabularyId,
    sets: Vec<TermSet>,
    /// Whether codes or labels are compared.
    by_spelling: bool,
}

impl Told {
    fn one(&mut self, term: u16) {
        self.sets.push(std::iter::once(term).collect());
    }

    fn node(&mut self, node: Node<'_>) {
        match node {
            Node::Term(term) if term.vocabulary == self.vocabulary => {
                if let TermKind::Constant(term) = &term.kind {
                    self.one(*term);
                }
            },
            Node::Set(set) if set.vocabulary == self.vocabulary => {
                if let SetKind::Constant(terms) = &set.kind {
                    self.sets.push(terms.clone());
                }
            },
            Node::Text(text) => {
                if let TextKind::CodeOf(term) | TextKind::LabelOf(term) = &text.kind {
                    self.by_spelling |= term.vocabulary == self.vocabulary;
                }
            },
            _ => {},
        }
        for part in node.parts() {
            match part {
                Part::Node(node) => self.node(node),
                Part::Members(iteration, body) => {
                    if let Over::Set(set) = &iteration.over {
                        self.node(Node::Set(set));
                    }
                    let filter = iteration.filter.as_ref().map(Node::Condition);
                    filter.into_iter().chain(body).for_each(|node| self.node(node));
                },
                Part::Place(_) | Part::Definition(_) => {},
            }
        }
    }

    fn signature(&self, book: &Rulebook, term: u16) -> Signature {
        let sets = self.sets.iter().enumerate().filter(|(_, set)| set.contains(term)).map(|(number, _)| number);
        let mut partners = Vec::new();
        for relation in &book.relations {
            if relation.from == self.vocabulary {
                let own = relation.partners.get(usize::from(term));
                partners.push(own.map(|own| own.iter().collect()).unwrap_or_default());
            }
            if relation.to == self.vocabulary {
                let of = (0_u16..).zip(&relation.partners).filter(|(_, partners)| partners.contains(term));
                partners.push(of.map(|(of, _)| of).collect());
            }
        }
        (sets.collect(), partners, self.by_spelling.then_some(term))
    }
}
