//! The words of the page of directives, in English and Chinese.

use crate::report::Language;
use crate::report::phrase::by_modality;
use crate::rulebook::{Basis, Modality};

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Before the pack, between it and the counts, after them.
    pub about: (&'static str, &'static str, &'static str),
    pub counts: (&'static str, &'static str),
    pub waivers: &'static str,
    pub also: &'static str,
    pub uncheckable: &'static str,
    pub facts: &'static str,
    pub open: &'static str,
    pub without_passage: &'static str,
    pub to_do: &'static str,
    pub formerly: &'static str,
    pub failing_proposals: &'static str,
    pub passing_proposals: &'static str,
    pub mixed_proposals: &'static str,
    modalities: [&'static str; 5],
    bases: [&'static str; 4],
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// What a modality means.
    pub(super) fn modality(&self, modality: Modality) -> &'static str {
        by_modality(self.modalities, modality)
    }

    /// What a basis means.
    pub(super) fn basis(&self, basis: Basis) -> &'static str {
        let [stated, derived, assumed, practice] = self.bases;
        match basis {
            Basis::Stated => stated,
            Basis::Derived => derived,
            Basis::Assumed => assumed,
            Basis::Practice => practice,
        }
    }
}

static ENGLISH: Words = Words {
    about: (
        "The rule pack ",
        ", clause by clause, with ",
        ". Names of fields and terms stand under their labels. `plancheck rules --format markdown` writes this page; \
         the proposals in it are the smallest ones, and the checker has judged them.",
    ),
    counts: (" directives on single proposals and ", " on all proposals together"),
    waivers: "Any finding of a directive can be waived by an official act, with a reason and dates; a fault of a proposal's shape cannot.",
    also: "See also ",
    uncheckable: "Not checkable",
    facts: "No directive rests on this passage alone; it stands behind ",
    open: "Nothing in the pack speaks of this passage.",
    without_passage: "Good order, which no passage of the plan asks for",
    to_do: "What to do",
    formerly: "formerly",
    failing_proposals: "Proposals that break it",
    passing_proposals: "Proposals that meet it",
    mixed_proposals: "Proposals that meet it for some values and break it for others",
    modalities: [
        "what breaks it is an error",
        "what it names is an error",
        "what breaks it is a warning",
        "what it names is a warning",
        "it allows something, and sets other directives aside",
    ],
    bases: [
        "the plan says so",
        "it follows from what the plan says and from public facts",
        "our reading of the plan, which a person should confirm",
        "good order that any reviewer asks for, and not the plan",
    ],
};

static CHINESE: Words = Words {
    about: (
        "规则包 ",
        "，按条文逐条列出，共有",
        "。字段和词语均以标签称呼。本页由 `plancheck rules --format markdown --lang zh` 生成；所附项目是能说明问题的最小项目，均经核查程序判定。",
    ),
    counts: ("条针对单个项目的指令和", "条针对全部项目的指令"),
    waivers: "任何一条指令的检查结果都可以凭正式文件、附理由和期限予以豁免；项目格式上的错误不能豁免。",
    also: "另见 ",
    uncheckable: "不可核查",
    facts: "没有指令单独依据本条；以下事实依据本条：",
    open: "规则包中没有任何内容涉及本条。",
    without_passage: "规划未作规定的惯例",
    to_do: "如何处理",
    formerly: "原名",
    failing_proposals: "违反的例子",
    passing_proposals: "满足的例子",
    mixed_proposals: "对一部分对象满足、对另一部分违反的例子",
    modalities: ["违反即为错误", "出现即为错误", "违反即为警告", "出现即为警告", "给予许可，并免除其他指令"],
    bases: [
        "规划原文如此",
        "由规划原文和公开事实推出",
        "编者对规划的理解，须由人确认",
        "审核人员通行的要求，规划未作规定",
    ],
};
