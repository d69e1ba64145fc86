//! Why a directive has its verdict on one proposal, or a portfolio directive on many.

mod portfolio;
mod subject;

use std::sync::Arc;

pub use portfolio::{PortfolioExplanation, ValueExplanation, explain_portfolio};
pub(super) use portfolio::{each_value, explain_texts};
pub use subject::{Subject, Which, subject};
pub(super) use subject::{proposals_of, subject_of};

use super::place::position;
use crate::engine::judge::{Bench, idle_verdict, judge, reopen};
use crate::engine::message::{Reader as Words, fill};
use crate::engine::program::Program;
use crate::engine::reading::{Reader, SyntaxError};
use crate::engine::record::{Extent, Record};
use crate::engine::trace::{Trace, trace};
use crate::rulebook::{DirectiveId, Rulebook, TableId, Verdict};
use crate::text::{Lines, Position};
use crate::value::Day;

/// Why a directive has its verdict on a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The proposal.
    pub subject: Subject,
    /// Its identifier, if it states one.
    pub id: Option<String>,
    /// The day that it was judged as of.
    pub as_of: Day,
    /// What is wrong with its shape, in order of place.
    pub faults: Vec<Fault>,
    /// The steps.
    pub trace: Trace,
    /// What a finding says, if the directive is violated and has a message.
    pub message: Option<String>,
    /// What a finding advises, likewise.
    pub help: Option<String>,
    /// The lines of the proposal's text.
    lines: Lines,
}

/// Something wrong with the shape of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `proposal/…`
    pub code: &'static str,
    /// JSON pointer.
    pub pointer: String,
    /// Where it stands.
    pub position: Position,
    /// What the matter is.
    pub message: String,
}

impl Explanation {
    /// Where a place of the proposal begins in its file.
    pub fn position(&self, extent: Extent) -> Position {
        self.subject.position(&self.lines, extent.start)
    }
}

impl Subject {
    /// The position in its file of a byte of the proposal, of which these are the lines.
    fn position(&self, lines: &Lines, offset: u32) -> Position {
        lines.position(&self.text, offset as usize).after(self.base)
    }
}

/// Why a text is no proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoProposal {
    /// The file.
    pub path: Arc<str>,
    /// Where the fault stands.
    pub position: Position,
    /// What the matter is.
    pub message: String,
}

/// Judges a proposal by one directive and shows how that came about.
///
/// # Errors
/// If the text is no JSON.
pub fn explain(
    book: &Rulebook,
    directive: DirectiveId,
    as_of: Day,
    language: &str,
    subject: Subject,
) -> Result<Explanation, NoProposal> {
    let words = Words { language: book.plan.language(language), chinese: language == "zh" };
    let (mut record, mut faults) = (Record::default(), Vec::new());
    let text = Arc::clone(&subject.text);
    Reader::new(book).read(&text, &mut record, &mut faults).map_err(|error| no_json(&subject, &error, language))?;
    let program = Program::new(book, as_of, |_| true);
    let (mut bench, mut judged) = (Bench::default(), Vec::new());
    judge(book, &program, &record, &text, &mut bench, &mut judged);
    let number = directive.0 as usize;
    let found = judged.iter().find(|one| one.directive == number).map(|one| one.verdict);
    let verdict = found.unwrap_or_else(|| idle_verdict(&program, number));
    let mut court = reopen(book, &program, &record, &text, &mut bench);
    let heading = book.directives.get(number).map(|directive| &directive.heading);
    let heading = heading.filter(|_| verdict == Verdict::Violated);
    let [message, help] = [heading.and_then(|one| one.message.as_ref()), heading.and_then(|one| one.help.as_ref())]
        .map(|template| template.map(|template| fill(&mut court.scene, template, words)));
    let Some(trace) = trace(&mut court, directive, verdict, words) else {
        let message = format!("there is no directive of the number {number}");
        return Err(NoProposal { path: Arc::clone(&subject.path), position: subject.base, message });
    };
    let lines = Lines::new(&text);
    let fault = |fault: &crate::engine::reading::ShapeFinding| Fault {
        code: fault.code.code(),
        pointer: fault.pointer.clone(),
        position: subject.position(&lines, fault.extent.start),
        message: fault.message(book, language).0,
    };
    let mut faults: Vec<Fault> = faults.iter().map(fault).collect();
    faults.sort_by_key(|fault| fault.position.offset);
    let id = identifier(book, &record, &text);
    Ok(Explanation { subject, id, as_of, faults, trace, message, help, lines })
}

fn no_json(subject: &Subject, error: &SyntaxError, language: &str) -> NoProposal {
    let (message, help) = error.message(language);
    let message = help.map_or(message.clone(), |help| format!("{message}; {help}"));
    let position = position(&subject.text, subject.base, error.offset);
    NoProposal { path: Arc::clone(&subject.path), position, message }
}

/// The text of the field `id`.
fn identifier(book: &Rulebook, record: &Record, text: &str) -> Option<String> {
    let table = book.shape.table(TableId(0))?;
    let column = table.fields.iter().find(|id| table.column(**id).is_some_and(|column| column.name == "id"))?;
    record.text(record.slot(TableId(0), 0, *column)?, text).map(str::to_owned)
}
