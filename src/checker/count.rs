//! Counts over a run, gathered by each thread and then added up.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::baseline::Ledger;
use super::report::{Failure, FindingVerdict, Judgement, ProposalReport, Status, Summary, Verdict, WaivedBy};
use super::run_record::InputDigest;
use super::waivers::Uses;
use crate::diagnostic::Severity;
use crate::engine::judge::Judged;
use crate::engine::program::DirectiveSet;

/// What one thread has counted.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    pub summary: Summary,
    /// Broken and undetermined, by code.
    pub by_code: BTreeMap<Arc<str>, (u64, u64)>,
    /// Directives that applied to some proposal.
    pub applied: DirectiveSet,
    /// Proposals that no directive applied to.
    pub unapplied_proposals: u64,
    pub failures: Vec<Failure>,
    pub omitted: u64,
    /// What became of each waiver.
    pub waivers: Uses,
    /// What was met of a baseline, and found for a new one.
    pub ledger: Ledger,
    /// What was read, if the run is kept on record.
    pub inputs: Vec<InputDigest>,
    /// Findings that were shown, where their number is bounded.
    pub shown: u64,
}

impl Counts {
    pub(super) fn new(directives: usize) -> Self {
        Self {
            summary: Summary::default(),
            by_code: BTreeMap::new(),
            applied: DirectiveSet::with_room_for(directives),
            unapplied_proposals: 0,
            failures: Vec::new(),
            omitted: 0,
            waivers: Uses::default(),
            ledger: Ledger::default(),
            inputs: Vec::new(),
            shown: 0,
        }
    }

    /// Counts a proposal; of one that is no JSON nothing was judged.
    pub(super) fn proposal(&mut self, report: &ProposalReport, judged: Option<&[Judged]>) {
        self.summary.proposals += 1;
        *match report.status {
            Status::Invalid => &mut self.summary.invalid,
            Status::Violating => &mut self.summary.violating,
            Status::Undetermined => &mut self.summary.undetermined,
            Status::Compliant => &mut self.summary.compliant,
        } += 1;
        for finding in &report.findings {
            self.judgement(&finding.judgement);
        }
        if let Some(judged) = judged {
            let mut any = false;
            for one in judged.iter().filter(|one| one.applied) {
                self.applied.insert(one.directive);
                any = true;
            }
            self.unapplied_proposals += u64::from(!any);
        }
    }

    pub(super) fn judgement(&mut self, judgement: &Judgement) {
        if let Some(waived) = &judgement.waived {
            self.summary.waived += 1;
            self.summary.known += u64::from(matches!(waived.by, WaivedBy::Baseline(_)));
            return;
        }
        *match judgement.severity {
            Severity::Error => &mut self.summary.errors,
            Severity::Warning => &mut self.summary.warnings,
            Severity::Note => &mut self.summary.notes,
        } += 1;
        let (broken, undetermined) = self.by_code.entry(Arc::clone(&judgement.code)).or_default();
        match judgement.verdict {
            FindingVerdict::Of(Verdict::Undetermined) => *undetermined += 1,
            _ => *broken += 1,
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        let (mine, theirs) = (&mut self.summary, other.summary);
        for (mine, theirs) in [
            (&mut mine.files, theirs.files),
            (&mut mine.proposals, theirs.proposals),
            (&mut mine.compliant, theirs.compliant),
            (&mut mine.violating, theirs.violating),
            (&mut mine.undetermined, theirs.undetermined),
            (&mut mine.invalid, theirs.invalid),
            (&mut mine.unreadable, theirs.unreadable),
            (&mut mine.errors, theirs.errors),
            (&mut mine.warnings, theirs.warnings),
            (&mut mine.notes, theirs.notes),
            (&mut mine.waived, theirs.waived),
            (&mut mine.known, theirs.known),
        ] {
            *mine += theirs;
        }
        for (code, (broken, undetermined)) in other.by_code {
            let entry = self.by_code.entry(code).or_default();
            entry.0 += broken;
            entry.1 += undetermined;
        }
        self.applied.unite(&other.applied);
        self.unapplied_proposals += other.unapplied_proposals;
        self.failures.extend(other.failures);
        self.waivers.merge(other.waivers);
        self.ledger.merge(other.ledger);
        self.omitted += other.omitted;
        self.inputs.extend(other.inputs);
    }
}
