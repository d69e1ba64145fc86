//! The options of `check` as a report's record holds them: those that bear on the result and are not left at their
//! defaults, in a fixed order. They are read back as a command line is, and nothing else is taken.

use clap::{Parser, ValueEnum};

use super::judging::{DigestsWord, FailOnWord, Judging, PortfolioWord, UndeterminedWord};
use super::shared::Lang;
use crate::report::Language;

/// What the options of a record say.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true, disable_version_flag = true)]
pub(super) struct Recorded {
    #[command(flatten)]
    pub judging: Judging,
    #[arg(long)]
    lang: Lang,
}

/// The options that bear on the result, as arguments.
pub(super) fn arguments(judging: &Judging, language: Language) -> Vec<String> {
    let mut out = Vec::new();
    let mut say = |option: &str, value: &str| out.push(format!("--{option}={value}"));
    if let Some(day) = judging.as_of {
        say("as-of", &day.to_string());
    }
    judging.select.iter().for_each(|glob| say("select", glob));
    judging.ignore.iter().for_each(|glob| say("ignore", glob));
    let words = [
        ("fail-on", word(judging.fail_on, FailOnWord::Must)),
        ("undetermined", word(judging.undetermined, UndeterminedWord::Error)),
        ("portfolio", word(judging.portfolio, PortfolioWord::Auto)),
        ("digests", word(judging.digests, DigestsWord::Fast)),
    ];
    for (option, word) in words {
        word.iter().for_each(|word| say(option, word));
    }
    judging.max_findings.iter().for_each(|most| say("max-findings", &most.to_string()));
    judging.exclude.iter().for_each(|glob| say("exclude", glob));
    judging.stdin_filename.iter().for_each(|name| say("stdin-filename", name));
    judging.encoding.iter().for_each(|label| say("encoding", label));
    say("lang", language.tag());
    let switches = [
        ("verdicts", judging.verdicts),
        ("strict", judging.strict),
        ("allow-empty", judging.allow_empty),
        ("statistics", judging.statistics),
    ];
    out.extend(switches.into_iter().filter(|(_, is_on)| *is_on).map(|(option, _)| format!("--{option}")));
    out
}

/// The word of a choice, unless it is what holds if nothing is said.
fn word<W: ValueEnum + PartialEq>(choice: W, otherwise: W) -> Option<String> {
    let value = if choice == otherwise { None } else { choice.to_possible_value() };
    value.map(|value| value.get_name().to_owned())
}

impl Recorded {
    /// Reads the options of a record; of those that are not as the tool writes them, the number of the first.
    pub(super) fn read(options: &[String]) -> Result<Self, usize> {
        let fault = |written: &[String]| {
            let differs = |(number, option): (usize, &String)| (written.get(number) != Some(option)).then_some(number);
            options.iter().enumerate().find_map(differs)
        };
        let alone = |option: &String| {
            let rest = (!option.starts_with("--lang=")).then(|| "--lang=en".to_owned());
            Self::try_parse_from(rest.iter().chain([option])).is_ok()
        };
        let Ok(recorded) = Self::try_parse_from(options) else {
            return Err(options.iter().position(|option| !alone(option)).unwrap_or(0));
        };
        let written = arguments(&recorded.judging, recorded.language());
        match fault(&written) {
            Some(number) => Err(number),
            None if written.len() != options.len() => Err(options.len()),
            None => Ok(recorded),
        }
    }

    /// The reader's language.
    pub(super) fn language(&self) -> Language {
        match self.lang {
            Lang::En => Language::English,
            Lang::Zh => Language::Chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(options: &[&str]) -> Result<Recorded, usize> {
        Recorded::read(&options.iter().map(|option| (*option).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn every_option_comes_back() {
        let options = [
            "--as-of=2026-03-01",
            "--select=a",
            "--select=-b*",
            "--ignore=c=d",
            "--fail-on=should",
            "--undetermined=ignore",
            "--portfolio=on",
            "--digests=sha256",
            "--max-findings=3",
            "--exclude=草稿*",
            "--stdin-filename=a b.json",
            "--encoding=gbk",
            "--lang=zh",
            "--verdicts",
            "--strict",
            "--allow-empty",
            "--statistics",
        ];
        let recorded = read(&options).unwrap();
        assert_eq!(arguments(&recorded.judging, recorded.language()), options);
    }

    #[test]
    fn what_no_record_holds_is_refused_with_its_number() {
        let table: [(&[&str], usize); 8] = [
            (&[], 0),
            (&["--lang=en", "--write-baseline=/tmp/x"], 1),
            (&["--jobs=3", "--lang=en"], 0),
            (&["--waivers=w.toml", "--lang=en"], 0),
            (&["--lang=en", "a.json"], 1),
            (&["--fail-on=must", "--lang=en"], 0),
            (&["--lang=en", "--as-of=2026-03-01"], 0),
            (&["--as-of=2026-02-30", "--lang=en"], 0),
        ];
        for (options, number) in table {
            assert_eq!(read(options).unwrap_err(), number, "{options:?}");
        }
    }
}
