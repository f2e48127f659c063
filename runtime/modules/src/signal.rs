//! `_signal`. Handlers stand in a list in the runtime's module state; the system's handler only notes signals, and
//! [`deliver`] calls the Python handlers at the interpreter's next safepoint.

use crate::system::signals::{self, Action, COUNT, Set};
use crate::{NativeModule, add_class};
use pyjit_core::prelude::*;
use pyjit_core::thread;
use pyjit_types::structseq::StructSeq;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_signal", FUNCTIONS)
    .doc("This module provides mechanisms to use signal handlers in Python.\n\nFunctions:\n\nalarm() -- cause SIGALRM after a specified time [Unix only]\nsetitimer() -- cause a signal (described below) after a specified\n               float time and the timer may restart then [Unix only]\ngetitimer() -- get current value of timer [Unix only]\nsignal() -- set the action for a given signal\ngetsignal() -- get the signal action for a given signal\npause() -- wait until a signal arrives [Unix only]\ndefault_int_handler() -- default SIGINT handler\n")
    .init(init);

static SIGINFO: StructSeq = StructSeq::new(
    "signal",
    "struct_siginfo",
    Some("struct_siginfo: Result from sigwaitinfo or sigtimedwait.\n\nThis object may be accessed either as a tuple of\n(si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band),\nor via the attributes si_signo, si_code, and so on."),
    &[
        ("si_signo", "signal number"),
        ("si_code", "signal code"),
        ("si_errno", "errno associated with this signal"),
        ("si_pid", "sending process ID"),
        ("si_uid", "real user ID of sending process"),
        ("si_status", "exit value or signal"),
        ("si_band", "band event for SIGPOLL"),
    ],
    7,
);

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("default_int_handler", "(signalnum, frame, /)", |vm, _| Err(vm.error_with(vm.exc.KeyboardInterrupt, vec![])), "The default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt."),
    MethodDef::function("alarm", "(seconds, /)", |vm, a| { let s = vm.to_i32(a[0])?; Ok(Owned::small(i64::from(signals::alarm(s as u32)))) }, "Arrange for SIGALRM to arrive after the given number of seconds."),
    MethodDef::function("setitimer", "(which, seconds, interval=0.0, /)", setitimer, "Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).\n\nThe timer will fire after value seconds and after that every interval\nseconds.  The itimer can be cleared by setting seconds to zero.\n\nReturns old values as a tuple: (delay, interval)."),
    MethodDef::function("getitimer", "(which, /)", getitimer, "Returns current value of given itimer."),
    MethodDef::function("signal", "(signalnum, handler, /)", signal, "Set the action for the given signal.\n\nThe action can be SIG_DFL, SIG_IGN, or a callable Python object.\nThe previous action is returned.  See getsignal() for possible return\nvalues.\n\n*** IMPORTANT NOTICE ***\nA signal handler function is called with two arguments: the first is\nthe signal number, the second is the interrupted stack frame."),
    MethodDef::function("raise_signal", "(signalnum, /)", raise_signal, "Send a signal to the executing process."),
    MethodDef::function("strsignal", "(signalnum, /)", |vm, a| { let s = number(vm, a[0])?; Ok(signals::describe(s as i32).map_or(Owned::NONE, |t| PyStr::from_str(&t))) }, "Return the system description of the given signal.\n\nReturns the description of signal *signalnum*, such as \"Interrupt\"\nfor :const:`SIGINT`. Returns :const:`None` if *signalnum* has no\ndescription. Raises :exc:`ValueError` if *signalnum* is invalid."),
    MethodDef::function("getsignal", "(signalnum, /)", |vm, a| { let s = number(vm, a[0])?; Ok(handler(vm, s)) }, "Return the current action for the given signal.\n\nThe return value can be:\n  SIG_IGN -- if the signal is being ignored\n  SIG_DFL -- if the default action for the signal is in effect\n  None    -- if an unknown handler is in effect\n  anything else -- the callable Python object used as a handler"),
    MethodDef::function("set_wakeup_fd", "(fd, /, *, warn_on_full_buffer=True)", set_wakeup_fd, "Sets the fd to be written to (with the signal number) when a signal comes in.\n\nA library can use this to wakeup select or poll.\nThe previous fd or -1 is returned.\n\nThe fd must be non-blocking."),
    MethodDef::function("siginterrupt", "(signalnum, flag, /)", |vm, a| { let s = number(vm, a[0])?; let flag = vm.to_i32(a[1])?; none(vm, signals::set_interrupt(s as i32, flag != 0)) }, "Change system call restart behaviour.\n\nIf flag is False, system calls will be restarted when interrupted by\nsignal sig, else system calls will be interrupted."),
    MethodDef::function("pause", "()", |vm, _| { vm.release_gil(signals::pause); deliver(vm)?; Ok(Owned::NONE) }, "Wait until a signal arrives."),
    MethodDef::function("pidfd_send_signal", "(pidfd, signalnum, siginfo=None, flags=0, /)", pidfd_send_signal, "Send a signal to a process referred to by a pid file descriptor."),
    MethodDef::function("pthread_kill", "(thread_id, signalnum, /)", |vm, a| { let t = vm.to_i64(a[0])?; let s = vm.to_i32(a[1])?; none(vm, signals::kill_thread(t as u64, s))?; deliver(vm)?; Ok(Owned::NONE) }, "Send a signal to a thread."),
    MethodDef::function("pthread_sigmask", "(how, mask, /)", sigmask, "Fetch and/or change the signal mask of the calling thread."),
    MethodDef::function("sigpending", "()", |vm, _| { let s = Set::pending().map_err(|e| vm.io_error(&e, None))?; as_set(vm, &s) }, "Examine pending signals.\n\nReturns a set of signal numbers that are pending for delivery to\nthe calling thread."),
    MethodDef::function("sigwait", "(sigset, /)", |vm, a| { let s = from_iterable(vm, a[0])?; let n = vm.release_gil(|| s.wait()).map_err(|e| vm.io_error(&e, None))?; Ok(Owned::small(i64::from(n))) }, "Wait for a signal.\n\nSuspend execution of the calling thread until the delivery of one of the\nsignals specified in the signal set sigset.  The function accepts the\nsignal and returns the signal number."),
    MethodDef::function("sigwaitinfo", "(sigset, /)", |vm, a| { let s = from_iterable(vm, a[0])?; wait_info(vm, &s, None) }, "Wait synchronously until one of the signals in *sigset* is delivered.\n\nReturns a struct_siginfo containing information about the signal."),
    MethodDef::function("sigtimedwait", "(sigset, timeout, /)", sigtimedwait, "Like sigwaitinfo(), but with a timeout.\n\nThe timeout is specified in seconds, with floating-point numbers allowed."),
    MethodDef::function("valid_signals", "()", |vm, _| as_set(vm, &Set::full()), "Return a set of valid signal numbers on this platform.\n\nThe signal numbers returned by this function can be safely passed to\nfunctions like `pthread_sigmask`."),
];

