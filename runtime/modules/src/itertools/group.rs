//! `groupby`, `batched`, `pairwise`.

use super::*;
use pyjit_types::sequence::bind_args;
use std::cell::Cell;

py_class! {
    /// `groupby`. NULL values are not there yet.
    pub struct PyGroupBy as "groupby" {
        pub iter: Owned,
        pub func: Owned,
        /// Key of the group that was given out last.
        pub target: MutCell<Owned>,
        pub key: MutCell<Owned>,
        pub value: MutCell<Owned>,
        /// Number of the group that may take items; older groups are at their end.
        pub current: Cell<u64>,
    }
}
py_class! {
    /// One group.
    pub struct PyGrouper as "_grouper" { pub parent: Owned, pub target: Owned, pub number: u64 }
}
py_class! {
    /// `batched`.
    pub struct PyBatched as "batched" { pub iter: MutCell<Owned>, pub size: usize, pub strict: bool }
}
py_class! {
    /// `pairwise`.
    pub struct PyPairwise as "pairwise" { pub iter: MutCell<Owned>, pub old: MutCell<Owned> }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    iterator_class!(vm, module, PyBatched, "batched", new_batched, next_batched, &[],
        "Tuples of n items each; the last one may be shorter, unless strict is true.");
    iterator_class!(vm, module, PyGroupBy, "groupby", new_groupby, next_groupby, &[],
        "Consecutive keys and groups of the iterable: pairs of a key and an iterator over the items with it.");
    let grouper = iterator_class!(vm, module, PyGrouper, "_grouper", new_grouper, next_grouper, &[], "");
    grouper.flags.set(grouper.flags.get() & !type_flags::BASE);
    iterator_class!(vm, module, PyPairwise, "pairwise", new_pairwise, next_pairwise, &[],
        "Overlapping pairs of the items: (s0, s1), (s1, s2) and so on.");
}

fn new_groupby(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(iterable, key=None)");
    bind_args(vm, &SIG, "groupby", args, |a| {
        Ok(new_object(
            class,
            PyGroupBy {
                iter: vm.iter(a[0])?,
                func: a[1].given().unwrap_or(Value::NULL).own(),
                target: MutCell::default(),
                key: MutCell::default(),
                value: MutCell::default(),
                current: Cell::new(0),
            },
        ))
    })
}
/// Takes the next item and its key; false at the end.
fn advance(vm: &Vm, g: &PyGroupBy) -> PyResult<bool> {
    let Some(x) = vm.next(g.iter.value())? else {
        return Ok(false);
    };
    let key = if g.func.is_null() {
        x.clone()
    } else {
        vm.call(g.func.value(), &[x.value()])?
    };
    g.value.set(x);
    g.key.set(key);
    Ok(true)
}
fn next_groupby(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(g) = v.cast::<PyGroupBy>() else {
        return Ok(Owned::NULL);
    };
    let number = g.current.get() + 1;
    g.current.set(number);
    loop {
        let (key, target) = (g.key.own(), g.target.own());
        if !key.is_null()
            && (target.is_null() || !vm.eq(target.value(), key.value())?)
        {
            break;
        }
        if !advance(vm, g)? {
            return Ok(Owned::NULL);
        }
    }
    let key = g.key.own();
    g.target.set(key.clone());
    let group = new_object(
        PyGrouper::class(),
        PyGrouper {
            parent: v.own(),
            target: key.clone(),
            number,
        },
    );
    Ok(PyTuple::pair(key, group))
}
fn new_grouper(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "_grouper")?;
    args.check_positional(vm, "_grouper", 2, 2)?;
    let Some(g) = args.values[0].cast::<PyGroupBy>() else {
        return Err(vm.type_error(format!(
            "_grouper() argument 1 must be itertools.groupby, not {}",
            args.values[0].class().name_str()
        )));
    };
    let number = g.current.get() + 1;
    g.current.set(number);
    Ok(new_object(
        class,
        PyGrouper {
            parent: args.values[0].own(),
            target: args.values[1].own(),
            number,
        },
    ))
}
fn next_grouper(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some((me, g)) = v
        .cast::<PyGrouper>()
        .and_then(|m| Some((m, m.parent.cast::<PyGroupBy>()?)))
    else {
        return Ok(Owned::NULL);
    };
    if g.current.get() != me.number {
        return Ok(Owned::NULL);
    }
    if g.value.value().is_null() && !advance(vm, g)? {
        return Ok(Owned::NULL);
    }
    let key = g.key.own();
    if !vm.eq(me.target.value(), key.value())? {
        return Ok(Owned::NULL);
    }
    g.key.set(Owned::NULL);
    Ok(g.value.take())
}

fn new_batched(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(iterable, n, *, strict=False)");
    bind_args(vm, &SIG, "batched", args, |a| {
        let n = vm.to_size(a[1])?;
        let strict = match a[2].non_null() {
            Some(s) => vm.truthy(s)?,
            None => false,
        };
        if n < 1 {
            return Err(vm.value_error("n must be at least one"));
        }
        Ok(new_object(
            class,
            PyBatched {
                iter: MutCell::new(vm.iter(a[0])?),
                size: n as usize,
                strict,
            },
        ))
    })
}
fn next_batched(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(b) = v.cast::<PyBatched>() else {
        return Ok(Owned::NULL);
    };
    let it = b.iter.own();
    if it.is_null() {
        return Ok(Owned::NULL);
    }
    let mut out = Vec::with_capacity(b.size.min(256));
    while out.len() < b.size {
        match vm.next(it.value())? {
            Some(x) => out.push(x),
            None => break,
        }
    }
    if out.len() < b.size {
        b.iter.set(Owned::NULL);
        if out.is_empty() {
            return Ok(Owned::NULL);
        }
        if b.strict {
            return Err(vm.value_error("batched(): incomplete batch"));
        }
    }
    Ok(PyTuple::new(out))
}

fn new_pairwise(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let a = positional::<PyPairwise>(vm, class, "pairwise", args, 1)?;
    let iter = vm.iter(a[0])?;
    Ok(new_object(
        class,
        PyPairwise {
            iter: MutCell::new(iter),
            old: MutCell::default(),
        },
    ))
}
fn next_pairwise(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(p) = v.cast::<PyPairwise>() else {
        return Ok(Owned::NULL);
    };
    let it = p.iter.own();
    if it.is_null() {
        return Ok(Owned::NULL);
    }
    if p.old.value().is_null() {
        let first = step(vm, it.value())?;
        if first.is_null() {
            p.iter.set(Owned::NULL);
            return Ok(Owned::NULL);
        }
        p.old.set(first);
        if p.iter.value().is_null() {
            p.old.set(Owned::NULL);
            return Ok(Owned::NULL);
        }
    }
    let old = p.old.own();
    let new = step(vm, it.value())?;
    if new.is_null() {
        p.iter.set(Owned::NULL);
        p.old.set(Owned::NULL);
        return Ok(Owned::NULL);
    }
    p.old.set(new.clone());
    Ok(PyTuple::pair(old, new))
}
