//! One thread's work: judging one proposal after the other, and gathering what the run needs of each.

use std::collections::HashMap;
use std::sync::Arc;

use super::Checker;
use super::acceptance::settle;
use super::count::Counts;
use super::findings::{Standing, Wording, fingerprint, rule_place, severity};
use super::place::{Locator, position};
use super::report::{Finding, FindingVerdict, Judgement, Member, ProposalReport, Translation, Verdict};
use crate::diagnostic::Severity;
use crate::engine::causes::{Causes, causes};
use crate::engine::evaluate::Scene;
use crate::engine::judge::{Bench, Judged, idle_verdict, judge, reopen};
use crate::engine::pointer::{place_of, place_of_proposal};
use crate::engine::portfolio::{Tally, tallies};
use crate::engine::reading::ShapeFinding;
use crate::engine::record::{Extent, Record};
use crate::rulebook::{ColumnId, Directive, Rulebook, TableId};
use crate::text::Position;

/// Where a proposal stands.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub path: Arc<str>,
    pub index: u64,
    /// The file's position at which the proposal's text begins.
    pub base: Position,
}

/// Memory of one thread, used again for each proposal.
pub(super) struct Worker<'c, 'b> {
    checker: &'c Checker<'b>,
    record: Record,
    bench: Bench,
    judged: Vec<Judged>,
    faults: Vec<ShapeFinding>,
    /// Messages of faults met before: looking for the nearest name is dear, and the same faults come again and again.
    said: HashMap<String, Words>,
    /// What findings of each directive have in common, by its number.
    standings: Vec<Option<Standing>>,
    /// Whether reports list verdicts: they are asked for, or a format needs them.
    pub lists_verdicts: bool,
    /// Whether a format is browsed: proposals come with their facets, and findings in a second language.
    pub is_browsed: bool,
    pub counts: Counts,
    pub tallies: Vec<Tally<Member>>,
}

impl<'c, 'b> Worker<'c, 'b> {
    pub(super) fn new(checker: &'c Checker<'b>) -> Self {
        Self {
            checker,
            record: Record::default(),
            bench: Bench::default(),
            judged: Vec::new(),
            faults: Vec::new(),
            said: HashMap::new(),
            standings: vec![None; checker.book.directives.len()],
            lists_verdicts: checker.options.verdicts,
            is_browsed: false,
            counts: Counts::new(checker.book.directives.len()),
            tallies: tallies(checker.book),
        }
    }

    /// Reads and judges one proposal; `text` is one JSON value, perhaps with white space around it.
    pub(super) fn check(&mut self, text: &str, origin: &Origin) -> ProposalReport {
        self.faults.clear();
        let read = self.checker.reader.read(text, &mut self.record, &mut self.faults);
        let report = match read {
            Ok(()) => self.judge(text, origin),
            Err(error) => {
                let at = error.offset.min(text.len());
                let extent = Extent { start: small(at), end: small((at + 1).min(text.len())) };
                self.rejected(text, origin, "proposal/syntax", |language| error.message(language), extent)
            },
        };
        self.counts.proposal(&report, read_judged(&report, &self.judged));
        report
    }

    /// The report on something that is no JSON: one finding, nothing judged.
    pub(super) fn reject(
        &mut self,
        text: &str,
        origin: &Origin,
        code: &'static str,
        words: impl FnMut(&str) -> Words,
        extent: Extent,
    ) -> ProposalReport {
        let report = self.rejected(text, origin, code, words, extent);
        self.counts.proposal(&report, None);
        report
    }

    fn rejected(
        &mut self,
        text: &str,
        origin: &Origin,
        code: &'static str,
        words: impl FnMut(&str) -> Words,
        extent: Extent,
    ) -> ProposalReport {
        let judgement = self.shape_judgement(code, Severity::Error, words);
        let subject = [origin.path.as_ref(), &origin.index.to_string()].join("#");
        let mut finding = placed(judgement, String::new(), extent, &mut Locator::new(text, origin.base));
        finding.judgement.fingerprint = fingerprint(&[code, &subject, ""]);
        let findings = std::slice::from_mut(&mut finding);
        let status = settle(&self.checker.options, None, &origin.path, findings, &mut self.counts);
        ProposalReport {
            path: Arc::clone(&origin.path),
            index: origin.index,
            line: origin.base.line,
            id: None,
            title: None,
            status,
            findings: vec![finding],
            verdicts: self.lists_verdicts.then(Vec::new),
            facets: None,
        }
    }

