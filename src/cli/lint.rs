//! `plancheck lint`: all that is wrong or questionable in a rule pack.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::destination;
use super::shared;
use super::terminal::Terminal;
use crate::catalogue;
use crate::checker::lint::{Lint, lint};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::diagnostics::{self, Pack};
use crate::rulebook::Rulebook;
use crate::text::display::shown;
use crate::text::nearest::nearest;

/// The word of `--deny` for every warning.
const WARNINGS: &str = "warnings";

/// Say what is wrong or questionable in a rule pack
///
/// PATH is the folder of a rule pack; without one, and without --rules, the embedded Henan pack. Every error and every
/// warning has a code; `plancheck explain CODE` says what it means.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck lint my-pack/
  plancheck lint --deny warnings --allow untested my-pack/
  plancheck lint --format human --format sarif=lint.sarif my-pack/

Exit codes: 0 nothing was found but warnings, 1 errors or denied warnings were found, 2 there is no rule pack
to look at, or the arguments are bad. A pack that has errors is 1 here, and 2 for the verbs that use it.")]
pub(super) struct LintPack {
    /// The folder of a rule pack; the same as --rules
    #[arg(value_name = "PATH", conflicts_with = "rules")]
    path: Option<PathBuf>,
    /// human, concise, json, sarif or github; with `=FILE` into a file. May be given several times
    #[arg(long, value_name = "F[=FILE]")]
    format: Vec<String>,
    /// Count warnings of this code as errors, or all of them: `warnings`. May be given several times
    #[arg(long, value_name = "CODE|warnings")]
    deny: Vec<String>,
    /// Do not report warnings of this code. May be given several times
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl LintPack {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let known: Vec<&str> = diagnostics::names().collect();
        let otherwise = if terminal.environment.out_is_terminal { "human" } else { "concise" };
        let asked = destination::read(&self.format, &known, otherwise).and_then(|destinations| {
            let (deny, allow) = (codes(&self.deny, "--deny", true)?, codes(&self.allow, "--allow", false)?);
            match allow.iter().find(|code| deny.contains(code)) {
                Some(code) => Err(format!("`{code}` is denied and allowed; leave one of them out")),
                None => Ok((destinations, deny, allow)),
            }
        });
        let (destinations, deny, allow) = match asked {
            Ok(asked) => asked,
            Err(message) => {
                terminal.error("run/bad-arguments", &message);
                return Exit::Failed;
            },
        };
        let folder = self.path.as_ref().or(self.shared.rules.as_ref());
        let loaded = match folder {
            Some(folder) => Rulebook::load(folder),
            None => Rulebook::henan(),
        };
        let folder = folder.map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
        let Lint { files, diagnostics } = lint(loaded, terminal.language.tag());
        if files.iter().next().is_none() {
            for diagnostic in &diagnostics {
                terminal.error(diagnostic.code, &diagnostic.message);
            }
            return Exit::Failed;
        }
        let found = judged(diagnostics, &deny, &allow);
        let written = destination::write(&destinations, terminal, |format, settings| {
            let pack = Pack { files: &files, folder: &folder };
            diagnostics::write(format, &found, pack, settings).unwrap_or_default()
        });
        match written {
            Exit::Good if found.iter().any(|one| one.severity == Severity::Error) => Exit::Found,
            other => other,
        }
    }
}

/// The diagnostics without the warnings that are allowed; those that are denied are errors.
fn judged(diagnostics: Vec<Diagnostic>, deny: &[&str], allow: &[&str]) -> Vec<Diagnostic> {
    let is_kept = |one: &Diagnostic| one.severity == Severity::Error || !allow.contains(&one.code);
    let judged = diagnostics.into_iter().filter(is_kept).map(|one| {
        let is_denied = deny.contains(&one.code) || deny.contains(&WARNINGS);
        if is_denied { Diagnostic { severity: Severity::Error, ..one } } else { one }
    });
    judged.collect()
}

/// The codes on rules of these names; `rules/` may be left out, and so may a part that only one code lacks.
fn codes(written: &[String], option: &str, or_all: bool) -> Result<Vec<&'static str>, String> {
    let known = || catalogue::names().filter(|name| name.starts_with("rules/"));
    let mut found = Vec::new();
    for written in written {
        if or_all && written == WARNINGS {
            found.push(WARNINGS);
            continue;
        }
        let bare = written.strip_prefix("rules/").unwrap_or(written);
        match known().find(|name| name.strip_prefix("rules/") == Some(bare)) {
            Some(code) => found.push(code),
            None => {
                let bare_names = known().filter_map(|name| name.strip_prefix("rules/"));
                let hint = match nearest(bare, bare_names.map(|name| (name, name))) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`plancheck lint` prints the code of each finding".to_owned(),
                };
                return Err(format!("{option}: there is no code `{}`; {hint}", shown(written)));
            },
        }
    }
    Ok(found)
}
