//! Findings on shape in words, English and Chinese: what was found, what is asked for, what to do.

use super::finding::{Asked, Detail, Excess, FieldId, Found, Owner, ShapeFinding};
use super::naming::Writer;
use crate::engine::json::quoted;
use crate::rulebook::{ColumnKind, DimensionId, Limit, Rulebook, TableId, VocabularyId};
use crate::text::nearest::nearest_or_part;

/// The most names that a help lists.
const MOST_LISTED: usize = 12;

/// What is wrong, and what to do about it.
pub type Words = (String, Option<String>);

impl ShapeFinding {
    /// What is wrong and what to do, in the language of that tag: Chinese for `zh…`, else English.
    pub fn message(&self, book: &Rulebook, language: &str) -> Words {
        let chinese = language.starts_with("zh");
        let writer = Writer { book, language: book.plan.language(language), chinese };
        let (message, help) = self.words(&writer);
        if chinese { (spaced(&message), help.as_deref().map(spaced)) } else { (message, help) }
    }

    fn words(&self, writer: &Writer<'_>) -> Words {
        match &self.detail {
            Detail::DuplicateKey(key) => writer.duplicate_key(key),
            Detail::DuplicateTerm(field, vocabulary, term) => writer.duplicate_term(*field, *vocabulary, *term),
            Detail::UnknownField(key, owner, suggest) => writer.unknown_field(key, *owner, *suggest),
            Detail::MissingField(asked) => writer.missing(*asked),
            Detail::WrongType(found, asked) => writer.wrong_type(found, *asked),
            Detail::UnknownTerm(spelling, asked, vocabulary, suggest) => {
                writer.unknown_term(spelling, *asked, *vocabulary, *suggest)
            },
            Detail::BadUnit(unit, field, dimension) => writer.bad_unit(unit.as_deref(), *field, *dimension),
            Detail::BadDate(text, field) => writer.bad_date(text, *field),
            Detail::Pattern(text, field) => writer.pattern(text, *field),
            Detail::OutOfRange(excess, field) => writer.out_of_range(excess, *field),
            Detail::TooDeep => writer.words(
                "this value goes deeper than 128 levels and was not read".to_owned(),
                "此值嵌套超过 128 层，未予读取".to_owned(),
                "write it with fewer arrays and objects inside one another",
                "请减少数组和对象的嵌套层数",
            ),
        }
    }
}

/// A Chinese text with a space between characters and what stands in backquotes.
fn spaced(text: &str) -> String {
    let is_ideograph = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let mut out = String::with_capacity(text.len() + 8);
    let (mut before, mut is_inside) = (' ', false);
    for c in text.chars() {
        let opens = c == '`' && !is_inside && is_ideograph(before);
        let follows = before == '`' && !is_inside && is_ideograph(c);
        if opens || follows {
            out.push(' ');
        }
        is_inside ^= c == '`';
        out.push(c);
        before = c;
    }
    out
}

