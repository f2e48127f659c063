//! `list_iterator` and `list_reverseiterator`.

use super::list_of;
use crate::sequence::*;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// Iterator of a list from its end; the list becomes NULL when done.
    pub struct PyListReverseIter as "list_reverseiterator" {
        pub list: MutCell<Owned>,
        /// Position of the next item, -1 at the end.
        pub index: Cell<i64>,
    }
}

pub(super) fn define(vm: &Vm) {
    define_class::<PyListIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: FORWARD,
            ..ClassSpec::new("list_iterator")
        },
    );
    define_class::<PyListReverseIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next_back));
            },
            methods: BACKWARD,
            ..ClassSpec::new("list_reverseiterator")
        },
    );
}

const HINT: &str = "Private method returning an estimate of len(list(it)).";
const REDUCE: &str = "Return state information for pickling.";
const SETSTATE: &str = "Set state information for unpickling.";

static FORWARD: &[MethodDef] = &[
    MethodDef::new("__length_hint__", "(self, /)", hint, HINT),
    MethodDef::new("__reduce__", "(self, /)", reduce, REDUCE),
    MethodDef::new("__setstate__", "(self, object, /)", setstate, SETSTATE),
];
static BACKWARD: &[MethodDef] = &[
    MethodDef::new("__length_hint__", "(self, /)", hint_back, HINT),
    MethodDef::new("__reduce__", "(self, /)", reduce_back, REDUCE),
    MethodDef::new("__setstate__", "(self, object, /)", setstate_back, SETSTATE),
];

fn length(list: Value) -> usize {
    list.cast::<PyList>().map_or(0, |l| l.len())
}

fn next(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyListIter>() else {
        return Ok(Owned::NULL);
    };
    let at = it.index.get();
    match it.list.value().cast::<PyList>().and_then(|l| l.get(at)) {
        Some(x) => {
            it.index.set(at + 1);
            Ok(x)
        }
        None => {
            it.list.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}
fn hint(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = a[0].cast::<PyListIter>().map_or(0, |it| {
        length(it.list.value()).saturating_sub(it.index.get())
    });
    Ok(new_usize(n))
}
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match a[0].cast::<PyListIter>() {
        Some(it) if !it.list.value().is_null() => {
            reduce_iter(vm, it.list.own(), Some(it.index.get()))
        }
        _ => reduce_iter(vm, PyList::new(vec![]), None),
    }
}
fn setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let i = state_index(vm, a[1])?;
    if let Some(it) = a[0].cast::<PyListIter>()
        && !it.list.value().is_null()
    {
        it.index
            .set((i.max(0) as usize).min(length(it.list.value())));
    }
    Ok(Owned::NONE)
}

/// `list.__reversed__`.
pub(super) fn reversed(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = list_of(vm, a[0])?.len() as i64;
    Ok(new_object(
        PyListReverseIter::class(),
        PyListReverseIter {
            list: MutCell::new(a[0].own()),
            index: Cell::new(n - 1),
        },
    ))
}
fn next_back(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyListReverseIter>() else {
        return Ok(Owned::NULL);
    };
    let at = it.index.get();
    let item = match usize::try_from(at) {
        Ok(at) => it.list.value().cast::<PyList>().and_then(|l| l.get(at)),
        Err(_) => None,
    };
    match item {
        Some(x) => {
            it.index.set(at - 1);
            Ok(x)
        }
        None => {
            it.index.set(-1);
            it.list.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}
fn hint_back(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = a[0].cast::<PyListReverseIter>().map_or(0, |it| {
        let left = it.index.get() + 1;
        if left as usize > length(it.list.value()) {
            0
        } else {
            left
        }
    });
    Ok(new_int(n))
}
fn reduce_back(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match a[0].cast::<PyListReverseIter>() {
        Some(it) if !it.list.value().is_null() => {
            let f = builtin(vm, "reversed")?;
            Ok(PyTuple::new(vec![
                f,
                PyTuple::new(vec![it.list.own()]),
                new_int(it.index.get()),
            ]))
        }
        _ => reduce_iter(vm, PyList::new(vec![]), None),
    }
}
fn setstate_back(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let i = state_index(vm, a[1])?;
    if let Some(it) = a[0].cast::<PyListReverseIter>()
        && !it.list.value().is_null()
    {
        let n = length(it.list.value()) as i64;
        it.index.set(i.clamp(-1, n - 1));
    }
    Ok(Owned::NONE)
}
