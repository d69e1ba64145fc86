//! The words of the language: one table, English and Chinese.

use std::sync::LazyLock;

use crate::text::lookup::Lookup;

/// Declares the words: a variant, its English spellings, its Chinese spellings; the first of each is the canonical one.
macro_rules! words {
    ($($word:ident: [$($english:literal),+] [$($chinese:literal),+])*) => {
        /// A word of the language, or a phrase that means one thing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is named after its English spelling")]
        pub enum Word { $($word),* }

        /// Every word with its spellings; several names in one spelling are parted by a space.
        pub const TABLE: &[(Word, &[&str], &[&str])] = &[$((Word::$word, &[$($english),+], &[$($chinese),+])),*];

        /// All spellings of every word, the English ones first.
        const SPELLINGS: &[&[&str]] = &[$(&[$($english,)+ $($chinese),+]),*];

        /// Of every word, the first bytes of its spellings.
        const FIRST_BYTES: &[u64] = &[$(first_bytes(&[$($english,)+ $($chinese),+])),*];
    };
}

words! {
    // Items.
    Plan: ["plan"] ["规划"]
    Vocabulary: ["vocabulary"] ["词表"]
    Group: ["group"] ["分组"]
    Relation: ["relation"] ["关系"]
    Dimension: ["dimension"] ["量纲"]
    Proposal: ["proposal"] ["项目"]
    Define: ["define"] ["定义"]
    Directive: ["directive"] ["指令"]
    PortfolioDirective: ["portfolio directive"] ["总体 指令"]
    Uncheckable: ["uncheckable"] ["不可核查"]
    Map: ["map"] ["示意图"]
    Test: ["test"] ["用例"]
    Has: ["has", "have"] ["具有", "均具有"]
    // Plan.
    Title: ["title"] ["标题"]
    Issuer: ["issuer"] ["发布机关"]
    Version: ["version"] ["版本"]
    Language: ["language"] ["语言"]
    Source: ["source"] ["原文"]
    Effective: ["effective"] ["生效"]
    From: ["from"] ["自", "从"]
    Until: ["until"] ["至"]
    // Terms, groups, relations.
    Code: ["code"] ["代码"]
    Aka: ["aka"] ["别名"]
    Within: ["within"] ["隶属"]
    Of: ["of"] ["取自"]
    RelationFrom: ["from"] ["从", "自"]
    To: ["to"] ["到", "至"]
    Single: ["single"] ["唯一"]
    Partial: ["partial"] ["不全"]
    // Maps.
    Station: ["station"] ["站点"]
    Line: ["line"] ["线路"]
    Through: ["through"] ["经过"]
    Circle: ["circle"] ["圈"]
    Area: ["area"] ["片区"]
    Mark: ["mark"] ["标记"]
    // Fields.
    Required: ["required"] ["必填"]
    RequiredWhen: ["required when"] ["必填条件"]
    Otherwise: ["otherwise"] ["缺省"]
    EmptyValue: ["empty"] ["空"]
    OneOf: ["one of"] ["之一"]
    Matching: ["matching"] ["格式"]
    AtLeast: ["at least"] ["至少"]
    AtMost: ["at most"] ["至多"]
    Characters: ["characters", "character"] ["字"]
    Items: ["items", "item"] ["项"]
    Key: ["key"] ["键"]
    TypeText: ["text"] ["文本"]
    TypeNumber: ["number"] ["数值"]
    TypeInteger: ["integer"] ["整数"]
    TypeBoolean: ["boolean"] ["是否"]
    TypeDate: ["date"] ["日期"]
    SetOf: ["set of"] ["集合"]
    ListOf: ["list of"] ["列表"]
    InUnit: ["in"] ["单位", "于"]
    // Clauses of directives.
    Basis: ["basis"] ["依据类型"]
    Stated: ["stated"] ["明文"]
    Derived: ["derived"] ["推导"]
    Assumed: ["assumed"] ["假定"]
    Practice: ["practice"] ["惯例"]
    Cites: ["cites"] ["依据"]
    Tags: ["tags"] ["标签"]
    When: ["when"] ["当"]
    Must: ["must"] ["必须"]
    MustNot: ["must not"] ["不得"]
    Should: ["should"] ["应当"]
    ShouldNot: ["should not"] ["不宜"]
    May: ["may"] ["可以"]
    Unless: ["unless"] ["除非"]
    Because: ["because"] ["因为"]
    Overrides: ["overrides", "override"] ["优先于"]
    Message: ["message"] ["消息"]
    Help: ["help"] ["建议"]
    At: ["at"] ["位置"]
    Formerly: ["formerly"] ["原名"]
    Note: ["note"] ["备注"]
    ForEach: ["for each"] ["对每个"]
    ForEachGroup: ["for each group"] ["对每组"]
    OfProposals: ["of proposals"] ["于 项目"]
    Proposals: ["proposals"] ["项目"]
    By: ["by"] ["按"]
    Reason: ["reason"] ["理由"]
    // Tests.
    Given: ["given"] ["给定"]
    Expect: ["expect"] ["预期"]
    AsOf: ["as of"] ["截至"]
    Violated: ["violated"] ["违反"]
    Satisfied: ["satisfied"] ["符合"]
    NotApplicable: ["not applicable", "not-applicable"] ["不适用"]
    SetAside: ["set aside", "set-aside"] ["免除"]
    Undetermined: ["undetermined"] ["无法判定"]
    NotInForce: ["not in force", "not-in-force"] ["未生效"]
    // Expressions.
    If: ["if"] ["若"]
    Then: ["then"] ["则"]
    Or: ["or"] ["或"]
    And: ["and"] ["且"]
    Not: ["not"] ["非"]
    Some: ["some"] ["存在"]
    Every: ["every"] ["每个"]
    No: ["no"] ["没有"]
    Where: ["where"] ["其中"]
    Satisfies: ["satisfies"] ["满足"]
    IsPresent: ["is present"] ["已填写"]
    IsMissing: ["is missing"] ["未填写"]
    IsEmpty: ["is empty"] ["为空"]
    IsNotEmpty: ["is not empty"] ["非空"]
    IsNotExactly: ["is not exactly"] ["不 完全是"]
    IsExactly: ["is exactly"] ["完全是"]
    IsNot: ["is not"] ["不是"]
    Is: ["is"] ["是"]
    NotIn: ["not in"] ["不属于"]
    In: ["in"] ["属于"]
    InList: ["in"] ["于"]
    IncludeAnyOf: ["include any of", "includes any of"] ["包含任一", "包括任一"]
    IncludeAllOf: ["include all of", "includes all of"] ["包含全部", "包括全部"]
    IncludeNoneOf: ["include none of", "includes none of"] ["不含任一", "不包括任一"]
    Include: ["include", "includes"] ["包含", "包括"]
    Between: ["between"] ["介于"]
    AndBetween: ["and"] ["与"]
    Matches: ["matches"] ["匹配"]
    StartsWith: ["starts with"] ["开头为"]
    EndsWith: ["ends with"] ["结尾为"]
    Contains: ["contains"] ["含有"]
    For: ["for"] ["对于"]
    Count: ["count"] ["计数"]
    Sum: ["sum"] ["合计"]
    Min: ["min"] ["最小"]
    Max: ["max"] ["最大"]
    Average: ["average"] ["平均"]
    UpTo: ["to"] ["至", "到"]
    Years: ["years"] ["年数"]
    Months: ["months"] ["月数"]
    Days: ["days"] ["天数"]
    LengthOf: ["length of"] ["字数"]
    YearOf: ["year of"] ["年份"]
    CodeOf: ["code of"] ["代码"]
    LabelOf: ["label of"] ["名称"]
    Possessive: ["of"] ["的"]
    True: ["true"] ["真"]
    False: ["false"] ["假"]
}

