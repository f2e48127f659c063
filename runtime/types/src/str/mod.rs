//! `str`: the class, its slots and construction. The methods stand in the files beside this one; the payload and the
//! operations that every tier needs (concatenation, joining, hashing) in the core's `types/str.rs`.

mod case;
pub mod codecs;
mod format;
mod handlers;
mod iter;
mod methods;
mod parts;
pub mod percent;
mod search;
mod translate;

pub(crate) use case::width;
pub use format::{format_error, formatter_field_name_split, formatter_parser};
pub(crate) use parts::{builtin, limit};
pub(crate) use search::type_name;

use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use pyjit_text::{escape, search as find};

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyStr>(
        vm,
        ClassSpec {
            flags: type_flags::BASE | type_flags::UNICODE_SUBCLASS | type_flags::MATCH_SELF,
            doc: Some(
                "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nText: a sequence of Unicode characters.",
            ),
            slots: |s| {
                s.new.set(Some(str_new));
                s.repr.set(Some(|_, v| {
                    Ok(PyStr::from_buf(&escape::repr_text(this(v).text())))
                }));
                s.str.set(Some(str_str));
                s.hash.set(Some(|_, v| Ok(this(v).hash())));
                s.compare.set(Some(str_compare));
                s.iter.set(Some(iter::str_iter));
                s.len.set(Some(|_, v| Ok(this(v).len())));
                s.contains.set(Some(str_contains));
                s.getitem.set(Some(str_getitem));
                s.concat.set(Some(concat));
                s.repeat.set(Some(repeat));
                s.rem.set(Some(percent::str_rem));
            },
            methods: methods::METHODS,
            ..ClassSpec::new("str")
        },
    );
    iter::define(vm);
}

/// The string payload of a receiver; the caller's protocol has checked the class, so the empty string is never seen.
pub(crate) fn this<'a>(v: Value) -> &'a PyStr {
    match v.cast::<PyStr>() {
        Some(s) => s,
        None => {
            let empty = Vm::get().empty_str.value();
            match empty.cast::<PyStr>() {
                Some(s) => s,
                None => unreachable!("the empty string is a string"),
            }
        }
    }
}

/// A string argument: `"{who} must be str, not {class}"` otherwise.
pub(crate) fn expect<'a>(vm: &Vm, v: Value, who: &str) -> PyResult<&'a PyStr> {
    v.cast::<PyStr>().ok_or_else(|| {
        let sep = if who.is_empty() { "" } else { " " };
        vm.type_error(format!(
            "{who}{sep}must be str, not {}",
            v.class().name_str()
        ))
    })
}

/// The exact string of a receiver: itself, or for subclasses a copy.
pub(crate) fn exact(v: Value) -> Owned {
    if v.is_exact::<PyStr>() {
        v.own()
    } else {
        PyStr::from_text(this(v).text())
    }
}

/// Bounds `start` and `end` of a search over `len` items, clipped like a slice; `None` when they cross.
pub(crate) fn clip_range(
    vm: &Vm,
    start: Value,
    end: Value,
    len: usize,
) -> PyResult<Option<(usize, usize)>> {
    let one = |v: Value, default: isize| -> PyResult<isize> {
        let Some(v) = v.given() else {
            return Ok(default);
        };
        if v.as_int().is_none() && v.class().slots.index.get().is_none() {
            return Err(
                vm.type_error("slice indices must be integers or None or have an __index__ method")
            );
        }
        vm.index_clipped(v)
    };
    let n = isize::try_from(len).unwrap_or(isize::MAX);
    let mut start = one(start, 0)?;
    let mut end = one(end, n)?;
    if end > n {
        end = n;
    } else if end < 0 {
        end = end.saturating_add(n).max(0);
    }
    if start < 0 {
        start = start.saturating_add(n).max(0);
    }
    Ok((start <= end).then_some((start as usize, end as usize)))
}

static NEW: Sig = Sig::parse("(object='', encoding='utf-8', errors='strict')");

fn str_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    if args.names.is_empty() {
        args.check_positional(vm, "str", 0, 3)?;
    }
    let who = Callee {
        name: "str",
        qualified: &|| "str".to_owned(),
        bound: false,
    };
    let s = bind(vm, &NEW, who, args, |a| {
        let (object, encoding, errors) = (a[0], a[1], a[2]);
        if object.is_null() {
            return Ok(vm.empty_str.clone());
        }
        if encoding.is_null() && errors.is_null() {
            return vm.str(object);
        }
        let text = |v: Value, name: &str| -> PyResult<Option<String>> {
            match v.non_null() {
                None => Ok(None),
                Some(v) => {
                    expect(vm, v, &format!("str() argument '{name}'"))?;
                    codecs::name_text(vm, v).map(Some)
                }
            }
        };
        let (encoding, errors) = (text(encoding, "encoding")?, text(errors, "errors")?);
        codecs::decode_object(vm, object, encoding.as_deref(), errors.as_deref())
    })?;
    if class.same(PyStr::class()) {
        return Ok(s);
    }
    Ok(PyStr::new_in(class, this(s.value()).text()))
}

fn str_str(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(exact(v))
}

fn str_compare(_: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyStr>(), b.cast::<PyStr>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    Ok(Owned::bool(match op {
        Cmp::Eq => x.same_text(y),
        Cmp::Ne => !x.same_text(y),
        _ => op.of(find::compare(x.text(), y.text())),
    }))
}

fn str_contains(vm: &Vm, v: Value, item: Value) -> PyResult<bool> {
    let Some(x) = item.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "'in <string>' requires string as left operand, not {}",
            item.class().name_str()
        )));
    };
    Ok(find::contains(this(v).text(), x.text()))
}

fn str_getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let s = this(v);
    if let Some(slice) = key.cast::<PySlice>() {
        let b = slice.bounds(vm, s.len())?;
        if b.step == 1 {
            let start = b.start.max(0) as usize;
            if b.len == s.len() {
                return Ok(exact(v));
            }
            return Ok(s.substring(start, start + b.len));
        }
        if b.len == 0 {
            return Ok(vm.empty_str.clone());
        }
        return Ok(PyStr::from_buf(&pyjit_text::shape::stride(
            s.text(),
            b.start.max(0) as usize,
            b.step,
            b.len,
        )));
    }
    let i = match key.as_small() {
        Some(i) => i,
        None if key.as_int().is_some() || key.class().slots.index.get().is_some() => {
            vm.index_size(key)?
        }
        None => {
            return Err(vm.type_error(format!(
                "string indices must be integers, not '{}'",
                key.class().name_str()
            )));
        }
    };
    match vm.position(i, s.len()).and_then(|i| s.text().get(i)) {
        Some(c) => Ok(PyStr::from_char(c)),
        None => Err(vm.index_error("string index out of range")),
    }
}

/// `a + b`, where `a` is a string.
pub fn concat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyStr>(), b.cast::<PyStr>()) else {
        return Err(vm.type_error(format!(
            "can only concatenate str (not \"{}\") to str",
            b.class().name_str()
        )));
    };
    x.concat(y).ok_or_else(|| vm.memory_error())
}

/// `s * n`.
pub fn repeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let n = vm.repeat_count(n)?;
    this(v).repeat(n).ok_or_else(|| vm.memory_error())
}
