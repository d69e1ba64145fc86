//! JUnit, read back with a parser that others wrote.

use roxmltree::{Document, Node};

use crate::{each_hostile, settings, snapshot, written};

fn number(node: Node<'_, '_>, name: &str) -> usize {
    node.attribute(name).unwrap().parse().unwrap()
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

/// Counts of cases and outcomes add up from the inside out; gives those of the whole.
fn added_up(document: &Document<'_>) -> [usize; 4] {
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let mut all = [0; 4];
    for suite in children(root, "testsuite") {
        let cases: Vec<_> = children(suite, "testcase").collect();
        let count = |name: &str| cases.iter().filter(|case| case.children().any(|one| one.has_tag_name(name))).count();
        let counted = [cases.len(), count("failure"), count("error"), count("skipped")];
        let stated = ["tests", "failures", "errors", "skipped"].map(|name| number(suite, name));
        assert_eq!(counted, stated, "{:?}", suite.attribute("name"));
        for (all, one) in all.iter_mut().zip(counted) {
            *all += one;
        }
    }
    assert_eq!(all, ["tests", "failures", "errors", "skipped"].map(|name| number(root, name)));
    all
}

#[test]
fn junit() {
    let text = written("junit", settings());
    snapshot("junit", &text);
    let document = Document::parse(&text).unwrap();
    added_up(&document);
    let verdicts = document.descendants().find(|node| node.attribute("name") == Some("proposals/luoyang/good.json"));
    let cases: Vec<(&str, bool)> = children(verdicts.unwrap(), "testcase")
        .map(|case| (case.attribute("name").unwrap(), case.children().any(|one| one.has_tag_name("skipped"))))
        .collect();
    assert_eq!(
        cases,
        [
            ("endpoint-roles", true),
            ("luoyang-positioning", false),
            ("old-rule", true),
            ("zhengzhou-core-functions", true)
        ]
    );
}

#[test]
fn hostile_texts_in_junit() {
    each_hostile("junit", |text, bytes| {
        let xml = std::str::from_utf8(bytes).unwrap();
        let document = Document::parse(xml).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        // Three proposals with five findings and a verdict or two, two findings on the portfolio, two failures.
        let [tests, failures, errors, _] = added_up(&document);
        assert_eq!((tests, failures, errors), (12, 5, 2), "{text:?}");
        let names: std::collections::BTreeSet<&str> =
            document.descendants().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
        let known = ["error", "failure", "properties", "property", "skipped", "testcase", "testsuite", "testsuites"];
        assert_eq!(names.into_iter().collect::<Vec<_>>(), known, "{text:?}");
    });
}
