//! `--format` and `--audience`: what a report is written as, and for whom.

use clap::{Args, ValueEnum};

use super::destination::{self, Destination};
use super::terminal::Terminal;
use crate::report;
use crate::report::audience::{Audience, FORMATS};

/// Sorts of readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AudienceWord {
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

/// What a report is written as, and for whom.
#[derive(Debug, Args)]
pub(super) struct Reporting {
    /// human, concise, json, jsonl, sarif, junit, github, gitlab, markdown, csv, xlsx or html; with `=FILE` into a file. May be given several times
    #[arg(long, value_name = "F[=FILE]")]
    pub(super) format: Vec<String>,
    /// Whom the report is for: a to-do list for an applicant, a memo for a reviewer; human, markdown and html
    #[arg(long, value_name = "WHO")]
    audience: Option<AudienceWord>,
}

impl Reporting {
    /// What goes where; every format speaks to the audience, if there is one.
    pub(super) fn destinations(&self, terminal: &Terminal) -> Result<Vec<Destination>, String> {
        let is_for_people = terminal.environment.out_is_terminal || self.audience.is_some();
        let otherwise = if is_for_people { "human" } else { "concise" };
        let destinations = destination::read(&self.format, &report::names().collect::<Vec<_>>(), otherwise)?;
        let mute = destinations.iter().find(|one| !FORMATS.contains(&one.format.as_str()));
        match mute.filter(|_| self.audience.is_some()) {
            None => Ok(destinations),
            Some(Destination { format, .. }) => Err(format!(
                "`{format}` is the same for every reader: leave out --audience, or write one of {}",
                FORMATS.join(", ")
            )),
        }
    }

    /// The settings of a report for the audience.
    pub(super) fn settings(&self, statistics: bool, settings: report::Settings) -> report::Settings {
        report::Settings { statistics, audience: self.audience.map(Into::into), ..settings }
    }
}
