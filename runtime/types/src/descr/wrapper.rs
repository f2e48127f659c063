//! `wrapper_descriptor` and `method-wrapper`: native slots under their dunder names.

use super::{doc_of, does_not_apply, qualified, reduce_as_getattr};
use pyjit_core::object::{PyMethodWrapper, PySlotWrapper};
use pyjit_core::prelude::*;

pub fn define(vm: &Vm) {
    define_class::<PySlotWrapper>(
        vm,
        ClassSpec {
            flags: type_flags::METHOD_DESCRIPTOR | type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(|_, v| {
                    let text = v.cast::<PySlotWrapper>().map_or_else(String::new, |w| {
                        format!(
                            "<slot wrapper '{}' of '{}' objects>",
                            w.dunder.name,
                            w.class.name_str()
                        )
                    });
                    Ok(PyStr::from_str(&text))
                }));
                s.call
                    .set(Some(|vm, v, args| match v.cast::<PySlotWrapper>() {
                        Some(w) => w.call(vm, args),
                        None => Err(vm.type_error("not a slot wrapper")),
                    }));
                s.get.set(Some(get));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("wrapper_descriptor")
        },
    );
    define_class::<PyMethodWrapper>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(bound_repr));
                s.hash.set(Some(bound_hash));
                s.compare.set(Some(bound_compare));
                s.call.set(Some(|vm, v, args| {
                    let Some(w) = v.cast::<PyMethodWrapper>() else {
                        return Err(vm.type_error("not a method-wrapper"));
                    };
                    let (wrapper, receiver) = (w.wrapper.clone(), w.receiver.clone());
                    match wrapper.cast::<PySlotWrapper>() {
                        Some(s) => s.call_on(vm, receiver.value(), args),
                        None => Err(vm.type_error("not a slot wrapper")),
                    }
                }));
            },
            methods: BOUND_METHODS,
            getset: BOUND_GETSET,
            ..ClassSpec::new("method-wrapper")
        },
    );
}

static METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |vm, a| match slot(a[0]) {
        Some(w) => reduce_as_getattr(vm, w.class.as_value(), w.dunder.name),
        None => Ok(Owned::NONE),
    },
    "",
)];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("__doc__", doc),
    GetSetDef::read("__qualname__", qualname),
    GetSetDef::read("__text_signature__", signature),
    GetSetDef::read("__name__", name),
    GetSetDef::read("__objclass__", objclass),
];

static BOUND_METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |vm, a| match (slot(a[0]), a[0].cast::<PyMethodWrapper>()) {
        (Some(w), Some(b)) => reduce_as_getattr(vm, b.receiver.value(), w.dunder.name),
        _ => Ok(Owned::NONE),
    },
    "",
)];

static BOUND_GETSET: &[GetSetDef] = &[
    GetSetDef::read("__self__", |_, v| {
        Ok(v.cast::<PyMethodWrapper>()
            .map_or(Owned::NONE, |b| b.receiver.clone()))
    }),
    GetSetDef::read("__doc__", doc),
    GetSetDef::read("__qualname__", qualname),
    GetSetDef::read("__text_signature__", signature),
    GetSetDef::read("__name__", name),
    GetSetDef::read("__objclass__", objclass),
];

/// The slot wrapper of either class.
fn slot<'a>(v: Value) -> Option<&'a PySlotWrapper> {
    match v.cast::<PyMethodWrapper>() {
        Some(b) => b.wrapper.value().cast::<PySlotWrapper>(),
        None => v.cast::<PySlotWrapper>(),
    }
}

fn doc(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(slot(v).map_or(Owned::NONE, |w| doc_of(w.dunder.doc)))
}
fn qualname(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(slot(v).map_or(Owned::NONE, |w| qualified(w.class, w.dunder.name)))
}
fn signature(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(slot(v).map_or(Owned::NONE, |w| doc_of(w.dunder.signature)))
}
fn name(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(slot(v).map_or(Owned::NONE, |w| intern(w.dunder.name)))
}
fn objclass(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(slot(v).map_or(Owned::NONE, |w| w.class.as_owned()))
}

fn get(vm: &Vm, v: Value, obj: Value, _: Value) -> PyResult<Owned> {
    let Some(w) = v.cast::<PySlotWrapper>() else {
        return Ok(v.own());
    };
    if obj.is_null() {
        return Ok(v.own());
    }
    if !obj.class().is_subclass(w.class) {
        return Err(does_not_apply(vm, w.dunder.name, w.class, obj));
    }
    Ok(new_object(
        PyMethodWrapper::class(),
        PyMethodWrapper {
            wrapper: v.own(),
            receiver: obj.own(),
        },
    ))
}

fn bound_repr(_: &Vm, v: Value) -> PyResult<Owned> {
    let (Some(w), Some(b)) = (slot(v), v.cast::<PyMethodWrapper>()) else {
        return Ok(Owned::NONE);
    };
    let r = b.receiver.value();
    Ok(PyStr::from_str(&format!(
        "<method-wrapper '{}' of {} object at {:#x}>",
        w.dunder.name,
        r.class().name_str(),
        r.bits()
    )))
}

fn bound_hash(vm: &Vm, v: Value) -> PyResult<i64> {
    Ok(v.cast::<PyMethodWrapper>().map_or(0, |b| {
        let h = vm.hash_pointer(b.wrapper.value()) ^ vm.hash_pointer(b.receiver.value());
        if h == -1 { -2 } else { h }
    }))
}

fn bound_compare(_: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyMethodWrapper>(), b.cast::<PyMethodWrapper>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let same = x.wrapper.value().is(y.wrapper.value()) && x.receiver.value().is(y.receiver.value());
    Ok(match op {
        Cmp::Eq => Owned::bool(same),
        Cmp::Ne => Owned::bool(!same),
        _ => Owned::immediate(Value::NOT_IMPLEMENTED),
    })
}
