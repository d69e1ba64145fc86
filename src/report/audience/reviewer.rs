//! For whoever decides about proposals: what to reject, what to send back, and what to tell the governor. Counts come first,
//! so the memo is put together when the run is over; proposals are kept until then, on disk if they are many.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::document::{Block, Item, Line, Mark, Span, Writer, plain};
use super::phrases::{Phrases, phrases};
use super::sheet::{Decision, Point, Rank, Sheet};
use super::{grounds, titled};
use crate::checker::report::{
    Assembly, Closing, Excerpt, Format, Header, Judgement, Pieces, PortfolioFinding, ProposalReport,
};
use crate::report::labels::{self, Labels, caveats, counts, labels};
use crate::report::words::Words;
use crate::report::{Language, frame};

/// How many of the clauses and directives that were broken most often are named.
const MOST: usize = 10;

/// A memo over all proposals.
#[derive(Debug)]
pub(super) struct Reviewer {
    writer: Box<dyn Writer>,
    language: Language,
    words: &'static Words,
    labels: &'static Labels,
    phrases: &'static Phrases,
}

impl Reviewer {
    pub(super) fn new(writer: Box<dyn Writer>, language: Language) -> Self {
        Self { writer, language, words: language.words(), labels: labels(language), phrases: phrases(language) }
    }
}

impl Format for Reviewer {
    fn proposal(&self, header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        frame::write(out, &Sheet::of(header, report, self.words, self.labels), b"");
    }

    fn is_browsed(&self) -> bool {
        true
    }

    fn assembly(&self) -> Option<&dyn Assembly> {
        Some(self)
    }
}

/// What is counted over all proposals.
#[derive(Default)]
struct Tally {
    /// Proposals by place, then by decision.
    places: BTreeMap<Option<String>, [u64; 4]>,
    /// Proposals that broke a clause, by its number or, where it has none, its words; with the most of its words.
    clauses: BTreeMap<String, (String, u64)>,
}

impl Tally {
    fn add(&mut self, sheet: Sheet) {
        let counts = self.places.entry(sheet.place).or_default();
        if let Some(count) = counts.get_mut(sheet.decision as usize) {
            *count += 1;
        }
        let broken = sheet.points.into_iter().filter(Point::is_broken).flat_map(|point| point.clauses);
        let mut met: BTreeMap<String, String> = BTreeMap::new();
        for (number, words) in broken {
            let known = met.entry(if number.is_empty() { words.clone() } else { format!("§{number}") }).or_default();
            if words.len() > known.len() {
                *known = words;
            }
        }
        for (clause, words) in met {
            let (known, count) = self.clauses.entry(clause).or_default();
            *count += 1;
            if words.len() > known.len() {
                *known = words;
            }
        }
    }

    fn decided(&self, decision: Decision) -> u64 {
        self.places.values().filter_map(|counts| counts.get(decision as usize)).sum()
    }
}

impl Assembly for Reviewer {
    fn assemble(
        &self,
        header: &Header,
        closing: &Closing,
        pieces: &mut dyn Pieces,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut tally = Tally::default();
        while let Some((sheet, _)) = frame::read::<Sheet>(pieces)? {
            tally.add(sheet);
        }
        let title = format!("{}{}{}", self.phrases.memo, self.words.colon, titled(header));
        let mut text = String::new();
        self.writer.begin(&title, &mut text);
        let mut blocks = vec![Block::Heading(1, plain(title))];
        self.overview(header, closing, &tally, &mut blocks);
        self.governor(closing, &tally, &mut blocks, header);
        blocks.iter().for_each(|block| self.writer.block(block, &mut text));
        out.write_all(text.as_bytes())?;
        for decision in [Decision::Reject, Decision::SendBack, Decision::Remarks] {
            self.proposals(decision, tally.decided(decision), pieces, out)?;
        }
        let mut text = String::new();
        self.writer.end(&mut text);
        out.write_all(text.as_bytes())
    }
}

