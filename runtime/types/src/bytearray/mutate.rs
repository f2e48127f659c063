//! Methods that change a bytearray.

use super::{PyByteArray, this};
use crate::bytes::{ByteArg, byte, from_iterable, repeat_bytes, shared};
use pyjit_core::prelude::*;

fn array<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyByteArray> {
    this(v).ok_or_else(|| vm.type_error("a bytearray is required"))
}

/// `a[key] = value`, or deletion with a NULL value.
pub(super) fn setitem(vm: &Vm, v: Value, key: Value, value: Value) -> PyResult<()> {
    let a = array(vm, v)?;
    let Some(slice) = key.cast::<PySlice>() else {
        let i = shared::position(vm, key, "bytearray")?;
        let out_of_range = || vm.index_error("bytearray index out of range");
        if value.is_null() {
            let at = vm
                .position(i, a.as_slice().len())
                .ok_or_else(out_of_range)?;
            a.resizable(vm)?.remove(at);
            return Ok(());
        }
        let b = byte(vm, value, "byte")?;
        let data = &mut a.data.get_mut().0;
        let at = vm.position(i, data.len()).ok_or_else(out_of_range)?;
        data[at] = b;
        return Ok(());
    };
    let new = if value.is_null() {
        vec![]
    } else {
        replacement(vm, value)?
    };
    let (start, stop, step) = slice.unpack(vm)?;
    let r = SliceBounds::adjust(start, stop, step, a.as_slice().len());
    if step == 1 {
        let start = r.start.max(0) as usize;
        if new.len() == r.len {
            a.data.get_mut().0[start..start + r.len].copy_from_slice(&new);
        } else {
            a.resizable(vm)?.splice(start..start + r.len, new);
        }
        return Ok(());
    }
    if value.is_null() {
        let mut gone: Vec<usize> = r.positions().collect();
        gone.sort_unstable();
        let data = a.resizable(vm)?;
        let (mut i, mut at) = (0, 0);
        data.retain(|_| {
            let drop = gone.get(at) == Some(&i);
            at += usize::from(drop);
            i += 1;
            !drop
        });
        return Ok(());
    }
    if new.len() != r.len {
        return Err(vm.value_error(format!(
            "attempt to assign bytes of size {} to extended slice of size {}",
            new.len(),
            r.len
        )));
    }
    let data = &mut a.data.get_mut().0;
    for (i, b) in r.positions().zip(new) {
        if let Some(place) = data.get_mut(i) {
            *place = b;
        }
    }
    Ok(())
}

/// The bytes that a slice assignment takes from a value.
fn replacement(vm: &Vm, v: Value) -> PyResult<Vec<u8>> {
    if let Some(b) = ByteArg::maybe(vm, v)? {
        return Ok(b.to_vec());
    }
    let iterable = v.class().slots.iter.get().is_some() || v.class().slots.getitem.get().is_some();
    if v.isa::<PyStr>() || v.as_int().is_some() || !iterable {
        return Err(
            vm.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
        );
    }
    from_iterable(vm, v, "byte")
}

pub(super) fn iconcat(vm: &Vm, v: Value, other: Value) -> PyResult<Owned> {
    let Some(b) = ByteArg::maybe(vm, other)? else {
        return Err(vm.type_error(format!(
            "can't concat {} to {}",
            other.class().name_str(),
            v.class().name_str()
        )));
    };
    let more = if other.is(v) {
        let copy = b.to_vec();
        drop(b);
        copy
    } else {
        b.to_vec()
    };
    array(vm, v)?.resizable(vm)?.extend_from_slice(&more);
    Ok(v.own())
}
pub(super) fn irepeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let n = vm.repeat_count(n)?;
    let a = array(vm, v)?;
    let data = repeat_bytes(vm, a.as_slice(), n)?;
    if data.len() != a.as_slice().len() {
        *a.resizable(vm)? = data;
    }
    Ok(v.own())
}

