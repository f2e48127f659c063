//! `arrayiterator`.

use super::{PyArray, array_of};
use crate::native::hidden_class;
use pyjit_core::prelude::*;
use pyjit_types::sequence::{reduce_iter, state_index};
use std::cell::Cell;

py_class! {
    /// Iterator of an array, which becomes NULL at the end.
    pub struct PyArrayIter as "arrayiterator" { pub array: MutCell<Owned>, pub at: Cell<usize> }
}

pub(super) fn define(vm: &Vm) {
    hidden_class::<PyArrayIter>(
        vm,
        ClassSpec {
            module: "array",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: METHODS,
            ..ClassSpec::new("arrayiterator")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
    MethodDef::new("__setstate__", "(self, state, /)", setstate, "Set state information for unpickling."),
];

pub(super) fn iterator(vm: &Vm, v: Value) -> PyResult<Owned> {
    array_of(vm, v)?;
    Ok(new_object(
        PyArrayIter::class(),
        PyArrayIter {
            array: MutCell::new(v.own()),
            at: Cell::new(0),
        },
    ))
}
fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyArrayIter>() else {
        return Ok(Owned::NULL);
    };
    let Some(array) = it.array.value().cast::<PyArray>() else {
        return Ok(Owned::NULL);
    };
    match array.get(vm, it.at.get())? {
        Some(x) => {
            it.at.set(it.at.get() + 1);
            Ok(x)
        }
        None => {
            it.array.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match a[0].cast::<PyArrayIter>() {
        Some(it) if !it.array.value().is_null() => {
            reduce_iter(vm, it.array.own(), Some(it.at.get()))
        }
        _ => reduce_iter(vm, PyTuple::empty(), None),
    }
}
fn setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let i = state_index(vm, a[1])?;
    if let Some(it) = a[0].cast::<PyArrayIter>()
        && let Some(array) = it.array.value().cast::<PyArray>()
    {
        it.at.set((i.max(0) as usize).min(array.len()));
    }
    Ok(Owned::NONE)
}
