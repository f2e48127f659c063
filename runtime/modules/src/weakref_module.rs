//! `_weakref`.

use crate::NativeModule;
use pyjit_core::mem::weak::{PyCallableProxy, PyProxy, PyWeakRef, refs_of};
use pyjit_core::prelude::*;
use pyjit_types::weakref::new_proxy;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_weakref", FUNCTIONS)
    .doc("Weak-reference support module.")
    .init(|_, module| {
        let d = module.dict();
        d.set_name("ref", PyWeakRef::class().as_owned());
        d.set_name("ReferenceType", PyWeakRef::class().as_owned());
        d.set_name("ProxyType", PyProxy::class().as_owned());
        d.set_name("CallableProxyType", PyCallableProxy::class().as_owned());
        Ok(())
    });

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "getweakrefcount",
        "(object, /)",
        |_, a| Ok(new_usize(refs_of(a[0]).len())),
        "Return the number of weak references to 'object'.",
    ),
    MethodDef::function(
        "_remove_dead_weakref",
        "(dct, key, /)",
        remove_dead,
        "Remove key from dict if it points to a dead weakref.",
    ),
    MethodDef::function(
        "getweakrefs",
        "(object, /)",
        |_, a| Ok(PyList::new(refs_of(a[0]))),
        "Return a list of all weak reference objects pointing to 'object'.",
    ),
    MethodDef::function(
        "proxy",
        "(object, callback=None, /)",
        |vm, a| new_proxy(vm, a[0], a[1].given()),
        "Create a proxy object that weakly references 'object'.",
    ),
];

fn remove_dead(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(d) = a[0].cast::<PyDict>() else {
        return Err(vm.type_error(format!(
            "_remove_dead_weakref() argument 1 must be dict, not {}",
            a[0].class().name_str()
        )));
    };
    if let Some(found) = d.get(vm, a[1])? {
        match found.cast::<PyWeakRef>() {
            Some(r) if r.get().is_none() => drop(d.remove(vm, a[1])?),
            Some(_) => {}
            None => return Err(vm.type_error("not a weakref")),
        }
    }
    Ok(Owned::NONE)
}
