//! Signals: the handler notes that a signal came and asks the interpreter to look; the rest are thin covers of the C
//! library.

use pyjit_core::thread::{current_ident, main_ident};
use pyjit_core::vm::Vm;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

/// One more than the highest signal number.
pub const COUNT: usize = 65;

static TRIPPED: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];
static ANY: AtomicBool = AtomicBool::new(false);
/// Where the handler writes the signal's number; -1 for nowhere.
static WAKEUP: AtomicI32 = AtomicI32::new(-1);

/// What happens on a signal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    Default,
    Ignore,
    /// Noted for the interpreter.
    Note,
    /// A handler that is not ours.
    Foreign,
}

extern "C" fn note(signal: i32) {
    let main = main_ident();
    if current_ident() != main {
        // What the main thread waits in must be interrupted, so the signal goes there.
        // SAFETY: safe in signal handlers; the main thread lives as long as the process.
        unsafe { libc::pthread_kill(main as libc::pthread_t, signal) };
        return;
    }
    // SAFETY: the address of errno is valid on every thread; the handler leaves errno as it found it.
    let errno = unsafe { *libc::__errno_location() };
    if let Some(t) = TRIPPED.get(signal as usize) {
        t.store(true, Ordering::Release);
    }
    ANY.store(true, Ordering::Release);
    Vm::get().request_safepoint();
    let fd = WAKEUP.load(Ordering::Relaxed);
    if fd >= 0 {
        let byte = signal as u8;
        // SAFETY: write is safe in signal handlers, and the byte is a local.
        unsafe { libc::write(fd, (&raw const byte).cast(), 1) };
    }
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = errno };
}