    fn judge(&mut self, text: &str, origin: &Origin) -> ProposalReport {
        let Checker { book, program, .. } = self.checker;
        judge(book, program, &self.record, text, &mut self.bench, &mut self.judged);
        let id = self.text_of(self.checker.identifier, text);
        let start = place_of_proposal(&self.record).start as usize;
        let place = position(text, origin.base, start);
        self.gather(text, origin, id.as_deref());
        let mut findings: Vec<Finding> = Vec::new();
        let mut locator = Locator::new(text, origin.base);
        let mut kept = std::mem::take(&mut self.said);
        for fault in &self.faults {
            let (code, severity) = (fault.code.code(), fault.code.severity());
            let judgement = self.shape_judgement(code, severity, |language| said(&mut kept, fault, book, language));
            findings.push(placed(judgement, fault.pointer.clone(), fault.extent, &mut locator));
        }
        self.said = kept;
        self.add_verdicts(text, &mut locator, &mut findings);
        let subject = match &id {
            Some(id) => id.clone(),
            None => format!("{}#{}", origin.path, origin.index),
        };
        for finding in &mut findings {
            finding.judgement.fingerprint = fingerprint(&[&finding.judgement.code, &subject, &finding.pointer]);
        }
        findings.sort_by(|a, b| (a.start.offset, &a.judgement.code).cmp(&(b.start.offset, &b.judgement.code)));
        let status = settle(&self.checker.options, id.as_deref(), &origin.path, &mut findings, &mut self.counts);
        ProposalReport {
            path: Arc::clone(&origin.path),
            index: origin.index,
            line: place.line,
            id,
            title: self.text_of(self.checker.title, text),
            status,
            findings,
            verdicts: self.lists_verdicts.then(|| self.all_verdicts()),
            facets: self.is_browsed.then(|| self.checker.header.atlas.facets(&self.record)),
        }
    }

    /// Findings of directives that are violated or left open.
    fn add_verdicts(&mut self, text: &str, locator: &mut Locator<'_>, findings: &mut Vec<Finding>) {
        let Checker { book, program, options, .. } = self.checker;
        let other = self.is_browsed.then_some(self.checker.other_words);
        for judged in &self.judged {
            let Some(directive) = book.directives.get(judged.directive) else { continue };
            let severity = severity(directive.heading.modality, judged.verdict, options.undetermined);
            let Some(severity) = severity.filter(|_| self.checker.is_selected(judged.directive)) else { continue };
            let mut court = reopen(book, program, &self.record, text, &mut self.bench);
            let causes = match judged.verdict {
                Verdict::Undetermined => causes(&mut court, directive),
                _ => Causes::default(),
            };
            let Some(standing) = self.standings.get_mut(judged.directive) else { continue };
            let standing = standing.get_or_insert_with(|| {
                Standing::new(book, &directive.heading, &directive.requirement, self.checker.words, other)
            });
            let wording = Wording {
                standing,
                heading: &directive.heading,
                requirement: &directive.requirement,
                when: directive.when.as_ref(),
                verdict: judged.verdict,
                severity,
            };
            let judgement = wording.judgement(&mut court.scene, &causes);
            let (pointer, extent) = self.place(directive.at);
            findings.push(placed(judgement, pointer.clone(), extent, locator));
            for operator in &causes.arithmetic {
                let judgement = self.arithmetic(directive, *operator);
                findings.push(placed(judgement, pointer.clone(), extent, locator));
            }
        }
    }

    /// A warning that an operator's result could not be kept (details 8).
    fn arithmetic(&self, directive: &Directive, operator: crate::text::Span) -> Judgement {
        let name = &directive.heading.name;
        let words = |language: &str| {
            if language == "zh" {
                let message = format!("指令 `{name}` 中的运算没有结果：除数为零，或结果的分子或分母超过 10^28");
                (message, Some("请核对项目中填写的数值".to_owned()))
            } else {
                let message =
                    format!("an operation of `{name}` has no result: it divides by zero, or the result passes 10^28");
                (message, Some("check the amounts that the proposal states".to_owned()))
            }
        };
        Judgement {
            rule: Some(rule_place(self.checker.book, operator)),
            verdict: FindingVerdict::Of(Verdict::Undetermined),
            ..self.shape_judgement("rules/arithmetic", Severity::Warning, words)
        }
    }

