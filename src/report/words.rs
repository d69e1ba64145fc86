//! Every word of the tool's own that reports are made of, in English and Chinese.

use crate::checker::report::Status;
use crate::diagnostic::Severity;
use crate::rulebook::{Basis, Verdict};

/// The reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English
    English,
    /// Chinese
    Chinese,
}

impl Language {
    /// The language of a tag.
    pub fn of(tag: &str) -> Self {
        if tag.starts_with("zh") { Self::Chinese } else { Self::English }
    }

    /// `en` or `zh`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::Chinese => &CHINESE,
        }
    }
}

/// A noun with its plural.
#[derive(Debug, Clone, Copy)]
pub struct Noun(&'static str, &'static str);

impl Noun {
    /// A noun of these two forms.
    pub const fn new(one: &'static str, many: &'static str) -> Self {
        Self(one, many)
    }

    /// The form for a number of things, without the number.
    pub fn form(self, count: u64) -> &'static str {
        if count == 1 { self.0 } else { self.1 }
    }
}

/// The words of one language.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is the word or phrase that it is called")]
pub struct Words {
    pub error: &'static str,
    pub warning: &'static str,
    pub note: &'static str,

    pub compliant: &'static str,
    pub violating: &'static str,
    pub undetermined: &'static str,
    pub invalid: &'static str,

    pub violated: &'static str,
    pub satisfied: &'static str,
    pub set_aside: &'static str,
    pub not_applicable: &'static str,
    pub not_in_force: &'static str,

    pub stated: &'static str,
    pub derived: &'static str,
    pub assumed: &'static str,
    pub practice: &'static str,
    pub assumed_reading: &'static str,

    pub colon: &'static str,
    pub comma: &'static str,
    pub list_comma: &'static str,
    pub open_quote: &'static str,
    pub close_quote: &'static str,
    pub open_bracket: &'static str,
    pub close_bracket: &'static str,

    pub plan: &'static str,
    pub rule: &'static str,
    pub help: &'static str,
    pub missing: &'static str,
    pub members: &'static str,
    pub more: (&'static str, &'static str),
    pub portfolio: &'static str,
    pub portfolio_heading: &'static str,
    pub for_value: &'static str,

    pub proposals: Noun,
    pub in_files: &'static str,
    pub files: Noun,
    pub unreadable_files: Noun,
    pub errors: Noun,
    pub warnings: Noun,
    pub notes: Noun,
    pub waived: &'static str,
    pub waiver: &'static str,
    pub baseline: &'static str,
    pub summary: &'static str,
    pub broken_most: &'static str,
    pub all_broken: &'static str,
    pub left_open: &'static str,
    pub times: &'static str,
    pub unapplied_directives: Noun,
    pub unapplied_proposals: Noun,
    pub ungrouped: Noun,
    pub relaxed: &'static str,
    pub omitted: Noun,
    pub failures: &'static str,
    pub as_of: &'static str,
    pub nothing_checked: &'static str,

    pub settings_file: &'static str,
    pub no_settings_file: &'static str,
    pub by_default: &'static str,
    pub command_line: &'static str,

    pub test_passed: Noun,
    pub test_failed: Noun,
    pub expected: &'static str,
    pub came_out: &'static str,
    pub nothing_to_judge: &'static str,
    pub given: &'static str,

    pub laid_out: Noun,
    pub would_change: Noun,
    pub well_laid_out: Noun,

    pub directive: &'static str,
    pub modality: &'static str,
    pub basis: &'static str,
    pub title: &'static str,
    pub passage: &'static str,
    pub in_words: &'static str,
    pub wording: &'static str,
    pub message: &'static str,
    pub failing_example: &'static str,
    pub passing_example: &'static str,
    pub no_passage: &'static str,
    pub tags: &'static str,
    pub in_force: &'static str,
    pub since: &'static str,
    pub until: &'static str,
    pub remark: &'static str,
}

impl Words {
    /// The word for a severity.
    pub fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }

    /// The word for a status.
    pub fn status(&self, status: Status) -> &'static str {
        match status {
            Status::Compliant => self.compliant,
            Status::Violating => self.violating,
            Status::Undetermined => self.undetermined,
            Status::Invalid => self.invalid,
        }
    }

    /// The word for a verdict.
    pub fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Violated => self.violated,
            Verdict::Undetermined => self.undetermined,
            Verdict::Satisfied => self.satisfied,
            Verdict::SetAside => self.set_aside,
            Verdict::NotApplicable => self.not_applicable,
            Verdict::NotInForce => self.not_in_force,
        }
    }

    /// The word for what a directive rests on.
    pub fn basis(&self, basis: Basis) -> &'static str {
        match basis {
            Basis::Stated => self.stated,
            Basis::Derived => self.derived,
            Basis::Assumed => self.assumed,
            Basis::Practice => self.practice,
        }
    }
}

