//! `_struct`: packing values into bytes and back by format strings.

use crate::{NativeModule, add_class};
use pyjit_codec::layout::{Field, Format, FormatError, Kind, PackError, Value as Read};
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::ClassCell;
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;
use std::cell::Cell;

pub static MODULE: NativeModule = NativeModule::new("_struct", FUNCTIONS).init(init);

static ERROR: ClassCell = ClassCell::new();

py_class! {
    /// A compiled format.
    pub struct PyStruct as "Struct" { pub format: MutCell<Owned>, pub layout: MutCell<NoTrace<Option<Format>>> }
}
py_class! {
    /// Iterator of `iter_unpack`.
    pub struct PyUnpackIter as "unpack_iterator" { pub layout: Owned, pub buffer: MutCell<Owned>, pub index: Cell<usize> }
}

fn error(vm: &Vm, msg: impl AsRef<str>) -> Raised {
    vm.error(ERROR.get(), msg)
}

/// The layout of a format argument.
fn parse(vm: &Vm, v: Value) -> PyResult<(Owned, Format)> {
    let bytes = if let Some(s) = v.cast::<PyStr>() {
        match s.as_ascii() {
            Some(t) => t.as_bytes().to_vec(),
            None => {
                return Err(pyjit_types::str::codecs::encode_native(
                    vm,
                    pyjit_text::codecs::Encoding::Ascii,
                    v,
                    None,
                )
                .err()
                .unwrap_or_else(|| error(vm, "bad char in struct format")));
            }
        }
    } else if let Some(b) = v.cast::<PyBytes>() {
        b.as_slice().to_vec()
    } else {
        return Err(vm.type_error(format!(
            "Struct() argument 1 must be a str or bytes object, not {}",
            v.class().name_str()
        )));
    };
    let layout = Format::parse(&bytes).map_err(|e| match e {
        FormatError::TooLong | FormatError::BadChar => error(vm, e.message()),
        other => error(vm, other.message()),
    })?;
    let text = PyStr::from_str(&String::from_utf8_lossy(&bytes));
    Ok((text, layout))
}

/// The struct object of a format argument, from a small cache.
fn cached(vm: &Vm, v: Value) -> PyResult<Owned> {
    if v.isa::<PyStruct>() {
        return Ok(v.own());
    }
    let cache = vm
        .module_state
        .get_mut()
        .entry("_struct")
        .or_default()
        .clone();
    let hashable = v.is_exact::<PyStr>() || v.is_exact::<PyBytes>();
    if let (Some(d), true) = (cache.cast::<PyDict>(), hashable)
        && let Some(found) = d.get(vm, v)?
    {
        return Ok(found);
    }
    let (text, layout) = parse(vm, v)?;
    let made = new_object(
        PyStruct::class(),
        PyStruct {
            format: MutCell::new(text),
            layout: MutCell::new(NoTrace(Some(layout))),
        },
    );
    if let (Some(d), true) = (cache.cast::<PyDict>(), hashable) {
        if d.len() > 100 {
            d.clear();
        }
        d.set(vm, v, made.clone())?;
    }
    Ok(made)
}

/// The layout of a struct object.
fn layout<'a>(vm: &Vm, v: Value) -> PyResult<&'a Format> {
    match v.cast::<PyStruct>().and_then(|s| s.layout.get().0.as_ref()) {
        Some(l) => Ok(l),
        None => Err(vm.runtime_error("Struct object is not initialized")),
    }
}

