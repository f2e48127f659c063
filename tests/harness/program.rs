//! One test program: how it is found, run under a time limit, normalised, and how its expected
//! outcome is kept on disk.
//!
//! Used by the harness (`tests/harness/main.rs`) and, through `#[path]`, by `cargo xtask bless`, so
//! that what is recorded and what is compared pass through the same code. Standard library only.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The folders under `tests/` that hold programs.
pub const FOLDERS: [&str; 6] = ["lang", "types", "errors", "modules", "gc", "ops"];

/// The environment of every run; nothing else of the caller's environment reaches the program.
const ENVIRONMENT: [(&str, &str); 8] = [
    ("PATH", "/usr/bin:/bin"),
    ("HOME", "/nonexistent"),
    ("PYTHONHASHSEED", "0"),
    ("NO_COLOR", "1"),
    ("TZ", "UTC"),
    ("LC_ALL", "C.UTF-8"),
    ("COLUMNS", "80"),
    ("LINES", "24"),
];

/// What a program wrote and how it ended, after normalisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error, ending in a newline unless empty.
    pub stderr: Vec<u8>,
    /// Exit code, or minus the signal that ended the process.
    pub exit: i32,
}

/// The end of one run.
pub enum Run {
    /// The process ended by itself.
    Ended(Outcome),
    /// The process was killed at the time limit.
    TimedOut,
}

/// Every program below `tests`, as paths relative to it (`lang/closures.py`), sorted.
pub fn find(tests: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        let directory = tests.join(folder);
        if !directory.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(directory)? {
            let name = entry?.file_name();
            let Some(name) = name.to_str() else { continue };
            if name.ends_with(".py") {
                found.push(format!("{folder}/{name}"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Runs `command arguments... program` in the folder `tests`, at most `limit` long.
pub fn run(
    tests: &Path,
    command: &Path,
    arguments: &[String],
    program: &str,
    limit: Duration,
) -> io::Result<Run> {
    let mut child = Command::new(command)
        .args(arguments)
        .arg(program)
        .current_dir(tests)
        .env_clear()
        .envs(ENVIRONMENT)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let start = Instant::now();
    let (sender, receiver) = mpsc::channel();
    if let Some(pipe) = child.stdout.take() {
        drain(pipe, true, sender.clone());
    }
    if let Some(pipe) = child.stderr.take() {
        drain(pipe, false, sender);
    }
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    loop {
        let left = limit.saturating_sub(start.elapsed());
        match receiver.recv_timeout(left) {
            Ok((true, bytes)) => stdout = bytes,
            Ok((false, bytes)) => stderr = bytes,
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                child.kill()?;
                child.wait()?;
                return Ok(Run::TimedOut);
            }
        }
    }
    let status = child.wait()?;
    stderr = without_prefix(tests, &stderr);
    end_line(&mut stderr);
    Ok(Run::Ended(Outcome {
        stdout: without_prefix(tests, &stdout),
        stderr,
        exit: code(status),
    }))
}

/// Reads a pipe to its end on a thread of its own, so that neither pipe can fill and block.
fn drain(
    mut pipe: impl Read + Send + 'static,
    is_stdout: bool,
    sender: mpsc::Sender<(bool, Vec<u8>)>,
) {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // A broken pipe shows itself as missing output; there is nothing better to report.
        let _ = pipe.read_to_end(&mut bytes);
        let _ = sender.send((is_stdout, bytes));
    });
}

#[cfg(unix)]
fn code(status: std::process::ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status
        .code()
        .unwrap_or_else(|| -status.signal().unwrap_or(0))
}

#[cfg(not(unix))]
fn code(status: std::process::ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}

/// Python makes the script's path absolute; the recorded files hold it as given to the command.
fn without_prefix(tests: &Path, bytes: &[u8]) -> Vec<u8> {
    let prefix = format!("{}/", tests.display()).into_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(&first) = rest.first() {
        if let Some(after) = rest.strip_prefix(prefix.as_slice()) {
            rest = after;
        } else {
            out.push(first);
            rest = &rest[1..];
        }
    }
    out
}

fn end_line(bytes: &mut Vec<u8>) {
    if bytes.last().is_some_and(|&b| b != b'\n') {
        bytes.push(b'\n');
    }
}

/// The recorded output beside a program: `x.py` to `x.out` or `x.err`.
pub fn sibling(tests: &Path, program: &str, extension: &str) -> PathBuf {
    tests.join(program).with_extension(extension)
}

/// Reads the recorded outcome of a program; `None` when none was recorded.
pub fn expected(tests: &Path, program: &str) -> io::Result<Option<Outcome>> {
    let Some(stdout) = read_if_there(&sibling(tests, program, "out"))? else {
        return Ok(None);
    };
    let Some(err) = read_if_there(&sibling(tests, program, "err"))? else {
        return Ok(Some(Outcome {
            stdout,
            stderr: Vec::new(),
            exit: 0,
        }));
    };
    let text = err.strip_suffix(b"\n").unwrap_or(&err);
    let start = text
        .iter()
        .rposition(|&b| b == b'\n')
        .map_or(0, |at| at + 1);
    let exit = std::str::from_utf8(&text[start..])
        .ok()
        .and_then(|line| line.strip_prefix("exit: "))
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| {
            io::Error::other(format!("{program}: its .err must end in a line `exit: N`"))
        })?;
    Ok(Some(Outcome {
        stdout,
        stderr: text[..start].to_vec(),
        exit,
    }))
}

fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
