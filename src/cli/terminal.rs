//! What the process has around it, and the only two doors through which anything is printed.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};

use super::Exit;
use super::shared::{Color, Lang, Shared};
use crate::diagnostic::Diagnostic;
use crate::report::words::Language;
use crate::report::{Settings, diagnostics};
use crate::text::Sources;
use crate::text::display::{is_unsafe, shown};
use crate::value::Day;

/// The width of reports that go elsewhere than to a terminal.
const WIDTH_OF_FILES: usize = 100;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// What the environment says.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    pub locale: String,
    pub no_color: bool,
    pub dumb: bool,
    pub out_is_terminal: bool,
    pub error_is_terminal: bool,
    pub width: Option<usize>,
    pub today: Option<Day>,
    /// The working folder, with `/`.
    pub folder: Option<String>,
}

impl Environment {
    /// That of this process.
    pub fn of_process() -> Self {
        let text = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(text).unwrap_or_default();
        Self {
            locale,
            no_color: text("NO_COLOR").is_some(),
            dumb: text("TERM").is_some_and(|term| term == "dumb"),
            out_is_terminal: io::stdout().is_terminal(),
            error_is_terminal: io::stderr().is_terminal(),
            width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
            today: today(),
            folder: env::current_dir().ok().and_then(|folder| Some(folder.to_str()?.replace('\\', "/"))),
        }
    }
}

/// The day that it is in UTC: the standard library knows no time zones, and a day that hangs on none is the same on every machine.
fn today() -> Option<Day> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some(Day(i32::try_from(seconds / DAY).ok()?))
}

/// Standard output, standard error, and how to write to them.
#[derive(Debug)]
pub(super) struct Terminal {
    pub environment: Environment,
    pub language: Language,
    color: Color,
    quiet: bool,
    verbose: bool,
}

impl Terminal {
    pub fn new(environment: Environment, shared: &Shared) -> Self {
        let language = match shared.lang {
            Some(Lang::En) => Language::English,
            Some(Lang::Zh) => Language::Chinese,
            None => Language::of(&environment.locale),
        };
        Self { environment, language, color: shared.color, quiet: shared.quiet, verbose: shared.verbose }
    }

    /// The settings of what goes to standard output.
    pub fn settings(&self) -> Settings {
        self.settings_for(self.environment.out_is_terminal)
    }

    /// The settings of what goes to standard error.
    pub fn error_settings(&self) -> Settings {
        self.settings_for(self.environment.error_is_terminal)
    }

    /// The settings of what goes to a file: coloured only if that was said in so many words.
    pub fn file_settings(&self) -> Settings {
        self.settings_for(false)
    }

    fn settings_for(&self, is_terminal: bool) -> Settings {
        let color = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !self.environment.no_color && !self.environment.dumb,
        };
        let width = self.environment.width.filter(|_| is_terminal).unwrap_or(WIDTH_OF_FILES);
        Settings {
            language: self.language,
            color,
            unicode: !(is_terminal && self.environment.dumb),
            width,
            quiet: self.quiet,
            verbose: self.verbose,
            statistics: false,
            audience: None,
        }
    }

    /// Whether standard error is a terminal.
    pub fn errors_are_read_by_people(&self) -> bool {
        self.environment.error_is_terminal
    }

    /// Prints to standard output; a closed pipe is no fault.
    pub fn print_or_fail(&mut self, bytes: &[u8]) -> Exit {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                drop(out);
                self.error("io/unwritable", &format!("standard output could not be written: {error}"));
                Exit::Failed
            },
            _ => Exit::Good,
        }
    }

    /// Prints to standard error what need not be said.
    pub fn remark(&mut self, text: &str) {
        if !self.quiet {
            self.complain(text);
        }
    }

    /// Prints a complaint to standard error.
    pub fn complain(&mut self, text: &str) {
        let _nowhere_else_to_say_it = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Prints what is wrong with files that steer the run to standard error, with the lines at fault.
    pub fn diagnose(&mut self, diagnostics: &[Diagnostic], files: &Sources) {
        let text = diagnostics::human(diagnostics, files, self.error_settings());
        self.complain(&text);
    }

    /// Prints what is wrong with rules to standard error, for people or a line each.
    pub fn complain_of(&mut self, faults: &[Diagnostic], files: &Sources) {
        let text = if self.errors_are_read_by_people() {
            diagnostics::human(faults, files, self.error_settings())
        } else {
            diagnostics::concise(faults, files)
        };
        self.complain(&text);
    }

    /// Prints `error[code] message` to standard error.
    pub fn error(&mut self, code: &str, message: &str) {
        let message: String = message.lines().map(safe_line).collect::<Vec<_>>().join("\n");
        self.complain(&format!("error[{code}] {message}\n"));
    }
}

fn safe_line(line: &str) -> String {
    if line.chars().any(is_unsafe) { shown(line) } else { line.to_owned() }
}
