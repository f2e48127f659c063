//! Running a Python program: the runtime, `__main__`, `site`, `sys.path[0]`, then the command, module, script, directory or
//! prompt. Called by `cli/mod.rs` with an understood command line; what follows the program is in `finish.rs`.

use super::parse::{Parsed, Program};
use super::{Call, finish, prompt};
use crate::engine;
use crate::options::Settings;
use pyjit_core::prelude::*;
use pyjit_core::vm::CompileRequest;
use pyjit_modules::sys::paths::fs_text;
use pyjit_types::exceptions::report::{self, register_source};
use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Runs it; the result is the exit status.
pub fn run(call: &Call, parsed: Parsed) -> i32 {
    let started = std::time::Instant::now();
    let stats = parsed.settings.stats;
    let vm = match start(&parsed) {
        Ok(vm) => vm,
        Err(status) => return status,
    };
    let mut status = match run_program(vm, call, &parsed) {
        Ok(status) => status,
        Err(e) => finish::report(vm, e, parsed.settings.options.inspect),
    };
    if wants_prompt(&parsed) {
        status = prompt::run(vm, &parsed.settings);
    }
    status = finish::shut_down(vm, status);
    if stats {
        finish::print_stats(vm, started);
    }
    finish::die(status)
}

/// The runtime with its modules, ready to run something in `__main__`.
pub fn start(parsed: &Parsed) -> Result<&'static Vm, i32> {
    let s = &parsed.settings;
    let mut options = s.options.clone();
    let program = match &parsed.program {
        Program::Default => OsString::new(),
        Program::Stdin => "-".into(),
        Program::Command(_) => "-c".into(),
        Program::Module(_) => "-m".into(),
        Program::File(f) => f.clone(),
    };
    options.argv = std::iter::once(&program)
        .chain(&parsed.args)
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let vm = match engine::start(options) {
        Ok(vm) => vm,
        Err(e) => {
            eprintln!("pyjit: {e}");
            return Err(1);
        }
    };
    if let Some(n) = s.max_str_digits {
        vm.int_max_str_digits.set(n);
    }
    if let Err(e) = start_modules(vm, s, &program, &parsed.args) {
        report::print_exception(vm, e.value());
        return Err(1);
    }
    vm.heap.settle();
    vm.heap.zeal.set(s.gc_zeal);
    Ok(vm)
}

fn start_modules(vm: &Vm, s: &Settings, program: &OsStr, args: &[OsString]) -> PyResult<()> {
    pyjit_modules::import::start(vm)?;
    if let Some(sys) = vm.sys.value().cast::<PyDict>() {
        let words = std::iter::once(program).chain(args.iter().map(|a| a.as_os_str()));
        let argv: Vec<Owned> = words.map(|a| fs_text(a.as_bytes())).collect();
        sys.set_name("argv", PyList::new(argv));
    }
    add_main(vm)?;
    // The handler of SIGINT is installed by the module.
    if pyjit_modules::find("_signal").is_some() {
        vm.import("_signal")?;
    }
    if !s.options.warn_options.is_empty() {
        vm.import("warnings")?;
    }
    let x = |name: &str| s.options.x_options.iter().any(|(n, _)| n == name);
    let env = |name: &str| {
        !s.options.ignore_environment && std::env::var_os(name).is_some_and(|v| !v.is_empty())
    };
    if x("faulthandler") || env("PYTHONFAULTHANDLER") || s.options.dev_mode {
        let enable = vm.import_attr("faulthandler", "enable")?;
        vm.call(enable.value(), &[])?;
    }
    if !s.options.no_site {
        let main = vm.import_attr("site", "main")?;
        vm.call(main.value(), &[])?;
    }
    Ok(())
}

/// `__main__`, before `site` runs.
fn add_main(vm: &Vm) -> PyResult<()> {
    let main = PyModule::new(vm, "__main__");
    let Some(m) = main.cast::<PyModule>() else {
        return Ok(());
    };
    let builtins = vm.import("builtins")?;
    m.dict().set_str(vm.names.__builtins__.value(), builtins);
    if let Ok(loader) = vm.import_attr("_frozen_importlib", "BuiltinImporter") {
        m.dict().set_str(vm.names.__loader__.value(), loader);
    }
    pyjit_modules::import::put_module(vm, "__main__", &main);
    Ok(())
}

