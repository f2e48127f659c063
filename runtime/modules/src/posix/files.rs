//! Functions of `posix` on paths.

use super::args::*;
use super::libc_call as sys;
use super::sys_files as files;
use crate::sys::paths::fs_text;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[M] = &[
    M::function("access", "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", |vm, a| {
        let p = path(vm, a[0], "access")?;
        let mode = vm.to_i32(a[1])?;
        let dir = dir_fd(vm, a[2])?;
        let mut flags = 0;
        if flag(vm, a[3], false)? {
            flags |= libc::AT_EACCESS;
        }
        if !flag(vm, a[4], true)? {
            flags |= libc::AT_SYMLINK_NOFOLLOW;
        }
        Ok(Owned::bool(files::access(dir, &p.path, mode, flags)))
    }, "Use the real uid/gid to test for access to a path."),
    M::function("chdir", "(path)", |vm, a| {
        let p = path_or_fd(vm, a[0], "chdir")?;
        let r = match p.fd {
            Some(fd) => sys::fchdir(fd),
            None => files::chdir(&p.path),
        };
        done_at(vm, &p, r)
    }, "Change the current working directory to the specified path."),
    M::function("fchdir", "(fd)", |vm, a| { let n = fd(vm, a[0])?; done(vm, sys::fchdir(n)) }, "Change to the directory of the given file descriptor."),
    M::function("chroot", "(path)", |vm, a| { let p = path(vm, a[0], "chroot")?; done_at(vm, &p, files::chroot(&p.path)) }, "Change root directory to path."),
    M::function("chmod", "(path, mode, *, dir_fd=None, follow_symlinks=True)", |vm, a| {
        let p = path_or_fd(vm, a[0], "chmod")?;
        let mode = vm.to_i32(a[1])? as u32;
        let dir = dir_fd(vm, a[2])?;
        let follow = flag(vm, a[3], true)?;
        let r = match p.fd {
            Some(fd) => sys::fchmod(fd, mode),
            None => files::chmod(dir, &p.path, mode, follow),
        };
        done_at(vm, &p, r)
    }, "Change the access permissions of a file."),
    M::function("fchmod", "(fd, mode)", |vm, a| { let n = int_fd(vm, a[0])?; let m = vm.to_i32(a[1])? as u32; done(vm, sys::fchmod(n, m)) }, "Change the access permissions of the file given by file descriptor fd."),
    M::function("chown", "(path, uid, gid, *, dir_fd=None, follow_symlinks=True)", |vm, a| {
        let p = path_or_fd(vm, a[0], "chown")?;
        let (u, g) = (id(vm, a[1], "uid")?, id(vm, a[2], "gid")?);
        let dir = dir_fd(vm, a[3])?;
        let follow = flag(vm, a[4], true)?;
        let r = match p.fd {
            Some(fd) => sys::fchown(fd, u, g),
            None => files::chown(dir, &p.path, u, g, follow),
        };
        done_at(vm, &p, r)
    }, "Change the owner and group id of path to the numeric uid and gid."),
    M::function("lchown", "(path, uid, gid)", |vm, a| {
        let p = path(vm, a[0], "lchown")?;
        let (u, g) = (id(vm, a[1], "uid")?, id(vm, a[2], "gid")?);
        done_at(vm, &p, files::lchown(&p.path, u, g))
    }, "Change the owner and group id of path to the numeric uid and gid."),
    M::function("fchown", "(fd, uid, gid)", |vm, a| {
        let n = int_fd(vm, a[0])?;
        let (u, g) = (id(vm, a[1], "uid")?, id(vm, a[2], "gid")?);
        done(vm, sys::fchown(n, u, g))
    }, "Change the owner and group id of the file specified by file descriptor."),
    M::function("getcwd", "()", |vm, _| cwd(vm).map(|c| fs_text(&c)), "Return a unicode string representing the current working directory."),
    M::function("getcwdb", "()", |vm, _| cwd(vm).map(|c| PyBytes::new(&c)), "Return a bytes string representing the current working directory."),
    M::function("mkdir", "(path, mode=511, *, dir_fd=None)", |vm, a| {
        let p = path(vm, a[0], "mkdir")?;
        let mode = if a[1].is_null() { 0o777 } else { vm.to_i32(a[1])? as u32 };
        let dir = dir_fd(vm, a[2])?;
        done_at(vm, &p, files::mkdir(dir, &p.path, mode))
    }, "Create a directory."),
    M::function("rmdir", "(path, *, dir_fd=None)", |vm, a| {
        let p = path(vm, a[0], "rmdir")?;
        let dir = dir_fd(vm, a[1])?;
        done_at(vm, &p, files::unlink(dir, &p.path, true))
    }, "Remove a directory."),
    M::function("unlink", "(path, *, dir_fd=None)", |vm, a| unlink(vm, a, "unlink"), "Remove a file (same as remove())."),
    M::function("remove", "(path, *, dir_fd=None)", |vm, a| unlink(vm, a, "remove"), "Remove a file (same as unlink())."),
    M::function("rename", "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", |vm, a| rename(vm, a, "rename"), "Rename a file or directory."),
    M::function("replace", "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", |vm, a| rename(vm, a, "replace"), "Rename a file or directory, overwriting the destination."),
    M::function("link", "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)", |vm, a| {
        let (s, d) = (named_path(vm, a[0], "link", "src")?, named_path(vm, a[1], "link", "dst")?);
        let (x, y) = (dir_fd(vm, a[2])?, dir_fd(vm, a[3])?);
        let follow = flag(vm, a[4], true)?;
        match files::link(x, &s.path, y, &d.path, follow) {
            Ok(_) => Ok(Owned::NONE),
            Err(e) => Err(vm.os_error(e, Some(a[0]), Some(a[1]))),
        }
    }, "Create a hard link to a file."),
    M::function("symlink", "(src, dst, target_is_directory=False, *, dir_fd=None)", |vm, a| {
        let (s, d) = (named_path(vm, a[0], "symlink", "src")?, named_path(vm, a[1], "symlink", "dst")?);
        let dir = dir_fd(vm, a[3])?;
        match files::symlink(&s.path, dir, &d.path) {
            Ok(_) => Ok(Owned::NONE),
            Err(e) => Err(vm.os_error(e, Some(a[0]), Some(a[1]))),
        }
    }, "Create a symbolic link pointing to src named dst."),
    M::function("readlink", "(path, *, dir_fd=None)", |vm, a| {
        let p = path(vm, a[0], "readlink")?;
        let dir = dir_fd(vm, a[1])?;
        match files::readlink(dir, &p.path) {
            Ok(b) => Ok(p.name(&b)),
            Err(e) => Err(p.error(vm, e)),
        }
    }, "Return a string representing the path to which the symbolic link points."),
    M::function("truncate", "(path, length)", |vm, a| {
        let p = path_or_fd(vm, a[0], "truncate")?;
        let n = vm.to_i64(a[1])?;
        let r = match p.fd {
            Some(fd) => sys::ftruncate(fd, n),
            None => files::truncate(&p.path, n),
        };
        done_at(vm, &p, r)
    }, "Truncate a file, specified by path, to a specific length."),
    M::function("mkfifo", "(path, mode=438, *, dir_fd=None)", |vm, a| {
        let p = path(vm, a[0], "mkfifo")?;
        let mode = if a[1].is_null() { 0o666 } else { vm.to_i32(a[1])? as u32 };
        let dir = dir_fd(vm, a[2])?;
        done_at(vm, &p, files::mkfifo(dir, &p.path, mode))
    }, "Create a \"fifo\" (a POSIX named pipe)."),
    M::function("mknod", "(path, mode=384, device=0, *, dir_fd=None)", |vm, a| {
        let p = path(vm, a[0], "mknod")?;
        let mode = if a[1].is_null() { 0o600 } else { vm.to_i32(a[1])? as u32 };
        let device = if a[2].is_null() { 0 } else { device(vm, a[2])? };
        let dir = dir_fd(vm, a[3])?;
        done_at(vm, &p, files::mknod(dir, &p.path, mode, device))
    }, "Create a node in the file system."),
    M::function("major", "(device, /)", |vm, a| { let d = device(vm, a[0])?; Ok(new_int(i64::from(libc::major(d)))) }, "Extracts a device major number from a raw device number."),
    M::function("minor", "(device, /)", |vm, a| { let d = device(vm, a[0])?; Ok(new_int(i64::from(libc::minor(d)))) }, "Extracts a device minor number from a raw device number."),
    M::function("makedev", "(major, minor, /)", |vm, a| Ok(new_u64(libc::makedev(device_part(vm, a[0])?, device_part(vm, a[1])?))), "Composes a raw device number from the major and minor device numbers."),
    M::function("umask", "(mask, /)", |vm, a| Ok(new_int(i64::from(files::umask(vm.to_i32(a[0])? as u32)))), "Set the current numeric umask and return the previous umask."),
    M::function("utime", "(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)", utime, "Set the access and modified time of path."),
    M::function("listdir", "(path=None)", listdir, "Return a list containing the names of the files in the directory."),
    M::function("pathconf", "(path, name)", |vm, a| {
        let p = path_or_fd(vm, a[0], "pathconf")?;
        let n = super::system::config_name(vm, a[1], super::system::PATHCONF)?;
        let r = match p.fd {
            Some(fd) => files::pathconf(None, fd, n),
            None => files::pathconf(Some(&p.path), 0, n),
        };
        match r { Ok(n) => Ok(new_int(n)), Err(e) => Err(p.error(vm, e)) }
    }, "Return the configuration limit name for the file or directory path."),
    M::function("fpathconf", "(fd, name, /)", |vm, a| {
        let fd = fd(vm, a[0])?;
        let n = super::system::config_name(vm, a[1], super::system::PATHCONF)?;
        match files::pathconf(None, fd, n) { Ok(n) => Ok(new_int(n)), Err(e) => Err(vm.os_error(e, None, None)) }
    }, "Return the configuration limit name for the file descriptor fd."),
    M::function("fspath", "(path)", |vm, a| vm.fspath(a[0]), "Return the file system path representation of the object.\n\nIf the object is str or bytes, then allow it to pass through as-is. If the\nobject defines __fspath__(), then return the result of that method. All other\ntypes raise a TypeError."),
    M::function("_path_normpath", "(path)", normpath, "Normalize path, eliminating double slashes, etc."),
    M::function("_path_splitroot_ex", "(path, /)", splitroot, "Split a pathname into drive, root and tail."),
    M::function("getxattr", "(path, attribute, *, follow_symlinks=True)", |vm, a| {
        let (p, n, f) = xattr_args(vm, a[0], a[1], a[2], "getxattr")?;
        match files::getxattr(&p.path, &n, f) { Ok(b) => Ok(PyBytes::new(&b)), Err(e) => Err(p.error(vm, e)) }
    }, "Return the value of extended attribute attribute on path."),
    M::function("setxattr", "(path, attribute, value, flags=0, *, follow_symlinks=True)", |vm, a| {
        let (p, n, f) = xattr_args(vm, a[0], a[1], a[4], "setxattr")?;
        let value = vm.bytes_of(a[2])?;
        let flags = if a[3].is_null() { 0 } else { vm.to_i32(a[3])? };
        done_at(vm, &p, files::setxattr(&p.path, &n, &value, flags, f))
    }, "Set extended attribute attribute on path to value."),
    M::function("removexattr", "(path, attribute, *, follow_symlinks=True)", |vm, a| {
        let (p, n, f) = xattr_args(vm, a[0], a[1], a[2], "removexattr")?;
        done_at(vm, &p, files::removexattr(&p.path, &n, f))
    }, "Remove extended attribute attribute on path."),
    M::function("listxattr", "(path=None, *, follow_symlinks=True)", |vm, a| {
        let dot = PyStr::from_str(".");
        let p = xattr_path(vm, a[0].given().unwrap_or(dot.value()), "listxattr")?;
        let f = flag(vm, a[1], true)?;
        match files::listxattr(&p.path, f) {
            Ok(b) => Ok(PyList::new(b.split(|c| *c == 0).filter(|n| !n.is_empty()).map(fs_text).collect())),
            Err(e) => Err(p.error(vm, e)),
        }
    }, "Return a list of extended attributes on path."),
];

