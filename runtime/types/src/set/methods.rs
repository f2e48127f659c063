//! Methods of `set` and `frozenset`.

use super::*;

macro_rules! shared {
    ($($own:expr,)*) => {
        &[
            MethodDef::new("copy", "(self, /)", copy, "Return a shallow copy of a set."),
            MethodDef::new("difference", "(self, /, *others)", difference_method, "Return a new set with elements in the set that are not in the others."),
            MethodDef::new("intersection", "(self, /, *others)", intersection_method, "Return a new set with elements common to the set and all others."),
            MethodDef::new("isdisjoint", "(self, other, /)", isdisjoint, "Return True if two sets have a null intersection."),
            MethodDef::new("issubset", "(self, other, /)", issubset, "Report whether another set contains this set."),
            MethodDef::new("issuperset", "(self, other, /)", issuperset, "Report whether this set contains another set."),
            MethodDef::new("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
            MethodDef::new("__sizeof__", "(self, /)", sizeof, "S.__sizeof__() -> size of S in memory, in bytes."),
            MethodDef::new("symmetric_difference", "(self, other, /)", symmetric_method, "Return a new set with elements in either the set or other but not both."),
            MethodDef::new("union", "(self, /, *others)", union, "Return a new set with elements from the set and all others."),
            $($own,)*
        ]
    };
}

pub(super) static FROZEN: &[MethodDef] = shared! {
    class_getitem_def("frozensets are generic over the type of their elements"),
};
pub(super) static SET: &[MethodDef] = shared! {
    MethodDef::new("add", "(self, object, /)", add, "Add an element; nothing happens if it is there already."),
    MethodDef::new("clear", "(self, /)", clear, "Remove all elements from this set."),
    MethodDef::new("discard", "(self, object, /)", discard, "Remove an element if it is there."),
    MethodDef::new("difference_update", "(self, /, *others)", difference_update_method, "Update the set, removing elements found in others."),
    MethodDef::new("intersection_update", "(self, /, *others)", intersection_update, "Update the set, keeping only elements found in it and all others."),
    MethodDef::new("pop", "(self, /)", pop, "Remove and return some element; KeyError if there is none."),
    MethodDef::new("remove", "(self, object, /)", remove, "Remove an element; KeyError if it is not there."),
    MethodDef::new("symmetric_difference_update", "(self, other, /)", symmetric_update_method, "Update the set, keeping only elements found in either set, but not in both."),
    MethodDef::new("update", "(self, /, *others)", update_method, "Update the set, adding elements from all others."),
    class_getitem_def("sets are generic over the type of their elements"),
};

fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[0].is_exact::<PyFrozenSet>() {
        return Ok(a[0].own());
    }
    Ok(set_of(vm, a[0])?.duplicate().into_object(base_class(a[0])))
}
fn difference_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = set_of(vm, a[0])?;
    let others = vm.tuple_items(a[1]);
    let Some((first, rest)) = others.split_first() else {
        return copy(vm, a);
    };
    let out = difference(vm, s, *first)?;
    for o in rest {
        difference_update(vm, &out, *o)?;
    }
    Ok(out.into_object(base_class(a[0])))
}
fn intersect_all(vm: &Vm, a: &[Value]) -> PyResult<Option<PySet>> {
    let s = set_of(vm, a[0])?;
    let mut out: Option<PySet> = None;
    for o in vm.tuple_items(a[1]) {
        out = Some(intersection(vm, out.as_ref().unwrap_or(s), *o)?);
    }
    Ok(out)
}
fn intersection_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match intersect_all(vm, a)? {
        Some(out) => Ok(out.into_object(base_class(a[0]))),
        None => copy(vm, a),
    }
}
fn intersection_update(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = set_of(vm, a[0])?;
    if let Some(out) = intersect_all(vm, a)? {
        s.swap_with(&out);
        drop(out);
    }
    Ok(Owned::NONE)
}
fn isdisjoint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = set_of(vm, a[0])?;
    if let Some(o) = a[1].cast::<PySet>() {
        if std::ptr::eq(s, o) {
            return Ok(Owned::bool(s.is_empty()));
        }
        let (walk, look) = if o.len() > s.len() { (s, o) } else { (o, s) };
        for (k, h) in walk.hashed_items() {
            if look.contains_hashed(vm, k.value(), h)? {
                return Ok(Owned::bool(false));
            }
        }
        return Ok(Owned::bool(true));
    }
    let mut disjoint = true;
    vm.for_each(a[1], |x| {
        disjoint = !s.contains(vm, x.value())?;
        Ok(disjoint)
    })?;
    Ok(Owned::bool(disjoint))
}
fn issubset(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = set_of(vm, a[0])?;
    if let Some(o) = a[1].cast::<PySet>() {
        return is_subset(vm, s, o).map(Owned::bool);
    }
    let common = intersection(vm, s, a[1])?;
    Ok(Owned::bool(common.len() == s.len()))
}
fn issuperset(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = set_of(vm, a[0])?;
    if let Some(o) = a[1].cast::<PySet>() {
        return is_subset(vm, o, s).map(Owned::bool);
    }
    let mut all = true;
    vm.for_each(a[1], |x| {
        all = contains(vm, s, x.value())?;
        Ok(all)
    })?;
    Ok(Owned::bool(all))
}
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let items = PyList::new(set_of(vm, a[0])?.items());
    let state = vm.call_method(a[0], vm.names.__getstate__.value(), &[])?;
    Ok(PyTuple::new(vec![
        a[0].class().as_owned(),
        PyTuple::new(vec![items]),
        state,
    ]))
}
fn sizeof(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = set_of(vm, a[0])?.places();
    Ok(new_usize(200 + if n > 8 { n * 16 } else { 0 }))
}
fn symmetric_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = set_of(vm, a[0])?;
    Ok(symmetric_difference(vm, s, a[0], a[1])?.into_object(base_class(a[0])))
}
fn union(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let out = set_of(vm, a[0])?.duplicate();
    for o in vm.tuple_items(a[1]) {
        if !o.is(a[0]) {
            update(vm, &out, *o)?;
        }
    }
    Ok(out.into_object(base_class(a[0])))
}

fn add(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    set_of(vm, a[0])?.add(vm, a[1])?;
    Ok(Owned::NONE)
}
fn clear(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    set_of(vm, a[0])?.clear();
    Ok(Owned::NONE)
}
fn discard(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    remove_key(vm, set_of(vm, a[0])?, a[1])?;
    Ok(Owned::NONE)
}
fn difference_update_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = set_of(vm, a[0])?;
    for o in vm.tuple_items(a[1]) {
        difference_update(vm, s, *o)?;
    }
    Ok(Owned::NONE)
}
fn pop(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match set_of(vm, a[0])?.pop() {
        Some(x) => Ok(x),
        None => Err(vm.key_error(PyStr::from_str("pop from an empty set").value())),
    }
}
fn remove(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if remove_key(vm, set_of(vm, a[0])?, a[1])? {
        return Ok(Owned::NONE);
    }
    Err(vm.key_error(a[1]))
}
fn symmetric_update_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    symmetric_update(vm, set_of(vm, a[0])?, a[1])?;
    Ok(Owned::NONE)
}
fn update_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = set_of(vm, a[0])?;
    for o in vm.tuple_items(a[1]) {
        update(vm, s, *o)?;
    }
    Ok(Owned::NONE)
}
