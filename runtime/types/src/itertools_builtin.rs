//! `enumerate`, `zip`, `map`, `filter`, `reversed`. Called by the crate's `init`.

use crate::float::no_keywords_in_new;
use crate::iterators::itself;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// `enumerate`; the count is `index` until it leaves the machine word, `long` from then on.
    pub struct PyEnumerate as "enumerate" { pub iter: Owned, pub index: Cell<i64>, pub long: MutCell<Owned> }
}
py_class! {
    /// `reversed`; the sequence becomes NULL at the end.
    pub struct PyReversed as "reversed" { pub seq: MutCell<Owned>, pub index: Cell<i64> }
}
py_class! { pub struct PyZip as "zip" { pub iters: Vec<Owned>, pub strict: Cell<bool> } }
py_class! { pub struct PyMap as "map" { pub func: Owned, pub iters: Vec<Owned>, pub strict: Cell<bool> } }
py_class! { pub struct PyFilter as "filter" { pub func: Owned, pub iter: Owned } }

static REDUCE: &str = "Return state information for pickling.";
static SETSTATE: &str = "Set state information for unpickling.";

macro_rules! class {
    ($vm:ident, $T:ident, $name:literal, $new:expr, $next:expr, $methods:expr, $doc:literal) => {
        define_class::<$T>(
            $vm,
            ClassSpec {
                doc: Some($doc),
                flags: type_flags::BASE,
                slots: |s| {
                    s.new.set(Some($new));
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
    class!(
        vm,
        PyEnumerate,
        "enumerate",
        enumerate_new,
        enumerate_next,
        ENUMERATE,
        "enumerate(iterable, start=0)\n--\n\nReturn an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.\n\nenumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ..."
    );
    class!(
        vm,
        PyReversed,
        "reversed",
        reversed_new,
        reversed_next,
        REVERSED,
        "reversed(object, /)\n--\n\nReturn a reverse iterator over the values of the given sequence."
    );
    class!(
        vm,
        PyZip,
        "zip",
        zip_new,
        zip_next,
        ZIP,
        "zip(*iterables, strict=False)\n--\n\nThe zip object yields n-length tuples, where n is the number of\niterables passed as positional arguments to zip().  The i-th element\nin every tuple comes from the i-th iterable argument to zip().  This\ncontinues until the shortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the\nothers, raise a ValueError.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]"
    );
    class!(
        vm,
        PyMap,
        "map",
        map_new,
        map_next,
        MAP,
        "map(function, iterable, /, *iterables, strict=False)\n--\n\nMake an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the\nothers, raise a ValueError."
    );
    class!(
        vm,
        PyFilter,
        "filter",
        filter_new,
        filter_next,
        FILTER,
        "filter(function, iterable, /)\n--\n\nReturn an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true."
    );
}

macro_rules! me {
    ($vm:ident, $T:ident, $v:expr) => {
        match $v.cast::<$T>() {
            Some(it) => it,
            None => return Err($vm.type_error("a different iterator is required")),
        }
    };
}

fn class_of(v: Value) -> Owned {
    v.class().as_owned()
}

// enumerate

static ENUMERATE: &[MethodDef] = &[
    MethodDef::new("__reduce__", "(self, /)", enumerate_reduce, REDUCE),
    MethodDef::class(
        "__class_getitem__",
        "(type, object, /)",
        class_getitem,
        "See PEP 585",
    ),
];

fn class_getitem(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    crate::generic_alias::class_getitem(vm, a)
}

fn enumerate_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let total = args.values.len();
    if total > 2 {
        return Err(vm.type_error(format!(
            "enumerate() takes at most 2 arguments ({total} given)"
        )));
    }
    let mut places = [Value::NULL; 2];
    for (place, v) in places.iter_mut().zip(args.pos()) {
        *place = *v;
    }
    for (k, v) in args.keywords() {
        let name = text_of(k);
        let place = match name.as_str() {
            "iterable" => &mut places[0],
            "start" => &mut places[1],
            _ => {
                return Err(vm.type_error(format!(
                    "'{name}' is an invalid keyword argument for enumerate()"
                )));
            }
        };
        if !place.is_null() {
            return Err(vm.type_error(format!(
                "'{name}' is an invalid keyword argument for enumerate()"
            )));
        }
        *place = v;
    }
    let [iterable, start] = places;
    if iterable.is_null() {
        return Err(vm.type_error("enumerate() missing required argument 'iterable'"));
    }
    let mut index = 0;
    let mut long = Owned::NULL;
    if !start.is_null() {
        let start = vm.index(start)?;
        match start.as_i64() {
            Some(i) => index = i,
            None => long = crate::int::exact(vm, start)?,
        }
    }
    let iter = vm.iter(iterable)?;
    Ok(new_object(
        class,
        PyEnumerate {
            iter,
            index: Cell::new(index),
            long: MutCell::new(long),
        },
    ))
}

fn count(e: &PyEnumerate) -> Owned {
    if e.long.value().is_null() {
        new_int(e.index.get())
    } else {
        e.long.own()
    }
}

fn enumerate_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let e = me!(vm, PyEnumerate, v);
    let Some(item) = vm.next(e.iter.value())? else {
        return Ok(Owned::NULL);
    };
    let n = count(e);
    match (e.long.value().is_null(), e.index.get().checked_add(1)) {
        (true, Some(i)) => e.index.set(i),
        _ => {
            let next = n.as_int().map(|i| i.to_big().add_i64(1));
            e.long.set(next.map_or(Owned::NULL, new_big));
        }
    }
    Ok(PyTuple::pair(n, item))
}

fn enumerate_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let e = me!(vm, PyEnumerate, a[0]);
    Ok(PyTuple::pair(
        class_of(a[0]),
        PyTuple::pair(e.iter.clone(), count(e)),
    ))
}

// reversed

static REVERSED: &[MethodDef] = &[
    MethodDef::new(
        "__length_hint__",
        "(self, /)",
        reversed_hint,
        "Private method returning an estimate of len(list(it)).",
    ),
    MethodDef::new("__reduce__", "(self, /)", reversed_reduce, REDUCE),
    MethodDef::new(
        "__setstate__",
        "(self, object, /)",
        reversed_setstate,
        SETSTATE,
    ),
];

fn reversed_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    no_keywords_in_new(vm, class, PyReversed::class(), args, "reversed")?;
    args.check_positional(vm, "reversed", 1, 1)?;
    let seq = args.pos().first().copied().unwrap_or(Value::NONE);
    let not_reversible = || {
        vm.type_error(format!(
            "'{}' object is not reversible",
            seq.class().name_str()
        ))
    };
    if let Some(m) = vm.special(seq, vm.names.__reversed__.value())? {
        if m.is_none() {
            return Err(not_reversible());
        }
        return vm.call(m.value(), &[]);
    }
    if seq.class().slots.getitem.get().is_none() || seq.isa::<PyDict>() {
        return Err(not_reversible());
    }
    let n = vm.len(seq)? as i64;
    Ok(new_object(
        class,
        PyReversed {
            seq: MutCell::new(seq.own()),
            index: Cell::new(n - 1),
        },
    ))
}

