//! `count`, `cycle`, `repeat`.

use super::*;
use pyjit_text::repr::Builder;
use pyjit_types::sequence::{bind_args, push_repr};
use std::cell::Cell;

py_class! {
    /// `count`.
    pub struct PyCount as "count" { pub value: MutCell<Owned>, pub step: Owned }
}
py_class! {
    /// `cycle`.
    pub struct PyCycle as "cycle" { pub iter: MutCell<Owned>, pub saved: MutCell<Vec<Owned>>, pub at: Cell<usize> }
}
py_class! {
    /// `repeat`; -1 is for ever.
    pub struct PyRepeat as "repeat" { pub object: Owned, pub left: Cell<i64> }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    iterator_class!(vm, module, PyCount, "count", new_count, next_count, &[],
        "count(start=0, step=1): start, start + step, start + 2 * step and so on.", repr = repr_count);
    iterator_class!(vm, module, PyCycle, "cycle", new_cycle, next_cycle, &[],
        "The items of the iterable, again and again.");
    iterator_class!(vm, module, PyRepeat, "repeat", new_repeat, next_repeat, REPEAT,
        "repeat(object [,times]): the object, for ever or the given number of times.", repr = repr_repeat);
}

static REPEAT: &[MethodDef] = &[MethodDef::new(
    "__length_hint__",
    "(self, /)",
    repeat_hint,
    "Private method returning an estimate of len(list(it)).",
)];

fn is_number(v: Value) -> bool {
    let s = &v.class().slots;
    v.as_int().is_some()
        || s.index.get().is_some()
        || s.int.get().is_some()
        || s.float.get().is_some()
        || v.class().short_name() == "complex"
}
fn new_count(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(start=0, step=1)");
    bind_args(vm, &SIG, "count", args, |a| {
        let start = a[0].non_null().unwrap_or(Value::small(0));
        let step = a[1].non_null().unwrap_or(Value::small(1));
        if !is_number(start) || !is_number(step) {
            return Err(vm.type_error("a number is required"));
        }
        Ok(new_object(
            class,
            PyCount {
                value: MutCell::new(start.own()),
                step: step.own(),
            },
        ))
    })
}
fn next_count(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyCount>() else {
        return Ok(Owned::NULL);
    };
    let now = c.value.own();
    if let (Some(a), Some(b)) = (now.as_small(), c.step.as_small()) {
        c.value.set(new_int(a + b));
    } else {
        let after = vm.add(now.value(), c.step.value())?;
        c.value.set(after);
    }
    Ok(now)
}
fn repr_count(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyCount>() else {
        return Ok(Owned::NONE);
    };
    let mut out = Builder::new();
    out.push_str(&v.class().short_name());
    out.push_str("(");
    push_repr(vm, &mut out, c.value.own().value())?;
    if c.step.as_small() != Some(1) {
        out.push_str(", ");
        push_repr(vm, &mut out, c.step.value())?;
    }
    out.push_str(")");
    Ok(PyStr::from_buf(&out.finish()))
}

fn new_cycle(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let a = positional::<PyCycle>(vm, class, "cycle", args, 1)?;
    let iter = vm.iter(a[0])?;
    Ok(new_object(
        class,
        PyCycle {
            iter: MutCell::new(iter),
            saved: MutCell::default(),
            at: Cell::new(0),
        },
    ))
}
fn next_cycle(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyCycle>() else {
        return Ok(Owned::NULL);
    };
    if !c.iter.value().is_null() {
        let it = c.iter.own();
        if let Some(x) = vm.next(it.value())? {
            c.saved.get_mut().push(x.clone());
            return Ok(x);
        }
        c.iter.set(Owned::NULL);
    }
    let saved = c.saved.get();
    let at = c.at.get();
    match saved.get(at) {
        Some(x) => {
            c.at.set(if at + 1 >= saved.len() { 0 } else { at + 1 });
            Ok(x.clone())
        }
        None => Ok(Owned::NULL),
    }
}

fn new_repeat(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(object, times=-1)");
    bind_args(vm, &SIG, "repeat", args, |a| {
        let left = match a[1].non_null() {
            None => -1,
            Some(n) => (vm.to_size(n)? as i64).max(0),
        };
        Ok(new_object(
            class,
            PyRepeat {
                object: a[0].own(),
                left: Cell::new(left),
            },
        ))
    })
}
fn next_repeat(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(r) = v.cast::<PyRepeat>() else {
        return Ok(Owned::NULL);
    };
    match r.left.get() {
        0 => return Ok(Owned::NULL),
        n if n > 0 => r.left.set(n - 1),
        _ => {}
    }
    Ok(r.object.clone())
}
fn repr_repeat(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(r) = v.cast::<PyRepeat>() else {
        return Ok(Owned::NONE);
    };
    let mut out = Builder::new();
    out.push_str(&v.class().short_name());
    out.push_str("(");
    push_repr(vm, &mut out, r.object.value())?;
    if r.left.get() >= 0 {
        out.push_str(&format!(", {}", r.left.get()));
    }
    out.push_str(")");
    Ok(PyStr::from_buf(&out.finish()))
}
fn repeat_hint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match a[0].cast::<PyRepeat>().map(|r| r.left.get()) {
        Some(n) if n >= 0 => Ok(new_int(n)),
        _ => Err(vm.type_error("len() of unsized object")),
    }
}