impl Reviewer {
    /// What was checked, what a reader must know to trust it, and how many proposals there are of each decision.
    fn overview(&self, header: &Header, closing: &Closing, tally: &Tally, blocks: &mut Vec<Block>) {
        let (words, phrases) = (self.words, self.phrases);
        let as_of = format!("{} {}{}{} {}", header.plan, header.version, words.comma, words.as_of, header.as_of);
        blocks.push(Block::Paragraph(plain(as_of)));
        blocks.push(Block::Paragraph(plain(counts(&closing.summary, words, self.labels))));
        let points = caveats(header, closing, words).into_iter().map(|caveat| point(plain(caveat)));
        let failures = closing.failures.iter().map(|failure| {
            let place =
                if failure.path.is_empty() { String::new() } else { format!("{}{}", failure.path, words.colon) };
            let severity = format!("{} ", words.severity(failure.severity));
            point(vec![Span::Strong(severity), Span::Plain(format!(" {place}")), Span::Said(failure.message.clone())])
        });
        let points: Vec<Item> = points.chain(failures).collect();
        if !points.is_empty() {
            blocks.push(Block::Items(points));
        }
        blocks.push(Block::Heading(2, plain(phrases.decisions)));
        let row = |decision: Decision| {
            vec![
                vec![Span::Strong(self.decision(decision).to_owned())],
                plain(tally.decided(decision).to_string()),
                plain(self.why(decision)),
            ]
        };
        let heads = vec![phrases.decision, phrases.proposals, phrases.reason];
        blocks.push(Block::Table(heads, Decision::ALL.into_iter().map(row).collect()));
    }

    /// What is said of all proposals together.
    fn governor(&self, closing: &Closing, tally: &Tally, blocks: &mut Vec<Block>, header: &Header) {
        let (words, phrases) = (self.words, self.phrases);
        blocks.push(Block::Heading(2, plain(phrases.governor)));
        let knows_places = header.atlas.places.is_some();
        blocks.push(Block::Heading(3, plain(if knows_places { phrases.by_place } else { phrases.by_folder })));
        let mut heads = vec![if knows_places { phrases.place_head } else { phrases.folder }];
        heads.extend(Decision::ALL.map(|decision| self.decision(decision)));
        let row = |(place, counts): (&Option<String>, &[u64; 4])| {
            let place = place.clone().unwrap_or_else(|| phrases.no_place.to_owned());
            std::iter::once(plain(place)).chain(counts.iter().map(|count| plain(count.to_string()))).collect()
        };
        blocks.push(Block::Table(heads, tally.places.iter().map(row).collect()));
        if !tally.clauses.is_empty() {
            blocks.push(Block::Heading(3, plain(phrases.most_broken)));
            blocks.push(self.clauses(tally));
        }
        let broken = closing.counts.iter().filter(|count| count.broken > 0).take(MOST);
        let broken = broken.map(|count| {
            let title = labels::title(count, self.language);
            vec![vec![Span::Code(count.code.to_string())], plain(title), plain(count.broken.to_string())]
        });
        let broken: Vec<Vec<Line>> = broken.collect();
        if !broken.is_empty() {
            blocks.push(Block::Heading(3, plain(phrases.directives_broken)));
            blocks.push(Block::Table(vec![phrases.directive, phrases.title, phrases.times], broken));
        }
        let portfolio: Vec<Item> = closing
            .portfolio
            .iter()
            .filter(|one| one.judgement.verdict.is_finding())
            .map(|one| self.portfolio(one))
            .collect();
        if !portfolio.is_empty() {
            blocks.push(Block::Heading(3, plain(words.portfolio_heading)));
            blocks.push(Block::Items(portfolio));
        }
        if !closing.unapplied_directives.is_empty() {
            blocks.push(Block::Heading(3, plain(phrases.not_reached)));
            let mut line = Vec::new();
            for name in &closing.unapplied_directives {
                if !line.is_empty() {
                    line.push(Span::Plain(words.list_comma.to_owned()));
                }
                line.push(Span::Code(name.to_string()));
            }
            blocks.push(Block::Items(vec![point(line)]));
        }
    }

    fn clauses(&self, tally: &Tally) -> Block {
        let phrases = self.phrases;
        let mut clauses: Vec<(&String, &(String, u64))> = tally.clauses.iter().collect();
        clauses.sort_by(|(a, (_, few)), (b, (_, many))| (many, a).cmp(&(few, b)));
        let left_out = clauses.len().saturating_sub(MOST);
        let row = |(clause, (words, count)): (&String, &(String, u64))| {
            let clause = if clause == words { "" } else { clause };
            vec![plain(clause), plain(words.clone()), plain(count.to_string())]
        };
        let mut rows: Vec<Vec<Line>> = clauses.into_iter().take(MOST).map(row).collect();
        if left_out > 0 {
            let (before, after) = phrases.further_clauses;
            rows.push(vec![plain(""), plain(format!("{before}{left_out}{after}")), plain("")]);
        }
        Block::Table(vec![phrases.clause, phrases.wording, phrases.proposals], rows)
    }

