//! `_thread`: starting threads, locks, thread-local data. The interpreter lock itself stands in the core.

mod handle;
mod local;
mod lock;

pub use handle::after_fork;

use crate::{NativeModule, payload_class};
use handle::{Handle, PyHandle};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_core::thread;
use pyjit_types::structseq::StructSeq;
use std::sync::atomic::{AtomicUsize, Ordering};

pub static MODULE: NativeModule = NativeModule::new("_thread", FUNCTIONS)
    .doc("This module provides primitive operations to write multi-threaded programs.\nThe 'threading' module provides a more convenient interface.")
    .init(init);

/// Seconds that fit a lock's timeout.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;
const NAME_MAX: usize = 15;
/// Native stack of a thread unless `stack_size` says otherwise.
const DEFAULT_STACK: usize = 16 << 20;
static STACK_SIZE: AtomicUsize = AtomicUsize::new(0);
/// Threads started and not ended, for `_count`.
static RUNNING: AtomicUsize = AtomicUsize::new(0);

static HOOK_ARGS: StructSeq = StructSeq::new(
    "_thread",
    "_ExceptHookArgs",
    Some("ExceptHookArgs\n\nType used to pass arguments to threading.excepthook."),
    &[
        ("exc_type", "Exception type"),
        ("exc_value", "Exception value"),
        ("exc_traceback", "Exception traceback"),
        ("thread", "Thread"),
    ],
    4,
);

static FUNCTIONS: &[MethodDef] = &[
    M::function("start_new_thread", "(function, args, kwargs={}, /)", start_new, START_DOC),
    M::function("start_new", "(function, args, kwargs={}, /)", start_new, "An obsolete synonym of start_new_thread()."),
    M::function(
        "start_joinable_thread",
        "(function, handle=None, daemon=True)",
        start_joinable,
        "*For internal use only*: start a new thread that can be waited for.",
    ),
    M::function(
        "daemon_threads_allowed",
        "()",
        |_, _| Ok(Owned::bool(true)),
        "Return True if daemon threads are allowed in the current interpreter,\nand False otherwise.\n",
    ),
    M::function("allocate_lock", "()", |_, _| Ok(lock::new_lock()), "Create a new lock object. See help(type(threading.Lock())) for\ninformation about locks."),
    M::function("allocate", "()", |_, _| Ok(lock::new_lock()), "An obsolete synonym of allocate_lock()."),
    M::function("exit_thread", "()", exit, "An obsolete synonym of exit()."),
    M::function("exit", "()", exit, "This is synonymous to ``raise SystemExit''.  It will cause the current\nthread to exit silently unless the exception is caught."),
    M::function("interrupt_main", "(signum=signal.SIGINT, /)", interrupt_main, "Simulate the arrival of the given signal in the main thread."),
    M::function("get_ident", "()", |_, _| Ok(ident(thread::current_ident())), "Return a non-zero integer that uniquely identifies the current thread\namongst other threads that exist simultaneously."),
    M::function("get_native_id", "()", |_, _| Ok(new_int(native_id())), "Return a non-negative integer identifying the thread as reported\nby the OS (kernel)."),
    M::function("_count", "()", |_, _| Ok(new_usize(RUNNING.load(Ordering::Relaxed))), "Return the number of currently running Python threads, excluding\nthe main thread."),
    M::function("stack_size", "(size=0, /)", stack_size, "Return the thread stack size used when creating new threads."),
    M::function("_excepthook", "(args, /)", except_hook, "Handle uncaught Thread.run() exception."),
    M::function("_is_main_interpreter", "()", |_, _| Ok(Owned::bool(true)), "Return True if the current interpreter is the main Python interpreter."),
    M::function(
        "_shutdown",
        "()",
        |vm, _| {
            handle::join_all(vm)?;
            Ok(Owned::NONE)
        },
        "Wait for all non-daemon threads (other than the calling thread) to stop.",
    ),
    M::function("_make_thread_handle", "(ident, /)", handle::make, "Internal only. Make a thread handle for threads not spawned\nby the _thread or threading module."),
    M::function("_get_main_thread_ident", "()", |_, _| Ok(ident(thread::main_ident())), "Internal only. Return a non-zero integer that uniquely identifies the main thread\nof the main interpreter."),
    M::function("set_name", "(name)", set_name, "Set the name of the current thread."),
    M::function("_get_name", "()", get_name, "Get the name of the current thread."),
];
const START_DOC: &str = "Start a new thread and return its identifier.\n\nThe thread will call the function with positional \
    arguments from the\ntuple args and keyword arguments taken from the optional dictionary\nkwargs.  The thread exits when \
    the function returns; the return value\nis ignored.  The thread will also exit when the function raises an\nunhandled \
    exception; a stack trace will be printed unless the exception\nis SystemExit.";

