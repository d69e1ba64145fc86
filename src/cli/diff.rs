//! `plancheck diff`: which verdicts change between two rule packs.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::check::failed;
use super::judging::day;
use super::shared::{self, ListFormat};
use super::terminal::Terminal;
use crate::analysis::{changed_names, changes, difference, flips, portfolio_changes};
use crate::diagnostic::Severity;
use crate::report::comparison::{Comparison, human, json};
use crate::value::Day;

/// Say which verdicts change between two rule packs or two editions of a plan
///
/// Of each directive that both packs have (by name or former name) it is proved that its verdicts are the same on every proposal
/// that both read, or a proposal is shown on which they differ. With paths, the proposals there are judged by both packs, and
/// those that flip are listed with what changed. docs/diff.md says more.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck diff rules-2025/ rules-2026/
  plancheck diff rules-2025/ rules-2026/ proposals/ --format json

OLD or NEW may be `henan`, the embedded pack, unless there is a folder of that name.

Exit codes: 0 no verdict can differ, 1 one can or does or it is not known, or directives or declarations were added, removed or
changed, 2 the run itself failed.")]
pub(super) struct Diff {
    /// The folder of the first rule pack
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The folder of the second
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Proposals to judge by both: files or folders
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// human or json
    #[arg(long, value_name = "F", default_value = "human")]
    format: ListFormat,
    /// Compare as of this day, `2026-03-01`; without it for every day, and proposals as of today (in UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Diff {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        if self.shared.rules.is_some() {
            terminal.error("run/bad-arguments", "`diff` names both packs itself: leave out --rules");
            return Exit::Failed;
        }
        let pack = |path: &Path, terminal: &mut Terminal| {
            let is_embedded = path == Path::new("henan") && !path.exists();
            self.shared.pack((!is_embedded).then_some(path), terminal)
        };
        let (Some(old), Some(new)) = (pack(&self.old, terminal), pack(&self.new, terminal)) else {
            return Exit::Failed;
        };
        let found = difference(&old, &new, self.as_of);
        let names = changed_names(&old, &new);
        let changes = found.compared.iter().map(|pair| changes((&old, pair.old), (&new, pair.new), &names)).collect();
        let portfolio = found.portfolio.both.iter();
        let portfolio_changes =
            portfolio.map(|(one, other)| portfolio_changes((&old, *one), (&new, *other), &names)).collect();
        let mut code = Exit::Good;
        let judged = if self.paths.is_empty() {
            None
        } else {
            let Some(as_of) = self.as_of.or(terminal.environment.today) else {
                terminal.error("run/bad-arguments", "this machine does not tell what day it is; say it with --as-of");
                return Exit::Failed;
            };
            match flips((&old, &new), &found, &self.paths, as_of) {
                Ok(judged) => Some(judged),
                Err(failures) => return failed(&failures, terminal),
            }
        };
        for failure in judged.iter().flat_map(|judged| &judged.failures) {
            terminal.complain(&format!(
                "{}[{}] {}: {}\n",
                failure.severity.word(),
                failure.code,
                failure.path,
                failure.message
            ));
            if failure.severity == Severity::Error {
                code = Exit::Failed;
            }
        }
        let comparison = Comparison {
            old: &old,
            new: &new,
            difference: &found,
            changes,
            portfolio_changes,
            names: names.into_iter().collect(),
            flips: judged.as_ref(),
        };
        let settings = terminal.settings();
        let printed = match self.format {
            ListFormat::Human => terminal.print_or_fail(human(&comparison, settings).as_bytes()),
            ListFormat::Json => terminal.print_or_fail(&json(&comparison, settings)),
        };
        match (code, printed) {
            (Exit::Failed, _) | (_, Exit::Failed) => Exit::Failed,
            _ if comparison.is_equal() => Exit::Good,
            _ => Exit::Found,
        }
    }
}