/// The namespace of `__main__`.
pub fn main_dict(vm: &Vm) -> PyResult<Owned> {
    let m = vm.import("__main__")?;
    match m.cast::<PyModule>() {
        Some(m) => Ok(m.dict().as_owned()),
        None => vm.getattr_str(m.value(), "__dict__"),
    }
}

fn set_main(vm: &Vm, name: &str, value: Owned) -> PyResult<()> {
    let d = main_dict(vm)?;
    if let Some(d) = d.cast::<PyDict>() {
        d.set_name(name, value);
    }
    Ok(())
}

fn wants_prompt(parsed: &Parsed) -> bool {
    let o = &parsed.settings.options;
    let inspect = o.inspect
        || !o.ignore_environment
            && std::env::var_os("PYTHONINSPECT").is_some_and(|v| !v.is_empty());
    // Without a program the prompt was what ran.
    inspect && !(parsed.program == Program::Default && is_interactive(parsed))
}

fn is_interactive(parsed: &Parsed) -> bool {
    std::io::stdin().is_terminal() || parsed.settings.options.inspect
}

fn run_program(vm: &Vm, call: &Call, parsed: &Parsed) -> PyResult<i32> {
    let s = &parsed.settings;
    match &parsed.program {
        Program::Command(text) => {
            add_path(vm, s, b"");
            run_command(vm, text)?;
        }
        Program::Module(name) => {
            let cwd = std::env::current_dir().map_or_else(|_| Vec::new(), path_bytes);
            add_path(vm, s, &cwd);
            run_module(vm, name, true)?;
        }
        Program::File(file) => return run_file(vm, call, s, file),
        Program::Default | Program::Stdin => {
            add_path(vm, s, b"");
            if is_interactive(parsed) {
                return Ok(prompt::run(vm, s));
            }
            let mut source = Vec::new();
            if let Err(e) = std::io::stdin().lock().read_to_end(&mut source) {
                return Err(vm.io_error(&e, None));
            }
            set_main(vm, "__file__", PyStr::from_str("<stdin>"))?;
            set_main(vm, "__cached__", Owned::NONE)?;
            run_source(vm, &source, "<stdin>")?;
        }
    }
    Ok(0)
}

/// `sys.path[0]`, unless the user does not want it.
fn add_path(vm: &Vm, s: &Settings, dir: &[u8]) {
    if s.options.safe_path {
        return;
    }
    // Error messages suspect modules that were found there.
    vm.module_state
        .get_mut()
        .insert(pyjit_core::protocol::SCRIPT_DIR, fs_text(dir));
    insert_path(vm, dir);
}

/// Puts a directory first in `sys.path`.
pub fn insert_path(vm: &Vm, dir: &[u8]) {
    if let Some(path) = vm.sys_get("path")
        && let Some(l) = path.cast::<PyList>()
    {
        l.items.get_mut().insert(0, fs_text(dir));
    }
}

fn path_bytes(p: PathBuf) -> Vec<u8> {
    p.into_os_string().into_vec()
}

/// Compiles and runs the text in `__main__`.
fn run_source(vm: &Vm, source: &[u8], filename: &str) -> PyResult<()> {
    let code = pyjit_modules::compiling::compile_file(vm, source, filename)?;
    run_code(vm, code.value())
}

/// Runs a code object in `__main__`.
pub fn run_code(vm: &Vm, code: Value) -> PyResult<()> {
    let globals = main_dict(vm)?;
    (vm.hooks().eval_code)(vm, code, globals.value(), globals.value(), Value::NULL).map(drop)
}

fn run_command(vm: &Vm, text: &str) -> PyResult<()> {
    let text = dedent(text) + "\n";
    register_source(vm, "<string>", &text);
    // Text that is decoded already: an encoding that it names does not count.
    let code = (vm.hooks().compile)(
        vm,
        CompileRequest {
            source: text.as_bytes(),
            is_text: true,
            filename: "<string>".to_string(),
            mode: "exec",
            flags: 0,
            optimize: -1,
        },
    )?;
    run_code(vm, code.value())
}

