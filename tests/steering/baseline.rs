//! Baselines on the command line.

use crate::desk::{ANYANG, Desk, check, snapshot};

#[test]
fn what_was_known_is_shown_and_does_not_count() {
    let desk = Desk::new();
    let written = desk.run(&check(&["--write-baseline"]));
    assert_eq!((written.code, written.complaint.as_str()), (Some(1), ""), "what is found is still reported");
    let mut all = desk.read("plancheck-baseline.json");
    for (format, language) in [("human", "zh"), ("concise", "en")] {
        let arguments = check(&["--baseline", "plancheck-baseline.json", "--format", format, "--lang", language]);
        let ran = desk.run(&arguments);
        assert_eq!(ran.code, Some(0));
        all.push_str(&format!("--- {format} {language}\n{}", ran.out));
    }
    snapshot("baseline", &all);
}

#[test]
fn a_baseline_shrinks() {
    let desk = Desk::new();
    desk.write("proposals/other.json", &ANYANG.replace("150227", "150228"));
    desk.run(&check(&["--write-baseline=known.json"]));
    desk.write("proposals/anyang.json", &ANYANG.replace("\"roles\": []", "\"roles\": [\"opening-up\"]"));
    let ran = desk.run(&check(&["--baseline", "known.json", "--write-baseline"]));
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("proposals/anyang.json: warning[baseline/vanished]"), "{}", ran.out);
    assert!(!desk.read("known.json").contains("anyang.json"), "it was written to the one that was read");
    let ran = desk.run(&check(&["--baseline", "known.json"]));
    assert_eq!((ran.code, ran.out.contains("vanished")), (Some(0), false));
}

#[test]
fn a_new_finding_fails_the_run() {
    let desk = Desk::new();
    desk.run(&check(&["--write-baseline"]));
    desk.write("proposals/other.json", &ANYANG.replace("150227", "150228"));
    let ran = desk.run(&check(&["--baseline", "plancheck-baseline.json"]));
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("1 errors") && ran.out.contains("1 waived"), "{}", ran.out);
}

#[test]
fn a_baseline_that_cannot_be_read_or_written_is_exit_code_2() {
    let desk = Desk::new();
    desk.write("report.json", "{\"schema\": 1, \"proposals\": []}");
    let table: &[(&[&str], &str)] = &[
        (&["--baseline", "none.json"], "there is no such file"),
        (&["--baseline", "report.json"], "baseline/syntax"),
        (&["--write-baseline=no/such/folder.json"], "there is no such folder"),
        (&["--write-baseline=proposals"], "it is a folder"),
    ];
    for (arguments, message) in table {
        let ran = desk.run(&check(arguments));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.complaint.contains(message), "{arguments:?}: {}", ran.complaint);
    }
}
