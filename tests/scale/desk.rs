//! A scratch folder in which the program is run.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A pack whose portfolio directives gather everything that can be gathered.
pub const PACK: &str = r#"
plan sums { title "Sums" zh "总和"  language en, zh }

vocabulary city "City" zh "城市" {
  anyang  "Anyang"  zh "安阳"
  kaifeng "Kaifeng" zh "开封"
  luoyang "Luoyang" zh "洛阳"
}

dimension money { 元 = 1  万元 = 10_000 }

proposal {
  id     text
  title  text
  city   city
  total  money at least 0 元
  share  number
  start  date
}

directive dear "Costs little" zh "造价不高" { basis practice  must total <= 5 万元  message "costs {total}" zh "造价为{total}" }
directive early "Begins soon" zh "尽早开工" { basis practice  when city is anyang  should start <= 2026-06-30 }
directive never "Is never asked" zh "从不适用" { basis practice  when city is luoyang and total > 9 万元  must share > 1 }

portfolio directive whole-sum { basis practice  must sum(p.total for p in proposals) <= 10 万元 }
portfolio directive mean { basis practice  should average(p.share for p in proposals) <= 1 }
portfolio directive least { basis practice  should min(p.share for p in proposals) >= 0 }
portfolio directive last { basis practice  should max(p.start for p in proposals) <= 2026-12-31 }
portfolio directive some-open { basis practice  should some p in proposals satisfies p.city is luoyang }
portfolio directive by-city { basis practice  for each c in city  must count(p in proposals where p.city is c) <= 2 }
portfolio directive by-title { basis practice  for each group g of proposals by title
  should sum(p.total for p in g) <= 3 万元  message "{g.key}: {count(g)}" zh "{g.key}：{count(g)}" }
portfolio directive by-id { basis practice  for each group g of proposals by id  must count(g) <= 1 }
"#;

/// The day of all runs.
pub const DAY: &str = "--as-of=2026-11-24";

/// What a run came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub complaint: String,
}

pub struct Desk(TempDir);

impl Desk {
    /// A folder with the pack.
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.write("rules/sums.plan", PACK);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub fn run(&self, arguments: &[impl AsRef<str>]) -> Ran {
        self.run_on(arguments, b"")
    }

    /// Runs the program with something on its standard input.
    pub fn run_on(&self, arguments: &[impl AsRef<str>], input: &[u8]) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_plancheck"))
            .args(arguments.iter().map(AsRef::as_ref))
            .current_dir(self.0.path())
            .env_clear()
            .env("LANG", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Who does not read it has all that it needs.
        let _unread = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            complaint: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Arguments, of which some are made on the spot.
pub fn arguments(all: &[&str], more: impl IntoIterator<Item = String>) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).chain(more).collect()
}
