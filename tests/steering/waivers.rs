//! Waivers on the command line.

use serde_json::Value;

use crate::desk::{Desk, check, snapshot};

const WAIVERS: &str = r#"[[waivers]]
directive = "endpoint-roles"
proposal = "2603-410505-04-04-150227"
reason = "档案的开放作用\u001b[31m由省级项目统一评估"
authority = "河南省发展和改革委员会"
document = "豫发改〔2026〕17号"
issued = 2026-01-15
expires = 2027-01-15
"#;

#[test]
fn a_waived_finding_is_shown_and_does_not_count() {
    let desk = Desk::new();
    desk.write("waivers.toml", WAIVERS);
    assert_eq!(desk.run(&check(&[])).code, Some(1));
    let mut all = String::new();
    for (format, language) in [("human", "en"), ("human", "zh"), ("concise", "en")] {
        let ran = desk.run(&check(&["--waivers", "waivers.toml", "--format", format, "--lang", language]));
        assert_eq!((ran.code, ran.complaint.as_str()), (Some(0), ""));
        all.push_str(&format!("--- {format} {language}\n{}", ran.out));
    }
    snapshot("waived", &all);
}

#[test]
fn json_keeps_what_was_found_and_names_the_act() {
    let desk = Desk::new();
    desk.write("waivers.toml", WAIVERS);
    let ran = desk.run(&check(&["--waivers", "waivers.toml", "--format", "json"]));
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let finding = &report["proposals"][0]["findings"][0];
    assert_eq!((&finding["verdict"], &finding["severity"]), (&"waived".into(), &"error".into()));
    assert_eq!(finding["waived"]["verdict"], "violated");
    assert_eq!(finding["waived"]["document"], "豫发改〔2026〕17号");
    assert_eq!(report["proposals"][0]["status"], "compliant");
    assert_eq!((&report["summary"]["waived"], &report["summary"]["errors"]), (&1.into(), &0.into()));
    assert!(report["relaxations"].as_array().unwrap().contains(&"--waivers waivers.toml".into()));
}

#[test]
fn a_file_that_cannot_be_used_is_exit_code_2_with_the_place() {
    let desk = Desk::new();
    desk.write("syntax.toml", "[[waivers]]\ndirective = endpoint-roles\n");
    desk.write("key.toml", &WAIVERS.replace("authority", "autority"));
    desk.write("gb.toml", "");
    std::fs::write(desk.path("gb.toml"), b"# \xb0\xb2\xd1\xf4").unwrap();
    let table = [
        ("syntax.toml", "syntax.toml:2:13"),
        ("key.toml", "did you mean `authority`?"),
        ("gb.toml", "it is not UTF-8"),
        ("none.toml", "there is no such file"),
        ("proposals", "it is a folder"),
    ];
    for (file, message) in table {
        let ran = desk.run(&check(&["--waivers", file]));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{file}");
        assert!(ran.complaint.contains(message), "{file}: {}", ran.complaint);
    }
}
