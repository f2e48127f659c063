//! Functions about iteration.

use super::anext::PyAnextAwaitable;
use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("aiter", "(async_iterable, /)", aiter, "Return an AsyncIterator for an AsyncIterable object."),
    MethodDef::function("all", "(iterable, /)", |vm, a| until(vm, a[0], false), "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True."),
    MethodDef::function("anext", "(aiterator, default=<unrepresentable>, /)", anext, "Return the next item from the async iterator.\n\nIf default is given and the async iterator is exhausted,\nit is returned instead of raising StopAsyncIteration."),
    MethodDef::function("any", "(iterable, /)", |vm, a| until(vm, a[0], true), "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False."),
    MethodDef::function("iter", "(object, sentinel=None, /)", iter, "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.\nIn the first form, the argument must supply its own iterator, or be a sequence.\nIn the second form, the callable is called until it returns the sentinel."),
    MethodDef::function("next", "(iterator, default=None, /)", next, "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given and the iterator\nis exhausted, it is returned instead of raising StopIteration."),
    MethodDef::function("sorted", "(iterable, /, *, key=None, reverse=False)", sorted, "Return a new list containing all items from the iterable in ascending order.\n\nA custom key function can be supplied to customize the sort order, and the\nreverse flag can be set to request the result in descending order."),
];

/// Whether some item's truth is `wanted`; the result is that truth (`any`), or the opposite of what was looked for (`all`).
fn until(vm: &Vm, iterable: Value, wanted: bool) -> PyResult<Owned> {
    let it = vm.iter(iterable)?;
    while let Some(x) = vm.next(it.value())? {
        if vm.truthy(x.value())? == wanted {
            return Ok(Owned::bool(wanted));
        }
    }
    Ok(Owned::bool(!wanted))
}

fn iter(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[1].is_null() {
        return vm.iter(a[0]);
    }
    if !vm.is_callable(a[0]) {
        return Err(vm.type_error("iter(v, w): v must be callable"));
    }
    Ok(PyCallIter::new(a[0].own(), a[1].own()))
}

fn next(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(f) = a[0].class().slots.next.get() else {
        return Err(vm.type_error(format!(
            "'{}' object is not an iterator",
            a[0].class().name_str()
        )));
    };
    match f(vm, a[0]) {
        Ok(v) if !v.is_null() => Ok(v),
        Ok(_) if a[1].is_null() => Err(vm.stop_iteration(Value::NULL)),
        Ok(_) => Ok(a[1].own()),
        Err(e) if !a[1].is_null() && e.is_instance(vm.exc.StopIteration) => Ok(a[1].own()),
        Err(e) => Err(e),
    }
}

fn aiter(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(f) = a[0].class().slots.aiter.get() else {
        return Err(vm.type_error(format!(
            "'{}' object is not an async iterable",
            a[0].class().name_str()
        )));
    };
    let it = f(vm, a[0])?;
    if it.class().slots.anext.get().is_none() {
        return Err(vm.type_error(format!(
            "aiter() returned not an async iterator of type '{}'",
            it.class().name_str()
        )));
    }
    Ok(it)
}

fn anext(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(f) = a[0].class().slots.anext.get() else {
        return Err(vm.type_error(format!(
            "'{}' object is not an async iterator",
            a[0].class().name_str()
        )));
    };
    let awaitable = f(vm, a[0])?;
    if a[1].is_null() {
        return Ok(awaitable);
    }
    Ok(PyAnextAwaitable::new(awaitable, a[1].own()))
}

fn sorted(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let list = vm.list_from(a[0])?;
    let sort = vm.getattr_str(list.value(), "sort")?;
    let mut args = OwnedArgs::default();
    for (name, v) in [("key", a[1]), ("reverse", a[2])] {
        if !v.is_null() {
            args.push_keyword(intern(name), v.own());
        }
    }
    args.with(|args| vm.call_args(sort.value(), args))?;
    Ok(list)
}
