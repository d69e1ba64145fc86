//! A bar that shows how far a long run is.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::checker::output::Progress;
use crate::report::words::Language;

/// How long a run is before the bar appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the bar is drawn anew.
const BEAT: Duration = Duration::from_millis(100);

/// A bar on standard error, from the first second on.
pub(super) struct Bar {
    began: Instant,
    found: AtomicU64,
    judged: AtomicU64,
    proposals: AtomicU64,
    drawn: OnceLock<ProgressBar>,
    language: Language,
}

impl fmt::Debug for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bar").finish_non_exhaustive()
    }
}

impl Bar {
    pub(super) fn new(language: Language) -> Self {
        Self {
            began: Instant::now(),
            found: AtomicU64::new(0),
            judged: AtomicU64::new(0),
            proposals: AtomicU64::new(0),
            drawn: OnceLock::new(),
            language,
        }
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        if let Some(bar) = self.drawn.get() {
            bar.finish_and_clear();
        }
    }

    fn draw(&self) {
        if self.drawn.get().is_none() && self.began.elapsed() < PATIENCE {
            return;
        }
        let bar = self.drawn.get_or_init(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let template = "{spinner} {wide_bar} {pos}/{len}  {msg}  {elapsed}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(BEAT);
            bar
        });
        bar.set_length(self.found.load(Ordering::Relaxed));
        bar.set_position(self.judged.load(Ordering::Relaxed));
        let words = self.language.words();
        let proposals = self.proposals.load(Ordering::Relaxed);
        bar.set_message(format!("{proposals} {}", words.proposals.form(proposals)));
    }
}

impl Progress for Bar {
    fn found(&self, files: u64) {
        self.found.fetch_add(files, Ordering::Relaxed);
        self.draw();
    }

    fn judged(&self, files: u64, proposals: u64) {
        self.judged.fetch_add(files, Ordering::Relaxed);
        self.proposals.fetch_add(proposals, Ordering::Relaxed);
        self.draw();
    }
}

/// A writer to the terminal that the bar is on: the bar makes room for what is written.
#[derive(Debug)]
pub(super) struct BesideBar<W> {
    bar: Arc<Bar>,
    writer: W,
}

impl<W: Write> BesideBar<W> {
    pub(super) fn new(bar: Arc<Bar>, writer: W) -> Self {
        Self { bar, writer }
    }

    fn make_room<R>(&mut self, write: impl FnOnce(&mut W) -> R) -> R {
        match self.bar.drawn.get() {
            Some(bar) => bar.suspend(|| write(&mut self.writer)),
            None => write(&mut self.writer),
        }
    }
}

impl<W: Write> Write for BesideBar<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.make_room(|writer| writer.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.make_room(Write::flush)
    }
}
