//! Markdown, read back with a parser that others wrote.

use plancheck::report::format;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::{each_hostile, fixture, settings, snapshot, written};

/// The tags of HTML in it, and how many links, images, headings and rules.
fn markup(text: &str) -> (Vec<String>, [usize; 4]) {
    let mut html = Vec::new();
    let mut counts = [0; 4];
    let [links, images, headings, rules] = &mut counts;
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Html(one) | Event::InlineHtml(one) => {
                let tags = one.split('<').skip(1).map(|tag| tag.split('>').next().unwrap().to_owned());
                html.extend(tags);
            },
            Event::Start(Tag::Link { .. }) => *links += 1,
            Event::Start(Tag::Image { .. }) => *images += 1,
            Event::Start(Tag::Heading { .. }) => *headings += 1,
            Event::Rule => *rules += 1,
            _ => {},
        }
    }
    html.retain(|tag| !["details", "/details", "summary", "/summary", "code", "/code"].contains(&tag.as_str()));
    (html, counts)
}

#[test]
fn markdown() {
    let text = written("markdown", settings());
    snapshot("markdown", &text);
    assert_eq!(markup(&text), (Vec::new(), [0, 0, 1, 0]));
}

#[test]
fn a_comment_is_never_too_long_and_says_what_it_leaves_out() {
    let one = fixture::proposals().into_iter().next().unwrap();
    let many = vec![one; 400];
    let format = format("markdown", settings()).unwrap();
    let text = String::from_utf8(fixture::write(&*format, &many, &fixture::closing())).unwrap();
    let length = text.encode_utf16().count();
    assert!((60_000..65_536).contains(&length), "{length}");
    let shown = text.matches("<details>").count();
    assert!(text.contains(&format!("{} further proposals with {} findings", 400 - shown, 2 * (400 - shown))));
    assert_eq!(text.matches("</details>").count(), shown);
}

#[test]
fn hostile_texts_in_markdown() {
    each_hostile("markdown", |text, bytes| {
        let written = std::str::from_utf8(bytes).unwrap();
        assert_eq!(markup(written), (Vec::new(), [0, 0, 1, 0]), "{text:?}\n{written}");
        assert_eq!(written.matches("<details>").count(), 3, "{text:?}");
    });
}
