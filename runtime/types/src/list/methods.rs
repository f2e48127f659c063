//! Methods of `list`.

use super::{extend, list_of, sort};
use crate::iterators::PyListReverseIter;
use crate::sequence::*;
use pyjit_core::prelude::*;
use std::cell::Cell;

pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__reversed__",
        "(self, /)",
        reversed,
        "Return a reverse iterator over the list.",
    ),
    MethodDef::new(
        "__sizeof__",
        "(self, /)",
        sizeof,
        "Return the size of the list in memory, in bytes.",
    ),
    MethodDef::new("clear", "(self, /)", clear, "Remove all items from list."),
    MethodDef::new(
        "copy",
        "(self, /)",
        copy,
        "Return a shallow copy of the list.",
    ),
    MethodDef::new(
        "append",
        "(self, object, /)",
        append,
        "Append object to the end of the list.",
    ),
    MethodDef::new(
        "insert",
        "(self, index, object, /)",
        insert,
        "Insert object before index.",
    ),
    MethodDef::new(
        "extend",
        "(self, iterable, /)",
        |vm, a| extend(vm, a[0], a[1]).map(|()| Owned::NONE),
        "Extend list by appending elements from the iterable.",
    ),
    MethodDef::new(
        "pop",
        "(self, index=-1, /)",
        pop,
        "Remove and return the item at a position, by default the last; IndexError if there is none.",
    ),
    MethodDef::new(
        "remove",
        "(self, value, /)",
        remove,
        "Remove the first item equal to value; ValueError if there is none.",
    ),
    MethodDef::new(
        "index",
        "(self, value, start=0, stop=sys.maxsize, /)",
        index,
        "Position of the first item equal to value; ValueError if there is none.",
    ),
    MethodDef::new(
        "count",
        "(self, value, /)",
        count,
        "Return number of occurrences of value.",
    ),
    MethodDef::new("reverse", "(self, /)", reverse, "Reverse *IN PLACE*."),
    MethodDef::new(
        "sort",
        "(self, /, *, key=None, reverse=False)",
        sort::sort_method,
        "Sort the list in place, ascending or, with reverse, descending. Equal items keep their order. With a key function, items compare by what it returns for them; it is called once for each.",
    ),
    class_getitem_def("lists are generic over the type of their contents"),
];

fn reversed(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = list_of(vm, a[0])?.len() as i64;
    Ok(new_object(
        PyListReverseIter::class(),
        PyListReverseIter {
            list: MutCell::new(a[0].own()),
            index: Cell::new(n - 1),
        },
    ))
}
fn sizeof(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let l = list_of(vm, a[0])?;
    Ok(new_usize(40 + l.items.get().capacity() * 8))
}
fn clear(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    drop(list_of(vm, a[0])?.items.take());
    Ok(Owned::NONE)
}
fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyList::new(list_of(vm, a[0])?.snapshot()))
}
fn append(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    list_of(vm, a[0])?.push(a[1].own());
    Ok(Owned::NONE)
}
fn insert(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let i = vm.to_size(a[1])?;
    let items = list_of(vm, a[0])?.items.get_mut();
    let n = items.len() as isize;
    let i = if i < 0 {
        i.saturating_add(n).max(0)
    } else {
        i.min(n)
    };
    items.insert(i as usize, a[2].own());
    Ok(Owned::NONE)
}
fn pop(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let l = list_of(vm, a[0])?;
    if a[1].is_null() {
        return match l.items.get_mut().pop() {
            Some(x) => Ok(x),
            None => Err(vm.index_error("pop from empty list")),
        };
    }
    let i = vm.to_size(a[1])? as i64;
    let items = l.items.get_mut();
    if items.is_empty() {
        return Err(vm.index_error("pop from empty list"));
    }
    match vm.position(i, items.len()) {
        Some(i) => Ok(items.remove(i)),
        None => Err(vm.index_error("pop index out of range")),
    }
}
fn remove(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let l = list_of(vm, a[0])?;
    let mut i = 0;
    while let Some(x) = l.get(i) {
        if vm.eq(x.value(), a[1])? {
            let items = l.items.get_mut();
            if i < items.len() {
                let old = items.remove(i);
                drop(old);
            }
            return Ok(Owned::NONE);
        }
        i += 1;
    }
    Err(vm.value_error("list.remove(x): x not in list"))
}
fn index(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let l = list_of(vm, a[0])?;
    let start = clipped_bound(vm, a[2], 0, l.len())?;
    let stop = clipped_bound(vm, a[3], isize::MAX, l.len())?;
    let mut i = start;
    while i < stop {
        let Some(x) = l.get(i) else { break };
        if vm.eq(x.value(), a[1])? {
            return Ok(new_usize(i));
        }
        i += 1;
    }
    Err(vm.value_error("list.index(x): x not in list"))
}
fn count(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let l = list_of(vm, a[0])?;
    let (mut i, mut n) = (0, 0);
    while let Some(x) = l.get(i) {
        if vm.eq(x.value(), a[1])? {
            n += 1;
        }
        i += 1;
    }
    Ok(new_usize(n))
}
fn reverse(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    list_of(vm, a[0])?.items.get_mut().reverse();
    Ok(Owned::NONE)
}
