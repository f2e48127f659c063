//! `fcntl`: control of file descriptors, locks on files.

use crate::NativeModule;
use crate::posix::libc_call as sys;
use crate::posix::retry;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("fcntl", FUNCTIONS)
    .doc("This module performs file control and I/O control on file\ndescriptors.  It is an interface to the fcntl() and ioctl() Unix\nroutines.  File descriptors can be obtained with the fileno() method of\na file or socket object.")
    .init(|_, m| {
        for (name, n) in CONSTANTS {
            m.dict().set_name(name, new_int(*n));
        }
        Ok(())
    });

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("fcntl", "(fd, cmd, arg=0, /)", fcntl, "Perform the operation `cmd` on file descriptor fd."),
    MethodDef::function("ioctl", "(fd, request, arg=0, mutate_flag=True, /)", ioctl, "Perform the operation request on file descriptor fd."),
    MethodDef::function("flock", "(fd, operation, /)", |vm, a| {
        let (fd, op) = (fd(vm, a[0])?, vm.to_i32(a[1])?);
        match retry(vm, || sys::flock(fd, op))? {
            Ok(_) => Ok(Owned::NONE),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Perform the lock operation on file descriptor fd."),
    MethodDef::function("lockf", "(fd, cmd, len=0, start=0, whence=0, /)", lockf, "A wrapper around the fcntl() locking calls."),
];

/// A descriptor, or an object that has one.
pub fn fd(vm: &Vm, v: Value) -> PyResult<i32> {
    if v.as_int().is_some() {
        let n = vm.to_i32(v)?;
        if n < 0 {
            return Err(vm.value_error(format!("file descriptor cannot be a negative integer ({n})")));
        }
        return Ok(n);
    }
    let Some(m) = vm.getattr_opt_str(v, "fileno")? else {
        return Err(vm.type_error("argument must be an int, or have a fileno() method."));
    };
    let r = vm.call(m.value(), &[])?;
    if r.as_int().is_none() {
        return Err(vm.type_error("fileno() returned a non-integer"));
    }
    fd(vm, r.value())
}

fn fcntl(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (fd, cmd) = (fd(vm, a[0])?, vm.to_i32(a[1])?);
    if let Some(arg) = a[2].non_null()
        && arg.as_int().is_none()
    {
        let bytes = match arg.cast::<PyStr>() {
            Some(s) => s.to_lossy().into_bytes(),
            None => vm.bytes_of(arg)?,
        };
        let mut buf = [0u8; 1024];
        let Some(place) = buf.get_mut(..bytes.len()) else {
            return Err(vm.value_error("fcntl argument 3 is too long"));
        };
        place.copy_from_slice(&bytes);
        return match retry(vm, || sys::fcntl_bytes(fd, cmd, &mut buf))? {
            Ok(_) => Ok(PyBytes::new(&buf[..bytes.len()])),
            Err(e) => Err(vm.os_error(e, None, None)),
        };
    }
    let arg = if a[2].is_null() { 0 } else { vm.to_i64(a[2])? };
    match retry(vm, || sys::fcntl_int(fd, cmd, arg))? {
        Ok(n) => Ok(new_int(i64::from(n))),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}

fn ioctl(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (fd, request) = (fd(vm, a[0])?, vm.to_i64(a[1])? as u64);
    if let Some(arg) = a[2].non_null()
        && arg.as_int().is_none()
    {
        let mutate = a[3].is_null() || vm.truthy(a[3])?;
        let writable = !arg.isa::<PyBytes>() && !arg.isa::<PyStr>();
        let bytes = match arg.cast::<PyStr>() {
            Some(s) => s.to_lossy().into_bytes(),
            None => vm.bytes_of(arg)?,
        };
        let n = bytes.len();
        let mut buf = bytes;
        buf.resize(n.max(1024) + 64, 0);
        let r = retry(vm, || sys::ioctl_bytes(fd, request, &mut buf))?;
        let r = r.map_err(|e| vm.os_error(e, None, None))?;
        if writable && mutate {
            let mut view = vm.buffer(arg, true)?;
            let to = view.as_mut_slice();
            let k = to.len().min(n);
            to[..k].copy_from_slice(&buf[..k]);
            return Ok(new_int(i64::from(r)));
        }
        return Ok(PyBytes::new(&buf[..n]));
    }
    let arg = if a[2].is_null() { 0 } else { vm.to_i64(a[2])? };
    match retry(vm, || sys::ioctl_int(fd, request, arg))? {
        Ok(n) => Ok(new_int(i64::from(n))),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}

fn lockf(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (fd, cmd) = (fd(vm, a[0])?, vm.to_i32(a[1])?);
    let number = |v: Value| if v.is_null() { Ok(0) } else { vm.to_i64(v) };
    let (len, start, whence) = (number(a[2])?, number(a[3])?, number(a[4])?);
    let kind = if cmd & libc::LOCK_UN != 0 {
        libc::F_UNLCK
    } else if cmd & libc::LOCK_SH != 0 {
        libc::F_RDLCK
    } else if cmd & libc::LOCK_EX != 0 {
        libc::F_WRLCK
    } else {
        return Err(vm.value_error("unrecognized lockf argument"));
    };
    let op = if cmd & libc::LOCK_NB != 0 { libc::F_SETLK } else { libc::F_SETLKW };
    match retry(vm, || sys::set_lock(fd, op, kind, whence as i16, start, len))? {
        Ok(_) => Ok(Owned::NONE),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}

#[rustfmt::skip] // a table
static CONSTANTS: &[(&str, i64)] = &[
    ("DN_ACCESS", 1), ("DN_ATTRIB", 32), ("DN_CREATE", 4), ("DN_DELETE", 8), ("DN_MODIFY", 2),
    ("DN_MULTISHOT", 2_147_483_648), ("DN_RENAME", 16), ("FASYNC", 8192), ("FD_CLOEXEC", 1),
    ("FICLONE", 1_074_041_865), ("FICLONERANGE", 1_075_876_877), ("F_ADD_SEALS", 1033),
    ("F_DUPFD", 0), ("F_DUPFD_CLOEXEC", 1030), ("F_DUPFD_QUERY", 1027), ("F_EXLCK", 4),
    ("F_GETFD", 1), ("F_GETFL", 3), ("F_GETLEASE", 1025), ("F_GETLK", 5), ("F_GETLK64", 5),
    ("F_GETOWN", 9), ("F_GETOWN_EX", 16), ("F_GETPIPE_SZ", 1032), ("F_GETSIG", 11),
    ("F_GET_FILE_RW_HINT", 1037), ("F_GET_RW_HINT", 1035), ("F_GET_SEALS", 1034),
    ("F_NOTIFY", 1026), ("F_OFD_GETLK", 36), ("F_OFD_SETLK", 37), ("F_OFD_SETLKW", 38),
    ("F_OWNER_PGRP", 2), ("F_OWNER_PID", 1), ("F_OWNER_TID", 0), ("F_RDLCK", 0),
    ("F_SEAL_FUTURE_WRITE", 16), ("F_SEAL_GROW", 4), ("F_SEAL_SEAL", 1), ("F_SEAL_SHRINK", 2),
    ("F_SEAL_WRITE", 8), ("F_SETFD", 2), ("F_SETFL", 4), ("F_SETLEASE", 1024), ("F_SETLK", 6),
    ("F_SETLK64", 6), ("F_SETLKW", 7), ("F_SETLKW64", 7), ("F_SETOWN", 8), ("F_SETOWN_EX", 15),
    ("F_SETPIPE_SZ", 1031), ("F_SETSIG", 10), ("F_SET_FILE_RW_HINT", 1038), ("F_SET_RW_HINT", 1036),
    ("F_SHLCK", 8), ("F_UNLCK", 2), ("F_WRLCK", 1), ("LOCK_EX", 2), ("LOCK_MAND", 32),
    ("LOCK_NB", 4), ("LOCK_READ", 64), ("LOCK_RW", 192), ("LOCK_SH", 1), ("LOCK_UN", 8),
    ("LOCK_WRITE", 128), ("RWH_WRITE_LIFE_EXTREME", 5), ("RWH_WRITE_LIFE_LONG", 4),
    ("RWH_WRITE_LIFE_MEDIUM", 3), ("RWH_WRITE_LIFE_NONE", 1), ("RWH_WRITE_LIFE_NOT_SET", 0),
    ("RWH_WRITE_LIFE_SHORT", 2),
];