/// A raw device number; -1 is "no device".
fn device(vm: &Vm, v: Value) -> PyResult<u64> {
    let i = vm.index(v)?;
    if i.as_i64() == Some(-1) {
        return Ok(u64::MAX);
    }
    match i.as_int().and_then(|n| n.to_big().to_u64()) {
        Some(n) => Ok(n),
        None => Err(vm.overflow_error("device number out of range")),
    }
}
/// A major or minor device number.
fn device_part(vm: &Vm, v: Value) -> PyResult<u32> {
    let i = vm.index(v)?;
    match i.as_i64() {
        Some(-1) => Ok(u32::MAX),
        Some(n) if u32::try_from(n).is_ok() => Ok(n as u32),
        _ => Err(vm.overflow_error("device number out of range")),
    }
}

fn xattr_path(vm: &Vm, v: Value, func: &str) -> PyResult<PathArg> {
    let mut p = path_or_fd(vm, v, func)?;
    if let Some(fd) = p.fd {
        // The kernel gives every descriptor a path.
        p.path = super::c_string(vm, format!("/proc/self/fd/{fd}").into_bytes())?;
    }
    Ok(p)
}
fn xattr_args(vm: &Vm, p: Value, name: Value, follow: Value, func: &str) -> PyResult<(PathArg, std::ffi::CString, bool)> {
    let p = xattr_path(vm, p, func)?;
    let n = named_path(vm, name, func, "attribute")?;
    Ok((p, n.path, flag(vm, follow, true)?))
}

