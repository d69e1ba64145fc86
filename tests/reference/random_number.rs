//! Random expressions that give numbers, quantities, dates, texts, terms and sets.

use super::random_expression::{Sort, Writer};

impl Writer<'_> {
    /// A number.
    pub fn number(&mut self, depth: usize) -> String {
        let literals = ["0", "1", "2", "3", "-1", "2.5", "25%", "1_000", "9999999999999999999999999999"];
        if depth == 0 {
            return self.atom_or(Sort::Number, |random| (*random.pick(&literals)).to_owned());
        }
        let smaller = depth - 1;
        match self.random.below(12) {
            0 | 1 => {
                let operator = *self.random.pick(&["+", "-", "*", "/"]);
                self.both(Sort::Number, operator, smaller)
            },
            2 => format!("-({})", self.number(smaller)),
            3 => format!("{} of ({})", self.random.pick(&["5%", "50%", "12.5%"]).to_owned(), self.number(smaller)),
            4 => {
                let sort = *self.random.pick(&[Sort::Money, Sort::Area]);
                self.both(sort, "/", smaller)
            },
            5 => {
                let unit = *self.random.pick(&["years", "months", "days"]);
                let (unit, from, to) = (self.word(unit), self.date(smaller), self.date(0));
                let between = self.word("between");
                let and = if between == "介于" { "与" } else { "and" };
                format!("({unit} {between} ({from}) {and} ({to}))")
            },
            6 => {
                let date = self.date(smaller);
                if self.random.chance(self.chinese) {
                    format!("({date}) 的 年份")
                } else {
                    format!("year of ({date})")
                }
            },
            7 => {
                let text = self.text(smaller);
                if self.random.chance(self.chinese) {
                    format!("({text}) 的 字数")
                } else {
                    format!("length of ({text})")
                }
            },
            8 => self.extreme(Sort::Number, smaller),
            9 | 10 if self.nest > 0 => self.count(smaller),
            11 if self.nest > 0 => self.gathered(Sort::Number, smaller),
            _ => self.number(0),
        }
    }

    pub(super) fn quantity(&mut self, sort: Sort, depth: usize) -> String {
        let literals: &[&str] = match sort {
            Sort::Money => &["0 元", "5 万元", "0.5亿元", "120 yuan", "99999999999999999999 亿元"],
            _ => &["0 m2", "3 mu", "1.5ha", "7亩"],
        };
        if depth == 0 {
            return self.atom_or(sort, |random| (*random.pick(literals)).to_owned());
        }
        let smaller = depth - 1;
        match self.random.below(8) {
            0 => {
                let operator = *self.random.pick(&["+", "-"]);
                self.both(sort, operator, smaller)
            },
            1 => format!("({}) * ({})", self.of(sort, smaller), self.number(smaller)),
            2 => format!("({}) / ({})", self.of(sort, smaller), self.number(smaller)),
            3 if self.random.chance(self.chinese) => format!("({}) 的 5%", self.of(sort, smaller)),
            3 => format!("33% of ({})", self.of(sort, smaller)),
            4 => self.extreme(sort, smaller),
            5 | 6 if self.nest > 0 => self.gathered(sort, smaller),
            _ => self.of(sort, 0),
        }
    }

    pub(super) fn extreme(&mut self, sort: Sort, depth: usize) -> String {
        let which = *self.random.pick(&["min", "max"]);
        let parts: Vec<String> = (0..2 + self.random.below(2)).map(|_| self.of(sort, depth)).collect();
        format!("{}({})", self.word(which), parts.join(", "))
    }

    pub(super) fn date(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.chance(50) {
            let literals = ["2026-03-15", "2026-02-28", "2025-12-31", "2024-02-29"];
            return self.atom_or(Sort::Date, |random| (*random.pick(&literals)).to_owned());
        }
        if self.nest > 0 && self.random.chance(40) {
            return self.gathered(Sort::Date, depth - 1);
        }
        self.extreme(Sort::Date, depth - 1)
    }

    pub(super) fn text(&mut self, depth: usize) -> String {
        let literals = ["\"ab\"", "\"ＡＢ \"", "\"\"", "\"a\\nb\"", "\"First one\"", "\"郑州\"", "\"01\"", "\"ẞ\""];
        if depth == 0 {
            return self.atom_or(Sort::Text, |random| (*random.pick(&literals)).to_owned());
        }
        let chinese = self.random.chance(self.chinese);
        let vocabulary = *self.random.pick(&["a", "b", "c"]);
        match self.random.below(6) {
            0 if chinese => format!("({}) 的 代码", self.known_term(vocabulary)),
            0 => format!("code of ({})", self.known_term(vocabulary)),
            1 if chinese => format!("({}) 的 名称", self.known_term(vocabulary)),
            1 => format!("label of ({})", self.known_term(vocabulary)),
            2 if chinese => format!("({}) 的 字 1 至 2", self.text(depth - 1)),
            2 => format!("characters 2 to 5 of ({})", self.text(depth - 1)),
            _ => self.text(0),
        }
    }

    /// A term whose vocabulary is told by itself.
    pub(super) fn known_term(&mut self, vocabulary: &'static str) -> String {
        match self.atom(Sort::Term(vocabulary)) {
            Some(atom) => atom,
            None => format!("{vocabulary}:{vocabulary}-one"),
        }
    }

    pub(super) fn term(&mut self, vocabulary: &'static str, depth: usize) -> String {
        let chinese = self.random.chance(self.chinese);
        match self.random.below(4) {
            0 if vocabulary == "c" && chinese => format!("({}) 的 home", self.term("a", depth.saturating_sub(1))),
            0 | 1 if vocabulary == "c" => format!("home of ({})", self.term("a", depth.saturating_sub(1))),
            0 if vocabulary == "a" && self.atom(Sort::Term("d")).is_some() => {
                format!("a of {}", self.known_term("d"))
            },
            _ => self.atom_or(Sort::Term(vocabulary), |random| {
                let name = *random.pick(&["one", "two", "three"]);
                if random.chance(30) {
                    format!("{vocabulary}:{vocabulary}-{name}")
                } else {
                    format!("{vocabulary}-{name}")
                }
            }),
        }
    }

    pub(super) fn set(&mut self, vocabulary: &'static str, depth: usize) -> String {
        let smaller = depth.saturating_sub(1);
        match self.random.below(7) {
            0 if depth > 0 => {
                let terms: Vec<String> =
                    (0..1 + self.random.below(3)).map(|_| self.term(vocabulary, smaller)).collect();
                format!("{{{}}}", terms.join(", "))
            },
            1 if vocabulary == "a" => (*self.random.pick(&["some-a", "more-a"])).to_owned(),
            2 | 3 if vocabulary == "b" && depth > 0 => self.lookup("friends", "a", smaller),
            2 | 3 if vocabulary == "a" && depth > 0 => self.lookup("peers", "a", smaller),
            2 | 3 if vocabulary == "c" && depth > 0 => self.lookup("friends", "b", smaller),
            4 if vocabulary == "c" => format!("home of ({})", self.set("a", smaller)),
            _ => self.atom_or(Sort::Set(vocabulary), |random| {
                let name = *random.pick(&["one", "two", "three"]);
                format!("{{{vocabulary}:{vocabulary}-{name}, {vocabulary}-two}}")
            }),
        }
    }

    /// `R of X`, of a term or of a set.
    pub(super) fn lookup(&mut self, relation: &str, from: &'static str, depth: usize) -> String {
        let of = if self.random.chance(60) { self.known_term(from) } else { self.set(from, depth) };
        if self.random.chance(self.chinese) {
            format!("({of}) 的 {relation}")
        } else {
            format!("{relation} of ({of})")
        }
    }
}
