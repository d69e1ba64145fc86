//! What fields, terms, groups, relations and definitions are called in sentences.

use super::{Scope, Scribe, fill};
use crate::rulebook::expression::{Expression, Frame, Place};
use crate::rulebook::{Column, DefinitionId, RelationId, Table, VocabularyId};
use crate::text::Span;
use crate::value::TermSet;

/// The most members of a group that are told beside its name.
const FEW: u32 = 6;

/// The most terms of a set that are told.
const MOST_TERMS: usize = 24;

impl Scope {
    /// What is asked of the entry or member that a variable is bound to.
    pub(super) fn inside(self, variable: u8) -> Self {
        Self { inside: true, innermost: Some(variable), ..self }
    }

    /// The expression of a definition, which knows no variables around it.
    pub(super) fn of_definition(self) -> Self {
        Self { innermost: None, ..self }
    }

    /// Where a field of the entry stands right beside the entry: `the sum of Amount over the entries of Funding`.
    pub(super) fn silent(self) -> Self {
        Self { is_beside: true, ..self }
    }
}

impl Scribe<'_> {
    pub(super) fn definition(&self, id: DefinitionId) -> Option<&Expression> {
        self.book.definitions.get(usize::from(id.0)).map(|definition| &definition.value)
    }

    /// The words of the rule itself, where there are too many parts to write out.
    pub(super) fn source(&self, span: Span, holds: bool) -> String {
        let words: Vec<&str> = self.book.files.slice(span).split_whitespace().collect();
        let text = words.join(" ");
        if holds { text } else { format!("not ({text})") }
    }

    /// A field.
    pub(super) fn place(&self, place: &Place, scope: Scope) -> String {
        let phrases = self.phrases;
        let Some(table) = self.book.shape.table(place.table) else { return String::new() };
        let Some(column) = table.column(place.column) else { return String::new() };
        if column.name.is_empty() {
            return phrases.itself.to_owned();
        }
        let name = self.field(table, column);
        match place.frame {
            _ if scope.is_beside => name,
            Frame::Proposal if scope.of_proposals && !scope.inside => fill(phrases.of_entry, &[&name]),
            Frame::Proposal if scope.inside => fill(phrases.of_project, &[&name]),
            Frame::Proposal => name,
            Frame::Variable(number) if scope.innermost.is_none_or(|innermost| innermost == number) => {
                fill(phrases.of_entry, &[&name])
            },
            Frame::Variable(_) => fill(phrases.of_outer, &[&name]),
        }
    }

    /// The label of a field, with that of its record where another field of the row has the same.
    fn field(&self, table: &Table, column: &Column) -> String {
        let label = self.label(column);
        let namesakes = table.columns.iter().filter(|other| self.label(other) == label).count();
        match column.parent.and_then(|parent| table.column(parent)) {
            Some(record) if namesakes > 1 => fill(self.phrases.of_record, &[label, self.label(record)]),
            _ => label.to_owned(),
        }
    }

    fn label<'c>(&self, column: &'c Column) -> &'c str {
        match column.label.get(self.language) {
            "" => &column.name,
            label => label,
        }
    }

    pub(super) fn term_label(&self, vocabulary: VocabularyId, number: u16) -> String {
        let vocabulary = self.book.vocabularies.get(usize::from(vocabulary.0));
        let term = vocabulary.and_then(|vocabulary| vocabulary.terms.get(usize::from(number)));
        term.map(|term| term.shown(self.language).to_owned()).unwrap_or_default()
    }

    /// The term that a variable is bound to.
    pub(super) fn member(&self, vocabulary: VocabularyId, number: u8, scope: Scope) -> String {
        let is_value = !self.aggregates.is_empty() && number == 0;
        if scope.inside && !is_value {
            return self.phrases.member.to_owned();
        }
        let vocabulary = self.book.vocabularies.get(usize::from(vocabulary.0));
        let label = vocabulary.map(|one| match one.label.get(self.language) {
            "" => one.name.as_str(),
            label => label,
        });
        fill(self.phrases.that, &[&in_sentence(label.unwrap_or_default())])
    }

    /// `functions of X`
    pub(super) fn lookup(&self, relation: RelationId, of: &str) -> String {
        let relation = self.book.relations.get(usize::from(relation.0));
        let label = relation.map(|one| match one.label.get(self.language) {
            "" => one.name.as_str(),
            label => label,
        });
        fill(self.phrases.lookup, &[label.unwrap_or_default(), of])
    }

    /// Terms that the rule names as a group, a vocabulary, or one by one.
    pub(super) fn named_terms(&self, vocabulary: VocabularyId, terms: &TermSet, span: Span) -> String {
        let written = self.book.files.slice(span).trim_matches('`');
        let group = self.book.groups.iter().find(|group| group.of == vocabulary && group.name == written);
        match group.map(|group| (group, group.label.get(self.language))) {
            Some((group, label)) if !label.is_empty() => self.group(label, vocabulary, &group.terms),
            _ => self.terms(vocabulary, terms),
        }
    }

    /// A set of terms: a group that holds just these, else each.
    pub(super) fn terms(&self, vocabulary: VocabularyId, terms: &TermSet) -> String {
        let is_it = |group: &&crate::rulebook::Group| {
            group.of == vocabulary && group.terms == *terms && !group.label.is_empty() && terms.len() > 1
        };
        match self.book.groups.iter().find(is_it) {
            Some(group) => self.group(group.label.get(self.language), vocabulary, terms),
            None => self.listed(vocabulary, terms),
        }
    }

    fn group(&self, label: &str, vocabulary: VocabularyId, terms: &TermSet) -> String {
        // A label such as `Zhengzhou and Kaifeng` names its members already.
        let is_told = terms.iter().all(|term| label.contains(&self.term_label(vocabulary, term)));
        if terms.len() > FEW || is_told {
            return label.to_owned();
        }
        fill(self.phrases.group_members, &[label, &self.listed(vocabulary, terms)])
    }

    fn listed(&self, vocabulary: VocabularyId, terms: &TermSet) -> String {
        let mut labels: Vec<String> =
            terms.iter().take(MOST_TERMS).map(|term| self.term_label(vocabulary, term)).collect();
        if labels.is_empty() {
            return self.phrases.no_term.to_owned();
        }
        if terms.iter().nth(MOST_TERMS).is_some() {
            labels.push("…".to_owned());
        }
        labels.join(self.phrases.list)
    }
}

/// A label within a sentence: its first letter small, unless the word is of capitals.
fn in_sentence(label: &str) -> String {
    let mut characters = label.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(characters).collect()
        },
        _ => label.to_owned(),
    }
}