fn check(r: i32) -> io::Result<()> {
    if r == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Whether any signal has come that nobody has taken.
pub fn any() -> bool {
    ANY.load(Ordering::Acquire)
}
/// Whether any signal has come since the last call.
pub fn take_any() -> bool {
    ANY.swap(false, Ordering::AcqRel)
}
/// Whether this signal has come since the last call.
pub fn take(signal: usize) -> bool {
    TRIPPED
        .get(signal)
        .is_some_and(|t| t.swap(false, Ordering::AcqRel))
}
/// Puts a signal back that could not be handled yet.
pub fn put_back() {
    ANY.store(true, Ordering::Release);
}
/// Replaces the wake-up descriptor.
pub fn set_wakeup(fd: i32) -> i32 {
    WAKEUP.swap(fd, Ordering::AcqRel)
}

/// Installs an action.
pub fn install(signal: i32, action: Action) -> io::Result<()> {
    // SAFETY: `sigaction` is plain data, for which all zeros is a value.
    let mut a: libc::sigaction = unsafe { std::mem::zeroed() };
    a.sa_sigaction = match action {
        Action::Default => libc::SIG_DFL,
        Action::Ignore => libc::SIG_IGN,
        Action::Note | Action::Foreign => note as extern "C" fn(i32) as usize,
    };
    // SAFETY: pointers to locals; the handler does only what handlers may.
    unsafe {
        libc::sigemptyset(&mut a.sa_mask);
        check(libc::sigaction(signal, &a, std::ptr::null_mut()))
    }
}

/// The present action.
pub fn action(signal: i32) -> io::Result<Action> {
    // SAFETY: as above.
    let mut a: libc::sigaction = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to a local.
    check(unsafe { libc::sigaction(signal, std::ptr::null(), &mut a) })?;
    Ok(match a.sa_sigaction {
        libc::SIG_DFL => Action::Default,
        libc::SIG_IGN => Action::Ignore,
        h if h == note as extern "C" fn(i32) as usize => Action::Note,
        _ => Action::Foreign,
    })
}

/// Whether system calls start again after the signal.
pub fn set_interrupt(signal: i32, interrupt: bool) -> io::Result<()> {
    // SAFETY: as in `install`.
    unsafe {
        let mut a: libc::sigaction = std::mem::zeroed();
        check(libc::sigaction(signal, std::ptr::null(), &mut a))?;
        if interrupt {
            a.sa_flags &= !libc::SA_RESTART;
        } else {
            a.sa_flags |= libc::SA_RESTART;
        }
        check(libc::sigaction(signal, &a, std::ptr::null_mut()))
    }
}

/// The system's description of a signal.
pub fn describe(signal: i32) -> Option<String> {
    // SAFETY: strsignal returns a C string or null; it is copied at once.
    let p = unsafe { libc::strsignal(signal) };
    if p.is_null() {
        return None;
    }
    // SAFETY: as above.
    let text = unsafe { std::ffi::CStr::from_ptr(p) }
        .to_string_lossy()
        .into_owned();
    (!text.starts_with("Unknown signal")).then_some(text)
}

pub fn alarm(seconds: u32) -> u32 {
    // SAFETY: plain numbers.
    unsafe { libc::alarm(seconds) }
}
pub fn pause() {
    // SAFETY: no arguments.
    unsafe { libc::pause() };
}
pub fn raise(signal: i32) -> io::Result<()> {
    // SAFETY: plain numbers; the system checks them.
    check(unsafe { libc::raise(signal) })
}
pub fn kill_thread(thread: u64, signal: i32) -> io::Result<()> {
    // SAFETY: plain numbers; an unknown thread is the caller's mistake, as in C.
    match unsafe { libc::pthread_kill(thread as libc::pthread_t, signal) } {
        0 => Ok(()),
        e => Err(io::Error::from_raw_os_error(e)),
    }
}
pub fn pidfd_send(pidfd: i32, signal: i32, flags: u32) -> io::Result<()> {
    // SAFETY: plain numbers and a null pointer, which the call allows.
    let r = unsafe {
        libc::syscall(
            libc::SYS_pidfd_send_signal,
            pidfd,
            signal,
            std::ptr::null::<u8>(),
            flags,
        )
    };
    check(r as i32)
}

/// Interval timers in seconds: (time left, interval).
pub fn timer(which: i32) -> io::Result<(f64, f64)> {
    // SAFETY: plain data, and a pointer to a local.
    unsafe {
        let mut t: libc::itimerval = std::mem::zeroed();
        check(libc::getitimer(which as _, &mut t))?;
        Ok((to_seconds(t.it_value), to_seconds(t.it_interval)))
    }
}
pub fn set_timer(which: i32, seconds: f64, interval: f64) -> io::Result<(f64, f64)> {
    let new = libc::itimerval {
        it_value: from_seconds(seconds),
        it_interval: from_seconds(interval),
    };
    // SAFETY: as above.
    unsafe {
        let mut old: libc::itimerval = std::mem::zeroed();
        check(libc::setitimer(which as _, &new, &mut old))?;
        Ok((to_seconds(old.it_value), to_seconds(old.it_interval)))
    }
}
fn to_seconds(t: libc::timeval) -> f64 {
    t.tv_sec as f64 + t.tv_usec as f64 / 1e6
}
fn from_seconds(s: f64) -> libc::timeval {
    let micros = (s * 1e6).ceil() as i64;
    libc::timeval {
        tv_sec: micros.div_euclid(1_000_000),
        tv_usec: micros.rem_euclid(1_000_000),
    }
}

/// Keeps signals away from the calling thread: they go to the threads that run Python code.
pub fn block_all() {
    // There is nothing to be done if the mask cannot be set.
    let _ = Set::mask(libc::SIG_BLOCK, &Set::full());
}

/// A set of signals.
pub struct Set(libc::sigset_t);

impl Set {
    pub fn empty() -> Set {
        // SAFETY: plain data, initialised by the call.
        unsafe {
            let mut s = std::mem::zeroed();
            libc::sigemptyset(&mut s);
            Set(s)
        }
    }
    pub fn full() -> Set {
        // SAFETY: as above.
        unsafe {
            let mut s = std::mem::zeroed();
            libc::sigfillset(&mut s);
            Set(s)
        }
    }
    pub fn add(&mut self, signal: i32) -> bool {
        // SAFETY: the set is initialised.
        unsafe { libc::sigaddset(&mut self.0, signal) == 0 }
    }
    /// The members, in order.
    pub fn members(&self) -> Vec<i32> {
        // SAFETY: the set is initialised.
        (1..COUNT as i32)
            .filter(|s| unsafe { libc::sigismember(&self.0, *s) } == 1)
            .collect()
    }
    /// Signals that are blocked and have come.
    pub fn pending() -> io::Result<Set> {
        let mut s = Set::empty();
        // SAFETY: the pointer is to a local.
        check(unsafe { libc::sigpending(&mut s.0) })?;
        Ok(s)
    }
    /// Changes the calling thread's mask; the old one is returned.
    pub fn mask(how: i32, set: &Set) -> io::Result<Set> {
        let mut old = Set::empty();
        // SAFETY: pointers to initialised sets.
        match unsafe { libc::pthread_sigmask(how, &set.0, &mut old.0) } {
            0 => Ok(old),
            e => Err(io::Error::from_raw_os_error(e)),
        }
    }
    /// Waits for a member.
    pub fn wait(&self) -> io::Result<i32> {
        let mut signal = 0;
        // SAFETY: pointers to an initialised set and a local.
        match unsafe { libc::sigwait(&self.0, &mut signal) } {
            0 => Ok(signal),
            e => Err(io::Error::from_raw_os_error(e)),
        }
    }
    /// Waits for a member, at most so many nanoseconds: (number, code, errno, pid, uid, status, band).
    pub fn wait_info(&self, ns: Option<i64>) -> io::Result<[i64; 7]> {
        // SAFETY: plain data; pointers to locals and an initialised set.
        unsafe {
            let mut info: libc::siginfo_t = std::mem::zeroed();
            let r = match ns {
                Some(ns) => libc::sigtimedwait(&self.0, &mut info, &super::clock::timespec(ns)),
                None => libc::sigwaitinfo(&self.0, &mut info),
            };
            if r < 0 {
                return Err(io::Error::last_os_error());
            }
            Ok([
                i64::from(info.si_signo),
                i64::from(info.si_code),
                i64::from(info.si_errno),
                i64::from(info.si_pid()),
                i64::from(info.si_uid()),
                i64::from(info.si_status()),
                0,
            ])
        }
    }
}
