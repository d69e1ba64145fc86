//! A proposal to fill in: every required field with a value that the declared shape allows, and what is known of the
//! directives for all proposals that begin like it.

use super::circuit::Literal;
use super::decode;
use super::document::Document;
use super::encode::{Encoder, FieldKind};
use super::plain::replaced;
use super::prover::{Evidence, Question};
use super::survey::Spot;
use super::trial::{Trial, Verdicts};
use super::verify::Analysis;
use crate::engine::reading::{Asked, Detail, Reader, ShapeFinding};
use crate::engine::record::Record;
use crate::rulebook::{Column, ColumnId, ColumnKind, DirectiveId, Modality, Required, Rulebook, TableId, Verdict};
use crate::value::Day;

/// How many fields are added that others ask for.
const MOST_ADDED: usize = 1_000;

/// How many values of a field are tried.
const MOST_TRIED: usize = 500;

/// A proposal to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The proposal; it has no finding on its shape.
    pub proposal: Document,
    /// What stands in it to be replaced, in order.
    pub blanks: Vec<Blank>,
    /// The directives that apply whatever else it says: proved.
    pub always: Vec<DirectiveId>,
    /// The directives that apply to some such proposals, or of which it is not known.
    pub perhaps: Vec<DirectiveId>,
}

/// A value of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// JSON pointer.
    pub pointer: String,
    /// The table of its field.
    pub table: TableId,
    /// Its field.
    pub column: ColumnId,
    /// The steps to it.
    path: Vec<usize>,
}

/// A field of the proposal, and the number of its term.
pub type Chosen = (ColumnId, u16);

impl Analysis<'_> {
    /// A draft in which a field holds a term. `placeholder` gives a text for a field that may hold any.
    ///
    /// `None` if no proposal of the declared shape could be made.
    pub fn draft(&mut self, chosen: Option<Chosen>, placeholder: &dyn Fn(&Column) -> String) -> Option<Draft> {
        let as_of = self.prover.days.first()?.0;
        let proposal = Maker::new(&mut self.prover.encoder, chosen, as_of).make(placeholder)?;
        let key = chosen.map(|(column, _)| column);
        let mut blanks = blanks(self.prover.book, &proposal);
        blanks.retain(|blank| blank.table != TableId(0) || Some(blank.column) != key);
        let (always, perhaps) = self.reach(chosen);
        Some(Draft { proposal, blanks, always, perhaps })
    }

    /// The directives that apply to every proposal in which a field holds a term, and those that apply to some.
    fn reach(&mut self, chosen: Option<Chosen>) -> (Vec<DirectiveId>, Vec<DirectiveId>) {
        let given: Vec<Literal> = chosen.and_then(|chosen| self.literals(chosen)).into_iter().flatten().collect();
        let (mut always, mut perhaps) = (Vec::new(), Vec::new());
        for (number, id) in (0..self.prover.judgements.len()).zip((0..).map(DirectiveId)) {
            let Some(applied) = self.prover.judgements.get(number).map(|judgement| judgement.applied) else { continue };
            let applies = self.holds(number, &given, applied, &|verdicts| verdicts.applied(number));
            if applies == Evidence::Impossible {
                continue;
            }
            let may_not = self.holds(number, &given, !applied, &|verdicts| !verdicts.applied(number));
            if may_not == Evidence::Impossible { always.push(id) } else { perhaps.push(id) }
        }
        (always, perhaps)
    }

    fn holds(
        &mut self,
        number: usize,
        given: &[Literal],
        literal: Literal,
        accepts: &dyn Fn(&Verdicts) -> bool,
    ) -> Evidence {
        let given = given.iter().map(|literal| (*literal, None));
        let goal: Vec<_> = given.chain([(literal, Some(number))]).collect();
        self.prover.ask(&Question { goal: &goal, accepts }).evidence
    }

    /// That a field is there and holds a term; `None` if no rule reads it.
    fn literals(&self, (column, term): Chosen) -> Option<[Literal; 2]> {
        let field = self.prover.encoder.rows.get(self.prover.proposal)?.fields.get(&column)?;
        match &field.kind {
            FieldKind::Term(terms) => Some([field.present, *terms.get(usize::from(term))?]),
            _ => None,
        }
    }
}

/// Makes a proposal of the declared shape.
struct Maker<'e, 'b> {
    encoder: &'e mut Encoder<'b>,
    book: &'b Rulebook,
    chosen: Option<Chosen>,
    reader: Reader<'b>,
    trial: Trial<'b>,
    as_of: Day,
}

