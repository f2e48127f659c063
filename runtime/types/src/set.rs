//! `set`, `frozenset` and their iterator. The table stands in the core; here are the operations, in the order of steps
//! that CPython takes, because the steps decide the order of the items in the result.

use crate::sequence::*;
use pyjit_core::prelude::*;

mod iter;
mod methods;

/// Defines the classes and their methods.
pub fn define(vm: &Vm) {
    define_class::<PySet>(
        vm,
        ClassSpec {
            doc: Some("Build an unordered collection of unique elements."),
            flags: type_flags::BASE | type_flags::MATCH_SELF,
            weakrefs: true,
            slots: |s| {
                common_slots(s);
                s.new
                    .set(Some(|_, class, _| Ok(PySet::empty().into_object(class))));
                s.init.set(Some(init));
                s.iand.set(Some(iand));
                s.isub.set(Some(isub));
                s.ixor.set(Some(ixor));
                s.ior.set(Some(ior));
            },
            methods: methods::SET,
            ..ClassSpec::new("set")
        },
    );
    define_class::<PyFrozenSet>(
        vm,
        ClassSpec {
            doc: Some("Build an immutable unordered collection of unique elements."),
            flags: type_flags::BASE | type_flags::MATCH_SELF,
            weakrefs: true,
            slots: |s| {
                common_slots(s);
                s.new.set(Some(new_frozen));
                s.hash.set(Some(hash));
            },
            methods: methods::FROZEN,
            ..ClassSpec::new("frozenset")
        },
    );
    iter::define(vm);
}

fn common_slots(s: &Slots) {
    s.repr.set(Some(repr));
    s.compare.set(Some(compare));
    s.iter.set(Some(iter::set_iterator));
    s.len
        .set(Some(|_, v| Ok(v.cast::<PySet>().map_or(0, |s| s.len()))));
    s.contains
        .set(Some(|vm, v, x| contains(vm, set_of(vm, v)?, x)));
    s.and.set(Some(and));
    s.sub.set(Some(sub));
    s.xor.set(Some(xor));
    s.or.set(Some(or));
}

/// The payload of a value that the caller knows to be a set or frozenset.
pub fn set_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PySet> {
    v.cast::<PySet>()
        .ok_or_else(|| vm.type_error(format!("expected set object, got {}", v.class().name_str())))
}
/// `set` or `frozenset`, whichever the value's class derives from.
fn base_class(v: Value) -> &'static TypeObject {
    if v.isa::<PyFrozenSet>() {
        PyFrozenSet::class()
    } else {
        PySet::class()
    }
}
fn both_sets<'a>(a: Value, b: Value) -> Option<(&'a PySet, &'a PySet)> {
    Some((a.cast::<PySet>()?, b.cast::<PySet>()?))
}
fn not_implemented() -> PyResult<Owned> {
    Ok(Owned::immediate(Value::NOT_IMPLEMENTED))
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let iterable = optional_iterable(vm, "set", args, true)?;
    let s = set_of(vm, v)?;
    s.clear();
    match iterable {
        Some(it) => update(vm, s, it),
        None => Ok(()),
    }
}
fn new_frozen(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let base = PyFrozenSet::class();
    let refuse = class.same(base)
        || same_fn(class.slots.init.get(), base.slots.init.get(), |f| {
            f as usize
        });
    let iterable = optional_iterable(vm, "frozenset", args, refuse)?;
    let s = PySet::empty();
    if let Some(it) = iterable {
        if class.same(base) && it.is_exact::<PyFrozenSet>() {
            return Ok(it.own());
        }
        update(vm, &s, it)?;
    }
    Ok(s.into_object(class))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let s = set_of(vm, v)?;
    let name = v.class().name_str();
    if s.is_empty() {
        return Ok(PyStr::from_str(&format!("{name}()")));
    }
    let items = s.items();
    let (open, close) = if v.is_exact::<PySet>() {
        ("{".to_string(), "}")
    } else {
        (format!("{name}({{"), "})")
    };
    repr_items(vm, v, (&open, close, &format!("{name}(...)")), |i| {
        items.get(i).cloned()
    })
}
fn hash(_: &Vm, v: Value) -> PyResult<i64> {
    let Some(s) = v.cast::<PySet>() else {
        return Ok(0);
    };
    if s.cached_hash.get() == -1 {
        s.cached_hash.set(s.content_hash());
    }
    Ok(s.cached_hash.get())
}

