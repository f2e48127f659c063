//! Waiting for file descriptors: `poll` and `epoll` as safe functions. Unsafe home: arrays of known length.

use super::libc_call::{Sys, result};

/// `poll` over (descriptor, wanted events, events that happened).
pub fn poll(fds: &mut [(i32, i16, i16)], timeout: i32) -> Sys<i32> {
    let mut raw: Vec<libc::pollfd> = fds
        .iter()
        .map(|f| libc::pollfd {
            fd: f.0,
            events: f.1,
            revents: 0,
        })
        .collect();
    // SAFETY: the vector's own length.
    let r = result(unsafe { libc::poll(raw.as_mut_ptr(), raw.len() as libc::nfds_t, timeout) })?;
    for (f, p) in fds.iter_mut().zip(raw) {
        f.2 = p.revents;
    }
    Ok(r)
}
/// `epoll_create1`.
pub fn epoll_create() -> Sys<i32> {
    // SAFETY: an integer.
    result(unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) })
}
/// `epoll_ctl`.
pub fn epoll_ctl(epoll: i32, op: i32, fd: i32, events: u32) -> Sys<()> {
    let mut e = libc::epoll_event {
        events,
        u64: fd as u64,
    };
    // SAFETY: a structure of our own.
    result(unsafe { libc::epoll_ctl(epoll, op, fd, &mut e) }).map(drop)
}
/// `epoll_wait`: (descriptor, events) of what is ready.
pub fn epoll_wait(epoll: i32, max: usize, timeout: i32) -> Sys<Vec<(i32, u32)>> {
    let mut raw = vec![libc::epoll_event { events: 0, u64: 0 }; max];
    // SAFETY: the vector's own length.
    let n = result(unsafe { libc::epoll_wait(epoll, raw.as_mut_ptr(), max as i32, timeout) })?;
    Ok(raw
        .iter()
        .take(n as usize)
        .map(|e| (e.u64 as i32, e.events))
        .collect())
}
