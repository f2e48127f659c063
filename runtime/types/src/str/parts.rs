//! `str` methods that cut a string into parts or put parts together.

use super::{exact, this};
use pyjit_core::prelude::*;
use pyjit_text::repr::Text;
use pyjit_text::{search, split as cut};
use std::ops::Range;

/// An entry of the `builtins` namespace.
pub(crate) fn builtin(vm: &Vm, name: &str) -> PyResult<Owned> {
    vm.builtins
        .value()
        .cast::<PyDict>()
        .and_then(|d| d.get_name(name))
        .ok_or_else(|| vm.error(vm.exc.NameError, format!("name '{name}' is not defined")))
}

fn pieces(s: &PyStr, ranges: Vec<Range<usize>>) -> Owned {
    let list = ranges
        .into_iter()
        .map(|r| s.substring(r.start, r.end))
        .collect();
    PyList::new(list)
}

/// The separator argument; `None` for white space.
fn separator<'a>(vm: &Vm, v: Value) -> PyResult<Option<Text<'a>>> {
    let Some(v) = v.given() else { return Ok(None) };
    match v.cast::<PyStr>() {
        Some(s) if s.is_empty() => Err(vm.value_error("empty separator")),
        Some(s) => Ok(Some(s.text())),
        None => Err(vm.type_error(format!("must be str or None, not {}", v.class().name_str()))),
    }
}

/// `maxsplit`: negative or absent means no limit.
pub(crate) fn limit(vm: &Vm, v: Value) -> PyResult<usize> {
    match v.non_null() {
        Some(v) => Ok(usize::try_from(vm.to_size(v)?).unwrap_or(usize::MAX)),
        None => Ok(usize::MAX),
    }
}

pub(super) fn split(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let max = limit(vm, a[2])?;
    let s = this(a[0]);
    Ok(match separator(vm, a[1])? {
        Some(sep) => pieces(s, cut::split_sep(s.text(), sep, max)),
        None => pieces(s, cut::split_space(s.text(), max)),
    })
}
pub(super) fn rsplit(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let max = limit(vm, a[2])?;
    let s = this(a[0]);
    Ok(match separator(vm, a[1])? {
        Some(sep) => pieces(s, cut::rsplit_sep(s.text(), sep, max)),
        None => pieces(s, cut::rsplit_space(s.text(), max)),
    })
}
pub(super) fn splitlines(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let keep = match a[1].non_null() {
        Some(v) => vm.truthy(v)?,
        None => false,
    };
    let s = this(a[0]);
    Ok(pieces(s, cut::split_lines(s.text(), keep)))
}

fn strip_sides(vm: &Vm, a: &[Value], name: &str, left: bool, right: bool) -> PyResult<Owned> {
    let s = this(a[0]);
    let r = match a[1].given() {
        None => match s.text() {
            Text::Ascii(b) => {
                let space = |c: &u8| matches!(c, 0x09..=0x0d | 0x1c..=0x20);
                let start = if left {
                    b.iter().position(|c| !space(c)).unwrap_or(b.len())
                } else {
                    0
                };
                let end = if right {
                    b.iter().rposition(|c| !space(c)).map_or(start, |i| i + 1)
                } else {
                    b.len()
                };
                start..end.max(start)
            }
            t => cut::strip(t, left, right, cut::is_space),
        },
        Some(v) => {
            let Some(chars) = v.cast::<PyStr>() else {
                return Err(vm.type_error(format!("{name} arg must be None or str")));
            };
            let set = chars.text();
            cut::strip(s.text(), left, right, |c| set.iter().any(|x| x == c))
        }
    };
    if r.len() == s.len() {
        return Ok(exact(a[0]));
    }
    Ok(s.substring(r.start, r.end))
}
pub(super) fn strip(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    strip_sides(vm, a, "strip", true, true)
}
pub(super) fn lstrip(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    strip_sides(vm, a, "lstrip", true, false)
}
pub(super) fn rstrip(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    strip_sides(vm, a, "rstrip", false, true)
}

fn partition_by(vm: &Vm, a: &[Value], last: bool) -> PyResult<Owned> {
    let s = this(a[0]);
    let Some(sep) = a[1].cast::<PyStr>() else {
        return Err(vm.type_error(format!("must be str, not {}", a[1].class().name_str())));
    };
    if sep.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let at = if last {
        search::rfind(s.text(), sep.text())
    } else {
        search::find(s.text(), sep.text())
    };
    let empty = || vm.empty_str.clone();
    Ok(PyTuple::new(match at {
        Some(i) => vec![
            s.substring(0, i),
            a[1].own(),
            s.substring(i + sep.len(), s.len()),
        ],
        None if last => vec![empty(), empty(), exact(a[0])],
        None => vec![exact(a[0]), empty(), empty()],
    }))
}
pub(super) fn partition(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    partition_by(vm, a, false)
}
pub(super) fn rpartition(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    partition_by(vm, a, true)
}

pub(super) fn join(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let parts = match vm.iterate_to_vec(a[1]) {
        Ok(p) => p,
        Err(e)
            if e.is_instance(vm.exc.TypeError)
                && a[1].class().slots.iter.get().is_none()
                && a[1].class().slots.getitem.get().is_none() =>
        {
            return Err(vm.type_error("can only join an iterable"));
        }
        Err(e) => return Err(e),
    };
    for (i, p) in parts.iter().enumerate() {
        if !p.isa::<PyStr>() {
            return Err(vm.type_error(format!(
                "sequence item {i}: expected str instance, {} found",
                p.class().name_str()
            )));
        }
    }
    if let [one] = parts.as_slice()
        && one.is_exact::<PyStr>()
    {
        return Ok(one.clone());
    }
    this(a[0])
        .join(&parts)
        .ok_or_else(|| vm.overflow_error("join() result is too long for a Python string"))
}
