//! What findings come to: those that do not count are marked, and a proposal's status is the sum of the others.

use std::sync::Arc;

use super::count::Counts;
use super::options::Options;
use super::report::{Finding, FindingVerdict, PortfolioFinding, Status, Verdict};
use crate::diagnostic::Severity;

/// Marks the findings on one proposal that do not count, takes them down for a new baseline, and gives the status that
/// the proposal has with them. The findings stand in their order, and none is marked yet.
pub(super) fn settle(
    options: &Options,
    id: Option<&str>,
    path: &Arc<str>,
    findings: &mut [Finding],
    counts: &mut Counts,
) -> Status {
    // A proposal that breaks the shape stays invalid, whoever knew of it before.
    let is_invalid = has_error(findings, FindingVerdict::Invalid);
    let Options { as_of, waivers, baseline, records_findings, .. } = options;
    if let Some(waivers) = waivers {
        waivers.waive(*as_of, id, path, findings, &mut counts.waivers);
    }
    if let Some(baseline) = baseline {
        counts.ledger.accept(baseline, path, findings);
    }
    if *records_findings {
        counts.ledger.record(path, findings);
    }
    match is_invalid {
        true => Status::Invalid,
        false if has_error(findings, FindingVerdict::Of(Verdict::Violated)) => Status::Violating,
        false if has_error(findings, FindingVerdict::Of(Verdict::Undetermined)) => Status::Undetermined,
        false => Status::Compliant,
    }
}

fn has_error(findings: &[Finding], verdict: FindingVerdict) -> bool {
    let mut judgements = findings.iter().map(|finding| &finding.judgement);
    judgements.any(|judgement| judgement.severity == Severity::Error && judgement.verdict == verdict)
}

/// Marks a finding on the portfolio if it does not count, and takes it down for a new baseline.
pub(super) fn settle_portfolio(options: &Options, finding: &mut PortfolioFinding, counts: &mut Counts) {
    let Options { as_of, waivers, baseline, records_findings, .. } = options;
    if let Some(waivers) = waivers {
        waivers.waive_portfolio(*as_of, finding, &mut counts.waivers);
    }
    if let Some(baseline) = baseline {
        counts.ledger.accept_portfolio(baseline, finding);
    }
    if *records_findings {
        counts.ledger.record_portfolio(finding);
    }
}
