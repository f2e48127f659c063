//! `bytearray`: the payload, the class and its slots. Methods that change it stand in `mutate.rs`, those it shares with
//! `bytes` in `bytes/shared.rs`.

mod mutate;

use crate::bytes::{ByteArg, SHARED, Source, repeat_bytes, shared, source};
use pyjit_core::buffer::BufferView;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::add_methods;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// A bytearray.
    pub struct PyByteArray as "bytearray", nogc {
        pub data: MutCell<NoTrace<Vec<u8>>>,
        /// Buffers that point into the data: while there are any, it must not be resized.
        pub exports: Cell<usize>,
    }
}
py_class! {
    /// Iterator of a bytearray; the array becomes NULL at the end.
    pub struct PyByteArrayIter as "bytearray_iterator" { pub array: MutCell<Owned>, pub index: Cell<usize> }
}

impl PyByteArray {
    /// A bytearray of a class.
    pub fn new_in(class: &'static TypeObject, data: Vec<u8>) -> Owned {
        new_object(
            class,
            PyByteArray {
                data: MutCell::new(NoTrace(data)),
                exports: Cell::new(0),
            },
        )
    }
    pub fn new(data: Vec<u8>) -> Owned {
        PyByteArray::new_in(PyByteArray::class(), data)
    }
    /// The bytes now; nothing that may change the array runs while the slice is used.
    pub fn as_slice(&self) -> &[u8] {
        &self.data.get().0
    }
    /// The vector, to be resized; BufferError while buffers point into it.
    #[allow(clippy::mut_from_ref)] // as MutCell
    pub fn resizable(&self, vm: &Vm) -> PyResult<&mut Vec<u8>> {
        if self.exports.get() > 0 {
            return Err(vm.buffer_error("Existing exports of data: object cannot be re-sized"));
        }
        Ok(&mut self.data.get_mut().0)
    }
}

/// Defines the class and its methods.
pub fn define(vm: &Vm) {
    let class = define_class::<PyByteArray>(
        vm,
        ClassSpec {
            flags: type_flags::BASE | type_flags::MATCH_SELF,
            doc: Some(
                "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\nbytearray(bytes_or_buffer) -> bytearray\nbytearray(int) -> bytearray\nbytearray() -> bytearray\n\nA mutable sequence of bytes.",
            ),
            slots: |s| {
                s.new
                    .set(Some(|_, class, _| Ok(PyByteArray::new_in(class, vec![]))));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.str.set(Some(|vm, v| {
                    if vm.options().bytes_warning > 0 {
                        vm.warn(vm.exc.BytesWarning, "str() on a bytearray instance", 1)?;
                    }
                    repr(vm, v)
                }));
                s.compare.set(Some(compare));
                s.hash.set(Some(pyjit_core::protocol::unhashable));
                s.iter.set(Some(|_, v| {
                    Ok(new_object(
                        PyByteArrayIter::class(),
                        PyByteArrayIter {
                            array: MutCell::new(v.own()),
                            index: Cell::new(0),
                        },
                    ))
                }));
                s.len
                    .set(Some(|_, v| Ok(this(v).map_or(0, |a| a.as_slice().len()))));
                s.contains.set(Some(crate::bytes::contains));
                s.getitem.set(Some(getitem));
                s.setitem.set(Some(mutate::setitem));
                s.concat.set(Some(concat));
                s.repeat.set(Some(repeat));
                s.iconcat.set(Some(mutate::iconcat));
                s.irepeat.set(Some(mutate::irepeat));
                s.rem.set(Some(shared::rem));
                s.buffer.set(Some(buffer));
            },
            methods: mutate::METHODS,
            ..ClassSpec::new("bytearray")
        },
    );
    add_methods(vm, class, SHARED);
    class.dict().set_str(vm.names.__hash__.value(), Owned::NONE);
    define_class::<PyByteArrayIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: ITER_METHODS,
            ..ClassSpec::new("bytearray_iterator")
        },
    );
}

fn this<'a>(v: Value) -> Option<&'a PyByteArray> {
    v.cast::<PyByteArray>()
}

