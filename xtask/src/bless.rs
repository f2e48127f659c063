//! `cargo xtask bless --cpython PATH [FILTER...]`: records the expected outcome of the programs
//! under `tests/` from a CPython 3.14. Called by `main.rs`.
//!
//! The code that finds, runs and normalises a program is the harness's own, shared by path.

#[path = "../../tests/harness/program.rs"]
mod program;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use program::{Outcome, Run};

/// The version all expectations are recorded from.
const VERSION: &str = "3.14";

/// Runs the task; `arguments` are what follows `bless` on the command line.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (cpython, filters) = options(arguments)?;
    check_version(&cpython)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .ok_or_else(|| "xtask lies in no workspace".to_owned())?;
    let tests = root.join("tests");
    // -P keeps the script's folder off sys.path, so that no program can shadow a module.
    let flags: Vec<String> = ["-P", "-s", "-B", "-X", "utf8"].map(str::to_owned).to_vec();
    let (mut seen, mut changed) = (0, 0);
    for path in program::find(&tests).map_err(|e| e.to_string())? {
        if !filters.is_empty() && !filters.iter().any(|f| path.contains(f.as_str())) {
            continue;
        }
        seen += 1;
        let limit = Duration::from_secs(20);
        let outcome = match program::run(&tests, &cpython, &flags, &path, limit) {
            Ok(Run::Ended(outcome)) => outcome,
            Ok(Run::TimedOut) => return Err(format!("{path}: still running after 20 s")),
            Err(error) => return Err(format!("{path}: {error}")),
        };
        if program::expected(&tests, &path).ok().flatten().as_ref() != Some(&outcome) {
            record(&tests, &path, &outcome).map_err(|e| format!("{path}: {e}"))?;
            println!("recorded {path}");
            changed += 1;
        }
    }
    println!("{seen} programs run, {changed} recordings changed");
    Ok(())
}

/// Writes `.out`, and `.err` when there is anything but a silent success to tell of.
fn record(tests: &Path, path: &str, outcome: &Outcome) -> std::io::Result<()> {
    std::fs::write(program::sibling(tests, path, "out"), &outcome.stdout)?;
    let err = program::sibling(tests, path, "err");
    if outcome.stderr.is_empty() && outcome.exit == 0 {
        if err.exists() {
            std::fs::remove_file(err)?;
        }
        return Ok(());
    }
    let mut text = outcome.stderr.clone();
    text.extend_from_slice(format!("exit: {}\n", outcome.exit).as_bytes());
    std::fs::write(err, text)
}

fn options(arguments: &[String]) -> Result<(PathBuf, Vec<String>), String> {
    let mut cpython = None;
    let mut filters = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--cpython" => cpython = rest.next().map(PathBuf::from),
            option if option.starts_with('-') => return Err(format!("unknown option {option}")),
            filter => filters.push(filter.to_owned()),
        }
    }
    let cpython = cpython.ok_or("usage: cargo xtask bless --cpython PATH [FILTER...]")?;
    Ok((cpython, filters))
}

fn check_version(cpython: &Path) -> Result<(), String> {
    let script = "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2])";
    let output = Command::new(cpython)
        .args(["-I", "-c", script])
        .output()
        .map_err(|e| format!("{}: {e}", cpython.display()))?;
    let found = String::from_utf8_lossy(&output.stdout);
    if found.trim() == format!("cpython {VERSION}") {
        return Ok(());
    }
    Err(format!(
        "expectations come from CPython {VERSION}; this is {:?}",
        found.trim()
    ))
}
