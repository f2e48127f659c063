//! `range` and its two iterators. Called by the crate's `init`.

use crate::iterators::{builtin, itself};
use pyjit_core::prelude::*;
use pyjit_num::BigInt;

/// Fills the classes in.
pub fn define(vm: &Vm) {
    define_class::<PyRange>(
        vm,
        ClassSpec {
            doc: Some(
                "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list of 4 elements.\nWhen step is given, it specifies the increment (or decrement).",
            ),
            flags: type_flags::SEQUENCE,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
                s.iter.set(Some(iter));
                s.bool
                    .set(Some(|vm, v| vm.truthy(me(vm, v)?.length.value())));
                s.len.set(Some(|vm, v| match me(vm, v)?.length.as_i64() {
                    Some(n) => Ok(n as usize),
                    None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
                }));
                s.getitem.set(Some(getitem));
                s.contains.set(Some(contains));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("range")
        },
    );
    define_class::<PyRangeIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(itself));
                s.next.set(Some(|vm, v| {
                    Ok(short(vm, v)?.advance().map_or(Owned::NULL, new_int))
                }));
            },
            methods: SHORT,
            ..ClassSpec::new("range_iterator")
        },
    );
    define_class::<PyLongRangeIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(itself));
                s.next.set(Some(long_next));
            },
            methods: LONG,
            ..ClassSpec::new("longrange_iterator")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__reversed__",
        "(self, /)",
        reversed,
        "Return a reverse iterator.",
    ),
    MethodDef::new("__reduce__", "(self, /)", reduce, ""),
    MethodDef::new(
        "count",
        "(self, object, /)",
        count,
        "rangeobject.count(value) -> integer -- return number of occurrences of value",
    ),
    MethodDef::new(
        "index",
        "(self, object, /)",
        index,
        "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.",
    ),
];
static GETSET: &[GetSetDef] = &[
    GetSetDef::member("start", |vm, v| Ok(me(vm, v)?.start.clone())),
    GetSetDef::member("stop", |vm, v| Ok(me(vm, v)?.stop.clone())),
    GetSetDef::member("step", |vm, v| Ok(me(vm, v)?.step.clone())),
];
static SHORT: &[MethodDef] = &[
    MethodDef::new(
        "__length_hint__",
        "(self, /)",
        |vm, a| Ok(new_int(short(vm, a[0])?.left.get())),
        "Private method returning an estimate of len(list(it)).",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        short_reduce,
        "Return state information for pickling.",
    ),
    MethodDef::new(
        "__setstate__",
        "(self, object, /)",
        short_setstate,
        "Set state information for unpickling.",
    ),
];
static LONG: &[MethodDef] = &[
    MethodDef::new(
        "__length_hint__",
        "(self, /)",
        |vm, a| {
            let r = long(vm, a[0])?;
            Ok(new_big(big(&r.length).sub(&big(r.index.get()))))
        },
        "Private method returning an estimate of len(list(it)).",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        long_reduce,
        "Return state information for pickling.",
    ),
    MethodDef::new(
        "__setstate__",
        "(self, object, /)",
        long_setstate,
        "Set state information for unpickling.",
    ),
];

fn me<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyRange> {
    v.cast::<PyRange>()
        .ok_or_else(|| vm.type_error("a range is required"))
}
fn short<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyRangeIter> {
    v.cast::<PyRangeIter>()
        .ok_or_else(|| vm.type_error("a range_iterator is required"))
}
fn long<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyLongRangeIter> {
    v.cast::<PyLongRangeIter>()
        .ok_or_else(|| vm.type_error("a longrange_iterator is required"))
}
fn big(v: &Owned) -> BigInt {
    v.as_int().map_or(BigInt::zero(), |i| i.to_big())
}

/// Number of items.
fn length(start: &Owned, stop: &Owned, step: &Owned) -> Owned {
    if let (Some(a), Some(b), Some(s)) = (start.as_i64(), stop.as_i64(), step.as_i64()) {
        let (a, b, s) = (a as i128, b as i128, s as i128);
        let n = if s > 0 && a < b {
            (b - a - 1) / s + 1
        } else if s < 0 && a > b {
            (a - b - 1) / -s + 1
        } else {
            0
        };
        return new_i128(n);
    }
    let (a, b, s) = (big(start), big(stop), big(step));
    let distance = if s.is_negative() {
        a.sub(&b)
    } else {
        b.sub(&a)
    };
    if distance.sign() <= 0 {
        return Owned::small(0);
    }
    match distance.sub_i64(1).floor_div(&s.abs()) {
        Some(q) => new_big(q.add_i64(1)),
        None => Owned::small(0),
    }
}

