//! A rule pack made ready: options carried out, directives selected.

use std::sync::Arc;

use encoding_rs::Encoding;
use globset::{Glob, GlobMatcher};

use super::atlas::Atlas;
use super::closing::close;
use super::document::Batch;
use super::encoding::by_label;
use super::options::Options;
use super::pack::Pack;
use super::report::{Failure, Header, Member, ProposalReport, Report};
use super::worker::{Origin, Worker};
use crate::diagnostic::Severity;
use crate::engine::judge::idle_verdict;
use crate::engine::message::Reader as Words;
use crate::engine::portfolio::Tally;
use crate::engine::program::{DirectiveSet, Program};
use crate::engine::reading::Reader;
use crate::rulebook::{ColumnId, Heading, Rulebook, TableId, Verdict};
use crate::text::Position;
use crate::text::nearest::nearest;

/// A rule pack made ready to judge proposals. It can be used from many threads at once.
#[derive(Debug)]
pub struct Checker<'b> {
    pub(super) book: &'b Rulebook,
    pub(super) options: Options,
    pub(super) header: Header,
    pub(super) program: Program,
    pub(super) reader: Reader<'b>,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) words: Words,
    /// The other of the tool's two languages.
    pub(super) other_words: Words,
    /// Names of the directives, by number.
    pub(super) names: Vec<Arc<str>>,
    /// The field that identifies a proposal.
    pub(super) identifier: Option<ColumnId>,
    /// The field that names it to people.
    pub(super) title: Option<ColumnId>,
    /// Warnings that hold before anything is read.
    pub(super) failures: Vec<Failure>,
    selected: DirectiveSet,
    /// Which portfolio directives are judged.
    portfolio: Vec<bool>,
}

impl<'b> Checker<'b> {
    /// Makes a rule pack ready.
    ///
    /// # Errors
    /// What keeps the options from being carried out: a bad glob or encoding, a selection that names no directive,
    /// a pack without a directive, or none in force.
    pub fn new(book: &'b Rulebook, options: Options) -> Result<Self, Vec<Failure>> {
        let mut failures = Vec::new();
        let select = Selection::new("--select", &options.select, &mut failures);
        let ignore = Selection::new("--ignore", &options.ignore, &mut failures);
        let encoding = match options.encoding.as_deref().map(by_label) {
            Some(Err(failure)) => {
                failures.push(failure);
                None
            },
            Some(Ok(encoding)) => Some(encoding).filter(|encoding| *encoding != encoding_rs::UTF_8),
            None => None,
        };
        for selection in [&select, &ignore] {
            failures.extend(selection.unmet(book));
        }
        let is_selected =
            |heading: &Heading| (select.globs.is_empty() || select.meets(heading)) && !ignore.meets(heading);
        let selected = numbers(book, |heading| is_selected(heading));
        let portfolio = book
            .portfolio
            .iter()
            .map(|one| is_selected(&one.heading) && one.heading.effective.contains(options.as_of))
            .collect();
        let program = Program::new(book, options.as_of, |one| options.verdicts || is_selected(&one.heading));
        if book.headings().next().is_none() {
            failures.push(failure(
                "--rules",
                "run/no-directive",
                "the rule pack has no directive: nothing can be checked",
            ));
        } else if !book.headings().any(|heading| heading.effective.contains(options.as_of)) {
            let message = format!("no directive is in force on {}: nothing can be checked", options.as_of);
            failures.push(failure("--as-of", "run/not-in-force", &message));
        }
        let (fatal, warnings): (Vec<_>, Vec<_>) =
            failures.into_iter().partition(|failure| failure.severity == Severity::Error);
        if !fatal.is_empty() {
            return Err(fatal);
        }
        let column = |name: &str| {
            let table = book.shape.table(TableId(0))?;
            table.fields.iter().copied().find(|column| table.column(*column).is_some_and(|field| field.name == name))
        };
        let chinese = options.language == "zh";
        let other = book.plan.language(if chinese { "en" } else { "zh" });
        Ok(Self {
            book,
            header: header(book, &options),
            program,
            reader: Reader::new(book),
            encoding,
            words: Words { language: book.plan.language(&options.language), chinese },
            other_words: Words { language: other, chinese: !chinese },
            names: book.directives.iter().map(|one| Arc::from(one.heading.name.as_str())).collect(),
            identifier: column("id"),
            title: column("title"),
            failures: warnings,
            selected,
            portfolio,
            options,
        })
    }

