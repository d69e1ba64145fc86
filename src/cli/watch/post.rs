//! What is watched, and waiting until something happens there.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use walkdir::WalkDir;

use crate::cli::check::interrupted;

/// How long nothing more must happen before it is looked at: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// How long it is waited for that at most.
const PATIENCE: Duration = Duration::from_millis(200);

/// Something that happened while waiting.
enum Happening {
    /// Something changed at these paths.
    Changed(Vec<PathBuf>),
    /// Something may have changed anywhere: the system had more to tell than it could keep.
    Missed,
    /// The user wants to end.
    Interrupted,
}

/// What is to be done next, the weightier the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Next {
    /// Go on waiting.
    Wait,
    /// Look at the proposals.
    Look,
    /// Read the rule pack and what steers the run anew.
    Reload,
    /// End.
    End,
}

/// Why waiting is over.
#[derive(Debug)]
pub(super) struct Wake {
    pub next: Next,
    /// What the files are called that have changed, without their folders.
    pub names: BTreeSet<OsString>,
    /// Whether folders came or went.
    has_folders: bool,
}

/// Where changes count; all paths are absolute and without links.
#[derive(Debug, Default)]
pub(super) struct Places {
    proposals: Vec<PathBuf>,
    steering: Vec<PathBuf>,
    /// Reports, which change with every check.
    own: Vec<PathBuf>,
}

/// Watches places.
#[derive(Debug)]
pub(super) struct Post {
    happenings: Receiver<Happening>,
    watcher: RecommendedWatcher,
    places: Places,
    /// The folders that are watched, each without those in it.
    folders: BTreeSet<PathBuf>,
    /// Whether it is being waited: an interrupt then ends the waiting, and else the process.
    is_waiting: Arc<AtomicBool>,
}

impl Places {
    /// The proposals, the files and folders that steer the run, and the reports.
    pub(super) fn new(proposals: &[PathBuf], steering: &[PathBuf], own: &[PathBuf]) -> Self {
        let here = [PathBuf::from(".")];
        let proposals = if proposals.is_empty() { &here } else { proposals };
        let settled = |paths: &[PathBuf]| paths.iter().map(|path| settled(path)).collect();
        Self { proposals: settled(proposals), steering: settled(steering), own: settled(own) }
    }

    /// What a change of a path asks for.
    fn next(&self, path: &Path) -> Next {
        let is_below = |places: &[PathBuf]| places.iter().any(|place| path.starts_with(place));
        if self.steering.iter().any(|place| place == path) {
            return Next::Reload;
        }
        if self.own.iter().any(|own| is_or_becomes(path, own)) {
            return Next::Wait;
        }
        // What editors and version control keep for themselves is no rule; a rule may be hidden all the same.
        let is_rule = !is_hidden(path) || path.extension().is_some_and(|ending| ending == "plan");
        if is_below(&self.steering) && is_rule {
            return Next::Reload;
        }
        // A folder above that was moved took the proposals with it.
        let is_above = self.proposals.iter().chain(&self.steering).any(|place| place.starts_with(path));
        if is_below(&self.proposals) || is_above { Next::Look } else { Next::Wait }
    }

    /// The folders that must be watched.
    fn folders(&self) -> BTreeSet<PathBuf> {
        let mut folders = BTreeSet::new();
        for (places, hidden_too) in [(&self.proposals, false), (&self.steering, true)] {
            for place in places {
                // A file is watched by way of its folder, because editors put a new file in its place; a folder too,
                // because it may be moved away and come back.
                let above = place.ancestors().skip(1).find(|above| above.is_dir());
                folders.extend(above.map(Path::to_path_buf));
                let kept = |entry: &walkdir::DirEntry| {
                    let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                    entry.file_type().is_dir() && (hidden_too || entry.depth() == 0 || !is_hidden)
                };
                let below = WalkDir::new(place).into_iter().filter_entry(kept).filter_map(Result::ok);
                folders.extend(below.map(walkdir::DirEntry::into_path));
            }
        }
        folders
    }
}

impl Post {
    /// Watches nothing yet, but for interrupts.
    pub(super) fn new() -> Result<Self, String> {
        let (sender, happenings) = channel();
        let is_waiting = Arc::new(AtomicBool::new(false));
        let (to_end, waiting) = (sender.clone(), Arc::clone(&is_waiting));
        let on_interrupt = move || {
            if !waiting.load(Ordering::Relaxed) || to_end.send(Happening::Interrupted).is_err() {
                interrupted();
            }
        };
        ctrlc::set_handler(on_interrupt).map_err(|error| format!("interrupts cannot be heard: {error}"))?;
        let watcher = notify::recommended_watcher(listener(sender)).map_err(|error| cannot_watch(&error))?;
        Ok(Self { happenings, watcher, places: Places::default(), folders: BTreeSet::new(), is_waiting })
    }

    /// Watches these places from now on.
    pub(super) fn guard(&mut self, places: Places) -> Result<(), String> {
        self.places = places;
        self.guard_folders()
    }

