//! `types.GenericAlias`: `list[int]`. The substitution of type parameters is shared with unions and `typing`.

use crate::generic_params::{make_parameters, substitute, type_repr};
use pyjit_core::object::generic_getattr;
use pyjit_core::prelude::*;
pub use pyjit_core::types::PyGenericAlias;
use std::cell::Cell;

py_class! {
    /// Gives the starred alias once: what `*list[int]` iterates over.
    struct PyAliasIter as "generic_alias_iterator" { alias: MutCell<Owned> }
}

/// Defines the classes.
pub fn define(vm: &Vm) {
    define_class::<PyGenericAlias>(
        vm,
        ClassSpec {
            module: "types",
            weakrefs: true,
            doc: Some(
                "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
            ),
            slots: |s| {
                s.new.set(Some(alias_new));
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.call.set(Some(call));
                s.getattr.set(Some(getattr));
                s.compare.set(Some(compare));
                s.iter.set(Some(iter));
                s.or.set(Some(crate::union::or));
                s.getitem.set(Some(getitem));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("GenericAlias")
        },
    );
    define_class::<PyAliasIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(|_, v| {
                    let Some(it) = v.cast::<PyAliasIter>() else {
                        return Ok(Owned::NULL);
                    };
                    let a = it.alias.take();
                    match a.cast::<PyGenericAlias>() {
                        Some(g) => Ok(make(g.origin.clone(), g.args.clone(), true)),
                        None => Ok(Owned::NULL),
                    }
                }));
            },
            methods: ITER_METHODS,
            ..ClassSpec::new("generic_alias_iterator")
        },
    );
}

static ITER_METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |vm, a| {
        let builtin = |name: &str| {
            vm.builtins
                .value()
                .cast::<PyDict>()
                .and_then(|d| d.get_name(name))
                .ok_or_else(|| vm.runtime_error(format!("lost {name}")))
        };
        let alias = a[0]
            .cast::<PyAliasIter>()
            .map_or(Owned::NULL, |i| i.alias.own());
        let of = if alias.is_null() {
            PyTuple::empty()
        } else {
            alias
        };
        Ok(PyTuple::pair(builtin("iter")?, PyTuple::new(vec![of])))
    },
    "",
)];

fn make(origin: Owned, args: Owned, starred: bool) -> Owned {
    PyGenericAlias::from_parts(origin, args, starred)
}

/// `origin[args]`; anything but a tuple is the only argument.
pub fn new(origin: Value, args: Value) -> Owned {
    PyGenericAlias::new(origin, args)
}

fn as_tuple(args: Value) -> Owned {
    if args.isa::<PyTuple>() {
        args.own()
    } else {
        PyTuple::new(vec![args.own()])
    }
}

/// `__class_getitem__` of the generic built-in classes.
pub fn class_getitem(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(new(a[0], a[1]))
}

fn alias_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "GenericAlias")?;
    args.check_positional(vm, "GenericAlias", 2, 2)?;
    let &[origin, items] = args.values else {
        return Ok(Owned::NONE);
    };
    Ok(new_object(
        class,
        PyGenericAlias {
            origin: origin.own(),
            args: as_tuple(items),
            parameters: MutCell::default(),
            starred: Cell::new(false),
        },
    ))
}

fn alias<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyGenericAlias> {
    v.cast::<PyGenericAlias>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'types.GenericAlias' object"))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let g = alias(vm, v)?;
    let (origin, args) = (g.origin.clone(), g.args.clone());
    let mut out = String::new();
    if g.starred.get() {
        out.push('*');
    }
    out.push_str(&type_repr(vm, origin.value())?);
    out.push('[');
    let items = vm.tuple_items(args.value());
    for (i, a) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        match a.cast::<PyList>() {
            Some(l) => {
                let mut parts = Vec::new();
                for x in l.snapshot() {
                    parts.push(type_repr(vm, x.value())?);
                }
                out.push_str(&format!("[{}]", parts.join(", ")));
            }
            None => out.push_str(&type_repr(vm, *a)?),
        }
    }
    if items.is_empty() {
        out.push_str("()");
    }
    out.push(']');
    Ok(PyStr::from_str(&out))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let g = alias(vm, v)?;
    let (origin, args) = (g.origin.clone(), g.args.clone());
    let h = vm.hash(origin.value())? ^ vm.hash(args.value())?;
    Ok(if h == -1 { -2 } else { h })
}

fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let origin = alias(vm, v)?.origin.clone();
    let obj = vm.call_args(origin.value(), args)?;
    match vm.setattr(obj.value(), vm.names.__orig_class__.value(), v) {
        Err(e) if e.is_instance(vm.exc.AttributeError) || e.is_instance(vm.exc.TypeError) => {}
        Err(e) => return Err(e),
        Ok(()) => {}
    }
    Ok(obj)
}

