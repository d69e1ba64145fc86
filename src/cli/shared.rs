//! Options that every verb has.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use super::terminal::Terminal;
use crate::report::diagnostics;
use crate::rulebook::{Rulebook, RulebookError};
use crate::text::display::shown;

/// The heading that they stand under in help texts.
pub(super) const SHARED: &str = "Options of every command";

/// Options that every verb has.
#[derive(Debug, Args)]
#[command(next_help_heading = SHARED)]
pub(super) struct Shared {
    /// The folder of a rule pack; without it, the embedded Henan pack
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub rules: Option<PathBuf>,
    /// The language of messages; without it, the locale's
    #[arg(long, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// The file of settings; without it, plancheck.toml in the current folder or the nearest above it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Read no file of settings
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
    /// Say no more than must be said
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more
    #[arg(short, long)]
    pub verbose: bool,
}

/// Languages of the tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    /// English
    En,
    /// Chinese
    Zh,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Formats of verbs that list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For people
    Human,
    /// JSON
    Json,
}

impl Shared {
    /// The rule pack that is asked for; what is wrong with it goes to standard error.
    pub fn rulebook(&self, terminal: &mut Terminal) -> Option<Rulebook> {
        self.pack(self.rules.as_deref(), terminal)
    }

    /// The rule pack of a folder; without one, the embedded pack.
    pub fn pack(&self, folder: Option<&Path>, terminal: &mut Terminal) -> Option<Rulebook> {
        let loaded = match folder {
            Some(folder) => Rulebook::load(folder),
            None => Rulebook::henan(),
        };
        self.sound(loaded, folder, terminal)
    }

    /// The rule pack that is asked for, to judge by; its warnings are told with `-v` alone.
    pub fn rulebook_to_judge(&self, terminal: &mut Terminal) -> Option<Rulebook> {
        if self.verbose {
            return self.rulebook(terminal);
        }
        let folder = self.rules.as_deref();
        self.sound(Rulebook::load_to_judge(folder), folder, terminal)
    }

    /// The rule pack that is asked for, even if its source does not hold all that it cites.
    pub fn drifted_rulebook(&self, terminal: &mut Terminal) -> Option<Rulebook> {
        let loaded = match &self.rules {
            Some(folder) => Rulebook::load_drifted(folder),
            None => Rulebook::henan(),
        };
        self.sound(loaded, self.rules.as_deref(), terminal)
    }

    /// The rule pack that is asked for, with the tests of case files outside of it.
    pub fn rulebook_with_cases(&self, cases: &[PathBuf], terminal: &mut Terminal) -> Option<Rulebook> {
        if cases.is_empty() {
            return self.rulebook(terminal);
        }
        self.sound(Rulebook::load_with_cases(self.rules.as_deref(), cases), self.rules.as_deref(), terminal)
    }

    fn sound(
        &self,
        loaded: Result<Rulebook, RulebookError>,
        folder: Option<&Path>,
        terminal: &mut Terminal,
    ) -> Option<Rulebook> {
        match loaded {
            Ok(book) => {
                if self.verbose && !book.warnings.is_empty() {
                    let text = diagnostics::human(&book.warnings, &book.files, terminal.error_settings());
                    terminal.complain(&text);
                }
                Some(book)
            },
            Err(error) => {
                faulty(&error, folder, terminal);
                None
            },
        }
    }
}

fn faulty(error: &RulebookError, folder: Option<&Path>, terminal: &mut Terminal) {
    terminal.complain_of(&error.diagnostics, &error.files);
    let name = folder.map_or_else(|| "henan".to_owned(), |folder| shown(&folder.to_string_lossy()));
    terminal.error("run/faulty-rules", &format!("the rule pack `{name}` has errors: nothing was done"));
}
