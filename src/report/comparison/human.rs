//! Two packs for people: each directive that can differ, with what changed and an example.

use super::phrases::{Phrases, phrases};
use super::{Comparison, is_judged_otherwise};
use crate::analysis::{Changes, Compared, Evidence, Kind};
use crate::report::Settings;
use crate::report::human::paint::{Painter, Style, one_line};
use crate::report::words::Words;

/// What can differ, what changed, and what flips.
pub fn human(comparison: &Comparison<'_>, settings: Settings) -> String {
    let writer = Writer {
        comparison,
        painter: Painter { settings },
        words: settings.language.words(),
        phrases: phrases(settings.language),
        verbose: settings.verbose,
    };
    writer.write()
}

pub(super) struct Writer<'c> {
    pub comparison: &'c Comparison<'c>,
    pub painter: Painter,
    pub words: &'static Words,
    pub phrases: &'static Phrases,
    verbose: bool,
}

impl Writer<'_> {
    fn write(&self) -> String {
        let mut out = String::new();
        let difference = self.comparison.difference;
        for (number, pair) in difference.compared.iter().enumerate() {
            self.pair(&mut out, number, pair);
        }
        for number in 0..difference.portfolio.both.len() {
            self.portfolio_pair(&mut out, number);
        }
        let comparison = self.comparison;
        let lists = [
            ("+", self.phrases.added, Style::Green, comparison.names_of(comparison.new, &difference.added)),
            (
                "+",
                self.phrases.added,
                Style::Green,
                comparison.portfolio_names(comparison.new, &difference.portfolio.added),
            ),
            ("-", self.phrases.removed, Style::Red, comparison.names_of(comparison.old, &difference.removed)),
            (
                "-",
                self.phrases.removed,
                Style::Red,
                comparison.portfolio_names(comparison.old, &difference.portfolio.removed),
            ),
        ];
        let mut is_any = false;
        for (sign, word, style, names) in lists {
            for name in names {
                is_any = true;
                self.painter.put(&mut out, style, &format!("{sign} {}", one_line(name)));
                out.push_str(&format!("{}{word}\n", self.words.colon));
            }
        }
        if is_any {
            out.push('\n');
        }
        let shape: Vec<_> = comparison.shape().cloned().collect();
        if !shape.is_empty() {
            let text = format!("{}{}{}", self.phrases.shape, self.words.colon, self.named(&shape));
            self.painter.entry(&mut out, "!", Style::Yellow, &one_line(&text));
            out.push('\n');
        }
        if let Some(flips) = self.comparison.flips {
            self.flips(&mut out, flips);
        }
        self.summary(&mut out);
        out
    }

    fn pair(&self, out: &mut String, number: usize, pair: &Compared) {
        let nothing = Changes::default();
        let changes = self.comparison.changes.get(number).unwrap_or(&nothing);
        let (sign, style, what) = match &pair.evidence {
            Evidence::Witness(_) => ("~", Style::Yellow, self.phrases.differs),
            Evidence::Unknown(_) => ("?", Style::Yellow, self.phrases.unknown),
            Evidence::Impossible if self.comparison.is_reweighed(number) => {
                ("~", Style::Yellow, self.phrases.reweighed)
            },
            Evidence::Impossible if !changes.parts.is_empty() => ("=", Style::Cyan, self.phrases.reworded),
            Evidence::Impossible
                if !self.verbose && self.comparison.old_name(number) == self.comparison.new_name(number) =>
            {
                return;
            },
            Evidence::Impossible => ("=", Style::Dim, self.phrases.unchanged),
        };
        let (old, new) = (self.comparison.old_name(number), self.comparison.new_name(number));
        self.heading(out, &format!("{sign} {}", one_line(new)), style, (old != new).then_some(old), what);
        self.changes(out, changes);
        match &pair.evidence {
            Evidence::Witness(witness) => {
                let verdicts = pair
                    .verdicts
                    .map(|(before, after)| format!("{} → {}", self.words.verdict(before), self.words.verdict(after)));
                let heading = format!("{}{}", self.phrases.example, self.words.colon.trim_end());
                let text = format!("{}  {}", verdicts.unwrap_or_default(), witness.proposal.compact());
                self.painter.entry(out, &heading, Style::Cyan, &one_line(&text));
            },
            Evidence::Unknown(doubts) if doubts.is_empty() => {},
            Evidence::Unknown(doubts) => {
                let doubts: Vec<&str> = doubts.iter().map(|doubt| self.phrases.doubt(*doubt)).collect();
                self.painter.entry(out, "?", Style::Yellow, &doubts.join(self.words.list_comma));
            },
            Evidence::Impossible => {},
        }
        out.push('\n');
    }

    /// A portfolio directive whose verdicts may differ, which is not proved; one of which nothing changed is passed over.
    fn portfolio_pair(&self, out: &mut String, number: usize) {
        let Some(changes) = self.comparison.portfolio_changes.get(number) else { return };
        let (old, new) = self.comparison.portfolio_pair(number);
        let (sign, style, what) = if is_judged_otherwise(changes) {
            ("?", Style::Yellow, self.phrases.portfolio)
        } else if !changes.parts.is_empty() {
            ("=", Style::Cyan, self.phrases.reworded)
        } else {
            return;
        };
        self.heading(out, &format!("{sign} {}", one_line(new)), style, (old != new).then_some(old), what);
        self.changes(out, changes);
        out.push('\n');
    }

    fn heading(&self, out: &mut String, name: &str, style: Style, formerly: Option<&str>, what: &str) {
        self.painter.put(out, style, name);
        if let Some(old) = formerly {
            let (open, close) = (self.words.open_bracket, self.words.close_bracket);
            out.push_str(&format!("{open}{} {}{close}", self.phrases.renamed, one_line(old)));
        }
        out.push_str(&format!("{}{what}\n", self.words.colon));
    }

    fn changes(&self, out: &mut String, changes: &Changes) {
        for change in &changes.parts {
            let part = self.phrases.part(change.part);
            for (sign, style, text) in [("-", Style::Red, &change.old), ("+", Style::Green, &change.new)] {
                if !text.is_empty() {
                    self.painter.entry(out, &format!("{sign} {part}"), style, &one_line(text));
                }
            }
        }
        if !changes.names.is_empty() {
            self.painter.entry(out, self.phrases.speaks_of, Style::Cyan, &one_line(&self.named(&changes.names)));
        }
    }

    pub fn named(&self, names: &[(Kind, String)]) -> String {
        let names = names.iter().map(|(kind, name)| format!("{} `{name}`", self.phrases.kind(*kind)));
        names.collect::<Vec<_>>().join(self.words.list_comma)
    }

    fn summary(&self, out: &mut String) {
        let difference = self.comparison.difference;
        if !difference.shares_proposals {
            out.push_str(self.phrases.nothing_shared);
            out.push('\n');
            return;
        }
        let count = |wanted: &dyn Fn(&Evidence) -> bool| {
            difference.compared.iter().filter(|pair| wanted(&pair.evidence)).count()
        };
        let equal = count(&|evidence| *evidence == Evidence::Impossible);
        let differ = count(&|evidence| matches!(evidence, Evidence::Witness(_)));
        let unknown = count(&|evidence| matches!(evidence, Evidence::Unknown(_)));
        let phrases = self.phrases;
        let counts = [
            (differ, phrases.can_differ),
            (unknown, phrases.undecided),
            (self.comparison.reweighed(), phrases.weigh_otherwise),
            (self.comparison.portfolio_changed(), phrases.portfolio_undecided),
            (difference.added.len() + difference.portfolio.added.len(), phrases.were_added),
            (difference.removed.len() + difference.portfolio.removed.len(), phrases.were_removed),
        ];
        let flips = self.comparison.flips.map(|flips| {
            [
                (flips.proposals, phrases.proposals),
                (flips.flips.len() + flips.portfolio.len(), phrases.flips),
                (flips.statuses.len(), phrases.statuses),
            ]
        });
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts = std::iter::once((equal, phrases.equal)).chain(counts).chain(flips.into_iter().flatten());
        let parts: Vec<String> = counts
            .map(|(count, noun)| format!("{count} {}", noun.form(u64::try_from(count).unwrap_or(u64::MAX))))
            .collect();
        let style = if self.comparison.is_equal() { Style::Green } else { Style::Bold };
        self.painter.put(out, style, &parts.join(self.words.comma));
        out.push('\n');
    }
}
