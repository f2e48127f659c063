//! Methods of bytes and bytearray about ASCII letters: case, predicates, padding, translation, hexadecimal text.

use super::ByteArg;
use super::shared::{make, same};
use crate::bytearray::PyByteArray;
use crate::str::width;
use pyjit_core::prelude::*;
use pyjit_text::repr::{Text, TextBuf};
use pyjit_text::shape;

fn mapped(vm: &Vm, a: &[Value], f: impl FnOnce(&mut [u8])) -> PyResult<Owned> {
    let mut data = ByteArg::new(vm, a[0])?.to_vec();
    f(&mut data);
    Ok(make(a[0], &data))
}
pub(super) fn lower(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    mapped(vm, a, |d| d.make_ascii_lowercase())
}
pub(super) fn upper(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    mapped(vm, a, |d| d.make_ascii_uppercase())
}
pub(super) fn capitalize(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    mapped(vm, a, |d| {
        d.make_ascii_lowercase();
        if let Some(c) = d.first_mut() {
            c.make_ascii_uppercase();
        }
    })
}
pub(super) fn swapcase(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    mapped(vm, a, |d| {
        for c in d {
            if c.is_ascii_alphabetic() {
                *c ^= 0x20;
            }
        }
    })
}
pub(super) fn title(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    mapped(vm, a, |d| {
        let mut inside = false;
        for c in d {
            if inside {
                c.make_ascii_lowercase();
            } else {
                c.make_ascii_uppercase();
            }
            inside = c.is_ascii_alphabetic();
        }
    })
}

fn all(vm: &Vm, a: &[Value], f: impl Fn(&u8) -> bool) -> PyResult<Owned> {
    let d = ByteArg::new(vm, a[0])?;
    Ok(Owned::bool(!d.is_empty() && d.iter().all(f)))
}
pub(super) fn isalnum(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(vm, a, u8::is_ascii_alphanumeric)
}
pub(super) fn isalpha(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(vm, a, u8::is_ascii_alphabetic)
}
pub(super) fn isdigit(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(vm, a, u8::is_ascii_digit)
}
pub(super) fn isspace(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(vm, a, |c| matches!(c, 0x09..=0x0d | 0x20))
}
pub(super) fn isascii(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(ByteArg::new(vm, a[0])?.is_ascii()))
}
pub(super) fn islower(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = ByteArg::new(vm, a[0])?;
    Ok(Owned::bool(
        d.iter().any(u8::is_ascii_lowercase) && !d.iter().any(u8::is_ascii_uppercase),
    ))
}
pub(super) fn isupper(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = ByteArg::new(vm, a[0])?;
    Ok(Owned::bool(
        d.iter().any(u8::is_ascii_uppercase) && !d.iter().any(u8::is_ascii_lowercase),
    ))
}
pub(super) fn istitle(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = ByteArg::new(vm, a[0])?;
    let (mut inside, mut seen) = (false, false);
    for c in d.iter() {
        let wrong = c.is_ascii_uppercase() && inside || c.is_ascii_lowercase() && !inside;
        if wrong {
            return Ok(Owned::bool(false));
        }
        inside = c.is_ascii_alphabetic();
        seen |= inside;
    }
    Ok(Owned::bool(seen))
}

/// The fill byte of `center`, `ljust`, `rjust`.
fn fill(vm: &Vm, v: Value, name: &str) -> PyResult<u32> {
    let Some(v) = v.non_null() else {
        return Ok(u32::from(b' '));
    };
    if !v.isa::<PyBytes>() && !v.isa::<PyByteArray>() {
        return Err(vm.type_error(format!(
            "{name}() argument 2 must be a byte string of length 1, not {}",
            crate::str::type_name(v)
        )));
    }
    let b = ByteArg::new(vm, v)?;
    match *b {
        [c] => Ok(u32::from(c)),
        _ => Err(vm.type_error(format!(
            "{name}(): argument 2 must be a byte string of length 1, not a {} object of length {}",
            v.class().name_str(),
            b.len()
        ))),
    }
}

/// One-byte text back to bytes.
fn narrow(t: &TextBuf) -> Vec<u8> {
    match t.as_text() {
        Text::Ascii(b) | Text::Latin1(b) => b.to_vec(),
        wide => wide.iter().map(|c| c as u8).collect(),
    }
}

