//! The six iterators of dictionaries: keys, values, items, each forwards and backwards.

use super::dict_of;
use crate::sequence::reduce_iter;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// What all six share. The dictionary becomes NULL at the end.
    pub struct PyDictIter as "dict_iterator" {
        pub dict: MutCell<Owned>,
        /// Entry place where the search goes on; backwards: the place behind it.
        pub at: Cell<usize>,
        /// Length of the dictionary when the iteration began; `usize::MAX` after an error.
        pub len: Cell<usize>,
        /// Items that are still to come.
        pub left: Cell<usize>,
    }
}

/// Which of the iterators.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum IterKind {
    Keys,
    Values,
    Items,
    ReverseKeys,
    ReverseValues,
    ReverseItems,
}

macro_rules! iterators {
    ($($T:ident $name:literal $kind:ident,)*) => {
        $( py_class! { #[doc = concat!("`", $name, "`.")] pub struct $T as $name, extends PyDictIter { pub iter: PyDictIter } } )*
        pub(super) fn define(vm: &Vm) {
            $( define_class::<$T>(vm, ClassSpec {
                flags: type_flags::DISALLOW_INSTANTIATION,
                slots: |s| {
                    s.iter.set(Some(|_, v| Ok(v.own())));
                    s.next.set(Some(|vm, v| advance(vm, v, IterKind::$kind)));
                },
                methods: METHODS,
                ..ClassSpec::new($name)
            }); )*
        }
        /// An iterator over a dictionary.
        pub fn dict_iterator(vm: &Vm, dict: Value, kind: IterKind) -> PyResult<Owned> {
            let d = dict_of(vm, dict)?;
            let backwards = matches!(kind, IterKind::ReverseKeys | IterKind::ReverseValues | IterKind::ReverseItems);
            let iter = PyDictIter {
                dict: MutCell::new(dict.own()),
                at: Cell::new(if backwards { d.places() } else { 0 }),
                len: Cell::new(d.len()),
                left: Cell::new(d.len()),
            };
            Ok(match kind {
                $( IterKind::$kind => new_object($T::class(), $T { iter }), )*
            })
        }
        fn kind_of(v: Value) -> IterKind {
            $( if v.isa::<$T>() { return IterKind::$kind; } )*
            IterKind::Keys
        }
    };
}
iterators! {
    PyDictKeyIter "dict_keyiterator" Keys,
    PyDictValueIter "dict_valueiterator" Values,
    PyDictItemIter "dict_itemiterator" Items,
    PyDictReverseKeyIter "dict_reversekeyiterator" ReverseKeys,
    PyDictReverseValueIter "dict_reversevalueiterator" ReverseValues,
    PyDictReverseItemIter "dict_reverseitemiterator" ReverseItems,
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

#[inline(always)]
fn advance(vm: &Vm, v: Value, kind: IterKind) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyDictIter>() else {
        return Ok(Owned::NULL);
    };
    let Some(d) = it.dict.value().cast::<PyDict>() else {
        return Ok(Owned::NULL);
    };
    if d.len() != it.len.get() {
        it.len.set(usize::MAX);
        return Err(vm.runtime_error("dictionary changed size during iteration"));
    }
    let backwards = matches!(
        kind,
        IterKind::ReverseKeys | IterKind::ReverseValues | IterKind::ReverseItems
    );
    let at = it.at.get();
    let entry = match kind {
        // The entries that the iteration began with are gone.
        _ if backwards && at > d.places() => None,
        IterKind::Keys => d.key_from(at),
        IterKind::Values => d.value_from(at),
        IterKind::Items => d.entry_from(at).map(|(p, k, v)| (p, PyTuple::pair(k, v))),
        IterKind::ReverseKeys => d.entry_before(at).map(|(p, k, _)| (p, k)),
        IterKind::ReverseValues => d.entry_before(at).map(|(p, _, v)| (p, v)),
        IterKind::ReverseItems => d.entry_before(at).map(|(p, k, v)| (p, PyTuple::pair(k, v))),
    };
    let Some((place, result)) = entry else {
        it.dict.set(Owned::NULL);
        return Ok(Owned::NULL);
    };
    if it.left.get() == 0 {
        it.dict.set(Owned::NULL);
        return Err(vm.runtime_error("dictionary keys changed during iteration"));
    }
    it.at.set(if backwards { place } else { place + 1 });
    it.left.set(it.left.get().saturating_sub(1));
    Ok(result)
}

fn length_hint(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = a[0]
        .cast::<PyDictIter>()
        .map_or(0, |it| match it.dict.value().cast::<PyDict>() {
            Some(d) if d.len() == it.len.get() => it.left.get(),
            _ => 0,
        });
    Ok(new_usize(n))
}
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut rest = Vec::new();
    if let Some(it) = a[0].cast::<PyDictIter>()
        && !it.dict.value().is_null()
    {
        let kind = kind_of(a[0]);
        let copy = dict_iterator(vm, it.dict.value(), kind)?;
        if let Some(c) = copy.cast::<PyDictIter>() {
            c.at.set(it.at.get());
            c.len.set(it.len.get());
            c.left.set(it.left.get());
        }
        rest = vm.iterate_to_vec(copy.value())?;
    }
    reduce_iter(vm, PyList::new(rest), None)
}
