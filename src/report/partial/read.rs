//! Reading partial results back, strictly, a proposal at a time.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Beside, First, Foot, Last, SCHEMA, Setup, TOOL};
use crate::checker::report::{Closing, Facets, Failure, Member, Part, ProposalReport, RunRecord, Summary, Verdict};
use crate::diagnostic::Severity;
use crate::engine::portfolio::Tally;
use crate::report::saved::record::{Input, Record};
use crate::report::saved::shapes;
use crate::text::display::shown;

/// How much is read at once. Many parts are read side by side.
const BUFFER: usize = 16 * 1024;

/// The longest first line.
const LONGEST_HEAD: u64 = 16 * 1024 * 1024;

/// What the last line begins with.
const LAST: &[u8] = b"{\"end\":";

/// Why a partial result is not as it was written, and what to do.
const CHANGED: &str = "the file was changed since it was written; check this part again";

/// The partial results of one part.
#[derive(Debug)]
pub struct PartialReader<R> {
    name: String,
    reader: BufReader<R>,
    setup: Setup,
    /// Where the proposals begin.
    start: u64,
    /// Where the last line begins.
    end: u64,
    /// How many proposals there are by the last line, once that was read.
    count: Option<u64>,
}

/// What is looked at before anything else.
#[derive(Deserialize)]
struct Front {
    partial: Option<serde_json::Value>,
    #[serde(default)]
    tool: String,
}

/// A line that stands for a proposal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    proposal: shapes::Proposal,
    beside: Beside,
}

impl<R: Read + Seek> PartialReader<R> {
    /// Reads how the part was judged, and makes sure that it is whole; `name` is what messages call it.
    ///
    /// # Errors
    /// Where it cannot be read, is no partial result, is of another version, or is cut short.
    pub fn open(name: &str, reader: R) -> Result<Self, Failure> {
        let unreadable = |error: io::Error| unreadable(name, &error);
        let mut reader = BufReader::with_capacity(BUFFER, reader);
        let mut line = Vec::new();
        (&mut reader).take(LONGEST_HEAD).read_until(b'\n', &mut line).map_err(unreadable)?;
        let setup = setup(name, &line)?;
        let start = line.len() as u64;
        let end = last_line(&mut reader, start).map_err(unreadable)?;
        let Some(end) = end else { return Err(cut_short(name)) };
        Ok(Self { name: name.to_owned(), reader, setup, start, end, count: None })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it was judged.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// What the part came to; it holds nothing of the portfolio but its tallies.
    ///
    /// # Errors
    /// Where the last line cannot be read.
    pub fn closing(&mut self) -> Result<Closing, Failure> {
        let mut line = Vec::new();
        let read = self.reader.seek(SeekFrom::Start(self.end)).and_then(|_| self.reader.read_to_end(&mut line));
        read.map_err(|error| unreadable(&self.name, &error))?;
        let Last { end }: Last<shapes::Failure, Input, Vec<Tally<Member>>> = parse(&self.name, "the last line", &line)?;
        self.count = Some(end.proposals);
        Ok(closing(end))
    }

    /// The proposals, in order; `idle` are the verdicts that need not be written.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn proposals(mut self, idle: Arc<[(Arc<str>, Verdict)]>) -> Result<Proposals<R>, Failure> {
        let sought = self.reader.seek(SeekFrom::Start(self.start));
        sought.map_err(|error| unreadable(&self.name, &error))?;
        let lines = self.reader.take(self.end - self.start);
        Ok(Proposals { name: self.name, lines, read: 0, count: self.count, line: Vec::new(), idle })
    }
}

/// The proposals of a part.
#[derive(Debug)]
pub struct Proposals<R> {
    name: String,
    lines: io::Take<BufReader<R>>,
    /// How many proposals were read.
    read: u64,
    count: Option<u64>,
    line: Vec<u8>,
    idle: Arc<[(Arc<str>, Verdict)]>,
}

impl<R: Read> Iterator for Proposals<R> {
    type Item = Result<ProposalReport, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.line.clear();
        match self.lines.read_until(b'\n', &mut self.line) {
            Ok(0) => self.missing().map(Err),
            Ok(_) => {
                self.read += 1;
                Some(self.proposal())
            },
            Err(error) => Some(Err(unreadable(&self.name, &error))),
        }
    }
}

impl<R> Proposals<R> {
    /// What is wrong if there are not as many as there should be; said once.
    fn missing(&mut self) -> Option<Failure> {
        let (count, read) = (self.count.take().filter(|count| *count != self.read)?, self.read);
        let message = format!("it says that it has {count} proposals, and it has {read}: {CHANGED}");
        Some(bad(&self.name, message))
    }

    fn proposal(&self) -> Result<ProposalReport, Failure> {
        let Line { proposal, beside } = parse(&self.name, &format!("line {}", self.read + 1), &self.line)?;
        let mut report = proposal.into_report();
        let telling = report.verdicts.take();
        report.verdicts = Some(telling.map(|telling| self.with_idle(telling)).unwrap_or_default());
        report.facets = beside.facets.map(|(place, claims)| Facets {
            place,
            claims: claims.into_iter().map(|claims| claims.into_iter().collect()).collect(),
        });
        for (finding, translation) in report.findings.iter_mut().zip(beside.translations) {
            finding.judgement.translation = translation;
        }
        Ok(report)
    }

