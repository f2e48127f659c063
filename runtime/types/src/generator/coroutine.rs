//! Coroutines and the iterator that `__await__` gives.

use super::drive::{self, close_native, send_native, throw_native};
use super::{NAME, QUALNAME, THROW_DOC, awaited, code, frame, generic_alias, running, suspended};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

/// Defines `coroutine` and `coroutine_wrapper`.
pub fn define(vm: &Vm) {
    define_class::<PyCoroutine>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(super::repr));
                s.await_.set(Some(|_, v| {
                    Ok(new_object(
                        PyCoroWrapper::class(),
                        PyCoroWrapper { coroutine: v.own() },
                    ))
                }));
                s.del.set(Some(drive::finalize));
            },
            methods: METHODS,
            getset: GETSET,
            weakrefs: true,
            ..ClassSpec::new("coroutine")
        },
    );
    define_class::<PyCoroWrapper>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            doc: Some("A wrapper object implementing __await__ for coroutines."),
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(|vm, v| drive::next(vm, inner(v))));
            },
            methods: WRAPPER_METHODS,
            ..ClassSpec::new("coroutine_wrapper")
        },
    );
}

static METHODS: &[MethodDef] = &[
    M::new(
        "send",
        "(self, object, /)",
        send_native,
        "Resume execution with a value; return the next yielded value or raise StopIteration.",
    ),
    M::new(
        "throw",
        "(self, typ, val=None, tb=None, /)",
        throw_native,
        THROW_DOC,
    ),
    M::new(
        "close",
        "(self, /)",
        close_native,
        "Raise GeneratorExit where execution stands and wait for the end.",
    ),
    M::class(
        "__class_getitem__",
        "(type, object, /)",
        generic_alias,
        "See PEP 585",
    ),
];
static GETSET: &[GetSetDef] = &[
    NAME,
    QUALNAME,
    GetSetDef::read("cr_await", awaited).doc("object being awaited on, or None"),
    GetSetDef::read("cr_running", running),
    GetSetDef::read("cr_frame", frame),
    GetSetDef::read("cr_code", code),
    GetSetDef::read("cr_suspended", suspended),
    GetSetDef::read("cr_origin", |vm, v| {
        let o = super::generator(vm, v)?.origin.own();
        Ok(if o.is_null() { Owned::NONE } else { o })
    }),
];
static WRAPPER_METHODS: &[MethodDef] = &[
    M::new(
        "send",
        "(self, object, /)",
        |vm, a| send_native(vm, &[inner(a[0]), a[1]]),
        "Resume execution with a value; return the next yielded value or raise StopIteration.",
    ),
    M::new(
        "throw",
        "(self, typ, val=None, tb=None, /)",
        |vm, a| throw_native(vm, &[inner(a[0]), a[1], a[2], a[3]]),
        THROW_DOC,
    ),
    M::new(
        "close",
        "(self, /)",
        |vm, a| drive::close(vm, inner(a[0])),
        "Raise GeneratorExit where execution stands and wait for the end.",
    ),
];

fn inner(v: Value) -> Value {
    v.cast::<PyCoroWrapper>()
        .map_or(Value::NONE, |w| w.coroutine.value())
}

/// The RuntimeWarning for a coroutine that dies before it was started; the `warnings` module words it.
pub fn warn_unawaited(vm: &Vm, v: Value) {
    let told = (|| -> PyResult<bool> {
        let modules = vm.modules.own();
        let Some(m) = modules
            .cast::<PyDict>()
            .and_then(|d| d.get_name("warnings"))
        else {
            return Ok(false);
        };
        match vm.getattr_opt_str(m.value(), "_warn_unawaited_coroutine")? {
            Some(f) => vm.call(f.value(), &[v]).map(|_| true),
            None => Ok(false),
        }
    })();
    let result = match told {
        Ok(true) => Ok(()),
        Err(e) => Err(e),
        Ok(false) => {
            let name = v
                .cast::<PyGenerator>()
                .map(|g| text_of(g.qualname.value()))
                .unwrap_or_default();
            vm.warn(
                vm.exc.RuntimeWarning,
                &format!("coroutine '{name}' was never awaited"),
                1,
            )
        }
    };
    if let Err(e) = result {
        let shown = vm.repr_text(v).unwrap_or_default();
        vm.write_unraisable(
            e,
            &format!("Exception ignored while finalizing coroutine {shown}"),
            None,
        );
    }
}
