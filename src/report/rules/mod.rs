//! The directives of a rule pack, listed or explained.

mod reference;
mod words;

use std::fmt::Write as _;

use serde::Serialize;

pub use self::reference::markdown;
use super::human::paint::{Painter, Style, one_line, wrap};
use super::safe::document_bytes;
use super::{Settings, logic};
use crate::checker::report::basis_word;
use crate::report::words::Words;
use crate::rulebook::{
    Basis, Citation, DirectiveId, Expectation, ExpectedOf, Heading, LanguageId, Modality, Rulebook, Template, Test,
    Verdict,
};

/// The word of a modality.
pub fn modality_word(modality: Modality) -> &'static str {
    match modality {
        Modality::Must => "must",
        Modality::MustNot => "must not",
        Modality::Should => "should",
        Modality::ShouldNot => "should not",
        Modality::May => "may",
    }
}

/// Every directive, those of the portfolio last: what it is called, its heading, and whether it is of the portfolio.
fn headings(book: &Rulebook) -> impl Iterator<Item = (&Heading, bool)> {
    let own = book.directives.iter().map(|directive| (&directive.heading, false));
    own.chain(book.portfolio.iter().map(|directive| (&directive.heading, true)))
}

/// The names of all directives.
pub fn names(book: &Rulebook) -> impl Iterator<Item = &str> {
    headings(book).map(|(heading, _)| heading.name.as_str())
}

/// A table of the directives.
pub fn human(book: &Rulebook, settings: Settings) -> String {
    let painter = Painter { settings };
    let words = settings.language.words();
    let language = book.plan.language(settings.language.tag());
    let rows: Vec<[String; 5]> =
        headings(book).map(|(heading, portfolio)| row(heading, portfolio, words, language)).collect();
    let head = [words.directive, words.modality, words.basis, words.passage, words.title].map(str::to_owned);
    let mut wide = [0; 5];
    for row in std::iter::once(&head).chain(&rows) {
        for (wide, cell) in wide.iter_mut().zip(row) {
            *wide = (*wide).max(textwrap::core::display_width(cell));
        }
    }
    let mut out = String::new();
    painter.put(&mut out, Style::Bold, &one_line(book.plan.title.get(language)));
    let _infallible = writeln!(out, "  {} {}\n", one_line(&book.plan.name), one_line(&book.plan.version));
    painter.put(&mut out, Style::Dim, line(&head, wide).trim_end());
    out.push('\n');
    for row in &rows {
        out.push_str(line(row, wide).trim_end());
        out.push('\n');
    }
    out
}

fn row(heading: &Heading, portfolio: bool, words: &Words, language: LanguageId) -> [String; 5] {
    let modality = modality_word(heading.modality);
    let modality =
        if portfolio { format!("{modality}{}{}", words.comma, words.portfolio) } else { modality.to_owned() };
    let mut passages: Vec<String> =
        heading.grounds.citations.iter().filter_map(|citation| citation.clause.clone()).collect();
    passages.dedup();
    let passages: Vec<String> = passages.iter().map(|clause| format!("§{clause}")).collect();
    [
        one_line(&heading.name).into_owned(),
        modality,
        words.basis(heading.basis).to_owned(),
        passages.join(words.list_comma),
        one_line(heading.title.get(language)).into_owned(),
    ]
}

fn line(cells: &[String; 5], wide: [usize; 5]) -> String {
    let mut out = String::new();
    for (cell, wide) in cells.iter().zip(wide) {
        out.push_str(cell);
        out.push_str(&" ".repeat(wide.saturating_sub(textwrap::core::display_width(cell)) + 2));
    }
    out
}