static ENGLISH: Words = Words {
    error: "error",
    warning: "warning",
    note: "note",

    compliant: "compliant",
    violating: "violating",
    undetermined: "undetermined",
    invalid: "invalid",

    violated: "violated",
    satisfied: "satisfied",
    set_aside: "set aside",
    not_applicable: "not applicable",
    not_in_force: "not in force",

    stated: "stated",
    derived: "derived",
    assumed: "assumed",
    practice: "practice",
    assumed_reading: "an assumed reading of the plan, which a person should confirm",

    colon: ": ",
    comma: ", ",
    list_comma: ", ",
    open_quote: "“",
    close_quote: "”",
    open_bracket: " (",
    close_bracket: ")",

    plan: "plan",
    rule: "rule",
    help: "help",
    missing: "missing",
    members: "members",
    more: ("and ", " more"),
    portfolio: "portfolio",
    portfolio_heading: "The portfolio: all proposals together",
    for_value: "for",

    proposals: Noun("proposal", "proposals"),
    in_files: " in ",
    files: Noun("file", "files"),
    unreadable_files: Noun("file could not be read", "files could not be read"),
    errors: Noun("error", "errors"),
    warnings: Noun("warning", "warnings"),
    notes: Noun("note", "notes"),
    waived: "waived",
    waiver: "waiver",
    baseline: "known before",
    summary: "Summary",
    broken_most: "Broken most often",
    all_broken: "What was broken or left open, and how often",
    left_open: "left open",
    times: "×",
    unapplied_directives: Noun("directive applied to no proposal", "directives applied to no proposal"),
    unapplied_proposals: Noun(
        "proposal had no directive that applied to it",
        "proposals had no directive that applied to them",
    ),
    ungrouped: Noun("proposal is in no group of", "proposals are in no group of"),
    relaxed: "The check was relaxed by",
    omitted: Noun(
        "further finding is counted but not shown (--max-findings)",
        "further findings are counted but not shown (--max-findings)",
    ),
    failures: "What could not be done",
    as_of: "as of",
    nothing_checked: "Nothing was checked.",

    settings_file: "settings",
    no_settings_file: "no plancheck.toml in this folder or above it",
    by_default: "default",
    command_line: "command line",

    test_passed: Noun("test passed", "tests passed"),
    test_failed: Noun("test failed", "tests failed"),
    expected: "expected",
    came_out: "but it came out",
    nothing_to_judge: "but there was nothing to judge",
    given: "given",

    laid_out: Noun("file was laid out anew", "files were laid out anew"),
    would_change: Noun("file would be laid out anew", "files would be laid out anew"),
    well_laid_out: Noun("file is laid out well", "files are laid out well"),

    directive: "directive",
    modality: "modality",
    basis: "basis",
    title: "title",
    passage: "passage",
    in_words: "In words",
    wording: "The rule",
    message: "Its message",
    failing_example: "A proposal that breaks it",
    passing_example: "A proposal that meets it",
    no_passage: "no passage of the plan",
    tags: "tags",
    in_force: "in force",
    since: "since",
    until: "until",
    remark: "note",
};

static CHINESE: Words = Words {
    error: "错误",
    warning: "警告",
    note: "提示",

    compliant: "符合",
    violating: "不符合",
    undetermined: "待定",
    invalid: "无效",

    violated: "违反",
    satisfied: "满足",
    set_aside: "搁置",
    not_applicable: "不适用",
    not_in_force: "未施行",

    stated: "规划明文",
    derived: "由规划推出",
    assumed: "推定",
    practice: "惯例",
    assumed_reading: "此为对规划的推定理解，须由人确认",

    colon: "：",
    comma: "，",
    list_comma: "、",
    open_quote: "“",
    close_quote: "”",
    open_bracket: "（",
    close_bracket: "）",

    plan: "规划",
    rule: "规则",
    help: "建议",
    missing: "缺少",
    members: "成员",
    more: ("另有 ", " 个"),
    portfolio: "总体",
    portfolio_heading: "总体：全部项目合并检查",
    for_value: "对象",

    proposals: Noun("个项目", "个项目"),
    in_files: "，来自 ",
    files: Noun("个文件", "个文件"),
    unreadable_files: Noun("个文件无法读取", "个文件无法读取"),
    errors: Noun("个错误", "个错误"),
    warnings: Noun("个警告", "个警告"),
    notes: Noun("个提示", "个提示"),
    waived: "已豁免",
    waiver: "豁免",
    baseline: "先前已知",
    summary: "汇总",
    broken_most: "违反最多的指令",
    all_broken: "各项违反与待定次数",
    left_open: "待定",
    times: "×",
    unapplied_directives: Noun("条指令未适用于任何项目", "条指令未适用于任何项目"),
    unapplied_proposals: Noun("个项目没有适用的指令", "个项目没有适用的指令"),
    ungrouped: Noun("个项目不属于任何分组，指令", "个项目不属于任何分组，指令"),
    relaxed: "以下选项放宽了检查",
    omitted: Noun("项结果已计数但未列出（--max-findings）", "项结果已计数但未列出（--max-findings）"),
    failures: "未能完成的事项",
    as_of: "截至",
    nothing_checked: "没有检查任何项目。",

    settings_file: "设置文件",
    no_settings_file: "本文件夹及其上级均无 plancheck.toml",
    by_default: "默认",
    command_line: "命令行",

    test_passed: Noun("项测试通过", "项测试通过"),
    test_failed: Noun("项测试未通过", "项测试未通过"),
    expected: "预期",
    came_out: "实际为",
    nothing_to_judge: "但没有可判定的对象",
    given: "第",

    laid_out: Noun("个文件已重新排版", "个文件已重新排版"),
    would_change: Noun("个文件有待重新排版", "个文件有待重新排版"),
    well_laid_out: Noun("个文件排版无误", "个文件排版无误"),

    directive: "指令",
    modality: "强度",
    basis: "依据",
    title: "标题",
    passage: "条文",
    in_words: "含义",
    wording: "规则原文",
    message: "提示语",
    failing_example: "违反的例子",
    passing_example: "满足的例子",
    no_passage: "未引用规划条文",
    tags: "标签",
    in_force: "施行",
    since: "自",
    until: "至",
    remark: "备注",
};
