//! Methods of bytes and bytearray that look for bytes.

use super::build::byte;
use super::shared::{make, same};
use super::{ByteArg, shared};
use crate::str::clip_range;
use pyjit_core::prelude::*;
use pyjit_text::search as s;

/// What is looked for: a byte or a bytes-like object.
enum Needle {
    One([u8; 1]),
    Many(ByteArg),
}
impl Needle {
    fn as_slice(&self) -> &[u8] {
        match self {
            Needle::One(b) => b,
            Needle::Many(b) => b.as_slice(),
        }
    }
}

fn needle(vm: &Vm, v: Value) -> PyResult<Needle> {
    if let Some(b) = ByteArg::maybe(vm, v)? {
        return Ok(Needle::Many(b));
    }
    if v.as_int().is_none() && v.class().slots.index.get().is_none() {
        return Err(vm.type_error(format!(
            "argument should be integer or bytes-like object, not '{}'",
            v.class().name_str()
        )));
    }
    Ok(Needle::One([byte(vm, v, "byte")?]))
}

fn look(vm: &Vm, a: &[Value], last: bool) -> PyResult<Option<usize>> {
    let sub = needle(vm, a[1])?;
    let data = ByteArg::new(vm, a[0])?;
    let Some((start, end)) = clip_range(vm, a[2], a[3], data.len())? else {
        return Ok(None);
    };
    let part = &data[start..end];
    let at = if last {
        s::rfind_units(part, sub.as_slice())
    } else {
        s::find_units(part, sub.as_slice())
    };
    Ok(at.map(|i| i + start))
}
pub(super) fn find(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(look(vm, a, false)?.map_or(new_int(-1), new_usize))
}
pub(super) fn rfind(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(look(vm, a, true)?.map_or(new_int(-1), new_usize))
}
pub(super) fn index(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    look(vm, a, false)?
        .map(new_usize)
        .ok_or_else(|| vm.value_error("subsection not found"))
}
pub(super) fn rindex(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    look(vm, a, true)?
        .map(new_usize)
        .ok_or_else(|| vm.value_error("subsection not found"))
}
pub(super) fn count(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let sub = needle(vm, a[1])?;
    let data = ByteArg::new(vm, a[0])?;
    let range = clip_range(vm, a[2], a[3], data.len())?;
    Ok(new_usize(range.map_or(0, |(i, j)| {
        s::count_units(&data[i..j], sub.as_slice())
    })))
}

/// `item in bytes`.
pub(crate) fn contains(vm: &Vm, v: Value, item: Value) -> PyResult<bool> {
    if item.as_int().is_some() || item.class().slots.index.get().is_some() {
        let b = byte(vm, item, "byte")?;
        return Ok(ByteArg::new(vm, v)?.contains(&b));
    }
    let sub = ByteArg::new(vm, item)?;
    Ok(s::find_units(&ByteArg::new(vm, v)?, &sub).is_some())
}

fn affix(vm: &Vm, a: &[Value], name: &str, at_end: bool) -> PyResult<Owned> {
    let data = ByteArg::new(vm, a[0])?;
    let range = clip_range(vm, a[2], a[3], data.len())?;
    let fits = |x: &[u8]| {
        range.is_some_and(|(i, j)| {
            let part = &data[i..j];
            if at_end {
                part.ends_with(x)
            } else {
                part.starts_with(x)
            }
        })
    };
    if let Some(t) = a[1].cast::<PyTuple>() {
        for x in t.as_slice() {
            if fits(&ByteArg::new(vm, *x)?) {
                return Ok(Owned::bool(true));
            }
        }
        return Ok(Owned::bool(false));
    }
    match ByteArg::maybe(vm, a[1])? {
        Some(x) => Ok(Owned::bool(fits(&x))),
        None => Err(vm.type_error(format!(
            "{name} first arg must be bytes or a tuple of bytes, not {}",
            a[1].class().name_str()
        ))),
    }
}
pub(super) fn startswith(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    affix(vm, a, "startswith", false)
}
pub(super) fn endswith(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    affix(vm, a, "endswith", true)
}
pub(super) fn removeprefix(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = ByteArg::new(vm, a[1])?;
    let data = ByteArg::new(vm, a[0])?;
    Ok(match data.strip_prefix(&*x) {
        Some(rest) if !x.is_empty() => make(a[0], rest),
        _ => same(a[0], &data),
    })
}
pub(super) fn removesuffix(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = ByteArg::new(vm, a[1])?;
    let data = ByteArg::new(vm, a[0])?;
    Ok(match data.strip_suffix(&*x) {
        Some(rest) if !x.is_empty() => make(a[0], rest),
        _ => same(a[0], &data),
    })
}

pub(super) fn replace(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (old, new) = (ByteArg::new(vm, a[1])?, ByteArg::new(vm, a[2])?);
    let max = crate::str::limit(vm, a[3])?;
    let data = ByteArg::new(vm, a[0])?;
    if new.len() > old.len() {
        let grow = (new.len() - old.len()) as u128;
        let n = s::count_units(&data, &old).min(max) as u128;
        if data.len() as u128 + grow * n > 1 << 34 {
            return Err(vm.overflow_error("replace bytes is too long"));
        }
    }
    Ok(match s::replace_units(&data, &old, &new, max) {
        Some(r) => make(a[0], &r),
        None => same(a[0], &data),
    })
}

fn partition_by(vm: &Vm, a: &[Value], last: bool) -> PyResult<Owned> {
    let sep = ByteArg::new(vm, a[1])?;
    if sep.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let data = ByteArg::new(vm, a[0])?;
    let at = if last {
        s::rfind_units(&data, &sep)
    } else {
        s::find_units(&data, &sep)
    };
    let empty = || make(a[0], b"");
    Ok(PyTuple::new(match at {
        Some(i) => {
            let middle = if shared::is_array(a[0]) {
                make(a[0], &sep)
            } else {
                a[1].own()
            };
            vec![
                make(a[0], &data[..i]),
                middle,
                make(a[0], &data[i + sep.len()..]),
            ]
        }
        None if last => vec![empty(), empty(), same(a[0], &data)],
        None => vec![same(a[0], &data), empty(), empty()],
    }))
}
pub(super) fn partition(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    partition_by(vm, a, false)
}
pub(super) fn rpartition(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    partition_by(vm, a, true)
}
