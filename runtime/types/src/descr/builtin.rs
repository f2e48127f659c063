//! `builtin_function_or_method`.

use super::{doc_of, reduce_as_getattr, text_signature};
use pyjit_core::object::NEW_DEF;
use pyjit_core::prelude::*;

pub fn define(vm: &Vm) {
    define_class::<PyBuiltin>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            weakrefs: true,
            slots: |s| {
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
                s.call.set(Some(|vm, v, args| match v.cast::<PyBuiltin>() {
                    Some(b) => b.call(vm, args),
                    None => Err(vm.type_error("not a built-in function")),
                }));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("builtin_function_or_method")
        },
    );
}

static METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |vm, a| {
        let Some(b) = a[0].cast::<PyBuiltin>() else {
            return Ok(Owned::NONE);
        };
        if of_module(b) {
            return Ok(PyStr::from_str(b.def.name));
        }
        reduce_as_getattr(vm, b.receiver.value(), b.def.name)
    },
    "",
)];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("__doc__", |_, v| {
        Ok(builtin(v).map_or(Owned::NONE, |b| doc_of(b.def.doc)))
    }),
    GetSetDef::read("__name__", |_, v| {
        Ok(builtin(v).map_or(Owned::NONE, |b| intern(b.def.name)))
    }),
    GetSetDef::read("__qualname__", |_, v| {
        let Some(b) = builtin(v) else {
            return Ok(Owned::NONE);
        };
        if of_module(b) {
            return Ok(intern(b.def.name));
        }
        let r = b.receiver.value();
        let class = r.cast::<TypeObject>().unwrap_or_else(|| r.class());
        Ok(super::qualified(class, b.def.name))
    }),
    GetSetDef::read("__self__", |vm, v| {
        let Some(b) = builtin(v) else {
            return Ok(Owned::NONE);
        };
        if let Some(r) = b.receiver.value().non_null() {
            return Ok(r.own());
        }
        let module = vm
            .modules
            .value()
            .cast::<PyDict>()
            .filter(|_| b.module.isa::<PyStr>())
            .and_then(|d| d.get_str(b.module.value()));
        Ok(module.map_or(Owned::NONE, |m| m.own()))
    }),
    GetSetDef::write(
        "__module__",
        |_, v| {
            Ok(builtin(v)
                .filter(|b| !b.module.is_null())
                .map_or(Owned::NONE, |b| b.module.clone()))
        },
        |vm, v, _| {
            Err(vm.attribute_error(
                v,
                vm.names.__module__.value(),
                "attribute '__module__' of 'builtin_function_or_method' objects is not writable"
                    .to_string(),
            ))
        },
    ),
    GetSetDef::read("__text_signature__", |_, v| {
        Ok(builtin(v).map_or(Owned::NONE, |b| text_signature(b.def, of_module(b))))
    }),
];

fn builtin<'a>(v: Value) -> Option<&'a PyBuiltin> {
    v.cast::<PyBuiltin>()
}

/// A function of a module rather than a bound method.
fn of_module(b: &PyBuiltin) -> bool {
    b.receiver.is_null() || b.receiver.isa::<PyModule>()
}

fn repr(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(b) = builtin(v) else {
        return Ok(Owned::NONE);
    };
    let text = if of_module(b) {
        format!("<built-in function {}>", b.def.name)
    } else {
        let r = b.receiver.value();
        format!(
            "<built-in method {} of {} object at {:#x}>",
            b.def.name,
            r.class().name_str(),
            r.bits()
        )
    };
    Ok(PyStr::from_str(&text))
}

fn same(a: &PyBuiltin, b: &PyBuiltin) -> bool {
    std::ptr::eq(a.def, b.def)
        && a.receiver.value().is(b.receiver.value())
        && (!std::ptr::eq(a.def, &NEW_DEF) || a.receiver.value().is(b.receiver.value()))
}

fn compare(_: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    Ok(match (builtin(a), builtin(b), op) {
        (Some(x), Some(y), Cmp::Eq) => Owned::bool(same(x, y)),
        (Some(x), Some(y), Cmp::Ne) => Owned::bool(!same(x, y)),
        _ => Owned::immediate(Value::NOT_IMPLEMENTED),
    })
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let Some(b) = builtin(v) else { return Ok(0) };
    let f = (b.def as *const MethodDef as u64).rotate_right(4) as i64;
    let r = f ^ vm.hash_pointer(b.receiver.value());
    Ok(if r == -1 { -2 } else { r })
}