/// The first bytes of spellings, a bit for the lower six bits of each.
const fn first_bytes(mut spellings: &[&str]) -> u64 {
    let mut bits = 0;
    while let [spelling, rest @ ..] = spellings {
        if let [byte, ..] = spelling.as_bytes() {
            bits |= 1 << (*byte & 0x3F);
        }
        spellings = rest;
    }
    bits
}

impl Word {
    /// Whether a name may be or begin a spelling of it. The parser asks this of nearly every word at every name, and nearly
    /// always the first byte tells that it is not.
    #[inline]
    pub fn may_be(self, name: &str) -> bool {
        let bits = FIRST_BYTES.get(self as usize).copied().unwrap_or_default();
        name.as_bytes().first().is_some_and(|byte| bits >> (byte & 0x3F) & 1 == 1)
    }

    /// English spellings, the canonical one first.
    pub fn english(self) -> &'static [&'static str] {
        TABLE.get(self as usize).map_or(&[], |row| row.1)
    }

    /// Chinese spellings, the canonical one first.
    pub fn chinese(self) -> &'static [&'static str] {
        TABLE.get(self as usize).map_or(&[], |row| row.2)
    }

    /// All spellings, the English ones first.
    pub fn spellings(self) -> &'static [&'static str] {
        SPELLINGS.get(self as usize).copied().unwrap_or_default()
    }

    /// Whether a name is a spelling of it.
    pub fn is_spelled(self, name: &str) -> bool {
        self.may_be(name) && self.spellings().contains(&name)
    }

    /// How messages call it.
    pub fn shown(self) -> &'static str {
        self.english().first().copied().unwrap_or_default()
    }
}

