//! `plancheck.toml`: found upward from the working folder, held against the options that `check` declares, and put before
//! the arguments, which win.

use std::any::TypeId;
use std::env;
use std::error::Error as _;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};

use super::shared::{SHARED, Shared};
use super::steering::{Named, ToldAlready, read_text};
use super::terminal::Terminal;
use super::{CHECK, check_command, destination};
use crate::checker::run_record::Digest;
use crate::configuration::{Given, Setting, SettingKind, Speech, Table, given, read};
use crate::diagnostic::{Diagnostic, tidy};
use crate::text::display::shown;
use crate::text::{FileId, Sources};
use crate::value::Day;

/// What the file is called.
pub(super) const NAME: &str = "plancheck.toml";

/// Options that are no settings: they are about the file itself or about one run, or end the run before it begins.
const NO_SETTINGS: &[&str] = &["config", "no-config", "partials", "help", "version"];

/// The key whose list may hold tables.
const WAIVERS: &str = "waivers";

/// The settings that `plancheck.toml` gives; none if there is no such file.
#[derive(Debug, Default)]
pub(super) struct Settings {
    file: Option<SettingsFile>,
    chosen: Vec<Chosen>,
    waivers: Vec<Table>,
}

/// The file that settings were read from.
#[derive(Debug)]
pub(super) struct SettingsFile {
    pub sources: Sources,
    pub id: FileId,
    pub digest: Digest,
}

/// What the file says of one setting.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub key: String,
    pub values: Vec<String>,
    pub line: u32,
}

impl Settings {
    /// Reads the file that applies; what is wrong with it is told.
    pub(super) fn read(shared: &Shared, terminal: &mut Terminal) -> Result<Self, ToldAlready> {
        match path(shared) {
            Some(path) => Self::read_file(&Named::of(&path), terminal),
            None => Ok(Self::default()),
        }
    }

