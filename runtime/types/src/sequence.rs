//! What list, tuple, dict, set and the containers of the native modules have in common: showing items, argument binding of
//! constructors, positions, `C[int]`.

use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use pyjit_text::repr::Builder;

/// Appends `repr(v)`.
pub fn push_repr(vm: &Vm, out: &mut Builder, v: Value) -> PyResult<()> {
    let r = vm.repr(v)?;
    if let Some(s) = r.cast::<PyStr>() {
        out.push_text(s.text());
    }
    Ok(())
}

/// `open + repr of the items, separated by commas + close`, with `recursive` for an object that is already being shown.
/// The items are asked for one by one, because showing them may change the container.
pub fn repr_items(
    vm: &Vm,
    v: Value,
    (open, close, recursive): (&str, &str, &str),
    item: impl Fn(usize) -> Option<Owned>,
) -> PyResult<Owned> {
    let shown = vm.repr_guard(v, || {
        let mut out = Builder::new();
        out.push_str(open);
        let mut i = 0;
        while let Some(x) = item(i) {
            if i > 0 {
                out.push_str(", ");
            }
            push_repr(vm, &mut out, x.value())?;
            i += 1;
        }
        out.push_str(close);
        Ok(PyStr::from_buf(&out.finish()))
    })?;
    Ok(shown.unwrap_or_else(|| PyStr::from_str(recursive)))
}

/// Binds the arguments of a constructor or initialiser.
pub fn bind_args<R>(
    vm: &Vm,
    sig: &Sig,
    name: &str,
    args: Args<'_>,
    f: impl FnOnce(&[Value]) -> PyResult<R>,
) -> PyResult<R> {
    let qualified = || name.to_string();
    let who = Callee {
        name,
        qualified: &qualified,
        bound: false,
    };
    bind(vm, sig, who, args, f)
}

/// The one optional positional argument of `list()`, `tuple()`, `set()`...; keywords are refused unless a subclass may
/// want them for itself.
pub fn optional_iterable<'a>(
    vm: &Vm,
    name: &str,
    args: Args<'a>,
    refuse_keywords: bool,
) -> PyResult<Option<Value>> {
    if refuse_keywords {
        args.no_keywords(vm, name)?;
    }
    args.check_positional(vm, name, 0, 1)?;
    Ok(args.pos().first().copied())
}

/// Whether two slots hold the same function.
pub fn same_fn<F: Copy>(a: Option<F>, b: Option<F>, address: fn(F) -> usize) -> bool {
    a.map(address) == b.map(address)
}

/// A start or stop argument of `index`: clipped to the machine's range, negative ones counted from the end.
pub fn clipped_bound(vm: &Vm, v: Value, default: isize, len: usize) -> PyResult<usize> {
    let i = if v.is_null() {
        default
    } else {
        if v.as_int().is_none() && v.class().slots.index.get().is_none() {
            return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
        }
        vm.index_clipped(v)?
    };
    let i = if i < 0 {
        i.saturating_add(len as isize).max(0)
    } else {
        i
    };
    Ok(i as usize)
}

/// `C[args]`: a generic alias.
pub fn class_getitem(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    crate::generic_alias::class_getitem(vm, a)
}

/// The entry of every generic container's method table.
pub const fn class_getitem_def(doc: &'static str) -> MethodDef {
    MethodDef::class("__class_getitem__", "(type, object, /)", class_getitem, doc)
}

/// The built-in function `iter`, for `__reduce__` of iterators.
pub fn builtin(vm: &Vm, name: &str) -> PyResult<Owned> {
    let b = vm.builtins.own();
    let found = match b.cast::<PyDict>() {
        Some(d) => d.get_name(name),
        None => None,
    };
    match found {
        Some(f) => Ok(f),
        None => vm.import_attr("builtins", name),
    }
}

/// `(iter, (list,))`-like results of `__reduce__`.
pub fn reduce_iter(vm: &Vm, over: Owned, index: Option<usize>) -> PyResult<Owned> {
    let f = builtin(vm, "iter")?;
    let mut parts = vec![f, PyTuple::new(vec![over])];
    if let Some(i) = index {
        parts.push(new_usize(i));
    }
    Ok(PyTuple::new(parts))
}

/// The integer given to an iterator's `__setstate__`.
pub fn state_index(vm: &Vm, v: Value) -> PyResult<i64> {
    match v.as_int() {
        Some(_) => vm.to_size(v).map(|i| i as i64),
        None => Err(vm.type_error("an integer is required")),
    }
}
