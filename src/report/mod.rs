//! Output formats, each a file: what a run says as bytes. Nothing here prints, reads files or judges.

pub mod audience;
pub mod baseline;
pub mod comparison;
mod concise;
pub mod coverage;
mod csv;
pub mod diagnostics;
pub mod difference;
pub mod draft;
pub mod explain;
mod frame;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod jsonl;
mod junit;
mod labels;
mod location;
mod logic;
mod markdown;
pub mod outcomes;
pub mod partial;
mod phrase;
pub mod recheck;
pub mod rules;
mod safe;
mod sarif;
pub mod saved;
pub mod schema;
pub mod settings;
mod shell;
pub mod starter;
pub mod verification;
pub mod words;
mod xlsx;

use std::sync::Arc;

use crate::checker::report::Format;
pub use audience::Audience;
pub use words::Language;

/// How a report is to look; the same for all formats, each of which takes what concerns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The reader's language.
    pub language: Language,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether frames and marks may be drawn with characters beyond ASCII.
    pub unicode: bool,
    /// The width that texts are wrapped at.
    pub width: usize,
    /// Whether a summary with nothing to say is left out.
    pub quiet: bool,
    /// Whether compliant proposals are named too.
    pub verbose: bool,
    /// Whether every broken directive is counted in the summary, not the first few only.
    pub statistics: bool,
    /// Whom the report is for, if not for everybody.
    pub audience: Option<Audience>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::English,
            color: false,
            unicode: true,
            width: 100,
            quiet: false,
            verbose: false,
            statistics: false,
            audience: None,
        }
    }
}

/// What makes a format.
type Maker = fn(Settings) -> Arc<dyn Format>;

/// Every format of `check`: a new one is a file, and a row here.
const FORMATS: &[(&str, Maker)] = &[
    ("human", |settings| Arc::new(human::Human::new(settings))),
    ("concise", |settings| Arc::new(concise::Concise::new(settings))),
    ("json", |settings| Arc::new(json::Json::new(settings))),
    ("jsonl", |_| Arc::new(jsonl::Jsonl)),
    ("github", |settings| Arc::new(github::Github::new(settings))),
    ("gitlab", |settings| Arc::new(gitlab::Gitlab::new(settings))),
    ("junit", |settings| Arc::new(junit::Junit::new(settings))),
    ("markdown", |settings| Arc::new(markdown::Markdown::new(settings))),
    ("csv", |settings| Arc::new(csv::Csv::new(settings))),
    ("xlsx", |settings| Arc::new(xlsx::Xlsx::new(settings))),
    ("sarif", |settings| Arc::new(sarif::Sarif::new(settings))),
    ("html", |settings| Arc::new(html::Html::new(settings))),
];

/// The names of the formats.
pub fn names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|(name, _)| *name)
}

/// The format of that name, if there is one for that audience.
pub fn format(name: &str, settings: Settings) -> Option<Arc<dyn Format>> {
    if let Some(audience) = settings.audience {
        return audience::format(name, audience, settings);
    }
    FORMATS.iter().find(|(known, _)| *known == name).map(|(_, make)| make(settings))
}
