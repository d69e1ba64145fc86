//! Which directive sets which aside: names resolved, cycles found, numbers given.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::rulebook::build::names::Names;
use crate::rulebook::{Directive, DirectiveId};
use crate::syntax::tree::{self, Name};
use crate::text::Span;
use crate::text::nearest::nearest;

/// Sorts directives by name, checks that every name is used once, and resolves what they override.
pub(super) fn resolve(
    names: &Names,
    items: &[&tree::Directive],
    mut typed: Vec<(Directive, Vec<Name>)>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Directive> {
    let declared = declared(items, sink);
    typed.sort_by(|(a, _), (b, _)| a.heading.name.cmp(&b.heading.name));
    typed.dedup_by(|(later, _), (first, _)| later.heading.name == first.heading.name);
    let numbers: BTreeMap<String, u32> =
        typed.iter().zip(0..).map(|((directive, _), number)| (directive.heading.name.clone(), number)).collect();
    let mut overrides: Vec<Vec<(u32, Span)>> = Vec::new();
    for (directive, overridden) in &typed {
        let mut own = Vec::new();
        // A directive that could not be read was reported where it stands.
        for name in
            overridden.iter().filter(|name| declared.contains_key(name.text.as_str()) || !names.is_broken(&name.text))
        {
            if let Some(target) = target(name, directive, &declared, sink)
                && let Some(number) = numbers.get(target)
            {
                own.push((*number, name.span));
            }
        }
        overrides.push(own);
    }
    report_cycles(&typed, &mut overrides, sink);
    let mut directives: Vec<Directive> = typed.into_iter().map(|(directive, _)| directive).collect();
    for (from, targets) in (0_u32..).zip(&overrides) {
        for (to, _) in targets {
            if let Some(directive) = directives.get_mut(from as usize) {
                directive.overrides.push(DirectiveId(*to));
            }
            if let Some(directive) = directives.get_mut(*to as usize) {
                directive.overridden_by.push(DirectiveId(from));
            }
        }
    }
    directives
}

/// A name of a directive, now or formerly.
struct Declared<'i> {
    /// Its name now.
    name: &'i str,
    span: Span,
    portfolio: bool,
}

/// All names of directives, former ones included (details 47); a name that stands twice is an error.
fn declared<'i>(items: &[&'i tree::Directive], sink: &mut Vec<Diagnostic>) -> BTreeMap<&'i str, Declared<'i>> {
    let mut declared: BTreeMap<&str, Declared<'_>> = BTreeMap::new();
    let now = items.iter().map(|item| (item, &item.name));
    let former = items.iter().flat_map(|item| {
        let names = item.clauses.iter().filter_map(|clause| match clause {
            tree::Clause::Formerly(names, _) => Some(names),
            _ => None,
        });
        names.flatten().map(move |name| (item, name))
    });
    for (item, name) in now.chain(former) {
        let entry = Declared { name: &item.name.text, span: name.span, portfolio: item.portfolio };
        if let Some(first) = declared.get(name.text.as_str()) {
            let message = format!("`{}` is the name of two directives", name.text);
            let diagnostic = Diagnostic::error("rules/duplicate-name", name.span, message, "again")
                .also(first.span, "first here")
                .help("a directive's name is its code: give each one of its own");
            sink.push(diagnostic);
        } else {
            declared.insert(&name.text, entry);
        }
    }
    declared
}

