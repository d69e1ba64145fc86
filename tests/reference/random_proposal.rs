//! Random proposals of a pack: right, incomplete, and wrong in every way that the page speaks of.

use super::json::Json;
use super::pack::{Field, Kind, Pack};
use super::random::Random;

/// A proposal.
pub fn proposal(random: &mut Random, pack: &Pack) -> Json {
    if random.chance(1) {
        return random.pick(&[Json::Null, Json::number(7), Json::Array(Vec::new()), Json::text("x")]).clone();
    }
    let careful = random.chance(40);
    let mut maker = Maker { random, pack, careful };
    maker.record(&pack.fields)
}

struct Maker<'r, 'p> {
    random: &'r mut Random,
    pack: &'p Pack,
    /// Whether wrong values are rare in this proposal, so that many directives are decided.
    careful: bool,
}

impl Maker<'_, '_> {
    /// True in that many of a hundred cases, and more seldom in a careful proposal.
    fn fault(&mut self, percent: usize) -> bool {
        self.random.chance(percent) && (!self.careful || self.random.chance(10))
    }

    fn record(&mut self, fields: &[Field]) -> Json {
        let mut entries: Vec<(String, Json)> = Vec::new();
        for field in fields {
            if self.fault(22) {
                continue;
            }
            let key = if !field.keys.is_empty() && self.random.chance(40) { &field.keys[0] } else { &field.name };
            if self.fault(4) {
                entries.push((key.clone(), Json::Null));
                continue;
            }
            entries.push((key.clone(), self.value(field)));
            let is_plain = !matches!(field.kind, Kind::List(_) | Kind::Record(_));
            if is_plain && self.fault(2) {
                let again = self.plain_value(field);
                let key = if field.keys.is_empty() { &field.name } else { &field.keys[0] };
                entries.push((key.clone(), again));
            }
        }
        if self.fault(6) {
            let key = *self.random.pick(&["unheard-of", "a/b~c", "x-own", "$schema", "tittle"]);
            entries.push((key.to_owned(), Json::number(1)));
        }
        if self.random.chance(20) {
            entries.reverse();
        }
        Json::Object(entries)
    }

    fn value(&mut self, field: &Field) -> Json {
        if self.fault(4) {
            let wrong = [
                Json::Truth(true),
                Json::number("3.25"),
                Json::text("no such thing"),
                Json::Array(vec![Json::Null]),
                Json::Object(Vec::new()),
            ];
            return self.random.pick(&wrong).clone();
        }
        self.plain_value(field)
    }

    /// A value of the declared type, though not always in range.
    fn plain_value(&mut self, field: &Field) -> Json {
        match &field.kind {
            Kind::Text => self.text(),
            Kind::Number => Json::Number(self.number()),
            Kind::Integer => {
                Json::Number((*self.random.pick(&["0", "1", "2", "3", "-1", "2.0", "1e1", "1001", "20"])).to_owned())
            },
            Kind::Boolean => Json::Truth(self.random.chance(50)),
            Kind::Date => Json::text(self.date()),
            Kind::Quantity(dimension) => self.quantity(field, dimension),
            Kind::Term(vocabulary) => Json::text(self.term(vocabulary)),
            Kind::Set(vocabulary) => {
                let count = *self.random.pick(&[0, 1, 1, 2, 2, 3, 4]);
                Json::Array((0..count).map(|_| self.member(vocabulary)).collect())
            },
            Kind::List(element) => {
                let count = *self.random.pick(&[0, 1, 1, 2, 2, 3, 4]);
                Json::Array((0..count).map(|_| self.element(element)).collect())
            },
            Kind::Record(fields) => self.record(fields),
        }
    }

    fn member(&mut self, vocabulary: &str) -> Json {
        if self.fault(3) {
            return self.random.pick(&[Json::Null, Json::number(1), Json::Array(Vec::new())]).clone();
        }
        Json::text(self.term(vocabulary))
    }

    fn element(&mut self, element: &Field) -> Json {
        if self.fault(4) { Json::Null } else { self.value(element) }
    }

