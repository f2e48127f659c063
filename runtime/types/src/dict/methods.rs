//! Methods of `dict`.

use super::update::{fromkeys, update};
use super::views::{PyDictItems, PyDictKeys, PyDictValues, view};
use super::{IterKind, dict_iterator, dict_of};
use crate::sequence::class_getitem_def;
use pyjit_core::prelude::*;

pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__sizeof__",
        "(self, /)",
        sizeof,
        "Return the size of the dict in memory, in bytes.",
    ),
    MethodDef::new(
        "get",
        "(self, key, default=None, /)",
        get,
        "Return the value for key if key is in the dictionary, else default.",
    ),
    MethodDef::new(
        "setdefault",
        "(self, key, default=None, /)",
        setdefault,
        "The value of the key; a missing key is stored with the default first.",
    ),
    MethodDef::new(
        "pop",
        "(self, key, default=<unrepresentable>, /)",
        pop,
        "D.pop(k[,d]) -> v: remove the key and return its value; if it is missing, the default, or KeyError without one.",
    ),
    MethodDef::new(
        "popitem",
        "(self, /)",
        popitem,
        "Remove the entry that was added last and return it as a pair; KeyError if there is none.",
    ),
    MethodDef::new(
        "keys",
        "(self, /)",
        |_, a| Ok(view::<PyDictKeys>(a[0])),
        "Return a set-like object providing a view on the dict's keys.",
    ),
    MethodDef::new(
        "items",
        "(self, /)",
        |_, a| Ok(view::<PyDictItems>(a[0])),
        "Return a set-like object providing a view on the dict's items.",
    ),
    MethodDef::new(
        "values",
        "(self, /)",
        |_, a| Ok(view::<PyDictValues>(a[0])),
        "Return an object providing a view on the dict's values.",
    ),
    MethodDef::new(
        "update",
        "(self, iterable=None, /, **kwargs)",
        update_method,
        "D.update([E, ]**F) -> None: add the entries of a mapping or of an iterable of pairs, then those of the keyword arguments.",
    ),
    MethodDef::class(
        "fromkeys",
        "(type, iterable, value=None, /)",
        fromkeys,
        "Create a new dictionary with keys from iterable and values set to value.",
    ),
    MethodDef::new(
        "clear",
        "(self, /)",
        |vm, a| {
            dict_of(vm, a[0])?.clear();
            Ok(Owned::NONE)
        },
        "Remove all items from the dict.",
    ),
    MethodDef::new(
        "copy",
        "(self, /)",
        |vm, a| Ok(dict_of(vm, a[0])?.copy()),
        "Return a shallow copy of the dict.",
    ),
    MethodDef::new(
        "__reversed__",
        "(self, /)",
        |vm, a| dict_iterator(vm, a[0], IterKind::ReverseKeys),
        "Return a reverse iterator over the dict keys.",
    ),
    class_getitem_def("dicts are generic over the types of their keys and values"),
];

/// CPython's size of a dictionary with this table: 48 bytes of object, then keys, index and entries.
fn sizeof(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = dict_of(vm, a[0])?;
    if d.heap_bytes() == 0 {
        return Ok(new_int(48));
    }
    let mut size = 8usize;
    while size * 2 / 3 < d.places().max(1) {
        size *= 2;
    }
    let unit = match size {
        0..=128 => 1,
        129..=32768 => 2,
        _ => 4,
    };
    let entry = if d.has_only_str_keys() { 16 } else { 24 };
    Ok(new_usize(48 + 32 + size * unit + (size * 2 / 3) * entry))
}
fn get(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match dict_of(vm, a[0])?.get(vm, a[1])? {
        Some(v) => Ok(v),
        None => Ok(a[2].non_null().unwrap_or(Value::NONE).own()),
    }
}
fn setdefault(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let default = a[2].non_null().unwrap_or(Value::NONE);
    Ok(dict_of(vm, a[0])?.set_default(vm, a[1], default)?.0)
}
fn pop(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = dict_of(vm, a[0])?;
    let found = if d.is_empty() {
        None
    } else {
        d.remove(vm, a[1])?
    };
    match (found, a[2].non_null()) {
        (Some(v), _) => Ok(v),
        (None, Some(default)) => Ok(default.own()),
        (None, None) => Err(vm.key_error(a[1])),
    }
}
fn popitem(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match dict_of(vm, a[0])?.pop_last() {
        Some((k, v)) => Ok(PyTuple::pair(k, v)),
        None => {
            let msg = PyStr::from_str("popitem(): dictionary is empty");
            Err(vm.key_error(msg.value()))
        }
    }
}
fn update_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = dict_of(vm, a[0])?;
    if let Some(source) = a[1].non_null() {
        update(vm, d, source)?;
    }
    if let Some(kw) = a[2].non_null() {
        update(vm, d, kw)?;
    }
    Ok(Owned::NONE)
}
