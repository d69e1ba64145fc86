//! Random rule packs as text: well-typed, of every form of section 3.

use super::random::Random;
use super::random_expression::{Atom, Elements, Sort, Writer};

/// Terms of each vocabulary: name, and what follows it.
const TERMS: &[(&str, &str)] = &[
    ("one", "\"First one\" zh \"壹\" code \"01\" aka \"uno\", \"ＵＮＯ-1\""),
    ("two", "\"Second\" code \"02\""),
    ("three", "zh \"叁\""),
    ("four", "aka \"the  fourth\""),
    ("five", "\"Straße\" code \"0５x\""),
];

/// A pack; the same seed gives the same text.
pub fn pack(seed: u64) -> String {
    let random = &mut Random::new(seed);
    let chinese = if random.chance(40) { 35 } else { 0 };
    let effective = *random.pick(&["", "", "", "effective from 2020-01", "effective until 2026-03-15"]);
    let mut text = format!("plan random {{ title \"Random\" language en, zh {effective} }}\n");
    words(random, &mut text);
    let fields = fields(random, &mut text);
    directives(random, chinese, &fields, &mut text);
    text
}

/// Vocabularies `a`, `b`, `c` and `d within a`, groups, relations, facts, dimensions.
fn words(random: &mut Random, text: &mut String) {
    for vocabulary in ["a", "b", "c"] {
        text.push_str(&format!("vocabulary {vocabulary} \"Vocabulary {vocabulary}\" {{\n"));
        for (name, rest) in &TERMS[..3 + random.below(3)] {
            text.push_str(&format!("  {vocabulary}-{name} {rest}\n"));
        }
        text.push_str("}\n");
    }
    text.push_str("vocabulary d within a {\n");
    for name in ["x", "y", "z"] {
        let place = random.pick(&["one", "two", "three"]);
        text.push_str(&format!("  d-{name} code \"{}\" within a-{place}\n", name.repeat(2)));
    }
    text.push_str("}\ngroup some-a of a { a-one, a-three }\n");
    let algebra = random.pick(&["a - some-a", "a & some-a + {a-two}", "{a-two, a-three} & (some-a + a-two)"]);
    text.push_str(&format!("group more-a of a = {algebra}\ngroup some-b of b {{ b-one, b-two }}\n"));
    text.push_str("relation friends from a to b\nrelation friends from b to c\n");
    text.push_str("relation home from a to c single partial\nrelation peers from a to a\n");
    for subject in ["a-one", "a-two", "a-three"] {
        if random.chance(70) {
            let partner = random.pick(&["b-one", "b-two, b-three", "some-b"]);
            text.push_str(&format!("{subject} has friends {partner}\n"));
        }
        if random.chance(70) {
            text.push_str(&format!("{subject} has home c-{}\n", random.pick(&["one", "two", "three"])));
        }
    }
    text.push_str("b-one has friends c-one, c-two\nsome-a have peers more-a\n");
    text.push_str("dimension money { 元 = 1 aka \"yuan\"  万元 = 10_000 \"ten thousand\"  亿元 = 100_000_000 }\n");
    text.push_str("dimension area { m2 = 1  mu = 2000/3 aka \"亩\"  ha = 10_000 }\n");
}

/// What expressions may read.
pub struct Fields {
    /// Fields and paths of the proposal.
    pub atoms: Vec<Atom>,
    /// Its lists.
    pub lists: Vec<(String, Elements)>,
}

/// A field's type, and options that its sort allows.
fn field_type(random: &mut Random, sort: Sort) -> String {
    let option = |random: &mut Random, options: &[&str]| {
        if random.chance(35) { format!(" {}", random.pick(options)) } else { String::new() }
    };
    match sort {
        Sort::Number if random.chance(40) => {
            format!("integer{}", option(random, &["otherwise 3", "at least -2", "at most 1_000", "required"]))
        },
        Sort::Number => {
            format!("number{}", option(random, &["otherwise 2.5", "at least 0 at most 10", "at most 99.5", "required"]))
        },
        Sort::Money => {
            format!(
                "money{}",
                option(random, &["in 万元", "in 元 at least 0 元", "at most 2 亿元", "otherwise 5 万元"])
            )
        },
        Sort::Area => format!("area{}", option(random, &["in mu", "at least 10 m2", "required"])),
        Sort::Text => {
            let options =
                ["matching \"^[a-z]\"", "at most 4 characters", "otherwise \"Ab\"", "matching r\"\\S\" required"];
            format!("text{}", option(random, &options))
        },
        Sort::Date => format!(
            "date{}",
            option(random, &["at least 2025-06", "at most 2026-03-15", "otherwise 2026-02-01", "required"])
        ),
        Sort::Truth => format!("boolean{}", option(random, &["otherwise false", "required"])),
        Sort::Term(vocabulary) => {
            let first = if vocabulary == "d" { "x" } else { "one" };
            let value = format!("otherwise {vocabulary}-{first}");
            format!("{vocabulary}{}", option(random, &[&value, "required"]))
        },
        Sort::Set(vocabulary) => {
            let options = ["otherwise empty", "at least 1 item", "at most 2 items", "required", "at least 2 items"];
            format!("set of {vocabulary}{}", option(random, &options))
        },
    }
}

