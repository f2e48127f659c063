//! Attributes of Python functions. Whatever calls depend on renews the function's version.

use pyjit_core::prelude::*;
use pyjit_isa::code::flags;

pub static GETSET: &[GetSetDef] = &[
    GetSetDef::member("__closure__", |_, v| field(v, |f| &f.closure)),
    GetSetDef::write(
        "__doc__",
        |_, v| Ok(v.cast::<PyFunction>().map_or(Owned::NONE, PyFunction::doc)),
        |_, v, new| {
            if let Some(f) = v.cast::<PyFunction>() {
                f.set_doc(new.given().unwrap_or(Value::NONE).own());
            }
            Ok(())
        },
    ),
    GetSetDef::member("__globals__", |_, v| field(v, |f| &f.globals)),
    GetSetDef::write(
        "__module__",
        |_, v| field(v, |f| &f.module),
        |_, v, new| put(v, new, |f| &f.module),
    ),
    GetSetDef::member("__builtins__", |_, v| field(v, |f| &f.builtins)),
    GetSetDef::write("__code__", |_, v| field(v, |f| &f.code), set_code),
    GetSetDef::write(
        "__defaults__",
        |_, v| field(v, |f| &f.defaults),
        |vm, v, new| {
            if new.given().is_some_and(|n| !n.isa::<PyTuple>()) {
                return Err(vm.type_error("__defaults__ must be set to a tuple object"));
            }
            renew(vm, v);
            put(v, new.given().unwrap_or(Value::NULL), |f| &f.defaults)
        },
    ),
    GetSetDef::write(
        "__kwdefaults__",
        |_, v| field(v, |f| &f.kwdefaults),
        |vm, v, new| {
            if new.given().is_some_and(|n| !n.isa::<PyDict>()) {
                return Err(vm.type_error("__kwdefaults__ must be set to a dict object"));
            }
            renew(vm, v);
            put(v, new.given().unwrap_or(Value::NULL), |f| &f.kwdefaults)
        },
    ),
    GetSetDef::write("__annotations__", annotations, set_annotations),
    GetSetDef::write(
        "__annotate__",
        |_, v| field(v, |f| &f.annotate),
        set_annotate,
    ),
    GetSetDef::write(
        "__name__",
        |_, v| field(v, |f| &f.name),
        |vm, v, new| {
            if !new.isa::<PyStr>() {
                return Err(vm.type_error("__name__ must be set to a string object"));
            }
            put(v, new, |f| &f.name)
        },
    ),
    GetSetDef::write(
        "__qualname__",
        |_, v| field(v, |f| &f.qualname),
        |vm, v, new| {
            if !new.isa::<PyStr>() {
                return Err(vm.type_error("__qualname__ must be set to a string object"));
            }
            put(v, new, |f| &f.qualname)
        },
    ),
    GetSetDef::write(
        "__type_params__",
        |_, v| {
            let t = field(v, |f| &f.type_params)?;
            Ok(if t.is_none() { PyTuple::empty() } else { t })
        },
        |vm, v, new| {
            if !new.isa::<PyTuple>() {
                return Err(vm.type_error("__type_params__ must be set to a tuple"));
            }
            put(v, new, |f| &f.type_params)
        },
    ),
];

/// A field; absent is `None`.
fn field(v: Value, f: fn(&PyFunction) -> &MutCell<Owned>) -> PyResult<Owned> {
    let x = v.cast::<PyFunction>().map_or(Owned::NULL, |p| f(p).own());
    Ok(if x.is_null() { Owned::NONE } else { x })
}

fn put(v: Value, new: Value, f: fn(&PyFunction) -> &MutCell<Owned>) -> PyResult<()> {
    if let Some(p) = v.cast::<PyFunction>() {
        f(p).set(new.own());
    }
    Ok(())
}

fn renew(vm: &Vm, v: Value) {
    if let Some(p) = v.cast::<PyFunction>() {
        p.version.set(vm.fresh_type_version());
    }
}

fn set_code(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let Some(code) = new.cast::<PyCode>() else {
        return Err(vm.type_error("__code__ must be set to a code object"));
    };
    let Some(p) = v.cast::<PyFunction>() else {
        return Ok(());
    };
    // The doc string stays that of the former code.
    p.doc();
    let cells = vm.tuple_items(p.closure.value()).len();
    if code.nfree() != cells {
        return Err(vm.value_error(format!(
            "{}() requires a code object with {cells} free vars, not {}",
            text_of(p.name.value()),
            code.nfree()
        )));
    }
    let kinds = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;
    if code.flags & kinds != p.code().flags & kinds {
        vm.warn(
            vm.exc.DeprecationWarning,
            "Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)",
            1,
        )?;
    }
    renew(vm, v);
    put(v, new, |f| &f.code)
}

fn annotations(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(p) = v.cast::<PyFunction>() else {
        return Ok(Owned::NONE);
    };
    let now = p.annotations.own();
    if now.isa::<PyDict>() {
        return Ok(now);
    }
    let made = match now.cast::<PyTuple>() {
        // Names and values in turn.
        Some(t) => {
            let d = PyDict::new();
            for pair in t.as_slice().chunks_exact(2) {
                if let Some(d) = d.cast::<PyDict>() {
                    d.set(vm, pair[0], pair[1].own())?;
                }
            }
            d
        }
        None => crate::class::call_annotate(vm, p.annotate.own().value())?,
    };
    p.annotations.set(made.clone());
    Ok(made)
}

fn set_annotations(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    if new.given().is_some_and(|n| !n.isa::<PyDict>()) {
        return Err(vm.type_error("__annotations__ must be set to a dict object"));
    }
    put(v, new.given().unwrap_or(Value::NULL), |f| &f.annotations)?;
    put(v, Value::NULL, |f| &f.annotate)
}

fn set_annotate(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    if new.is_null() {
        return Err(vm.type_error("__annotate__ cannot be deleted"));
    }
    if new.is_none() {
        return put(v, Value::NULL, |f| &f.annotate);
    }
    if !vm.is_callable(new) {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    put(v, Value::NULL, |f| &f.annotations)?;
    put(v, new, |f| &f.annotate)
}