/// A range of int objects; the step is not 0.
pub fn make(start: Owned, stop: Owned, step: Owned) -> Owned {
    let length = length(&start, &stop, &step);
    new_object(
        PyRange::class(),
        PyRange {
            start,
            stop,
            step,
            length,
        },
    )
}

fn new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "range")?;
    args.check_positional(vm, "range", 1, 3)?;
    let int = |v: Value| -> PyResult<Owned> { crate::int::exact(vm, vm.index(v)?) };
    let (start, stop, step) = match *args.pos() {
        [stop] => (Owned::small(0), int(stop)?, Owned::small(1)),
        [start, stop] => (int(start)?, int(stop)?, Owned::small(1)),
        [start, stop, step, ..] => (int(start)?, int(stop)?, int(step)?),
        [] => (Owned::small(0), Owned::small(0), Owned::small(1)),
    };
    if step.as_i64() == Some(0) {
        return Err(vm.value_error("range() arg 3 must not be zero"));
    }
    Ok(make(start, stop, step))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let r = me(vm, v)?;
    let (a, b) = (
        vm.repr_text(r.start.value())?,
        vm.repr_text(r.stop.value())?,
    );
    Ok(PyStr::from_str(&if r.step.as_i64() == Some(1) {
        format!("range({a}, {b})")
    } else {
        format!("range({a}, {b}, {})", vm.repr_text(r.step.value())?)
    }))
}

fn same(a: &Owned, b: &Owned) -> bool {
    match (a.as_int(), b.as_int()) {
        (Some(x), Some(y)) => x.cmp(y).is_eq(),
        _ => false,
    }
}

fn compare(_: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y), true) = (
        a.cast::<PyRange>(),
        b.cast::<PyRange>(),
        matches!(op, Cmp::Eq | Cmp::Ne),
    ) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let equal = same(&x.length, &y.length)
        && (x.length.as_i64() == Some(0)
            || same(&x.start, &y.start)
                && (x.length.as_i64() == Some(1) || same(&x.step, &y.step)));
    Ok(Owned::bool(equal == (op == Cmp::Eq)))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let r = me(vm, v)?;
    let (mut start, mut step) = (r.start.value(), r.step.value());
    match r.length.as_i64() {
        Some(0) => (start, step) = (Value::NONE, Value::NONE),
        Some(1) => step = Value::NONE,
        _ => {}
    }
    vm.hash_sequence(&[r.length.value(), start, step])
}

/// `start + i * step`.
fn item(r: &PyRange, i: &BigInt) -> Owned {
    if let (Some(a), Some(s), Some(i)) = (r.start.as_i64(), r.step.as_i64(), i.to_i64())
        && let Some(v) = s.checked_mul(i).and_then(|d| a.checked_add(d))
    {
        return new_int(v);
    }
    new_big(big(&r.start).add(&big(&r.step).mul(i)))
}

fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let r = me(vm, v)?;
    if key.as_int().is_some() || key.class().slots.index.get().is_some() {
        let i = vm.index(key)?;
        let n = big(&r.length);
        let mut i = big(&i);
        if i.is_negative() {
            i = i.add(&n);
        }
        if i.is_negative() || i >= n {
            return Err(vm.index_error("range object index out of range"));
        }
        return Ok(item(r, &i));
    }
    if let Some(s) = key.cast::<PySlice>() {
        let (start, stop, step) = crate::slice::long_indices(vm, s, &big(&r.length))?;
        let step = new_big(big(&r.step).mul(&step));
        return Ok(make(item(r, &start), item(r, &stop), step));
    }
    Err(vm.type_error(format!(
        "range indices must be integers or slices, not {}",
        key.class().name_str()
    )))
}

/// The position of an integer in the range.
fn position(r: &PyRange, x: IntRef<'_>) -> Option<BigInt> {
    if let (Some(a), Some(s), Some(n), IntRef::Small(x)) =
        (r.start.as_i64(), r.step.as_i64(), r.length.as_i64(), x)
    {
        let d = x as i128 - a as i128;
        let q = d / s as i128;
        return (d % s as i128 == 0 && q >= 0 && q < n as i128).then(|| BigInt::from_i128(q));
    }
    let (q, rest) = x.to_big().sub(&big(&r.start)).divmod(&big(&r.step))?;
    (rest.is_zero() && !q.is_negative() && q < big(&r.length)).then_some(q)
}

fn plain_int<'a>(v: Value) -> Option<IntRef<'a>> {
    if v.is_exact_int() || v.is_bool() {
        v.as_int()
    } else {
        None
    }
}

