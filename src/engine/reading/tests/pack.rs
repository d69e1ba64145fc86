//! A rule pack made by hand, with a shape for the tests.

use crate::rulebook::{
    Column, ColumnId, ColumnKind, Dimension, DimensionId, Period, Plan, Required, Rulebook, Shape, Table, TableId,
    Term, Texts, Unit, Vocabulary, VocabularyId,
};
use crate::text::{Sources, Span};
use crate::value::Number;

/// The type of a field.
pub enum What {
    Of(ColumnKind),
    List(Box<What>),
    Record(Vec<Field>),
}

/// A field.
pub struct Field {
    name: &'static str,
    what: What,
    options: Box<dyn Fn(&mut Column)>,
}

pub fn field(name: &'static str, what: What) -> Field {
    Field { name, what, options: Box::new(|_| ()) }
}

pub fn required(name: &'static str, what: What) -> Field {
    field(name, what).with(|column| column.required = Required::Yes)
}

impl Field {
    pub fn with(self, options: impl Fn(&mut Column) + 'static) -> Self {
        let before = self.options;
        Self {
            options: Box::new(move |column| {
                before(column);
                options(column);
            }),
            ..self
        }
    }
}

pub fn texts(english: &str, chinese: &str) -> Texts {
    Texts(vec![Some(english.to_owned()), Some(chinese.to_owned())])
}

/// A vocabulary; each term is `name|English|Chinese|code`.
pub fn vocabulary(name: &str, terms: &[&str]) -> Vocabulary {
    let terms = terms.iter().map(|term| {
        let parts: Vec<_> = term.split('|').collect();
        let part = |at: usize| parts.get(at).filter(|part| !part.is_empty()).map(|part| (*part).to_owned());
        Term {
            name: part(0).unwrap(),
            label: Texts(vec![part(1), part(2)]),
            code: part(3),
            aka: Vec::new(),
            grounds: Default::default(),
            span: Span::default(),
        }
    });
    Vocabulary {
        name: name.to_owned(),
        label: Texts::default(),
        terms: terms.collect(),
        of_field: false,
        span: Span::default(),
    }
}

/// A dimension; each unit is its name, further spellings, and its size as a fraction.
pub fn dimension(name: &str, units: &[(&str, &[&str], i128, i128)]) -> Dimension {
    let units = units.iter().map(|(name, aka, numerator, denominator)| Unit {
        name: (*name).to_owned(),
        label: Texts::default(),
        aka: aka.iter().map(|aka| (*aka).to_owned()).collect(),
        scale: Number::fraction(*numerator, *denominator).unwrap(),
        span: Span::default(),
    });
    Dimension { name: name.to_owned(), label: Texts::default(), units: units.collect(), span: Span::default() }
}

/// A rule pack with these fields and nothing else.
pub fn pack(vocabularies: Vec<Vocabulary>, fields: Vec<Field>) -> Rulebook {
    let mut shape = Shape { tables: vec![Table { is_record: true, ..Table::default() }] };
    let ids = lay(&mut shape, 0, None, "", fields);
    shape.tables[0].fields = ids;
    let money: &[(&str, &[&str], i128, i128)] =
        &[("元", &["yuan"], 1, 1), ("万元", &[], 10_000, 1), ("亿元", &[], 100_000_000, 1)];
    let area: &[(&str, &[&str], i128, i128)] = &[("m2", &[], 1, 1), ("mu", &["亩"], 2000, 3)];
    Rulebook {
        plan: Plan {
            name: "plan".to_owned(),
            title: Texts::default(),
            issuer: Texts::default(),
            version: String::new(),
            languages: vec!["en".to_owned(), "zh".to_owned()],
            sources: Vec::new(),
            effective: Period::default(),
            digest: String::new(),
            span: Span::default(),
        },
        files: Sources::default(),
        vocabularies,
        groups: Vec::new(),
        relations: Vec::new(),
        dimensions: vec![dimension("money", money), dimension("area", area)],
        shape,
        definitions: Vec::new(),
        directives: Vec::new(),
        portfolio: Vec::new(),
        uncheckable: Vec::new(),
        map: None,
        tests: Vec::new(),
        warnings: Vec::new(),
    }
}

pub const MONEY: DimensionId = DimensionId(0);
pub const AREA: DimensionId = DimensionId(1);

fn lay(shape: &mut Shape, table: usize, parent: Option<ColumnId>, above: &str, fields: Vec<Field>) -> Vec<ColumnId> {
    fields.into_iter().map(|field| lay_field(shape, table, parent, above, field)).collect()
}

fn lay_field(shape: &mut Shape, table: usize, parent: Option<ColumnId>, above: &str, field: Field) -> ColumnId {
    let id = ColumnId(u16::try_from(shape.tables[table].columns.len()).unwrap());
    let pointer = if field.name.is_empty() { String::new() } else { format!("{above}/{}", field.name) };
    let mut column = Column {
        name: field.name.to_owned(),
        keys: Vec::new(),
        label: Texts::default(),
        kind: ColumnKind::Text,
        parent,
        pointer: pointer.clone(),
        required: Required::No,
        otherwise: None,
        matching: None,
        characters: (None, None),
        items: (None, None),
        at_least: None,
        at_most: None,
        in_unit: None,
        span: Span::default(),
    };
    (field.options)(&mut column);
    shape.tables[table].columns.push(column);
    let kind = match field.what {
        What::Of(kind) => kind,
        What::Record(fields) => ColumnKind::Record(lay(shape, table, Some(id), &pointer, fields)),
        What::List(element) => {
            let elements = shape.tables.len();
            let list = (TableId(u16::try_from(table).unwrap()), id);
            shape.tables.push(Table { list: Some(list), ..Table::default() });
            match *element {
                What::Record(fields) => {
                    shape.tables[elements].is_record = true;
                    let ids = lay(shape, elements, None, "", fields);
                    shape.tables[elements].fields = ids;
                },
                what => drop(lay_field(shape, elements, None, "", self::field("", what))),
            }
            ColumnKind::List(TableId(u16::try_from(elements).unwrap()))
        },
    };
    shape.tables[table].columns[usize::from(id.0)].kind = kind;
    id
}

pub fn term(vocabulary: u16) -> What {
    What::Of(ColumnKind::Term(VocabularyId(vocabulary)))
}

pub fn set(vocabulary: u16) -> What {
    What::Of(ColumnKind::Set(VocabularyId(vocabulary)))
}

pub fn text() -> What {
    What::Of(ColumnKind::Text)
}

pub fn quantity(dimension: DimensionId) -> What {
    What::Of(ColumnKind::Quantity(dimension))
}

pub fn list(element: What) -> What {
    What::List(Box::new(element))
}
