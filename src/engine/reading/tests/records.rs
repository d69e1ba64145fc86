//! What stands in the slots after reading.

use super::{book, read};
use crate::engine::record::{Record, SlotValue};
use crate::rulebook::{ColumnId, Rulebook, TableId};

/// The slot of a column of table 0 by its pointer, as a text.
fn slot(book: &Rulebook, record: &Record, json: &str, pointer: &str) -> String {
    let columns = &book.shape.tables[0].columns;
    let column = columns.iter().position(|column| column.pointer == pointer).unwrap();
    shown(record, json, 0, 0, u16::try_from(column).unwrap())
}

fn shown(record: &Record, json: &str, table: u16, row: u32, column: u16) -> String {
    let slot = record.slot(TableId(table), row, ColumnId(column)).unwrap();
    match slot.value {
        SlotValue::Text | SlotValue::Unescaped(..) => format!("text {}", record.text(slot, json).unwrap()),
        SlotValue::Number(at) => format!("number {}", record.numbers[at as usize]),
        SlotValue::Quantity(at, unit) => format!("quantity {} unit {}", record.numbers[at as usize], unit.0),
        SlotValue::Date(days) => format!("date {days}"),
        SlotValue::Set(at) => {
            let set = &record.sets[at as usize];
            format!("set {:?} and {}", set.known.iter().collect::<Vec<_>>(), set.unknown)
        },
        value => format!("{value:?}"),
    }
}

#[test]
fn slots_hold_what_was_read() {
    let book = book();
    let cases = [
        ("{}", "/city", "Absent"),
        ("{\"city\": null}", "/city", "Absent"),
        ("{}", "/belts", "Otherwise"),
        ("{\"belts\": null}", "/belts", "Otherwise"),
        ("{\"belts\": 5}", "/belts", "Unreadable"),
        ("5", "/belts", "Absent"),
        ("{}", "/land/kinds", "Absent"),
        ("{\"land\": {}}", "/land/kinds", "Otherwise"),
        ("{\"land\": 5}", "/land/kinds", "Absent"),
        ("{\"land\": {\"owner\": \"x\"}}", "/land/owner", "text x"),
        ("{\"land\": {\"owner\": \"x\"}, \"land\": {}}", "/land", "Unreadable"),
        ("{\"land\": {\"owner\": \"x\"}, \"land\": {}}", "/land/owner", "Absent"),
        ("{\"land\": {\"more\": {\"deep\": true}}, \"land\": {}}", "/land/more/deep", "Absent"),
        ("{\"title\": \"a\\u4e2d\"}", "/title", "text a中"),
        ("{\"title\": \"中文标题超长\"}", "/title", "text 中文标题超长"),
        ("{\"id\": \"x\"}", "/id", "Unreadable"),
        ("{\"id\": \"1234\"}", "/id", "text 1234"),
        ("{\"id\": \"1234\", \"id\": \"1234\"}", "/id", "Unreadable"),
        ("{\"id\": null, \"项目代码\": null}", "/id", "Absent"),
        ("{\"id\": null, \"项目代码\": \"1234\"}", "/id", "Unreadable"),
        ("{\"city\": \"开封\"}", "/city", "Term(1)"),
        ("{\"city\": \"x\"}", "/city", "Unreadable"),
        ("{\"functions\": [\"x\", \"culture\", \"X\", \"y\", null, \"文化\"]}", "/functions", "set [2] and 3"),
        ("{\"functions\": [null]}", "/functions", "set [] and 1"),
        ("{\"functions\": []}", "/functions", "set [] and 0"),
        ("{\"jobs\": 0}", "/jobs", "number 0"),
        ("{\"jobs\": 1e28}", "/jobs", "number 10000000000000000000000000000"),
        ("{\"jobs\": 1e99}", "/jobs", "Unreadable"),
        ("{\"jobs\": 2.5}", "/jobs", "Unreadable"),
        ("{\"share\": 0.250}", "/share", "number 0.25"),
        ("{\"share\": 12345678901234567.5}", "/share", "number 12345678901234567.5"),
        ("{\"share\": 12345678901234567890123456789}", "/share", "Unreadable"),
        ("{\"urgent\": false}", "/urgent", "Boolean(false)"),
        ("{\"start\": \"2026-06\"}", "/start", "date 2026-06"),
        ("{\"start\": \"soon\"}", "/start", "Unreadable"),
        ("{\"total\": {\"amount\": 12.5, \"unit\": \"万元\"}}", "/total", "quantity 125000 unit 1"),
        ("{\"total\": \" 12.5万元 \"}", "/total", "quantity 125000 unit 1"),
        ("{\"total\": \"99亿元\"}", "/total", "quantity 9900000000 unit 2"),
        ("{\"total\": 5}", "/total", "Unreadable"),
        ("{\"total\": {\"amount\": 5}}", "/total", "Unreadable"),
        ("{\"total\": {\"amount\": 5, \"unit\": \"元\", \"unit\": \"元\"}}", "/total", "Unreadable"),
        ("{\"area\": 3}", "/area", "quantity 2000 unit 1"),
        ("{\"area\": \"1 亩\"}", "/area", "quantity ≈666.666667 unit 1"),
        ("{\"marks\": [1, 2]}", "/marks", "List(0, 2)"),
        ("{\"marks\": 1}", "/marks", "Unreadable"),
    ];
    for (json, pointer, expected) in cases {
        let (record, _) = read(&book, json);
        assert_eq!(slot(&book, &record, json, pointer), expected, "{pointer} of {json}");
    }
}

#[test]
fn rows_stand_in_order_and_know_their_places() {
    let book = book();
    let json = "{\"partners\": [{\"city\": \"郑州\", \"notes\": [\"a\", \"b\\n\"]}, 7, {\"notes\": [\"c\", null, 5]}], \
                \"grid\": [[1], [], 5, [2, 3]]}";
    let (record, _) = read(&book, json);
    let partners = |row, column| shown(&record, json, 1, row, column);
    assert_eq!(slot(&book, &record, json, "/partners"), "List(0, 3)");
    assert_eq!((partners(0, 0), partners(0, 1)), ("Term(0)".to_owned(), "List(0, 2)".to_owned()));
    assert_eq!((partners(1, 0), partners(1, 1)), ("Absent".to_owned(), "Absent".to_owned()));
    assert_eq!((partners(2, 0), partners(2, 1)), ("Absent".to_owned(), "List(2, 3)".to_owned()));
    let notes: Vec<_> = (0..5).map(|row| shown(&record, json, 2, row, 0)).collect();
    assert_eq!(notes, ["text a", "text b\n", "text c", "Absent", "Unreadable"]);
    let lists: Vec<_> = (0..4).map(|row| shown(&record, json, 3, row, 0)).collect();
    assert_eq!(lists, ["List(0, 1)", "List(1, 0)", "Unreadable", "List(1, 2)"]);
    let place = |table: usize, row: usize| {
        let place = record.tables[table].places[row];
        json.get(place.start as usize..place.end as usize).unwrap()
    };
    assert_eq!(place(0, 0), json);
    assert_eq!((place(1, 1), place(2, 3), place(4, 2)), ("7", "null", "3"));
}
