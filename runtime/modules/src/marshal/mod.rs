//! `marshal`: the format of compiled code in `.pyc` files, version 5, readable down to version 0. Used by
//! `importlib._bootstrap_external` and by the cache of the embedded library.

mod read;
mod write;

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The version that `dumps` writes.
pub const VERSION: i64 = 5;

/// Type codes.
mod code {
    pub const NULL: u8 = b'0';
    pub const NONE: u8 = b'N';
    pub const FALSE: u8 = b'F';
    pub const TRUE: u8 = b'T';
    pub const STOP_ITERATION: u8 = b'S';
    pub const ELLIPSIS: u8 = b'.';
    pub const INT: u8 = b'i';
    /// Not written any more.
    pub const INT64: u8 = b'I';
    pub const LONG: u8 = b'l';
    pub const FLOAT_TEXT: u8 = b'f';
    pub const FLOAT: u8 = b'g';
    pub const COMPLEX_TEXT: u8 = b'x';
    pub const COMPLEX: u8 = b'y';
    pub const BYTES: u8 = b's';
    pub const INTERNED: u8 = b't';
    pub const REF: u8 = b'r';
    pub const TUPLE: u8 = b'(';
    pub const SMALL_TUPLE: u8 = b')';
    pub const LIST: u8 = b'[';
    pub const DICT: u8 = b'{';
    pub const CODE: u8 = b'c';
    pub const TEXT: u8 = b'u';
    pub const SET: u8 = b'<';
    pub const FROZENSET: u8 = b'>';
    pub const SLICE: u8 = b':';
    pub const ASCII: u8 = b'a';
    pub const ASCII_INTERNED: u8 = b'A';
    pub const SHORT_ASCII: u8 = b'z';
    pub const SHORT_ASCII_INTERNED: u8 = b'Z';
    /// Added to the code of an object that is referred to again.
    pub const FLAG_REF: u8 = 0x80;
}

/// How deep objects may nest.
const MAX_DEPTH: usize = 2000;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("marshal", FUNCTIONS)
    .doc("This module contains functions that can read and write Python values in\na binary format. The format is specific to Python, but independent of\nmachine architecture issues.")
    .init(|_, m| {
        m.dict().set_name("version", new_int(VERSION));
        Ok(())
    });

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("dump", "(value, file, version=5, /, *, allow_code=True)", dump_to, "Write the value on the open file."),
    MethodDef::function("load", "(file, /, *, allow_code=True)", load_from, "Read one value from the open file and return it."),
    MethodDef::function("dumps", "(value, version=5, /, *, allow_code=True)", py_dumps, "Return the bytes object that would be written to a file by dump(value, file)."),
    MethodDef::function("loads", "(bytes, /, *, allow_code=True)", py_loads, "Convert the bytes-like object to a value."),
];

fn allowed(vm: &Vm, v: Value) -> PyResult<bool> {
    if v.is_null() { Ok(true) } else { vm.truthy(v) }
}

/// `marshal.dumps`.
pub fn dumps(vm: &Vm, v: Value, version: i64) -> PyResult<Vec<u8>> {
    write::dump(vm, v, version, true)
}

/// `marshal.loads`.
pub fn loads(vm: &Vm, bytes: &[u8]) -> PyResult<Owned> {
    read::load(vm, read::Source::Bytes(bytes), true)
}

fn py_dumps(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let version = if a[1].is_null() { VERSION } else { i64::from(vm.to_i32(a[1])?) };
    let bytes = write::dump(vm, a[0], version, allowed(vm, a[2])?)?;
    Ok(PyBytes::new(&bytes))
}

fn dump_to(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let version = if a[2].is_null() { VERSION } else { i64::from(vm.to_i32(a[2])?) };
    let bytes = write::dump(vm, a[0], version, allowed(vm, a[3])?)?;
    let data = PyBytes::new(&bytes);
    vm.call_method(a[1], vm.names.write.value(), &[data.value()])
}

fn py_loads(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let view = vm.buffer(a[0], false)?;
    let allow = allowed(vm, a[1])?;
    if let Some(b) = a[0].cast::<PyBytes>() {
        return read::load(vm, read::Source::Bytes(b.as_slice()), allow);
    }
    drop(view);
    let bytes = vm.bytes_of(a[0])?;
    read::load(vm, read::Source::Bytes(&bytes), allow)
}

fn load_from(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let probe = vm.call_method(a[0], vm.names.read.value(), &[new_int(0).value()])?;
    if !probe.isa::<PyBytes>() {
        return Err(vm.type_error(format!(
            "file.read() returned not bytes but {}",
            probe.class().name_str()
        )));
    }
    read::load(vm, read::Source::File(a[0]), allowed(vm, a[1])?)
}
