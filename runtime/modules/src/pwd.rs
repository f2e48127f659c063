//! `pwd`: the database of users.

use crate::NativeModule;
use crate::sys::paths::fs_text;
use crate::system::users::{self, User};
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;
use std::ffi::CString;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("pwd", FUNCTIONS)
    .doc("This module provides access to the Unix password database.\nIt is available on all Unix versions.\n\nPassword database entries are reported as 7-tuples containing the following\nitems from the password database (see `<pwd.h>'), in order:\npw_name, pw_passwd, pw_uid, pw_gid, pw_gecos, pw_dir, pw_shell.\nThe uid and gid items are integers, all others are strings. An\nexception is raised if the entry asked for cannot be found.")
    .init(|vm, m| {
        m.dict().set_name("struct_passwd", ENTRY.define(vm).as_owned());
        Ok(())
    });

static ENTRY: StructSeq = StructSeq::new(
    "pwd",
    "struct_passwd",
    Some("pwd.struct_passwd: Results from getpw*() routines.\n\nThis object may be accessed either as a tuple of\n  (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\nor via the object attributes as named in the above tuple."),
    &[
        ("pw_name", "user name"),
        ("pw_passwd", "password"),
        ("pw_uid", "user id"),
        ("pw_gid", "group id"),
        ("pw_gecos", "real name"),
        ("pw_dir", "home directory"),
        ("pw_shell", "shell program"),
    ],
    7,
);

fn shown(vm: &Vm, u: &User) -> Owned {
    ENTRY.make(
        vm,
        vec![
            fs_text(&u.name),
            fs_text(&u.password),
            id(u.uid),
            id(u.gid),
            fs_text(&u.gecos),
            fs_text(&u.home),
            fs_text(&u.shell),
        ],
    )
}

/// A user or group number: the largest stands for "none", -1.
pub(crate) fn id(n: u32) -> Owned {
    new_int(if n == u32::MAX { -1 } else { i64::from(n) })
}
/// The name given to a function, as a C string.
pub(crate) fn c_name(vm: &Vm, v: Value, who: &str) -> PyResult<CString> {
    if !v.isa::<PyStr>() {
        let name = v.class().name_str();
        return Err(vm.type_error(format!("{who} argument must be str, not {name}")));
    }
    let b = vm.call_method_str(v, "encode", &[intern("utf-8").value(), intern("surrogateescape").value()])?;
    CString::new(vm.bytes_of(b.value())?).map_err(|_| vm.value_error("embedded null byte"))
}
pub(crate) fn missing(vm: &Vm, msg: String) -> Raised {
    vm.key_error(PyStr::from_str(&msg).value())
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("getpwuid", "(uidobj, /)", |vm, a| {
        let n = vm.index(a[0])?;
        let Some(n) = n.as_i64() else {
            return Err(missing(vm, "getpwuid(): uid not found".into()));
        };
        let uid = if n == -1 { Some(u32::MAX) } else { u32::try_from(n).ok() };
        match uid.map(users::user_numbered) {
            Some(Some(u)) => Ok(shown(vm, &u)),
            Some(None) => Err(missing(vm, format!("getpwuid(): uid not found: {n}"))),
            None => Err(missing(vm, "getpwuid(): uid not found".into())),
        }
    }, "Return the password database entry for the given numeric user ID.\n\nSee `help(pwd)` for more on password database entries."),
    MethodDef::function("getpwnam", "(name, /)", |vm, a| {
        let name = c_name(vm, a[0], "getpwnam()")?;
        match users::user_named(&name) {
            Some(u) => Ok(shown(vm, &u)),
            None => Err(missing(vm, format!("getpwnam(): name not found: {}", vm.repr_text(a[0])?))),
        }
    }, "Return the password database entry for the given user name.\n\nSee `help(pwd)` for more on password database entries."),
    MethodDef::function("getpwall", "()", |vm, _| {
        Ok(PyList::new(users::all_users().iter().map(|u| shown(vm, u)).collect()))
    }, "Return a list of all available password database entries, in arbitrary order.\n\nSee help(pwd) for more on password database entries."),
];