static INIT: Sig = Sig::parse("(source=b'', encoding='utf-8', errors='strict')");

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let who = Callee {
        name: "bytearray",
        qualified: &|| "bytearray".to_owned(),
        bound: false,
    };
    bind(vm, &INIT, who, args, |a| {
        let Some(array) = this(v) else { return Ok(()) };
        if !array.as_slice().is_empty() {
            array.resizable(vm)?.clear();
        }
        let data = match source(vm, a[0], a[1], a[2], "bytearray")? {
            Source::Data(d) => d,
            Source::Object(o) => vm.bytes_of(o.value())?,
        };
        *array.resizable(vm)? = data;
        Ok(())
    })
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(a) = this(v) else {
        return Ok(vm.empty_str.clone());
    };
    let data = a.as_slice();
    let quote = if data.contains(&b'\'') && !data.contains(&b'"') {
        '"'
    } else {
        '\''
    };
    let mut out = format!("{}(b{quote}", v.class().name_str());
    for b in data {
        match b {
            b'\'' | b'\\' => {
                out.push('\\');
                out.push(char::from(*b));
            }
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            0x20..=0x7e => out.push(char::from(*b)),
            _ => out.push_str(&format!("\\x{b:02x}")),
        }
    }
    out.push(quote);
    out.push(')');
    Ok(PyStr::from_str(&out))
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (ByteArg::maybe(vm, a)?, ByteArg::maybe(vm, b)?) else {
        if vm.options().bytes_warning > 0
            && matches!(op, Cmp::Eq | Cmp::Ne)
            && (a.isa::<PyStr>() || b.isa::<PyStr>())
        {
            vm.warn(
                vm.exc.BytesWarning,
                "Comparison between bytearray and string",
                1,
            )?;
        }
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    Ok(Owned::bool(match op {
        Cmp::Eq => *x == *y,
        Cmp::Ne => *x != *y,
        _ => op.of(x.as_slice().cmp(y.as_slice())),
    }))
}

fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let Some(a) = this(v) else {
        return Ok(Owned::NONE);
    };
    if let Some(slice) = key.cast::<PySlice>() {
        let (start, stop, step) = slice.unpack(vm)?;
        let data = a.as_slice();
        let r = SliceBounds::adjust(start, stop, step, data.len());
        return Ok(PyByteArray::new(shared::sliced(data, r)));
    }
    let i = shared::position(vm, key, "bytearray")?;
    let data = a.as_slice();
    match vm.position(i, data.len()).and_then(|i| data.get(i)) {
        Some(b) => Ok(Owned::small(i64::from(*b))),
        None => Err(vm.index_error("bytearray index out of range")),
    }
}

fn concat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (ByteArg::maybe(vm, a)?, ByteArg::maybe(vm, b)?) else {
        return Err(vm.type_error(format!(
            "can't concat {} to {}",
            b.class().name_str(),
            a.class().name_str()
        )));
    };
    Ok(PyByteArray::new([&*x, &*y].concat()))
}

fn repeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let n = vm.repeat_count(n)?;
    let data = this(v).map_or(&[][..], |a| a.as_slice());
    Ok(PyByteArray::new(repeat_bytes(vm, data, n)?))
}

fn buffer(_: &Vm, v: Value, _: bool) -> PyResult<BufferView> {
    let (ptr, len) = match this(v) {
        Some(a) => {
            a.exports.set(a.exports.get() + 1);
            let data = &mut a.data.get_mut().0;
            (data.as_mut_ptr(), data.len())
        }
        None => (std::ptr::NonNull::dangling().as_ptr(), 0),
    };
    Ok(BufferView::bytes(
        v.own(),
        ptr,
        len,
        false,
        Some(|v| {
            if let Some(a) = this(v) {
                a.exports.set(a.exports.get().saturating_sub(1));
            }
        }),
    ))
}

fn next(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyByteArrayIter>() else {
        return Ok(Owned::NULL);
    };
    let Some(a) = this(it.array.value()) else {
        return Ok(Owned::NULL);
    };
    let i = it.index.get();
    match a.as_slice().get(i) {
        Some(b) => {
            it.index.set(i + 1);
            Ok(Owned::small(i64::from(*b)))
        }
        None => {
            it.array.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}

static ITER_METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__length_hint__",
        "(self, /)",
        |_, a| {
            let n = a[0].cast::<PyByteArrayIter>().map_or(0, |it| {
                let len = this(it.array.value()).map_or(0, |a| a.as_slice().len());
                len.saturating_sub(it.index.get())
            });
            Ok(new_usize(n))
        },
        "How many bytes are left.",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let iter = crate::str::builtin(vm, "iter")?;
            let Some(it) = a[0].cast::<PyByteArrayIter>() else {
                return Ok(Owned::NONE);
            };
            if it.array.value().is_null() {
                let none = PyTuple::new(vec![PyTuple::empty()]);
                return Ok(PyTuple::new(vec![iter, none]));
            }
            let arg = PyTuple::new(vec![it.array.own()]);
            Ok(PyTuple::new(vec![iter, arg, new_usize(it.index.get())]))
        },
        "Support for pickling.",
    ),
    MethodDef::new(
        "__setstate__",
        "(self, state, /)",
        |vm, a| {
            let n = vm.to_size(a[1])?.max(0) as usize;
            if let Some(it) = a[0].cast::<PyByteArrayIter>()
                && let Some(b) = this(it.array.value())
            {
                it.index.set(n.min(b.as_slice().len()));
            }
            Ok(Owned::NONE)
        },
        "Go to a position.",
    ),
];
