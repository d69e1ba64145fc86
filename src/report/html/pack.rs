//! What the page knows of the rule pack: titles, clauses, places, the map.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalogue;
use crate::checker::atlas::{Claims, Entry, Places};
use crate::checker::report::{Header, PackDirective, basis_word};
use crate::rulebook::{MapLine, MapSet, MapSetKind, Modality, Texts};
use crate::value::TermSet;

/// A text by language, in the pack's order.
type Said<'a> = &'a [Option<String>];

#[derive(Serialize)]
pub(super) struct Pack<'a> {
    /// Tags of the pack's languages.
    languages: &'a [String],
    /// Which of them the run's passages are in.
    language: usize,
    plan: Plan<'a>,
    as_of: &'a str,
    directives: Vec<Directive<'a>>,
    /// Codes that no directive makes, with their meaning in English and Chinese.
    codes: BTreeMap<&'static str, [&'static str; 2]>,
    clauses: Vec<Clause<'a>>,
    places: Option<PlacesEntry<'a>>,
    map: Option<Map<'a>>,
}

#[derive(Serialize)]
struct Plan<'a> {
    name: &'a str,
    version: &'a str,
    digest: &'a str,
    title: Said<'a>,
}

#[derive(Serialize)]
struct Directive<'a> {
    name: &'a str,
    title: Said<'a>,
    modality: &'static str,
    basis: &'static str,
    portfolio: bool,
    cites: Vec<Cite<'a>>,
    file: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct Cite<'a> {
    clause: Option<&'a str>,
    quotes: Vec<Option<&'a str>>,
}

#[derive(Serialize)]
struct Clause<'a> {
    number: &'a str,
    texts: Said<'a>,
    uncheckable: Option<Said<'a>>,
}

#[derive(Serialize)]
struct PlacesEntry<'a> {
    label: Said<'a>,
    terms: Vec<Term<'a>>,
    claims: Vec<ClaimsEntry<'a>>,
}

#[derive(Serialize)]
struct Term<'a> {
    name: &'a str,
    label: Said<'a>,
}

#[derive(Serialize)]
struct ClaimsEntry<'a> {
    label: Said<'a>,
    terms: Vec<Term<'a>>,
    given: Vec<Vec<u16>>,
}

#[derive(Serialize)]
struct Map<'a> {
    stations: Vec<Station>,
    lines: Vec<Line<'a>>,
    sets: Vec<Set<'a>>,
}

#[derive(Serialize)]
struct Station {
    term: u16,
    x: u32,
    y: u32,
}

#[derive(Serialize)]
struct Line<'a> {
    group: &'a str,
    label: Said<'a>,
    through: &'a [u16],
}

#[derive(Serialize)]
struct Set<'a> {
    kind: &'static str,
    group: &'a str,
    label: Said<'a>,
    terms: Vec<u16>,
}

impl<'a> Pack<'a> {
    pub(super) fn of(header: &'a Header) -> Self {
        let atlas = &header.atlas;
        Self {
            languages: &header.pack.languages,
            language: header.pack.language.0,
            plan: Plan {
                name: &header.plan,
                version: &header.version,
                digest: &header.digest,
                title: said(&header.pack.title),
            },
            as_of: &header.as_of,
            directives: header.pack.directives.iter().map(directive).collect(),
            codes: catalogue::names()
                .filter_map(catalogue::find)
                .map(|entry| (entry.name, [entry.summary("en"), entry.summary("zh")]))
                .collect(),
            clauses: atlas
                .clauses
                .iter()
                .map(|clause| Clause {
                    number: &clause.number,
                    texts: said(&clause.texts),
                    uncheckable: clause.uncheckable.as_ref().map(said),
                })
                .collect(),
            places: atlas.places.as_ref().map(places),
            map: atlas.map.as_ref().map(|map| Map {
                stations: map.stations.iter().map(|one| Station { term: one.term, x: one.x, y: one.y }).collect(),
                lines: map.lines.iter().map(line).collect(),
                sets: map.sets.iter().map(set).collect(),
            }),
        }
    }
}

fn said(texts: &Texts) -> Said<'_> {
    &texts.0
}

fn directive(one: &PackDirective) -> Directive<'_> {
    Directive {
        name: &one.name,
        title: said(&one.title),
        modality: match one.modality {
            Modality::Must => "must",
            Modality::MustNot => "must not",
            Modality::Should => "should",
            Modality::ShouldNot => "should not",
            Modality::May => "may",
        },
        basis: basis_word(one.basis),
        portfolio: one.of_portfolio,
        cites: one
            .cites
            .iter()
            .map(|cite| Cite {
                clause: cite.clause.as_deref(),
                quotes: cite.quotes.iter().map(|quote| quote.as_ref().map(|quote| &*quote.text)).collect(),
            })
            .collect(),
        file: &one.place.file,
        line: one.place.line,
    }
}

fn places(places: &Places) -> PlacesEntry<'_> {
    PlacesEntry {
        label: said(&places.label),
        terms: terms(&places.terms),
        claims: places.claims.iter().map(claims).collect(),
    }
}

fn claims(claims: &Claims) -> ClaimsEntry<'_> {
    ClaimsEntry {
        label: said(&claims.label),
        terms: terms(&claims.terms),
        given: claims.given.iter().map(numbers).collect(),
    }
}

fn terms(entries: &[Entry]) -> Vec<Term<'_>> {
    entries.iter().map(|entry| Term { name: &entry.name, label: said(&entry.label) }).collect()
}

fn line(line: &MapLine) -> Line<'_> {
    Line { group: &line.group, label: said(&line.label), through: &line.through }
}

fn set(set: &MapSet) -> Set<'_> {
    let kind = match set.kind {
        MapSetKind::Circle => "circle",
        MapSetKind::Area => "area",
        MapSetKind::Mark => "mark",
    };
    Set { kind, group: &set.group, label: said(&set.label), terms: numbers(&set.terms) }
}

/// The numbers of the terms of a set.
pub(super) fn numbers(terms: &TermSet) -> Vec<u16> {
    terms.iter().collect()
}
