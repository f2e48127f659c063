//! `dict`: class, slots and construction. Methods, views and iterators stand in the files beside; the table in the core.

mod iter;
mod methods;
mod update;
mod views;

use crate::sequence::*;
use pyjit_core::object::call_special;
use pyjit_core::prelude::*;
use pyjit_text::repr::Builder;

pub use iter::{IterKind, dict_iterator};
pub use update::{update, update_args};
pub use views::{AnyView, PyDictItems, PyDictKeys, PyDictValues, PyDictView, view};

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyDict>(
        vm,
        ClassSpec {
            doc: Some(
                "Mapping of hashable keys to values in insertion order: dict() is empty, dict(mapping) and dict(iterable of pairs) are filled from their argument, keyword arguments add entries under their names.",
            ),
            flags: type_flags::BASE
                | type_flags::DICT_SUBCLASS
                | type_flags::MATCH_SELF
                | type_flags::MAPPING,
            slots: |s| {
                s.new
                    .set(Some(|_, class, _| Ok(new_object(class, PyDict::empty()))));
                s.init.set(Some(|vm, v, args| {
                    update_args(vm, dict_of(vm, v)?, args, "dict")
                }));
                s.repr.set(Some(repr));
                s.compare.set(Some(compare));
                s.iter
                    .set(Some(|vm, v| dict_iterator(vm, v, IterKind::Keys)));
                s.len
                    .set(Some(|_, v| Ok(v.cast::<PyDict>().map_or(0, |d| d.len()))));
                s.contains
                    .set(Some(|vm, v, key| dict_of(vm, v)?.contains(vm, key)));
                s.getitem.set(Some(getitem));
                s.setitem.set(Some(setitem));
                s.or.set(Some(or));
                s.ior.set(Some(|vm, a, b| {
                    update(vm, dict_of(vm, a)?, b)?;
                    Ok(a.own())
                }));
            },
            methods: methods::METHODS,
            ..ClassSpec::new("dict")
        },
    );
    iter::define(vm);
    views::define(vm);
}

/// The payload of a value that the caller knows to be a dict.
pub fn dict_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyDict> {
    v.cast::<PyDict>().ok_or_else(|| {
        vm.type_error(format!(
            "expected dict object, got {}",
            v.class().name_str()
        ))
    })
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let d = dict_of(vm, v)?;
    if d.is_empty() {
        return Ok(PyStr::from_str("{}"));
    }
    let shown = vm.repr_guard(v, || {
        let mut out = Builder::new();
        let mut at = 0;
        while let Some((place, k, x)) = d.entry_from(at) {
            out.push_str(if out.is_empty() { "{" } else { ", " });
            push_repr(vm, &mut out, k.value())?;
            out.push_str(": ");
            push_repr(vm, &mut out, x.value())?;
            at = place + 1;
        }
        out.push_str(if out.is_empty() { "{}" } else { "}" });
        Ok(PyStr::from_buf(&out.finish()))
    })?;
    Ok(shown.unwrap_or_else(|| PyStr::from_str("{...}")))
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyDict>(), b.cast::<PyDict>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    match op {
        Cmp::Eq => equal(vm, x, y).map(Owned::bool),
        Cmp::Ne => equal(vm, x, y).map(|e| Owned::bool(!e)),
        _ => Ok(Owned::immediate(Value::NOT_IMPLEMENTED)),
    }
}
fn equal(vm: &Vm, x: &PyDict, y: &PyDict) -> PyResult<bool> {
    if x.len() != y.len() {
        return Ok(false);
    }
    let mut at = 0;
    while let Some((place, k, hash, v)) = x.hashed_entry_from(at) {
        match y.get_hashed(vm, k.value(), hash)? {
            Some(w) if vm.eq(v.value(), w.value())? => {}
            _ => return Ok(false),
        }
        at = place + 1;
    }
    Ok(true)
}

fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let d = dict_of(vm, v)?;
    if let Some(x) = d.get(vm, key)? {
        return Ok(x);
    }
    if !v.is_exact::<PyDict>()
        && let Some(r) = call_special(vm, v, vm.names.__missing__.value(), &[key])?
    {
        return Ok(r);
    }
    Err(vm.key_error(key))
}
fn setitem(vm: &Vm, v: Value, key: Value, value: Value) -> PyResult<()> {
    let d = dict_of(vm, v)?;
    if !value.is_null() {
        return d.set(vm, key, value.own());
    }
    match d.remove(vm, key)? {
        Some(old) => {
            drop(old);
            Ok(())
        }
        None => Err(vm.key_error(key)),
    }
}
fn or(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (Some(x), true) = (a.cast::<PyDict>(), b.isa::<PyDict>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let new = x.copy();
    update(vm, dict_of(vm, new.value())?, b)?;
    Ok(new)
}
