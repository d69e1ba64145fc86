//! What is told of waivers at the end of a run: which have expired, which soon will, and which were not needed.

use super::{Use, Uses, Waiver, WaiverScope, Waivers};
use crate::checker::report::Failure;
use crate::configuration::Speech;
use crate::diagnostic::Severity;
use crate::text::display::shown;
use crate::value::Day;

/// How many days before the last one a waiver is told of.
const SOON: i32 = 30;

/// Something about what stands on a line of a file.
pub(super) fn at(
    file: &str,
    line: u32,
    code: &'static str,
    message: String,
    severity: Severity,
    speech: Speech,
) -> Failure {
    let message = speech.say(|| format!("line {line}: {message}"), || format!("第 {line} 行：{message}"));
    Failure { path: file.to_owned(), code, message, severity }
}

impl Waivers {
    /// What is to be told of them at the end of a run; that one was not needed only if a directive of it was judged.
    pub(in crate::checker) fn notices(
        &self,
        as_of: Day,
        uses: &Uses,
        is_judged: impl Fn(&str) -> bool,
        speech: Speech,
    ) -> Vec<Failure> {
        let mut notices = self.notices.clone();
        for (number, waiver) in self.all.iter().enumerate() {
            let mut of = uses.0.get(&number).copied().unwrap_or_default();
            of.used |= !waiver.directives.iter().any(|name| is_judged(name));
            for (code, severity, message) in of_waiver(waiver, as_of, of, speech) {
                notices.push(at(&waiver.file, waiver.line, code, message, severity, speech));
            }
        }
        notices
    }
}

fn of_waiver(waiver: &Waiver, as_of: Day, of: Use, speech: Speech) -> Vec<(&'static str, Severity, String)> {
    let (directive, document) = (shown(&waiver.directive), shown(&waiver.document));
    let expires = waiver.expires;
    if expires < as_of {
        let message = speech.say(
            || format!("the waiver of `{directive}` by {document} expired on {expires}: what it waived counts again; renew it or take it out"),
            || format!("{document} 对 `{directive}` 的豁免已于 {expires} 到期，相关结果重新计入；请续期或删除"),
        );
        return vec![("waivers/expired", Severity::Error, message)];
    }
    if waiver.issued > as_of {
        let issued = waiver.issued;
        let message = speech.say(
            || format!("the waiver of `{directive}` by {document} holds from {issued} on, not yet on {as_of}"),
            || format!("{document} 对 `{directive}` 的豁免自 {issued} 起生效，{as_of} 尚未生效"),
        );
        return vec![("waivers/not-yet", Severity::Warning, message)];
    }
    let mut out = Vec::new();
    let days = expires.0 - as_of.0;
    if days <= SOON {
        let message = speech.say(
            || format!("the waiver of `{directive}` by {document} expires on {expires}, {}", in_days(days)),
            || format!("{document} 对 `{directive}` 的豁免将于 {expires} 到期（还有 {days} 天）"),
        );
        out.push(("waivers/expires-soon", Severity::Warning, message));
    }
    if !of.used {
        let message = match (of.idle, of.seen) {
            (true, _) => speech.say(
                || format!("the waiver of `{directive}` by {document} is not needed: an earlier one waives the same"),
                || format!("{document} 对 `{directive}` 的豁免多余：前面的豁免已涵盖"),
            ),
            (false, true) => speech.say(
                || {
                    format!(
                        "the waiver of `{directive}` by {document} is not needed: {} keeps to it; take it out",
                        scope(waiver, speech)
                    )
                },
                || format!("{document} 对 `{directive}` 的豁免已无必要：{} 符合该指令，请删除", scope(waiver, speech)),
            ),
            (false, false) => speech.say(
                || {
                    format!(
                        "the waiver of `{directive}` by {document} met nothing: {} was not found in this run",
                        scope(waiver, speech)
                    )
                },
                || {
                    format!(
                        "{document} 对 `{directive}` 的豁免未匹配任何对象：本次检查中没有 {}",
                        scope(waiver, speech)
                    )
                },
            ),
        };
        out.push(("waivers/unused", Severity::Warning, message));
    }
    out
}

fn in_days(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    }
}

fn scope(waiver: &Waiver, speech: Speech) -> String {
    match &waiver.scope {
        WaiverScope::Proposal(id) => {
            speech.say(|| format!("the proposal `{}`", shown(id)), || format!("项目 `{}`", shown(id)))
        },
        WaiverScope::Paths(glob) => {
            speech.say(|| format!("what `{}` matches", shown(glob)), || format!("`{}` 匹配的项目", shown(glob)))
        },
        WaiverScope::Value(value) => {
            speech.say(|| format!("a finding for `{}`", shown(value)), || format!("针对 `{}` 的结果", shown(value)))
        },
        WaiverScope::Portfolio => speech.say(|| "the portfolio".to_owned(), || "总体".to_owned()),
    }
}
