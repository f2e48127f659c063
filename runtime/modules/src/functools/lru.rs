//! The callable behind `functools.lru_cache`.

use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_types::sequence::bind_args;
use std::cell::Cell;

py_class! {
    /// A function with its results.
    pub struct PyLruCache as "_lru_cache_wrapper" {
        pub func: Owned,
        /// A dict from argument keys to results, the longest unused first.
        pub cache: Owned,
        /// -1 is unbounded.
        pub maxsize: i64,
        pub typed: bool,
        pub info: Owned,
        /// Separates positional from keyword arguments in keys.
        pub mark: Owned,
        pub hits: Cell<i64>,
        pub misses: Cell<i64>,
    }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyLruCache>(
        vm,
        module,
        ClassSpec {
            module: "functools",
            doc: Some("A callable that remembers the results of another one."),
            flags: type_flags::METHOD_DESCRIPTOR,
            dict: true,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(new));
                s.call.set(Some(call));
                s.get.set(Some(|_, v, obj, _| {
                    Ok(if obj.is_null() || obj.is_none() {
                        v.own()
                    } else {
                        PyMethod::new(v.own(), obj.own())
                    })
                }));
            },
            methods: METHODS,
            ..ClassSpec::new("_lru_cache_wrapper")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("cache_info", "(self, /)", cache_info, "Report cache statistics"),
    MethodDef::new("cache_clear", "(self, /)", cache_clear, "Clear the cache and cache statistics"),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| vm.getattr(a[0], vm.names.__qualname__.value()),
        "",
    ),
    MethodDef::new("__copy__", "(self, /)", |_, a| Ok(a[0].own()), ""),
    MethodDef::new("__deepcopy__", "(self, memo, /)", |_, a| Ok(a[0].own()), ""),
];

fn cache_of<'a>(vm: &Vm, v: Value) -> PyResult<(&'a PyLruCache, &'a PyDict)> {
    v.cast::<PyLruCache>()
        .and_then(|c| Some((c, c.cache.cast::<PyDict>()?)))
        .ok_or_else(|| {
            vm.type_error(format!(
                "expected _lru_cache_wrapper, got {}",
                v.class().name_str()
            ))
        })
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(user_function, maxsize, typed, cache_info_type)");
    bind_args(vm, &SIG, "lru_cache", args, |a| {
        if !vm.is_callable(a[0]) {
            return Err(vm.type_error("the first argument must be callable"));
        }
        let maxsize = if a[1].is_none() {
            -1
        } else if a[1].as_int().is_some() || a[1].class().slots.index.get().is_some() {
            (vm.to_size(a[1])? as i64).max(0)
        } else {
            return Err(vm.type_error("maxsize should be integer or None"));
        };
        Ok(new_object(
            class,
            PyLruCache {
                func: a[0].own(),
                cache: PyDict::new(),
                maxsize,
                typed: vm.truthy(a[2])?,
                info: a[3].own(),
                mark: new_object(
                    <PyObject as Payload>::class(),
                    PyObject {},
                ),
                hits: Cell::new(0),
                misses: Cell::new(0),
            },
        ))
    })
}

/// One value that is equal for equal arguments.
fn key_of(c: &PyLruCache, args: Args<'_>) -> Owned {
    if !c.typed && args.names.is_empty() {
        if let [one] = args.values
            && (one.is_exact::<PyStr>() || one.is_exact_int())
        {
            return one.own();
        }
        return PyTuple::from_slice(args.values);
    }
    let mut parts: Vec<Owned> = args.pos().iter().map(|v| v.own()).collect();
    if !args.names.is_empty() {
        parts.push(c.mark.clone());
        for (k, v) in args.keywords() {
            parts.push(k.own());
            parts.push(v.own());
        }
    }
    if c.typed {
        parts.extend(args.values.iter().map(|v| v.class().as_owned()));
    }
    PyTuple::new(parts)
}

fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let (c, cache) = cache_of(vm, v)?;
    if c.maxsize == 0 {
        c.misses.set(c.misses.get() + 1);
        return vm.call_args(c.func.value(), args);
    }
    let keep = v.own();
    let key = key_of(c, args);
    let hash = vm.hash(key.value())?;
    if let Some(found) = cache.get_hashed(vm, key.value(), hash)? {
        c.hits.set(c.hits.get() + 1);
        if c.maxsize > 0 {
            cache.move_to(vm, key.value(), true)?;
        }
        return Ok(found);
    }
    c.misses.set(c.misses.get() + 1);
    let result = vm.call_args(c.func.value(), args)?;
    if c.maxsize > 0 {
        // The call may have put this very key in by recursion; what it put stays.
        if cache.get_hashed(vm, key.value(), hash)?.is_some() {
            return Ok(result);
        }
        if cache.len() as i64 >= c.maxsize
            && let Some((_, oldest, h, _)) = cache.hashed_entry_from(0)
        {
            let gone = cache.remove_hashed(vm, oldest.value(), h)?;
            cache.set_hashed(vm, key.value(), hash, result.clone())?;
            drop(gone);
            return Ok(result);
        }
    }
    cache.set_hashed(vm, key.value(), hash, result.clone())?;
    drop(keep);
    Ok(result)
}

fn cache_info(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (c, cache) = cache_of(vm, a[0])?;
    let maxsize = if c.maxsize < 0 {
        Owned::NONE
    } else {
        new_int(c.maxsize)
    };
    let numbers = [
        new_int(c.hits.get()),
        new_int(c.misses.get()),
        maxsize,
        new_usize(cache.len()),
    ];
    let values: Vec<Value> = numbers.iter().map(|n| n.value()).collect();
    vm.call(c.info.value(), &values)
}
fn cache_clear(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (c, cache) = cache_of(vm, a[0])?;
    c.hits.set(0);
    c.misses.set(0);
    cache.clear();
    Ok(Owned::NONE)
}
