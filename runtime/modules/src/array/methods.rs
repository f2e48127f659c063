//! Methods of arrays.

use super::{PyArray, array_of, item, pickle, text_buf};
use pyjit_core::prelude::*;
use pyjit_types::sequence::{class_getitem_def, clipped_bound};

pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new("append", "(self, v, /)", |vm, a| array_of(vm, a[0])?.push(vm, a[1]).map(|()| Owned::NONE), "Append new value v to the end of the array."),
    MethodDef::new("buffer_info", "(self, /)", buffer_info, "Return a tuple (address, length) of the memory that holds the items; the length is in items."),
    MethodDef::new("byteswap", "(self, /)", byteswap, "Reverse the order of the bytes within every item."),
    MethodDef::new("clear", "(self, /)", clear, "Remove all items from the array."),
    MethodDef::new("__copy__", "(self, /)", copy, "Return a copy of the array."),
    MethodDef::new("count", "(self, v, /)", count, "Return number of occurrences of v in the array."),
    MethodDef::new("__deepcopy__", "(self, unused, /)", copy, "Return a copy of the array."),
    MethodDef::new("extend", "(self, bb, /)", |vm, a| extend_with(vm, array_of(vm, a[0])?, a[1]).map(|()| Owned::NONE), "Append items to the end of the array."),
    MethodDef::new("fromfile", "(self, f, n, /)", fromfile, "Read n objects from the file object f and append them to the end of the array."),
    MethodDef::new("fromlist", "(self, list, /)", fromlist, "Append items to array from list."),
    MethodDef::new("frombytes", "(self, buffer, /)", frombytes, "Append items given as the bytes of machine values."),
    MethodDef::new("fromunicode", "(self, ustr, /)", fromunicode, "Append the characters of a string to a unicode array."),
    MethodDef::new("index", "(self, v, start=0, stop=sys.maxsize, /)", index, "Position of the first item equal to v; ValueError if there is none."),
    MethodDef::new("insert", "(self, i, v, /)", insert, "Insert a new item v into the array before position i."),
    MethodDef::new("pop", "(self, i=-1, /)", pop, "Remove and return the item at a position, by default the last."),
    MethodDef::new("__reduce_ex__", "(self, value, /)", pickle::reduce_ex, "Return state information for pickling."),
    MethodDef::new("remove", "(self, v, /)", remove, "Remove the first occurrence of v in the array."),
    MethodDef::new("reverse", "(self, /)", reverse, "Reverse the order of the items in the array."),
    MethodDef::new("tofile", "(self, f, /)", tofile, "Write all items (as machine values) to the file object f."),
    MethodDef::new("tolist", "(self, /)", |vm, a| to_list(vm, array_of(vm, a[0])?), "Convert array to an ordinary list with the same items."),
    MethodDef::new("tobytes", "(self, /)", |vm, a| Ok(PyBytes::new(array_of(vm, a[0])?.bytes())), "Return the bytes of the machine values."),
    MethodDef::new("tounicode", "(self, /)", tounicode, "Return the characters of a unicode array as a string."),
    MethodDef::new("__sizeof__", "(self, /)", |vm, a| Ok(new_usize(64 + array_of(vm, a[0])?.bytes().len())), "Size of the array in memory, in bytes."),
    class_getitem_def("Arrays are generic over the type of their elements"),
];