    /// All verdicts, from those that were written.
    fn with_idle(&self, telling: Vec<(Arc<str>, Verdict)>) -> Vec<(Arc<str>, Verdict)> {
        let telling: BTreeMap<Arc<str>, Verdict> = telling.into_iter().collect();
        let all = self.idle.iter().map(|(name, idle)| (Arc::clone(name), *telling.get(name).unwrap_or(idle)));
        all.collect()
    }
}

fn closing(end: Foot<shapes::Failure, Input, Vec<Tally<Member>>>) -> Closing {
    let summary =
        Summary { files: end.files, unreadable: end.unreadable, proposals: end.proposals, ..Summary::default() };
    Closing {
        unapplied_directives: end.unapplied_directives,
        unapplied_proposals: end.unapplied_proposals,
        failures: end.failures.into_iter().map(shapes::Failure::into_failure).collect(),
        summary,
        record: Some(RunRecord {
            inputs: end.inputs.into_iter().map(Input::into_input).collect(),
            ..RunRecord::default()
        }),
        part: Some(Part { tallies: end.tallies, saw_folder: end.saw_folder }),
        ..Closing::default()
    }
}

fn setup(name: &str, line: &[u8]) -> Result<Setup, Failure> {
    let none = || {
        let message = "it is no partial result: one is written by `plancheck check --partials FILE`";
        bad(name, message.to_owned())
    };
    if !line.starts_with(b"{") {
        return Err(none());
    }
    let front: Front = serde_json::from_slice(line).map_err(|_| none())?;
    let schema = front.partial.ok_or_else(none)?;
    if schema.as_u64() != Some(SCHEMA) || front.tool != TOOL {
        let (schema, tool) = (shown(&schema.to_string()), shown(&front.tool));
        return Err(bad(
            name,
            format!(
                "plancheck {tool} wrote it (schema {schema}), and this is plancheck {TOOL} (schema {SCHEMA}): merge with the version that checked the parts, or check them again"
            ),
        ));
    }
    let First { plan, digest, as_of, record, .. }: First<Record> = parse(name, "line 1", line)?;
    Ok(Setup { plan, digest, as_of, record: record.into_record(Vec::new()) })
}

/// Where the last line begins, if it is the one that closes a part.
fn last_line(reader: &mut (impl Read + Seek), start: u64) -> io::Result<Option<u64>> {
    let length = reader.seek(SeekFrom::End(0))?;
    let mut buffer = vec![0; BUFFER];
    let mut end = length;
    while end > start {
        let from = end.saturating_sub(BUFFER as u64).max(start);
        let Some(piece) = usize::try_from(end - from).ok().and_then(|size| buffer.get_mut(..size)) else { break };
        reader.seek(SeekFrom::Start(from))?;
        reader.read_exact(piece)?;
        let is_last = end == length;
        // The break that ends the last line does not begin it.
        let seen = if is_last { piece.strip_suffix(b"\n") } else { Some(&*piece) };
        let Some(seen) = seen else { return Ok(None) };
        if let Some(at) = memchr::memrchr(b'\n', seen) {
            return closes(reader, from + at as u64 + 1);
        }
        end = from;
    }
    if length > start { closes(reader, start) } else { Ok(None) }
}

fn closes(reader: &mut (impl Read + Seek), at: u64) -> io::Result<Option<u64>> {
    reader.seek(SeekFrom::Start(at))?;
    let mut begin = Vec::new();
    reader.take(LAST.len() as u64).read_to_end(&mut begin)?;
    Ok((begin == LAST).then_some(at))
}

fn parse<T: DeserializeOwned>(name: &str, place: &str, line: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(line).map_err(|error| {
        let text = error.to_string();
        // Every line is a document of its own, and its number means nothing.
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        let (reason, column) = (shown(reason), error.column());
        bad(name, format!("{place}, column {column}: {reason}: {CHANGED}"))
    })
}

fn cut_short(name: &str) -> Failure {
    let message = "it is cut short: the line that closes a partial result is missing; check this part again";
    bad(name, message.to_owned())
}

fn bad(name: &str, message: String) -> Failure {
    Failure { path: name.to_owned(), code: "run/bad-partial", message, severity: Severity::Error }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    let (code, reason) = match error.kind() {
        io::ErrorKind::NotFound => ("io/not-found", "there is no such file".to_owned()),
        io::ErrorKind::PermissionDenied => ("io/unreadable", "this user may not read it".to_owned()),
        io::ErrorKind::IsADirectory => ("io/unreadable", "it is a folder".to_owned()),
        io::ErrorKind::NotSeekable => ("io/unreadable", "it is a pipe; write it to a file first".to_owned()),
        _ => ("io/unreadable", error.to_string()),
    };
    let message = format!("the partial result cannot be read: {reason}");
    Failure { path: name.to_owned(), code, message, severity: Severity::Error }
}
