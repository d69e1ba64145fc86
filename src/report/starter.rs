//! What is said of a new rule pack: the files that it has, and the commands that show what it can do.

use std::fmt::Write as _;

use super::human::paint::{Painter, Style, one_line};
use super::shell::as_argument;
use super::{Language, Settings};
use crate::rulebook::PackFile;

/// The sentences of one language.
#[derive(Debug)]
struct Phrases {
    written: (&'static str, &'static str),
    next: &'static str,
    steps: [(&'static str, &'static str); 6],
    replace: (&'static str, &'static str),
    /// Where the first sentence of a note ends.
    stop: &'static str,
}

/// `{}` stands for the folder.
static ENGLISH: Phrases = Phrases {
    written: ("A rule pack was written: ", ""),
    next: "What it can do, a command each:",
    steps: [
        ("is every rule written soundly?", "plancheck lint --rules {}"),
        ("does each rule do what it should?", "plancheck test --rules {} --require-coverage 100"),
        ("is every clause of the plan accounted for?", "plancheck coverage --rules {} --fail-under 100"),
        ("can the rules be kept, and all of them together?", "plancheck verify --rules {}"),
        ("do the example proposals keep them?", "plancheck check --rules {} {/proposals}"),
        ("begin a proposal of your own", "plancheck init --rules {} --proposal old-town"),
    ],
    replace: (
        "Then put the words of your own plan into ",
        ", and run the commands again: they say which rules have lost their ground.",
    ),
    stop: ". ",
};

static CHINESE: Phrases = Phrases {
    written: ("已写入规则包：", ""),
    next: "逐条运行下列命令，即可了解它的用法：",
    steps: [
        ("规则写得是否无误？", "plancheck lint --rules {}"),
        ("每条规则是否如愿判定？", "plancheck test --rules {} --require-coverage 100"),
        ("规划的每一条是否都有着落？", "plancheck coverage --rules {} --fail-under 100"),
        ("规则能否遵守，能否同时遵守？", "plancheck verify --rules {}"),
        ("示例项目是否符合规则？", "plancheck check --rules {} {/proposals}"),
        ("开始填写自己的项目", "plancheck init --rules {} --proposal 老城"),
    ],
    replace: ("然后把贵单位规划的原文放入 ", "，再次运行上述命令：哪些规则失去依据，一看便知。"),
    stop: "。",
};

/// The files of a pack that was written to a folder, each with the first sentence of its note, and what to run next.
pub fn human(folder: &str, files: &[PackFile], settings: Settings) -> String {
    let painter = Painter { settings };
    let phrases = match settings.language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    };
    let mut out = String::new();
    let (before, after) = phrases.written;
    painter.put(&mut out, Style::Bold, &one_line(&format!("{before}{folder}{after}")));
    out.push_str("\n\n");
    let wide = files.iter().map(|file| textwrap::core::display_width(&file.name)).max().unwrap_or(0);
    for file in files {
        let gap = " ".repeat(wide - textwrap::core::display_width(&file.name) + 2);
        let note = first_sentence(&file.text, phrases.stop);
        let _infallible = writeln!(out, "{}", format!("  {}{gap}{note}", file.name).trim_end());
    }
    let _infallible = writeln!(out, "\n{}\n", phrases.next);
    for (question, command) in phrases.steps {
        let command = command.replace("{}", &as_argument(folder));
        let command = command.replace("{/proposals}", &as_argument(&within(folder, "proposals")));
        let _infallible = writeln!(out, "  {question}");
        painter.put(&mut out, Style::Cyan, &format!("    {command}"));
        out.push('\n');
    }
    let (before, after) = phrases.replace;
    let _infallible = writeln!(out, "\n{before}{}{after}", one_line(&within(folder, "source/plan.md")));
    out
}

fn within(folder: &str, name: &str) -> String {
    match folder.trim_end_matches('/') {
        "" => format!("/{name}"),
        "." => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

/// The first sentence of the first line, if that is a note or a heading.
fn first_sentence<'t>(text: &'t str, stop: &str) -> &'t str {
    let line = text.lines().next().unwrap_or_default();
    let note = line.strip_prefix('#').unwrap_or_default().trim();
    note.split_once(stop).map_or(note, |(sentence, _)| sentence).trim_end_matches(['.', '。'])
}
