//! What `localcontext` returns.

use super::context::{current, of, optional, set_current, set_keywords};
use crate::hidden_class;
use pyjit_core::prelude::*;

py_class! {
    /// `decimal.ContextManager`.
    pub struct PyContextManager as "ContextManager" { pub local: Owned, pub global: Owned }
}

pub(super) fn new(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let global = current(vm)?;
    let given = optional(vm, a[0])?;
    let local = of(vm, given.value())?.copy();
    if let Some(kw) = a[1].cast::<PyDict>() {
        set_keywords(vm, local.value(), kw)?;
    }
    Ok(new_object(PyContextManager::class(), PyContextManager { local, global }))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("__enter__", "(self, /)", |vm, a| match a[0].cast::<PyContextManager>() {
        Some(m) => {
            set_current(vm, m.local.value())?;
            Ok(m.local.clone())
        }
        None => Err(vm.type_error("a context manager is required")),
    }, ""),
    MethodDef::new("__exit__", "(self, /, *args)", |vm, a| match a[0].cast::<PyContextManager>() {
        Some(m) => {
            set_current(vm, m.global.value())?;
            Ok(Owned::bool(false))
        }
        None => Err(vm.type_error("a context manager is required")),
    }, ""),
];

pub(super) fn define(vm: &Vm) {
    hidden_class::<PyContextManager>(
        vm,
        ClassSpec {
            module: "decimal",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: METHODS,
            ..ClassSpec::new("ContextManager")
        },
    );
}
