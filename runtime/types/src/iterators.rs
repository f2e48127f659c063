//! The iterators of lists and tuples, of `__getitem__` sequences and of callables. Called by the crate's `init`; `list`
//! makes its reverse iterator here.

use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// `reversed(list)`; the list becomes NULL at the end.
    pub struct PyListReverseIter as "list_reverseiterator" { pub list: MutCell<Owned>, pub index: Cell<i64> }
}

/// The iterator of `reversed(list)`.
pub fn list_reverse_iter(list: Owned) -> Owned {
    let n = list.cast::<PyList>().map_or(0, |l| l.len()) as i64;
    new_object(
        PyListReverseIter::class(),
        PyListReverseIter {
            list: MutCell::new(list),
            index: Cell::new(n - 1),
        },
    )
}

/// The `__iter__` of iterators.
pub fn itself(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(v.own())
}

/// A function or class of `builtins`, for `__reduce__`.
pub fn builtin(vm: &Vm, name: &str) -> PyResult<Owned> {
    let namespace = match vm.current() {
        Some(a) => a.function().builtins.own(),
        None => vm.builtins.own(),
    };
    let key = intern(name);
    // A key that is no plain string, or a mapping of another class, may run Python code here.
    let found = match namespace.cast_exact::<PyDict>() {
        Some(d) => d.get(vm, key.value())?,
        None => match vm.getitem(namespace.value(), key.value()) {
            Ok(v) => Some(v),
            Err(e) if e.is_instance(vm.exc.KeyError) => None,
            Err(e) => return Err(e),
        },
    };
    found.ok_or_else(|| vm.error(vm.exc.AttributeError, name))
}

static HINT: &str = "Private method returning an estimate of len(list(it)).";
static REDUCE: &str = "Return state information for pickling.";
static SETSTATE: &str = "Set state information for unpickling.";

macro_rules! iterator {
    ($vm:ident, $T:ident, $name:literal, $next:expr, $methods:expr) => {
        define_class::<$T>(
            $vm,
            ClassSpec {
                flags: type_flags::DISALLOW_INSTANTIATION,
                slots: |s| {
                    s.iter.set(Some(itself));
                    s.next.set(Some($next));
                },
                methods: $methods,
                ..ClassSpec::new($name)
            },
        );
    };
}

/// Fills the classes in.
pub fn define(vm: &Vm) {
    iterator!(vm, PyListIter, "list_iterator", list_next, LIST);
    iterator!(vm, PyTupleIter, "tuple_iterator", tuple_next, TUPLE);
    iterator!(
        vm,
        PyListReverseIter,
        "list_reverseiterator",
        reverse_next,
        REVERSE
    );
    iterator!(vm, PySeqIter, "iterator", seq_next, SEQ);
    iterator!(vm, PyCallIter, "callable_iterator", call_next, CALL);
}

macro_rules! me {
    ($vm:ident, $T:ident, $v:expr) => {
        match $v.cast::<$T>() {
            Some(it) => it,
            None => return Err($vm.type_error("a different iterator is required")),
        }
    };
}

/// `(iter, (source,), index)`, or `(iter, (empty,))` for an exhausted iterator.
fn reduced(
    vm: &Vm,
    function: &str,
    source: &MutCell<Owned>,
    index: i64,
    empty: fn() -> Owned,
) -> PyResult<Owned> {
    if source.value().is_null() {
        return Ok(PyTuple::pair(
            builtin(vm, "iter")?,
            PyTuple::new(vec![empty()]),
        ));
    }
    let f = builtin(vm, function)?;
    if source.value().is_null() {
        return reduced(vm, function, source, index, empty);
    }
    Ok(PyTuple::new(vec![
        f,
        PyTuple::new(vec![source.own()]),
        new_int(index),
    ]))
}

fn empty_list() -> Owned {
    PyList::new(Vec::new())
}

// Lists.

static LIST: &[MethodDef] = &[
    MethodDef::new("__length_hint__", "(self, /)", list_hint, HINT),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let it = me!(vm, PyListIter, a[0]);
            reduced(vm, "iter", &it.list, it.index.get() as i64, empty_list)
        },
        REDUCE,
    ),
    MethodDef::new("__setstate__", "(self, object, /)", list_setstate, SETSTATE),
];

fn list_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let it = me!(vm, PyListIter, v);
    let Some(l) = it.list.value().cast::<PyList>() else {
        return Ok(Owned::NULL);
    };
    let i = it.index.get();
    match l.get(i) {
        Some(x) => {
            it.index.set(i + 1);
            Ok(x)
        }
        None => {
            it.list.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}

fn list_hint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PyListIter, a[0]);
    let n = it.list.value().cast::<PyList>().map_or(0, |l| l.len());
    Ok(new_usize(n.saturating_sub(it.index.get())))
}

fn list_setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PyListIter, a[0]);
    let i = vm.to_size(a[1])?;
    if let Some(l) = it.list.value().cast::<PyList>() {
        it.index.set((i.max(0) as usize).min(l.len()));
    }
    Ok(Owned::NONE)
}

// Lists from the back.

static REVERSE: &[MethodDef] = &[
    MethodDef::new("__length_hint__", "(self, /)", reverse_hint, HINT),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let it = me!(vm, PyListReverseIter, a[0]);
            reduced(vm, "reversed", &it.list, it.index.get(), empty_list)
        },
        REDUCE,
    ),
    MethodDef::new(
        "__setstate__",
        "(self, object, /)",
        reverse_setstate,
        SETSTATE,
    ),
];

