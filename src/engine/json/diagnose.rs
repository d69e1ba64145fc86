//! What is wrong with a text that is no JSON: the first fault, found by a slow and careful second pass.

use super::string::code_unit;
use crate::text::normal::fold_space;

/// How many characters of a place are quoted.
const EXCERPT: usize = 32;

/// Why a text is no JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The first byte at fault; of a text that ends too early, its length.
    pub offset: usize,
    /// What is wrong there.
    pub kind: SyntaxErrorKind,
}

/// Where a string, object or array begins that does not end as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The opening mark.
    pub mark: char,
    /// Its offset.
    pub offset: usize,
    /// The characters from there on.
    pub excerpt: String,
}

/// What is wrong with a text that is no JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// Nothing but white space.
    Empty,
    /// A comma that nothing follows; the mark is the closing one after it.
    TrailingComma(char),
    /// A comma where a value or key should be.
    ExtraComma,
    /// `//`, `/*` or `#`
    Comment,
    /// A text in single, curly or back quotes; the mark is the quote.
    WrongQuote(char),
    /// A word that is none of JSON; with what JSON has in its place, if it has something.
    Word(String, Option<&'static str>),
    /// A key without quotes.
    UnquotedKey(String),
    /// Something else than a text where a key should be.
    KeyIsNoText,
    /// No colon after a key.
    MissingColon,
    /// No comma between two members.
    MissingComma,
    /// A full-width mark where JSON has the ASCII one.
    FullWidthMark(char, char),
    /// The text ends within a string.
    UnclosedString(Opening),
    /// A line break within a string.
    LineBreakInString(Opening),
    /// The text ends within an object or array.
    Unclosed(Opening),
    /// A closing mark that does not fit what is open.
    WrongClosing(char, Opening),
    /// A closing mark that nothing opened.
    StrayClosing(char),
    /// Something after the value.
    ExtraText,
    /// A control character in a string.
    ControlCharacter(u32),
    /// An escape that JSON does not have.
    BadEscape(String),
    /// Half of a surrogate pair.
    LoneSurrogate(String),
    /// A number that begins with zeros.
    LeadingZero,
    /// A number that begins with a plus sign.
    PlusSign,
    /// A number that begins with its point.
    NoDigitBeforePoint,
    /// A number that ends with its point.
    NoDigitAfterPoint,
    /// A number that ends with its exponent's mark.
    NoDigitInExponent,
    /// A minus sign without a number.
    LoneMinus,
    /// A number of base 16, 8 or 2.
    OtherBase,
    /// Separators within a number.
    Separator,
    /// A byte-order mark that is not at the start of the file.
    ByteOrderMark,
    /// White space that JSON does not have.
    StrangeSpace(char),
    /// Anything else.
    Unexpected(char),
}

use SyntaxErrorKind as Fault;

/// The first fault of a text that is no JSON value with white space around it.
pub fn diagnose(text: &str) -> SyntaxError {
    let mut patient = Patient { text, at: super::after_mark(text), open: Vec::new() };
    match patient.value_and_end() {
        Err(error) => error,
        // Unreachable as long as the two scanners agree, which a property test sees to.
        Ok(()) => SyntaxError { offset: 0, kind: Fault::Empty },
    }
}

/// What is open: the mark and where it stands.
struct Patient<'t> {
    text: &'t str,
    at: usize,
    open: Vec<(char, usize)>,
}

type Found<T> = Result<T, SyntaxError>;