    /// Checks one text: a proposal, which stands in reports under `name`. For many, see [`Checker::session`].
    pub fn check_str(&self, name: &str, json: &str) -> ProposalReport {
        self.session().check(name, json)
    }

    /// Memory for checking one proposal after the other.
    pub fn session(&self) -> Session<'_, 'b> {
        Session { worker: Worker::new(self) }
    }

    /// Checks texts as if each were a file of that name, portfolio directives included as the options say.
    pub fn check_texts(&self, texts: &[(&str, &str)]) -> Report {
        let mut batch = Batch::keeping(self);
        for (name, json) in texts {
            batch.document(&Arc::from(*name), json.as_bytes());
        }
        self.report(batch, false)
    }

    pub(super) fn report(&self, mut batch: Batch<'_, '_>, saw_folder: bool) -> Report {
        let proposals = batch.take_kept();
        let (counts, tallies): (_, Vec<Tally<Member>>) = batch.finish();
        let closing = close(self, counts, &tallies, saw_folder, false);
        Report { header: self.header.clone(), proposals, closing }
    }

    /// Whether findings of an ordinary directive are asked for.
    pub(super) fn is_selected(&self, directive: usize) -> bool {
        self.selected.contains(directive)
    }

    /// Whether findings of the directive of that name are asked for, and it is in force; so it is if the pack has none.
    pub(super) fn judges(&self, name: &str) -> bool {
        let ordinary = self.names.iter().position(|own| own.as_ref() == name);
        let portfolio = || self.book.portfolio.iter().position(|one| one.heading.name == name);
        match ordinary {
            Some(number) => self.program.running.contains(number) && self.is_selected(number),
            None => portfolio().is_none_or(|number| self.judges_portfolio_directive(number)),
        }
    }

    /// The verdicts that reports list, as they are of a proposal that the index of directives passes over.
    pub fn idle_verdicts(&self) -> Vec<(Arc<str>, Verdict)> {
        let listed = self.names.iter().enumerate().filter(|(number, _)| self.lists(*number));
        listed.map(|(number, name)| (Arc::clone(name), idle_verdict(&self.program, number))).collect()
    }

    /// Whether reports that list verdicts list that of a directive.
    pub(super) fn lists(&self, directive: usize) -> bool {
        // What was not selected is judged only if all verdicts are asked for.
        self.options.verdicts || self.is_selected(directive)
    }

    /// Whether a directive of that name judges the portfolio.
    pub(super) fn is_of_portfolio(&self, name: &str) -> bool {
        self.book.portfolio.iter().any(|one| one.heading.name == name)
    }

    pub(super) fn judges_portfolio(&self) -> bool {
        self.options.portfolio != super::options::PortfolioMode::Off && self.portfolio.contains(&true)
    }

    pub(super) fn judges_portfolio_directive(&self, number: usize) -> bool {
        self.portfolio.get(number).copied().unwrap_or(false)
    }
}

/// Checks one proposal after the other in the same memory.
pub struct Session<'c, 'b> {
    worker: Worker<'c, 'b>,
}

impl std::fmt::Debug for Session<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session<'_, '_> {
    /// Checks one text: a proposal, which stands in reports under `name`.
    pub fn check(&mut self, name: &str, json: &str) -> ProposalReport {
        let base = Position { line: 1, column: 1, offset: 0 };
        self.worker.check(json, &Origin { path: Arc::from(name), index: 0, base })
    }
}

fn numbers(book: &Rulebook, is_selected: impl Fn(&Heading) -> bool) -> DirectiveSet {
    let mut set = DirectiveSet::with_room_for(book.directives.len());
    for (number, directive) in book.directives.iter().enumerate() {
        if is_selected(&directive.heading) {
            set.insert(number);
        }
    }
    set
}

