//! CSV, read back with a reader that others wrote.

use csv::{ReaderBuilder, StringRecord};

use crate::{each_hostile, settings, snapshot, written};

fn rows(bytes: &[u8]) -> (StringRecord, Vec<StringRecord>) {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("begins with a byte-order mark");
    let mut reader = ReaderBuilder::new().from_reader(body);
    let head = reader.headers().unwrap().clone();
    (head, reader.records().map(Result::unwrap).collect())
}

#[test]
fn csv() {
    let text = written("csv", settings());
    snapshot("csv", &text.replace('\u{FEFF}', "␎"));
    assert!(text.lines().count() > 1 && text.matches("\r\n").count() == text.matches('\n').count());
    let (head, rows) = rows(text.as_bytes());
    let column = |name: &str| head.iter().position(|one| one == name).unwrap();
    let first = &rows[1];
    assert_eq!(&first[column("code")], "endpoint-roles");
    assert_eq!((&first[column("line")], &first[column("column")], &first[column("clause")]), ("6", "12", "3.9"));
    assert_eq!(&rows.last().unwrap()[column("kind")], "run");
}

#[test]
fn hostile_texts_in_csv() {
    each_hostile("csv", |text, bytes| {
        let (head, rows) = rows(bytes);
        assert_eq!(rows.len(), 9, "{text:?}");
        for cell in rows.iter().flatten() {
            let begins = cell.trim_start().chars().next();
            assert!(!begins.is_some_and(|c| "=+-@|%＝＋－＠\t\r\n".contains(c)), "{cell:?}");
            assert!(!cell.chars().any(char::is_control), "{cell:?}");
        }
        assert!(rows.iter().all(|row| row.len() == head.len()));
    });
}