/// The directive that `overrides` names; a former name is accepted with a warning.
fn target<'d>(
    name: &Name,
    directive: &Directive,
    declared: &BTreeMap<&str, Declared<'d>>,
    sink: &mut Vec<Diagnostic>,
) -> Option<&'d str> {
    let Some(found) = declared.get(name.text.as_str()) else {
        let message = format!("`{}` is no directive", name.text);
        let mut diagnostic = Diagnostic::error("rules/unknown-name", name.span, message, "unknown directive");
        let near = nearest(&name.text, declared.keys().map(|name| (*name, *name)));
        diagnostic.help = near.map(|near| format!("did you mean `{near}`?"));
        sink.push(diagnostic);
        return None;
    };
    if found.portfolio {
        let message = format!("`{}` is a portfolio directive, and only directives override directives", name.text);
        sink.push(Diagnostic::error("rules/not-in-portfolio", name.span, message, "judged over all proposals"));
        return None;
    }
    if found.name != name.text {
        let message = format!("`{}` is a former name", name.text);
        let help = format!("write `{}`", found.name);
        sink.push(Diagnostic::warning("rules/former-name", name.span, message, "renamed since").help(help));
    }
    if found.name == directive.heading.name {
        let message = format!("`{}` overrides itself", found.name);
        sink.push(Diagnostic::error("rules/cycle", name.span, message, "itself").help("leave it out"));
        return None;
    }
    Some(found.name)
}

/// Reports each cycle of overrides once, and cuts it.
fn report_cycles(typed: &[(Directive, Vec<Name>)], overrides: &mut [Vec<(u32, Span)>], sink: &mut Vec<Diagnostic>) {
    // Directives that override none that is left cannot be in a cycle; taking them away leaves the cycles.
    let mut left: Vec<bool> = vec![true; typed.len()];
    let mut incoming: Vec<Vec<usize>> = vec![Vec::new(); typed.len()];
    let mut open: Vec<usize> = overrides.iter().map(Vec::len).collect();
    for (from, targets) in overrides.iter().enumerate() {
        for (to, _) in targets {
            if let Some(list) = incoming.get_mut(*to as usize) {
                list.push(from);
            }
        }
    }
    let mut ready: Vec<usize> = (0..typed.len()).filter(|number| open.get(*number) == Some(&0)).collect();
    while let Some(number) = ready.pop() {
        if let Some(flag) = left.get_mut(number) {
            *flag = false;
        }
        for from in incoming.get(number).into_iter().flatten() {
            if let Some(count) = open.get_mut(*from) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*from);
                }
            }
        }
    }
    let mut told = vec![false; typed.len()];
    for start in 0..typed.len() {
        let mut path: Vec<usize> = Vec::new();
        let mut at = start;
        while left.get(at) == Some(&true) && told.get(at) == Some(&false) {
            if let Some(flag) = told.get_mut(at) {
                *flag = true;
            }
            path.push(at);
            let next = overrides
                .get(at)
                .and_then(|targets| targets.iter().map(|(to, _)| *to as usize).find(|to| left.get(*to) == Some(&true)));
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        if let Some(begin) = path.iter().position(|number| *number == at) {
            report_cycle(typed, path.get(begin..).unwrap_or_default(), overrides, sink);
        }
    }
    for (targets, is_left) in overrides.iter_mut().zip(&left) {
        if *is_left {
            targets.clear();
        }
    }
}

fn report_cycle(
    typed: &[(Directive, Vec<Name>)],
    cycle: &[usize],
    overrides: &[Vec<(u32, Span)>],
    sink: &mut Vec<Diagnostic>,
) {
    let name = |number: &usize| typed.get(*number).map(|(one, _)| one.heading.name.as_str()).unwrap_or_default();
    let mut shown: Vec<String> = cycle.iter().map(|number| format!("`{}`", name(number))).collect();
    shown.extend(shown.first().cloned());
    let mut places = cycle.iter().enumerate().filter_map(|(index, number)| {
        let next = *cycle.get((index + 1) % cycle.len())?;
        overrides.get(*number)?.iter().find(|(to, _)| *to as usize == next).map(|(_, span)| *span)
    });
    let Some(first) = places.next() else { return };
    let message = format!("directives override one another in a circle: {}", shown.join(" → "));
    let mut diagnostic = Diagnostic::error("rules/cycle", first, message, "begins here");
    for place in places {
        diagnostic = diagnostic.also(place, "and goes on here");
    }
    sink.push(diagnostic.help("leave one of these `overrides` out"));
}
