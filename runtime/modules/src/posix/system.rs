//! Functions of `posix` on the machine, the environment and its limits.

use super::args::done;
use super::consts;
use super::sys_process as sys;
use super::{c_string, text_or_bytes};
use crate::sys::paths::fs_text;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;

pub use consts::PATHCONF;

pub(super) static FUNCTIONS: &[M] = &[
    M::function("urandom", "(size, /)", |vm, a| {
        let n = vm.to_size(a[0])?;
        if n < 0 {
            return Err(vm.value_error("negative argument not allowed"));
        }
        let Some(mut buf) = crate::io::zeros(n as usize) else { return Err(vm.memory_error()) };
        let mut done = 0;
        while done < buf.len() {
            match super::retry(vm, || sys::getrandom(&mut buf[done..], 0))? {
                Ok(k) => done += k,
                Err(e) => return Err(vm.os_error(e, None, None)),
            }
        }
        Ok(PyBytes::new(&buf))
    }, "Return a bytes object containing random bytes suitable for cryptographic use."),
    M::function("getrandom", "(size, flags=0)", |vm, a| {
        let n = vm.to_size(a[0])?;
        if n < 0 {
            return Err(vm.os_error(libc::EINVAL, None, None));
        }
        let flags = if a[1].is_null() { 0 } else { vm.to_i32(a[1])? };
        let Some(mut buf) = crate::io::zeros(n as usize) else { return Err(vm.memory_error()) };
        match super::retry(vm, || sys::getrandom(&mut buf, flags as u32))? {
            Ok(k) => Ok(PyBytes::new(&buf[..k])),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Obtain a series of random bytes."),
    M::function("cpu_count", "()", |vm, _| Ok(crate::sys::settings::cpu_count(vm).or_else(|| sys::sysconf(libc::_SC_NPROCESSORS_ONLN).ok()).filter(|n| *n > 0).map_or(Owned::NONE, new_int)), "Return the number of logical CPUs in the system.\n\nReturn None if indeterminable."),
    M::function("uname", "()", |vm, _| match sys::uname() {
        Ok(f) => Ok(UNAME.make(vm, f.iter().map(|t| fs_text(t)).collect())),
        Err(e) => Err(vm.os_error(e, None, None)),
    }, "Return an object identifying the current operating system."),
    M::function("sysconf", "(name, /)", |vm, a| {
        let n = config_name(vm, a[0], consts::SYSCONF)?;
        match sys::sysconf(n) { Ok(n) => Ok(new_int(n)), Err(e) => Err(vm.os_error(e, None, None)) }
    }, "Return an integer-valued system configuration variable."),
    M::function("confstr", "(name, /)", |vm, a| {
        let n = config_name(vm, a[0], consts::CONFSTR)?;
        Ok(sys::confstr(n).map_or(Owned::NONE, |b| fs_text(&b)))
    }, "Return a string-valued system configuration variable."),
    M::function("strerror", "(code, /)", |vm, a| Ok(PyStr::from_str(&pyjit_core::exception::errno_text(vm.to_i32(a[0])?))), "Translate an error code to a message string."),
    M::function("getloadavg", "()", |vm, _| match sys::getloadavg() {
        Some(l) => Ok(PyTuple::new(l.iter().map(|f| new_float(*f)).collect())),
        None => Err(vm.error(vm.exc.OSError, "Load averages are unobtainable")),
    }, "Return average recent system load information."),
    M::function("putenv", "(name, value, /)", |vm, a| {
        let (n, v) = (env_text(vm, a[0], "putenv")?, env_text(vm, a[1], "putenv")?);
        if n.is_empty() || n.contains(&b'=') {
            return Err(vm.value_error("illegal environment variable name"));
        }
        let (n, v) = (c_string(vm, n)?, c_string(vm, v)?);
        done(vm, sys::setenv(&n, Some(&v)))
    }, "Change or add an environment variable."),
    M::function("unsetenv", "(name, /)", |vm, a| {
        let n = env_text(vm, a[0], "unsetenv")?;
        let n = c_string(vm, n)?;
        done(vm, sys::setenv(&n, None))
    }, "Delete an environment variable."),
    M::function("_create_environ", "()", |vm, _| environ(vm), "Create the environment dictionary."),
    M::function("getlogin", "()", |vm, _| match sys::getlogin() { Ok(n) => Ok(fs_text(&n)), Err(e) => Err(vm.os_error(e, None, None)) }, "Return the actual login name."),
    M::function("ctermid", "()", |_, _| Ok(PyStr::from_str("/dev/tty")), "Return the name of the controlling terminal for this process."),
    M::function("sync", "()", |_, _| { crate::posix::libc_call::sync(); Ok(Owned::NONE) }, "Force write of everything to disk."),
    M::function("_inputhook", "()", |_, _| Ok(new_int(0)), ""),
    M::function("_is_inputhook_installed", "()", |_, _| Ok(Owned::bool(false)), ""),
];

/// `os.uname_result`.
pub static UNAME: StructSeq = StructSeq::new(
    "posix",
    "uname_result",
    Some("uname_result: Result from os.uname().\n\nThis object may be accessed either as a tuple of\n  (sysname, nodename, release, version, machine),\nor via the attributes sysname, nodename, release, version, and machine.\n\nSee os.uname for more information."),
    &[
        ("sysname", "operating system name"),
        ("nodename", "name of machine on network (implementation-defined)"),
        ("release", "operating system release"),
        ("version", "operating system version"),
        ("machine", "hardware identifier"),
    ],
    5,
);

/// The number of a configuration name: an int, or a string of the table.
pub fn config_name(vm: &Vm, v: Value, table: &[(&str, i64)]) -> PyResult<i32> {
    if v.as_int().is_some() {
        return vm.to_i32(v);
    }
    let Some(s) = v.cast::<PyStr>() else {
        return Err(vm.type_error("configuration names must be strings or integers"));
    };
    match table.iter().find(|(n, _)| s.is_text(n)) {
        Some((_, n)) => Ok(*n as i32),
        None => Err(vm.value_error("unrecognized configuration name")),
    }
}

fn env_text(vm: &Vm, v: Value, func: &str) -> PyResult<Vec<u8>> {
    if !v.isa::<PyStr>() && !v.isa::<PyBytes>() {
        return Err(vm.type_error(format!(
            "{func}() argument must be str or bytes, not {}",
            v.class().name_str()
        )));
    }
    text_or_bytes(vm, v, "", "")
}

/// The process' environment as a dict of bytes.
pub fn environ(vm: &Vm) -> PyResult<Owned> {
    use std::os::unix::ffi::OsStringExt;
    let d = PyDict::new();
    if let Some(dict) = d.cast::<PyDict>() {
        for (k, v) in std::env::vars_os() {
            let k = PyBytes::new(&k.into_vec());
            if !dict.contains(vm, k.value())? {
                dict.set(vm, k.value(), PyBytes::new(&v.into_vec()))?;
            }
        }
    }
    Ok(d)
}

/// The three tables of names.
pub fn tables(vm: &Vm, d: &PyDict) -> PyResult<()> {
    for (name, table) in [
        ("sysconf_names", consts::SYSCONF),
        ("confstr_names", consts::CONFSTR),
        ("pathconf_names", consts::PATHCONF),
    ] {
        let names = PyDict::new();
        if let Some(n) = names.cast::<PyDict>() {
            for (k, v) in table {
                n.set(vm, PyStr::from_str(k).value(), new_int(*v))?;
            }
        }
        d.set_name(name, names);
    }
    Ok(())
}