pub(super) fn to_list(vm: &Vm, array: &PyArray) -> PyResult<Owned> {
    let items: PyResult<Vec<Owned>> = array
        .bytes()
        .chunks_exact(array.width)
        .map(|b| item::read(vm, array.code, b))
        .collect();
    Ok(PyList::new(items?))
}
pub(super) fn push_text(vm: &Vm, array: &PyArray, s: &PyStr) -> PyResult<()> {
    let bytes: Vec<u8> = s.text().iter().flat_map(|c| c.to_ne_bytes()).collect();
    array.push_bytes(vm, &bytes)
}
/// The first position from `start` on whose item equals `v`.
pub(super) fn find(
    vm: &Vm,
    array: &PyArray,
    v: Value,
    start: usize,
    stop: usize,
) -> PyResult<Option<usize>> {
    let mut i = start;
    while i < stop {
        let Some(x) = array.get(vm, i)? else { break };
        if vm.compare_bool(x.value(), v, Cmp::Eq)? {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}
pub(super) fn extend_with(vm: &Vm, array: &PyArray, source: Value) -> PyResult<()> {
    if let Some(other) = source.cast::<PyArray>() {
        if other.code != array.code {
            return Err(vm.type_error("can only extend with array of same kind"));
        }
        let bytes = other.bytes().to_vec();
        return array.push_bytes(vm, &bytes);
    }
    vm.for_each(source, |x| {
        array.push(vm, x.value())?;
        Ok(true)
    })
}

fn buffer_info(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let address = array.bytes().as_ptr() as usize;
    Ok(PyTuple::pair(new_usize(address), new_usize(array.len())))
}
fn byteswap(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let w = array.width;
    for x in array.data.get_mut().0.chunks_exact_mut(w) {
        x.reverse();
    }
    Ok(Owned::NONE)
}
fn clear(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    array_of(vm, a[0])?.resizable(vm)?.clear();
    Ok(Owned::NONE)
}
fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    Ok(array.like(array.bytes().to_vec()))
}
fn count(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let (mut n, mut at) = (0, 0);
    while let Some(i) = find(vm, array, a[1], at, usize::MAX)? {
        n += 1;
        at = i + 1;
    }
    Ok(new_usize(n))
}
fn fromfile(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let n = vm.to_size(a[2])?;
    let Ok(n) = usize::try_from(n) else {
        return Err(vm.value_error("negative count"));
    };
    let Some(want) = n.checked_mul(array.width).filter(|w| *w <= isize::MAX as usize) else {
        return Err(vm.memory_error());
    };
    let size = new_usize(want);
    let got = vm.call_method(a[1], vm.names.read.value(), &[size.value()])?;
    let Some(b) = got.cast::<PyBytes>() else {
        return Err(vm.type_error("read() didn't return bytes"));
    };
    let complete = b.as_slice().len() == want;
    array.push_bytes(vm, b.as_slice())?;
    if !complete {
        return Err(vm.error(vm.exc.EOFError, "read() didn't return enough bytes"));
    }
    Ok(Owned::NONE)
}
fn fromlist(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let Some(l) = a[1].cast::<PyList>() else {
        return Err(vm.type_error("arg must be list"));
    };
    let before = array.bytes().len();
    let n = l.len();
    for i in 0..n {
        let result = match l.get(i) {
            Some(x) if l.len() == n => array.push(vm, x.value()),
            _ => Err(vm.runtime_error("list changed size during iteration")),
        };
        if let Err(e) = result {
            // All or nothing.
            array.resizable(vm)?.truncate(before);
            return Err(e);
        }
    }
    Ok(Owned::NONE)
}
fn frombytes(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let bytes = vm.bytes_of(a[1])?;
    array.push_bytes(vm, &bytes)?;
    Ok(Owned::NONE)
}
fn fromunicode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let Some(s) = a[1].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "fromunicode() argument must be str, not {}",
            a[1].class().name_str()
        )));
    };
    if !item::is_unicode(array.code) {
        return Err(vm.value_error(
            "fromunicode() may only be called on unicode type arrays ('u' or 'w')",
        ));
    }
    push_text(vm, array, s)?;
    Ok(Owned::NONE)
}
fn tounicode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    if !item::is_unicode(array.code) {
        return Err(vm.value_error(
            "tounicode() may only be called on unicode type arrays ('u' or 'w')",
        ));
    }
    Ok(PyStr::from_buf(&text_buf(array)))
}
fn index(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let start = clipped_bound(vm, a[2], 0, array.len())?;
    let stop = clipped_bound(vm, a[3], isize::MAX, array.len())?;
    match find(vm, array, a[1], start, stop)? {
        Some(i) => Ok(new_usize(i)),
        None => Err(vm.value_error("array.index(x): x not in array")),
    }
}
fn insert(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let i = vm.to_size(a[1])?;
    let b = item::write(vm, array.code, a[2])?;
    let (n, w) = (array.len() as isize, array.width);
    let i = if i < 0 { i.saturating_add(n).max(0) } else { i.min(n) } as usize;
    let bytes = b.get(..w).unwrap_or(&b).to_vec();
    array.resizable(vm)?.splice(i * w..i * w, bytes);
    Ok(Owned::NONE)
}
fn pop(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let i = match a[1].non_null() {
        Some(i) => vm.to_size(i)? as i64,
        None => -1,
    };
    if array.len() == 0 {
        return Err(vm.index_error("pop from empty array"));
    }
    let place = vm.position(i, array.len());
    let Some((i, x)) = place.and_then(|i| Some((i, array.get(vm, i).transpose()?))) else {
        return Err(vm.index_error("pop index out of range"));
    };
    let w = array.width;
    array.resizable(vm)?.drain(i * w..(i + 1) * w);
    x
}
fn remove(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let Some(i) = find(vm, array, a[1], 0, usize::MAX)? else {
        return Err(vm.value_error("array.remove(x): x not in array"));
    };
    let w = array.width;
    let data = array.resizable(vm)?;
    if (i + 1) * w <= data.len() {
        data.drain(i * w..(i + 1) * w);
    }
    Ok(Owned::NONE)
}
fn reverse(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let w = array.width;
    let turned: Vec<u8> = array.bytes().chunks_exact(w).rev().flatten().copied().collect();
    array.data.get_mut().0.copy_from_slice(&turned);
    Ok(Owned::NONE)
}
fn tofile(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    let all = array.bytes().to_vec();
    for block in all.chunks(64 * 1024) {
        let b = PyBytes::new(block);
        vm.call_method(a[1], vm.names.write.value(), &[b.value()])?;
    }
    Ok(Owned::NONE)
}