fn pack_one(vm: &Vm, l: &Format, f: Field, v: Value, out: &mut [u8]) -> PyResult<()> {
    let ranged = |e: PackError| match e {
        PackError::Range(m) => error(vm, m),
        PackError::Overflow(m) => vm.overflow_error(m),
    };
    match f.kind {
        Kind::Signed | Kind::Unsigned | Kind::Pointer => {
            let i = if v.as_int().is_some() {
                v.own()
            } else if v.class().slots.index.get().is_some() {
                vm.index(v)?
            } else {
                return Err(error(vm, "required argument is not an integer"));
            };
            let wide = match i.as_int() {
                Some(IntRef::Small(i)) => Some(i128::from(i)),
                Some(IntRef::Big(b)) => b.to_i128(),
                None => None,
            };
            f.write_int(wide, out).map_err(ranged)
        }
        Kind::Bool => {
            f.write_bool(vm.truthy(v)?, out);
            Ok(())
        }
        Kind::Float => {
            let x = vm
                .to_f64(v)
                .map_err(|_| error(vm, "required argument is not a float"))?;
            f.write_float(x, out).map_err(ranged)
        }
        Kind::Complex => {
            let z = match v.cast::<PyComplex>() {
                Some(c) => (c.re, c.im),
                None => match vm.to_f64(v) {
                    Ok(x) => (x, 0.0),
                    Err(_) => return Err(error(vm, "required argument is not a complex")),
                },
            };
            f.write_complex(z, l.native, out).map_err(ranged)
        }
        Kind::Char => match v.cast::<PyBytes>().map(|b| b.as_slice()) {
            Some(b) if b.len() == 1 => {
                f.write_bytes(b, out);
                Ok(())
            }
            _ => Err(error(vm, "char format requires a bytes object of length 1")),
        },
        Kind::Bytes | Kind::Pascal => {
            if !v.isa::<PyBytes>() && !v.isa::<pyjit_types::bytearray::PyByteArray>() {
                let c = char::from(f.code);
                return Err(error(vm, format!("argument for '{c}' must be a bytes object")));
            }
            f.write_bytes(&ByteArg::new(vm, v)?, out);
            Ok(())
        }
    }
}

fn pack_values(vm: &Vm, l: &Format, values: &[Value], who: &str) -> PyResult<Vec<u8>> {
    if values.len() != l.fields {
        return Err(error(
            vm,
            format!(
                "{who} expected {} items for packing (got {})",
                l.fields,
                values.len()
            ),
        ));
    }
    if l.size > 1 << 34 {
        return Err(vm.memory_error());
    }
    let mut out = vec![0; l.size];
    for (f, v) in l.each().zip(values) {
        pack_one(vm, l, f, *v, &mut out)?;
    }
    Ok(out)
}

fn unpack_values(l: &Format, data: &[u8]) -> Owned {
    let mut out = Vec::with_capacity(l.fields);
    for f in l.each() {
        out.push(match f.read(data) {
            Some(Read::Int(i)) => new_int(i),
            Some(Read::Uint(u)) => new_u64(u),
            Some(Read::Bool(b)) => Owned::bool(b),
            Some(Read::Float(x)) => new_float(x),
            Some(Read::Complex(re, im)) => new_complex(re, im),
            Some(Read::Bytes(b)) => PyBytes::new(b),
            None => Owned::NONE,
        });
    }
    PyTuple::new(out)
}

fn pack(vm: &Vm, s: Value, values: &[Value]) -> PyResult<Owned> {
    Ok(PyBytes::new(&pack_values(vm, layout(vm, s)?, values, "pack")?))
}

/// Where an offset argument points to in a buffer.
fn place(vm: &Vm, offset: isize, len: usize, size: usize, pack: bool) -> PyResult<usize> {
    if offset < 0 {
        if pack && offset + size as isize > 0 {
            return Err(error(
                vm,
                format!("no space to pack {size} bytes at offset {offset}"),
            ));
        }
        if !pack && offset + size as isize > 0 {
            return Err(error(
                vm,
                format!("not enough data to unpack {size} bytes"),
            ));
        }
        if offset + (len as isize) < 0 {
            return Err(error(
                vm,
                format!("offset {offset} out of range for {len}-byte buffer"),
            ));
        }
    }
    let at = if offset < 0 {
        len - offset.unsigned_abs()
    } else {
        offset as usize
    };
    if len.saturating_sub(at) < size || at > len {
        let need = size.saturating_add(at);
        let (who, doing) = if pack {
            ("pack_into", "packing")
        } else {
            ("unpack_from", "unpacking")
        };
        return Err(error(vm, format!("{who} requires a buffer of at least {need} bytes for {doing} {size} bytes at offset {at} (actual buffer size is {len})")));
    }
    Ok(at)
}

