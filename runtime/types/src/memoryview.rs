//! `memoryview`.

use pyjit_core::prelude::*;

/// A memoryview of an object.
pub fn new_view(vm: &Vm, v: Value, _writable: bool) -> PyResult<Owned> {
    Err(vm.type_error(format!("memoryview: no view of '{}'", v.class().name_str())))
}

/// Defines the class and its methods.
pub fn define(_: &Vm) {}
