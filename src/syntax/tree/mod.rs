//! The tree of a plan file, as written: names unresolved, clauses in the order in which they stand, every node with its span.

mod expression;
mod map;
mod test;

pub use expression::*;
pub use map::*;
pub use test::*;

use crate::text::Span;
use crate::value::Number;

/// A name, in NFC. `quoted` tells that it stood in backquotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name without backquotes.
    pub text: String,
    /// Where it stands, backquotes included.
    pub span: Span,
    /// Whether it stood in backquotes.
    pub quoted: bool,
}

/// A text literal with its escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it means.
    pub value: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A text, given in one or several languages: `"Opening-up" zh "对外开放"`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalText {
    /// Each text with its language tag; without a tag, the pack's own language.
    pub entries: Vec<(Option<Name>, Text)>,
}

/// One plan file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanFile {
    /// Its items in order; items that could not be read are left out.
    pub items: Vec<Item>,
}

/// An item of a file.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the item of that name")]
pub enum Item {
    Plan(Plan),
    Vocabulary(Vocabulary),
    Group(Group),
    Relation(Relation),
    Fact(Fact),
    Dimension(Dimension),
    Proposal(Proposal),
    Define(Define),
    Directive(Directive),
    Uncheckable(Uncheckable),
    Map(Map),
    Test(Test),
}

impl Item {
    /// The whole item.
    pub fn span(&self) -> Span {
        match self {
            Self::Plan(item) => item.span,
            Self::Vocabulary(item) => item.span,
            Self::Group(item) => item.span,
            Self::Relation(item) => item.span,
            Self::Fact(item) => item.span,
            Self::Dimension(item) => item.span,
            Self::Proposal(item) => item.span,
            Self::Define(item) => item.span,
            Self::Directive(item) => item.span,
            Self::Uncheckable(item) => item.span,
            Self::Map(item) => item.span,
            Self::Test(item) => item.span,
        }
    }
}

/// `plan NAME { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Name of the plan.
    pub name: Name,
    /// What stands in the braces.
    pub entries: Vec<PlanEntry>,
    /// The whole item.
    pub span: Span,
}

/// One entry of the plan item, with the span of the entry.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the entry of that name")]
pub enum PlanEntry {
    Title(LocalText, Span),
    Issuer(LocalText, Span),
    Version(Text, Span),
    Language(Vec<Name>, Span),
    /// `source [TAG] "path"`
    Source(Option<Name>, Text, Span),
    Effective(Effective),
}

/// `effective [from D] [until D]`; at least one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Effective {
    /// First day or month in force.
    pub from: Option<DateLiteral>,
    /// Last day or month in force.
    pub until: Option<DateLiteral>,
    /// The whole clause.
    pub span: Span,
}

/// A date or month as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateLiteral {
    /// The days that it covers: one day, or a whole month.
    pub days: crate::value::Days,
    /// Whether it was written as a month.
    pub month: bool,
    /// Where it stands.
    pub span: Span,
}

/// `vocabulary NAME [within OUTER] [LABEL] { TERM… }`
#[derive(Debug, Clone, PartialEq)]
pub struct Vocabulary {
    /// Name of the vocabulary.
    pub name: Name,
    /// The vocabulary that each term is placed in.
    pub within: Option<Name>,
    /// Its label.
    pub label: LocalText,
    /// Its terms in order.
    pub terms: Vec<Term>,
    /// The whole item.
    pub span: Span,
}

/// A term of a vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Its name.
    pub name: Name,
    /// Its labels.
    pub label: LocalText,
    /// `code "…"`
    pub code: Option<Text>,
    /// `aka "…", "…"`
    pub aka: Vec<Text>,
    /// `within TERM`
    pub within: Option<Name>,
    /// `basis`, `cites`, `note`.
    pub grounds: Vec<Ground>,
    /// The whole entry.
    pub span: Span,
}

