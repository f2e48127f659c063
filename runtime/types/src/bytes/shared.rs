//! What bytes and bytearray share: the table of methods, splitting, stripping, joining, and making results.

use super::{ByteArg, chars, search};
use crate::bytearray::PyByteArray;
use crate::str::{codecs, limit, percent};
use pyjit_core::prelude::*;
use pyjit_text::split as cut;
use std::ops::Range;

pub(crate) fn is_array(v: Value) -> bool {
    v.isa::<PyByteArray>()
}
/// An object of the receiver's kind: bytearray for bytearrays, bytes for the rest.
pub(crate) fn make(like: Value, data: &[u8]) -> Owned {
    if is_array(like) {
        PyByteArray::new(data.to_vec())
    } else {
        PyBytes::new(data)
    }
}
/// The receiver unchanged: itself if it is exactly bytes, else a copy.
pub(crate) fn same(v: Value, data: &[u8]) -> Owned {
    if v.is_exact::<PyBytes>() {
        v.own()
    } else {
        make(v, data)
    }
}

/// An index subscript, or TypeError with the name of the class.
pub(crate) fn position(vm: &Vm, key: Value, what: &str) -> PyResult<i64> {
    if let Some(i) = key.as_small() {
        return Ok(i);
    }
    if key.as_int().is_none() && key.class().slots.index.get().is_none() {
        return Err(vm.type_error(format!(
            "{what} indices must be integers or slices, not {}",
            key.class().name_str()
        )));
    }
    vm.index_size(key)
}

/// The bytes of a slice.
pub(crate) fn sliced(data: &[u8], r: SliceBounds) -> Vec<u8> {
    if r.step == 1 {
        let start = (r.start.max(0) as usize).min(data.len());
        let end = (start + r.len).min(data.len());
        return data[start..end].to_vec();
    }
    r.positions().filter_map(|i| data.get(i).copied()).collect()
}

/// `format % value`.
pub(crate) fn rem(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    if !a.isa::<PyBytes>() && !is_array(a) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let format = ByteArg::new(vm, a)?;
    let out = percent::bytes_rem(vm, &format, b)?;
    Ok(make(a, &out))
}

fn pieces(like: Value, data: &[u8], ranges: Vec<Range<usize>>) -> Owned {
    PyList::new(ranges.into_iter().map(|r| make(like, &data[r])).collect())
}

fn split_by(vm: &Vm, a: &[Value], right: bool) -> PyResult<Owned> {
    let max = limit(vm, a[2])?;
    let data = ByteArg::new(vm, a[0])?;
    let ranges = match a[1].given() {
        None if right => cut::rsplit_space_units(&data[..], cut::is_ascii_space, max),
        None => cut::split_space_units(&data[..], cut::is_ascii_space, max),
        Some(sep) => {
            let sep = ByteArg::new(vm, sep)?;
            if sep.is_empty() {
                return Err(vm.value_error("empty separator"));
            }
            if right {
                cut::rsplit_sep_units(&data[..], &sep, max)
            } else {
                cut::split_sep_units(&data[..], &sep, max)
            }
        }
    };
    Ok(pieces(a[0], &data, ranges))
}
fn split(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    split_by(vm, a, false)
}
fn rsplit(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    split_by(vm, a, true)
}
fn splitlines(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let keep = match a[1].non_null() {
        Some(v) => vm.truthy(v)?,
        None => false,
    };
    let data = ByteArg::new(vm, a[0])?;
    let ranges = cut::split_lines_units(&data[..], cut::is_ascii_linebreak, keep);
    Ok(pieces(a[0], &data, ranges))
}

fn strip_sides(vm: &Vm, a: &[Value], left: bool, right: bool) -> PyResult<Owned> {
    let set = match a[1].given() {
        Some(v) => Some(ByteArg::new(vm, v)?),
        None => None,
    };
    let data = ByteArg::new(vm, a[0])?;
    let r = cut::strip_units(&data[..], left, right, |c| match &set {
        Some(s) => s.contains(&(c as u8)),
        None => cut::is_ascii_space(c),
    });
    if r.len() == data.len() {
        return Ok(same(a[0], &data));
    }
    Ok(make(a[0], &data[r]))
}
fn strip(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    strip_sides(vm, a, true, true)
}
fn lstrip(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    strip_sides(vm, a, true, false)
}
fn rstrip(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    strip_sides(vm, a, false, true)
}

