//! The proposals that flip, for people: each with what it comes to, and the directives that judge it otherwise.

use std::collections::BTreeMap;

use super::human::Writer;
use crate::analysis::{Changed, Changes, Flip, Flips, PortfolioFlip, StatusFlip};
use crate::report::human::paint::{Style, one_line};
use crate::rulebook::Verdict;

/// A proposal that is judged otherwise.
#[derive(Default)]
struct Flipped<'f> {
    status: Option<&'f StatusFlip>,
    flips: Vec<&'f Flip>,
}

impl Writer<'_> {
    /// Each proposal that flips, then the portfolio.
    pub fn flips(&self, out: &mut String, flips: &Flips) {
        let mut flipped: BTreeMap<(&str, u64, Option<&str>), Flipped<'_>> = BTreeMap::new();
        for status in &flips.statuses {
            flipped.entry((&status.path, status.index, status.id.as_deref())).or_default().status = Some(status);
        }
        for flip in &flips.flips {
            flipped.entry((&flip.path, flip.index, flip.id.as_deref())).or_default().flips.push(flip);
        }
        for ((path, index, id), proposal) in &flipped {
            let place = match (id, index) {
                (Some(id), _) => format!("{path} {id}"),
                (None, 0) => (*path).to_owned(),
                (None, index) => format!("{path}#{index}"),
            };
            self.painter.put(out, Style::Bold, &one_line(&place));
            if let Some(status) = proposal.status {
                let (before, after) = (self.words.status(status.before), self.words.status(status.after));
                out.push_str(&format!("{}{before} → {after}", self.words.colon));
            }
            out.push('\n');
            proposal.flips.iter().for_each(|flip| self.flip(out, flip));
            for (code, pointer) in proposal.status.iter().flat_map(|status| &status.shape) {
                self.painter.entry(out, &one_line(code), Style::Yellow, &one_line(pointer));
            }
        }
        if !flips.portfolio.is_empty() {
            self.painter.put(out, Style::Bold, self.words.portfolio);
            out.push('\n');
            flips.portfolio.iter().for_each(|flip| self.portfolio_flip(out, flip));
        }
        if !flipped.is_empty() || !flips.portfolio.is_empty() {
            out.push('\n');
        }
    }

    fn flip(&self, out: &mut String, flip: &Flip) {
        let because = match flip.directive {
            Changed::Compared(number) => self.because(self.comparison.changes.get(number)),
            Changed::Added(_) => self.phrases.added.to_owned(),
            Changed::Removed(_) => self.phrases.removed.to_owned(),
        };
        let clauses = self.comparison.clauses(flip.directive).into_iter().map(|clause| format!("§{clause}"));
        let grounds: Vec<String> =
            std::iter::once(because).filter(|because| !because.is_empty()).chain(clauses).collect();
        let because = grounds.join(self.words.list_comma);
        let verdicts = self.verdicts(flip.before, flip.after);
        self.painter.entry(
            out,
            &one_line(self.comparison.flipped(flip.directive)),
            Style::Yellow,
            &(verdicts + &because_of(self, &because)),
        );
    }

    fn portfolio_flip(&self, out: &mut String, flip: &PortfolioFlip) {
        let because = match (flip.compared, flip.before) {
            (Some(number), _) => self.because(self.comparison.portfolio_changes.get(number)),
            (None, None) => self.phrases.added.to_owned(),
            (None, Some(_)) => self.phrases.removed.to_owned(),
        };
        let value = flip.value.as_ref().map(|value| format!(" [{value}]")).unwrap_or_default();
        let heading = format!("{}{value}", flip.directive);
        let verdicts = self.verdicts(flip.before, flip.after);
        self.painter.entry(out, &one_line(&heading), Style::Yellow, &(verdicts + &because_of(self, &because)));
    }

    fn verdicts(&self, before: Option<Verdict>, after: Option<Verdict>) -> String {
        let word = |verdict: Option<Verdict>| verdict.map_or("–", |verdict| self.words.verdict(verdict));
        format!("{} → {}", word(before), word(after))
    }

    /// What changed of a directive, and of what it speaks of.
    fn because(&self, changes: Option<&Changes>) -> String {
        let Some(changes) = changes else { return String::new() };
        let mut all: Vec<String> =
            changes.parts.iter().map(|change| self.phrases.part(change.part).to_owned()).collect();
        if !changes.names.is_empty() {
            all.push(self.named(&changes.names));
        }
        match all.is_empty() {
            true => String::new(),
            false => format!("{} {}", self.phrases.because, all.join(self.words.list_comma)),
        }
    }
}

fn because_of(writer: &Writer<'_>, because: &str) -> String {
    match because {
        "" => String::new(),
        because => format!("{}{}{}", writer.words.open_bracket, one_line(because), writer.words.close_bracket),
    }
}
