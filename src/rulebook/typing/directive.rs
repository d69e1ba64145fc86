//! Directives: clauses gathered, each once, and everything in them typed.

use super::overriding::resolve;
use super::scope::{Bare, PortfolioScope, Scope, VariableKind};
use super::typed::{Typed, place_of};
use super::wording::did_you_mean;
use super::{Pack, Typer};
use crate::diagnostic::Diagnostic;
use crate::rulebook::build::{period, texts};
use crate::rulebook::expression::{Condition, SetKind, TermKind};
use crate::rulebook::places::first_column;
use crate::rulebook::{
    Basis, ColumnId, Directive, Exception, ForEach, Heading, KeyExpression, Modality, Period, PortfolioDirective,
    TableId, Template,
};
use crate::syntax::tree::{self, Clause, ExpressionKind, Ground, LocalText, Name};
use crate::text::Span;
use crate::value::TermSet;

/// Types the directives of a pack, and gives them sorted by name.
pub(crate) fn directives(
    pack: &Pack<'_>,
    items: &[&tree::Directive],
    sink: &mut Vec<Diagnostic>,
) -> (Vec<Directive>, Vec<PortfolioDirective>) {
    let mut typed = Vec::new();
    let mut portfolio_directives = Vec::new();
    for item in items {
        if item.portfolio {
            portfolio_directives.extend(portfolio(pack, item, sink));
        } else {
            typed.extend(ordinary(pack, item, sink));
        }
    }
    portfolio_directives.sort_by(|a, b| a.heading.name.cmp(&b.heading.name));
    (resolve(pack.names, items, typed, sink), portfolio_directives)
}

