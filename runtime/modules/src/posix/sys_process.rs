//! System calls on processes and the machine, as safe functions. Unsafe home: every call passes C strings and buffers of
//! known size.

use super::libc_call::{Sys, errno, result};
use std::ffi::CString;

/// `fork`. The child has this thread only.
pub fn fork() -> Sys<i32> {
    // SAFETY: the interpreter lock is held by the calling thread, so the child's copy of the runtime is consistent.
    result(unsafe { libc::fork() })
}
/// `_exit`.
pub fn exit_now(status: i32) -> ! {
    // SAFETY: never returns.
    unsafe { libc::_exit(status) }
}
/// `execve`; `None` keeps the environment. Returns only on failure.
pub fn exec(path: &CString, args: &[CString], env: Option<&[CString]>) -> i32 {
    let pointers = |v: &[CString]| {
        let mut p: Vec<*const libc::c_char> = v.iter().map(|s| s.as_ptr()).collect();
        p.push(std::ptr::null());
        p
    };
    let argv = pointers(args);
    // SAFETY: null-terminated arrays of C strings that live through the call.
    unsafe {
        match env {
            Some(e) => {
                let envp = pointers(e);
                libc::execve(path.as_ptr(), argv.as_ptr(), envp.as_ptr());
            }
            None => {
                libc::execv(path.as_ptr(), argv.as_ptr());
            }
        }
    }
    errno()
}
/// Pid, status and the resources used, by `wait4`.
pub fn wait4(pid: i32, options: i32) -> Sys<(i32, i32, libc::rusage)> {
    // SAFETY: places of our own.
    unsafe {
        let mut status = 0;
        let mut usage: libc::rusage = std::mem::zeroed();
        result(libc::wait4(pid, &mut status, options, &mut usage)).map(|p| (p, status, usage))
    }
}
/// `waitid`: pid, uid, signo, status, code; pid 0 if nothing has changed.
pub fn waitid(kind: u32, id: u32, options: i32) -> Sys<[i32; 5]> {
    // SAFETY: a place of our own; the accessors read what waitid has filled.
    unsafe {
        let mut info: libc::siginfo_t = std::mem::zeroed();
        result(libc::waitid(kind, id, &mut info, options))?;
        Ok([
            info.si_pid(),
            info.si_uid() as i32,
            info.si_signo,
            info.si_status(),
            info.si_code,
        ])
    }
}
macro_rules! getters {
    ($($name:ident -> $t:ty;)*) => {
        $(/// The call of this name; it cannot fail.
        pub fn $name() -> $t {
            // SAFETY: no arguments.
            unsafe { libc::$name() }
        })*
    };
}
getters! { getpid -> i32; getppid -> i32; getuid -> u32; geteuid -> u32; getgid -> u32; getegid -> u32; getpgrp -> i32; }