macro_rules! numbers { ($($name:ident)*) => { &[$((stringify!($name), libc::$name)),*] }; }
static NUMBERS: &[(&str, i32)] = numbers! {
    SIG_BLOCK SIG_UNBLOCK SIG_SETMASK SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGIOT SIGABRT SIGFPE SIGKILL SIGBUS SIGSEGV
    SIGSYS SIGPIPE SIGALRM SIGTERM SIGUSR1 SIGUSR2 SIGCHLD SIGPWR SIGIO SIGURG SIGWINCH SIGPOLL SIGSTOP SIGTSTP SIGCONT
    SIGTTIN SIGTTOU SIGVTALRM SIGPROF SIGXCPU SIGXFSZ SIGSTKFLT
};

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    let set = |name: &str, n: i64| d.set_name(name, Owned::small(n));
    set("NSIG", COUNT as i64);
    for (name, n) in NUMBERS {
        set(name, i64::from(*n));
    }
    set("SIGCLD", i64::from(libc::SIGCHLD));
    set("SIGRTMIN", i64::from(libc::SIGRTMIN()));
    set("SIGRTMAX", i64::from(libc::SIGRTMAX()));
    set("ITIMER_REAL", 0);
    set("ITIMER_VIRTUAL", 1);
    set("ITIMER_PROF", 2);
    set("SIG_DFL", 0);
    set("SIG_IGN", 1);
    if !vm.module_state.get().contains_key("_signal.ItimerError") {
        let class = define_plain_class(
            vm,
            ClassSpec {
                module: "signal",
                base: Some(vm.exc.OSError),
                flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
                ..ClassSpec::new("ItimerError")
            },
        );
        vm.module_state
            .get_mut()
            .insert("_signal.ItimerError", class.as_owned());
    }
    if let Some(c) = itimer_error(vm) {
        add_class(m, c);
    }
    add_class(m, SIGINFO.define(vm));
    install_handlers(vm, d.get_name("default_int_handler"));
    Ok(())
}

