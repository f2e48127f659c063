//! The end of a program: what an exception that nobody caught leads to, and the order of the shutdown.

use pyjit_core::mem::cycles;
use pyjit_core::prelude::*;
use pyjit_modules::system::signals::{self, Action};
use pyjit_modules::{atexit, sys};
use pyjit_types::exceptions::report;

/// The status that stands for "killed by SIGINT".
const INTERRUPTED: i32 = 130;
/// Output could not be written at the end.
const FLUSH_FAILED: i32 = 120;

/// Reports the exception; the result is the exit status. `SystemExit` ends quietly, unless a prompt is to follow.
pub fn report(vm: &Vm, e: Raised, prompt_follows: bool) -> i32 {
    if prompt_follows && e.is_instance(vm.exc.SystemExit) {
        report::print_exception(vm, e.value());
        return 1;
    }
    sys::run_excepthook(vm, e)
}

/// Waits for threads, runs `atexit`, flushes, takes the modules apart. The result is the status, which a failed flush
/// changes.
pub fn shut_down(vm: &Vm, status: i32) -> i32 {
    let mut status = status;
    if let Some(threading) = loaded(vm, "threading")
        && let Err(e) = vm.call_method_str(threading.value(), "_shutdown", &[])
    {
        vm.write_unraisable(
            e,
            "Exception ignored on threading shutdown",
            Some(threading.value()),
        );
    }
    atexit::run_exit_functions(vm);
    if !sys::flush_std_files(vm) {
        status = FLUSH_FAILED;
    }
    vm.module_state
        .get_mut()
        .insert("finalizing", Owned::bool(true));
    vm.gil_finalize();
    take_modules_apart(vm);
    if !sys::flush_std_files(vm) {
        status = FLUSH_FAILED;
    }
    status
}

fn loaded(vm: &Vm, name: &str) -> Option<Owned> {
    let d = vm.modules.value().cast::<PyDict>()?;
    d.get_name(name).filter(|m| !m.is_none())
}

/// Clears the namespaces of the program's modules, so that finalizers run while the library still works. `__main__` goes
/// first; names with one underscore go before the others, as in CPython.
fn take_modules_apart(vm: &Vm) {
    let Some(modules) = vm.modules.value().cast::<PyDict>() else {
        return;
    };
    for name in [
        "last_exc",
        "last_type",
        "last_value",
        "last_traceback",
        "ps1",
        "ps2",
    ] {
        if let Some(d) = vm.sys.value().cast::<PyDict>() {
            drop(d.remove_str(intern(name).value()));
        }
    }
    if let Some(b) = vm.builtins.value().cast::<PyDict>() {
        b.set_name("_", Owned::NONE);
    }
    // The program's modules leave `sys.modules`. What comes with the interpreter is needed until the end.
    let reference = vm.import_attr("_weakref", "ref");
    let (mut left, mut finalizers) = (Vec::new(), false);
    for (key, m) in modules.items() {
        let main = text_of(key.value()) == "__main__";
        let Some(module) = m.cast::<PyModule>().filter(|m| main || is_program(m)) else {
            continue;
        };
        finalizers |= has_finalizers(module);
        if let Ok(r) = &reference
            && let Ok(weak) = vm.call(r.value(), &[m.value()])
        {
            left.push((main, weak));
        }
        modules.set_str(key.value(), Owned::NONE);
        if !finalizers {
            // Nobody watches: names go one by one.
            clear(module);
        }
    }
    // Finalizers of what only the modules kept run while their names still exist.
    let several = left.len() > 1;
    // What the start-up made is no garbage, so if nothing has been collected yet it suffices to look at the young.
    let young = vm.heap.is_unsorted() && !several && !finalizers;
    cycles::collect(vm, if young { 1 } else { 2 });
    // Modules that something else keeps are emptied, `__main__` first, the rest in reverse order of import.
    left.sort_by_key(|(main, _)| *main);
    let mut cleared = false;
    for (_, weak) in left.into_iter().rev() {
        if let Ok(m) = vm.call(weak.value(), &[])
            && let Some(m) = m.cast::<PyModule>()
        {
            clear(m);
            cleared = true;
        }
    }
    if cleared {
        cycles::collect(vm, 2);
    }
}

/// Whether a module has classes with `__del__`, or instances of such.
fn has_finalizers(m: &PyModule) -> bool {
    let watches = |c: &TypeObject| c.has_flag(type_flags::HEAP) && c.slots.del.get().is_some();
    m.dict()
        .items()
        .iter()
        .any(|(_, v)| watches(v.class()) || v.cast::<TypeObject>().is_some_and(watches))
}

/// Modules of the user: those that were read from a file outside the embedded library.
fn is_program(m: &PyModule) -> bool {
    m.dict()
        .get_name("__file__")
        .is_some_and(|f| f.isa::<PyStr>() && std::path::Path::new(&text_of(f.value())).is_file())
}

fn clear(m: &PyModule) {
    let d = m.dict();
    for private in [true, false] {
        for key in d.keys() {
            let name = text_of(key.value());
            let one_underscore = name.starts_with('_') && !name.starts_with("__");
            if one_underscore == private && name != "__builtins__" {
                d.set_str(key.value(), Owned::NONE);
            }
        }
    }
}

/// Ends the process the way the status says: an interrupted program is killed by the signal, so that shells notice.
pub fn die(status: i32) -> i32 {
    if status == INTERRUPTED
        && signals::install(libc::SIGINT, Action::Default).is_ok()
        && signals::raise(libc::SIGINT).is_ok()
    {
        return INTERRUPTED;
    }
    status & 0xff
}

/// `--stats`.
pub fn print_stats(vm: &Vm, started: std::time::Instant) {
    let wall = started.elapsed().as_secs_f64() * 1e3;
    let modules = vm.modules.value().cast::<PyDict>().map_or(0, |d| d.len());
    eprintln!("wall time            {wall:.1} ms");
    eprintln!("modules              {modules}");
    for (i, g) in vm.heap.stats.iter().enumerate() {
        if g.collections.get() > 0 {
            eprintln!(
                "gc generation {i}      {} collections, {} objects collected",
                g.collections.get(),
                g.collected.get()
            );
        }
    }
}
