//! Arguments of the functions here: paths, descriptors, directory descriptors, ids.

use super::{c_string, path_bytes};
use crate::sys::paths::fs_text;
use pyjit_core::prelude::*;
use std::ffi::CString;

/// A path or an open descriptor.
pub struct PathArg {
    /// The object given, for error messages.
    pub object: Owned,
    pub fd: Option<i32>,
    pub path: CString,
    pub bytes: bool,
}

impl PathArg {
    /// A result name in the type that the path was given in.
    pub fn name(&self, bytes: &[u8]) -> Owned {
        if self.bytes { PyBytes::new(bytes) } else { fs_text(bytes) }
    }
    /// The OSError of a failed call.
    pub fn error(&self, vm: &Vm, errno: i32) -> Raised {
        vm.os_error(errno, Some(self.object.value()), None)
    }
}

/// A path argument.
pub fn path(vm: &Vm, v: Value, func: &str) -> PyResult<PathArg> {
    named_path(vm, v, func, "path")
}
/// A path argument of another name.
pub fn named_path(vm: &Vm, v: Value, func: &str, arg: &str) -> PyResult<PathArg> {
    // Errors show what stands for the path.
    let object = match vm.fspath(v) {
        Ok(p) => p,
        Err(_) => v.own(),
    };
    let p = path_bytes(vm, object.value(), func, arg)?;
    let bytes = object.isa::<PyBytes>();
    Ok(PathArg {
        object,
        fd: None,
        path: c_string(vm, p)?,
        bytes,
    })
}
/// A path or a descriptor.
pub fn path_or_fd(vm: &Vm, v: Value, func: &str) -> PyResult<PathArg> {
    if v.as_int().is_some() || !v.is_heap() || v.class().slots.index.get().is_some() && !v.isa::<PyStr>() {
        if v.as_int().is_none() && v.class().slots.index.get().is_none() {
            return Err(vm.type_error(format!(
                "{func}: path should be string, bytes, os.PathLike or integer, not {}",
                v.class().name_str()
            )));
        }
        if v.is_bool() {
            vm.warn(vm.exc.RuntimeWarning, "bool is used as a file descriptor", 1)?;
        }
        return Ok(PathArg {
            object: v.own(),
            fd: Some(fd_number(vm, v)?),
            path: CString::default(),
            bytes: false,
        });
    }
    match named_path(vm, v, func, "path") {
        Err(e) if e.is_instance(vm.exc.TypeError) && vm.special(v, vm.names.__fspath__.value())?.is_none() => {
            Err(vm.type_error(format!(
                "{func}: path should be string, bytes, os.PathLike or integer, not {}",
                v.class().name_str()
            )))
        }
        other => other,
    }
}
/// An integer that may be a descriptor.
pub fn fd_number(vm: &Vm, v: Value) -> PyResult<i32> {
    let i = vm.index(v)?;
    match i.as_i64() {
        Some(n) if i32::try_from(n).is_ok() => Ok(n as i32),
        Some(n) if n > 0 => Err(vm.overflow_error("fd is greater than maximum")),
        Some(_) => Err(vm.overflow_error("fd is less than minimum")),
        None => Err(vm.overflow_error("fd is greater than maximum")),
    }
}
/// A descriptor or an object with `fileno()`.
pub fn fd(vm: &Vm, v: Value) -> PyResult<i32> {
    if v.as_int().is_some() {
        if v.is_bool() {
            vm.warn(vm.exc.RuntimeWarning, "bool is used as a file descriptor", 1)?;
        }
        let n = vm.to_i32(vm.index(v)?.value())?;
        if n < 0 {
            return Err(vm.value_error(format!(
                "file descriptor cannot be a negative integer ({n})"
            )));
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
    let n = vm.to_i32(r.value())?;
    if n < 0 {
        return Err(vm.value_error(format!(
            "file descriptor cannot be a negative integer ({n})"
        )));
    }
    Ok(n)
}
/// A plain descriptor argument: an int, whatever its sign.
pub fn int_fd(vm: &Vm, v: Value) -> PyResult<i32> {
    vm.to_i32(v)
}
/// A `dir_fd` argument.
pub fn dir_fd(vm: &Vm, v: Value) -> PyResult<Option<i32>> {
    match v.given() {
        None => Ok(None),
        Some(v) if v.is_bool() => {
            vm.warn(vm.exc.RuntimeWarning, "bool is used as a file descriptor", 1)?;
            fd_number(vm, v).map(Some)
        }
        Some(v) if v.as_int().is_some() || v.class().slots.index.get().is_some() => {
            fd_number(vm, v).map(Some)
        }
        Some(v) => Err(vm.type_error(format!(
            "argument should be integer or None, not {}",
            v.class().name_str()
        ))),
    }
}
/// A flag that defaults to true.
pub fn flag(vm: &Vm, v: Value, default: bool) -> PyResult<bool> {
    if v.is_null() { Ok(default) } else { vm.truthy(v) }
}
/// A user or group id; -1 means "unchanged".
pub fn id(vm: &Vm, v: Value, what: &str) -> PyResult<u32> {
    let i = match vm.index(v) {
        Ok(i) => i,
        Err(_) => {
            return Err(vm.type_error(format!(
                "{what} should be integer, not {}",
                v.class().name_str()
            )));
        }
    };
    match i.as_i64() {
        Some(-1) => Ok(u32::MAX),
        Some(n) if n < 0 => Err(vm.overflow_error(format!("{what} is less than minimum"))),
        Some(n) => u32::try_from(n).map_err(|_| vm.overflow_error(format!("{what} is greater than maximum"))),
        None => Err(vm.overflow_error(format!("{what} is greater than maximum"))),
    }
}
/// The result of a call that gives nothing.
pub fn done<T>(vm: &Vm, r: Result<T, i32>) -> PyResult<Owned> {
    match r {
        Ok(_) => Ok(Owned::NONE),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
/// The same, with the path in the error.
pub fn done_at<T>(vm: &Vm, p: &PathArg, r: Result<T, i32>) -> PyResult<Owned> {
    match r {
        Ok(_) => Ok(Owned::NONE),
        Err(e) => Err(p.error(vm, e)),
    }
}
/// The result of a call that gives an int.
pub fn number(vm: &Vm, r: Result<i32, i32>) -> PyResult<Owned> {
    match r {
        Ok(n) => Ok(new_int(i64::from(n))),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