/// Takes off the indentation that all lines of `-c` share.
fn dedent(text: &str) -> String {
    let indent = |l: &str| l.len() - l.trim_start_matches([' ', '\t']).len();
    let mut common: Option<&str> = None;
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let own = &line[..indent(line)];
        common = Some(match common {
            None => own,
            Some(c) => {
                let same = c.bytes().zip(own.bytes()).take_while(|(a, b)| a == b);
                &c[..same.count()]
            }
        });
    }
    match common {
        None | Some("") => text.to_string(),
        Some(c) => {
            let lines: Vec<&str> = text
                .split('\n')
                .map(|l| match l.strip_prefix(c) {
                    // Blank lines lose what is left in them.
                    Some(rest) if rest.trim().is_empty() => "",
                    Some(rest) => rest,
                    None => l.trim_start_matches([' ', '\t']),
                })
                .collect();
            lines.join("\n")
        }
    }
}

fn run_module(vm: &Vm, name: &str, alter_argv: bool) -> PyResult<()> {
    let f = vm.import_attr("runpy", "_run_module_as_main")?;
    let name = PyStr::from_str(name);
    vm.call(f.value(), &[name.value(), Value::bool(alter_argv)])
        .map(drop)
}

fn run_file(vm: &Vm, call: &Call, s: &Settings, file: &OsStr) -> PyResult<i32> {
    let path = std::path::absolute(file).unwrap_or_else(|_| PathBuf::from(file));
    let shown = || vm.repr_text(fs_text(path.as_os_str().as_bytes()).value());
    if path.is_dir() || is_zip(&path) {
        let dir = path.as_os_str().as_bytes();
        insert_path(vm, dir);
        let main = |name: &str| path.join(name).is_file();
        if path.is_dir() && !main("__main__.py") && !main("__main__.pyc") {
            eprintln!(
                "{}: can't find '__main__' module in {}",
                call.name,
                shown()?
            );
            return Ok(1);
        }
        run_module(vm, "__main__", false)?;
        return Ok(0);
    }
    let mut source = match std::fs::read(&path) {
        Ok(source) => source,
        Err(e) => {
            let errno = e.raw_os_error().unwrap_or(libc::EIO);
            let e = vm.io_error(&e, None);
            let text = vm.getattr_str(e.value(), "strerror")?;
            eprintln!(
                "{}: can't open file {}: [Errno {errno}] {}",
                call.name,
                shown()?,
                vm.str_text(text.value())?
            );
            return Ok(2);
        }
    };
    if s.skip_first_line {
        let end = source.iter().position(|b| *b == b'\n');
        source.drain(..end.unwrap_or(source.len()));
    }
    // A link counts as the file that it leads to.
    let real = std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
    let dir = real.parent().unwrap_or(Path::new(""));
    add_path(vm, s, dir.as_os_str().as_bytes());
    let name = fs_text(path.as_os_str().as_bytes());
    set_main(vm, "__file__", name.clone())?;
    set_main(vm, "__cached__", Owned::NONE)?;
    let compiled = path.extension().is_some_and(|e| e == "pyc");
    let loader = match compiled {
        true => "SourcelessFileLoader",
        false => "SourceFileLoader",
    };
    let main = PyStr::from_str("__main__");
    if let Ok(class) = vm.import_attr("_frozen_importlib_external", loader) {
        let loader = vm.call(class.value(), &[main.value(), name.value()])?;
        set_main(vm, "__loader__", loader.clone())?;
        if compiled {
            let code = vm.call_method_str(loader.value(), "get_code", &[main.value()])?;
            run_code(vm, code.value())?;
            return Ok(0);
        }
    }
    run_source(vm, &source, &path.to_string_lossy())?;
    Ok(0)
}

/// Whether a file ends with the directory of a zip archive.
fn is_zip(path: &Path) -> bool {
    use std::io::{Seek, SeekFrom};
    if path.extension().is_some_and(|e| e == "py") {
        return false;
    }
    let Ok(mut f) = std::fs::File::open(path) else {
        return false;
    };
    let mut tail = [0; 22];
    f.seek(SeekFrom::End(-22)).is_ok()
        && f.read_exact(&mut tail).is_ok()
        && &tail[..4] == b"PK\x05\x06"
}
