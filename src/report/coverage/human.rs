//! Coverage for people.

use super::words::Words;
use super::{drifted_place, fate, figures, with_gaps};
use crate::report::Settings;
use crate::report::human::paint::{Painter, Style, one_line, wrap};
use crate::rulebook::coverage::{CiterKind, Coverage, Drifted, Passage, Standing};
use crate::rulebook::{LanguageId, Rulebook, WordChange};

/// Every passage with what cites it, the citations that no longer stand, and the figures. `quiet` leaves out the passages that are not open.
pub fn human(coverage: &Coverage, book: &Rulebook, settings: Settings) -> String {
    let page = Page {
        book,
        painter: Painter { settings },
        words: Words::of(settings.language),
        language: book.plan.language(settings.language.tag()),
    };
    let mut out = String::new();
    for passage in &coverage.passages {
        if !settings.quiet || passage.standing() == Standing::Open {
            page.passage(&mut out, passage);
        }
    }
    if !coverage.drifted.is_empty() {
        page.painter.put(&mut out, Style::Bold, page.words.drift);
        out.push('\n');
        coverage.drifted.iter().for_each(|drifted| page.drifted(&mut out, drifted));
        out.push('\n');
    }
    for (number, line) in figures(coverage, book, page.words).iter().enumerate() {
        if number == 0 {
            let is_whole = coverage.figures().covered == coverage.figures().passages;
            page.painter.put(&mut out, if is_whole { Style::Green } else { Style::Bold }, line);
        } else {
            out.push_str(&one_line(line));
        }
        out.push('\n');
    }
    out
}

struct Page<'a> {
    book: &'a Rulebook,
    painter: Painter,
    words: &'static Words,
    language: LanguageId,
}

impl Page<'_> {
    fn passage(&self, out: &mut String, passage: &Passage) {
        let standing = passage.standing();
        let Some(text) = passage.text(self.language) else { return };
        let label = match &passage.clause {
            Some(number) => format!("§{number}"),
            None => format!("{}:{}", text.source, text.line),
        };
        self.painter.put(out, Style::Bold, &one_line(&label));
        out.push_str("  ");
        let style = match standing {
            Standing::Encoded => Style::Green,
            Standing::Factual | Standing::Uncheckable => Style::Yellow,
            Standing::Open => Style::Red,
        };
        self.painter.put(out, style, self.words.standing(standing));
        out.push('\n');
        for line in wrap(&one_line(&text.text), self.painter.settings.width.saturating_sub(4)) {
            out.push_str("    ");
            out.push_str(&line);
            out.push('\n');
        }
        self.lacking(out, passage);
        self.citers(out, passage);
        for reason in &passage.uncheckable {
            let reason = one_line(reason.text.get(self.language)).into_owned();
            self.painter.entry(out, self.words.uncheckable, Style::Dim, &reason);
        }
        out.push('\n');
    }

    /// The sources that lack the clause.
    fn lacking(&self, out: &mut String, passage: &Passage) {
        if passage.clause.is_none() {
            return;
        }
        for (text, source) in passage.texts.iter().zip(&self.book.plan.sources) {
            if let (None, Some(source)) = (text, source) {
                let lacking = format!("{}{}", self.words.not_in, self.book.files.name(source.file));
                self.painter.entry(out, "!", Style::Yellow, &one_line(&lacking));
            }
        }
    }

    /// What cites the passage, a line a kind.
    fn citers(&self, out: &mut String, passage: &Passage) {
        let kinds: [CiterKind; 5] =
            [CiterKind::Directive, CiterKind::PortfolioDirective, CiterKind::Group, CiterKind::Fact, CiterKind::Term];
        for kind in kinds {
            let names: Vec<&str> =
                passage.cited_by.iter().filter(|citer| citer.kind == kind).map(|citer| citer.name.as_str()).collect();
            if !names.is_empty() {
                let separator = if kind == CiterKind::Fact { "; " } else { ", " };
                self.painter.entry(out, self.words.kind(kind), Style::Dim, &one_line(&names.join(separator)));
            }
        }
    }

    fn drifted(&self, out: &mut String, drifted: &Drifted) {
        let (place, who) = drifted_place(drifted, self.book, self.words);
        self.painter.put(out, Style::Cyan, &one_line(&place));
        out.push_str("  ");
        out.push_str(&one_line(&who));
        out.push('\n');
        if !drifted.lost.words.is_empty() {
            self.painter.entry(out, self.words.cited, Style::Dim, &one_line(&drifted.lost.words));
        }
        let (sentence, difference) = fate(drifted, self.book, self.words);
        self.painter.entry(out, "→", Style::Dim, &one_line(&sentence));
        if !difference.is_empty() {
            out.push_str("    ");
            for (gap, change) in with_gaps(difference) {
                out.push_str(gap);
                match change {
                    WordChange::Kept(words) => out.push_str(&one_line(words)),
                    WordChange::Removed(words) => {
                        self.painter.put(out, Style::Red, &format!("[-{}-]", one_line(words)));
                    },
                    WordChange::Added(words) => {
                        self.painter.put(out, Style::Green, &format!("{{+{}+}}", one_line(words)));
                    },
                }
            }
            out.push('\n');
        }
    }
}
