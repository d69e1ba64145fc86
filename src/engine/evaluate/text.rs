//! Texts.

use std::borrow::Cow;

use super::Scene;
use crate::engine::key::KeyPart;
use crate::engine::record::SlotValue;
use crate::engine::value::TermValue;
use crate::rulebook::expression::{Expression, Place, TermExpression, TextExpression, TextKind};
use crate::rulebook::{Constant, LanguageId, Term};
use crate::text::normal::folded;

impl<'a> Scene<'a> {
    /// The text that an expression stands for, as written; `None` if it is unknown.
    pub fn text(&mut self, text: &'a TextExpression) -> Option<Cow<'a, str>> {
        match &text.kind {
            TextKind::Constant(text, _) => Some(Cow::Borrowed(text)),
            TextKind::Field(place) => self.text_field(place).map(Cow::Borrowed),
            TextKind::CharactersOf(from, to, of) => {
                let skip = (*from as usize).saturating_sub(1);
                let take = (*to as usize).saturating_sub(skip);
                Some(Cow::Owned(self.text(of)?.chars().skip(skip).take(take).collect()))
            },
            TextKind::CodeOf(term) => self.named(term)?.code.as_deref().map(Cow::Borrowed),
            TextKind::LabelOf(term) => self.named(term).map(|term| Cow::Borrowed(own_label(term))),
            TextKind::Definition(id) => match &self.book.definitions.get(usize::from(id.0))?.value {
                Expression::Text(text) => self.without_variables(|scene| scene.text(text)),
                _ => None,
            },
            TextKind::Key => match (self.portfolio?.key, self.portfolio?.key_text) {
                ([KeyPart::Text(text)], _) => Some(Cow::Borrowed(&text.written)),
                ([KeyPart::Absent], _) => None,
                (_, text) => Some(Cow::Borrowed(text)),
            },
        }
    }

    /// The text folded for lenient comparison.
    pub(super) fn folded(&mut self, text: &'a TextExpression) -> Option<Cow<'a, str>> {
        match &text.kind {
            TextKind::Constant(_, folded) => Some(Cow::Borrowed(folded)),
            _ => self.text(text).map(|text| match text {
                Cow::Borrowed(text) => folded(text),
                Cow::Owned(text) => Cow::Owned(folded(&text).into_owned()),
            }),
        }
    }

    fn text_field(&self, place: &Place) -> Option<&'a str> {
        let slot = self.slot(place);
        match slot.value {
            SlotValue::Otherwise => match self.otherwise(place)? {
                Constant::Text(text) => Some(text),
                _ => None,
            },
            _ => self.record.text(slot, self.input),
        }
    }

    fn named(&mut self, term: &'a TermExpression) -> Option<&'a Term> {
        let TermValue::Term(number) = self.term(term) else { return None };
        self.book.vocabularies.get(usize::from(term.vocabulary.0))?.terms.get(usize::from(number))
    }
}

/// The label in the pack's own language, else the name: verdicts never hang on the reader's language.
fn own_label(term: &Term) -> &str {
    match term.label.0.get(LanguageId::default().0) {
        Some(Some(label)) => label,
        _ => &term.name,
    }
}
