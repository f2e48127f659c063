//! The awaitable of `anext(iterator, default)`: passes everything on to the wrapped awaitable and turns
//! StopAsyncIteration into the default.

use pyjit_core::prelude::*;

py_class! {
    /// `anext_awaitable`.
    pub struct PyAnextAwaitable as "anext_awaitable" { pub wrapped: Owned, pub default: Owned }
}

impl PyAnextAwaitable {
    pub(super) fn new(wrapped: Owned, default: Owned) -> Owned {
        new_object(
            PyAnextAwaitable::class(),
            PyAnextAwaitable { wrapped, default },
        )
    }
}

/// Fills the class in.
pub(super) fn define(vm: &Vm) {
    define_class::<PyAnextAwaitable>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.await_.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: METHODS,
            ..ClassSpec::new("anext_awaitable")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("send", "(self, value, /)", |vm, a| forward(vm, a[0], "send", &a[1..2]), "send(arg) -> send 'arg' into the wrapped iterator,\nreturn next yielded value or raise StopIteration."),
    MethodDef::new("throw", "(self, typ, val=None, tb=None, /)", throw, "throw(value)\nthrow(typ[,val[,tb]])\n\nraise exception in the wrapped iterator, return next yielded value\nor raise StopIteration."),
    MethodDef::new("close", "(self, /)", |vm, a| forward(vm, a[0], "close", &[]), "close() -> raise GeneratorExit inside generator."),
];

/// The iterator behind the wrapped awaitable.
fn inner(vm: &Vm, v: Value) -> PyResult<(&'static PyAnextAwaitable, Owned)> {
    let Some(me) = v.cast::<PyAnextAwaitable>() else {
        return Err(vm.type_error("an anext_awaitable is required"));
    };
    let w = me.wrapped.value();
    if w.class().name_str() == "coroutine" && !w.class().has_flag(type_flags::HEAP) {
        return Ok((me, w.own()));
    }
    let Some(f) = w.class().slots.await_.get() else {
        return Err(vm.type_error(format!(
            "'{}' object can't be awaited",
            w.class().name_str()
        )));
    };
    let mut it = f(vm, w)?;
    if it.class().slots.next.get().is_none()
        && let Some(f) = it.class().slots.await_.get()
    {
        it = f(vm, it.value())?;
    }
    if it.class().slots.next.get().is_none() {
        return Err(vm.type_error(format!(
            "__await__() returned non-iterator of type '{}'",
            it.class().name_str()
        )));
    }
    Ok((me, it))
}

fn with_default(vm: &Vm, me: &PyAnextAwaitable, e: Raised) -> Raised {
    if e.is_instance(vm.exc.StopAsyncIteration) {
        vm.stop_iteration(me.default.value())
    } else {
        e
    }
}

fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let (me, it) = inner(vm, v)?;
    let r = match it.class().slots.next.get() {
        Some(f) => f(vm, it.value()),
        None => vm.call_method_str(it.value(), "send", &[Value::NONE]),
    };
    r.map_err(|e| with_default(vm, me, e))
}

fn forward(vm: &Vm, v: Value, name: &str, args: &[Value]) -> PyResult<Owned> {
    let (me, it) = inner(vm, v)?;
    vm.call_method_str(it.value(), name, args)
        .map_err(|e| with_default(vm, me, e))
}

fn throw(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let given = a[1..].iter().take_while(|v| !v.is_null()).count();
    forward(vm, a[0], "throw", &a[1..1 + given])
}
