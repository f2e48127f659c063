//! `str.translate` and `str.maketrans`.

use super::{exact, this};
use pyjit_core::prelude::*;
use pyjit_text::repr::{Builder, Text};

/// What a table says of a character.
enum Mapped {
    Same,
    Delete,
    Text(Owned),
    Code(u32),
}

fn look_up(vm: &Vm, table: Value, code: u32) -> PyResult<Mapped> {
    let key = new_int(i64::from(code));
    let got = match table.cast_exact::<PyDict>() {
        Some(d) => match d.get(vm, key.value())? {
            Some(v) => v,
            None => return Ok(Mapped::Same),
        },
        None => match vm.getitem(table, key.value()) {
            Ok(v) => v,
            Err(e) if e.is_instance(vm.exc.LookupError) => return Ok(Mapped::Same),
            Err(e) => return Err(e),
        },
    };
    if got.is_none() {
        return Ok(Mapped::Delete);
    }
    if got.isa::<PyStr>() {
        return Ok(Mapped::Text(got));
    }
    if got.as_int().is_some() {
        return match got.as_i64() {
            Some(c @ 0..=0x10ffff) => Ok(Mapped::Code(c as u32)),
            _ => Err(vm.value_error("character mapping must be in range(0x110000)")),
        };
    }
    Err(vm.type_error("character mapping must return integer, None or str"))
}

pub(super) fn translate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = this(a[0]);
    let table = a[1];
    let mut out = Builder::with_capacity(s.len());
    // What the table said of ASCII characters: u32::MAX is not asked yet, MAX - 1 deleted.
    let mut known = [u32::MAX; 128];
    let mut changed = false;
    for c in s.text().iter() {
        if let Some(k) = known.get(c as usize)
            && *k != u32::MAX
        {
            if *k == u32::MAX - 1 {
                changed = true;
            } else {
                changed |= *k != c;
                out.push(*k);
            }
            continue;
        }
        let (say, to) = match look_up(vm, table, c)? {
            Mapped::Same => (Some(c), Some(c)),
            Mapped::Code(k) => (Some(k), Some(k)),
            Mapped::Delete => (Some(u32::MAX - 1), None),
            Mapped::Text(t) => {
                let t = this(t.value());
                changed = true;
                match t.text() {
                    one if one.len() == 1 => {
                        let k = one.get(0).unwrap_or(c);
                        (Some(k), Some(k))
                    }
                    more => {
                        out.push_text(more);
                        continue;
                    }
                }
            }
        };
        if let (Some(k), Some(place)) = (say, known.get_mut(c as usize)) {
            *place = k;
        }
        match to {
            Some(k) => {
                changed |= k != c;
                out.push(k);
            }
            None => changed = true,
        }
    }
    if !changed {
        return Ok(exact(a[0]));
    }
    Ok(PyStr::from_buf(&out.finish()))
}

pub(super) fn maketrans(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y, z) = (a[0], a[1], a[2]);
    let table = PyDict::new();
    let Some(d) = table.cast::<PyDict>() else {
        return Ok(table);
    };
    let code = |c: u32| new_int(i64::from(c));
    if let Some(y) = y.non_null() {
        let str_arg = |v: Value, n: usize| {
            v.cast::<PyStr>().ok_or_else(|| {
                vm.type_error(if n == 1 {
                    "first maketrans argument must be a string if there is a second argument"
                        .to_owned()
                } else {
                    format!(
                        "maketrans() argument {n} must be str, not {}",
                        super::search::type_name(v)
                    )
                })
            })
        };
        let yt: Text<'_> = str_arg(y, 2)?.text();
        let zt = match z.non_null() {
            Some(z) => Some(str_arg(z, 3)?.text()),
            None => None,
        };
        let xt = str_arg(x, 1)?.text();
        if xt.len() != yt.len() {
            return Err(vm.value_error("the first two maketrans arguments must have equal length"));
        }
        for (k, v) in xt.iter().zip(yt.iter()) {
            d.set(vm, code(k).value(), code(v))?;
        }
        for k in zt.into_iter().flat_map(|t| t.iter()) {
            d.set(vm, code(k).value(), Owned::NONE)?;
        }
        return Ok(table);
    }
    let Some(from) = x.cast::<PyDict>() else {
        return Err(vm.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    for (k, v) in from.items() {
        if let Some(s) = k.value().cast::<PyStr>() {
            match s.text().get(0) {
                Some(c) if s.len() == 1 => d.set(vm, code(c).value(), v)?,
                _ => {
                    return Err(vm.value_error("string keys in translatetable must be of length 1"));
                }
            }
        } else if k.as_int().is_some() {
            d.set(vm, k.value(), v)?;
        } else {
            return Err(vm.type_error("keys in translate table mustbe strings or integers"));
        }
    }
    Ok(table)
}