fn reverse_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let it = me!(vm, PyListReverseIter, v);
    let Some(l) = it.list.value().cast::<PyList>() else {
        return Ok(Owned::NULL);
    };
    let i = it.index.get();
    if let Some(x) = usize::try_from(i).ok().and_then(|i| l.get(i)) {
        it.index.set(i - 1);
        return Ok(x);
    }
    it.index.set(-1);
    it.list.set(Owned::NULL);
    Ok(Owned::NULL)
}

fn reverse_hint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PyListReverseIter, a[0]);
    let n = it.list.value().cast::<PyList>().map_or(0, |l| l.len()) as i64;
    let left = it.index.get() + 1;
    Ok(new_int(if n < left { 0 } else { left }))
}

fn reverse_setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PyListReverseIter, a[0]);
    let i = crate::sequence::state_index(vm, a[1])?;
    if let Some(l) = it.list.value().cast::<PyList>() {
        it.index.set(i.clamp(-1, l.len() as i64 - 1));
    }
    Ok(Owned::NONE)
}

// Tuples.

static TUPLE: &[MethodDef] = &[
    MethodDef::new("__length_hint__", "(self, /)", tuple_hint, HINT),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let it = me!(vm, PyTupleIter, a[0]);
            reduced(vm, "iter", &it.tuple, it.index.get() as i64, PyTuple::empty)
        },
        REDUCE,
    ),
    MethodDef::new(
        "__setstate__",
        "(self, object, /)",
        tuple_setstate,
        SETSTATE,
    ),
];

fn tuple_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let it = me!(vm, PyTupleIter, v);
    let Some(t) = it.tuple.value().cast::<PyTuple>() else {
        return Ok(Owned::NULL);
    };
    let i = it.index.get();
    match t.get(i) {
        Some(x) => {
            it.index.set(i + 1);
            Ok(x.own())
        }
        None => {
            it.tuple.set(Owned::NULL);
            Ok(Owned::NULL)
        }
    }
}

fn tuple_hint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PyTupleIter, a[0]);
    let n = it.tuple.value().cast::<PyTuple>().map_or(0, |t| t.len());
    Ok(new_usize(n.saturating_sub(it.index.get())))
}

fn tuple_setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PyTupleIter, a[0]);
    let i = vm.to_size(a[1])?;
    if let Some(t) = it.tuple.value().cast::<PyTuple>() {
        it.index.set((i.max(0) as usize).min(t.len()));
    }
    Ok(Owned::NONE)
}

// Anything with `__getitem__`.

static SEQ: &[MethodDef] = &[
    MethodDef::new("__length_hint__", "(self, /)", seq_hint, HINT),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let it = me!(vm, PySeqIter, a[0]);
            reduced(vm, "iter", &it.seq, it.index.get(), PyTuple::empty)
        },
        REDUCE,
    ),
    MethodDef::new("__setstate__", "(self, object, /)", seq_setstate, SETSTATE),
];

fn seq_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let it = me!(vm, PySeqIter, v);
    let seq = it.seq.own();
    if seq.is_null() {
        return Ok(Owned::NULL);
    }
    let i = it.index.get();
    if i == i64::MAX {
        return Err(vm.overflow_error("iter index too large"));
    }
    let key = new_int(i);
    match vm.getitem(seq.value(), key.value()) {
        Ok(x) => {
            it.index.set(i + 1);
            Ok(x)
        }
        Err(e) if e.is_instance(vm.exc.IndexError) || e.is_instance(vm.exc.StopIteration) => {
            it.seq.set(Owned::NULL);
            Ok(Owned::NULL)
        }
        Err(e) => Err(e),
    }
}

fn seq_hint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PySeqIter, a[0]);
    let seq = it.seq.own();
    if seq.is_null() {
        return Ok(Owned::small(0));
    }
    if seq.class().slots.len.get().is_none() {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let n = vm.len(seq.value())? as i64;
    Ok(new_int((n - it.index.get()).max(0)))
}

fn seq_setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PySeqIter, a[0]);
    let i = vm.to_size(a[1])?;
    if !it.seq.value().is_null() {
        it.index.set(i.max(0) as i64);
    }
    Ok(Owned::NONE)
}

// `iter(callable, sentinel)`.

static CALL: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    call_reduce,
    REDUCE,
)];

fn call_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let it = me!(vm, PyCallIter, v);
    let f = it.callable.own();
    if f.is_null() {
        return Ok(Owned::NULL);
    }
    let finished = || {
        it.callable.set(Owned::NULL);
        it.sentinel.set(Owned::NULL);
        Ok(Owned::NULL)
    };
    let r = match vm.call(f.value(), &[]) {
        Ok(r) => r,
        Err(e) if e.is_instance(vm.exc.StopIteration) => return finished(),
        Err(e) => return Err(e),
    };
    let sentinel = it.sentinel.own();
    if sentinel.is_null() {
        return Ok(Owned::NULL);
    }
    if vm.eq(sentinel.value(), r.value())? {
        return finished();
    }
    Ok(r)
}

fn call_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = me!(vm, PyCallIter, a[0]);
    let f = builtin(vm, "iter")?;
    if it.callable.value().is_null() {
        return Ok(PyTuple::pair(f, PyTuple::new(vec![PyTuple::empty()])));
    }
    Ok(PyTuple::pair(
        f,
        PyTuple::pair(it.callable.own(), it.sentinel.own()),
    ))
}
