//! Options that every verb has.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::terminal::Terminal;
use crate::report::diagnostics;
use crate::rulebook::{Rulebook, RulebookError};

/// Options that every verb has.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Shared {
    /// The folder of a rule pack; without it, the embedded Henan pack
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// The language of messages; without it, the locale's
    #[arg(long, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
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
        let loaded = match &self.rules {
            Some(folder) => Rulebook::load(folder),
            None => Rulebook::henan(),
        };
        self.sound(loaded, terminal)
    }

    /// The rule pack that is asked for, even if its source does not hold all that it cites.
    pub fn drifted_rulebook(&self, terminal: &mut Terminal) -> Option<Rulebook> {
        let loaded = match &self.rules {
            Some(folder) => Rulebook::load_drifted(folder),
            None => Rulebook::henan(),
        };
        self.sound(loaded, terminal)
    }

    fn sound(&self, loaded: Result<Rulebook, RulebookError>, terminal: &mut Terminal) -> Option<Rulebook> {
        match loaded {
            Ok(book) => {
                if self.verbose && !book.warnings.is_empty() {
                    let text = diagnostics::human(&book.warnings, &book.files, terminal.error_settings());
                    terminal.complain(&text);
                }
                Some(book)
            },
            Err(error) => {
                self.faulty(&error, terminal);
                None
            },
        }
    }

    fn faulty(&self, error: &RulebookError, terminal: &mut Terminal) {
        terminal.complain_of(&error.diagnostics, &error.files);
        let name = self.rules.as_ref().map_or_else(|| "henan".to_owned(), |folder| folder.display().to_string());
        terminal.error("run/faulty-rules", &format!("the rule pack `{name}` has errors: nothing was done"));
    }
}
