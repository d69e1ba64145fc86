//! Texts in several languages, and dates in force.

use smallvec::{SmallVec, smallvec};

use super::super::model::{Period, Texts};
use super::names::Names;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Effective, LocalText, Text};
use crate::text::display::shown;
use crate::text::nearest::nearest;

/// A text by language. A tag that the plan does not list, and a language given twice, are errors.
pub(crate) fn texts(names: &Names, text: &LocalText, sink: &mut Vec<Diagnostic>) -> Texts {
    Texts(by_language(names, text, sink).iter().map(|text| text.map(|text| text.value.clone())).collect())
}

/// As [`texts`], with their places.
pub(crate) fn by_language<'t>(
    names: &Names,
    text: &'t LocalText,
    sink: &mut Vec<Diagnostic>,
) -> SmallVec<[Option<&'t Text>; 2]> {
    let mut out = smallvec![None; names.languages.len().max(1)];
    for (tag, text) in &text.entries {
        let language = match tag {
            None => 0,
            Some(tag) => match names.language(&tag.text) {
                Some(language) => language.0,
                None => {
                    sink.push(unknown_language(names, &tag.text, tag.span));
                    continue;
                },
            },
        };
        match out.get_mut(language) {
            Some(slot @ None) => *slot = Some(text),
            Some(Some(first)) => {
                let tag = names.languages.get(language).map(String::as_str).unwrap_or_default();
                let message = format!("the text is given twice in `{}`", shown(tag));
                sink.push(
                    Diagnostic::error("rules/duplicate-language", text.span, message, "given again here")
                        .also(first.span, "first given here")
                        .help("leave one of them out"),
                );
            },
            None => {},
        }
    }
    out
}

/// A tag that the plan does not list.
pub(super) fn unknown_language(names: &Names, tag: &str, span: crate::text::Span) -> Diagnostic {
    let message = format!("`{}` is no language of the plan", shown(tag));
    let error = Diagnostic::error("rules/unknown-language", span, message, "not listed under `language`");
    match nearest(tag, names.languages.iter().map(|language| (language.as_str(), language.as_str()))) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!("add `{}` to `language` in the plan item", shown(tag))),
    }
}

/// The days of `effective from … until …`: from the first day of the one to the last of the other.
pub(crate) fn period(effective: &Effective) -> Period {
    Period { from: effective.from.map(|date| date.days.first), until: effective.until.map(|date| date.days.last) }
}
