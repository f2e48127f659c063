//! `tuple`. The payload stands in the core, the iterator in `iterators.rs`.

use crate::sequence::*;
use pyjit_core::prelude::*;
use pyjit_core::protocol::Subscript;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyTuple>(
        vm,
        ClassSpec {
            doc: Some(
                "Immutable sequence: tuple() is empty, tuple(iterable) has the items of the iterable; a tuple is returned as it is.",
            ),
            flags: type_flags::BASE
                | type_flags::TUPLE_SUBCLASS
                | type_flags::MATCH_SELF
                | type_flags::SEQUENCE,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
                s.iter.set(Some(|_, v| Ok(PyTupleIter::new(v.own()))));
                s.len.set(Some(|_, v| Ok(items(v).len())));
                s.contains.set(Some(contains));
                s.getitem.set(Some(getitem));
                s.concat.set(Some(concat));
                s.repeat.set(Some(repeat));
            },
            methods: METHODS,
            ..ClassSpec::new("tuple")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("__getnewargs__", "(self, /)", getnewargs, ""),
    MethodDef::new(
        "index",
        "(self, value, start=0, stop=sys.maxsize, /)",
        index,
        "Position of the first item equal to value; ValueError if there is none.",
    ),
    MethodDef::new(
        "count",
        "(self, value, /)",
        count,
        "Return number of occurrences of value.",
    ),
    class_getitem_def(
        "A generic alias: tuple[int, str] is a pair of an int and a string, tuple[int, ...] any number of ints.",
    ),
];
fn items<'a>(v: Value) -> &'a [Value] {
    v.cast::<PyTuple>().map_or(&[], |t| t.as_slice())
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let base = PyTuple::class();
    let refuse = class.same(base)
        || same_fn(class.slots.init.get(), base.slots.init.get(), |f| {
            f as usize
        });
    let Some(iterable) = optional_iterable(vm, "tuple", args, refuse)? else {
        return Ok(PyTuple::new_in(class, vec![]));
    };
    if class.same(base) {
        return vm.tuple_from(iterable);
    }
    Ok(PyTuple::new_in(class, vm.iterate_to_vec(iterable)?))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let items = items(v);
    let close = if items.len() == 1 { ",)" } else { ")" };
    repr_items(vm, v, ("(", close, "(...)"), |i| {
        items.get(i).map(|x| x.own())
    })
}
fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    vm.check_native_stack_in(" while hashing a tuple")?;
    match v.cast::<PyTuple>() {
        Some(t) => t.hash(vm),
        None => Ok(0),
    }
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyTuple>(), b.cast::<PyTuple>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let (x, y) = (x.as_slice(), y.as_slice());
    for (p, q) in x.iter().zip(y) {
        if !vm.eq(*p, *q)? {
            return match op {
                Cmp::Eq => Ok(Owned::bool(false)),
                Cmp::Ne => Ok(Owned::bool(true)),
                _ => vm.compare(*p, *q, op),
            };
        }
    }
    Ok(Owned::bool(op.of(x.len().cmp(&y.len()))))
}
fn contains(vm: &Vm, v: Value, item: Value) -> PyResult<bool> {
    for x in items(v) {
        if vm.eq(*x, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}
fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let all = items(v);
    match vm.subscript(key, "tuple")? {
        Subscript::Index(i) => match vm.position(i, all.len()) {
            Some(i) => Ok(all[i].own()),
            None => Err(vm.index_error("tuple index out of range")),
        },
        Subscript::Slice(s) => {
            let b = s.bounds(vm, all.len())?;
            if b.step == 1 {
                if b.len == all.len() && v.is_exact::<PyTuple>() {
                    return Ok(v.own());
                }
                let start = b.start.max(0) as usize;
                return Ok(PyTuple::from_slice(
                    all.get(start..start + b.len).unwrap_or(&[]),
                ));
            }
            let picked = b.positions().filter_map(|i| all.get(i).map(|v| v.own()));
            Ok(PyTuple::new(picked.collect()))
        }
    }
}
fn concat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    if items(a).is_empty() && b.is_exact::<PyTuple>() {
        return Ok(b.own());
    }
    let Some(y) = b.cast::<PyTuple>() else {
        return Err(vm.type_error(format!(
            "can only concatenate tuple (not \"{}\") to tuple",
            b.class().name_str()
        )));
    };
    if y.is_empty() && a.is_exact::<PyTuple>() {
        return Ok(a.own());
    }
    let both = items(a).iter().chain(y.as_slice());
    Ok(PyTuple::new(both.map(|v| v.own()).collect()))
}
fn repeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let n = vm.repeat_count(n)?;
    let all = items(v);
    if (all.is_empty() || n == 1) && v.is_exact::<PyTuple>() {
        return Ok(v.own());
    }
    Ok(PyTuple::new(repeated(vm, all, n)?))
}

/// `n` copies of the items; MemoryError where that cannot be.
pub fn repeated(vm: &Vm, items: &[Value], n: usize) -> PyResult<Vec<Owned>> {
    let mut out: Vec<Owned> = Vec::new();
    if items.is_empty() || n == 0 {
        return Ok(out);
    }
    let total = items.len().checked_mul(n);
    let Some(total) = total.filter(|t| out.try_reserve_exact(*t).is_ok()) else {
        return Err(vm.memory_error());
    };
    if let [one] = items {
        out.resize_with(total, || one.own());
        return Ok(out);
    }
    for _ in 0..n {
        out.extend(items.iter().map(|v| v.own()));
    }
    Ok(out)
}

fn getnewargs(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyTuple::new(vec![PyTuple::from_slice(items(a[0]))]))
}
fn index(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let all = items(a[0]);
    let start = clipped_bound(vm, a[2], 0, all.len())?;
    let stop = clipped_bound(vm, a[3], isize::MAX, all.len())?;
    for (i, x) in all.iter().enumerate().take(stop).skip(start) {
        if vm.eq(*x, a[1])? {
            return Ok(new_usize(i));
        }
    }
    Err(vm.value_error("tuple.index(x): x not in tuple"))
}
fn count(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut n = 0;
    for x in items(a[0]) {
        if vm.eq(*x, a[1])? {
            n += 1;
        }
    }
    Ok(new_usize(n))
}