/// The hash of something looked for: a set, which has none, is looked for as the frozenset equal to it.
fn key_hash(vm: &Vm, key: Value) -> PyResult<Option<i64>> {
    match vm.hash(key) {
        Ok(h) => Ok(Some(h)),
        Err(e) if e.is_instance(vm.exc.TypeError) && key.isa::<PySet>() => {
            Ok(key.cast::<PySet>().map(|s| s.content_hash()))
        }
        Err(_) => Ok(None),
    }
}
fn contains(vm: &Vm, s: &PySet, key: Value) -> PyResult<bool> {
    match key_hash(vm, key)? {
        Some(h) => s.contains_hashed(vm, key, h),
        None => s.contains(vm, key),
    }
}
fn remove_key(vm: &Vm, s: &PySet, key: Value) -> PyResult<bool> {
    match key_hash(vm, key)? {
        Some(h) => s.remove_hashed(vm, key, h),
        None => s.remove(vm, key),
    }
}

/// Adds the items of any iterable.
pub fn update(vm: &Vm, s: &PySet, other: Value) -> PyResult<()> {
    if let Some(o) = other.cast::<PySet>() {
        return s.merge(vm, o);
    }
    if let Some(d) = other.cast_exact::<PyDict>() {
        s.reserve_for(d.len());
        for (k, h, _) in d.hashed_items() {
            s.add_hashed(vm, k.value(), h)?;
        }
        return Ok(());
    }
    let it = vm.iter(other)?;
    while let Some(x) = vm.next(it.value())? {
        s.add(vm, x.value())?;
    }
    Ok(())
}
fn intersection(vm: &Vm, s: &PySet, other: Value) -> PyResult<PySet> {
    let out = PySet::empty();
    if let Some(o) = other.cast::<PySet>() {
        if std::ptr::eq(s, o) {
            return Ok(s.duplicate());
        }
        let (walk, look) = if o.len() > s.len() { (s, o) } else { (o, s) };
        for (k, h) in walk.hashed_items() {
            if look.contains_hashed(vm, k.value(), h)? {
                out.add_hashed(vm, k.value(), h)?;
            }
        }
        return Ok(out);
    }
    let it = vm.iter(other)?;
    while let Some(x) = vm.next(it.value())? {
        let h = vm.hash(x.value())?;
        if s.contains_hashed(vm, x.value(), h)? {
            out.add_hashed(vm, x.value(), h)?;
        }
    }
    Ok(out)
}
fn difference_update(vm: &Vm, s: &PySet, other: Value) -> PyResult<()> {
    if let Some(o) = other.cast::<PySet>() {
        if std::ptr::eq(s, o) {
            s.clear();
            return Ok(());
        }
        let mut at = 0;
        while let Some((place, k, h)) = o.entry_from(at) {
            s.remove_hashed(vm, k.value(), h)?;
            at = place + 1;
        }
    } else {
        let it = vm.iter(other)?;
        while let Some(x) = vm.next(it.value())? {
            s.remove(vm, x.value())?;
        }
    }
    s.drop_dummies();
    Ok(())
}
fn difference(vm: &Vm, s: &PySet, other: Value) -> PyResult<PySet> {
    let other_len = match (other.cast::<PySet>(), other.cast::<PyDict>()) {
        (Some(o), _) => o.len(),
        (_, Some(d)) => d.len(),
        _ => usize::MAX,
    };
    if other_len == usize::MAX || s.len() >> 2 > other_len {
        let out = s.duplicate();
        difference_update(vm, &out, other)?;
        return Ok(out);
    }
    let out = PySet::empty();
    let mut at = 0;
    while let Some((place, k, h)) = s.entry_from(at) {
        at = place + 1;
        let there = match (other.cast::<PySet>(), other.cast::<PyDict>()) {
            (Some(o), _) => o.contains_hashed(vm, k.value(), h)?,
            (_, Some(d)) => d.get_hashed(vm, k.value(), h)?.is_some(),
            _ => false,
        };
        if !there {
            out.add_hashed(vm, k.value(), h)?;
        }
    }
    Ok(out)
}
fn symmetric_update(vm: &Vm, s: &PySet, other: Value) -> PyResult<()> {
    let temporary;
    let o = match other.cast::<PySet>() {
        Some(o) if std::ptr::eq(s, o) => {
            s.clear();
            return Ok(());
        }
        Some(o) => o,
        None => {
            temporary = PySet::empty();
            update(vm, &temporary, other)?;
            &temporary
        }
    };
    for (k, h) in o.hashed_items() {
        if !s.remove_hashed(vm, k.value(), h)? {
            s.add_hashed(vm, k.value(), h)?;
        }
    }
    Ok(())
}
fn symmetric_difference(vm: &Vm, s: &PySet, self_value: Value, other: Value) -> PyResult<PySet> {
    let _ = s;
    let out = PySet::empty();
    update(vm, &out, other)?;
    symmetric_update(vm, &out, self_value)?;
    Ok(out)
}
fn is_subset(vm: &Vm, a: &PySet, b: &PySet) -> PyResult<bool> {
    if a.len() > b.len() {
        return Ok(false);
    }
    let mut at = 0;
    while let Some((place, k, h)) = a.entry_from(at) {
        if !b.contains_hashed(vm, k.value(), h)? {
            return Ok(false);
        }
        at = place + 1;
    }
    Ok(true)
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let Some((x, y)) = both_sets(a, b) else {
        return not_implemented();
    };
    let equal = || -> PyResult<bool> {
        let (p, q) = (x.cached_hash.get(), y.cached_hash.get());
        Ok(x.len() == y.len() && (p == -1 || q == -1 || p == q) && is_subset(vm, x, y)?)
    };
    let r = match op {
        Cmp::Eq => equal()?,
        Cmp::Ne => !equal()?,
        Cmp::Le => is_subset(vm, x, y)?,
        Cmp::Ge => is_subset(vm, y, x)?,
        Cmp::Lt => x.len() < y.len() && is_subset(vm, x, y)?,
        Cmp::Gt => y.len() < x.len() && is_subset(vm, y, x)?,
    };
    Ok(Owned::bool(r))
}
fn and(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    match both_sets(a, b) {
        Some((x, _)) => Ok(intersection(vm, x, b)?.into_object(base_class(a))),
        None => not_implemented(),
    }
}
fn sub(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    match both_sets(a, b) {
        Some((x, _)) => Ok(difference(vm, x, b)?.into_object(base_class(a))),
        None => not_implemented(),
    }
}
fn xor(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    match both_sets(a, b) {
        Some((x, _)) => Ok(symmetric_difference(vm, x, a, b)?.into_object(base_class(a))),
        None => not_implemented(),
    }
}
fn or(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    match both_sets(a, b) {
        Some((x, y)) => {
            let out = x.duplicate();
            if !std::ptr::eq(x, y) {
                out.merge(vm, y)?;
            }
            Ok(out.into_object(base_class(a)))
        }
        None => not_implemented(),
    }
}
fn iand(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    match both_sets(a, b) {
        Some((x, _)) => {
            let out = intersection(vm, x, b)?;
            x.swap_with(&out);
            drop(out);
            Ok(a.own())
        }
        None => not_implemented(),
    }
}
fn isub(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    match both_sets(a, b) {
        Some((x, _)) => difference_update(vm, x, b).map(|()| a.own()),
        None => not_implemented(),
    }
}
fn ixor(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    match both_sets(a, b) {
        Some((x, _)) => symmetric_update(vm, x, b).map(|()| a.own()),
        None => not_implemented(),
    }
}
fn ior(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    match both_sets(a, b) {
        Some((x, y)) => x.merge(vm, y).map(|()| a.own()),
        None => not_implemented(),
    }
}
