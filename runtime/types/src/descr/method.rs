//! `method_descriptor` and `classmethod_descriptor`: native methods in class dictionaries.

use super::{doc_of, does_not_apply, qualified, reduce_as_getattr, text_signature};
use pyjit_core::object::{PyClassMethodDescr, PyMethodDescr};
use pyjit_core::prelude::*;

pub fn define(vm: &Vm) {
    define_class::<PyMethodDescr>(
        vm,
        ClassSpec {
            flags: type_flags::METHOD_DESCRIPTOR | type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(repr));
                s.call
                    .set(Some(|vm, v, args| match v.cast::<PyMethodDescr>() {
                        Some(d) => d.call(vm, args),
                        None => Err(vm.type_error("not a method descriptor")),
                    }));
                s.get.set(Some(method_get));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("method_descriptor")
        },
    );
    define_class::<PyClassMethodDescr>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(repr));
                s.call.set(Some(class_call));
                s.get.set(Some(class_get));
            },
            getset: GETSET,
            ..ClassSpec::new("classmethod_descriptor")
        },
    );
}

static METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |vm, a| match parts(a[0]) {
        Some((c, d)) => reduce_as_getattr(vm, c.as_value(), d.name),
        None => Ok(Owned::NONE),
    },
    "",
)];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("__doc__", |_, v| {
        Ok(parts(v).map_or(Owned::NONE, |(_, d)| doc_of(d.doc)))
    }),
    GetSetDef::read("__qualname__", |_, v| {
        Ok(parts(v).map_or(Owned::NONE, |(c, d)| qualified(c, d.name)))
    }),
    GetSetDef::read("__text_signature__", |_, v| {
        Ok(parts(v).map_or(Owned::NONE, |(_, d)| text_signature(d, false)))
    }),
    GetSetDef::member("__name__", |_, v| {
        Ok(parts(v).map_or(Owned::NONE, |(_, d)| intern(d.name)))
    }),
    GetSetDef::member("__objclass__", |_, v| {
        Ok(parts(v).map_or(Owned::NONE, |(c, _)| c.as_owned()))
    }),
];

fn parts(v: Value) -> Option<(&'static TypeObject, &'static MethodDef)> {
    if let Some(d) = v.cast::<PyMethodDescr>() {
        return Some((d.class, d.def));
    }
    v.cast::<PyClassMethodDescr>().map(|d| (d.class, d.def))
}

fn repr(_: &Vm, v: Value) -> PyResult<Owned> {
    let text = parts(v).map_or_else(String::new, |(c, d)| {
        format!("<method '{}' of '{}' objects>", d.name, c.name_str())
    });
    Ok(PyStr::from_str(&text))
}

fn method_get(vm: &Vm, v: Value, obj: Value, _: Value) -> PyResult<Owned> {
    let Some(d) = v.cast::<PyMethodDescr>() else {
        return Ok(v.own());
    };
    if obj.is_null() {
        return Ok(v.own());
    }
    if !obj.class().is_subclass(d.class) {
        return Err(does_not_apply(vm, d.def.name, d.class, obj));
    }
    Ok(PyBuiltin::new(d.def, obj.own(), Owned::NONE))
}

fn class_get(vm: &Vm, v: Value, obj: Value, class: Value) -> PyResult<Owned> {
    let Some(d) = v.cast::<PyClassMethodDescr>() else {
        return Ok(v.own());
    };
    let class = if class.is_null() {
        if obj.is_null() {
            return Err(vm.type_error(format!(
                "descriptor '{}' for type '{}' needs an object or a type",
                d.def.name,
                d.class.name_str()
            )));
        }
        obj.class().as_value()
    } else {
        class
    };
    let Some(c) = class.cast::<TypeObject>() else {
        return Err(vm.type_error(format!(
            "descriptor '{}' for type '{}' needs a type, not a '{}' as arg 2",
            d.def.name,
            d.class.name_str(),
            class.class().name_str()
        )));
    };
    if !c.is_subclass(d.class) {
        return Err(vm.type_error(format!(
            "descriptor '{}' requires a subtype of '{}' but received '{}'",
            d.def.name,
            d.class.name_str(),
            c.name_str()
        )));
    }
    Ok(PyBuiltin::new(d.def, class.own(), Owned::NONE))
}

fn class_call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let Some(first) = args.pos().first().copied() else {
        let name = parts(v).map_or("", |(_, d)| d.name);
        let class = parts(v).map_or_else(String::new, |(c, _)| c.name_str());
        return Err(vm.type_error(format!(
            "descriptor '{name}' of '{class}' object needs an argument"
        )));
    };
    let bound = class_get(vm, v, Value::NULL, first)?;
    vm.call_args(bound.value(), args.skip_first())
}
