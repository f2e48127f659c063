//! `Context`.

use super::PyContextVar;
use super::map::{self, PyMapNode};
use crate::native::{hidden_class, payload_class};
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// A context.
    pub struct PyContext as "Context" {
        pub map: MutCell<Owned>,
        /// The context that was current before this one was entered.
        pub previous: MutCell<Owned>,
        pub entered: Cell<bool>,
    }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    hidden_class::<PyMapNode>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            ..ClassSpec::new("context_map_node")
        },
    );
    payload_class::<PyContext>(
        vm,
        module,
        ClassSpec {
            module: "_contextvars",
            flags: 0,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(|vm, class, args| {
                    if !args.is_empty() {
                        return Err(vm.type_error("Context() does not accept any arguments"));
                    }
                    Ok(new_object(class, PyContext::with(Owned::NULL)))
                }));
                s.compare.set(Some(compare));
                s.iter.set(Some(|vm, v| {
                    let keys = PyList::new(keys(vm, v)?);
                    vm.iter(keys.value())
                }));
                s.len
                    .set(Some(|vm, v| Ok(map::entries(context_of(vm, v)?.map.get()).len())));
                s.contains.set(Some(|vm, v, k| Ok(lookup(vm, v, k)?.is_some())));
                s.getitem.set(Some(|vm, v, k| match lookup(vm, v, k)? {
                    Some(x) => Ok(x),
                    None => Err(vm.key_error(k)),
                }));
            },
            methods: METHODS,
            ..ClassSpec::new("Context")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("get", "(self, key, default=None, /)", |vm, a| {
        Ok(match lookup(vm, a[0], a[1])? {
            Some(x) => x,
            None => a[2].non_null().unwrap_or(Value::NONE).own(),
        })
    }, "Return the value of a variable in the context, else the default."),
    MethodDef::new("items", "(self, /)", |vm, a| {
        let all = map::entries(&context_of(vm, a[0])?.map.own());
        Ok(PyList::new(all.into_iter().map(|(k, v)| PyTuple::pair(k, v)).collect()))
    }, "Return all variables and their values in the context object."),
    MethodDef::new("keys", "(self, /)", |vm, a| Ok(PyList::new(keys(vm, a[0])?)), "Return a list of all variables in the context object."),
    MethodDef::new("values", "(self, /)", |vm, a| {
        let all = map::entries(&context_of(vm, a[0])?.map.own());
        Ok(PyList::new(all.into_iter().map(|(_, v)| v).collect()))
    }, "Return a list of all variables' values in the context object."),
    MethodDef::new("copy", "(self, /)", |vm, a| Ok(context_of(vm, a[0])?.copy()), "Return a shallow copy of the context object."),
    MethodDef::new("run", "(self, /, *args, **kwargs)", run, ""),
];

impl PyContext {
    fn with(map: Owned) -> PyContext {
        PyContext {
            map: MutCell::new(map),
            previous: MutCell::default(),
            entered: Cell::new(false),
        }
    }
    pub(super) fn copy(&self) -> Owned {
        new_object(PyContext::class(), PyContext::with(self.map.own()))
    }
    pub(super) fn get(&self, number: u64) -> Option<Owned> {
        map::get(self.map.get(), number)
    }
    pub(super) fn set(&self, number: u64, var: Owned, value: Owned) {
        let root = self.map.own();
        self.map.set(map::insert(&root, number, var, value));
    }
    pub(super) fn remove(&self, number: u64) {
        let root = self.map.own();
        self.map.set(map::remove(&root, number));
    }
}

/// The context of the running thread; made when first asked for.
pub(super) fn current<'a>(vm: &Vm) -> &'a PyContext {
    if !vm.thread.context.value().isa::<PyContext>() {
        let c = new_object(PyContext::class(), PyContext::with(Owned::NULL));
        vm.thread.context.set(c);
    }
    match vm.thread.context.value().cast::<PyContext>() {
        Some(c) => c,
        None => unreachable!("the thread's context has just been stored"),
    }
}

fn context_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyContext> {
    v.cast::<PyContext>().ok_or_else(|| {
        vm.type_error(format!("expected Context, got {}", v.class().name_str()))
    })
}
fn lookup(vm: &Vm, v: Value, key: Value) -> PyResult<Option<Owned>> {
    let Some(var) = key.cast::<PyContextVar>() else {
        return Err(vm.type_error(format!(
            "a ContextVar key was expected, got {}",
            vm.repr_text(key)?
        )));
    };
    Ok(context_of(vm, v)?.get(var.number))
}
fn keys(vm: &Vm, v: Value) -> PyResult<Vec<Owned>> {
    let all = map::entries(&context_of(vm, v)?.map.own());
    Ok(all.into_iter().map(|(k, _)| k).collect())
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyContext>(), b.cast::<PyContext>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let (p, q) = (map::entries(&x.map.own()), map::entries(&y.map.own()));
    let mut equal = p.len() == q.len();
    for ((k, v), (l, w)) in p.iter().zip(&q) {
        if !equal {
            break;
        }
        equal = k.value().is(l.value()) && vm.eq(v.value(), w.value())?;
    }
    Ok(Owned::bool(equal == (op == Cmp::Eq)))
}
fn run(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = context_of(vm, a[0])?;
    let Some((f, args)) = vm.tuple_items(a[1]).split_first() else {
        return Err(vm.type_error("run() missing 1 required positional argument"));
    };
    if c.entered.get() {
        return Err(vm.runtime_error(format!(
            "cannot enter context: {} is already entered",
            vm.repr_text(a[0])?
        )));
    }
    c.entered.set(true);
    c.previous.set(vm.thread.context.replace(a[0].own()));
    let result = vm.call_ex(*f, args, a[2].cast::<PyDict>());
    let back = c.previous.take();
    vm.thread.context.set(back);
    c.entered.set(false);
    result
}
