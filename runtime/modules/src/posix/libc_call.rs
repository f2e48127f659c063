//! System calls on file descriptors and paths, as safe functions. One of the few files of this crate with `unsafe`: each
//! function passes buffers whose bounds it knows.

use std::ffi::CString;
use std::io::Error;

/// What a call gave, or the error number it left.
pub type Sys<T> = Result<T, i32>;

/// The error number of the last failed call.
pub fn errno() -> i32 {
    Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn check<T: PartialOrd + Default>(r: T) -> Sys<T> {
    if r < T::default() { Err(errno()) } else { Ok(r) }
}

/// Passes a result of -1 on as the error number.
pub fn result(r: i32) -> Sys<i32> {
    check(r)
}

/// Declares functions that only pass integers.
macro_rules! plain {
    ($($(#[$m:meta])* $name:ident($($a:ident: $t:ty),*) -> $r:ty;)*) => {
        $($(#[$m])* #[allow(missing_docs)] // each is the system call of its name
        pub fn $name($($a: $t),*) -> Sys<$r> {
            // SAFETY: the call takes and gives integers only.
            check(unsafe { libc::$name($($a),*) })
        })*
    };
}
plain! {
    close(fd: i32) -> i32; dup(fd: i32) -> i32; dup2(a: i32, b: i32) -> i32; dup3(a: i32, b: i32, flags: i32) -> i32;
    lseek(fd: i32, offset: i64, whence: i32) -> i64; ftruncate(fd: i32, len: i64) -> i32; fsync(fd: i32) -> i32;
    fdatasync(fd: i32) -> i32; fchdir(fd: i32) -> i32; fchmod(fd: i32, mode: u32) -> i32; fchown(fd: i32, u: u32, g: u32) -> i32;
    kill(pid: i32, sig: i32) -> i32; killpg(pid: i32, sig: i32) -> i32; setsid() -> i32; setpgid(a: i32, b: i32) -> i32;
    getpgid(p: i32) -> i32; getsid(p: i32) -> i32; setuid(u: u32) -> i32; setgid(u: u32) -> i32; seteuid(u: u32) -> i32;
    setegid(u: u32) -> i32; setreuid(a: u32, b: u32) -> i32; setregid(a: u32, b: u32) -> i32;
    setresuid(a: u32, b: u32, c: u32) -> i32; setresgid(a: u32, b: u32, c: u32) -> i32; tcgetpgrp(fd: i32) -> i32;
    tcsetpgrp(fd: i32, p: i32) -> i32; sched_yield() -> i32; sched_get_priority_max(p: i32) -> i32;
    sched_get_priority_min(p: i32) -> i32; sched_getscheduler(p: i32) -> i32; lockf(fd: i32, cmd: i32, len: i64) -> i32;
    unshare(flags: i32) -> i32; setns(fd: i32, kind: i32) -> i32; eventfd(v: u32, flags: i32) -> i32; grantpt(fd: i32) -> i32;
    unlockpt(fd: i32) -> i32; posix_openpt(flags: i32) -> i32; flock(fd: i32, op: i32) -> i32;
}

/// `isatty`.
pub fn isatty(fd: i32) -> bool {
    // SAFETY: takes an integer.
    unsafe { libc::isatty(fd) == 1 }
}

/// Whether a descriptor is open.
pub fn is_open(fd: i32) -> bool {
    // SAFETY: takes integers.
    unsafe { libc::fcntl(fd, libc::F_GETFD) != -1 }
}

/// `fcntl` with an integer argument.
pub fn fcntl_int(fd: i32, cmd: i32, arg: i64) -> Sys<i32> {
    // SAFETY: the caller passes commands that take integers.
    check(unsafe { libc::fcntl(fd, cmd, arg) })
}

/// `fcntl` with a buffer that the kernel reads and may change.
pub fn fcntl_bytes(fd: i32, cmd: i32, arg: &mut [u8; 1024]) -> Sys<i32> {
    // SAFETY: the buffer is as large as any structure a command takes.
    check(unsafe { libc::fcntl(fd, cmd, arg.as_mut_ptr()) })
}

/// `ioctl` with an integer argument.
pub fn ioctl_int(fd: i32, request: u64, arg: i64) -> Sys<i32> {
    // SAFETY: as with `fcntl_int`; a wrong pointer makes the kernel answer EFAULT.
    check(unsafe { libc::ioctl(fd, request, arg) })
}

/// `ioctl` with a buffer.
pub fn ioctl_bytes(fd: i32, request: u64, arg: &mut [u8]) -> Sys<i32> {
    // SAFETY: the caller gives a buffer with room behind what the request says.
    check(unsafe { libc::ioctl(fd, request, arg.as_mut_ptr()) })
}

/// `fcntl(fd, F_SETFD)` with close-on-exec on or off.
pub fn set_inheritable(fd: i32, inheritable: bool) -> Sys<()> {
    let flags = fcntl_int(fd, libc::F_GETFD, 0)?;
    let new = if inheritable {
        flags & !libc::FD_CLOEXEC
    } else {
        flags | libc::FD_CLOEXEC
    };
    if new != flags {
        fcntl_int(fd, libc::F_SETFD, i64::from(new))?;
    }
    Ok(())
}

/// `read` into a buffer.
pub fn read(fd: i32, buf: &mut [u8]) -> Sys<usize> {
    // SAFETY: the buffer's own bounds.
    check(unsafe { libc::read(fd, buf.as_mut_ptr().cast(), buf.len()) }).map(|n| n as usize)
}
/// `write` of a buffer.
pub fn write(fd: i32, buf: &[u8]) -> Sys<usize> {
    // SAFETY: the buffer's own bounds.
    check(unsafe { libc::write(fd, buf.as_ptr().cast(), buf.len().min(0x7fff_f000)) })
        .map(|n| n as usize)
}
/// `pread`.
pub fn pread(fd: i32, buf: &mut [u8], at: i64) -> Sys<usize> {
    // SAFETY: the buffer's own bounds.
    check(unsafe { libc::pread(fd, buf.as_mut_ptr().cast(), buf.len(), at) }).map(|n| n as usize)
}
/// `pwrite`.
pub fn pwrite(fd: i32, buf: &[u8], at: i64) -> Sys<usize> {
    // SAFETY: the buffer's own bounds.
    check(unsafe { libc::pwrite(fd, buf.as_ptr().cast(), buf.len(), at) }).map(|n| n as usize)
}
/// `open` or `openat`.
pub fn open(dir: Option<i32>, path: &CString, flags: i32, mode: u32) -> Sys<i32> {
    // SAFETY: the path is a C string.
    check(unsafe { libc::openat(dir.unwrap_or(libc::AT_FDCWD), path.as_ptr(), flags, mode) })
}
/// `fstat`.
pub fn fstat(fd: i32) -> Sys<libc::stat> {
    // SAFETY: all zeros is a valid stat; the kernel fills it.
    unsafe {
        let mut st: libc::stat = std::mem::zeroed();
        check(libc::fstat(fd, &mut st)).map(|_| st)
    }
}
/// `fstatat`: stat or lstat.
pub fn stat(dir: Option<i32>, path: &CString, follow: bool) -> Sys<libc::stat> {
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: as above; the path is a C string.
    unsafe {
        let mut st: libc::stat = std::mem::zeroed();
        let dir = dir.unwrap_or(libc::AT_FDCWD);
        check(libc::fstatat(dir, path.as_ptr(), &mut st, flags)).map(|_| st)
    }
}
/// `pipe2`.
pub fn pipe2(flags: i32) -> Sys<(i32, i32)> {
    let mut fds = [0i32; 2];
    // SAFETY: room for two descriptors.
    check(unsafe { libc::pipe2(fds.as_mut_ptr(), flags) }).map(|_| (fds[0], fds[1]))
}
/// `sync`.
pub fn sync() {
    // SAFETY: no arguments.
    unsafe { libc::sync() }
}
/// Sets a record lock with `fcntl`.
pub fn set_lock(fd: i32, cmd: i32, kind: i32, whence: i16, start: i64, len: i64) -> Sys<i32> {
    // SAFETY: a structure of our own that the kernel reads.
    unsafe {
        let mut lock: libc::flock = std::mem::zeroed();
        lock.l_type = kind as i16;
        lock.l_whence = whence;
        lock.l_start = start;
        lock.l_len = len;
        check(libc::fcntl(fd, cmd, &lock))
    }
}
