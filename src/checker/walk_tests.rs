//! Walking, on trees made for it.

use std::fs;

use super::*;

struct Tree(tempfile::TempDir);

impl Tree {
    fn new(files: &[&str]) -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        for file in files {
            let path = tree.0.path().join(file);
            if file.ends_with('/') {
                fs::create_dir_all(path).unwrap();
                continue;
            }
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        tree
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// Names relative to the tree; failures as `code path`.
    fn walk(&self, paths: &[&str], exclude: &[&str]) -> Vec<String> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| self.path(path)).collect();
        let exclude: Vec<String> = exclude.iter().map(|&glob| glob.to_owned()).collect();
        let prefix = format!("{}/", self.0.path().display());
        let relative = |name: &str| name.replace(&prefix, "").replace(self.0.path().to_str().unwrap(), "");
        let items = Walk::new(&paths, &exclude, None).unwrap();
        items
            .map(|item| match item {
                Ok(input) => relative(&input.name),
                Err(failure) => format!("{} {}", failure.code, relative(&failure.path)),
            })
            .collect()
    }
}

#[test]
fn order_is_that_of_whole_paths_as_bytes() {
    let tree =
        Tree::new(&["a/x.json", "a.json", "a-b/y.jsonl", "a0.ndjson", "a/b/z.json", "é.json", "Z.JSON", "readme.md"]);
    let found = tree.walk(&[""], &[]);
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(found, sorted);
    assert_eq!(found, ["Z.JSON", "a-b/y.jsonl", "a.json", "a/b/z.json", "a/x.json", "a0.ndjson", "é.json"]);
}

#[test]
fn hidden_entries_are_passed_over_unless_named() {
    let tree = Tree::new(&[".hidden/a.json", ".b.json", "c.json"]);
    assert_eq!(tree.walk(&[""], &[]), ["c.json"]);
    assert_eq!(tree.walk(&[".b.json", ".hidden"], &[]), [".b.json", ".hidden/a.json"]);
}

#[test]
fn a_named_file_is_read_whatever_its_ending() {
    let tree = Tree::new(&["a/proposal.txt", "a/b.json"]);
    assert_eq!(tree.walk(&["a", "a/proposal.txt"], &[]), ["a/b.json", "a/proposal.txt"]);
}

#[test]
fn overlapping_and_repeated_paths_are_read_once() {
    let tree = Tree::new(&["a/b/x.json", "a/c.json"]);
    assert_eq!(tree.walk(&["a/b/x.json", "a", "a/b", "a/./b", "a/b/../c.json", "a"], &[]), ["a/b/x.json", "a/c.json"]);
}

#[test]
fn roots_are_merged_in_one_order() {
    let tree = Tree::new(&["b/1.json", "a/2.json", "a-c/3.json", "a.json"]);
    assert_eq!(tree.walk(&["b", "a", "a.json", "a-c"], &[]), ["a-c/3.json", "a.json", "a/2.json", "b/1.json"]);
}

#[cfg(unix)]
#[test]
fn links_are_passed_over_and_loops_are_told_when_named() {
    use std::os::unix::fs::symlink;
    let tree = Tree::new(&["a/x.json"]);
    symlink(tree.path("a"), tree.path("a/again")).unwrap();
    symlink(tree.path("a/x.json"), tree.path("link.json")).unwrap();
    symlink("self.json", tree.path("self.json")).unwrap();
    assert_eq!(tree.walk(&[""], &[]), ["a/x.json"]);
    assert_eq!(tree.walk(&["link.json"], &[]), ["link.json"]);
    assert_eq!(tree.walk(&["link.json", "a"], &[]), ["a/x.json"]);
    let failure = Walk::new(&[tree.path("self.json")], &[], None).unwrap().next().unwrap().unwrap_err();
    assert_eq!(failure.message, "cannot be read: it is a symbolic link that leads to itself");
}

#[cfg(unix)]
#[test]
fn pipes_in_a_folder_are_passed_over_with_a_warning() {
    let tree = Tree::new(&["a.json"]);
    let listener = std::os::unix::net::UnixListener::bind(tree.path("b.json")).unwrap();
    assert_eq!(tree.walk(&[""], &[]), ["a.json", "io/not-a-file b.json"]);
    drop(listener);
}

#[test]
fn what_is_not_there_gets_the_nearest_name() {
    let tree = Tree::new(&["proposals/a.json"]);
    let failure = Walk::new(&[tree.path("propsals")], &[], None).unwrap().next().unwrap().unwrap_err();
    assert_eq!(failure.code, "io/not-found");
    assert!(failure.message.ends_with("proposals`?"), "{}", failure.message);
}

#[test]
fn empty_folders_and_useless_globs_are_told() {
    let tree = Tree::new(&["empty/", "full/a.json", "full/b/c.json"]);
    assert_eq!(
        tree.walk(&["empty", "full"], &["*.txt", "b"]),
        ["full/a.json", "io/no-proposals empty", "run/unmatched-glob --exclude"]
    );
    assert_eq!(Walk::new(&[], &["a{".to_owned()], None).unwrap_err()[0].code, "run/bad-glob");
}

#[test]
fn standard_input_has_the_name_and_kind_that_it_is_given() {
    let input = Walk::new(&["-".into()], &[], Some("x/all.jsonl")).unwrap().next().unwrap().unwrap();
    assert_eq!((&*input.name, input.kind, input.source), ("x/all.jsonl", InputKind::Lines, InputSource::Standard));
    let input = Walk::new(&["-".into()], &[], None).unwrap().next().unwrap().unwrap();
    assert_eq!((&*input.name, input.kind), ("-", InputKind::Json));
}

#[test]
fn the_current_folder_leaves_no_trace_in_names() {
    assert_eq!(display(Path::new("./a//b/./c.json")), "a/b/c.json");
    assert_eq!(
        (display(Path::new(".")), joined(".", Path::new("."), Path::new("./a/b.json"))),
        (".".into(), "a/b.json".into())
    );
}
