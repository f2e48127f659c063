//! `faulthandler`: Python stacks for crashes and hangs. A fatal signal is named and then takes its course; a hang is shown
//! by the running thread itself at its next safepoint.

use crate::NativeModule;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};
use std::time::Duration;

pub static MODULE: NativeModule =
    NativeModule::new("faulthandler", FUNCTIONS).doc("faulthandler module.");

static FUNCTIONS: &[MethodDef] = &[
    M::function(
        "enable",
        "(file=sys.stderr, all_threads=True)",
        enable,
        "Enable the fault handler.",
    ),
    M::function(
        "disable",
        "()",
        |_, _| {
            let was = ENABLED.swap(false, Ordering::Relaxed);
            if was {
                install(libc::SIG_DFL);
            }
            Ok(Owned::bool(was))
        },
        "Disable the fault handler.",
    ),
    M::function(
        "is_enabled",
        "()",
        |_, _| Ok(Owned::bool(ENABLED.load(Ordering::Relaxed))),
        "Check if the handler is enabled.",
    ),
    M::function(
        "dump_traceback",
        "(file=sys.stderr, all_threads=True)",
        dump,
        "Dump the traceback of the current thread into file.",
    ),
    M::function(
        "dump_traceback_later",
        "(timeout, repeat=False, file=sys.stderr, exit=False)",
        dump_later,
        "Dump the traceback after a timeout.",
    ),
    M::function(
        "cancel_dump_traceback_later",
        "()",
        |_, _| {
            WATCH.fetch_add(1, Ordering::Relaxed);
            Ok(Owned::NONE)
        },
        "Cancel the previous call to dump_traceback_later().",
    ),
    M::function(
        "register",
        "(signum, file=sys.stderr, all_threads=True, chain=False)",
        |vm, _| {
            Err(vm.error(
                vm.exc.NotImplementedError,
                "faulthandler.register() is not supported by this implementation",
            ))
        },
        "Register a handler for the signal 'signum'.",
    ),
    M::function(
        "unregister",
        "(signum, /)",
        |_, _| Ok(Owned::bool(false)),
        "Unregister the handler of the signal 'signum' registered by register().",
    ),
    M::function("_sigsegv", "(release_gil=False, /)", |_, _| raise(libc::SIGSEGV), "Raise a SIGSEGV signal."),
    M::function("_sigabrt", "()", |_, _| raise(libc::SIGABRT), "Raise a SIGABRT signal."),
    M::function("_sigfpe", "()", |_, _| raise(libc::SIGFPE), "Raise a SIGFPE signal."),
];

static ENABLED: AtomicBool = AtomicBool::new(false);
static FATAL_FD: AtomicI32 = AtomicI32::new(2);
/// Number of the current watch; a watchdog whose number has passed does nothing.
static WATCH: AtomicU64 = AtomicU64::new(0);
/// Where the running thread shall show its stack at the next safepoint; -1: nowhere.
static ASKED_FD: AtomicI32 = AtomicI32::new(-1);
static HOOKED: AtomicBool = AtomicBool::new(false);

const SIGNALS: [(libc::c_int, &str); 5] = [
    (libc::SIGBUS, "Bus error"),
    (libc::SIGILL, "Illegal instruction"),
    (libc::SIGFPE, "Floating-point exception"),
    (libc::SIGABRT, "Aborted"),
    (libc::SIGSEGV, "Segmentation fault"),
];

fn raise(signal: libc::c_int) -> PyResult<Owned> {
    // SAFETY: sends a signal to this thread; what happens then is what was asked for.
    unsafe { libc::raise(signal) };
    Ok(Owned::NONE)
}

fn write_all(fd: i32, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        // SAFETY: the pointer and length belong to one slice.
        let n = unsafe { libc::write(fd, bytes.as_ptr() as *const libc::c_void, bytes.len()) };
        if n <= 0 {
            return;
        }
        bytes = bytes.get(n as usize..).unwrap_or(&[]);
    }
}

/// Runs inside a signal: writes and lets the signal strike again with its default action.
extern "C" fn fatal(signal: libc::c_int) {
    let name = SIGNALS
        .iter()
        .find(|(s, _)| *s == signal)
        .map_or("Fatal signal", |(_, n)| n);
    let fd = FATAL_FD.load(Ordering::Relaxed);
    for part in ["Fatal Python error: ", name, "\n\n"] {
        write_all(fd, part.as_bytes());
    }
    // SAFETY: both calls may be made in a signal handler.
    unsafe {
        libc::signal(signal, libc::SIG_DFL);
        libc::raise(signal);
    }
}