fn padded(
    vm: &Vm,
    a: &[Value],
    name: &str,
    sides: fn(usize, usize) -> (usize, usize),
) -> PyResult<Owned> {
    let w = width(vm, a[1])?;
    let c = fill(vm, a[2], name)?;
    let d = ByteArg::new(vm, a[0])?;
    if w <= d.len() {
        return Ok(same(a[0], &d));
    }
    let (left, right) = sides(d.len(), w);
    let t = shape::pad(Text::of_latin1(&d), left, right, c);
    Ok(make(a[0], &narrow(&t)))
}
pub(super) fn center(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    padded(vm, a, "center", shape::center_padding)
}
pub(super) fn ljust(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    padded(vm, a, "ljust", |len, w| (0, w - len))
}
pub(super) fn rjust(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    padded(vm, a, "rjust", |len, w| (w - len, 0))
}
pub(super) fn zfill(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let w = width(vm, a[1])?;
    let d = ByteArg::new(vm, a[0])?;
    Ok(match shape::zfill(Text::of_latin1(&d), w) {
        Some(t) => make(a[0], &narrow(&t)),
        None => same(a[0], &d),
    })
}
pub(super) fn expandtabs(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let tab = match a[1].non_null() {
        Some(v) => vm.to_i32(v)?.max(0) as usize,
        None => 8,
    };
    let d = ByteArg::new(vm, a[0])?;
    let tabs = d.iter().filter(|c| **c == b'\t').count();
    if tabs.saturating_mul(tab) > 1 << 33 {
        return Err(vm.overflow_error("result too long"));
    }
    let t = shape::expand_tabs(Text::of_latin1(&d), tab);
    Ok(make(a[0], &narrow(&t)))
}

pub(super) fn translate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let table = match a[1].given() {
        Some(t) => {
            let t = ByteArg::new(vm, t)?;
            if t.len() != 256 {
                return Err(vm.value_error("translation table must be 256 characters long"));
            }
            Some(t)
        }
        None => None,
    };
    let mut delete = [false; 256];
    if let Some(v) = a[2].non_null() {
        for b in ByteArg::new(vm, v)?.iter() {
            delete[usize::from(*b)] = true;
        }
    }
    let d = ByteArg::new(vm, a[0])?;
    let out: Vec<u8> = d
        .iter()
        .filter(|b| !delete[usize::from(**b)])
        .map(|b| match &table {
            Some(t) => t.get(usize::from(*b)).copied().unwrap_or(*b),
            None => *b,
        })
        .collect();
    if out.as_slice() == &*d {
        return Ok(same(a[0], &d));
    }
    Ok(make(a[0], &out))
}
pub(super) fn maketrans(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (from, to) = (ByteArg::new(vm, a[0])?, ByteArg::new(vm, a[1])?);
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (f, t) in from.iter().zip(to.iter()) {
        table[usize::from(*f)] = *t;
    }
    Ok(PyBytes::new(&table))
}

/// `hex(sep, bytes_per_sep)` of anything with bytes.
pub(crate) fn hex_text(vm: &Vm, data: &[u8], sep: Value, group: Value) -> PyResult<Owned> {
    let sep = match sep.non_null() {
        None => None,
        Some(v) => {
            if vm.len(v)? != 1 {
                return Err(vm.value_error("sep must be length 1."));
            }
            let c = if let Some(s) = v.cast::<PyStr>() {
                s.text().get(0)
            } else if let Some(b) = v.cast::<PyBytes>() {
                b.as_slice().first().map(|c| u32::from(*c))
            } else {
                return Err(vm.type_error("sep must be str or bytes."));
            };
            match c.and_then(|c| u8::try_from(c).ok()) {
                Some(c) if c.is_ascii() => Some(c),
                _ => return Err(vm.value_error("sep must be ASCII.")),
            }
        }
    };
    let group = match group.non_null() {
        Some(v) => i64::from(vm.to_i32(v)?),
        None => 1,
    };
    let sep = if group == 0 { None } else { sep };
    let t = pyjit_codec::hex::encode(data, sep, group);
    Ok(PyStr::from_text(Text::Ascii(&t)))
}
pub(super) fn hex(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = ByteArg::new(vm, a[0])?;
    hex_text(vm, &d, a[1], a[2])
}
pub(super) fn fromhex(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let text = if let Some(s) = a[1].cast::<PyStr>() {
        // What is not ASCII becomes a byte that is no digit, in its place.
        s.text()
            .iter()
            .map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(0xff))
            .collect()
    } else {
        match ByteArg::maybe(vm, a[1])? {
            Some(b) => b.to_vec(),
            None => {
                return Err(vm.type_error(format!(
                    "fromhex() argument must be str or bytes-like, not {}",
                    a[1].class().name_str()
                )));
            }
        }
    };
    let data = pyjit_codec::hex::decode_spaced(&text).map_err(|at| {
        vm.value_error(match at {
            Some(i) => {
                format!("non-hexadecimal number found in fromhex() arg at position {i}")
            }
            None => "fromhex() arg must contain an even number of hexadecimal digits".to_owned(),
        })
    })?;
    let Some(class) = a[0].cast::<TypeObject>() else {
        return Ok(PyBytes::new(&data));
    };
    let made = if class.is_subclass(PyByteArray::class()) {
        PyByteArray::new(data)
    } else {
        PyBytes::new(&data)
    };
    if class.same(PyBytes::class()) || class.same(PyByteArray::class()) {
        return Ok(made);
    }
    vm.call(a[0], &[made.value()])
}