    /// Reads a file of settings.
    pub(super) fn read_file(Named { name, path }: &Named, terminal: &mut Terminal) -> Result<Self, ToldAlready> {
        let (text, digest) = read_text(path, terminal)?;
        let mut sources = Sources::default();
        let id = sources.add(name.clone(), text.as_str());
        let speech = Speech::of(terminal.language.tag());
        let document = read(&text, id, speech).map_err(|diagnostic| {
            terminal.diagnose(&[diagnostic], &sources);
            ToldAlready
        })?;
        let table = table();
        let (all, mut diagnostics) = given(&document, &table, speech);
        diagnostics.extend(all.iter().flat_map(|given| unusable(given, speech)));
        if !diagnostics.is_empty() {
            tidy(&mut diagnostics);
            terminal.diagnose(&diagnostics, &sources);
            return Err(ToldAlready);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let chosen = all.iter().map(|given| Chosen {
            key: given.key.name.clone(),
            values: given.values.iter().map(|(value, _)| placed(&given.key.name, value, folder)).collect(),
            line: sources.position(given.key.span).line,
        });
        let chosen = chosen.collect();
        let waivers = all.iter().flat_map(|given| given.tables.iter().copied().cloned()).collect();
        Ok(Self { file: Some(SettingsFile { sources, id, digest }), chosen, waivers })
    }

    /// The tables under `[[waivers]]`, and the file that they stand in.
    pub(super) fn waivers(&self) -> Option<(&SettingsFile, Vec<&Table>)> {
        let file = self.file.as_ref().filter(|_| !self.waivers.is_empty())?;
        Some((file, self.waivers.iter().collect()))
    }

    /// The name of the file, if there is one.
    pub(super) fn file(&self) -> Option<&str> {
        self.file.as_ref().map(|file| file.sources.name(file.id))
    }

    /// What the file says of a setting.
    pub(super) fn chosen(&self, key: &str) -> Option<&Chosen> {
        self.chosen.iter().find(|chosen| chosen.key == key)
    }

    /// How many waivers stand in the file itself.
    pub(super) fn waiver_count(&self) -> usize {
        self.waivers.len()
    }

    /// The arguments that stand for the settings which the command has and the command line leaves open.
    pub(super) fn arguments(&mut self, command: &Command, matches: &ArgMatches) -> Vec<OsString> {
        let is_check = command.get_name() == CHECK;
        let mut out = Vec::new();
        for argument in command.get_arguments() {
            let is_shared = argument.get_help_heading() == Some(SHARED);
            let Some(chosen) = self.chosen(key(argument)).filter(|_| is_check || is_shared) else { continue };
            if is_settled(argument, command, matches) {
                if key(argument) == WAIVERS {
                    self.waivers.clear();
                }
                continue;
            }
            out.extend(chosen.values.iter().filter_map(|value| as_argument(argument, value)).map(OsString::from));
        }
        out
    }
}

/// Whether the command line says something of an argument, or something that it conflicts with.
fn is_settled(argument: &Arg, command: &Command, matches: &ArgMatches) -> bool {
    let is_written = |other: &Arg| is_written(matches, other.get_id().as_str());
    let conflicts = |one: &Arg, other: &Arg| {
        command.get_arg_conflicts_with(one).iter().any(|conflict| conflict.get_id() == other.get_id())
    };
    is_written(argument)
        || is_written_off(matches, argument)
        || command
            .get_arguments()
            .any(|other| is_written(other) && (conflicts(argument, other) || conflicts(other, argument)))
}

/// Whether an argument stands on the command line.
pub(super) fn is_written(matches: &ArgMatches, id: &str) -> bool {
    matches.try_contains_id(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine)
}

/// Whether the command line turns a switch off.
pub(super) fn is_written_off(matches: &ArgMatches, argument: &Arg) -> bool {
    is_written(matches, &off(key(argument)))
}

/// The name of the option that turns a switch off.
fn off(key: &str) -> String {
    format!("no-{key}")
}

/// The command with an option for each switch that turns it off, so that the command line can overrule a file.
pub(super) fn with_negations(command: Command) -> Command {
    command.mut_subcommands(|sub| {
        let switches = sub.get_arguments().filter(|argument| matches!(argument.get_action(), ArgAction::SetTrue));
        let negations = switches.filter(|argument| !key(argument).starts_with("no-")).map(|argument| {
            let name = off(key(argument));
            let negation = Arg::new(name.clone()).long(name).action(ArgAction::SetTrue).hide(true);
            negation.overrides_with(argument.get_id().clone())
        });
        let negations: Vec<Arg> = negations.collect();
        sub.args(negations)
    })
}

/// Every setting, as `check` declares its options.
pub(super) fn table() -> Vec<Setting> {
    let check = of_check();
    let arguments = check.get_arguments().filter(|argument| is_setting(argument));
    arguments.map(setting).collect()
}

/// The command `check`, whole.
fn of_check() -> Command {
    let mut whole = check_command();
    whole.build();
    whole.find_subcommand(CHECK).cloned().unwrap_or_default()
}

fn is_setting(argument: &Arg) -> bool {
    let is_negation = argument.is_hide_set() && key(argument).starts_with("no-");
    !is_negation && !NO_SETTINGS.contains(&key(argument))
}

fn key(argument: &Arg) -> &str {
    argument.get_long().unwrap_or_else(|| argument.get_id().as_str())
}

fn setting(argument: &Arg) -> Setting {
    let words = argument.get_possible_values();
    let takes_none = argument.get_num_args().is_some_and(|range| range.min_values() == 0);
    let sort = argument.get_value_parser().type_id();
    let kind = match argument.get_action() {
        ArgAction::SetTrue => SettingKind::Switch,
        _ if takes_none && !argument.is_positional() => SettingKind::SwitchOrText,
        _ if !words.is_empty() => SettingKind::Word(words.iter().map(|word| word.get_name().to_owned()).collect()),
        _ if sort == TypeId::of::<u64>() || sort == TypeId::of::<NonZeroUsize>() => SettingKind::Whole,
        _ if sort == TypeId::of::<Day>() => SettingKind::Day,
        _ => SettingKind::Text,
    };
    let default = match kind {
        SettingKind::Switch => vec!["false".to_owned()],
        _ => argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect(),
    };
    Setting {
        key: key(argument).to_owned(),
        help: argument.get_help().map(ToString::to_string).unwrap_or_default(),
        kind,
        is_list: matches!(argument.get_action(), ArgAction::Append),
        default,
        holds_tables: key(argument) == WAIVERS,
    }
}

/// How a value is written on the command line; a switch that is off is not.
fn as_argument(argument: &Arg, value: &str) -> Option<String> {
    if argument.is_positional() {
        return Some(value.to_owned());
    }
    let name = key(argument);
    let takes_none = argument.get_num_args().is_some_and(|range| range.min_values() == 0);
    match value {
        "false" if takes_none => None,
        "true" if takes_none => Some(format!("--{name}")),
        value => Some(format!("--{name}={value}")),
    }
}

/// What the options themselves have against values of the right sort.
fn unusable(given: &Given<'_>, speech: Speech) -> Vec<Diagnostic> {
    let check = of_check();
    let Some(argument) = check.get_arguments().find(|argument| key(argument) == given.key.name) else {
        return Vec::new();
    };
    let name = &given.key.name;
    let formats: Vec<&str> = crate::report::names().collect();
    let refused = given.values.iter().filter_map(|(value, place)| {
        let reason = match name.as_str() {
            "format" => destination::read(std::slice::from_ref(value), &formats, "").err()?,
            _ => refusal(&check, &as_argument(argument, value)?)?,
        };
        let (value, reason) = (shown(value), shown(&reason));
        let message = speech.say(
            || format!("`{name}` cannot be `{value}`: {reason}"),
            || format!("`{name}` 不能为 `{value}`：{reason}"),
        );
        Some(Diagnostic::error("config/bad-value", place.span, message, ""))
    });
    refused.collect()
}

/// Why an argument is refused, if it is.
fn refusal(command: &Command, argument: &str) -> Option<String> {
    let error = command.clone().try_get_matches_from(["check", argument]).err()?;
    let reason = error.source().map(ToString::to_string);
    Some(reason.unwrap_or_else(|| error.kind().to_string()))
}

/// A value with a path in it, which the file means to be relative to its own folder.
fn placed(key: &str, value: &str, folder: &Path) -> String {
    let is_path = |hint: ValueHint| matches!(hint, ValueHint::FilePath | ValueHint::DirPath | ValueHint::AnyPath);
    let below = |path: &str| folder.join(path).display().to_string();
    if folder.as_os_str().is_empty() {
        return value.to_owned();
    }
    if key == "format" {
        return match value.split_once('=') {
            Some((format, file)) if file != "-" => format!("{format}={}", below(file)),
            _ => value.to_owned(),
        };
    }
    let check = of_check();
    let argument = check.get_arguments().find(|argument| self::key(argument) == key);
    match argument {
        Some(argument) if is_path(argument.get_value_hint()) && !matches!(value, "true" | "false" | "-") => {
            below(value)
        },
        _ => value.to_owned(),
    }
}

/// The file that applies: the one that is named, or the first upward from the working folder.
fn path(shared: &Shared) -> Option<PathBuf> {
    if shared.no_config {
        return None;
    }
    if let Some(path) = &shared.config {
        return Some(path.clone());
    }
    let mut up = PathBuf::new();
    for _ in env::current_dir().ok()?.ancestors() {
        let path = up.join(NAME);
        if path.is_file() {
            return Some(path);
        }
        up.push("..");
    }
    None
}
