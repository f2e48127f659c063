//! `bytes`: the class, its slots and construction. What it has in common with `bytearray` stands in `shared.rs`.

mod arg;
mod build;
mod chars;
mod iter;
mod search;
pub(crate) mod shared;

pub use arg::ByteArg;
pub(crate) use build::byte;
pub(crate) use build::{Source, from_iterable, repeat_bytes, source};
pub(crate) use chars::hex_text;
pub(crate) use search::contains;
pub(crate) use shared::SHARED;

use pyjit_core::buffer::BufferView;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::add_methods;
use pyjit_core::prelude::*;
use pyjit_text::escape;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    let class = define_class::<PyBytes>(
        vm,
        ClassSpec {
            flags: type_flags::BASE | type_flags::BYTES_SUBCLASS | type_flags::MATCH_SELF,
            doc: Some(
                "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> bytes\nbytes(int) -> bytes\nbytes() -> bytes\n\nAn immutable sequence of bytes.",
            ),
            slots: |s| {
                s.new.set(Some(bytes_new));
                s.repr.set(Some(|_, v| {
                    Ok(PyStr::from_str(&escape::repr_bytes(this(v))))
                }));
                s.str.set(Some(bytes_str));
                s.hash
                    .set(Some(|_, v| Ok(v.cast::<PyBytes>().map_or(0, |b| b.hash()))));
                s.compare.set(Some(bytes_compare));
                s.iter.set(Some(iter::bytes_iter));
                s.len.set(Some(|_, v| Ok(this(v).len())));
                s.contains.set(Some(search::contains));
                s.getitem.set(Some(bytes_getitem));
                s.concat.set(Some(bytes_concat));
                s.repeat.set(Some(bytes_repeat));
                s.rem.set(Some(shared::rem));
                s.buffer.set(Some(bytes_buffer));
            },
            methods: METHODS,
            ..ClassSpec::new("bytes")
        },
    );
    add_methods(vm, class, SHARED);
    iter::define(vm);
}

/// The bytes of a receiver, which is a bytes object.
fn this<'a>(v: Value) -> &'a [u8] {
    v.cast::<PyBytes>().map_or(&[], |b| b.as_slice())
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__getnewargs__",
        "(self, /)",
        |_, a| Ok(PyTuple::new(vec![PyBytes::new(this(a[0]))])),
        "Support for pickling.",
    ),
    MethodDef::new(
        "__bytes__",
        "(self, /)",
        |_, a| {
            Ok(if a[0].is_exact::<PyBytes>() {
                a[0].own()
            } else {
                PyBytes::new(this(a[0]))
            })
        },
        "The bytes themselves.",
    ),
    MethodDef::new(
        "__sizeof__",
        "(self, /)",
        |_, a| Ok(new_usize(33 + this(a[0]).len())),
        "Size of the object in memory, in bytes.",
    ),
];

static NEW: Sig = Sig::parse("(source=b'', encoding='utf-8', errors='strict')");

fn bytes_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "bytes",
        qualified: &|| "bytes".to_owned(),
        bound: false,
    };
    let made = bind(vm, &NEW, who, args, |a| {
        let (x, encoding, errors) = (a[0], a[1], a[2]);
        if encoding.is_null() && errors.is_null() && !x.is_null() {
            if x.is_exact::<PyBytes>() {
                return Ok(x.own());
            }
            if let Some(m) = vm.special(x, vm.names.__bytes__.value())? {
                let r = vm.call(m.value(), &[])?;
                if !r.isa::<PyBytes>() {
                    return Err(vm.type_error(format!(
                        "__bytes__ returned non-bytes (type {})",
                        r.class().name_str()
                    )));
                }
                return Ok(r);
            }
        }
        Ok(match source(vm, x, encoding, errors, "bytes")? {
            Source::Object(o) => o,
            Source::Data(d) => PyBytes::new(&d),
        })
    })?;
    if class.same(PyBytes::class()) {
        return Ok(made);
    }
    Ok(PyBytes::new_in(class, this(made.value())))
}

fn bytes_str(vm: &Vm, v: Value) -> PyResult<Owned> {
    if vm.options().bytes_warning > 0 {
        vm.warn(vm.exc.BytesWarning, "str() on a bytes instance", 1)?;
    }
    Ok(PyStr::from_str(&escape::repr_bytes(this(v))))
}

fn bytes_compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyBytes>(), b.cast::<PyBytes>()) else {
        if vm.options().bytes_warning > 0 && matches!(op, Cmp::Eq | Cmp::Ne) {
            let other = if a.isa::<PyBytes>() { b } else { a };
            if other.isa::<PyStr>() {
                vm.warn(
                    vm.exc.BytesWarning,
                    "Comparison between bytes and string",
                    1,
                )?;
            } else if other.as_int().is_some() {
                vm.warn(vm.exc.BytesWarning, "Comparison between bytes and int", 1)?;
            }
        }
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let (x, y) = (x.as_slice(), y.as_slice());
    Ok(Owned::bool(match op {
        Cmp::Eq => x == y,
        Cmp::Ne => x != y,
        _ => op.of(x.cmp(y)),
    }))
}

fn bytes_getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let b = this(v);
    if let Some(slice) = key.cast::<PySlice>() {
        let r = slice.bounds(vm, b.len())?;
        if r.step == 1 && r.len == b.len() && v.is_exact::<PyBytes>() {
            return Ok(v.own());
        }
        return Ok(PyBytes::new(&shared::sliced(b, r)));
    }
    let i = shared::position(vm, key, "byte")?;
    match vm.position(i, b.len()) {
        Some(i) => Ok(Owned::small(i64::from(b[i]))),
        None => Err(vm.index_error("index out of range")),
    }
}

fn bytes_concat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    if b.class().slots.buffer.get().is_none() {
        return Err(vm.type_error(format!(
            "can't concat {} to {}",
            b.class().name_str(),
            a.class().name_str()
        )));
    }
    let y = ByteArg::new(vm, b)?;
    let x = this(a);
    if y.is_empty() && a.is_exact::<PyBytes>() {
        return Ok(a.own());
    }
    if x.is_empty() && b.is_exact::<PyBytes>() {
        return Ok(b.own());
    }
    Ok(PyBytes::new(&[x, &*y].concat()))
}

fn bytes_repeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let n = vm.repeat_count(n)?;
    if n == 1 && v.is_exact::<PyBytes>() {
        return Ok(v.own());
    }
    Ok(PyBytes::new(&repeat_bytes(vm, this(v), n)?))
}

fn bytes_buffer(vm: &Vm, v: Value, writable: bool) -> PyResult<BufferView> {
    if writable {
        return Err(vm.buffer_error("Object is not writable."));
    }
    let b = this(v);
    Ok(BufferView::bytes(
        v.own(),
        b.as_ptr().cast_mut(),
        b.len(),
        true,
        None,
    ))
}
