//! `pyjit info` and `pyjit ops`: what this build is, and its threaded instruction set. `--markdown` forms are what
//! `cargo xtask codegen` writes into `docs/`.

use super::{PYTHON_VERSION, help, text};
use crate::options::{FLAGS, Group};
use pyjit_isa::threaded::Op;
use std::ffi::OsString;

/// What `-VV` prints behind the name, and the prompt's first line.
pub fn long_version() -> String {
    format!(
        "{PYTHON_VERSION} (pyjit {}) [{}]",
        env!("CARGO_PKG_VERSION"),
        target()
    )
}

fn target() -> String {
    format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS)
}

/// `pyjit ops [--markdown]`.
pub fn ops(words: &[OsString]) -> i32 {
    match words.first().map(|w| w.to_string_lossy()) {
        None => text::print(&help::ops_text()),
        Some(w) if w == "--markdown" => text::print(&help::ops_page()),
        Some(_) => {
            text::print("usage: pyjit ops [--markdown]\n");
            return 2;
        }
    };
    0
}

/// `pyjit info [--flags|--modules]`.
pub fn main(words: &[OsString]) -> i32 {
    match words.first().map(|w| w.to_string_lossy()).as_deref() {
        None => text::print(&summary()),
        Some("--flags") => text::print(&help::flags_page()),
        Some("--modules") => {
            let mut names: Vec<&str> = pyjit_modules::MODULES.iter().map(|m| m.name).collect();
            names.sort_unstable();
            text::print(&(names.join("\n") + "\n"))
        }
        Some(_) => {
            text::print("usage: pyjit info [--flags | --modules]\n");
            return 2;
        }
    };
    0
}

fn summary() -> String {
    let build = if cfg!(debug_assertions) {
        "development"
    } else {
        "release"
    };
    let dispatch = if cfg!(target_arch = "x86_64") {
        "tail (default; sysv64 handlers), match"
    } else {
        "tail (default), match"
    };
    let ours = FLAGS.iter().filter(|f| f.group == Group::Pyjit);
    let flags: Vec<&str> = ours.map(|f| f.name).collect();
    format!(
        "pyjit            {}\npython           {PYTHON_VERSION}\ntarget           {}\nbuild            {build}\ndispatchers      {dispatch}\nthreaded ops     {}\njit              not in this version\nnative modules   {}\nembedded files   {}\nown options      {}\n",
        env!("CARGO_PKG_VERSION"),
        target(),
        Op::ALL.len(),
        pyjit_modules::MODULES.len(),
        pyjit_modules::embedded::count(),
        flags.join(" "),
    )
}
