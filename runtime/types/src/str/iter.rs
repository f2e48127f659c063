//! Iterators over strings. Two classes, as in CPython: one for ASCII strings, one for the rest.

use super::this;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// Iterator of an ASCII string; the string becomes NULL at the end.
    pub struct PyStrAsciiIter as "str_ascii_iterator" { pub text: MutCell<Owned>, pub index: Cell<usize> }
}
py_class! {
    /// Iterator of any other string.
    pub struct PyStrIter as "str_iterator" { pub text: MutCell<Owned>, pub index: Cell<usize> }
}

pub(super) fn define(vm: &Vm) {
    define_class::<PyStrAsciiIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: METHODS,
            ..ClassSpec::new("str_ascii_iterator")
        },
    );
    define_class::<PyStrIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: METHODS,
            ..ClassSpec::new("str_iterator")
        },
    );
}

/// `iter(s)`.
pub(super) fn str_iter(_: &Vm, v: Value) -> PyResult<Owned> {
    let (text, index) = (MutCell::new(v.own()), Cell::new(0));
    Ok(if this(v).as_ascii().is_some() {
        new_object(PyStrAsciiIter::class(), PyStrAsciiIter { text, index })
    } else {
        new_object(PyStrIter::class(), PyStrIter { text, index })
    })
}

/// The fields of either iterator.
fn fields<'a>(v: Value) -> Option<(&'a MutCell<Owned>, &'a Cell<usize>)> {
    if let Some(i) = v.cast::<PyStrAsciiIter>() {
        return Some((&i.text, &i.index));
    }
    v.cast::<PyStrIter>().map(|i| (&i.text, &i.index))
}

fn next(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some((text, index)) = fields(v) else {
        return Ok(Owned::NULL);
    };
    let Some(s) = text.value().cast::<PyStr>() else {
        return Ok(Owned::NULL);
    };
    let i = index.get();
    match s.text().get(i) {
        Some(c) => {
            index.set(i + 1);
            Ok(PyStr::from_char(c))
        }
        None => {
            text.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__length_hint__",
        "(self, /)",
        |_, a| {
            let n = fields(a[0]).map_or(0, |(t, i)| {
                let len = t.value().cast::<PyStr>().map_or(0, |s| s.len());
                len.saturating_sub(i.get())
            });
            Ok(new_usize(n))
        },
        "How many characters are left.",
    ),
    MethodDef::new("__reduce__", "(self, /)", reduce, "Support for pickling."),
    MethodDef::new(
        "__setstate__",
        "(self, state, /)",
        |vm, a| {
            let n = vm.to_size(a[1])?.max(0) as usize;
            if let Some((t, i)) = fields(a[0])
                && let Some(s) = t.value().cast::<PyStr>()
            {
                i.set(n.min(s.len()));
            }
            Ok(Owned::NONE)
        },
        "Go to a position.",
    ),
];

fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let iter = crate::str::parts::builtin(vm, "iter")?;
    let Some((text, index)) = fields(a[0]) else {
        return Ok(Owned::NONE);
    };
    if text.value().is_null() {
        let none = PyTuple::new(vec![vm.empty_str.clone()]);
        return Ok(PyTuple::new(vec![iter, none]));
    }
    let arg = PyTuple::new(vec![text.own()]);
    Ok(PyTuple::new(vec![iter, arg, new_usize(index.get())]))
}
