//! `plancheck check --watch`: checks again whenever a proposal, the rule pack or a file that steers the run changes.

mod post;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::check::{Check, Prepared, failed};
use super::destination::Destination;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Exit, Ready, Verb};
use crate::checker::Checker;
use crate::checker::report::Failure;
use crate::checker::watch::{Change, Look, Watch};
use crate::configuration::Speech;
use crate::text::display::shown;
use post::{Next, Places, Post};

/// How many changes are told by name.
const MOST_TOLD: usize = 5;

/// Checks until it is interrupted, or until nobody reads on; gives what the last check came to.
pub(super) fn watch(mut ready: Ready, arguments: &[OsString]) -> Exit {
    let mut exit = Exit::Failed;
    let mut post = match Post::new() {
        Ok(post) => post,
        Err(message) => {
            ready.terminal.error("run/cannot-watch", &message);
            return exit;
        },
    };
    loop {
        let Ready { verb: Verb::Check(check), settings, terminal, .. } = &mut ready else { return exit };
        let destinations = match refusal(check).map_or_else(|| check.destinations(terminal), Err) {
            Ok(destinations) => destinations,
            Err(message) => {
                terminal.error("run/bad-arguments", &message);
                return Exit::Failed;
            },
        };
        if let Err(message) =
            post.guard(Places::new(&check.paths, &check.steering_paths(settings), &files(&destinations)))
        {
            terminal.error("run/cannot-watch", &message);
            return Exit::Failed;
        }
        let session = Session { check, settings, destinations: &destinations };
        if session.run(&mut post, terminal, &mut exit) == Next::End {
            return exit;
        }
        clear(terminal);
        ready = loop {
            match Ready::new(arguments) {
                Ok(ready) => break ready,
                Err(_told) => {
                    wait_for_better(terminal);
                    exit = Exit::Failed;
                    if post.wait().next == Next::End {
                        return exit;
                    }
                    clear(terminal);
                },
            }
        };
    }
}

/// Why what is asked for cannot be watched, if it cannot.
fn refusal(check: &Check) -> Option<String> {
    if check.paths.iter().any(|path| path.as_os_str() == "-") {
        return Some("--watch cannot watch standard input; name files or folders".to_owned());
    }
    let writes = check.judging.write_baseline.is_some();
    writes.then(|| "--watch and --write-baseline exclude each other: whatever came up would be forgiven".to_owned())
}

/// The files that reports go to.
fn files(destinations: &[Destination]) -> Vec<PathBuf> {
    destinations.iter().filter_map(|destination| destination.file.clone()).collect()
}

/// Checks with one rule pack and one set of options, as long as they stay the same.
struct Session<'s> {
    check: &'s Check,
    settings: &'s Settings,
    destinations: &'s [Destination],
}

impl Session<'_> {
    fn run(&self, post: &mut Post, terminal: &mut Terminal, exit: &mut Exit) -> Next {
        let prepared = self.check.prepare(self.settings, terminal).ok();
        let checker = prepared.as_ref().and_then(|Prepared { book, options, .. }| {
            Checker::new(book, options.clone()).map_err(|failures| failed(&failures, terminal)).ok()
        });
        if let Some(checker) = checker {
            return self.check_again_and_again(&checker, post, terminal, exit);
        }
        *exit = Exit::Failed;
        wait_for_better(terminal);
        match post.wait().next {
            Next::End => Next::End,
            _ => Next::Reload,
        }
    }

    fn check_again_and_again(
        &self,
        checker: &Checker<'_>,
        post: &mut Post,
        terminal: &mut Terminal,
        exit: &mut Exit,
    ) -> Next {
        let own = files(self.destinations);
        let formats = self.destinations.iter().filter_map(|destination| self.check.format(destination, terminal));
        let mut watch = Watch::new(checker, formats.collect(), &self.check.paths);
        let (mut changed, mut is_first) = (BTreeSet::new(), true);
        loop {
            let begun = Instant::now();
            let done = watch.look(&changed, &own).and_then(|look| {
                if is_first || look.is_news() {
                    if !is_first {
                        clear(terminal);
                    }
                    let is_read = self.report(&mut watch, terminal, exit).map_err(|failure| vec![failure])?;
                    tell(&look, is_first, begun.elapsed(), terminal);
                    return Ok(is_read);
                }
                Ok(true)
            });
            match done {
                Ok(true) => {},
                Ok(false) => return Next::End,
                Err(failures) => {
                    *exit = failed(&failures, terminal);
                    return Next::End;
                },
            }
            changed.clear();
            // The second look comes at once: it finds a report that was written among the proposals.
            if !std::mem::take(&mut is_first) {
                let wake = post.wait();
                if wake.next != Next::Look {
                    return wake.next;
                }
                changed = wake.names;
            }
        }
    }

    /// Writes the reports; gives whether standard output is still read.
    fn report(&self, watch: &mut Watch<'_, '_>, terminal: &mut Terminal, exit: &mut Exit) -> Result<bool, Failure> {
        let is_closed = Arc::new(AtomicBool::new(false));
        let standard = || -> Box<dyn Write + Send> { Box::new(Door { is_closed: Arc::clone(&is_closed) }) };
        let mut outputs = self.check.open(self.destinations, standard, terminal)?;
        let closing = watch.report(&mut outputs);
        for failure in closing.failures.iter().filter(|failure| failure.code == "io/unwritable") {
            terminal.error(failure.code, &format!("{}: {}", failure.path, failure.message));
        }
        *exit = Exit::of(closing.exit);
        Ok(!is_closed.load(Ordering::Relaxed))
    }
}