/// Where a term, group or fact comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// `basis stated|derived|assumed|practice`
    Basis(Basis, Span),
    /// `cites …` — several passages, each with its own span.
    Cites(Vec<Passage>),
    /// `note "…"`
    Note(LocalText, Span),
}

/// What a directive or fact rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The plan says so.
    Stated,
    /// It follows from what the plan says and public facts.
    Derived,
    /// A reading that a person should confirm.
    Assumed,
    /// Good order that any reviewer asks for; not the plan.
    Practice,
}

/// One cited passage: a clause, words of a clause, or words alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// `§3.9` as `3.9`, with the span of the mark.
    pub clause: Option<(String, Span)>,
    /// The words, in one or several languages; empty if only the clause is cited.
    pub words: LocalText,
    /// The whole passage.
    pub span: Span,
}

/// `group NAME of VOCABULARY [LABEL] { TERMS [grounds] }` or `group NAME of VOCABULARY [LABEL] = ALGEBRA`
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Name of the group.
    pub name: Name,
    /// Vocabulary of its terms.
    pub of: Name,
    /// Its label.
    pub label: LocalText,
    /// What it holds; a list in braces is a [`GroupExpression::List`].
    pub members: GroupExpression,
    /// `basis`, `cites`, `note`.
    pub grounds: Vec<Ground>,
    /// The whole item.
    pub span: Span,
}

/// Algebra of groups: names of groups, vocabularies or terms, lists, union, intersection, difference.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupExpression {
    /// A group, a vocabulary, or a single term.
    Name(Name),
    /// `{a, b}`; also the body of a group.
    List(Vec<Name>, Span),
    /// `A + B`
    Union(Box<GroupExpression>, Box<GroupExpression>),
    /// `A & B`
    Intersection(Box<GroupExpression>, Box<GroupExpression>),
    /// `A - B`
    Difference(Box<GroupExpression>, Box<GroupExpression>),
}

/// `relation NAME from VOCABULARY to VOCABULARY [single [partial]] [LABEL]` — options and label in any order.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Name of the relation.
    pub name: Name,
    /// Vocabulary of the terms that it speaks of.
    pub from: Name,
    /// Vocabulary of their partners.
    pub to: Name,
    /// At most one partner a term.
    pub single: bool,
    /// Declared to have terms without a partner.
    pub partial: bool,
    /// Its label.
    pub label: LocalText,
    /// The whole item.
    pub span: Span,
}

/// `SUBJECT, SUBJECT has|have RELATION PARTNER, PARTNER [grounds]`
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Terms or groups that it speaks of.
    pub subjects: Vec<Name>,
    /// The relation.
    pub relation: Name,
    /// Terms or groups of partners.
    pub partners: Vec<Name>,
    /// `basis`, `cites`, `note`.
    pub grounds: Vec<Ground>,
    /// The whole item.
    pub span: Span,
}

/// `dimension NAME [LABEL] { UNIT = SCALE … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension {
    /// Name of the dimension.
    pub name: Name,
    /// Its label.
    pub label: LocalText,
    /// Its units in order.
    pub units: Vec<Unit>,
    /// The whole item.
    pub span: Span,
}

/// `mu = 2000/3 "mu" zh "亩" aka "亩"`
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Its name.
    pub name: Name,
    /// Size in the dimension's base; an exact positive fraction.
    pub scale: Number,
    /// Where the scale stands.
    pub scale_span: Span,
    /// Its labels.
    pub label: LocalText,
    /// Further spellings, usable in rules too where they are names.
    pub aka: Vec<Text>,
    /// The whole entry.
    pub span: Span,
}

/// `proposal { FIELD… }`
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Its fields in order.
    pub fields: Vec<Field>,
    /// The whole item.
    pub span: Span,
}

