//! `plancheck render`: a saved JSON report in any other format.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::destination;
use super::reporting::Reporting;
use super::shared;
use super::terminal::Terminal;
use crate::checker;
use crate::checker::report::Pack;
use crate::report::saved::{self, Saved};
use crate::rulebook::Rulebook;
use crate::text::display::shown;

/// Write a saved JSON report in any other format
///
/// REPORT is what `plancheck check --format json` wrote, or `-` for standard input. What a format says of directives
/// comes from the rule pack, if it is the one that the report was made with, else from the report alone. Excerpts of
/// proposals are left out. The exit code is that of the report.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck render report.json --format html=report.html
  plancheck render report.json --format sarif=report.sarif --format junit=report.xml
  plancheck check --format json proposals/ | plancheck render - --format markdown")]
pub(super) struct Render {
    /// A saved report, or `-`
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    #[command(flatten)]
    reporting: Reporting,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Render {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let destinations = match self.reporting.destinations(terminal) {
            Ok(destinations) => destinations,
            Err(message) => {
                terminal.error("run/bad-arguments", &message);
                return Exit::Failed;
            },
        };
        let Some(mut saved) = read(&self.report, terminal) else { return Exit::Failed };
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        if !take_pack(&mut saved, &book, terminal) {
            terminal.complain(
                "note: the report was made with another rule pack: what is said of directives comes from the report alone; name its pack with --rules\n",
            );
        }
        saved.report.header.root = terminal.environment.folder.as_deref().map(Into::into);
        let settings = |settings| self.reporting.settings(saved.has_statistics, settings);
        let failures = match destination::open(destinations, settings, terminal) {
            Ok(mut outputs) => checker::write(&saved.report, &mut outputs),
            Err(failure) => vec![failure],
        };
        for failure in &failures {
            terminal.error(failure.code, &format!("{}: {}", failure.path, failure.message));
        }
        if failures.is_empty() { Exit::of(saved.report.closing.exit) } else { Exit::Failed }
    }
}

/// A saved report; what is wrong with it was told.
fn read(path: &Path, terminal: &mut Terminal) -> Option<Saved> {
    let (name, bytes) = read_report(path, terminal)?;
    match saved::read(&bytes) {
        Ok(saved) => Some(saved),
        Err(error) => {
            terminal.error("run/bad-report", &format!("{name}:{error}"));
            None
        },
    }
}

/// What a file is called that holds a saved report, and its bytes; why it cannot be read was told.
pub(super) fn read_report(path: &Path, terminal: &mut Terminal) -> Option<(String, Vec<u8>)> {
    let name = if path == Path::new("-") { STANDARD_INPUT.to_owned() } else { shown(&path.to_string_lossy()) };
    let mut bytes = Vec::new();
    let done = match path == Path::new("-") {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
        false => std::fs::read(path).map(|read| bytes = read),
    };
    if let Err(error) = done {
        let (code, reason) = match error.kind() {
            std::io::ErrorKind::NotFound => ("io/not-found", "there is no such file".to_owned()),
            std::io::ErrorKind::PermissionDenied => ("io/unreadable", "this user may not read it".to_owned()),
            std::io::ErrorKind::IsADirectory => ("io/unreadable", "it is a folder".to_owned()),
            _ => ("io/unreadable", error.to_string()),
        };
        terminal.error(code, &format!("{name}: the report cannot be read: {reason}"));
        return None;
    }
    Some((name, bytes))
}

/// What standard input is called in complaints.
const STANDARD_INPUT: &str = "standard input";

/// Takes what there is to say of the rule pack from the pack at hand, if it is the report's.
fn take_pack(saved: &mut Saved, book: &Rulebook, terminal: &Terminal) -> bool {
    saved.take_pack(&format!("sha256:{}", book.plan.digest), Pack::of(book, terminal.language.tag()))
}
