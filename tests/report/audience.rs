//! What applicants and reviewers read.

use plancheck::checker::report::Format;
use plancheck::report::audience::Audience;
use plancheck::report::{Language, Settings, format};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::{fixture, hostile, settings, snapshot, written};

const BOTH: [Audience; 2] = [Audience::Applicant, Audience::Reviewer];

fn audience(audience: Audience, language: Language) -> Settings {
    Settings { language, audience: Some(audience), ..settings() }
}

/// In both languages, one after the other.
fn in_both_languages(name: &str, who: Audience) -> String {
    let of = |language| format!("=== {language:?}\n{}", written(name, audience(who, language)));
    [Language::English, Language::Chinese].map(of).concat()
}

#[test]
fn to_do_lists_of_applicants() {
    snapshot("applicant_human", &in_both_languages("human", Audience::Applicant));
    snapshot("applicant_markdown", &in_both_languages("markdown", Audience::Applicant));
}

#[test]
fn memos_of_reviewers() {
    snapshot("reviewer_human", &in_both_languages("human", Audience::Reviewer));
    snapshot("reviewer_markdown", &in_both_languages("markdown", Audience::Reviewer));
}

#[test]
fn a_page_for_either() {
    let pages = BOTH.map(|who| written("html", audience(who, Language::Chinese)));
    snapshot("audience_html", &pages.concat());
    let unended = regex::Regex::new(r"<(meta [^>]*|hr)>").unwrap();
    for page in pages {
        let page = page.replacen("<!DOCTYPE html>", "", 1).replace("<meta charset=\"utf-8\">", "");
        // Elements that need no end have one in XML.
        let page = unended.replace_all(&page, "<$1/>").into_owned();
        let tree = roxmltree::Document::parse(&page).unwrap();
        let names =
            tree.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name().to_owned());
        assert!(names.into_iter().all(|name| name != "script" && name != "a" && name != "img"));
    }
}

#[test]
fn an_applicant_reads_nothing_of_other_proposals() {
    let proposals = fixture::proposals();
    for name in ["human", "markdown", "html"] {
        let format = format(name, audience(Audience::Applicant, Language::English)).unwrap();
        for (report, text) in &proposals {
            let mut bytes = Vec::new();
            format.proposal(&fixture::header(), report, Some(fixture::excerpt(report, text)), &mut bytes);
            let section = String::from_utf8(bytes).unwrap();
            let others = proposals.iter().filter(|(other, _)| other.path != report.path);
            for (other, _) in others {
                assert!(!section.contains(other.path.as_ref()), "{name}: {section}");
            }
        }
        let text = written(name, audience(Audience::Applicant, Language::English));
        for of_all in ["project-code-unique", "endpoints-all-open", "7 proposals", "Summary"] {
            assert!(!text.contains(of_all), "{name} {of_all}");
        }
    }
}

#[test]
fn a_memo_counts_every_proposal_once() {
    let text = written("markdown", audience(Audience::Reviewer, Language::English));
    let row = |name: &str| {
        let row = text.lines().find(|line| line.starts_with(&format!("| **{name}** |"))).unwrap();
        row.split('|').nth(2).unwrap().trim().parse::<u64>().unwrap()
    };
    let counts = ["Reject", "Send back", "Accept with remarks", "Accept"].map(row);
    assert_eq!(counts, [3, 3, 0, 1]);
    for (name, count) in ["Reject", "Send back"].into_iter().zip(counts) {
        assert!(text.contains(&format!("## {name} ({count})")), "{text}");
    }
}

#[test]
fn a_memo_names_a_clause_once_with_its_words() {
    let text = written("markdown", audience(Audience::Reviewer, Language::English));
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| §3.9 |")).collect();
    assert_eq!(rows.len(), 1, "{text}");
    assert!(rows[0].contains("The endpoint cities, Anyang") && rows[0].ends_with("| 4 |"), "{rows:?}");
}

#[test]
fn only_formats_for_people_speak_to_somebody() {
    for who in BOTH {
        for name in plancheck::report::names() {
            let is_there = format(name, audience(who, Language::English)).is_some();
            assert_eq!(is_there, plancheck::report::audience::FORMATS.contains(&name), "{name}");
        }
    }
}

/// What a text has of markup that its own words do not account for.
fn markup(text: &str) -> Vec<String> {
    let is_foreign = |event: &Event<'_>| match event {
        Event::Html(one) | Event::InlineHtml(one) => !matches!(one.trim(), "<code>" | "</code>"),
        Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_)) => true,
        _ => false,
    };
    Parser::new_ext(text, Options::all()).filter(is_foreign).map(|event| format!("{event:?}")).collect()
}

#[test]
fn hostile_texts_are_shown_and_drive_nothing() {
    for who in BOTH {
        for language in [Language::English, Language::Chinese] {
            let of = |name: &str| format(name, audience(who, language)).unwrap();
            let (markdown, html, human) = (of("markdown"), of("html"), of("human"));
            for text in hostile::TEXTS {
                let write = |format: &dyn Format| String::from_utf8(hostile::write(format, text)).unwrap();
                let written = write(&*markdown);
                assert_eq!(markup(&written), Vec::<String>::new(), "{text:?}\n{written}");
                let page = write(&*html);
                for bad in ["<script", "<img", "<a ", "</details>", "<!--"] {
                    assert!(!page.contains(bad), "{text:?}\n{page}");
                }
                for shown in [written, page, write(&*human)] {
                    let steers = |c: char| !matches!(c, '\n' | '\u{FEFF}') && plancheck::text::display::is_unsafe(c);
                    assert!(!shown.contains(steers), "{text:?}\n{shown:?}");
                }
            }
        }
    }
}
