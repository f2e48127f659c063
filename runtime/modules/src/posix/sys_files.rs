//! System calls on paths, as safe functions. Unsafe home: every call passes C strings and buffers of known size.

use super::libc_call::{Sys, errno, result};
use std::ffi::CString;

fn at(dir: Option<i32>) -> i32 {
    dir.unwrap_or(libc::AT_FDCWD)
}

macro_rules! path_calls {
    ($($(#[$m:meta])* $name:ident = $call:ident($($before:expr),*; $p:ident $(, $a:ident: $t:ty)*) ;)*) => {
        $($(#[$m])* #[allow(missing_docs)] // each is the system call of its name
        pub fn $name($p: &CString $(, $a: $t)*) -> Sys<i32> {
            // SAFETY: the path is a C string; the other arguments are integers.
            result(unsafe { libc::$call($($before,)* $p.as_ptr() $(, $a)*) })
        })*
    };
}
path_calls! {
    chdir = chdir(; path); chroot = chroot(; path); truncate = truncate(; path, len: i64);
    lchown = lchown(; path, u: u32, g: u32);
}

/// `unlinkat`; `folder` removes a directory.
pub fn unlink(dir: Option<i32>, path: &CString, folder: bool) -> Sys<i32> {
    let flags = if folder { libc::AT_REMOVEDIR } else { 0 };
    // SAFETY: C string and integers.
    result(unsafe { libc::unlinkat(at(dir), path.as_ptr(), flags) })
}
/// `mkdirat`.
pub fn mkdir(dir: Option<i32>, path: &CString, mode: u32) -> Sys<i32> {
    // SAFETY: C string and integers.
    result(unsafe { libc::mkdirat(at(dir), path.as_ptr(), mode) })
}
/// `mkfifoat`.
pub fn mkfifo(dir: Option<i32>, path: &CString, mode: u32) -> Sys<i32> {
    // SAFETY: C string and integers.
    result(unsafe { libc::mkfifoat(at(dir), path.as_ptr(), mode) })
}
/// `mknodat`.
pub fn mknod(dir: Option<i32>, path: &CString, mode: u32, device: u64) -> Sys<i32> {
    // SAFETY: C string and integers.
    result(unsafe { libc::mknodat(at(dir), path.as_ptr(), mode, device) })
}
/// `renameat`.
pub fn rename(a: Option<i32>, from: &CString, b: Option<i32>, to: &CString) -> Sys<i32> {
    // SAFETY: C strings and integers.
    result(unsafe { libc::renameat(at(a), from.as_ptr(), at(b), to.as_ptr()) })
}
/// `linkat`.
pub fn link(a: Option<i32>, from: &CString, b: Option<i32>, to: &CString, follow: bool) -> Sys<i32> {
    let flags = if follow { libc::AT_SYMLINK_FOLLOW } else { 0 };
    // SAFETY: C strings and integers.
    result(unsafe { libc::linkat(at(a), from.as_ptr(), at(b), to.as_ptr(), flags) })
}
/// `symlinkat`.
pub fn symlink(target: &CString, dir: Option<i32>, path: &CString) -> Sys<i32> {
    // SAFETY: C strings and integers.
    result(unsafe { libc::symlinkat(target.as_ptr(), at(dir), path.as_ptr()) })
}
/// `readlinkat`.
pub fn readlink(dir: Option<i32>, path: &CString) -> Sys<Vec<u8>> {
    let mut buf = vec![0u8; 4097];
    // SAFETY: the buffer's own size.
    let n = unsafe { libc::readlinkat(at(dir), path.as_ptr(), buf.as_mut_ptr().cast(), buf.len()) };
    if n < 0 {
        return Err(errno());
    }
    buf.truncate(n as usize);
    Ok(buf)
}
/// `fchmodat`.
pub fn chmod(dir: Option<i32>, path: &CString, mode: u32, follow: bool) -> Sys<i32> {
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: C string and integers.
    result(unsafe { libc::fchmodat(at(dir), path.as_ptr(), mode, flags) })
}
/// `fchownat`.
pub fn chown(dir: Option<i32>, path: &CString, u: u32, g: u32, follow: bool) -> Sys<i32> {
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: C string and integers.
    result(unsafe { libc::fchownat(at(dir), path.as_ptr(), u, g, flags) })
}
/// `faccessat`.
pub fn access(dir: Option<i32>, path: &CString, mode: i32, flags: i32) -> bool {
    // SAFETY: C string and integers.
    unsafe { libc::faccessat(at(dir), path.as_ptr(), mode, flags) == 0 }
}
/// Seconds and nanoseconds of the two times of `utime`; `None` is now.
pub type Times = Option<[(i64, i64); 2]>;

fn specs(times: [(i64, i64); 2]) -> [libc::timespec; 2] {
    times.map(|(s, n)| libc::timespec {
        tv_sec: s,
        tv_nsec: n,
    })
}
/// `utimensat`.
pub fn utime(dir: Option<i32>, path: &CString, times: Times, follow: bool) -> Sys<i32> {
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    let specs = times.map(specs);
    let p = specs.as_ref().map_or(std::ptr::null(), |s| s.as_ptr());
    // SAFETY: null or two timespecs.
    result(unsafe { libc::utimensat(at(dir), path.as_ptr(), p, flags) })
}
/// `futimens`.
pub fn futime(fd: i32, times: Times) -> Sys<i32> {
    let specs = times.map(specs);
    let p = specs.as_ref().map_or(std::ptr::null(), |s| s.as_ptr());
    // SAFETY: null or two timespecs.
    result(unsafe { libc::futimens(fd, p) })
}
/// `statvfs`.
pub fn statvfs(path: &CString) -> Sys<libc::statvfs> {
    // SAFETY: all zeros is valid; the kernel fills it.
    unsafe {
        let mut st: libc::statvfs = std::mem::zeroed();
        result(libc::statvfs(path.as_ptr(), &mut st)).map(|_| st)
    }
}
/// `fstatvfs`.
pub fn fstatvfs(fd: i32) -> Sys<libc::statvfs> {
    // SAFETY: all zeros is valid; the kernel fills it.
    unsafe {
        let mut st: libc::statvfs = std::mem::zeroed();
        result(libc::fstatvfs(fd, &mut st)).map(|_| st)
    }
}
/// The names and `d_type`s and inodes in a folder, without `.` and `..`.
pub fn read_dir(fd: i32) -> Sys<Vec<(Vec<u8>, u8, u64)>> {
    // SAFETY: the stream owns the descriptor from fdopendir on; entries are copied before the next readdir.
    unsafe {
        let stream = libc::fdopendir(fd);
        if stream.is_null() {
            let e = errno();
            libc::close(fd);
            return Err(e);
        }
        let mut out = Vec::new();
        let status = loop {
            *libc::__errno_location() = 0;
            let entry = libc::readdir64(stream);
            if entry.is_null() {
                break errno();
            }
            let name = std::ffi::CStr::from_ptr((*entry).d_name.as_ptr()).to_bytes();
            if name != b"." && name != b".." {
                out.push((name.to_vec(), (*entry).d_type, (*entry).d_ino));
            }
        };
        libc::closedir(stream);
        if status != 0 { Err(status) } else { Ok(out) }
    }
}
/// `umask`.
pub fn umask(mask: u32) -> u32 {
    // SAFETY: an integer.
    unsafe { libc::umask(mask) }
}
/// `ttyname`.
pub fn ttyname(fd: i32) -> Sys<Vec<u8>> {
    let mut buf = [0u8; 256];
    // SAFETY: the buffer's own size.
    match unsafe { libc::ttyname_r(fd, buf.as_mut_ptr().cast(), buf.len()) } {
        0 => Ok(buf.iter().copied().take_while(|b| *b != 0).collect()),
        e => Err(e),
    }
}
/// Columns and lines of a terminal.
pub fn window_size(fd: i32) -> Sys<(u16, u16)> {
    let mut size = [0u16; 4];
    // SAFETY: TIOCGWINSZ fills four 16-bit numbers.
    result(unsafe { libc::ioctl(fd, libc::TIOCGWINSZ, size.as_mut_ptr()) }).map(|_| (size[1], size[0]))
}
/// `pathconf` and `fpathconf`.
pub fn pathconf(path: Option<&CString>, fd: i32, name: i32) -> Sys<i64> {
    // SAFETY: C string and integers.
    let r = unsafe {
        *libc::__errno_location() = 0;
        match path {
            Some(p) => libc::pathconf(p.as_ptr(), name),
            None => libc::fpathconf(fd, name),
        }
    };
    if r == -1 && errno() != 0 { Err(errno()) } else { Ok(r) }
}
/// `readv`-like calls with several buffers; `write` chooses the direction, `at` a position, `flags` those of p*v2.
pub fn vectored(fd: i32, bufs: &mut [&mut [u8]], write: bool, at: Option<i64>, flags: i32) -> Sys<usize> {
    let iov: Vec<libc::iovec> = bufs
        .iter_mut()
        .map(|b| libc::iovec {
            iov_base: b.as_mut_ptr().cast(),
            iov_len: b.len(),
        })
        .collect();
    let n = iov.len() as i32;
    // SAFETY: the vectors describe the buffers given.
    let r = unsafe {
        match (write, at) {
            (false, None) => libc::readv(fd, iov.as_ptr(), n),
            (true, None) => libc::writev(fd, iov.as_ptr(), n),
            (false, Some(o)) => libc::preadv2(fd, iov.as_ptr(), n, o, flags),
            (true, Some(o)) => libc::pwritev2(fd, iov.as_ptr(), n, o, flags),
        }
    };
    if r < 0 { Err(errno()) } else { Ok(r as usize) }
}
/// `sendfile`; the offset moves on if there is one.
pub fn sendfile(out: i32, input: i32, offset: Option<i64>, count: usize) -> Sys<usize> {
    let mut o = offset.unwrap_or(0);
    let p = if offset.is_some() { &raw mut o } else { std::ptr::null_mut() };
    // SAFETY: null or a place of our own.
    let r = unsafe { libc::sendfile(out, input, p, count) };
    if r < 0 { Err(errno()) } else { Ok(r as usize) }
}
/// `copy_file_range`.
pub fn copy_file_range(a: i32, b: i32, n: usize, from: Option<i64>, to: Option<i64>) -> Sys<usize> {
    let (mut f, mut t) = (from.unwrap_or(0), to.unwrap_or(0));
    let pf = if from.is_some() { &raw mut f } else { std::ptr::null_mut() };
    let pt = if to.is_some() { &raw mut t } else { std::ptr::null_mut() };
    // SAFETY: null or places of our own.
    let r = unsafe { libc::copy_file_range(a, pf, b, pt, n, 0) };
    if r < 0 { Err(errno()) } else { Ok(r as usize) }
}
/// `posix_fadvise` and `posix_fallocate` give their error as the result.
pub fn fadvise(fd: i32, at: i64, len: i64, advice: i32) -> Sys<()> {
    // SAFETY: integers.
    match unsafe { libc::posix_fadvise(fd, at, len, advice) } {
        0 => Ok(()),
        e => Err(e),
    }
}
/// See [`fadvise`].
pub fn fallocate(fd: i32, at: i64, len: i64) -> Sys<()> {
    // SAFETY: integers.
    match unsafe { libc::posix_fallocate(fd, at, len) } {
        0 => Ok(()),
        e => Err(e),
    }
}
/// `openpty`.
pub fn openpty() -> Sys<(i32, i32)> {
    let (mut a, mut b) = (0, 0);
    let null = std::ptr::null_mut();
    // SAFETY: two places of our own; the rest is optional.
    result(unsafe { libc::openpty(&mut a, &mut b, null, null.cast(), null.cast()) }).map(|_| (a, b))
}
/// `memfd_create`.
pub fn memfd_create(name: &CString, flags: u32) -> Sys<i32> {
    // SAFETY: a C string.
    result(unsafe { libc::memfd_create(name.as_ptr(), flags) })
}
/// Extended attributes; `follow` chooses between the l-variants, a descriptor the f-variants.
pub fn getxattr(path: &CString, name: &CString, follow: bool) -> Sys<Vec<u8>> {
    let mut buf = vec![0u8; 65536];
    // SAFETY: the buffer's own size.
    let n = unsafe {
        let (p, len) = (buf.as_mut_ptr().cast(), buf.len());
        if follow {
            libc::getxattr(path.as_ptr(), name.as_ptr(), p, len)
        } else {
            libc::lgetxattr(path.as_ptr(), name.as_ptr(), p, len)
        }
    };
    if n < 0 {
        return Err(errno());
    }
    buf.truncate(n as usize);
    Ok(buf)
}
/// See [`getxattr`].
pub fn listxattr(path: &CString, follow: bool) -> Sys<Vec<u8>> {
    let mut buf = vec![0u8; 65536];
    // SAFETY: the buffer's own size.
    let n = unsafe {
        let (p, len) = (buf.as_mut_ptr().cast(), buf.len());
        if follow {
            libc::listxattr(path.as_ptr(), p, len)
        } else {
            libc::llistxattr(path.as_ptr(), p, len)
        }
    };
    if n < 0 {
        return Err(errno());
    }
    buf.truncate(n as usize);
    Ok(buf)
}
/// See [`getxattr`].
pub fn setxattr(path: &CString, name: &CString, value: &[u8], flags: i32, follow: bool) -> Sys<i32> {
    let (p, n) = (value.as_ptr().cast(), value.len());
    // SAFETY: C strings and a buffer of known size.
    result(unsafe {
        if follow {
            libc::setxattr(path.as_ptr(), name.as_ptr(), p, n, flags)
        } else {
            libc::lsetxattr(path.as_ptr(), name.as_ptr(), p, n, flags)
        }
    })
}
/// See [`getxattr`].
pub fn removexattr(path: &CString, name: &CString, follow: bool) -> Sys<i32> {
    // SAFETY: C strings.
    result(unsafe {
        if follow {
            libc::removexattr(path.as_ptr(), name.as_ptr())
        } else {
            libc::lremovexattr(path.as_ptr(), name.as_ptr())
        }
    })
}
