//! What a line is made of before it is known where it breaks.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr as _;

use super::source::Comment;

/// A piece of an entry.
#[derive(Debug, Clone)]
pub(super) enum Part<'a> {
    /// A token.
    Text(Cow<'a, str>),
    /// A token over several lines.
    Lines(Lines<'a>),
    /// A space at which no line breaks.
    Space,
    /// A place at which a line may break.
    Break(Break<'a>),
    /// A comment that has not found its place yet.
    Comment(Comment<'a>),
    /// Parts that break together, or not at all.
    Group(Group<'a>),
}

/// A token over several lines.
#[derive(Debug, Clone)]
pub(super) struct Lines<'a> {
    /// The lines without what they are indented by.
    pub lines: Vec<&'a str>,
    /// Where the lines after the first are set.
    pub at: LinesAt,
}

/// Where the lines of a token after its first are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinesAt {
    /// Under the first.
    Here,
    /// Where the entry begins.
    Entry,
    /// As they were: their white space counts.
    Untouched,
}

/// A place at which a line may break.
#[derive(Debug, Clone, Default)]
pub(super) struct Break<'a> {
    /// Whether nothing, and not a space, stands for it where the line does not break.
    pub tight: bool,
    /// By how much the next line is set further left than its group asks.
    pub outdent: usize,
    /// The comments that stand here.
    pub comments: Vec<Comment<'a>>,
}

/// Parts that break together, or not at all.
#[derive(Debug, Clone, Default)]
pub(super) struct Group<'a> {
    pub parts: Vec<Part<'a>>,
    /// How much further in its lines are set than those around it.
    pub indent: usize,
    /// Whether its lines are set in from where it begins, and not from those around it.
    pub align: bool,
    /// Whether its lines are filled, and not broken at every place.
    pub fill: bool,
    /// Whether it breaks though it would fit.
    pub broken: bool,
    /// Its width on one line.
    pub width: usize,
}

impl<'a> Part<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A place to break at that is a space otherwise.
    pub fn line() -> Self {
        Self::Break(Break::default())
    }

    pub fn width(&self) -> usize {
        match self {
            Self::Text(text) => text.width(),
            Self::Lines(lines) => lines.lines.first().map_or(0, |first| first.width()),
            Self::Space => 1,
            Self::Break(at) => usize::from(!at.tight),
            Self::Comment(_) => 0,
            Self::Group(group) => group.width,
        }
    }

    fn is_broken(&self) -> bool {
        match self {
            Self::Lines(_) => true,
            Self::Break(at) => !at.comments.is_empty(),
            Self::Group(group) => group.broken,
            _ => false,
        }
    }
}

impl<'a> Group<'a> {
    pub fn new(parts: Vec<Part<'a>>) -> Self {
        Self { parts, ..Self::default() }
    }

    /// Moves the comments in it to `out`.
    pub fn take_comments(&mut self, out: &mut Vec<Part<'a>>) {
        self.parts.retain_mut(|part| match part {
            Part::Comment(comment) => {
                out.push(Part::Comment(*comment));
                false
            },
            Part::Group(group) => {
                group.take_comments(out);
                true
            },
            _ => true,
        });
    }

    /// Adds up widths, and breaks whatever holds a part that must break; after the comments have found their places.
    pub fn measure(&mut self) {
        for part in &mut self.parts {
            if let Part::Group(group) = part {
                group.measure();
            }
        }
        self.width = self.parts.iter().map(Part::width).sum();
        self.broken |= self.parts.iter().any(Part::is_broken);
    }
}

/// Moves the comments before the first token of some parts to `out`; tells whether there is a token.
pub(super) fn take_leading<'a>(parts: &mut Vec<Part<'a>>, out: &mut Vec<Part<'a>>) -> bool {
    let mut begun = false;
    parts.retain_mut(|part| match part {
        _ if begun => true,
        Part::Comment(comment) => {
            out.push(Part::Comment(*comment));
            false
        },
        Part::Group(group) => {
            begun = take_leading(&mut group.parts, out);
            true
        },
        Part::Text(_) | Part::Lines(_) => {
            begun = true;
            true
        },
        Part::Space | Part::Break(_) => true,
    });
    begun
}

/// Finds the places of the comments in what follows on one another: each goes to a place at which the line breaks
/// anyhow. Between two such places, comments that stand after something go forward, and if one stands on a line of its
/// own, all go back; so their order stays. Gives what goes before the first part and after the last.
pub(super) fn settle<'a>(groups: &mut [&mut Group<'a>]) -> (Vec<Comment<'a>>, Vec<Comment<'a>>) {
    let mut places = Places { settled: vec![Vec::new()], ..Places::default() };
    for group in groups.iter() {
        places.visit(&group.parts);
    }
    places.close();
    let mut settled = places.settled.into_iter();
    let first = settled.next().unwrap_or_default();
    for group in groups.iter_mut() {
        place(&mut group.parts, &mut settled);
        group.measure();
    }
    (first, settled.next().unwrap_or_default())
}

/// The places to break at, in order, while comments are given to them.
#[derive(Debug, Default)]
struct Places<'a> {
    /// What stands at the start, at each place to break, and at the end.
    settled: Vec<Vec<Comment<'a>>>,
    /// Since the last place: comments after a token.
    inner: Vec<Comment<'a>>,
    /// How many of them have a token after them.
    enclosed: usize,
    seen_token: bool,
}

impl<'a> Places<'a> {
    fn visit(&mut self, parts: &[Part<'a>]) {
        for part in parts {
            match part {
                Part::Text(_) | Part::Lines(_) => {
                    self.seen_token = true;
                    self.enclosed = self.inner.len();
                },
                Part::Space => {},
                Part::Break(_) => self.close(),
                Part::Comment(comment) if self.seen_token => self.inner.push(*comment),
                Part::Comment(comment) => self.back([*comment]),
                Part::Group(group) => self.visit(&group.parts),
            }
        }
    }

    fn back(&mut self, comments: impl IntoIterator<Item = Comment<'a>>) {
        if let Some(last) = self.settled.last_mut() {
            last.extend(comments);
        }
    }

    /// Ends a stretch between two places.
    fn close(&mut self) {
        let mut inner = std::mem::take(&mut self.inner);
        let enclosed = inner.get(..self.enclosed).unwrap_or_default();
        if enclosed.iter().any(|comment| !comment.trailing) {
            let after = inner.split_off(self.enclosed);
            self.back(inner.into_iter().map(Comment::on_its_own));
            inner = after;
        }
        self.settled.push(inner);
        (self.enclosed, self.seen_token) = (0, false);
    }
}

/// Takes the comments out of the parts and sets them where they belong.
fn place<'a>(parts: &mut Vec<Part<'a>>, settled: &mut impl Iterator<Item = Vec<Comment<'a>>>) {
    parts.retain(|part| !matches!(part, Part::Comment(_)));
    for part in parts {
        match part {
            Part::Break(at) => at.comments.extend(settled.next().unwrap_or_default()),
            Part::Group(group) => place(&mut group.parts, settled),
            _ => {},
        }
    }
}
