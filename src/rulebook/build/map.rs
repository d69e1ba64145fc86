//! The map: at most one, every station a term at a place of its own, every line through just the terms of its group.

use std::collections::BTreeMap;

use super::names::Names;
use super::texts;
use super::unknown::{unknown, unknown_vocabulary};
use crate::diagnostic::Diagnostic;
use crate::rulebook::{ColumnId, ColumnKind, Group, Map, MapLine, MapSet, Station, TableId, Texts, VocabularyId};
use crate::syntax::tree::{self, LocalText, MapEntry, Name};
use crate::text::Span;
use crate::text::display::shown;

/// How many terms a warning names.
const NAMED: usize = 5;

/// The map of a pack; `names` gives everything else that it declares.
pub(super) fn map(names: &Names, items: &[&tree::Map], sink: &mut Vec<Diagnostic>) -> Option<Map> {
    let first = items.first()?;
    for again in items.iter().skip(1) {
        let error = Diagnostic::error("rules/duplicate-name", again.span, "a pack has one `map` item", "a second one");
        sink.push(error.also(first.span, "the first one").help("join the two"));
    }
    let Some(of) = names.vocabulary_named(&first.of.text) else {
        sink.extend(unknown_vocabulary(names, &first.of));
        return None;
    };
    names.use_vocabulary(of);
    let mut drawing = Drawing { names, of, sink, stations: BTreeMap::new(), places: BTreeMap::new() };
    drawing.stations(&first.entries);
    let mut lines = Vec::new();
    let mut sets = Vec::new();
    for entry in &first.entries {
        match entry {
            MapEntry::Station(_) => {},
            MapEntry::Line(line) => lines.extend(drawing.line(line)),
            MapEntry::Set(set) => sets.extend(drawing.set(set)),
        }
    }
    drawing.holes(first.span);
    let stations = drawing.stations.into_values().map(|(station, _)| station).collect();
    let title = texts(names, &first.title, sink);
    let field = field(names, of, &first.of, sink)?;
    Some(Map { of, field, title, stations, lines, sets, span: first.span })
}

/// The first field of the proposal that is one term of the vocabulary.
fn field(names: &Names, of: VocabularyId, written: &Name, sink: &mut Vec<Diagnostic>) -> Option<ColumnId> {
    let fields = names.fields(TableId(0), None).iter().copied();
    let found = fields
        .into_iter()
        .find(|id| names.column(TableId(0), *id).is_some_and(|column| column.kind == ColumnKind::Term(of)));
    if found.is_none() && !names.shape_broken {
        let name = shown(&written.text);
        let message = format!("no field of a proposal is a `{name}`, so nothing could be shown on the map");
        let error = Diagnostic::error("rules/bad-map", written.span, message, "no field of this vocabulary");
        sink.push(
            error.help(format!("name the vocabulary that places a proposal, or declare a field: `{name} {name}`")),
        );
    }
    found
}

/// What a map is resolved with.
struct Drawing<'a> {
    names: &'a Names,
    of: VocabularyId,
    sink: &'a mut Vec<Diagnostic>,
    /// By term, with the place of its entry.
    stations: BTreeMap<u16, (Station, Span)>,
    /// The places that are taken.
    places: BTreeMap<(u32, u32), Span>,
}