fn cwd(vm: &Vm) -> PyResult<Vec<u8>> {
    use std::os::unix::ffi::OsStringExt;
    match std::env::current_dir() {
        Ok(d) => Ok(d.into_os_string().into_vec()),
        Err(e) => Err(vm.io_error(&e, None)),
    }
}
fn unlink(vm: &Vm, a: &[Value], func: &str) -> PyResult<Owned> {
    let p = path(vm, a[0], func)?;
    let dir = dir_fd(vm, a[1])?;
    done_at(vm, &p, files::unlink(dir, &p.path, false))
}
fn rename(vm: &Vm, a: &[Value], func: &str) -> PyResult<Owned> {
    let (s, d) = (named_path(vm, a[0], func, "src")?, named_path(vm, a[1], func, "dst")?);
    let (x, y) = (dir_fd(vm, a[2])?, dir_fd(vm, a[3])?);
    match files::rename(x, &s.path, y, &d.path) {
        Ok(_) => Ok(Owned::NONE),
        Err(e) => Err(vm.os_error(e, Some(a[0]), Some(a[1]))),
    }
}

/// Seconds and nanoseconds of a number of seconds, rounded down.
fn split_seconds(vm: &Vm, v: Value) -> PyResult<(i64, i64)> {
    if let Some(f) = v.as_float() {
        if f.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let whole = f.floor();
        if whole.abs() >= 9.2e18 {
            return Err(vm.overflow_error("timestamp out of range for platform time_t"));
        }
        let nanos = ((f - whole) * 1e9).floor() as i64;
        return Ok((whole as i64 + nanos / 1_000_000_000, nanos % 1_000_000_000));
    }
    Ok((vm.to_i64(v)?, 0))
}
fn split_nanos(vm: &Vm, v: Value) -> PyResult<(i64, i64)> {
    let Some(i) = v.as_int() else {
        return Err(vm.type_error(format!(
            "'{}' object cannot be interpreted as an integer",
            v.class().name_str()
        )));
    };
    match i.to_big().to_i128() {
        Some(n) => Ok((n.div_euclid(1_000_000_000) as i64, n.rem_euclid(1_000_000_000) as i64)),
        None => Err(vm.overflow_error("timestamp out of range for platform time_t")),
    }
}
fn utime(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = path_or_fd(vm, a[0], "utime")?;
    let pair = |v: Value, what: &str| match v.cast::<PyTuple>().map(|t| t.as_slice()) {
        Some(&[x, y]) => Ok((x, y)),
        _ => Err(vm.type_error(format!("utime: '{what}' must be {}a tuple of two ints{}", if what == "times" { "either " } else { "" }, if what == "times" { " or None" } else { "" }))),
    };
    let times = match (a[1].given(), a[2].non_null()) {
        (Some(_), Some(_)) => {
            return Err(vm.value_error("utime: you may specify either 'times' or 'ns' but not both"));
        }
        (Some(t), None) => {
            let (x, y) = pair(t, "times")?;
            Some([split_seconds(vm, x)?, split_seconds(vm, y)?])
        }
        (None, Some(n)) => {
            let (x, y) = pair(n, "ns")?;
            Some([split_nanos(vm, x)?, split_nanos(vm, y)?])
        }
        (None, None) => None,
    };
    let dir = dir_fd(vm, a[3])?;
    let follow = flag(vm, a[4], true)?;
    let r = match p.fd {
        Some(fd) => files::futime(fd, times),
        None => files::utime(dir, &p.path, times, follow),
    };
    done_at(vm, &p, r)
}

