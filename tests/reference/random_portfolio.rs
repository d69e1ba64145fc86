//! Random clauses of portfolio directives.

use super::random_expression::{Atom, Sort, Writer};

/// Keys of groups with their sorts.
const KEYS: &[(&str, Sort)] = &[
    ("place", Sort::Term("a")),
    ("number", Sort::Number),
    ("price", Sort::Money),
    ("title", Sort::Text),
    ("start", Sort::Date),
    ("flag", Sort::Truth),
    ("home of place", Sort::Term("c")),
    ("part.owner", Sort::Term("a")),
    ("defined-3", Sort::Text),
];

impl Writer<'_> {
    /// The clauses of a portfolio directive: for nothing, for each term of a set, or for each group.
    pub fn together(&mut self) -> String {
        let fields = self.take_known();
        let (head, source) = match self.random.below(3) {
            0 => (String::new(), "proposals"),
            1 => {
                let (set, vocabulary) = *self.random.pick(&[
                    ("a", "a"),
                    ("some-a", "a"),
                    ("more-a", "a"),
                    ("friends of a-one", "b"),
                    ("{a-one, a-two}", "a"),
                    ("c", "c"),
                ]);
                self.add(Atom::new("x", Sort::Term(vocabulary)));
                (format!("{} x {} {set}\n  ", self.word("for each"), self.word("each in")), "proposals")
            },
            _ => {
                let (first, sort) = *self.random.pick(KEYS);
                let mut keys = vec![first];
                if self.random.chance(40) {
                    let (second, _) = *self.random.pick(KEYS);
                    keys.push(second);
                    keys.dedup();
                }
                // One aggregate over all proposals serves every group, and cannot read the key of one.
                let source = if self.random.chance(80) { "g" } else { "proposals" };
                if source == "g" {
                    self.add(Atom::derived("g.key", if keys.len() == 1 { sort } else { Sort::Text }));
                }
                (format!("for each group g of proposals by {}\n  ", keys.join(", ")), source)
            },
        };
        let (modality, requirement) = (self.modality(), self.about(&fields, source));
        let mut clauses = format!("{head}{modality} {requirement}");
        if self.random.chance(40) {
            clauses.push_str(&format!("\n  {} {}", self.word("when"), self.about(&fields, source)));
        }
        if self.random.chance(30) {
            clauses.push_str(&format!("\n  {} {}", self.word("unless"), self.about(&fields, source)));
        }
        self.give_back(fields);
        clauses
    }

    /// A condition over aggregates of proposals and the value of `for each`.
    fn about(&mut self, fields: &super::random_expression::Known, source: &str) -> String {
        match self.random.below(9) {
            0 => {
                let (a, and, b) = (self.about(fields, source), self.word("and"), self.about(fields, source));
                format!("({a}) {and} ({b})")
            },
            1 => {
                let (a, or, b) = (self.about(fields, source), self.word("or"), self.about(fields, source));
                format!("({a}) {or} ({b})")
            },
            2 => self.inside_none(|writer| writer.condition(1)),
            3 => {
                let quantifier = *self.random.pick(&["some", "every", "no"]);
                let (quantifier, each_in, satisfies) =
                    (self.word(quantifier), self.word("each in"), self.word("satisfies"));
                let (filter, body) = self.of_proposal(fields, |writer| (writer.filter(0), writer.condition(2)));
                format!("({quantifier} p {each_in} {source}{filter} {satisfies} {body})")
            },
            _ => {
                let order = *self.random.pick(&["<", "<=", ">", ">=", "is", "is not"]);
                let sort = *self.random.pick(&[Sort::Number, Sort::Number, Sort::Money, Sort::Date]);
                let (a, b) = (self.gathered_from(fields, source, sort), self.gathered_from(fields, source, sort));
                format!("({a}) {} ({b})", self.word(order))
            },
        }
    }

    /// A number, quantity or date gathered from proposals, or a literal beside it.
    fn gathered_from(&mut self, fields: &super::random_expression::Known, source: &str, sort: Sort) -> String {
        let (each_in, where_) = (self.word("each in"), self.word("where"));
        match self.random.below(6) {
            0 => self.inside_none(|writer| writer.of(sort, 0)),
            1 if sort == Sort::Number => format!("{}({source})", self.word("count")),
            2 | 3 if sort == Sort::Number => {
                let condition = self.of_proposal(fields, |writer| writer.condition(2));
                format!("{}(p {each_in} {source} {where_} {condition})", self.word("count"))
            },
            4 if sort == Sort::Money => format!("20% of ({})", self.gathered_from(fields, source, sort)),
            _ => {
                let kinds: &[&str] =
                    if sort == Sort::Date { &["min", "max"] } else { &["sum", "sum", "min", "max", "average"] };
                let kind = *self.random.pick(kinds);
                let (kind, for_) = (self.word(kind), self.word("for"));
                let (value, filter) = self.of_proposal(fields, |writer| (writer.of(sort, 1), writer.filter(1)));
                format!("{kind}({value} {for_} p {each_in} {source}{filter})")
            },
        }
    }
}
