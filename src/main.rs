//! The program `plancheck`.

use std::process::ExitCode;

fn main() -> ExitCode {
    plancheck::cli::main(std::env::args_os())
}