/// A field of a proposal or of a record within.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name, which is its JSON key.
    pub name: Name,
    /// Its type.
    pub kind: FieldType,
    /// Where the type stands.
    pub kind_span: Span,
    /// Its label.
    pub label: LocalText,
    /// Conditions, in order; on `list of TYPE` they bind as details 48 says.
    pub options: Vec<FieldOption>,
    /// The whole entry.
    pub span: Span,
}

/// The type of a field as written.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldType {
    /// `text`
    Text,
    /// `number`
    Number,
    /// `integer`
    Integer,
    /// `boolean`
    Boolean,
    /// `date`
    Date,
    /// A dimension or a vocabulary.
    Named(Name),
    /// `one of a, b` or `one of (a "…", b "…")`
    OneOf(Vec<Term>),
    /// `set of VOCABULARY`
    Set(Name),
    /// `list of TYPE`
    List(Box<FieldType>),
    /// `{ FIELD… }`
    Record(Vec<Field>),
    /// Could not be read; already reported.
    Error,
}

/// A condition on a field.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldOption {
    /// `required`
    Required(Span),
    /// `required when EXPR`
    RequiredWhen(Expression, Span),
    /// `otherwise empty`, `otherwise LITERAL`, `otherwise TERM` (`None` is `empty`)
    Otherwise(Option<Expression>, Span),
    /// `matching "regex"`
    Matching(Text, Span),
    /// `at least V` of numbers, quantities, dates
    AtLeast(Expression, Span),
    /// `at most V` of numbers, quantities, dates
    AtMost(Expression, Span),
    /// `at most N characters` or `at least N characters`
    Characters(Bound, u32, Span),
    /// `at least N items`, `at most N items`
    Items(Bound, u32, Span),
    /// `in UNIT`
    In(Name, Span),
    /// `key "…"`
    Key(Text, Span),
}

/// Which end a bound holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
}

/// `define NAME = EXPR`
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub value: Expression,
    /// The whole item.
    pub span: Span,
}

/// `[portfolio] directive NAME [TITLE] { CLAUSE… }`
#[derive(Debug, Clone, PartialEq)]
pub struct Directive {
    /// Whether it judges all proposals of a run together.
    pub portfolio: bool,
    /// Its name, which is its diagnostic code.
    pub name: Name,
    /// Its title.
    pub title: LocalText,
    /// Its clauses in order.
    pub clauses: Vec<Clause>,
    /// Whether an error inside it was skipped, so that missing clauses are no news.
    pub broken: bool,
    /// The whole item.
    pub span: Span,
}

/// A clause of a directive, with the span of the whole clause.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// `basis`, `cites`, `note`
    Ground(Ground),
    /// `tags a, b`
    Tags(Vec<Name>, Span),
    /// `when EXPR`
    When(Expression, Span),
    /// `must EXPR` and the like
    Requirement(Modality, Expression, Span),
    /// `unless EXPR [because "…"]`
    Unless(Expression, LocalText, Span),
    /// `overrides X, Y`
    Overrides(Vec<Name>, Span),
    /// `effective from D until D`
    Effective(Effective),
    /// `message "…"`
    Message(LocalText, Span),
    /// `help "…"`
    Help(LocalText, Span),
    /// `at PATH`
    At(Vec<Name>, Span),
    /// `formerly old-name, …`
    Formerly(Vec<Name>, Span),
    /// `for each x in SET`
    ForEach(Name, Expression, Span),
    /// `for each group g of proposals by K, K`
    ForEachGroup(Name, Vec<Expression>, Span),
}

/// How strongly a directive asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// `must`
    Must,
    /// `must not`
    MustNot,
    /// `should`
    Should,
    /// `should not`
    ShouldNot,
    /// `may`
    May,
}

/// `uncheckable { cites … reason "…" }`
#[derive(Debug, Clone, PartialEq)]
pub struct Uncheckable {
    /// `cites`, in order.
    pub grounds: Vec<Ground>,
    /// Why no proposal can be checked against it.
    pub reason: LocalText,
    /// The whole item.
    pub span: Span,
}
