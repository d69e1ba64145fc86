//! What may stand in `plancheck.toml`: each setting with the sort of its value. The command line's own table of options
//! fills these, so that an option is declared in one place.

use super::{Key, Speech, Table, Value, ValueKind};
use crate::diagnostic::Diagnostic;
use crate::text::display::shown;
use crate::text::nearest::nearest;

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its key, which is the name of the option.
    pub key: String,
    /// What it is for.
    pub help: String,
    /// What sort of value it takes.
    pub kind: SettingKind,
    /// Whether it takes several.
    pub is_list: bool,
    /// Its values if nothing is said.
    pub default: Vec<String>,
    /// Whether its list may hold tables too, which are read elsewhere.
    pub holds_tables: bool,
}

/// What sort of value a setting takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKind {
    /// true or false
    Switch,
    /// true, false or a text
    SwitchOrText,
    /// One of these words.
    Word(Vec<String>),
    /// A whole number.
    Whole,
    /// A day.
    Day,
    /// A text.
    Text,
}

impl SettingKind {
    /// What it asks for, in English and Chinese.
    fn asks_for(&self) -> (String, String) {
        let (english, chinese) = match self {
            Self::Switch => ("true or false", "true 或 false"),
            Self::SwitchOrText => ("true, false or a text in quotes", "true、false 或加引号的文本"),
            Self::Whole => ("a whole number", "整数"),
            Self::Day => ("a date such as 2026-03-01", "日期，如 2026-03-01"),
            Self::Text => ("a text, in quotes", "加引号的文本"),
            Self::Word(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                return (format!("one of {}", quoted.join(", ")), format!("{}之一", quoted.join("、")));
            },
        };
        (english.to_owned(), chinese.to_owned())
    }

    /// The value as an option has it; `None` if it is of another sort.
    fn text(&self, value: &ValueKind) -> Option<String> {
        match (self, value) {
            (Self::Switch | Self::SwitchOrText, ValueKind::Boolean(value)) => Some(value.to_string()),
            (Self::Whole, ValueKind::Whole(number)) => Some(number.to_string()),
            (Self::Day, ValueKind::Day(day)) => Some(day.to_string()),
            (Self::Day | Self::Text | Self::SwitchOrText, ValueKind::Text(text)) => Some(text.clone()),
            (Self::Word(words), ValueKind::Text(text)) => words.contains(text).then(|| text.clone()),
            _ => None,
        }
    }
}

/// What a file says of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<'t> {
    /// Where the key stands.
    pub key: &'t Key,
    /// The values, each with its place.
    pub values: Vec<(String, &'t Value)>,
    /// Tables in the list of a setting that may hold them.
    pub tables: Vec<&'t Table>,
}

/// What a file says of every setting, in its own order, and what is wrong with it.
pub fn given<'t>(table: &'t Table, settings: &[Setting], speech: Speech) -> (Vec<Given<'t>>, Vec<Diagnostic>) {
    let (mut all, mut diagnostics) = (Vec::new(), Vec::new());
    for (key, value) in &table.entries {
        let Some(setting) = settings.iter().find(|setting| setting.key == key.name) else {
            diagnostics.push(unknown(key, settings, speech));
            continue;
        };
        let elements: Vec<&Value> = match &value.kind {
            ValueKind::List(elements) if setting.is_list => elements.iter().collect(),
            _ => vec![value],
        };
        let mut given = Given { key, values: Vec::new(), tables: Vec::new() };
        for element in elements {
            match (&element.kind, setting.kind.text(&element.kind)) {
                (_, Some(text)) => given.values.push((text, element)),
                (ValueKind::Table(inner), None) if setting.holds_tables => given.tables.push(inner),
                _ => diagnostics.push(wrong(setting, element, speech)),
            }
        }
        all.push(given);
    }
    (all, diagnostics)
}

fn unknown(key: &Key, settings: &[Setting], speech: Speech) -> Diagnostic {
    let name = shown(&key.name);
    let message = speech.say(|| format!("there is no setting `{name}`"), || format!("没有设置 `{name}`"));
    let help = match nearest(&key.name, settings.iter().map(|setting| (&setting.key, &setting.key))) {
        Some(near) => speech.say(|| format!("did you mean `{near}`?"), || format!("是否应为 `{near}`？")),
        None => speech.say(
            || "`plancheck config` lists the settings".to_owned(),
            || "`plancheck config` 会列出所有设置".to_owned(),
        ),
    };
    Diagnostic::error("config/unknown-key", key.span, message, "").help(help)
}

fn wrong(setting: &Setting, value: &Value, speech: Speech) -> Diagnostic {
    let key = &setting.key;
    let (english, chinese) = setting.kind.asks_for();
    if let (SettingKind::Word(words), ValueKind::Text(text)) = (&setting.kind, &value.kind) {
        let is = shown(text);
        let message = speech.say(
            || format!("`{key}` asks for {english}, and this is `{is}`"),
            || format!("`{key}` 应为{chinese}，此处为 `{is}`"),
        );
        let diagnostic = Diagnostic::error("config/bad-value", value.span, message, "");
        return match nearest(text, words.iter().map(|word| (word, word))) {
            Some(near) => {
                diagnostic.help(speech.say(|| format!("did you mean `{near}`?"), || format!("是否应为 `{near}`？")))
            },
            None => diagnostic,
        };
    }
    let (is, is_chinese) = value.kind.sort();
    let message = speech.say(
        || format!("`{key}` asks for {english}, and this is {is}"),
        || format!("`{key}` 应为{chinese}，此处为{is_chinese}"),
    );
    Diagnostic::error("config/wrong-type", value.span, message, "")
}
