//! The command line: the only part that prints, asks the clock and the environment, and ends the process.

mod check;
mod completions;
mod config;
mod coverage;
mod destination;
mod diff;
mod explain;
mod fmt;
mod init;
mod judging;
mod lint;
mod merge;
mod new_files;
mod percent;
mod plan_files;
mod progress;
mod recheck;
mod recorded;
mod render;
mod reopened;
mod reporting;
mod rules;
mod schema;
mod settings;
mod shared;
mod steering;
mod terminal;
mod test;
mod verify;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args as _, ColorChoice, Command, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use settings::Settings;
use steering::ToldAlready;
use terminal::{Environment, Terminal};

/// The verb that pipelines run for each change.
const CHECK: &str = "check";

/// Where arguments stand that come after the program's name and the verb.
const AFTER_VERB: usize = 2;

/// How a command came out; the number is the process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Everything was done, and nothing was found that counts.
    Good,
    /// Something was found.
    Found,
    /// The command itself failed.
    Failed,
}

impl Exit {
    fn of(code: u8) -> Self {
        match code {
            0 => Self::Good,
            1 => Self::Found,
            _ => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0,
            Exit::Found => 1,
            Exit::Failed => 2,
        })
    }
}

/// Checks project proposals against the directives of an urban-development plan.
#[derive(Debug, Parser)]
#[command(name = "plancheck", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Examples:
  plancheck check proposals/            judge every proposal below a folder
  plancheck check --format json a.json  the same for one file, as JSON
  plancheck explain endpoint-roles      what a directive asks for, and why
  plancheck explain endpoint-roles a.json
                                        why a proposal gets its verdict, step by step
  plancheck rules                       list the directives
  plancheck coverage                    what of the plan's text the rules encode
  plancheck init rules/                 begin a rule pack of your own

Exit codes: 0 nothing was found, 1 something was found, 2 the run itself failed.")]
struct CommandLine {
    #[command(subcommand)]
    verb: Verb,
}

/// The verbs, each a file.
#[derive(Debug, Subcommand)]
enum Verb {
    Check(Box<check::Check>),
    Config(Box<config::Config>),
    Explain(explain::Explain),
    Rules(rules::Rules),
    Lint(lint::LintPack),
    Test(test::Test),
    Fmt(fmt::Fmt),
    Coverage(coverage::Coverage),
    Verify(verify::Verify),
    Merge(merge::Merge),
    Render(render::Render),
    Recheck(recheck::Recheck),
    Diff(diff::Diff),
    Schema(schema::Schema),
    Init(init::Init),
    Completions(completions::Completions),
}

impl Verb {
    fn shared(&self) -> &shared::Shared {
        match self {
            Self::Check(arguments) => &arguments.shared,
            Self::Config(arguments) => &arguments.shared,
            Self::Explain(arguments) => &arguments.shared,
            Self::Rules(arguments) => &arguments.shared,
            Self::Lint(arguments) => &arguments.shared,
            Self::Test(arguments) => &arguments.shared,
            Self::Fmt(arguments) => &arguments.shared,
            Self::Coverage(arguments) => &arguments.shared,
            Self::Verify(arguments) => &arguments.shared,
            Self::Merge(arguments) => &arguments.shared,
            Self::Render(arguments) => &arguments.shared,
            Self::Recheck(arguments) => &arguments.shared,
            Self::Diff(arguments) => &arguments.shared,
            Self::Schema(arguments) => &arguments.shared,
            Self::Init(arguments) => &arguments.shared,
            Self::Completions(arguments) => &arguments.shared,
        }
    }

