//! `islice`.

use super::*;
use std::cell::Cell;

py_class! {
    /// `islice`; the iterator is NULL at the end.
    pub struct PyIslice as "islice" {
        pub iter: MutCell<Owned>,
        /// Position of the next item to give.
        pub next: Cell<usize>,
        /// `usize::MAX` is no end.
        pub stop: usize,
        pub step: usize,
        /// Items taken so far.
        pub taken: Cell<usize>,
    }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    iterator_class!(vm, module, PyIslice, "islice", new, next, &[],
        "islice(iterable, stop), islice(iterable, start, stop[, step]): the items at the positions of a slice.");
}

/// A position argument; `None` for Python's None. Whatever is wrong with it ends in the same ValueError.
fn place(vm: &Vm, v: Value, what: &str) -> PyResult<Option<usize>> {
    if v.is_none() {
        return Ok(None);
    }
    let n = vm.to_size(v).ok().and_then(|n| usize::try_from(n).ok());
    match n {
        Some(n) => Ok(Some(n)),
        None => Err(vm.value_error(format!(
            "{what} for islice() must be None or an integer: 0 <= x <= sys.maxsize."
        ))),
    }
}
fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    no_keywords::<PyIslice>(vm, class, "islice", args)?;
    args.check_positional(vm, "islice", 2, 4)?;
    let a = args.pos();
    let (start, stop) = match a {
        [_, stop] => (None, place(vm, *stop, "Stop argument")?),
        [_, start, stop, ..] => {
            let stop = place(vm, *stop, "Stop argument")?;
            (place(vm, *start, "Indices")?, stop)
        }
        _ => (None, None),
    };
    let step = match a.get(3) {
        Some(s) if !s.is_none() => {
            let n = vm.to_size(*s).ok().and_then(|n| usize::try_from(n).ok());
            match n {
                Some(n) if n > 0 => n,
                _ => {
                    return Err(
                        vm.value_error("Step for islice() must be a positive integer or None.")
                    );
                }
            }
        }
        _ => 1,
    };
    Ok(new_object(
        class,
        PyIslice {
            iter: MutCell::new(vm.iter(a[0])?),
            next: Cell::new(start.unwrap_or(0)),
            stop: stop.unwrap_or(usize::MAX),
            step,
            taken: Cell::new(0),
        },
    ))
}
fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(s) = v.cast::<PyIslice>() else {
        return Ok(Owned::NULL);
    };
    let it = s.iter.own();
    if it.is_null() {
        return Ok(Owned::NULL);
    }
    while s.taken.get() < s.next.get() {
        if vm.next(it.value())?.is_none() {
            s.iter.set(Owned::NULL);
            return Ok(Owned::NULL);
        }
        s.taken.set(s.taken.get() + 1);
    }
    if s.taken.get() >= s.stop {
        s.iter.set(Owned::NULL);
        return Ok(Owned::NULL);
    }
    let Some(x) = vm.next(it.value())? else {
        s.iter.set(Owned::NULL);
        return Ok(Owned::NULL);
    };
    s.taken.set(s.taken.get() + 1);
    s.next.set(s.next.get().saturating_add(s.step).min(s.stop));
    Ok(x)
}