/// Attributes that the alias has itself; all others are the origin's.
const OWN: &[&str] = &[
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
];
/// Attributes that must not come from the origin either.
const BLOCKED: &[&str] = &["__bases__", "__copy__", "__deepcopy__"];

fn getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    if let Some(n) = name.cast::<PyStr>() {
        let is = |list: &[&str]| list.iter().any(|x| n.is_text(x));
        if !is(OWN) && !is(BLOCKED) {
            let origin = alias(vm, v)?.origin.clone();
            return vm.getattr(origin.value(), name);
        }
    }
    generic_getattr(vm, v, name)
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyGenericAlias>(), b.cast::<PyGenericAlias>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let same = x.starred.get() == y.starred.get()
        && vm.eq(x.origin.value(), y.origin.value())?
        && vm.eq(x.args.value(), y.args.value())?;
    Ok(Owned::bool(same == (op == Cmp::Eq)))
}

fn iter(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(new_object(
        PyAliasIter::class(),
        PyAliasIter {
            alias: MutCell::new(v.own()),
        },
    ))
}

fn parameters(vm: &Vm, v: Value) -> PyResult<Owned> {
    let g = alias(vm, v)?;
    if g.parameters.value().is_null() {
        let p = make_parameters(vm, g.args.clone().value())?;
        g.parameters.set(p);
    }
    Ok(g.parameters.own())
}

fn getitem(vm: &Vm, v: Value, item: Value) -> PyResult<Owned> {
    let params = parameters(vm, v)?;
    let g = alias(vm, v)?;
    let args = g.args.clone();
    let new_args = substitute(vm, v, args.value(), params.value(), item)?;
    let starred = g.starred.get();
    Ok(make(g.origin.clone(), PyTuple::new(new_args), starred))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__mro_entries__",
        "(self, bases, /)",
        |vm, a| Ok(PyTuple::new(vec![alias(vm, a[0])?.origin.clone()])),
        "",
    ),
    MethodDef::new(
        "__instancecheck__",
        "(self, instance, /)",
        |vm, _| Err(vm.type_error("isinstance() argument 2 cannot be a parameterized generic")),
        "",
    ),
    MethodDef::new(
        "__subclasscheck__",
        "(self, subclass, /)",
        |vm, _| Err(vm.type_error("issubclass() argument 2 cannot be a parameterized generic")),
        "",
    ),
    MethodDef::new("__reduce__", "(self, /)", reduce, ""),
    MethodDef::new("__dir__", "(self, /)", dir, ""),
];

fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let g = alias(vm, a[0])?;
    let class = PyGenericAlias::class().as_owned();
    let parts = PyTuple::pair(g.origin.clone(), g.args.clone());
    if !g.starred.get() {
        return Ok(PyTuple::pair(class, parts));
    }
    let plain = make(g.origin.clone(), g.args.clone(), false);
    let next = vm
        .builtins
        .value()
        .cast::<PyDict>()
        .and_then(|d| d.get_name("next"))
        .ok_or_else(|| vm.runtime_error("lost next"))?;
    Ok(PyTuple::pair(
        next,
        PyTuple::new(vec![iter(vm, plain.value())?]),
    ))
}

fn dir(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let origin = alias(vm, a[0])?.origin.clone();
    let f = vm.special(origin.value(), vm.names.__dir__.value())?;
    let mut names = match f {
        Some(f) => {
            let l = vm.call(f.value(), &[])?;
            vm.iterate_to_vec(l.value())?
        }
        None => vec![],
    };
    for n in OWN {
        let n = intern(n);
        if !names.iter().any(|x| {
            x.cast::<PyStr>()
                .is_some_and(|s| s.is_text(&text_of(n.value())))
        }) {
            names.push(n);
        }
    }
    Ok(PyList::new(names))
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("__origin__", |vm, v| Ok(alias(vm, v)?.origin.clone())),
    GetSetDef::member("__args__", |vm, v| Ok(alias(vm, v)?.args.clone())),
    GetSetDef::member("__unpacked__", |vm, v| {
        Ok(Owned::bool(alias(vm, v)?.starred.get()))
    }),
    GetSetDef::read("__parameters__", parameters).doc("Type variables in the GenericAlias."),
    GetSetDef::read("__typing_unpacked_tuple_args__", |vm, v| {
        let g = alias(vm, v)?;
        if g.starred.get() && g.origin.value().is(PyTuple::class().as_value()) {
            return Ok(g.args.clone());
        }
        Ok(Owned::NONE)
    }),
];
