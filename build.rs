//! Links the unwinder of the C compiler into the program, where there is a static one.
//!
//! The standard library takes it from `libgcc_s.so`, which nothing else here needs; to load that library takes a twentieth of
//! a check of one file.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let value = |key| env::var(key).unwrap_or_default();
    let is_glibc = value("CARGO_CFG_TARGET_OS") == "linux" && value("CARGO_CFG_TARGET_ENV") == "gnu";
    if is_glibc && value("HOST") == value("TARGET") && has_static_unwinder() {
        println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// Asks the program that links, which gives a path of what it has, and the bare name of what it has not.
fn has_static_unwinder() -> bool {
    let linker = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let asked = Command::new(linker).arg("-print-file-name=libgcc_eh.a").output();
    asked.is_ok_and(|asked| Path::new(String::from_utf8_lossy(&asked.stdout).trim()).is_absolute())
}
