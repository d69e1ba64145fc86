//! The directives as a page beside the plan: clause by clause, what each asks in words, and proposals that show it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::test;
use super::words::Words;
use crate::analysis::{Example, Examples};
use crate::report::explain::words::Words as Explained;
use crate::report::logic::{self, Sentence};
use crate::report::markdown::text::{code, escaped, html, with_code};
use crate::report::{Language, Settings, words};
use crate::rulebook::coverage::{CiterKind, Coverage, Passage};
use crate::rulebook::{Basis, Heading, LanguageId, Modality, PortfolioAggregate, Rulebook, Test, Verdict};

/// The page. `examples` are those of the directives on single proposals.
pub fn markdown(book: &Rulebook, examples: &[Examples], settings: Settings) -> String {
    let page = Page {
        book,
        examples,
        reader: settings.language,
        own: settings.language.words(),
        words: Words::of(settings.language),
        language: book.plan.language(settings.language.tag()),
    };
    page.write()
}

struct Page<'a> {
    book: &'a Rulebook,
    examples: &'a [Examples],
    reader: Language,
    own: &'static words::Words,
    words: &'static Words,
    language: LanguageId,
}

/// A directive of either kind.
struct Entry<'a> {
    heading: &'a Heading,
    sentences: Vec<Sentence>,
    examples: Option<&'a Examples>,
    aggregates: &'a [PortfolioAggregate],
    is_portfolio: bool,
}

impl<'a> Page<'a> {
    fn write(&self) -> String {
        let (book, words) = (self.book, self.words);
        let mut out = format!("# {}\n\n", escaped(book.plan.title.get(self.language)));
        let issuer = book.plan.issuer.get(self.language);
        if !issuer.is_empty() {
            let _infallible = writeln!(out, "{}\n", escaped(issuer));
        }
        let (before, between, after) = words.about;
        let _infallible = writeln!(
            out,
            "{before}{} {}{between}{}{after}\n",
            code(&book.plan.name),
            escaped(&book.plan.version),
            self.counts()
        );
        self.legend(&mut out);
        let coverage = Coverage::of(book);
        let entries = self.entries();
        let mut told = BTreeSet::new();
        for passage in &coverage.passages {
            self.passage(&mut out, passage, &entries, &mut told);
        }
        let rest: Vec<&Entry<'_>> =
            entries.iter().filter(|entry| !told.contains(entry.heading.name.as_str())).collect();
        if !rest.is_empty() {
            let _infallible = writeln!(out, "## {}\n", words.without_passage);
            rest.into_iter().for_each(|entry| self.entry(&mut out, entry));
        }
        out
    }

