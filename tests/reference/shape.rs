//! How a proposal is read, and what breaks its declared shape (`language.md` 2 "proposal", details 16, 17, 25 to 27).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::calendar::Days;
use super::expressions::{condition, evaluate};
use super::fraction::{Digits, Fraction};
use super::json::Json;
use super::pack::{Field, Kind, Pack, Unit};
use super::scope::Scope;
use super::spelling;
use super::values::{self, Set, Slot, Value};

/// What was found on the shape: codes and pointers. Twice the same is once.
pub type Findings = BTreeSet<(String, String)>;

/// Reads proposals of a pack.
pub struct Reader<'a> {
    pack: &'a Pack,
    /// What was found so far.
    pub findings: Findings,
}

/// Reads a proposal: its value, and what was found on its shape.
pub fn read(pack: &Pack, json: &Json) -> (Slot, Findings) {
    let mut reader = Reader { pack, findings: Findings::new() };
    let value = reader.record(&pack.fields, json, "");
    let proposal = Slot { present: true, value, pointer: String::new() };
    reader.required_in(&pack.fields, &proposal, &Scope::of_nothing(pack));
    (proposal, reader.findings)
}

impl Reader<'_> {
    /// Reports a code at a place; the value there is unknown.
    fn report(&mut self, code: &str, pointer: &str) -> Value {
        self.findings.insert((format!("proposal/{code}"), pointer.to_owned()));
        Value::Unknown
    }

    /// A record: keys that are not declared, keys that stand twice, and the fields.
    fn record(&mut self, fields: &[Field], json: &Json, pointer: &str) -> Value {
        let Json::Object(entries) = json else { return self.report("wrong-type", pointer) };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut slots: BTreeMap<String, Slot> = BTreeMap::new();
        for (key, value) in entries {
            let place = format!("{pointer}/{}", escaped(key));
            let field = fields.iter().find(|field| field.name == *key || field.keys.contains(key));
            let is_new = seen.insert(field.map_or(key.as_str(), |field| field.name.as_str()));
            if !is_new {
                self.report("duplicate-key", &place);
            }
            let Some(field) = field else {
                if key != "$schema" && !key.starts_with("x-") {
                    self.report("unknown-field", &place);
                }
                continue;
            };
            // A further reading of a key is reported as such, and nobody looks into it.
            let value = match value {
                Json::Null => None,
                value if is_new => Some(self.value(field, value, &place)),
                _ => Some(Value::Unknown),
            };
            let before = slots.get(&field.name).is_some_and(|slot| slot.present);
            let present = before || value.is_some();
            let value = if is_new { value } else { present.then_some(Value::Unknown) };
            let slot = match value {
                Some(value) => Slot { present, value, pointer: place },
                None => self.absent(field, pointer),
            };
            slots.insert(field.name.clone(), slot);
        }
        for field in fields {
            if !slots.contains_key(&field.name) {
                slots.insert(field.name.clone(), self.absent(field, pointer));
            }
        }
        Value::Record(Rc::new(slots))
    }

    /// A field that is absent: unknown, or what `otherwise` gives.
    fn absent(&self, field: &Field, pointer: &str) -> Slot {
        let value = match (&field.otherwise, &field.kind) {
            (None, _) => Value::Unknown,
            (Some(None), Kind::Set(vocabulary)) => {
                Value::Set(Set { vocabulary: vocabulary.clone(), known: BTreeSet::new(), unknown: 0, open: false })
            },
            (Some(None), _) => Value::List(Vec::new()),
            (Some(Some(given)), kind) => {
                let expected = if let Kind::Term(vocabulary) = kind { Some(vocabulary.as_str()) } else { None };
                match evaluate(given, &Scope::of_nothing(self.pack), expected).value {
                    Value::Period(days) => Value::Date(days),
                    value => value,
                }
            },
        };
        Slot { present: false, value, pointer: format!("{pointer}/{}", escaped(&field.name)) }
    }

    /// A value that is there, by its declared type.
    fn value(&mut self, field: &Field, json: &Json, pointer: &str) -> Value {
        match (&field.kind, json) {
            (Kind::Text, Json::Text(text)) => self.text(field, text, pointer),
            (Kind::Number | Kind::Integer, Json::Number(digits)) => self.number(field, digits, pointer),
            (Kind::Boolean, Json::Truth(truth)) => Value::Truth(*truth),
            (Kind::Date, Json::Text(text)) => self.date(field, text, pointer),
            (Kind::Quantity(dimension), _) => self.quantity(field, dimension, json, pointer),
            (Kind::Term(vocabulary), Json::Text(text)) => match self.term(vocabulary, text) {
                Some(name) => Value::Term(vocabulary.clone(), name),
                None => self.report("unknown-term", pointer),
            },
            (Kind::Set(vocabulary), Json::Array(elements)) => self.set(field, vocabulary, elements, pointer),
            (Kind::List(element), Json::Array(elements)) => self.list(field, element, elements, pointer),
            (Kind::Record(fields), _) => self.record(fields, json, pointer),
            _ => self.report("wrong-type", pointer),
        }
    }

    /// A text; one that does not match is unknown, one of a wrong length is not.
    fn text(&mut self, field: &Field, text: &str, pointer: &str) -> Value {
        let length = u32::try_from(text.chars().count()).expect("short");
        if outside(length, length, field.characters) {
            self.report("out-of-range", pointer);
        }
        match &field.matching {
            Some(regex) if !regex.is_match(text) => self.report("pattern", pointer),
            _ => Value::Text(text.to_owned()),
        }
    }

    /// A number of which the digits are read, times a scale; beyond 28 digits it is unknown.
    fn digits(&mut self, digits: &str, scale: &Fraction, pointer: &str) -> Option<Fraction> {
        match Fraction::read(digits, scale) {
            Digits::TooLong => {
                self.report("out-of-range", pointer);
                None
            },
            Digits::Known(number) => {
                // Too large is said of the number as it is written, not of its size in the base unit.
                let written = Fraction::read(digits, &Fraction::whole(1));
                if matches!(written, Digits::Known(written) if written.is_too_large()) {
                    self.report("out-of-range", pointer);
                }
                Some(number)
            },
        }
    }

    fn number(&mut self, field: &Field, digits: &str, pointer: &str) -> Value {
        let Some(number) = self.digits(digits, &Fraction::whole(1), pointer) else { return Value::Unknown };
        if matches!(field.kind, Kind::Integer) && !number.is_whole() {
            return self.report("wrong-type", pointer);
        }
        self.within_bounds(field, Value::number(number), pointer)
    }

    fn date(&mut self, field: &Field, text: &str, pointer: &str) -> Value {
        match Days::read(text) {
            Some(days) => self.within_bounds(field, Value::Date(days), pointer),
            None => self.report("bad-date", pointer),
        }
    }

    /// Bounds of numbers, quantities and dates; a month is out of range only if all its days are.
    fn within_bounds(&mut self, field: &Field, value: Value, pointer: &str) -> Value {
        // What is too large anyway is not told a second time.
        let too_large = |pointer: String| self.findings.contains(&("proposal/out-of-range".to_owned(), pointer));
        if too_large(pointer.to_owned()) || too_large(format!("{pointer}/amount")) {
            return value;
        }
        let [least, most] = &field.bounds;
        let bound = |expression| evaluate(expression, &Scope::of_nothing(self.pack), None).value;
        let below = least
            .as_ref()
            .is_some_and(|least| values::ordered(std::cmp::Ordering::Less, &value, &bound(least)) == Some(true));
        let above = most
            .as_ref()
            .is_some_and(|most| values::ordered(std::cmp::Ordering::Greater, &value, &bound(most)) == Some(true));
        if below || above {
            self.report("out-of-range", pointer);
        }
        value
    }

    /// A quantity: an object, a text, or a bare number where the field says `in UNIT`.
    fn quantity(&mut self, field: &Field, dimension: &str, json: &Json, pointer: &str) -> Value {
        let number = match json {
            Json::Number(digits) => match &field.unit {
                Some(unit) => {
                    let unit = self.pack.dimensions[dimension].iter().find(|declared| declared.names.contains(unit));
                    self.digits(digits, &unit.expect("a unit").scale, pointer)
                },
                None => {
                    self.report("bad-unit", pointer);
                    None
                },
            },
            Json::Text(text) => self.quantity_text(dimension, text, pointer),
            Json::Object(entries) => self.quantity_object(dimension, entries, pointer),
            _ => {
                self.report("wrong-type", pointer);
                None
            },
        };
        number.map_or(Value::Unknown, |number| self.within_bounds(field, Value::number(number), pointer))
    }

    fn unit(&self, dimension: &str, text: &str) -> Option<&Unit> {
        let spelling = spelling::unit(text);
        self.pack.dimensions[dimension].iter().find(|unit| unit.spellings.contains(&spelling))
    }

    /// `-?digits[.digits]`, optional space, unit.
    fn quantity_text(&mut self, dimension: &str, text: &str, pointer: &str) -> Option<Fraction> {
        let text = spelling::unit(text);
        let number = spelling::regex(r"^-?[0-9]+(\.[0-9]+)?");
        let Some(digits) = number.find(&text) else {
            self.report("wrong-type", pointer);
            return None;
        };
        let Some(scale) = self.unit(dimension, &text[digits.end()..]).map(|unit| unit.scale.clone()) else {
            self.report("bad-unit", pointer);
            return None;
        };
        self.digits(digits.as_str(), &scale, pointer)
    }

    /// `{"amount": 12.5, "unit": "亿元"}`; each part is reported at its place, bounds at the field.
    fn quantity_object(&mut self, dimension: &str, entries: &[(String, Json)], pointer: &str) -> Option<Fraction> {
        let mut parts: BTreeMap<&str, &Json> = BTreeMap::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut twice = false;
        for (key, value) in entries {
            let place = format!("{pointer}/{}", escaped(key));
            if !seen.insert(key) {
                self.report("duplicate-key", &place);
                twice = twice || key == "amount" || key == "unit";
            }
            if key == "amount" || key == "unit" {
                if *value != Json::Null {
                    parts.insert(key, value);
                }
            } else if key != "$schema" && !key.starts_with("x-") {
                self.report("unknown-field", &place);
            }
        }
        let unit_place = format!("{pointer}/unit");
        let scale = match parts.get("unit") {
            None => Err("missing-field"),
            Some(Json::Text(text)) => self.unit(dimension, text).map(|unit| unit.scale.clone()).ok_or("bad-unit"),
            Some(_) => Err("wrong-type"),
        };
        let scale = scale.map_err(|code| self.report(code, &unit_place)).ok();
        let amount_place = format!("{pointer}/amount");
        let amount = match parts.get("amount") {
            Some(Json::Number(digits)) => {
                self.digits(digits, &scale.clone().unwrap_or(Fraction::whole(1)), &amount_place)
            },
            other => {
                self.report(if other.is_none() { "missing-field" } else { "wrong-type" }, &amount_place);
                None
            },
        };
        amount.filter(|_| scale.is_some() && !twice)
    }

    /// The term with that spelling (details 27).
    fn term(&self, vocabulary: &str, text: &str) -> Option<String> {
        let spelling = spelling::folded(text);
        let terms = &self.pack.vocabularies[vocabulary];
        terms.iter().find(|term| term.spellings.contains(&spelling)).map(|term| term.name.clone())
    }

    /// A set: terms that stand twice are once in it, members that cannot be read are unknown members (details 14, 26).
    fn set(&mut self, field: &Field, vocabulary: &str, elements: &[Json], pointer: &str) -> Value {
        let mut set = Set { vocabulary: vocabulary.to_owned(), known: BTreeSet::new(), unknown: 0, open: false };
        // One spelling is one unknown term, however often it stands there.
        let mut spellings = BTreeSet::new();
        for (index, element) in elements.iter().enumerate() {
            let place = format!("{pointer}/{index}");
            let code = match element {
                Json::Text(text) => match self.term(vocabulary, text) {
                    Some(name) if set.known.insert(name.clone()) => continue,
                    Some(_) => {
                        self.report("duplicate-term", &place);
                        continue;
                    },
                    None => "unknown-term",
                },
                _ => "wrong-type",
            };
            self.report(code, &place);
            let is_new = match element {
                Json::Text(text) => spellings.insert(spelling::folded(text)),
                _ => true,
            };
            set.unknown += usize::from(is_new);
        }
        let (fewest, most) = values::size(&set, 0);
        let count = |count: usize| u32::try_from(count).expect("few");
        if outside(count(fewest), count(most), field.items) {
            self.report("out-of-range", pointer);
        }
        Value::Set(set)
    }

    fn list(&mut self, field: &Field, element: &Field, elements: &[Json], pointer: &str) -> Value {
        let mut slots = Vec::new();
        for (index, json) in elements.iter().enumerate() {
            let pointer = format!("{pointer}/{index}");
            let value = self.value(element, json, &pointer);
            slots.push(Slot { present: true, value, pointer });
        }
        let count = u32::try_from(elements.len()).expect("few");
        if outside(count, count, field.items) {
            self.report("out-of-range", pointer);
        }
        Value::List(slots)
    }

    /// Fields that must be there, in each record that is there (details 17).
    fn required_in(&mut self, fields: &Rc<Vec<Field>>, record: &Slot, around: &Scope) {
        let Value::Record(slots) = &record.value else { return };
        let mut scope = around.clone();
        scope.records.push((Rc::clone(fields), record.clone()));
        for field in fields.iter() {
            let slot = &slots[&field.name];
            let asked = field.required_when.as_ref().map(|asked| condition(asked, &scope).value.truth());
            if !slot.present && (field.required || asked == Some(Some(true))) {
                self.report("missing-field", &slot.pointer);
            }
            self.required_within(&field.kind, slot, &scope);
        }
    }

    fn required_within(&mut self, kind: &Kind, slot: &Slot, scope: &Scope) {
        match (kind, &slot.value) {
            (Kind::Record(fields), _) => self.required_in(fields, slot, scope),
            (Kind::List(element), Value::List(slots)) => {
                for slot in slots {
                    self.required_within(&element.kind, slot, scope);
                }
            },
            _ => {},
        }
    }
}

/// Whether a count from `fewest` to `most` breaks a bound for certain.
fn outside(fewest: u32, most: u32, [least, greatest]: [Option<u32>; 2]) -> bool {
    least.is_some_and(|least| most < least) || greatest.is_some_and(|greatest| fewest > greatest)
}

/// A key as it stands in a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
