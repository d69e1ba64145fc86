//! JSON that keeps what the language page speaks of: the digits of numbers, the order of keys, and keys that stand twice.

use std::fmt;

/// A JSON value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Truth(bool),
    /// The digits as written.
    Number(String),
    /// A text with its escapes resolved.
    Text(String),
    /// `[…]`
    Array(Vec<Json>),
    /// `{…}`, keys in order, a key as often as it stands.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number in its digits.
    pub fn number(digits: impl fmt::Display) -> Self {
        Self::Number(digits.to_string())
    }
}

/// Reads valid JSON; panics at what is not valid, which no proposal of these tests is.
pub fn parse(text: &str) -> Json {
    let characters: Vec<char> = text.chars().collect();
    let mut reader = Reader { characters, at: 0 };
    let value = reader.value();
    reader.space();
    assert_eq!(reader.at, reader.characters.len(), "text after the value in {text}");
    value
}

struct Reader {
    characters: Vec<char>,
    at: usize,
}

impl Reader {
    fn space(&mut self) {
        while matches!(self.characters.get(self.at), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    /// The next mark after white space.
    fn peek(&mut self) -> char {
        self.space();
        self.characters.get(self.at).copied().expect("JSON goes on")
    }

    /// Steps over a mark if it comes next.
    fn take(&mut self, mark: char) -> bool {
        let found = self.peek() == mark;
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, mark: char) {
        assert!(self.take(mark), "`{mark}` expected at character {}", self.at);
    }

    fn value(&mut self) -> Json {
        match self.peek() {
            '{' => self.object(),
            '[' => self.array(),
            '"' => Json::Text(self.text()),
            _ => self.word(),
        }
    }

    fn object(&mut self) -> Json {
        self.expect('{');
        let mut entries = Vec::new();
        if self.take('}') {
            return Json::Object(entries);
        }
        loop {
            self.space();
            let key = self.text();
            self.expect(':');
            entries.push((key, self.value()));
            if !self.take(',') {
                self.expect('}');
                return Json::Object(entries);
            }
        }
    }

    fn array(&mut self) -> Json {
        self.expect('[');
        let mut elements = Vec::new();
        if self.take(']') {
            return Json::Array(elements);
        }
        loop {
            elements.push(self.value());
            if !self.take(',') {
                self.expect(']');
                return Json::Array(elements);
            }
        }
    }

    fn text(&mut self) -> String {
        self.expect('"');
        let mut text = String::new();
        loop {
            let character = self.characters.get(self.at).copied().expect("the text ends");
            self.at += 1;
            match character {
                '"' => return text,
                '\\' => text.push(self.escape()),
                other => text.push(other),
            }
        }
    }

    fn escape(&mut self) -> char {
        let character = self.characters.get(self.at).copied().expect("an escape");
        self.at += 1;
        match character {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => self.unicode(),
            other => other,
        }
    }

    /// `\uXXXX`, two of them for a character beyond the first plane.
    fn unicode(&mut self) -> char {
        let first = self.hexadecimal();
        if (0xD800..0xDC00).contains(&first) {
            assert_eq!(self.characters.get(self.at..self.at + 2), Some(&['\\', 'u'][..]), "the second half");
            self.at += 2;
            let second = self.hexadecimal();
            return char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)).expect("a character");
        }
        char::from_u32(first).expect("a character")
    }

    fn hexadecimal(&mut self) -> u32 {
        let digits: String = self.characters[self.at..self.at + 4].iter().collect();
        self.at += 4;
        u32::from_str_radix(&digits, 16).expect("four hexadecimal digits")
    }

    /// `null`, `true`, `false` or a number.
    fn word(&mut self) -> Json {
        let start = self.at;
        while matches!(self.characters.get(self.at), Some(c) if c.is_ascii_alphanumeric() || "+-.".contains(*c)) {
            self.at += 1;
        }
        let word: String = self.characters[start..self.at].iter().collect();
        match word.as_str() {
            "null" => Json::Null,
            "true" => Json::Truth(true),
            "false" => Json::Truth(false),
            digits => {
                assert!(digits.starts_with(|c: char| c == '-' || c.is_ascii_digit()), "`{digits}` is no JSON");
                Json::Number(word)
            },
        }
    }
}

/// Writes the value on one line.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Truth(truth) => write!(f, "{truth}"),
            Self::Number(digits) => f.write_str(digits),
            Self::Text(text) => write_text(text, f),
            Self::Array(elements) => {
                f.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    write!(f, "{}{element}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            },
            Self::Object(entries) => {
                f.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    write_text(key, f)?;
                    write!(f, ": {value}")?;
                }
                f.write_str("}")
            },
        }
    }
}

fn write_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\t' => f.write_str("\\t")?,
            control if control.is_control() => write!(f, "\\u{:04x}", u32::from(control))?,
            other => write!(f, "{other}")?,
        }
    }
    f.write_str("\"")
}
