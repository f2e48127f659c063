//! `set_iterator`.

use super::set_of;
use crate::sequence::reduce_iter;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// Iterator of a set; the set becomes NULL at the end.
    pub struct PySetIter as "set_iterator" {
        pub set: MutCell<Owned>,
        /// Table place where the search goes on.
        pub at: Cell<usize>,
        /// Length of the set when the iteration began; `usize::MAX` after an error.
        pub len: Cell<usize>,
        /// Items that are still to come.
        pub left: Cell<usize>,
    }
}

pub(super) fn define(vm: &Vm) {
    define_class::<PySetIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: METHODS,
            ..ClassSpec::new("set_iterator")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__length_hint__",
        "(self, /)",
        length_hint,
        "Private method returning an estimate of len(list(it)).",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        reduce,
        "Return state information for pickling.",
    ),
];

pub(super) fn set_iterator(vm: &Vm, v: Value) -> PyResult<Owned> {
    let n = set_of(vm, v)?.len();
    Ok(new_object(
        PySetIter::class(),
        PySetIter {
            set: MutCell::new(v.own()),
            at: Cell::new(0),
            len: Cell::new(n),
            left: Cell::new(n),
        },
    ))
}

fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PySetIter>() else {
        return Ok(Owned::NULL);
    };
    let Some(s) = it.set.value().cast::<PySet>() else {
        return Ok(Owned::NULL);
    };
    if s.len() != it.len.get() {
        it.len.set(usize::MAX);
        return Err(vm.runtime_error("Set changed size during iteration"));
    }
    match s.entry_from(it.at.get()) {
        Some((place, key, _)) => {
            it.at.set(place + 1);
            it.left.set(it.left.get().saturating_sub(1));
            Ok(key)
        }
        None => {
            it.set.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}
fn length_hint(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = a[0]
        .cast::<PySetIter>()
        .map_or(0, |it| match it.set.value().cast::<PySet>() {
            Some(s) if s.len() == it.len.get() => it.left.get(),
            _ => 0,
        });
    Ok(new_usize(n))
}
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut rest = Vec::new();
    if let Some(it) = a[0].cast::<PySetIter>()
        && let Some(s) = it.set.value().cast::<PySet>()
    {
        if s.len() != it.len.get() {
            return Err(vm.runtime_error("Set changed size during iteration"));
        }
        let mut at = it.at.get();
        while let Some((place, key, _)) = s.entry_from(at) {
            rest.push(key);
            at = place + 1;
        }
    }
    reduce_iter(vm, PyList::new(rest), None)
}
