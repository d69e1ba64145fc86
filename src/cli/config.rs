//! `plancheck config`: what is set, and where.

use clap::{ArgMatches, Args};

use super::Exit;
use super::judging::Judging;
use super::settings::{self, Settings, is_written};
use super::shared::{self, ListFormat};
use super::terminal::Terminal;
use crate::configuration::{Setting, SettingKind};
use crate::report::settings::{Row, Source, human, json};

/// Print every setting of `check`, its value, and where it comes from
///
/// Settings come from the command line, from `plancheck.toml` (looked for in the current folder and upward), or are the
/// defaults. Options of `check` may be given here too, to see what they come to.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck config
  plancheck config --format json
  plancheck config --fail-on should")]
pub(super) struct Config {
    /// human or json
    #[arg(long, value_name = "F", default_value = "human")]
    format: ListFormat,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

impl Config {
    /// `matches` is what was written on the command line.
    pub(super) fn run(&self, settings: &Settings, matches: &ArgMatches, terminal: &mut Terminal) -> Exit {
        let rows: Vec<Row> = settings::table().into_iter().map(|setting| row(setting, settings, matches)).collect();
        let (file, waivers) = (settings.file(), settings.waiver_count());
        match self.format {
            ListFormat::Human => terminal.print_or_fail(human(&rows, file, waivers, terminal.settings()).as_bytes()),
            ListFormat::Json => terminal.print_or_fail(&json(&rows, file, waivers)),
        }
    }
}

fn row(setting: Setting, settings: &Settings, matches: &ArgMatches) -> Row {
    // `--format` says here how the list is written.
    let id = setting.key.replace('-', "_");
    if setting.key != "format" {
        if is_written(matches, &id) {
            let values = match setting.kind {
                SettingKind::Switch => vec!["true".to_owned()],
                _ => written(matches, &id),
            };
            return Row { values, source: Source::CommandLine, setting };
        }
        if is_written(matches, &format!("no-{}", setting.key)) {
            return Row { values: vec!["false".to_owned()], source: Source::CommandLine, setting };
        }
    }
    match settings.chosen(&setting.key) {
        Some(chosen) => Row { values: chosen.values.clone(), source: Source::File { line: chosen.line }, setting },
        None => Row { values: setting.default.clone(), source: Source::Default, setting },
    }
}

/// The values of an option as written; one that may have none and has none is `true`.
fn written(matches: &ArgMatches, id: &str) -> Vec<String> {
    let values: Vec<String> =
        matches.get_raw(id).into_iter().flatten().map(|value| value.to_string_lossy().into_owned()).collect();
    if values.is_empty() { vec!["true".to_owned()] } else { values }
}
