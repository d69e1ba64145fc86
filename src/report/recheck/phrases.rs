//! The sentences about a report that was checked again, in English and Chinese.

use super::Because;
use crate::checker::report::SteeringRole;
use crate::report::Language;

/// The sentences of one language.
#[derive(Debug)]
pub(super) struct Phrases {
    pub stands: &'static str,
    pub inputs: [&'static str; 2],
    pub as_of: &'static str,
    pub laid_out_anew: &'static str,
    pub differs: &'static str,
    pub nothing_changed: &'static str,
    pub changed: &'static str,
    pub version: &'static str,
    pub rules: &'static str,
    pub input: &'static str,
    pub not_there: &'static str,
    pub name_the_pack: &'static str,
    pub turned: &'static str,
    pub absent: &'static str,
    pub edited: &'static str,
    pub places: &'static str,
    pub more: &'static str,
    pub hint_more: &'static str,
    roles: [&'static str; 3],
    reasons: [&'static str; 5],
}

impl Phrases {
    pub(super) fn role(&self, role: SteeringRole) -> &'static str {
        let [waivers, baseline, settings] = self.roles;
        match role {
            SteeringRole::Waivers => waivers,
            SteeringRole::Baseline => baseline,
            SteeringRole::Settings => settings,
        }
    }

    pub(super) fn because(&self, because: Because) -> &'static str {
        let [version, rules, file, input, edited] = self.reasons;
        match because {
            Because::Version => version,
            Because::Rules => rules,
            Because::File => file,
            Because::Input => input,
            Because::Edited => edited,
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
    stands: "the report stands: its check was run again and comes out the same, byte for byte",
    inputs: ["input", "inputs"],
    as_of: "as of",
    laid_out_anew: "the report says what comes out now, but was laid out anew; the first byte that differs is at",
    differs: "the report does not come out the same",
    nothing_changed: "nothing that it was made from has changed: the report itself was edited, or another program wrote it",
    changed: "What it was made from has changed",
    version: "plancheck",
    rules: "rule pack",
    input: "input",
    not_there: "cannot be read now",
    name_the_pack: "name the pack that the report was made with: --rules DIR",
    turned: "Proposals that come out otherwise",
    absent: "not there",
    edited: "Places of the report that were edited",
    places: "Places of the report that differ",
    more: "more",
    hint_more: "all of them: --verbose or --format json",
    roles: ["waivers", "baseline", "settings"],
    reasons: [
        "another version",
        "another rule pack",
        "another file of waivers, settings or baseline",
        "another input",
        "edited",
    ],
};

static CHINESE: Phrases = Phrases {
    stands: "报告成立：已重新核查，结果逐字节相同",
    inputs: ["个输入文件", "个输入文件"],
    as_of: "截至",
    laid_out_anew: "报告内容与重新核查的结果一致，但排版已被改动；首个不同的字节位于",
    differs: "重新核查的结果与报告不同",
    nothing_changed: "报告所依据的一切均未改变：报告本身被改动过，或由其他程序写成",
    changed: "报告所依据的内容已改变",
    version: "plancheck",
    rules: "规则包",
    input: "输入文件",
    not_there: "现已无法读取",
    name_the_pack: "请指明当时所用的规则包：--rules 目录",
    turned: "结果不同的项目",
    absent: "不存在",
    edited: "报告中被改动之处",
    places: "报告中不同之处",
    more: "处未列出",
    hint_more: "查看全部：--verbose 或 --format json",
    roles: ["豁免文件", "基线", "设置文件"],
    reasons: ["程序版本不同", "规则包不同", "豁免、设置或基线文件不同", "输入文件不同", "报告被改动"],
};
