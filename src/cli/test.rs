//! `plancheck test`: runs the `test` items of a rule pack, and case files beside it.

use std::path::PathBuf;

use clap::Args;
use globset::{Glob, GlobMatcher};

use super::Exit;
use super::destination;
use super::percent::percent;
use super::shared;
use super::terminal::Terminal;
use crate::checker::tests::{measure, run_selected, shape_faults};
use crate::report::Language;
use crate::report::outcomes::{FORMATS, TestReport, write};
use crate::rulebook::{ExpectedOf, Rulebook, Test as Case};
use crate::text::display::shown;
use crate::text::nearest::nearest;
use crate::value::Number;

/// Run the tests of a rule pack, say which failed and why, and what they do not reach
///
/// PATH is a case file, or a folder with `*.plan` case files: files outside of the pack that hold `test` items and nothing
/// else. Their tests are run after those of the pack. A failing expectation shows the steps that led to the other verdict.
/// Coverage counts the outcomes (true, false, unknown) that tests bring about of each condition of the directives whose
/// verdict they expect.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck test
  plancheck test --rules my-pack/ --require-coverage 80
  plancheck test --rules my-pack/ cases/ --format human --format junit=tests.xml
  plancheck test --filter endpoint-roles --filter 'a county*'

Exit codes: 0 every test passed, 1 one failed or less than --require-coverage is covered,
2 the pack is faulty, it has no test, or a --filter meets none.")]
pub(super) struct Test {
    /// Case files, and folders that hold them
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// human, json, junit or tap; with `=FILE` into a file. May be given several times
    #[arg(long, value_name = "F[=FILE]")]
    format: Vec<String>,
    /// Run only tests whose name or file holds this text, or that expect a verdict of a directive of this name; with
    /// `*`, `?`, `[` or `{` a glob over the whole of one of them. May be given several times
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// Fail if a smaller share of the conditions' outcomes is covered, from 0 to 100
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    require_coverage: Option<Number>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Test {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let names: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
        let destinations = match destination::read(&self.format, &names, "human") {
            Ok(destinations) => destinations,
            Err(message) => return refuse(terminal, "run/bad-arguments", &message),
        };
        let filters = match self.filter.iter().map(|text| Filter::new(text)).collect::<Result<Vec<_>, _>>() {
            Ok(filters) => filters,
            Err(message) => return refuse(terminal, "run/bad-glob", &message),
        };
        let Some(book) = self.shared.rulebook_with_cases(&self.paths, terminal) else { return Exit::Failed };
        if book.tests.is_empty() {
            return refuse(terminal, "run/no-tests", "the rule pack has no test: nothing was tested");
        }
        for filter in &filters {
            if !book.tests.iter().any(|test| filter.meets(test, &book)) {
                return refuse(terminal, "run/no-tests", &filter.unmet(&book));
            }
        }
        let warnings = shape_faults(&book, terminal.language.tag());
        if !warnings.is_empty() {
            terminal.complain_of(&warnings, &book.files);
        }
        let is_selected = |test: &Case| filters.is_empty() || filters.iter().any(|filter| filter.meets(test, &book));
        let outcomes = run_selected(&book, &is_selected, terminal.language.tag());
        let measure = measure(&book, &is_selected);
        let report = TestReport { book: &book, outcomes: &outcomes, measure: &measure };
        let written = destination::write(&destinations, terminal, |name, settings| {
            write(name, &report, settings).unwrap_or_default()
        });
        if written == Exit::Failed {
            return Exit::Failed;
        }
        let is_short = |wanted: &Number| measure.percent().is_some_and(|percent| percent < *wanted);
        if let Some(wanted) = self.require_coverage.filter(is_short) {
            let covered = measure.percent_text();
            terminal.complain(&match terminal.language {
                Language::English => format!("covered: {covered}%, less than the {wanted}% of --require-coverage\n"),
                Language::Chinese => format!("覆盖率 {covered}%，低于 --require-coverage 要求的 {wanted}%\n"),
            });
            return Exit::Found;
        }
        if report.failed() > 0 { Exit::Found } else { written }
    }
}

fn refuse(terminal: &mut Terminal, code: &str, message: &str) -> Exit {
    terminal.error(code, message);
    Exit::Failed
}

/// Which tests are meant.
enum Filter {
    Text(String),
    Glob(String, GlobMatcher),
}

impl Filter {
    fn new(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("an empty --filter says nothing; leave it out".to_owned());
        }
        if !text.contains(['*', '?', '[', '{']) {
            return Ok(Self::Text(text.to_owned()));
        }
        let glob = Glob::new(text).map_err(|error| format!("`{}` is no glob: {}", shown(text), error.kind()))?;
        Ok(Self::Glob(text.to_owned(), glob.compile_matcher()))
    }

    fn meets(&self, test: &Case, book: &Rulebook) -> bool {
        let file = book.files.name(test.span.file);
        let mut directives = test.expect.iter().filter_map(|expected| directive(book, &expected.directive));
        match self {
            Self::Text(text) => test.name.contains(text) || file.contains(text) || directives.any(|name| name == text),
            Self::Glob(_, glob) => {
                glob.is_match(&test.name) || glob.is_match(file) || directives.any(|name| glob.is_match(name))
            },
        }
    }

    fn unmet(&self, book: &Rulebook) -> String {
        let (Self::Text(text) | Self::Glob(text, _)) = self;
        let directives = book.directives.iter().map(|one| one.heading.name.as_str());
        let known = directives.chain(book.portfolio.iter().map(|one| one.heading.name.as_str()));
        let known = known.chain(book.tests.iter().map(|test| test.name.as_str()));
        match nearest(text, known.map(|name| (name, name))) {
            Some(near) => format!("`--filter {}` meets no test; did you mean `{}`?", shown(text), shown(near)),
            None => format!("`--filter {}` meets the name, the file and the directives of no test", shown(text)),
        }
    }
}

fn directive<'b>(book: &'b Rulebook, expected: &ExpectedOf) -> Option<&'b str> {
    match expected {
        ExpectedOf::Directive(id) => book.directives.get(id.0 as usize).map(|one| one.heading.name.as_str()),
        ExpectedOf::Portfolio(number, _) => book.portfolio.get(*number).map(|one| one.heading.name.as_str()),
    }
}
