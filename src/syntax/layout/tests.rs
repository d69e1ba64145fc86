//! What the layout keeps and how it stands.

use super::{Tongue, lay_out};
use crate::syntax::Dialect;
use crate::syntax::lexer::lex;
use crate::text::FileId;

fn dialect(texts: &[&str]) -> Dialect {
    Dialect::gather(&texts.iter().map(|text| lex(FileId(0), text)).collect::<Vec<_>>())
}

#[test]
fn zz_try() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/henan");
    let files: Vec<_> = walkdir::WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "plan"))
        .map(|entry| (entry.path().to_owned(), std::fs::read_to_string(entry.path()).unwrap()))
        .collect();
    let dialect = dialect(&files.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>());
    for (path, text) in &files {
        let out = lay_out(FileId(0), text, &dialect, None).map_err(|error| (path, error)).unwrap();
        let again = lay_out(FileId(0), &out, &dialect, None).map_err(|error| (path, error)).unwrap();
        let target = std::path::Path::new("/tmp/scratch-fmt/out").join(path.strip_prefix(&root).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(&target, &out).unwrap();
        assert_eq!(out, again, "{path:?}");
        let zh = lay_out(FileId(0), &out, &dialect, Some(Tongue::Chinese)).unwrap();
        std::fs::write(target.with_extension("zh"), &zh).unwrap();
        let en = lay_out(FileId(0), &zh, &dialect, Some(Tongue::English)).unwrap();
        assert_eq!(out, en, "{path:?}");
    }
}
