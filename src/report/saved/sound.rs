//! Whether a saved report agrees with itself: one that was edited by hand is refused rather than shown as something else.

use super::Saved;
use crate::checker::report::{Closing, Finding, FindingVerdict, Judgement, ProposalReport, Status, Summary, Verdict};
use crate::diagnostic::Severity;
use crate::text::Position;

/// The first contradiction, with its place in the report as a JSON pointer.
pub(super) fn fault(saved: &Saved) -> Option<String> {
    let report = &saved.report;
    let proposals = (0_usize..).zip(&report.proposals);
    let in_proposals =
        proposals.into_iter().find_map(|(number, proposal)| of_proposal(number, proposal, &report.closing));
    in_proposals.or_else(|| of_summary(&report.proposals, &report.closing)).or_else(|| of_header(saved))
}

fn of_header(saved: &Saved) -> Option<String> {
    let digest = saved.report.header.digest.strip_prefix("sha256:")?;
    let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_digest {
        return Some("/plan/digest: this is no digest".to_owned());
    }
    (saved.report.closing.exit > 2).then(|| "/exit: an exit code is 0, 1 or 2".to_owned())
}

fn of_proposal(number: usize, proposal: &ProposalReport, closing: &Closing) -> Option<String> {
    if proposal.line == 0 {
        return Some(format!("/proposals/{number}/line: lines count from 1"));
    }
    let findings = (0_usize..).zip(&proposal.findings);
    let in_findings = findings
        .into_iter()
        .find_map(|(index, finding)| Some(format!("/proposals/{number}/findings/{index}{}", of_finding(finding)?)));
    let status = status(proposal);
    let in_status = (closing.omitted == 0 && status != proposal.status).then(|| {
        format!(
            "/proposals/{number}/status: it says `{}`, and by its findings the proposal is `{}`",
            proposal.status.word(),
            status.word()
        )
    });
    in_findings.or(in_status)
}

fn of_finding(finding: &Finding) -> Option<String> {
    let is_place = |position: Position| position.line > 0 && position.column > 0;
    if !is_place(finding.start) || !is_place(finding.end) {
        return Some("/span: lines and columns count from 1".to_owned());
    }
    if finding.end.offset < finding.start.offset {
        return Some("/span: it ends before it begins".to_owned());
    }
    if !finding.pointer.is_empty() && !finding.pointer.starts_with('/') {
        return Some("/pointer: this is no JSON pointer".to_owned());
    }
    if !finding.judgement.verdict.is_finding() {
        return Some(format!("/verdict: `{}` is no verdict of a finding", finding.judgement.verdict.word()));
    }
    if (finding.judgement.verdict == FindingVerdict::Waived) != finding.judgement.waived.is_some() {
        return Some("/waived: what is waived says by what, and nothing else does".to_owned());
    }
    None
}

/// The sum of a proposal's findings.
fn status(proposal: &ProposalReport) -> Status {
    let has = |verdict: FindingVerdict| {
        let mut judgements = proposal.findings.iter().map(|finding| &finding.judgement);
        judgements.any(|judgement| judgement.severity == Severity::Error && judgement.verdict == verdict)
    };
    if has(FindingVerdict::Invalid) {
        Status::Invalid
    } else if has(FindingVerdict::Of(Verdict::Violated)) {
        Status::Violating
    } else if has(FindingVerdict::Of(Verdict::Undetermined)) {
        Status::Undetermined
    } else {
        Status::Compliant
    }
}

/// Whether the summary counts what stands in the report.
fn of_summary(proposals: &[ProposalReport], closing: &Closing) -> Option<String> {
    let mut counted = Summary::default();
    for proposal in proposals {
        counted.proposals += 1;
        *match proposal.status {
            Status::Compliant => &mut counted.compliant,
            Status::Violating => &mut counted.violating,
            Status::Undetermined => &mut counted.undetermined,
            Status::Invalid => &mut counted.invalid,
        } += 1;
        proposal.findings.iter().for_each(|finding| count(&finding.judgement, &mut counted));
    }
    // With every verdict listed, a portfolio entry may be undetermined and still count for nothing.
    let of_proposals = counted;
    let portfolio = closing.portfolio.iter().map(|finding| &finding.judgement);
    portfolio.filter(|judgement| judgement.verdict.is_finding()).for_each(|judgement| count(judgement, &mut counted));
    let (stated, least, most) = (&closing.summary, of_proposals, counted);
    let all_shown = closing.omitted == 0;
    let rows = [
        ("proposals", stated.proposals, least.proposals, most.proposals, true),
        ("compliant", stated.compliant, least.compliant, most.compliant, true),
        ("violating", stated.violating, least.violating, most.violating, true),
        ("undetermined", stated.undetermined, least.undetermined, most.undetermined, true),
        ("invalid", stated.invalid, least.invalid, most.invalid, true),
        ("errors", stated.errors, most.errors, most.errors, all_shown),
        ("warnings", stated.warnings, most.warnings, most.warnings, all_shown),
        ("notes", stated.notes, least.notes, most.notes, all_shown),
        ("waived", stated.waived, most.waived, most.waived, all_shown),
    ];
    let wrong = rows.into_iter().find(|(_, stated, least, most, counts)| *counts && (stated < least || stated > most));
    wrong.map(|(name, stated, _, most, _)| format!("/summary/{name}: it says {stated}, and {most} stand in the report"))
}

fn count(judgement: &Judgement, counted: &mut Summary) {
    *match judgement.severity {
        _ if judgement.waived.is_some() => &mut counted.waived,
        Severity::Error => &mut counted.errors,
        Severity::Warning => &mut counted.warnings,
        Severity::Note => &mut counted.notes,
    } += 1;
}
