//! Files that steer a run, read before anything is judged: waivers and the baseline.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::judging::Judging;
use super::settings::Settings;
use super::terminal::Terminal;
use crate::checker::baseline::Baseline;
use crate::checker::options::Options;
use crate::checker::waivers::{ReadWaivers, Waivers, read, read_tables};
use crate::configuration::Speech;
use crate::rulebook::Rulebook;
use crate::text::Sources;
use crate::text::display::shown;

/// Something cannot be done, and the user was told.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToldAlready;

/// What was read from files.
#[derive(Debug)]
pub(super) struct Steering {
    waivers: Option<Arc<Waivers>>,
    baseline: Option<Arc<Baseline>>,
    relaxations: Vec<String>,
    /// The files that were read, and the digest of each.
    pub(super) files: Vec<(String, String)>,
}

impl Steering {
    /// Reads the files that the options name, and the waivers of `plancheck.toml`.
    pub(super) fn read(
        judging: &Judging,
        settings: &Settings,
        book: &Rulebook,
        terminal: &mut Terminal,
    ) -> Result<Self, ToldAlready> {
        let speech = Speech::of(terminal.language.tag());
        let (mut all, mut is_good) = (ReadWaivers::default(), true);
        let mut files = Vec::new();
        let mut note = |name: &str, text: &str| files.push((name.to_owned(), digest(text)));
        let mut take = |mut found: ReadWaivers, sources: &Sources, terminal: &mut Terminal| {
            if !found.diagnostics.is_empty() {
                terminal.diagnose(&found.diagnostics, sources);
                is_good = false;
            }
            all.waivers.append(&mut found.waivers);
            all.notices.append(&mut found.notices);
        };
        for path in &judging.waivers {
            let text = read_text(path, terminal)?;
            note(&path.display().to_string(), &text);
            let mut sources = Sources::default();
            let found = read(&mut sources, &path.display().to_string(), &text, book, speech);
            take(found, &sources, terminal);
        }
        let mut relaxations = Vec::new();
        if let Some((file, tables)) = settings.waivers() {
            file.sources.get(file.id).iter().for_each(|file| note(&file.name, &file.text));
            take(read_tables(&tables, &file.sources, file.id, book, speech), &file.sources, terminal);
            relaxations.push(format!("waivers in {}", file.sources.name(file.id)));
        }
        let has_waivers = !judging.waivers.is_empty() || !relaxations.is_empty();
        let baseline = match &judging.baseline {
            None => None,
            Some(path) => {
                let text = read_text(path, terminal)?;
                note(&path.display().to_string(), &text);
                match Baseline::read(&path.display().to_string(), &text, speech) {
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
        let waivers = has_waivers.then(|| Arc::new(Waivers::new(all.waivers, all.notices)));
        Ok(Self { waivers, baseline, relaxations, files })
    }

    /// The options of a run with what was read.
    pub(super) fn add_to(self, mut options: Options) -> Options {
        options.relaxations.extend(self.relaxations);
        Options { waivers: self.waivers, baseline: self.baseline, ..options }
    }
}

fn digest(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().fold("sha256:".to_owned(), |written, byte| written + &format!("{byte:02x}"))
}

/// The text of a file that steers the run.
pub(super) fn read_text(path: &Path, terminal: &mut Terminal) -> Result<String, ToldAlready> {
    let name = shown(&path.to_string_lossy());
    let (code, reason) = match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)),
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
