//! `atexit`. The callbacks stand in a list of `(function, args, kwargs)` in the runtime's module state; the command's
//! shutdown calls [`run_exit_functions`].

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("atexit", FUNCTIONS).doc("allow programmer to define multiple exit functions to be executed\nupon normal program termination.\n\nTwo public functions, register and unregister, are defined.\n");

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("register", "(func, /, *args, **kwargs)", register, "Register a function to be executed upon normal program termination\n\n    func - function to be called at exit\n    args - optional arguments to pass to func\n    kwargs - optional keyword arguments to pass to func\n\n    func is returned to facilitate usage as a decorator."),
    MethodDef::function("_clear", "()", |vm, _| { drop(take(vm)); Ok(Owned::NONE) }, "Clear the list of previously registered exit functions."),
    MethodDef::function("unregister", "(func, /)", unregister, "Unregister an exit function which was previously registered using\natexit.register\n\n    func - function to be unregistered"),
    MethodDef::function("_run_exitfuncs", "()", |vm, _| { run_exit_functions(vm); Ok(Owned::NONE) }, "Run all registered exit functions.\n\nIf a callback raises an exception, it is logged with sys.unraisablehook."),
    MethodDef::function("_ncallbacks", "()", |vm, _| Ok(new_usize(list(vm).cast::<PyList>().map_or(0, |l| l.len()))), "Return the number of registered exit functions."),
];

/// The list of callbacks.
fn list(vm: &Vm) -> Owned {
    vm.module_state
        .get_mut()
        .entry("atexit")
        .or_insert_with(|| PyList::new(Vec::new()))
        .clone()
}

fn take(vm: &Vm) -> Vec<Owned> {
    list(vm)
        .cast::<PyList>()
        .map_or(Vec::new(), |l| l.items.take())
}

fn register(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !vm.is_callable(a[0]) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    if let Some(l) = list(vm).cast::<PyList>() {
        l.push(PyTuple::from_slice(&[a[0], a[1], a[2]]));
    }
    Ok(a[0].own())
}

fn unregister(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let entries = list(vm);
    let Some(l) = entries.cast::<PyList>() else {
        return Ok(Owned::NONE);
    };
    for entry in l.snapshot() {
        let Some(f) = vm.tuple_items(entry.value()).first() else {
            continue;
        };
        if vm.eq(*f, a[0])? {
            let items = l.items.get_mut();
            let at = items.iter().position(|e| e.ptr_eq(&entry));
            let old = at.map(|i| items.remove(i));
            drop(old);
        }
    }
    Ok(Owned::NONE)
}

/// Calls the registered functions, the last one first; those that they register meanwhile are called too.
pub fn run_exit_functions(vm: &Vm) {
    loop {
        let entry = list(vm)
            .cast::<PyList>()
            .and_then(|l| l.items.get_mut().pop());
        let Some(entry) = entry else { return };
        let [f, args, kwargs] = vm.tuple_items(entry.value()) else {
            continue;
        };
        let result = vm.call_ex(*f, vm.tuple_items(*args), kwargs.cast::<PyDict>());
        if let Err(e) = result {
            let shown = vm.repr_text(*f).unwrap_or_default();
            vm.write_unraisable(e, &format!("Exception ignored in atexit callback {shown}"), None);
        }
    }
}