impl Writer<'_> {
    fn words(&self, english: String, chinese: String, english_help: &str, chinese_help: &str) -> Words {
        let (message, help) = if self.chinese { (chinese, chinese_help) } else { (english, english_help) };
        (message, Some(help.to_owned()).filter(|help| !help.is_empty()))
    }

    fn duplicate_key(&self, key: &str) -> Words {
        let key = quoted(key);
        self.words(
            format!("the key `{key}` stands here for the second time, so its value counts as unknown"),
            format!("键 `{key}` 在此重复出现，其值按未知处理"),
            "keep one of the two",
            "请只保留其中一个",
        )
    }

    fn duplicate_term(&self, field: FieldId, vocabulary: VocabularyId, term: u16) -> Words {
        let terms = self.book.vocabularies.get(usize::from(vocabulary.0)).map(|vocabulary| &vocabulary.terms);
        let term = terms.and_then(|terms| terms.get(usize::from(term))).map(|term| self.term(term)).unwrap_or_default();
        let name = self.name(field);
        self.words(
            format!("`{name}` lists {term} twice; it counts once"),
            format!("`{name}` 重复列出{term}，只计一次"),
            "leave this one out",
            "请删去此项",
        )
    }

    fn unknown_field(&self, key: &str, owner: Owner, suggest: bool) -> Words {
        let keys = self.keys_of(owner);
        let written = quoted(key);
        let place = match owner {
            Owner::Row(TableId(0)) => String::new(),
            Owner::Row(table) => self.name(self.list_of_table(table)),
            Owner::Record(field) => self.name(field),
            Owner::Quantity => if self.chinese { "数量" } else { "a quantity" }.to_owned(),
        };
        let (english, chinese) = match (place.as_str(), owner) {
            ("", _) => (format!("a proposal has no field `{written}`"), format!("项目没有字段 `{written}`")),
            (_, Owner::Quantity) => {
                (format!("{place} has no field `{written}`"), format!("{place}没有字段 `{written}`"))
            },
            _ => (format!("`{place}` has no field `{written}`"), format!("`{place}` 没有字段 `{written}`")),
        };
        let meant = if suggest { nearest_or_part(key, keys.iter().map(|key| (*key, *key))) } else { None };
        match (meant, self.chinese) {
            (Some(meant), false) => (
                format!("{english}; did you mean `{meant}`?"),
                Some(format!("write `{meant}`, or begin the key with `x-` if it is a note of your own")),
            ),
            (Some(meant), true) => (
                format!("{chinese}；是否指 `{meant}`？"),
                Some(format!("请写 `{meant}`；如为自用备注，键请以 `x-` 开头")),
            ),
            (None, false) => {
                (english, Some("leave it out, or begin the key with `x-` if it is a note of your own".to_owned()))
            },
            (None, true) => (chinese, Some("请删去；如为自用备注，键请以 `x-` 开头".to_owned())),
        }
    }

    fn missing(&self, asked: Asked) -> Words {
        let (name, wanted) = (self.asked_name(asked), self.wanted(asked));
        self.words(
            format!("{name} is missing"),
            format!("缺少{name}"),
            &format!("state it as {wanted}"),
            &format!("请填写：{wanted}"),
        )
    }

    fn wrong_type(&self, found: &Found, asked: Asked) -> Words {
        let (name, wanted) = (self.asked_name(asked), self.wanted(asked));
        let is_fraction = matches!(found, Found::Number(_))
            && matches!(asked, Asked::Field(field) if self.column(field).is_some_and(|column| column.kind == ColumnKind::Integer));
        let help = match (found, asked) {
            (Found::Null, Asked::Member(_) | Asked::Row(_) | Asked::Field(_)) => {
                ("leave the `null` out of the list", "请从列表中删去 `null`")
            },
            (Found::Text(_), Asked::Field(field)) if self.is_list(field) => {
                ("put the text into brackets: `[\"…\"]`", "请用方括号括起：`[\"…\"]`")
            },
            _ => ("", ""),
        };
        let (english, chinese) = match (found, is_fraction) {
            (Found::Number(text), true) => {
                (format!("the fraction `{}`", quoted(text)), format!("小数 `{}`", quoted(text)))
            },
            (Found::Null, _) => ("`null`".to_owned(), "`null`".to_owned()),
            (Found::Boolean, _) => ("a truth value".to_owned(), "布尔值".to_owned()),
            (Found::Number(text), _) => (format!("the number `{}`", quoted(text)), format!("数值 `{}`", quoted(text))),
            (Found::Text(text), _) => {
                (format!("the text `\"{}\"`", quoted(text)), format!("文本 `\"{}\"`", quoted(text)))
            },
            (Found::Array, _) => ("a list".to_owned(), "列表".to_owned()),
            (Found::Object, _) => ("an object".to_owned(), "对象".to_owned()),
        };
        self.words(
            format!("{name} must be {wanted}, and here stands {english}"),
            format!("{name}应为{wanted}，此处却是{chinese}"),
            help.0,
            help.1,
        )
    }

    fn unknown_term(&self, spelling: &str, asked: Asked, id: VocabularyId, suggest: bool) -> Words {
        let Some(vocabulary) = self.book.vocabularies.get(usize::from(id.0)) else { return Default::default() };
        let spelling_shown = quoted(spelling);
        let kind = self.vocabulary_name(id);
        let (english, chinese) = match asked {
            Asked::Member(field) => {
                let name = self.name(field);
                (
                    format!("`{name}` lists `{spelling_shown}`, which is no term of {kind}"),
                    format!("`{name}` 列出的 `{spelling_shown}` 不是{kind}的术语"),
                )
            },
            _ => {
                let name = self.asked_name(asked);
                (
                    format!("{name} is `{spelling_shown}`, which is no term of {kind}"),
                    format!("{name}填写的 `{spelling_shown}` 不是{kind}的术语"),
                )
            },
        };
        let spellings = || vocabulary.terms.iter().flat_map(|term| term.spellings().map(move |text| (text, term)));
        if let Some(meant) = if suggest { nearest_or_part(spelling, spellings()) } else { None } {
            let (shown, name) = (self.term(meant), &meant.name);
            return self.words(
                format!("{english}; did you mean {shown}?"),
                format!("{chinese}；是否指 {shown}？"),
                &format!("write `\"{name}\"`"),
                &format!("请写 `\"{name}\"`"),
            );
        }
        let mut listed: Vec<_> = vocabulary.terms.iter().take(MOST_LISTED).map(|term| self.term(term)).collect();
        if vocabulary.terms.len() > MOST_LISTED {
            listed.push("…".to_owned());
        }
        self.words(
            english,
            chinese,
            &format!("write one of {}", listed.join(", ")),
            &format!("请填写其中之一：{}", listed.join("、")),
        )
    }

    fn bad_unit(&self, unit: Option<&str>, field: FieldId, dimension: DimensionId) -> Words {
        let name = self.name(field);
        let units = self.book.dimensions.get(usize::from(dimension.0)).map(|dimension| dimension.units.as_slice());
        let units: Vec<_> = units.unwrap_or_default().iter().map(|unit| format!("`{}`", unit.name)).collect();
        let example = self.wanted_quantity(dimension);
        let (units_en, units_zh) = (units.join(", "), units.join("、"));
        match unit {
            None => self.words(
                format!("`{name}` has no unit"),
                format!("`{name}` 没有单位"),
                &format!("write {example}; units are {units_en}"),
                &format!("请写{example}；可用单位：{units_zh}"),
            ),
            Some(unit) if unit.starts_with([',', '，', '\'', ' ', '.']) => self.words(
                format!("`{name}` goes on with `{}` where its unit should stand", quoted(unit)),
                format!("`{name}` 的数字之后是 `{}`，而不是单位", quoted(unit)),
                &format!("write the number without thousands marks, then one of {units_en}"),
                &format!("数字请勿加千位分隔符，其后写单位：{units_zh}"),
            ),
            Some(unit) => self.words(
                format!("`{name}` is given in `{}`, which is no unit that it can have", quoted(unit)),
                format!("`{name}` 的单位 `{}` 不可用", quoted(unit)),
                &format!("give it in one of {units_en}"),
                &format!("可用单位：{units_zh}"),
            ),
        }
    }

    fn bad_date(&self, text: &str, field: FieldId) -> Words {
        let (name, text) = (self.asked_name(Asked::Field(field)), quoted(text));
        self.words(
            format!("{name} is `{text}`, which is no date"),
            format!("{name}填写的 `{text}` 不是日期"),
            "write year, month and day as `2026-03-01`, or year and month as `2026-03`; the day must exist",
            "请写年月日 `2026-03-01` 或年月 `2026-03`，且日期须存在",
        )
    }

    fn pattern(&self, text: &str, field: FieldId) -> Words {
        let (name, text) = (self.asked_name(Asked::Field(field)), quoted(text));
        let pattern = self.column(field).and_then(|column| column.matching.as_ref()).map(|regex| regex.as_str());
        let pattern = pattern.unwrap_or_default();
        self.words(
            format!("{name} is `{text}`, which does not have the form asked for"),
            format!("{name}填写的 `{text}` 不符合规定格式"),
            &format!("it must match `{pattern}`"),
            &format!("须符合 `{pattern}`"),
        )
    }

    fn out_of_range(&self, excess: &Excess, field: FieldId) -> Words {
        let name = self.asked_name(Asked::Field(field));
        let Some(column) = self.column(field) else { return Default::default() };
        let date = |limit: Option<Limit>| match limit {
            Some(Limit::Days(days)) => days.to_string(),
            _ => String::new(),
        };
        let count = |limit: Option<u32>| limit.unwrap_or_default();
        let (value, least, bound) = match excess {
            Excess::Digits(text) => {
                let text = quoted(text);
                return self.words(
                    format!("{name} is `{text}`, a number of more digits than can be kept"),
                    format!("{name}的 `{text}` 位数过多，无法保存"),
                    "write at most 28 significant digits, and less than 10^28",
                    "有效数字最多 28 位，且须小于 10^28",
                );
            },
            Excess::TooSmall(number, unit) => {
                (self.number(*number, column, *unit), true, self.limit(column.at_least, column, *unit))
            },
            Excess::TooLarge(number, unit) => {
                (self.number(*number, column, *unit), false, self.limit(column.at_most, column, *unit))
            },
            Excess::TooEarly(found) => (found.clone(), true, date(column.at_least)),
            Excess::TooLate(found) => (found.clone(), false, date(column.at_most)),
            Excess::TooShort(found) => {
                return self.amount(&name, *found, "character", "字", (true, count(column.characters.0)));
            },
            Excess::TooLong(found) => {
                return self.amount(&name, *found, "character", "字", (false, count(column.characters.1)));
            },
            Excess::TooFew(found) => {
                return self.amount(&name, *found as usize, "item", "项", (true, count(column.items.0)));
            },
            Excess::TooMany(found) => {
                return self.amount(&name, *found as usize, "item", "项", (false, count(column.items.1)));
            },
        };
        let (english, chinese) = if least { ("at least", "不少于") } else { ("at most", "不超过") };
        let chinese = if matches!(excess, Excess::TooEarly(_)) {
            "不早于"
        } else if matches!(excess, Excess::TooLate(_)) {
            "不晚于"
        } else {
            chinese
        };
        let english = match excess {
            Excess::TooEarly(_) => "not before",
            Excess::TooLate(_) => "not after",
            _ => english,
        };
        self.words(
            format!("{name} is {value}, and must be {english} {bound}"),
            format!("{name}为 {value}，应{chinese} {bound}"),
            "",
            "",
        )
    }

    fn amount(&self, name: &str, found: usize, english: &str, chinese: &str, (least, bound): (bool, u32)) -> Words {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let bound_plural = plural(usize::try_from(bound).unwrap_or(usize::MAX));
        let (at_english, at_chinese) = if least { ("at least", "不少于") } else { ("at most", "不超过") };
        self.words(
            format!(
                "{name} has {found} {english}{}, and must have {at_english} {bound} {english}{bound_plural}",
                plural(found)
            ),
            format!("{name}有 {found} {chinese}，应{at_chinese} {bound} {chinese}"),
            "",
            "",
        )
    }
}
