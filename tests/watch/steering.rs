//! Changes of rules, and of files that steer the run.

use std::fs;

use super::{Watching, bad, command, folder, put};

const PACK: &str = r#"plan town { title "Town" }
proposal { id text  title text }
directive named "Projects have a name" { basis practice must title is "Old town" }
"#;

const WAIVER: &str = r#"[[waivers]]
directive = "zhengzhou-core-functions"
proposal  = "2605-410181-04-02-719346"
reason    = "r"
authority = "a"
document  = "d"
issued    = 2026-01-15
expires   = 2027-12-31
"#;

#[test]
fn rules_that_change_judge_everything_anew() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "rules/town.plan", PACK);
    put(folder.path(), "proposals/a.json", r#"{"id": "1", "title": "New town"}"#);
    let mut watching = Watching::new(folder.path(), &["--rules=rules"]);
    put(folder.path(), "rules/town.plan", &PACK.replace("Old", "New"));
    watching.follows();
    put(folder.path(), "rules/town.plan", "plann town");
    watching.says("error[run/faulty-rules] the rule pack `rules` has errors");
    watching.says("nothing was checked; watching for changes");
    put(folder.path(), "rules/town.plan", &PACK.replace("Old", "Far"));
    watching.follows();
    put(folder.path(), "rules/more/rules.plan", "directive also \"Also\" { basis practice must id is \"2\" }\n");
    watching.follows();
}

#[test]
fn waivers_and_the_baseline_are_read_anew() {
    let folder = folder();
    put(folder.path(), "waivers.toml", "");
    let written = command(folder.path(), &["--write-baseline=known.json", "proposals"]).output().unwrap();
    assert_eq!(written.status.code(), Some(1));
    let mut watching = Watching::new(folder.path(), &["--waivers=waivers.toml", "--baseline=known.json"]);
    put(folder.path(), "waivers.toml", WAIVER);
    watching.follows();
    put(folder.path(), "proposals/anyang/more.json", &bad());
    watching.follows();
    command(folder.path(), &["--write-baseline=known.json", "proposals"]).output().unwrap();
    watching.follows();
}

#[test]
fn settings_are_read_anew_and_may_come_and_go() {
    let folder = folder();
    let mut watching = Watching::new(folder.path(), &[]);
    put(folder.path(), "plancheck.toml", "ignore = [\"zhengzhou-core-functions\"]\n");
    watching.follows();
    put(folder.path(), "plancheck.toml", "ingore = []\n");
    watching.says("did you mean `ignore`?");
    fs::remove_file(folder.path().join("plancheck.toml")).unwrap();
    watching.follows();
}
