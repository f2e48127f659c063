//! Runs the Python programs under `tests/` with the `pyjit` binary, once per mode, and compares
//! standard output, standard error and exit code with what CPython 3.14 was recorded to do.
//!
//! `cargo test --test programs -- [--mode MODE] [--list] [FILTER...]`. This is a test target
//! without libtest: it needs threads and a time limit of its own. Recording is `cargo xtask bless`.

mod known;
mod program;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use known::KnownFailures;
use program::Run;

/// One way to run the interpreter; all of them must behave the same.
struct Mode {
    name: &'static str,
    arguments: &'static [&'static str],
    limit: Duration,
}

const MODES: [Mode; 4] = [
    Mode {
        name: "match",
        arguments: &["run", "--dispatch", "match"],
        limit: Duration::from_secs(20),
    },
    Mode {
        name: "tail",
        arguments: &["run", "--dispatch", "tail"],
        limit: Duration::from_secs(20),
    },
    Mode {
        name: "no-fast-paths",
        arguments: &["run", "--no-fast-paths"],
        limit: Duration::from_secs(20),
    },
    Mode {
        name: "gc-zeal",
        arguments: &["run", "--gc-zeal"],
        limit: Duration::from_secs(60),
    },
];

/// What the command line asked for.
#[derive(Default)]
struct Options {
    filters: Vec<String>,
    mode: Option<String>,
    list: bool,
}

/// How one program fared under one mode.
enum Verdict {
    Passed,
    /// Not run: the program itself says it is no use under this mode.
    Skipped,
    /// Failed, and the list of known failures said it would.
    KnownFailure,
    /// Failed; the text says how.
    Failed(String),
}

fn main() -> ExitCode {
    match harness() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(101),
        Err(message) => {
            eprintln!("programs: {message}");
            ExitCode::from(2)
        }
    }
}

fn harness() -> Result<bool, String> {
    let options = options()?;
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let all = program::find(&tests).map_err(|e| format!("{}: {e}", tests.display()))?;
    let wanted: Vec<&String> = all
        .iter()
        .filter(|path| {
            options.filters.is_empty() || options.filters.iter().any(|f| path.contains(f.as_str()))
        })
        .collect();
    if options.list {
        for path in &wanted {
            println!("{path}: test");
        }
        return Ok(true);
    }
    let modes = chosen_modes(&options)?;
    let list = tests.join("harness/known_failures.txt");
    let list = std::fs::read_to_string(&list).map_err(|e| format!("{}: {e}", list.display()))?;
    let known = KnownFailures::parse(&list)?;
    let strays = known.strays(&all, &MODES.map(|mode| mode.name));
    for stray in &strays {
        println!("FAIL {stray}");
    }

    let start = Instant::now();
    let jobs: Vec<(&str, &Mode)> = modes
        .iter()
        .flat_map(|&mode| wanted.iter().map(move |path| (path.as_str(), mode)))
        .collect();
    let pyjit = PathBuf::from(env!("CARGO_BIN_EXE_pyjit"));
    let tally = run_all(&tests, &pyjit, &known, &jobs);
    let failed = tally.failed + strays.len();
    let (passed, skipped) = (tally.passed, tally.skipped + tally.known);

    println!();
    if tally.known > 0 {
        println!(
            "{} of the skipped are known failures, which failed as expected",
            tally.known
        );
    }
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    println!(
        "test result: {}. {passed} passed; {failed} failed; {skipped} ignored; 0 measured; {} filtered out; finished in {:.2}s",
        if failed == 0 { "ok" } else { "FAILED" },
        all.len() - wanted.len(),
        start.elapsed().as_secs_f64(),
    );
    Ok(failed == 0)
}

/// How many runs ended in which way.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
    known: usize,
}

