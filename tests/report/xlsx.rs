//! The workbook, read back with a reader that others wrote.

use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx};
use plancheck::report::{Language, Settings, format};

use crate::{each_hostile, fixture, settings, snapshot};

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn sheets(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    let mut book = open(bytes);
    let names = book.sheet_names();
    names.into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap())).collect()
}

fn written(language: Language) -> Vec<u8> {
    let format = format("xlsx", Settings { language, ..settings() }).unwrap();
    fixture::write(&*format, &fixture::proposals(), &fixture::closing())
}

/// The workbook as text: a line a row.
fn shown(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (name, range) in sheets(bytes) {
        out.push_str(&format!("--- {name}\n"));
        for row in range.rows() {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            out.push_str(cells.join(" ¦ ").trim_end_matches([' ', '¦']));
            out.push('\n');
        }
    }
    out
}

#[test]
fn xlsx_in_english() {
    snapshot("xlsx_en", &shown(&written(Language::English)));
}

#[test]
fn xlsx_in_chinese() {
    snapshot("xlsx_zh", &shown(&written(Language::Chinese)));
}

#[test]
fn the_same_run_gives_the_same_workbook() {
    let one = written(Language::English);
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(one, written(Language::English));
}

#[test]
fn hostile_texts_in_xlsx() {
    each_hostile("xlsx", |text, bytes| {
        let mut book = open(bytes);
        let sheets = sheets(bytes);
        let rows: Vec<usize> = sheets.iter().map(|(_, range)| range.height()).collect();
        assert_eq!(rows[..3], [4, 8, 2], "{text:?}");
        for (name, range) in &sheets {
            assert!(book.worksheet_formula(name).unwrap().is_empty(), "{text:?}");
            for cell in range.used_cells().map(|(_, _, cell)| cell) {
                if let Data::String(cell) = cell {
                    assert!(!cell.chars().any(char::is_control), "{cell:?}");
                }
            }
        }
        let title = sheets[0].1.get_value((1, 4)).unwrap();
        match text {
            "" => assert_eq!(title, &Data::Empty),
            text if text.chars().any(plancheck::text::display::is_unsafe) || text.contains('\u{fffe}') => {},
            text => assert_eq!(title, &Data::String(text.to_owned())),
        }
    });
}
