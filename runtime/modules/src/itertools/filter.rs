//! `takewhile`, `dropwhile`, `filterfalse`, `compress`, `starmap`, `accumulate`.

use super::*;
use pyjit_types::sequence::bind_args;
use std::cell::Cell;

py_class! {
    /// A function and an iterator: `takewhile`.
    pub struct PyTakeWhile as "takewhile" { pub func: Owned, pub iter: Owned, pub done: Cell<bool> }
}
py_class! {
    /// `dropwhile`.
    pub struct PyDropWhile as "dropwhile" { pub func: Owned, pub iter: Owned, pub started: Cell<bool> }
}
py_class! {
    /// `filterfalse`.
    pub struct PyFilterFalse as "filterfalse" { pub func: Owned, pub iter: Owned }
}
py_class! {
    /// `compress`.
    pub struct PyCompress as "compress" { pub data: Owned, pub selectors: Owned }
}
py_class! {
    /// `starmap`.
    pub struct PyStarMap as "starmap" { pub func: Owned, pub iter: Owned }
}
py_class! {
    /// `accumulate`; the total is NULL before the first item, the initial value NULL once it has been given.
    pub struct PyAccumulate as "accumulate" {
        pub iter: Owned,
        pub func: Owned,
        pub total: MutCell<Owned>,
        pub initial: MutCell<Owned>,
    }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    iterator_class!(vm, module, PyAccumulate, "accumulate", new_accumulate, next_accumulate, &[],
        "Return series of accumulated sums (or other binary function results).");
    iterator_class!(vm, module, PyCompress, "compress", new_compress, next_compress, &[],
        "The data elements whose selectors are true.");
    iterator_class!(vm, module, PyDropWhile, "dropwhile", new_dropwhile, next_dropwhile, &[],
        "The items of the iterable from the first one on for which the predicate is false.");
    iterator_class!(vm, module, PyFilterFalse, "filterfalse", new_filterfalse, next_filterfalse, &[],
        "The items for which the function is false; without a function, the false items.");
    iterator_class!(vm, module, PyStarMap, "starmap", new_starmap, next_starmap, &[],
        "The results of calling the function with each item of the iterable as its arguments.");
    iterator_class!(vm, module, PyTakeWhile, "takewhile", new_takewhile, next_takewhile, &[],
        "The items of the iterable as long as the predicate is true.");
}

macro_rules! func_and_iter {
    ($new:ident, $T:ident, $name:literal $(, $extra:ident: $v:expr)*) => {
        fn $new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
            let a = positional::<$T>(vm, class, $name, args, 2)?;
            let iter = vm.iter(a[1])?;
            Ok(new_object(class, $T { func: a[0].own(), iter $(, $extra: $v)* }))
        }
    };
}
func_and_iter!(new_takewhile, PyTakeWhile, "takewhile", done: Cell::new(false));
func_and_iter!(new_dropwhile, PyDropWhile, "dropwhile", started: Cell::new(false));
func_and_iter!(new_filterfalse, PyFilterFalse, "filterfalse");
func_and_iter!(new_starmap, PyStarMap, "starmap");

fn test(vm: &Vm, func: Value, x: Value) -> PyResult<bool> {
    let r = vm.call(func, &[x])?;
    vm.truthy(r.value())
}
fn next_takewhile(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(t) = v.cast::<PyTakeWhile>().filter(|t| !t.done.get()) else {
        return Ok(Owned::NULL);
    };
    let Some(x) = vm.next(t.iter.value())? else {
        return Ok(Owned::NULL);
    };
    if test(vm, t.func.value(), x.value())? {
        return Ok(x);
    }
    t.done.set(true);
    Ok(Owned::NULL)
}
fn next_dropwhile(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(d) = v.cast::<PyDropWhile>() else {
        return Ok(Owned::NULL);
    };
    loop {
        let Some(x) = vm.next(d.iter.value())? else {
            return Ok(Owned::NULL);
        };
        if d.started.get() {
            return Ok(x);
        }
        if !test(vm, d.func.value(), x.value())? {
            d.started.set(true);
            return Ok(x);
        }
    }
}
fn next_filterfalse(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(f) = v.cast::<PyFilterFalse>() else {
        return Ok(Owned::NULL);
    };
    let plain = f.func.is_none() || f.func.value().is(<PyBool as Payload>::class().as_value());
    loop {
        let Some(x) = vm.next(f.iter.value())? else {
            return Ok(Owned::NULL);
        };
        let good = if plain {
            vm.truthy(x.value())?
        } else {
            test(vm, f.func.value(), x.value())?
        };
        if !good {
            return Ok(x);
        }
    }
}
fn next_starmap(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(s) = v.cast::<PyStarMap>() else {
        return Ok(Owned::NULL);
    };
    let Some(x) = vm.next(s.iter.value())? else {
        return Ok(Owned::NULL);
    };
    let args = vm.tuple_from(x.value())?;
    vm.call(s.func.value(), vm.tuple_items(args.value()))
}

fn new_compress(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(data, selectors)");
    bind_args(vm, &SIG, "compress", args, |a| {
        Ok(new_object(
            class,
            PyCompress {
                data: vm.iter(a[0])?,
                selectors: vm.iter(a[1])?,
            },
        ))
    })
}
fn next_compress(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyCompress>() else {
        return Ok(Owned::NULL);
    };
    loop {
        let Some(x) = vm.next(c.data.value())? else {
            return Ok(Owned::NULL);
        };
        let Some(s) = vm.next(c.selectors.value())? else {
            return Ok(Owned::NULL);
        };
        if vm.truthy(s.value())? {
            return Ok(x);
        }
    }
}

fn new_accumulate(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(iterable, func=None, *, initial=None)");
    bind_args(vm, &SIG, "accumulate", args, |a| {
        Ok(new_object(
            class,
            PyAccumulate {
                iter: vm.iter(a[0])?,
                func: a[1].given().unwrap_or(Value::NULL).own(),
                total: MutCell::new(Owned::NULL),
                initial: MutCell::new(a[2].given().unwrap_or(Value::NULL).own()),
            },
        ))
    })
}
fn next_accumulate(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyAccumulate>() else {
        return Ok(Owned::NULL);
    };
    let first = c.initial.take();
    if !first.is_null() {
        c.total.set(first.clone());
        return Ok(first);
    }
    let Some(x) = vm.next(c.iter.value())? else {
        return Ok(Owned::NULL);
    };
    let total = c.total.own();
    let new = if total.is_null() {
        x
    } else if c.func.is_null() {
        vm.add(total.value(), x.value())?
    } else {
        vm.call(c.func.value(), &[total.value(), x.value()])?
    };
    c.total.set(new.clone());
    Ok(new)
}
