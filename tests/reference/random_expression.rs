//! Random expressions of a wanted sort, as text. Operands stand in parentheses, so that every text reads one way only.

use super::random::Random;

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A number.
    Number,
    /// A quantity of money.
    Money,
    /// A quantity of area.
    Area,
    /// A text.
    Text,
    /// A date.
    Date,
    /// A truth value.
    Truth,
    /// A term of that vocabulary.
    Term(&'static str),
    /// A set of that vocabulary.
    Set(&'static str),
}

/// A field, path, variable or definition.
#[derive(Debug, Clone)]
pub struct Atom {
    text: String,
    pub(super) sort: Sort,
    /// Whether `is present` may be asked of it.
    is_place: bool,
}

impl Atom {
    /// A place of a proposal.
    pub fn new(text: &str, sort: Sort) -> Self {
        Self { text: text.to_owned(), sort, is_place: true }
    }

    /// A definition, which need not be a place.
    pub fn derived(text: &str, sort: Sort) -> Self {
        Self { text: text.to_owned(), sort, is_place: false }
    }
}

/// What the elements of a list are.
#[derive(Debug, Clone)]
pub enum Elements {
    /// Values of that sort.
    Scalars(Sort),
    /// Records with these fields and lists.
    Records(Vec<(&'static str, Sort)>, Vec<(String, Elements)>),
    /// Lists of values of that sort.
    Lists(Sort),
}

/// English words with their Chinese twins.
const WORDS: &[(&str, &str)] = &[
    ("if", "若"),
    ("then", "则"),
    ("or", "或"),
    ("and", "且"),
    ("not", "非"),
    ("some", "存在"),
    ("every", "每个"),
    ("no", "没有"),
    ("where", "其中"),
    ("satisfies", "满足"),
    ("is", "是"),
    ("is not", "不是"),
    ("is exactly", "完全是"),
    ("in", "属于"),
    ("not in", "不属于"),
    ("include", "包含"),
    ("include any of", "包含任一"),
    ("include all of", "包含全部"),
    ("include none of", "不含任一"),
    ("is present", "已填写"),
    ("is missing", "未填写"),
    ("is empty", "为空"),
    ("is not empty", "非空"),
    ("between", "介于"),
    ("matches", "匹配"),
    ("starts with", "开头为"),
    ("ends with", "结尾为"),
    ("contains", "含有"),
    ("count", "计数"),
    ("sum", "合计"),
    ("min", "最小"),
    ("max", "最大"),
    ("average", "平均"),
    ("for", "对于"),
    ("years", "年数"),
    ("months", "月数"),
    ("days", "天数"),
    ("true", "真"),
    ("false", "假"),
    ("when", "当"),
    ("unless", "除非"),
    ("must", "必须"),
    ("must not", "不得"),
    ("should", "应当"),
    ("should not", "不宜"),
    ("may", "可以"),
    ("overrides", "优先于"),
    ("for each", "对每个"),
    ("each in", "于"),
    ("<=", "≤"),
    (">=", "≥"),
    ("!=", "≠"),
    ("*", "×"),
    ("/", "÷"),
    ("is not exactly", "不 完全是"),
];

/// What can be read at a place.
pub struct Known {
    atoms: Vec<Atom>,
    lists: Vec<(String, Elements)>,
}

/// Writes random expressions over what it knows.
pub struct Writer<'r> {
    /// The choices.
    pub random: &'r mut Random,
    /// How many of a hundred words are Chinese.
    pub(super) chinese: usize,
    pub(super) atoms: Vec<Atom>,
    lists: Vec<(String, Elements)>,
    variables: usize,
    /// How many quantifiers and aggregates may still stand inside one another.
    pub(super) nest: usize,
}

impl<'r> Writer<'r> {
    /// A writer over the fields of a proposal; `chinese` of a hundred words are Chinese.
    pub fn new(random: &'r mut Random, chinese: usize, atoms: Vec<Atom>, lists: Vec<(String, Elements)>) -> Self {
        Self { random, chinese, atoms, lists, variables: 0, nest: 2 }
    }

    /// Makes a definition known.
    pub fn add(&mut self, atom: Atom) {
        self.atoms.push(atom);
    }

    /// Takes all that is known away.
    pub fn take_known(&mut self) -> Known {
        Known { atoms: std::mem::take(&mut self.atoms), lists: std::mem::take(&mut self.lists) }
    }

    /// Makes known again what was taken away.
    pub fn give_back(&mut self, known: Known) {
        (self.atoms, self.lists) = (known.atoms, known.lists);
    }

    /// Writes without any quantifier or aggregate.
    pub fn inside_none<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let nest = std::mem::take(&mut self.nest);
        let written = write(self);
        self.nest = nest;
        written
    }

    /// Writes over the fields of the proposal `p` besides what is known.
    pub fn of_proposal<T>(&mut self, fields: &Known, write: impl FnOnce(&mut Self) -> T) -> T {
        let (atoms, nest) = (self.atoms.clone(), self.nest);
        let of_p = |text: &str| format!("p.{text}");
        self.atoms.extend(fields.atoms.iter().map(|atom| Atom { text: of_p(&atom.text), ..atom.clone() }));
        for atom in atoms.iter().flat_map(|atom| [atom; 3]) {
            self.atoms.push(atom.clone());
        }
        self.lists = fields.lists.iter().map(|(path, elements)| (of_p(path), elements.clone())).collect();
        self.nest = 1;
        let written = write(self);
        (self.atoms, self.nest) = (atoms, nest);
        self.lists.clear();
        written
    }

    /// A word in one of its spellings.
    pub fn word(&mut self, english: &str) -> String {
        let chinese = WORDS.iter().find(|(word, _)| *word == english).map(|(_, chinese)| *chinese);
        match chinese {
            Some(chinese) if self.random.chance(self.chinese) => chinese.to_owned(),
            _ if english == "each in" => "in".to_owned(),
            _ => english.to_owned(),
        }
    }

    /// A modality; `must` most often.
    pub fn modality(&mut self) -> String {
        let modality = *self.random.pick(&["must", "must", "must", "must not", "should", "should not", "may"]);
        self.word(modality)
    }

    /// What a definition stands for: nested at most once.
    pub fn defined(&mut self, sort: Sort) -> String {
        self.nest = 1;
        let value = self.of(sort, 2);
        self.nest = 2;
        value
    }

    /// An expression of a sort, at most that deep.
    pub fn of(&mut self, sort: Sort, depth: usize) -> String {
        match sort {
            Sort::Truth => self.condition(depth),
            Sort::Number => self.number(depth),
            Sort::Money | Sort::Area => self.quantity(sort, depth),
            Sort::Text => self.text(depth),
            Sort::Date => self.date(depth),
            Sort::Term(vocabulary) => self.term(vocabulary, depth),
            Sort::Set(vocabulary) => self.set(vocabulary, depth),
        }
    }

    /// A field, variable or definition of the sort, if there is one.
    pub(super) fn atom(&mut self, sort: Sort) -> Option<String> {
        let fitting: Vec<&Atom> = self.atoms.iter().filter(|atom| atom.sort == sort).collect();
        if fitting.is_empty() { None } else { Some(self.random.pick(&fitting).text.clone()) }
    }

    pub(super) fn atom_or(&mut self, sort: Sort, literal: impl FnOnce(&mut Random) -> String) -> String {
        if self.random.chance(75)
            && let Some(atom) = self.atom(sort)
        {
            return atom;
        }
        literal(self.random)
    }

    /// A condition of any form.
    pub fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            return match self.random.below(4) {
                0 => self.presence(),
                1 => self.atom(Sort::Truth).unwrap_or_else(|| "true".to_owned()),
                _ => self.comparison(0),
            };
        }
        let smaller = depth - 1;
        match self.random.below(16) {
            0 | 1 => {
                let (a, and, b) = (self.condition(smaller), self.word("and"), self.condition(smaller));
                format!("({a}) {and} ({b})")
            },
            2 | 3 => {
                let (a, or, b) = (self.condition(smaller), self.word("or"), self.condition(smaller));
                format!("({a}) {or} ({b})")
            },
            4 => {
                let (not, a) = (self.word("not"), self.condition(smaller));
                format!("({not} ({a}))")
            },
            5 => {
                let (a, b) = (self.condition(smaller), self.condition(smaller));
                let (if_, then) = (self.word("if"), self.word("then"));
                format!("({if_} {a} {then} {b})")
            },
            6..=8 if self.nest > 0 => self.quantified(smaller),
            9 => self.presence(),
            _ => self.comparison(smaller),
        }
    }

    fn presence(&mut self) -> String {
        let test = *self.random.pick(&["is present", "is missing"]);
        let test = self.word(test);
        if self.random.chance(15) {
            let place = self.term("a", 0);
            return format!("home of ({place}) {test}");
        }
        let places: Vec<&Atom> = self.atoms.iter().filter(|atom| atom.is_place).collect();
        if places.is_empty() {
            return "true".to_owned();
        }
        format!("{} {test}", self.random.pick(&places).text)
    }

    /// One comparison.
    fn comparison(&mut self, depth: usize) -> String {
        let order = *self.random.pick(&["<", "<=", ">", ">=", "=", "!=", "is", "is not"]);
        let equality = *self.random.pick(&["is", "is not", "=", "!="]);
        match self.random.below(12) {
            0 | 1 => self.both(Sort::Number, order, depth),
            2 => {
                let sort = *self.random.pick(&[Sort::Money, Sort::Area]);
                self.both(sort, order, depth)
            },
            3 => {
                let sort = *self.random.pick(&[Sort::Number, Sort::Money, Sort::Area]);
                self.between(sort, depth)
            },
            4 => self.dates(depth),
            5 => self.texts(depth),
            6 => {
                let (test, text) = (*self.random.pick(&["is empty", "is not empty"]), self.random.below(3));
                let test = self.word(test);
                let of = match text {
                    0 => self.text(depth),
                    1 => self.set("a", depth),
                    _ if self.lists.is_empty() => self.set("b", depth),
                    _ => self.random.pick(&self.lists).0.clone(),
                };
                format!("({of}) {test}")
            },
            7 => {
                let sort = *self.random.pick(&[Sort::Term("a"), Sort::Term("b"), Sort::Set("a"), Sort::Truth]);
                self.both(sort, equality, depth)
            },
            8 => {
                let vocabulary = *self.random.pick(&["a", "b", "c"]);
                let (term, set) = (self.term(vocabulary, depth), self.set(vocabulary, depth));
                let test = *self.random.pick(&["in", "not in"]);
                format!("({term}) {} ({set})", self.word(test))
            },
            9 => {
                let vocabulary = *self.random.pick(&["a", "b"]);
                let (set, term) = (self.set(vocabulary, depth), self.term(vocabulary, depth));
                format!("({set}) {} ({term})", self.word("include"))
            },
            _ => {
                let vocabulary = *self.random.pick(&["a", "b", "c"]);
                let test = *self.random.pick(&["include any of", "include all of", "include none of"]);
                let (set, others) = (self.set(vocabulary, depth), self.set(vocabulary, depth));
                format!("({set}) {} ({others})", self.word(test))
            },
        }
    }

    pub(super) fn both(&mut self, sort: Sort, operator: &str, depth: usize) -> String {
        let (a, operator, b) = (self.of(sort, depth), self.word(operator), self.of(sort, depth));
        format!("({a}) {operator} ({b})")
    }

    pub(super) fn between(&mut self, sort: Sort, depth: usize) -> String {
        let [value, low, high] = [self.of(sort, depth), self.of(sort, 0), self.of(sort, depth)];
        let between = self.word("between");
        let and = if between == "介于" { "与" } else { "and" };
        format!("({value}) {between} ({low}) {and} ({high})")
    }

    /// Dates among themselves, and against months of the rule.
    fn dates(&mut self, depth: usize) -> String {
        let order = *self.random.pick(&["<", "<=", ">", ">=", "is", "is not"]);
        let month = |random: &mut Random| (*random.pick(&["2026-02", "2026-03", "2025-12"])).to_owned();
        let date = self.date(depth);
        match self.random.below(5) {
            0 => {
                let (order, month) = (self.word(order), month(self.random));
                format!("({date}) {order} {month}")
            },
            1 => {
                let (order, month) = (self.word(order), month(self.random));
                format!("{month} {order} ({date})")
            },
            2 => {
                let (low, high) = (month(self.random), month(self.random));
                format!("({date}) between {low} and {high}")
            },
            3 => self.between(Sort::Date, depth),
            _ => self.both(Sort::Date, order, depth),
        }
    }

    fn texts(&mut self, depth: usize) -> String {
        let text = self.text(depth);
        if self.random.chance(20) {
            let regex = *self.random.pick(&["\"^[aA]\"", "r\"\\s\"", "\"b{2}\"", "\"^$\"", "\"郑|Z\""]);
            return format!("({text}) {} {regex}", self.word("matches"));
        }
        let tests = ["is", "is not", "is exactly", "is not exactly", "starts with", "ends with", "contains"];
        let test = *self.random.pick(&tests);
        let (test, other) = (self.word(test), self.text(depth));
        format!("({text}) {test} ({other})")
    }

    /// Something to run over, and its variable with what can be read of it; then what was known before is restored.
    fn inside(&mut self, write: impl FnOnce(&mut Self, &str, &str) -> String) -> String {
        let (atoms, lists) = (self.atoms.clone(), self.lists.clone());
        let variable = format!("v{}", self.variables);
        self.variables += 1;
        self.nest -= 1;
        let over = if self.random.chance(25) || self.lists.is_empty() {
            let vocabulary = *self.random.pick(&["a", "b"]);
            let set = self.set(vocabulary, 1);
            self.know(&variable, &Elements::Scalars(Sort::Term(vocabulary)));
            set
        } else {
            let (path, elements) = self.random.pick(&self.lists).clone();
            self.know(&variable, &elements);
            path
        };
        let over = if over.starts_with('{') { over } else { format!("({over})") };
        let text = write(self, &variable, &over);
        self.nest += 1;
        (self.atoms, self.lists) = (atoms, lists);
        text
    }

    /// What can be read of a variable.
    fn know(&mut self, variable: &str, elements: &Elements) {
        match elements {
            Elements::Scalars(sort) => {
                for _ in 0..3 {
                    self.atoms.push(Atom::new(variable, *sort));
                }
            },
            Elements::Lists(sort) => self.lists = vec![(variable.to_owned(), Elements::Scalars(*sort))],
            Elements::Records(fields, lists) => {
                for (name, sort) in fields {
                    for _ in 0..3 {
                        self.atoms.push(Atom::new(&format!("{variable}.{name}"), *sort));
                    }
                }
                self.lists
                    .extend(lists.iter().map(|(name, elements)| (format!("{variable}.{name}"), elements.clone())));
            },
        }
    }

    fn quantified(&mut self, depth: usize) -> String {
        self.inside(|writer, variable, over| {
            let quantifier = *writer.random.pick(&["some", "every", "no"]);
            let quantifier = writer.word(quantifier);
            let filter = writer.filter(depth.min(1));
            let body = writer.condition(depth.min(2));
            let (each_in, satisfies) = (writer.word("each in"), writer.word("satisfies"));
            format!("({quantifier} {variable} {each_in} {over}{filter} {satisfies} {body})")
        })
    }

    /// `where C`, or nothing.
    pub fn filter(&mut self, depth: usize) -> String {
        if self.random.chance(50) {
            format!(" {} {}", self.word("where"), self.condition(depth))
        } else {
            String::new()
        }
    }

    pub(super) fn count(&mut self, depth: usize) -> String {
        let count = self.word("count");
        if self.random.chance(30) {
            let set = self.set("a", 1);
            return format!("{count}({set})");
        }
        self.inside(|writer, variable, over| {
            let condition = writer.condition(depth.min(1));
            let (each_in, where_) = (writer.word("each in"), writer.word("where"));
            format!("{count}({variable} {each_in} {over} {where_} {condition})")
        })
    }

    /// `sum`, `min`, `max`, `average` of a sort.
    pub(super) fn gathered(&mut self, sort: Sort, depth: usize) -> String {
        let kinds: &[&str] =
            if sort == Sort::Date { &["min", "max"] } else { &["sum", "sum", "min", "max", "average"] };
        let kind = *self.random.pick(kinds);
        let kind = self.word(kind);
        self.inside(|writer, variable, over| {
            let value = writer.of(sort, depth.min(1));
            let filter = writer.filter(0);
            let (for_, each_in) = (writer.word("for"), writer.word("each in"));
            format!("{kind}({value} {for_} {variable} {each_in} {over}{filter})")
        })
    }
}
