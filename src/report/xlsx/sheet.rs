//! One sheet: a frozen header with filters, columns wide enough to read, and rows up to what a sheet can hold.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::headings::Heading;
use super::rows::Cell;
use crate::report::human::paint::one_line;

/// The last row of a sheet, from 0.
const LAST_ROW: u32 = 1_048_575;

/// The longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;

/// A sheet that is being written.
pub(super) struct Sheet<'w> {
    sheet: &'w mut Worksheet,
    columns: u16,
    next: u32,
    left_out: u64,
    cell: Format,
}

impl<'w> Sheet<'w> {
    pub(super) fn new(workbook: &'w mut Workbook, heading: &Heading) -> Result<Self, XlsxError> {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(heading.name)?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        let mut columns = 0;
        for (column, (name, width)) in (0..).zip(heading.columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(0, column, *name, &bold)?;
            columns = column + 1;
        }
        let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Ok(Self { sheet, columns, next: 1, left_out: 0, cell })
    }

    /// Adds a row; where the sheet is full it is counted.
    pub(super) fn add(&mut self, row: &[Cell]) -> Result<(), XlsxError> {
        if self.next > LAST_ROW {
            self.left_out += 1;
            return Ok(());
        }
        for (column, cell) in (0..self.columns).zip(row) {
            match cell {
                Cell::Nothing => {},
                Cell::Number(number) => {
                    self.sheet.write_number_with_format(self.next, column, *number, &self.cell)?;
                },
                Cell::Text(text) => {
                    self.sheet.write_string_with_format(self.next, column, held(text), &self.cell)?;
                },
            }
        }
        self.next += 1;
        Ok(())
    }

    /// Ends the sheet; gives how many rows there was no room for.
    pub(super) fn finish(self) -> Result<u64, XlsxError> {
        self.sheet.autofilter(0, 0, self.next - 1, self.columns.saturating_sub(1))?;
        Ok(self.left_out)
    }
}

/// A text as a cell can hold it: no control characters, nothing that XML cannot write, and not too long.
fn held(text: &str) -> String {
    let mut text = one_line(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}");
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    if let Some((end, _)) = end {
        text.truncate(text.floor_char_boundary(end.saturating_sub(1)));
        text.push('…');
    }
    text
}
