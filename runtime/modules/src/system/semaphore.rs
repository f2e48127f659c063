//! Named semaphores and shared memory of POSIX, for `_multiprocessing` and `_posixshmem`. Unsafe home: a semaphore's handle
//! is what `sem_open` gave, as a number that travels through Python code.

use std::ffi::CString;
use std::io::{Error, Result};

fn check(r: i32) -> Result<()> {
    if r < 0 {
        Err(Error::last_os_error())
    } else {
        Ok(())
    }
}
fn place(handle: usize) -> *mut libc::sem_t {
    handle as *mut libc::sem_t
}

/// Makes a semaphore that must not exist yet.
pub fn create(name: &CString, value: u32) -> Result<usize> {
    let flags = libc::O_CREAT | libc::O_EXCL;
    // SAFETY: a C string and integers.
    let p = unsafe { libc::sem_open(name.as_ptr(), flags, 0o600 as libc::c_uint, value) };
    if p == libc::SEM_FAILED {
        Err(Error::last_os_error())
    } else {
        Ok(p as usize)
    }
}
/// Opens a semaphore of another process.
pub fn open(name: &CString) -> Result<usize> {
    // SAFETY: a C string.
    let p = unsafe { libc::sem_open(name.as_ptr(), 0) };
    if p == libc::SEM_FAILED {
        Err(Error::last_os_error())
    } else {
        Ok(p as usize)
    }
}
/// Takes a name away.
pub fn unlink(name: &CString) -> Result<()> {
    // SAFETY: a C string.
    check(unsafe { libc::sem_unlink(name.as_ptr()) })
}
/// Closes a handle, which is not used afterwards.
pub fn close(handle: usize) {
    // SAFETY: the owner closes its handle once.
    unsafe {
        libc::sem_close(place(handle));
    }
}
/// Takes one if there is one.
pub fn try_wait(handle: usize) -> Result<()> {
    // SAFETY: an open handle.
    check(unsafe { libc::sem_trywait(place(handle)) })
}
/// Waits until there is one.
pub fn wait(handle: usize) -> Result<()> {
    // SAFETY: an open handle.
    check(unsafe { libc::sem_wait(place(handle)) })
}
/// Waits until a moment of the real-time clock, in nanoseconds.
pub fn wait_until(handle: usize, at: i64) -> Result<()> {
    let limit = libc::timespec {
        tv_sec: at / 1_000_000_000,
        tv_nsec: at % 1_000_000_000,
    };
    // SAFETY: an open handle and a time of our own.
    check(unsafe { libc::sem_timedwait(place(handle), &limit) })
}
/// Gives one.
pub fn post(handle: usize) -> Result<()> {
    // SAFETY: an open handle.
    check(unsafe { libc::sem_post(place(handle)) })
}
/// How many there are.
pub fn value(handle: usize) -> Result<i32> {
    let mut n = 0;
    // SAFETY: an open handle and a place of our own.
    check(unsafe { libc::sem_getvalue(place(handle), &mut n) }).map(|()| n)
}

/// `shm_open`.
pub fn shm_open(name: &CString, flags: i32, mode: u32) -> Result<i32> {
    // SAFETY: a C string and integers.
    let fd = unsafe { libc::shm_open(name.as_ptr(), flags, mode as libc::mode_t) };
    check(fd).map(|()| fd)
}
/// `shm_unlink`.
pub fn shm_unlink(name: &CString) -> Result<()> {
    // SAFETY: a C string.
    check(unsafe { libc::shm_unlink(name.as_ptr()) })
}
