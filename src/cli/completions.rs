//! `plancheck completions`: what shells and `man` need to know of the command line.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;

use super::Exit;
use super::shared;
use super::shown_command;
use super::terminal::Terminal;
use crate::checker::output::write_whole;
use crate::text::display::shown;

/// What the pages of the manual belong to.
const MANUAL: &str = "plancheck";

/// Print completions for a shell, or write the manual pages
///
/// The script goes to standard output; each shell has its own place for it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  source <(plancheck completions bash)
  plancheck completions zsh > ~/.zfunc/_plancheck
  plancheck completions fish > ~/.config/fish/completions/plancheck.fish
  plancheck completions powershell | Out-String | Invoke-Expression
  plancheck completions --man ~/.local/share/man/man1
  plancheck completions --man | man -l -")]
pub(super) struct Completions {
    /// The shell whose completions are printed
    #[arg(value_name = "SHELL", required_unless_present = "man", conflicts_with = "man")]
    shell: Option<Shell>,
    /// Write a manual page of each command into this folder, which is made if need be; without DIR, print them
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, num_args = 0..=1)]
    man: Option<Option<PathBuf>>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

/// A manual page and the name of its file.
struct Page {
    name: String,
    text: Vec<u8>,
}

impl Completions {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let done = match (self.shell, &self.man) {
            (Some(shell), _) => Ok(script(shell)),
            (None, Some(Some(folder))) => return write(folder, terminal),
            (None, _) => pages().map(|pages| pages.into_iter().flat_map(|page| page.text).collect()),
        };
        match done {
            Ok(text) => terminal.print_or_fail(&text),
            Err(error) => failed(&error, terminal),
        }
    }
}

/// The completions of a shell.
fn script(shell: Shell) -> Vec<u8> {
    let (mut command, mut out) = (shown_command(), Vec::new());
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, &mut command, name, &mut out);
    out
}

/// A page of the program, and one of each verb.
fn pages() -> io::Result<Vec<Page>> {
    let mut whole = shown_command().disable_help_subcommand(true);
    whole.build();
    let verbs: Vec<Command> = whole.get_subcommands().cloned().collect();
    std::iter::once(whole).chain(verbs).map(page).collect()
}

fn page(command: Command) -> io::Result<Page> {
    // An empty date would be left out, and what stands behind it would take its place.
    let man = Man::new(command).date(" ").source(concat!("plancheck ", env!("CARGO_PKG_VERSION"))).manual(MANUAL);
    let mut text = Vec::new();
    man.render(&mut text)?;
    Ok(Page { name: man.get_filename(), text })
}

fn write(folder: &Path, terminal: &mut Terminal) -> Exit {
    let pages = match pages() {
        Ok(pages) => pages,
        Err(error) => return failed(&error, terminal),
    };
    if let Err(error) = fs::create_dir_all(folder) {
        let name = shown(&folder.to_string_lossy());
        terminal.error("io/unwritable", &format!("`{name}`: the folder could not be made: {error}"));
        return Exit::Failed;
    }
    for page in pages {
        if let Err(failure) = write_whole(&folder.join(page.name), &page.text) {
            terminal.error(failure.code, &format!("{}: {}", failure.path, failure.message));
            return Exit::Failed;
        }
    }
    Exit::Good
}

fn failed(error: &io::Error, terminal: &mut Terminal) -> Exit {
    terminal.error("io/unwritable", &format!("the manual could not be made: {error}"));
    Exit::Failed
}
