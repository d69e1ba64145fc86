//! Random packs over a shape so small that all its proposals can be written down.

/// A pack, and the values of each of its fields.
pub struct SmallPack {
    pub text: String,
    fields: Vec<(&'static str, &'static [&'static str])>,
}

/// Numbers that look random; the same seed gives the same ones.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(most).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A field: its declarations, its values, and conditions that read nothing but it.
struct FieldKind {
    name: &'static str,
    declarations: &'static [&'static str],
    values: &'static [&'static str],
    conditions: &'static [&'static str],
}

const FIELDS: &[FieldKind] = &[
    FieldKind {
        name: "place",
        declarations: &["place a", "place a required", "place a otherwise y"],
        values: &["", "\"x\"", "\"y\"", "\"z\""],
        conditions: &[
            "place is x",
            "place is not y",
            "place in {x, y}",
            "place in some-a",
            "place is present",
            "home of place is y",
            "home of place is missing",
            "friends of place include x",
            "{place, x} include all of friends of place",
            "count({place, y}) = 1",
            "code of place is \"1\"",
            "code of place starts with \"1\"",
        ],
    },
    FieldKind {
        name: "kinds",
        declarations: &["kinds set of a", "kinds set of a otherwise empty", "kinds set of a required at least 1 item"],
        values: &[
            "",
            "[]",
            "[\"x\"]",
            "[\"y\"]",
            "[\"z\"]",
            "[\"x\", \"y\"]",
            "[\"x\", \"z\"]",
            "[\"y\", \"z\"]",
            "[\"x\", \"y\", \"z\"]",
        ],
        conditions: &[
            "kinds include x",
            "kinds is empty",
            "kinds is {x, z}",
            "kinds include any of some-a",
            "kinds include none of {y, z}",
            "some-a include all of kinds",
            "count(kinds) >= 2",
            "count(k in kinds where home of k is missing) = 1",
            "some k in kinds satisfies friends of k include k",
            "friends of kinds include z",
            "every k in kinds satisfies k is not x",
        ],
    },
    FieldKind {
        name: "flag",
        declarations: &["flag boolean", "flag boolean required", "flag boolean otherwise false"],
        values: &["", "true", "false"],
        conditions: &["flag", "flag is missing", "flag is (flag is present)"],
    },
    FieldKind {
        name: "number",
        declarations: &["number integer at least 0 at most 2", "number integer at least 0 at most 2 otherwise 1"],
        values: &["", "0", "1", "2"],
        conditions: &["number > 1", "number = 0", "number between 1 and 2", "number + 1 <= 2", "-number < 0"],
    },
    FieldKind {
        name: "items",
        declarations: &["items list of { to a  deep boolean } at most 2 items"],
        values: &[
            "",
            "[]",
            "[{}]",
            "[{\"to\": \"x\"}]",
            "[{\"to\": \"z\", \"deep\": true}]",
            "[{\"to\": \"y\", \"deep\": false}]",
            "[{\"deep\": true}]",
            "[{\"deep\": false}]",
            "[{\"to\": \"x\", \"deep\": true}]",
            "[{\"to\": \"x\", \"deep\": false}]",
            "[{\"to\": \"y\"}]",
            "[{\"to\": \"y\", \"deep\": true}]",
            "[{\"to\": \"z\"}]",
            "[{\"to\": \"z\", \"deep\": false}]",
            "PAIRS",
        ],
        conditions: &[
            "items is empty",
            "some i in items satisfies i.to is x",
            "every i in items where i.deep satisfies i.to is present",
            "no i in items satisfies i.deep or i.to is z",
            "count(i in items where i.to is not y) >= 1",
            "count(items) = 2",
            "some i in items satisfies home of i.to is z",
        ],
    },
    FieldKind {
        name: "day",
        declarations: &["day date at least 2026-02-27 at most 2026-03-02"],
        values: &[
            "",
            "\"2026-02-27\"",
            "\"2026-02-28\"",
            "\"2026-03-01\"",
            "\"2026-03-02\"",
            "\"2026-02\"",
            "\"2026-03\"",
        ],
        conditions: &[
            "day < 2026-03",
            "day > 2026-02-27",
            "day is 2026-02-28",
            "day between 2026-02-28 and 2026-03-01",
            "day <= 2026-02-28",
            "days between 2026-02-28 and day >= 1",
        ],
    },
];

