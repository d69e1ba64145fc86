//! Rule packs to measure with.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A vocabulary has a limit; beyond this number two directives speak of one county.
const MOST_COUNTIES: u32 = 2_500;

/// The twelve rules of the comparison.
pub fn bench() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pack")
}

/// A pack of that many directives, each of which speaks of one county: twelve at most apply to a proposal of
/// [`proposals_of_counties`].
pub fn of_counties(directives: u32) -> String {
    let mut out = String::from(
        "plan counties { title \"One directive a county\" version \"1\" }\nvocabulary county \"County\" {\n",
    );
    let counties = directives.min(MOST_COUNTIES);
    for number in 0..counties {
        let _infallible = writeln!(out, "  county-{number}");
    }
    out.push_str("}\nproposal {\n  title text required\n  county county required\n  floors integer required\n  year integer\n}\n");
    for number in 0..directives {
        let _infallible = writeln!(
            out,
            "directive floors-{number} \"County {number} bounds its floors\" {{\n  when county is county-{}\n  \
             must floors <= {} and year is present\n  message \"{{county}} allows fewer than {{floors}} floors\"\n}}",
            number % counties,
            number + 10
        );
    }
    out
}

/// A pack that asks every proposal of [`proposals_of_counties`] for a title of its own.
pub fn of_unique_titles() -> &'static str {
    "plan titles { title \"A title is given once\" version \"1\" }
proposal {\n  title text required\n  county text\n  floors integer\n  year integer\n}
portfolio directive title-unique \"A title is given once\" {
  for each group g of proposals by title
  must     count(g) <= 1
  message  \"{count(g)} proposals are called {g.key}\"
}
"
}

/// Proposals of the first twelve counties, one a line; none breaks a rule.
pub fn proposals_of_counties(many: u64) -> String {
    let mut out = String::new();
    for number in 0..many {
        let (county, floors) = (number % 12, 1 + number % 9);
        let _infallible = writeln!(
            out,
            r#"{{"title":"A house of {floors} floors, the {number}th of its kind","county":"county-{county}","floors":{floors},"year":2026}}"#
        );
    }
    out
}
