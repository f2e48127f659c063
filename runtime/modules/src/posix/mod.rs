//! `posix`: the operating system. `os.py` re-exports it. Functions stand by theme in the files of this folder; the system
//! calls that need `unsafe` are in `libc_call.rs` and the `sys_*.rs` files.

mod args;
mod consts;
mod fds;
mod files;
pub mod libc_call;
pub mod process;
mod scandir;
pub mod stat;
pub mod sys_files;
pub mod sys_process;
pub mod sys_wait;
mod system;

use crate::NativeModule;
use crate::sys::paths;
use libc_call::Sys;
use pyjit_core::prelude::*;
use std::ffi::CString;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("posix", &[]).doc(
    "This module provides access to operating system functionality that is\nstandardized by the C Standard and the POSIX standard (a thinly\ndisguised Unix interface).  Refer to the library manual and\ncorresponding Unix manual entries for more information on calls.",
).init(init);

/// What `os.py` asks for to find out which functions take descriptors and flags.
const HAVE: &str = "HAVE_EVENTFD HAVE_FACCESSAT HAVE_FCHDIR HAVE_FCHMOD HAVE_FCHMODAT HAVE_FCHOWN HAVE_FCHOWNAT HAVE_FEXECVE HAVE_FDOPENDIR HAVE_FPATHCONF HAVE_FSTATAT HAVE_FSTATVFS HAVE_FTRUNCATE HAVE_FUTIMENS HAVE_FUTIMES HAVE_FUTIMESAT HAVE_LINKAT HAVE_LCHOWN HAVE_LSTAT HAVE_LUTIMES HAVE_MEMFD_CREATE HAVE_MKDIRAT HAVE_MKFIFOAT HAVE_MKNODAT HAVE_OPENAT HAVE_READLINKAT HAVE_RENAMEAT HAVE_SYMLINKAT HAVE_UNLINKAT HAVE_UTIMENSAT";

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    for table in [
        stat::FUNCTIONS,
        files::FUNCTIONS,
        scandir::FUNCTIONS,
        fds::FUNCTIONS,
        process::FUNCTIONS,
        process::GETTERS,
        system::FUNCTIONS,
    ] {
        for f in table {
            d.set_name(f.name, PyBuiltin::function(f, "posix"));
        }
    }
    for (name, n) in consts::CONSTANTS {
        d.set_name(name, new_int(*n));
    }
    system::tables(vm, d)?;
    d.set_name("environ", system::environ(vm)?);
    d.set_name("error", vm.exc.OSError.as_owned());
    let have = HAVE.split(' ').map(PyStr::from_str).collect();
    d.set_name("_have_functions", PyList::new(have));
    scandir::define(vm);
    crate::add_class(m, scandir::PyDirEntry::class());
    for s in [
        &stat::STAT_RESULT,
        &stat::STATVFS_RESULT,
        &fds::TERMINAL_SIZE,
        &system::UNAME,
        &process::TIMES,
        &process::WAITID,
    ] {
        crate::add_class(m, s.class(vm));
    }
    Ok(())
}

/// The version of the C library, if it is glibc.
pub fn libc_version() -> Option<String> {
    sys_process::libc_version()
}
/// Whether a descriptor is a terminal.
pub fn is_tty(fd: i32) -> bool {
    libc_call::isatty(fd)
}
/// Whether a descriptor is open.
pub fn is_open(fd: i32) -> bool {
    libc_call::is_open(fd)
}

/// Runs a system call, other threads meanwhile, and again when a signal interrupted it; handlers run in between and may raise.
pub fn retry<T>(vm: &Vm, mut call: impl FnMut() -> Sys<T>) -> PyResult<Sys<T>> {
    loop {
        match vm.release_gil(&mut call) {
            Err(libc::EINTR) => vm.check_pending()?,
            other => return Ok(other),
        }
    }
}

/// The bytes of a path argument: str, bytes or an object with `__fspath__`.
pub fn path_bytes(vm: &Vm, v: Value, func: &str, arg: &str) -> PyResult<Vec<u8>> {
    let p = match vm.fspath(v) {
        Ok(p) => p,
        Err(e) if e.is_instance(vm.exc.TypeError) && vm.special(v, vm.names.__fspath__.value())?.is_none() => {
            return Err(vm.type_error(format!(
                "{func}: {arg} should be string, bytes or os.PathLike, not {}",
                v.class().name_str()
            )));
        }
        Err(e) => return Err(e),
    };
    text_or_bytes(vm, p.value(), func, arg)
}

/// File system bytes of a str or bytes object; ValueError for null characters.
pub fn text_or_bytes(vm: &Vm, v: Value, func: &str, arg: &str) -> PyResult<Vec<u8>> {
    let bytes = if let Some(s) = v.cast::<PyStr>() {
        match paths::fs_bytes(s) {
            Some(b) => b,
            None => pyjit_types::str::codecs::encode_native(
                vm,
                pyjit_text::codecs::Encoding::Utf8,
                v,
                Some("surrogateescape"),
            )?,
        }
    } else {
        vm.bytes_of(v)?
    };
    if bytes.contains(&0) {
        return Err(vm.value_error(if func.is_empty() {
            "embedded null byte".to_string()
        } else {
            format!("{func}: embedded null character in {arg}")
        }));
    }
    Ok(bytes)
}

/// A C string of bytes without null.
pub fn c_string(vm: &Vm, bytes: Vec<u8>) -> PyResult<CString> {
    CString::new(bytes).map_err(|_| vm.value_error("embedded null byte"))
}
