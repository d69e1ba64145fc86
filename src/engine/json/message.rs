//! Syntax errors in words: what is wrong, and what to do about it.

use super::{Opening, SyntaxError, SyntaxErrorKind as Fault};
use crate::text::display::shown;

/// The most characters of the user's text that a message quotes.
const MOST_QUOTED: usize = 60;

impl SyntaxError {
    /// What is wrong and what to do, in the language of that tag: Chinese for `zh…`, else English.
    pub fn message(&self, language: &str) -> (String, Option<String>) {
        let (message, help) = if language.starts_with("zh") { chinese(&self.kind) } else { english(&self.kind) };
        (message, if help.is_empty() { None } else { Some(help) })
    }
}

/// Text of the user's, safe to show and not too long.
pub(in crate::engine) fn quoted(text: &str) -> String {
    match text.char_indices().nth(MOST_QUOTED) {
        None => shown(text),
        Some((end, _)) => format!("{}…", shown(text.get(..end).unwrap_or_default())),
    }
}

fn what(opening: &Opening, words: [&'static str; 3]) -> &'static str {
    let [object, array, text] = words;
    match opening.mark {
        '{' => object,
        '[' => array,
        _ => text,
    }
}

fn closing(opening: &Opening) -> char {
    match opening.mark {
        '{' => '}',
        '[' => ']',
        mark => mark,
    }
}

fn mark(c: char) -> String {
    shown(&c.to_string())
}

fn english(kind: &Fault) -> (String, String) {
    let what = |opening: &Opening| what(opening, ["object", "array", "text"]);
    let (message, help): (String, String) = match kind {
        Fault::Empty => ("there is nothing here, and a proposal is a JSON object".into(), "write `{ … }`".into()),
        Fault::TrailingComma(next) => {
            (format!("nothing follows this comma but `{next}`"), "leave the last comma out: JSON has none there".into())
        },
        Fault::ExtraComma => ("a comma stands where something else should".into(), "leave this comma out".into()),
        Fault::Comment => (
            "JSON has no comments".into(),
            "leave the comment out, or give it a key that begins with `x-`: `\"x-note\": \"…\"`".into(),
        ),
        Fault::WrongQuote(found) => {
            (format!("JSON texts and keys stand in `\"`, not in `{}`", mark(*found)), "write `\"` on both sides".into())
        },
        Fault::Word(word, Some(meant)) => {
            (format!("`{}` is no JSON", quoted(word)), format!("write `{meant}`, in small letters"))
        },
        Fault::Word(word, None) => (
            format!("`{}` is neither a text in quotes nor a number that JSON has", quoted(word)),
            "put quotes around a text; a number that is not known is `null`".into(),
        ),
        Fault::UnquotedKey(key) => {
            (format!("the key `{}` has no quotes", quoted(key)), format!("write `\"{}\"`", quoted(key)))
        },
        Fault::KeyIsNoText => ("a key must be a text in quotes".into(), "write `\"key\": value`".into()),
        Fault::MissingColon => ("a colon is missing between key and value".into(), "write `\"key\": value`".into()),
        Fault::MissingComma => {
            ("a comma is missing before this".into(), "put a comma between this and what comes before it".into())
        },
        Fault::FullWidthMark(found, ascii) => {
            (format!("`{found}` is a full-width mark, and JSON has only `{ascii}`"), format!("write `{ascii}`"))
        },
        Fault::UnclosedString(opening) => (
            format!("the file ends within the text that begins `{}`", quoted(&opening.excerpt)),
            "close the text with `\"`; if the file was cut short, fetch it again".into(),
        ),
        Fault::LineBreakInString(opening) => (
            format!("the text that begins `{}` is not closed on its line", quoted(&opening.excerpt)),
            "close it with `\"`, or write a line break within it as `\\n`".into(),
        ),
        Fault::Unclosed(opening) => (
            format!("the {} that begins `{}` is never closed", what(opening), quoted(&opening.excerpt)),
            format!("close it with `{}`; if the file was cut short, fetch it again", closing(opening)),
        ),
        Fault::WrongClosing(found, opening) => (
            format!("`{found}` cannot close the {} that begins `{}`", what(opening), quoted(&opening.excerpt)),
            format!("close it with `{}` first", closing(opening)),
        ),
        Fault::StrayClosing(found) => (format!("nothing is open that `{found}` could close"), "leave it out".into()),
        Fault::ExtraText => (
            "something follows the proposal's end".into(),
            "write several proposals as an array `[…, …]`, or one a line in a `.jsonl` file".into(),
        ),
        Fault::ControlCharacter(code) => (
            format!("a control character (U+{code:04X}) stands in a text"),
            format!("write it as `{}`", if *code == 9 { "\\t".to_owned() } else { format!("\\u{code:04x}") }),
        ),
        Fault::BadEscape(escape) => {
            (format!("JSON has no escape `{}`", quoted(escape)), "write a backslash itself as `\\\\`".into())
        },
        Fault::LoneSurrogate(escape) => (
            format!("`{}` is half of a pair of escapes, and no character by itself", quoted(escape)),
            "write the character itself, or both halves".into(),
        ),
        Fault::LeadingZero => (
            "a number begins with a zero too many".into(),
            "leave the zeros out; a code with leading zeros is a text and stands in quotes".into(),
        ),
        Fault::PlusSign => ("JSON numbers have no plus sign".into(), "leave the `+` out".into()),
        Fault::NoDigitBeforePoint => ("a number begins with its point".into(), "write `0.5`, not `.5`".into()),
        Fault::NoDigitAfterPoint => ("no digit follows the point".into(), "write `1` or `1.0`, not `1.`".into()),
        Fault::NoDigitInExponent => ("no digit follows the `e`".into(), "write `1e6`, or the number in full".into()),
        Fault::LoneMinus => ("no digit follows the minus sign".into(), "write `-5`, or leave it out".into()),
        Fault::OtherBase => ("JSON numbers are decimal".into(), "write the number in decimal digits".into()),
        Fault::Separator => ("JSON numbers have no separators".into(), "write the digits one after the other".into()),
        Fault::ByteOrderMark => (
            "a byte-order mark stands in the middle of the file".into(),
            "delete this character; it is invisible".into(),
        ),
        Fault::StrangeSpace(space) => (
            format!("U+{:04X} is white space that JSON does not have", u32::from(*space)),
            "write an ordinary space".into(),
        ),
        Fault::Unexpected(found) => (format!("`{}` cannot stand here", mark(*found)), String::new()),
    };
    (message, help)
}

fn chinese(kind: &Fault) -> (String, String) {
    let what = |opening: &Opening| what(opening, ["对象", "数组", "文本"]);
    let (message, help): (String, String) = match kind {
        Fault::Empty => ("内容为空，而项目应为一个 JSON 对象".into(), "请写 `{ … }`".into()),
        Fault::TrailingComma(next) => {
            (format!("逗号之后只有 `{next}`"), "请删去最后一个逗号：JSON 不允许末尾逗号".into())
        },
        Fault::ExtraComma => ("此处多了一个逗号".into(), "请删去这个逗号".into()),
        Fault::Comment => ("JSON 没有注释".into(), "请删去注释，或放入以 `x-` 开头的键：`\"x-note\": \"…\"`".into()),
        Fault::WrongQuote(found) => {
            (format!("JSON 的文本和键须用 `\"`，不能用 `{}`", mark(*found)), "请在两端改用英文双引号 `\"`".into())
        },
        Fault::Word(word, Some(meant)) => (format!("`{}` 不是 JSON", quoted(word)), format!("请写小写的 `{meant}`")),
        Fault::Word(word, None) => (
            format!("`{}` 既不是带引号的文本，也不是 JSON 的数值", quoted(word)),
            "文本请加双引号；未知的数值请写 `null`".into(),
        ),
        Fault::UnquotedKey(key) => (format!("键 `{}` 没有加引号", quoted(key)), format!("请写 `\"{}\"`", quoted(key))),
        Fault::KeyIsNoText => ("键必须是带双引号的文本".into(), "请写 `\"键\": 值`".into()),
        Fault::MissingColon => ("键与值之间缺少冒号".into(), "请写 `\"键\": 值`".into()),
        Fault::MissingComma => ("此处之前缺少逗号".into(), "请用逗号与前一项隔开".into()),
        Fault::FullWidthMark(found, ascii) => {
            (format!("`{found}` 是全角符号，JSON 只认 `{ascii}`"), format!("请改为半角 `{ascii}`"))
        },
        Fault::UnclosedString(opening) => (
            format!("文件在文本 `{}` 中间就结束了", quoted(&opening.excerpt)),
            "请用 `\"` 结束该文本；如文件被截断，请重新获取".into(),
        ),
        Fault::LineBreakInString(opening) => (
            format!("以 `{}` 开始的文本没有在本行结束", quoted(&opening.excerpt)),
            "请用 `\"` 结束该文本，文本内的换行写作 `\\n`".into(),
        ),
        Fault::Unclosed(opening) => (
            format!("以 `{}` 开始的{}没有结束", quoted(&opening.excerpt), what(opening)),
            format!("请用 `{}` 结束；如文件被截断，请重新获取", closing(opening)),
        ),
        Fault::WrongClosing(found, opening) => (
            format!("`{found}` 不能结束以 `{}` 开始的{}", quoted(&opening.excerpt), what(opening)),
            format!("请先用 `{}` 结束", closing(opening)),
        ),
        Fault::StrayClosing(found) => (format!("没有与 `{found}` 对应的开始符号"), "请删去".into()),
        Fault::ExtraText => {
            ("项目结束之后还有内容".into(), "多个项目请写成数组 `[…, …]`，或在 `.jsonl` 文件中每行写一个".into())
        },
        Fault::ControlCharacter(code) => (
            format!("文本中有控制字符（U+{code:04X}）"),
            format!("请写作 `{}`", if *code == 9 { "\\t".to_owned() } else { format!("\\u{code:04x}") }),
        ),
        Fault::BadEscape(escape) => (format!("JSON 没有转义 `{}`", quoted(escape)), "反斜杠本身请写作 `\\\\`".into()),
        Fault::LoneSurrogate(escape) => {
            (format!("`{}` 只是半个代理对，不成字符", quoted(escape)), "请直接写该字符，或写全两半".into())
        },
        Fault::LeadingZero => ("数值开头有多余的零".into(), "请删去前面的零；带前导零的编码是文本，请加双引号".into()),
        Fault::PlusSign => ("JSON 的数值不带加号".into(), "请删去 `+`".into()),
        Fault::NoDigitBeforePoint => ("数值以小数点开头".into(), "请写 `0.5`，不要写 `.5`".into()),
        Fault::NoDigitAfterPoint => ("小数点之后没有数字".into(), "请写 `1` 或 `1.0`，不要写 `1.`".into()),
        Fault::NoDigitInExponent => ("`e` 之后没有数字".into(), "请写 `1e6`，或写出完整数值".into()),
        Fault::LoneMinus => ("负号之后没有数字".into(), "请写 `-5`，或删去负号".into()),
        Fault::OtherBase => ("JSON 的数值只有十进制".into(), "请用十进制数字书写".into()),
        Fault::Separator => ("JSON 的数值没有分隔符".into(), "请连续书写数字".into()),
        Fault::ByteOrderMark => ("文件中间有字节顺序标记（BOM）".into(), "请删去这个不可见字符".into()),
        Fault::StrangeSpace(space) => {
            (format!("U+{:04X} 不是 JSON 认可的空白", u32::from(*space)), "请改为普通空格".into())
        },
        Fault::Unexpected(found) => (format!("此处不能出现 `{}`", mark(*found)), String::new()),
    };
    (message, help)
}
