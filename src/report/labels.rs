//! Headings and sentences of reports that go elsewhere than to a terminal: annotations, comments, spreadsheets.

use super::words::{Language, Noun, Words};
use crate::catalogue;
use crate::checker::report::{Closing, CodeCount, FindingVerdict, Header, Judgement, Status, Summary, WaivedBy};
use crate::diagnostic::Severity;
use crate::report::human::paint::one_line;
use crate::rulebook::coverage::Standing;

/// What such reports say beyond the words of [`Words`].
#[derive(Debug)]
pub(super) struct Labels {
    pub not_shown: (Noun, Noun, Noun),
    pub not_shown_here: &'static str,
    pub semicolon: &'static str,
    further: (Noun, Noun, &'static str),
    waived_by: (&'static str, &'static str),
    known: &'static str,
    standings: [&'static str; 4],
}

/// The labels of a language.
pub(super) fn labels(language: Language) -> &'static Labels {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

static ENGLISH: Labels = Labels {
    not_shown: (
        Noun::new("further error", "further errors"),
        Noun::new("further warning", "further warnings"),
        Noun::new("further note", "further notes"),
    ),
    not_shown_here: "not shown here",
    semicolon: "; ",
    further: (
        Noun::new("further proposal with ", "further proposals with "),
        Noun::new("finding", "findings"),
        " are not shown here: see the full report",
    ),
    waived_by: ("waived by ", " until "),
    known: "known before, in the baseline",
    standings: ["encoded", "factual", "not checkable", "open"],
};

static CHINESE: Labels = Labels {
    not_shown: (Noun::new("个错误", "个错误"), Noun::new("个警告", "个警告"), Noun::new("个提示", "个提示")),
    not_shown_here: "未在此列出",
    semicolon: "；",
    further: (Noun::new("个项目（共 ", "个项目（共 "), Noun::new("项结果", "项结果"), "）未在此列出，见完整报告"),
    waived_by: ("豁免文件：", "，有效期至 "),
    known: "基线中已有",
    standings: ["已编码", "作为事实", "不可核查", "尚未编码"],
};

impl Labels {
    /// The word for how a passage of the plan stands.
    pub(super) fn standing(&self, standing: Standing) -> &'static str {
        let [encoded, factual, uncheckable, open] = self.standings;
        match standing {
            Standing::Encoded => encoded,
            Standing::Factual => factual,
            Standing::Uncheckable => uncheckable,
            Standing::Open => open,
        }
    }

    /// `3 further proposals with 12 findings are not shown here`
    pub(super) fn further(&self, proposals: u64, findings: u64) -> String {
        let (proposal, finding, end) = self.further;
        format!("{proposals} {}{findings} {}{end}", proposal.form(proposals), finding.form(findings))
    }
}

/// The word for the verdict of a finding.
pub(super) fn verdict(verdict: FindingVerdict, words: &Words) -> &'static str {
    match verdict {
        FindingVerdict::Of(verdict) => words.verdict(verdict),
        FindingVerdict::Invalid => words.invalid,
        FindingVerdict::Waived => words.waived,
    }
}

/// How grave a finding is to whoever reads it: one that is waived asks nothing of anybody.
pub(super) fn severity(judgement: &Judgement) -> Severity {
    if judgement.waived.is_some() { Severity::Note } else { judgement.severity }
}

/// By what a finding is waived, as a sentence.
pub(super) fn waiver(judgement: &Judgement, words: &Words, labels: &Labels) -> Option<String> {
    let (by, until) = labels.waived_by;
    Some(match &judgement.waived.as_deref()?.by {
        WaivedBy::Baseline(file) => format!("{}{}{}", labels.known, words.colon, one_line(file)),
        WaivedBy::Waiver(waiver) => one_line(&format!(
            "{by}{}{}{}{}{until}{}{}{}",
            waiver.document,
            words.open_bracket,
            waiver.authority,
            words.close_bracket,
            waiver.expires,
            words.colon,
            waiver.reason
        ))
        .into_owned(),
    })
}

/// What a code means: the directive's title, or the sentence of the catalogue.
pub(super) fn title(count: &CodeCount, language: Language) -> &str {
    match catalogue::find(&count.code) {
        Some(entry) if count.title.is_empty() => entry.summary(language.tag()),
        _ => &count.title,
    }
}

/// `3 proposals`
pub(super) fn counted(count: u64, noun: Noun) -> String {
    format!("{count} {}", noun.form(count))
}

/// `8 errors`, `2 warnings`, `2 notes`, and what was waived or could not be read, if there is any.
pub(super) fn counts_of_findings(summary: &Summary, words: &Words) -> Vec<String> {
    let mut out = vec![
        counted(summary.errors, words.errors),
        counted(summary.warnings, words.warnings),
        counted(summary.notes, words.notes),
    ];
    if summary.waived > 0 {
        out.push(format!("{} {}", summary.waived, words.waived));
    }
    if summary.unreadable > 0 {
        out.push(counted(summary.unreadable, words.unreadable_files));
    }
    out
}

/// `7 proposals in 8 files: 1 compliant, 3 violating, …; 8 errors, 2 warnings, 2 notes`
pub(super) fn counts(summary: &Summary, words: &Words, labels: &Labels) -> String {
    if summary.proposals == 0 {
        return words.nothing_checked.to_owned();
    }
    let statuses = [
        (summary.compliant, Status::Compliant),
        (summary.violating, Status::Violating),
        (summary.undetermined, Status::Undetermined),
        (summary.invalid, Status::Invalid),
    ];
    let statuses = statuses.map(|(count, status)| format!("{count} {}", words.status(status)));
    format!(
        "{}{}{}{}{}{}{}",
        counted(summary.proposals, words.proposals),
        words.in_files,
        counted(summary.files, words.files),
        words.colon,
        statuses.join(words.comma),
        labels.semicolon,
        counts_of_findings(summary, words).join(words.comma)
    )
}

/// What a reader must know to trust the counts: what was relaxed, what was left out, what was not reached.
pub(super) fn caveats(header: &Header, closing: &Closing, words: &Words) -> Vec<String> {
    let mut out = Vec::new();
    if !header.relaxations.is_empty() {
        let options: Vec<String> = header.relaxations.iter().map(|option| one_line(option).into_owned()).collect();
        out.push(format!("{}{}{}", words.relaxed, words.colon, options.join(words.list_comma)));
    }
    let mut count = |count: u64, noun: Noun| {
        if count > 0 {
            out.push(format!("{count} {}", noun.form(count)));
        }
    };
    count(closing.omitted, words.omitted);
    count(u64::try_from(closing.unapplied_directives.len()).unwrap_or(u64::MAX), words.unapplied_directives);
    count(closing.unapplied_proposals, words.unapplied_proposals);
    out
}