/// The words that cannot stand bare as a name where an expression may stand or go on (details 2).
pub const RESERVED: &[Word] = &[
    Word::If,
    Word::Then,
    Word::Or,
    Word::And,
    Word::Not,
    Word::Is,
    Word::IsNot,
    Word::IsExactly,
    Word::IsPresent,
    Word::IsMissing,
    Word::IsEmpty,
    Word::IsNotEmpty,
    Word::In,
    Word::NotIn,
    Word::Include,
    Word::IncludeAnyOf,
    Word::IncludeAllOf,
    Word::IncludeNoneOf,
    Word::Between,
    Word::Matches,
    Word::StartsWith,
    Word::EndsWith,
    Word::Contains,
    Word::Where,
    Word::Satisfies,
    Word::For,
    Word::True,
    Word::False,
];

/// Whether a name is a word of the language anywhere, or a part of a phrase.
pub fn is_any_word(name: &str) -> bool {
    PARTS.find(name.as_bytes()).is_some()
}

/// Every name in a spelling of a word.
static PARTS: LazyLock<Lookup> = LazyLock::new(|| {
    let spellings = SPELLINGS.iter().copied().flatten();
    Lookup::new(spellings.flat_map(|spelling| spelling.split(' ')).zip(0..))
});

/// Whether a bare name is reserved: the first name of an English spelling, or a Chinese one, of a reserved word.
pub fn is_reserved(name: &str) -> bool {
    RESERVED_NAMES.find(name.as_bytes()).is_some()
}

/// Every name that is reserved.
static RESERVED_NAMES: LazyLock<Lookup> = LazyLock::new(|| {
    let words = RESERVED.iter().flat_map(|word| {
        let english = word.english().iter().filter(|spelling| !spelling.contains(' '));
        english.chain(word.chinese()).copied()
    });
    Lookup::new(words.chain(["starts", "ends", "的", "不"]).zip(0..))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_both_spellings_and_stands_once() {
        for (index, (word, english, chinese)) in TABLE.iter().enumerate() {
            assert_eq!(*word as usize, index, "{word:?} is looked up by its number");
            assert!(english.iter().all(|spelling| spelling.is_ascii()), "{word:?}");
            assert!(chinese.iter().all(|spelling| !spelling.is_ascii()), "{word:?}");
            assert!(TABLE.iter().skip(index + 1).all(|row| row.0 != *word), "{word:?}");
        }
    }

    #[test]
    fn a_name_may_be_a_word_by_its_first_byte() {
        for (word, english, chinese) in TABLE {
            assert!(english.iter().chain(*chinese).all(|spelling| word.may_be(spelling)), "{word:?}");
        }
        assert_eq!(
            (Word::Must.may_be("need"), Word::Must.may_be(""), Word::Must.may_be("项目")),
            (false, false, false)
        );
    }

    #[test]
    fn the_words_of_expressions_are_reserved_and_others_are_not() {
        for name in ["if", "not", "is", "includes", "starts", "属于", "若", "真", "且"] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["title", "count", "every", "date", "of", "empty", "项目"] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
