//! Where reports are put together: each output gets its pieces in order, and a format that can be written only when the
//! run is over has them kept until then.

use std::io::{self, BufReader, BufWriter, Seek as _, Write};
use std::sync::Arc;

use tempfile::SpooledTempFile;

use super::output::{Output, OutputError, unwritable};
use super::report::{Assembly, Closing, Failure, Format, Header, ProposalReport, Report};

/// How much of one report is kept in memory; more goes to an unnamed file.
const KEPT_IN_MEMORY: usize = 4 * 1024 * 1024;

/// How much is gathered before it is handed on.
const BUFFER: usize = 64 * 1024;

/// The outputs of a run.
pub(super) struct Desk<'o> {
    trays: Vec<Tray<'o>>,
}

/// One output, and what of it waits for the end of the run.
struct Tray<'o> {
    output: &'o mut Box<dyn Output>,
    format: Arc<dyn Format>,
    kept: Option<BufWriter<SpooledTempFile>>,
    /// Whether a proposal has written something yet.
    begun: bool,
}

impl<'o> Desk<'o> {
    pub(super) fn new(outputs: &'o mut [Box<dyn Output>]) -> Self {
        let tray = |output: &'o mut Box<dyn Output>| {
            let format = output.format();
            let is_gathered = format.assembly().is_some();
            let kept = is_gathered.then(|| BufWriter::with_capacity(BUFFER, SpooledTempFile::new(KEPT_IN_MEMORY)));
            Tray { output, format, kept, begun: false }
        };
        Self { trays: outputs.iter_mut().map(tray).collect() }
    }

    pub(super) fn formats(&self) -> Vec<Arc<dyn Format>> {
        self.trays.iter().map(|tray| Arc::clone(&tray.format)).collect()
    }

    /// Writes what stands before the first proposal.
    pub(super) fn begin(&mut self, header: &Header) -> Result<(), OutputError> {
        for tray in self.trays.iter_mut().filter(|tray| tray.kept.is_none()) {
            let mut bytes = Vec::new();
            tray.format.begin(header, &mut bytes);
            tray.output.write(&bytes)?;
        }
        Ok(())
    }

    /// Takes what proposals wrote, for each output in turn.
    pub(super) fn take(&mut self, pieces: &[Vec<u8>]) -> Result<(), OutputError> {
        self.trays.iter_mut().zip(pieces).try_for_each(|(tray, bytes)| tray.take(bytes))
    }

    /// Writes what stands after the last proposal, and puts each report in its place.
    pub(super) fn end(self, header: &Header, closing: &mut Closing) {
        for mut tray in self.trays {
            let ended = tray.end(header, closing);
            if let Some(failure) = ended.err().and_then(OutputError::failure) {
                closing.failures.push(failure);
                closing.exit = 2;
            }
        }
    }
}

impl Tray<'_> {
    /// Takes a piece, set apart from the one before.
    fn take(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        if bytes.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.begun, true) {
            let separator = self.format.separator();
            self.write(separator.as_bytes())?;
        }
        self.write(bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        match &mut self.kept {
            Some(kept) => kept.write_all(bytes).map_err(|error| not_kept(&error)),
            None if bytes.is_empty() => Ok(()),
            None => self.output.write(bytes),
        }
    }

    fn end(&mut self, header: &Header, closing: &Closing) -> Result<(), OutputError> {
        let format = Arc::clone(&self.format);
        let mut piece = Vec::new();
        format.portfolio(header, closing, &mut piece);
        self.take(&piece)?;
        match (self.kept.take(), format.assembly()) {
            (Some(kept), Some(assembly)) => self.assemble(assembly, kept, header, closing)?,
            _ => {
                let mut bytes = Vec::new();
                format.end(header, closing, &mut bytes);
                self.output.write(&bytes)?;
            },
        }
        self.output.finish()
    }

    fn assemble(
        &mut self,
        assembly: &dyn Assembly,
        kept: BufWriter<SpooledTempFile>,
        header: &Header,
        closing: &Closing,
    ) -> Result<(), OutputError> {
        let mut kept = kept.into_inner().map_err(|error| not_kept(error.error()))?;
        kept.rewind().map_err(|error| not_kept(&error))?;
        let mut pieces = BufReader::with_capacity(BUFFER, kept);
        let door = Door { output: self.output.as_mut(), refusal: None };
        let mut out = BufWriter::with_capacity(BUFFER, door);
        let written = assembly.assemble(header, closing, &mut pieces, &mut out).and_then(|()| out.flush());
        let (door, _unwritten) = out.into_parts();
        match (door.refusal, written) {
            (Some(refusal), _) => Err(refusal),
            (None, Err(error)) => Err(not_kept(&error)),
            (None, Ok(())) => Ok(()),
        }
    }
}

