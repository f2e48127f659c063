//! Socket calls as safe functions, and addresses in the kernel's form. Unsafe home: every call passes structures and
//! buffers whose size it knows.

use crate::posix::libc_call::{Sys, errno, result};

/// An address as the kernel has it: bytes of a `sockaddr`.
#[derive(Clone, Default)]
pub struct RawAddr(pub Vec<u8>);

const MAX_ADDR: usize = size_of::<libc::sockaddr_storage>();

fn count(r: isize) -> Sys<usize> {
    if r < 0 { Err(errno()) } else { Ok(r as usize) }
}

/// Calls something that fills an address.
fn filled(f: impl FnOnce(*mut libc::sockaddr, *mut libc::socklen_t) -> i64) -> Sys<(i64, RawAddr)> {
    // A whole storage, so that the buffer is aligned as addresses are.
    let mut storage = [0u64; MAX_ADDR / 8];
    let mut len = MAX_ADDR as libc::socklen_t;
    let r = f(storage.as_mut_ptr().cast(), &mut len);
    if r < 0 {
        return Err(errno());
    }
    let bytes: Vec<u8> = storage.iter().flat_map(|w| w.to_ne_bytes()).collect();
    let n = (len as usize).min(bytes.len());
    Ok((r, RawAddr(bytes[..n].to_vec())))
}

