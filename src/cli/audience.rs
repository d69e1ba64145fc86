//! `--audience`: whom a report is for.

use clap::ValueEnum;

use super::destination::{self, Destination};
use super::terminal::Terminal;
use crate::report;
use crate::report::audience::{Audience, FORMATS};

/// Sorts of readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AudienceWord {
    /// A to-do list for whoever hands in a proposal
    Applicant,
    /// A memo for whoever decides
    Reviewer,
}

impl From<AudienceWord> for Audience {
    fn from(word: AudienceWord) -> Self {
        match word {
            AudienceWord::Applicant => Self::Applicant,
            AudienceWord::Reviewer => Self::Reviewer,
        }
    }
}

/// What goes where; every format speaks to the audience, if there is one.
pub(super) fn destinations(
    audience: Option<AudienceWord>,
    written: &[String],
    terminal: &Terminal,
) -> Result<Vec<Destination>, String> {
    let is_for_people = terminal.environment.out_is_terminal || audience.is_some();
    let otherwise = if is_for_people { "human" } else { "concise" };
    let destinations = destination::read(written, &report::names().collect::<Vec<_>>(), otherwise)?;
    let mute = destinations.iter().find(|one| !FORMATS.contains(&one.format.as_str()));
    match mute.filter(|_| audience.is_some()) {
        None => Ok(destinations),
        Some(Destination { format, .. }) => Err(format!(
            "`{format}` is the same for every reader: leave out --audience, or write one of {}",
            FORMATS.join(", ")
        )),
    }
}