/// Runs the jobs on a thread per processor; prints failures as they come.
fn run_all(tests: &Path, pyjit: &Path, known: &KnownFailures, jobs: &[(&str, &Mode)]) -> Tally {
    let next = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::default());
    let workers = thread::available_parallelism().map_or(2, |n| n.get());
    println!("running {} tests", jobs.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((path, mode)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let verdict = judge(tests, pyjit, known, path, mode);
                    let mut tally = tally.lock().unwrap_or_else(|e| e.into_inner());
                    match verdict {
                        Verdict::Passed => tally.passed += 1,
                        Verdict::Skipped => tally.skipped += 1,
                        Verdict::KnownFailure => tally.known += 1,
                        Verdict::Failed(text) => {
                            tally.failed += 1;
                            print!("FAIL {path} [{}]\n{text}", mode.name);
                        }
                    }
                }
            });
        }
    });
    tally.into_inner().unwrap_or_else(|e| e.into_inner())
}

fn judge(tests: &Path, pyjit: &Path, known: &KnownFailures, path: &str, mode: &Mode) -> Verdict {
    if skips(tests, path, mode.name) {
        return Verdict::Skipped;
    }
    let complaint = check(tests, pyjit, path, mode);
    match (complaint.is_empty(), known.expects(path, mode.name)) {
        (true, false) => Verdict::Passed,
        (false, true) => Verdict::KnownFailure,
        (false, false) => Verdict::Failed(complaint),
        (true, true) => Verdict::Failed(
            "    passes now: take it off tests/harness/known_failures.txt\n".to_owned(),
        ),
    }
}

/// Runs one program under one mode; gives back what was wrong with it, empty when all was right.
fn check(tests: &Path, pyjit: &Path, path: &str, mode: &Mode) -> String {
    let want = match program::expected(tests, path) {
        Ok(Some(want)) => want,
        Ok(None) => return "    nothing recorded: run `cargo xtask bless`\n".to_owned(),
        Err(error) => return format!("    {error}\n"),
    };
    let arguments: Vec<String> = mode.arguments.iter().map(|&a| a.to_owned()).collect();
    match program::run(tests, pyjit, &arguments, path, mode.limit) {
        Ok(Run::Ended(got)) => report::difference(&want, &got),
        Ok(Run::TimedOut) => format!("    still running after {} s\n", mode.limit.as_secs()),
        Err(error) => format!("    could not be run: {error}\n"),
    }
}

/// Whether a comment `# skip: MODE...` in the first lines of the program excuses it from `mode`:
/// for programs that allocate so much that collecting all the time would take minutes.
fn skips(tests: &Path, program: &str, mode: &str) -> bool {
    let text = std::fs::read_to_string(tests.join(program)).unwrap_or_default();
    let modes = text
        .lines()
        .take(3)
        .filter_map(|line| line.strip_prefix("# skip:"));
    modes
        .flat_map(str::split_whitespace)
        .any(|name| name == mode)
}

fn chosen_modes(options: &Options) -> Result<Vec<&'static Mode>, String> {
    let only_tail = std::env::var("PYJIT_TEST_ALL_MODES").is_ok_and(|v| v == "0");
    let name = options.mode.as_deref().or(only_tail.then_some("tail"));
    let Some(name) = name else {
        return Ok(MODES.iter().collect());
    };
    let mode = MODES.iter().find(|mode| mode.name == name);
    mode.map(|mode| vec![mode]).ok_or_else(|| {
        format!(
            "unknown mode {name:?}: choose one of {}",
            MODES.map(|m| m.name).join(", ")
        )
    })
}

/// Reads the command line. Options of libtest that change nothing here are let through, because
/// `cargo test -- OPTION` hands them to every test target.
fn options() -> Result<Options, String> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--list" => options.list = true,
            "--mode" => options.mode = Some(arguments.next().ok_or("--mode needs a name")?),
            "--test-threads" | "--format" | "--color" => drop(arguments.next()),
            "--nocapture" | "--no-capture" | "--quiet" | "-q" | "--show-output" => {}
            _ if argument.starts_with("--test-threads=") => {}
            _ if argument.starts_with('-') => return Err(format!("unknown option {argument}")),
            _ => options.filters.push(argument),
        }
    }
    Ok(options)
}