fn pack_into(vm: &Vm, s: Value, args: &[Value]) -> PyResult<Owned> {
    let l = layout(vm, s)?;
    let [buffer, offset, values @ ..] = args else {
        return Err(vm.type_error(if args.is_empty() {
            "pack_into expected buffer argument"
        } else {
            "pack_into expected offset argument"
        }));
    };
    if values.len() != l.fields {
        return Err(error(
            vm,
            format!(
                "pack_into expected {} items for packing (got {})",
                l.fields,
                values.len()
            ),
        ));
    }
    let mut view = vm.buffer(*buffer, true)?;
    if view.readonly {
        return Err(vm.buffer_error("Object is not writable."));
    }
    let offset = vm.to_size(*offset)?;
    let at = place(vm, offset, view.len, l.size, true)?;
    let data = pack_values(vm, l, values, "pack_into")?;
    if let Some(to) = view.as_mut_slice().get_mut(at..at + data.len()) {
        to.copy_from_slice(&data);
    }
    Ok(Owned::NONE)
}

fn unpack(vm: &Vm, s: Value, buffer: Value) -> PyResult<Owned> {
    let l = layout(vm, s)?;
    let data = ByteArg::new(vm, buffer)?;
    if data.len() != l.size {
        return Err(error(
            vm,
            format!("unpack requires a buffer of {} bytes", l.size),
        ));
    }
    Ok(unpack_values(l, &data))
}

fn unpack_from(vm: &Vm, s: Value, buffer: Value, offset: Value) -> PyResult<Owned> {
    let l = layout(vm, s)?;
    let data = ByteArg::new(vm, buffer)?;
    let offset = match offset.non_null() {
        Some(v) => vm.to_size(v)?,
        None => 0,
    };
    let at = place(vm, offset, data.len(), l.size, false)?;
    Ok(unpack_values(l, &data[at..]))
}

fn iter_unpack(vm: &Vm, s: Value, buffer: Value) -> PyResult<Owned> {
    let l = layout(vm, s)?;
    if l.size == 0 {
        return Err(error(
            vm,
            "cannot iteratively unpack with a struct of length 0",
        ));
    }
    let len = ByteArg::new(vm, buffer)?.len();
    if len % l.size != 0 {
        return Err(error(
            vm,
            format!(
                "iterative unpacking requires a buffer of a multiple of {} bytes",
                l.size
            ),
        ));
    }
    Ok(new_object(
        PyUnpackIter::class(),
        PyUnpackIter {
            layout: s.own(),
            buffer: MutCell::new(buffer.own()),
            index: Cell::new(0),
        },
    ))
}

fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyUnpackIter>() else {
        return Ok(Owned::NULL);
    };
    let buffer = it.buffer.own();
    if buffer.value().is_null() {
        return Ok(Owned::NULL);
    }
    let l = layout(vm, it.layout.value())?;
    let data = ByteArg::new(vm, buffer.value())?;
    let at = it.index.get();
    match data.get(at..at + l.size) {
        Some(part) => {
            it.index.set(at + l.size);
            Ok(unpack_values(l, part))
        }
        None => {
            it.buffer.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}

static INIT: Sig = Sig::parse("(format)");

fn struct_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let who = Callee {
        name: "Struct",
        qualified: &|| "Struct".to_owned(),
        bound: false,
    };
    bind(vm, &INIT, who, args, |a| {
        let (text, layout) = parse(vm, a[0])?;
        if let Some(s) = v.cast::<PyStruct>() {
            s.format.set(text);
            s.layout.set(NoTrace(Some(layout)));
        }
        Ok(())
    })
}

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let class = define_plain_class(
        vm,
        ClassSpec {
            module: "struct",
            base: Some(vm.exc.Exception),
            flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
            dict: true,
            ..ClassSpec::new("error")
        },
    );
    ERROR.set(class);
    add_class(m, class);
    let class = define_class::<PyStruct>(
        vm,
        ClassSpec {
            module: "_struct",
            doc: Some("A compiled format."),
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(new_object(
                        class,
                        PyStruct {
                            format: MutCell::new(Owned::NONE),
                            layout: MutCell::new(NoTrace(None)),
                        },
                    ))
                }));
                s.init.set(Some(struct_init));
                s.repr.set(Some(|vm, v| {
                    layout(vm, v)?;
                    let f = v
                        .cast::<PyStruct>()
                        .map_or(Owned::NONE, |s| s.format.own());
                    let shown = vm.repr_text(f.value())?;
                    let name = v.class().short_name();
                    Ok(PyStr::from_str(&format!("{name}({shown})")))
                }));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("Struct")
        },
    );
    add_class(m, class);
    define_class::<PyUnpackIter>(
        vm,
        ClassSpec {
            module: "_struct",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: ITER_METHODS,
            ..ClassSpec::new("unpack_iterator")
        },
    );
    Ok(())
}