impl<'e, 'b> Maker<'e, 'b> {
    fn new(encoder: &'e mut Encoder<'b>, chosen: Option<Chosen>, as_of: Day) -> Self {
        let book = encoder.book;
        Self { encoder, book, chosen, reader: Reader::new(book), trial: Trial::new(book, true), as_of }
    }

    fn make(mut self, placeholder: &dyn Fn(&Column) -> String) -> Option<Document> {
        let mut proposal = decode::required(self.encoder)?;
        self.choose(&mut proposal);
        for _ in 0..MOST_ADDED {
            let Some((pointer, spot)) = self.missing(&proposal) else { break };
            let column = self.book.shape.column(spot.0, spot.1)?;
            let value = decode::plain(self.encoder, spot, column)?;
            insert(&mut proposal, &pointer, value)?;
        }
        self.trial.judge(&proposal.compact(), self.as_of)?;
        let proposal = self.named(proposal, placeholder);
        Some(self.bettered(proposal))
    }

    /// Writes the chosen term.
    fn choose(&self, proposal: &mut Document) {
        let column = self.chosen.and_then(|(column, term)| Some((self.book.shape.column(TableId(0), column)?, term)));
        let (Some((column, term)), Document::Record(fields)) = (column, proposal) else { return };
        let ColumnKind::Term(vocabulary) = column.kind else { return };
        let terms = self.book.vocabularies.get(usize::from(vocabulary.0)).map(|one| one.terms.as_slice());
        let Some(term) = terms.and_then(|terms| terms.get(usize::from(term))) else { return };
        let value = Document::Text(term.name.clone());
        match fields.iter_mut().find(|(name, _)| *name == column.name) {
            Some((_, slot)) => *slot = value,
            None => fields.push((column.name.clone(), value)),
        }
    }

    /// A field that is lacking because of what others say.
    fn missing(&self, proposal: &Document) -> Option<(String, Spot)> {
        let faults = self.faults(proposal)?;
        faults.into_iter().find_map(|fault| match fault.detail {
            Detail::MissingField(Asked::Field(spot)) => Some((fault.pointer, spot)),
            _ => None,
        })
    }

    fn faults(&self, proposal: &Document) -> Option<Vec<ShapeFinding>> {
        let mut faults = Vec::new();
        self.reader.read(&proposal.compact(), &mut Record::default(), &mut faults).ok()?;
        Some(faults)
    }

    /// Puts placeholders where any text may stand.
    fn named(&self, mut proposal: Document, placeholder: &dyn Fn(&Column) -> String) -> Document {
        for blank in blanks(self.book, &proposal) {
            let Some(column) = self.book.shape.column(blank.table, blank.column) else { continue };
            if column.kind != ColumnKind::Text || column.matching.is_some() {
                continue;
            }
            let most = column.characters.1.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
            let text = Document::Text(placeholder(column).chars().take(most).collect());
            let named = replaced(&proposal, &blank.path, &text);
            if self.faults(&named).is_some_and(|faults| faults.is_empty()) {
                proposal = named;
            }
        }
        proposal
    }

    /// Takes other values where fewer directives are then broken or left open: a draft should not ask for corrections of what
    /// it made up itself.
    fn bettered(&mut self, mut proposal: Document) -> Document {
        let Some(mut least) = self.score(&proposal) else { return proposal };
        let key = self.chosen.map(|(column, _)| column);
        for blank in blanks(self.book, &proposal) {
            if blank.table == TableId(0) && Some(blank.column) == key {
                continue;
            }
            for value in self.values(&blank) {
                let other = replaced(&proposal, &blank.path, &value);
                if let Some(score) = self.score(&other).filter(|score| *score < least) {
                    (proposal, least) = (other, score);
                }
            }
        }
        proposal
    }

    /// Values that could stand in a place.
    fn values(&mut self, blank: &Blank) -> Vec<Document> {
        let Some(column) = self.book.shape.column(blank.table, blank.column) else { return Vec::new() };
        let texts = |texts: Vec<String>| texts.into_iter().map(Document::Text).collect::<Vec<_>>();
        match &column.kind {
            ColumnKind::Text if column.matching.is_some() => {
                let made = self.encoder.texts_of((blank.table, blank.column));
                texts(made.iter().take(MOST_TRIED).map(ToString::to_string).collect())
            },
            ColumnKind::Date => texts(vec!["2026-12-31".to_owned()]),
            ColumnKind::Term(vocabulary) | ColumnKind::Set(vocabulary) => {
                let terms = self.book.vocabularies.get(usize::from(vocabulary.0)).map(|one| one.terms.as_slice());
                let names = terms.unwrap_or_default().iter().take(MOST_TRIED).map(|term| term.name.clone());
                let names = texts(names.collect());
                match column.kind {
                    ColumnKind::Set(_) => names.into_iter().map(|name| Document::List(vec![name])).collect(),
                    _ => names,
                }
            },
            _ => Vec::new(),
        }
    }

