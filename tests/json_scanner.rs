//! The JSON scanner held against serde_json and a public collection of good and bad documents.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_types,
    clippy::manual_try_fold,
    clippy::iter_over_hash_type,
    elided_lifetimes_in_paths,
    missing_docs,
    missing_debug_implementations,
    reason = "a test stops at what it did not foresee, and says what it saw"
)]

use std::fs;
use std::path::Path;

use plancheck::engine::json::{Kind, Malformed, Scanner, SyntaxErrorKind, diagnose, elements};
use proptest::prelude::*;
use serde_json::{Map, Number, Value};

/// Whether the text is one JSON value; both ways of passing over it must agree, and so must the diagnosis.
fn accepts(text: &str) -> bool {
    let mut scanner = Scanner::new(text);
    let skipped = scanner.skip_value(0).and_then(|_| scanner.end()).is_ok();
    let mut scanner = Scanner::new(text);
    let read = read(&mut scanner).and_then(|value| scanner.end().map(|()| value)).is_ok();
    assert_eq!(skipped, read, "{text:?}");
    if !skipped {
        let error = diagnose(text);
        assert!(text.is_char_boundary(error.offset), "{error:?} in {text:?}");
        // Of a good text the diagnosis would say that it is empty.
        let blank = text.trim_start_matches('\u{FEFF}').trim_matches([' ', '\t', '\n', '\r']).is_empty();
        assert_eq!(error.kind == SyntaxErrorKind::Empty, blank, "{text:?}");
        for language in ["en", "zh"] {
            let (message, help) = error.message(language);
            assert!(!message.contains('\n') && message.chars().count() < 200, "{message}");
            assert!(help.is_none_or(|help| !help.is_empty() && !help.contains('\n')));
        }
    }
    skipped
}

/// The value as serde_json would build it.
fn read(scanner: &mut Scanner<'_>) -> Result<Value, Malformed> {
    let kind = scanner.peek()?;
    Ok(match kind {
        Kind::Object => {
            let mut members = Map::new();
            let mut more = scanner.open(kind)?;
            while more {
                let key = scanner.key()?;
                scanner.colon()?;
                let key = scanner.text(key).into_owned();
                members.insert(key, read(scanner)?);
                more = scanner.more(kind)?;
            }
            Value::Object(members)
        },
        Kind::Array => {
            let mut members = Vec::new();
            let mut more = scanner.open(kind)?;
            while more {
                members.push(read(scanner)?);
                more = scanner.more(kind)?;
            }
            Value::Array(members)
        },
        Kind::String => {
            let string = scanner.string()?;
            Value::String(scanner.text(string).into_owned())
        },
        Kind::Number => {
            let place = scanner.number()?;
            let text = scanner.slice(place);
            // Beyond the range of a float, serde_json refuses what JSON allows.
            serde_json::from_str::<Number>(text).map_or(Value::Null, Value::Number)
        },
        Kind::True | Kind::False | Kind::Null => {
            scanner.literal(kind)?;
            [Value::Bool(true), Value::Bool(false), Value::Null][kind as usize - Kind::True as usize].clone()
        },
    })
}

/// Whether serde_json takes the text; numbers too large for a float are JSON all the same.
fn serde_accepts(text: &str) -> Option<bool> {
    match serde_json::from_str::<Value>(text) {
        Ok(_) => Some(true),
        Err(error) if error.to_string().starts_with("number out of range") => None,
        Err(_) => Some(false),
    }
}

#[test]
fn the_collection_of_good_and_bad_documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/json-test-suite/test_parsing");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: the collection is not there");
        return;
    };
    let mut count = 0;
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&path).unwrap();
        let accepted = std::str::from_utf8(&bytes).is_ok_and(|text| {
            let mut scanner = Scanner::new(text);
            let accepted = scanner.skip_value(0).and_then(|_| scanner.end()).is_ok();
            assert!(accepted || !diagnose(text).message("en").0.is_empty());
            accepted
        });
        match name.get(..2) {
            Some("y_") => assert!(accepted, "{name}"),
            Some("n_") => assert!(!accepted, "{name}"),
            _ => {},
        }
        count += 1;
    }
    assert!(count > 300);
}

