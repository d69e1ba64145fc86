//! JSON pointers and places of fields.

use super::record::{Extent, Record, SlotValue};
use crate::rulebook::{ColumnId, Shape, TableId};

/// The JSON pointer of a column of a row, or of the row itself.
pub fn pointer_of(shape: &Shape, record: &Record, table: TableId, row: u32, column: Option<ColumnId>) -> String {
    let mut parts = Vec::new();
    if let Some(column) = column.and_then(|column| shape.column(table, column)) {
        parts.push(column.pointer.clone());
    }
    let (mut table, mut row) = (table, row);
    // Lists nest as deep as the shape says, so this ends.
    while let Some((list_table, list_column)) = shape.table(table).and_then(|table| table.list) {
        let Some((list_row, index)) = list_that_holds(record, list_table, list_column, row) else { break };
        let list = shape.column(list_table, list_column).map(|column| column.pointer.as_str()).unwrap_or_default();
        parts.push(format!("{list}/{index}"));
        (table, row) = (list_table, list_row);
    }
    parts.reverse();
    parts.concat()
}

/// The row whose list holds that element, and the element's index in it.
fn list_that_holds(record: &Record, table: TableId, column: ColumnId, element: u32) -> Option<(u32, u32)> {
    let rows = record.tables.get(usize::from(table.0))?;
    let count = u32::try_from(rows.places.len()).ok()?;
    (0..count).find_map(|row| match record.slot(table, row, column)?.value {
        SlotValue::List(first, length) if (first..first + length).contains(&element) => Some((row, element - first)),
        _ => None,
    })
}

/// The place of a field of the proposal: its value, or where that is missing the opening brace of the nearest
/// record that is there.
pub fn place_of(shape: &Shape, record: &Record, column: ColumnId) -> Extent {
    let mut at = Some(column);
    let mut is_value = true;
    while let Some(column) = at {
        let slot = record.slot(TableId(0), 0, column).unwrap_or_default();
        if slot.extent.end > slot.extent.start {
            return if is_value { slot.extent } else { opening(slot.extent) };
        }
        is_value = false;
        at = shape.column(TableId(0), column).and_then(|column| column.parent);
    }
    opening(place_of_proposal(record))
}

/// The opening brace of the nearest object that is there and would hold a field of a row.
pub fn enclosing_brace(shape: &Shape, record: &Record, table: TableId, row: u32, column: ColumnId) -> Extent {
    let mut at = shape.column(table, column).and_then(|column| column.parent);
    while let Some(column) = at {
        let slot = record.slot(table, row, column).unwrap_or_default();
        if slot.extent.end > slot.extent.start {
            return opening(slot.extent);
        }
        at = shape.column(table, column).and_then(|column| column.parent);
    }
    let rows = record.tables.get(usize::from(table.0));
    opening(rows.and_then(|rows| rows.places.get(row as usize)).copied().unwrap_or_default())
}

/// The place of the whole proposal.
pub fn place_of_proposal(record: &Record) -> Extent {
    record.tables.first().and_then(|rows| rows.places.first()).copied().unwrap_or_default()
}

fn opening(extent: Extent) -> Extent {
    Extent { start: extent.start, end: extent.end.min(extent.start + 1) }
}