fn join(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let class = a[1].class();
    if class.slots.iter.get().is_none() && class.slots.getitem.get().is_none() {
        return Err(vm.type_error("can only join an iterable"));
    }
    let parts = vm.iterate_to_vec(a[1])?;
    if let [one] = parts.as_slice()
        && one.is_exact::<PyBytes>()
        && !is_array(a[0])
    {
        return Ok(one.clone());
    }
    let sep = ByteArg::new(vm, a[0])?;
    let mut out = Vec::new();
    for (i, p) in parts.iter().enumerate() {
        let Some(b) = ByteArg::maybe(vm, p.value())? else {
            return Err(vm.type_error(format!(
                "sequence item {i}: expected a bytes-like object, {} found",
                p.class().name_str()
            )));
        };
        if i > 0 {
            out.extend_from_slice(&sep);
        }
        out.extend_from_slice(&b);
    }
    Ok(make(a[0], &out))
}

macro_rules! m {
    ($name:literal, $sig:literal, $f:expr, $doc:literal) => {
        MethodDef::new($name, $sig, $f, $doc)
    };
}

/// Methods of bytes and bytearray alike.
pub(crate) static SHARED: &[MethodDef] = &[
    m!(
        "capitalize",
        "(self, /)",
        chars::capitalize,
        "The first letter in upper case, the rest in lower case."
    ),
    m!(
        "center",
        "(self, width, fillchar=b' ', /)",
        chars::center,
        "The bytes in the middle of width bytes."
    ),
    m!(
        "count",
        "(self, sub, start=None, end=None, /)",
        search::count,
        "How often sub occurs without overlap in B[start:end]."
    ),
    m!(
        "decode",
        "(self, /, encoding='utf-8', errors='strict')",
        codecs::bytes_decode,
        "Decode the bytes by the codec registered for the encoding."
    ),
    m!(
        "endswith",
        "(self, suffix, start=None, end=None, /)",
        search::endswith,
        "Whether B[start:end] ends with the suffix, or one of a tuple of them."
    ),
    m!(
        "expandtabs",
        "(self, /, tabsize=8)",
        chars::expandtabs,
        "A copy with tabs turned into spaces."
    ),
    m!(
        "find",
        "(self, sub, start=None, end=None, /)",
        search::find,
        "The lowest index of sub in B[start:end], -1 if it is not there."
    ),
    MethodDef::class(
        "fromhex",
        "(type, string, /)",
        chars::fromhex,
        "The bytes that pairs of hexadecimal digits stand for.",
    ),
    m!(
        "hex",
        "(self, /, sep=None, bytes_per_sep=1)",
        chars::hex,
        "Two hexadecimal digits for each byte, with sep between groups."
    ),
    m!(
        "index",
        "(self, sub, start=None, end=None, /)",
        search::index,
        "The lowest index of sub in B[start:end]; ValueError if it is not there."
    ),
    m!(
        "isalnum",
        "(self, /)",
        chars::isalnum,
        "Whether all bytes are ASCII letters or digits, and there is one."
    ),
    m!(
        "isalpha",
        "(self, /)",
        chars::isalpha,
        "Whether all bytes are ASCII letters, and there is one."
    ),
    m!(
        "isascii",
        "(self, /)",
        chars::isascii,
        "Whether all bytes are ASCII."
    ),
    m!(
        "isdigit",
        "(self, /)",
        chars::isdigit,
        "Whether all bytes are ASCII digits, and there is one."
    ),
    m!(
        "islower",
        "(self, /)",
        chars::islower,
        "Whether all letters are lower case, and there is one."
    ),
    m!(
        "isspace",
        "(self, /)",
        chars::isspace,
        "Whether all bytes are ASCII white space, and there is one."
    ),
    m!(
        "istitle",
        "(self, /)",
        chars::istitle,
        "Whether every word begins with a capital, and there is one."
    ),
    m!(
        "isupper",
        "(self, /)",
        chars::isupper,
        "Whether all letters are upper case, and there is one."
    ),
    m!(
        "join",
        "(self, iterable_of_bytes, /)",
        join,
        "The parts with these bytes between them."
    ),
    m!(
        "ljust",
        "(self, width, fillchar=b' ', /)",
        chars::ljust,
        "The bytes at the left of width bytes."
    ),
    m!(
        "lower",
        "(self, /)",
        chars::lower,
        "A copy with ASCII letters in lower case."
    ),
    m!(
        "lstrip",
        "(self, bytes=None, /)",
        lstrip,
        "A copy without leading white space, or leading bytes of the argument."
    ),
    MethodDef::function(
        "maketrans",
        "(frm, to, /)",
        chars::maketrans,
        "A table for translate().",
    ),
    m!(
        "partition",
        "(self, sep, /)",
        search::partition,
        "The part before the first sep, sep itself and the part after it."
    ),
    m!(
        "replace",
        "(self, old, new, count=-1, /)",
        search::replace,
        "A copy with occurrences of old replaced by new."
    ),
    m!(
        "removeprefix",
        "(self, prefix, /)",
        search::removeprefix,
        "A copy without the prefix, if it is there."
    ),
    m!(
        "removesuffix",
        "(self, suffix, /)",
        search::removesuffix,
        "A copy without the suffix, if it is there."
    ),
    m!(
        "rfind",
        "(self, sub, start=None, end=None, /)",
        search::rfind,
        "The highest index of sub in B[start:end], -1 if it is not there."
    ),
    m!(
        "rindex",
        "(self, sub, start=None, end=None, /)",
        search::rindex,
        "The highest index of sub in B[start:end]; ValueError if it is not there."
    ),
    m!(
        "rjust",
        "(self, width, fillchar=b' ', /)",
        chars::rjust,
        "The bytes at the right of width bytes."
    ),
    m!(
        "rpartition",
        "(self, sep, /)",
        search::rpartition,
        "The part before the last sep, sep itself and the part after it."
    ),
    m!(
        "rsplit",
        "(self, /, sep=None, maxsplit=-1)",
        rsplit,
        "The parts between separators, splitting from the right."
    ),
    m!(
        "rstrip",
        "(self, bytes=None, /)",
        rstrip,
        "A copy without trailing white space, or trailing bytes of the argument."
    ),
    m!(
        "split",
        "(self, /, sep=None, maxsplit=-1)",
        split,
        "The parts between separators, from the left."
    ),
    m!(
        "splitlines",
        "(self, /, keepends=False)",
        splitlines,
        "The lines, with their line ends if keepends is true."
    ),
    m!(
        "startswith",
        "(self, prefix, start=None, end=None, /)",
        search::startswith,
        "Whether B[start:end] begins with the prefix, or one of a tuple of them."
    ),
    m!(
        "strip",
        "(self, bytes=None, /)",
        strip,
        "A copy without white space, or bytes of the argument, at either end."
    ),
    m!(
        "swapcase",
        "(self, /)",
        chars::swapcase,
        "Upper case becomes lower case and the other way round."
    ),
    m!(
        "title",
        "(self, /)",
        chars::title,
        "Every word with a capital first."
    ),
    m!(
        "translate",
        "(self, table, /, delete=b'')",
        chars::translate,
        "The bytes mapped by a table, some deleted before."
    ),
    m!(
        "upper",
        "(self, /)",
        chars::upper,
        "A copy with ASCII letters in upper case."
    ),
    m!(
        "zfill",
        "(self, width, /)",
        chars::zfill,
        "A number padded with zeros on the left."
    ),
    m!(
        "__buffer__",
        "(self, flags, /)",
        crate::memoryview::buffer_method,
        "Return a buffer object that exposes the underlying memory of the object."
    ),
];