/// The directives as JSON: `{"schema": 1, "plan": {…}, "directives": […]}`
pub fn json(book: &Rulebook, settings: Settings) -> Vec<u8> {
    let language = book.plan.language(settings.language.tag());
    let directives = headings(book).map(|(heading, portfolio)| Entry {
        name: &heading.name,
        modality: modality_word(heading.modality),
        basis: basis_word(heading.basis),
        portfolio,
        title: heading.title.get(language),
        tags: &heading.tags,
        formerly: &heading.formerly,
        effective: Effective {
            from: heading.effective.from.map(|day| day.to_string()),
            until: heading.effective.until.map(|day| day.to_string()),
        },
        cites: heading.grounds.citations.iter().filter_map(|citation| Passage::new(citation, language)).collect(),
        rule: Place { file: book.files.name(heading.span.file), line: book.files.position(heading.span).line },
    });
    let plan = Plan {
        name: &book.plan.name,
        title: book.plan.title.get(language),
        version: &book.plan.version,
        digest: &book.plan.digest,
    };
    document_bytes(&Document { schema: 1, plan, directives: directives.collect() })
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    plan: Plan<'a>,
    directives: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Plan<'a> {
    name: &'a str,
    title: &'a str,
    version: &'a str,
    digest: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    modality: &'static str,
    basis: &'static str,
    portfolio: bool,
    title: &'a str,
    tags: &'a [String],
    formerly: &'a [String],
    effective: Effective,
    cites: Vec<Passage<'a>>,
    rule: Place<'a>,
}

#[derive(Serialize)]
struct Effective {
    from: Option<String>,
    until: Option<String>,
}

#[derive(Serialize)]
struct Passage<'a> {
    clause: Option<&'a str>,
    text: &'a str,
    source: &'a str,
    line: u32,
}

impl<'a> Passage<'a> {
    fn new(citation: &'a Citation, language: LanguageId) -> Option<Self> {
        let quote = citation.quote(language)?;
        Some(Self { clause: citation.clause.as_deref(), text: &quote.text, source: &quote.source, line: quote.line })
    }
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
}

/// A directive in full, by its name or an earlier one: `None` if there is none of that name.
pub fn explain(book: &Rulebook, name: &str, settings: Settings) -> Option<String> {
    let (heading, _) =
        headings(book).find(|(heading, _)| heading.name == name || heading.formerly.iter().any(|old| old == name))?;
    let page = Page {
        book,
        heading,
        painter: Painter { settings },
        words: settings.language.words(),
        language: book.plan.language(settings.language.tag()),
    };
    Some(page.write())
}

/// What is written about one directive.
struct Page<'a> {
    book: &'a Rulebook,
    heading: &'a Heading,
    painter: Painter,
    words: &'static Words,
    language: LanguageId,
}

