//! How words of the language are spelled: as they are, or in the other tongue.

use crate::syntax::words::Word;

/// The tongue that the words of the language are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// English words.
    English,
    /// Chinese words.
    Chinese,
}

/// Which spelling of a word `written` is, and in which tongue.
fn which(word: Word, written: &str) -> (Tongue, usize) {
    let place = |spellings: &[&str]| spellings.iter().position(|spelling| *spelling == written);
    match (place(word.english()), place(word.chinese())) {
        (Some(index), _) => (Tongue::English, index),
        (None, Some(index)) => (Tongue::Chinese, index),
        (None, None) => (Tongue::English, 0),
    }
}

/// The spelling of a word that was `written` so, in the tongue that is asked for, else in its own. A word that can be
/// spelled in several ways keeps its way if the other tongue has a twin for it, so that the way there leads back.
pub(super) fn spelled(word: Word, written: &str, wanted: Option<Tongue>) -> &'static str {
    let (own, index) = which(word, written);
    let (english, chinese) = (word.english(), word.chinese());
    let index = if index < english.len() && index < chinese.len() { index } else { 0 };
    let spellings = match wanted.unwrap_or(own) {
        Tongue::English => english,
        Tongue::Chinese => chinese,
    };
    let index = if word.has_twins() { index } else { 0 };
    spellings.get(index).copied().unwrap_or_default()
}

/// The tongue of a word that was `written` so.
pub(super) fn tongue(word: Word, written: &str) -> Tongue {
    which(word, written).0
}

impl Word {
    /// Whether its spellings in the two tongues correspond one by one; of the others only the first is canonical.
    fn has_twins(self) -> bool {
        matches!(self, Self::Has | Self::Include | Self::IncludeAnyOf | Self::IncludeAllOf | Self::IncludeNoneOf)
    }
}

/// A unit of counting after its number: one item, two items.
pub(super) fn counted(word: Word, count: u32, tongue: Tongue) -> &'static str {
    let spellings = match tongue {
        Tongue::English => word.english(),
        Tongue::Chinese => word.chinese(),
    };
    let singular = spellings.get(1).filter(|_| count == 1);
    singular.or(spellings.first()).copied().unwrap_or_default()
}

/// Names that, written bare after `is`, would be taken for a part of it in English.
pub(super) const AFTER_IS: &[&str] = &["present", "missing", "empty", "exactly"];

/// Names of relations that, written bare after `include`, would be taken for a part of it in English.
pub(super) const AFTER_INCLUDE: &[&str] = &["any", "all", "none"];

/// Names of relations that, written bare, would be taken for the words of other forms with `of` and 的.
pub(super) const BEFORE_OF: &[&str] = &["code", "label", "year", "length", "字数", "年份", "代码", "名称", "字"];

/// Words that go on with the entry before them, where they might be the name of the next one.
const GOING_ON: &[Word] = &[
    Word::Required,
    Word::RequiredWhen,
    Word::Otherwise,
    Word::AtLeast,
    Word::AtMost,
    Word::Matching,
    Word::Key,
    Word::InUnit,
    Word::Code,
    Word::Aka,
    Word::Within,
    Word::Basis,
    Word::Cites,
    Word::Note,
];

/// Whether a name could be read as going on with what stands before it.
pub(super) fn goes_on(name: &str) -> bool {
    let first = |spelling: &&str| spelling.split(' ').next() == Some(name);
    GOING_ON.iter().any(|word| word.spellings().iter().any(first))
}
