//! The sentences about two packs, in English and Chinese.

use crate::analysis::{Doubt, Kind, Part};
use crate::report::Language;

/// The sentences of one language.
#[derive(Debug)]
pub(super) struct Phrases {
    pub renamed: &'static str,
    pub differs: &'static str,
    pub example: &'static str,
    pub unknown: &'static str,
    pub added: &'static str,
    pub removed: &'static str,
    pub speaks_of: &'static str,
    pub unchanged: &'static str,
    pub reworded: &'static str,
    pub nothing_shared: &'static str,
    pub equal: &'static str,
    pub can_differ: &'static str,
    pub undecided: &'static str,
    pub proposals: &'static str,
    pub flips: &'static str,
    pub because: &'static str,
    parts: [&'static str; 7],
    kinds: [&'static str; 7],
    doubts: [&'static str; 4],
}

impl Phrases {
    pub(super) fn part(&self, part: Part) -> &'static str {
        let [modality, when, requirement, unless, overrides, effective, cites] = self.parts;
        match part {
            Part::Modality => modality,
            Part::When => when,
            Part::Requirement => requirement,
            Part::Unless => unless,
            Part::Overrides => overrides,
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

static ENGLISH: Phrases = Phrases {
    renamed: "formerly",
    differs: "can differ",
    example: "for instance",
    unknown: "not known whether it can differ",
    added: "added",
    removed: "removed",
    speaks_of: "speaks of",
    unchanged: "neither its text nor what it speaks of changed",
    reworded: "its text changed, its verdicts cannot: proved",
    nothing_shared: "no proposal is read by both packs: nothing could be compared",
    equal: "directives give equal verdicts on every proposal that both packs read: proved",
    can_differ: "can differ",
    undecided: "not known",
    proposals: "proposals judged by both",
    flips: "verdicts flip",
    because: "because of",
    parts: ["modality", "when", "requirement", "unless", "overrides", "effective", "cites"],
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
    speaks_of: "涉及",
    unchanged: "文字及所涉及的内容均未变更",
    reworded: "文字有变更，结论不变：已证明",
    nothing_shared: "没有两个规则包都能读取的项目，无从比较",
    equal: "条指令对两包都能读取的任何项目结论均相同：已证明",
    can_differ: "条可能不同",
    undecided: "条未知",
    proposals: "个项目按两包核查",
    flips: "项结论改变",
    because: "因为",
    parts: ["强度", "条件", "要求", "例外", "优先关系", "施行日期", "依据"],
    kinds: ["定义", "分组", "关系的事实", "词表", "字段", "量纲", "指令"],
    doubts: ["列表可能更长", "文本可能为其他文本", "取决于运算", "计算超出限度"],
};
