//! A report that was checked again, for people: whether it stands; if not, what has changed, which proposals come out
//! otherwise, and which places of the report differ.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::phrases::{Phrases, phrases};
use super::{Because, Cause, Difference, Outcome, Recheck, Turn};
use crate::report::Settings;
use crate::report::human::paint::{Painter, Style, one_line};
use crate::report::safe::append;
use crate::report::words::Words;

/// How many proposals and places are listed unless all are asked for.
const LISTED: usize = 20;

/// How much of a value is shown, in characters.
const SHOWN: usize = 160;

/// Whether it stands, and what differs.
pub fn human(recheck: &Recheck, settings: Settings) -> String {
    let writer = Writer {
        recheck,
        painter: Painter { settings },
        words: settings.language.words(),
        phrases: phrases(settings.language),
        listed: if settings.verbose { usize::MAX } else { LISTED },
    };
    writer.write()
}

struct Writer<'r> {
    recheck: &'r Recheck,
    painter: Painter,
    words: &'static Words,
    phrases: &'static Phrases,
    listed: usize,
}

impl Writer<'_> {
    fn write(&self) -> String {
        let mut out = String::new();
        let report = one_line(&self.recheck.report);
        let (style, said) = match self.recheck.outcome {
            Outcome::Stands => (Style::Green, Cow::Borrowed(self.phrases.stands)),
            Outcome::LaidOutAnew(line, column) => {
                (Style::Yellow, Cow::Owned(format!("{} {line}:{column}", self.phrases.laid_out_anew)))
            },
            Outcome::Differs => (Style::Red, Cow::Borrowed(self.phrases.differs)),
        };
        self.painter.put(&mut out, style, &format!("{report}{}{said}", self.words.colon));
        let Recheck { inputs, as_of, .. } = self.recheck;
        let [one, many] = self.phrases.inputs;
        let noun = if *inputs == 1 { one } else { many };
        out.push_str(&format!(
            "{}{inputs} {noun}{}{} {as_of}{}\n",
            self.words.open_bracket, self.words.comma, self.phrases.as_of, self.words.close_bracket
        ));
        if self.recheck.outcome != Outcome::Differs {
            return out;
        }
        self.causes(&mut out);
        self.list(&mut out, self.phrases.turned, &self.recheck.turns, |out, turn| self.turn(out, turn));
        let (edited, others): (Vec<&Difference>, Vec<&Difference>) =
            self.recheck.differences.iter().partition(|one| one.because == Because::Edited);
        for (heading, differences) in [(self.phrases.edited, edited), (self.phrases.places, others)] {
            self.list(&mut out, heading, &differences, |out, one| self.difference(out, one));
        }
        out
    }

    fn causes(&self, out: &mut String) {
        if self.recheck.causes.is_empty() {
            self.painter.entry(out, "=", Style::Bold, self.phrases.nothing_changed);
            return;
        }
        self.heading(out, self.phrases.changed, self.recheck.causes.len());
        for cause in &self.recheck.causes {
            let (what, name, before, after) = match cause {
                Cause::Version(before, after) => (self.phrases.version, "", before.clone(), after.clone()),
                Cause::Rules(before, after) => (self.phrases.rules, "", before.clone(), after.clone()),
                Cause::File(role, name, before, after) => {
                    (self.phrases.role(*role), name.as_str(), before.to_string(), after.to_string())
                },
                Cause::Input(name, before, after) => {
                    let after = after.map_or_else(|| self.phrases.not_there.to_owned(), |after| after.to_string());
                    (self.phrases.input, name.as_str(), before.to_string(), after)
                },
            };
            let name = if name.is_empty() { String::new() } else { format!("{}{}", one_line(name), self.words.colon) };
            let text = format!("{name}{} → {}", one_line(&before), one_line(&after));
            self.painter.entry(out, what, Style::Yellow, &text);
        }
        if self.recheck.causes.iter().any(|cause| matches!(cause, Cause::Rules(..))) {
            self.painter.entry(out, self.words.help, Style::Cyan, self.phrases.name_the_pack);
        }
    }

    fn heading(&self, out: &mut String, text: &str, count: usize) {
        out.push('\n');
        self.painter.put(
            out,
            Style::Bold,
            &format!("{text}{}{count}{}", self.words.open_bracket, self.words.close_bracket),
        );
        out.push('\n');
    }

    fn list<T>(&self, out: &mut String, heading: &str, all: &[T], write: impl Fn(&mut String, &T)) {
        if all.is_empty() {
            return;
        }
        self.heading(out, heading, all.len());
        all.iter().take(self.listed).for_each(|one| write(out, one));
        let left_out = all.len().saturating_sub(self.listed);
        if left_out > 0 {
            let text = format!("{left_out} {}{}{}", self.phrases.more, self.words.comma, self.phrases.hint_more);
            self.painter.entry(out, "…", Style::Dim, &text);
        }
    }

    fn turn(&self, out: &mut String, turn: &Turn) {
        let place = if turn.index == 0 { turn.path.clone() } else { format!("{}#{}", turn.path, turn.index) };
        let id = turn.id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
        let status = |status: &Option<String>| match status {
            Some(status) => self.word(status),
            None => self.phrases.absent.to_owned(),
        };
        let (before, after) = (status(&turn.before), status(&turn.after));
        let turned = if before == after { after } else { format!("{before} → {after}") };
        let text = format!("{turned}{}", self.reason(turn.because));
        self.painter.entry(out, &format!("{}{}", one_line(&place), one_line(&id)), Style::Bold, &text);
        for (sign, style, findings) in [("-", Style::Red, &turn.gone), ("+", Style::Green, &turn.come)] {
            let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
            for (code, verdict) in findings {
                *counts.entry((code, verdict)).or_default() += 1;
            }
            for ((code, verdict), count) in counts {
                let times = if count == 1 { String::new() } else { format!(" {}{count}", self.words.times) };
                self.side(out, sign, style, &format!("{} {}{times}", one_line(code), self.word(verdict)));
            }
        }
    }

    fn difference(&self, out: &mut String, difference: &Difference) {
        let style = if difference.because == Because::Edited { Style::Red } else { Style::Cyan };
        out.push_str("  ");
        self.painter.put(out, style, &one_line(&difference.pointer));
        out.push_str(&format!("{}\n", self.reason(difference.because)));
        for (sign, style, side) in [("-", Style::Red, &difference.before), ("+", Style::Green, &difference.after)] {
            if let Some(value) = side {
                self.side(out, sign, style, &shortened(value));
            }
        }
    }

    /// `    - what stands there`
    fn side(&self, out: &mut String, sign: &str, style: Style, text: &str) {
        out.push_str("    ");
        self.painter.put(out, style, &format!("{sign} {text}"));
        out.push('\n');
    }

    /// A word of a report in the reader's language.
    fn word(&self, word: &str) -> String {
        let words = self.words;
        let known = [
            ("compliant", words.compliant),
            ("violating", words.violating),
            ("undetermined", words.undetermined),
            ("invalid", words.invalid),
            ("violated", words.violated),
            ("waived", words.waived),
        ];
        let known = known.into_iter().find(|(known, _)| *known == word);
        known.map_or_else(|| one_line(word).into_owned(), |(_, own)| own.to_owned())
    }

    fn reason(&self, because: Because) -> String {
        format!("{}{}{}", self.words.open_bracket, self.phrases.because(because), self.words.close_bracket)
    }
}

/// What is shown of a proposal or finding: the rest can be read in the report.
const TELLING: [&str; 7] = ["path", "index", "id", "status", "code", "verdict", "message"];

/// A value on one line, cut where it is long.
fn shortened(value: &Value) -> String {
    let telling = value.as_object().map(|object| {
        let known = TELLING.iter().filter_map(|key| Some(((*key).to_owned(), object.get(*key)?.clone())));
        known.collect::<serde_json::Map<_, _>>()
    });
    let telling = telling.filter(|telling| !telling.is_empty()).map(Value::Object);
    let mut bytes = Vec::new();
    append(&mut bytes, telling.as_ref().unwrap_or(value));
    let text = String::from_utf8_lossy(&bytes);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    }
}
