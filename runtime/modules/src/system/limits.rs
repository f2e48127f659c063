//! Resource limits and usage of processes, for `resource`. Unsafe home: the structures are our own and of known size.

use std::io::{Error, Result};

fn check(r: i32) -> Result<()> {
    if r < 0 {
        Err(Error::last_os_error())
    } else {
        Ok(())
    }
}

/// `getrusage`.
pub fn usage(who: i32) -> Result<libc::rusage> {
    // SAFETY: a structure of integers may be zero, and the call fills it.
    unsafe {
        let mut r: libc::rusage = std::mem::zeroed();
        check(libc::getrusage(who, &mut r)).map(|()| r)
    }
}

/// `prlimit`: the limits (soft, hard) that hold, and sets others if they are given. Process 0 is this one.
pub fn limit(pid: i32, resource: u32, new: Option<(u64, u64)>) -> Result<(u64, u64)> {
    let new = new.map(|(rlim_cur, rlim_max)| libc::rlimit { rlim_cur, rlim_max });
    let set = new
        .as_ref()
        .map_or(std::ptr::null(), |n| n as *const libc::rlimit);
    let mut old = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: places of our own, or null.
    check(unsafe { libc::prlimit(pid, resource, set, &mut old) })?;
    Ok((old.rlim_cur, old.rlim_max))
}

/// The size of a memory page.
pub fn page_size() -> i64 {
    // SAFETY: takes and gives integers.
    unsafe { libc::sysconf(libc::_SC_PAGESIZE) }
}