fn reversed_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let r = me!(vm, PyReversed, v);
    let i = r.index.get();
    let seq = r.seq.own();
    if i >= 0 && !seq.is_null() {
        let key = new_int(i);
        match vm.getitem(seq.value(), key.value()) {
            Ok(x) => {
                r.index.set(i - 1);
                return Ok(x);
            }
            Err(e) if e.is_instance(vm.exc.IndexError) || e.is_instance(vm.exc.StopIteration) => {}
            Err(e) => return Err(e),
        }
    }
    r.index.set(-1);
    r.seq.set(Owned::NULL);
    Ok(Owned::NULL)
}

fn reversed_hint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = me!(vm, PyReversed, a[0]);
    let seq = r.seq.own();
    if seq.is_null() {
        return Ok(Owned::small(0));
    }
    let n = vm.len(seq.value())? as i64;
    let left = r.index.get() + 1;
    Ok(new_int(if n < left { 0 } else { left }))
}

fn reversed_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = me!(vm, PyReversed, a[0]);
    if r.seq.value().is_null() {
        return Ok(PyTuple::pair(
            class_of(a[0]),
            PyTuple::new(vec![PyTuple::empty()]),
        ));
    }
    Ok(PyTuple::new(vec![
        class_of(a[0]),
        PyTuple::new(vec![r.seq.own()]),
        new_int(r.index.get()),
    ]))
}