fn itimer_error(vm: &Vm) -> Option<&'static TypeObject> {
    vm.module_state
        .get()
        .get("_signal.ItimerError")
        .and_then(|c| c.cast::<TypeObject>())
}

/// Reads the present actions, and gives SIGINT its Python handler if nobody has decided otherwise.
fn install_handlers(vm: &Vm, on_interrupt: Option<Owned>) {
    if vm.module_state.get().contains_key("_signal") {
        return;
    }
    // The first to ask is the main thread; signal handlers must not be.
    thread::main_ident();
    let mut handlers = vec![Owned::NONE];
    for s in 1..COUNT {
        let mut h = match signals::action(s as i32) {
            Ok(Action::Default) => Owned::small(0),
            Ok(Action::Ignore) => Owned::small(1),
            _ => Owned::NONE,
        };
        if s as i32 == libc::SIGINT
            && h.as_small() == Some(0)
            && let Some(f) = &on_interrupt
            && signals::install(libc::SIGINT, Action::Note).is_ok()
        {
            h = f.clone();
        }
        handlers.push(h);
    }
    vm.module_state
        .get_mut()
        .insert("_signal", PyList::new(handlers));
    vm.at_safepoint(deliver);
}

fn handlers(vm: &Vm) -> Option<Owned> {
    vm.module_state.get().get("_signal").cloned()
}

fn handler(vm: &Vm, signal: usize) -> Owned {
    handlers(vm)
        .and_then(|l| l.cast::<PyList>().and_then(|l| l.get(signal)))
        .unwrap_or(Owned::NONE)
}

/// Calls the handlers of the signals that have come. Runs at safepoints and after interrupted system calls.
pub fn deliver(vm: &Vm) -> PyResult<()> {
    if !signals::any() {
        return Ok(());
    }
    if !thread::is_main() {
        // Handlers run on the main thread; until it has the lock, every thread goes on looking.
        vm.request_safepoint();
        return Ok(());
    }
    if !signals::take_any() {
        return Ok(());
    }
    for s in 1..COUNT {
        if !signals::take(s) {
            continue;
        }
        let f = handler(vm, s);
        if f.is_none() || f.as_int().is_some() {
            continue;
        }
        let frame = vm.current().map_or(Owned::NONE, |a| a.object());
        let r = vm.call(f.value(), &[Value::small(s as i64), frame.value()]);
        if let Err(e) = r {
            // The rest waits for the next look.
            signals::put_back();
            vm.request_safepoint();
            return Err(e);
        }
    }
    Ok(())
}

fn none(vm: &Vm, r: std::io::Result<()>) -> PyResult<Owned> {
    match r {
        Ok(()) => Ok(Owned::NONE),
        Err(e) => Err(vm.io_error(&e, None)),
    }
}

/// A signal number within range.
fn number(vm: &Vm, v: Value) -> PyResult<usize> {
    let n = vm.to_i32(v)?;
    if n < 1 || n as usize >= COUNT {
        return Err(vm.value_error("signal number out of range"));
    }
    Ok(n as usize)
}

fn signal(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.to_i32(a[0])?;
    if !thread::is_main() {
        return Err(vm.value_error("signal only works in main thread of the main interpreter"));
    }
    let number = number(vm, a[0]);
    let action = match a[1].as_int() {
        Some(IntRef::Small(0)) => Action::Default,
        Some(IntRef::Small(1)) => Action::Ignore,
        _ if vm.is_callable(a[1]) => Action::Note,
        _ => {
            return Err(vm.type_error("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"));
        }
    };
    let number = number?;
    deliver(vm)?;
    signals::install(n, action).map_err(|e| vm.io_error(&e, None))?;
    let old = handler(vm, number);
    let new = match action {
        Action::Default => Owned::small(0),
        Action::Ignore => Owned::small(1),
        _ => a[1].own(),
    };
    if let Some(l) = handlers(vm)
        && let Some(l) = l.cast::<PyList>()
    {
        l.set(number, new);
    }
    Ok(old)
}

fn raise_signal(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.to_i32(a[0])?;
    none(vm, signals::raise(n))?;
    deliver(vm)?;
    Ok(Owned::NONE)
}

fn pair((a, b): (f64, f64)) -> Owned {
    PyTuple::pair(new_float(a), new_float(b))
}

