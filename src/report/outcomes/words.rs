//! The words on what tests exercise, in English and Chinese.

use crate::checker::tests::Clause;
use crate::engine::truth::Truth;
use crate::report::Language;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub coverage: &'static str,
    pub directives: &'static str,
    pub outcomes: &'static str,
    pub untested: &'static str,
    pub lacking: &'static str,
    pub more: (&'static str, &'static str),
    pub separator: &'static str,
    clauses: [&'static str; 3],
    truths: [&'static str; 3],
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    pub(super) fn clause(&self, clause: Clause) -> &'static str {
        let [when, requirement, unless] = self.clauses;
        match clause {
            Clause::When => when,
            Clause::Requirement => requirement,
            Clause::Unless => unless,
        }
    }

    pub(super) fn truth(&self, truth: Truth) -> &'static str {
        let [holds, fails, unknown] = self.truths;
        match truth {
            Truth::True => holds,
            Truth::False => fails,
            Truth::Unknown => unknown,
        }
    }
}

static ENGLISH: Words = Words {
    coverage: "covered: ",
    directives: " directives, ",
    outcomes: " outcomes of conditions",
    untested: "no test expects a verdict of ",
    lacking: " is never ",
    more: ("and ", " more (--verbose lists them)"),
    separator: " or ",
    clauses: ["when", "requirement", "unless"],
    truths: ["true", "false", "unknown"],
};

static CHINESE: Words = Words {
    coverage: "覆盖：",
    directives: " 条指令，",
    outcomes: " 种条件结果",
    untested: "没有用例预期其判定：",
    lacking: " 从未为 ",
    more: ("另有 ", " 处（--verbose 全部列出）"),
    separator: " 或 ",
    clauses: ["当", "要求", "除非"],
    truths: ["真", "假", "未知"],
};