    fn text(&mut self) -> Json {
        let texts = [
            "ab",
            "AB",
            " a  b ",
            "ＡＢ",
            "a\nb",
            "",
            "abc",
            "first one",
            "郑州",
            "Zheng\u{3000}Zhou",
            "straße",
            "STRASSE 5",
            "01",
            "tab\there",
            "\"quoted\" \\",
            "𠀀x",
            "ﬁne",
            "É",
            "e\u{301}",
            " ",
            "aBcDef",
        ];
        Json::text(*self.random.pick(&texts))
    }

    fn number(&mut self) -> String {
        let plain = ["0", "1", "2", "3", "2.5", "-1", "10", "100", "0.1", "7"];
        let strange = [
            "1234567890123456789012345678",
            "12345678901234567890123456789",
            "9999999999999999999999999999",
            "0.0000000000000000000000000001",
            "1.50000000000000000000000000000000",
            "1e28",
            "1E+3",
            "25e-1",
            "-0",
            "1e-5",
            "1e400",
            "-9999999999999999999999999999",
        ];
        let strange_one = self.fault(15);
        (*if strange_one { self.random.pick(&strange) } else { self.random.pick(&plain) }).to_owned()
    }

    fn date(&mut self) -> &'static str {
        let wrong = ["2026-02-29", "2026-13", "soon", "2026/03/15", "", "2026-3-1"];
        if self.fault(8) {
            return self.random.pick::<&str>(&wrong);
        }
        let right = [
            "2026-03-15",
            "2026-03-01",
            "2026-03-31",
            "2026-03",
            "2026-02",
            "2025-12",
            "2025-12-31",
            "2026-02-28",
            "2024-02-29",
            "2025-05-31",
            "2025-05",
            "2026-04-01",
            "2025-06",
        ];
        self.random.pick::<&str>(&right)
    }

    /// A term by its name, a label, its code or a further spelling, or one that is unknown.
    fn term(&mut self, vocabulary: &str) -> String {
        if self.fault(8) {
            return (*self.random.pick(&["nowhere", "", "Paris", "a one"])).to_owned();
        }
        let term = self.random.pick(&self.pack.vocabularies[vocabulary]);
        if self.random.chance(60) {
            return term.name.clone();
        }
        let spellings: Vec<&String> = term.spellings.iter().collect();
        let spelling = (*self.random.pick(&spellings)).clone();
        match self.random.below(5) {
            0 => spelling.to_uppercase(),
            1 => format!(" {}\t", spelling.replace(' ', "\u{3000} ")),
            2 => full_width(&spelling),
            _ => spelling,
        }
    }

    /// A quantity as an object, a text, or a bare number.
    fn quantity(&mut self, field: &Field, dimension: &str) -> Json {
        let units = &self.pack.dimensions[dimension];
        let unit = self.random.pick(units);
        let spellings: Vec<&String> = unit.spellings.iter().collect();
        let mut unit = (*self.random.pick(&spellings)).clone();
        if self.fault(6) {
            unit = (*self.random.pick(&["", "parsec", "m2", "元", "YUAN"])).to_owned();
        }
        let number = self.number();
        if self.fault(3) {
            return self
                .random
                .pick(&[Json::text("many 元"), Json::text("元"), Json::Truth(false), Json::number(3)])
                .clone();
        }
        let bare = field.unit.is_some() && self.random.chance(50);
        if bare {
            return Json::Number(number);
        }
        if self.random.chance(50) && !number.contains(['e', 'E']) {
            let text = format!("{number}{}{unit}", self.random.pick(&["", " "]));
            return Json::text(if self.random.chance(10) { full_width(&text) } else { text });
        }
        let mut parts = vec![("amount".to_owned(), Json::Number(number)), ("unit".to_owned(), Json::text(unit))];
        if self.fault(10) {
            match self.random.below(5) {
                0 => drop(parts.pop()),
                1 => drop(parts.remove(0)),
                2 => parts[0].1 = Json::text("5"),
                3 => parts[1].1 = Json::number(5),
                _ => parts.push(("per".to_owned(), Json::text("year"))),
            }
        }
        Json::Object(parts)
    }
}

/// ASCII letters and digits as their full-width twins.
fn full_width(text: &str) -> String {
    let wide = |character: char| match character {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => char::from_u32(u32::from(character) + 0xFEE0).expect("a twin"),
        other => other,
    };
    text.chars().map(wide).collect()
}