fn init(vm: &Vm, module: &PyModule) -> PyResult<()> {
    thread::main_ident();
    let d = module.dict();
    lock::define(vm, module);
    payload_class::<PyHandle>(vm, module, handle::spec());
    local::define(vm, module);
    d.set_name("error", vm.exc.RuntimeError.as_owned());
    d.set_name("_ExceptHookArgs", HOOK_ARGS.define(vm).as_owned());
    d.set_name("TIMEOUT_MAX", new_float(TIMEOUT_MAX));
    d.set_name("_NAME_MAXLEN", new_usize(NAME_MAX));
    Ok(())
}

fn ident(id: u64) -> Owned {
    // Addresses of user space fit.
    new_int(id as i64)
}

#[cfg(target_os = "linux")]
fn native_id() -> i64 {
    // SAFETY: no arguments; always succeeds.
    unsafe { libc::syscall(libc::SYS_gettid) as i64 }
}
#[cfg(not(target_os = "linux"))]
fn native_id() -> i64 {
    thread::current_ident() as i64
}

fn exit(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    Err(vm.error_with(vm.exc.SystemExit, vec![]))
}

fn interrupt_main(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let signum = match a[0].non_null() {
        Some(s) => vm.to_i32(s)?,
        None => libc::SIGINT,
    };
    if !(1..=64).contains(&signum) {
        return Err(vm.value_error("signal number out of range"));
    }
    let mut old = std::mem::MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: `old` is written by the call, which is checked; the default and the ignoring handler are left alone.
    unsafe {
        if libc::sigaction(signum, std::ptr::null(), old.as_mut_ptr()) != 0 {
            return Err(vm.os_error(
                std::io::Error::last_os_error().raw_os_error().unwrap_or(0),
                None,
                None,
            ));
        }
        let handler = old.assume_init().sa_sigaction;
        if handler == libc::SIG_DFL || handler == libc::SIG_IGN {
            return Ok(Owned::NONE);
        }
        libc::pthread_kill(thread::main_ident() as libc::pthread_t, signum);
    }
    Ok(Owned::NONE)
}

fn stack_size(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    const LEAST: i64 = 32 << 10;
    let old = new_usize(STACK_SIZE.load(Ordering::Relaxed));
    let Some(new) = a[0].non_null() else {
        return Ok(old);
    };
    let new = vm.to_size(new)? as i64;
    if new < 0 {
        return Err(vm.value_error("size must be 0 or a positive value"));
    }
    if new != 0 && new < LEAST {
        return Err(vm.value_error(format!("size not valid: {new} bytes")));
    }
    STACK_SIZE.store(new as usize, Ordering::Relaxed);
    Ok(old)
}

/// What the new thread needs, carried across.
struct Start {
    func: Owned,
    args: Vec<Owned>,
    kwargs: Option<Owned>,
    handle: Handle,
    /// `start_new_thread`: failures are reported here.
    report: bool,
}
struct Carried(Box<Start>);
// SAFETY: the references are used only with the interpreter lock held; the box moves as a whole.
unsafe impl Send for Carried {}
impl Carried {
    fn open(self) -> Start {
        *self.0
    }
}

/// Starts the thread; RuntimeError if the system refuses.
fn launch(vm: &Vm, start: Start) -> PyResult<()> {
    let size = match STACK_SIZE.load(Ordering::Relaxed) {
        0 => DEFAULT_STACK,
        n => n.max(1 << 20),
    };
    let limit = vm.thread.recursion_limit.get();
    let handle = start.handle.clone();
    handle.starting();
    vm.thread_starting();
    let carried = Carried(Box::new(start));
    let spawned = std::thread::Builder::new().stack_size(size).spawn(move || {
        let start = carried.open();
        let handle = start.handle.clone();
        handle.started(thread::current_ident());
        let vm = Vm::get();
        vm.run_thread(size, limit, |vm| {
            RUNNING.fetch_add(1, Ordering::Relaxed);
            run(vm, start);
            local::thread_ends(vm);
            RUNNING.fetch_sub(1, Ordering::Relaxed);
        });
        handle.finish();
    });
    match spawned {
        Ok(_) => {
            vm.release_gil(|| handle.wait_started());
            Ok(())
        }
        Err(_) => {
            vm.thread_not_started();
            handle.finish();
            Err(vm.runtime_error("can't start new thread"))
        }
    }
}

fn run(vm: &Vm, start: Start) {
    let args: Vec<Value> = start.args.iter().map(|v| v.value()).collect();
    let kwargs = start.kwargs.as_ref().and_then(|k| k.cast::<PyDict>());
    let result = vm.call_ex(start.func.value(), &args, kwargs);
    if let Err(e) = result
        && start.report
        && !e.is_instance(vm.exc.SystemExit)
    {
        let shown = vm.repr_text(start.func.value()).unwrap_or_default();
        vm.write_unraisable(
            e,
            &format!("Exception ignored in thread started by {shown}"),
            None,
        );
    }
}