fn install(handler: libc::sighandler_t) {
    for (s, _) in SIGNALS {
        // SAFETY: a handler of the right type, or the default.
        unsafe { libc::signal(s, handler) };
    }
}

/// The descriptor of a file argument.
fn descriptor(vm: &Vm, file: Value) -> PyResult<i32> {
    let file = match file.given() {
        Some(f) => f.own(),
        None => match vm.sys_get("stderr") {
            Some(f) if !f.is_none() => f,
            Some(_) => return Err(vm.runtime_error("sys.stderr is None")),
            None => return Err(vm.runtime_error("unable to get sys.stderr")),
        },
    };
    if file.as_i64().is_some() {
        let fd = vm.to_i32(file.value())?;
        if fd < 0 {
            return Err(vm.value_error("file is not a valid file descripter"));
        }
        return Ok(fd);
    }
    let fd = vm.call_method(file.value(), vm.names.fileno.value(), &[])?;
    let Ok(fd) = vm.to_i32(fd.value()) else {
        return Err(vm.runtime_error("file.fileno() is not a valid file descriptor"));
    };
    // A stream that cannot be flushed is still written to.
    drop(vm.call_method(file.value(), vm.names.flush.value(), &[]));
    Ok(fd)
}

fn enable(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    FATAL_FD.store(descriptor(vm, a[0])?, Ordering::Relaxed);
    ENABLED.store(true, Ordering::Relaxed);
    install(fatal as *const () as libc::sighandler_t);
    Ok(Owned::NONE)
}

/// The running thread's stack, innermost first.
fn stack(vm: &Vm, title: &str) -> String {
    let mut out = format!("{title} (most recent call first):\n");
    let mut frames = 0;
    for a in vm.activations() {
        if frames == 100 {
            out.push_str("  ...\n");
            break;
        }
        frames += 1;
        let code = a.code();
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "  File \"{}\", line {} in {}",
            text_of(code.filename.value()),
            a.line().map_or("???".to_string(), |l| l.to_string()),
            text_of(code.name.value())
        );
    }
    if frames == 0 {
        out.push_str("  <no Python frame>\n");
    }
    out
}

fn title(all: bool) -> String {
    if !all {
        return "Stack".to_string();
    }
    format!("Current thread {:#018x}", pyjit_core::thread::current_ident())
}

fn dump(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let fd = descriptor(vm, a[0])?;
    let all = match a[1].non_null() {
        Some(v) => vm.truthy(v)?,
        None => true,
    };
    write_all(fd, stack(vm, &title(all)).as_bytes());
    Ok(Owned::NONE)
}

fn dump_later(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let seconds = vm.to_f64(a[0])?;
    if seconds <= 0.0 || seconds.is_nan() {
        return Err(vm.value_error("timeout must be greater than 0"));
    }
    let wait = Duration::try_from_secs_f64(seconds)
        .map_err(|_| vm.overflow_error("timeout value is too large"))?;
    let flag = |v: Value| match v.non_null() {
        Some(v) => vm.truthy(v),
        None => Ok(false),
    };
    let (repeat, exit) = (flag(a[1])?, flag(a[3])?);
    let fd = descriptor(vm, a[2])?;
    if !HOOKED.swap(true, Ordering::Relaxed) {
        vm.at_safepoint(|vm| {
            let fd = ASKED_FD.swap(-1, Ordering::Relaxed);
            if fd >= 0 {
                write_all(fd, stack(vm, &title(true)).as_bytes());
            }
            Ok(())
        });
    }
    let mine = WATCH.fetch_add(1, Ordering::Relaxed) + 1;
    let total = wait.as_secs();
    let header = format!(
        "Timeout ({}:{:02}:{:02})!\n",
        total / 3600,
        total / 60 % 60,
        total % 60
    );
    let started = std::thread::Builder::new().spawn(move || {
        loop {
            std::thread::sleep(wait);
            if WATCH.load(Ordering::Relaxed) != mine {
                return;
            }
            write_all(fd, header.as_bytes());
            ASKED_FD.store(fd, Ordering::Relaxed);
            // SAFETY: the flag is a byte of its own that is only ever set or cleared.
            unsafe {
                AtomicBool::from_ptr(Vm::get().thread.breaker.as_ptr())
                    .store(true, Ordering::Relaxed)
            };
            if exit {
                // The running thread gets a moment to show where it is.
                std::thread::sleep(Duration::from_millis(300));
                // SAFETY: ends the process at once, as documented.
                unsafe { libc::_exit(1) };
            }
            if !repeat {
                return;
            }
        }
    });
    match started {
        Ok(_) => Ok(Owned::NONE),
        Err(_) => Err(vm.runtime_error("unable to start watchdog thread")),
    }
}