static ITER_METHODS: &[MethodDef] = &[MethodDef::new(
    "__length_hint__",
    "(self, /)",
    |vm, a| {
        let Some(it) = a[0].cast::<PyUnpackIter>() else {
            return Ok(Owned::small(0));
        };
        let buffer = it.buffer.own();
        if buffer.value().is_null() {
            return Ok(Owned::small(0));
        }
        let size = layout(vm, it.layout.value())?.size.max(1);
        let left = ByteArg::new(vm, buffer.value())?
            .len()
            .saturating_sub(it.index.get());
        Ok(new_usize(left / size))
    },
    "How many tuples are left.",
)];

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "pack",
        "(self, /, *values)",
        |vm, a| pack(vm, a[0], vm.tuple_items(a[1])),
        "The values as bytes.",
    ),
    MethodDef::new(
        "pack_into",
        "(self, /, *args)",
        |vm, a| pack_into(vm, a[0], vm.tuple_items(a[1])),
        "Write the values into a buffer at an offset.",
    ),
    MethodDef::new(
        "unpack",
        "(self, buffer, /)",
        |vm, a| unpack(vm, a[0], a[1]),
        "The values in a buffer as a tuple.",
    ),
    MethodDef::new(
        "unpack_from",
        "(self, /, buffer, offset=0)",
        |vm, a| unpack_from(vm, a[0], a[1], a[2]),
        "The values in a buffer from an offset on.",
    ),
    MethodDef::new(
        "iter_unpack",
        "(self, buffer, /)",
        |vm, a| iter_unpack(vm, a[0], a[1]),
        "An iterator over tuples of values.",
    ),
    MethodDef::new(
        "__sizeof__",
        "(self, /)",
        |vm, a| Ok(new_usize(56 + 32 * (layout(vm, a[0])?.items.len() + 1))),
        "Size of the object in memory, in bytes.",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("format", |vm, v| {
        layout(vm, v)?;
        Ok(v.cast::<PyStruct>().map_or(Owned::NONE, |s| s.format.own()))
    })
    .doc("The format string."),
    GetSetDef::read("size", |vm, v| Ok(new_usize(layout(vm, v)?.size)))
        .doc("Bytes of the whole."),
];

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "_clearcache",
        "()",
        |vm, _| {
            vm.module_state.get_mut().remove("_struct");
            Ok(Owned::NONE)
        },
        "Forget the compiled formats.",
    ),
    MethodDef::function(
        "calcsize",
        "(format, /)",
        |vm, a| Ok(new_usize(layout(vm, cached(vm, a[0])?.value())?.size)),
        "Bytes of a format.",
    ),
    MethodDef::function(
        "pack",
        "(format, /, *values)",
        |vm, a| {
            let s = cached(vm, a[0])?;
            pack(vm, s.value(), vm.tuple_items(a[1]))
        },
        "The values as bytes.",
    ),
    MethodDef::function(
        "pack_into",
        "(format, /, *args)",
        |vm, a| {
            let s = cached(vm, a[0])?;
            pack_into(vm, s.value(), vm.tuple_items(a[1]))
        },
        "Write the values into a buffer at an offset.",
    ),
    MethodDef::function(
        "unpack",
        "(format, buffer, /)",
        |vm, a| {
            let s = cached(vm, a[0])?;
            unpack(vm, s.value(), a[1])
        },
        "The values in a buffer as a tuple.",
    ),
    MethodDef::function(
        "unpack_from",
        "(format, /, buffer, offset=0)",
        |vm, a| {
            let s = cached(vm, a[0])?;
            unpack_from(vm, s.value(), a[1], a[2])
        },
        "The values in a buffer from an offset on.",
    ),
    MethodDef::function(
        "iter_unpack",
        "(format, buffer, /)",
        |vm, a| {
            let s = cached(vm, a[0])?;
            iter_unpack(vm, s.value(), a[1])
        },
        "An iterator over tuples of values.",
    ),
];
