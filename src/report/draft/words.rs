//! The words beside a proposal to fill in, in English and Chinese.

use crate::report::Language;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Before what the proposal is about, between it and the plan, after the plan.
    pub title: (&'static str, &'static str, &'static str),
    pub any: &'static str,
    pub as_of: &'static str,
    pub replace: &'static str,
    pub choices: &'static str,
    pub required: &'static str,
    pub always: &'static str,
    pub perhaps: &'static str,
    pub applies_if: &'static str,
    pub portfolio: &'static str,
    pub next: &'static str,
    pub text: &'static str,
    pub matching: &'static str,
    pub at_most: (&'static str, &'static str),
    pub number: &'static str,
    pub integer: &'static str,
    pub boolean: &'static str,
    pub date: &'static str,
    pub amount: &'static str,
    pub term: &'static str,
    pub terms: &'static str,
    pub list: &'static str,
    pub more: (&'static str, &'static str),
    pub brackets: (&'static str, &'static str),
    pub comma: &'static str,
    pub colon: &'static str,
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

static ENGLISH: Words = Words {
    title: ("A proposal to fill in: ", ", by ", ""),
    any: "no place in particular",
    as_of: ", as of ",
    replace: "Replace these values, which are valid and mean nothing",
    choices: "What may be chosen, by name, label or code; add the fields that concern the project",
    required: "required",
    always: "Directives that will apply",
    perhaps: "Directives that apply if the proposal says so",
    applies_if: "if ",
    portfolio: "Directives over all proposals together",
    next: "When it is filled in",
    text: "any text",
    matching: "a text that matches ",
    at_most: ("a text of at most ", " characters"),
    number: "a number",
    integer: "a whole number",
    boolean: "true or false",
    date: "a day or a month, as 2026-03-01 or 2026-03",
    amount: "an amount with its unit: ",
    term: "one of those below",
    terms: "some of those below",
    list: "a list",
    more: ("and ", " more, which `plancheck schema` lists"),
    brackets: (" (", ")"),
    comma: ", ",
    colon: ": ",
};

static CHINESE: Words = Words {
    title: ("待填写的项目：", "，依据 ", ""),
    any: "不限对象",
    as_of: "，截至 ",
    replace: "请替换下列各值：格式有效，但没有实际含义",
    choices: "可以选用的词语（名字、标签或代码均可）；与项目有关的字段请自行添加",
    required: "必填",
    always: "必然适用的指令",
    perhaps: "视填写内容而适用的指令",
    applies_if: "若",
    portfolio: "对全部项目合并检查的指令",
    next: "填写完毕后运行",
    text: "任意文字",
    matching: "文字，格式为 ",
    at_most: ("文字，至多 ", " 字"),
    number: "数字",
    integer: "整数",
    boolean: "true（是）或 false（否）",
    date: "日期或月份，如 2026-03-01 或 2026-03",
    amount: "金额或数量，须带单位：",
    term: "从下列词语中选一个",
    terms: "从下列词语中选若干个",
    list: "列表",
    more: ("另有 ", " 个，可用 plancheck schema 查看"),
    brackets: ("（", "）"),
    comma: "、",
    colon: "：",
};
