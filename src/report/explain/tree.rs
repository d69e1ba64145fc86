//! Steps as a tree: a line for each part of an expression, with its value and where it came from.

use super::words::Words;
use crate::engine::record::Extent;
use crate::engine::trace::{FactId, Knowledge, Origin, Presence, Step, Value};
use crate::engine::truth::Truth;
use crate::report::human::paint::{Painter, Style, one_line};
use crate::rulebook::{Citation, LanguageId, Rulebook};
use crate::text::{Position, Span};

/// How many characters of the rule's words, of a value or of a passage are shown.
const LONGEST: usize = 120;

/// How many facts of one step are shown.
const FACTS: usize = 4;

/// Writes steps.
pub(in crate::report) struct Tree<'a> {
    pub book: &'a Rulebook,
    pub painter: Painter,
    pub words: &'static Words,
    pub language: LanguageId,
    /// The file of the proposal.
    pub path: &'a str,
    /// From a place of the proposal to a position in its file.
    pub position: &'a dyn Fn(Extent) -> Position,
}

impl Tree<'_> {
    /// `  heading  words → value`, and its parts below it.
    pub(in crate::report) fn write(&self, out: &mut String, heading: &str, step: &Step) {
        out.push_str("  ");
        self.painter.put(out, Style::Bold, heading);
        out.push(' ');
        self.line(out, step);
        let indent = " ".repeat(3 + textwrap::core::display_width(heading));
        self.below(out, step, &indent);
    }

    fn below(&self, out: &mut String, step: &Step, indent: &str) {
        let [branch, last, pass, gap] =
            if self.painter.settings.unicode { ["├ ", "└ ", "│ ", "  "] } else { ["+ ", "+ ", "| ", "  "] };
        let mut notes = self.notes(step);
        if step.omitted > 0 {
            let (before, after) = self.words.omitted;
            notes.push(format!("{before}{}{after}", step.omitted));
        }
        let mut left = step.parts.len() + notes.len();
        for part in &step.parts {
            left -= 1;
            let (mark, rest) = if left == 0 { (last, gap) } else { (branch, pass) };
            out.push_str(indent);
            self.painter.put(out, Style::Dim, mark);
            self.line(out, part);
            self.below(out, part, &format!("{indent}{rest}"));
        }
        for note in notes {
            left -= 1;
            out.push_str(indent);
            self.painter.put(out, Style::Dim, if left == 0 { last } else { branch });
            self.painter.put(out, Style::Dim, &one_line(&note));
            out.push('\n');
        }
    }

    /// `words → value  file:line:column /pointer`
    fn line(&self, out: &mut String, step: &Step) {
        if let Some(member) = &step.member {
            self.painter.put(out, Style::Bold, &one_line(&short(member)));
            out.push_str(if step.words == Span::default() { "" } else { ": " });
        }
        out.push_str(&one_line(&self.text(step.words)));
        out.push_str(if self.painter.settings.unicode { " → " } else { " -> " });
        let (style, text) = self.value(&step.value);
        self.painter.put(out, style, &one_line(&short(&text)));
        if let Some(origin) = &step.origin {
            out.push_str("  ");
            self.painter.put(out, Style::Dim, &one_line(&self.place(origin)));
        }
        out.push('\n');
    }

    /// The words of the rule on one line.
    pub(in crate::report) fn text(&self, words: Span) -> String {
        short(&self.book.files.slice(words).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn value(&self, value: &Value) -> (Style, String) {
        match value {
            Value::Truth(truth) => {
                let style = match truth {
                    Truth::True => Style::Green,
                    Truth::False => Style::Red,
                    Truth::Unknown => Style::Yellow,
                };
                (style, self.words.truth(*truth).to_owned())
            },
            Value::Other(text, Knowledge::Whole) => (Style::Cyan, text.clone()),
            Value::Other(text, _) => (Style::Yellow, text.clone()),
            Value::LeftOut => (Style::Dim, self.words.left_out.to_owned()),
        }
    }

    /// `proposals/a.json:3:11 /city`, and what is the matter with it.
    fn place(&self, origin: &Origin) -> String {
        let presence = self.words.presence(origin.presence);
        let at = (self.position)(origin.extent);
        let place = format!("{}:{}:{} {}", self.path, at.line, at.column, origin.pointer);
        match origin.presence {
            Presence::Stated => place,
            _ => format!("{place} ({presence})"),
        }
    }

    /// The facts and the group that a step rests on, with their passages.
    fn notes(&self, step: &Step) -> Vec<String> {
        let facts = step.facts.iter().filter_map(|fact| self.fact(*fact));
        let mut notes: Vec<String> = facts.take(FACTS).collect();
        if step.facts.len() > FACTS {
            let (before, after) = self.words.more;
            notes.push(format!("{} {before}{}{after}", self.words.fact, step.facts.len() - FACTS));
        }
        let group = step.group.and_then(|number| self.book.groups.get(number));
        notes.extend(group.map(|group| {
            let passages = self.passages(&group.grounds.citations);
            format!("{} {} {}{passages}", self.words.group, group.name, self.rule_place(group.span))
        }));
        notes
    }

    fn fact(&self, id: FactId) -> Option<String> {
        let relation = self.book.relations.get(usize::from(id.relation.0))?;
        let fact = relation.facts.get(id.number)?;
        let place = self.rule_place(fact.span);
        Some(format!("{} {} {place}{}", self.words.fact, relation.name, self.passages(&fact.grounds.citations)))
    }

    fn rule_place(&self, span: Span) -> String {
        format!("{}:{}", self.book.files.name(span.file), self.book.files.position(span).line)
    }

    /// `, §3.9 “Anyang, Shangqiu, …”` for each passage.
    pub(in crate::report) fn passages(&self, citations: &[Citation]) -> String {
        let passage = |citation: &Citation| {
            let quote = citation.quote(self.language)?;
            let clause = citation.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
            Some(format!(", {clause}“{}”", short(&quote.text)))
        };
        citations.iter().filter_map(passage).collect()
    }
}

/// The beginning of a text that is too long for a line.
fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
