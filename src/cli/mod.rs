//! The command line. [`main`] takes the process' words and gives its status; `parse` understands them, `program` runs
//! Python programs, `finish` ends them, the other files are the sub-commands.

mod disassemble;
mod finish;
mod help;
mod info;
mod parse;
mod program;
mod prompt;
mod show;
mod text;

use crate::options::{Jit, Settings};
use parse::Parsed;
use std::ffi::OsString;

/// Python's version, as `-V` prints it.
pub const PYTHON_VERSION: &str = "3.14.10";

/// How the command was called.
pub struct Call {
    /// The first word.
    pub name: String,
    /// The name is one of Python's, so only Python's options exist.
    pub python_only: bool,
}

/// Runs the command; the result is the exit status.
pub fn main(words: Vec<OsString>) -> i32 {
    let mut words = words.into_iter();
    let name = words
        .next()
        .map_or_else(|| "pyjit".to_string(), |w| w.to_string_lossy().into_owned());
    let base = name.rsplit('/').next().unwrap_or(&name);
    let call = Call {
        python_only: base.starts_with("python"),
        name,
    };
    let words: Vec<OsString> = words.collect();
    if !call.python_only
        && let Some((first, rest)) = words.split_first()
    {
        match first.to_str() {
            Some("run") => return python(&call, rest),
            Some("dis") => return disassemble::main(&call, rest),
            Some("show") => return show::main(&call, rest),
            Some("ops") => return info::ops(rest),
            Some("info") => return info::main(rest),
            _ => {}
        }
    }
    python(&call, &words)
}

/// What `python` does with these words.
fn python(call: &Call, words: &[OsString]) -> i32 {
    match understand(call, words) {
        Ok(parsed) => program::run(call, parsed),
        Err(status) => status,
    }
}

/// Understands the words; the error is the status of a command that has nothing more to do.
fn understand(call: &Call, words: &[OsString]) -> Result<Parsed, i32> {
    let mut parsed = match parse::parse(words, call.python_only) {
        Ok(p) => p,
        Err(message) => {
            eprint!(
                "{message}\n{}Try `{} -h' for more information.\n",
                help::usage(&call.name),
                short_name(call)
            );
            return Err(2);
        }
    };
    let s = &mut parsed.settings;
    if let Some(message) = &s.fatal {
        eprintln!("Fatal Python error: {message}");
        return Err(1);
    }
    if let Some(which) = s.help {
        text::print(&help::help(&call.name, call.python_only, which));
        return Err(0);
    }
    match s.version {
        0 => {}
        1 => {
            text::print(&format!("Python {PYTHON_VERSION}\n"));
            return Err(0);
        }
        _ => {
            text::print(&format!("Python {}\n", info::long_version()));
            return Err(0);
        }
    }
    machine_code(call, s)?;
    s.options.executable = call.name.clone();
    Ok(parsed)
}

fn short_name(call: &Call) -> &str {
    if call.python_only { "python" } else { "pyjit" }
}

/// There is no compiler in this version: says so to whoever asks for it.
fn machine_code(call: &Call, s: &Settings) -> Result<(), i32> {
    match s.jit {
        Jit::On if !call.python_only => {
            eprintln!("pyjit: this version has no JIT; the program is interpreted");
            Ok(())
        }
        Jit::Require => {
            eprintln!("pyjit: this version has no JIT, and --jit=require was given");
            Err(2)
        }
        _ => Ok(()),
    }
}
