//! Names that do not look like what they are: characters that cannot be seen, scripts that are mixed, names that look alike.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript as _};
use unicode_security::confusable_detection::skeleton;

use super::Checked;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{self, Clause, Field, FieldType, Name};
use crate::text::Span;
use crate::text::display::{is_invisible, shown};

/// Looks at every name that the pack declares.
pub(super) fn check(pack: &Checked<'_>, sink: &mut Vec<Diagnostic>) {
    let items = pack.items;
    let mut top: Vec<(&str, &Name)> = Vec::new();
    top.extend(items.vocabularies.iter().map(|item| ("vocabulary", &item.name)));
    top.extend(items.groups.iter().map(|item| ("group", &item.name)));
    top.extend(items.relations.iter().map(|item| ("relation", &item.name)));
    top.extend(items.dimensions.iter().map(|item| ("dimension", &item.name)));
    top.extend(items.defines.iter().map(|item| ("definition", &item.name)));
    family(&top, sink);
    let former = items.directives.iter().flat_map(|item| &item.clauses).filter_map(|clause| match clause {
        Clause::Formerly(names, _) => Some(names),
        _ => None,
    });
    let directives = items.directives.iter().map(|item| ("directive", &item.name));
    family(&directives.chain(former.flatten().map(|name| ("former name", name))).collect::<Vec<_>>(), sink);
    for item in &items.vocabularies {
        family(&terms(&item.terms), sink);
    }
    let units = items.dimensions.iter().flat_map(|item| &item.units);
    family(&units.map(|unit| ("unit", &unit.name)).collect::<Vec<_>>(), sink);
    for item in items.proposals.iter().take(1) {
        fields(&item.fields, sink);
    }
}

fn terms(terms: &[tree::Term]) -> Vec<(&'static str, &Name)> {
    terms.iter().map(|term| ("term", &term.name)).collect()
}

fn fields(all: &[Field], sink: &mut Vec<Diagnostic>) {
    family(&all.iter().map(|field| ("field", &field.name)).collect::<Vec<_>>(), sink);
    for field in all {
        let mut kind = &field.kind;
        while let FieldType::List(element) = kind {
            kind = element;
        }
        match kind {
            FieldType::Record(inner) => fields(inner, sink),
            FieldType::OneOf(one_of) => family(&terms(one_of), sink),
            _ => {},
        }
    }
}

/// Names among which each must be told from the others.
fn family(names: &[(&str, &Name)], sink: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (what, name) in names {
        if let Some(hidden) = name.text.chars().find(|c| is_invisible(*c)) {
            let message = format!("the {what} `{}` holds a character that cannot be seen", shown(&name.text));
            let label = format!("U+{:04X} is in it", u32::from(hidden));
            let diagnostic = Diagnostic::warning("rules/invisible-character", name.span, message, label);
            sink.push(diagnostic.help("write the name anew"));
            continue;
        }
        let visible: String = skeleton(&name.text).collect();
        match seen.get(&visible) {
            // The same name twice is an error of its own.
            Some((other, _)) if *other == name.text => {},
            Some((other, first)) => {
                let message = format!("the {what} `{}` looks like `{}`, which is another name", name.text, other);
                let diagnostic =
                    Diagnostic::warning("rules/confusable-names", name.span, message, differing(&name.text, other))
                        .also(*first, "the other one");
                sink.push(diagnostic.help("give one of them a name that differs by more"));
            },
            None => {
                seen.insert(visible, (&name.text, name.span));
                sink.extend(mixed(what, name));
            },
        }
    }
}

/// Which characters tell two names apart.
fn differing(name: &str, other: &str) -> String {
    let pair = name.chars().zip(other.chars()).find(|(a, b)| a != b);
    match pair {
        Some((a, b)) => format!("`{a}` is U+{:04X} here, and `{b}` U+{:04X} there", u32::from(a), u32::from(b)),
        None => "longer or shorter by little".to_owned(),
    }
}

/// Letters of several scripts in one name. Han with Latin letters, kana or hangul is how names are written.
fn mixed(what: &str, name: &Name) -> Option<Diagnostic> {
    const TOGETHER: [Script; 6] =
        [Script::Latin, Script::Han, Script::Hiragana, Script::Katakana, Script::Bopomofo, Script::Hangul];
    let mut scripts: Vec<Script> = Vec::new();
    for script in name.text.chars().map(|c| c.script()) {
        if !matches!(script, Script::Common | Script::Inherited | Script::Unknown) && !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    let odd = scripts.iter().find(|script| !TOGETHER.contains(script)).filter(|_| scripts.len() > 1)?;
    let letter = name.text.chars().find(|c| c.script() == *odd)?;
    let names: Vec<&str> = scripts.iter().map(|script| script.full_name()).collect();
    let message = format!("the {what} `{}` mixes letters of {}", name.text, names.join(" and "));
    let label = format!("`{letter}` (U+{:04X}) is {}", u32::from(letter), odd.full_name());
    Some(
        Diagnostic::warning("rules/mixed-scripts", name.span, message, label)
            .help("write it with letters of one script"),
    )
}
