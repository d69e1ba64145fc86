//! The tutorials are done step by step, as a reader would: files are written, commands run, and what they print is what the page shows.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{is_update, read};

/// What stands in a fenced block.
#[derive(Debug)]
struct Block {
    /// What follows the fence: `console`, or a kind and the file that it is for.
    info: String,
    body: String,
}

/// The fenced blocks of a page, with what stands between them.
fn cut(page: &str) -> (Vec<String>, Vec<Block>) {
    let (mut between, mut blocks) = (vec![String::new()], Vec::new());
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix("```") {
            Some(info) => {
                let body: String =
                    lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
                blocks.push(Block { info: info.to_owned(), body });
                between.push(String::new());
            },
            None => between.last_mut().unwrap().push_str(&format!("{line}\n")),
        }
    }
    (between, blocks)
}

/// Adds a block to the file that it is for: before the line that begins as said, else at the end; JSON takes its place.
fn add(desk: &Path, info: &str, body: &str) {
    let words: Vec<&str> = info.split(' ').collect();
    let path = desk.join(words[1]);
    let before = fs::read_to_string(&path).unwrap();
    let after = match words.as_slice() {
        ["json", _] => body.to_owned(),
        [_, _] => format!("{before}\n{body}"),
        [_, _, "before", start] => {
            let at = before.lines().position(|line| line.trim_start().starts_with(start)).unwrap();
            let mut lines: Vec<&str> = before.lines().collect();
            lines.splice(at..at, body.lines());
            format!("{}\n", lines.join("\n"))
        },
        other => panic!("{other:?}"),
    };
    fs::write(path, after).unwrap();
}

/// What a command prints on a terminal.
fn run(desk: &Path, command: &str, locale: &str) -> String {
    let mut arguments: Vec<&str> = command.strip_prefix("plancheck ").unwrap().split(' ').collect();
    if arguments[0] == "check" {
        arguments.extend(["--format", "human"]);
    }
    let output = Command::new(env!("CARGO_BIN_EXE_plancheck"))
        .args(arguments)
        .current_dir(desk)
        .env_clear()
        .env("LANG", locale)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    // The day that it is changes from day to day.
    let today = regex::Regex::new(r"(as of |截至 )\d{4}-\d{2}-\d{2}").unwrap();
    let printed = today.replace_all(&printed, "${1}2026-03-01");
    printed.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn follow(name: &str, locale: &str) {
    let page = read(name);
    let (between, blocks) = cut(&page);
    let desk = tempfile::tempdir().unwrap();
    let mut done = String::new();
    let mut commands = 0;
    for (text, block) in between.iter().zip(&blocks) {
        done.push_str(text);
        let body = if block.info == "console" {
            commands += 1;
            let command = block.body.lines().next().unwrap();
            format!("{command}\n{}", run(desk.path(), command.strip_prefix("$ ").unwrap(), locale))
        } else {
            add(desk.path(), &block.info, &block.body);
            block.body.clone()
        };
        done.push_str(&format!("```{}\n{body}```\n", block.info));
    }
    done.push_str(between.last().unwrap());
    assert!(commands > 8, "{commands} commands");
    if is_update() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(name), &done).unwrap();
    }
    assert_same_lines(&read(name), &done, name);
}

/// Says which line differs first.
fn assert_same_lines(shown: &str, printed: &str, name: &str) {
    for (number, (shown, printed)) in shown.lines().zip(printed.lines()).enumerate() {
        assert_eq!(shown, printed, "{name}:{}: INSTA_UPDATE=always writes it anew", number + 1);
    }
    assert_eq!(shown.lines().count(), printed.lines().count(), "{name}");
}

#[test]
fn the_english_tutorial_does_what_it_shows() {
    follow("docs/tutorial.md", "C");
}

#[test]
fn the_chinese_tutorial_does_what_it_shows() {
    follow("docs/tutorial.zh.md", "zh_CN.UTF-8");
}
