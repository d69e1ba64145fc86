//! The sentences about two packs, in English and Chinese.

use crate::analysis::{Doubt, Kind, Part};
use crate::report::Language;
use crate::report::words::Noun;

/// The sentences of one language.
#[derive(Debug)]
pub(super) struct Phrases {
    pub renamed: &'static str,
    pub differs: &'static str,
    pub example: &'static str,
    pub unknown: &'static str,
    pub added: &'static str,
    pub removed: &'static str,
    pub were_added: Noun,
    pub were_removed: Noun,
    pub speaks_of: &'static str,
    pub unchanged: &'static str,
    pub reworded: &'static str,
    pub nothing_shared: &'static str,
    pub equal: Noun,
    pub can_differ: Noun,
    pub undecided: Noun,
    pub proposals: Noun,
    pub flips: Noun,
    pub statuses: Noun,
    pub reweighed: &'static str,
    pub weigh_otherwise: Noun,
    pub portfolio: &'static str,
    pub portfolio_undecided: Noun,
    pub shape: &'static str,
    pub because: &'static str,
    parts: [&'static str; 8],
    kinds: [&'static str; 7],
    doubts: [&'static str; 4],
}

impl Phrases {
    pub(super) fn part(&self, part: Part) -> &'static str {
        let [modality, when, requirement, unless, overrides, each, effective, cites] = self.parts;
        match part {
            Part::Modality => modality,
            Part::When => when,
            Part::Requirement => requirement,
            Part::Unless => unless,
            Part::Overrides => overrides,
            Part::ForEach => each,
            Part::Effective => effective,
            Part::Cites => cites,
        }
    }

    pub(super) fn kind(&self, kind: Kind) -> &'static str {
        let [definition, group, relation, vocabulary, field, dimension, directive] = self.kinds;
        match kind {
            Kind::Definition => definition,
            Kind::Group => group,
            Kind::Relation => relation,
            Kind::Vocabulary => vocabulary,
            Kind::Field => field,
            Kind::Dimension => dimension,
            Kind::Directive => directive,
        }
    }

    pub(super) fn doubt(&self, doubt: Doubt) -> &'static str {
        let [length, text, operation, cost] = self.doubts;
        match doubt {
            Doubt::Length(..) => length,
            Doubt::Text(_) => text,
            Doubt::Operation => operation,
            Doubt::Cost => cost,
        }
    }
}

pub(super) fn phrases(language: Language) -> &'static Phrases {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

/// A noun of one form.
const fn same(form: &'static str) -> Noun {
    Noun::new(form, form)
}

static ENGLISH: Phrases = Phrases {
    renamed: "formerly",
    differs: "can differ",
    example: "for instance",
    unknown: "not known whether it can differ",
    added: "added",
    removed: "removed",
    were_added: Noun::new("added", "added"),
    were_removed: Noun::new("removed", "removed"),
    speaks_of: "speaks of",
    unchanged: "neither its text nor what it speaks of changed",
    reworded: "its text changed, its verdicts cannot: proved",
    nothing_shared: "no proposal is read by both packs: nothing could be compared",
    equal: Noun::new(
        "directive gives equal verdicts on every proposal that both packs read: proved",
        "directives give equal verdicts on every proposal that both packs read: proved",
    ),
    can_differ: Noun::new("can differ", "can differ"),
    undecided: Noun::new("not known", "not known"),
    proposals: Noun::new("proposal judged by both", "proposals judged by both"),
    flips: Noun::new("verdict flips", "verdicts flip"),
    statuses: Noun::new("proposal changes its status", "proposals change their status"),
    reweighed: "its verdicts cannot change: proved; a violation weighs otherwise",
    weigh_otherwise: Noun::new("weighs otherwise", "weigh otherwise"),
    portfolio: "may differ; of portfolio directives nothing is proved",
    portfolio_undecided: Noun::new("of the portfolio may differ", "of the portfolio may differ"),
    shape: "which proposals are valid can differ, and is not proved",
    because: "because of",
    parts: ["modality", "when", "requirement", "unless", "overrides", "for each", "effective", "cites"],
    kinds: ["definition", "group", "facts of", "vocabulary", "field", "dimension", "directive"],
    doubts: [
        "a list may be longer than was looked at",
        "a text may be another than those that were tried",
        "it hangs on a calculation",
        "the question costs too much",
    ],
};

static CHINESE: Phrases = Phrases {
    renamed: "原名",
    differs: "结论可能不同",
    example: "例如",
    unknown: "结论是否可能不同，未知",
    added: "新增",
    removed: "删除",
    were_added: same("条新增"),
    were_removed: same("条删除"),
    speaks_of: "涉及",
    unchanged: "文字及所涉及的内容均未变更",
    reworded: "文字有变更，结论不变：已证明",
    nothing_shared: "没有两个规则包都能读取的项目，无从比较",
    equal: same("条指令对两包都能读取的任何项目结论均相同：已证明"),
    can_differ: same("条可能不同"),
    undecided: same("条未知"),
    proposals: same("个项目按两包核查"),
    flips: same("项结论改变"),
    statuses: same("个项目的总体状态改变"),
    reweighed: "结论不变：已证明；违反的严重程度改变",
    weigh_otherwise: same("条严重程度改变"),
    portfolio: "结论可能不同；总体指令不作证明",
    portfolio_undecided: same("条总体指令可能不同"),
    shape: "哪些项目合格可能不同，未作证明",
    because: "因为",
    parts: ["强度", "条件", "要求", "例外", "优先关系", "逐项范围", "施行日期", "依据"],
    kinds: ["定义", "分组", "关系的事实", "词表", "字段", "量纲", "指令"],
    doubts: ["列表可能更长", "文本可能为其他文本", "取决于运算", "计算超出限度"],
};
