//! `_functools`: reduce, cmp_to_key, partial, the cache behind `lru_cache`.

mod key;
mod lru;
mod partial;

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_functools", FUNCTIONS)
    .doc("Tools that operate on functions.")
    .init(|vm, module| {
        key::define(vm);
        partial::define(vm, module);
        lru::define(vm, module);
        Ok(())
    });

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "reduce",
        "(function, iterable, /, initial=<unrepresentable>)",
        reduce,
        "Apply a function of two arguments to the items of an iterable, from left to right, so as to reduce it to one value.",
    ),
    MethodDef::function(
        "cmp_to_key",
        "(mycmp)",
        key::cmp_to_key,
        "Convert a cmp= function into a key= function.",
    ),
];

fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = vm.iter(a[1]).map_err(|e| {
        if e.is_instance(vm.exc.TypeError) {
            vm.type_error("reduce() arg 2 must support iteration")
        } else {
            e
        }
    })?;
    let mut result = a[2].own();
    while let Some(x) = vm.next(it.value())? {
        result = if result.is_null() {
            x
        } else {
            vm.call(a[0], &[result.value(), x.value()])?
        };
    }
    if result.is_null() {
        return Err(vm.type_error("reduce() of empty iterable with no initial value"));
    }
    Ok(result)
}