fn reversed_setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let r = me!(vm, PyReversed, a[0]);
    let i = vm.to_size(a[1])? as i64;
    let seq = r.seq.own();
    if !seq.is_null() {
        let n = vm.len(seq.value())? as i64;
        r.index.set(i.clamp(-1, n - 1));
    }
    Ok(Owned::NONE)
}

// zip and map

/// The `strict` keyword of `zip` and `map`.
fn strict_keyword(
    vm: &Vm,
    class: &'static TypeObject,
    base: &'static TypeObject,
    args: Args<'_>,
    name: &str,
) -> PyResult<bool> {
    let mut strict = false;
    let own_init =
        class.slots.init.get().map(|f| f as usize) != base.slots.init.get().map(|f| f as usize);
    for (k, v) in args.keywords() {
        let key = text_of(k);
        if key == "strict" {
            strict = vm.truthy(v)?;
        } else if !own_init {
            return Err(vm.type_error(format!(
                "{name}() got an unexpected keyword argument '{key}'"
            )));
        }
    }
    Ok(strict)
}

fn iterators(vm: &Vm, sources: &[Value]) -> PyResult<Vec<Owned>> {
    sources.iter().map(|v| vm.iter(*v)).collect()
}

/// One item from each iterator; `None` when the first has ended, or in strict mode when all have ended together.
fn gather(vm: &Vm, iters: &[Owned], strict: bool, name: &str) -> PyResult<Option<Vec<Owned>>> {
    let mut items = Vec::with_capacity(iters.len());
    for (i, it) in iters.iter().enumerate() {
        if let Some(x) = vm.next(it.value())? {
            items.push(x);
            continue;
        }
        if !strict {
            return Ok(None);
        }
        let others = |i: usize| {
            if i == 1 {
                "argument 1".to_string()
            } else {
                format!("arguments 1-{i}")
            }
        };
        if i > 0 {
            return Err(vm.value_error(format!(
                "{name}() argument {} is shorter than {}",
                i + 1,
                others(i)
            )));
        }
        for (i, it) in iters.iter().enumerate().skip(1) {
            if vm.next(it.value())?.is_some() {
                return Err(vm.value_error(format!(
                    "{name}() argument {} is longer than {}",
                    i + 1,
                    others(i)
                )));
            }
        }
        return Ok(None);
    }
    Ok(Some(items))
}

static ZIP: &[MethodDef] = &[
    MethodDef::new("__reduce__", "(self, /)", zip_reduce, REDUCE),
    MethodDef::new(
        "__setstate__",
        "(self, object, /)",
        |vm, a| {
            me!(vm, PyZip, a[0]).strict.set(vm.truthy(a[1])?);
            Ok(Owned::NONE)
        },
        SETSTATE,
    ),
];

fn zip_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let strict = strict_keyword(vm, class, PyZip::class(), args, "zip")?;
    let iters = iterators(vm, args.pos())?;
    Ok(new_object(
        class,
        PyZip {
            iters,
            strict: Cell::new(strict),
        },
    ))
}