/// Lets what is written into an output, and remembers why it was refused.
struct Door<'o> {
    output: &'o mut dyn Output,
    refusal: Option<OutputError>,
}

impl Write for Door<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.output.write(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(refusal) => {
                self.refusal = Some(refusal);
                Err(io::ErrorKind::Other.into())
            },
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn not_kept(error: &io::Error) -> OutputError {
    OutputError::Failed(unwritable("temporary file", error))
}

/// Writes a report that is whole already to outputs; gives what could not be written.
pub fn write(report: &Report, outputs: &mut [Box<dyn Output>]) -> Vec<Failure> {
    let mut desk = Desk::new(outputs);
    let formats = desk.formats();
    let pieces = |proposal: &ProposalReport| -> Vec<Vec<u8>> {
        let piece = |format: &Arc<dyn Format>| {
            let mut bytes = Vec::new();
            format.proposal(&report.header, proposal, None, &mut bytes);
            bytes
        };
        formats.iter().map(piece).collect()
    };
    let written = desk
        .begin(&report.header)
        .and_then(|()| report.proposals.iter().try_for_each(|proposal| desk.take(&pieces(proposal))));
    if let Err(error) = written {
        return error.failure().into_iter().collect();
    }
    let mut closing = report.closing.clone();
    desk.end(&report.header, &mut closing);
    closing.failures.split_off(report.closing.failures.len())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::checker::Checker;
    use crate::checker::options::Options;
    use crate::checker::output::StreamOutput;
    use crate::checker::report::{Excerpt, Pieces};
    use crate::rulebook::Rulebook;
    use crate::value::Day;

    /// Writes the number of proposals, then their paths; the paths come before the number is known.
    struct CountFirst;

    impl Format for CountFirst {
        fn proposal(&self, _: &Header, report: &ProposalReport, _: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
            out.extend_from_slice(report.path.as_bytes());
        }

        fn separator(&self) -> &'static str {
            ","
        }

        fn assembly(&self) -> Option<&dyn Assembly> {
            Some(self)
        }
    }

    impl Assembly for CountFirst {
        fn assemble(
            &self,
            header: &Header,
            closing: &Closing,
            pieces: &mut dyn Pieces,
            out: &mut dyn Write,
        ) -> io::Result<()> {
            write!(out, "{} {}: ", header.plan, closing.summary.proposals)?;
            io::copy(pieces, out)?;
            pieces.rewind()?;
            out.write_all(b" ")?;
            io::copy(pieces, out).map(drop)
        }
    }

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_format_may_wait_for_the_end_of_the_run_and_read_its_pieces_twice() {
        let book = Rulebook::henan().unwrap();
        let checker = Checker::new(&book, Options::new(Day(20_000))).unwrap();
        let report = checker.check_texts(&[("a.json", "{}"), ("b.json", "[{}, {}]")]);
        let kept = Kept::default();
        let output = StreamOutput::new("kept", Arc::new(CountFirst), kept.clone());
        assert_eq!(write(&report, &mut [Box::new(output)]), []);
        let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text, "henan-urban-development 3: a.json,b.json,b.json a.json,b.json,b.json");
    }

    /// Takes nothing.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_output_that_is_full_at_the_end_is_a_failure_of_its_own_name() {
        let book = Rulebook::henan().unwrap();
        let checker = Checker::new(&book, Options::new(Day(20_000))).unwrap();
        let report = checker.check_texts(&[("a.json", "{}")]);
        let failures = write(&report, &mut [Box::new(StreamOutput::new("full", Arc::new(CountFirst), Full))]);
        assert_eq!(failures.len(), 1);
        assert_eq!((failures[0].path.as_str(), failures[0].code), ("full", "io/unwritable"));
    }
}
