//! `slice`. Called by the crate's `init`; `range` uses the arithmetic of unlimited bounds.

use pyjit_core::prelude::*;
use pyjit_num::BigInt;

/// Fills the class in.
pub fn define(vm: &Vm) {
    define_class::<PySlice>(
        vm,
        ClassSpec {
            doc: Some(
                "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
            ),
            flags: 0,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("slice")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "indices",
        "(self, object, /)",
        indices,
        "S.indices(len) -> (start, stop, stride)\n\nThe start and stop indices and the stride of the slice over a sequence of\nlength len. Indices out of bounds are clipped as in ordinary slicing.",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        reduce,
        "Return state information for pickling.",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("start", |vm, v| Ok(me(vm, v)?.start.clone())),
    GetSetDef::member("stop", |vm, v| Ok(me(vm, v)?.stop.clone())),
    GetSetDef::member("step", |vm, v| Ok(me(vm, v)?.step.clone())),
];

fn me<'a>(vm: &Vm, v: Value) -> PyResult<&'a PySlice> {
    v.cast::<PySlice>()
        .ok_or_else(|| vm.type_error("a slice is required"))
}

fn new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "slice")?;
    args.check_positional(vm, "slice", 1, 3)?;
    let (start, stop, step) = match *args.pos() {
        [stop] => (Value::NONE, stop, Value::NONE),
        [start, stop] => (start, stop, Value::NONE),
        [start, stop, step, ..] => (start, stop, step),
        [] => (Value::NONE, Value::NONE, Value::NONE),
    };
    Ok(PySlice::new(start.own(), stop.own(), step.own()))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let s = me(vm, v)?;
    let mut out = pyjit_text::repr::Builder::new();
    out.push_str("slice(");
    for (i, part) in [&s.start, &s.stop, &s.step].into_iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        let r = vm.repr(part.value())?;
        if let Some(t) = r.cast::<PyStr>() {
            out.push_text(t.text());
        }
    }
    out.push_str(")");
    Ok(PyStr::from_buf(&out.finish()))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    // The tuple hash of the three parts without the length (xxHash constants).
    let s = me(vm, v)?;
    let mut acc: u64 = 2_870_177_450_012_600_261;
    for part in [&s.start, &s.stop, &s.step] {
        let lane = vm.hash(part.value())? as u64;
        acc = acc
            .wrapping_add(lane.wrapping_mul(14_029_467_366_897_019_727))
            .rotate_left(31)
            .wrapping_mul(11_400_714_785_074_694_791);
    }
    Ok(if acc == u64::MAX {
        1_546_275_796
    } else {
        acc as i64
    })
}

fn as_tuple(s: &PySlice) -> Owned {
    PyTuple::new(vec![s.start.clone(), s.stop.clone(), s.step.clone()])
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PySlice>(), b.cast::<PySlice>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if a.is(b) {
        return Ok(Owned::bool(matches!(op, Cmp::Eq | Cmp::Le | Cmp::Ge)));
    }
    let (x, y) = (as_tuple(x), as_tuple(y));
    vm.compare(x.value(), y.value(), op)
}

fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = me(vm, a[0])?;
    Ok(PyTuple::pair(a[0].class().as_owned(), as_tuple(s)))
}

fn indices(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let len = vm.index(a[1])?;
    let len = len.as_int().map_or(BigInt::zero(), |i| i.to_big());
    if len.is_negative() {
        return Err(vm.value_error("length should not be negative"));
    }
    let (start, stop, step) = long_indices(vm, me(vm, a[0])?, &len)?;
    Ok(PyTuple::new(vec![
        new_big(start),
        new_big(stop),
        new_big(step),
    ]))
}

/// `slice.indices` for any length.
pub(crate) fn long_indices(
    vm: &Vm,
    s: &PySlice,
    len: &BigInt,
) -> PyResult<(BigInt, BigInt, BigInt)> {
    let evaluate = |v: Value| -> PyResult<Option<BigInt>> {
        if v.is_none() {
            return Ok(None);
        }
        if v.as_int().is_none() && v.class().slots.index.get().is_none() {
            return Err(
                vm.type_error("slice indices must be integers or None or have an __index__ method")
            );
        }
        let i = vm.index(v)?;
        Ok(i.as_int().map(|i| i.to_big()))
    };
    let step = evaluate(s.step.value())?.unwrap_or_else(BigInt::one);
    if step.is_zero() {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    let backwards = step.is_negative();
    let (lower, upper) = if backwards {
        (BigInt::from_i64(-1), len.sub_i64(1))
    } else {
        (BigInt::zero(), len.clone())
    };
    let clip = |v: Option<BigInt>, default: &BigInt| match v {
        None => default.clone(),
        Some(v) if v.is_negative() => v.add(len).max(lower.clone()),
        Some(v) => v.min(upper.clone()),
    };
    let (first, last) = if backwards {
        (&upper, &lower)
    } else {
        (&lower, &upper)
    };
    let start = clip(evaluate(s.start.value())?, first);
    let stop = clip(evaluate(s.stop.value())?, last);
    Ok((start, stop, step))
}