impl Page<'_> {
    fn write(&self) -> String {
        let (mut out, heading, words) = (String::new(), self.heading, self.words);
        self.painter.put(&mut out, Style::Bold, &one_line(&heading.name));
        let _infallible = writeln!(out, "  {}\n", one_line(heading.title.get(self.language)));
        self.entry(&mut out, words.modality, modality_word(heading.modality));
        let basis = match heading.basis {
            Basis::Assumed => format!("{}{}{}", words.assumed, words.comma, words.assumed_reading),
            other => words.basis(other).to_owned(),
        };
        self.entry(&mut out, words.basis, &basis);
        if !heading.tags.is_empty() {
            self.entry(&mut out, words.tags, &heading.tags.join(words.list_comma));
        }
        self.in_force(&mut out);
        self.passages(&mut out);
        let note = heading.grounds.note.get(self.language);
        if !note.is_empty() {
            self.entry(&mut out, words.remark, note);
        }
        self.in_words(&mut out);
        self.wording(&mut out);
        self.texts(&mut out);
        self.example(&mut out, words.failing_example, Verdict::Violated);
        self.example(&mut out, words.passing_example, Verdict::Satisfied);
        out
    }

    fn entry(&self, out: &mut String, heading: &str, text: &str) {
        self.painter.entry(out, heading, Style::Dim, &one_line(text));
    }

    fn in_force(&self, out: &mut String) {
        let (words, period) = (self.words, self.heading.effective);
        let from = period.from.map(|day| format!("{} {day}", words.since));
        let until = period.until.map(|day| format!("{} {day}", words.until));
        let parts: Vec<String> = from.into_iter().chain(until).collect();
        if !parts.is_empty() {
            self.entry(out, words.in_force, &parts.join(" "));
        }
    }

    fn passages(&self, out: &mut String) {
        let words = self.words;
        let mut is_any = false;
        for citation in &self.heading.grounds.citations {
            let Some(quote) = citation.quote(self.language) else { continue };
            let clause = citation.clause.as_ref().map(|clause| format!("§{clause} ")).unwrap_or_default();
            let text = format!(
                "{clause}{}{}{} {}:{}",
                words.open_quote, quote.text, words.close_quote, quote.source, quote.line
            );
            self.entry(out, words.plan, &text);
            is_any = true;
        }
        if !is_any {
            self.entry(out, words.plan, words.no_passage);
        }
    }

    /// What the rule asks, as sentences.
    fn in_words(&self, out: &mut String) {
        let name = &self.heading.name;
        let reader = self.painter.settings.language;
        let ordinary = self.book.directives.iter().find(|one| one.heading.name == *name);
        let portfolio = self.book.portfolio.iter().find(|one| one.heading.name == *name);
        let sentences = match (ordinary, portfolio) {
            (Some(one), _) => logic::directive(self.book, one, reader),
            (None, Some(one)) => logic::portfolio(self.book, one, reader),
            (None, None) => return,
        };
        out.push('\n');
        self.painter.put(out, Style::Bold, self.words.in_words);
        out.push('\n');
        for sentence in sentences {
            self.painter.entry(out, &format!("  {}", sentence.heading), Style::Dim, &one_line(&sentence.text));
        }
    }

    /// The rule as it stands in its file.
    fn wording(&self, out: &mut String) {
        let span = self.heading.span;
        out.push('\n');
        self.painter.put(out, Style::Bold, self.words.wording);
        let place = format!("  {}:{}", self.book.files.name(span.file), self.book.files.position(span).line);
        self.painter.put(out, Style::Dim, &one_line(&place));
        out.push('\n');
        block(out, self.book.files.slice(span));
    }

    fn texts(&self, out: &mut String) {
        let written = |template: &Option<Template>| {
            let texts = template.as_ref()?.written(&self.book.files);
            Some(texts.get(self.language).to_owned())
        };
        for (heading, text) in
            [(self.words.message, written(&self.heading.message)), (self.words.help, written(&self.heading.help))]
        {
            let Some(text) = text else { continue };
            out.push('\n');
            self.painter.put(out, Style::Bold, heading);
            out.push('\n');
            for line in wrap(&one_line(&text), self.painter.settings.width.saturating_sub(4)) {
                let _infallible = writeln!(out, "    {line}");
            }
        }
    }

    fn example(&self, out: &mut String, heading: &str, verdict: Verdict) {
        let Some(test) = test(self.book, self.heading, verdict) else { return };
        out.push('\n');
        self.painter.put(out, Style::Bold, heading);
        let _infallible = writeln!(out, "  {}", one_line(&test.name));
        for given in &test.given {
            block(out, self.book.files.slice(*given));
        }
    }
}

/// The shortest test that expects this verdict of a directive.
fn test<'b>(book: &'b Rulebook, heading: &Heading, verdict: Verdict) -> Option<&'b Test> {
    let shows = |test: &&Test| test.expect.iter().any(|expectation| is_of(book, heading, expectation, verdict));
    book.tests.iter().filter(shows).min_by_key(|test| test.given.len())
}

fn is_of(book: &Rulebook, heading: &Heading, expectation: &Expectation, verdict: Verdict) -> bool {
    let name = match &expectation.directive {
        ExpectedOf::Directive(DirectiveId(number)) => {
            let number = usize::try_from(*number).unwrap_or(usize::MAX);
            book.directives.get(number).map(|directive| &directive.heading.name)
        },
        ExpectedOf::Portfolio(number, _) => book.portfolio.get(*number).map(|directive| &directive.heading.name),
    };
    expectation.verdict == verdict && name == Some(&heading.name)
}

/// Lines of a file, set in; the indentation that they share with the first line's item is dropped.
fn block(out: &mut String, text: &str) {
    let shared = text
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min();
    for (number, line) in text.lines().enumerate() {
        let line = if number == 0 { line } else { line.get(shared.unwrap_or(0)..).unwrap_or(line.trim_start()) };
        let _infallible = writeln!(out, "    {}", one_line(line).trim_end());
    }
}
