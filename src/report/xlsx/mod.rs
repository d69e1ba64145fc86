//! The format `xlsx`: a workbook with sheets of proposals, findings, directives, the plan's coverage, and the run.
//!
//! Rows of proposals are kept until the run is over, and go through the workbook one by one. Texts are written as texts,
//! never as formulas.

mod headings;
mod rows;
mod sheet;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::headings::{Headings, headings};
use self::rows::{Cell, Facts, Row};
use self::sheet::Sheet;
use super::labels::{self, Labels};
use super::words::Words;
use super::{Settings, frame};
use crate::checker::report::{Assembly, Closing, Excerpt, Format, Header, Pieces, ProposalReport};

/// A workbook.
#[derive(Debug)]
pub(super) struct Xlsx {
    facts: Facts,
    headings: &'static Headings,
}

impl Xlsx {
    pub(super) fn new(settings: Settings) -> Self {
        let (words, labels): (&'static Words, &'static Labels) =
            (settings.language.words(), labels::labels(settings.language));
        Self { facts: Facts { words, labels }, headings: headings(settings.language) }
    }
}

impl Format for Xlsx {
    fn proposal(&self, _header: &Header, report: &ProposalReport, _excerpt: Option<Excerpt<'_>>, out: &mut Vec<u8>) {
        let findings: Vec<Row> = report.findings.iter().map(|finding| self.facts.finding(report, finding)).collect();
        frame::write(out, &(Facts::proposal(&self.facts, report), findings), b"");
    }

    fn assembly(&self) -> Option<&dyn Assembly> {
        Some(self)
    }
}

impl Assembly for Xlsx {
    fn assemble(
        &self,
        header: &Header,
        closing: &Closing,
        pieces: &mut dyn Pieces,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut workbook = Workbook::new();
        // The day of making is a fixed one, so that the same run gives the same bytes.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        workbook.set_properties(&DocProperties::new().set_title(&header.plan).set_creation_datetime(&made));
        let (proposals, findings) = self.of_proposals(&mut workbook, pieces, closing)?;
        let pack = &header.pack;
        let directives = pack.directives.iter().map(|one| self.facts.directive(header, closing, one));
        self.whole(&mut workbook, &self.headings.directives, directives)?;
        let passages = pack.passages.iter().map(|one| self.facts.passage(pack, closing, one));
        self.whole(&mut workbook, &self.headings.coverage, passages)?;
        let mut run = self.facts.run(header, closing, self.headings);
        for (count, heading) in [(proposals, &self.headings.proposals), (findings, &self.headings.findings)] {
            if count > 0 {
                run.push(vec![heading.left_out.into(), Cell::count(count)]);
            }
        }
        self.whole(&mut workbook, &self.headings.run, run.into_iter())?;
        let bytes = workbook.save_to_buffer().map_err(failed)?;
        out.write_all(&bytes)
    }
}

impl Xlsx {
    /// The sheets of proposals and of findings, and how many rows of each there was no room for.
    fn of_proposals(
        &self,
        workbook: &mut Workbook,
        pieces: &mut dyn Pieces,
        closing: &Closing,
    ) -> io::Result<(u64, u64)> {
        // Two sheets cannot be borrowed at once, so that the pieces are read once for each.
        let mut sheet = Sheet::new(workbook, &self.headings.proposals).map_err(failed)?;
        while let Some(((proposal, _), _)) = frame::read::<(Row, Vec<Row>)>(pieces)? {
            sheet.add(&proposal).map_err(failed)?;
        }
        let proposals = sheet.finish().map_err(failed)?;
        pieces.rewind()?;
        let mut sheet = Sheet::new(workbook, &self.headings.findings).map_err(failed)?;
        while let Some(((_, rows), _)) = frame::read::<(Row, Vec<Row>)>(pieces)? {
            rows.iter().try_for_each(|row| sheet.add(row)).map_err(failed)?;
        }
        for finding in closing.portfolio.iter().filter(|finding| finding.judgement.verdict.is_finding()) {
            sheet.add(&self.facts.of_portfolio(finding)).map_err(failed)?;
        }
        Ok((proposals, sheet.finish().map_err(failed)?))
    }

    fn whole(
        &self,
        workbook: &mut Workbook,
        heading: &headings::Heading,
        rows: impl Iterator<Item = Row>,
    ) -> io::Result<()> {
        let mut sheet = Sheet::new(workbook, heading).map_err(failed)?;
        for row in rows {
            sheet.add(&row).map_err(failed)?;
        }
        sheet.finish().map(drop).map_err(failed)
    }
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