fn timer_error(vm: &Vm, e: std::io::Error) -> Raised {
    let errno = e.raw_os_error().unwrap_or(0);
    let class = itimer_error(vm).unwrap_or(vm.exc.OSError);
    let text = PyStr::from_str(&pyjit_core::exception::errno_text(errno));
    vm.error_with(class, vec![Owned::small(i64::from(errno)), text])
}

fn setitimer(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let which = vm.to_i32(a[0])?;
    let seconds = crate::time::duration(vm, a[1])?;
    let interval = if a[2].is_null() {
        0
    } else {
        crate::time::duration(vm, a[2])?
    };
    match signals::set_timer(which, seconds as f64 / 1e9, interval as f64 / 1e9) {
        Ok(old) => Ok(pair(old)),
        Err(e) => Err(timer_error(vm, e)),
    }
}

fn getitimer(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match signals::timer(vm.to_i32(a[0])?) {
        Ok(t) => Ok(pair(t)),
        Err(e) => Err(timer_error(vm, e)),
    }
}

fn set_wakeup_fd(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !thread::is_main() {
        return Err(vm.value_error("set_wakeup_fd only works in main thread of the main interpreter"));
    }
    let fd = vm.to_i32(a[0])?;
    if fd != -1 {
        // `/proc` knows the open descriptors and their flags; what cannot be looked up is no descriptor.
        let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{fd}"));
        let Ok(info) = info else {
            return Err(vm.os_error(libc::EBADF, None, None));
        };
        let flags = info
            .lines()
            .find_map(|l| l.strip_prefix("flags:"))
            .and_then(|f| i64::from_str_radix(f.trim(), 8).ok())
            .unwrap_or(0);
        if flags & i64::from(libc::O_NONBLOCK) == 0 {
            return Err(vm.value_error(format!("the fd {fd} must be in non-blocking mode")));
        }
    }
    Ok(Owned::small(i64::from(signals::set_wakeup(fd))))
}

fn pidfd_send_signal(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[2].given().is_some() {
        return Err(vm.type_error("siginfo must be None"));
    }
    let flags = if a[3].is_null() { 0 } else { vm.to_i32(a[3])? };
    let (fd, n) = (vm.to_i32(a[0])?, vm.to_i32(a[1])?);
    none(vm, signals::pidfd_send(fd, n, flags as u32))?;
    deliver(vm)?;
    Ok(Owned::NONE)
}

fn as_set(vm: &Vm, s: &Set) -> PyResult<Owned> {
    let items: Vec<Value> = s
        .members()
        .into_iter()
        .map(|n| Value::small(i64::from(n)))
        .collect();
    PySet::from_items(vm, PySet::class(), &items)
}

fn from_iterable(vm: &Vm, v: Value) -> PyResult<Set> {
    let mut set = Set::empty();
    for item in vm.iterate_to_vec(v)? {
        let n = vm.to_i64(item.value())?;
        if n < 1 || n >= COUNT as i64 {
            return Err(vm.value_error(format!(
                "signal number {n} out of range [1; {}]",
                COUNT - 1
            )));
        }
        // The C library keeps two numbers to itself; they are passed over.
        set.add(n as i32);
    }
    Ok(set)
}

fn sigmask(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let how = vm.to_i32(a[0])?;
    let set = from_iterable(vm, a[1])?;
    let old = Set::mask(how, &set).map_err(|e| vm.io_error(&e, None))?;
    deliver(vm)?;
    as_set(vm, &old)
}

fn wait_info(vm: &Vm, set: &Set, ns: Option<i64>) -> PyResult<Owned> {
    loop {
        match vm.release_gil(|| set.wait_info(ns)) {
            Ok(fields) => {
                let values = fields.iter().map(|f| new_int(*f)).collect();
                return Ok(SIGINFO.make(vm, values));
            }
            Err(e) if e.raw_os_error() == Some(libc::EINTR) => deliver(vm)?,
            Err(e) if ns.is_some() && e.raw_os_error() == Some(libc::EAGAIN) => {
                return Ok(Owned::NONE);
            }
            Err(e) => return Err(vm.io_error(&e, None)),
        }
    }
}

fn sigtimedwait(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let set = from_iterable(vm, a[0])?;
    let ns = crate::time::duration(vm, a[1])?;
    if ns < 0 {
        return Err(vm.value_error("timeout must be non-negative"));
    }
    wait_info(vm, &set, Some(ns))
}