impl Patient<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn fault<T>(&self, kind: Fault) -> Found<T> {
        Err(SyntaxError { offset: self.at, kind })
    }

    fn value_and_end(&mut self) -> Found<()> {
        self.skip_space();
        if self.next().is_none() {
            return self.fault(Fault::Empty);
        }
        self.value()?;
        while let Some((mark, _)) = self.open.last().copied() {
            self.after_member(mark)?;
        }
        self.skip_space();
        match self.next() {
            None => Ok(()),
            Some(mark @ ('}' | ']')) => self.fault(Fault::StrayClosing(mark)),
            Some(_) => match self.strange() {
                Some(kind @ (Fault::Comment | Fault::ByteOrderMark | Fault::StrangeSpace(_))) => self.fault(kind),
                _ => self.fault(Fault::ExtraText),
            },
        }
    }

    /// A scalar, an empty object or array, or everything up to the first scalar within one.
    fn value(&mut self) -> Found<()> {
        loop {
            self.skip_space();
            match self.next() {
                Some('"') => return self.string(),
                Some('-' | '0'..='9') => return self.number(),
                Some(mark @ ('{' | '[')) => {
                    self.open.push((mark, self.at));
                    self.at += 1;
                    self.skip_space();
                    if self.next() == Some(closing(mark)) {
                        self.at += 1;
                        self.open.pop();
                        return Ok(());
                    }
                    self.key_in(mark)?;
                },
                _ => return self.word(),
            }
        }
    }

    /// The key and colon before a member of an object.
    fn key_in(&mut self, mark: char) -> Found<()> {
        if mark == '[' {
            return Ok(());
        }
        self.skip_space();
        match self.next() {
            Some('"') => self.string()?,
            None => return self.unclosed(),
            Some(',') => return self.fault(Fault::ExtraComma),
            Some('{' | '[' | '-' | '0'..='9') => return self.fault(Fault::KeyIsNoText),
            Some(mark @ (']' | '}')) => return self.wrong_closing(mark),
            Some(_) => {
                if let Some(kind) = self.strange() {
                    return self.fault(kind);
                }
                return match self.letters() {
                    "" => self.unexpected(),
                    word => self.fault(Fault::UnquotedKey(word.to_owned())),
                };
            },
        }
        self.skip_space();
        match self.next() {
            Some(':') => {
                self.at += 1;
                Ok(())
            },
            None => self.unclosed(),
            Some(_) => match self.strange() {
                Some(kind @ (Fault::Comment | Fault::FullWidthMark(..) | Fault::StrangeSpace(_))) => self.fault(kind),
                _ => self.fault(Fault::MissingColon),
            },
        }
    }

    /// What follows a member: the end of what holds it, or a comma and the next member.
    fn after_member(&mut self, mark: char) -> Found<()> {
        self.skip_space();
        match self.next() {
            None => self.unclosed(),
            Some(found) if found == closing(mark) => {
                self.at += 1;
                self.open.pop();
                Ok(())
            },
            Some(',') => self.after_comma(mark),
            Some(found @ ('}' | ']')) => self.wrong_closing(found),
            Some('{' | '[' | '"' | '-' | '0'..='9') => self.fault(Fault::MissingComma),
            Some(_) => match self.strange() {
                Some(kind) => self.fault(kind),
                None if self.letters().is_empty() => self.unexpected(),
                None => self.fault(Fault::MissingComma),
            },
        }
    }

    fn after_comma(&mut self, mark: char) -> Found<()> {
        let comma = self.at;
        self.at += 1;
        self.skip_space();
        match self.next() {
            Some(found @ ('}' | ']')) if found == closing(mark) => {
                Err(SyntaxError { offset: comma, kind: Fault::TrailingComma(found) })
            },
            Some(',') => self.fault(Fault::ExtraComma),
            _ => {
                self.key_in(mark)?;
                self.value()
            },
        }
    }

    fn opening(&self, offset: usize) -> Opening {
        let text = self.text.get(offset..).unwrap_or_default();
        let mark = text.chars().next().unwrap_or('"');
        let excerpt: String = text.chars().take(EXCERPT).collect();
        Opening { mark, offset, excerpt: fold_space(&excerpt) }
    }

    fn unclosed<T>(&self) -> Found<T> {
        match self.open.last() {
            Some((_, start)) => {
                Err(SyntaxError { offset: self.text.len(), kind: Fault::Unclosed(self.opening(*start)) })
            },
            None => self.fault(Fault::Empty),
        }
    }

    fn wrong_closing<T>(&self, found: char) -> Found<T> {
        match self.open.last() {
            Some((mark, start)) if closing(*mark) != found => {
                self.fault(Fault::WrongClosing(found, self.opening(*start)))
            },
            Some(_) => self.fault(Fault::Unexpected(found)),
            None => self.fault(Fault::StrayClosing(found)),
        }
    }

    fn unexpected<T>(&self) -> Found<T> {
        match self.next() {
            None => self.unclosed(),
            Some(found) => self.fault(Fault::Unexpected(found)),
        }
    }

    /// Marks that people write out of habit where JSON has others.
    fn strange(&self) -> Option<Fault> {
        let rest = self.rest();
        let first = self.next()?;
        match first {
            '/' if rest.starts_with("//") || rest.starts_with("/*") => Some(Fault::Comment),
            '#' => Some(Fault::Comment),
            '\'' | '`' | '“' | '”' | '‘' | '’' | '「' | '＂' => Some(Fault::WrongQuote(first)),
            '，' | '、' => Some(Fault::FullWidthMark(first, ',')),
            '：' => Some(Fault::FullWidthMark(first, ':')),
            '｛' => Some(Fault::FullWidthMark(first, '{')),
            '｝' => Some(Fault::FullWidthMark(first, '}')),
            '［' | '【' => Some(Fault::FullWidthMark(first, '[')),
            '］' | '】' => Some(Fault::FullWidthMark(first, ']')),
            '０'..='９' => char::from_u32(u32::from(first) - 0xFEE0).map(|ascii| Fault::FullWidthMark(first, ascii)),
            '\u{FEFF}' => Some(Fault::ByteOrderMark),
            _ if first.is_whitespace() || first == '\u{200B}' => Some(Fault::StrangeSpace(first)),
            _ => None,
        }
    }

    /// Letters, digits and the like from here on.
    fn letters(&self) -> &str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '$'));
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    }

    /// Something that begins like no text, number, object or array.
    fn word(&mut self) -> Found<()> {
        if let Some(kind) = self.strange() {
            return self.fault(kind);
        }
        let word = self.letters().to_owned();
        match (word.as_str(), self.next()) {
            // What else follows the three words is the business of what comes next.
            (word, _) if ["true", "false", "null"].contains(&word) => {
                self.at += word.len();
                Ok(())
            },
            ("", Some('+')) => self.fault(Fault::PlusSign),
            ("", Some('.')) => self.fault(Fault::NoDigitBeforePoint),
            ("", Some(',')) => self.fault(Fault::ExtraComma),
            ("", Some(mark @ ('}' | ']'))) => self.wrong_closing(mark),
            ("", _) => self.unexpected(),
            (word, _) => self.fault(Fault::Word(word.to_owned(), meant(word))),
        }
    }

    fn string(&mut self) -> Found<()> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.next() {
                None => return Err(SyntaxError { offset: self.at, kind: Fault::UnclosedString(self.opening(start)) }),
                Some('"') => {
                    self.at += 1;
                    return Ok(());
                },
                Some('\\') => self.escape(start)?,
                Some('\n' | '\r') => return self.fault(Fault::LineBreakInString(self.opening(start))),
                Some(c) if u32::from(c) < 0x20 => return self.fault(Fault::ControlCharacter(u32::from(c))),
                Some(c) => self.at += c.len_utf8(),
            }
        }
    }

    fn escape(&mut self, start: usize) -> Found<()> {
        let rest = self.rest().as_bytes();
        match super::string::escape(rest) {
            Ok((_, length)) => {
                self.at += length;
                Ok(())
            },
            Err(_) if rest.len() == 1 => {
                Err(SyntaxError { offset: self.text.len(), kind: Fault::UnclosedString(self.opening(start)) })
            },
            Err(_) => {
                let is_surrogate = code_unit(rest).is_some();
                let length = if rest.get(1) == Some(&b'u') { 6 } else { 2 };
                let written: String =
                    self.rest().chars().take(length).take_while(|c| !c.is_control() && *c != '"').collect();
                self.fault(if is_surrogate { Fault::LoneSurrogate(written) } else { Fault::BadEscape(written) })
            },
        }
    }

    fn number(&mut self) -> Found<()> {
        let start = self.at;
        self.at += usize::from(self.next() == Some('-'));
        let whole = self.at;
        let count = self.digits();
        let first_is_zero = self.text.get(whole..).is_some_and(|digits| digits.starts_with('0'));
        match (count, self.next()) {
            (0, Some('.')) => return Err(SyntaxError { offset: start, kind: Fault::NoDigitBeforePoint }),
            (0, Some('I' | 'i')) => {
                let word = self.text.get(start..self.at + self.letters().len()).unwrap_or_default().to_owned();
                return Err(SyntaxError { offset: start, kind: Fault::Word(word, None) });
            },
            (0, _) => return Err(SyntaxError { offset: start, kind: Fault::LoneMinus }),
            (1, Some('x' | 'X' | 'o' | 'O' | 'b' | 'B')) if first_is_zero => {
                return Err(SyntaxError { offset: start, kind: Fault::OtherBase });
            },
            (2.., _) if first_is_zero => return Err(SyntaxError { offset: start, kind: Fault::LeadingZero }),
            (_, Some('_')) => return self.fault(Fault::Separator),
            _ => {},
        }
        if self.next() == Some('.') {
            self.at += 1;
            if self.digits() == 0 {
                return self.fault(Fault::NoDigitAfterPoint);
            }
        }
        if let Some('e' | 'E') = self.next() {
            self.at += 1;
            self.at += usize::from(matches!(self.next(), Some('+' | '-')));
            if self.digits() == 0 {
                return self.fault(Fault::NoDigitInExponent);
            }
        }
        Ok(())
    }

    /// Passes over ASCII digits; how many there were.
    fn digits(&mut self) -> usize {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        count
    }
}

fn closing(mark: char) -> char {
    if mark == '[' { ']' } else { '}' }
}

/// What JSON has for a word of another language.
fn meant(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "是" | "真" => Some("true"),
        "false" | "no" | "否" | "假" => Some("false"),
        "null" | "none" | "nil" | "undefined" | "nan" | "无" | "空" => Some("null"),
        _ => None,
    }
}
