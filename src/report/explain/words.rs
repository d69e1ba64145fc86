//! The words of explanations, in English and Chinese.

use crate::engine::trace::Presence;
use crate::engine::truth::Truth;
use crate::report::Language;
use crate::report::phrase::by_modality;
use crate::rulebook::Modality;

/// The words of one language.
#[derive(Debug)]
pub(in crate::report) struct Words {
    pub when: &'static str,
    pub unless: &'static str,
    pub because: &'static str,
    pub overrider: &'static str,
    pub applies: &'static str,
    pub applies_not: &'static str,
    pub applies_maybe: &'static str,
    pub idle: &'static str,
    pub fact: &'static str,
    pub group: &'static str,
    pub omitted: (&'static str, &'static str),
    pub left_out: &'static str,
    pub fault: &'static str,
    pub says: &'static str,
    pub advises: &'static str,
    pub passage: &'static str,
    pub as_of: &'static str,
    pub missing: &'static str,
    pub month_only: &'static str,
    pub arithmetic: &'static str,
    pub members: &'static str,
    pub more: (&'static str, &'static str),
    pub judged: (&'static str, &'static str),
    pub ungrouped: &'static str,
    pub no_values: &'static str,
    pub verdicts: Verdicts,
    modalities: [&'static str; 5],
    truths: [&'static str; 3],
    presences: [&'static str; 4],
}

/// A sentence for each row of the table of verdicts.
#[derive(Debug)]
pub(in crate::report) struct Verdicts {
    pub idle: &'static str,
    pub when_is_false: &'static str,
    pub grants_nothing: &'static str,
    pub excepted: &'static str,
    pub overridden: &'static str,
    pub satisfied: &'static str,
    pub granted: &'static str,
    pub violated: &'static str,
    pub undetermined: &'static str,
}

impl Words {
    pub(in crate::report) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    pub(in crate::report) fn modality(&self, modality: Modality) -> &'static str {
        by_modality(self.modalities, modality)
    }

    pub(in crate::report) fn truth(&self, truth: Truth) -> &'static str {
        let [holds, fails, unknown] = self.truths;
        match truth {
            Truth::True => holds,
            Truth::False => fails,
            Truth::Unknown => unknown,
        }
    }

    pub(in crate::report) fn presence(&self, presence: Presence) -> &'static str {
        let [stated, missing, otherwise, unreadable] = self.presences;
        match presence {
            Presence::Stated => stated,
            Presence::Missing => missing,
            Presence::Otherwise => otherwise,
            Presence::Unreadable => unreadable,
        }
    }
}

static ENGLISH: Words = Words {
    when: "when",
    unless: "unless",
    because: "because",
    overrider: "overridden by",
    applies: "it applies",
    applies_not: "it does not apply",
    applies_maybe: "it is unknown whether it applies",
    idle: "it is not in force",
    fact: "fact",
    group: "group",
    omitted: ("and ", " more that change nothing"),
    left_out: "left out by `where`",
    fault: "the proposal",
    says: "message",
    advises: "help",
    passage: "plan",
    as_of: "as of",
    missing: "what would decide it: ",
    month_only: "the day of ",
    arithmetic: "an operation without a result: ",
    members: "members",
    more: ("and ", " more"),
    judged: ("over all ", " proposals"),
    ungrouped: "in no group",
    no_values: "there is no value to judge: no group of proposals, or it is not in force",
    verdicts: Verdicts {
        idle: "on that day it is outside its effective dates",
        when_is_false: "its `when` is false",
        grants_nothing: "what it grants does not hold here",
        excepted: "an `unless` holds",
        overridden: "a directive that overrides it applies: ",
        satisfied: "what it asks for holds",
        granted: "what it grants holds",
        violated: "it applies, nothing sets it aside, and what it asks for does not hold",
        undetermined: "what the proposal leaves out or gives in part would decide it",
    },
    modalities: ["must", "must not", "should", "should not", "may"],
    truths: ["true", "false", "unknown"],
    presences: ["", "not stated", "not stated, and so by its declaration", "not readable as declared"],
};

static CHINESE: Words = Words {
    when: "当",
    unless: "除非",
    because: "因为",
    overrider: "被优先于",
    applies: "该指令适用",
    applies_not: "该指令不适用",
    applies_maybe: "该指令是否适用未知",
    idle: "该指令未施行",
    fact: "事实",
    group: "分组",
    omitted: ("另有 ", " 项不影响结果"),
    left_out: "被“其中”条件排除",
    fault: "项目本身",
    says: "消息",
    advises: "建议",
    passage: "规划",
    as_of: "截至",
    missing: "下列内容可使其判定：",
    month_only: "具体日期 ",
    arithmetic: "没有结果的运算：",
    members: "成员",
    more: ("另有 ", " 个"),
    judged: ("合并全部 ", " 个项目"),
    ungrouped: "不属于任何分组",
    no_values: "没有可判定的对象：没有项目分组，或指令未施行",
    verdicts: Verdicts {
        idle: "该日不在其施行期内",
        when_is_false: "其“当”条件为假",
        grants_nothing: "其许可的情形在此不成立",
        excepted: "有一项“除非”成立",
        overridden: "优先于它的指令适用：",
        satisfied: "其要求成立",
        granted: "其许可的情形成立",
        violated: "指令适用，没有免除，而其要求不成立",
        undetermined: "项目未填写或只写明一部分的内容可使其判定",
    },
    modalities: ["必须", "不得", "应当", "不宜", "可以"],
    truths: ["真", "假", "未知"],
    presences: ["", "未填写", "未填写，按声明取值", "无法按声明读取"],
};