fn header(book: &Rulebook, options: &Options) -> Header {
    Header {
        plan: book.plan.name.clone(),
        version: book.plan.version.clone(),
        digest: format!("sha256:{}", book.plan.digest),
        as_of: options.as_of.to_string(),
        relaxations: options.relaxations.clone(),
        root: options.root.as_deref().map(Arc::from),
        pack: Arc::new(if options.shows_pack { Pack::of(book, &options.language) } else { Pack::default() }),
        atlas: Arc::new(if options.shows_pack { Atlas::of(book) } else { Atlas::default() }),
    }
}

fn failure(path: &str, code: &'static str, message: &str) -> Failure {
    Failure { path: path.to_owned(), code, message: message.to_owned(), severity: Severity::Error }
}

/// Which directives globs of names and tags select; without a glob, all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// By number, whether an ordinary directive is selected.
    pub directives: Vec<bool>,
    /// The same of portfolio directives.
    pub portfolio: Vec<bool>,
    /// What is questionable in the globs.
    pub warnings: Vec<Failure>,
}

/// Carries out `--select` where nothing is checked.
///
/// # Errors
/// A bad glob, or one that names no directive.
pub fn selected(book: &Rulebook, globs: &[String]) -> Result<Selected, Vec<Failure>> {
    let mut failures = Vec::new();
    let selection = Selection::new("--select", globs, &mut failures);
    failures.extend(selection.unmet(book));
    let (fatal, warnings): (Vec<_>, Vec<_>) =
        failures.into_iter().partition(|failure| failure.severity == Severity::Error);
    if !fatal.is_empty() {
        return Err(fatal);
    }
    let is_selected = |heading: &Heading| globs.is_empty() || selection.meets(heading);
    Ok(Selected {
        directives: book.directives.iter().map(|one| is_selected(&one.heading)).collect(),
        portfolio: book.portfolio.iter().map(|one| is_selected(&one.heading)).collect(),
        warnings,
    })
}

/// Globs of directive names and tags.
struct Selection {
    option: &'static str,
    globs: Vec<(String, GlobMatcher)>,
}

impl Selection {
    fn new(option: &'static str, globs: &[String], failures: &mut Vec<Failure>) -> Self {
        let mut selection = Self { option, globs: Vec::new() };
        for glob in globs {
            match Glob::new(glob) {
                Ok(compiled) => selection.globs.push((glob.clone(), compiled.compile_matcher())),
                Err(error) => {
                    let message = format!("`{}` is no glob: {}", crate::text::display::shown(glob), error.kind());
                    failures.push(failure(option, "run/bad-glob", &message));
                },
            }
        }
        selection
    }

    fn meets(&self, heading: &Heading) -> bool {
        self.globs.iter().any(|(_, glob)| meets(glob, heading))
    }

    /// A selection that names no directive is an error; a glob that a former name meets is a warning.
    fn unmet(&self, book: &Rulebook) -> Vec<Failure> {
        let mut failures = Vec::new();
        for (text, glob) in &self.globs {
            let shown = crate::text::display::shown(text);
            let former = book.headings().find(|one| one.formerly.iter().any(|name| glob.is_match(name)));
            if !book.headings().any(|heading| meets(glob, heading)) {
                let names = book.headings().map(|heading| heading.name.as_str());
                let hint = match nearest(text, names.map(|name| (name, name))) {
                    Some(near) => format!("; did you mean `{near}`?"),
                    None => "; `plancheck rules` lists the names".to_owned(),
                };
                let message = format!("`{shown}` is the name or tag of no directive{hint}");
                failures.push(failure(self.option, "run/unknown-directive", &message));
            } else if let Some(heading) = former.filter(|heading| !glob.is_match(&heading.name)) {
                let message = format!("`{shown}` is a former name; the directive is called `{}` now", heading.name);
                let warning = failure(self.option, "run/former-name", &message);
                failures.push(Failure { severity: Severity::Warning, ..warning });
            }
        }
        failures
    }
}

fn meets(glob: &GlobMatcher, heading: &Heading) -> bool {
    let others = heading.tags.iter().chain(&heading.formerly);
    glob.is_match(&heading.name) || others.into_iter().any(|name| glob.is_match(name))
}
