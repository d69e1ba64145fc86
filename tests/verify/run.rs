//! The program, run in a folder.

use std::path::Path;
use std::process::{Command, Stdio};

/// What a command printed, complained of, and ended with.
pub struct Ran {
    pub out: String,
    pub complaint: String,
    pub code: i32,
}

/// Runs the program in English unless the arguments say otherwise.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_plancheck"))
        .args(arguments)
        .env_clear()
        .env("LANG", "C")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        complaint: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}
