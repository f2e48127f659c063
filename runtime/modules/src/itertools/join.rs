//! `chain` and `zip_longest`.

use super::*;
use pyjit_types::sequence::class_getitem_def;

py_class! {
    /// `chain`: an iterator of iterables, and the one in progress.
    pub struct PyChain as "chain" { pub source: MutCell<Owned>, pub active: MutCell<Owned> }
}
py_class! {
    /// `zip_longest`; an iterator at its end is NULL.
    pub struct PyZipLongest as "zip_longest" { pub iters: MutCell<Vec<Owned>>, pub fill: Owned }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    iterator_class!(vm, module, PyChain, "chain", new_chain, next_chain, CHAIN,
        "The items of the first iterable, then those of the next one, until all are exhausted.");
    iterator_class!(vm, module, PyZipLongest, "zip_longest", new_zip, next_zip, &[],
        "Tuples of one item from each iterable, until the longest is exhausted; the others are filled up.");
}

static CHAIN: &[MethodDef] = &[
    MethodDef::class(
        "from_iterable",
        "(type, iterable, /)",
        |vm, a| {
            let source = vm.iter(a[1])?;
            match a[0].cast::<TypeObject>() {
                Some(c) => Ok(chain(c, source)),
                None => Err(vm.type_error("from_iterable() needs a class")),
            }
        },
        "Alternative chain() constructor taking a single iterable argument that evaluates lazily.",
    ),
    class_getitem_def("chain is generic over the type of its contents."),
];

fn chain(class: &'static TypeObject, source: Owned) -> Owned {
    new_object(
        class,
        PyChain {
            source: MutCell::new(source),
            active: MutCell::default(),
        },
    )
}
fn new_chain(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    no_keywords::<PyChain>(vm, class, "chain", args)?;
    let all = PyTuple::from_slice(args.pos());
    Ok(chain(class, vm.iter(all.value())?))
}
fn next_chain(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyChain>() else {
        return Ok(Owned::NULL);
    };
    loop {
        let source = c.source.own();
        if source.is_null() {
            return Ok(Owned::NULL);
        }
        if c.active.value().is_null() {
            let next = vm.next(source.value()).and_then(|n| match n {
                Some(x) => vm.iter(x.value()),
                None => Ok(Owned::NULL),
            });
            match next {
                Ok(it) if it.is_null() => {
                    c.source.set(Owned::NULL);
                    return Ok(Owned::NULL);
                }
                Ok(it) => c.active.set(it),
                Err(e) => {
                    c.source.set(Owned::NULL);
                    return Err(e);
                }
            }
        }
        let active = c.active.own();
        if let Some(x) = vm.next(active.value())? {
            return Ok(x);
        }
        c.active.set(Owned::NULL);
    }
}

fn new_zip(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let mut fill = Value::NONE;
    for (k, v) in args.keywords() {
        if !k.cast::<PyStr>().is_some_and(|s| s.is_text("fillvalue")) {
            return Err(vm.type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = v;
    }
    let iters: PyResult<Vec<Owned>> = args.pos().iter().map(|v| vm.iter(*v)).collect();
    Ok(new_object(
        class,
        PyZipLongest {
            iters: MutCell::new(iters?),
            fill: fill.own(),
        },
    ))
}
fn next_zip(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(z) = v.cast::<PyZipLongest>() else {
        return Ok(Owned::NULL);
    };
    let iters = z.iters.get().clone();
    let mut active = iters.iter().filter(|i| !i.is_null()).count();
    if active == 0 {
        return Ok(Owned::NULL);
    }
    let mut out = Vec::with_capacity(iters.len());
    for (i, it) in iters.iter().enumerate() {
        if it.is_null() {
            out.push(z.fill.clone());
            continue;
        }
        let got = vm.next(it.value());
        match got {
            Ok(Some(x)) => out.push(x),
            Ok(None) => {
                active -= 1;
                if active == 0 {
                    drop(z.iters.take());
                    return Ok(Owned::NULL);
                }
                if let Some(place) = z.iters.get_mut().get_mut(i) {
                    let old = std::mem::take(place);
                    drop(old);
                }
                out.push(z.fill.clone());
            }
            Err(e) => {
                drop(z.iters.take());
                return Err(e);
            }
        }
    }
    Ok(PyTuple::new(out))
}
