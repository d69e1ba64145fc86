//! `plancheck fmt`: the one canonical layout of plan files, and their words in either language.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::plan_files::{Packs, below, read, read_standard_input};
use super::shared::{self, Lang};
use super::terminal::Terminal;
use crate::checker::output::write_whole;
use crate::diagnostic::Diagnostic;
use crate::report::difference::unified;
use crate::syntax::layout::{Tongue, lay_out};
use crate::text::display::shown;
use crate::text::{Sources, Span};

/// Lay plan files out in the one canonical way
///
/// Comments stay with what they stand at. A file that has errors is left as it is, and so is one whose meaning would change.
/// Lines end as the first line of a file does; a byte-order mark is dropped.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck fmt                      every plan file below this folder
  plancheck fmt --check my-pack/     list the files that are not laid out so
  plancheck fmt --diff a.plan        show what would change
  plancheck fmt --words zh my-pack/  turn the words of the language into Chinese
  plancheck fmt - < a.plan           from standard input to standard output

Exit codes: 0 done, or nothing to do; 1 with --check or --diff: something would change; 2 a file has errors or cannot be
read or written.")]
pub(super) struct Fmt {
    /// Plan files, and folders to look for them in; `-` is standard input. Without any: --rules, else the current folder
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// List the files whose layout would change, and change none
    #[arg(long)]
    check: bool,
    /// Show what would change, and change nothing
    #[arg(long)]
    diff: bool,
    /// Turn the words of the language, and nothing else, into those of this language
    #[arg(long, value_name = "LANG")]
    words: Option<Lang>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

/// How many files came out how.
#[derive(Debug, Default)]
struct Count {
    changed: u64,
    same: u64,
    failed: bool,
}

impl Fmt {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let mut packs = Packs::new(self.shared.rules.clone());
        let mut count = Count::default();
        for path in self.places() {
            if path.as_os_str() == "-" {
                self.standard_input(&mut packs, &mut count, terminal);
                continue;
            }
            match if path.is_dir() { below(&path) } else { Ok(vec![path.clone()]) } {
                Ok(files) if files.is_empty() => {
                    let name = shown(&path.to_string_lossy());
                    terminal.error("io/not-found", &format!("the folder `{name}` holds no plan file (`*.plan`)"));
                    count.failed = true;
                },
                Ok(files) => files.iter().for_each(|file| self.file(file, &mut packs, &mut count, terminal)),
                Err((path, error)) => {
                    unreadable(&path, &error, terminal);
                    count.failed = true;
                },
            }
        }
        self.conclude(&count, terminal)
    }

    fn places(&self) -> Vec<PathBuf> {
        match (self.paths.as_slice(), &self.shared.rules) {
            ([], Some(rules)) => vec![rules.clone()],
            ([], None) => vec![PathBuf::from(".")],
            (paths, _) => paths.to_vec(),
        }
    }

    fn standard_input(&self, packs: &mut Packs, count: &mut Count, terminal: &mut Terminal) {
        let bytes = match read_standard_input() {
            Ok(bytes) => bytes,
            Err(error) => {
                unreadable(Path::new("-"), &error, terminal);
                count.failed = true;
                return;
            },
        };
        let Some(new) = self.laid_out("<stdin>", &bytes, |text| packs.dialect_of_text(text), terminal) else {
            count.failed = true;
            return;
        };
        if self.check || self.diff {
            self.compare("<stdin>", &bytes, &new, count, terminal);
        } else if terminal.print_or_fail(new.as_bytes()) == Exit::Failed {
            count.failed = true;
        }
    }

    fn file(&self, path: &Path, packs: &mut Packs, count: &mut Count, terminal: &mut Terminal) {
        let name = path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned();
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                unreadable(path, &error, terminal);
                count.failed = true;
                return;
            },
        };
        let Some(new) = self.laid_out(&name, &bytes, |_| packs.dialect_of_file(path), terminal) else {
            count.failed = true;
            return;
        };
        if self.check || self.diff || new.as_bytes() == bytes {
            return self.compare(&name, &bytes, &new, count, terminal);
        }
        let is_locked = fs::metadata(path).is_ok_and(|found| found.permissions().readonly());
        let written = if is_locked {
            Err("the file may only be read".to_owned())
        } else {
            write_whole(path, new.as_bytes()).map_err(|failure| failure.message)
        };
        match written {
            Ok(()) => count.changed += 1,
            Err(reason) => {
                terminal.error("io/unwritable", &format!("`{}`: {reason}", shown(&name)));
                count.failed = true;
            },
        }
    }

    /// A file laid out; what is wrong with it goes to standard error.
    fn laid_out(
        &self,
        name: &str,
        bytes: &[u8],
        dialect: impl FnOnce(&str) -> crate::syntax::Dialect,
        terminal: &mut Terminal,
    ) -> Option<String> {
        let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut files = Sources::default();
        let tongue = self.words.map(|words| match words {
            Lang::En => Tongue::English,
            Lang::Zh => Tongue::Chinese,
        });
        let outcome = match simdutf8::compat::from_utf8(content) {
            Ok(text) => {
                let file = files.add(name, text);
                lay_out(file, text, &dialect(text), tongue)
            },
            Err(error) => {
                let file = files.add(name, String::from_utf8_lossy(content));
                let at = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
                let message = format!("`{}` is not UTF-8", shown(name));
                let label = "the first byte that is not UTF-8";
                let fault = Diagnostic::error("rules/encoding", Span { file, start: at, end: at }, message, label);
                Err(vec![fault.help("save the file as UTF-8")])
            },
        };
        outcome.map_err(|faults| terminal.complain_of(&faults, &files)).ok()
    }

    /// Says whether a file would change, and how.
    fn compare(&self, name: &str, bytes: &[u8], new: &str, count: &mut Count, terminal: &mut Terminal) {
        if new.as_bytes() == bytes {
            count.same += 1;
            return;
        }
        count.changed += 1;
        let mut out = String::new();
        if self.check {
            out = format!("{}\n", shown(name));
        }
        if self.diff {
            out.push_str(&unified(&shown(name), &String::from_utf8_lossy(bytes), new, terminal.settings()));
        }
        if terminal.print_or_fail(out.as_bytes()) == Exit::Failed {
            count.failed = true;
        }
    }

    fn conclude(&self, count: &Count, terminal: &mut Terminal) -> Exit {
        let only_looks = self.check || self.diff;
        if !self.shared.quiet && count.changed + count.same > 0 {
            let words = terminal.language.words();
            let changed = if only_looks { words.would_change } else { words.laid_out };
            let mut parts = Vec::new();
            for (number, noun) in [(count.changed, changed), (count.same, words.well_laid_out)] {
                if number > 0 {
                    parts.push(format!("{number} {}", noun.form(number)));
                }
            }
            terminal.complain(&format!("{}\n", parts.join(words.comma)));
        }
        match (count.failed, only_looks && count.changed > 0) {
            (true, _) => Exit::Failed,
            (false, true) => Exit::Found,
            (false, false) => Exit::Good,
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error, terminal: &mut Terminal) {
    let name = shown(&path.to_string_lossy());
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            terminal.error("io/not-found", &format!("there is no file or folder `{name}`"));
        },
        _ => terminal.error("io/unreadable", &format!("`{name}` could not be read: {error}")),
    }
}