    fn entries(&self) -> Vec<Entry<'a>> {
        let book = self.book;
        let ordinary = book.directives.iter().enumerate().map(|(number, directive)| Entry {
            heading: &directive.heading,
            sentences: logic::directive(book, directive, self.reader),
            examples: self.examples.iter().find(|one| one.directive.0 as usize == number),
            aggregates: &[],
            is_portfolio: false,
        });
        let portfolio = book.portfolio.iter().map(|directive| Entry {
            heading: &directive.heading,
            sentences: logic::portfolio(book, directive, self.reader),
            examples: None,
            aggregates: &directive.aggregates,
            is_portfolio: true,
        });
        ordinary.chain(portfolio).collect()
    }

    fn counts(&self) -> String {
        let (one, other) = self.words.counts;
        format!("{}{one}{}{other}", self.book.directives.len(), self.book.portfolio.len())
    }

    /// What the words of a directive's first line mean; only those that the pack uses.
    fn legend(&self, out: &mut String) {
        let headings = || self.book.headings();
        let explained = Explained::of(self.reader);
        for modality in [Modality::Must, Modality::MustNot, Modality::Should, Modality::ShouldNot, Modality::May] {
            if headings().any(|heading| heading.modality == modality) {
                let word = explained.modality(modality);
                let _infallible = writeln!(out, "- **{word}**{}{}", self.own.colon, self.words.modality(modality));
            }
        }
        for basis in [Basis::Stated, Basis::Derived, Basis::Assumed, Basis::Practice] {
            if headings().any(|heading| heading.basis == basis) {
                let word = self.own.basis(basis);
                let _infallible = writeln!(out, "- **{word}**{}{}", self.own.colon, self.words.basis(basis));
            }
        }
        let _infallible = writeln!(out, "\n{}\n", self.words.waivers);
    }

    /// A passage of the plan, and the directives that rest on it; one that was told before is pointed to.
    fn passage(&self, out: &mut String, passage: &Passage, entries: &[Entry<'_>], told: &mut BTreeSet<String>) {
        let Some(text) = passage.text(self.language) else { return };
        let title = match &passage.clause {
            Some(number) => format!("§{number}"),
            None => escaped(&format!("{}:{}", text.source, text.line)),
        };
        let _infallible = writeln!(out, "## {title}\n\n> {}\n", escaped(&text.text));
        let is_directive = |kind: CiterKind| matches!(kind, CiterKind::Directive | CiterKind::PortfolioDirective);
        let names: BTreeSet<&str> =
            passage.cited_by.iter().filter(|citer| is_directive(citer.kind)).map(|citer| citer.name.as_str()).collect();
        let here: Vec<&Entry<'_>> = entries.iter().filter(|one| names.contains(one.heading.name.as_str())).collect();
        let (before, new): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) =
            here.into_iter().partition(|entry| told.contains(&entry.heading.name));
        if !before.is_empty() {
            let links: Vec<String> = before.iter().map(|entry| link(&entry.heading.name)).collect();
            let _infallible = writeln!(out, "{}{}\n", self.words.also, links.join(self.own.list_comma));
        }
        for reason in &passage.uncheckable {
            let reason = escaped(reason.text.get(self.language));
            let _infallible = writeln!(out, "*{}*{}{reason}\n", self.words.uncheckable, self.own.colon);
        }
        if names.is_empty() && passage.uncheckable.is_empty() {
            let facts: Vec<String> = passage.cited_by.iter().map(|citer| code(&citer.name)).collect();
            let text = if facts.is_empty() {
                self.words.open.to_owned()
            } else {
                format!("{}{}", self.words.facts, facts.join(self.own.list_comma))
            };
            let _infallible = writeln!(out, "{text}\n");
        }
        for entry in new {
            told.insert(entry.heading.name.clone());
            self.entry(out, entry);
        }
    }

    fn entry(&self, out: &mut String, entry: &Entry<'_>) {
        let heading = entry.heading;
        let title = escaped(heading.title.get(self.language));
        let _infallible = writeln!(out, "<a id=\"{}\"></a>\n\n### {title}\n", html(&heading.name));
        let _infallible = writeln!(out, "{}\n", self.first_line(entry));
        for sentence in &entry.sentences {
            let _infallible = writeln!(out, "- **{}**{}{}", sentence.heading, self.own.colon, escaped(&sentence.text));
        }
        out.push('\n');
        let note = heading.grounds.note.get(self.language);
        if !note.is_empty() {
            let _infallible = writeln!(out, "{}{}{}\n", self.own.remark, self.own.colon, escaped(note));
        }
        if let Some(help) = &heading.help {
            let help = logic::template(self.book, help, entry.aggregates, self.reader);
            let _infallible = writeln!(out, "{}{}{}\n", self.words.to_do, self.own.colon, with_code(&help));
        }
        match entry.examples {
            Some(examples) => {
                self.example(out, self.own.failing_example, examples.violating.as_ref());
                self.example(out, self.own.passing_example, examples.satisfying.as_ref());
            },
            None if entry.is_portfolio => self.tests(out, heading),
            None => {},
        }
    }

    /// `endpoint-roles` · must · stated · §3.9 · tags · dates · former names
    fn first_line(&self, entry: &Entry<'_>) -> String {
        let heading = entry.heading;
        let mut modality = Explained::of(self.reader).modality(heading.modality).to_owned();
        if entry.is_portfolio {
            let _infallible = write!(modality, "{}{}", self.own.comma, self.own.portfolio);
        }
        let mut parts = vec![code(&heading.name), modality, self.own.basis(heading.basis).to_owned()];
        let mut clauses: Vec<String> = Vec::new();
        for citation in &heading.grounds.citations {
            clauses.extend(citation.clause.as_ref().map(|clause| format!("§{clause}")));
        }
        clauses.dedup();
        if !clauses.is_empty() {
            parts.push(clauses.join(self.own.list_comma));
        }
        if !heading.tags.is_empty() {
            let tags: Vec<String> = heading.tags.iter().map(|tag| escaped(tag)).collect();
            parts.push(format!("{}{}{}", self.own.tags, self.own.colon, tags.join(self.own.list_comma)));
        }
        let from = heading.effective.from.map(|day| format!("{} {day}", self.own.since));
        let until = heading.effective.until.map(|day| format!("{} {day}", self.own.until));
        parts.extend(from.into_iter().chain(until));
        if !heading.formerly.is_empty() {
            let names: Vec<String> = heading.formerly.iter().map(|name| code(name)).collect();
            parts.push(format!("{}{}{}", self.words.formerly, self.own.colon, names.join(self.own.list_comma)));
        }
        parts.join(" · ")
    }

    /// A proposal that the analysis found.
    fn example(&self, out: &mut String, title: &str, example: Option<&Example>) {
        let Some(example) = example else { return };
        folded(out, title, &[example.proposal.pretty().as_str()]);
        if let Some(message) = &example.message {
            let _infallible = writeln!(out, "> {}\n", escaped(message));
        }
        out.push_str("</details>\n\n");
    }

    /// Tests of the pack: no single proposal has the verdict of a portfolio directive.
    fn tests(&self, out: &mut String, heading: &Heading) {
        let [failing, passing] = [Verdict::Violated, Verdict::Satisfied].map(|one| test(self.book, heading, one));
        let words = self.words;
        match (failing, passing) {
            (Some(one), Some(other)) if one.span == other.span => self.test(out, words.mixed_proposals, one),
            _ => {
                failing.into_iter().for_each(|one| self.test(out, words.failing_proposals, one));
                passing.into_iter().for_each(|one| self.test(out, words.passing_proposals, one));
            },
        }
    }

    fn test(&self, out: &mut String, title: &str, test: &Test) {
        let given: Vec<&str> = test.given.iter().map(|given| self.book.files.slice(*given)).collect();
        folded(out, &format!("{title}{}{}", self.own.colon, test.name), &given);
        out.push_str("</details>\n\n");
    }
}

/// The beginning of a part that is unfolded by hand, with JSON in it.
fn folded(out: &mut String, title: &str, proposals: &[&str]) {
    let _infallible = writeln!(out, "<details><summary>{}</summary>\n", html(title));
    for proposal in proposals {
        let longest = proposal.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let _infallible = writeln!(out, "{fence}json\n{}\n{fence}\n", proposal.trim_end());
    }
}

fn link(name: &str) -> String {
    format!("[{}](#{})", code(name), html(name))
}
