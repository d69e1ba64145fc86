//! What a program that was written for this one shape does to read a proposal: serde_json into a struct of all fields,
//! texts borrowed. The speed of it is the bar for plancheck, which also judges, and knows places.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
pub struct Proposal<'a> {
    id: &'a str,
    title: &'a str,
    summary: Option<&'a str>,
    city: &'a str,
    county: Option<&'a str>,
    #[serde(borrow)]
    applicant: Applicant<'a>,
    approval: Option<&'a str>,
    sector: Option<&'a str>,
    #[serde(default)]
    functions: Vec<&'a str>,
    #[serde(default)]
    roles: Vec<&'a str>,
    #[serde(default)]
    belts: Vec<&'a str>,
    region: Option<&'a str>,
    #[serde(default)]
    basins: Vec<&'a str>,
    #[serde(default)]
    programmes: Vec<&'a str>,
    #[serde(default)]
    strategies: Vec<&'a str>,
    #[serde(default, borrow)]
    partners: Vec<Partner<'a>>,
    #[serde(borrow)]
    investment: Investment<'a>,
    #[serde(borrow)]
    land: Option<Land<'a>>,
    #[serde(borrow)]
    schedule: Schedule<'a>,
    #[serde(default, borrow)]
    approvals: Vec<Approval<'a>>,
    #[serde(default, borrow)]
    outcomes: Vec<Outcome<'a>>,
    #[serde(default)]
    departments: Vec<&'a str>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Applicant<'a> {
    name: &'a str,
    uscc: Option<&'a str>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Partner<'a> {
    city: Option<&'a str>,
    place: Option<&'a str>,
    contribution: Option<&'a str>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Quantity<'a> {
    amount: f64,
    unit: &'a str,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Investment<'a> {
    #[serde(borrow)]
    total: Quantity<'a>,
    #[serde(default, borrow)]
    funding: Vec<Funding<'a>>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Funding<'a> {
    source: &'a str,
    #[serde(borrow)]
    amount: Quantity<'a>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Land<'a> {
    #[serde(borrow)]
    area: Option<Quantity<'a>>,
    occupies_basic_farmland: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Schedule<'a> {
    start: &'a str,
    end: &'a str,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Approval<'a> {
    kind: &'a str,
    status: &'a str,
    number: Option<&'a str>,
    date: Option<&'a str>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is the work")]
struct Outcome<'a> {
    indicator: Option<&'a str>,
    baseline: Option<f64>,
    target: Option<f64>,
    unit: Option<&'a str>,
}

/// Reads every line.
pub fn read_all(lines: &str) -> usize {
    lines.lines().map(|line| serde_json::from_str::<Proposal<'_>>(line).unwrap().functions_listed()).sum()
}

impl Proposal<'_> {
    /// Something of it, so that the reading cannot be left out.
    fn functions_listed(&self) -> usize {
        std::hint::black_box(self).functions.len()
    }
}
