//! Files that steer a run, read before anything is judged: waivers and the baseline.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::settings::Settings;
use super::terminal::Terminal;
use crate::checker::baseline::Baseline;
use crate::checker::options::Options;
use crate::checker::run_record::{Digest, DigestKind, SteeringFile, SteeringRole};
use crate::checker::waivers::{ReadWaivers, Waivers, read, read_tables};
use crate::configuration::Speech;
use crate::rulebook::Rulebook;
use crate::text::Sources;
use crate::text::display::shown;

/// Something cannot be done, and the user was told.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToldAlready;

/// A file that is to be read: what reports call it, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub name: String,
    pub path: PathBuf,
}

impl Named {
    /// A file as it was named.
    pub(super) fn of(path: &Path) -> Self {
        Self { name: path.display().to_string(), path: path.to_path_buf() }
    }
}

/// What was read from files.
#[derive(Debug)]
pub(super) struct Steering {
    waivers: Option<Arc<Waivers>>,
    baseline: Option<Arc<Baseline>>,
    relaxations: Vec<String>,
    pub(super) files: Vec<SteeringFile>,
}

impl Steering {
    /// Reads files of waivers, the baseline, and the waivers of `plancheck.toml`.
    pub(super) fn read(
        waiver_files: &[Named],
        baseline_file: Option<&Named>,
        settings: &Settings,
        book: &Rulebook,
        terminal: &mut Terminal,
    ) -> Result<Self, ToldAlready> {
        let speech = Speech::of(terminal.language.tag());
        let (mut all, mut is_good) = (ReadWaivers::default(), true);
        let mut take = |mut found: ReadWaivers, sources: &Sources, terminal: &mut Terminal| {
            if !found.diagnostics.is_empty() {
                terminal.diagnose(&found.diagnostics, sources);
                is_good = false;
            }
            all.waivers.append(&mut found.waivers);
            all.notices.append(&mut found.notices);
        };
        let mut files = Vec::new();
        let mut note = |role, path: &str, digest| files.push(SteeringFile { role, path: path.to_owned(), digest });
        for Named { name, path } in waiver_files {
            let (text, digest) = read_text(path, terminal)?;
            note(SteeringRole::Waivers, name, digest);
            let mut sources = Sources::default();
            let found = read(&mut sources, name, &text, book, speech);
            take(found, &sources, terminal);
        }
        let mut relaxations = Vec::new();
        if let Some((file, tables)) = settings.waivers() {
            let name = file.sources.name(file.id);
            note(SteeringRole::Settings, name, file.digest);
            take(read_tables(&tables, &file.sources, file.id, book, speech), &file.sources, terminal);
            relaxations.push(format!("waivers in {name}"));
        }
        let baseline = match baseline_file {
            None => None,
            Some(Named { name, path }) => {
                let (text, digest) = read_text(path, terminal)?;
                note(SteeringRole::Baseline, name, digest);
                match Baseline::read(name, &text, speech) {
                    Ok(baseline) => Some(Arc::new(baseline)),
                    Err(failure) => {
                        terminal.error(failure.code, &format!("{}: {}", failure.path, failure.message));
                        is_good = false;
                        None
                    },
                }
            },
        };
        if !is_good {
            return Err(ToldAlready);
        }
        let has_waivers = !waiver_files.is_empty() || !relaxations.is_empty();
        let waivers = has_waivers.then(|| Arc::new(Waivers::new(all.waivers, all.notices)));
        Ok(Self { waivers, baseline, relaxations, files })
    }

    /// The options of a run with what was read.
    pub(super) fn add_to(self, mut options: Options) -> Options {
        options.relaxations.extend(self.relaxations);
        Options { waivers: self.waivers, baseline: self.baseline, files: self.files, ..options }
    }
}

/// The text of a file that steers the run, and the file's digest.
pub(super) fn read_text(path: &Path, terminal: &mut Terminal) -> Result<(String, Digest), ToldAlready> {
    let name = shown(&path.to_string_lossy());
    let (code, reason) = match fs::read(path).map(|bytes| (Digest::of(DigestKind::Sha256, &bytes), bytes)) {
        Ok((digest, bytes)) => match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
                return Ok((text, digest));
            },
            Err(_) => ("io/unreadable", "it is not UTF-8".to_owned()),
        },
        Err(error) => match error.kind() {
            ErrorKind::NotFound => ("io/not-found", "there is no such file".to_owned()),
            ErrorKind::PermissionDenied => ("io/unreadable", "this user may not read it".to_owned()),
            ErrorKind::IsADirectory => ("io/unreadable", "it is a folder".to_owned()),
            _ => ("io/unreadable", error.to_string()),
        },
    };
    terminal.error(code, &format!("{name}: cannot be read: {reason}"));
    Err(ToldAlready)
}
