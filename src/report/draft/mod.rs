//! What is said beside a proposal to fill in: what to replace, what may be chosen, and which directives will apply.

mod words;

use std::fmt::Write as _;

use self::words::Words;
use super::explain::words::Words as Explained;
use super::human::paint::{Painter, Style, one_line, wrap};
use super::shell::as_argument;
use super::{Settings, logic};
use crate::analysis::{Blank, Chosen, Draft};
use crate::rulebook::{
    Column, ColumnId, ColumnKind, DirectiveId, Heading, LanguageId, Required, Rulebook, TableId, Term, VocabularyId,
};
use crate::value::Day;

/// The most terms of a field that are listed.
const MOST_TERMS: usize = 60;

/// What a field may hold that asks for no particular text.
pub fn placeholder(column: &Column, language: LanguageId) -> String {
    let label = column.label.get(language);
    format!("<{}>", if label.is_empty() { &column.name } else { label })
}

/// The page for people.
pub fn human(book: &Rulebook, draft: &Draft, chosen: Option<Chosen>, as_of: Option<Day>, settings: Settings) -> String {
    let page = Page {
        book,
        chosen,
        painter: Painter { settings },
        words: Words::of(settings.language),
        language: book.plan.language(settings.language.tag()),
    };
    let mut out = String::new();
    page.title(&mut out, as_of);
    page.blanks(&mut out, &draft.blanks);
    page.choices(&mut out);
    page.directives(&mut out, page.words.always, &draft.always, false);
    page.directives(&mut out, page.words.perhaps, &draft.perhaps, true);
    page.portfolio(&mut out);
    out
}

/// What to run once it is filled in.
pub fn next(file: &str, pack: Option<&str>, settings: Settings) -> String {
    let (painter, words) = (Painter { settings }, Words::of(settings.language));
    let mut command = format!("plancheck check {}", as_argument(file));
    if let Some(pack) = pack {
        let _infallible = write!(command, " --rules {}", as_argument(pack));
    }
    let mut out = String::from("\n");
    painter.put(&mut out, Style::Bold, words.next);
    out.push_str("\n  ");
    painter.put(&mut out, Style::Cyan, &command);
    out.push('\n');
    out
}

struct Page<'a> {
    book: &'a Rulebook,
    chosen: Option<Chosen>,
    painter: Painter,
    words: &'static Words,
    language: LanguageId,
}

impl<'a> Page<'a> {
    fn title(&self, out: &mut String, as_of: Option<Day>) {
        let term = self.chosen.and_then(|(column, term)| self.terms(column)?.get(usize::from(term)));
        let about = term.map_or(self.words.any.to_owned(), |term| term.shown(self.language).to_owned());
        let (before, between, after) = self.words.title;
        let plan = &self.book.plan;
        let mut title = format!("{before}{about}{between}{} {}{after}", plan.name, plan.version);
        if let Some(day) = as_of {
            let _infallible = write!(title, "{}{day}", self.words.as_of);
        }
        self.painter.put(out, Style::Bold, &one_line(&title));
        out.push('\n');
    }

    fn heading(&self, out: &mut String, heading: &str) {
        out.push('\n');
        self.painter.put(out, Style::Bold, heading);
        out.push('\n');
    }

    /// What stands in the proposal only because something must.
    fn blanks(&self, out: &mut String, blanks: &[Blank]) {
        if blanks.is_empty() {
            return;
        }
        self.heading(out, self.words.replace);
        let rows: Vec<Row> = blanks
            .iter()
            .filter_map(|blank| {
                let column = self.book.shape.column(blank.table, blank.column)?;
                Some(Row { name: blank.pointer.clone(), text: self.asked(column), more: None })
            })
            .collect();
        self.table(out, &rows);
    }

    /// What a field asks for: its label and kind.
    fn asked(&self, column: &Column) -> String {
        let words = self.words;
        let kind = match &column.kind {
            ColumnKind::Text => match (&column.matching, column.characters.1) {
                (Some(pattern), _) => format!("{}{}", words.matching, pattern.as_str()),
                (None, Some(most)) => format!("{}{most}{}", words.at_most.0, words.at_most.1),
                (None, None) => words.text.to_owned(),
            },
            ColumnKind::Number => words.number.to_owned(),
            ColumnKind::Integer => words.integer.to_owned(),
            ColumnKind::Boolean => words.boolean.to_owned(),
            ColumnKind::Date => words.date.to_owned(),
            ColumnKind::Quantity(dimension) => {
                let dimension = self.book.dimensions.get(usize::from(dimension.0));
                let units = dimension.map(|dimension| dimension.units.as_slice()).unwrap_or_default();
                let units: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
                format!("{}{}", words.amount, units.join(words.comma))
            },
            ColumnKind::Term(_) => words.term.to_owned(),
            ColumnKind::Set(_) => words.terms.to_owned(),
            ColumnKind::List(_) | ColumnKind::Record(_) => words.list.to_owned(),
        };
        let label = column.label.get(self.language);
        if label.is_empty() { kind } else { format!("{label}{}{kind}", words.colon) }
    }

