//! The end of a human report: how it came out, and everything that a reader must know to trust it.

use std::fmt::Write as _;

use super::Human;
use super::paint::{Style, one_line};
use crate::checker::report::{Closing, CodeCount, Header, Status, Summary};
use crate::report::labels::{counted, counts_of_findings, title};
use crate::report::words::Words;
use crate::text::display::shown;

/// How many of the most broken directives are named.
const MOST_BROKEN: usize = 5;

/// How many names are listed before the rest is only counted.
const NAMES: usize = 12;

pub(super) fn write(human: &Human, header: &Header, closing: &Closing, out: &mut String) {
    let words = human.words;
    if !human.painter.settings.quiet || closing.summary.proposals == 0 {
        human.painter.put(out, Style::Bold, words.summary);
        let _infallible = writeln!(
            out,
            "{}{} {}{}{} {}",
            words.colon,
            one_line(&header.plan),
            one_line(&header.version),
            words.comma,
            words.as_of,
            one_line(&header.as_of)
        );
        counts(human, &closing.summary, out);
        broken(human, &closing.counts, out);
        reach(human, closing, out);
    }
    if closing.omitted > 0 {
        let _infallible = writeln!(out, "  {} {}", closing.omitted, words.omitted.form(closing.omitted));
    }
    if !header.relaxations.is_empty() {
        let options: Vec<String> = header.relaxations.iter().map(|option| one_line(option).into_owned()).collect();
        let _infallible = writeln!(out, "  {}{}{}", words.relaxed, words.colon, options.join(words.list_comma));
    }
    failures(human, closing, out);
}

fn counts(human: &Human, summary: &Summary, out: &mut String) {
    let words = human.words;
    if summary.proposals == 0 {
        out.push_str("  ");
        human.painter.put(out, Style::Red, words.nothing_checked);
        out.push('\n');
    }
    let _infallible = write!(
        out,
        "  {}{}{}{}",
        counted(summary.proposals, words.proposals),
        words.in_files,
        counted(summary.files, words.files),
        words.colon
    );
    let of_status = [
        (summary.compliant, Status::Compliant, Style::Green),
        (summary.violating, Status::Violating, Style::Red),
        (summary.undetermined, Status::Undetermined, Style::Yellow),
        (summary.invalid, Status::Invalid, Style::Red),
    ];
    for (number, (count, status, style)) in of_status.into_iter().enumerate() {
        if number > 0 {
            out.push_str(words.comma);
        }
        let text = format!("{count} {}", words.status(status));
        if count > 0 { human.painter.put(out, style, &text) } else { out.push_str(&text) }
    }
    out.push('\n');
    let _infallible = writeln!(out, "  {}", counts_of_findings(summary, words).join(words.comma));
}

fn broken(human: &Human, counts: &[CodeCount], out: &mut String) {
    let words = human.words;
    let statistics = human.painter.settings.statistics;
    let most = if statistics { usize::MAX } else { MOST_BROKEN };
    let listed: Vec<&CodeCount> = counts.iter().filter(|count| statistics || count.broken > 0).take(most).collect();
    if listed.is_empty() {
        return;
    }
    let _infallible = writeln!(out, "\n  {}", if statistics { words.all_broken } else { words.broken_most });
    let wide = listed.iter().map(|count| count.code.chars().count()).max().unwrap_or(0);
    for count in listed {
        let code = one_line(&count.code);
        let title = title(count, human.painter.settings.language);
        let _infallible = write!(out, "  {:>7}{} {code:wide$}  {}", count.broken, words.times, one_line(title));
        if count.undetermined > 0 {
            let _infallible =
                write!(out, "{}{} {}{}", words.open_bracket, count.undetermined, words.left_open, words.close_bracket);
        }
        out.push('\n');
    }
    out.push('\n');
}

/// What was not reached: directives and proposals to which nothing applied.
fn reach(human: &Human, closing: &Closing, out: &mut String) {
    let words = human.words;
    let unapplied = u64::try_from(closing.unapplied_directives.len()).unwrap_or(u64::MAX);
    let _infallible = write!(out, "  {}", counted(unapplied, words.unapplied_directives));
    if unapplied > 0 {
        let most = if human.painter.settings.verbose { usize::MAX } else { NAMES };
        let names: Vec<String> =
            closing.unapplied_directives.iter().take(most).map(|name| one_line(name).into_owned()).collect();
        let rest =
            if closing.unapplied_directives.len() > most { format!("{}…", words.list_comma) } else { String::new() };
        let _infallible = write!(out, "{}{}{rest}", words.colon, names.join(words.list_comma));
    }
    out.push('\n');
    let _infallible = writeln!(out, "  {}", counted(closing.unapplied_proposals, words.unapplied_proposals));
    ungrouped(words, closing, out);
}

fn ungrouped(words: &Words, closing: &Closing, out: &mut String) {
    for (name, count) in closing.ungrouped.iter().filter(|(_, count)| *count > 0) {
        let _infallible = writeln!(out, "  {} {}", counted(*count, words.ungrouped), one_line(name));
    }
}

fn failures(human: &Human, closing: &Closing, out: &mut String) {
    let words = human.words;
    if closing.failures.is_empty() {
        return;
    }
    out.push('\n');
    human.painter.put(out, Style::Bold, words.failures);
    out.push('\n');
    for failure in &closing.failures {
        let heading = format!("{}[{}]", words.severity(failure.severity), failure.code);
        let path = if failure.path.is_empty() { String::new() } else { shown(&failure.path) + words.colon };
        let text = path + &one_line(&failure.message);
        human.painter.entry(out, &heading, Style::of(failure.severity), &text);
    }
}