    fn portfolio(&self, one: &PortfolioFinding) -> Item {
        let words = self.words;
        let Judgement { code, message, severity, cites, .. } = &one.judgement;
        let value = one.value.as_ref().map(|value| format!(" {} {value}", words.for_value)).unwrap_or_default();
        let line = vec![
            Span::Strong(words.severity(*severity).to_owned()),
            Span::Plain(" ".to_owned()),
            Span::Code(code.to_string()),
            Span::Plain(format!("{value}{}", words.colon)),
            Span::Said(message.clone()),
        ];
        let mut below: Vec<Line> = cites.iter().map(|cite| plain(grounds(cite, words))).collect();
        below.extend(labels::waiver(&one.judgement, words, self.labels).map(plain));
        let members = one.members.iter().map(|member| {
            let id = member.id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
            vec![Span::Code(format!("{}:{}", member.path, member.start.line)), Span::Plain(id)]
        });
        below.extend(members);
        if one.more > 0 {
            below.push(plain(format!("{}{}{}", words.more.0, one.more, words.more.1)));
        }
        Item { mark: Mark::Point, line, below }
    }

    /// Every proposal of one decision, with what was found.
    fn proposals(
        &self,
        decision: Decision,
        count: u64,
        pieces: &mut dyn Pieces,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        let mut text = String::new();
        let words = self.words;
        let heading = format!("{}{}{count}{}", self.decision(decision), words.open_bracket, words.close_bracket);
        self.writer.block(&Block::Heading(2, plain(heading)), &mut text);
        pieces.rewind()?;
        while let Some((sheet, _)) = frame::read::<Sheet>(pieces)? {
            if sheet.decision == decision {
                self.writer.block(&Block::Items(vec![self.proposal(&sheet)]), &mut text);
                out.write_all(text.as_bytes())?;
                text.clear();
            }
        }
        Ok(())
    }

    fn proposal(&self, sheet: &Sheet) -> Item {
        let words = self.words;
        let mut line = Vec::new();
        let mut named = [&sheet.title, &sheet.id].into_iter().flatten().filter(|text| !text.trim().is_empty());
        if let Some(name) = named.next() {
            line.extend([Span::Strong(name.clone()), Span::Plain(" ".to_owned())]);
        }
        line.extend(named.flat_map(|id| [Span::Plain(id.clone()), Span::Plain(" ".to_owned())]));
        line.push(Span::Code(format!("{}:{}", sheet.path, sheet.line)));
        let point = |point: &Point| {
            let mut line = vec![Span::Code(point.code.clone())];
            let rank = match point.rank {
                Rank::Error | Rank::Waived => "",
                Rank::Warning => words.warning,
                Rank::Note => words.note,
            };
            let remarks: Vec<&str> = [rank, &point.verdict].into_iter().filter(|word| !word.is_empty()).collect();
            if !remarks.is_empty() {
                let remarks = remarks.join(words.comma);
                line.push(Span::Plain(format!("{}{remarks}{}", words.open_bracket, words.close_bracket)));
            }
            line.extend([Span::Plain(words.colon.to_owned()), Span::Said(point.message.clone())]);
            if !point.missing.is_empty() {
                line.push(Span::Plain(format!("{}{}{}", self.labels.semicolon, words.missing, words.colon)));
                line.push(Span::Plain(point.missing.join(words.list_comma)));
            }
            if let Some(waiver) = &point.waiver {
                line.push(Span::Plain(format!("{}{waiver}", self.labels.semicolon)));
            }
            let clauses: BTreeSet<&str> =
                point.clauses.iter().map(|(clause, _)| clause.as_str()).filter(|clause| !clause.is_empty()).collect();
            for clause in clauses {
                line.push(Span::Plain(format!(" §{clause}")));
            }
            line
        };
        Item { mark: Mark::Point, line, below: sheet.points.iter().map(point).collect() }
    }

    fn decision(&self, decision: Decision) -> &'static str {
        match decision {
            Decision::Reject => self.phrases.reject,
            Decision::SendBack => self.phrases.send_back,
            Decision::Remarks => self.phrases.remarks,
            Decision::Pass => self.phrases.pass,
        }
    }

    fn why(&self, decision: Decision) -> &'static str {
        match decision {
            Decision::Reject => self.phrases.why_reject,
            Decision::SendBack => self.phrases.why_send_back,
            Decision::Remarks => self.phrases.why_remarks,
            Decision::Pass => self.phrases.why_pass,
        }
    }
}

fn point(line: Line) -> Item {
    Item { mark: Mark::Point, line, below: Vec::new() }
}
