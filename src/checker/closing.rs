//! The end of a run: portfolio directives are judged, counts become a summary, and the exit code is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Checker;
use super::acceptance::settle_portfolio;
use super::count::Counts;
use super::findings::{Standing, Wording, fingerprint, severity};
use super::options::{FailOn, Options, PortfolioMode};
use super::report::{Closing, CodeCount, Failure, FindingVerdict, Format, Judgement, Member, PortfolioFinding};
use super::run_record::{InputDigest, RunRecord};
use crate::configuration::Speech;
use crate::diagnostic::Severity;
use crate::engine::causes::Causes;
use crate::engine::evaluate::{Binding, Memory, Portfolio, Scene};
use crate::engine::judge::judge_portfolio;
use crate::engine::key::key_text;
use crate::engine::portfolio::{Gathered, Tally};
use crate::engine::record::Record;
use crate::rulebook::{ForEach, PortfolioDirective, Verdict};

/// Comes to the end of a run; if it is browsed, findings are put into words in both of the tool's languages. Of a run over
/// a part nothing is said that only the whole can tell.
pub(super) fn close(
    checker: &Checker<'_>,
    mut counts: Counts,
    tallies: &[Tally<Member>],
    saw_folder: bool,
    is_browsed: bool,
) -> Closing {
    let other = is_browsed.then_some(checker.other_words);
    let mut portfolio = Vec::new();
    let mut ungrouped = Vec::new();
    let is_part = checker.options.is_part;
    let is_asked = judges_portfolio(checker, counts.summary.proposals, saw_folder);
    if is_asked {
        for (number, (directive, tally)) in checker.book.portfolio.iter().zip(tallies).enumerate() {
            if !checker.judges_portfolio_directive(number) {
                continue;
            }
            if tally.ungrouped > 0 {
                ungrouped.push((Arc::from(directive.heading.name.as_str()), tally.ungrouped));
            }
            let standing =
                Standing::new(checker.book, &directive.heading, &directive.requirement, checker.words, other);
            for gathered in tally.gathered(directive) {
                portfolio.extend(finding(checker, directive, &standing, &gathered));
            }
        }
    }
    for one in portfolio.iter_mut().filter(|one| is_finding(checker, one)) {
        settle_portfolio(&checker.options, one, &mut counts);
    }
    for one in portfolio.iter().filter(|one| is_finding(checker, one)) {
        counts.judgement(&one.judgement);
    }
    let unapplied_directives: Vec<Arc<str>> = (0..checker.book.directives.len())
        .filter(|number| checker.program.running.contains(*number) && checker.is_selected(*number))
        .filter(|number| !counts.applied.contains(*number))
        .filter_map(|number| checker.names.get(number).cloned())
        .collect();
    let mut failures = checker.failures.clone();
    failures.append(&mut counts.failures);
    let is_judged = |name: &str| match name.contains('/') {
        true => true,
        false => checker.judges(name) && (is_asked || !checker.is_of_portfolio(name)),
    };
    let speech = Speech::of(&checker.options.language);
    if let Some(waivers) = checker.options.waivers.as_ref().filter(|_| !is_part) {
        failures.extend(waivers.notices(checker.options.as_of, &counts.waivers, is_judged, speech));
    }
    if let Some(baseline) = checker.options.baseline.as_ref().filter(|_| !is_part) {
        failures.extend(counts.ledger.vanished(baseline, is_judged, speech));
    }
    if counts.summary.proposals == 0 && !checker.options.allow_empty && !is_part {
        failures.push(no_proposal(&failures));
    }
    failures.sort_by(|a, b| (&a.path, a.code, &a.message).cmp(&(&b.path, b.code, &b.message)));
    failures.dedup();
    let mut closing = Closing {
        portfolio,
        ungrouped,
        unapplied_directives,
        unapplied_proposals: counts.unapplied_proposals,
        failures,
        summary: counts.summary,
        counts: by_code(checker, &counts.by_code),
        omitted: counts.omitted,
        found: counts.ledger.into_found(),
        part: None,
        record: None,
        exit: 0,
    };
    closing.exit = exit(checker, &closing);
    closing
}

/// Comes to the end of a run whose report these formats write.
pub(super) fn close_for(
    checker: &Checker<'_>,
    mut counts: Counts,
    tallies: &[Tally<Member>],
    saw_folder: bool,
    formats: &[Arc<dyn Format>],
) -> Closing {
    let is_browsed = formats.iter().any(|format| format.is_browsed());
    let is_recorded = formats.iter().any(|format| format.keeps_record());
    let inputs = std::mem::take(&mut counts.inputs);
    let portfolio = judges_portfolio(checker, counts.summary.proposals, saw_folder);
    let closing = close(checker, counts, tallies, saw_folder, is_browsed);
    Closing { record: is_recorded.then(|| record(checker, inputs, portfolio)), ..closing }
}

/// Whether the portfolio is judged, with so many proposals.
fn judges_portfolio(checker: &Checker<'_>, proposals: u64, saw_folder: bool) -> bool {
    match checker.options.portfolio {
        _ if checker.options.is_part => false,
        PortfolioMode::Auto => proposals > u64::from(!saw_folder),
        PortfolioMode::On => true,
        PortfolioMode::Off => false,
    }
}