/// The `proposal` item, with every type at the top, in a record, in lists, and in lists of lists.
fn fields(random: &mut Random, text: &mut String) -> Fields {
    let mut fields = Fields { atoms: Vec::new(), lists: Vec::new() };
    text.push_str("proposal {\n  id text\n");
    for (name, sort) in [
        ("number", Sort::Number),
        ("amount", Sort::Number),
        ("price", Sort::Money),
        ("cost", Sort::Money),
        ("ground", Sort::Area),
        ("title", Sort::Text),
        ("word", Sort::Text),
        ("start", Sort::Date),
        ("end", Sort::Date),
        ("flag", Sort::Truth),
        ("place", Sort::Term("a")),
        ("other", Sort::Term("a")),
        ("kind", Sort::Term("b")),
        ("town", Sort::Term("d")),
        ("skills", Sort::Set("a")),
        ("wishes", Sort::Set("a")),
        ("tools", Sort::Set("b")),
    ] {
        let kind = field_type(random, sort);
        let key = if random.chance(20) { format!(" key \"键{name}\"") } else { String::new() };
        text.push_str(&format!("  {name} {kind}{key}\n"));
        fields.atoms.push(Atom::new(name, sort));
    }
    text.push_str("  status one of open, shut\n  route one of (short \"Short\" zh \"短\", long \"Long\" zh \"长\")\n");
    text.push_str("  part {\n");
    for (name, sort) in
        [("size", Sort::Number), ("owner", Sort::Term("a")), ("on", Sort::Date), ("uses", Sort::Set("b"))]
    {
        let kind = field_type(random, sort);
        text.push_str(&format!("    {name} {kind}\n"));
        fields.atoms.push(Atom::new(&format!("part.{name}"), sort));
    }
    let when = random.pick(&["number > 2", "flag and size is missing", "some i in items satisfies i.weight > 1"]);
    text.push_str(&format!("    note text required when {when}\n  }}{}\n", random.pick(&["", " required"])));
    let mut inner = Vec::new();
    text.push_str("  items list of {\n");
    for (name, sort) in [
        ("weight", Sort::Number),
        ("worth", Sort::Money),
        ("label", Sort::Text),
        ("until", Sort::Date),
        ("where-to", Sort::Term("a")),
        ("needs", Sort::Set("a")),
        ("done", Sort::Truth),
    ] {
        let kind = field_type(random, sort);
        text.push_str(&format!("    {name} {kind}\n"));
        inner.push((name, sort));
    }
    text.push_str("    codes list of text at most 3 items\n");
    text.push_str("    steps list of { days number  by a }\n");
    let when = random.pick(&["done", "weight > amount", "flag or label is \"a\""]);
    text.push_str(&format!(
        "    extra text required when {when}\n  }}{}\n",
        random.pick(&["", " at least 1 item", " otherwise empty"])
    ));
    text.push_str("  figures list of number at most 3 items\n  names list of text\n  days list of date\n  sums list of money in 元\n");
    text.push_str("  table list of list of number\n  choices list of set of a\n  stops list of a\n}\n");
    let steps =
        ("steps".to_owned(), Elements::Records(vec![("days", Sort::Number), ("by", Sort::Term("a"))], Vec::new()));
    let codes = ("codes".to_owned(), Elements::Scalars(Sort::Text));
    fields.lists.push(("items".to_owned(), Elements::Records(inner, vec![steps, codes])));
    for (name, sort) in [
        ("figures", Sort::Number),
        ("names", Sort::Text),
        ("days", Sort::Date),
        ("sums", Sort::Money),
        ("stops", Sort::Term("a")),
        ("choices", Sort::Set("a")),
    ] {
        fields.lists.push((name.to_owned(), Elements::Scalars(sort)));
    }
    fields.lists.push(("table".to_owned(), Elements::Lists(Sort::Number)));
    fields
}

/// Definitions, directives that override each other, and portfolio directives.
fn directives(random: &mut Random, chinese: usize, fields: &Fields, text: &mut String) {
    let mut writer = Writer::new(random, chinese, fields.atoms.clone(), fields.lists.clone());
    let sorts = [Sort::Truth, Sort::Number, Sort::Money, Sort::Text, Sort::Date, Sort::Term("a"), Sort::Set("b")];
    for (index, sort) in sorts.into_iter().enumerate() {
        let value = writer.defined(sort);
        text.push_str(&format!("define defined-{index} = {value}\n"));
        writer.add(Atom::derived(&format!("defined-{index}"), sort));
    }
    for index in 0..12 {
        let requirement = writer.condition(4);
        let modality = writer.modality();
        let mut clauses = format!("{modality} {requirement}");
        if writer.random.chance(50) {
            clauses = format!("{} {} {clauses}", writer.word("when"), writer.condition(3));
        }
        for _ in 0..writer.random.below(3) {
            clauses.push_str(&format!("\n  {} {}", writer.word("unless"), writer.condition(2)));
        }
        if index > 0 && writer.random.chance(30) {
            let other = writer.random.below(index);
            clauses.push_str(&format!("\n  {} rule-{other}", writer.word("overrides")));
        }
        if writer.random.chance(10) {
            let dates =
                ["from 2026-03-15", "from 2026-04", "until 2026-03", "until 2026-03-14", "from 2026-01 until 2027-01"];
            clauses.push_str(&format!("\n  effective {}", writer.random.pick(&dates)));
        }
        text.push_str(&format!("directive rule-{index} {{\n  {clauses}\n}}\n"));
    }
    for index in 0..5 {
        let clauses = writer.together();
        text.push_str(&format!("portfolio directive together-{index} {{\n  {clauses}\n}}\n"));
    }
}
