//! Names that are not declared, with the name that was probably meant.

use super::names::Names;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::Name;
use crate::text::display::shown;
use crate::text::nearest::nearest;

/// `name` is `what` (“no term of `city`”); nothing if the name is broken.
pub(super) fn unknown(names: &Names, name: &Name, what: &str, near: Option<&str>) -> Option<Diagnostic> {
    if names.is_broken(&name.text) {
        return None;
    }
    let message = format!("`{}` is {what}", shown(&name.text));
    let error = Diagnostic::error("rules/unknown-name", name.span, message, "not declared");
    Some(match near {
        Some(near) => error.help(format!("did you mean `{}`?", shown(near))),
        None => error.help("declare it, or correct the name"),
    })
}

/// A name that should be a vocabulary.
pub(super) fn unknown_vocabulary(names: &Names, name: &Name) -> Option<Diagnostic> {
    let is_field = names.vocabularies.iter().any(|vocabulary| vocabulary.of_field && vocabulary.name == name.text);
    if is_field {
        let message = format!("`{}` names the terms of several fields", shown(&name.text));
        let error = Diagnostic::error("rules/ambiguous-name", name.span, message, "which of them?");
        return Some(error.help("declare a vocabulary for them, and let the fields be of it"));
    }
    unknown(names, name, "no vocabulary", names.nearest_vocabulary(&name.text))
}

/// A name that should be a type of a field.
pub(super) fn unknown_type(names: &Names, name: &Name) -> Option<Diagnostic> {
    const BUILT_IN: [&str; 5] = ["text", "number", "integer", "boolean", "date"];
    let near = names.nearest_vocabulary(&name.text).or_else(|| names.nearest_dimension(&name.text));
    let near = near.or_else(|| nearest(&name.text, BUILT_IN.map(|word| (word, word))));
    unknown(names, name, "no type, vocabulary or dimension", near)
}
