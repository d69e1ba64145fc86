//! How watching begins and ends.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Instant;

use super::{BEAT, PATIENCE, Watching, command, folder, mended, put};

/// Waits for the end of the program.
fn ended(mut child: Child) -> Option<i32> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it goes on");
        }
        sleep(BEAT);
    }
}

#[test]
fn an_interrupt_ends_it_with_the_code_of_the_last_check_and_leaves_nothing() {
    let folder = folder();
    let watching = Watching::new(folder.path(), &[]);
    assert_eq!(watching.end(), 1);
    let mut watching = Watching::new(folder.path(), &[]);
    put(folder.path(), "proposals/zhengzhou/foil.json", &mended());
    watching.follows();
    assert_eq!(watching.end(), 0);
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_str().unwrap().starts_with('.')), "{names:?}");
}

#[test]
fn it_ends_when_nobody_reads_on() {
    let folder = folder();
    let mut watching = command(folder.path(), &["--watch", "--format=concise", "proposals"]);
    let mut child = watching.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    assert!(line.contains("error[zhengzhou-core-functions]"), "{line}");
    drop(out);
    put(folder.path(), "proposals/zhengzhou/foil.json", &mended());
    // A pipe may be closed after it was written to the last time: the next change finds it so.
    sleep(BEAT * 25);
    put(folder.path(), "proposals/zhengzhou/foil.json", "{}");
    assert!(matches!(ended(child), Some(0 | 1)));
}

#[test]
fn a_report_among_the_proposals_would_be_checked_for_ever() {
    let folder = folder();
    let watching = command(folder.path(), &["--watch", "--format=json=proposals/report.json", "proposals"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = watching.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("error[run/bad-arguments] proposals/report.json: the report `proposals/report.json` lies among")
    );
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = folder();
    for (arguments, message) in [
        (&["--watch", "-"][..], "--watch cannot watch standard input; name files or folders"),
        (&["--watch", "--write-baseline", "proposals"], "--watch and --write-baseline exclude each other"),
        (&["--watch", "--format=json=no/such/folder.json", "proposals"], "error[io/unwritable]"),
        (&["--watch", "--exclude={", "proposals"], "error[run/bad-glob]"),
    ] {
        let output = command(folder.path(), arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(message), "{said}");
    }
}