    /// A finding that no directive makes; `words` gives message and help in a language.
    fn shape_judgement(
        &self,
        code: &'static str,
        severity: Severity,
        mut words: impl FnMut(&str) -> Words,
    ) -> Judgement {
        let (message, help) = words(&self.checker.options.language);
        let other = if self.checker.other_words.chinese { "zh" } else { "en" };
        let translation = self.is_browsed.then(|| words(other)).map(|(message, help)| Translation { message, help });
        Judgement {
            code: Arc::from(code),
            verdict: FindingVerdict::Invalid,
            severity,
            waived: None,
            basis: None,
            message,
            help,
            translation,
            cites: Vec::new(),
            rule: None,
            missing: Vec::new(),
            fingerprint: String::new(),
        }
    }

    fn place(&self, at: Option<ColumnId>) -> (String, Extent) {
        let shape = &self.checker.book.shape;
        let column = at.and_then(|at| shape.column(TableId(0), at).map(|column| (at, column)));
        match column {
            Some((at, column)) => (column.pointer.clone(), place_of(shape, &self.record, at)),
            None => {
                let whole = place_of_proposal(&self.record);
                (String::new(), Extent { start: whole.start, end: whole.end.min(whole.start + 1) })
            },
        }
    }

    /// The text of a field, readable as declared or not.
    fn text_of(&self, column: Option<ColumnId>, text: &str) -> Option<String> {
        let slot = self.record.slot(TableId(0), 0, column?)?;
        if let Some(value) = self.record.text(slot, text) {
            return Some(value.to_owned());
        }
        let json = text.get(slot.extent.start as usize..slot.extent.end as usize)?;
        serde_json::from_str::<String>(json).ok()
    }

    fn all_verdicts(&self) -> Vec<(Arc<str>, Verdict)> {
        let Checker { program, names, .. } = self.checker;
        let mut judged = self.judged.iter().peekable();
        let verdict = |(number, name): (usize, &Arc<str>)| {
            let verdict = match judged.next_if(|one| one.directive == number) {
                Some(one) => one.verdict,
                None => idle_verdict(program, number),
            };
            self.checker.lists(number).then(|| (Arc::clone(name), verdict))
        };
        names.iter().enumerate().filter_map(verdict).collect()
    }

    /// Takes the proposal into the portfolio.
    fn gather(&mut self, text: &str, origin: &Origin, id: Option<&str>) {
        let checker = self.checker;
        let is_object = self.record.tables.first().is_some_and(|rows| !rows.slots.is_empty());
        if !checker.judges_portfolio() || !is_object || !text.trim_start().starts_with('{') {
            return;
        }
        let Self { record, bench, tallies, .. } = self;
        for (directive, tally) in checker.book.portfolio.iter().zip(tallies) {
            let mut scene = Scene::new(checker.book, record, text, &mut bench.memory);
            tally.add(directive, &mut scene, &mut || {
                let (pointer, extent) = match directive.at {
                    Some(at) => {
                        let column = checker.book.shape.column(TableId(0), at);
                        (column.map(|column| column.pointer.clone()), place_of(&checker.book.shape, record, at))
                    },
                    None => (None, place_of_proposal(record)),
                };
                Member {
                    path: Arc::clone(&origin.path),
                    index: origin.index,
                    id: id.map(str::to_owned),
                    pointer: pointer.unwrap_or_default(),
                    start: position(text, origin.base, extent.start as usize),
                    end: position(text, origin.base, extent.end as usize),
                }
            });
        }
    }
}

/// A message and its help.
pub(super) type Words = (String, Option<String>);

/// The most messages that are kept.
const MOST_SAID: usize = 4096;

/// What is said of a fault; the words hang on nothing but the code and the detail.
fn said(kept: &mut HashMap<String, Words>, fault: &ShapeFinding, book: &Rulebook, language: &str) -> Words {
    let key = format!("{language} {:?} {:?}", fault.code, fault.detail);
    if let Some(words) = kept.get(&key) {
        return words.clone();
    }
    let words = fault.message(book, language);
    if kept.len() < MOST_SAID {
        kept.insert(key, words.clone());
    }
    words
}

fn read_judged<'a>(report: &ProposalReport, judged: &'a [Judged]) -> Option<&'a [Judged]> {
    let is_json = report.findings.iter().all(|finding| finding.judgement.code.as_ref() != "proposal/syntax");
    is_json.then_some(judged)
}

fn placed(judgement: Judgement, pointer: String, extent: Extent, locator: &mut Locator<'_>) -> Finding {
    let start = locator.position(extent.start as usize);
    let end = locator.position(extent.end as usize);
    Finding { judgement, pointer, start, end }
}

fn small(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
