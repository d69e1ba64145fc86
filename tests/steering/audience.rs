//! Reports for one sort of reader, on the command line.

use crate::desk::{ANYANG, Desk, check, snapshot};

#[test]
fn an_applicant_gets_a_list_and_a_reviewer_a_memo() {
    let desk = Desk::new();
    desk.write("proposals/nanyang.json", &ANYANG.replace("anyang", "nanyang").replace("150227", "150228"));
    desk.write("proposals/broken.json", "{");
    let mut all = String::new();
    for who in ["applicant", "reviewer"] {
        for language in ["en", "zh"] {
            let ran = desk.run(&check(&["--audience", who, "--lang", language]));
            assert_eq!((ran.code, ran.complaint.as_str()), (Some(1), ""));
            all.push_str(&format!("--- {who} {language}\n{}", ran.out));
        }
    }
    snapshot("audience", &all);
}

#[test]
fn a_saved_report_is_rendered_for_either() {
    let desk = Desk::new();
    desk.run(&check(&["--format", "json=report.json"]));
    for who in ["applicant", "reviewer"] {
        for format in ["human", "markdown", "html"] {
            let rendered = desk.run(&["render", "report.json", "--audience", who, "--format", format]);
            assert_eq!((rendered.code, rendered.complaint.as_str()), (Some(1), ""));
            let checked = desk.run(&check(&["--audience", who, "--format", format]));
            // Where a proposal belongs is not in a saved report.
            assert!(who == "reviewer" || rendered.out == checked.out, "{format}");
            assert!(rendered.out.contains("endpoint-roles"), "{format}: {}", rendered.out);
        }
    }
}

#[test]
fn formats_that_are_the_same_for_everybody_are_bad_arguments() {
    let desk = Desk::new();
    for format in ["json", "jsonl", "concise", "sarif=x.sarif", "junit", "github", "gitlab", "csv", "xlsx=x.xlsx"] {
        let ran = desk.run(&check(&["--audience", "applicant", "--format", "html=x.html", "--format", format]));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{format}");
        let name = format.split('=').next().unwrap();
        let said = format!(
            "`{name}` is the same for every reader: leave out --audience, or write one of human, markdown, html"
        );
        assert!(ran.complaint.contains(&said), "{}", ran.complaint);
    }
    assert!(!desk.path("x.html").exists());
    for arguments in [&["--audience", "governor"][..], &["--audience"]] {
        let ran = desk.run(&check(arguments));
        assert_eq!(ran.code, Some(2));
        assert!(ran.complaint.contains("[possible values: applicant, reviewer]"), "{}", ran.complaint);
    }
    desk.write("plancheck.toml", "audience = \"reviewer\"\n");
    let ran = desk.run(&check(&[]));
    assert!(ran.out.starts_with("Review memo"), "{}", ran.out);
}
