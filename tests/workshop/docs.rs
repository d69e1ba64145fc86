//! The transcripts of `docs/workshop.md` are what the program prints.

use std::fs;
use std::path::Path;

use super::{folder, run_in};

const PACK: &str = r#"plan town { title "Town plan" source "plan.md" }
vocabulary place "Place" { harbour "Harbour"  market "Market" }
proposal { place place  cost number  urgent boolean otherwise false }
uncheckable { cites §2 reason "A hope, and no property of works" }
directive cheap-works "Works are cheap" { cites §1 when place is harbour must cost <= 10 unless urgent }
test "cheap works" { given { "place": "harbour", "cost": 9 } expect cheap-works satisfied }
"#;

const SOURCE: &str =
    "§1 Works at the harbour cost no more than ten.\n\n§2 The town is a happy one.\n\n§3 Works begin in spring.\n";

#[test]
fn the_transcripts_of_the_workshop_are_what_the_program_prints() {
    let folder = folder(&[
        ("pack/town.plan", PACK),
        ("pack/plan.md", SOURCE),
        ("dear.json", "{\n  \"place\": \"harbour\",\n  \"cost\": 20\n}\n"),
        (
            "wrong.plan",
            "test \"dear works pass\" {\n  given { \"place\": \"harbour\", \"cost\": 11 }\n  expect cheap-works satisfied\n}\n",
        ),
    ]);
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/workshop.md")).unwrap();
    let mut transcripts = 0;
    for block in page.split("```console\n").skip(1) {
        let (transcript, _) = block.split_once("\n```").unwrap();
        let (command, shown) = transcript.split_once('\n').unwrap();
        let arguments: Vec<&str> = command.strip_prefix("$ plancheck ").unwrap().split(' ').collect();
        let ran = run_in(folder.path(), &arguments);
        assert_eq!(ran.out.trim_end(), shown.trim_end(), "{command}");
        assert_eq!(ran.complaint, "");
        transcripts += 1;
    }
    assert_eq!(transcripts, 3);
}
