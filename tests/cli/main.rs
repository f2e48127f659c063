//! The command line from outside: forms of programs, options, exit codes, the end of a program. Programs' own behaviour is
//! tested by the harness in `tests/harness`.

mod end;
mod forms;
mod options;
mod start;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// What a run did.
struct Ran {
    out: String,
    err: String,
    /// The status; for a process that a signal killed, minus the signal.
    code: i32,
}

/// The command in a bare environment.
fn pyjit(args: &[&str]) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_pyjit"));
    c.args(args)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    c
}

fn ran(o: Output) -> Ran {
    use std::os::unix::process::ExitStatusExt;
    Ran {
        out: String::from_utf8_lossy(&o.stdout).into_owned(),
        err: String::from_utf8_lossy(&o.stderr).into_owned(),
        code: o
            .status
            .code()
            .unwrap_or_else(|| -o.status.signal().unwrap_or(0)),
    }
}

/// Runs the command with these words.
fn run(args: &[&str]) -> Ran {
    ran(pyjit(args).output().expect("the command starts"))
}

/// Runs it with a text as standard input.
fn feed(args: &[&str], input: &str) -> Ran {
    let mut child = pyjit(args)
        .stdin(Stdio::piped())
        .spawn()
        .expect("the command starts");
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).expect("input is taken");
    }
    ran(child.wait_with_output().expect("the command ends"))
}

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("a folder for the test");
    dir
}

/// A file in such a folder; the result is its path.
fn file(dir: &std::path::Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).expect("a folder for the file");
    }
    std::fs::write(&path, text).expect("a file for the test");
    path.to_string_lossy().into_owned()
}