/// Conditions over two fields.
const TOGETHER: &[(&str, &str, &[&str])] = &[
    (
        "place",
        "kinds",
        &["kinds include all of friends of place", "place in kinds", "no k in kinds satisfies k is place"],
    ),
    ("place", "items", &["some i in items satisfies i.to is place", "every i in items satisfies i.to is not place"]),
    ("kinds", "number", &["count(kinds) > number", "number = count(k in kinds where k is not x)"]),
    ("kinds", "items", &["every i in items where i.to is present satisfies i.to in kinds"]),
    ("flag", "number", &["if flag then number is 1", "flag is (number > 0)"]),
];

impl SmallPack {
    pub fn random(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(77));
        dice.below(2);
        let mut chosen: Vec<&FieldKind> = Vec::new();
        while chosen.len() < 3 {
            let field = dice.pick(FIELDS);
            if !chosen.iter().any(|one| one.name == field.name) {
                chosen.push(field);
            }
        }
        let mut text = String::from(
            "plan small { title \"Small\" }\nvocabulary a { x code \"1\"  y code \"12\"  z }\ngroup some-a of a { x, z }\n\
             relation friends from a to a\nx has friends y, z\ny has friends y\n\
             relation home from a to a single partial\nx has home y\nz has home z\nproposal {\n",
        );
        let mut conditions: Vec<&str> = Vec::new();
        for field in &chosen {
            text.push_str(&format!("  {}\n", dice.pick(field.declarations)));
            conditions.extend(field.conditions);
        }
        text.push_str("}\n");
        for (one, other, more) in TOGETHER {
            if [one, other].iter().all(|name| chosen.iter().any(|field| field.name == **name)) {
                conditions.extend(*more);
                conditions.extend(*more);
            }
        }
        for index in 0..6 {
            let modality = *dice.pick(&["must", "must", "must", "must not", "should", "should not", "may"]);
            let mut clauses = String::new();
            if dice.below(4) > 0 {
                clauses.push_str(&format!("when {} ", condition(&mut dice, &conditions, 1)));
            }
            clauses.push_str(&format!("{modality} ({})", condition(&mut dice, &conditions, 2)));
            if dice.below(4) == 0 {
                clauses.push_str(&format!(" unless {}", condition(&mut dice, &conditions, 1)));
            }
            if index > 0 && dice.below(3) == 0 {
                clauses.push_str(&format!(" overrides rule-{}", dice.below(index)));
            }
            text.push_str(&format!("directive rule-{index} {{ {clauses} }}\n"));
        }
        Self { text, fields: chosen.iter().map(|field| (field.name, field.values)).collect() }
    }

    /// Every proposal, valid or not.
    pub fn proposals(&self) -> Vec<String> {
        let mut all = vec![String::new()];
        for (name, values) in &self.fields {
            let mut longer = Vec::new();
            for before in &all {
                for value in expanded(values) {
                    let comma = if before.is_empty() || value.is_empty() { "" } else { ", " };
                    let entry = if value.is_empty() { String::new() } else { format!("\"{name}\": {value}") };
                    longer.push(format!("{before}{comma}{entry}"));
                }
            }
            all = longer;
        }
        all.into_iter().map(|entries| format!("{{{entries}}}")).collect()
    }
}

/// The values, and for lists every pair of elements.
fn expanded(values: &[&str]) -> Vec<String> {
    let single: Vec<&str> = values.iter().copied().filter(|value| value.starts_with("[{")).collect();
    let mut all = Vec::new();
    for value in values {
        if *value == "PAIRS" {
            for one in &single {
                for other in &single {
                    all.push(format!("[{}, {}]", &one[1..one.len() - 1], &other[1..other.len() - 1]));
                }
            }
        } else {
            all.push((*value).to_owned());
        }
    }
    all
}

fn condition(dice: &mut Dice, conditions: &[&str], depth: usize) -> String {
    let leaf = |dice: &mut Dice| format!("({})", dice.pick(conditions));
    if depth == 0 {
        return leaf(dice);
    }
    match dice.below(6) {
        0 => format!("{} and {}", condition(dice, conditions, depth - 1), condition(dice, conditions, depth - 1)),
        1 => format!("({} or {})", condition(dice, conditions, depth - 1), condition(dice, conditions, depth - 1)),
        2 => format!("(not {})", condition(dice, conditions, depth - 1)),
        _ => leaf(dice),
    }
}