/// `socket`.
pub fn socket(family: i32, kind: i32, proto: i32) -> Sys<i32> {
    // SAFETY: integers.
    result(unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, proto) })
}
/// `socketpair`.
pub fn socketpair(family: i32, kind: i32, proto: i32) -> Sys<(i32, i32)> {
    let mut fds = [0; 2];
    // SAFETY: room for two.
    result(unsafe { libc::socketpair(family, kind | libc::SOCK_CLOEXEC, proto, fds.as_mut_ptr()) })
        .map(|_| (fds[0], fds[1]))
}
/// `bind`.
pub fn bind(fd: i32, a: &RawAddr) -> Sys<i32> {
    // SAFETY: the buffer's own size.
    result(unsafe { libc::bind(fd, a.0.as_ptr().cast(), a.0.len() as u32) })
}
/// `connect`.
pub fn connect(fd: i32, a: &RawAddr) -> Sys<i32> {
    // SAFETY: the buffer's own size.
    result(unsafe { libc::connect(fd, a.0.as_ptr().cast(), a.0.len() as u32) })
}
/// `listen`.
pub fn listen(fd: i32, backlog: i32) -> Sys<i32> {
    // SAFETY: integers.
    result(unsafe { libc::listen(fd, backlog) })
}
/// `shutdown`.
pub fn shutdown(fd: i32, how: i32) -> Sys<i32> {
    // SAFETY: integers.
    result(unsafe { libc::shutdown(fd, how) })
}
/// `accept4`.
pub fn accept(fd: i32) -> Sys<(i32, RawAddr)> {
    // SAFETY: the address is filled within the given length.
    filled(|a, n| i64::from(unsafe { libc::accept4(fd, a, n, libc::SOCK_CLOEXEC) })).map(|(r, a)| (r as i32, a))
}
/// `getsockname`, or `getpeername`.
pub fn name(fd: i32, peer: bool) -> Sys<RawAddr> {
    filled(|a, n| {
        // SAFETY: the address is filled within the given length.
        i64::from(unsafe {
            if peer {
                libc::getpeername(fd, a, n)
            } else {
                libc::getsockname(fd, a, n)
            }
        })
    })
    .map(|(_, a)| a)
}
/// `recv`.
pub fn recv(fd: i32, buf: &mut [u8], flags: i32) -> Sys<usize> {
    // SAFETY: the buffer's own size.
    count(unsafe { libc::recv(fd, buf.as_mut_ptr().cast(), buf.len(), flags) })
}
/// `recvfrom`.
pub fn recvfrom(fd: i32, buf: &mut [u8], flags: i32) -> Sys<(usize, RawAddr)> {
    let (p, len) = (buf.as_mut_ptr(), buf.len());
    // SAFETY: the buffer's own size; the address is filled within the given length.
    filled(|a, n| unsafe { libc::recvfrom(fd, p.cast(), len, flags, a, n) } as i64).map(|(r, a)| (r as usize, a))
}
/// `send`; a closed peer is an error, not a signal.
pub fn send(fd: i32, buf: &[u8], flags: i32) -> Sys<usize> {
    // SAFETY: the buffer's own size.
    count(unsafe { libc::send(fd, buf.as_ptr().cast(), buf.len(), flags | libc::MSG_NOSIGNAL) })
}
/// `sendto`.
pub fn sendto(fd: i32, buf: &[u8], flags: i32, to: &RawAddr) -> Sys<usize> {
    // SAFETY: the buffers' own sizes.
    count(unsafe {
        libc::sendto(
            fd,
            buf.as_ptr().cast(),
            buf.len(),
            flags | libc::MSG_NOSIGNAL,
            to.0.as_ptr().cast(),
            to.0.len() as u32,
        )
    })
}
/// `getsockopt` into a buffer of this size.
pub fn getsockopt(fd: i32, level: i32, option: i32, size: usize) -> Sys<Vec<u8>> {
    let mut buf = vec![0u8; size];
    let mut n = size as libc::socklen_t;
    // SAFETY: the buffer's own size.
    result(unsafe { libc::getsockopt(fd, level, option, buf.as_mut_ptr().cast(), &mut n) })?;
    buf.truncate(n as usize);
    Ok(buf)
}
/// `setsockopt`.
pub fn setsockopt(fd: i32, level: i32, option: i32, value: &[u8]) -> Sys<i32> {
    // SAFETY: the buffer's own size.
    result(unsafe { libc::setsockopt(fd, level, option, value.as_ptr().cast(), value.len() as u32) })
}
/// `if_nametoindex`; 0 if there is no such interface.
pub fn interface_index(name: &std::ffi::CString) -> u32 {
    // SAFETY: a C string.
    unsafe { libc::if_nametoindex(name.as_ptr()) }
}
/// The host's name.
pub fn hostname() -> Sys<Vec<u8>> {
    let mut buf = [0u8; 1024];
    // SAFETY: the buffer's own size.
    result(unsafe { libc::gethostname(buf.as_mut_ptr().cast(), buf.len()) })?;
    Ok(buf.iter().copied().take_while(|b| *b != 0).collect())
}
/// One answer of `getaddrinfo`: family, type, protocol, canonical name, address.
pub type Answer = (i32, i32, i32, Vec<u8>, RawAddr);
/// `getaddrinfo`; an error is the number that `gai_strerror` explains.
pub fn getaddrinfo(
    host: Option<&std::ffi::CString>,
    service: Option<&std::ffi::CString>,
    [family, kind, proto, flags]: [i32; 4],
) -> Sys<Vec<Answer>> {
    // SAFETY: the hints are ours; the list is walked while it exists and freed once.
    unsafe {
        let mut hints: libc::addrinfo = std::mem::zeroed();
        hints.ai_family = family;
        hints.ai_socktype = kind;
        hints.ai_protocol = proto;
        hints.ai_flags = flags;
        let mut list: *mut libc::addrinfo = std::ptr::null_mut();
        let p = |s: Option<&std::ffi::CString>| s.map_or(std::ptr::null(), |s| s.as_ptr());
        let r = libc::getaddrinfo(p(host), p(service), &hints, &mut list);
        if r != 0 {
            return Err(r);
        }
        let mut out = Vec::new();
        let mut at = list;
        while let Some(a) = at.as_ref() {
            let name = if a.ai_canonname.is_null() {
                Vec::new()
            } else {
                std::ffi::CStr::from_ptr(a.ai_canonname).to_bytes().to_vec()
            };
            let bytes = std::slice::from_raw_parts(a.ai_addr.cast::<u8>(), a.ai_addrlen as usize);
            out.push((
                a.ai_family,
                a.ai_socktype,
                a.ai_protocol,
                name,
                RawAddr(bytes.to_vec()),
            ));
            at = a.ai_next;
        }
        libc::freeaddrinfo(list);
        Ok(out)
    }
}
/// `getnameinfo`.
pub fn getnameinfo(a: &RawAddr, flags: i32) -> Sys<(String, String)> {
    let (mut host, mut service) = ([0u8; 1025], [0u8; 64]);
    // SAFETY: the buffers' own sizes.
    let r = unsafe {
        libc::getnameinfo(
            a.0.as_ptr().cast(),
            a.0.len() as u32,
            host.as_mut_ptr().cast(),
            host.len() as u32,
            service.as_mut_ptr().cast(),
            service.len() as u32,
            flags,
        )
    };
    if r != 0 {
        return Err(r);
    }
    let text = |b: &[u8]| {
        let bytes: Vec<u8> = b.iter().copied().take_while(|c| *c != 0).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Ok((text(&host), text(&service)))
}
/// What an error number of `getaddrinfo` means.
pub fn gai_text(code: i32) -> String {
    // SAFETY: a static C string.
    unsafe {
        std::ffi::CStr::from_ptr(libc::gai_strerror(code))
            .to_string_lossy()
            .into_owned()
    }
}
