//! From TOML to waivers: every field is there, and every directive is one of the rule pack.

use std::sync::Arc;

use globset::{Glob, GlobBuilder, GlobMatcher};

use super::{Waiver, WaiverScope};
use crate::checker::report::Failure;
use crate::configuration::{Fields, Speech, Table, Taken};
use crate::diagnostic::{Diagnostic, Severity, tidy};
use crate::rulebook::{ForEach, Heading, Rulebook};
use crate::text::display::shown;
use crate::text::nearest::nearest;
use crate::text::{FileId, Sources, Span};

/// Paths that have nothing in common: a glob that matches all of them matches everything.
const ANYTHING: &[&str] = &["q.json", "w/e.jsonl", "r/t/y.ndjson"];

/// What a file of waivers holds.
#[derive(Debug, Clone, Default)]
pub struct ReadWaivers {
    /// The waivers that could be read.
    pub waivers: Vec<Waiver>,
    /// What was noticed, and is to be told in the report.
    pub notices: Vec<Failure>,
    /// What is wrong; if anything is, the waivers are not to be used.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file that holds `[[waivers]]` and nothing else.
pub fn read(sources: &mut Sources, name: &str, text: &str, book: &Rulebook, speech: Speech) -> ReadWaivers {
    let file = sources.add(name, text);
    let document = match crate::configuration::read(text, file, speech) {
        Ok(document) => document,
        Err(diagnostic) => return ReadWaivers { diagnostics: vec![diagnostic], ..ReadWaivers::default() },
    };
    let mut fields = Fields::new(&document, speech);
    let tables = fields.tables("waivers");
    let mut read = read_tables(&tables, sources, file, book, speech);
    read.diagnostics.extend(fields.finish());
    tidy(&mut read.diagnostics);
    read
}

/// Reads the tables under `[[waivers]]` of a file.
pub fn read_tables(tables: &[&Table], sources: &Sources, file: FileId, book: &Rulebook, speech: Speech) -> ReadWaivers {
    let mut reader =
        Reader { book, speech, sources, file: Arc::from(sources.name(file)), read: ReadWaivers::default() };
    for table in tables {
        reader.waiver(table);
    }
    reader.read
}

struct Reader<'r> {
    book: &'r Rulebook,
    speech: Speech,
    sources: &'r Sources,
    file: Arc<str>,
    read: ReadWaivers,
}

/// What a waiver's directive names.
struct Named<'r> {
    /// Ordinary directives.
    ordinary: Vec<&'r Heading>,
    /// Portfolio directives, and whether each is judged once for many values.
    portfolio: Vec<(&'r Heading, bool)>,
}

impl<'r> Reader<'r> {
    fn waiver(&mut self, table: &Table) {
        let mut fields = Fields::new(table, self.speech);
        fields.require(REQUIRED);
        let directive = fields.text("directive");
        let scope = SCOPES.map(|name| fields.text(name));
        let texts = ["reason", "authority", "document"].map(|name| fields.text(name).map(|text| text.value.to_owned()));
        let (issued, expires) = (fields.day("issued"), fields.day("expires"));
        if let (Some(issued), Some(expires)) = (issued, expires)
            && expires.value < issued.value
        {
            let message = self.speech.say(
                || format!("it expires on {}, before it is issued on {}", expires.value, issued.value),
                || format!("到期日 {} 早于签发日 {}", expires.value, issued.value),
            );
            fields.push(Diagnostic::error("waivers/bad-dates", expires.span, message, "").also(issued.span, ""));
        }
        let line = self.sources.position(table.span).line;
        let named = directive.map(|directive| self.named(directive, line, &mut fields));
        let scope = named.as_ref().and_then(|named| self.scope(scope, named, line, &mut fields));
        let [reason, authority, document] = texts;
        let diagnostics = fields.finish();
        let is_good = diagnostics.is_empty();
        self.read.diagnostics.extend(diagnostics);
        let (Some(directive), Some(named), Some(scope), Some(reason), Some(authority), Some(document)) =
            (directive, named, scope, reason, authority, document)
        else {
            return;
        };
        let (Some(issued), Some(expires), true) = (issued, expires, is_good) else { return };
        self.read.waivers.push(Waiver {
            directive: directive.value.to_owned(),
            directives: named.names(&scope),
            scope,
            reason,
            authority,
            document,
            issued: issued.value,
            expires: expires.value,
            file: Arc::clone(&self.file),
            line,
        });
    }

