//! `bytes_iterator`.

use crate::str::builtin;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// Iterator of a bytes object; the object becomes NULL at the end.
    pub struct PyBytesIter as "bytes_iterator" { pub bytes: MutCell<Owned>, pub index: Cell<usize> }
}

pub(super) fn define(vm: &Vm) {
    define_class::<PyBytesIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: METHODS,
            ..ClassSpec::new("bytes_iterator")
        },
    );
}

pub(super) fn bytes_iter(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(new_object(
        PyBytesIter::class(),
        PyBytesIter {
            bytes: MutCell::new(v.own()),
            index: Cell::new(0),
        },
    ))
}

fn next(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyBytesIter>() else {
        return Ok(Owned::NULL);
    };
    let Some(b) = it.bytes.value().cast::<PyBytes>() else {
        return Ok(Owned::NULL);
    };
    let i = it.index.get();
    match b.as_slice().get(i) {
        Some(c) => {
            it.index.set(i + 1);
            Ok(Owned::small(i64::from(*c)))
        }
        None => {
            it.bytes.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__length_hint__",
        "(self, /)",
        |_, a| {
            let n = a[0].cast::<PyBytesIter>().map_or(0, |it| {
                let len = it.bytes.value().cast::<PyBytes>().map_or(0, |b| b.len());
                len.saturating_sub(it.index.get())
            });
            Ok(new_usize(n))
        },
        "How many bytes are left.",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let iter = builtin(vm, "iter")?;
            let Some(it) = a[0].cast::<PyBytesIter>() else {
                return Ok(Owned::NONE);
            };
            if it.bytes.value().is_null() {
                let none = PyTuple::new(vec![PyTuple::empty()]);
                return Ok(PyTuple::new(vec![iter, none]));
            }
            let arg = PyTuple::new(vec![it.bytes.own()]);
            Ok(PyTuple::new(vec![iter, arg, new_usize(it.index.get())]))
        },
        "Support for pickling.",
    ),
    MethodDef::new(
        "__setstate__",
        "(self, state, /)",
        |vm, a| {
            let n = vm.to_size(a[1])?.max(0) as usize;
            if let Some(it) = a[0].cast::<PyBytesIter>()
                && let Some(b) = it.bytes.value().cast::<PyBytes>()
            {
                it.index.set(n.min(b.len()));
            }
            Ok(Owned::NONE)
        },
        "Go to a position.",
    ),
];