impl Drawing<'_> {
    fn stations(&mut self, entries: &[MapEntry]) {
        for entry in entries {
            let MapEntry::Station(written) = entry else { continue };
            let Some(term) = self.term(&written.term) else { continue };
            let name = shown(&written.term.text);
            if let Some((_, first)) = self.stations.get(&term) {
                let error = Diagnostic::error(
                    "rules/duplicate-term",
                    written.term.span,
                    format!("`{name}` has two stations on the map"),
                    "a second one",
                );
                self.sink.push(error.also(*first, "the first one").help("leave one of them out"));
                continue;
            }
            if let Some(first) = self.places.insert((written.x, written.y), written.place) {
                let message = format!("`{name}` stands where another station stands");
                let error = Diagnostic::error("rules/bad-map", written.place, message, "taken");
                self.sink.push(error.also(first, "taken here").help("move one of them by a step"));
            }
            self.stations.insert(term, (Station { term, x: written.x, y: written.y }, written.span));
        }
    }

    fn term(&mut self, name: &Name) -> Option<u16> {
        let term = self.names.term(self.of, &name.text);
        if term.is_none() {
            let what = format!("no term of `{}`", shown(self.names.vocabulary_name(self.of)));
            let near = self.names.nearest_term(self.of, &name.text);
            self.sink.extend(unknown(self.names, name, &what, near));
        }
        term
    }

    fn group(&mut self, name: &Name) -> Option<&Group> {
        let Some(group) = self.names.group(&name.text) else {
            let near = self.names.nearest_group(&name.text);
            self.sink.extend(unknown(self.names, name, "no group", near));
            return None;
        };
        self.names.use_group(&name.text);
        if group.of != self.of {
            let (wanted, found) = (self.names.vocabulary_name(self.of), self.names.vocabulary_name(group.of));
            let message = format!("`{}` holds terms of `{found}`, and the map those of `{wanted}`", shown(&name.text));
            let error = Diagnostic::error("rules/type-mismatch", name.span, message, format!("terms of `{found}`"));
            self.sink.push(error.help(format!("name a group of `{wanted}`")));
            return None;
        }
        Some(group)
    }

    /// What the map calls a group.
    fn label(&mut self, own: &LocalText, group: Texts) -> Texts {
        if own.entries.is_empty() { group } else { texts(self.names, own, self.sink) }
    }

    fn line(&mut self, written: &tree::MapLine) -> Option<MapLine> {
        let group = self.group(&written.group)?;
        let (name, label, mut left) = (group.name.clone(), group.label.clone(), group.terms.clone());
        let members = group.terms.clone();
        let mut through: Vec<u16> = Vec::new();
        for stop in &written.through {
            let Some(term) = self.term(stop) else { continue };
            let shown_stop = shown(&stop.text);
            if !self.stations.contains_key(&term) {
                let message = format!("the line goes through `{shown_stop}`, which has no station");
                let error = Diagnostic::error("rules/bad-map", stop.span, message, "no station");
                self.sink.push(error.help(format!("add its station: `station {shown_stop} at X, Y`")));
            } else if !members.contains(term) {
                let message = format!("the line goes through `{shown_stop}`, which is not in its group");
                let error =
                    Diagnostic::error("rules/bad-map", stop.span, message, format!("not in `{}`", shown(&name)));
                self.sink.push(error.help("leave it out, or add it to the group"));
            } else if through.contains(&term) {
                let message = format!("the line goes through `{shown_stop}` twice");
                self.sink.push(Diagnostic::error("rules/duplicate-term", stop.span, message, "again here"));
            }
            through.push(term);
            left.subtract(&std::iter::once(term).collect());
        }
        if let Some(lacking) = left.iter().next() {
            let lacking = self.named(lacking);
            let message = format!("the line leaves out `{lacking}`, which is in its group");
            let error = Diagnostic::error("rules/bad-map", written.span, message, "does not reach every member");
            self.sink.push(error.help(format!("add `{lacking}` at its place in the line")));
        }
        let label = self.label(&written.label, label);
        Some(MapLine { group: name, label, through })
    }

    fn set(&mut self, written: &tree::MapSet) -> Option<MapSet> {
        let group = self.group(&written.group)?;
        let (name, label, terms) = (group.name.clone(), group.label.clone(), group.terms.clone());
        let label = self.label(&written.label, label);
        Some(MapSet { kind: written.kind, group: name, label, terms })
    }

    fn named(&self, term: u16) -> String {
        let vocabulary = self.names.vocabulary(self.of);
        let term = vocabulary.and_then(|vocabulary| vocabulary.terms.get(usize::from(term)));
        term.map(|term| shown(&term.name)).unwrap_or_default()
    }

    /// Terms that have no station: what is said of them cannot be seen on the map.
    fn holes(&mut self, span: Span) {
        let all = 0..self.names.term_count(self.of);
        let lacking: Vec<u16> = all.filter(|term| !self.stations.contains_key(term)).collect();
        if lacking.is_empty() {
            return;
        }
        let first: Vec<String> = lacking.iter().take(NAMED).map(|term| format!("`{}`", self.named(*term))).collect();
        let more = if lacking.len() > NAMED { " and others" } else { "" };
        let message = format!("the map has no station for {}{more}", first.join(", "));
        let warning = Diagnostic::warning("rules/map-hole", span, message, "has no station for some terms");
        self.sink.push(warning.help("add `station TERM at X, Y` for each of them"));
    }
}
