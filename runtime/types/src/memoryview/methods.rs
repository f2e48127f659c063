//! Methods and attributes of memoryviews.

use super::item::{format_size, native, unpack_item};
use super::{Form, PyMemoryView, new_view, this};
use crate::bytes::hex_text;
use pyjit_core::prelude::*;

fn view<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyMemoryView> {
    let Some(m) = this(v) else {
        return Err(vm.type_error("a memoryview is required"));
    };
    m.check(vm)?;
    Ok(m)
}

fn release(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(m) = this(a[0]) else {
        return Ok(Owned::NONE);
    };
    let n = m.exports.get();
    if n > 0 {
        let s = if n == 1 { "" } else { "s" };
        return Err(vm.buffer_error(format!("memoryview has {n} exported buffer{s}")));
    }
    m.managed.set(Owned::NULL);
    Ok(Owned::NONE)
}

fn tobytes(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = view(vm, a[0])?;
    let order = match a[1].given() {
        None => "C".to_owned(),
        Some(v) => match v.cast::<PyStr>() {
            Some(s) => s.to_lossy(),
            None => {
                return Err(vm.type_error(format!(
                    "tobytes() argument 'order' must be str or None, not {}",
                    v.class().name_str()
                )));
            }
        },
    };
    let fortran = match order.as_str() {
        "C" => false,
        "F" => true,
        "A" => m.form.contiguous(true) && !m.form.contiguous(false),
        _ => return Err(vm.value_error("order must be 'C', 'F' or 'A'")),
    };
    if !fortran || m.form.shape.len() < 2 {
        return Ok(PyBytes::new(&m.to_bytes()));
    }
    let mut form = m.form.0.clone();
    form.shape.reverse();
    form.strides.reverse();
    let mut out = Vec::with_capacity(form.nbytes());
    for o in form.offsets() {
        out.extend_from_slice(m.item_bytes(o));
    }
    Ok(PyBytes::new(&out))
}

fn tolist(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = view(vm, a[0])?;
    fn level(vm: &Vm, m: &PyMemoryView, dim: usize, offset: isize) -> PyResult<Owned> {
        let (Some(n), Some(s)) = (m.form.shape.get(dim), m.form.strides.get(dim)) else {
            return unpack_item(vm, &m.form.format, m.item_bytes(offset));
        };
        let mut items = Vec::with_capacity(*n);
        for i in 0..*n {
            items.push(level(vm, m, dim + 1, offset + i as isize * s)?);
        }
        Ok(PyList::new(items))
    }
    if native(&m.form.format).is_none() {
        return Err(vm.error(
            vm.exc.NotImplementedError,
            format!("memoryview: format {} not supported", m.form.format),
        ));
    }
    level(vm, m, 0, m.form.offset)
}

fn hex(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = view(vm, a[0])?;
    // The separator may be of a class with methods of its own.
    m.exports.set(m.exports.get() + 1);
    let text = hex_text(vm, &m.to_bytes(), a[1], a[2]);
    m.exports.set(m.exports.get().saturating_sub(1));
    text
}