    /// How many directives a proposal breaks and how many it does not meet, those that must be kept first; `None` if it is not
    /// valid. An exception is no better than an open question: a draft should not make one up.
    fn score(&mut self, proposal: &Document) -> Option<[usize; 3]> {
        let verdicts = self.trial.judge(&proposal.compact(), self.as_of)?;
        let of = |is_must: bool, among: &[Verdict]| {
            let directives = self.book.directives.iter().enumerate().filter(|(_, directive)| {
                matches!(directive.heading.modality, Modality::Must | Modality::MustNot) == is_must
            });
            directives.filter(|(number, _)| verdicts.of(*number).is_some_and(|one| among.contains(&one))).count()
        };
        let unmet = [Verdict::Undetermined, Verdict::SetAside];
        Some([of(true, &[Verdict::Violated]), of(true, &unmet), of(false, &[Verdict::Violated])])
    }
}

/// Every value of a proposal that is no record, with its field.
fn blanks(book: &Rulebook, proposal: &Document) -> Vec<Blank> {
    let mut found = Vec::new();
    let fields = book.shape.table(TableId(0)).map(|table| table.fields.as_slice()).unwrap_or_default();
    record(book, TableId(0), fields, proposal, "", &[], &mut found);
    found
}

fn record(
    book: &Rulebook,
    table: TableId,
    fields: &[ColumnId],
    value: &Document,
    pointer: &str,
    path: &[usize],
    found: &mut Vec<Blank>,
) {
    let Document::Record(entries) = value else { return };
    for (index, (name, value)) in entries.iter().enumerate() {
        let of_name = |id: &&ColumnId| book.shape.column(table, **id).is_some_and(|column| column.name == *name);
        let Some(id) = fields.iter().find(of_name) else { continue };
        let Some(column) = book.shape.column(table, *id) else { continue };
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        let path = [path, &[index]].concat();
        match (&column.kind, value) {
            (ColumnKind::Record(inner), _) => record(book, table, inner, value, &pointer, &path, found),
            (ColumnKind::List(elements), Document::List(rows)) if !rows.is_empty() => {
                for (index, row) in rows.iter().enumerate() {
                    let (pointer, path) = (format!("{pointer}/{index}"), [path.as_slice(), &[index]].concat());
                    match book.shape.table(*elements) {
                        Some(declared) if declared.is_record => {
                            record(book, *elements, &declared.fields, row, &pointer, &path, found);
                        },
                        _ => found.push(Blank { pointer, table: *elements, column: ColumnId(0), path }),
                    }
                }
            },
            _ => found.push(Blank { pointer, table, column: *id, path }),
        }
    }
}

/// Adds a field where a pointer says.
fn insert(document: &mut Document, pointer: &str, value: Document) -> Option<()> {
    let (before, name) = pointer.rsplit_once('/')?;
    let mut place = document;
    for step in before.split('/').skip(1) {
        place = match place {
            Document::List(values) => values.get_mut(step.parse::<usize>().ok()?)?,
            Document::Record(fields) => {
                fields.iter_mut().find(|(name, _)| *name == unescaped(step)).map(|(_, one)| one)?
            },
            _ => return None,
        };
    }
    let Document::Record(fields) = place else { return None };
    fields.push((unescaped(name), value));
    Some(())
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The field that says what a proposal is about: the first required one of the proposal's own that holds a term of a declared
/// vocabulary, else the first that may be left out.
pub fn key_field(book: &Rulebook) -> Option<ColumnId> {
    let table = book.shape.table(TableId(0))?;
    let is_key = |id: &&ColumnId| match table.column(**id).map(|column| &column.kind) {
        Some(ColumnKind::Term(vocabulary)) => {
            book.vocabularies.get(usize::from(vocabulary.0)).is_some_and(|one| !one.of_field)
        },
        _ => false,
    };
    let is_required =
        |id: &&ColumnId| table.column(**id).is_some_and(|column| matches!(column.required, Required::Yes));
    let mut keys = table.fields.iter().filter(is_key);
    let required = keys.clone().find(is_required);
    required.or_else(|| keys.next()).copied()
}
