//! Names of the workbook's sheets and columns, with the width of each column.

use crate::report::words::Language;

/// A sheet.
#[derive(Debug)]
pub(super) struct Heading {
    pub name: &'static str,
    /// What is said of rows that the sheet had no room for.
    pub left_out: &'static str,
    pub columns: &'static [(&'static str, u8)],
}

/// Every sheet.
#[derive(Debug)]
pub(super) struct Headings {
    pub proposals: Heading,
    pub findings: Heading,
    pub directives: Heading,
    pub coverage: Heading,
    pub run: Heading,
    pub digest: &'static str,
    pub caveat: &'static str,
}

/// Those of a language.
pub(super) fn headings(language: Language) -> &'static Headings {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

static ENGLISH: Headings = Headings {
    proposals: Heading {
        name: "Proposals",
        left_out: "proposals beyond what a sheet holds",
        columns: &[
            ("file", 36),
            ("number in file", 9),
            ("line", 7),
            ("id", 26),
            ("title", 40),
            ("status", 14),
            ("errors", 9),
            ("warnings", 10),
            ("notes", 8),
            ("waived", 8),
        ],
    },
    findings: Heading {
        name: "Findings",
        left_out: "findings beyond what a sheet holds",
        columns: &[
            ("file", 32),
            ("number in file", 9),
            ("line", 7),
            ("column", 8),
            ("id", 26),
            ("title", 32),
            ("field", 18),
            ("directive", 26),
            ("severity", 10),
            ("verdict", 14),
            ("basis", 10),
            ("message", 60),
            ("help", 50),
            ("clause", 9),
            ("passage", 50),
            ("missing", 18),
            ("waiver", 24),
            ("fingerprint", 20),
        ],
    },
    directives: Heading {
        name: "Directives",
        left_out: "directives beyond what a sheet holds",
        columns: &[
            ("directive", 28),
            ("title", 44),
            ("title in Chinese", 40),
            ("modality", 11),
            ("judges", 10),
            ("basis", 10),
            ("clause", 9),
            ("passage", 60),
            ("tags", 24),
            ("broken", 9),
            ("undetermined", 13),
            ("reach", 20),
            ("rule", 34),
        ],
    },
    coverage: Heading {
        name: "Coverage",
        left_out: "passages beyond what a sheet holds",
        columns: &[
            ("clause", 9),
            ("passage", 60),
            ("passage in Chinese", 50),
            ("standing", 14),
            ("cited by", 44),
            ("findings", 10),
            ("why it binds no proposal", 40),
        ],
    },
    run: Heading { name: "Run", left_out: "", columns: &[("what", 30), ("value", 100)] },
    digest: "digest",
    caveat: "to be known",
};

static CHINESE: Headings = Headings {
    proposals: Heading {
        name: "项目",
        left_out: "超出工作表容量而未列出的项目数",
        columns: &[
            ("文件", 36),
            ("文件内序号", 11),
            ("行", 7),
            ("项目代码", 26),
            ("项目名称", 40),
            ("状态", 10),
            ("错误", 8),
            ("警告", 8),
            ("提示", 8),
            ("已豁免", 9),
        ],
    },
    findings: Heading {
        name: "检查结果",
        left_out: "超出工作表容量而未列出的结果数",
        columns: &[
            ("文件", 32),
            ("文件内序号", 11),
            ("行", 7),
            ("列", 7),
            ("项目代码", 26),
            ("项目名称", 32),
            ("字段", 18),
            ("指令", 26),
            ("级别", 9),
            ("判定", 10),
            ("依据", 11),
            ("说明", 60),
            ("建议", 50),
            ("条款", 9),
            ("条文", 50),
            ("缺少", 18),
            ("豁免", 24),
            ("指纹", 20),
        ],
    },
    directives: Heading {
        name: "指令",
        left_out: "超出工作表容量而未列出的指令数",
        columns: &[
            ("指令", 28),
            ("标题", 40),
            ("英文标题", 44),
            ("强度", 11),
            ("对象", 9),
            ("依据", 11),
            ("条款", 9),
            ("条文", 60),
            ("标签", 24),
            ("违反", 8),
            ("待定", 8),
            ("适用", 20),
            ("规则位置", 34),
        ],
    },
    coverage: Heading {
        name: "条文覆盖",
        left_out: "超出工作表容量而未列出的条文数",
        columns: &[
            ("条款", 9),
            ("条文", 60),
            ("英文条文", 50),
            ("编码情况", 14),
            ("引用者", 44),
            ("结果数", 9),
            ("不约束项目的理由", 40),
        ],
    },
    run: Heading { name: "检查记录", left_out: "", columns: &[("事项", 30), ("内容", 100)] },
    digest: "规则包摘要值",
    caveat: "须知",
};
