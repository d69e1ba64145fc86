//! Files that steer a run, read before anything is judged: waivers.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::terminal::Terminal;
use crate::checker::waivers::{Waivers, read};
use crate::configuration::Speech;
use crate::rulebook::Rulebook;
use crate::text::Sources;

/// The waivers of a run; `Err` if a file cannot be used, which was told.
pub(super) fn waivers(
    files: &[PathBuf],
    book: &Rulebook,
    terminal: &mut Terminal,
) -> Result<Option<Arc<Waivers>>, ToldAlready> {
    let speech = Speech::of(terminal.language.tag());
    let (mut all, mut notices, mut is_good) = (Vec::new(), Vec::new(), true);
    for path in files {
        let Ok(text) = read_text(path, terminal) else {
            is_good = false;
            continue;
        };
        let mut sources = Sources::default();
        let mut found = read(&mut sources, &path.display().to_string(), &text, book, speech);
        if !found.diagnostics.is_empty() {
            terminal.diagnose(&found.diagnostics, &sources);
            is_good = false;
        }
        all.append(&mut found.waivers);
        notices.append(&mut found.notices);
    }
    if !is_good {
        return Err(ToldAlready);
    }
    Ok((!files.is_empty()).then(|| Arc::new(Waivers::new(all, notices))))
}

/// Something cannot be done, and the user was told.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToldAlready;

/// The text of a file that steers the run.
fn read_text(path: &Path, terminal: &mut Terminal) -> Result<String, ToldAlready> {
    let name = path.display();
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
