//! Clocks and sleeping.

use std::io;

/// A clock's value in nanoseconds.
pub fn now(clock: i32) -> io::Result<i64> {
    let mut t = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is to a local of the right type.
    if unsafe { libc::clock_gettime(clock, &mut t) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(nanos(t))
}

/// A clock's resolution in nanoseconds.
pub fn resolution(clock: i32) -> io::Result<i64> {
    let mut t = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: as above.
    if unsafe { libc::clock_getres(clock, &mut t) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(nanos(t))
}

/// Sets a clock.
pub fn set(clock: i32, ns: i64) -> io::Result<()> {
    let t = timespec(ns);
    // SAFETY: as above.
    if unsafe { libc::clock_settime(clock, &t) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// The CPU-time clock of a thread.
pub fn of_thread(thread: u64) -> io::Result<i32> {
    let mut id: libc::clockid_t = 0;
    // SAFETY: as above; the C library checks the thread as well as it can.
    let r = unsafe { libc::pthread_getcpuclockid(thread as libc::pthread_t, &mut id) };
    if r != 0 {
        return Err(io::Error::from_raw_os_error(r));
    }
    Ok(id)
}

fn nanos(t: libc::timespec) -> i64 {
    t.tv_sec * 1_000_000_000 + t.tv_nsec
}

pub(super) fn timespec(ns: i64) -> libc::timespec {
    libc::timespec {
        tv_sec: ns.div_euclid(1_000_000_000),
        tv_nsec: ns.rem_euclid(1_000_000_000),
    }
}

/// Sleeps until the monotonic clock shows a time; false if a signal came first.
pub fn sleep_until(ns: i64) -> bool {
    let t = timespec(ns);
    // SAFETY: the pointer is to a local of the right type; the remaining time is not asked for.
    let r = unsafe {
        libc::clock_nanosleep(
            libc::CLOCK_MONOTONIC,
            libc::TIMER_ABSTIME,
            &t,
            std::ptr::null_mut(),
        )
    };
    r != libc::EINTR
}
