//! The format `html`: one page in one file, which needs no network and no other file.
//!
//! The page's frame and its script stand in `page/`. Data goes into it as JSON that no markup can end, a line a
//! proposal, so that a report of any size is written as it comes. The script puts it on the page as text, never as markup,
//! and the page's own policy forbids every other script, style, picture or connection.

mod closing;
pub(in crate::report) mod embed;
mod excerpt;
mod fallback;
mod pack;
mod proposal;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use self::embed::{embed, escape};
use super::Settings;
use super::words::Language;
use crate::checker::report::{Closing, Excerpt, Format, Header, ProposalReport};
use crate::rulebook::Texts;

/// The page, with names between `@` where something is filled in.
const PAGE: &str = include_str!("page/page.html");

/// How the page looks.
const STYLE: &str = include_str!("page/page.css");

/// What tells the style that scripts run.
const SWITCH: &str = include_str!("page/switch.js");

/// What the page does, in the order in which its parts need one another.
const SCRIPT: &str = concat!(
    include_str!("page/words.js"),
    include_str!("page/filter.js"),
    include_str!("page/dom.js"),
    include_str!("page/data.js"),
    include_str!("page/geometry.js"),
    include_str!("page/map.js"),
    include_str!("page/overview.js"),
    include_str!("page/matrix.js"),
    include_str!("page/list.js"),
    include_str!("page/finding.js"),
    include_str!("page/gaps.js"),
    include_str!("page/page.js"),
);

/// A page for a browser.
#[derive(Debug)]
pub(super) struct Html {
    language: Language,
}

impl Html {
    pub(super) fn new(settings: Settings) -> Self {
        Self { language: settings.language }
    }

    /// Writes a part of the page, with its gaps filled.
    fn write(&self, part: &str, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        for (index, piece) in part.split('@').enumerate() {
            if index % 2 == 0 {
                out.extend_from_slice(piece.as_bytes());
            } else {
                self.fill(piece, header, closing, out);
            }
        }
    }

    fn fill(&self, gap: &str, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        match gap {
            "LANGUAGE" => out.extend_from_slice(self.language.tag().as_bytes()),
            "POLICY" => out.extend_from_slice(policy().as_bytes()),
            "VERSION" => out.extend_from_slice(env!("CARGO_PKG_VERSION").as_bytes()),
            "STYLE" => out.extend_from_slice(STYLE.as_bytes()),
            "SWITCH" => out.extend_from_slice(SWITCH.as_bytes()),
            "SCRIPT" => out.extend_from_slice(SCRIPT.as_bytes()),
            "TITLE" => escape(title(header, self.language), out),
            "HEADING" => both(out, |language| title(header, language)),
            "MAP_TITLE" => both(out, |language| map_title(header, language)),
            "RELAXED" => relaxed(header, out),
            "PACK" => embed(out, &pack::Pack::of(header)),
            "CLOSING" => embed(out, &closing::Closing::of(header, closing, self.language)),
            "FALLBACK" => fallback::write(header, closing, out),
            _ => {},
        }
    }
}

impl Format for Html {
    fn begin(&self, header: &Header, out: &mut Vec<u8>) {
        self.write(parts().0, header, &Closing::default(), out);
    }

    fn proposal(&self, header: &Header, report: &ProposalReport, excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        embed(out, &proposal::Proposal::of(header, report, excerpt, self.language));
        out.push(b'\n');
    }

    fn end(&self, header: &Header, closing: &Closing, out: &mut Vec<u8>) {
        self.write(parts().1, header, closing, out);
    }

    fn needs_verdicts(&self) -> bool {
        true
    }

    fn is_browsed(&self) -> bool {
        true
    }
}

/// The page before the proposals, and after them.
fn parts() -> (&'static str, &'static str) {
    PAGE.split_once("@DATA@").unwrap_or((PAGE, ""))
}

/// What the page may do: run its own script and show its own style, by their digests, and nothing else.
fn policy() -> String {
    let digest = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; style-src {}; script-src {} {}; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SWITCH),
        digest(SCRIPT)
    )
}

/// On record for every reader: which options relaxed the check.
fn relaxed(header: &Header, out: &mut Vec<u8>) {
    if header.relaxations.is_empty() {
        return;
    }
    out.extend_from_slice(b"<p class=\"notice\"><strong aria-hidden=\"true\">!</strong> ");
    both(out, |language| language.words().relaxed);
    for option in &header.relaxations {
        out.extend_from_slice(b" <code>");
        escape(option, out);
        out.extend_from_slice(b"</code>");
    }
    out.extend_from_slice(b"</p>\n");
}

/// A text of the pack for a reader of one of the page's languages.
fn text<'t>(header: &Header, texts: &'t Texts, language: Language) -> &'t str {
    let own = header.pack.languages.iter().position(|tag| tag == language.tag());
    let own = own.and_then(|own| texts.0.get(own)).and_then(Option::as_deref);
    own.or_else(|| texts.0.iter().find_map(Option::as_deref)).unwrap_or_default()
}

fn title(header: &Header, language: Language) -> &str {
    match text(header, &header.pack.title, language) {
        "" => &header.plan,
        title => title,
    }
}

fn map_title(header: &Header, language: Language) -> &str {
    let own = header.atlas.map.as_ref().map(|map| text(header, &map.title, language)).unwrap_or_default();
    match (own, language) {
        ("", Language::English) => "The plan as a map",
        ("", Language::Chinese) => "规划示意图",
        (own, _) => own,
    }
}

/// Writes a text in both of the page's languages, of which the style shows one.
fn both<'t>(out: &mut Vec<u8>, of: impl Fn(Language) -> &'t str) {
    for language in [Language::English, Language::Chinese] {
        out.extend_from_slice(format!("<span class=\"say\" lang=\"{}\">", language.tag()).as_bytes());
        escape(of(language), out);
        out.extend_from_slice(b"</span>");
    }
}
