//! `plancheck init`: a new rule pack, or a proposal to fill in.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, ValueHint};

use super::Exit;
use super::new_files::write_new;
use super::plan_files;
use super::settings::is_written;
use super::shared;
use super::terminal::Terminal;
use crate::analysis::{Analysis, Chosen, key_field};
use crate::report::{draft, starter as report};
use crate::rulebook::{ColumnKind, PackFile, Rulebook, TableId, Term, Vocabulary, starter};
use crate::text::display::shown;
use crate::text::nearest::nearest_or_part;
use crate::text::normal::fold;

/// The most terms that a complaint names.
const MOST_NAMES: usize = 20;

/// Begin a rule pack, or a proposal
///
/// The pack is small and sound: it passes `lint`, `test`, `coverage`, `verify` and `check` at once, and its notes say what each
/// part is for; `--lang zh` writes it in Chinese words. The proposal has every required field, and what to replace, what may be
/// chosen and which directives will apply is told on standard error. Nothing is written over.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck init rules/
  plancheck init --lang zh 规则/
  plancheck init --proposal anyang anyang.json
  plancheck init --proposal 郑州 > 郑州.json
  plancheck init --rules rules/ --proposal old-town

Exit codes: 0 it was written, 2 it was not, and nothing was.")]
pub(super) struct Init {
    /// The folder of the new pack, without it the current one; with --proposal the file to write, without it standard output
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: Option<PathBuf>,
    /// Begin a proposal for this city, by name, label, code or other spelling; in a pack without cities, for a term of the
    /// first required field that holds one; `-` is none in particular
    #[arg(long, value_name = "CITY", allow_hyphen_values = true)]
    proposal: Option<String>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Init {
    pub(super) fn run(&self, written: &ArgMatches, terminal: &mut Terminal) -> Exit {
        match &self.proposal {
            Some(wanted) => self.proposal(wanted, terminal),
            None if is_written(written, "rules") => {
                let message = "`--rules` names the pack of a proposal: add --proposal CITY, or name the folder of the new pack alone";
                terminal.error("run/bad-arguments", message);
                Exit::Failed
            },
            None => self.pack(terminal),
        }
    }

    fn pack(&self, terminal: &mut Terminal) -> Exit {
        let folder = self.path.as_deref().unwrap_or(Path::new("."));
        let files = starter(terminal.language.tag());
        let obstacles = obstacles(folder, &files);
        if !obstacles.is_empty() {
            for (code, message) in obstacles {
                terminal.error(code, &message);
            }
            return Exit::Failed;
        }
        let named = files.iter().map(|file| (file.name.as_str(), file.text.as_str()));
        if let Err((path, error)) = write_new(folder, named) {
            let message = format!("`{}` could not be written, and so nothing was: {error}", path.display());
            terminal.error("io/unwritable", &message);
            return Exit::Failed;
        }
        let settings = terminal.settings();
        if settings.quiet {
            return Exit::Good;
        }
        terminal.print_or_fail(report::human(&folder.to_string_lossy(), &files, settings).as_bytes())
    }

    fn proposal(&self, wanted: &str, terminal: &mut Terminal) -> Exit {
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        let chosen = match chosen(&book, wanted) {
            Ok(chosen) => chosen,
            Err((code, message)) => {
                terminal.error(code, &message);
                return Exit::Failed;
            },
        };
        let as_of = terminal.environment.today;
        let language = book.plan.language(terminal.language.tag());
        let drafted = Analysis::new(&book, as_of).draft(chosen, &|column| draft::placeholder(column, language));
        let Some(drafted) = drafted else {
            let message =
                "no proposal was found that the declared shape allows; `plancheck verify` says more of the pack";
            terminal.error("run/no-witness", message);
            return Exit::Failed;
        };
        let text = format!("{}\n", drafted.proposal.pretty());
        let done = match self.path.as_deref().filter(|path| *path != Path::new("-")) {
            None => terminal.print_or_fail(text.as_bytes()),
            Some(path) => write_proposal(path, &text, terminal),
        };
        let settings = terminal.error_settings();
        if done == Exit::Good && !settings.quiet {
            let mut beside = draft::human(&book, &drafted, chosen, as_of, settings);
            if let Some(path) = self.path.as_deref().filter(|path| *path != Path::new("-")) {
                let pack = self.shared.rules.as_deref().map(Path::to_string_lossy);
                beside.push_str(&draft::next(&path.to_string_lossy(), pack.as_deref(), settings));
            }
            terminal.complain(&beside);
        }
        done
    }
}

fn write_proposal(path: &Path, text: &str, terminal: &mut Terminal) -> Exit {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let outcome = if path.is_dir() || name.is_empty() {
        Err((path.to_owned(), ErrorKind::IsADirectory.into()))
    } else if !folder.as_os_str().is_empty() && !folder.exists() {
        Err((path.to_owned(), ErrorKind::NotFound.into()))
    } else {
        write_new(folder, [(name.as_str(), text)].into_iter())
    };
    let Err((path, error)) = outcome else { return Exit::Good };
    let path = path.display();
    let (code, message) = match error.kind() {
        ErrorKind::IsADirectory => ("io/exists", format!("`{path}` is a folder; name the file of the proposal")),
        ErrorKind::AlreadyExists => {
            ("io/exists", format!("`{path}` is there already; nothing was written: name another file"))
        },
        ErrorKind::NotFound => ("io/unwritable", format!("`{path}` could not be written: there is no such folder")),
        _ => ("io/unwritable", format!("`{path}` could not be written: {error}")),
    };
    terminal.error(code, &message);
    Exit::Failed
}

/// The field that says what proposals are about, and the term of it that a spelling means; neither for `-`.
fn chosen(book: &Rulebook, wanted: &str) -> Result<Option<Chosen>, (&'static str, String)> {
    if book.shape.table(TableId(0)).is_none() {
        let message = "the rule pack declares no proposal: there is nothing to fill in";
        return Err(("run/bad-arguments", message.to_owned()));
    }
    if wanted == "-" {
        return Ok(None);
    }
    let key = key_field(book).and_then(|id| {
        let column = book.shape.column(TableId(0), id)?;
        let ColumnKind::Term(vocabulary) = column.kind else { return None };
        Some((id, column, book.vocabularies.get(usize::from(vocabulary.0))?))
    });
    let Some((id, column, vocabulary)) = key else {
        let message =
            "no field of the pack's proposals holds a term, so that there is none to begin with: say --proposal -";
        return Err(("run/bad-arguments", message.to_owned()));
    };
    let folded = fold(wanted);
    let spelt = |term: &Term| term.spellings().any(|spelling| fold(spelling) == folded);
    match vocabulary.terms.iter().position(spelt).and_then(|term| u16::try_from(term).ok()) {
        Some(term) => Ok(Some((id, term))),
        None => Err(("run/unknown-name", unknown(book, &column.name, vocabulary, wanted))),
    }
}

fn unknown(book: &Rulebook, field: &str, vocabulary: &Vocabulary, wanted: &str) -> String {
    let folded = fold(wanted);
    let holds = |other: &Vocabulary| other.terms.iter().flat_map(Term::spellings).any(|one| fold(one) == folded);
    let wanted = shown(wanted);
    let name = &vocabulary.name;
    let start = match book.vocabularies.iter().find(|other| holds(other)) {
        Some(other) => format!("`{wanted}` is a term of `{}`, and `{field}` holds terms of `{name}`", other.name),
        None => format!("`{wanted}` is no term of `{name}`"),
    };
    let spellings = vocabulary.terms.iter().flat_map(|term| term.spellings().map(move |spelling| (spelling, term)));
    match nearest_or_part(&wanted, spellings) {
        Some(near) => format!("{start}; did you mean `{}`?", near.name),
        None => {
            let names: Vec<&str> = vocabulary.terms.iter().take(MOST_NAMES).map(|term| term.name.as_str()).collect();
            let rest = if vocabulary.terms.len() > names.len() { " and others" } else { "" };
            format!("{start}; there are {}{rest}", names.join(", "))
        },
    }
}

/// What stands in the way of a pack in a folder, each with its code.
fn obstacles(folder: &Path, files: &[PackFile]) -> Vec<(&'static str, String)> {
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => {
            let message = format!("`{}` is a file; a rule pack is a folder: name another", folder.display());
            return vec![("io/exists", message)];
        },
        Ok(_) => {},
        Err(_) => return Vec::new(),
    }
    let exists = |path: &Path| fs::symlink_metadata(path).is_ok();
    let mut own = files.iter().map(|file| folder.join(&file.name)).filter(|path| exists(path)).peekable();
    if own.peek().is_some() {
        let there = |path: PathBuf| {
            let message = format!("`{}` is there already; nothing was written: name another folder", path.display());
            ("io/exists", message)
        };
        return own.map(there).collect();
    }
    match plan_files::below(folder) {
        Ok(plans) => plans.first().map(|plan| ("io/exists", mixed(plan, plans.len()))).into_iter().collect(),
        Err((path, error)) => {
            let message = format!("`{}` could not be looked into: {error}", shown(&path.to_string_lossy()));
            vec![("io/unreadable", message)]
        },
    }
}

/// All plan files of a folder are one pack.
fn mixed(plan: &Path, count: usize) -> String {
    let others = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
    format!("`{}`{others} would become part of the new pack; nothing was written: name another folder", plan.display())
}
