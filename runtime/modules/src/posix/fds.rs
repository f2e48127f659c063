//! Functions of `posix` on file descriptors.

use super::args::*;
use super::libc_call as sys;
use super::sys_files as files;
use super::{c_string, retry};
use crate::sys::paths::fs_text;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;

pub(super) static FUNCTIONS: &[M] = &[
    M::function("open", "(path, flags, mode=511, *, dir_fd=None)", open, "Open a file for low level IO.  Returns a file descriptor (integer)."),
    M::function("close", "(fd)", |vm, a| { let n = int_fd(vm, a[0])?; match sys::close(n) { Err(libc::EINTR) => Ok(Owned::NONE), r => done(vm, r) } }, "Close a file descriptor."),
    M::function("closerange", "(fd_low, fd_high, /)", |vm, a| {
        for n in vm.to_i32(a[0])?.max(0)..vm.to_i32(a[1])?.min(1 << 20) {
            let _ = sys::close(n);
        }
        Ok(Owned::NONE)
    }, "Closes all file descriptors in [fd_low, fd_high), ignoring errors."),
    M::function("read", "(fd, length, /)", |vm, a| {
        let (fd, n) = (int_fd(vm, a[0])?, vm.to_size(a[1])?);
        if n < 0 {
            return Err(vm.os_error(libc::EINVAL, None, None));
        }
        let Some(mut buf) = crate::io::zeros((n as usize).min(0x7fff_f000)) else { return Err(vm.memory_error()) };
        let r = retry(vm, || sys::read(fd, &mut buf))?;
        match r { Ok(n) => Ok(PyBytes::new(&buf[..n])), Err(e) => Err(vm.os_error(e, None, None)) }
    }, "Read from a file descriptor.  Returns a bytes object."),
    M::function("readinto", "(fd, buffer, /)", |vm, a| {
        let fd = int_fd(vm, a[0])?;
        let mut view = vm.buffer(a[1], true)?;
        let r = retry(vm, || sys::read(fd, view.as_mut_slice()))?;
        size(vm, r)
    }, "Read into a buffer object from a file descriptor."),
    M::function("write", "(fd, data, /)", |vm, a| {
        let fd = int_fd(vm, a[0])?;
        let view = vm.buffer(a[1], false)?;
        let r = retry(vm, || sys::write(fd, view.as_slice()))?;
        size(vm, r)
    }, "Write a bytes object to a file descriptor."),
    M::function("pread", "(fd, length, offset, /)", |vm, a| {
        let (fd, n, at) = (int_fd(vm, a[0])?, vm.to_size(a[1])?, vm.to_i64(a[2])?);
        if n < 0 {
            return Err(vm.os_error(libc::EINVAL, None, None));
        }
        let Some(mut buf) = crate::io::zeros((n as usize).min(0x7fff_f000)) else { return Err(vm.memory_error()) };
        let r = retry(vm, || sys::pread(fd, &mut buf, at))?;
        match r { Ok(n) => Ok(PyBytes::new(&buf[..n])), Err(e) => Err(vm.os_error(e, None, None)) }
    }, "Read a number of bytes from a file descriptor starting at a particular offset."),
    M::function("pwrite", "(fd, buffer, offset, /)", |vm, a| {
        let (fd, at) = (int_fd(vm, a[0])?, vm.to_i64(a[2])?);
        let view = vm.buffer(a[1], false)?;
        let r = retry(vm, || sys::pwrite(fd, view.as_slice(), at))?;
        size(vm, r)
    }, "Write bytes to a file descriptor starting at a particular offset."),
    M::function("readv", "(fd, buffers, /)", |vm, a| vectored(vm, a[0], a[1], false, None, 0), "Read from a file descriptor fd into an iterable of buffers."),
    M::function("writev", "(fd, buffers, /)", |vm, a| vectored(vm, a[0], a[1], true, None, 0), "Iterate over buffers, and write the contents of each to a file descriptor."),
    M::function("preadv", "(fd, buffers, offset, flags=0, /)", |vm, a| {
        let (at, f) = (vm.to_i64(a[2])?, if a[3].is_null() { 0 } else { vm.to_i32(a[3])? });
        vectored(vm, a[0], a[1], false, Some(at), f)
    }, "Reads from a file descriptor into a number of mutable bytes-like objects."),
    M::function("pwritev", "(fd, buffers, offset, flags=0, /)", |vm, a| {
        let (at, f) = (vm.to_i64(a[2])?, if a[3].is_null() { 0 } else { vm.to_i32(a[3])? });
        vectored(vm, a[0], a[1], true, Some(at), f)
    }, "Writes the contents of bytes-like objects to a file descriptor at a given offset."),
    M::function("lseek", "(fd, position, whence, /)", |vm, a| {
        match sys::lseek(int_fd(vm, a[0])?, vm.to_i64(a[1])?, vm.to_i32(a[2])?) {
            Ok(n) => Ok(new_int(n)),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Set the position of a file descriptor.  Return the new position."),
    M::function("dup", "(fd, /)", |vm, a| number(vm, sys::fcntl_int(int_fd(vm, a[0])?, libc::F_DUPFD_CLOEXEC, 0)), "Return a duplicate of a file descriptor."),
    M::function("dup2", "(fd, fd2, inheritable=True)", |vm, a| {
        let (x, y) = (int_fd(vm, a[0])?, int_fd(vm, a[1])?);
        let inheritable = flag(vm, a[2], true)?;
        let r = if inheritable || x == y { sys::dup2(x, y) } else { sys::dup3(x, y, libc::O_CLOEXEC) };
        number(vm, r)
    }, "Duplicate file descriptor."),
    M::function("pipe", "()", |vm, _| pipe(vm, libc::O_CLOEXEC), "Create a pipe.\n\nReturns a tuple of two file descriptors:\n  (read_fd, write_fd)"),
    M::function("pipe2", "(flags, /)", |vm, a| { let f = vm.to_i32(a[0])?; pipe(vm, f) }, "Create a pipe with flags set atomically."),
    M::function("isatty", "(fd, /)", |vm, a| Ok(Owned::bool(sys::isatty(int_fd(vm, a[0])?))), "Return True if the fd is connected to a terminal."),
    M::function("fsync", "(fd)", |vm, a| { let n = fd(vm, a[0])?; done(vm, sys::fsync(n)) }, "Force write of fd to disk."),
    M::function("fdatasync", "(fd)", |vm, a| { let n = fd(vm, a[0])?; done(vm, sys::fdatasync(n)) }, "Force write of fd to disk without forcing update of metadata."),
    M::function("ftruncate", "(fd, length, /)", |vm, a| { let (n, l) = (int_fd(vm, a[0])?, vm.to_i64(a[1])?); done(vm, sys::ftruncate(n, l)) }, "Truncate a file, specified by file descriptor, to a specific length."),
    M::function("get_inheritable", "(fd, /)", |vm, a| {
        match sys::fcntl_int(int_fd(vm, a[0])?, libc::F_GETFD, 0) {
            Ok(f) => Ok(Owned::bool(f & libc::FD_CLOEXEC == 0)),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Get the close-on-exe flag of the specified file descriptor."),
    M::function("set_inheritable", "(fd, inheritable, /)", |vm, a| { let (n, i) = (int_fd(vm, a[0])?, vm.to_i32(a[1])? != 0); done(vm, sys::set_inheritable(n, i)) }, "Set the inheritable flag of the specified file descriptor."),
    M::function("get_blocking", "(fd, /)", |vm, a| {
        match sys::fcntl_int(int_fd(vm, a[0])?, libc::F_GETFL, 0) {
            Ok(f) => Ok(Owned::bool(f & libc::O_NONBLOCK == 0)),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Get the blocking mode of the file descriptor."),
    M::function("set_blocking", "(fd, blocking, /)", |vm, a| {
        let (n, b) = (int_fd(vm, a[0])?, vm.truthy(a[1])?);
        let r = sys::fcntl_int(n, libc::F_GETFL, 0).and_then(|f| {
            let new = if b { f & !libc::O_NONBLOCK } else { f | libc::O_NONBLOCK };
            sys::fcntl_int(n, libc::F_SETFL, i64::from(new))
        });
        done(vm, r)
    }, "Set the blocking mode of the specified file descriptor."),
    M::function("ttyname", "(fd, /)", |vm, a| match files::ttyname(int_fd(vm, a[0])?) { Ok(n) => Ok(fs_text(&n)), Err(e) => Err(vm.os_error(e, None, None)) }, "Return the name of the terminal device connected to 'fd'."),
    M::function("device_encoding", "(fd)", |vm, a| Ok(if sys::isatty(int_fd(vm, a[0])?) { PyStr::from_str("utf-8") } else { Owned::NONE }), "Return a string describing the encoding of a terminal's file descriptor."),
    M::function("openpty", "()", |vm, _| match files::openpty() {
        Ok((x, y)) => {
            let _ = sys::set_inheritable(x, false);
            let _ = sys::set_inheritable(y, false);
            Ok(PyTuple::pair(new_int(i64::from(x)), new_int(i64::from(y))))
        }
        Err(e) => Err(vm.os_error(e, None, None)),
    }, "Open a pseudo-terminal."),
    M::function("posix_openpt", "(oflag, /)", |vm, a| { let f = vm.to_i32(a[0])?; number(vm, sys::posix_openpt(f)) }, "Open and return a file descriptor for a master pseudo-terminal device."),
    M::function("grantpt", "(fd, /)", |vm, a| { let n = fd(vm, a[0])?; done(vm, sys::grantpt(n)) }, "Grant access to the slave pseudo-terminal device."),
    M::function("unlockpt", "(fd, /)", |vm, a| { let n = fd(vm, a[0])?; done(vm, sys::unlockpt(n)) }, "Unlock a pseudo-terminal master/slave pair."),
    M::function("get_terminal_size", "(fd=None, /)", |vm, a| {
        let n = match a[0].given() { Some(v) => vm.to_i32(v)?, None => 1 };
        match files::window_size(n) {
            Ok((c, l)) => Ok(TERMINAL_SIZE.make(vm, vec![new_int(i64::from(c)), new_int(i64::from(l))])),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Return the size of the terminal window as (columns, lines)."),
    M::function("lockf", "(fd, command, length, /)", |vm, a| { let (n, c, l) = (int_fd(vm, a[0])?, vm.to_i32(a[1])?, vm.to_i64(a[2])?); let r = retry(vm, || sys::lockf(n, c, l))?; done(vm, r) }, "Apply, test or remove a POSIX lock on an open file descriptor."),
    M::function("posix_fadvise", "(fd, offset, length, advice, /)", |vm, a| { let r = files::fadvise(int_fd(vm, a[0])?, vm.to_i64(a[1])?, vm.to_i64(a[2])?, vm.to_i32(a[3])?); done(vm, r) }, "Announce an intention to access data in a specific pattern."),
    M::function("posix_fallocate", "(fd, offset, length, /)", |vm, a| { let r = files::fallocate(int_fd(vm, a[0])?, vm.to_i64(a[1])?, vm.to_i64(a[2])?); done(vm, r) }, "Ensure a file has allocated at least a particular number of bytes on disk."),
    M::function("sendfile", "(out_fd, in_fd, offset, count)", |vm, a| {
        let at = match a[2].given() { Some(v) => Some(vm.to_i64(v)?), None => None };
        let n = vm.to_size(a[3])?;
        if n < 0 {
            return Err(vm.value_error("count cannot be negative"));
        }
        let (x, y) = (int_fd(vm, a[0])?, int_fd(vm, a[1])?);
        let r = retry(vm, || files::sendfile(x, y, at, n as usize))?;
        size(vm, r)
    }, "Copy count bytes from file descriptor in_fd to file descriptor out_fd."),
    M::function("copy_file_range", "(src, dst, count, offset_src=None, offset_dst=None)", |vm, a| {
        let opt = |v: Value| match v.given() { Some(v) => vm.to_i64(v).map(Some), None => Ok(None) };
        let (from, to) = (opt(a[3])?, opt(a[4])?);
        let n = vm.to_size(a[2])?;
        if n < 0 {
            return Err(vm.value_error("negative value for 'count' not allowed"));
        }
        let (x, y) = (int_fd(vm, a[0])?, int_fd(vm, a[1])?);
        let r = retry(vm, || files::copy_file_range(x, y, n as usize, from, to))?;
        size(vm, r)
    }, "Copy count bytes from one file descriptor to another."),
    M::function("memfd_create", "(name, flags=1)", |vm, a| {
        let p = named_path(vm, a[0], "memfd_create", "name")?;
        let flags = if a[1].is_null() { libc::MFD_CLOEXEC } else { vm.to_i64(a[1])? as u32 };
        number(vm, files::memfd_create(&p.path, flags))
    }, ""),
    M::function("eventfd", "(initval, flags=524288)", |vm, a| {
        let flags = if a[1].is_null() { libc::EFD_CLOEXEC } else { vm.to_i32(a[1])? };
        number(vm, sys::eventfd(vm.to_i64(a[0])? as u32, flags))
    }, "Creates and returns an event notification file descriptor."),
    M::function("eventfd_read", "(fd)", |vm, a| {
        let mut buf = [0u8; 8];
        let n = fd(vm, a[0])?;
        match retry(vm, || sys::read(n, &mut buf))? { Ok(_) => Ok(new_u64(u64::from_ne_bytes(buf))), Err(e) => Err(vm.os_error(e, None, None)) }
    }, "Read eventfd value"),
    M::function("eventfd_write", "(fd, value)", |vm, a| {
        let n = fd(vm, a[0])?;
        let v = vm.to_i64(a[1])? as u64;
        let r = retry(vm, || sys::write(n, &v.to_ne_bytes()))?;
        done(vm, r)
    }, "Write eventfd value."),
    M::function("tcgetpgrp", "(fd, /)", |vm, a| { let n = int_fd(vm, a[0])?; number(vm, sys::tcgetpgrp(n)) }, "Return the process group associated with the terminal specified by fd."),
    M::function("tcsetpgrp", "(fd, pgid, /)", |vm, a| { let (n, p) = (int_fd(vm, a[0])?, vm.to_i32(a[1])?); done(vm, sys::tcsetpgrp(n, p)) }, "Set the process group associated with the terminal specified by fd."),
];

/// `os.terminal_size`.
pub static TERMINAL_SIZE: StructSeq = StructSeq::new(
    "os",
    "terminal_size",
    Some("A tuple of (columns, lines) for holding terminal window size"),
    &[
        ("columns", "width of the terminal window in characters"),
        ("lines", "height of the terminal window in characters"),
    ],
    2,
);

fn size(vm: &Vm, r: Result<usize, i32>) -> PyResult<Owned> {
    match r {
        Ok(n) => Ok(new_usize(n)),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn open(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = path(vm, a[0], "open")?;
    let flags = vm.to_i32(a[1])? | libc::O_CLOEXEC;
    let mode = if a[2].is_null() { 0o777 } else { vm.to_i32(a[2])? as u32 };
    let dir = dir_fd(vm, a[3])?;
    let path = c_string(vm, p.path.as_bytes().to_vec())?;
    match retry(vm, || sys::open(dir, &path, flags, mode))? {
        Ok(fd) => Ok(new_int(i64::from(fd))),
        Err(e) => Err(p.error(vm, e)),
    }
}
fn pipe(vm: &Vm, flags: i32) -> PyResult<Owned> {
    match sys::pipe2(flags) {
        Ok((r, w)) => Ok(PyTuple::pair(new_int(i64::from(r)), new_int(i64::from(w)))),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn vectored(vm: &Vm, fd: Value, bufs: Value, write: bool, at: Option<i64>, flags: i32) -> PyResult<Owned> {
    let fd = int_fd(vm, fd)?;
    let items = vm.iterate_to_vec(bufs)?;
    if write {
        let mut copies = Vec::new();
        for i in &items {
            copies.push(vm.bytes_of(i.value())?);
        }
        let mut parts: Vec<&mut [u8]> = copies.iter_mut().map(|b| b.as_mut_slice()).collect();
        let r = retry(vm, || files::vectored(fd, &mut parts, true, at, flags))?;
        return size(vm, r);
    }
    let mut views = Vec::new();
    for i in &items {
        views.push(vm.buffer(i.value(), true)?);
    }
    let mut parts: Vec<&mut [u8]> = views.iter_mut().map(|v| v.as_mut_slice()).collect();
    let r = retry(vm, || files::vectored(fd, &mut parts, false, at, flags))?;
    size(vm, r)
}
