//! Taking keys out of a table: each of the sort that is asked for, none missing, none unknown.

use super::{Key, Speech, Table, Value, ValueKind};
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::display::shown;
use crate::text::nearest::nearest;
use crate::value::{Day, Days};

/// A value that was taken out, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// Takes keys out of a table, and gathers what is wrong with them.
#[derive(Debug)]
pub struct Fields<'t> {
    table: &'t Table,
    known: Vec<&'static str>,
    speech: Speech,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Fields<'t> {
    /// Begins with a table.
    pub fn new(table: &'t Table, speech: Speech) -> Self {
        Self { table, known: Vec::new(), speech, diagnostics: Vec::new() }
    }

    /// The value of a key, if it stands there.
    pub fn value(&mut self, name: &'static str) -> Option<&'t (Key, Value)> {
        self.known.push(name);
        self.table.get(name)
    }

    /// A text, which must not be blank.
    pub fn text(&mut self, name: &'static str) -> Option<Taken<&'t str>> {
        let (key, value) = self.value(name)?;
        match &value.kind {
            ValueKind::Text(text) if text.trim().is_empty() => {
                let message = self.speech.say(|| format!("`{name}` is blank"), || format!("`{name}` 不能为空白"));
                self.diagnostics.push(Diagnostic::error("config/bad-value", value.span, message, ""));
                None
            },
            ValueKind::Text(text) => Some(Taken { value: text, span: value.span }),
            _ => self.wrong_type(key, value, ("a text, in quotes", "加引号的文本")),
        }
    }

    /// A day, written as a date of TOML or as a text.
    pub fn day(&mut self, name: &'static str) -> Option<Taken<Day>> {
        let (key, value) = self.value(name)?;
        match &value.kind {
            ValueKind::Day(day) => Some(Taken { value: *day, span: value.span }),
            ValueKind::Text(text) => match Days::parse(text).filter(|days| days.is_day()) {
                Some(days) => Some(Taken { value: days.first, span: value.span }),
                None => {
                    let shown = shown(text);
                    let message = self.speech.say(
                        || format!("`{shown}` is no day of the calendar; write it as 2026-03-01"),
                        || format!("`{shown}` 不是日历上的日期，应写作 2026-03-01"),
                    );
                    self.diagnostics.push(Diagnostic::error("config/bad-value", value.span, message, ""));
                    None
                },
            },
            _ => self.wrong_type(key, value, ("a date such as 2026-03-01", "日期，如 2026-03-01")),
        }
    }

    /// The tables of a list, `[[name]]`.
    pub fn tables(&mut self, name: &'static str) -> Vec<&'t Table> {
        let Some((key, value)) = self.value(name) else { return Vec::new() };
        let asked = ("a list of tables, each under [[…]]", "表的列表，每项以 [[…]] 开头");
        let ValueKind::List(elements) = &value.kind else {
            let _none: Option<()> = self.wrong_type(key, value, asked);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for element in elements {
            match &element.kind {
                ValueKind::Table(table) => tables.push(table),
                _ => drop(self.wrong_type::<()>(key, element, asked)),
            }
        }
        tables
    }

    /// An error if any of these keys is missing; each comes with what it is for, in English and Chinese.
    pub fn require(&mut self, keys: &[(&'static str, (&str, &str))]) {
        let speech = self.speech;
        let missing = keys.iter().filter(|(name, _)| self.table.get(name).is_none());
        let missing: Vec<String> = missing
            .map(|(name, (english, chinese))| {
                speech.say(|| format!("`{name}` ({english})"), || format!("`{name}`（{chinese}）"))
            })
            .collect();
        if missing.is_empty() {
            return;
        }
        let message =
            speech.say(|| format!("this lacks {}", missing.join(", ")), || format!("此处缺少 {}", missing.join("、")));
        self.diagnostics.push(Diagnostic::error("config/missing-key", self.table.span, message, ""));
    }

    /// Adds what else is wrong.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether a key stands there, whatever its value.
    pub fn has(&self, name: &str) -> bool {
        self.table.get(name).is_some()
    }

    /// Where the table stands.
    pub fn span(&self) -> Span {
        self.table.span
    }

    /// What is wrong with the table; a key that was not asked for is.
    pub fn finish(self) -> Vec<Diagnostic> {
        let Self { table, known, speech, mut diagnostics } = self;
        for (key, _) in table.entries.iter().filter(|(key, _)| !known.contains(&key.name.as_str())) {
            let name = shown(&key.name);
            let message = speech.say(|| format!("there is no key `{name}`"), || format!("没有键 `{name}`"));
            let help = match nearest(&key.name, known.iter().map(|name| (name, name))) {
                Some(near) => speech.say(|| format!("did you mean `{near}`?"), || format!("是否应为 `{near}`？")),
                None => {
                    let all = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
                    speech
                        .say(|| format!("the keys are {}", all.join(", ")), || format!("可用的键有 {}", all.join("、")))
                },
            };
            diagnostics.push(Diagnostic::error("config/unknown-key", key.span, message, "").help(help));
        }
        diagnostics
    }

    fn wrong_type<T>(&mut self, key: &Key, value: &Value, asked: (&str, &str)) -> Option<T> {
        let (is, is_chinese) = value.kind.sort();
        let name = shown(&key.name);
        let message = self.speech.say(
            || format!("`{name}` asks for {}, and this is {is}", asked.0),
            || format!("`{name}` 应为{}，此处为{is_chinese}", asked.1),
        );
        self.diagnostics.push(Diagnostic::error("config/wrong-type", value.span, message, ""));
        None
    }
}
