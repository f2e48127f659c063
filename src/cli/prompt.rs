//! The interactive prompt: the library's editing prompt where it works, else a loop that reads lines.

use super::program::run_code;
use super::{finish, info};
use crate::options::Settings;
use pyjit_core::prelude::*;
use pyjit_core::vm::CompileRequest;
use pyjit_types::exceptions::report::register_source;
use std::io::{BufRead, IsTerminal, Write};

const ALLOW_INCOMPLETE: u32 = 0x4000;
const DONT_IMPLY_DEDENT: u32 = 0x200;

/// Runs it until the input ends; the result is the exit status.
pub fn run(vm: &Vm, settings: &Settings) -> i32 {
    if !settings.options.quiet {
        eprintln!(
            "Python {} on linux\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.",
            info::long_version()
        );
    }
    let env = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|v| !v.is_empty() && !settings.options.ignore_environment)
    };
    if let Some(file) = env("PYTHONSTARTUP")
        && let Err(e) = startup_file(vm, &file)
    {
        finish::report(vm, e, true);
    }
    if let Some(d) = vm.sys.value().cast::<PyDict>() {
        for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
            if d.get_name(name).is_none() {
                d.set_name(name, PyStr::from_str(text));
            }
        }
    }
    let dumb = std::env::var("TERM").is_ok_and(|t| t == "dumb");
    if std::io::stdin().is_terminal() && !dumb && env("PYTHON_BASIC_REPL").is_none() {
        match vm.import_attr("_pyrepl.main", "interactive_console") {
            Ok(f) => {
                return match vm.call(f.value(), &[]) {
                    Ok(_) => 0,
                    Err(e) => finish::report(vm, e, false),
                };
            }
            Err(e) => drop(e),
        }
    }
    lines(vm)
}

fn startup_file(vm: &Vm, file: &str) -> PyResult<()> {
    let source = std::fs::read(file).map_err(|e| vm.io_error(&e, None))?;
    let code = compile(vm, &source, file, "exec", 0)?;
    run_code(vm, code.value())
}

fn compile(vm: &Vm, source: &[u8], filename: &str, mode: &str, flags: u32) -> PyResult<Owned> {
    (vm.hooks().compile)(
        vm,
        CompileRequest {
            source,
            is_text: true,
            filename: filename.to_string(),
            mode,
            flags,
            optimize: -1,
        },
    )
}

/// The loop without editing.
fn lines(vm: &Vm) -> i32 {
    const FILE: &str = "<stdin>";
    loop {
        let (source, at_end) = match statement(vm) {
            Ok(read) => read,
            Err(e) => {
                finish::report(vm, e, true);
                continue;
            }
        };
        if !source.trim().is_empty() {
            register_source(vm, FILE, &source);
            let done = compile(vm, source.as_bytes(), FILE, "single", 0)
                .and_then(|code| run_code(vm, code.value()));
            match done {
                Ok(()) => {}
                Err(e) if e.is_instance(vm.exc.SystemExit) => return finish::report(vm, e, false),
                Err(e) => {
                    finish::report(vm, e, true);
                }
            }
            flush(vm);
        }
        if at_end {
            eprintln!();
            return 0;
        }
    }
}

fn flush(vm: &Vm) {
    pyjit_modules::sys::flush_std_files(vm);
}

/// Reads lines until they are a statement; true at the end of the input.
fn statement(vm: &Vm) -> PyResult<(String, bool)> {
    let mut source = String::new();
    let mut prompt = "ps1";
    loop {
        show_prompt(vm, prompt)?;
        let mut line = Vec::new();
        let n = vm
            .release_gil(|| std::io::stdin().lock().read_until(b'\n', &mut line))
            .map_err(|e| vm.io_error(&e, None))?;
        vm.check_pending()?;
        source.push_str(&String::from_utf8_lossy(&line));
        if n == 0 || !is_incomplete(vm, source.strip_suffix('\n').unwrap_or(&source)) {
            return Ok((source, n == 0));
        }
        prompt = "ps2";
    }
}

fn show_prompt(vm: &Vm, name: &str) -> PyResult<()> {
    let text = match vm.sys_get(name) {
        Some(v) => vm.str_text(v.value())?,
        None => String::new(),
    };
    let mut err = std::io::stderr().lock();
    let _ = err.write_all(text.as_bytes());
    let _ = err.flush();
    Ok(())
}

/// Whether more lines may follow: `codeop`'s rule. The text is one statement as it stands, or it could become one.
fn is_incomplete(vm: &Vm, source: &str) -> bool {
    if source.trim().is_empty() {
        return false;
    }
    let flags = ALLOW_INCOMPLETE | DONT_IMPLY_DEDENT;
    let try_it = |text: &str| compile(vm, text.as_bytes(), "<input>", "single", flags).err();
    if try_it(source).is_none() {
        return false;
    }
    match try_it(&format!("{source}\n")) {
        None => true,
        Some(e) => e.is_instance(vm.exc._IncompleteInputError),
    }
}