/// `getresuid` or `getresgid`.
pub fn getres(group: bool) -> Sys<[u32; 3]> {
    let (mut a, mut b, mut c) = (0, 0, 0);
    // SAFETY: places of our own.
    result(unsafe {
        if group {
            libc::getresgid(&mut a, &mut b, &mut c)
        } else {
            libc::getresuid(&mut a, &mut b, &mut c)
        }
    })?;
    Ok([a, b, c])
}
/// `getgroups`.
pub fn getgroups() -> Sys<Vec<u32>> {
    let mut buf = vec![0u32; 65536];
    // SAFETY: the buffer's own size.
    let n = result(unsafe { libc::getgroups(buf.len() as i32, buf.as_mut_ptr()) })?;
    buf.truncate(n as usize);
    Ok(buf)
}
/// `setgroups`.
pub fn setgroups(groups: &[u32]) -> Sys<i32> {
    // SAFETY: the slice's own size.
    result(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) })
}
/// `getgrouplist`.
pub fn getgrouplist(user: &CString, group: u32) -> Sys<Vec<u32>> {
    let mut buf = vec![0u32; 65536];
    let mut n = buf.len() as i32;
    // SAFETY: the buffer's own size.
    if unsafe { libc::getgrouplist(user.as_ptr(), group, buf.as_mut_ptr(), &mut n) } < 0 {
        return Err(errno());
    }
    buf.truncate(n.max(0) as usize);
    Ok(buf)
}
/// `initgroups`.
pub fn initgroups(user: &CString, group: u32) -> Sys<i32> {
    // SAFETY: a C string.
    result(unsafe { libc::initgroups(user.as_ptr(), group) })
}
/// `getpriority`.
pub fn getpriority(which: u32, who: u32) -> Sys<i32> {
    // SAFETY: integers; errno tells a result of -1 from an error.
    unsafe {
        *libc::__errno_location() = 0;
        let r = libc::getpriority(which, who);
        if r == -1 && errno() != 0 { Err(errno()) } else { Ok(r) }
    }
}
/// `setpriority`.
pub fn setpriority(which: u32, who: u32, n: i32) -> Sys<i32> {
    // SAFETY: integers.
    result(unsafe { libc::setpriority(which, who, n) })
}
/// `nice`.
pub fn nice(n: i32) -> Sys<i32> {
    // SAFETY: integers; errno tells a result of -1 from an error.
    unsafe {
        *libc::__errno_location() = 0;
        let r = libc::nice(n);
        if r == -1 && errno() != 0 { Err(errno()) } else { Ok(r) }
    }
}
/// `system`.
pub fn system(command: &CString) -> i32 {
    // SAFETY: a C string.
    unsafe { libc::system(command.as_ptr()) }
}
/// `times` in clock ticks: user, system, children's, elapsed.
pub fn times() -> Sys<[i64; 5]> {
    // SAFETY: a place of our own.
    unsafe {
        let mut t: libc::tms = std::mem::zeroed();
        let elapsed = libc::times(&mut t);
        if elapsed == -1 {
            return Err(errno());
        }
        Ok([t.tms_utime, t.tms_stime, t.tms_cutime, t.tms_cstime, elapsed])
    }
}
/// `sysconf`; `None` if there is no such limit.
pub fn sysconf(name: i32) -> Sys<i64> {
    // SAFETY: an integer; errno tells -1 from an error.
    unsafe {
        *libc::__errno_location() = 0;
        let r = libc::sysconf(name);
        if r == -1 && errno() != 0 { Err(errno()) } else { Ok(r) }
    }
}
/// `confstr`.
pub fn confstr(name: i32) -> Option<Vec<u8>> {
    let mut buf = vec![0u8; 4096];
    // SAFETY: the buffer's own size.
    let n = unsafe { libc::confstr(name, buf.as_mut_ptr().cast(), buf.len()) };
    if n == 0 {
        return None;
    }
    buf.truncate(n.min(4096) - 1);
    Some(buf)
}
/// `uname`: five texts.
pub fn uname() -> Sys<[Vec<u8>; 5]> {
    // SAFETY: a place of our own; the fields are C strings.
    unsafe {
        let mut u: libc::utsname = std::mem::zeroed();
        result(libc::uname(&mut u))?;
        let text = |f: &[libc::c_char]| std::ffi::CStr::from_ptr(f.as_ptr()).to_bytes().to_vec();
        Ok([
            text(&u.sysname),
            text(&u.nodename),
            text(&u.release),
            text(&u.version),
            text(&u.machine),
        ])
    }
}
/// `getrandom`.
pub fn getrandom(buf: &mut [u8], flags: u32) -> Sys<usize> {
    // SAFETY: the buffer's own size.
    let n = unsafe { libc::getrandom(buf.as_mut_ptr().cast(), buf.len(), flags) };
    if n < 0 { Err(errno()) } else { Ok(n as usize) }
}
/// `getloadavg`.
pub fn getloadavg() -> Option<[f64; 3]> {
    let mut l = [0f64; 3];
    // SAFETY: room for three.
    (unsafe { libc::getloadavg(l.as_mut_ptr(), 3) } == 3).then_some(l)
}
/// The processors that a process may run on.
pub fn getaffinity(pid: i32) -> Sys<Vec<usize>> {
    // SAFETY: a place of our own.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        result(libc::sched_getaffinity(pid, size_of::<libc::cpu_set_t>(), &mut set))?;
        Ok((0..libc::CPU_SETSIZE as usize)
            .filter(|i| libc::CPU_ISSET(*i, &set))
            .collect())
    }
}
/// See [`getaffinity`].
pub fn setaffinity(pid: i32, cpus: &[usize]) -> Sys<i32> {
    // SAFETY: only indices inside the set are set.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        for c in cpus.iter().filter(|c| **c < libc::CPU_SETSIZE as usize) {
            libc::CPU_SET(*c, &mut set);
        }
        result(libc::sched_setaffinity(pid, size_of::<libc::cpu_set_t>(), &set))
    }
}
/// Changes the environment of the process; a missing value removes the name.
pub fn setenv(name: &CString, value: Option<&CString>) -> Sys<i32> {
    // SAFETY: C strings; the interpreter lock keeps other threads of ours away.
    result(unsafe {
        match value {
            Some(v) => libc::setenv(name.as_ptr(), v.as_ptr(), 1),
            None => libc::unsetenv(name.as_ptr()),
        }
    })
}
/// `pidfd_open`.
pub fn pidfd_open(pid: i32, flags: u32) -> Sys<i32> {
    // SAFETY: integers.
    result(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, flags) } as i32)
}
unsafe extern "C" {
    fn getlogin_r(buf: *mut libc::c_char, len: usize) -> i32;
}
/// `getlogin`.
pub fn getlogin() -> Sys<Vec<u8>> {
    let mut buf = [0u8; 256];
    // SAFETY: the buffer's own size.
    match unsafe { getlogin_r(buf.as_mut_ptr().cast(), buf.len()) } {
        0 => Ok(buf.iter().copied().take_while(|b| *b != 0).collect()),
        e => Err(e),
    }
}
/// `gnu_get_libc_version`.
pub fn libc_version() -> Option<String> {
    #[cfg(target_env = "gnu")]
    // SAFETY: a static C string.
    unsafe {
        let p = libc::gnu_get_libc_version();
        return Some(std::ffi::CStr::from_ptr(p).to_string_lossy().into_owned());
    }
    #[allow(unreachable_code)] // with glibc the block above has returned
    None
}
/// Gives the signals that the runtime ignores their default effect back, for a program about to be executed.
pub fn default_signals() {
    for sig in [libc::SIGPIPE, libc::SIGXFSZ] {
        // SAFETY: the default action of a valid signal.
        unsafe { libc::signal(sig, libc::SIG_DFL) };
    }
}
