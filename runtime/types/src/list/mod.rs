//! `list`: class, slots and construction. Methods and sorting stand in the files beside, iterators in
//! `iterators.rs`.

mod methods;
mod sort;

use crate::sequence::*;
use crate::tuple::repeated;
use pyjit_core::prelude::*;
use pyjit_core::protocol::Subscript;

pub use sort::sort_values;

/// Defines the class and its methods.
pub fn define(vm: &Vm) {
    define_class::<PyList>(
        vm,
        ClassSpec {
            doc: Some(
                "Mutable sequence: list() is empty, list(iterable) has the items of the iterable.",
            ),
            flags: type_flags::BASE
                | type_flags::LIST_SUBCLASS
                | type_flags::MATCH_SELF
                | type_flags::SEQUENCE,
            slots: |s| {
                s.new.set(Some(new));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.compare.set(Some(compare));
                s.iter.set(Some(|_, v| Ok(PyListIter::new(v.own()))));
                s.len
                    .set(Some(|_, v| Ok(v.cast::<PyList>().map_or(0, |l| l.len()))));
                s.contains.set(Some(contains));
                s.getitem.set(Some(getitem));
                s.setitem.set(Some(setitem));
                s.concat.set(Some(concat));
                s.iconcat.set(Some(iconcat));
                s.repeat.set(Some(repeat));
                s.irepeat.set(Some(irepeat));
            },
            methods: methods::METHODS,
            ..ClassSpec::new("list")
        },
    );
}

/// The payload of a value that the caller knows to be a list.
pub(crate) fn list_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyList> {
    v.cast::<PyList>().ok_or_else(|| {
        vm.type_error(format!(
            "expected list object, got {}",
            v.class().name_str()
        ))
    })
}

fn new(_: &Vm, class: &'static TypeObject, _: Args<'_>) -> PyResult<Owned> {
    Ok(new_object(
        class,
        PyList {
            items: MutCell::default(),
        },
    ))
}
fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let (class, base) = (v.class(), PyList::class());
    let refuse =
        class.same(base) || same_fn(class.slots.new.get(), base.slots.new.get(), |f| f as usize);
    let iterable = optional_iterable(vm, "list", args, refuse)?;
    let l = list_of(vm, v)?;
    if !l.is_empty() {
        drop(l.items.take());
    }
    match iterable {
        Some(it) => extend(vm, v, it),
        None => Ok(()),
    }
}

