//! Fields that are required under a condition: asked for once the whole proposal has been read.

use super::plan::Plan;
use super::{Asked, Detail, ShapeCode, ShapeFinding};
use crate::engine::evaluate::{Binding, Memory, Scene};
use crate::engine::record::{Extent, Record, SlotValue};
use crate::engine::truth::Truth;
use crate::rulebook::expression::Condition;
use crate::rulebook::{Column, ColumnId, ColumnKind, Required, Rulebook, TableId};

/// Reports the fields that are missing although their condition holds.
pub(super) fn require<'a>(
    book: &'a Rulebook,
    plan: &'a Plan<'_>,
    record: &'a Record,
    text: &'a str,
    findings: &mut Vec<ShapeFinding>,
) {
    if plan.tables.first().is_some_and(|table| table.has_conditions) {
        let mut memory = Memory::default();
        let scene = Scene::new(book, record, text, &mut memory);
        Clerk { plan, scene, findings }.row(TableId(0), 0, "");
    }
}

struct Clerk<'s, 'a, 'f> {
    plan: &'s Plan<'s>,
    scene: Scene<'a>,
    findings: &'f mut Vec<ShapeFinding>,
}

impl<'s: 'a, 'a> Clerk<'s, 'a, '_> {
    /// Goes through the fields of a row and the lists in it; the rows around it are bound.
    fn row(&mut self, table: TableId, row: u32, pointer: &str) {
        let Some(columns) = self.plan.tables.get(usize::from(table.0)).map(|table| table.columns) else { return };
        for (column, number) in columns.iter().zip(0..) {
            let id = ColumnId(number);
            if let Required::When(condition) = &column.required {
                self.field(column, condition, (table, row, id), pointer);
            }
            if let ColumnKind::List(elements) = column.kind {
                self.list(elements, (table, row, id), &[pointer, &column.pointer].concat());
            }
        }
    }

    fn list(&mut self, elements: TableId, (table, row, id): (TableId, u32, ColumnId), pointer: &str) {
        let has_conditions = self.plan.tables.get(usize::from(elements.0)).is_some_and(|table| table.has_conditions);
        let slot = self.scene.record.slot(table, row, id).unwrap_or_default();
        let SlotValue::List(first, count) = slot.value else { return };
        if !has_conditions {
            return;
        }
        for index in 0..count {
            self.scene.bindings.push(Binding::Row(elements, first + index));
            self.row(elements, first + index, &format!("{pointer}/{index}"));
            self.scene.bindings.pop();
        }
    }

    fn field(
        &mut self,
        column: &'a Column,
        condition: &'a Condition,
        (table, row, id): (TableId, u32, ColumnId),
        pointer: &str,
    ) {
        let slot = self.scene.record.slot(table, row, id).unwrap_or_default();
        let Some(around) = self.object_around(column, table, row) else { return };
        if slot.value != SlotValue::Absent {
            return;
        }
        let bound = self.scene.bindings.clone();
        let truth = self.scene.condition(condition);
        self.scene.bindings = bound;
        if truth == Truth::True {
            self.findings.push(ShapeFinding {
                code: ShapeCode::MissingField,
                pointer: [pointer, &column.pointer].concat(),
                extent: Extent { start: around.start, end: around.start + 1 },
                detail: Detail::MissingField(Asked::Field((table, id))),
            });
        }
    }

    /// The place of the object that should hold a field; `None` if it is not there or no object.
    fn object_around(&self, column: &Column, table: TableId, row: u32) -> Option<Extent> {
        let record = self.scene.record;
        if let Some(parent) = column.parent {
            let slot = record.slot(table, row, parent)?;
            return (slot.value == SlotValue::Record).then_some(slot.extent);
        }
        let place = *record.tables.get(usize::from(table.0))?.places.get(row as usize)?;
        let is_object = self.scene.input.as_bytes().get(place.start as usize) == Some(&b'{');
        is_object.then_some(place)
    }
}
