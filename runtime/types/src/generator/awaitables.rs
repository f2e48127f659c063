//! `anext(iterator, default)`: an awaitable that turns the end of iteration into a value.

use super::drive::warn_throw;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_core::py_class;

py_class! {
    struct PyAnextAwaitable as "anext_awaitable" { wrapped: Owned, default: Owned }
}

/// The awaitable of `anext` with a default.
pub fn anext_awaitable(wrapped: Owned, default: Owned) -> Owned {
    new_object(
        PyAnextAwaitable::class(),
        PyAnextAwaitable { wrapped, default },
    )
}

/// Defines `anext_awaitable`.
pub fn define(vm: &Vm) {
    define_class::<PyAnextAwaitable>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.await_.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(|vm, v| {
                    let it = iterator(vm, v)?;
                    let r = match it.class().slots.next.get() {
                        Some(f) => f(vm, it.value()),
                        None => Err(vm.type_error("__await__() returned a non-iterator")),
                    };
                    or_default(vm, v, r)
                }));
            },
            methods: METHODS,
            ..ClassSpec::new("anext_awaitable")
        },
    );
}

static METHODS: &[MethodDef] = &[
    M::new(
        "send",
        "(self, object, /)",
        |vm, a| forward(vm, a[0], "send", &a[1..]),
        "",
    ),
    M::new(
        "throw",
        "(self, typ, val=None, tb=None, /)",
        |vm, a| {
            warn_throw(vm, a, "throw")?;
            let n = a[1..].iter().take_while(|v| !v.is_null()).count();
            forward(vm, a[0], "throw", &a[1..1 + n])
        },
        "",
    ),
    M::new(
        "close",
        "(self, /)",
        |vm, a| forward(vm, a[0], "close", &[]),
        "",
    ),
];

fn parts(v: Value) -> (Owned, Owned) {
    match v.cast::<PyAnextAwaitable>() {
        Some(a) => (a.wrapped.clone(), a.default.clone()),
        None => (Owned::NONE, Owned::NONE),
    }
}

/// The iterator behind the wrapped awaitable; coroutines give their wrapper, which iterates.
fn iterator(vm: &Vm, v: Value) -> PyResult<Owned> {
    let (wrapped, _) = parts(v);
    let it = vm.awaitable_iter(wrapped.value())?;
    if it.class().slots.next.get().is_some() {
        return Ok(it);
    }
    match it.class().slots.await_.get() {
        Some(f) => f(vm, it.value()),
        None => Err(vm.type_error(format!(
            "'{}' object can't be awaited",
            it.class().name_str()
        ))),
    }
}

fn or_default(vm: &Vm, v: Value, r: PyResult<Owned>) -> PyResult<Owned> {
    match r {
        Err(e) if e.is_instance(vm.exc.StopAsyncIteration) => {
            Err(vm.stop_iteration(parts(v).1.value()))
        }
        other => other,
    }
}

fn forward(vm: &Vm, v: Value, name: &str, args: &[Value]) -> PyResult<Owned> {
    let it = iterator(vm, v)?;
    let r = vm.call_method_str(it.value(), name, args);
    or_default(vm, v, r)
}