    /// The terms of every field that holds some; those that may be left out too.
    fn choices(&self, out: &mut String) {
        let tables = self.book.shape.tables.iter().zip(0_u16..);
        let columns =
            tables.flat_map(|(table, number)| table.columns.iter().zip(0_u16..).zip(std::iter::repeat(number)));
        let mut is_first = true;
        for ((column, id), table) in columns {
            let (ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary)) = column.kind else { continue };
            if table == 0 && self.chosen.is_some_and(|(key, _)| key == ColumnId(id)) {
                continue;
            }
            if is_first {
                self.heading(out, self.words.choices);
                is_first = false;
            }
            let mut heading = self.pointer(TableId(table), column);
            if matches!(column.required, Required::Yes) {
                let _infallible = write!(heading, " ({})", self.words.required);
            }
            self.painter.entry(out, &one_line(&heading), Style::Cyan, &one_line(&self.listed(vocabulary)));
        }
    }

    /// `/partners/*/city`
    fn pointer(&self, table: TableId, column: &Column) -> String {
        let mut pointer = column.pointer.clone();
        let mut of = self.book.shape.table(table).and_then(|table| table.list);
        while let Some((outer, list)) = of {
            let list = self.book.shape.column(outer, list).map(|list| list.pointer.as_str()).unwrap_or_default();
            pointer = format!("{list}/*{pointer}");
            of = self.book.shape.table(outer).and_then(|table| table.list);
        }
        pointer
    }

    fn listed(&self, vocabulary: VocabularyId) -> String {
        let Some(declared) = self.book.vocabularies.get(usize::from(vocabulary.0)) else { return String::new() };
        let within = self.within(vocabulary);
        let is_near = |term: usize| within.as_ref().is_none_or(|within| within.get(term).copied().unwrap_or(false));
        let near: Vec<&Term> =
            declared.terms.iter().enumerate().filter(|(term, _)| is_near(*term)).map(|(_, term)| term).collect();
        let mut names: Vec<String> = near.iter().take(MOST_TERMS).map(|term| self.spelt(term)).collect();
        if near.len() > MOST_TERMS {
            let (before, after) = self.words.more;
            names.push(format!("{before}{}{after}", near.len() - MOST_TERMS));
        }
        names.join(self.words.comma)
    }

    /// `logistics (Logistics)`; a label that says the same is left out.
    fn spelt(&self, term: &Term) -> String {
        let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
        let label = term.label.get(self.language);
        if label.is_empty() || plain(label) == plain(&term.name) {
            return term.name.clone();
        }
        format!("{}{}{label}{}", term.name, self.words.brackets.0, self.words.brackets.1)
    }

    /// Where each term of a vocabulary lies within a term of the key's: whether it lies within the chosen one.
    fn within(&self, vocabulary: VocabularyId) -> Option<Vec<bool>> {
        let (column, term) = self.chosen?;
        let ColumnKind::Term(key) = self.book.shape.column(TableId(0), column)?.kind else { return None };
        let placed = self.book.relations.iter().find(|one| one.single && one.from == vocabulary && one.to == key)?;
        let within: Vec<bool> = placed.partners.iter().map(|partners| partners.contains(term)).collect();
        within.contains(&true).then_some(within)
    }

    fn terms(&self, column: ColumnId) -> Option<&'a [Term]> {
        let ColumnKind::Term(vocabulary) = self.book.shape.column(TableId(0), column)?.kind else { return None };
        self.book.vocabularies.get(usize::from(vocabulary.0)).map(|vocabulary| vocabulary.terms.as_slice())
    }

    /// Directives, each with what it applies to if that hangs on what the proposal says.
    fn directives(&self, out: &mut String, heading: &str, directives: &[DirectiveId], tells_when: bool) {
        let rows: Vec<Row> = directives
            .iter()
            .filter_map(|id| self.book.directives.get(id.0 as usize))
            .map(|directive| {
                let when = directive.when.as_ref().filter(|_| tells_when);
                let when = when.map(|when| {
                    let reader = self.painter.settings.language;
                    format!("{}{}", self.words.applies_if, logic::condition(self.book, when, reader))
                });
                Row { more: when, ..self.row(&directive.heading) }
            })
            .collect();
        self.section(out, heading, &rows);
    }

    fn portfolio(&self, out: &mut String) {
        let rows: Vec<Row> = self.book.portfolio.iter().map(|directive| self.row(&directive.heading)).collect();
        self.section(out, self.words.portfolio, &rows);
    }

    fn section(&self, out: &mut String, heading: &str, rows: &[Row]) {
        if !rows.is_empty() {
            self.heading(out, heading);
            self.table(out, rows);
        }
    }

    /// `endpoint-roles`, and `must  Endpoint cities open up … §3.9`
    fn row(&self, heading: &Heading) -> Row {
        let mut clauses: Vec<String> =
            heading.grounds.citations.iter().filter_map(|one| Some(format!("§{}", one.clause.as_ref()?))).collect();
        clauses.dedup();
        let title = heading.title.get(self.language);
        let modality = Explained::of(self.painter.settings.language).modality(heading.modality);
        let clauses = if clauses.is_empty() { String::new() } else { format!("  {}", clauses.join(self.words.comma)) };
        let text = format!("{modality}{}{title}{clauses}", self.words.colon);
        Row { name: heading.name.clone(), text, more: None }
    }

    /// Two columns; the second is wrapped.
    fn table(&self, out: &mut String, rows: &[Row]) {
        let width = |text: &str| textwrap::core::display_width(text);
        let wide = rows.iter().map(|row| width(&one_line(&row.name))).max().unwrap_or(0);
        let gap = " ".repeat(wide + 4);
        for row in rows {
            let name = one_line(&row.name);
            out.push_str("  ");
            self.painter.put(out, Style::Cyan, &name);
            out.push_str(&" ".repeat(wide - width(&name) + 2));
            for (number, text) in std::iter::once(&row.text).chain(&row.more).enumerate() {
                if number > 0 {
                    out.push_str(&gap);
                }
                let text = one_line(text);
                let lines = wrap(&text, self.painter.settings.width.saturating_sub(gap.len()));
                out.push_str(&lines.join(&format!("\n{gap}")));
                out.push('\n');
            }
        }
    }
}

/// A row of a table: what it is about, what is said of it, and what else there is to say.
struct Row {
    name: String,
    text: String,
    more: Option<String>,
}