/// Standard output, which remembers that nobody reads it any more.
struct Door {
    is_closed: Arc<AtomicBool>,
}

impl Door {
    fn noted<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if done.as_ref().is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
            self.is_closed.store(true, Ordering::Relaxed);
        }
        done
    }
}

impl Write for Door {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.noted(io::stdout().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.noted(io::stdout().flush())
    }
}

/// Empties the screen, if there is one.
fn clear(terminal: &Terminal) {
    if terminal.environment.out_is_terminal && !terminal.environment.dumb {
        let _not_shown = io::stdout().lock().write_all(b"\x1b[2J\x1b[3J\x1b[H");
    }
}

/// Tells what a look found, under the report.
fn tell(look: &Look, is_first: bool, took: Duration, terminal: &mut Terminal) {
    let speech = Speech::of(terminal.language.tag());
    let mut lines = String::new();
    if !is_first {
        for change in look.changes.iter().take(MOST_TOLD) {
            lines.push_str(&format!("{}\n", told(change, speech)));
        }
        let more = look.changes.len().saturating_sub(MOST_TOLD);
        if more > 0 {
            lines.push_str(&speech.say(|| format!("and {more} more\n"), || format!("以及另外 {more} 个\n")));
        }
    }
    let (files, judged, took) = (look.files, look.judged, took.as_millis());
    lines.push_str(&speech.say(
        || format!("checked {judged} of {files} files in {took} ms; watching for changes, Ctrl-C ends"),
        || format!("已检查 {files} 个文件中的 {judged} 个，用时 {took} 毫秒；正在监视改动，按 Ctrl-C 结束"),
    ));
    terminal.remark(&format!("\n{lines}\n"));
}

/// What became of a file.
fn told(change: &Change, speech: Speech) -> String {
    let name = shown(&change.name);
    let findings = |count: u64| match (speech.chinese, count) {
        (true, count) => format!("{count} 项结果"),
        (false, 1) => "1 finding".to_owned(),
        (false, count) => format!("{count} findings"),
    };
    match (change.before, change.after) {
        (_, None) => speech.say(|| format!("{name}: gone"), || format!("{name}：已不存在")),
        (None, Some(after)) => {
            let after = findings(after);
            speech.say(|| format!("{name}: new, {after}"), || format!("{name}：新增，{after}"))
        },
        (Some(before), Some(after)) => {
            let after = findings(after);
            speech.say(|| format!("{name}: {after}, before {before}"), || format!("{name}：{after}，此前 {before} 项"))
        },
    }
}

/// Says that nothing can be checked until something is mended.
fn wait_for_better(terminal: &mut Terminal) {
    let speech = Speech::of(terminal.language.tag());
    let line = speech
        .say(|| "nothing was checked; watching for changes, Ctrl-C ends", || "未作检查；正在监视改动，按 Ctrl-C 结束");
    terminal.remark(&format!("\n{line}\n"));
}