/// Appends the items of an iterable; they arrive one by one, as the iterable may look at the list.
pub(crate) fn extend(vm: &Vm, v: Value, iterable: Value) -> PyResult<()> {
    let l = list_of(vm, v)?;
    if let Some(t) = iterable.cast_exact::<PyTuple>() {
        l.items
            .get_mut()
            .extend(t.as_slice().iter().map(|x| x.own()));
        return Ok(());
    }
    if let Some(other) = iterable
        .cast::<PyList>()
        .filter(|_| iterable.is(v) || iterable.is_exact::<PyList>())
    {
        let more = other.snapshot();
        if l.is_empty() && l.items.get().capacity() == 0 {
            *l.items.get_mut() = more;
        } else {
            l.items.get_mut().extend(more);
        }
        return Ok(());
    }
    if let Some(d) = iterable.cast_exact::<PyDict>() {
        let keys = d.keys();
        l.items.get_mut().extend(keys);
        return Ok(());
    }
    if iterable.is_exact::<PySet>() || iterable.is_exact::<PyFrozenSet>() {
        if let Some(s) = iterable.cast::<PySet>() {
            let more = s.items();
            l.items.get_mut().extend(more);
        }
        return Ok(());
    }
    let it = vm.iter(iterable)?;
    let hint = vm.length_hint(iterable, 8)?;
    let items = l.items.get_mut();
    if items.try_reserve(hint.min(1 << 40)).is_err() || hint > isize::MAX as usize - items.len() {
        return Err(vm.memory_error());
    }
    while let Some(x) = vm.next(it.value())? {
        l.push(x);
    }
    Ok(())
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let l = list_of(vm, v)?;
    repr_items(vm, v, ("[", "]", "[...]"), |i| l.get(i))
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyList>(), b.cast::<PyList>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if x.len() != y.len() && matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::bool(op == Cmp::Ne));
    }
    let mut i = 0;
    while let (Some(p), Some(q)) = (x.get(i), y.get(i)) {
        if !vm.eq(p.value(), q.value())? {
            return match op {
                Cmp::Eq => Ok(Owned::bool(false)),
                Cmp::Ne => Ok(Owned::bool(true)),
                _ => vm.compare(p.value(), q.value(), op),
            };
        }
        i += 1;
    }
    Ok(Owned::bool(op.of(x.len().cmp(&y.len()))))
}
fn contains(vm: &Vm, v: Value, item: Value) -> PyResult<bool> {
    let l = list_of(vm, v)?;
    let mut i = 0;
    while let Some(x) = l.get(i) {
        if vm.eq(x.value(), item)? {
            return Ok(true);
        }
        i += 1;
    }
    Ok(false)
}
fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let l = list_of(vm, v)?;
    match vm.subscript(key, "list")? {
        Subscript::Index(i) => vm
            .position(i, l.len())
            .and_then(|i| l.get(i))
            .ok_or_else(|| vm.index_error("list index out of range")),
        Subscript::Slice(s) => {
            let (start, stop, step) = s.unpack(vm)?;
            let items = l.items.get();
            let b = SliceBounds::adjust(start, stop, step, items.len());
            if b.step == 1 {
                let from = b.start.max(0) as usize;
                let part = items.get(from..from + b.len).unwrap_or(&[]);
                return Ok(PyList::new(part.to_vec()));
            }
            let picked = b.positions().filter_map(|i| items.get(i).cloned());
            Ok(PyList::new(picked.collect()))
        }
    }
}
fn setitem(vm: &Vm, v: Value, key: Value, value: Value) -> PyResult<()> {
    let l = list_of(vm, v)?;
    match vm.subscript(key, "list")? {
        Subscript::Index(i) => {
            let out_of_range = || vm.index_error("list assignment index out of range");
            let i = vm.position(i, l.len()).ok_or_else(out_of_range)?;
            if value.is_null() {
                let old = l.items.get_mut().remove(i);
                drop(old);
            } else if !l.set(i, value.own()) {
                return Err(out_of_range());
            }
            Ok(())
        }
        Subscript::Slice(s) if value.is_null() => delete_slice(vm, l, s),
        Subscript::Slice(s) => assign_slice(vm, l, s, value),
    }
}
fn delete_slice(vm: &Vm, l: &PyList, s: &PySlice) -> PyResult<()> {
    let (start, stop, step) = s.unpack(vm)?;
    let items = l.items.get_mut();
    let b = SliceBounds::adjust(start, stop, step, items.len());
    if b.len == 0 {
        return Ok(());
    }
    let removed: Vec<Owned> = if b.step == 1 {
        let from = b.start.max(0) as usize;
        let gone = items.drain(from..(from + b.len).min(items.len()));
        // They die from the last to the first, as in CPython.
        gone.rev().collect()
    } else {
        let mut gone = Vec::with_capacity(b.len);
        for i in b.positions() {
            if let Some(x) = items.get_mut(i) {
                gone.push(std::mem::take(x));
            }
        }
        items.retain(|x| !x.is_null());
        gone
    };
    drop(removed);
    Ok(())
}
fn assign_slice(vm: &Vm, l: &PyList, s: &PySlice, value: Value) -> PyResult<()> {
    let (start, stop, step) = s.unpack(vm)?;
    if value.class().slots.iter.get().is_none() && vm.iter(value).is_err() {
        return Err(vm.type_error("must assign iterable to extended slice"));
    }
    let given = match value.cast_exact::<PyList>() {
        Some(other) if !value.is(l.as_value()) => Some(other.as_words()),
        Some(_) => None,
        None => value.cast_exact::<PyTuple>().map(|t| t.as_slice()),
    };
    if let Some(given) = given {
        let items = l.items.get_mut();
        let b = SliceBounds::adjust(start, stop, step, items.len());
        if b.step == 1
            && b.len == given.len()
            && let Some(places) = items.get_mut(b.start.max(0) as usize..)
        {
            let mut old = Vec::new();
            for (place, x) in places.iter_mut().zip(given) {
                let before = std::mem::replace(place, x.own());
                if before.is_heap() {
                    old.push(before);
                }
            }
            old.reverse();
            drop(old);
            return Ok(());
        }
    }
    let fresh = vm.iterate_to_vec(value)?;
    let items = l.items.get_mut();
    let b = SliceBounds::adjust(start, stop, step, items.len());
    let old: Vec<Owned> = if b.step == 1 {
        let from = b.start.max(0) as usize;
        let to = (from + b.len).min(items.len());
        let mut old: Vec<Owned> = items.splice(from..to, fresh).collect();
        old.reverse();
        old
    } else {
        if fresh.len() != b.len {
            return Err(vm.value_error(format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                fresh.len(),
                b.len
            )));
        }
        let mut old = Vec::with_capacity(b.len);
        for (i, x) in b.positions().zip(fresh) {
            if let Some(place) = items.get_mut(i) {
                old.push(std::mem::replace(place, x));
            }
        }
        old
    };
    drop(old);
    Ok(())
}
fn concat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let x = list_of(vm, a)?;
    let Some(y) = b.cast::<PyList>() else {
        return Err(vm.type_error(format!(
            "can only concatenate list (not \"{}\") to list",
            b.class().name_str()
        )));
    };
    let mut out = Vec::with_capacity(x.len() + y.len());
    out.extend_from_slice(x.items.get());
    out.extend_from_slice(y.items.get());
    Ok(PyList::new(out))
}
fn iconcat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    extend(vm, a, b)?;
    Ok(a.own())
}
fn repeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let n = vm.repeat_count(n)?;
    let items = list_of(vm, v)?.snapshot();
    let values: Vec<Value> = items.iter().map(|x| x.value()).collect();
    Ok(PyList::new(repeated(vm, &values, n)?))
}
fn irepeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let n = vm.repeat_count(n)?;
    let l = list_of(vm, v)?;
    if n == 0 {
        drop(l.items.take());
    } else if n > 1 {
        let items = l.snapshot();
        let values: Vec<Value> = items.iter().map(|x| x.value()).collect();
        let more = repeated(vm, &values, n - 1)?;
        l.items.get_mut().extend(more);
    }
    Ok(v.own())
}
