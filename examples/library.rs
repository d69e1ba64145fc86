//! plancheck as a library: load a rule pack, check a text, read the findings.
//!
//! `cargo run --example library`

use std::error::Error;

use plancheck::checker::Checker;
use plancheck::checker::options::Options;
use plancheck::rulebook::Rulebook;
use plancheck::value::Day;

fn main() -> Result<(), Box<dyn Error>> {
    let book = Rulebook::henan()?;
    let today = Day::new(2026, 11, 24).ok_or("no such day")?;
    let checker = Checker::new(&book, Options::new(today)).map_err(|failures| format!("{failures:?}"))?;

    let proposal = r#"{
      "id": "2509-410500-04-01-000017", "title": "Museum of bronze", "city": "anyang",
      "applicant": {"name": "Anyang Culture Bureau"}, "functions": ["culture"], "roles": [],
      "investment": {"total": "1.2 亿元"}, "schedule": {"start": "2026-03", "end": "2028-12"}
    }"#;
    let report = checker.check_str("museum.json", proposal);
    for finding in &report.findings {
        let place = finding.start;
        writeln_to_stdout(&format!(
            "{}:{} {}: {}",
            place.line, place.column, finding.judgement.code, finding.judgement.message
        ))?;
    }
    Ok(())
}

fn writeln_to_stdout(line: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    writeln!(std::io::stdout(), "{line}")
}
