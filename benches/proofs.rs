//! How long `verify` takes on packs of 10, 100 and 500 directives. `cargo bench --bench proofs`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench prints what it measured and stops at what it did not foresee"
)]

use std::time::Instant;

use plancheck::analysis::Analysis;
use plancheck::rulebook::Rulebook;

const CITIES: usize = 18;
const FUNCTIONS: usize = 18;
const PROGRAMMES: usize = 40;

/// A pack with that many directives, of the kinds that the Henan pack has, each in a situation and on a field of its own.
fn pack(directives: usize) -> String {
    let mut text =
        String::from("plan bench { title \"Bench\" }\ndimension money { 元 = 1  万元 = 10_000  亿元 = 100_000_000 }\n");
    for (name, count) in [("city", CITIES), ("function", FUNCTIONS), ("programme", PROGRAMMES), ("role", 6)] {
        let terms: Vec<String> =
            (0..count).map(|term| format!("{name}-{term} code \"{}\"", 410_000 + 100 * term)).collect();
        text.push_str(&format!("vocabulary {name} {{ {} }}\n", terms.join(" ")));
    }
    text.push_str("relation functions from city to function\nrelation roles from city to role\n");
    for city in 0..CITIES {
        let other = (city + 5) % FUNCTIONS;
        text.push_str(&format!("city-{city} has functions function-{city}, function-{other}\n"));
        text.push_str(&format!("city-{city} has roles role-{}\n", city % 6));
    }
    text.push_str(
        "proposal {\n  id text required matching \"^[0-9]{4}-41[0-9]{4}$\"\n  city city required\n\
         \x20 functions set of function required at least 1 item\n  roles set of role\n\
         \x20 programmes set of programme otherwise empty\n\
         \x20 partners list of { city city  place text }\n\
         \x20 investment { total money required at least 0 元  funding list of { amount money required at least 0 元 } } required\n\
         \x20 schedule { start date required  end date required } required\n  note text\n}\n",
    );
    for number in 0..directives {
        let (city, programme) = (number % CITIES, number % PROGRAMMES);
        let (function, amount) = (number % FUNCTIONS, number / 8 + 1);
        let clauses = match number % 8 {
            0 => format!(
                "when city is city-{city} and programmes include programme-{programme} should functions include any of functions of city"
            ),
            1 => format!(
                "when programmes include programme-{programme} and investment.total >= {amount} 亿元 must some p in partners where p.city is present satisfies p.city is not city"
            ),
            2 => format!(
                "when city is city-{city} and investment.total > {amount} 万元 should roles include any of roles of city unless programmes include programme-{}",
                (programme + 7) % PROGRAMMES
            ),
            3 => format!(
                "when programmes include programme-{programme} and functions include function-{function} must schedule.start < schedule.end and schedule.start >= 20{:02}-01-01",
                10 + number % 80
            ),
            4 => format!(
                "when city is city-{city} and functions include function-{function} should note is present and length of note > {}",
                number % 30
            ),
            5 => format!(
                "when programmes include programme-{programme} and city in {{city-{city}, city-{}}} must investment.funding is present and sum(f.amount for f in investment.funding) <= investment.total",
                (city + 1) % CITIES
            ),
            6 => format!(
                "when programmes include programme-{programme} and city is city-{city} should no p in partners satisfies p.city is city-{}",
                (city + 3) % CITIES
            ),
            _ => format!(
                "when city is city-{city} and programmes include programme-{programme} must characters 6 to 7 of id is \"41\" and months between schedule.start and schedule.end <= {}",
                12 + number % 90
            ),
        };
        text.push_str(&format!("directive rule-{number} {{ {clauses} }}\n"));
    }
    text
}

fn main() {
    println!("directives  encode    prove     findings");
    for directives in [10, 100, 500] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("pack.plan"), pack(directives)).unwrap();
        let book = Rulebook::load(folder.path()).unwrap();
        let started = Instant::now();
        let mut analysis = Analysis::new(&book, None);
        let encoded = started.elapsed();
        let result = analysis.verify(|_| true);
        let proved = started.elapsed() - encoded;
        println!("{directives:10}  {encoded:8.2?}  {proved:8.2?}  {}", result.problems.len());
    }
}
