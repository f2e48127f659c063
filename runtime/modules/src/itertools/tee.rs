//! `tee`: iterators over a shared chain of blocks, filled as the first of them moves on.

use super::*;
use std::cell::Cell;

/// Items of a block.
const BLOCK: usize = 57;

py_class! {
    /// A block: items taken from the iterator, and the block after it (NULL until it is needed).
    pub struct PyTeeData as "_tee_dataobject" {
        pub iter: Owned,
        pub values: MutCell<Vec<Owned>>,
        pub next: MutCell<Owned>,
        pub running: Cell<bool>,
    }
}
py_class! {
    /// One of the iterators.
    pub struct PyTee as "_tee" { pub data: MutCell<Owned>, pub at: Cell<usize> }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    crate::native::payload_class::<PyTee>(
        vm,
        module,
        ClassSpec {
            module: "itertools",
            doc: Some("Iterator wrapped to make it copyable."),
            flags: 0,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    args.no_keywords(vm, "_tee")?;
                    args.check_positional(vm, "_tee", 1, 1)?;
                    from_iterable(vm, args.values[0])
                }));
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: METHODS,
            ..ClassSpec::new("_tee")
        },
    );
    crate::native::payload_class::<PyTeeData>(
        vm,
        module,
        ClassSpec {
            module: "itertools",
            doc: Some("Data container common to multiple tee objects."),
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    args.no_keywords(vm, "_tee_dataobject")?;
                    args.check_positional(vm, "_tee_dataobject", 3, 3)?;
                    let a = args.values;
                    let data = block(a[0].own());
                    if let Some(d) = data.cast::<PyTeeData>() {
                        *d.values.get_mut() = vm.iterate_to_vec(a[1])?;
                        if !a[2].is_none() {
                            d.next.set(a[2].own());
                        }
                    }
                    Ok(data)
                }));
            },
            ..ClassSpec::new("_tee_dataobject")
        },
    );
}

static METHODS: &[MethodDef] = &[MethodDef::new(
    "__copy__",
    "(self, /)",
    |_, a| Ok(copy(a[0])),
    "Returns an independent iterator.",
)];

fn block(iter: Owned) -> Owned {
    new_object(
        PyTeeData::class(),
        PyTeeData {
            iter,
            values: MutCell::default(),
            next: MutCell::default(),
            running: Cell::new(false),
        },
    )
}
fn tee_at(data: Owned, at: usize) -> Owned {
    new_object(
        PyTee::class(),
        PyTee {
            data: MutCell::new(data),
            at: Cell::new(at),
        },
    )
}
fn copy(v: Value) -> Owned {
    match v.cast::<PyTee>() {
        Some(t) => tee_at(t.data.own(), t.at.get()),
        None => v.own(),
    }
}
fn from_iterable(vm: &Vm, iterable: Value) -> PyResult<Owned> {
    let it = vm.iter(iterable)?;
    if it.isa::<PyTee>() {
        return Ok(copy(it.value()));
    }
    Ok(tee_at(block(it), 0))
}

pub(super) fn tee(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = match a[1].non_null() {
        Some(n) => vm.to_size(n)?,
        None => 2,
    };
    if n < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    if n == 0 {
        return Ok(PyTuple::empty());
    }
    let mut it = vm.iter(a[0])?;
    let mut copier = vm.getattr_opt(it.value(), vm.names.__copy__.value())?;
    if copier.is_none() {
        it = from_iterable(vm, it.value())?;
        copier = vm.getattr_opt(it.value(), vm.names.__copy__.value())?;
    }
    let mut out = Vec::new();
    for _ in 0..n {
        match &copier {
            Some(c) => out.push(vm.call(c.value(), &[])?),
            None => out.push(it.clone()),
        }
    }
    Ok(PyTuple::new(out))
}

fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(t) = v.cast::<PyTee>() else {
        return Ok(Owned::NULL);
    };
    if t.at.get() >= BLOCK {
        let now = t.data.own();
        if let Some(d) = now.cast::<PyTeeData>() {
            if d.next.value().is_null() {
                d.next.set(block(d.iter.clone()));
            }
            t.data.set(d.next.own());
            t.at.set(0);
        }
    }
    let data = t.data.own();
    let Some(d) = data.cast::<PyTeeData>() else {
        return Ok(Owned::NULL);
    };
    let at = t.at.get();
    if let Some(x) = d.values.get().get(at) {
        let x = x.clone();
        t.at.set(at + 1);
        return Ok(x);
    }
    if d.running.get() {
        return Err(vm.runtime_error("cannot re-enter the tee iterator"));
    }
    d.running.set(true);
    let got = vm.next(d.iter.value());
    d.running.set(false);
    match got? {
        Some(x) => {
            d.values.get_mut().push(x.clone());
            t.at.set(at + 1);
            Ok(x)
        }
        None => Ok(Owned::NULL),
    }
}
