//! `cargo xtask <task>`: house checks and generators. Called by people and by `.ci/run`; no part of
//! the product. `tidy` is in `tidy.rs`, the directions between crates in `deps.rs`, the little Rust
//! lexer that both text checks stand on in `source.rs`; `bless` records expected outputs, `codegen` writes
//! the generated pages of the documentation.

mod bless;
mod codegen;
mod deps;
mod source;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask tidy\n       cargo xtask bless --cpython PATH [FILTER...]\n       cargo xtask codegen [--check]";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = root.parent().unwrap_or(root);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((task, [])) if task == "tidy" => return tidy::run(root),
        Some((task, rest)) if task == "bless" => bless::run(rest),
        Some((task, rest)) if task == "codegen" => codegen::run(root, rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