fn contains(vm: &Vm, v: Value, x: Value) -> PyResult<bool> {
    if let Some(i) = plain_int(x) {
        return Ok(position(me(vm, v)?, i).is_some());
    }
    let it = iter(vm, v)?;
    while let Some(y) = vm.next(it.value())? {
        if vm.eq(y.value(), x)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn count(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if let Some(i) = plain_int(a[1]) {
        return Ok(Owned::small(i64::from(
            position(me(vm, a[0])?, i).is_some(),
        )));
    }
    let it = iter(vm, a[0])?;
    let mut n = 0;
    while let Some(y) = vm.next(it.value())? {
        if vm.eq(y.value(), a[1])? {
            n += 1;
        }
    }
    Ok(new_int(n))
}

fn index(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if let Some(i) = plain_int(a[1]) {
        return match position(me(vm, a[0])?, i) {
            Some(q) => Ok(new_big(q)),
            None => Err(vm.value_error("range.index(x): x not in range")),
        };
    }
    let it = iter(vm, a[0])?;
    let mut n = 0;
    while let Some(y) = vm.next(it.value())? {
        if vm.eq(y.value(), a[1])? {
            return Ok(new_int(n));
        }
        n += 1;
    }
    Err(vm.value_error("sequence.index(x): x not in sequence"))
}

fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = me(vm, a[0])?;
    Ok(PyTuple::pair(
        a[0].class().as_owned(),
        PyTuple::new(vec![r.start.clone(), r.stop.clone(), r.step.clone()]),
    ))
}

/// An iterator over `length` numbers.
fn make_iter(start: Owned, step: Owned, length: Owned) -> Owned {
    if let (Some(a), Some(s), Some(n)) = (start.as_i64(), step.as_i64(), length.as_i64()) {
        let last = a as i128 + (n.max(1) as i128 - 1) * s as i128;
        let fits = |x: i128| i64::try_from(x).is_ok_and(|x| Value::try_small(x).is_some());
        if fits(a as i128) && fits(last) {
            return PyRangeIter::new(a, s, n);
        }
    }
    new_object(
        PyLongRangeIter::class(),
        PyLongRangeIter {
            start,
            step,
            length,
            index: MutCell::new(Owned::small(0)),
        },
    )
}

fn iter(vm: &Vm, v: Value) -> PyResult<Owned> {
    let r = me(vm, v)?;
    Ok(make_iter(r.start.clone(), r.step.clone(), r.length.clone()))
}

fn reversed(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = me(vm, a[0])?;
    let last = item(r, &big(&r.length).sub_i64(1));
    Ok(make_iter(
        last,
        new_big(big(&r.step).neg()),
        r.length.clone(),
    ))
}

fn iter_of(vm: &Vm, range: Owned, state: Owned) -> PyResult<Owned> {
    Ok(PyTuple::new(vec![
        builtin(vm, "iter")?,
        PyTuple::new(vec![range]),
        state,
    ]))
}

fn short_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = short(vm, a[0])?;
    let stop = r.next.get() as i128 + r.left.get() as i128 * r.step as i128;
    let range = make(new_int(r.next.get()), new_i128(stop), new_int(r.step));
    iter_of(vm, range, Owned::NONE)
}

fn short_setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = short(vm, a[0])?;
    let n = vm.to_i64(a[1])?.clamp(0, r.left.get());
    r.next
        .set(r.next.get().wrapping_add(n.wrapping_mul(r.step)));
    r.left.set(r.left.get() - n);
    Ok(Owned::NONE)
}

fn long_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let r = long(vm, v)?;
    let i = big(r.index.get());
    if i >= big(&r.length) {
        return Ok(Owned::NULL);
    }
    let value = big(&r.start).add(&big(&r.step).mul(&i));
    r.index.set(new_big(i.add_i64(1)));
    Ok(new_big(value))
}

fn long_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = long(vm, a[0])?;
    let stop = big(&r.start).add(&big(&r.step).mul(&big(&r.length)));
    let start = big(&r.start).add(&big(&r.step).mul(&big(r.index.get())));
    let range = make(new_big(start), new_big(stop), r.step.clone());
    iter_of(vm, range, Owned::NONE)
}

fn long_setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = long(vm, a[0])?;
    let Some(state) = a[1].as_int() else {
        return Err(vm.type_error(format!(
            "state must be an int, not {}",
            a[1].class().name_str()
        )));
    };
    let done = big(r.index.get());
    let left = big(&r.length).sub(&done);
    let state = state.to_big().max(BigInt::zero()).min(left);
    r.index.set(new_big(done.add(&state)));
    Ok(Owned::NONE)
}
