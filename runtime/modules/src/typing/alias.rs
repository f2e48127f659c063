//! `TypeAliasType`: what a `type` statement makes.

use super::params::{
    Lazy, caller_module, check_count, default_of, iter_unpacked, name_arg, unpack_tuples,
};
use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_types::generic_alias::PyGenericAlias;
use pyjit_types::sequence::bind_args;

py_class! {
    /// A type alias; its value is computed when it is asked for.
    pub struct PyTypeAlias as "TypeAliasType" {
        name: Owned,
        /// A tuple, or NULL.
        type_params: Owned,
        value: Lazy,
        /// NULL: that of the function that computes the value.
        module: Owned,
    }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyTypeAlias>(
        vm,
        module,
        ClassSpec {
            module: "typing",
            doc: Some(
                "A type alias, made by the type statement.\n\nIts value is computed when __value__ is first read.\n",
            ),
            flags: 0,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(|vm, v| Ok(alias(vm, v)?.name.clone())));
                s.iter.set(Some(iter_unpacked));
                s.or.set(Some(pyjit_types::union::or));
                s.getitem.set(Some(getitem));
                s.getattr.set(Some(getattr));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("TypeAliasType")
        },
    );
}

fn alias<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyTypeAlias> {
    v.cast::<PyTypeAlias>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'typing.TypeAliasType' object"))
}

/// What the interpreter makes of a `type` statement: (name, type parameters or None, evaluator).
pub fn from_parts(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let [name, params, evaluator] = *vm.tuple_items(a[0]) else {
        return Err(vm.type_error("a type alias is made of three parts"));
    };
    let type_params = params.given().map_or(Owned::NULL, |p| p.own());
    Ok(new_object(
        PyTypeAlias::class(),
        PyTypeAlias {
            name: name.own(),
            type_params,
            value: Lazy::later(evaluator.own()),
            module: Owned::NULL,
        },
    ))
}

static SIG: Sig = Sig::parse("(name, value, *, type_params=())");

fn new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    check_count(vm, "typealias", args, 2)?;
    bind_args(vm, &SIG, "typealias", args, |a| {
        let name = name_arg(vm, "typealias", a[0])?;
        let type_params = match a[2].non_null() {
            Some(p) => {
                check_params(vm, p)?;
                if vm.tuple_items(p).is_empty() {
                    Owned::NULL
                } else {
                    p.own()
                }
            }
            None => Owned::NULL,
        };
        Ok(new_object(
            PyTypeAlias::class(),
            PyTypeAlias {
                name,
                type_params,
                value: Lazy::given(a[1].own()),
                module: caller_module(vm).unwrap_or(Owned::NONE),
            },
        ))
    })
}

fn check_params(vm: &Vm, params: Value) -> PyResult<()> {
    if !params.isa::<PyTuple>() {
        return Err(vm.type_error("type_params must be a tuple"));
    }
    let mut seen_default = false;
    for p in vm.tuple_items(params) {
        let Some(d) = default_of(*p) else {
            let shown = vm.repr_text(*p)?;
            return Err(vm.type_error(format!("Expected a type param, got {shown}")));
        };
        if d.is_some(vm) {
            seen_default = true;
        } else if seen_default {
            let shown = vm.repr_text(*p)?;
            return Err(vm.type_error(format!(
                "non-default type parameter '{shown}' follows default type parameter"
            )));
        }
    }
    Ok(())
}

fn getitem(vm: &Vm, v: Value, item: Value) -> PyResult<Owned> {
    if alias(vm, v)?.type_params.is_null() {
        return Err(vm.type_error("Only generic type aliases are subscriptable"));
    }
    let args = if item.isa::<PyTuple>() {
        item.own()
    } else {
        PyTuple::from_slice(&[item])
    };
    vm.call(PyGenericAlias::class().as_value(), &[v, args.value()])
}

fn type_params(vm: &Vm, v: Value) -> PyResult<Owned> {
    let p = alias(vm, v)?.type_params.clone();
    Ok(if p.is_null() {
        vm.empty_tuple.clone()
    } else {
        p
    })
}

fn module_of(vm: &Vm, v: Value) -> PyResult<Owned> {
    let a = alias(vm, v)?;
    if !a.module.is_null() {
        return Ok(a.module.clone());
    }
    let f = a.value.evaluator.own();
    match f.cast::<PyFunction>() {
        Some(f) if !f.module.value().is_null() => Ok(f.module.own()),
        _ => Ok(Owned::NONE),
    }
}

/// The module is that of the alias, not of the class.
fn getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    if name.is(vm.names.__module__.value()) {
        return module_of(vm, v);
    }
    pyjit_core::object::generic_getattr(vm, v, name)
}

static METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |vm, a| Ok(alias(vm, a[0])?.name.clone()),
    "",
)];
static GETSET: &[GetSetDef] = &[
    GetSetDef::member("__name__", |vm, v| Ok(alias(vm, v)?.name.clone())),
    GetSetDef::read("__parameters__", |vm, v| {
        unpack_tuples(vm, type_params(vm, v)?.value())
    }),
    GetSetDef::read("__type_params__", type_params),
    GetSetDef::read("__value__", |vm, v| {
        Ok(alias(vm, v)?.value.get(vm)?.unwrap_or(Owned::NONE))
    }),
    GetSetDef::read("evaluate_value", |vm, v| Ok(alias(vm, v)?.value.function())),
];
