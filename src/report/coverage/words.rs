//! The words of the coverage report, in English and Chinese.

use crate::report::Language;
use crate::rulebook::coverage::{CiterKind, Standing};

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub covered: &'static str,
    pub colon: &'static str,
    pub comma: &'static str,
    pub space: &'static str,
    pub uncheckable: &'static str,
    pub not_in: &'static str,
    pub drift: &'static str,
    pub cites: &'static str,
    pub cited: &'static str,
    pub no_clause_but: &'static str,
    pub no_clauses: &'static str,
    pub moved_to: &'static str,
    pub now_reads: &'static str,
    pub gone: &'static str,
    pub title: &'static str,
    pub columns: [&'static str; 4],
    standings: [&'static str; 4],
    counted: [&'static str; 4],
    kinds: [&'static str; 6],
    passages: (&'static str, &'static str),
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// How a passage stands.
    pub(super) fn standing(&self, standing: Standing) -> &'static str {
        pick(standing, self.standings)
    }

    /// What so many passages are.
    pub(super) fn counted(&self, standing: Standing) -> &'static str {
        pick(standing, self.counted)
    }

    /// What cites.
    pub(super) fn kind(&self, kind: CiterKind) -> &'static str {
        let [directive, portfolio, group, fact, term, uncheckable] = self.kinds;
        match kind {
            CiterKind::Directive => directive,
            CiterKind::PortfolioDirective => portfolio,
            CiterKind::Group => group,
            CiterKind::Fact => fact,
            CiterKind::Term => term,
            CiterKind::Uncheckable => uncheckable,
        }
    }

    /// `26 passages`
    pub(super) fn passages(&self, count: u64) -> String {
        let (one, more) = self.passages;
        format!("{count} {}", if count == 1 { one } else { more })
    }
}

fn pick(standing: Standing, [encoded, factual, uncheckable, open]: [&'static str; 4]) -> &'static str {
    match standing {
        Standing::Encoded => encoded,
        Standing::Factual => factual,
        Standing::Uncheckable => uncheckable,
        Standing::Open => open,
    }
}

static ENGLISH: Words = Words {
    covered: "covered",
    colon: ": ",
    comma: ", ",
    space: " ",
    uncheckable: "uncheckable",
    not_in: "not in ",
    drift: "Citations that no longer stand",
    cites: " cites ",
    cited: "cited",
    no_clause_but: "there is no such clause; the nearest is ",
    no_clauses: "the source has no clause marks any more",
    moved_to: "the words stand elsewhere now: ",
    now_reads: "the nearest passage, ",
    gone: "nothing in the source is near to these words",
    title: "Coverage of the plan's source",
    columns: ["Passage", "Text", "Standing", "Spoken of by"],
    standings: ["encoded", "facts alone", "uncheckable", "open"],
    counted: ["encoded by directives", "spoken of by facts alone", "uncheckable", "open"],
    kinds: ["directive", "portfolio directive", "group", "fact", "term", "uncheckable item"],
    passages: ("passage", "passages"),
};

static CHINESE: Words = Words {
    covered: "覆盖率",
    colon: "：",
    comma: "，",
    space: " 条",
    uncheckable: "不可核查",
    not_in: "缺于 ",
    drift: "已失效的引用",
    cites: " 引用 ",
    cited: "引文",
    no_clause_but: "没有该条款，最接近的是 ",
    no_clauses: "原文已没有条款标记",
    moved_to: "这些文字现位于 ",
    now_reads: "最接近的文字见 ",
    gone: "原文中没有相近的文字",
    title: "规划原文覆盖情况",
    columns: ["条文", "原文", "状态", "引用者"],
    standings: ["已编码", "仅有事实", "不可核查", "未覆盖"],
    counted: ["由指令编码", "仅由事实引用", "不可核查", "未覆盖"],
    kinds: ["指令", "总体指令", "分组", "事实", "术语", "不可核查项"],
    passages: ("条", "条"),
};