    /// The directives that a name or glob meets; a former name is accepted, and noticed.
    fn named(&mut self, directive: Taken<&str>, line: u32, fields: &mut Fields<'_>) -> Named<'r> {
        let mut named = Named { ordinary: Vec::new(), portfolio: Vec::new() };
        let matcher = match Glob::new(directive.value) {
            Ok(glob) => glob.compile_matcher(),
            Err(error) => {
                fields.push(self.no_glob(directive, &error));
                return named;
            },
        };
        let is_met = |heading: &Heading, former: bool| match former {
            false => matcher.is_match(&heading.name),
            true => heading.formerly.iter().any(|name| matcher.is_match(name)),
        };
        for former in [false, true] {
            let ordinary = self.book.directives.iter().map(|one| &one.heading);
            let portfolio = self.book.portfolio.iter();
            let portfolio = portfolio.map(|one| (&one.heading, !matches!(one.for_each, ForEach::Nothing)));
            named.ordinary = ordinary.filter(|heading| is_met(heading, former)).collect();
            named.portfolio = portfolio.filter(|(heading, _)| is_met(heading, former)).collect();
            let Some(first) = named.first() else { continue };
            if former {
                let (old, new) = (shown(directive.value), first.name.as_str());
                let message = self.speech.say(
                    || format!("`{old}` is a former name; the directive is called `{new}` now"),
                    || format!("`{old}` 是旧名，该指令现名为 `{new}`"),
                );
                self.notice("waivers/former-name", line, message);
            }
            let all = self.book.directives.len();
            if all > 1 && named.ordinary.len() == all {
                let glob = shown(directive.value);
                let message = self.speech.say(
                    || format!("`{glob}` waives every directive; name those that the document speaks of"),
                    || format!("`{glob}` 豁免所有指令，请写明文件所指的指令"),
                );
                self.notice("waivers/too-broad", line, message);
            }
            return named;
        }
        fields.push(self.unknown(directive));
        named
    }

    fn unknown(&self, directive: Taken<&str>) -> Diagnostic {
        let name = shown(directive.value);
        let ordinary = self.book.directives.iter().map(|one| one.heading.name.as_str());
        let all = ordinary.chain(self.book.portfolio.iter().map(|one| one.heading.name.as_str()));
        let help = match nearest(directive.value, all.map(|name| (name, name))) {
            Some(near) => self.speech.say(|| format!("did you mean `{near}`?"), || format!("是否应为 `{near}`？")),
            None => self.speech.say(
                || "`plancheck rules` lists the names".to_owned(),
                || "`plancheck rules` 会列出所有指令".to_owned(),
            ),
        };
        let message =
            self.speech.say(|| format!("`{name}` is the name of no directive"), || format!("没有名为 `{name}` 的指令"));
        Diagnostic::error("waivers/unknown-directive", directive.span, message, "").help(help)
    }

    fn no_glob(&self, written: Taken<&str>, error: &globset::Error) -> Diagnostic {
        let (glob, reason) = (shown(written.value), shown(&error.kind().to_string()));
        let message =
            self.speech.say(|| format!("`{glob}` is no glob: {reason}"), || format!("`{glob}` 不是通配模式：{reason}"));
        Diagnostic::error("run/bad-glob", written.span, message, "")
    }

    /// What a waiver speaks of: one thing, and one that its directives judge.
    fn scope(
        &mut self,
        [proposal, paths, value]: [Option<Taken<&str>>; 3],
        named: &Named<'_>,
        line: u32,
        fields: &mut Fields<'_>,
    ) -> Option<WaiverScope> {
        let bad = |span: Span, message: String| Diagnostic::error("waivers/bad-scope", span, message, "");
        let asks_for_value = named.portfolio.iter().any(|(_, for_each)| *for_each);
        match (proposal, paths, value) {
            (Some(one), None, None) if !named.ordinary.is_empty() => {
                Some(WaiverScope::Proposal(one.value.trim().to_owned()))
            },
            (None, Some(one), None) if !named.ordinary.is_empty() => {
                match glob(one.value) {
                    Ok(compiled) => self.notice_width(one.value, &compiled.compile_matcher(), line),
                    Err(error) => fields.push(self.no_glob(one, &error)),
                }
                Some(WaiverScope::Paths(one.value.to_owned()))
            },
            (None, None, Some(one)) if asks_for_value => Some(WaiverScope::Value(one.value.to_owned())),
            (None, None, None) if named.ordinary.is_empty() && !named.portfolio.is_empty() && !asks_for_value => {
                Some(WaiverScope::Portfolio)
            },
            (None, None, None) if named.first().is_some() && !SCOPES.iter().any(|name| fields.has(name)) => {
                let message = self.speech.say(
                    || "it says not what it speaks of: give `proposal` (an identifier), `paths` (a glob), or, for a portfolio directive, `for`".to_owned(),
                    || "未写明豁免的对象：请填写 `proposal`（项目编号）、`paths`（路径模式），总体指令则填写 `for`".to_owned(),
                );
                fields.push(bad(fields.span(), message));
                None
            },
            (Some(one), None, None) | (None, Some(one), None) | (None, None, Some(one)) => {
                if let Some(first) = named.first() {
                    let name = first.name.as_str();
                    let message = match value {
                        Some(_) => self.speech.say(
                            || format!("`for` is for portfolio directives that are judged for each of many values, and `{name}` is none"),
                            || format!("`for` 只用于逐值判定的总体指令，而 `{name}` 不是"),
                        ),
                        None => self.speech.say(
                            || format!("`{name}` judges all proposals together: give `for` instead, the value that it was found for"),
                            || format!("`{name}` 合并判定全部项目：请改用 `for` 写明所涉的值"),
                        ),
                    };
                    fields.push(bad(one.span, message));
                }
                None
            },
            (None, None, None) => None,
            _ => {
                let message = self.speech.say(
                    || "`proposal`, `paths` and `for` exclude each other: write a waiver for each".to_owned(),
                    || "`proposal`、`paths` 与 `for` 只能选一项：请分别写成多条豁免".to_owned(),
                );
                let last = [value, paths, proposal].into_iter().flatten().next();
                fields.push(bad(last.map_or(fields.span(), |last| last.span), message));
                None
            },
        }
    }

    fn notice_width(&mut self, written: &str, matcher: &GlobMatcher, line: u32) {
        if ANYTHING.iter().all(|path| matcher.is_match(path)) || written.trim_matches(['*', '/', '.']) == "json" {
            let glob = shown(written);
            let message = self.speech.say(
                || format!("`{glob}` matches every proposal; name those that the document speaks of"),
                || format!("`{glob}` 匹配所有项目，请写明文件所指的项目"),
            );
            self.notice("waivers/too-broad", line, message);
        }
    }

    fn notice(&mut self, code: &'static str, line: u32, message: String) {
        self.read.notices.push(super::notice::at(&self.file, line, code, message, Severity::Warning, self.speech));
    }
}

/// The keys that say what a waiver speaks of.
const SCOPES: [&str; 3] = ["proposal", "paths", "for"];

/// The keys that every waiver has, and what each is for.
const REQUIRED: &[(&str, (&str, &str))] = &[
    ("directive", ("which directive is waived", "所豁免的指令")),
    ("reason", ("why the directive is waived", "豁免的理由")),
    ("authority", ("who issued the waiver", "签发机关")),
    ("document", ("the number of the document that waives it", "豁免文件的文号")),
    ("issued", ("the first day on which the waiver holds", "签发日期")),
    ("expires", ("the last day on which the waiver holds", "有效期的最后一日")),
];

impl<'r> Named<'r> {
    fn first(&self) -> Option<&'r Heading> {
        self.ordinary.first().copied().or_else(|| self.portfolio.first().map(|(heading, _)| *heading))
    }

    /// The names of those that a scope can speak of.
    fn names(&self, scope: &WaiverScope) -> Vec<String> {
        let name = |heading: &Heading| heading.name.clone();
        let portfolio = |for_each: bool| {
            self.portfolio.iter().filter(move |one| one.1 == for_each).map(|(heading, _)| name(heading)).collect()
        };
        match scope {
            WaiverScope::Proposal(_) | WaiverScope::Paths(_) => self.ordinary.iter().copied().map(name).collect(),
            WaiverScope::Value(_) => portfolio(true),
            WaiverScope::Portfolio => portfolio(false),
        }
    }
}

/// A glob of paths: it matches at any depth, so that it says the same from whatever folder the run began.
pub(super) fn glob(paths: &str) -> Result<Glob, globset::Error> {
    let pattern = paths.strip_prefix("./").unwrap_or(paths);
    let anywhere = format!("**/{}", pattern.trim_start_matches('/'));
    GlobBuilder::new(&anywhere).literal_separator(true).build()
}