    /// Runs the verb; `written` is what stood on the command line itself.
    fn run(&self, settings: &Settings, written: &ArgMatches, terminal: &mut Terminal) -> Exit {
        match self {
            Self::Check(arguments) => arguments.run(settings, terminal),
            Self::Config(arguments) => arguments.run(settings, written, terminal),
            Self::Explain(arguments) => arguments.run(terminal),
            Self::Rules(arguments) => arguments.run(terminal),
            Self::Lint(arguments) => arguments.run(terminal),
            Self::Test(arguments) => arguments.run(terminal),
            Self::Fmt(arguments) => arguments.run(terminal),
            Self::Coverage(arguments) => arguments.run(terminal),
            Self::Verify(arguments) => arguments.run(terminal),
            Self::Merge(arguments) => arguments.run(terminal),
            Self::Render(arguments) => arguments.run(terminal),
            Self::Recheck(arguments) => arguments.run(terminal),
            Self::Diff(arguments) => arguments.run(terminal),
            Self::Schema(arguments) => arguments.run(terminal),
            Self::Init(arguments) => arguments.run(written, terminal),
            Self::Completions(arguments) => arguments.run(terminal),
        }
    }
}

/// The command line as it is shown.
fn shown_command() -> Command {
    CommandLine::command()
}

/// The whole command line, with the options that are not shown.
fn command() -> Command {
    settings::with_negations(shown_command())
}

/// The command line with `check` alone. To declare the other verbs too takes a fourteenth of the time in which a small
/// proposal is checked.
fn check_command() -> Command {
    let check = check::Check::augment_args(Command::new(CHECK));
    settings::with_negations(Command::new(env!("CARGO_PKG_NAME")).subcommand(check))
}

/// A command line with the settings that apply, ready to be carried out.
struct Ready {
    verb: Verb,
    settings: Settings,
    /// What stood on the command line itself.
    written: ArgMatches,
    terminal: Terminal,
}

impl Ready {
    /// Reads the arguments and the settings; what is wrong with them is told.
    fn new(arguments: &[OsString]) -> Result<Self, ExitCode> {
        let (mut parsed, mut written) = parse(arguments, &Environment::of_process())?;
        let mut terminal = Terminal::new(Environment::of_process(), parsed.verb.shared());
        let settings = Settings::read(parsed.verb.shared(), &mut terminal);
        let mut settings = settings.map_err(|ToldAlready| ExitCode::from(Exit::Failed))?;
        let (name, written) = written.remove_subcommand().unwrap_or_default();
        let mut added = Vec::new();
        if settings.file().is_some() {
            let mut whole = command();
            whole.build();
            added = whole.find_subcommand(&name).map(|verb| settings.arguments(verb, &written)).unwrap_or_default();
        }
        if !added.is_empty() {
            let mut arguments = arguments.to_vec();
            // Before all others, so that what stands behind `--` stays there.
            arguments.splice(AFTER_VERB..AFTER_VERB, added);
            parsed = parse(&arguments, &terminal.environment)?.0;
            terminal = Terminal::new(terminal.environment, parsed.verb.shared());
        }
        Ok(Self { verb: parsed.verb, settings, written, terminal })
    }
}

/// Runs the command that the arguments ask for.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut ready = match Ready::new(&arguments) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    match &ready.verb {
        Verb::Check(check) if check.is_watching() => watch::watch(ready, &arguments).into(),
        verb => verb.run(&ready.settings, &ready.written, &mut ready.terminal).into(),
    }
}

fn parse(arguments: &[OsString], environment: &Environment) -> Result<(CommandLine, ArgMatches), ExitCode> {
    let choice = if environment.no_color { ColorChoice::Never } else { ColorChoice::Auto };
    let is_check = arguments.get(AFTER_VERB - 1).is_some_and(|verb| verb == CHECK);
    let sound = is_check.then(|| check_command().try_get_matches_from(arguments).ok()).flatten();
    // What is wrong with arguments is told by the whole command line.
    let matches = sound.map_or_else(|| command().color(choice).try_get_matches_from(arguments), Ok);
    let parsed = matches.and_then(|matches| Ok((CommandLine::from_arg_matches(&matches)?, matches)));
    parsed.map_err(|error| {
        let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
        let _closed = error.print();
        if is_help { Exit::Good.into() } else { Exit::Failed.into() }
    })
}
