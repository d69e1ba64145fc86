//! Two packs for people: each directive that can differ, with what changed and an example; then the proposals that flip.

use super::Comparison;
use super::phrases::{Phrases, phrases};
use crate::analysis::{Changes, Compared, Evidence, Flips};
use crate::report::Settings;
use crate::report::human::paint::{Painter, Style, one_line};
use crate::report::words::Words;
use crate::rulebook::{DirectiveId, Rulebook};

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

struct Writer<'c> {
    comparison: &'c Comparison<'c>,
    painter: Painter,
    words: &'static Words,
    phrases: &'static Phrases,
    verbose: bool,
}

impl Writer<'_> {
    fn write(&self) -> String {
        let mut out = String::new();
        let difference = self.comparison.difference;
        for (number, pair) in difference.compared.iter().enumerate() {
            self.pair(&mut out, number, pair);
        }
        let lists = [
            (&difference.added, self.comparison.new, "+", self.phrases.added, Style::Green),
            (&difference.removed, self.comparison.old, "-", self.phrases.removed, Style::Red),
        ];
        for (ids, book, sign, word, style) in lists {
            for id in ids {
                self.painter.put(&mut out, style, &format!("{sign} {}", name(book, *id)));
                out.push_str(&format!("{}{word}\n", self.words.colon));
            }
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
            Evidence::Impossible if !changes.parts.is_empty() => ("=", Style::Cyan, self.phrases.reworded),
            Evidence::Impossible if !self.verbose => return,
            Evidence::Impossible => ("=", Style::Dim, self.phrases.unchanged),
        };
        let (old, new) = (self.comparison.old_name(number), self.comparison.new_name(number));
        self.painter.put(out, style, &format!("{sign} {}", one_line(new)));
        if old != new {
            out.push_str(&format!(
                "{}{} {}{}",
                self.words.open_bracket,
                self.phrases.renamed,
                one_line(old),
                self.words.close_bracket
            ));
        }
        out.push_str(&format!("{}{what}\n", self.words.colon));
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
            Evidence::Unknown(doubts) => {
                let doubts: Vec<&str> = doubts.iter().map(|doubt| self.phrases.doubt(*doubt)).collect();
                self.painter.entry(out, "?", Style::Yellow, &doubts.join(self.words.list_comma));
            },
            Evidence::Impossible => {},
        }
        out.push('\n');
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
            self.painter.entry(out, self.phrases.speaks_of, Style::Cyan, &self.named(changes));
        }
    }

    fn named(&self, changes: &Changes) -> String {
        let names = changes.names.iter().map(|(kind, name)| format!("{} `{name}`", self.phrases.kind(*kind)));
        names.collect::<Vec<_>>().join(self.words.list_comma)
    }

    fn flips(&self, out: &mut String, flips: &Flips) {
        for flip in &flips.flips {
            let name = self.comparison.new_name(flip.compared);
            let place = match (&flip.id, flip.index) {
                (Some(id), _) => format!("{} {id}", flip.path),
                (None, 0) => flip.path.to_string(),
                (None, index) => format!("{}#{index}", flip.path),
            };
            self.painter.put(out, Style::Bold, &one_line(&place));
            out.push_str(&format!(
                "  {}{}{} → {}",
                one_line(name),
                self.words.colon,
                self.words.verdict(flip.before),
                self.words.verdict(flip.after)
            ));
            let because = self.because(flip.compared);
            if !because.is_empty() {
                out.push_str(&format!(
                    "{}{} {because}{}",
                    self.words.open_bracket, self.phrases.because, self.words.close_bracket
                ));
            }
            out.push('\n');
        }
        if !flips.flips.is_empty() {
            out.push('\n');
        }
    }

    fn because(&self, number: usize) -> String {
        let Some(changes) = self.comparison.changes.get(number) else { return String::new() };
        let parts = changes.parts.iter().map(|change| self.phrases.part(change.part).to_owned());
        let mut all: Vec<String> = parts.collect();
        if !changes.names.is_empty() {
            all.push(self.named(changes));
        }
        all.join(self.words.list_comma)
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
        let mut parts = vec![format!("{equal} {}", self.phrases.equal)];
        let counts = [
            (differ, self.phrases.can_differ),
            (unknown, self.phrases.undecided),
            (difference.added.len(), self.phrases.added),
            (difference.removed.len(), self.phrases.removed),
        ];
        parts.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
        if let Some(flips) = self.comparison.flips {
            parts.push(format!("{} {}", flips.proposals, self.phrases.proposals));
            parts.push(format!("{} {}", flips.flips.len(), self.phrases.flips));
        }
        let style = if self.comparison.is_equal() { Style::Green } else { Style::Bold };
        self.painter.put(out, style, &parts.join(self.words.comma));
        out.push('\n');
    }
}

fn name(book: &Rulebook, id: DirectiveId) -> String {
    let directive = book.directives.get(id.0 as usize);
    directive.map(|directive| one_line(&directive.heading.name).into_owned()).unwrap_or_default()
}