/// Opens a folder for reading; a descriptor is duplicated, because reading closes it.
pub fn open_dir(vm: &Vm, p: &PathArg) -> PyResult<Vec<(Vec<u8>, u8, u64)>> {
    let fd = match p.fd {
        Some(fd) => {
            let d = sys::fcntl_int(fd, libc::F_DUPFD_CLOEXEC, 0);
            if let Ok(d) = d {
                let _ = sys::lseek(d, 0, libc::SEEK_SET);
            }
            d
        }
        None => sys::open(None, &p.path, libc::O_RDONLY | libc::O_DIRECTORY | libc::O_CLOEXEC, 0),
    };
    fd.and_then(files::read_dir).map_err(|e| p.error(vm, e))
}
fn listdir(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let dot = PyStr::from_str(".");
    let p = path_or_fd(vm, a[0].given().unwrap_or(dot.value()), "listdir")?;
    let entries = open_dir(vm, &p)?;
    Ok(PyList::new(entries.iter().map(|(n, _, _)| p.name(n)).collect()))
}

/// `posixpath.normpath` of bytes.
fn normalize(p: &[u8]) -> Vec<u8> {
    if p.is_empty() {
        return b".".to_vec();
    }
    let slashes = p.iter().take_while(|b| **b == b'/').count();
    let root: &[u8] = match slashes {
        0 => b"",
        2 => b"//",
        _ => b"/",
    };
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in p.split(|b| *b == b'/') {
        match part {
            b"" | b"." => {}
            b".." if parts.last().is_some_and(|l| *l != b"..") => {
                parts.pop();
            }
            b".." if !root.is_empty() => {}
            other => parts.push(other),
        }
    }
    let mut out = root.to_vec();
    out.extend(parts.join(&b'/'));
    if out.is_empty() { b".".to_vec() } else { out }
}
fn normpath(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = vm.fspath(a[0])?;
    if let Some(b) = p.cast::<PyBytes>() {
        return Ok(PyBytes::new(&normalize(b.as_slice())));
    }
    let Some(s) = p.cast::<PyStr>() else { return Ok(p) };
    use pyjit_text::codecs::{Encoding, Policy, decode_with_policy, encode_with_policy};
    let bytes = encode_with_policy(Encoding::Utf8, Policy::SurrogatePass, s.text()).unwrap_or_default();
    let out = normalize(&bytes);
    match decode_with_policy(Encoding::Utf8, Policy::SurrogatePass, &out, true) {
        Ok(d) => Ok(PyStr::from_buf(&d.text)),
        Err(_) => Ok(p),
    }
}
fn splitroot(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = vm.fspath(a[0])?;
    let cut = |slashes: usize| match slashes {
        0 => 0,
        2 => 2,
        _ => 1,
    };
    if let Some(b) = p.cast::<PyBytes>() {
        let b = b.as_slice();
        let n = cut(b.iter().take_while(|c| **c == b'/').count());
        return Ok(PyTuple::new(vec![PyBytes::new(b""), PyBytes::new(&b[..n]), PyBytes::new(&b[n..])]));
    }
    let Some(s) = p.cast::<PyStr>() else { return Ok(p) };
    let n = cut(s.text().iter().take_while(|c| *c == 47).count());
    Ok(PyTuple::new(vec![vm.empty_str.clone(), s.substring(0, n), s.substring(n, s.len())]))
}
