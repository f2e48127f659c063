//! `str` methods that look for a substring.

use super::{clip_range, exact, expect, this};
use pyjit_core::prelude::*;
use pyjit_text::repr::Text;
use pyjit_text::search as s;

/// The searched text, the bounds of the search and the needle of `name(sub, start, end)`.
fn operands<'a>(
    vm: &Vm,
    a: &[Value],
    name: &str,
) -> PyResult<(Text<'a>, Option<(usize, usize)>, Text<'a>)> {
    let text = this(a[0]).text();
    let Some(sub) = a[1].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "{name}() argument 1 must be str, not {}",
            type_name(a[1])
        )));
    };
    let range = clip_range(vm, a[2], a[3], text.len())?;
    Ok((text, range, sub.text()))
}

/// The class name of an argument as messages show it: `None` for None.
pub(crate) fn type_name(v: Value) -> String {
    if v.is_none() {
        "None".to_owned()
    } else {
        v.class().name_str()
    }
}

fn look(vm: &Vm, a: &[Value], name: &str, last: bool) -> PyResult<Option<usize>> {
    let (text, range, sub) = operands(vm, a, name)?;
    let Some((start, end)) = range else {
        return Ok(None);
    };
    let part = text.slice(start, end);
    let at = if last {
        s::rfind(part, sub)
    } else {
        s::find(part, sub)
    };
    Ok(at.map(|i| i + start))
}

pub(super) fn find(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(look(vm, a, "find", false)?.map_or(new_int(-1), new_usize))
}
pub(super) fn rfind(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(look(vm, a, "rfind", true)?.map_or(new_int(-1), new_usize))
}
pub(super) fn index(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    look(vm, a, "index", false)?
        .map(new_usize)
        .ok_or_else(|| vm.value_error("substring not found"))
}
pub(super) fn rindex(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    look(vm, a, "rindex", true)?
        .map(new_usize)
        .ok_or_else(|| vm.value_error("substring not found"))
}
pub(super) fn count(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (text, range, sub) = operands(vm, a, "count")?;
    Ok(new_usize(
        range.map_or(0, |(i, j)| s::count(text.slice(i, j), sub)),
    ))
}

pub(super) fn replace(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let arg = |i: usize| {
        a[i].cast::<PyStr>().ok_or_else(|| {
            vm.type_error(format!(
                "replace() argument {i} must be str, not {}",
                type_name(a[i])
            ))
        })
    };
    let (old, new) = (arg(1)?, arg(2)?);
    let max = match a[3].non_null() {
        Some(v) => usize::try_from(vm.to_size(v)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let text = this(a[0]).text();
    if new.len() > old.len() {
        // The length of the result, before anything is allocated.
        let grow = (new.len() - old.len()) as u128;
        let n = s::count(text, old.text()).min(max) as u128;
        if text.len() as u128 + grow * n > 1 << 34 {
            return Err(vm.overflow_error("replace string is too long"));
        }
    }
    Ok(match s::replace(text, old.text(), new.text(), max) {
        Some(r) => PyStr::from_buf(&r),
        None => exact(a[0]),
    })
}

fn affix(vm: &Vm, a: &[Value], name: &str, at_end: bool) -> PyResult<Owned> {
    let text = this(a[0]).text();
    let range = clip_range(vm, a[2], a[3], text.len())?;
    let fits = |x: &PyStr| {
        range.is_some_and(|(i, j)| {
            let part = text.slice(i, j);
            if at_end {
                s::ends_with(part, x.text())
            } else {
                s::starts_with(part, x.text())
            }
        })
    };
    if let Some(x) = a[1].cast::<PyStr>() {
        return Ok(Owned::bool(fits(x)));
    }
    let Some(t) = a[1].cast::<PyTuple>() else {
        return Err(vm.type_error(format!(
            "{name} first arg must be str or a tuple of str, not {}",
            a[1].class().name_str()
        )));
    };
    for x in t.as_slice() {
        let Some(x) = x.cast::<PyStr>() else {
            return Err(vm.type_error(format!(
                "tuple for {name} must only contain str, not {}",
                x.class().name_str()
            )));
        };
        if fits(x) {
            return Ok(Owned::bool(true));
        }
    }
    Ok(Owned::bool(false))
}
pub(super) fn startswith(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    affix(vm, a, "startswith", false)
}
pub(super) fn endswith(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    affix(vm, a, "endswith", true)
}

pub(super) fn removeprefix(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = expect(vm, a[1], "removeprefix() argument")?;
    let text = this(a[0]);
    Ok(if s::starts_with(text.text(), x.text()) {
        text.substring(x.len(), text.len())
    } else {
        exact(a[0])
    })
}
pub(super) fn removesuffix(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = expect(vm, a[1], "removesuffix() argument")?;
    let text = this(a[0]);
    Ok(if s::ends_with(text.text(), x.text()) {
        text.substring(0, text.len() - x.len())
    } else {
        exact(a[0])
    })
}
