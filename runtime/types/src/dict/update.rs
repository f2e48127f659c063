//! Filling a dictionary from a mapping, from pairs or from keyword arguments.

use super::dict_of;
use crate::sequence::same_fn;
use pyjit_core::prelude::*;

/// `dict(...)`, `dict.update(...)`: one optional positional argument, then keywords.
pub fn update_args(vm: &Vm, d: &PyDict, args: Args<'_>, who: &str) -> PyResult<()> {
    args.check_positional(vm, who, 0, 1)?;
    if let Some(source) = args.pos().first() {
        update(vm, d, *source)?;
    }
    for (k, v) in args.keywords() {
        d.set(vm, k, v.own())?;
    }
    Ok(())
}

/// Adds the entries of a mapping (anything with `keys`) or of an iterable of pairs.
pub fn update(vm: &Vm, d: &PyDict, source: Value) -> PyResult<()> {
    if let Some(other) = source.cast_exact::<PyDict>() {
        return merge_dict(vm, d, other);
    }
    if vm.getattr_opt(source, vm.names.keys.value())?.is_some() {
        return merge(vm, d, source);
    }
    merge_pairs(vm, d, source)
}

/// Adds the entries of a mapping.
fn merge(vm: &Vm, d: &PyDict, source: Value) -> PyResult<()> {
    let plain_iter = |c: &TypeObject| {
        same_fn(c.slots.iter.get(), PyDict::class().slots.iter.get(), |f| {
            f as usize
        })
    };
    if let Some(other) = source.cast::<PyDict>()
        && plain_iter(source.class())
    {
        return merge_dict(vm, d, other);
    }
    let keys = vm.call_method(source, vm.names.keys.value(), &[])?;
    let it = vm.iter(keys.value())?;
    while let Some(k) = vm.next(it.value())? {
        let v = vm.getitem(source, k.value())?;
        d.set(vm, k.value(), v)?;
    }
    Ok(())
}

fn merge_dict(vm: &Vm, d: &PyDict, other: &PyDict) -> PyResult<()> {
    if std::ptr::eq(d, other) || other.is_empty() {
        return Ok(());
    }
    if d.is_empty() {
        return d.update_from(vm, other);
    }
    let keep = other.as_owned();
    let (places, len) = (other.places(), other.len());
    let mut at = 0;
    while let Some((place, k, hash, v)) = other.hashed_entry_from(at) {
        d.set_hashed(vm, k.value(), hash, v)?;
        if other.places() != places || other.len() != len {
            return Err(vm.runtime_error("dict mutated during update"));
        }
        at = place + 1;
    }
    drop(keep);
    Ok(())
}

fn merge_pairs(vm: &Vm, d: &PyDict, source: Value) -> PyResult<()> {
    let it = vm.iter(source)?;
    let mut i = 0usize;
    while let Some(item) = vm.next(it.value())? {
        let pair = match vm.iterate_to_vec(item.value()) {
            Ok(p) => p,
            Err(e) => return Err(with_note(vm, item.value(), e, i)),
        };
        let [k, v] = pair.as_slice() else {
            return Err(vm.value_error(format!(
                "dictionary update sequence element #{i} has length {}; 2 is required",
                pair.len()
            )));
        };
        d.set(vm, k.value(), v.clone())?;
        i += 1;
    }
    Ok(())
}

fn with_note(vm: &Vm, item: Value, e: Raised, i: usize) -> Raised {
    if !e.is_instance(vm.exc.TypeError) {
        return e;
    }
    let c = item.class();
    let e = if c.slots.iter.get().is_none() && c.slots.getitem.get().is_none() {
        vm.type_error("object is not iterable")
    } else {
        e
    };
    let note = PyStr::from_str(&format!(
        "Cannot convert dictionary update sequence element #{i} to a sequence"
    ));
    match vm.call_method_str(e.value(), "add_note", &[note.value()]) {
        Ok(_) => e,
        Err(other) => other,
    }
}

/// `dict.fromkeys`.
pub(super) fn fromkeys(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let value = a[2].non_null().unwrap_or(Value::NONE);
    let made = vm.call(a[0], &[])?;
    if made.is_exact::<PyDict>() {
        let d = dict_of(vm, made.value())?;
        if let Some(s) = a[1]
            .cast::<PySet>()
            .filter(|_| a[1].is_exact::<PySet>() || a[1].is_exact::<PyFrozenSet>())
        {
            for (k, hash) in s.hashed_items() {
                d.set_hashed(vm, k.value(), hash, value.own())?;
            }
            return Ok(made);
        }
        let it = vm.iter(a[1])?;
        while let Some(k) = vm.next(it.value())? {
            d.set(vm, k.value(), value.own())?;
        }
        return Ok(made);
    }
    let it = vm.iter(a[1])?;
    while let Some(k) = vm.next(it.value())? {
        vm.setitem(made.value(), k.value(), value)?;
    }
    Ok(made)
}