#[test]
fn small_documents() {
    let good = [
        "{}",
        " [] ",
        "0",
        "-0",
        "-0.0e-0",
        "1E+2",
        "\"\"",
        "\"\\u00e9\\uD83D\\uDE00\"",
        "true",
        "[[],{\"a\":{}}]",
        "{\"\":0}",
        "\"\u{7F}\"",
        "\t\r\n1\n",
        "1e999999",
        "\u{FEFF}{}",
    ];
    for text in good {
        assert!(accepts(text), "{text:?}");
    }
    let bad = [
        "",
        " ",
        "{",
        "[",
        "}",
        "]",
        "[1,]",
        "{\"a\":1,}",
        "{,}",
        "[,1]",
        "[1,,2]",
        "[1 2]",
        "{\"a\" 1}",
        "{\"a\"}",
        "{a:1}",
        "{1:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "'a'",
        "NaN",
        "-Infinity",
        "Infinity",
        "True",
        "None",
        "tru",
        "truex",
        "nul",
        "// x\n1",
        "1 // x",
        "[1, /* x */ 2]",
        "# x\n1",
        "\"abc",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"a\u{0}\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\",
        "\"\\u\"",
        "\"\\uD800\"",
        "\"\\uDC00\"",
        "\"\\uD800\\u0041\"",
        "\"\\uD800\\uD800\"",
        "01",
        "-01",
        "+1",
        ".5",
        "-.5",
        "1.",
        "1.e5",
        "1e",
        "1e+",
        "-",
        "--1",
        "0x10",
        "1_000",
        "1 2",
        "{} {}",
        "[1]]",
        "{]",
        "[}",
        "[{]}",
        "“a”",
        "｛｝",
        "{\"a\"：1}",
        "[1，2]",
        "[１]",
        "\u{FEFF}",
        "[\u{FEFF}1]",
        "1\u{FEFF}",
        "\u{A0}1",
        "[1\u{3000}]",
        "@",
        "[1,@]",
        "{\"a\":}",
        "{\"a\":1,2}",
        "{\"a\":1]",
        "1a",
        "[\"a\"b]",
        "{@}",
        "{\"a\"@}",
        "\u{1}",
        "nulll",
        "-a",
        "1.2.3",
    ];
    for text in bad {
        assert!(!accepts(text), "{text:?}");
    }
}

#[test]
fn hostile_sizes() {
    let deep = "[".repeat(100_000);
    assert!(matches!(diagnose(&deep).kind, SyntaxErrorKind::Unclosed(_)));
    let closed = format!("{deep}{}", "]".repeat(100_000));
    let mut scanner = Scanner::new(&closed);
    assert!(scanner.skip_value(0).unwrap().is_too_deep);
    assert!(scanner.end().is_ok());
    for (levels, is_too_deep) in [(128, false), (129, true)] {
        let text = format!("{}[]{}", "{\"a\":".repeat(levels - 1), "}".repeat(levels - 1));
        assert_eq!(Scanner::new(&text).skip_value(0).unwrap().is_too_deep, is_too_deep, "{levels}");
        assert!(Scanner::new(&text).skip_value(1).unwrap().is_too_deep);
    }
    let mixed = format!("{}1{}", "{\"a\":[".repeat(50_000), "]}".repeat(50_000));
    assert!(Scanner::new(&mixed).skip_value(0).unwrap().is_too_deep);
    let wrong = format!("{}1{}", "{\"a\":[".repeat(50_000), "}]".repeat(50_000));
    assert_eq!(Scanner::new(&wrong).skip_value(0), Err(Malformed));
    assert!(matches!(diagnose(&wrong).kind, SyntaxErrorKind::WrongClosing('}', _)));
    let long = format!("[\"{}\", {}]", "汉字\\n".repeat(1_000_000), "9".repeat(1_000_000));
    assert_eq!(elements(&long).unwrap().len(), 2);
    assert_eq!(elements(&format!("[{}0]", "0,".repeat(1_000_000))).unwrap().len(), 1_000_001);
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        "-?(0|[1-9][0-9]{0,20})\\.[0-9]{1,20}([eE][+-]?[0-9]{1,2})?"
            .prop_map(|number| serde_json::from_str(&number).unwrap_or(Value::Null)),
        any::<String>().prop_map(Value::String),
        "[a-z郑州\"\\\\\n]{0,40}".prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec(("[a-c\u{0}-\u{20}\"\\\\]{0,12}", inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Characters that are likely to break a document.
const MARKS: [&str; 30] = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "0", "1", "-", "+", ".", "e", "\n", " ", "\t", "\u{0}", "\\u", "\\uD83D",
    "\\uDE00", "true", "null", "fals", "/", "'", "#", "郑", "：", "\u{FEFF}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn good_documents_are_read_the_same(value in any_value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert!(accepts(&text));
        let mut scanner = Scanner::new(&text);
        let expected: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read(&mut scanner), Ok(expected));
    }

    #[test]
    fn broken_documents_are_refused_alike(
        value in any_value(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, 0..MARKS.len()), 1..4),
    ) {
        let mut characters: Vec<String> = value.to_string().chars().map(String::from).collect();
        for (place, change, mark) in changes {
            let at = place.index(characters.len() + 1);
            match change {
                0 => characters.truncate(at),
                1 if at < characters.len() => drop(characters.remove(at)),
                2 if at < characters.len() => characters[at] = MARKS[mark].to_owned(),
                _ => characters.insert(at, MARKS[mark].to_owned()),
            }
        }
        let text = characters.concat();
        prop_assume!(!text.starts_with('\u{FEFF}'));
        let accepted = accepts(&text);
        prop_assert_eq!(accepted, serde_accepts(&text).unwrap_or(accepted), "{:?}", text);
    }

    #[test]
    fn strings_of_marks_are_judged_alike(marks in prop::collection::vec(0..MARKS.len(), 0..8)) {
        let text: String = marks.into_iter().map(|mark| MARKS[mark]).collect();
        prop_assume!(!text.starts_with('\u{FEFF}'));
        let accepted = accepts(&text);
        prop_assert_eq!(accepted, serde_accepts(&text).unwrap_or(accepted), "{:?}", text);
        let quoted = format!("\"{text}\"");
        let accepted = accepts(&quoted);
        prop_assert_eq!(accepted, serde_accepts(&quoted).unwrap_or(accepted), "{:?}", quoted);
    }
}
