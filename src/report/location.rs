//! How a file is told to others: relative to the folder of the run, with `/`, and as a URI.

use std::fmt::Write as _;

/// Where a file stands, for readers that look it up in a checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Location {
    /// Below the folder of the run: the path from there, without `.` and `..`.
    Inside(String),
    /// Elsewhere, or it is not known where: the path as it was given.
    Outside(String),
}

impl Location {
    /// Where the file of that path is; `root` is the folder that relative paths start from.
    pub(super) fn of(path: &str, root: Option<&str>) -> Self {
        let outside = || Self::Outside(path.to_owned());
        let root = root.unwrap_or_default();
        let rest = match path.strip_prefix('/') {
            None => return settled(path).map_or_else(|| Self::from_above(path, root), Self::Inside),
            Some(_) if root.is_empty() => return outside(),
            Some(_) => below(path, root),
        };
        rest.and_then(settled).map_or_else(outside, Self::Inside)
    }

    /// A relative path that leaves its folder may come back into it.
    fn from_above(path: &str, root: &str) -> Self {
        let whole = settled(&format!("{}/{path}", root.trim_start_matches('/'))).map(|whole| format!("/{whole}"));
        match whole.as_deref().and_then(|whole| below(whole, root)).and_then(settled) {
            Some(inside) if !root.is_empty() => Self::Inside(inside),
            _ => Self::Outside(path.to_owned()),
        }
    }

    /// The path to show: from the folder of the run, if the file is in it.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Inside(path) | Self::Outside(path) => path,
        }
    }

    /// A URI, and whether it is relative to the folder of the run.
    pub(super) fn uri(&self) -> (String, bool) {
        match self {
            Self::Inside(path) => (encoded(path), true),
            Self::Outside(path) if path.starts_with('/') => (format!("file://{}", encoded(path)), false),
            Self::Outside(path) => (encoded(path), true),
        }
    }
}

/// What of an absolute path lies below a folder.
fn below<'p>(path: &'p str, root: &str) -> Option<&'p str> {
    path.strip_prefix(root.trim_end_matches('/'))?.strip_prefix('/')
}

/// A path without `.`, `..` and empty parts; `None` if it leaves its folder, or is none.
fn settled(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {},
            ".." => {
                parts.pop()?;
            },
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// A path as part of a URI: all but unreserved characters and `/` stands as `%XX`.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => {
                let _infallible = write!(out, "%{other:02X}");
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_the_folder_are_told_from_there() {
        let table = [
            ("a/b.json", "a/b.json"),
            ("./a//b.json", "a/b.json"),
            ("a/../b.json", "b.json"),
            ("/work/a/b.json", "a/b.json"),
            ("/work/./a/../b.json", "b.json"),
            ("../work/b.json", "b.json"),
        ];
        for (path, expected) in table {
            assert_eq!(Location::of(path, Some("/work")), Location::Inside(expected.into()), "{path}");
        }
    }

    #[test]
    fn files_elsewhere_keep_their_paths() {
        for path in ["/other/a.json", "/workshop/a.json", "../a.json", "..", "/work", "/work/../a.json"] {
            assert_eq!(Location::of(path, Some("/work")), Location::Outside(path.into()), "{path}");
        }
        assert_eq!(Location::of("/work/a.json", None), Location::Outside("/work/a.json".into()));
        assert_eq!(Location::of("../work/a.json", None), Location::Outside("../work/a.json".into()));
    }

    #[test]
    fn uris_hold_nothing_that_a_uri_may_not() {
        let of = |path| Location::of(path, Some("/work")).uri();
        assert_eq!(of("a b/城.json"), ("a%20b/%E5%9F%8E.json".into(), true));
        assert_eq!(of("c:x?#[%0A]\n\u{1b}.json"), ("c%3Ax%3F%23%5B%250A%5D%0A%1B.json".into(), true));
        assert_eq!(of("/other/a b.json"), ("file:///other/a%20b.json".into(), false));
    }
}