fn append(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = byte(vm, a[1], "byte")?;
    array(vm, a[0])?.resizable(vm)?.push(b);
    Ok(Owned::NONE)
}
fn clear(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    array(vm, a[0])?.resizable(vm)?.clear();
    Ok(Owned::NONE)
}
fn extend(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = a[1];
    let more = if let Some(b) = ByteArg::maybe(vm, x)? {
        b.to_vec()
    } else {
        if x.class().slots.iter.get().is_none() && x.class().slots.getitem.get().is_none() {
            return Err(vm.type_error(format!(
                "can't extend bytearray with {}",
                x.class().name_str()
            )));
        }
        if x.isa::<PyStr>() && vm.len(x)? > 0 {
            return Err(vm.type_error("expected iterable of integers; got: 'str'"));
        }
        from_iterable(vm, x, "byte")?
    };
    let array = array(vm, a[0])?;
    if !more.is_empty() {
        array.resizable(vm)?.extend_from_slice(&more);
    }
    Ok(Owned::NONE)
}
fn insert(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let i = vm.to_size(a[1])?;
    let b = byte(vm, a[2], "byte")?;
    let data = array(vm, a[0])?.resizable(vm)?;
    let n = data.len();
    let at = if i < 0 {
        n.saturating_sub(i.unsigned_abs())
    } else {
        (i as usize).min(n)
    };
    data.insert(at, b);
    Ok(Owned::NONE)
}
fn pop(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let i = match a[1].non_null() {
        Some(v) => vm.to_size(v)? as i64,
        None => -1,
    };
    let array = array(vm, a[0])?;
    let n = array.as_slice().len();
    if n == 0 {
        return Err(vm.index_error("pop from empty bytearray"));
    }
    match vm.position(i, n) {
        Some(at) => Ok(Owned::small(i64::from(array.resizable(vm)?.remove(at)))),
        None => Err(vm.index_error("pop index out of range")),
    }
}
fn remove(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = byte(vm, a[1], "byte")?;
    let array = array(vm, a[0])?;
    match array.as_slice().iter().position(|x| *x == b) {
        Some(at) => {
            array.resizable(vm)?.remove(at);
            Ok(Owned::NONE)
        }
        None => Err(vm.value_error("value not found in bytearray")),
    }
}
fn resize(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.to_size(a[1])?;
    if n < 0 {
        return Err(vm.value_error(format!("Can only resize to positive sizes, got {n}")));
    }
    if n > 1 << 34 {
        return Err(vm.memory_error());
    }
    let array = array(vm, a[0])?;
    if n as usize != array.as_slice().len() {
        array.resizable(vm)?.resize(n as usize, 0);
    }
    Ok(Owned::NONE)
}
fn reverse(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    array(vm, a[0])?.data.get_mut().0.reverse();
    Ok(Owned::NONE)
}
fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyByteArray::new(array(vm, a[0])?.as_slice().to_vec()))
}

fn reduced(vm: &Vm, v: Value, proto: i32) -> PyResult<Owned> {
    let data = array(vm, v)?.as_slice();
    let args = if data.is_empty() {
        PyTuple::empty()
    } else if proto < 3 {
        let text = PyStr::from_text(pyjit_text::repr::Text::of_latin1(data));
        PyTuple::new(vec![text, PyStr::from_str("latin-1")])
    } else {
        PyTuple::new(vec![PyBytes::new(data)])
    };
    let state = match vm.getattr_opt(v, vm.names.__dict__.value())? {
        Some(d) if vm.len(d.value())? > 0 => d,
        _ => Owned::NONE,
    };
    Ok(PyTuple::new(vec![v.class().as_owned(), args, state]))
}

macro_rules! m {
    ($name:literal, $sig:literal, $f:expr, $doc:literal) => {
        MethodDef::new($name, $sig, $f, $doc)
    };
}

pub(super) static METHODS: &[MethodDef] = &[
    m!(
        "__release_buffer__",
        "(self, buffer, /)",
        crate::memoryview::release_buffer_method,
        "Release the buffer object that exposes the underlying memory of the object."
    ),
    m!(
        "__alloc__",
        "(self, /)",
        |vm, a| {
            let n = array(vm, a[0])?.as_slice().len();
            Ok(new_usize(if n == 0 { 0 } else { n + 1 }))
        },
        "How many bytes are allocated."
    ),
    m!(
        "__reduce__",
        "(self, /)",
        |vm, a| reduced(vm, a[0], 2),
        "Support for pickling."
    ),
    m!(
        "__reduce_ex__",
        "(self, proto=0, /)",
        |vm, a| {
            let proto = match a[1].non_null() {
                Some(v) => vm.to_i32(v)?,
                None => 0,
            };
            reduced(vm, a[0], proto)
        },
        "Support for pickling."
    ),
    m!(
        "__sizeof__",
        "(self, /)",
        |vm, a| {
            let n = array(vm, a[0])?.as_slice().len();
            Ok(new_usize(56 + if n == 0 { 0 } else { n + 1 }))
        },
        "Size of the object in memory, in bytes."
    ),
    m!("append", "(self, item, /)", append, "Append one byte."),
    m!("clear", "(self, /)", clear, "Remove all bytes."),
    m!("copy", "(self, /)", copy, "A copy."),
    m!(
        "extend",
        "(self, iterable_of_ints, /)",
        extend,
        "Append all bytes of an iterable or buffer."
    ),
    m!(
        "insert",
        "(self, index, item, /)",
        insert,
        "Insert one byte before the index."
    ),
    m!(
        "pop",
        "(self, index=-1, /)",
        pop,
        "Remove and return the byte at the index."
    ),
    m!(
        "remove",
        "(self, value, /)",
        remove,
        "Remove the first occurrence of a byte."
    ),
    m!(
        "resize",
        "(self, size, /)",
        resize,
        "Change the length; new bytes are zero."
    ),
    m!(
        "reverse",
        "(self, /)",
        reverse,
        "Reverse the bytes in place."
    ),
];