fn zip_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let z = me!(vm, PyZip, v);
    if let ([a, b], false) = (z.iters.as_slice(), z.strict.get()) {
        let Some(x) = vm.next(a.value())? else {
            return Ok(Owned::NULL);
        };
        let Some(y) = vm.next(b.value())? else {
            return Ok(Owned::NULL);
        };
        return Ok(PyTuple::pair(x, y));
    }
    if z.iters.is_empty() {
        return Ok(Owned::NULL);
    }
    Ok(gather(vm, &z.iters, z.strict.get(), "zip")?.map_or(Owned::NULL, PyTuple::new))
}

fn with_strict(class: Owned, args: Owned, strict: bool) -> Owned {
    let mut parts = vec![class, args];
    if strict {
        parts.push(Owned::bool(true));
    }
    PyTuple::new(parts)
}

fn zip_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let z = me!(vm, PyZip, a[0]);
    let iters = PyTuple::new(z.iters.clone());
    Ok(with_strict(class_of(a[0]), iters, z.strict.get()))
}

static MAP: &[MethodDef] = &[
    MethodDef::new("__reduce__", "(self, /)", map_reduce, REDUCE),
    MethodDef::new(
        "__setstate__",
        "(self, object, /)",
        |vm, a| {
            me!(vm, PyMap, a[0]).strict.set(vm.truthy(a[1])?);
            Ok(Owned::NONE)
        },
        SETSTATE,
    ),
];

fn map_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let strict = strict_keyword(vm, class, PyMap::class(), args, "map")?;
    let [func, sources @ ..] = args.pos() else {
        return Err(vm.type_error("map() must have at least two arguments."));
    };
    if sources.is_empty() {
        return Err(vm.type_error("map() must have at least two arguments."));
    }
    let iters = iterators(vm, sources)?;
    Ok(new_object(
        class,
        PyMap {
            func: func.own(),
            iters,
            strict: Cell::new(strict),
        },
    ))
}

fn map_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let m = me!(vm, PyMap, v);
    if let [it] = m.iters.as_slice() {
        let Some(x) = vm.next(it.value())? else {
            return Ok(Owned::NULL);
        };
        return vm.call(m.func.value(), &[x.value()]);
    }
    let Some(items) = gather(vm, &m.iters, m.strict.get(), "map")? else {
        return Ok(Owned::NULL);
    };
    let values: Vec<Value> = items.iter().map(|x| x.value()).collect();
    vm.call(m.func.value(), &values)
}

fn map_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = me!(vm, PyMap, a[0]);
    let mut parts = vec![m.func.clone()];
    parts.extend(m.iters.iter().cloned());
    Ok(with_strict(
        class_of(a[0]),
        PyTuple::new(parts),
        m.strict.get(),
    ))
}

// filter

static FILTER: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    filter_reduce,
    REDUCE,
)];

fn filter_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    no_keywords_in_new(vm, class, PyFilter::class(), args, "filter")?;
    args.check_positional(vm, "filter", 2, 2)?;
    let [func, source, ..] = args.pos() else {
        return Err(vm.type_error("filter expected 2 arguments"));
    };
    let iter = vm.iter(*source)?;
    Ok(new_object(
        class,
        PyFilter {
            func: func.own(),
            iter,
        },
    ))
}

fn filter_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let f = me!(vm, PyFilter, v);
    let truth = f.func.is_none() || f.func.value().is(PyBool::class().as_value());
    while let Some(x) = vm.next(f.iter.value())? {
        let keep = if truth {
            vm.truthy(x.value())?
        } else {
            let r = vm.call(f.func.value(), &[x.value()])?;
            vm.truthy(r.value())?
        };
        if keep {
            return Ok(x);
        }
    }
    Ok(Owned::NULL)
}

fn filter_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = me!(vm, PyFilter, a[0]);
    Ok(PyTuple::pair(
        class_of(a[0]),
        PyTuple::pair(f.func.clone(), f.iter.clone()),
    ))
}