/// What it takes to repeat the run that read these inputs.
fn record(checker: &Checker<'_>, inputs: Vec<InputDigest>, portfolio: bool) -> RunRecord {
    let Options { arguments, files, .. } = &checker.options;
    let mut record = RunRecord { options: arguments.clone(), files: files.clone(), portfolio, inputs };
    record.settle();
    record
}

fn no_proposal(failures: &[Failure]) -> Failure {
    let message = if failures.is_empty() {
        "no proposal was found: nothing was checked; name a file or a folder that holds *.json, *.jsonl or *.ndjson, or allow it with --allow-empty"
    } else {
        "no proposal could be read: nothing was checked"
    };
    Failure { path: String::new(), code: "run/no-proposal", message: message.to_owned(), severity: Severity::Error }
}

/// The exit code: 2 if the run itself failed, 1 if something was found that fails it, else 0.
fn exit(checker: &Checker<'_>, closing: &Closing) -> u8 {
    let summary = &closing.summary;
    let unapplied = !closing.unapplied_directives.is_empty() || closing.unapplied_proposals > 0;
    let found = match checker.options.fail_on {
        FailOn::Must => summary.errors > 0,
        FailOn::Should => summary.errors > 0 || summary.warnings > 0,
        FailOn::Never => false,
    };
    if closing.failures.iter().any(|failure| failure.severity == Severity::Error) {
        2
    } else {
        u8::from(found || checker.options.strict && unapplied && !checker.options.is_part)
    }
}

fn is_finding(checker: &Checker<'_>, one: &PortfolioFinding) -> bool {
    let verdict = match one.judgement.verdict {
        FindingVerdict::Of(verdict) => verdict,
        FindingVerdict::Invalid | FindingVerdict::Waived => return true,
    };
    match verdict {
        Verdict::Violated => true,
        Verdict::Undetermined => {
            checker.options.undetermined != super::options::Undetermined::Ignore
                || one.judgement.severity == Severity::Note
        },
        _ => false,
    }
}

/// What a portfolio directive says of one value; `None` if it is no finding and only findings are asked for.
fn finding(
    checker: &Checker<'_>,
    directive: &PortfolioDirective,
    standing: &Standing,
    gathered: &Gathered<'_, Member>,
) -> Option<PortfolioFinding> {
    let book = checker.book;
    let (record, mut memory) = (Record::default(), Memory::default());
    let key = gathered.group.map(|(key, _)| key).unwrap_or_default();
    let text = match &directive.for_each {
        ForEach::Group(keys) => key_text(book, keys, key),
        _ => String::new(),
    };
    let mut scene = Scene::new(book, &record, "", &mut memory);
    scene.portfolio = Some(Portfolio { aggregates: &gathered.aggregates, key, key_text: &text });
    scene.bindings.extend(gathered.term.map(Binding::Term));
    let (verdict, _) = judge_portfolio(&mut scene, directive);
    let grave = severity(directive.heading.modality, verdict, checker.options.undetermined);
    if grave.is_none() && !checker.options.verdicts {
        return None;
    }
    let wording = Wording {
        standing,
        heading: &directive.heading,
        requirement: &directive.requirement,
        when: directive.when.as_ref(),
        verdict,
        severity: grave.unwrap_or(Severity::Note),
    };
    let judgement = wording.judgement(&mut scene, &Causes::default());
    let value = match (&directive.for_each, gathered.term) {
        (ForEach::Term(vocabulary, _), Some(term)) => {
            let vocabulary = book.vocabularies.get(usize::from(vocabulary.0));
            vocabulary.and_then(|vocabulary| vocabulary.terms.get(usize::from(term))).map(|term| term.name.clone())
        },
        (ForEach::Group(_), _) => Some(text.clone()),
        _ => None,
    };
    let fingerprint = fingerprint(&[&judgement.code, value.as_deref().unwrap_or_default()]);
    let (members, more) = match gathered.group {
        Some((_, group)) => (group.members.clone(), group.count.saturating_sub(group.members.len() as u64)),
        None => (Vec::new(), 0),
    };
    Some(PortfolioFinding { judgement: Judgement { fingerprint, ..judgement }, value, members, more })
}

/// Codes with their counts and titles, the most broken first.
fn by_code(checker: &Checker<'_>, by_code: &BTreeMap<Arc<str>, (u64, u64)>) -> Vec<CodeCount> {
    let title = |code: &str| {
        let heading = checker.book.headings().find(|heading| heading.name == code);
        heading.map(|heading| heading.title.get(checker.words.language).to_owned()).unwrap_or_default()
    };
    let mut all: Vec<CodeCount> = by_code
        .iter()
        .map(|(code, (broken, undetermined))| CodeCount {
            code: Arc::clone(code),
            title: title(code),
            broken: *broken,
            undetermined: *undetermined,
        })
        .collect();
    all.sort_by(|a, b| (b.broken, b.undetermined, &a.code).cmp(&(a.broken, a.undetermined, &b.code)));
    all
}
