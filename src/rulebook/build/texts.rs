//! Texts in several languages, and dates in force.

use super::super::model::{Period, Texts};
use super::names::Names;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Effective, LocalText};
use crate::text::display::shown;
use crate::text::nearest::nearest;

/// A text by language. A tag that the plan does not list, and a language given twice, are errors.
pub(crate) fn texts(names: &Names, text: &LocalText, sink: &mut Vec<Diagnostic>) -> Texts {
    let mut out: Vec<Option<String>> = vec![None; names.languages.len().max(1)];
    let mut places = vec![None; out.len()];
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
        let (Some(slot), Some(place)) = (out.get_mut(language), places.get_mut(language)) else { continue };
        if let Some(first) = *place {
            let tag = names.languages.get(language).map(String::as_str).unwrap_or_default();
            let message = format!("the text is given twice in `{}`", shown(tag));
            sink.push(
                Diagnostic::error("rules/duplicate-language", text.span, message, "given again here")
                    .also(first, "first given here")
                    .help("leave one of them out"),
            );
            continue;
        }
        *slot = Some(text.value.clone());
        *place = Some(text.span);
    }
    Texts(out)
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