fn cast(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = view(vm, a[0])?;
    m.check_free(vm)?;
    let Some(format) = a[1].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "cast() argument 'format' must be str, not {}",
            crate::str::type_name(a[1])
        )));
    };
    let format = format.to_lossy();
    let shape = match a[2].non_null() {
        None => None,
        Some(v) if v.isa::<PyTuple>() || v.isa::<PyList>() => Some(vm.iterate_to_vec(v)?),
        Some(_) => return Err(vm.type_error("shape must be a list or a tuple")),
    };
    if !m.form.contiguous(false) {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let dims = m.form.shape.len();
    if (shape.is_some() || dims != 1) && m.form.shape.contains(&0) {
        return Err(vm.type_error("memoryview: cannot cast view with zeros in shape or strides"));
    }
    if shape.as_ref().is_some_and(|s| s.len() > 1) && dims != 1 {
        return Err(vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    let bad = |which: &str| {
        vm.value_error(format!(
            "memoryview: {which} format must be a native single character format prefixed with an optional '@'"
        ))
    };
    let from = native(&m.form.format).ok_or_else(|| bad("source"))?;
    let to = native(&format).ok_or_else(|| bad("destination"))?;
    let is_byte = |c: u8| matches!(c, b'b' | b'B' | b'c');
    if !is_byte(from) && !is_byte(to) {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let size = format_size(to).unwrap_or(1);
    let bytes = m.form.nbytes();
    if bytes % size != 0 {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let mut dims = vec![bytes / size];
    if let Some(shape) = shape {
        if shape.len() > 64 {
            return Err(vm.value_error("memoryview: number of dimensions must not exceed 64"));
        }
        dims.clear();
        let mut product: usize = 1;
        for v in &shape {
            if v.as_int().is_none() {
                return Err(vm.type_error("memoryview.cast(): elements of shape must be integers"));
            }
            let n = vm.to_size(v.value())?;
            if n <= 0 {
                return Err(
                    vm.value_error("memoryview.cast(): elements of shape must be integers > 0")
                );
            }
            product = product
                .checked_mul(n as usize)
                .ok_or_else(|| vm.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"))?;
            dims.push(n as usize);
        }
        if product.checked_mul(size) != Some(bytes) {
            return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
        }
    }
    let form = Form {
        offset: m.form.offset,
        itemsize: size,
        format,
        strides: Form::c_strides(&dims, size),
        shape: dims,
    };
    Ok(m.derive(form, m.readonly))
}

fn count(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut n = 0;
    vm.for_each(a[0], |x| {
        if vm.eq(x.value(), a[1])? {
            n += 1;
        }
        Ok(true)
    })?;
    Ok(new_usize(n))
}

fn index(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = view(vm, a[0])?;
    if m.form.shape.is_empty() {
        return Err(vm.type_error("invalid lookup on 0-dim memory"));
    }
    if m.form.shape.len() > 1 {
        return Err(vm.error(
            vm.exc.NotImplementedError,
            "multi-dimensional lookup is not implemented",
        ));
    }
    let n = m.form.shape.first().copied().unwrap_or(0) as isize;
    let clip = |v: Value, default: isize| -> PyResult<isize> {
        let i = match v.non_null() {
            Some(v) => vm.index_clipped(v)?,
            None => default,
        };
        Ok(if i < 0 { i.saturating_add(n).max(0) } else { i })
    };
    let (start, stop) = (clip(a[2], 0)?, clip(a[3], isize::MAX)?.min(n));
    for i in start..stop {
        let x = vm.getitem(a[0], Value::small(i as i64))?;
        if vm.eq(x.value(), a[1])? {
            return Ok(new_int(i as i64));
        }
    }
    Err(vm.value_error("memoryview.index(x): x not found"))
}

macro_rules! m {
    ($name:literal, $sig:literal, $f:expr, $doc:literal) => {
        MethodDef::new($name, $sig, $f, $doc)
    };
}

pub(super) static METHODS: &[MethodDef] = &[
    m!("release", "(self, /)", release, "Give the buffer back."),
    m!(
        "tobytes",
        "(self, /, order='C')",
        tobytes,
        "The items as bytes, C or Fortran order."
    ),
    m!(
        "hex",
        "(self, /, sep=None, bytes_per_sep=1)",
        hex,
        "Two hexadecimal digits for each byte, with sep between groups."
    ),
    m!("tolist", "(self, /)", tolist, "The items as a list."),
    m!(
        "cast",
        "(self, /, format, shape=None)",
        cast,
        "A view with another format or shape."
    ),
    m!(
        "toreadonly",
        "(self, /)",
        |vm, a| {
            let m = view(vm, a[0])?;
            m.check_free(vm)?;
            Ok(m.derive(m.form.0.clone(), true))
        },
        "A view that cannot be written through."
    ),
    MethodDef::class(
        "_from_flags",
        "(type, /, object, flags)",
        |vm, a| {
            let flags = vm.to_i32(a[2])?;
            new_view(vm, a[1], flags & 1 != 0)
        },
        "A view by the flags of a buffer request.",
    ),
    m!(
        "count",
        "(self, value, /)",
        count,
        "How often a value occurs."
    ),
    m!(
        "index",
        "(self, value, start=0, stop=9223372036854775807, /)",
        index,
        "The first index of a value; ValueError if it is not there."
    ),
    m!(
        "__enter__",
        "(self, /)",
        |vm, a| {
            view(vm, a[0])?;
            Ok(a[0].own())
        },
        "The view itself."
    ),
    m!(
        "__exit__",
        "(self, /, *exc_info)",
        |vm, a| release(vm, &a[..1]),
        "Release the view."
    ),
    m!(
        "__buffer__",
        "(self, flags, /)",
        |vm, a| {
            let flags = vm.to_i32(a[1])?;
            new_view(vm, a[0], flags & 1 != 0)
        },
        "A memoryview of the view."
    ),
    MethodDef::class(
        "__class_getitem__",
        "(type, object, /)",
        crate::generic_alias::class_getitem,
        "See PEP 585",
    ),
];

fn sizes(it: impl Iterator<Item = i64>) -> Owned {
    PyTuple::new(it.map(new_int).collect())
}

pub(super) static GETSET: &[GetSetDef] = &[
    GetSetDef::read("obj", |vm, v| Ok(view(vm, v)?.object())).doc("The object whose memory it is."),
    GetSetDef::read("nbytes", |vm, v| Ok(new_usize(view(vm, v)?.form.nbytes())))
        .doc("Bytes that the items take."),
    GetSetDef::read("readonly", |vm, v| Ok(Owned::bool(view(vm, v)?.readonly)))
        .doc("Whether the memory cannot be written."),
    GetSetDef::read("itemsize", |vm, v| {
        Ok(new_usize(view(vm, v)?.form.itemsize))
    })
    .doc("Bytes of one item."),
    GetSetDef::read("format", |vm, v| {
        Ok(PyStr::from_str(&view(vm, v)?.form.format))
    })
    .doc("The struct format of an item."),
    GetSetDef::read("ndim", |vm, v| Ok(new_usize(view(vm, v)?.form.shape.len())))
        .doc("Number of dimensions."),
    GetSetDef::read("shape", |vm, v| {
        Ok(sizes(view(vm, v)?.form.shape.iter().map(|n| *n as i64)))
    })
    .doc("Items in each dimension."),
    GetSetDef::read("strides", |vm, v| {
        Ok(sizes(view(vm, v)?.form.strides.iter().map(|n| *n as i64)))
    })
    .doc("Bytes between items in each dimension."),
    GetSetDef::read("suboffsets", |vm, v| {
        view(vm, v)?;
        Ok(PyTuple::empty())
    })
    .doc("Always empty."),
    GetSetDef::read("c_contiguous", |vm, v| {
        Ok(Owned::bool(view(vm, v)?.form.contiguous(false)))
    })
    .doc("Whether the memory is C-contiguous."),
    GetSetDef::read("f_contiguous", |vm, v| {
        Ok(Owned::bool(view(vm, v)?.form.contiguous(true)))
    })
    .doc("Whether the memory is Fortran-contiguous."),
    GetSetDef::read("contiguous", |vm, v| {
        let f = &view(vm, v)?.form;
        Ok(Owned::bool(f.contiguous(false) || f.contiguous(true)))
    })
    .doc("Whether the memory is contiguous."),
];