    fn guard_folders(&mut self) -> Result<(), String> {
        let folders = self.places.folders();
        for gone in self.folders.difference(&folders) {
            // One that is no more is not watched either.
            let _no_longer = self.watcher.unwatch(gone);
        }
        for folder in &folders {
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Err(error) if folder.is_dir() => return Err(cannot_watch(&error)),
                // It went away meanwhile.
                Ok(()) | Err(_) => {},
            }
        }
        self.folders = folders;
        Ok(())
    }

    /// Waits until something happens that counts, and until it is over.
    pub(super) fn wait(&mut self) -> Wake {
        let mut wake = Wake { next: Next::Wait, names: BTreeSet::new(), has_folders: false };
        self.is_waiting.store(true, Ordering::Relaxed);
        while wake.next == Next::Wait {
            match self.happenings.recv() {
                Ok(happening) => self.take(&happening, &mut wake),
                Err(_) => wake.next = Next::End,
            }
        }
        let begun = Instant::now();
        while wake.next != Next::End && begun.elapsed() < PATIENCE {
            match self.happenings.recv_timeout(QUIET) {
                Ok(happening) => self.take(&happening, &mut wake),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => wake.next = Next::End,
            }
        }
        self.is_waiting.store(false, Ordering::Relaxed);
        // Before it is looked: what comes into a new folder until then is seen by the look, and later it is told.
        if wake.has_folders && self.guard_folders().is_err() {
            wake.next = wake.next.max(Next::Reload);
        }
        wake
    }

    fn take(&self, happening: &Happening, wake: &mut Wake) {
        match happening {
            Happening::Interrupted => wake.next = Next::End,
            Happening::Missed => {
                wake.next = wake.next.max(Next::Look);
                wake.has_folders = true;
            },
            Happening::Changed(paths) => {
                for path in paths {
                    let next = self.places.next(path);
                    wake.next = wake.next.max(next);
                    if next != Next::Wait {
                        wake.has_folders |= self.folders.contains(path) || path.is_dir();
                        wake.names.extend(path.file_name().map(OsString::from));
                    }
                }
            },
        }
    }
}

/// Hands on what the system tells, but for files that were only read.
fn listener(sender: Sender<Happening>) -> impl FnMut(notify::Result<Event>) + Send {
    move |told| {
        let happening = match told {
            Ok(event) if event.need_rescan() => Happening::Missed,
            Ok(Event { kind: EventKind::Access(AccessKind::Close(AccessMode::Write)), paths, .. }) => {
                Happening::Changed(paths)
            },
            Ok(Event { kind: EventKind::Access(_), .. }) => return,
            Ok(Event { paths, .. }) => Happening::Changed(paths),
            Err(_) => Happening::Missed,
        };
        let _nobody_waits = sender.send(happening);
    }
}

/// A path without links and dots, as far as it leads somewhere.
fn settled(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if !parent.as_os_str().is_empty() => settled(parent).join(name),
        _ => fs::canonicalize(".").map(|here| here.join(path)).unwrap_or_else(|_| path.to_owned()),
    })
}

/// Whether a path is a report, or the file that becomes one when it is whole.
fn is_or_becomes(path: &Path, report: &Path) -> bool {
    let becomes = || {
        let (name, whole) = (path.file_name()?.to_str()?, report.file_name()?.to_str()?);
        let rest = name.strip_prefix('.')?.strip_prefix(whole)?;
        Some(path.parent() == report.parent() && rest.starts_with('.') && rest.ends_with(".part"))
    };
    path == report || becomes() == Some(true)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn cannot_watch(error: &notify::Error) -> String {
    match error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system lets no more folders be watched; name fewer, or raise its limit (on Linux fs.inotify.max_user_watches)".to_owned()
        },
        _ => format!("the system does not tell of changes: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_counts_by_where_it_is() {
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        let places = Places {
            proposals: paths(&["/w/in"]),
            steering: paths(&["/w/rules", "/w/.plancheck/waivers.toml"]),
            own: paths(&["/w/in/page.html", "/w/rules/out.json"]),
        };
        for (path, next) in [
            ("/w/in/a.json", Next::Look),
            ("/w/in/deep/folder", Next::Look),
            ("/w", Next::Look),
            ("/w/inside.json", Next::Wait),
            ("/w/rules/a.plan", Next::Reload),
            ("/w/rules/source/plan.md", Next::Reload),
            ("/w/rules/.hidden.plan", Next::Reload),
            ("/w/rules/.a.plan.swp", Next::Wait),
            ("/w/.plancheck/waivers.toml", Next::Reload),
            ("/w/.plancheck/other.toml", Next::Wait),
            ("/w/in/page.html", Next::Wait),
            ("/w/rules/out.json", Next::Wait),
            ("/w/rules/.out.json.17-0.part", Next::Wait),
            ("/elsewhere", Next::Wait),
        ] {
            assert_eq!(places.next(Path::new(path)), next, "{path}");
        }
    }

    #[test]
    fn paths_that_lead_nowhere_yet_are_settled_as_far_as_they_go() {
        let folder = tempfile::tempdir().unwrap();
        let real = fs::canonicalize(folder.path()).unwrap();
        assert_eq!(settled(&folder.path().join("not/yet.json")), real.join("not/yet.json"));
        assert_eq!(settled(Path::new("no-such-file")), fs::canonicalize(".").unwrap().join("no-such-file"));
    }
}