fn start_new(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !vm.is_callable(a[0]) {
        return Err(vm.type_error("first arg must be callable"));
    }
    let Some(args) = a[1].cast::<PyTuple>() else {
        return Err(vm.type_error("2nd arg must be a tuple"));
    };
    let kwargs = match a[2].non_null() {
        Some(k) if k.isa::<PyDict>() => Some(k.own()),
        Some(_) => return Err(vm.type_error("optional 3rd arg must be a dictionary")),
        None => None,
    };
    let handle = Handle::new();
    launch(
        vm,
        Start {
            func: a[0].own(),
            args: args.as_slice().iter().map(|v| v.own()).collect(),
            kwargs,
            handle: handle.clone(),
            report: true,
        },
    )?;
    Ok(ident(handle.ident()))
}

fn start_joinable(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !vm.is_callable(a[0]) {
        return Err(vm.type_error("thread function must be callable"));
    }
    let object = match a[1].given() {
        Some(h) if h.isa::<PyHandle>() => h.own(),
        Some(_) => return Err(vm.type_error("'handle' must be a _ThreadHandle")),
        None => PyHandle::object(Handle::new()),
    };
    let daemon = match a[2].non_null() {
        Some(d) => vm.truthy(d)?,
        None => true,
    };
    let Some(h) = object.cast::<PyHandle>() else {
        return Ok(Owned::NONE);
    };
    let handle = h.handle().clone();
    if handle.was_started() {
        return Err(vm.runtime_error("thread already started"));
    }
    if !daemon {
        handle::remember(&handle);
    }
    launch(
        vm,
        Start {
            func: a[0].own(),
            args: vec![],
            kwargs: None,
            handle,
            report: true,
        },
    )?;
    Ok(object)
}

/// `threading.excepthook`: names the thread, then shows the exception as `sys.excepthook` would.
fn except_hook(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let items = match a[0].cast::<PyTuple>() {
        Some(t) if a[0].class().same(HOOK_ARGS.class(vm)) => t.as_slice().to_vec(),
        _ => {
            return Err(vm.type_error(
                "_thread._excepthook argument type must be ExceptHookArgs",
            ));
        }
    };
    let [class, value, tb, thread] = items[..] else {
        return Ok(Owned::NONE);
    };
    if class.is(vm.exc.SystemExit.as_value()) {
        return Ok(Owned::NONE);
    }
    let stream = match vm.sys_get("stderr").filter(|s| !s.is_none()) {
        Some(s) => s,
        None => match thread.given() {
            None => return Ok(Owned::NONE),
            Some(t) => match vm.getattr_opt_str(t, "_stderr")? {
                Some(s) if !s.is_none() => s,
                _ => return Ok(Owned::NONE),
            },
        },
    };
    let name = match thread.given() {
        Some(t) => vm.getattr_opt_str(t, "_name")?,
        None => None,
    };
    let name = match name {
        Some(n) => vm.str_text(n.value())?,
        None => thread::current_ident().to_string(),
    };
    let exc = if value.is_none() {
        vm.call(class, &[])?
    } else {
        value.own()
    };
    if let Some(e) = exc.cast::<pyjit_core::exception::PyBaseException>()
        && tb.isa::<pyjit_core::exception::PyTraceback>()
    {
        e.traceback.set(tb.own());
    }
    let text = format!(
        "Exception in thread {name}:\n{}",
        pyjit_types::exceptions::format_exception(vm, exc.value())
    );
    let text = PyStr::from_str(&text);
    vm.call_method(stream.value(), vm.names.write.value(), &[text.value()])?;
    vm.call_method(stream.value(), vm.names.flush.value(), &[])?;
    Ok(Owned::NONE)
}

fn set_name(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = vm.expect_text(a[0], "set_name() argument 'name'")?;
    let mut end = name.len().min(NAME_MAX);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let bytes: Vec<u8> = name.bytes().take(end).take_while(|b| *b != 0).collect();
    let Ok(c) = std::ffi::CString::new(bytes) else {
        return Ok(Owned::NONE);
    };
    #[cfg(target_os = "linux")]
    // SAFETY: a C string and the calling thread.
    unsafe {
        libc::pthread_setname_np(libc::pthread_self(), c.as_ptr())
    };
    #[cfg(target_os = "macos")]
    // SAFETY: a C string.
    unsafe {
        libc::pthread_setname_np(c.as_ptr())
    };
    Ok(Owned::NONE)
}

fn get_name(_: &Vm, _: &[Value]) -> PyResult<Owned> {
    let mut buf = [0 as libc::c_char; 64];
    // SAFETY: the buffer is large enough and ends with zero.
    let name = unsafe {
        libc::pthread_getname_np(libc::pthread_self(), buf.as_mut_ptr(), buf.len() - 1);
        std::ffi::CStr::from_ptr(buf.as_ptr())
    };
    Ok(PyStr::from_str(&name.to_string_lossy()))
}