/// The clauses of a directive, each that may stand once at most once.
#[derive(Default)]
struct Clauses<'i> {
    grounds: Vec<Ground>,
    tags: Vec<&'i Name>,
    when: Option<(&'i tree::Expression, Span)>,
    requirement: Option<(Modality, &'i tree::Expression, Span)>,
    unless: Vec<(&'i tree::Expression, &'i LocalText)>,
    overrides: Option<(&'i [Name], Span)>,
    effective: Option<&'i tree::Effective>,
    message: Option<(&'i LocalText, Span)>,
    help: Option<(&'i LocalText, Span)>,
    at: Option<(&'i [Name], Span)>,
    formerly: Vec<&'i Name>,
    for_each: Option<&'i Clause>,
    for_each_span: Option<Span>,
}

impl<'i> Clauses<'i> {
    fn gather(item: &'i tree::Directive, sink: &mut Vec<Diagnostic>) -> Self {
        let mut all = Self::default();
        for clause in &item.clauses {
            match clause {
                Clause::Ground(ground) => all.grounds.push(ground.clone()),
                Clause::Tags(names, _) => all.tags.extend(names),
                Clause::Formerly(names, _) => all.formerly.extend(names),
                Clause::Unless(condition, because, _) => all.unless.push((condition, because)),
                Clause::When(condition, span) => {
                    once(&mut all.when, (condition, *span), *span, |old| old.1, "when", sink)
                },
                Clause::Requirement(modality, condition, span) => {
                    let value = (*modality, condition, *span);
                    once(&mut all.requirement, value, *span, |old| old.2, "requirement", sink);
                },
                Clause::Overrides(names, span) => {
                    once(&mut all.overrides, (names.as_slice(), *span), *span, |old| old.1, "overrides", sink);
                },
                Clause::Effective(effective) => {
                    once(&mut all.effective, effective, effective.span, |old| old.span, "effective", sink);
                },
                Clause::Message(words, span) => {
                    once(&mut all.message, (words, *span), *span, |old| old.1, "message", sink)
                },
                Clause::Help(words, span) => once(&mut all.help, (words, *span), *span, |old| old.1, "help", sink),
                Clause::At(path, span) => once(&mut all.at, (path.as_slice(), *span), *span, |old| old.1, "at", sink),
                Clause::ForEach(_, _, span) | Clause::ForEachGroup(_, _, span) => {
                    let before = all.for_each_span;
                    once(&mut all.for_each, clause, *span, |_| before.unwrap_or(*span), "for each", sink);
                    all.for_each_span = Some(*span);
                },
            }
        }
        all
    }
}

/// Keeps the first of a clause that may stand once, and reports any further one.
fn once<T>(
    slot: &mut Option<T>,
    value: T,
    span: Span,
    place: impl FnOnce(&T) -> Span,
    what: &str,
    sink: &mut Vec<Diagnostic>,
) {
    match slot {
        None => *slot = Some(value),
        Some(first) => {
            let message = if what == "requirement" {
                "a directive has one requirement, and this one has two".to_owned()
            } else {
                format!("`{what}` stands twice in one directive")
            };
            let diagnostic = Diagnostic::error("rules/duplicate-entry", span, message, "again")
                .also(place(first), "first here")
                .help("join them, or write two directives");
            sink.push(diagnostic);
        },
    }
}

/// `None` where the requirement is missing or faulty; that was reported.
fn requirement<'i>(
    item: &tree::Directive,
    clauses: &Clauses<'i>,
    sink: &mut Vec<Diagnostic>,
) -> Option<(Modality, &'i tree::Expression)> {
    if clauses.requirement.is_none() && !item.broken {
        let message = format!("the directive `{}` asks for nothing", item.name.text);
        let diagnostic = Diagnostic::error("rules/missing-clause", item.name.span, message, "no requirement");
        sink.push(diagnostic.help("add `must …`, `must not …`, `should …`, `should not …` or `may …`"));
    }
    clauses.requirement.map(|(modality, condition, _)| (modality, condition))
}

fn ordinary(pack: &Pack<'_>, item: &tree::Directive, sink: &mut Vec<Diagnostic>) -> Option<(Directive, Vec<Name>)> {
    let clauses = Clauses::gather(item, sink);
    if let Some(span) = clauses.for_each_span {
        let message = "`for each` stands in portfolio directives only";
        let help = "write `portfolio directive`, or use `every x in …` in the requirement";
        sink.push(Diagnostic::error("rules/not-in-portfolio", span, message, "not here").help(help));
    }
    let asked = requirement(item, &clauses, sink);
    check_reading(asked, sink);
    let mut typer = Typer { names: pack.names, definitions: pack.definitions, scope: Scope::new(Bare::Proposal), sink };
    let body = typer.body(pack, &clauses, asked.map(|(_, condition)| condition));
    let at = typer.at(&clauses, body.requirement.as_ref());
    let heading = heading(pack, item, &clauses, asked.map(|(modality, _)| modality), body.message, body.help, sink);
    let overrides = clauses.overrides.map(|(names, _)| names.to_vec()).unwrap_or_default();
    let directive = Directive {
        heading: heading?,
        when: body.when?,
        requirement: body.requirement?,
        unless: body.unless?,
        overrides: Vec::new(),
        overridden_by: Vec::new(),
        at,
    };
    Some((directive, overrides))
}

fn portfolio(pack: &Pack<'_>, item: &tree::Directive, sink: &mut Vec<Diagnostic>) -> Option<PortfolioDirective> {
    let clauses = Clauses::gather(item, sink);
    if let Some((_, span)) = clauses.overrides {
        let message = "a portfolio directive overrides nothing, and nothing overrides it";
        sink.push(Diagnostic::error("rules/not-in-portfolio", span, message, "not here").help("leave it out"));
    }
    let asked = requirement(item, &clauses, sink);
    check_reading(asked, sink);
    let scope = Scope { portfolio: Some(PortfolioScope::default()), ..Scope::new(Bare::Nobody) };
    let mut typer = Typer { names: pack.names, definitions: pack.definitions, scope, sink };
    let for_each = typer.for_each(clauses.for_each);
    let body = typer.body(pack, &clauses, asked.map(|(_, condition)| condition));
    let at = match &for_each {
        Some(ForEach::Group(keys)) if clauses.at.is_none() => keys.first().and_then(|key| key.column),
        _ => typer.at(&clauses, None),
    };
    let aggregates = typer.scope.portfolio.take().map(|portfolio| portfolio.aggregates).unwrap_or_default();
    let heading = heading(pack, item, &clauses, asked.map(|(modality, _)| modality), body.message, body.help, sink);
    Some(PortfolioDirective {
        heading: heading?,
        for_each: for_each?,
        when: body.when?,
        requirement: body.requirement?,
        unless: body.unless?,
        aggregates,
        at,
    })
}

/// What the expressions of a directive came to. `when` is `Some(None)` where there is none.
struct Body {
    when: Option<Option<Condition>>,
    requirement: Option<Condition>,
    unless: Option<Vec<Exception>>,
    message: Option<Template>,
    help: Option<Template>,
}

impl Typer<'_> {
    fn body(&mut self, pack: &Pack<'_>, clauses: &Clauses<'_>, requirement: Option<&tree::Expression>) -> Body {
        let when = match clauses.when {
            None => Some(None),
            Some((condition, _)) => self.condition(condition).map(Some),
        };
        let requirement = requirement.and_then(|requirement| self.condition(requirement));
        let unless: Vec<Option<Exception>> = clauses
            .unless
            .iter()
            .map(|(condition, because)| {
                let condition = self.condition(condition);
                let because = self.template(pack, because);
                Some(Exception { condition: condition?, because })
            })
            .collect();
        Body {
            when,
            requirement,
            unless: unless.into_iter().collect(),
            message: clauses.message.and_then(|(words, _)| self.template(pack, words)),
            help: clauses.help.and_then(|(words, _)| self.template(pack, words)),
        }
    }

    /// The field that a finding points to (details 44).
    fn at(&mut self, clauses: &Clauses<'_>, requirement: Option<&Condition>) -> Option<ColumnId> {
        let Some((path, _)) = clauses.at else {
            return requirement.and_then(|requirement| first_column(requirement, &self.definitions.values));
        };
        let mut column = None;
        for name in path {
            match self.names.field(TableId(0), column, &name.text) {
                Some(found) => column = Some(found),
                // Within a list, the path names the list.
                None if column.is_some_and(|column| self.is_list(column)) => return column,
                None if self.names.is_broken(&name.text) || self.names.shape_broken => return None,
                None => {
                    let message = format!("there is no field `{}` here", name.text);
                    let mut diagnostic = Diagnostic::error("rules/unknown-name", name.span, message, "unknown field");
                    diagnostic.help = did_you_mean(self.names.nearest_field(TableId(0), column, &name.text));
                    self.fault(diagnostic);
                    return None;
                },
            }
        }
        column
    }

    fn is_list(&self, column: ColumnId) -> bool {
        let column = self.names.shape.column(TableId(0), column);
        column.is_some_and(|column| matches!(column.kind, crate::rulebook::ColumnKind::List(_)))
    }

    /// What a portfolio directive is judged once for; `None` if that is faulty.
    fn for_each(&mut self, clause: Option<&Clause>) -> Option<ForEach> {
        match clause {
            Some(Clause::ForEach(variable, set, _)) => {
                let set = self.typed(set, None).and_then(|typed| self.as_set(typed));
                let Some(set) = set else {
                    self.scope.faulty.push(variable.text.clone());
                    return None;
                };
                let Some(terms) = self.constant_set(&set.kind) else {
                    let message = "`for each` goes through a set that hangs on no proposal";
                    let help = "name a group, a vocabulary, or the partners of a term";
                    let diagnostic = Diagnostic::error("rules/type-mismatch", set.span, message, "not such a set");
                    self.fault(diagnostic.help(help));
                    self.scope.faulty.push(variable.text.clone());
                    return None;
                };
                self.bind(variable, VariableKind::Term(0, set.vocabulary, true));
                self.scope.level = 1;
                Some(ForEach::Term(set.vocabulary, terms))
            },
            Some(Clause::ForEachGroup(variable, keys, _)) => {
                // The keys are read from a proposal, whose fields stand bare in them.
                let bare = std::mem::replace(&mut self.scope.bare, Bare::Proposal);
                let keys: Vec<Option<KeyExpression>> = keys.iter().map(|key| self.key_expression(key)).collect();
                self.scope.bare = bare;
                let Some(keys) = keys.into_iter().collect::<Option<Vec<KeyExpression>>>() else {
                    self.bind(variable, VariableKind::Group);
                    return None;
                };
                if let Some(portfolio) = self.scope.portfolio.as_mut() {
                    portfolio.key = match keys.as_slice() {
                        [only] => Some(only.value.clone()),
                        _ => None,
                    };
                }
                self.bind(variable, VariableKind::Group);
                Some(ForEach::Group(keys))
            },
            _ => Some(ForEach::Nothing),
        }
    }

    fn key_expression(&mut self, key: &tree::Expression) -> Option<KeyExpression> {
        let typed = self.typed(key, None)?;
        let column = place_of(&typed).map(|place| place.column);
        let wanted = "a text, a number, a date, a truth value or a term";
        if matches!(typed, Typed::Set(_)) {
            return self.mismatch(&typed, wanted, Some("group by something that each proposal has one of"));
        }
        match typed.value() {
            Ok(value) => Some(KeyExpression { value, column }),
            Err(other) => self.mismatch(&other, wanted, None),
        }
    }

    /// The terms of a set without a field in it.
    fn constant_set(&self, set: &SetKind) -> Option<TermSet> {
        match set {
            SetKind::Constant(terms) => Some(terms.clone()),
            SetKind::Lookup(relation, term) => {
                let TermKind::Constant(term) = term.kind else { return None };
                let relation = self.names.relations.get(usize::from(relation.0))?;
                relation.partners.get(usize::from(term)).cloned()
            },
            SetKind::LookupAll(relation, inner) => {
                let relation = self.names.relations.get(usize::from(relation.0))?;
                let mut all = TermSet::new();
                for term in self.constant_set(&inner.kind)?.iter() {
                    all.unite(relation.partners.get(usize::from(term))?);
                }
                Some(all)
            },
            SetKind::Literal(_) | SetKind::Field(_) | SetKind::Definition(_) => None,
        }
    }
}

fn heading(
    pack: &Pack<'_>,
    item: &tree::Directive,
    clauses: &Clauses<'_>,
    modality: Option<Modality>,
    message: Option<Template>,
    help: Option<Template>,
    sink: &mut Vec<Diagnostic>,
) -> Option<Heading> {
    let grounds = (pack.grounds)(&clauses.grounds, sink);
    let has_citation = clauses.grounds.iter().any(|ground| matches!(ground, Ground::Cites(_)));
    let basis = grounds.basis.unwrap_or(if has_citation { Basis::Stated } else { Basis::Practice });
    if matches!(basis, Basis::Stated | Basis::Derived) && !has_citation && !item.broken {
        let span = clauses.grounds.iter().find_map(|ground| match ground {
            Ground::Basis(_, span) => Some(*span),
            _ => None,
        });
        let message = format!("the directive `{}` says that it rests on the plan, and cites nothing", item.name.text);
        let diagnostic =
            Diagnostic::error("rules/missing-clause", span.unwrap_or(item.name.span), message, "no passage");
        sink.push(diagnostic.help("add `cites §…`, or write `basis assumed` or `basis practice`"));
    }
    let own = clauses.effective.map(period).unwrap_or_default();
    Some(Heading {
        name: item.name.text.clone(),
        formerly: clauses.formerly.iter().map(|name| name.text.clone()).collect(),
        title: texts(pack.names, &item.title, sink),
        basis,
        grounds,
        tags: clauses.tags.iter().map(|name| name.text.clone()).collect(),
        modality: modality?,
        effective: intersection(pack.names.effective, own),
        message,
        help,
        span: item.span,
    })
}

/// Questions about how a requirement reads.
fn check_reading(requirement: Option<(Modality, &tree::Expression)>, sink: &mut Vec<Diagnostic>) {
    let Some((modality, written)) = requirement else { return };
    if matches!(modality, Modality::MustNot | Modality::ShouldNot)
        && matches!(written.kind, ExpressionKind::And(..) | ExpressionKind::Or(..))
        && !written.parenthesised
    {
        let message = "`not` speaks of the whole requirement, and this one has parts";
        let help = "set the whole requirement in parentheses, or write two directives";
        sink.push(Diagnostic::warning("rules/unclear-not", written.span, message, "not (all of this)").help(help));
    }
    if matches!(written.kind, ExpressionKind::Implies(..)) && modality != Modality::May {
        let message = "a whole requirement of the form `if … then …` hides to whom the directive applies";
        let help = "write the condition after `when`, and what it asks after the modality";
        sink.push(
            Diagnostic::warning("rules/condition-in-requirement", written.span, message, "a condition").help(help),
        );
    }
}

/// The days that are in both.
fn intersection(a: Period, b: Period) -> Period {
    Period {
        from: a.from.max(b.from),
        until: match (a.until, b.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, other) => one.or(other),
        },
    }
}
